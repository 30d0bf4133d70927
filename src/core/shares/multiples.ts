/**
 * Sums of byte strings times weights in GF(2^8), for many weights of the same few strings.
 *
 * What is multiplied is secret and the weights are not: they come of the numbers of the shares alone. So
 * a weight may decide what is looked up, and that leaves a trace of no secret.
 */
import { multiply } from "./gf256.js";

const HALF_BITS = 4;
const HALVES = 1 << HALF_BITS;
const WORD_BYTES = 4;

export class Multiples {
  readonly #length: number;
  /** Of each string its products with 0 to 15, and with 16 times that; four bytes a word. */
  readonly #low: readonly (readonly Uint32Array[])[];
  readonly #high: readonly (readonly Uint32Array[])[];

  /** The strings are of one length. */
  constructor(strings: readonly Uint8Array[]) {
    this.#length = strings[0]?.length ?? 0;
    this.#low = strings.map((bytes) => products(bytes, 1));
    this.#high = strings.map((bytes) => products(bytes, HALVES));
  }

  /** The strings of these indices, each times its weight, added. */
  sum(indices: readonly number[], weights: readonly number[]): Uint8Array {
    const sum = new Uint32Array(Math.ceil(this.#length / WORD_BYTES));
    for (const [place, index] of indices.entries()) {
      const weight = weights[place] ?? 0;
      const low = this.#low[index]?.[weight % HALVES];
      const high = this.#high[index]?.[weight >>> HALF_BITS];
      if (low !== undefined && high !== undefined) addTo(sum, low, high);
    }
    return new Uint8Array(sum.buffer, 0, this.#length);
  }
}

/** The products with 0, `step`, twice `step` and so on, each of two that are there before it. */
function products(bytes: Uint8Array, step: number): readonly Uint32Array[] {
  const length = Math.ceil(bytes.length / WORD_BYTES);
  const all = [new Uint32Array(length)];
  for (let factor = 1; factor < HALVES; factor++) {
    const product = new Uint32Array(length);
    const lowest = factor & -factor;
    const [part, rest] = [all[lowest], all[factor ^ lowest]];
    if (part === undefined || rest === undefined || lowest === factor) {
      new Uint8Array(product.buffer).set(bytes.map((byte) => multiply(byte, factor * step)));
    } else addTo(product, part, rest);
    all.push(product);
  }
  return all;
}

function addTo(sum: Uint32Array, a: Uint32Array, b: Uint32Array): void {
  for (let index = 0; index < sum.length; index++) {
    sum[index] = (sum[index] as number) ^ (a[index] as number) ^ (b[index] as number);
  }
}
