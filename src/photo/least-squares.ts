/** Linear equations, exact ones and more of them than unknowns. */

/** The solution of equations that nothing solves exactly: with the least sum of squared errors. */
export class LeastSquares {
  readonly #unknowns: number;
  readonly #sides: number;
  /** The normal equations, row by row: their coefficients and right sides. */
  readonly #rows: Float64Array;

  /** Several right sides, of the same coefficients, have a solution each. */
  constructor(unknowns: number, sides = 1) {
    this.#unknowns = unknowns;
    this.#sides = sides;
    this.#rows = new Float64Array(unknowns * (unknowns + sides));
  }

  /** `equation`: as many coefficients as unknowns, then the right sides. */
  add(equation: readonly number[], weight: number): void {
    const width = this.#unknowns + this.#sides;
    for (let i = 0; i < this.#unknowns; i++) {
      for (let j = 0; j < width; j++) {
        this.#rows[i * width + j] =
          (this.#rows[i * width + j] as number) +
          weight * (equation[i] as number) * (equation[j] as number);
      }
    }
  }

  /** As an equation that the unknown is 0. */
  pullToZero(unknown: number, weight: number): void {
    const at = unknown * (this.#unknowns + this.#sides + 1);
    this.#rows[at] = (this.#rows[at] as number) + weight;
  }

  /** The solution of each right side; null where there is not just one. Nothing may be added then. */
  solve(): readonly (readonly number[])[] | null {
    return solveAll(this.#rows, this.#unknowns, this.#sides);
  }
}

/** The solution of `n` equations, rows of n + 1 numbers, which are used up; null as for `LeastSquares`. */
export function solve(rows: Float64Array, n: number): readonly number[] | null {
  return solveAll(rows, n, 1)?.[0] ?? null;
}

/** Gauss and Jordan, with pivots. */
function solveAll(rows: Float64Array, n: number, sides: number): number[][] | null {
  const width = n + sides;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      const isLarger =
        Math.abs(rows[row * width + column] as number) >
        Math.abs(rows[pivot * width + column] as number);
      if (isLarger) pivot = row;
    }
    const value = rows[pivot * width + column] as number;
    if (!(Math.abs(value) > 1e-12)) return null;
    for (let j = 0; j < width; j++) {
      const kept = rows[column * width + j] as number;
      rows[column * width + j] = rows[pivot * width + j] as number;
      rows[pivot * width + j] = kept;
    }
    for (let row = 0; row < n; row++) {
      const factor = (rows[row * width + column] as number) / value;
      if (row === column || factor === 0) continue;
      for (let j = column; j < width; j++) {
        rows[row * width + j] =
          (rows[row * width + j] as number) - factor * (rows[column * width + j] as number);
      }
    }
  }
  return Array.from({ length: sides }, (_, side) =>
    Array.from(
      { length: n },
      (_, i) => (rows[i * width + n + side] as number) / (rows[i * width + i] as number),
    ),
  );
}
