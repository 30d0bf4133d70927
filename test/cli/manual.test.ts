/** The manual behind a sheet: what is copied from its pages restores the sheet, without keysheet. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPdf } from "../../src/adapters/node/scan.js";
import { testWith } from "../programs.js";
import { pageRows } from "./page.js";
import { MARKED, Story } from "./story.js";

const RECOVER = readFileSync(new URL("../../src/core/payload/recover.py", import.meta.url), "utf8");

let story: Story;
/** Of each page its first line. */
let heads: readonly string[];

beforeAll(async () => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`, { mode: 0o600 });
  const args = ["--from", "kraken.key", "--date", "2026-11-23", "--language", "french"];
  const made = await story.tell(["make", ...args, "--with-manual"]);
  expect(made.exitCode).toBe(0);
  expect(made.said).toMatch(/A4, \d\d pages/);
  const pdf = await openPdf(story.read("sheet.pdf"), "sheet.pdf");
  heads = Array.from({ length: pdf.pageCount }, (_, index) =>
    pdf
      .pageText(index)
      .map(({ text }) => text)
      .join(" "),
  );
  pdf.close();
});

afterAll(() => {
  story.end();
});

const PARTS = { format: "FORMAT.md", program: "save the text", list: "the words" } as const;

/** Numbers, from 1, of the pages of a part. */
function pagesOf(part: keyof typeof PARTS): readonly number[] {
  const head = new RegExp(`^(# )?keysheet manual, page \\d+ of \\d+: ${PARTS[part]}`);
  return heads.flatMap((text, index) => (head.test(text) ? [index + 1] : []));
}

function copied(part: keyof typeof PARTS, ...options: readonly string[]): string {
  const pages = pagesOf(part);
  const [first = 0] = pages;
  const range = ["-f", String(first), "-l", String(pages.at(-1) ?? 0)];
  const args = [...options, ...range, story.path("sheet.pdf"), "-"];
  return spawnSync("pdftotext", args, { encoding: "utf8" }).stdout;
}

describe("a sheet with its manual", () => {
  test("has the format, the decoder and the list of its words behind it, each page marked", () => {
    expect(pagesOf("format").length).toBeGreaterThan(5);
    expect(pagesOf("program").length).toBeGreaterThan(1);
    expect(pagesOf("list").length).toBeGreaterThan(1);
    expect(heads).toHaveLength(
      1 + pagesOf("format").length + pagesOf("program").length + pagesOf("list").length,
    );
    for (const head of heads.slice(1)) expect(head).toContain("No key is on this page");
  });

  test("is restored like any other: the examples of the manual are no sheet", async () => {
    const told = await story.tell(["restore", "sheet.pdf", "--out", "back.key"]);
    expect(told.exitCode).toBe(0);
    expect(story.read("back.key")).toEqual(story.read("kraken.key"));
    const inspected = await story.tell(["inspect", "sheet.pdf"]);
    expect(inspected.said).toContain("sheet.pdf page 1: code, whole");
  });

  testWith("poppler")("prints the decoder to the character", () => {
    // A program that takes text from a page keeps no two spaces between words.
    const lines = (source: string) =>
      source
        .replaceAll("\f", "")
        .split("\n")
        .map((line) => line.trim().replace(/ +/g, " "))
        .filter((line) => line !== "" && !line.startsWith("# keysheet manual, page"));
    expect(lines(copied("program", "-layout"))).toEqual(lines(RECOVER));
  });

  testWith("poppler")("can be copied, and the copy restores the words of the sheet", async () => {
    // What a viewer makes of indentation is a column more or less.
    const program = copied("program", "-layout")
      .replaceAll("\f", "")
      .split("\n")
      .map((line) => {
        const indent = line.length - line.trimStart().length;
        return " ".repeat(4 * Math.round(indent / 4)) + line.trimStart();
      });
    writeFileSync(story.path("recover.py"), program.join("\n"));
    writeFileSync(story.path("list.txt"), copied("list", "-layout"));
    const rows = await pageRows(story.read("sheet.pdf"));
    writeFileSync(story.path("words.txt"), rows.join("\n").replace(/^\S+/, "?"));
    const { stdout, stderr } = spawnSync("python3", ["recover.py", "words.txt", "list.txt"], {
      cwd: story.path("."),
      encoding: "utf8",
    });
    expect(stderr).toBe("kraken-spot 2026-11-23\n");
    expect(stdout).toBe(`key: ${MARKED.key}\nsecret: ${MARKED.secret}\n`);
    for (const name of ["recover.py", "list.txt", "words.txt"]) rmSync(story.path(name));
  });

  test("says so of what keysheet is for, which a discreet one must not", async () => {
    const args = ["make", "--from", "kraken.key", "--with-manual", "--discreet", "--out", "x.pdf"];
    const told = await story.tell(args);
    expect(told.exitCode).toBe(64);
    expect(told.said).toContain("--with-manual");
  });
});
