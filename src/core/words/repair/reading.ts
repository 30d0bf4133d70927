/** A text as symbols of one list, token by token, with how sure each of them is. */
import type { Guess } from "./guesses.js";

export interface Reading {
  readonly guesses: readonly Guess[];
  /** By token: its symbol, or -1. */
  readonly symbols: Int16Array;
  /** Tokens that are no words, the least sure first. */
  readonly unsure: readonly number[];
  /** How many of them are more likely wrong than right. */
  readonly doubtful: number;
  /** How many other symbols the tokens could be, over all of them. */
  readonly changeable: number;
  /** Tokens that say the same as the one before them. */
  readonly repeats: readonly number[];
  /** Tokens that tell nothing. */
  readonly unreadable: readonly number[];
}

export function readingOf(guesses: readonly Guess[]): Reading {
  const symbols = Int16Array.from(guesses, ({ symbol }) => symbol ?? -1);
  const unsure = guesses
    .flatMap(({ symbol, isWord, sureness }, token) =>
      symbol === null || isWord ? [] : [{ token, sureness }],
    )
    .sort((a, b) => a.sureness - b.sureness);
  return {
    guesses,
    symbols,
    unsure: unsure.map(({ token }) => token),
    doubtful: unsure.filter(({ sureness }) => sureness < 0.5).length,
    changeable: guesses.reduce((count, { others }) => count + others.length, 0),
    repeats: guesses.flatMap((guess, token) =>
      isRepeat(guess, guesses[token - 1]) ? [token] : [],
    ),
    unreadable: guesses.flatMap(({ symbol }, token) => (symbol === null ? [token] : [])),
  };
}

function isRepeat(guess: Guess, before: Guess | undefined): boolean {
  return guess.symbol !== null && guess.symbol === before?.symbol;
}
