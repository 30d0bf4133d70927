/** Projective maps from the modules of a code to the picture, and what they are fitted to. */
import { LeastSquares } from "../least-squares.js";
import type { Vector } from "../plane.js";
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
  const equations = new LeastSquares(8);
  for (const anchor of anchors) {
    const u = anchor.u / size - 0.5;
    const v = anchor.v / size - 0.5;
    const x = (anchor.x - cx) / scale;
    const y = (anchor.y - cy) / scale;
    equations.add([u, v, 1, 0, 0, 0, -u * x, -v * x, x], anchor.weight);
    equations.add([0, 0, 0, u, v, 1, -u * y, -v * y, y], anchor.weight);
  }
  const [solved] = equations.solve() ?? [];
  if (solved === undefined) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, k = 0] = solved;
  const rows = [
    [a * scale + cx * g, b * scale + cx * k, c * scale + cx],
    [d * scale + cy * g, e * scale + cy * k, f * scale + cy],
    [g, k, 1],
  ].map(([p = 0, q = 0, r = 0]) => [p / size, q / size, r - 0.5 * p - 0.5 * q]);
  return Float64Array.from(rows.flat());
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
