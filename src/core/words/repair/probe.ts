/**
 * Layouts of one text, tried fast: is there a codeword within reach?
 *
 * A layout shifts whole runs of tokens, so the syndromes of a run come from sums that were made once
 * for the text; only what depends on the layout is computed for each.
 */
import { GROUP_ORDER, multiply, power } from "../gf2048.js";
import { addSyndromes, type Fault, locateFaults } from "../reed-solomon.js";
import type { Work } from "../../work.js";
import type { Layout } from "./layout.js";
import type { Reading } from "./reading.js";
import type { SyndromeSums } from "./syndrome-sums.js";

/** What is tried with each layout of a plan, from the cheapest on. */
export const EFFORTS = ["once", "erasures", "others", "swap", "two-others", "two-swaps"] as const;
export type Effort = (typeof EFFORTS)[number];

/** A codeword within reach of a layout. */
export interface Hit {
  readonly codeword: Uint16Array;
  /** Positions whose symbols were taken to be unknown, and how many of the others were wrong. */
  readonly erased: number;
  readonly wrong: number;
}

/** Symbols that are known from elsewhere, by position from 0. */
export type KnownSymbols = ReadonlyMap<number, number>;

/** Symbols that are taken to be other ones than their tokens say. */
interface Change {
  readonly positions: readonly number[];
  /** What each of them changes by. */
  readonly differences: readonly number[];
  /** What that adds to the syndromes. */
  readonly syndromes: Uint16Array;
}

const ERASURE_STEP = 2;
const FEW_RUNGS = 3;
/** Spare words that are not spent on tokens that are only unsure. */
const UNUSED = 2;

/** A layout, ready to be decoded. */
interface Attempt {
  readonly layout: Layout;
  readonly syndromes: Uint16Array;
  readonly base: readonly number[];
  readonly unsure: readonly number[];
}

/** A sheet of so many words; `parity` of them are spare ones. */
export interface ProbedSize {
  readonly count: number;
  readonly parity: number;
}

/** What a layout costs before it is decoded, and one decoding of it, in units of work. */
function layoutWork({ count, parity }: ProbedSize): number {
  return 1 + count / 60 + parity / 20;
}

/** Berlekamp and Massey's steps grow with the square of the spare words, the locator with that of erasures. */
export function decodingWork({ count, parity }: ProbedSize, erased: number): number {
  return 3 + count / 60 + (parity * parity + erased * erased) / 110;
}

/** Roots and magnitudes, and what comes of a codeword: its payloads of all lengths and their checks. */
function hitWork({ count, parity }: ProbedSize): number {
  return 20 + count / 8 + (count * parity) / 200;
}

export class Probe {
  readonly #reading: Reading;
  readonly #sums: SyndromeSums;
  readonly #known: KnownSymbols;
  readonly #size: ProbedSize;
  readonly #count: number;
  readonly #parity: number;
  readonly #work: Work;
  /** By token: its position in the layout at hand, or -1. */
  readonly #positions: Int16Array;

  constructor(
    reading: Reading,
    sums: SyndromeSums,
    known: KnownSymbols,
    size: ProbedSize,
    work: Work,
  ) {
    this.#reading = reading;
    this.#sums = sums;
    this.#known = known;
    this.#size = size;
    this.#count = size.count;
    this.#parity = size.parity;
    this.#work = work;
    this.#positions = new Int16Array(reading.symbols.length);
  }

