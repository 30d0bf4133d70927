/** Whether a text may hold words of a sheet at all, before any work is done on it. */
import { type TypedLine, UNREADABLE } from "./parse-words.js";
import { WORDS_A_ROW } from "./row.js";
import { findWord, LISTS } from "./word-lists.js";

/** Prose has a third of its words in the English list. */
const LIST_WORDS = 0.5;

/** A row or more, most of it in one list. */
export function hasSheetWords(lines: readonly TypedLine[]): boolean {
  const tokens = lines.flatMap((line) => line.tokens.filter((token) => token !== UNREADABLE));
  return LISTS.some((list) => {
    const count = tokens.filter((token) => findWord(list, token) !== null).length;
    return count >= WORDS_A_ROW && count >= LIST_WORDS * tokens.length;
  });
}
