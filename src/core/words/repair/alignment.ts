/**
 * Tokens laid beside the words of a sheet that is known by now, with as little as possible between them
 * (Needleman and Wunsch, 1970): words misread, left out and added, and whole rows left out or doubled.
 */
import { WORDS_A_ROW } from "../row.js";
import type { Layout, TokenLine } from "./layout.js";

const COST = {
  misread: 1.1,
  unreadable: 0.5,
  missing: 1,
  added: 1,
  row: 1.5,
  /** Other text before and behind the words, and words that were not typed any more. */
  outside: 0.05,
} as const;

/** Places of a token beside a word that are looked at: the longest sheet beside itself. */
const PLACES_LIMIT = 4_500_000;
/** Costs that differ by less are the same, rounded. */
const EQUAL = 0.001;
/** Words of a row that stand once more before it is a row that was typed twice. */
const SAME_IN_A_ROW = 4;

/** By position the token that belongs there, in the order of the text; null where there is too much. */
export function alignedLayout(symbols: Int16Array, codeword: Uint16Array): Layout | null {
  const places = (symbols.length + 1) * (codeword.length + 1);
  return places > PLACES_LIMIT ? null : new Alignment(symbols, codeword).layout();
}

/** The same of lines that each have the number of another row of the sheet; null where they do not. */
export function alignedByNumbers(
  lines: readonly TokenLine[],
  symbols: Int16Array,
  codeword: Uint16Array,
): Layout | null {
  const rows = codeword.length / WORDS_A_ROW;
  const numbers = lines.map(({ number }) => number ?? 0);
  const areRows = numbers.every((number) => number >= 1 && number <= rows);
  if (!areRows || new Set(numbers).size !== numbers.length) return null;
  const layout = new Int16Array(codeword.length).fill(-1);
  for (const [index, { from, to }] of lines.entries()) {
    const start = ((numbers[index] as number) - 1) * WORDS_A_ROW;
    const row = codeword.subarray(start, start + WORDS_A_ROW);
    const inRow = alignedLayout(symbols.subarray(from, to), row);
    inRow?.forEach((token, column) => {
      if (token >= 0) layout[start + column] = from + token;
    });
  }
  return layout;
}

/** Ways to come to a place, the likeliest first of those that cost the same. */
const STEP = { pair: 0, missingRow: 1, rowAgain: 2, missing: 3, added: 4 } as const;
/** By step: how many tokens and how many positions it goes on. */
const TOKENS = [1, 0, WORDS_A_ROW, 0, 1] as const;
const POSITIONS = [1, WORDS_A_ROW, 0, 1, 0] as const;

class Alignment {
  readonly #symbols: Int16Array;
  readonly #codeword: Uint16Array;
  readonly #width: number;
  readonly #costs: Float32Array;
  readonly #steps: Uint8Array;

  constructor(symbols: Int16Array, codeword: Uint16Array) {
    this.#symbols = symbols;
    this.#codeword = codeword;
    this.#width = codeword.length + 1;
    const places = (symbols.length + 1) * this.#width;
    this.#costs = new Float32Array(places);
    this.#steps = new Uint8Array(places);
    for (let token = 0; token <= symbols.length; token++) {
      for (let position = 0; position <= codeword.length; position++) {
        if (token + position > 0) this.#reach(token, position);
      }
    }
  }

  layout(): Layout {
    const layout = new Int16Array(this.#codeword.length).fill(-1);
    let [token, position] = [this.#symbols.length, this.#codeword.length];
    while (token + position > 0) {
      const step = this.#steps[token * this.#width + position] as number;
      token -= TOKENS[step] as number;
      position -= POSITIONS[step] as number;
      if (step === STEP.pair) layout[position] = token;
    }
    return layout;
  }

  #reach(token: number, position: number): void {
    const place = token * this.#width + position;
    const isRowEnd = position > 0 && position % WORDS_A_ROW === 0;
    const isLastToken = token === this.#symbols.length;
    const isOutside = position === 0 || position === this.#codeword.length;
    let best = Infinity;
    const reach = (step: number, before: number, stepCost: number) => {
      const cost = (this.#costs[before] as number) + stepCost;
      if (cost >= best - EQUAL) return;
      best = cost;
      this.#steps[place] = step;
    };
    if (token > 0 && position > 0) {
      reach(STEP.pair, place - this.#width - 1, this.#pairCost(token - 1, position - 1));
    }
    if (isRowEnd) {
      reach(STEP.missingRow, place - WORDS_A_ROW, COST.row);
      if (this.#isRowAgain(token, position)) {
        reach(STEP.rowAgain, place - WORDS_A_ROW * this.#width, COST.row);
      }
    }
    if (position > 0) reach(STEP.missing, place - 1, isLastToken ? COST.outside : COST.missing);
    if (token > 0) reach(STEP.added, place - this.#width, isOutside ? COST.outside : COST.added);
    this.#costs[place] = best;
  }

  #pairCost(token: number, position: number): number {
    const symbol = this.#symbols[token] as number;
    if (symbol < 0) return COST.unreadable;
    return symbol === this.#codeword[position] ? 0 : COST.misread;
  }

  /** The tokens that end here are those of the row that ends here, once more. */
  #isRowAgain(token: number, position: number): boolean {
    if (token < WORDS_A_ROW) return false;
    let same = 0;
    for (let back = 1; back <= WORDS_A_ROW; back++) {
      if (this.#symbols[token - back] === this.#codeword[position - back]) same += 1;
    }
    return same >= SAME_IN_A_ROW;
  }
}
