/** A text as tokens in lines, and what a plan of layouts is. */
import { WORDS_A_ROW } from "../row.js";

/** By position of the sheet, from 0: the index of its token, or -1 for none. */
export type Layout = Int16Array;

/** A line of a text: the tokens from `from` to before `to`, and its number where one was typed. */
export interface TokenLine {
  readonly number: number | null;
  readonly from: number;
  readonly to: number;
}

export interface TokenText {
  readonly tokenCount: number;
  readonly lines: readonly TokenLine[];
  /** Tokens that say the same as the one before them. */
  readonly repeats: readonly number[];
  /** Tokens that tell nothing. */
  readonly unreadable: readonly number[];
}

/** One way in which a text may have come about. */
export interface Plan {
  /** About the negative logarithm of how likely it is. */
  readonly cost: number;
  /** How many layouts it has. */
  readonly size: number;
  readonly layouts: () => Iterable<Layout>;
}

/** True when lines say where rows begin: most of them have as many words as a row. */
export function hasRows(lines: readonly { readonly tokens: readonly unknown[] }[]): boolean {
  const whole = lines.filter(({ tokens }) => tokens.length === WORDS_A_ROW).length;
  return lines.length > 1 && 2 * whole >= lines.length;
}
