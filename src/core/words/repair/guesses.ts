/**
 * What each token of a text may stand for in one list: the word that it names, or the nearest by
 * spelling, with how sure that is and what else it could be.
 */
import { UNREADABLE } from "../parse-words.js";
import { findWord, type ListRow, plainLetters, plainWords } from "../word-lists.js";
import type { Work } from "../../work.js";
import { spellingCosts } from "./spelling.js";

export interface Guess {
  /** 0 to 2047, or null for a token that tells nothing. */
  readonly symbol: number | null;
  /** The probability that it is right, 0 to 1. */
  readonly sureness: number;
  /** Other symbols that it could be, likeliest first; each with its probability. */
  readonly others: readonly { readonly symbol: number; readonly sureness: number }[];
  /** True when the token is a word of the list, or its beginning, as it stands. */
  readonly isWord: boolean;
}

const NOTHING: Guess = { symbol: null, sureness: 0, others: [], isWord: false };

/** People seldom read one list word for another. */
const WORD_SURENESS = 0.985;
/** Natural logarithm of how much less likely a slip of cost 1 is than none. */
const COST_WEIGHT = 3.2;
/** The cost from which a token is as likely something else altogether. */
const NOISE_COST = 3.4;
const OTHERS_LIMIT = 4;
const OTHERS_SURENESS = 0.02;

/** What it costs to compare a token with all words of a list, for each of its letters. */
const LETTER_WORK = 80;

/** Guesses of one list; each token is looked up once. When the work is over, unknown tokens tell nothing. */
export class Guesser {
  readonly #known = new Map<string, Guess>();
  readonly #work: Work;
  readonly list: ListRow;

  constructor(list: ListRow, work: Work) {
    this.list = list;
    this.#work = work;
  }

  guess(token: string): Guess {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const guess = this.#lookUp(token);
    this.#known.set(token, guess);
    return guess;
  }

  /** True for all the letters of a word, with or without accents. */
  isWholeWord(token: string): boolean {
    const named = findWord(this.list, token);
    return named !== null && plainWords(this.list)[named] === plainLetters(token);
  }

  #lookUp(token: string): Guess {
    if (token === UNREADABLE) return NOTHING;
    const named = findWord(this.list, token);
    if (named !== null) {
      return { symbol: named, sureness: WORD_SURENESS, others: [], isWord: true };
    }
    if (this.#work.isOver) return NOTHING;
    const letters = plainLetters(token);
    const costs = spellingCosts(plainWords(this.list), letters);
    if (costs !== null) this.#work.spend(LETTER_WORK * letters.length);
    return costs === null ? NOTHING : nearest(costs);
  }
}

/** The guesses of every list for the texts of one call, which look most of their tokens up several times. */
export class Guessers {
  readonly #byList = new Map<number, Guesser>();
  readonly work: Work;

  constructor(work: Work) {
    this.work = work;
  }

  of(list: ListRow): Guesser {
    const known = this.#byList.get(list.number);
    if (known !== undefined) return known;
    const guesser = new Guesser(list, this.work);
    this.#byList.set(list.number, guesser);
    return guesser;
  }
}

function nearest(costs: Float64Array): Guess {
  const weighted: { symbol: number; weight: number }[] = [];
  costs.forEach((cost, symbol) => {
    if (cost < Infinity) weighted.push({ symbol, weight: Math.exp(-COST_WEIGHT * cost) });
  });
  const noise = Math.exp(-COST_WEIGHT * NOISE_COST);
  const total = weighted.reduce((sum, { weight }) => sum + weight, noise);
  const [best, ...others] = weighted
    .map(({ symbol, weight }) => ({ symbol, sureness: weight / total }))
    .filter(({ sureness }) => sureness >= OTHERS_SURENESS)
    .sort((a, b) => b.sureness - a.sureness);
  if (best === undefined) return NOTHING;
  return { ...best, others: others.slice(0, OTHERS_LIMIT), isWord: false };
}
