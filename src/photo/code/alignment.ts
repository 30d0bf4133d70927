/** Alignment patterns, looked for around where a grid has them: what it slipped by shows there. */
import type { Picture } from "../picture.js";
import { alignmentCentres } from "../../core/qr/standard.js";
import { brightness } from "../brightness.js";
import type { Grid } from "./grid.js";
import type { Anchor } from "./projection.js";

/** Modules that a grid may be off by, to each side. */
const OFF = 4;
/** Of the pattern, from its middle. */
const HALF = 2;
const SAMPLES = 4;
const REACH = OFF + HALF;
const SIDE = 2 * REACH * SAMPLES + 1;
/** Of 1, for a pattern that is all there. */
const LEAST_MATCH = 0.62;
/** How much better than any place that is further away than a module. */
const LEAST_LEAD = 0.08;
/** A contrast below which nothing is seen, of 255. */
const LEAST_CONTRAST = 12;
const WEIGHT = 3;

/** Where each module of the pattern is from its middle, in samples, and whether it is dark. */
const MODULES = Array.from({ length: 25 }, (_, index) => {
  const column = (index % 5) - HALF;
  const row = Math.floor(index / 5) - HALF;
  const ring = Math.max(Math.abs(column), Math.abs(row));
  return { offset: (row * SIDE + column) * SAMPLES, sign: ring === 1 ? 1 : -1, ring };
});

/** The middle counts for more: it tells the pattern from a square of another size. */
const CENTRE_WEIGHT = 4;
const WEIGHTS = MODULES.reduce((sum, { ring }) => sum + (ring === 0 ? CENTRE_WEIGHT : 1), 0);

/** Those that stand out, as anchors in a code of that version. */
export function findAlignments(picture: Picture, version: number, grid: Grid): readonly Anchor[] {
  return alignmentCentres(version).flatMap(([row, column]) => {
    const found = findAlignment(picture, grid, column + 0.5, row + 0.5);
    return found === null ? [] : [found];
  });
}

function findAlignment(picture: Picture, grid: Grid, u: number, v: number): Anchor | null {
  const centre = grid.place(u, v);
  const [left, right] = [grid.place(u - HALF, v), grid.place(u + HALF, v)];
  const [top, bottom] = [grid.place(u, v - HALF), grid.place(u, v + HALF)];
  const step = 2 * HALF;
  const across = { x: (right.x - left.x) / step, y: (right.y - left.y) / step };
  const down = { x: (bottom.x - top.x) / step, y: (bottom.y - top.y) / step };
  const sampled = new Float64Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const a = column / SAMPLES - REACH;
      const b = row / SAMPLES - REACH;
      const x = centre.x + a * across.x + b * down.x;
      sampled[row * SIDE + column] = brightness(picture, x, centre.y + a * across.y + b * down.y);
    }
  }
  const sorted = sampled.filter((value) => !Number.isNaN(value)).sort();
  const dark = sorted[Math.floor(sorted.length * 0.1)] ?? 0;
  const light = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  if (light - dark < LEAST_CONTRAST) return null;
  const levels = sampled.map((value) => {
    const level = (2 * value - dark - light) / (light - dark);
    return Number.isNaN(level) ? 0 : Math.max(-1, Math.min(1, level));
  });
  const places = matches(levels);
  const best = places.reduce((one, other) => (other.match > one.match ? other : one));
  const rival = places
    .filter(({ a, b }) => Math.max(Math.abs(a - best.a), Math.abs(b - best.b)) > SAMPLES)
    .reduce((most, { match }) => Math.max(most, match), 0);
  if (best.match < LEAST_MATCH || best.match - rival < LEAST_LEAD) return null;
  const a = best.a / SAMPLES;
  const b = best.b / SAMPLES;
  return {
    u,
    v,
    x: centre.x + a * across.x + b * down.x,
    y: centre.y + a * across.y + b * down.y,
    weight: WEIGHT,
  };
}

/** How well the pattern fits at each place, in samples from the middle. */
function matches(levels: Float64Array) {
  const most = OFF * SAMPLES;
  const places: { a: number; b: number; match: number }[] = [];
  for (let b = -most; b <= most; b++) {
    for (let a = -most; a <= most; a++) {
      const middle = (REACH * SAMPLES + b) * SIDE + REACH * SAMPLES + a;
      let sum = 0;
      for (const { offset, sign, ring } of MODULES) {
        sum += sign * (ring === 0 ? CENTRE_WEIGHT : 1) * (levels[middle + offset] as number);
      }
      places.push({ a, b, match: sum / WEIGHTS });
    }
  }
  return places;
}
