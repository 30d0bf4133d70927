/** The word lists that a text may be in, by the words that it has or is nearest to. */
import { UNREADABLE } from "../parse-words.js";
import { findWord, type ListRow, LISTS } from "../word-lists.js";
import { Guesser } from "./guesses.js";

/** As parts of the words of the text. */
const MOST = 0.5;
const NEARLY_AS_MANY = 0.6;
const NEARLY_AS_NEAR = 0.8;
const SAMPLE = 16;

/** The lists that a text may be in, likeliest first; none when it has nothing of any. */
export function likelyLists(tokens: readonly string[]): readonly ListRow[] {
  const words = tokens.filter((token) => token !== UNREADABLE);
  const named = scored((list) => words.filter((token) => findWord(list, token) !== null).length);
  const best = named[0]?.score ?? 0;
  if (best >= MOST * words.length) return atLeast(named, NEARLY_AS_MANY * best);
  // Most are misspelt: a sample shows whose words they are nearest to.
  const step = Math.max(1, Math.floor(words.length / SAMPLE));
  const sample = words.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  const near = scored((list) => {
    const guesser = new Guesser(list);
    return sample.reduce((sum, token) => sum + guesser.guess(token).sureness, 0);
  });
  return atLeast(near, Math.max(1, NEARLY_AS_NEAR * (near[0]?.score ?? 0)));
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
