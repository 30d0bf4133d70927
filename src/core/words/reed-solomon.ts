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
  const codeword = new Uint16Array(received.length);
  const erasures: number[] = [];
  received.forEach((symbol, index) => {
    if (symbol === null) erasures.push(index);
    else codeword[index] = symbol;
  });
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
  for (let index = 0; index < symbols.length; index++) {
    const symbol = at(symbols, index);
    if (symbol === 0) continue;
    const place = symbols.length - 1 - index;
    // The logarithm of symbol x a^(place x root), below the group's order at every root.
    let exponent = logarithm(symbol);
    for (let root = 0; root < parity; root++) {
      exponent += place;
      if (exponent >= GROUP_ORDER) exponent -= GROUP_ORDER;
      syndromes[root] = at(syndromes, root) ^ power(exponent);
    }
  }
  return syndromes;
}

/** Product of (1 - X x) over the places X of errors and erasures, lowest power first. */
function findLocator(
  syndromes: Uint16Array,
  erasures: readonly number[],
  length: number,
): Uint16Array {
  // Both have room for every coefficient that a step can reach; those above the degree are zero.
  const size = syndromes.length + 2;
  let locator = new Uint16Array(size);
  locator[0] = 1;
  erasures.forEach((index, degree) => {
    const place = power(length - 1 - index);
    for (let higher = degree + 1; higher > 0; higher--) {
      locator[higher] = at(locator, higher) ^ multiply(at(locator, higher - 1), place);
    }
  });
  let previous = locator.slice();
  let registerLength = erasures.length;
  for (let step = erasures.length; step < syndromes.length; step++) {
    previous.copyWithin(1, 0);
    previous[0] = 0;
    let discrepancy = 0;
    for (let degree = 0; degree <= registerLength; degree++) {
      discrepancy ^= multiply(at(locator, degree), at(syndromes, step - degree));
    }
    if (discrepancy === 0) continue;
    const next = locator.slice();
    for (let degree = 0; degree < size; degree++) {
      next[degree] = at(next, degree) ^ multiply(discrepancy, at(previous, degree));
    }
    if (2 * registerLength <= step + erasures.length) {
      registerLength = step + 1 + erasures.length - registerLength;
      const scale = discrepancy;
      previous = locator.map((coefficient) => divide(coefficient, scale));
    }
    locator = next;
  }
  let degree = size - 1;
  while (degree > 0 && at(locator, degree) === 0) degree -= 1;
  return locator.subarray(0, degree + 1);
}

/** Exponents e of the places a^e inside the codeword at which the locator's inverse is zero. */
function findRoots(locator: Uint16Array, length: number): readonly number[] {
  const exponents: number[] = [];
  const degrees = Array.from(locator.keys()).filter((degree) => at(locator, degree) !== 0);
  // Logarithms of the terms at a^-e, for e = 0 at first.
  const terms = degrees.map((degree) => logarithm(at(locator, degree)));
  for (let exponent = 0; exponent < length; exponent++) {
    let sum = 0;
    for (let term = 0; term < terms.length; term++) {
      const value = terms[term] as number;
      sum ^= power(value);
      const next = value - (degrees[term] as number);
      terms[term] = next < 0 ? next + GROUP_ORDER : next;
    }
    if (sum === 0) exponents.push(exponent);
  }
  return exponents;
}

/** A polynomial, lowest power first, at a^exponent. */
function evaluate(polynomial: Uint16Array, exponent: number): number {
  let value = 0;
  for (let degree = polynomial.length - 1; degree >= 0; degree--) {
    value = at(polynomial, degree) ^ (value === 0 ? 0 : power(logarithm(value) + exponent));
  }
  return value;
}

/** Forney: with a^1 as first root the value at place X is evaluator(1/X) / locator'(1/X). */
function correctSymbols(
  codeword: Uint16Array,
  syndromes: Uint16Array,
  locator: Uint16Array,
  exponents: readonly number[],
): void {
  const evaluator = new Uint16Array(locator.length - 1);
  for (let degree = 0; degree < evaluator.length; degree++) {
    for (let index = 0; index <= degree; index++) {
      evaluator[degree] =
        at(evaluator, degree) ^ multiply(at(locator, index), at(syndromes, degree - index));
    }
  }
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
