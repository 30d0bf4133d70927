/**
 * Systematic Reed-Solomon over GF(2^11) with roots a^1 to a^parity (FORMAT.md, "Spare words").
 *
 * Corrects every pattern with 2 x errors + erasures <= parity, and gives nothing else than a
 * codeword. Symbol i of n is the coefficient of x^(n-1-i). Blahut, "Algebraic Codes for Data
 * Transmission" (2003), chapter 7: Berlekamp-Massey begun with the erasure locator, and Forney.
 */
import { divide, GROUP_ORDER, logarithm, multiply, power } from "./gf2048.js";

const GENERATORS = new Map<number, Uint16Array>();

/** Coefficients below the leading one, highest power first. */
function generator(parity: number): Uint16Array {
  const known = GENERATORS.get(parity);
  if (known !== undefined) return known;
  let coefficients = Uint16Array.of(1);
  for (let root = 1; root <= parity; root++) {
    const next = new Uint16Array(coefficients.length + 1);
    coefficients.forEach((coefficient, index) => {
      next[index] = at(next, index) ^ coefficient;
      next[index + 1] = at(next, index + 1) ^ multiply(coefficient, power(root));
    });
    coefficients = next;
  }
  const tail = coefficients.slice(1);
  GENERATORS.set(parity, tail);
  return tail;
}

/** The data symbols with `parity` check symbols behind; mirrored by `correctCodeword`. */
export function encodeCodeword(data: ArrayLike<number>, parity: number): Uint16Array {
  const tail = generator(parity);
  const codeword = new Uint16Array(data.length + parity);
  codeword.set(data);
  const remainder = new Uint16Array(parity);
  for (let index = 0; index < data.length; index++) {
    const factor = at(codeword, index) ^ at(remainder, 0);
    remainder.copyWithin(0, 1);
    remainder[parity - 1] = 0;
    for (let power = 0; power < parity; power++) {
      remainder[power] = at(remainder, power) ^ multiply(factor, at(tail, power));
    }
  }
  codeword.set(remainder, data.length);
  return codeword;
}

export interface Correction {
  readonly codeword: Uint16Array;
  /** Indices of symbols that were given and are not those of the codeword. */
  readonly wrong: readonly number[];
}

/**
 * The codeword within reach of what was received, null for an unreadable symbol (an erasure);
 * null when no codeword has 2 x wrong + unreadable <= parity.
 */
export function correctCodeword(
  received: readonly (number | null)[],
  parity: number,
): Correction | null {
  const codeword = Uint16Array.from(received, (symbol) => symbol ?? 0);
  const erasures = received.flatMap((symbol, index) => (symbol === null ? [index] : []));
  if (erasures.length > parity) return null;
  const syndromes = computeSyndromes(codeword, parity);
  if (syndromes.every((syndrome) => syndrome === 0)) return { codeword, wrong: [] };

  const locator = findLocator(syndromes, erasures, codeword.length);
  const degree = locator.length - 1;
  if (2 * degree - erasures.length > parity) return null;
  const exponents = findRoots(locator, codeword.length);
  if (exponents.length !== degree) return null;
  correctSymbols(codeword, syndromes, locator, exponents);
  if (computeSyndromes(codeword, parity).some((syndrome) => syndrome !== 0)) return null;

  const wrong = received.flatMap((symbol, index) =>
    symbol !== null && symbol !== codeword[index] ? [index] : [],
  );
  return 2 * wrong.length + erasures.length <= parity ? { codeword, wrong } : null;
}

/** Value j - 1 is the received polynomial at a^j, j = 1 to parity. */
function computeSyndromes(symbols: Uint16Array, parity: number): Uint16Array {
  const syndromes = new Uint16Array(parity);
  for (let root = 1; root <= parity; root++) {
    let value = 0;
    for (const symbol of symbols) {
      value = symbol ^ (value === 0 ? 0 : power(logarithm(value) + root));
    }
    syndromes[root - 1] = value;
  }
  return syndromes;
}

/** Product of (1 - X x) over the places X of errors and erasures, lowest power first. */
function findLocator(
  syndromes: Uint16Array,
  erasures: readonly number[],
  length: number,
): readonly number[] {
  let locator = [1];
  for (const index of erasures) {
    const place = power(length - 1 - index);
    locator = Array.from(
      { length: locator.length + 1 },
      (_, degree) => (locator[degree] ?? 0) ^ multiply(locator[degree - 1] ?? 0, place),
    );
  }
  let previous = [...locator];
  let registerLength = erasures.length;
  for (let step = erasures.length; step < syndromes.length; step++) {
    previous.unshift(0);
    let discrepancy = 0;
    locator.forEach((coefficient, degree) => {
      if (degree <= step) discrepancy ^= multiply(coefficient, at(syndromes, step - degree));
    });
    if (discrepancy === 0) continue;
    const next = Array.from(
      { length: Math.max(locator.length, previous.length) },
      (_, degree) => (locator[degree] ?? 0) ^ multiply(discrepancy, previous[degree] ?? 0),
    );
    if (2 * registerLength <= step + erasures.length) {
      registerLength = step + 1 + erasures.length - registerLength;
      const scale = discrepancy;
      previous = locator.map((coefficient) => divide(coefficient, scale));
    }
    locator = next;
  }
  while (locator.length > 1 && locator.at(-1) === 0) locator.pop();
  return locator;
}

/** Exponents e of the places a^e inside the codeword at which the locator's inverse is zero. */
function findRoots(locator: readonly number[], length: number): readonly number[] {
  const exponents: number[] = [];
  for (let exponent = 0; exponent < length; exponent++) {
    const inverse = exponent === 0 ? 0 : GROUP_ORDER - exponent;
    if (evaluate(locator, inverse) === 0) exponents.push(exponent);
  }
  return exponents;
}

/** A polynomial, lowest power first, at a^exponent. */
function evaluate(polynomial: readonly number[], exponent: number): number {
  let value = 0;
  for (let degree = polynomial.length - 1; degree >= 0; degree--) {
    value = (polynomial[degree] as number) ^ (value === 0 ? 0 : power(logarithm(value) + exponent));
  }
  return value;
}

/** Forney: with a^1 as first root the value at place X is evaluator(1/X) / locator'(1/X). */
function correctSymbols(
  codeword: Uint16Array,
  syndromes: Uint16Array,
  locator: readonly number[],
  exponents: readonly number[],
): void {
  const evaluator = Array.from({ length: locator.length - 1 }, (_, degree) => {
    let sum = 0;
    for (let index = 0; index <= degree; index++) {
      sum ^= multiply(locator[index] as number, at(syndromes, degree - index));
    }
    return sum;
  });
  // In characteristic 2 the derivative keeps the odd powers only.
  const derivative = locator.slice(1).map((value, degree) => (degree % 2 === 0 ? value : 0));
  for (const exponent of exponents) {
    const inverse = exponent === 0 ? 0 : GROUP_ORDER - exponent;
    const slope = evaluate(derivative, inverse);
    if (slope === 0) return;
    const index = codeword.length - 1 - exponent;
    codeword[index] = at(codeword, index) ^ divide(evaluate(evaluator, inverse), slope);
  }
}

// Indices here are bounded by the loops; `noUncheckedIndexedAccess` cannot see it.
function at(symbols: Uint16Array, index: number): number {
  return symbols[index] as number;
}
