/** `keysheet` alone on a terminal, as somebody uses it for the first time. */
import { copyFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MARKED, onTerminal, Story } from "./story.js";

let story: Story;

beforeEach(() => {
  story = new Story();
});

afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

const NEXT = { withdraw: "where it goes? (y/N) ", protect: "(Enter for 1): ", label: "nothing): " };
const LATER = ["(Enter: later): ", "\r"] as const;
/** No to withdrawals, plain, no label, and the paper is tested later. */
const REST = [[NEXT.withdraw, "\r"], [NEXT.protect, "\r"], [NEXT.label, "\r"], LATER] as const;

describe("keysheet alone asks", () => {
  test("for the parts of a key by the name of its provider, and makes a proved sheet", async () => {
    const dialogue = [
      ["Provider, or key: ", "kraken\r"],
      ["API key (56 characters): ", `${MARKED.key}\r`],
      ["Private key (88 characters): ", `${MARKED.secret}\r`],
      ...REST.slice(0, 3),
    ] as const;
    const { exitCode, stdout } = await onTerminal(story, [], [...dialogue, LATER]);
    expect(exitCode).toBe(0);
    // Beside the pastes, up to the proved PDF.
    const typed = dialogue.map(([, answer]) => answer.replace(/^.*MARKED.*(?=\r)/i, ""));
    expect(typed.filter((answer) => answer !== "\r").length).toBeLessThanOrEqual(5);
    expect(typed.join("").length).toBeLessThanOrEqual(15);
    expect(stdout).toContain("plain   a thief needs the sheet;");
    expect(stdout).toContain("Each alone gave exactly this key.");
    expect(stdout).toContain("Test the paper as soon as it is printed");
    const inspected = await story.tell(["inspect", "sheet.pdf"]);
    expect(inspected.said).toContain("Kraken Spot");
  });

  test("nothing more than the other part where the first one says whose it is", async () => {
    const { exitCode, stdout } = await onTerminal(
      story,
      [],
      [
        ["Provider, or key: ", `${MARKED.key}\r`],
        ["Private key (88 characters): ", `${MARKED.secret}\r`],
        ...REST,
      ],
    );
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("API key (56 characters)");
  });

  test("nothing of the key where all of it was pasted, and another name for a second sheet", async () => {
    const whole = `kraken://apikey?key=${MARKED.key}&secret=${MARKED.secret}`;
    const dialogue = [["Provider, or key: ", `${whole}\r`], ...REST] as const;
    const { stdout } = await onTerminal(story, [], dialogue);
    expect(stdout).toContain("That is a whole key of Kraken Spot");
    await onTerminal(story, [], dialogue);
    expect(story.files()).toEqual(["sheet-2.pdf", "sheet.pdf"]);
  });

  test("and tests the paper, which holds the key or not", async () => {
    const whole = `kraken://apikey?key=${MARKED.key}&secret=${MARKED.secret}`;
    copyFileSync("fixtures/pictures/standard-a4.png", story.path("other.png"));
    const { stdout, exitCode } = await onTerminal(
      story,
      [],
      [
        ["Provider, or key: ", `${whole}\r`],
        ...REST.slice(0, 3),
        ["(Enter: later): ", "none.jpg\r"],
        ["(Enter: later): ", "other.png\r"],
        ["(Enter: later): ", "sheet.pdf\r"],
      ],
    );
    expect(stdout).toContain("none.jpg: there is no such file");
    expect(stdout).toContain("The sheet does NOT hold this key");
    expect(stdout).toContain("The paper holds the key.");
    expect(exitCode).toBe(0);
  });
});

describe("a key that may withdraw", () => {
  test("is sealed or shared first, and each says what a thief needs", async () => {
    const whole = `kraken://apikey?key=${MARKED.key}&secret=${MARKED.secret}`;
    const { stdout } = await onTerminal(
      story,
      [],
      [
        ["Provider, or key: ", `${whole}\r`],
        [NEXT.withdraw, "y\r"],
        [NEXT.protect, "7\r"],
        [NEXT.protect, "shared\r"],
        [NEXT.label, "\r"],
        ["to test them (Enter: later): ", "sheet-1-of-3.pdf\r"],
        ["And of another one (Enter: later): ", "sheet-3-of-3.pdf\r"],
      ],
    );
    expect(stdout).toContain("as good as money");
    expect(stdout).toMatch(/1 {2}sealed [^3]* 2 {2}shared [^3]* 3 {2}plain/);
    expect(stdout).toContain("The paper holds the key.");
  });
});

describe("whose key it is", () => {
  test("is said by the shape of a part, by a name with a slip, or by the names of its parts", async () => {
    const { stdout } = await onTerminal(
      story,
      [],
      [
        ["Provider, or key: ", "\r"],
        ["Provider, or key: ", "zzzz\r"],
        ["another provider? (y/N) ", "n\r"],
        ["Provider, or key: ", "krakne\r"],
        ["API key (56 characters): ", "\x03"],
      ],
    );
    expect(stdout).toMatch(/Kraken Spot, .*Hyperliquid/s);
    expect(stdout).toContain("no provider that keysheet knows");
    expect(stdout).toContain("A key of Kraken Spot.");
    const { stdout: other } = await onTerminal(
      story,
      [],
      [
        ["Provider, or key: ", "My bank\r"],
        ["another provider? (y/N) ", "y\r"],
        ["as it is printed on the sheet: ", "My bank\r"],
        ["public part is called", "client\r"],
        ["secret part is called", "\r"],
        ["client: ", "client-0815\r"],
        ["secret: ", `${MARKED.secret}\r`],
        ...REST,
      ],
    );
    expect(other).toContain("My bank");
    expect(other).toContain("gave exactly this key");
  });

  test("a label that has the shape of a secret is not printed", async () => {
    const whole = `kraken://apikey?key=${MARKED.key}&secret=${MARKED.secret}`;
    const { stdout } = await onTerminal(
      story,
      [],
      [
        ["Provider, or key: ", `${whole}\r`],
        [NEXT.withdraw, "\r"],
        [NEXT.protect, "\r"],
        [NEXT.label, `ghp_${"a1B2".repeat(9)}\r`],
        [NEXT.label, "\r"],
        LATER,
      ],
    );
    expect(stdout).toContain("has the shape of a secret");
  });
});

test("keysheet alone, but on no terminal, prints its commands", async () => {
  const { stdout, exitCode } = await story.tell([]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("keysheet make");
});
