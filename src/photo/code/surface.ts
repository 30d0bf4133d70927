/**
 * A smooth map from the modules of a code to the picture: a projective one, and for bent paper a
 * polynomial of shifts on it that most of what is known agrees with.
 */
import { solve } from "../least-squares.js";
import type { Vector } from "../plane.js";
import { project, type Projection } from "./projection.js";

/** In modules from the top left corner of the code, to pixels. */
export type Surface = (u: number, v: number) => Vector;

/** A place that is known, and how well. */
export interface KnownPlace {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

const DEGREE = 4;
const POWERS: readonly (readonly [number, number])[] = Array.from(
  { length: DEGREE + 1 },
  (_, degree) => Array.from({ length: degree + 1 }, (_, j) => [degree - j, j] as const),
).flat();
/** How reluctant a term is, by its degree: a plane is free, a wave is not. */
const RIDGE = [1e-6, 1e-6, 0.003, 0.01, 0.03];
const ROUNDS = 5;

export function flatSurface(h: Projection): Surface {
  return (u, v) => project(h, u, v);
}

/**
 * Least squares that heeds a place the less the further it is off, in `modulePx` (Cauchy's weights), so
 * that what slipped by a module has no say.
 */
export function bentSurface(
  h: Projection,
  places: readonly KnownPlace[],
  size: number,
  modulePx: number,
): Surface {
  const points = places.map((place) => {
    const flat = project(h, place.u, place.v);
    const terms = termsOf(place.u, place.v, size);
    return { terms, dx: place.x - flat.x, dy: place.y - flat.y, weight: place.weight };
  });
  let ax: readonly number[] = [];
  let ay: readonly number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // From lenient to strict.
    const scale = modulePx * (round === 0 ? Infinity : 2 / 2 ** round + 0.2);
    const weights = points.map(({ terms, dx, dy, weight }) => {
      const off = Math.hypot(dot(ax, terms) - dx, dot(ay, terms) - dy);
      return weight / (1 + (off / scale) ** 2);
    });
    const solved = [
      fit(
        points.map(({ dx }) => dx),
        points,
        weights,
      ),
      fit(
        points.map(({ dy }) => dy),
        points,
        weights,
      ),
    ];
    [ax = [], ay = []] = solved;
  }
  return (u, v) => {
    const flat = project(h, u, v);
    const terms = termsOf(u, v, size);
    return { x: flat.x + dot(ax, terms), y: flat.y + dot(ay, terms) };
  };
}

function termsOf(u: number, v: number, size: number): readonly number[] {
  const a = (2 * u) / size - 1;
  const b = (2 * v) / size - 1;
  return POWERS.map(([i, j]) => a ** i * b ** j);
}

function dot(coefficients: readonly number[], terms: readonly number[]): number {
  return coefficients.reduce((sum, value, index) => sum + value * (terms[index] as number), 0);
}

function fit(
  values: readonly number[],
  points: readonly { readonly terms: readonly number[] }[],
  weights: readonly number[],
): readonly number[] {
  const n = POWERS.length;
  const rows = new Float64Array(n * (n + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  points.forEach(({ terms }, index) => {
    const weight = weights[index] as number;
    for (let i = 0; i < n; i++) {
      const at = i * (n + 1);
      const scaled = weight * (terms[i] as number);
      for (let j = 0; j < n; j++)
        rows[at + j] = (rows[at + j] as number) + scaled * (terms[j] as number);
      rows[at + n] = (rows[at + n] as number) + scaled * (values[index] as number);
    }
  });
  POWERS.forEach(([i, j], term) => {
    const at = term * (n + 2);
    rows[at] = (rows[at] as number) + total * (RIDGE[i + j] as number) * 0.1;
  });
  return solve(rows, n) ?? [];
}
