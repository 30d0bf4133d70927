/**
 * What a person typed or pasted, to the tokens of a sheet's words in reading order.
 *
 * Forgives case, accents, spaces, line ends, punctuation, row numbers and row letters; keeps `?` for
 * a word that cannot be read. It looks nothing up: a token may be no word at all.
 */

export const UNREADABLE = "?";

const ROW_NUMBER = /^\d+$/;
const ROW_LETTERS = /^[a-hj-np-z]{2}$/i;
const PUNCTUATION_AROUND = /^[^\p{L}\p{M}\p{N}?]+|[^\p{L}\p{M}\p{N}?]+$/gu;
const NUMBER_BEFORE_WORD = /^\d+[.):\]-]+(?=[\p{L}?])/u;
const HAN_RUN = /^\p{Script=Han}{2,}$/u;

export function parseWords(text: string): readonly string[] {
  return text.split(/[\r\n\u2028\u2029]+/).flatMap(parseLine);
}

/** The tokens of one line of a sheet: six words where the line is a whole row. */
export function parseLine(line: string): readonly string[] {
  const tokens = line
    .split(/[\s,;|]+/u)
    .map((token) => token.normalize("NFKC").replace(PUNCTUATION_AROUND, ""))
    .map((token) => token.replace(NUMBER_BEFORE_WORD, ""))
    .filter((token) => token !== "");
  return tokens.flatMap((token, index) => {
    if (ROW_NUMBER.test(token)) return [];
    // No word of a Latin list has two letters, so at a row's end they are the letters for the eye.
    const isRowEnd = index > 0 && ROW_NUMBER.test(tokens[index + 1] ?? "0");
    if (isRowEnd && ROW_LETTERS.test(token)) return [];
    if (/^\?+$/.test(token)) return [UNREADABLE];
    return HAN_RUN.test(token) ? Array.from(token) : [token];
  });
}
