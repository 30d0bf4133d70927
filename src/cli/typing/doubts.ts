/** What of the typed rows is doubtful, for somebody who has typed all and is not done. */
import { WORDS_A_ROW } from "../../core/words/row.js";
import { findWord } from "../../core/words/word-lists.js";
import { listed } from "../messages.js";
import { listOfRows, tokenOf, type TypedRow } from "./typed-rows.js";

const NAMED_LIMIT = 8;

export function doubtsText(rows: readonly TypedRow[]): string {
  const list = listOfRows(rows);
  const isDoubtful = (cell: string) => cell !== "" && findWord(list, tokenOf(list, cell)) === null;
  const doubtful = rows.flatMap((row, index) => (row.some(isDoubtful) ? [index + 1] : []));
  const short = rows.flatMap((row, index) => {
    const count = row.filter((cell) => cell !== "").length;
    return count > 0 && count !== WORDS_A_ROW ? [index + 1] : [];
  });
  const sentences = [
    doubtful.length === 0 ? "" : `No words or unreadable: in ${rowsText(doubtful)}.`,
    short.length === 0 ? "" : `Not six words: ${rowsText(short)}.`,
    "Compare the two letters of each row.",
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function rowsText(numbers: readonly number[]): string {
  const named = numbers.slice(0, NAMED_LIMIT);
  const more = numbers.length - named.length;
  const noun = numbers.length === 1 ? "row" : "rows";
  return `${noun} ${more > 0 ? `${named.join(", ")} and ${String(more)} more` : listed(named)}`;
}
