import { describe, expect, test } from "vitest";
import type { ReadCell } from "../../../src/photo/words/read-block.js";
import { sampledReadings } from "../../../src/photo/words/sampled-readings.js";
import { ENGLISH, listWords } from "../../../src/core/words/word-lists.js";
import { WORDS_A_ROW } from "../../../src/core/words/row.js";
import { LEVELS, spareWords } from "../../../src/core/words/words.js";
import { seededRandom } from "../../seeded-random.mjs";
import { typedSheet } from "../../core/words/repair/typed-sheet.js";

const random = seededRandom("sampled readings");
const LIST = listWords(ENGLISH);
const CLEAR = 0.95;
const SECOND = 0.8;

function cellsOf(words: readonly string[], doubtful: (index: number) => boolean): ReadCell[] {
  return words.map((word, index) => {
    const other = LIST[random(LIST.length)] ?? "";
    const ranked = doubtful(index) ? [other, word] : [word, other];
    const agreements = doubtful(index) ? [0.86, 0.8595] : [CLEAR, SECOND];
    return {
      column: index % WORDS_A_ROW,
      row: Math.floor(index / WORDS_A_ROW),
      words: ranked.map((each, rank) => ({ word: each, agreement: agreements[rank] ?? 0 })),
    };
  });
}

describe("readings that are drawn", () => {
  const { words } = typedSheet(random);
  const least = Math.min(...LEVELS.flatMap((level) => spareWords(words.length, level) ?? []));

  test("have the sheet's words where too many likeliest words are others", () => {
    const cells = cellsOf(words, (index) => index % 5 === 0);
    const wrong = cells.filter((cell, index) => cell.words[0]?.word !== words[index]).length;
    expect(2 * wrong).toBeGreaterThan(least);
    let isFound = false;
    for (const reading of sampledReadings({ cells, list: ENGLISH }, 3000)) {
      const lost = reading.words.filter((word) => word === null).length;
      const misread = reading.words.filter((word, i) => word !== null && word !== words[i]).length;
      isFound ||= 2 * misread + lost <= least;
    }
    expect(isFound).toBe(true);
  });

  test("never are codewords only because every spare word was given up", () => {
    const cells = cellsOf(
      words.map(() => LIST[random(LIST.length)] ?? ""),
      (index) => index % 8 === 0,
    );
    const most = Math.max(...LEVELS.flatMap((level) => spareWords(words.length, level) ?? []));
    for (const { words: drawn } of sampledReadings({ cells, list: ENGLISH }, 300)) {
      expect(drawn.filter((word) => word === null).length).toBeLessThan(0.81 * most);
    }
    const hits = [...sampledReadings({ cells, list: ENGLISH }, 300)].length;
    expect(hits).toBeLessThan(10);
  });
});
