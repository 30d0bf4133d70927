/**
 * Readings of a block in which doubtful words are drawn by how likely they are, until one is a
 * codeword: decoding with soft decisions by chance (Leviathan, Diniz and others call it stochastic
 * Chase decoding).
 *
 * Promises no more than that Reed-Solomon can correct what it gives; what that proves is for the
 * caller to weigh, who is told how many were drawn.
 */
import { correctCodeword } from "../reed-solomon.js";
import { ENGLISH, findWord } from "../word-lists.js";
import { LEVELS, spareWords } from "../words.js";
import { unexplained } from "./evidence.js";
import type { ReadCell } from "./read-block.js";

/** How many independent pixels speak for a word, about. */
const SHARPNESS = 45;
/** The weight of all words that are not among those given. */
const ANY_OTHER = 0.05;

export interface SampledReading {
  /** A word of the list, or null for one given up, by place; null where no draw is a codeword. */
  readonly words: readonly (string | null)[] | null;
  readonly drawn: number;
}

interface Choice {
  readonly word: string;
  readonly symbol: number | null;
  readonly probability: number;
}

export function sampledReading(cells: readonly ReadCell[], draws: number): SampledReading {
  const spares = LEVELS.flatMap((level) => spareWords(cells.length, level) ?? []);
  const choices = cells.map(choicesOf);
  const sureness = choices.map(([best]) => best?.probability ?? 0);
  const doubt = sureness.reduce((sum, sure) => sum + 1 - sure, 0);
  if (doubt > Math.max(0, ...spares)) return { words: null, drawn: 0 };
  const order = [...cells.keys()].sort((a, b) => (sureness[a] ?? 0) - (sureness[b] ?? 0));
  const random = unitNumbers();
  for (let drawn = 1; drawn <= draws; drawn++) {
    for (const spare of spares) {
      const given = new Set(order.slice(0, Math.floor(random() * 0.8 * spare)));
      const picked = choices.map((choice, index) =>
        given.has(index) ? null : pick(choice, random()),
      );
      const symbols = picked.map((choice) => choice?.symbol ?? null);
      if (correctCodeword(symbols, spare) === null) continue;
      return { words: picked.map((choice) => choice?.word ?? null), drawn };
    }
  }
  return { words: null, drawn: draws };
}

function choicesOf({ words }: ReadCell): readonly Choice[] {
  const best = unexplained(words[0]?.agreement ?? 0);
  const weights = words.map(({ agreement }) =>
    Math.exp(SHARPNESS * (best - unexplained(agreement))),
  );
  const total = weights.reduce((sum, weight) => sum + weight, ANY_OTHER);
  return words.map(({ word }, index) => ({
    word,
    symbol: findWord(ENGLISH, word),
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
