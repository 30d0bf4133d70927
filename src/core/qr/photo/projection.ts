/** Projective maps from the modules of a code to the picture, and what they are fitted to. */
import type { Vector } from "../../plane.js";
import type { Finder } from "./finders.js";

/** A place in the code, in modules from its top left corner, and where it is on the picture. */
export interface Anchor {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** The nine numbers of a projective map, row by row, the last one not 0. */
export type Projection = Float64Array;

/** Least squares over four anchors and more, in a code of `size` modules; null where they lie badly. */
export function fitProjection(anchors: readonly Anchor[], size: number): Projection | null {
  // Normalised so that the equations are well conditioned: Hartley and Zisserman, section 4.4.
  const cx = mean(anchors.map(({ x }) => x));
  const cy = mean(anchors.map(({ y }) => y));
  const scale = mean(anchors.map(({ x, y }) => Math.hypot(x - cx, y - cy))) || 1;
  const normal = new Float64Array(8 * 9);
  const add = (row: readonly number[], weight: number) => {
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 9; j++) {
        normal[i * 9 + j] =
          (normal[i * 9 + j] as number) + weight * (row[i] as number) * (row[j] as number);
      }
    }
  };
  for (const anchor of anchors) {
    const u = anchor.u / size - 0.5;
    const v = anchor.v / size - 0.5;
    const x = (anchor.x - cx) / scale;
    const y = (anchor.y - cy) / scale;
    add([u, v, 1, 0, 0, 0, -u * x, -v * x, x], anchor.weight);
    add([0, 0, 0, u, v, 1, -u * y, -v * y, y], anchor.weight);
  }
  const solved = solve(normal, 8);
  if (solved === null) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, k = 0] = solved;
  const rows = [
    [a * scale + cx * g, b * scale + cx * k, c * scale + cx],
    [d * scale + cy * g, e * scale + cy * k, f * scale + cy],
    [g, k, 1],
  ].map(([p = 0, q = 0, r = 0]) => [p / size, q / size, r - 0.5 * p - 0.5 * q]);
  return Float64Array.from(rows.flat());
}

/**
 * The solution of `n` linear equations in rows of n + 1 numbers, by Gauss and Jordan with pivots; the
 * rows are used up. Null where they do not have just one.
 */
export function solve(rows: Float64Array, n: number): number[] | null {
  const width = n + 1;
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
  return Array.from(
    { length: n },
    (_, i) => (rows[i * width + n] as number) / (rows[i * width + i] as number),
  );
}

export function project(h: Projection, u: number, v: number): Vector {
  const w = (h[6] as number) * u + (h[7] as number) * v + (h[8] as number);
  return {
    x: ((h[0] as number) * u + (h[1] as number) * v + (h[2] as number)) / w,
    y: ((h[3] as number) * u + (h[4] as number) * v + (h[5] as number)) / w,
  };
}

/** Middle and corners of a finder pattern whose middle is at (u, v). */
export function finderAnchors(
  { centre, right, down }: Finder,
  u: number,
  v: number,
): readonly Anchor[] {
  const places = [
    [0, 0, 2],
    [-3.5, -3.5, 1],
    [3.5, -3.5, 1],
    [3.5, 3.5, 1],
    [-3.5, 3.5, 1],
  ];
  return places.map(([a = 0, b = 0, weight = 0]) => ({
    u: u + a,
    v: v + b,
    x: centre.x + a * right.x + b * down.x,
    y: centre.y + a * right.y + b * down.y,
    weight,
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
