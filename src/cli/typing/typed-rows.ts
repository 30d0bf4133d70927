/** The rows of a sheet as they are typed, and what they are good for. */
import type { Carrier } from "../../core/restore/read-carriers.js";
import type { TypedLine } from "../../core/words/parse-words.js";
import { completeWord, listOf } from "../../core/words/complete-word.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { findWord, type ListRow } from "../../core/words/word-lists.js";
import { rowLetters } from "../../core/words/words.js";

export const TYPED_SOURCE = "the typed words";

/** Cells of one row: letters as typed, "?" for unreadable, "" for nothing yet; six or more. */
export type TypedRow = readonly string[];

export const EMPTY_ROW: TypedRow = new Array<string>(WORDS_A_ROW).fill("");

/** What a cell stands for: the one word that its letters can become, or the letters. */
export function tokenOf(list: ListRow, cell: string): string {
  return completeWord(list, cell) ?? cell;
}

/** The list that the rows are in. */
export function listOfRows(rows: readonly TypedRow[]): ListRow {
  return listOf(rows.flat().filter((cell) => cell !== ""));
}

/** What was typed, by rows with their numbers; what was not typed is left out. */
export function linesOfRows(rows: readonly TypedRow[], list: ListRow): readonly TypedLine[] {
  return rows
    .map((row, index) => ({
      number: index + 1,
      tokens: row.filter((cell) => cell !== "").map((cell) => tokenOf(list, cell)),
    }))
    .filter(({ tokens }) => tokens.length > 0);
}

export function carriersOf(rows: readonly TypedRow[], added: readonly Carrier[]): Carrier[] {
  const lines = linesOfRows(rows, listOfRows(rows));
  const words = { kind: "words", source: TYPED_SOURCE, lines } as const;
  return lines.length === 0 ? [...added] : [words, ...added];
}

/** Words of the list in the rows, by how many there are. */
export function knownWords(rows: readonly TypedRow[], list: ListRow): number {
  return rows.flat().filter((cell) => cell !== "" && findWord(list, tokenOf(list, cell)) !== null)
    .length;
}

/** The two letters of a row of six words; null until all of them are words of the list. */
export function lettersOf(row: TypedRow, index: number, list: ListRow): string | null {
  const symbols = row
    .filter((cell) => cell !== "")
    .map((cell) => findWord(list, tokenOf(list, cell)))
    .filter((symbol) => symbol !== null);
  const isWhole = symbols.length === WORDS_A_ROW && row.every((cell) => cell !== "");
  return isWhole && row.length === WORDS_A_ROW ? rowLetters(index + 1, symbols) : null;
}