  /** About so many decodings for a layout. */
  decodingsOf(effort: Effort): number {
    const { unsure, changeable } = this.#reading;
    const rungCount = 1 + Math.min(this.#parity, unsure.length) / ERASURE_STEP;
    switch (effort) {
      case "once":
        return 1;
      case "erasures":
        return rungCount;
      case "others":
        return 1 + changeable * rungCount;
      case "swap":
        return this.#count;
      case "two-others":
        return 1 + (changeable * changeable * FEW_RUNGS) / 2;
      case "two-swaps":
        return (this.#count * this.#count) / 2;
    }
  }

  /**
   * Every list of symbols within reach that the layout gives; one item a decoding, null for none. Ends
   * early when the work is over.
   */
  *tries(layout: Layout, effort: Effort): Iterable<Hit | null> {
    this.#work.spend(layoutWork(this.#size));
    const base = this.#baseErasures(layout);
    if (base.length > this.#parity) return;
    // With every spare word used up any symbols make a codeword, which is no evidence.
    const room = Math.max(0, this.#parity - UNUSED - base.length);
    const unsure = this.#unsurePositions(layout);
    const ladder = rungs(Math.min(room, this.#reading.doubtful), Math.min(room, unsure.length));
    const attempt = { layout, syndromes: this.#syndromes(layout), base, unsure };
    switch (effort) {
      case "once":
        yield* this.#tryChanged(attempt, [], ladder.slice(0, 1));
        return;
      case "erasures":
        yield* this.#tryChanged(attempt, [], ladder);
        return;
      case "others":
        for (const change of this.#changes(layout)) {
          if (this.#work.isOver) return;
          yield* this.#tryChanged(attempt, [change], ladder);
        }
        return;
      case "two-others":
        for (const both of pairs(this.#changes(layout))) {
          if (this.#work.isOver) return;
          yield* this.#tryChanged(attempt, both, ladder.slice(0, FEW_RUNGS));
        }
        return;
      case "swap":
        for (const swap of this.#swaps(layout)) {
          if (this.#work.isOver) return;
          yield* this.#tryChanged(attempt, [swap], ladder.slice(0, 1));
        }
        return;
      case "two-swaps":
        for (const both of pairs(this.#swaps(layout))) {
          if (this.#work.isOver) return;
          yield* this.#tryChanged(attempt, both, ladder.slice(0, 1));
        }
    }
  }

  /** One decoding for each number of erasures; what is changed is not erased. */
  *#tryChanged(
    { layout, syndromes, base, unsure }: Attempt,
    changes: readonly Change[],
    ladder: readonly number[],
  ): Iterable<Hit | null> {
    const changed = syndromes.slice();
    for (const change of changes) addTo(changed, change.syndromes);
    const isChanged = (position: number) =>
      changes.some(({ positions }) => positions.includes(position));
    const left = changes.length === 0 ? unsure : unsure.filter((position) => !isChanged(position));
    for (const count of ladder) {
      const erasures = base.concat(left.slice(0, count));
      this.#work.spend(decodingWork(this.#size, erasures.length));
      const faults = locateFaults(changed, erasures, this.#count);
      if (faults !== null) this.#work.spend(hitWork(this.#size));
      yield faults === null ? null : this.#hit(layout, erasures, changes, faults);
      if (this.#work.isOver) return;
    }
  }

  /** Positions without a symbol. Also notes where each token is. */
  #baseErasures(layout: Layout): readonly number[] {
    const { symbols } = this.#reading;
    const erasures: number[] = [];
    this.#positions.fill(-1);
    for (let position = 0; position < layout.length; position++) {
      const token = layout[position] as number;
      if (token >= 0) this.#positions[token] = position;
      const isUnknown = token < 0 || (symbols[token] as number) < 0;
      if (isUnknown && !this.#known.has(position)) erasures.push(position);
    }
    return erasures;
  }

  #unsurePositions(layout: Layout): readonly number[] {
    const positions = this.#reading.unsure.map((token) => this.#positions[token] as number);
    return positions.filter(
      (position) => position >= 0 && position < layout.length && !this.#known.has(position),
    );
  }

  #syndromes(layout: Layout): Uint16Array {
    const parity = this.#parity;
    const syndromes = new Uint16Array(parity);
    let runs = 0;
    for (let from = 0; from < layout.length;) {
      const token = layout[from] as number;
      let to = from + 1;
      if (token < 0) {
        from = to;
        continue;
      }
      while (to < layout.length && layout[to] === token + to - from) to += 1;
      this.#addRun(syndromes, token, token + to - from, this.#count - 1 - from);
      runs += 1;
      from = to;
    }
    this.#work.spend(((runs + this.#known.size) * parity) / 150);
    for (const [position, symbol] of this.#known) {
      const token = layout[position] ?? -1;
      const before = token < 0 ? 0 : Math.max(0, this.#reading.symbols[token] as number);
      addSyndromes(syndromes, symbol ^ before, this.#count - 1 - position);
    }
    return syndromes;
  }

  /** Adds tokens `from` to before `to`; the first is at the place a^exponent. */
  #addRun(syndromes: Uint16Array, from: number, to: number, exponent: number): void {
    const { width } = this.#sums;
    const sums = this.#sums.rows(this.#work);
    const shift = (exponent - this.#sums.exponent(from) + GROUP_ORDER) % GROUP_ORDER;
    let turn = 0;
    for (let root = 0; root < this.#parity; root++) {
      turn += shift;
      if (turn >= GROUP_ORDER) turn -= GROUP_ORDER;
      const sum = (sums[to * width + root] as number) ^ (sums[from * width + root] as number);
      syndromes[root] = (syndromes[root] as number) ^ multiply(sum, power(turn));
    }
  }

  /** 0 where nothing is known: what is erased may be anything. */
  #symbolAt(layout: Layout, position: number): number {
    const known = this.#known.get(position);
    if (known !== undefined) return known;
    const token = layout[position] as number;
    return token < 0 ? 0 : Math.max(0, this.#reading.symbols[token] as number);
  }

  /** What tokens could be instead, likeliest first. */
  #changes(layout: Layout): readonly Change[] {
    const changes: { readonly change: Change; readonly odds: number }[] = [];
    layout.forEach((token, position) => {
      const guess = this.#reading.guesses[token];
      if (guess === undefined || this.#known.has(position)) return;
      for (const { symbol, sureness } of guess.others) {
        const change = this.#change([position, symbol ^ (guess.symbol ?? 0)]);
        changes.push({ change, odds: sureness / guess.sureness });
      }
    });
    return changes.sort((a, b) => b.odds - a.odds).map(({ change }) => change);
  }

  /** Neighbours that may have been swapped. */
  #swaps(layout: Layout): readonly Change[] {
    const swaps: Change[] = [];
    for (let position = 0; position + 1 < layout.length; position++) {
      const difference = this.#symbolAt(layout, position) ^ this.#symbolAt(layout, position + 1);
      if (difference === 0) continue;
      swaps.push(this.#change([position, difference], [position + 1, difference]));
    }
    return swaps;
  }

  #change(...parts: readonly (readonly [position: number, difference: number])[]): Change {
    this.#work.spend((parts.length * this.#parity) / 150);
    const syndromes = new Uint16Array(this.#parity);
    for (const [position, difference] of parts) {
      addSyndromes(syndromes, difference, this.#count - 1 - position);
    }
    return {
      positions: parts.map(([position]) => position),
      differences: parts.map(([, difference]) => difference),
      syndromes,
    };
  }

  #hit(
    layout: Layout,
    erasures: readonly number[],
    changes: readonly Change[],
    faults: readonly Fault[],
  ): Hit {
    const codeword = Uint16Array.from(layout, (_, position) => this.#symbolAt(layout, position));
    for (const { positions, differences } of changes) {
      positions.forEach((position, index) => {
        add(codeword, position, differences[index] ?? 0);
      });
    }
    for (const { index, magnitude } of faults) add(codeword, index, magnitude);
    const wrong = faults.filter(({ index }) => !erasures.includes(index)).length;
    return { codeword, erased: erasures.length, wrong };
  }
}

function add(codeword: Uint16Array, position: number, difference: number): void {
  codeword[position] = (codeword[position] ?? 0) ^ difference;
}

function addTo(syndromes: Uint16Array, others: Uint16Array): void {
  for (let root = 0; root < syndromes.length; root++) {
    syndromes[root] = (syndromes[root] as number) ^ (others[root] as number);
  }
}

/** Pairs of a list whose items get less likely, the likeliest pairs first. */
function* pairs<T>(items: readonly T[]): Iterable<readonly [T, T]> {
  for (let sum = 1; sum < 2 * items.length; sum++) {
    for (let first = Math.max(0, sum - items.length + 1); 2 * first < sum; first++) {
      yield [items[first] as T, items[sum - first] as T];
    }
  }
}

/** Numbers of erasures, from the likeliest outwards. */
function rungs(start: number, most: number): readonly number[] {
  const counts = [start];
  for (let step = ERASURE_STEP; step <= most + ERASURE_STEP; step += ERASURE_STEP) {
    counts.push(start + step, start - step);
  }
  return counts.filter((count) => count >= 0 && count <= most);
}
