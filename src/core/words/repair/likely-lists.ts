/** The word lists that a text may be in, by the words that it has or is nearest to. */
import { UNREADABLE } from "../parse-words.js";
import { findWord, type ListRow, LISTS } from "../word-lists.js";
import type { Guesser, Guessers } from "./guesses.js";

/** As parts of the words of the text. */
const MOST = 0.5;
const NEARLY_AS_MANY = 0.6;
const NEARLY_AS_NEAR = 0.8;
const SAMPLE = 16;

/** The lists that a text may be in, likeliest first; none when it has nothing of any. */
export function likelyLists(tokens: readonly string[], guessers: Guessers): readonly ListRow[] {
  const words = tokens.filter((token) => token !== UNREADABLE);
  const named = scored((list) => words.filter((token) => findWord(list, token) !== null).length);
  const best = named[0]?.score ?? 0;
  if (best >= MOST * words.length) return atLeast(named, NEARLY_AS_MANY * best);
  // Most are misspelt: a sample shows whose words they are nearest to.
  const sample = sampleOf(words, SAMPLE);
  const near = scored((list) => surenessOf(sample, guessers.of(list)));
  return atLeast(near, Math.max(1, NEARLY_AS_NEAR * (near[0]?.score ?? 0)));
}

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** Spread over all of them evenly, but not in steps that a text which repeats itself may keep. */
function sampleOf<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, index) => {
    const place = (index * GOLDEN_RATIO) % 1;
    return items[Math.floor(place * items.length)] as T;
  });
}

function surenessOf(tokens: readonly string[], guesser: Guesser): number {
  return tokens.reduce((sum, token) => sum + guesser.guess(token).sureness, 0);
}

/**
 * How sure the words of a sheet are to be those of a list, on an average. Of sheets of which every word
 * is misspelt it is 0.87 and more; of English prose at most 0.6, of program text and tables 0.5, of
 * single letters 0.2.
 */
const SHEET_SURENESS = 0.7;
const SHEET_SAMPLE = 60;

/** True where most tokens are near to words of the list: prose is not, and no order makes a sheet of it. */
export function areNearWords(
  tokens: readonly string[],
  list: ListRow,
  guessers: Guessers,
): boolean {
  const sample = sampleOf(
    tokens.filter((token) => token !== UNREADABLE),
    SHEET_SAMPLE,
  );
  return surenessOf(sample, guessers.of(list)) >= SHEET_SURENESS * sample.length;
}

function scored(score: (list: ListRow) => number) {
  return LISTS.map((list) => ({ list, score: score(list) })).sort((a, b) => b.score - a.score);
}

function atLeast(
  lists: readonly { readonly list: ListRow; readonly score: number }[],
  least: number,
): readonly ListRow[] {
  return lists.filter(({ score }) => score > 0 && score >= least).map(({ list }) => list);
}
