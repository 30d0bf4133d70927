/**
 * The field GF(2^11) by x^11 + x^2 + 1, generator a = 2 (FORMAT.md, "Field").
 *
 * Elements are the integers 0 to 2047; addition is exclusive or.
 */

export const FIELD_SIZE = 2048;
/** Order of the multiplicative group. */
export const GROUP_ORDER = FIELD_SIZE - 1;
const POLYNOMIAL = 0x805;

// Twice the group, so that the sum of two logarithms needs no reduction. The logarithm of 0 is so
// large that every sum with it is behind the powers, where the table is 0: 0 x b = 0 without a branch.
const LOGARITHM_OF_ZERO = 2 * GROUP_ORDER;
const POWERS = new Uint16Array(2 * LOGARITHM_OF_ZERO + 1);
const LOGARITHMS = new Uint16Array(FIELD_SIZE);
LOGARITHMS[0] = LOGARITHM_OF_ZERO;

for (let exponent = 0, element = 1; exponent < GROUP_ORDER; exponent++) {
  POWERS[exponent] = element;
  POWERS[exponent + GROUP_ORDER] = element;
  LOGARITHMS[element] = exponent;
  element <<= 1;
  if (element >= FIELD_SIZE) element ^= POLYNOMIAL;
}

/** a to the power of any exponent from 0 to 2 x 2047 - 1. */
export function power(exponent: number): number {
  return POWERS[exponent] as number;
}

/** The exponent of a that gives a nonzero element, 0 to 2046. */
export function logarithm(element: number): number {
  return LOGARITHMS[element] as number;
}

export function multiply(a: number, b: number): number {
  return POWERS[(LOGARITHMS[a] as number) + (LOGARITHMS[b] as number)] as number;
}

/** a / b for a nonzero b. */
export function divide(a: number, b: number): number {
  return POWERS[(LOGARITHMS[a] as number) + GROUP_ORDER - (LOGARITHMS[b] as number)] as number;
}
