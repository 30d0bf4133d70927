/** Every arrangement of the right words is read, with a little damage, too. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseSheetText } from "../../../../src/reading/sheet-text.js";
import type { Carrier } from "../../../../src/core/restore/read-carriers.js";
import { formatKeyFile } from "../../../../src/core/record/key-file.js";
import { restore } from "../../../../src/core/restore/restore.js";
import { ENGLISH, listWords, PRINTED_LISTS } from "../../../../src/core/words/word-lists.js";
import { encodeWords, rowLetters } from "../../../../src/core/words/words.js";
import { seededBytes, seededRandom } from "../../../seeded-random.mjs";

type Random = (limit: number) => number;

interface Sheet {
  readonly rows: readonly (readonly string[])[];
  readonly letters: readonly string[];
}

function carriersOf(...texts: readonly string[]): readonly Carrier[] {
  return texts.flatMap((text, index) =>
    parseSheetText(Buffer.from(text), `text ${String(index + 1)}`),
  );
}

/** A sealed payload of the length of a Kraken key's, plain or sealed. */
function sheetOf(seed: string, random: Random): Sheet {
  const list = random(4) > 0 ? ENGLISH : [...PRINTED_LISTS.values()][random(PRINTED_LISTS.size)];
  const { number } = list ?? ENGLISH;
  const words = listWords(list ?? ENGLISH);
  const payload = Uint8Array.from([0x11, 17, ...seededBytes(seed)(random(2) ? 108 : 140)]);
  const indices = encodeWords(payload, number, random(3) ? "standard" : "long") ?? [];
  const rows: number[][] = [];
  for (let from = 0; from < indices.length; from += 6)
    rows.push([...indices.slice(from, from + 6)]);
  return {
    rows: rows.map((row) => row.map((index) => words[index] ?? "")),
    letters: rows.map((row, index) => rowLetters(index + 1, row)),
  };
}

const numbered = ({ rows }: Sheet) =>
  rows.map((row, index) => `${String(index + 1)} ${row.join(" ")}`);
const PROSE =
  "Dear Anna, this is what I found in the drawer when we moved the old desk out of the office.";
