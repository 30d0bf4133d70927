/** Sheets of several pages of words: the same slips, among many more words. */
import { describe, expect, test } from "vitest";
import { restore } from "../../../../src/core/restore/restore.js";
import { parseLines } from "../../../../src/core/words/parse-words.js";
import { WORDS_A_ROW } from "../../../../src/core/words/row.js";
import { ENGLISH, listWords } from "../../../../src/core/words/word-lists.js";
import { encodeWords } from "../../../../src/core/words/words.js";
import { seededBytes } from "../../../seeded-random.mjs";

/** The first two bytes of a sealed payload: version and kind, and what its key costs. */
const SEALED = [0x11, 17];

function rowsOf(lengthBytes: number): readonly (readonly string[])[] {
  const payload = Uint8Array.from([...SEALED, ...seededBytes("long sheet")(lengthBytes - 2)]);
  const list = listWords(ENGLISH);
  const indices = encodeWords(payload, ENGLISH.number, "standard") ?? [];
  const words = Array.from(indices, (index) => list[index] ?? "");
  const rows: string[][] = [];
  for (let at = 0; at < words.length; at += WORDS_A_ROW) {
    rows.push(words.slice(at, at + WORDS_A_ROW));
  }
  return rows;
}

type Slip = (row: readonly string[], index: number) => readonly string[];

const SLIPS: readonly (readonly [string, Slip])[] = [
  ["nothing", (row) => row],
  ["a word left out", (row, index) => (index === 5 ? row.slice(1) : row)],
  ["two words left out", (row, index) => ([5, 9].includes(index) ? row.slice(1) : row)],
  ["a word doubled", (row, index) => (index === 5 ? [row[0] ?? "", ...row] : row)],
];

describe("two pages of words with the numbers of their rows", () => {
  const long = [600, 900].map((lengthBytes) => rowsOf(lengthBytes));

  test.each(SLIPS)("are mended where the first has %s", (_, slip) => {
    for (const rows of long) {
      const half = Math.ceil(rows.length / 2);
      const lines = rows.map((row, index) => `${String(index + 1)} ${slip(row, index).join(" ")}`);
      const pages = [lines.slice(0, half), lines.slice(half)].map(
        (page, index) =>
          ({
            kind: "words",
            source: `page ${String(index + 1)}`,
            lines: parseLines(page.join("\n")),
          }) as const,
      );
      expect(restore(pages).status).toBe("sealed");
    }
  });
});
