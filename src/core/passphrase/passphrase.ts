/**
 * Passphrases of list words: drawn, and read again when they were typed with a slip.
 *
 * A drawn passphrase is its words in lower case with one space between (FORMAT.md, "Sealed"); what is
 * typed is tried as it is first, since a passphrase may be anything.
 */
import { judgedSource, type RandomSource } from "../random-source.js";
import { spellingCosts } from "../words/repair/spelling.js";
import {
  findWord,
  type ListRow,
  LISTS,
  plainLetters,
  plainWords,
  wordAt,
} from "../words/word-lists.js";

export const BITS_A_WORD = 11;
export const DRAWN_WORDS_DEFAULT = 7;

/**
 * So many words, each of all 2048 with the same chance.
 *
 * @throws Refusal random-unfit
 */
export function drawPassphrase(list: ListRow, count: number, random: RandomSource): string {
  const bytes = judgedSource(random)(2 * count);
  const words = Array.from({ length: count }, (_, index) => {
    const drawn = ((bytes[2 * index] as number) << 8) | (bytes[2 * index + 1] as number);
    return wordAt(list, drawn & 0x7ff);
  });
  return words.join(" ");
}

/** The words of a list that a passphrase consists of; null when there is another token in it. */
export function passphraseWords(passphrase: string): readonly string[] | null {
  const tokens = tokensOf(passphrase);
  const isOf = (list: ListRow) => tokens.every((token) => isWhole(list, token));
  return tokens.length > 0 && LISTS.some(isOf) ? tokens : null;
}

/** What a slip may cost at most: one, of any kind (see `spellingCosts`). */
const SLIP_LIMIT = 2;
const NEAR_LIMIT = 4;
/** Each one costs a derivation of the key, some 0.3 s at the default cost. */
const READINGS_LIMIT = 24;

interface Reading {
  readonly words: readonly string[];
  readonly cost: number;
}

/**
 * What a typed passphrase may mean, likeliest first and the typed one at the head; at most
 * `READINGS_LIMIT`. The others are words of one list, namely those that the tokens name; then the typed
 * one with and without what nobody sees; then words of one list that are one slip away from the tokens,
 * and those with one word read as a near one.
 */
export function passphraseReadings(typed: string): readonly string[] {
  const tokens = tokensOf(typed);
  const readings = likelyLists(tokens).flatMap((list) => listReadings(list, tokens));
  const textsOf = (some: readonly Reading[]) => some.map(({ words }) => words.join(" "));
  const named = textsOf(readings.filter(({ cost }) => cost === 0));
  const near = textsOf(readings.filter(({ cost }) => cost > 0).sort((a, b) => a.cost - b.cost));
  const texts = new Set([typed, ...named, ...unseenReadings(typed), ...near]);
  return [...texts].slice(0, READINGS_LIMIT);
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * No new sheet is sealed with what nobody sees, so it is left out of what is typed or pasted. Earlier
 * versions sealed it: white space around as it was typed, and a passphrase file's byte order mark.
 */
function unseenReadings(typed: string): readonly string[] {
  const seen = typed
    .replace(/[\t-\r\u0085\u2028\u2029]/gu, " ")
    .replace(/[\p{Control}\p{Format}]/gu, "")
    .trim();
  return typed === "" || seen === "" ? [] : [seen, BYTE_ORDER_MARK + typed];
}

/** No passphrase of words is longer. */
const TOKENS_LIMIT = 24;

/** The lists that half of the tokens or more are words of. */
function likelyLists(tokens: readonly string[]): readonly ListRow[] {
  if (tokens.length === 0 || tokens.length > TOKENS_LIMIT) return [];
  return LISTS.filter(
    (list) => 2 * tokens.filter((token) => findWord(list, token) !== null).length >= tokens.length,
  );
}

function listReadings(list: ListRow, tokens: readonly string[]): readonly Reading[] {
  let readings: readonly Reading[] = [{ words: [], cost: 0 }];
  for (const token of tokens) {
    const near = nearWords(list, token);
    readings = readings
      .flatMap(({ words, cost }) =>
        near.map((word) => ({ words: [...words, word.word], cost: cost + word.cost })),
      )
      .sort((a, b) => a.cost - b.cost)
      .slice(0, READINGS_LIMIT);
  }
  return readings;
}

/** A whole word may be a slip for another one, which is less likely than any misspelling. */
const WORD_FOR_WORD_COST = 3;

function nearWords(list: ListRow, token: string) {
  const named = findWord(list, token);
  const own = named === null ? [] : [{ word: wordAt(list, named), cost: 0 }];
  const extra = named === null ? 0 : WORD_FOR_WORD_COST;
  if (list.script !== "latin") return own;
  const costs = spellingCosts(plainWords(list), plainLetters(token)) ?? new Float64Array();
  const near = Array.from(costs, (cost, index) => ({ word: wordAt(list, index), cost }))
    .filter(({ cost, word }) => cost <= SLIP_LIMIT && word !== own[0]?.word)
    .map(({ word, cost }) => ({ word, cost: cost + extra }))
    .sort((a, b) => a.cost - b.cost);
  return [...own, ...near].slice(0, NEAR_LIMIT);
}

function isWhole(list: ListRow, token: string): boolean {
  const named = findWord(list, token);
  return named !== null && wordAt(list, named) === token.normalize("NFC").toLowerCase();
}

function tokensOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter((token) => token !== "");
}
