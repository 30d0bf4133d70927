import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPdf } from "../../src/adapters/node/scan.js";
import { MARKED, Story, type Told } from "./story.js";

const DAY = ["--date", "2026-11-23"] as const;
const STANDARD = readFileSync("templates/standard.json", "utf8");

let story: Story;
beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`);
});
afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

function make(...args: readonly string[]): Promise<Told> {
  return story.tell(["make", "--from", "kraken.key", ...DAY, ...args]);
}

async function expectVerified(against = "kraken.key"): Promise<void> {
  const told = await story.tell(["verify", "sheet.pdf", "--against", against]);
  expect(told.said).toContain("The sheet holds this key");
  expect(told.exitCode).toBe(0);
}

/** A key of named fields with a secret so long. */
function writeLongKey(length: number): void {
  const secret = MARKED.secret.repeat(Math.ceil(length / 88)).slice(0, length);
  const fields = [["token", secret, true]];
  writeFileSync(story.path("long.json"), JSON.stringify({ keysheet: 1, provider: null, fields }));
}

describe("make --template", () => {
  test.each([
    ["standard", 1, "fold it with the words and the code inside"],
    ["card", 1, "cut the card out, fold it with the print inside"],
    ["large", 2, "put its 2 pages into one envelope"],
  ])("%s makes a sheet that restores, and says what to do with it", async (name, pages, next) => {
    const told = await make("--template", name);
    expect(told.stderr).toBe("");
    expect(told.exitCode).toBe(0);
    for (const advice of [
      "at 100 % on your own printer, not at a copy shop",
      "Do not mail the file",
      "cloud drive",
      "keysheet verify photo.jpg --against kraken.key",
      "Delete sheet.pdf",
      "print queue",
      next,
    ]) {
      expect(told.said).toContain(advice);
    }
    expect(told.said).toContain(`A4, ${String(pages)} page`);
    for (const line of told.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    await expectVerified();
  });

  test("standard is what is made without it", async () => {
    await make("--out", "a.pdf");
    await make("--out", "b.pdf", "--template", "standard");
    expect(story.read("b.pdf").equals(story.read("a.pdf"))).toBe(true);
  });

  test("takes a file of one's own, from another folder too, with its texts", async () => {
    const own = STANDARD.replaceAll("Test this sheet today", "Try this sheet today");
    writeFileSync(story.path("own.json"), own);
    expect((await make("--template", "own.json")).exitCode).toBe(0);
    const scan = await openPdf(story.read("sheet.pdf"), "sheet.pdf");
    const said = scan
      .pageText(0)
      .map(({ text }) => text)
      .join(" ");
    scan.close();
    expect(said).toContain("Try this sheet today");
    await expectVerified();
    const elsewhere = await make("--template", "../work/own.json", "--out", "b.pdf");
    expect(elsewhere.exitCode).toBe(0);
  });

  test("says what it made as JSON", async () => {
    const told = await make("--template", "large", "--copies", "2", "--discreet", "--json");
    expect(JSON.parse(told.stdout)).toMatchObject({
      status: "done",
      template: "large",
      copies: 2,
      pages: 4,
      discreet: true,
      list: "english",
    });
  });

  const faulty = STANDARD.replace('"sizePt": 21', '"sizePt": 2100').replace(
    '"tag": "H1"',
    '"tag": "H9"',
  );
  const fontless = STANDARD.replace("AtkinsonHyperlegibleMono-Regular.ttf", "None.ttf");
  test.each([
    ["an unknown name", "fancy", ["names are standard, card and large"], 64],
    ["a file that is missing", "none.json", ["none.json: there is no such file"], 66],
    [
      "a file that is no JSON",
      "comma.json",
      ["comma.json: the JSON is malformed at line 3, column 1"],
      64,
    ],
    [
      "every fault of it",
      "faulty.json",
      [
        "faulty.json: styles.title.sizePt has to be a number from 0.1 to 100",
        ".tag has to be one of",
      ],
      64,
    ],
    [
      "a font that is missing",
      "fontless.json",
      ["fontless.json: the font None.ttf is neither beside it"],
      64,
    ],
    ["a font that is none", "fonts/own.json", ["The font None.ttf cannot be used"], 64],
  ])("refuses %s, before it asks for a key", async (_, name, messages, exitCode) => {
    const before = ["comma.json", "faulty.json", "fontless.json", "fonts", "kraken.key"];
    writeFileSync(story.path("comma.json"), '{\n  "a": 1,\n}\n');
    writeFileSync(story.path("faulty.json"), faulty);
    writeFileSync(story.path("fontless.json"), fontless);
    mkdirSync(story.path("fonts"));
    writeFileSync(story.path("fonts/own.json"), fontless);
    writeFileSync(story.path("fonts/None.ttf"), "no font");
    const told = await story.tell(["make", "--template", name]);
    for (const message of messages) expect(told.said).toContain(message);
    expect(told.said).not.toContain("terminal");
    expect(told.stdout).toBe("");
    expect(told.exitCode).toBe(exitCode);
    expect(story.files()).toEqual(before);
  });

  test("card refuses a key that it has no place for, with its limits and the way out", async () => {
    writeLongKey(300);
    const told = await story.tell(["make", "--from", "long.json", ...DAY, "--template", "card"]);
    expect(told.said).toContain("there is place for 19 rows and 49 modules");
    expect(told.said).toContain("Use --template standard");
    expect(told.exitCode).toBe(64);
    expect(story.files()).toEqual(["kraken.key", "long.json"]);
  });
});

describe("make --language", () => {
  test.each(["spanish", "french", "italian", "czech", "portuguese"])(
    "%s prints words of that list, which restore",
    async (name) => {
      const told = await make("--language", name, "--template", "card");
      expect(told.exitCode).toBe(0);
      expect(told.stdout).toMatch(/words {9}[A-Z][a-z]+, 102, 18 of them spare/);
      const inspected = await story.tell(["inspect", "sheet.pdf", "--json"]);
      expect(inspected.stdout).toContain(`"list": "${name}"`);
      await expectVerified();
    },
  );

  test.each(["japanese", "korean", "klingon"])(
    "%s is refused, with the six that are printed",
    async (name) => {
      const told = await make("--language", name);
      expect(told.said).toContain("english, spanish, french, italian, czech or portuguese");
      expect(told.exitCode).toBe(64);
    },
  );
});

describe("a key that needs several pages", () => {
  test("comes back from the PDF with all copies, and from the picture of its code", async () => {
    writeLongKey(800);
    const args = ["--from", "long.json", ...DAY, "--copies", "2", "--paper", "letter"];
    const told = await story.tell(["make", ...args, "--label", "Long"]);
    expect(told.stderr).toContain("Each sheet of this key has 4 pages");
    expect(told.said).toContain("US Letter, 8 pages");
    await expectVerified("long.json");
    const inspected = await story.tell(["inspect", "sheet.pdf"]);
    expect(inspected.said).toContain("sheet.pdf pages 1, 2, 3: ");
    expect(inspected.said).toContain("sheet.pdf pages 5, 6, 7: ");
    expect(inspected.said).toContain("sheet.pdf page 4: code, whole");
    expect(inspected.exitCode).toBe(0);
  });
});
