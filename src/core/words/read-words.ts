/**
 * Tokens of a sheet's words to the one payload that they stand for.
 *
 * Tries every list and both levels; an unknown token is an erasure. The answer is a payload whose
 * check words hold, or a refusal that says how far the words are from one. Two different payloads
 * that both hold are refused.
 */
import { areEqualBytes } from "../bytes.js";
import { Refusal } from "../problem.js";
import { WORDS_A_ROW } from "./row.js";
import { findWord, LISTS, type ListRow } from "./word-lists.js";
import {
  decodeWords,
  isSheetWordCount,
  type Level,
  LEVELS,
  spareWords,
  WORDS_LIMIT,
} from "./words.js";

export interface ReadWords {
  readonly payload: Uint8Array;
  readonly list: ListRow;
  readonly level: Level;
  readonly count: number;
  readonly spare: number;
  /** Positions, from 1 as printed, of words that were read as other words of the list. */
  readonly wrong: readonly number[];
  /** Positions of words that were unreadable or no words of the list. */
  readonly unreadable: readonly number[];
  /** Unreadable words that could be lost besides: spare - 2 x wrong - unreadable. */
  readonly reserve: number;
}

interface ListAttempt {
  readonly list: ListRow;
  readonly symbols: readonly (number | null)[];
  readonly found: number;
}

/** Reads exactly what the format describes; `mendWords` reads what people type. */
export function readWords(tokens: readonly string[], source: string): ReadWords {
  const attempts = isSheetWordCount(tokens.length) ? attemptsOf(tokens) : [];
  const readings = attempts
    .filter(({ found }) => found > 0)
    .flatMap(({ list, symbols }) =>
      decodeWords(symbols, list.number).map((reading) => ({ list, ...reading })),
    );
  const [first, ...others] = readings;
  if (first === undefined) throw wordsRefusal(tokens, source);
  if (others.some(({ payload }) => !areEqualBytes(payload, first.payload))) {
    throw new Refusal({ code: "words-ambiguous", source });
  }
  const wrong = first.wrong.map(positionOf);
  const unreadable = first.unreadable.map(positionOf);
  return {
    payload: first.payload,
    list: first.list,
    level: first.level,
    count: tokens.length,
    spare: first.spare,
    wrong,
    unreadable,
    reserve: first.spare - 2 * wrong.length - unreadable.length,
  };
}

/** How far tokens are from the words of a sheet. */
export function wordsRefusal(tokens: readonly string[], source: string): Refusal {
  const attempts = attemptsOf(tokens);
  const [best] = attempts;
  if (best === undefined || best.found === 0) return new Refusal({ code: "words-missing", source });
  if (!isSheetWordCount(tokens.length)) return countRefusal(tokens.length, source);
  return damageRefusal(best, attempts, source);
}

/** Most of the words found first; none for more tokens than a sheet can have. */
function attemptsOf(tokens: readonly string[]): readonly ListAttempt[] {
  const possible = tokens.slice(0, WORDS_LIMIT);
  return LISTS.map((list) => attemptList(list, possible)).sort((a, b) => b.found - a.found);
}

function attemptList(list: ListRow, tokens: readonly string[]): ListAttempt {
  const symbols = tokens.map((token) => findWord(list, token));
  return { list, symbols, found: symbols.filter((symbol) => symbol !== null).length };
}

function countRefusal(count: number, source: string): Refusal {
  const below = Math.min(count - (count % WORDS_A_ROW), WORDS_LIMIT);
  const nearest = [below, below + WORDS_A_ROW].filter(isSheetWordCount);
  return new Refusal({ code: "words-count", source, count, nearest });
}

function damageRefusal(
  best: ListAttempt,
  attempts: readonly ListAttempt[],
  source: string,
): Refusal {
  const count = best.symbols.length;
  const unknown = best.symbols.flatMap((symbol, index) => (symbol === null ? [index] : []));
  const spares = LEVELS.map((level) => spareWords(count, level)).filter((spare) => spare !== null);
  const damaged = {
    code: "words-damaged",
    source,
    count,
    spares,
    unreadable: unknown.map(positionOf),
  } as const;
  // The list, or lists alike, that explain most of what the best one does not have.
  const explained = attempts.map(({ symbols }) =>
    unknown.filter((index) => symbols[index] !== null),
  );
  const most = Math.max(...explained.map(({ length }) => length));
  if (most === 0) return new Refusal(damaged);
  const others = attempts.filter((_, index) => explained[index]?.length === most);
  const positions = explained.find(({ length }) => length === most) ?? [];
  return new Refusal(damaged, {
    code: "words-of-another-list",
    source,
    list: best.list.title,
    otherLists: others.map(({ list }) => list.title),
    positions: positions.map(positionOf),
  });
}

function positionOf(index: number): number {
  return index + 1;
}
