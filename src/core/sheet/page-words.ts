/**
 * The placed text of pages to the words of a sheet, row by row.
 *
 * Goes by position alone, never by the order of the text or by a word list, and gives only what is
 * there: a place of the grid without a word is `?`. Rows are told from numbered prose by the six
 * columns that their words share and by the even pitch that their numbers keep.
 */
import { median } from "../median.js";
import { isManualPage } from "./manual/manual-head.js";
import type { PageText } from "./page-text.js";
import { UNREADABLE } from "../words/parse-words.js";
import { WORDS_A_ROW } from "../words/row.js";
import { WORDS_LIMIT } from "../words/words.js";

/** Words of a column start together. */
const COLUMN_TOLERANCE_MM = 1.5;

/** A row number and its words stand nearly on one baseline, even in unlike type sizes. */
const BASELINE_TOLERANCE_MM = 1;

/** As a part of the pitch: how far a row may be from the place that its number says. */
const PITCH_TOLERANCE = 0.3;

const LEAST_PITCH_MM = 2;

/** No page of a sheet has more: it bounds the work that a hostile page can cause. */
const NUMBERED_LINES_LIMIT = 1000;

const ROWS_LIMIT = WORDS_LIMIT / WORDS_A_ROW;

/** The tokens of rows, six each, by the number that is printed before them. */
export type PageRows = ReadonlyMap<number, readonly string[]>;

/** Rows of one sheet, and the pages that they stand on. */
export interface JoinedRows {
  /** From 1, in the order of the pages. */
  readonly pages: readonly number[];
  readonly rows: PageRows;
}

/** A row number, and all text to the right of it on its baseline, from left to right. */
interface NumberedLine {
  readonly number: number;
  readonly numberRightMm: number;
  readonly baselineMm: number;
  readonly right: readonly PageText[];
}

/** Where the row of each number stands. */
interface Pitch {
  readonly firstBaselineMm: number;
  readonly pitchMm: number;
}

/** Where the row of each number, and each of its words, stands. */
interface Grid extends Pitch {
  readonly columnsMm: readonly number[];
}

/** The words of a page that is a whole sheet; null where it has none. */
export function readPageWords(texts: readonly PageText[]): readonly string[] | null {
  const rows = readPageRows(texts);
  return rows === null ? null : tokensOfRows(rows);
}

/**
 * The rows of a page, which may be the first of a sheet or go on where another page ends. Null where
 * it has no such block: fewer than two rows that are whole, or more gaps than rows; and for a page of the manual, whose words
 * are examples.
 */
export function readPageRows(texts: readonly PageText[]): PageRows | null {
  if (isManualPage(texts)) return null;
  const lines = numberedLines(texts);
  const grid = findGrid(lines);
  if (grid === null) return null;
  const rows = new Map<number, readonly string[]>();
  for (const line of lines) if (isOnGrid(line, grid)) rows.set(line.number, tokensOf(line, grid));
  const span = Math.max(...rows.keys()) - Math.min(...rows.keys()) + 1;
  return rows.size * 2 < span ? null : rows;
}

/**
 * The pages of a file put together: a page goes on with the rows before it until a number comes
 * again, which is a copy's, or another sheet's.
 */
export function joinPages(pages: readonly (PageRows | null)[]): readonly JoinedRows[] {
  const joined: { pages: number[]; rows: Map<number, readonly string[]> }[] = [];
  pages.forEach((rows, index) => {
    if (rows === null) return;
    const last = joined.at(-1);
    if (last === undefined || [...rows.keys()].some((number) => last.rows.has(number))) {
      joined.push({ pages: [index + 1], rows: new Map(rows) });
    } else {
      last.pages.push(index + 1);
      for (const [number, tokens] of rows) last.rows.set(number, tokens);
    }
  });
  return joined;
}

/** From row 1 to the last one, six a row; a row that is not there is six `?`. */
export function tokensOfRows(rows: PageRows): readonly string[] {
  const gap = new Array<string>(WORDS_A_ROW).fill(UNREADABLE);
  const count = Math.max(...rows.keys());
  return Array.from({ length: count }, (_, index) => rows.get(index + 1) ?? gap).flat();
}

