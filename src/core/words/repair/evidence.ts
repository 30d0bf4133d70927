/**
 * How much a reading proves, in bits: what its check words and its unused spare words would have to
 * agree by chance, less the ways in which it could have been reached.
 */

/** What a key is given back for: one chance in 2^30 that it is another one. */
export const EVIDENCE_LIMIT_BITS = 30;

const SYMBOL_BITS = 11;
const OTHER_SYMBOLS_BITS = Math.log2(2047);

export interface ReadingCounts {
  /** All in words. */
  readonly count: number;
  readonly check: number;
  readonly spare: number;
  readonly erased: number;
  readonly wrong: number;
}

/** `tried` counts every list, level, number of words, payload length and layout that was tried. */
export function evidenceBits(
  { count, check, spare, erased, wrong }: ReadingCounts,
  tried: number,
): number {
  const places = log2Choose(count - erased, wrong);
  const patterns = places + wrong * OTHER_SYMBOLS_BITS;
  return SYMBOL_BITS * (check + spare - erased) - patterns - Math.log2(Math.max(1, tried));
}

function log2Choose(n: number, k: number): number {
  let bits = 0;
  for (let index = 0; index < k; index++) bits += Math.log2((n - index) / (index + 1));
  return bits;
}
