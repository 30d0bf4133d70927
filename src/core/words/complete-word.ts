/** The word that the letters typed so far can only become. */
import { findWord, type ListRow, LISTS, plainLetters, plainWords, wordAt } from "./word-lists.js";

/**
 * The one word of a list that begins with the letters, in any case and without accents; null when
 * there is none, or more than one. Lists that are not in Latin letters name whole words only.
 */
export function completeWord(list: ListRow, letters: string): string | null {
  const plain = plainLetters(letters);
  if (plain === "") return null;
  if (list.script !== "latin") {
    const named = findWord(list, letters);
    return named === null ? null : wordAt(list, named);
  }
  let found = -1;
  const words = plainWords(list);
  for (let index = 0; index < words.length; index++) {
    if (words[index]?.startsWith(plain) !== true) continue;
    if (found >= 0) return null;
    found = index;
  }
  return found < 0 ? null : wordAt(list, found);
}

/** True when a word of the list is these letters, or begins with them. */
export function isBeginning(list: ListRow, letters: string): boolean {
  const plain = plainLetters(letters);
  return plainWords(list).some((word) => word.startsWith(plain));
}

/** The list that names most of the tokens; English until another one names more. */
export function listOf(tokens: readonly string[]): ListRow {
  const counts = LISTS.map(
    (list) => tokens.filter((token) => findWord(list, token) !== null).length,
  );
  return LISTS[counts.indexOf(Math.max(...counts))] as ListRow;
}
