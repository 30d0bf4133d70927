/**
 * A sheet's own code of which single blocks have lost more than their check can make good: ways to
 * read those are tried, the likeliest first, until the check of the whole payload holds.
 *
 * That check has 48 bits, and at most 2^15 ways are tried: what comes out has 33 bits behind it.
 */
import { FORMAT_VERSION } from "../../payload/payload.js";
import { isWholeQrText } from "../qr-text.js";
import { correctBlock } from "./block-decoder.js";
import type { Codewords, ReadBlock } from "./codewords.js";
import { alphanumericBits, dataText } from "./segments.js";
import { blocksOf, type Format, type SymbolLayout } from "./symbol.js";

export const GUESSES_LIMIT = 2 ** 15;

/** Of all codes that a picture may hold. */
export interface GuessBudget {
  left: number;
}
/** Bits of a block's own from which on it is not doubted. */
const UNDOUBTED_EVIDENCE = 6;
/** Doubtful codewords beyond those that can be erased, of which some may be right. */
const BEYOND = 2;
/** Bits of a block's doubtful codewords that are tried both ways. */
const FILLED_BITS_LIMIT = 9;
/** More blocks than this are not guessed at: no order would come to the right one. */
const DOUBTED_BLOCKS_LIMIT = 4;

/** The text, or null. `blocks` are those that were read of these codewords. */
export function guessWhole(
  { version }: SymbolLayout,
  { level }: Format,
  codewords: Codewords,
  blocks: readonly (ReadBlock | null)[],
  budget: GuessBudget,
): string | null {
  const isDoubted = (block: ReadBlock | null) =>
    block === null || block.evidence < UNDOUBTED_EVIDENCE;
  const doubted = blocks.filter(isDoubted).length;
  if (doubted > DOUBTED_BLOCKS_LIMIT || 2 * doubted > blocks.length) return null;
  const readings = blocksOf(version, level).map(({ codewords: places, checkCount }, number) => {
    const block = blocks[number] ?? null;
    if (block !== null && !isDoubted(block)) return [block.data];
    const head = number === 0 ? wholeHead(version) : [];
    const readings = readingsOf(places, checkCount, withKnown(codewords, places, head));
    return block === null ? readings : [block.data, ...readings];
  });
  for (const ranks of byLikelihood(readings.map(({ length }) => length))) {
    if (--budget.left < 0) return null;
    const data = ranks.flatMap((rank, number) => [...(readings[number]?.[rank] ?? [])]);
    const found = dataText(Uint8Array.from(data), version);
    if (found !== null && isWholeQrText(found.text)) return found.text;
  }
  return null;
}

/** What the data of a block may be, the likeliest first: as many erased as its check can make good. */
function readingsOf(
  places: readonly number[],
  checkCount: number,
  { values, sureness, doubts }: Codewords,
): readonly Uint8Array[] {
  const received = Uint8Array.from(places, (place) => values[place] as number);
  const ofPlaces = places.map((place, index) => ({
    index,
    sure: sureness[place] as number,
    doubts: doubts[place] as number,
  }));
  const order = [...ofPlaces].sort((a, b) => a.sure - b.sure).map(({ index }) => index);
  const found = new Map<string, Uint8Array>();
  const take = (word: Uint8Array, erased: readonly number[]) => {
    const corrected = correctBlock(word, checkCount, erased);
    if (corrected === null) return;
    const data = corrected.codewords.subarray(0, places.length - checkCount);
    const name = data.join();
    if (!found.has(name)) found.set(name, data);
  };
  const inDoubt = ofPlaces
    .filter((place) => place.doubts !== 0)
    .sort((a, b) => bitCount(a.doubts) - bitCount(b.doubts));
  const guessed = inDoubt.slice(0, Math.max(0, inDoubt.length - checkCount));
  const erased = inDoubt.slice(guessed.length).map(({ index }) => index);
  for (const word of fillings(received, guessed)) take(word, erased);
  for (const set of erasedSets(order, checkCount)) take(received, set);
  return [...found.values()];
}

/** The bytes that the code of a whole payload begins with. */
function wholeHead(version: number): readonly number[] {
  const bits = alphanumericBits(`KEYSHEET${String(FORMAT_VERSION)}/1/1/`, version);
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    Number.parseInt(bits.slice(8 * index, 8 * index + 8), 2),
  );
}

function withKnown(
  { values, sureness, doubts }: Codewords,
  places: readonly number[],
  known: readonly number[],
): Codewords {
  const filled = {
    values: Uint8Array.from(values),
    sureness: Float64Array.from(sureness),
    doubts: Uint8Array.from(doubts),
  };
  known.forEach((value, index) => {
    const place = places[index] as number;
    filled.values[place] = value;
    filled.sureness[place] = 1;
    filled.doubts[place] = 0;
  });
  return filled;
}

/** Every way to fill the bits in doubt, if those are few; else none. */
function fillings(
  word: Uint8Array,
  places: readonly { readonly index: number; readonly doubts: number }[],
): readonly Uint8Array[] {
  const bits = places.flatMap(({ index, doubts }) =>
    Array.from({ length: 8 }, (_, bit) => 1 << bit)
      .filter((bit) => (doubts & bit) !== 0)
      .map((bit) => ({ index, bit })),
  );
  if (places.length === 0 || bits.length > FILLED_BITS_LIMIT) return [];
  return Array.from({ length: 2 ** bits.length }, (_, filling) => {
    const filled = Uint8Array.from(word);
    bits.forEach(({ index, bit }, number) => {
      if ((filling >> number) & 1) filled[index] = (filled[index] as number) ^ bit;
    });
    return filled;
  });
}

function bitCount(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest >>= 1) count += rest & 1;
  return count;
}

/**
 * Sets of `count` from an order of doubt: the first ones; then those without one or two of the last of
 * them, for others just behind; then those with one or two from anywhere.
 */
function erasedSets(order: readonly number[], count: number): readonly (readonly number[])[] {
  const sets: (readonly number[])[] = [order.slice(0, count)];
  const near = order.slice(0, count + BEYOND);
  for (let a = near.length - 1; a >= 0; a--) {
    for (let b = a - 1; b >= 0; b--) sets.push(near.filter((_, rank) => rank !== a && rank !== b));
  }
  for (let a = count - 1; a < order.length; a++) {
    sets.push([...order.slice(0, count - 1), order[a] as number]);
  }
  for (let a = count - 2; a < order.length; a++) {
    for (let b = a + 1; b < order.length; b++) {
      sets.push([...order.slice(0, count - 2), order[a] as number, order[b] as number]);
    }
  }
  return sets;
}

/**
 * Every choice of one from each list by its rank, nearly in the order of the product of ranks: where
 * one block is far down its list, the others are mostly at the top of theirs.
 */
function* byLikelihood(lengths: readonly number[]): Generator<readonly number[]> {
  const most = lengths.reduce((sum, length) => sum + doublings(length - 1), 0);
  for (let sum = 0; sum <= most; sum++) yield* ranksOf(lengths, sum);
}

/** Ranks from 0 whose doublings have this sum. */
function* ranksOf(lengths: readonly number[], sum: number): Generator<readonly number[]> {
  const [length, ...rest] = lengths;
  if (length === undefined) {
    if (sum === 0) yield [];
    return;
  }
  for (let rank = 0; rank < length && doublings(rank) <= sum; rank++) {
    for (const others of ranksOf(rest, sum - doublings(rank))) yield [rank, ...others];
  }
}

function doublings(rank: number): number {
  return Math.floor(Math.log2(rank + 1));
}
