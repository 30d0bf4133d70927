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
  const faults = locateFaults(computeSyndromes(codeword, parity), erasures, codeword.length);
  if (faults === null) return null;
  for (const { index, magnitude } of faults) codeword[index] = at(codeword, index) ^ magnitude;
  if (computeSyndromes(codeword, parity).some((syndrome) => syndrome !== 0)) return null;

  const wrong = received.flatMap((symbol, index) =>
    symbol !== null && symbol !== codeword[index] ? [index] : [],
  );
  return { codeword, wrong };
}

/** What a received symbol is off by: added to it, it is the codeword's. */
export interface Fault {
  readonly index: number;
  /** 0 where an erased symbol, whatever was put for it, is right. */
  readonly magnitude: number;
}

/**
 * The faults of a received word of `length` symbols, from its syndromes; null when no codeword is
 * within reach. The symbols at `erasures` may be anything: only that they are suspect counts.
 */
export function locateFaults(
  syndromes: Uint16Array,
  erasures: readonly number[],
  length: number,
): readonly Fault[] | null {
  const parity = syndromes.length;
  if (erasures.length > parity) return null;
  if (syndromes.every((syndrome) => syndrome === 0)) return [];
  const locator = findLocator(syndromes, erasures, length);
  if (locator === null) return null;
  const exponents = findRoots(locator, length);
  return exponents === null ? null : findMagnitudes(syndromes, locator, exponents, length);
}

/** Value j - 1 is the received polynomial at a^j, j = 1 to parity. */
export function computeSyndromes(symbols: Uint16Array, parity: number): Uint16Array {
  const syndromes = new Uint16Array(parity);
  for (let index = 0; index < symbols.length; index++) {
    addSyndromes(syndromes, at(symbols, index), symbols.length - 1 - index);
  }
  return syndromes;
}

/** Adds what a symbol at the place a^exponent brings to the syndromes. */
export function addSyndromes(syndromes: Uint16Array, symbol: number, exponent: number): void {
  if (symbol === 0) return;
  // The logarithm of symbol x a^(exponent x root), below the group's order at every root.
  let term = logarithm(symbol);
  for (let root = 0; root < syndromes.length; root++) {
    term += exponent;
    if (term >= GROUP_ORDER) term -= GROUP_ORDER;
    syndromes[root] = at(syndromes, root) ^ power(term);
  }
}

// Room for the locator of every parity that a sheet can have, and one that a step may overshoot to.
const LOCATOR_ROOM = 1024;
const locatorRoom = [0, 1, 2].map(() => new Uint16Array(LOCATOR_ROOM)) as [
  Uint16Array,
  Uint16Array,
  Uint16Array,
];

/**
 * Product of (1 - X x) over the places X of errors and erasures, lowest power first; null when the
 * syndromes are those of no such product, or of one beyond reach.
 */
function findLocator(
  syndromes: Uint16Array,
  erasures: readonly number[],
  length: number,
): Uint16Array | null {
  let [locator, previous, next] = locatorRoom;
  // Degrees of `locator` and `previous` are at most these; what is above them is not read.
  let registerLength = setErasureLocator(locator, erasures, length);
  let previousLength = registerLength;
  for (let degree = 0; degree <= registerLength; degree++) previous[degree] = at(locator, degree);
  let previousDiscrepancy = 1;
  let shift = 1;
  for (let step = erasures.length; step < syndromes.length; step++, shift++) {
    let discrepancy = 0;
    for (let degree = 0; degree <= registerLength; degree++) {
      discrepancy ^= multiply(at(locator, degree), at(syndromes, step - degree));
    }
    if (discrepancy === 0) continue;
    const factor = divide(discrepancy, previousDiscrepancy);
    const isLonger = 2 * registerLength <= step + erasures.length;
    const nextLength = isLonger ? step + 1 + erasures.length - registerLength : registerLength;
    for (let degree = 0; degree <= nextLength; degree++) {
      next[degree] = degree <= registerLength ? at(locator, degree) : 0;
    }
    for (let degree = 0; degree <= previousLength; degree++) {
      next[degree + shift] = at(next, degree + shift) ^ multiply(factor, at(previous, degree));
    }
    if (isLonger) {
      [previous, locator, next] = [locator, next, previous];
      previousLength = registerLength;
      previousDiscrepancy = discrepancy;
      shift = 0;
    } else {
      [locator, next] = [next, locator];
    }
    registerLength = nextLength;
  }
  const isInReach = 2 * registerLength - erasures.length <= syndromes.length;
  if (!isInReach || at(locator, registerLength) === 0) return null;
  return locator.subarray(0, registerLength + 1);
}

