/**
 * Reed-Solomon over GF(2^11) as FORMAT.md explains it under "Correcting wrong and unreadable words":
 * no tables, every step a sum or a system of linear equations.
 *
 * It is slow and literal, and the tests hold the fast coder to it.
 */
import { multiply } from "../../vectors/paper-format.mjs";

export { codeword as textbookCodeword, multiply } from "../../vectors/paper-format.mjs";

function sum(terms: readonly number[]): number {
  return terms.reduce((total, term) => total ^ term, 0);
}

/** The element to a power, by squaring; an inverse is the power 2046. */
export function raise(element: number, exponent: number): number {
  if (exponent === 0) return 1;
  const half = raise(element, Math.floor(exponent / 2));
  const square = multiply(half, half);
  return exponent % 2 === 0 ? square : multiply(square, element);
}

export function invert(element: number): number {
  return raise(element, 2046);
}

/** S(1) to S(parity): the values of the received polynomial at a^1 to a^parity. */
export function syndromesOf(symbols: readonly number[], parity: number): readonly number[] {
  return Array.from({ length: parity }, (_, index) => {
    const root = raise(2, index + 1);
    return symbols.reduce((value, symbol) => multiply(value, root) ^ symbol, 0);
  });
}

export function isCodeword(symbols: readonly number[], parity: number): boolean {
  return syndromesOf(symbols, parity).every((syndrome) => syndrome === 0);
}

/**
 * Gauss-Jordan elimination: the unknowns of equations whose last number is the right side; null when
 * the equations contradict each other. An unknown that they leave open is 0.
 */
export function solve(equations: readonly (readonly number[])[], unknowns: number) {
  let rows = equations.map((row) => [...row]);
  const pivots: number[] = [];
  for (let column = 0; column < unknowns; column++) {
    const pivot = rows.findIndex((row, index) => index >= pivots.length && row[column] !== 0);
    if (pivot < 0) continue;
    const top = rows[pivot] ?? [];
    rows = [...rows.slice(0, pivot), ...rows.slice(pivot + 1)];
    const scale = invert(top[column] ?? 0);
    const scaled = top.map((value) => multiply(value, scale));
    rows = rows.map((row) =>
      row.map((value, index) => value ^ multiply(row[column] ?? 0, scaled[index] ?? 0)),
    );
    rows.splice(pivots.length, 0, scaled);
    pivots.push(column);
  }
  if (rows.slice(pivots.length).some((row) => row[unknowns] !== 0)) return null;
  const solution = Array.from({ length: unknowns }, () => 0);
  pivots.forEach((column, index) => {
    solution[column] = rows[index]?.[unknowns] ?? 0;
  });
  return solution;
}

/** The codeword with 2 x wrong + unreadable <= parity; null when there is none. */
export function textbookCorrect(
  received: readonly (number | null)[],
  parity: number,
): readonly number[] | null {
  const symbols = received.map((symbol) => symbol ?? 0);
  const syndromes = syndromesOf(symbols, parity);
  const places = received.map((_, index) => raise(2, received.length - 1 - index));
  const unreadable = places.filter((_, index) => received[index] === null);
  if (unreadable.length > parity) return null;

  const sums = withoutErasures(syndromes, unreadable);
  const locator = locatorOf(sums);
  const readable = places.filter((_, index) => received[index] !== null);
  const wrong = locator === null ? null : placesOf(locator, readable);
  if (wrong === null) return null;
  const damaged = [...unreadable, ...wrong];
  const values = changesOf(syndromes, damaged);
  if (values === null) return null;
  return symbols.map((symbol, index) => {
    const at = damaged.indexOf(places[index] ?? 0);
    return symbol ^ (values[at] ?? 0);
  });
}

/** One sum less for each unreadable place: T(i + 1) + X T(i), in which the place has no part. */
export function withoutErasures(syndromes: readonly number[], unreadable: readonly number[]) {
  return unreadable.reduce<readonly number[]>(
    (sums, place) => sums.slice(1).map((value, index) => value ^ multiply(place, sums[index] ?? 0)),
    syndromes,
  );
}

/** What to add at each damaged place so that every sum is 0; null when nothing does. */
export function changesOf(syndromes: readonly number[], damaged: readonly number[]) {
  const equations = syndromes.map((syndrome, index) => [
    ...damaged.map((place) => raise(place, index + 1)),
    syndrome,
  ]);
  return solve(equations, damaged.length);
}

/** L(1) to L(e) for the fewest wrong symbols, e, that the sums allow; null when none do. */
export function locatorOf(sums: readonly number[]): readonly number[] | null {
  for (let count = 0; 2 * count <= sums.length; count++) {
    // L(1) T(i - 1) + ... + L(e) T(i - e) = T(i), for every i that has them all.
    const equations = sums
      .slice(count)
      .map((value, index) => [...sums.slice(index, index + count).reverse(), value]);
    const locator = solve(equations, count);
    if (locator !== null) return locator;
  }
  return null;
}

/** The places that the locator names: as many as it has numbers; null when it names others. */
export function placesOf(
  locator: readonly number[],
  places: readonly number[],
): readonly number[] | null {
  const wrong = places.filter((place) => {
    const inverse = invert(place);
    return sum([1, ...locator.map((value, at) => multiply(value, raise(inverse, at + 1)))]) === 0;
  });
  return wrong.length === locator.length ? wrong : null;
}
