/** What an OCR engine read on a straightened block, to lines like those that a person types. */
import { type TypedLine, UNREADABLE } from "../../core/words/parse-words.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { findWord, PRINTED_LISTS } from "../../core/words/word-lists.js";
import type { StraightBlock } from "./straighten.js";

/** A letter and where its middle is, in pixels of the block. Words are told by the block's places. */
export interface OcrLetter {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Rows with fewer list words at the top and the bottom are headings. */
const ROW_LEAST = 2;

/** Null where hardly a word of any list was read. `known` says how many were. */
export function ocrLines(
  letters: readonly OcrLetter[],
  { columns, rows, columnPx, rowPx }: StraightBlock,
): { readonly lines: readonly TypedLine[]; readonly known: number } | null {
  const tokens = new Map<number, string>();
  for (const { text, x, y } of [...letters].sort((a, b) => a.x - b.x)) {
    const place = Math.floor(y / rowPx) * columns + Math.floor(x / columnPx);
    tokens.set(place, `${tokens.get(place) ?? ""}${text.toLowerCase().replace(/[^\p{L}]/gu, "")}`);
  }
  const isKnown = (column: number, row: number) => {
    const token = tokens.get(row * columns + column);
    return (
      token !== undefined &&
      [...PRINTED_LISTS.values()].some((list) => findWord(list, token) !== null)
    );
  };
  const knownIn = (row: number, first: number) =>
    indices(WORDS_A_ROW).filter((column) => isKnown(first + column, row)).length;
  const windows = indices(Math.max(1, columns - WORDS_A_ROW + 1)).map((first) => ({
    first,
    known: indices(rows).reduce((sum, row) => sum + knownIn(row, first), 0),
  }));
  const best = windows.reduce((most, each) => (each.known > most.known ? each : most));
  const whole = indices(rows).filter((row) => knownIn(row, best.first) >= ROW_LEAST);
  const [top] = whole;
  const bottom = whole.at(-1);
  if (top === undefined || bottom === undefined) return null;
  const lines = indices(bottom - top + 1).map((index) => ({
    number: index + 1,
    tokens: indices(WORDS_A_ROW).map(
      (column) => tokens.get((top + index) * columns + best.first + column) ?? UNREADABLE,
    ),
  }));
  return { lines, known: best.known };
}

function indices(count: number): readonly number[] {
  return [...Array(count).keys()];
}
