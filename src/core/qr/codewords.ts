/** Modules to codewords, and those to the data of each block that its check can be held to. */
import type { Work } from "../work.js";
import { correctBlock } from "./block-decoder.js";
import { blocksOf, type Format, MASKS, type SymbolLayout } from "./symbol.js";

/** The modules of a code as somebody saw them. */
export interface SeenModules {
  /** size x size values from -1, light, to 1, dark; 0: nothing is known. */
  readonly darkness: Float64Array;
  /** size x size values from 0 to 1. */
  readonly sureness: Float64Array;
}

/** The data of a block, and how much stands against its being there by chance. */
export interface ReadBlock {
  readonly data: Uint8Array;
  /**
   * Bits: what is left of the check after erasures and corrections, less one for each doubling of the
   * ways that were tried.
   */
  readonly evidence: number;
  readonly errors: number;
  readonly erasures: number;
  /** All codewords of the block as they have to be, with its check. */
  readonly codewords: Uint8Array;
}

/** A block that has this much may be believed by itself. */
export const SURE_EVIDENCE = 16;

/** Of work, for each codeword and each check of it that a block is held to. */
const CORRECTION_UNITS = 0.025;

export interface Codewords {
  readonly values: Uint8Array;
  /** From 0 to 1: that of the least sure module. */
  readonly sureness: Float64Array;
  /** Of each bit of them, the most significant one first: that of its module. */
  readonly bitSureness: Float64Array;
}

export function readCodewords(
  { dataModules, size }: SymbolLayout,
  { darkness, sureness }: SeenModules,
  { mask }: Format,
): Codewords {
  const isTurned = MASKS[mask] as (row: number, column: number) => boolean;
  const values = new Uint8Array(dataModules.length / 8);
  const least = new Float64Array(values.length).fill(1);
  const bitSureness = new Float64Array(8 * values.length);
  dataModules.forEach((index, bit) => {
    const isDark = (darkness[index] as number) > 0;
    const at = bit >> 3;
    if (isDark !== isTurned(Math.floor(index / size), index % size))
      values[at] = (values[at] as number) | (0x80 >> (bit & 7));
    const sure = sureness[index] as number;
    bitSureness[bit] = sure;
    least[at] = Math.min(least[at] as number, sure);
  });
  return { values, sureness: least, bitSureness };
}

/**
 * Each block, or null where it holds too much damage. The least sure codewords are erased, two more
 * each time, until the rest can be corrected (generalised minimum distance: Forney, 1966).
 */
export function readBlocks(
  { version }: SymbolLayout,
  { level }: Format,
  { values, sureness }: Codewords,
  work?: Work,
): readonly (ReadBlock | null)[] {
  return blocksOf(version, level).map(({ codewords: places, checkCount }) => {
    const received = Uint8Array.from(places, (place) => values[place] as number);
    const doubtful = places
      .map((place, index) => ({ index, sure: sureness[place] as number }))
      .sort((a, b) => a.sure - b.sure)
      .map(({ index }) => index);
    let best: ReadBlock | null = null;
    for (let erasures = 0, tries = 1; erasures <= checkCount; erasures += 2, tries++) {
      work?.spend(CORRECTION_UNITS * checkCount * places.length);
      const corrected = correctBlock(received, checkCount, doubtful.slice(0, erasures));
      if (corrected === null) continue;
      const { codewords, errors } = corrected;
      const evidence =
        8 * (checkCount - erasures) - log2Ball(places.length - erasures, errors) - Math.log2(tries);
      if (best === null || evidence > best.evidence) {
        const data = codewords.subarray(0, places.length - checkCount);
        best = { data, evidence, errors, erasures, codewords };
      }
      if (best.evidence >= SURE_EVIDENCE) break;
    }
    return best;
  });
}

/** The logarithm of how many words are within so many errors of one, of bytes. */
function log2Ball(length: number, errors: number): number {
  let sum = 0;
  let ways = 1;
  for (let count = 0; count <= errors; count++) {
    sum += ways;
    ways *= ((length - count) * 255) / (count + 1);
  }
  return Math.log2(sum);
}

/** What the modules of the blocks that were read have to be: 1 dark, 0 light, -1 not known. */
export function modulesOfBlocks(
  { version, size, fixed, dataModules }: SymbolLayout,
  { level, mask }: Format,
  blocks: readonly (ReadBlock | null)[],
): Int8Array {
  const isTurned = MASKS[mask] as (row: number, column: number) => boolean;
  const known = Int8Array.from(fixed);
  blocksOf(version, level).forEach(({ codewords: places }, number) => {
    const block = blocks[number];
    if (block === undefined || block === null || block.evidence < SURE_EVIDENCE) return;
    places.forEach((place, at) => {
      for (let bit = 0; bit < 8; bit++) {
        const index = dataModules[place * 8 + bit] as number;
        const isSet = (((block.codewords[at] as number) >> (7 - bit)) & 1) === 1;
        known[index] = isSet !== isTurned(Math.floor(index / size), index % size) ? 1 : 0;
      }
    });
  });
  return known;
}
