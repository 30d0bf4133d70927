/** What of the typed rows is doubtful, for somebody who has typed all and is not done. */
import { WORDS_A_ROW } from "../../core/words/row.js";
import { findWord } from "../../core/words/word-lists.js";
import { counted, listed } from "../../wording/messages.js";
import { knownWords, listOfRows, tokenOf, type TypedRow } from "./typed-rows.js";

const NAMED_LIMIT = 8;

/** `needed`: words that every sheet of this key needs; null while unknown. */
export function doubtsText(rows: readonly TypedRow[], needed: number | null): string {
  const list = listOfRows(rows);
  const missing = missingWords(rows, needed);
  const isDoubtful = (cell: string) => cell !== "" && findWord(list, tokenOf(list, cell)) === null;
  const doubtful = rows.flatMap((row, index) => (row.some(isDoubtful) ? [index + 1] : []));
  const short = rows.flatMap((row, index) => {
    const count = row.filter((cell) => cell !== "").length;
    return count > 0 && count !== WORDS_A_ROW ? [index + 1] : [];
  });
  const known = counted(knownWords(rows, list), "word is", "words are");
  const sentences = [
    missing === 0 ? "" : `${known} there, ${String(missing)} more are needed.`,
    doubtful.length === 0 ? "" : `No words or unreadable: in ${rowsText(doubtful)}.`,
    short.length === 0 ? "" : `Not six words: ${rowsText(short)}.`,
    missing === 0 ? "Compare the two letters of each row." : "",
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/** How many words are needed beside those that are there; 0 where that is unknown. */
export function missingWords(rows: readonly TypedRow[], needed: number | null): number {
  return Math.max(0, (needed ?? 0) - knownWords(rows, listOfRows(rows)));
}

function rowsText(numbers: readonly number[]): string {
  const named = numbers.slice(0, NAMED_LIMIT);
  const more = numbers.length - named.length;
  const noun = numbers.length === 1 ? "row" : "rows";
  return `${noun} ${more > 0 ? `${named.join(", ")} and ${String(more)} more` : listed(named)}`;
}
