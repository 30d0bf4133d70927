/** Keys that one code or one page does not hold, and sheets without words. */
import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import sharp from "sharp";
import { openPdf } from "../../src/adapters/node/scan.js";
import { readSheetFile } from "../../src/adapters/node/sheet-file.js";
import { joinPages, readPageRows, tokensOfRows } from "../../src/core/sheet/page-words.js";
import { wornCode } from "../camera/worn-code.js";
import { seededBytes } from "../seeded-random.mjs";
import { onTerminal, Story } from "./story.js";

const DAY = ["--date", "2026-11-23"];

/** PKCS#8 in PEM of so many bytes, as an exchange or OpenSSL gives it: 1,792 are RSA of 3072 bits. */
function pem(lengthBytes: number): string {
  const text = Buffer.from(seededBytes(`pem ${String(lengthBytes)}`)(lengthBytes)).toString(
    "base64",
  );
  const lines = text.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}

function keyFile(lengthBytes: number): string {
  const fields = [
    ["api key", "e1f0a9c4d2b35f60", false],
    ["private key", pem(lengthBytes), true],
  ];
  return `${JSON.stringify({ keysheet: 1, provider: null, day: "2026-11-23", fields })}\n`;
}

let story: Story;

beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("rsa.json"), keyFile(1792), { mode: 0o600 });
});

afterEach(() => {
  story.end();
});

const MAKE = ["make", "--from", "rsa.json", ...DAY];

async function pictures(name: string): Promise<readonly string[]> {
  const pdf = await openPdf(story.read(name), name);
  const files: string[] = [];
  for (let index = 0; index < pdf.pageCount; index++) {
    const { widthPx, heightPx, luma } = await pdf.renderPage(index, 150);
    const file = `page-${String(index + 1)}.png`;
    const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
    writeFileSync(story.path(file), await sharp(luma, { raw }).png().toBuffer());
    files.push(file);
  }
  pdf.close();
  return files;
}

async function wordsOf(name: string): Promise<readonly string[]> {
  const pdf = await openPdf(story.read(name), name);
  const pages = Array.from({ length: pdf.pageCount }, (_, index) =>
    readPageRows(pdf.pageText(index)),
  );
  pdf.close();
  return joinPages(pages).map(({ rows }) => tokensOfRows(rows).join(" "));
}

