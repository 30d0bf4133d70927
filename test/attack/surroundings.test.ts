/** The command where something that it is used to is missing or odd: a clear end, and nothing lost. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MARKED, Story } from "../cli/story.js";

const CLOCK = path.resolve("test/attack/clock.mjs");
const MAKE = ["make", "--from", "kraken.key"];

let story: Story;

beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`, { mode: 0o600 });
});

afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

/** At a second of 1970 and on, as the clock of the machine. */
function at(seconds: number) {
  return { env: { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_SECONDS: String(seconds) } };
}

describe("a clock that is wrong", () => {
  test.each([
    ["1970", 0],
    ["2400", 13_569_465_600],
  ])("of %s makes no sheet and says what to give; it reads every sheet", async (_, seconds) => {
    const told = await story.tell(MAKE, at(seconds));
    expect(told.said).toContain("this machine's clock may be wrong");
    expect(told.exitCode).toBe(64);
    expect(story.files()).toEqual(["kraken.key"]);
    expect((await story.tell([...MAKE, "--date", "2026-11-23"], at(seconds))).exitCode).toBe(0);
    const restored = await story.tell(["restore", "sheet.pdf"], at(seconds));
    expect(restored.said).toContain("made 2026-11-23");
    expect(restored.exitCode).toBe(0);
  });

  test("of 2106, the last second of an unsigned one, is a day like any other", async () => {
    expect((await story.tell(MAKE, at(2 ** 32 - 1))).said).toContain("made 2106-02-07");
    expect((await story.tell(["restore", "sheet.pdf"])).exitCode).toBe(0);
  });
});

test("a Turkish machine reads words in capitals as any other does", async () => {
  const turkish = { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", LANGUAGE: "tr" };
  expect((await story.tell([...MAKE, "--label", "İIıi"], { env: turkish })).exitCode).toBe(0);
  const rows = await story.tell(["restore", "--words", "-"], {
    env: turkish,
    input: (await wordsOfSheet()).toUpperCase(),
  });
  expect(rows.said).toContain("Confirmed");
  expect(rows.exitCode).toBe(0);
});

async function wordsOfSheet(): Promise<string> {
  const { backup } = await import("../../src/core/backup.js");
  const { parseKeyFile } = await import("../../src/core/record/key-file.js");
  const { wordAt } = await import("../../src/core/words/word-lists.js");
  const key = parseKeyFile(`${MARKED.key}\n${MARKED.secret}`, "key");
  const made = backup({ ...key, day: 2518 }, "standard");
  return Array.from(made.wordIndices, (index) => wordAt(made.list, index)).join(" ");
}

test("without a home, a terminal, or any variable", async () => {
  const shell = `exec env -i setsid "$@"`;
  expect((await story.tell(MAKE, { shell })).exitCode).toBe(0);
  expect((await story.tell(["restore", "sheet.pdf"], { shell })).exitCode).toBe(0);
  const asked = await story.tell(["restore"], { shell });
  expect(asked.said).toContain("There is no terminal to ask on.");
  expect(asked.exitCode).toBe(64);
});

test("with its standard streams closed", async () => {
  const told = await story.tell(MAKE, { shell: `"$@" <&- >&- 2>&-` });
  expect(told.exitCode).toBe(0);
  expect(story.files()).toEqual(["kraken.key", "sheet.pdf"]);
});

test("in a folder that is gone", async () => {
  const gone = `mkdir gone && cd gone && rmdir ../gone && exec "$@"`;
  for (const args of [
    ["make", "--from", "../kraken.key"],
    ["restore", "a.pdf"],
    ["inspect", "a"],
  ]) {
    const told = await story.tell(args, { shell: gone });
    expect(told.said).toContain("The folder that you are in does not exist any more.");
    expect(told.exitCode).toBe(73);
  }
});

test("eight at once, at eight places", async () => {
  const told = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      story.tell([...MAKE, "--out", `${String(index)}.pdf`, "--date", "2026-11-23"]),
    ),
  );
  expect(told.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: 8 }, () => 0));
  for (let index = 1; index < 8; index++) {
    expect(story.read(`${String(index)}.pdf`)).toEqual(story.read("0.pdf"));
  }
});

describe("labels and names are inert", () => {
  test.each([
    ["an escape code", "\u001b[2J\u001b]0;owned\u0007"],
    ["a turn of direction", "\u202Egnp.exe"],
    ["a line end", "one\ntwo"],
  ])("a label with %s is refused by its number", async (_, label) => {
    const told = await story.tell([...MAKE, "--label", label]);
    expect(told.exitCode).toBe(64);
    expect(told.said).toMatch(/U\+[0-9A-F]{4}/);
    expect(told.stdout + told.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
    expect(story.files()).toEqual(["kraken.key"]);
  });

  test.each(["__proto__", "constructor", "../../../etc/passwd", "$(touch x)", "%s%n", "{mark}"])(
    "%s is a label like any other",
    async (label) => {
      const told = await story.tell([...MAKE, "--label", label]);
      expect(told.exitCode).toBe(0);
      expect(story.files()).toEqual(["kraken.key", "sheet.pdf"]);
      expect((await story.tell(["restore", "sheet.pdf"])).exitCode).toBe(0);
    },
  );

  test.each(["__proto__", "constructor", "../../x", "..", "/etc/passwd"])(
    "%s is no template",
    async (name) => {
      const told = await story.tell([...MAKE, "--template", name]);
      expect(told.exitCode).toBeGreaterThan(1);
      expect(told.stderr).not.toMatch(/^\s+at /m);
      expect(story.files()).toEqual(["kraken.key"]);
    },
  );

  test("a file whose name is an escape code is named without it", async () => {
    const told = await story.tell(["restore", "\u001b[2Jx.pdf"]);
    expect(told.exitCode).toBe(66);
    expect(told.stderr).not.toContain("\u001b");
  });
});