/** Gives its degree. */
function setErasureLocator(
  locator: Uint16Array,
  erasures: readonly number[],
  length: number,
): number {
  locator[0] = 1;
  erasures.forEach((index, degree) => {
    const place = power(length - 1 - index);
    locator[degree + 1] = 0;
    for (let higher = degree + 1; higher > 0; higher--) {
      locator[higher] = at(locator, higher) ^ multiply(at(locator, higher - 1), place);
    }
  });
  return erasures.length;
}

const rootDegrees = new Int32Array(LOCATOR_ROOM);
const rootTerms = new Int32Array(LOCATOR_ROOM);

/**
 * Exponents e of the places a^e inside the codeword at which the locator's inverse is zero; null
 * when they are fewer than its degree.
 */
function findRoots(locator: Uint16Array, length: number): readonly number[] | null {
  const degree = locator.length - 1;
  // Of the terms that are not zero, their degrees and their logarithms at a^-e, for e = 0 at first.
  let termCount = 0;
  for (let power = 1; power <= degree; power++) {
    if (at(locator, power) === 0) continue;
    rootDegrees[termCount] = power;
    rootTerms[termCount++] = logarithm(at(locator, power));
  }
  const exponents: number[] = [];
  for (let exponent = 0; exponent < length; exponent++) {
    let sum = at(locator, 0);
    for (let index = 0; index < termCount; index++) {
      const term = rootTerms[index] as number;
      sum ^= power(term);
      const next = term - (rootDegrees[index] as number);
      rootTerms[index] = next < 0 ? next + GROUP_ORDER : next;
    }
    if (sum === 0) exponents.push(exponent);
    if (exponents.length + length - 1 - exponent < degree) return null;
  }
  return exponents;
}

/** A polynomial, lowest power first, at x. */
function evaluate(polynomial: Uint16Array, x: number): number {
  return polynomial.reduceRight((value, coefficient) => coefficient ^ multiply(value, x), 0);
}

/** Forney: with a^1 as first root the value at place X is evaluator(1/X) / locator'(1/X). */
function findMagnitudes(
  syndromes: Uint16Array,
  locator: Uint16Array,
  exponents: readonly number[],
  length: number,
): readonly Fault[] {
  const evaluator = new Uint16Array(locator.length - 1);
  for (let degree = 0; degree < evaluator.length; degree++) {
    for (let index = 0; index <= degree; index++) {
      evaluator[degree] =
        at(evaluator, degree) ^ multiply(at(locator, index), at(syndromes, degree - index));
    }
  }
  // In characteristic 2 the derivative keeps the odd powers only.
  const derivative = locator.slice(1).map((value, degree) => (degree % 2 === 0 ? value : 0));
  return exponents.map((exponent) => {
    const inverse = power(GROUP_ORDER - exponent);
    // Not zero: the locator has as many roots as its degree says, so each is a simple one.
    const slope = evaluate(derivative, inverse);
    return { index: length - 1 - exponent, magnitude: divide(evaluate(evaluator, inverse), slope) };
  });
}

// Indices here are bounded by the loops; `noUncheckedIndexedAccess` cannot see it.
function at(symbols: Uint16Array, index: number): number {
  return symbols[index] as number;
}
