import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPdf } from "../../../src/adapters/node/scan.js";
import { loadTemplate, type TemplateName } from "../../../src/adapters/node/templates.js";
import { listWords } from "../../../src/core/words/word-lists.js";
import { WORDS_A_ROW } from "../../../src/core/words/row.js";
import { rowLetters } from "../../../src/core/words/words.js";
import { print } from "../../../src/cli/commands/print-sheets.js";
import { sampleBackup, type SampleOptions } from "../../core/sheet/sample.js";
import { hasProgram, testWith } from "../../programs.js";

/** How a sheet is read by those who hear it, and by programs that copy its text. */
const SHEETS: readonly (readonly [string, TemplateName, SampleOptions, boolean])[] = [
  ["standard", "standard", {}, false],
  ["standard, several pages", "standard", { secretLength: 170 }, false],
  ["standard, French, discreet", "standard", { language: "french", level: "long" }, true],
  ["card, Spanish", "card", { language: "spanish" }, false],
  ["card, discreet", "card", {}, true],
  ["large", "large", { language: "portuguese" }, false],
];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-reading-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function printed(
  sheet: string,
  name: TemplateName,
  options: SampleOptions,
  isDiscreet: boolean,
) {
  const made = sampleBackup(options);
  const given = { label: null, copies: 1, paper: "a4", isDiscreet } as const;
  const { pdf } = await print(made, await loadTemplate(name), given);
  const file = path.join(folder, `${sheet}.pdf`);
  writeFileSync(file, pdf);
  const words = Array.from(made.wordIndices, (index) => listWords(made.list)[index] ?? "");
  const shown = words.map((word) => (name === "card" ? word.slice(0, 4) : word));
  const rows = Array.from({ length: words.length / WORDS_A_ROW }, (_, row) => {
    const [start, end] = [row * WORDS_A_ROW, (row + 1) * WORDS_A_ROW];
    const letters = rowLetters(row + 1, made.wordIndices.subarray(start, end));
    return [String(row + 1), ...shown.slice(start, end), letters];
  });
  return { pdf, file, rows };
}

function told(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A structure element, how deep it lies, and its own text. */
interface Told {
  readonly depth: number;
  readonly tag: string;
  readonly text: string;
}

function structureOf(file: string): readonly Told[] {
  const elements: Told[] = [];
  for (const line of told("pdfinfo", "-struct-text", file).split("\n")) {
    const depth = line.search(/\S/) / 2;
    const last = elements.at(-1);
    const quoted = /^\s*"(.*)"$/.exec(line);
    if (quoted !== null && last !== undefined) {
      elements[elements.length - 1] = { ...last, text: last.text + (quoted[1] ?? "") };
    } else if (depth >= 0) {
      elements.push({ depth, tag: /\S+/.exec(line)?.[0] ?? "", text: "" });
    }
  }
  return elements;
}

describe.each(SHEETS)("the sheet: %s", (sheet, name, options, isDiscreet) => {
  let page: Awaited<ReturnType<typeof printed>>;
  let elements: readonly Told[] = [];
  beforeAll(async () => {
    page = await printed(sheet, name, options, isDiscreet);
    // poppler takes seconds for it.
    if (hasProgram("poppler")) elements = structureOf(page.file);
  });

  testWith("poppler")("has a tree in which each word is one cell of its row, in order", () => {
    const { file, rows } = page;
    const elements = structureOf(file);
    const cells = elements.filter(({ tag }) => tag === "TH" || tag === "TD");
    expect(cells.map(({ text }) => text)).toEqual(rows.flat());
    expect(cells.map(({ tag }) => tag)).toEqual(
      rows.flatMap(([, ...others]) => ["TH", ...others.map(() => "TD")]),
    );
    expect(elements.filter(({ tag }) => tag === "TR")).toHaveLength(rows.length);
  });

  testWith("poppler")("has headings in order, lists, and spaces where its lines end", () => {
    const headings = elements.filter(({ tag }) => /^H\d$/.test(tag));
    expect(headings.map(({ tag }) => tag)).toEqual(
      headings.map((_, index) => (index === 0 ? "H1" : "H2")),
    );
    for (const { text } of headings) expect(text).not.toBe("");
    expect(elements.filter(({ tag }) => tag === "L").length).toBeGreaterThan(2);
    const text = elements.map((element) => element.text).join("\n");
    expect(text).toMatch(/For a word that cannot be read type \?/);
    expect(text).toMatch(
      /Any \d+ words unreadable, or any \d+ rows gone, or any \d+ words wrong: /,
    );
  });

  testWith("poppler")("has its code as a figure with words for it", () => {
    const { pdf } = page;
    expect(elements.filter(({ tag }) => tag.startsWith("Figure"))).toHaveLength(1);
    const alternative = /\/Alt \(([^)]*)\)/.exec(
      Buffer.from(pdf)
        .toString("latin1")
        .replace(/\/Alt \(Box to tick\)/g, ""),
    );
    expect(alternative?.[1]).toMatch(
      isDiscreet ? /^QR code 1 of 1\.$/ : /^QR code 1 of 1, .*keysheet/,
    );
  });

  testWith("qpdf")("has no text outside of its tree", () => {
    const { file } = page;
    const plain = told("qpdf", "--qdf", "--object-streams=disable", file, "-");
    const open: string[] = [];
    let shown = 0;
    for (const [sign, tag] of plain.matchAll(/\/(\w+) <<[^>]*>> BDC|\bEMC$|\bT[jJ]$/gm)) {
      if (tag !== undefined) open.push(tag);
      else if (sign === "EMC") open.pop();
      else {
        shown += 1;
        expect(open.at(-1) ?? "nothing").toMatch(/^(H1|H2|P|Lbl|LBody|TH|TD)$/);
      }
    }
    expect(shown).toBeGreaterThan(100);
  });

  testWith("poppler")("gives each row as it is printed to who copies it, accents and all", () => {
    const { file, rows } = page;
    const copied = told("pdftotext", "-layout", file, "-");
    for (const row of rows)
      expect(copied).toMatch(new RegExp(`(^|\\f) *${row.join(" +")}( |$)`, "m"));
    const inOrder = told("pdftotext", "-raw", file, "-").split(/\s+/).join(" ");
    for (const row of rows) expect(inOrder).toContain(row.join(" "));
  });

  test("gives its rows in order to programs that read as the file is written", async () => {
    const { pdf, rows } = page;
    const scan = await openPdf(pdf, "sheet");
    const texts = Array.from({ length: scan.pageCount }, (_, index) => scan.pageText(index)).flat();
    scan.close();
    const inOrder = texts.map(({ text }) => text).join(" ");
    for (const row of rows) expect(inOrder).toContain(row.join(" "));
  });
});
