/**
 * What a person typed or pasted, to the tokens of a sheet's words in reading order.
 *
 * Forgives case, accents, spaces, line ends, punctuation, row numbers and row letters; keeps `?` for
 * a word that cannot be read. It looks nothing up: a token may be no word at all.
 */
import { WORDS_A_ROW } from "./row.js";

export const UNREADABLE = "?";
/** A lone dash or dot: a word that cannot be read, or a bullet. */
export const DASH = "-";

/** A line as it was typed: its tokens, and the number before them. */
export interface TypedLine {
  readonly number: number | null;
  readonly tokens: readonly string[];
}

export function tokenCountOf(lines: readonly TypedLine[]): number {
  return lines.reduce((total, { tokens }) => total + tokens.length, 0);
}

/** No sheet has more rows. */
const ROW_LIMIT = 341;

const LINE_ENDS = /[\r\n\u2028\u2029]+/;
const ROW_NUMBER = /^\d+$/;
const ROW_LETTERS = /^[a-hj-np-z]{2}$/i;
const CAPITAL_LETTERS = /^[A-HJ-NP-Z]{2}$/;
const LONE_DASH = /^(\p{Pd}+|[*•·▪‣◦_~]+|…|\.{2,})$/u;
const PUNCTUATION_AROUND = /^[^\p{L}\p{M}\p{N}?]+|[^\p{L}\p{M}\p{N}?]+$/gu;
const NUMBER_BEFORE_WORD = /^\d+[.):\]-]+(?=[\p{L}?])/u;
const HAN_RUN = /^\p{Script=Han}{2,}$/u;

/** All tokens in reading order; dashes are taken for bullets. */
export function parseWords(text: string): readonly string[] {
  return parseLines(text).flatMap(({ tokens }) => tokens.filter((token) => token !== DASH));
}

/** Tokens line by line; a number inside a line begins the next one. */
export function parseLines(text: string): readonly TypedLine[] {
  const areCapitals = !/\p{Ll}/u.test(text);
  return text
    .split(LINE_ENDS)
    .flatMap((line) => parseLine(line, areCapitals))
    .filter(({ tokens }) => tokens.length > 0);
}

function parseLine(text: string, areCapitals: boolean): readonly TypedLine[] {
  const pieces = text.split(/[\s,;|]+/u).flatMap(piecesOf);
  const lines: { number: number | null; tokens: string[] }[] = [{ number: null, tokens: [] }];
  pieces.forEach((piece, index) => {
    const line = lines.at(-1);
    if (line === undefined) return;
    if (ROW_NUMBER.test(piece)) {
      const number = Number.parseInt(piece, 10);
      if (line.tokens.length > 0) lines.push({ number, tokens: [] });
      else line.number = number;
      return;
    }
    // The letters for the eye are capitals behind a row. In small letters only what comes behind six
    // words is: a short word that lost a letter has two of them, too.
    const isRowEnd = ROW_NUMBER.test(pieces[index + 1] ?? "0");
    const isWholeRow = isRowEnd && line.tokens.length >= WORDS_A_ROW;
    const areLetters =
      line.tokens.length > 0 &&
      (isWholeRow ? ROW_LETTERS : CAPITAL_LETTERS).test(piece) &&
      (isWholeRow || !areCapitals);
    if (!areLetters) line.tokens.push(piece);
  });
  return lines;
}

/** What one run of characters between spaces says: words, a number, a dash, or nothing. */
function piecesOf(run: string): readonly string[] {
  const composed = run.normalize("NFKC");
  if (LONE_DASH.test(run) || LONE_DASH.test(composed)) return [DASH];
  const numbered = NUMBER_BEFORE_WORD.exec(composed.replace(PUNCTUATION_AROUND, ""));
  const token = composed.replace(PUNCTUATION_AROUND, "").replace(NUMBER_BEFORE_WORD, "");
  if (token === "") return [];
  const number = numbered === null ? [] : [numbered[0].replace(/\D/g, "")];
  if (/^\?+$/.test(token)) return [...number, UNREADABLE];
  return [...number, ...(HAN_RUN.test(token) ? Array.from(token) : [token])];
}

/**
 * The lines that a text may mean, likeliest first: dashes are words that cannot be read, or bullets;
 * lines without a number may be other text of the page; numbers may count words instead of rows.
 */
export function lineReadings(lines: readonly TypedLine[]): readonly (readonly TypedLine[])[] {
  const numbered = lines.filter(({ number }) => number !== null && number <= ROW_LIMIT);
  const isMixed = numbered.length >= 3 && numbered.length < lines.length;
  const parts = isMixed ? [longestRun(numbered), numbered, lines] : [lines];
  const byWord = parts.flatMap((part) => wordsByNumber(part) ?? []);
  const readings = [...(byWord.length > 0 ? [byWord] : []), ...parts].flatMap(dashReadings);
  const distinct = new Map(readings.map((reading) => [JSON.stringify(reading), reading]));
  return [...distinct.values()];
}

/** The most lines one after another whose numbers go up, as those of the rows on a page do. */
function longestRun(lines: readonly TypedLine[]): readonly TypedLine[] {
  const runs: TypedLine[][] = [];
  let before = Infinity;
  for (const line of lines) {
    const number = line.number ?? 0;
    if (number > before) runs.at(-1)?.push(line);
    else runs.push([line]);
    before = number;
  }
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), []);
}

/** Lines of one word each with a number each: the words by their numbers, `?` where one is missing. */
function wordsByNumber(lines: readonly TypedLine[]): readonly TypedLine[] | null {
  const numbers = lines.map(({ number }) => number ?? 0);
  const last = Math.max(0, ...numbers);
  const isCounted =
    lines.length >= 2 * WORDS_A_ROW &&
    lines.every(({ tokens }) => tokens.length === 1) &&
    new Set(numbers).size === lines.length &&
    Math.min(...numbers) > 0 &&
    last <= 2 * lines.length;
  if (!isCounted) return null;
  const words = new Array<string>(last).fill(UNREADABLE);
  for (const { number, tokens } of lines) words[(number ?? 0) - 1] = tokens[0] ?? UNREADABLE;
  return [{ number: null, tokens: words }];
}

function dashReadings(lines: readonly TypedLine[]): readonly (readonly TypedLine[])[] {
  if (!lines.some(({ tokens }) => tokens.includes(DASH))) return [lines];
  const read = (isWord: (index: number) => boolean) =>
    lines.map(({ number, tokens }) => ({
      number,
      tokens: tokens.flatMap((token, index) =>
        token !== DASH ? [token] : isWord(index) ? [UNREADABLE] : [],
      ),
    }));
  const readings = [read((index) => index > 0), read(() => true), read(() => false)];
  // One that makes all lines whole rows is the likeliest.
  const broken = (reading: readonly TypedLine[]) =>
    reading.filter(({ tokens }) => tokens.length % WORDS_A_ROW !== 0).length;
  return readings.sort((a, b) => broken(a) - broken(b));
}
