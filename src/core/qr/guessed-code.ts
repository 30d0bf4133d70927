/**
 * A sheet's own code of which blocks have lost more than their check can make good: the likeliest words
 * of each of those are tried together, the likeliest first, until the check of the whole payload holds.
 *
 * That check has 48 bits, and at most 2^13 ways are tried on a picture at each of the two sizes at which
 * one is searched: what comes out has 34 bits behind it.
 */
import type { Work } from "../work.js";
import { isWholeQrText } from "./qr-text.js";
import { canStand, digitCountIn, knownBits, wholeCode } from "./whole-code.js";
import { type Codewords, type ReadBlock, SURE_EVIDENCE } from "./codewords.js";
import { likelyWords } from "./likely-words.js";
import { dataText } from "./segments.js";
import { type Block, blocksOf, type Format, type SymbolLayout } from "./symbol.js";

export const GUESSES_LIMIT = 2 ** 13;

/** Units of work: for the check of a guess, and for a codeword of a block whose likeliest words are listed. */
const GUESS_UNITS = 25;
const READINGS_UNITS = 250;

/** Of all codes that a picture may hold. */
export interface GuessBudget {
  left: number;
}
/** A module is wrong with odds of 1 to 2 to the power of its sureness above `UNSURE` times this. */
const BITS_A_SURENESS = 10;
/** Modules of torn off and of black paper are this sure, and right by chance. */
const UNSURE = 0.2;
/** What is known beforehand, in bits: more than any word may cost. */
const KNOWN_COST = 255;
/** Bits: words that cost more are of no code, or of one that lies elsewhere. */
const MOST_COST = 60;
/** Bits that a word may cost more than the likeliest one of its block. */
const MOST_EXCESS = 20;

/** What a block may hold, and how much likelier the likeliest is, in bits. */
interface Reading {
  readonly data: Uint8Array;
  readonly excess: number;
}

/** The text, or null. `blocks` are those that were read of these codewords. */
export function guessWhole(
  { version }: SymbolLayout,
  format: Format,
  codewords: Codewords,
  blocks: readonly (ReadBlock | null)[],
  budget: GuessBudget,
  work?: Work,
): string | null {
  for (const way of byLikelihood(readingsOf(version, format, codewords, blocks, work))) {
    if (--budget.left < 0 || (work?.isOver ?? false)) return null;
    work?.spend(GUESS_UNITS);
    const data = way.flatMap((bytes) => [...bytes]);
    const found = dataText(Uint8Array.from(data), version);
    if (found !== null && isWholeQrText(found.text)) return found.text;
  }
  return null;
}

/** What each block may hold; a list is empty where that is nothing, or too much to be guessed at. */
function readingsOf(
  version: number,
  { level }: Format,
  codewords: Codewords,
  blocks: readonly (ReadBlock | null)[],
  work: Work | undefined,
): readonly (readonly Reading[])[] {
  const code = wholeCode(version, level);
  const readings: (readonly Reading[])[] = [];
  let digitCount: number | null = null;
  let firstBit = 0;
  let likeliest = 1;
  for (const [number, layout] of blocksOf(version, level).entries()) {
    const read = blocks[number] ?? null;
    const endBit = firstBit + 8 * (layout.codewords.length - layout.checkCount);
    const known = knownBits(code, digitCount).slice(firstBit, endBit);
    const place = { firstBit, digitCount: digitCount ?? code.leastDigits };
    const isRead = read !== null && read.evidence >= SURE_EVIDENCE;
    if (!isRead) {
      if (work?.isOver ?? false) return [[]];
      work?.spend(READINGS_UNITS * layout.codewords.length);
    }
    const ofBlock = isRead
      ? [{ data: read.data, excess: 0 }]
      : likelyReadings(codewords, layout, known, (data) => canStand(code, data, place));
    readings.push(ofBlock);
    // Where too many are alike, the right one would not be come to: no time is spent on it.
    likeliest *= ofBlock.filter(({ excess }) => excess === 0).length;
    if (likeliest === 0 || likeliest > GUESSES_LIMIT) return [[]];
    if (number === 0) digitCount = onlyOne(ofBlock.map(({ data }) => digitCountIn(code, data)));
    firstBit = endBit;
  }
  return readings;
}

function onlyOne(values: readonly number[]): number | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** The likeliest first. `known` are bits of the data as 0 and 1, and `?`. */
function likelyReadings(
  { values, bitSureness }: Codewords,
  { codewords: places, checkCount }: Block,
  known: string,
  isPossible: (data: Uint8Array) => boolean,
): readonly Reading[] {
  const received = Uint8Array.from(places, (place) => values[place] as number);
  const costs = Uint8Array.from({ length: 8 * places.length }, (_, bit) => {
    const sure = bitSureness[8 * (places[bit >> 3] as number) + (bit & 7)] as number;
    return Math.round(BITS_A_SURENESS * Math.max(0, sure - UNSURE));
  });
  Array.from(known).forEach((value, bit) => {
    if (value === "?") return;
    const mask = 0x80 >> (bit & 7);
    const byte = received[bit >> 3] as number;
    received[bit >> 3] = value === "1" ? byte | mask : byte & ~mask;
    costs[bit] = KNOWN_COST;
  });
  const possible = likelyWords(received, costs, checkCount, MOST_COST)
    .map(({ codewords, cost }) => ({ data: codewords.slice(0, places.length - checkCount), cost }))
    .filter(({ data }) => isPossible(data));
  const least = possible[0]?.cost ?? 0;
  return possible
    .map(({ data, cost }) => ({ data, excess: cost - least }))
    .filter(({ excess }) => excess <= MOST_EXCESS);
}

/** Every choice of one from each list, by the sum of what they exceed. */
function* byLikelihood(
  readings: readonly (readonly Reading[])[],
): Generator<readonly Uint8Array[]> {
  const most = readings.reduce((sum, list) => sum + (list.at(-1)?.excess ?? 0), 0);
  for (let sum = 0; sum <= most; sum++) yield* choices(readings, sum);
}

/** Choices that exceed by just this sum. */
function* choices(
  [list, ...rest]: readonly (readonly Reading[])[],
  sum: number,
): Generator<readonly Uint8Array[]> {
  if (list === undefined) {
    if (sum === 0) yield [];
    return;
  }
  for (const { data, excess } of list) {
    if (excess > sum) return;
    for (const others of choices(rest, sum - excess)) yield [data, ...others];
  }
}
