/** Labels that the sheet's own fonts cannot set, on real pages and through the real command. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { labelFonts } from "../../../src/adapters/node/label-fonts.js";
import { openPdf } from "../../../src/adapters/node/scan.js";
import { loadTemplate } from "../../../src/adapters/node/templates.js";
import { print } from "../../../src/cli/commands/print-sheets.js";
import { MARKED, Story } from "../../cli/story.js";
import { sampleBackup } from "../../core/sheet/sample.js";
import { PREFLIGHT_JARS, testWith } from "../../programs.js";

const LABELS = {
  Cyrillic: "Торговый бот №1",
  "Cyrillic of other languages": "Ґанок Ўзбек Қазақ",
  Greek: "Δοκιμή bot",
  "Greek with all accents": "ἀρχή",
  Vietnamese: "Máy giao dịch số 2",
  Chinese: "交易机器人 1",
  Japanese: "取引ボット（本番）",
  Korean: "거래 봇",
  emoji: "Bot 🚀❤️",
  "several of them": "Бот 取引 거래 🚀 α",
} as const;

async function printed(label: string) {
  const options = { label, copies: 1, paper: "a4", isDiscreet: false } as const;
  return (await print(sampleBackup({}), await loadTemplate("standard"), options)).pdf;
}

let story: Story;
beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`);
});
afterEach(() => {
  story.end();
});

describe.each(Object.entries(LABELS))("a label in %s", (_, label) => {
  const shown = label.normalize("NFC").replace("\ufe0f", "");

  test("is set, read back from the page, and the same bytes each time", async () => {
    const pdf = await printed(label);
    expect(Buffer.from(await printed(label)).equals(Buffer.from(pdf))).toBe(true);
    const scan = await openPdf(pdf, "sheet");
    const texts = scan.pageText(0).map(({ text }) => text);
    scan.close();
    const page = texts.join("").replace(/\s/g, "");
    expect(page).toContain(shown.replace(/\s/g, ""));
  });

  testWith("poppler")("is copied from the page as it was given", async () => {
    writeFileSync(story.path("label.pdf"), await printed(label));
    const text = execFileSync("pdftotext", [story.path("label.pdf"), "-"], { encoding: "utf8" });
    expect(text).toContain(shown);
  });
});

testWith("java")("sheets with such labels are still PDF/A-1b", { timeout: 240_000 }, async () => {
  const files: string[] = [];
  for (const [name, label] of Object.entries(LABELS)) {
    const file = story.path(`${name}.pdf`);
    writeFileSync(file, await printed(label));
    files.push(file);
  }
  for (const file of files) {
    const jars = PREFLIGHT_JARS.join(":");
    const program = "org.apache.pdfbox.preflight.Validator_A1b";
    const told = execFileSync("java", ["-cp", jars, program, file], { encoding: "utf8" });
    expect(told).toContain("is a valid PDF/A-1b file");
  }
});

describe("make", () => {
  const make = (label: string) =>
    story.tell(["make", "--from", "kraken.key", "--date", "2026-11-23", "--label", label]);

  test("proves a sheet with such a label, and tells nothing about it", async () => {
    const told = await make(LABELS["several of them"]);
    expect(told.exitCode).toBe(0);
    expect(told.stderr).toBe("");
  });

  test("points out letters that look like others, and prints them", async () => {
    const told = await make("Krаken");
    expect(told.exitCode).toBe(0);
    expect(told.said).toContain("character 3, U+0430, looks like a");
  });

  test.each([
    ["\u202eevil", "U+202E (right-to-left override)"],
    ["a\u200db\u2066c", "U+200D (zero width joiner) and U+2066 (left-to-right isolate)"],
    ["بوت", "ب (U+0628), و (U+0648) and ت (U+062A)"],
    ["\ue000x", "U+E000"],
  ])("refuses %j by name, before any file", async (label, named) => {
    const told = await make(label);
    expect(told.exitCode).toBe(64);
    expect(told.said).toContain(named);
    expect(story.files()).toEqual(["kraken.key"]);
  });
});

test("fonts for labels are read only where they are needed", async () => {
  expect(await labelFonts(null)).toEqual([]);
  expect(await labelFonts("Zoë’s bot – Nº 7")).toEqual([]);
  const names = (await labelFonts("Бот")).map(({ name }) => name);
  expect(names.every((name) => name.includes("cyrillic"))).toBe(true);
});
