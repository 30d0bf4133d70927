import { describe, expect, test } from "vitest";
import { FORMS, PAGE, CARD, printOf } from "../../../src/photo/words/prints.js";
import { GLYPHS, GLYPH_WIDTH } from "../../../src/photo/words/glyphs.js";
import { findWord, listWords, PRINTED_LISTS } from "../../../src/core/words/word-lists.js";
import { printedSheet } from "../../camera/printed-sheet.mjs";

const LISTS = [...PRINTED_LISTS.values()];
const TEMPLATES = [
  ["standard", PAGE],
  ["large", PAGE],
  ["card", CARD],
] as const;

/** The advance of every letter, in parts of the size of the print. */
const ADVANCE = 0.632;
const MM_A_PT = 25.4 / 72;
/** Words are looked for in steps of their own size, so that a form need not be exact. */
const NEAR = 0.06;

describe.each(TEMPLATES)("the words of the template %s", (template, form) => {
  test("stand as far apart as their form says", async () => {
    const { words, texts } = await printedSheet("forms", { template });
    const printed = words.map((word) => Array.from(word).slice(0, form.mostLetters).join(""));
    const placed = texts.filter(({ text }) => printed.includes(text));
    expect(placed.map(({ text }) => text)).toEqual(printed);
    const [first, second] = placed;
    const below = placed[6];
    if (first === undefined || second === undefined || below === undefined) throw new Error();
    const squareMm = (first.sizePt * MM_A_PT * ADVANCE) / GLYPH_WIDTH;
    const columnSquares = (second.leftMm - first.leftMm) / squareMm;
    const rowSquares = (below.baselineMm - first.baselineMm) / squareMm;
    expect(Math.abs(Math.log(columnSquares / form.columnSquares))).toBeLessThan(NEAR);
    expect(Math.abs(Math.log(rowSquares / form.rowSquares))).toBeLessThan(NEAR);
  });
});

describe.each(FORMS)("a form of at most $mostLetters letters", (form) => {
  test("has a shape for each word of each list, which names that word", () => {
    for (const list of LISTS) {
      const { words } = printOf(form, list).shapes.near({ x: 1, y: 1 });
      const indices = words.map((word) => findWord(list, word));
      expect([...indices].sort((a, b) => Number(a) - Number(b))).toEqual([
        ...listWords(list).keys(),
      ]);
    }
  });
});

test("every letter of the printed lists has a glyph of its own", () => {
  const letters = new Set(LISTS.flatMap((list) => Array.from(listWords(list).join(""))));
  for (const letter of letters) expect(GLYPHS[letter]).toHaveLength(8 * 16);
  expect(new Set([...letters].map((letter) => GLYPHS[letter])).size).toBe(letters.size);
});