/** From the top of the page down. */
function numberedLines(texts: readonly PageText[]): readonly NumberedLine[] {
  const numbers = texts.filter(({ text }) => /^0*[1-9]\d{0,2}[.:)]?$/.test(text));
  if (numbers.length > NUMBERED_LINES_LIMIT) return [];
  return numbers
    .map((number) => ({
      number: Number.parseInt(number.text, 10),
      numberRightMm: number.rightMm,
      baselineMm: number.baselineMm,
      right: texts
        .filter((text) => text.leftMm >= number.rightMm && isLevel(text, number))
        .sort((a, b) => a.leftMm - b.leftMm),
    }))
    .filter(({ number }) => number <= ROWS_LIMIT)
    .sort((a, b) => a.baselineMm - b.baselineMm);
}

/** The grid that most whole rows agree on; one row alone could be a sentence. */
function findGrid(lines: readonly NumberedLine[]): Grid | null {
  const wholeRows = lines.filter(isWholeRow);
  const aligned = largest(wholeRows.map((seed) => wholeRows.filter((row) => isAligned(row, seed))));
  const pitches = aligned.map((row, index) => pitchBetween(row, aligned[index + 1]));
  const even = largest(pitches.map((pitch) => aligned.filter((row) => isOnPitch(row, pitch))));
  const pitch = pitchBetween(even[0], even.at(-1));
  if (pitch === null) return null;
  const columnsMm = Array.from({ length: WORDS_A_ROW }, (_, column) =>
    median(even.flatMap((row) => row.right[column]?.leftMm ?? [])),
  );
  return { ...pitch, columnsMm };
}

/** Six tokens and then nothing, or the row letters and then what is beside the block. */
function isWholeRow(line: NumberedLine): boolean {
  const tokens = line.right.slice(0, WORDS_A_ROW);
  const next = line.right[WORDS_A_ROW];
  const isEnd = next === undefined || isRowLetters(next);
  return tokens.length === WORDS_A_ROW && tokens.every(isToken) && isEnd;
}

function isAligned(row: NumberedLine, seed: NumberedLine): boolean {
  return seed.right
    .slice(0, WORDS_A_ROW)
    .every(({ leftMm }, column) => isInColumn(row.right[column], leftMm));
}

/** Null unless `lower` has the higher number, at a distance that rows can have. */
function pitchBetween(upper?: NumberedLine, lower?: NumberedLine): Pitch | null {
  if (upper === undefined || lower === undefined || lower.number <= upper.number) return null;
  const pitchMm = (lower.baselineMm - upper.baselineMm) / (lower.number - upper.number);
  const firstBaselineMm = upper.baselineMm - (upper.number - 1) * pitchMm;
  return pitchMm < LEAST_PITCH_MM ? null : { firstBaselineMm, pitchMm };
}

function isOnPitch(line: NumberedLine, pitch: Pitch | null): boolean {
  if (pitch === null) return false;
  const expectedMm = pitch.firstBaselineMm + (line.number - 1) * pitch.pitchMm;
  return Math.abs(line.baselineMm - expectedMm) <= PITCH_TOLERANCE * pitch.pitchMm;
}

function isOnGrid(line: NumberedLine, grid: Grid): boolean {
  const firstColumnMm = grid.columnsMm[0] ?? 0;
  return isOnPitch(line, grid) && line.numberRightMm <= firstColumnMm + 2 * COLUMN_TOLERANCE_MM;
}

function tokensOf(line: NumberedLine, grid: Grid): readonly string[] {
  return grid.columnsMm.map(
    (columnMm) =>
      line.right.find((text) => isToken(text) && isInColumn(text, columnMm))?.text ?? UNREADABLE,
  );
}

function isLevel(a: PageText, b: PageText): boolean {
  return Math.abs(a.baselineMm - b.baselineMm) <= BASELINE_TOLERANCE_MM;
}

function isInColumn(text: PageText | undefined, columnMm: number): boolean {
  return text !== undefined && Math.abs(text.leftMm - columnMm) <= COLUMN_TOLERANCE_MM;
}

/** A word in any writing, or the mark of one that can't be read. */
function isToken(text: PageText): boolean {
  return /[\p{L}?]/u.test(text.text) && !isRowLetters(text);
}

/** The two letters at a row's end, together or apart; no word list has such a word. */
function isRowLetters({ text }: PageText): boolean {
  return /^[A-HJ-NP-Z]{1,2}$/.test(text);
}

function largest<T>(groups: readonly (readonly T[])[]): readonly T[] {
  return groups.reduce((best, group) => (group.length > best.length ? group : best), []);
}
