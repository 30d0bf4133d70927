/**
 * How the templates print words: of which list, of how many letters, and how large against the lattice in
 * which they stand. Everything is in squares of a glyph, so that neither the size of the print nor that of
 * the photograph matters.
 */
import { type ListRow, listWords } from "../../core/words/word-lists.js";
import { length } from "../plane.js";
import { ShapesByBlur, type WordShapes } from "./letter-shapes.js";
import type { Frame, Scale } from "./patches.js";
import { PAIRS } from "./spelled-words.js";

/** What a template says of the words that it prints. */
export interface Form extends Scale {
  /** Of each word, so many first letters are printed. */
  readonly mostLetters: number;
}

/** Of pages; those of large print and of US Letter are near enough. */
export const PAGE: Form = { columnSquares: 87.5, rowSquares: 16.2, mostLetters: Infinity };
export const CARD: Form = { columnSquares: 49.2, rowSquares: 12.9, mostLetters: 4 };
export const FORMS: readonly Form[] = [PAGE, CARD];

/** What a block of words is printed as. */
export interface Print {
  readonly form: Form;
  readonly list: ListRow;
  readonly shapes: ShapesByBlur;
}

const MADE = new Map<string, Print>();

export function printOf(form: Form, list: ListRow): Print {
  const key = `${String(list.number)} ${String(FORMS.indexOf(form))}`;
  const known = MADE.get(key);
  if (known !== undefined) return known;
  // Of longer words, which Italian has, the first letters tell as much.
  const letters = Math.min(form.mostLetters, 2 * PAIRS);
  const printed = listWords(list).map((word) => Array.from(word).slice(0, letters).join(""));
  const print = { form, list, shapes: new ShapesByBlur([...new Set(printed)]) };
  MADE.set(key, print);
  return print;
}

/** For a word in such a frame on a picture with so many pixels of blur. */
export function shapesFor({ shapes }: Print, { right, down }: Frame, blurPx: number): WordShapes {
  return shapes.near({ x: blurPx / length(right), y: blurPx / length(down) });
}
