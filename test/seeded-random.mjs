// @ts-check
/**
 * Whole numbers from 0 to below `limit`, the same every time for a seed: xorshift128+ (Vigna, 2017,
 * "Further scramblings of Marsaglia's xorshift generators"), of which 32 bits are used.
 * @param {string} seed
 * @returns {(limit: number) => number}
 */
export function seededRandom(seed) {
  const mask = (1n << 64n) - 1n;
  let a = 0x9e3779b97f4a7c15n;
  let b = 0xd1b54a32d192ed03n;
  for (const character of seed) {
    a = (a * 0x100000001b3n + BigInt(character.codePointAt(0) ?? 0)) & mask;
    b = (b ^ (a >> 7n)) & mask;
  }
  return (limit) => {
    let x = a;
    const y = b;
    a = y;
    x ^= (x << 23n) & mask;
    b = x ^ y ^ (x >> 18n) ^ (y >> 5n);
    return Number((((b + y) & mask) >> 32n) % BigInt(limit));
  };
}

/**
 * Bytes of the same kind.
 * @param {string} seed
 * @returns {(length: number) => Uint8Array}
 */
export function seededBytes(seed) {
  const random = seededRandom(seed);
  return (length) => Uint8Array.from({ length }, () => random(256));
}
