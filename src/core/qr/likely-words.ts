/**
 * The likeliest words of a Reed-Solomon code, by its single bits: where only a part of a codeword is
 * lost, the rest of it still counts.
 *
 * A block code over GF(2^8) is linear over GF(2) too, so that 8 x checks bits can be made good, where
 * erasing whole codewords gives up eight bits for each that is lost. Ordered statistics decoding
 * (Fossorier and Lin, 1995): the surest bits that determine a word are taken as seen, then with a few
 * of the least sure of them the other way.
 */
import { correctBlock } from "./block-decoder.js";

export interface LikelyWord {
  /** All codewords of the block. */
  readonly codewords: Uint8Array;
  /** Bits: how unlikely it is that what was seen is this word; the sum over what would be seen wrong. */
  readonly cost: number;
}

/** Ways that are looked at for one block. */
const FLIPS_LIMIT = 2 ** 12;

/** One way: bits of the basis that are turned over, `last` the one that comes latest in their order. */
interface Flips {
  readonly last: number;
  readonly difference: Uint8Array;
}

/**
 * The likeliest first, and none that costs more than `mostCost`. `costs` has 8 x received.length whole
 * bits from 0, the most significant bit of the first codeword first: what it takes to believe that a
 * bit is not what was received.
 */
export function likelyWords(
  received: Uint8Array,
  costs: Uint8Array,
  checkCount: number,
  mostCost: number,
): readonly LikelyWord[] {
  const basis = surestBasis(received.length, costs, checkCount);
  const steps = basis.map(({ bit }) => costs[bit] as number);
  const costOf = differenceCost(costs);
  const found: LikelyWord[] = [];
  let left = FLIPS_LIMIT;
  const take = (difference: Uint8Array) => {
    left--;
    const cost = costOf(difference);
    if (cost <= mostCost) found.push({ codewords: xored(difference, received), cost });
  };
  const first = asSeen(received, basis);
  take(first);
  // By what the flips cost, which the whole word costs at least.
  const open: (Flips[] | undefined)[] = [];
  const push = (sum: number, from: Uint8Array, last: number) => {
    const next = basis[last];
    if (next === undefined || sum > mostCost) return;
    (open[sum] ??= []).push({ last, difference: xored(from, next.row) });
  };
  push(steps[0] ?? 0, first, 0);
  for (let sum = 0; sum < open.length; sum++) {
    for (let way = open[sum]?.pop(); way !== undefined && left > 0; way = open[sum]?.pop()) {
      const { last, difference } = way;
      take(difference);
      const step = steps[last + 1] ?? 0;
      push(sum + step, difference, last + 1);
      push(sum + step - (steps[last] as number), xored(difference, rowOf(basis, last)), last + 1);
    }
  }
  return found.sort((a, b) => a.cost - b.cost);
}

interface BasisWord {
  /** The only bit of those that determine a word in which this one is not 0. */
  readonly bit: number;
  readonly row: Uint8Array;
}

function rowOf(basis: readonly BasisWord[], index: number): Uint8Array {
  return (basis[index] as BasisWord).row;
}

/** A basis of the words, by the surest bits that separate them; the least sure first. */
function surestBasis(length: number, costs: Uint8Array, checkCount: number): readonly BasisWord[] {
  const rows = generator(length, checkCount).map((row) => Uint8Array.from(row));
  const order = Array.from(costs, (_, bit) => bit).sort(
    (a, b) => (costs[b] as number) - (costs[a] as number),
  );
  const basis: BasisWord[] = [];
  for (const bit of order) {
    if (basis.length === rows.length) break;
    const rank = basis.length;
    const pivot = rows.findIndex((row, index) => index >= rank && isSet(row, bit));
    if (pivot < 0) continue;
    const row = rows[pivot] as (typeof rows)[number];
    rows[pivot] = rows[rank] as (typeof rows)[number];
    rows[rank] = row;
    for (const other of rows) if (other !== row && isSet(other, bit)) xorInto(other, row);
    basis.push({ bit, row });
  }
  return basis.reverse();
}

const GENERATORS = new Map<string, readonly Uint8Array[]>();

/** For each bit of the data the word in which it alone is set, with its check. */
function generator(length: number, checkCount: number): readonly Uint8Array[] {
  const name = `${String(length)} ${String(checkCount)}`;
  const known = GENERATORS.get(name);
  if (known !== undefined) return known;
  const dataCount = length - checkCount;
  const checks = Array.from({ length: checkCount }, (_, index) => dataCount + index);
  const rows = Array.from({ length: 8 * dataCount }, (_, bit) => {
    const word = new Uint8Array(length);
    word[bit >> 3] = 0x80 >> (bit & 7);
    return correctBlock(word, checkCount, checks)?.codewords ?? word;
  });
  GENERATORS.set(name, rows);
  return rows;
}

/** How the word with the bits of the basis as they were received differs from what was received. */
function asSeen(received: Uint8Array, basis: readonly BasisWord[]): Uint8Array {
  const difference = received.slice();
  for (const { bit, row } of basis) if (isSet(received, bit)) xorInto(difference, row);
  return difference;
}

/** What a difference costs, by a table for each codeword. */
function differenceCost(costs: Uint8Array): (difference: Uint8Array) => number {
  const tables = new Uint16Array(costs.length * 32);
  for (let at = 0; at < costs.length / 8; at++) {
    for (let value = 1; value < 256; value++) {
      const lowest = value & -value;
      const bit = 8 * at + Math.clz32(lowest) - 24;
      tables[at * 256 + value] =
        (tables[at * 256 + value - lowest] as number) + (costs[bit] as number);
    }
  }
  return (difference) => {
    let sum = 0;
    for (let at = 0; at < difference.length; at++) {
      sum += tables[at * 256 + (difference[at] as number)] as number;
    }
    return sum;
  };
}

function isSet(word: Uint8Array, bit: number): boolean {
  return ((word[bit >> 3] as number) & (0x80 >> (bit & 7))) !== 0;
}

function xorInto(word: Uint8Array, other: Uint8Array): void {
  for (let at = 0; at < word.length; at++) word[at] = (word[at] as number) ^ (other[at] as number);
}

function xored(word: Uint8Array, other: Uint8Array): Uint8Array {
  const result = word.slice();
  xorInto(result, other);
  return result;
}
