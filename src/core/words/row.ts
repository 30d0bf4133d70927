/** Words in a row of a sheet; its rows are full (FORMAT.md, "Words"). */
export const WORDS_A_ROW = 6;

/** Words in reading order, as numbered rows. */
export function linesOf(tokens: readonly string[]) {
  return Array.from({ length: Math.ceil(tokens.length / WORDS_A_ROW) }, (_, row) => ({
    number: row + 1,
    tokens: tokens.slice(row * WORDS_A_ROW, (row + 1) * WORDS_A_ROW),
  }));
}
