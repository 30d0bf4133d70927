/**
 * Readings of a block in which doubtful words are drawn by how likely they are, and those that are a
 * codeword: decoding with soft decisions by chance (Leviathan, Diniz and others call it stochastic
 * Chase decoding).
 *
 * Promises no more than that Reed-Solomon can correct what it gives; what that proves is for the
 * caller to weigh, who is told how many were drawn.
 */
import type { Work } from "../../core/work.js";
import { correctCodeword } from "../../core/words/reed-solomon.js";
import { findWord, type ListRow } from "../../core/words/word-lists.js";
import { LEVELS, spareWords } from "../../core/words/words.js";
import { evidenceOf, unexplained } from "./evidence.js";
import type { ReadCell } from "./read-block.js";

/** How many independent pixels speak for a word, about. */
const SHARPNESS = 50;
/**
 * The weight of all words that are not among those given, where the best has 1, which falls as that has more
 * evidence: a place without any may be none of a word.
 *
 * Some 2,000 words of photographs fit 30 pixels and 0.01 + 4 exp(-40 evidence) best. What is drawn against the
 * odds in every tenth place is a codeword less often than the odds say, so that all is to the power of 5/3.
 */
const ANY_OTHER = { least: 0.0002, most: 6, fall: 50 } as const;
/** Words that are likely wrong, of the spare words, from which no draw comes near. */
const MOST_DOUBT = 2;

export interface SampledReading {
  /** A word of the list, or null for one given up, by place. */
  readonly words: readonly (string | null)[];
  /** Drawn so far, this one too. */
  readonly drawn: number;
}

/** Of work, for each word of a reading that is drawn and each number of spare words. */
const DRAW_UNITS = 0.2;
/** Of the spare words, the part that may be given up: with all, any words would be a codeword. */
const GIVEN_UP_LIMIT = 0.8;

interface Choice {
  readonly word: string;
  readonly symbol: number | null;
  readonly probability: number;
}

export function* sampledReadings(
  { cells, list }: { readonly cells: readonly ReadCell[]; readonly list: ListRow },
  draws: number,
  work?: Work,
): Generator<SampledReading> {
  const spares = LEVELS.flatMap((level) => spareWords(cells.length, level) ?? []);
  const choices = cells.map((cell) => choicesOf(cell, list));
  const sureness = choices.map(([best]) => best?.probability ?? 0);
  const doubt = sureness.reduce((sum, sure) => sum + 1 - sure, 0);
  if (doubt > MOST_DOUBT * Math.max(0, ...spares)) return;
  const order = [...cells.keys()].sort((a, b) => (sureness[a] ?? 0) - (sureness[b] ?? 0));
  const random = unitNumbers();
  for (let drawn = 1; drawn <= draws && !(work?.isOver ?? false); drawn++) {
    work?.spend(DRAW_UNITS * cells.length * spares.length);
    for (const spare of spares) {
      const most = Math.floor(GIVEN_UP_LIMIT * spare);
      const given = new Set(order.slice(0, Math.floor(random() * most)));
      const picked = choices.map((choice, index) =>
        given.has(index) ? null : pick(choice, random()),
      );
      const symbols = picked.map((choice) => choice?.symbol ?? null);
      if (symbols.filter((symbol) => symbol === null).length > most) continue;
      if (correctCodeword(symbols, spare) === null) continue;
      yield { words: picked.map((choice) => choice?.word ?? null), drawn };
    }
  }
}

function choicesOf(cell: ReadCell, list: ListRow): readonly Choice[] {
  const { words } = cell;
  const best = unexplained(words[0]?.agreement ?? 0);
  const weights = words.map(({ agreement }) =>
    Math.exp(SHARPNESS * (best - unexplained(agreement))),
  );
  const other = ANY_OTHER.least + ANY_OTHER.most * Math.exp(-ANY_OTHER.fall * evidenceOf(cell));
  const total = weights.reduce((sum, weight) => sum + weight, other);
  return words.map(({ word }, index) => ({
    word,
    symbol: findWord(list, word),
    probability: (weights[index] ?? 0) / total,
  }));
}

/** Null where the draw falls on none of those given. */
function pick(choices: readonly Choice[], draw: number): Choice | null {
  let left = draw;
  for (const choice of choices) {
    left -= choice.probability;
    if (left < 0) return choice;
  }
  return null;
}

/** The same every time, since a reading must not depend on chance (Park and Miller, 1988). */
function unitNumbers(): () => number {
  let state = 20_261;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