const SECOND = "Please keep it with the other papers, and call me when you have read this.";

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, at: random(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Texts of one sheet, as people and programs leave them. */
const ARRANGEMENTS: Readonly<Record<string, (sheet: Sheet, random: Random) => readonly string[]>> =
  {
    "rows by number in any order": (sheet, random) => [
      shuffled(numbered(sheet), random).join("\n"),
    ],
    "two notes that overlap": (sheet, random) => {
      const lines = numbered(sheet);
      const cut = 4 + random(lines.length - 8);
      const overlap = 1 + random(3);
      return [lines.slice(0, cut + overlap).join("\n"), lines.slice(cut).join("\n")];
    },
    "some rows twice": (sheet, random) => {
      const lines = numbered(sheet);
      const again = lines.filter(() => random(4) === 0);
      return [[...lines, ...again].join("\n")];
    },
    "the whole text twice": ({ rows }) => {
      const text = rows.map((row) => row.join(" ")).join("\n");
      return [`${text}\n${text}`];
    },
    "the whole text twice, by numbers": (sheet) => {
      const text = numbered(sheet).join("\n");
      return [`${text}\n\n${text}`];
    },
    "a row number misread": (sheet, random) => {
      const lines = [...numbered(sheet)];
      const row = random(lines.length);
      lines[row] = (lines[row] ?? "").replace(/^\d+/, String(1 + random(40)));
      return [lines.join("\n")];
    },
    "a row number missing": (sheet, random) => {
      const lines = [...numbered(sheet)];
      const row = 1 + random(lines.length - 1);
      lines[row] = (lines[row] ?? "").replace(/^\d+ /, "");
      return [lines.join("\n")];
    },
    "between prose": ({ rows }) => [
      `${PROSE}\n${rows.map((row) => row.join(" ")).join("\n")}\n${SECOND}`,
    ],
    "between prose, in one line": ({ rows }) => [`${PROSE} ${rows.flat().join(" ")} ${SECOND}`],
    "between prose, by numbers": (sheet) => [`${PROSE}\n${numbered(sheet).join("\n")}\n${SECOND}`],
    "a cell a line": ({ rows, letters }) => [
      rows.map((row, index) => [...row, letters[index]].join("\n")).join("\n"),
    ],
    "columns one after another": ({ rows }) => [
      [0, 1, 2, 3, 4, 5].map((column) => rows.map((row) => row[column]).join("\n")).join("\n\n"),
    ],
    "columns in two groups": ({ rows }) => [
      [0, 3]
        .map((from) => rows.map((row) => row.slice(from, from + 3).join(" ")).join("\n"))
        .join("\n"),
    ],
    "behind times and names": ({ rows }, random) => [
      rows
        .map((row, i) => `[17:${String(20 + i)}] ${random(2) ? "me" : "Bo"}: ${row.join(" ")}`)
        .join("\n"),
    ],
    "behind R1 and so on": ({ rows }) => [
      rows.map((row, index) => `R${String(index + 1)} ${row.join(" ")}`).join("\n"),
    ],
    "behind 1/17 and so on": ({ rows }) => [
      rows.map((row, i) => `${String(i + 1)}/${String(rows.length)} ${row.join(" ")}`).join("\n"),
    ],
    "behind 1.1 and so on": ({ rows }) => [
      rows
        .map((row, i) =>
          row.map((word, j) => `${String(i + 1)}.${String(j + 1)} ${word}`).join(" "),
        )
        .join("\n"),
    ],
    "boxes to tick": ({ rows }) => [rows.map((row) => `- [ ] ${row.join(" ")}`).join("\n")],
    "without a blank": ({ rows }) => [rows.flat().join("")],
    "rows without a blank": ({ rows }) => [rows.map((row) => row.join("")).join("\n")],
    "words in capitals joined": ({ rows }) => [
      rows.map((row) => row.map(capital).join("")).join("\n"),
    ],
    joined: ({ rows }, random) => {
      const joint =
        ["-", ".", "/", "_", "+", "%20", "\u2013", "\u00A0", "\u3000"][random(9)] ?? "-";
      return [rows.map((row) => row.join(joint)).join("\n")];
    },
    "with invisible characters": ({ rows }, random) => {
      const mark = ["\u200B", "\u00AD", "\uFEFF", "\u2060"][random(4)] ?? "";
      return [
        rows
          .map((row) => row.map((word) => word.slice(0, 2) + mark + word.slice(2)).join(" "))
          .join("\n"),
      ];
    },
    "a table of HTML": ({ rows, letters }) => [
      `<html><body><p>${PROSE}</p><table>${rows
        .map(
          (row, i) => `<tr><td>${[String(i + 1), ...row, letters[i]].join("</td><td>")}</td></tr>`,
        )
        .join("\n")}</table></body></html>`,
    ],
    RTF: ({ rows }) => [
      `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 ${rows
        .map((row) =>
          row.join(" ").replace(/[^\0-\x7f]/g, (letter) => `\\u${String(letter.charCodeAt(0))}?`),
        )
        .join("\\par\n")}\\par}`,
    ],
    "the mail that quotes it": (sheet) => [
      numbered(sheet)
        .map((line) => `> ${line}`)
        .join("\n"),
    ],
    "letters at the end": ({ rows, letters }) => [
      `${rows.map((row) => row.join(" ")).join("\n")}\n\n${letters.join("\n")}`,
    ],
  };

/** Sheets of each arrangement: 27 x 12 texts. */
const SHEETS = 12;

describe("the words of a sheet are read", () => {
  test.each(Object.entries(ARRANGEMENTS))("%s", (name, arrange) => {
    for (let index = 0; index < SHEETS; index++) {
      const seed = `${name} ${String(index)}`;
      const random = seededRandom(seed);
      const sheet = sheetOf(seed, random);
      // Half of them with three words that are others, or cannot be read.
      const rows = sheet.rows.map((row) => [...row]);
      for (let count = 0; index % 2 === 1 && count < 3; count++) {
        const row = rows[random(rows.length)];
        if (row !== undefined) row[random(6)] = random(2) ? "zoo" : "abandon";
      }
      const texts = arrange({ ...sheet, rows }, random);
      expect([seed, restore(carriersOf(...texts)).status]).toEqual([seed, "sealed"]);
    }
  });

  const CASES = [
    ["cell-a-line"],
    ["chat-prefix"],
    ["code-text-invisible"],
    ["code-text-quoted"],
    ["joined-by-dash"],
    ["no-spaces"],
    ["ocr-row-10-read-as-19"],
    ["overlap-rows-1-10", "overlap-rows-8-17"],
    ["pasted-twice"],
    ["poppler-block"],
    ["poppler-page"],
    ["two-columns-of-three"],
  ];
  const [key, secret] = readFileSync("fixtures/cases/key.txt", "utf8").trim().split("\n");

  test.each(CASES)("as in fixtures/cases: %s %s", (...names) => {
    const texts = names.map((name) => readFileSync(`fixtures/cases/${name}.txt`, "utf8"));
    const restored = restore(carriersOf(...texts));
    if (restored.status !== "confirmed") throw new Error(restored.status);
    const form = formatKeyFile(restored.record, "two-line").trim();
    expect(form.split("\n")).toEqual([key, secret]);
  });
});
