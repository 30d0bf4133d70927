import { describe, expect, test } from "vitest";
import { acrossSeams, type FramedWord } from "../../../src/photo/words/seams.js";

/** From a column to the next and from a row to the next, as the templates print them. */
const COLUMN = 87.5;
const ROW = 16.2;
const SCALE = { columnSquares: COLUMN, rowSquares: ROW };
const FOLD_AT = 2.7 * COLUMN;
/** Down a square right, behind the fold. */
const TURN = 0.3;

/** Words as they lie on paper that is folded between the third and the fourth column. */
function foldedWords(): readonly FramedWord[] {
  const words: FramedWord[] = [];
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 6; column++) {
      const x = column * COLUMN;
      const behind = Math.max(0, x - FOLD_AT);
      const slope = behind > 0 ? TURN : 0;
      words.push({
        column,
        row,
        frame: {
          origin: { x: 100 + x, y: 100 + row * ROW + TURN * behind },
          right: { x: 1, y: slope },
          down: { x: 0, y: 1 },
        },
        match: { agreement: 0.9, words: [{ word: `word${String(row)}` }] },
      });
    }
  }
  return words;
}

const placesOf = (words: readonly FramedWord[]) =>
  words
    .map(
      ({ column, row, match }) => `${String(column)} ${String(row)} ${match.words[0]?.word ?? ""}`,
    )
    .sort();

describe("rows across a fold", () => {
  test.each([-2, -1, 1, 2])("come back together from %i rows off", (rows) => {
    const words = foldedWords();
    const off = words.map((word) => (word.column < 3 ? word : { ...word, row: word.row + rows }));
    const settled = acrossSeams(off, SCALE);
    const first = Math.min(...settled.filter(({ column }) => column === 0).map(({ row }) => row));
    expect(placesOf(settled.map((word) => ({ ...word, row: word.row - first })))).toEqual(
      placesOf(words),
    );
  });

  test("stay as they are where they are right", () => {
    expect(placesOf(acrossSeams(foldedWords(), SCALE))).toEqual(placesOf(foldedWords()));
  });

  test("leave out a word that no line goes on to", () => {
    const words = foldedWords();
    const [some] = words;
    if (some === undefined) throw new Error("no words");
    const frame = { ...some.frame, origin: { x: 900, y: 140 } };
    const settled = acrossSeams([...words, { ...some, column: 7, row: 3, frame }], SCALE);
    expect(settled.some(({ column }) => column === 7)).toBe(false);
    expect(settled).toHaveLength(words.length);
  });
});
