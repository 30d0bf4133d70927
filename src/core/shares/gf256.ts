/**
 * The field GF(2^8) of AES, x^8 + x^4 + x^3 + x + 1 (FIPS 197 section 4.2).
 *
 * Without tables and branches: what is multiplied is secret, and a look-up leaves a trace in the
 * cache that its index decides.
 */

const POLYNOMIAL = 0x11b;
const BITS = 8;

export function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = a;
  for (let bit = 0; bit < BITS; bit++) {
    product ^= -((b >>> bit) & 1) & shifted;
    shifted = (shifted << 1) ^ (-(shifted >>> (BITS - 1)) & POLYNOMIAL);
  }
  return product;
}

/** a^254, which is 1 / a; 0 for 0. */
export function inverse(a: number): number {
  let power = a;
  let result = 1;
  for (let bit = 1; bit < BITS; bit++) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}