describe("a key of several codes", () => {
  test("comes back from its PDF, from its codes in any order, and from its words", async () => {
    const made = await story.tell(MAKE);
    expect(made.exitCode).toBe(0);
    expect(made.said).toContain(
      "Each sheet of this key has 9 pages: 1566 words, in 261 rows, and 3",
    );
    expect(made.said).toContain("3, all of them needed");
    const key = ["--to", "json", "--out", "back.json"];
    expect((await story.tell(["restore", "sheet.pdf", ...key])).exitCode).toBe(0);
    expect(story.read("back.json")).toEqual(story.read("rsa.json"));

    const pages = await pictures("sheet.pdf");
    const codes = pages.slice(-3).reverse();
    const restored = await story.tell(["restore", ...codes, "--to", "json", "--out", "codes.json"]);
    expect(restored.exitCode).toBe(0);
    expect(story.read("codes.json")).toEqual(story.read("rsa.json"));
    const missing = await story.tell(["restore", codes[0] ?? "", codes[2] ?? ""]);
    expect(missing.exitCode).toBe(1);
    expect(missing.said).toContain("the sheet has 3 codes; number 2 is missing");

    const [words = "", ...others] = await wordsOf("sheet.pdf");
    expect(others).toEqual([]);
    writeFileSync(story.path("words.txt"), words.replace(/^\w+ \w+/, "? ?"));
    const typed = await story.tell(["restore", "words.txt", "--to", "json", "--out", "typed.json"]);
    expect(typed.exitCode).toBe(0);
    expect(story.read("typed.json")).toEqual(story.read("rsa.json"));
  });

  test("comes back from a torn code, one that is whole and words that are too few", async () => {
    writeFileSync(story.path("rsa.json"), keyFile(900), { mode: 0o600 });
    await story.tell(MAKE);
    const pages = await pictures("sheet.pdf");
    const [first = "", second = ""] = pages.slice(-2);
    const { carriers } = await readSheetFile(story.read(second), second);
    const [code] = carriers.filter((carrier) => carrier.kind === "code");
    const [, head = "", digits = ""] = /^(.*\/)(\d+)$/.exec(code?.text ?? "") ?? [];
    const { widthPx, heightPx, luma } = wornCode({ head, digits }, [3, 4, 5, 6], 6);
    const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
    const torn = await sharp(luma, { raw }).png().toBuffer();
    writeFileSync(story.path("torn.png"), torn);
    const [words = ""] = await wordsOf("sheet.pdf");
    // Of 810 words 270 are lost, where 120 are spare.
    const few = words.split(" ").map((word, index) => (index % 3 === 0 ? "?" : word));
    writeFileSync(story.path("words.txt"), few.join(" "));

    const key = ["--to", "json", "--out", "back.json"];
    const codes = await story.tell(["restore", first, "torn.png"]);
    expect(codes.said).toContain("torn.png: of the code");
    expect(codes.exitCode).toBe(1);
    // In one picture: the first reading ends at the whole code, and a second one sees the other.
    const whole = sharp(story.read(first));
    const { height: top } = await whole.metadata();
    const page = await whole
      .extend({ bottom: heightPx, background: "white" })
      .composite([{ input: torn, left: 0, top }])
      .png()
      .toBuffer();
    writeFileSync(story.path("both.png"), page);
    const all = await story.tell(["restore", "both.png", "words.txt", ...key]);
    expect(all.said).toMatch(/both.png: code, \d+ of \d+ blocks read/);
    expect(all.exitCode).toBe(0);
    expect(story.read("back.json")).toEqual(story.read("rsa.json"));
  });

  test.each([
    ["letter", ["--paper", "letter"], 9],
    ["large", ["--template", "large"], null],
    ["two copies", ["--copies", "2", "--without-words"], 6],
    ["without words", ["--without-words"], 3],
    ["large without words", ["--template", "large", "--without-words", "--discreet"], null],
    ["for long keeping", ["--spare", "long"], null],
  ])("is printed and proved: %s", async (_, options, pages) => {
    const made = await story.tell([...MAKE, ...options, "--json"]);
    expect(made.exitCode).toBe(0);
    const told = JSON.parse(made.stdout) as { pages: number; codes: number; words: number };
    expect(told.codes).toBe(3);
    if (pages !== null) expect(told.pages).toBe(pages);
    expect(told.words > 0).toBe(!options.includes("--without-words"));
    expect(await wordsOf("sheet.pdf")).toHaveLength(told.words > 0 ? 1 : 0);
    const restored = await story.tell([
      "restore",
      "sheet.pdf",
      "--to",
      "json",
      "--out",
      "back.json",
    ]);
    expect(restored.exitCode).toBe(0);
    expect(story.read("back.json")).toEqual(story.read("rsa.json"));
  });

  test("is sealed and split like any other", async () => {
    writeFileSync(story.path("pass.txt"), "copper rally orbit velvet hazard miracle sunset\n");
    const seal = ["--passphrase-file", "pass.txt", "--kdf-cost", "14"];
    const made = await story.tell([...MAKE, "--shares", "2-of-3", "--without-words", ...seal]);
    expect(made.exitCode).toBe(0);
    const files = ["sheet-3-of-3.pdf", "sheet-1-of-3.pdf"];
    const open = ["--passphrase-file", "pass.txt", "--to", "json", "--out", "back.json"];
    expect((await story.tell(["restore", ...files, ...open])).exitCode).toBe(0);
    expect(story.read("back.json")).toEqual(story.read("rsa.json"));
  });

  test("is refused by the card, which says what has place", async () => {
    const told = await story.tell([...MAKE, "--template", "card"]);
    expect(told.exitCode).toBe(64);
    expect(told.said).toContain("--template standard");
    expect(story.files()).toEqual(["rsa.json"]);
  });

  test("has no words where there would be more than a sheet can have", async () => {
    writeFileSync(story.path("rsa.json"), keyFile(4000), { mode: 0o600 });
    const made = await story.tell(MAKE);
    expect(made.exitCode).toBe(0);
    expect(made.said).toContain("is too long for words");
    expect(made.said).toContain("5, all of them needed");
    const restored = await story.tell([
      "restore",
      "sheet.pdf",
      "--to",
      "json",
      "--out",
      "back.json",
    ]);
    expect(restored.exitCode).toBe(0);
    expect(story.read("back.json")).toEqual(story.read("rsa.json"));
  });

  test("is told and asked about on a terminal, where the words may be left out", async () => {
    const without = await onTerminal(story, MAKE, [["Go on? (Y: yes, n: no, w:", "w\r"]]);
    expect(without.exitCode).toBe(0);
    expect(without.said).toContain("has 9 pages: 1566 words, in 261 rows, and 3 codes.");
    expect(await wordsOf("sheet.pdf")).toEqual([]);
    const no = await onTerminal(story, [...MAKE, "--out", "no.pdf"], [["Go on? (Y: yes", "n\r"]]);
    expect(no.exitCode).toBe(1);
    const yes = await onTerminal(
      story,
      [...MAKE, "--out", "yes.pdf"],
      [
        ["Go on? (Y: yes", "what\r"],
        ["Go on? (Y: yes", "\r"],
      ],
    );
    expect(yes.exitCode).toBe(0);
    expect(story.files()).toEqual(["rsa.json", "sheet.pdf", "yes.pdf"]);
    expect(await wordsOf("yes.pdf")).toHaveLength(1);
  });
});

test("--without-words and --spare exclude each other", async () => {
  const told = await story.tell([...MAKE, "--without-words", "--spare", "long"]);
  expect(told.exitCode).toBe(64);
  expect(told.said).toContain("--without-words");
});
