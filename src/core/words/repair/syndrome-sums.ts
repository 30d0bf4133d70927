/**
 * What the tokens of a text bring to the syndromes, summed up from its beginning: the share of a run of
 * tokens is the difference of two rows, wherever the run stands on the sheet.
 *
 * One table serves every size of sheet that is tried with a text; it is made when it is first needed.
 */
import type { Work } from "../../work.js";
import { addSyndromes } from "../reed-solomon.js";

export class SyndromeSums {
  /** Columns of a row: the most syndromes that will be asked for. */
  readonly width: number;
  readonly #symbols: Int16Array;
  #rows: Uint16Array | null = null;

  /** `symbols` by token, -1 for none. */
  constructor(symbols: Int16Array, width: number) {
    this.#symbols = symbols;
    this.width = width;
  }

  /** The exponent at which a token was summed up. */
  exponent(token: number): number {
    return this.#symbols.length - 1 - token;
  }

  /** Row t, column j - 1: what tokens 0 to t - 1 bring to syndrome j, each at the place of its index. */
  rows(work: Work): Uint16Array {
    if (this.#rows === null) work.spend((this.#symbols.length * this.width) / 200);
    return (this.#rows ??= this.#sum());
  }

  #sum(): Uint16Array {
    const { width } = this;
    const sums = new Uint16Array((this.#symbols.length + 1) * width);
    this.#symbols.forEach((symbol, token) => {
      const next = sums.subarray((token + 1) * width, (token + 2) * width);
      next.set(sums.subarray(token * width, (token + 1) * width));
      if (symbol > 0) addSyndromes(next, symbol, this.exponent(token));
    });
    return sums;
  }
}
