/** The words of a list as their letters, two by two: what many words have in common is summed once. */

/** Pairs of letters in the longest word. */
export const PAIRS = 4;

export interface SpelledWords {
  /** Sorted. */
  readonly words: readonly string[];
  /** The indices of all words. */
  readonly every: Uint16Array;
  /** Letters of the longest word. */
  readonly slots: number;
  /** Sorted; letters are counted as they stand here. */
  readonly alphabet: readonly string[];
  /** By word, its letters. */
  readonly codes: readonly (readonly number[])[];
  /** PAIRS a word, as indices of `pairLetters`; 0, the pair of no letters, where there are none. */
  readonly pairs: Uint16Array;
  /** The letters of each pair and the slot of the first; no letter is -1. */
  readonly pairLetters: readonly (readonly [slot: number, first: number, second: number])[];
}

/** `unsorted`: of at most 2 x PAIRS letters each. */
export function spelledWords(unsorted: readonly string[]): SpelledWords {
  const words = [...unsorted].sort();
  const alphabet = [...new Set(words.join(""))].sort();
  const codes = words.map((word) => Array.from(word, (letter) => alphabet.indexOf(letter)));
  const known = new Map([["", 0]]);
  const pairLetters: (readonly [number, number, number])[] = [[0, -1, -1]];
  const pairs = codes.flatMap((letters) =>
    Array.from({ length: PAIRS }, (_, pair) => {
      const [first, second = -1] = letters.slice(2 * pair, 2 * pair + 2);
      const name = first === undefined ? "" : [pair, first, second].join();
      const index = known.get(name) ?? pairLetters.length;
      known.set(name, index);
      if (index === pairLetters.length && first !== undefined)
        pairLetters.push([2 * pair, first, second]);
      return index;
    }),
  );
  return {
    words,
    every: Uint16Array.from(words.keys()),
    slots: Math.max(...words.map((word) => word.length)),
    alphabet,
    codes,
    pairs: Uint16Array.from(pairs),
    pairLetters,
  };
}
