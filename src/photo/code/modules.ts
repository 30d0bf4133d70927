/** The modules of a code as seen: how dark each is against what surrounds it, and how sure that is. */
import type { Picture } from "../picture.js";
import { brightness } from "../brightness.js";
import type { SeenModules } from "../../core/qr/codewords.js";
import type { Grid } from "./grid.js";

/** Modules a side of a tile; one threshold separates dark from light in it. */
const TILE = 3;
/** Modules on each side of a tile that its threshold is made of. */
const WINDOW = 4;
/** A contrast below which nothing is seen, of 255. */
const LEAST_CONTRAST = 10;
/** Of a module's darkness, what blur gives to each module beside it. */
const SPREAD = 0.08;
/** A square of so many modules of one colour is hardly in a code: masks are chosen against them. */
const EVEN_SIDE = 4;
const EVEN_SURENESS = 0.05;
/** Of a module of the same colour beside such a square. */
const EDGE_SURENESS = 0.3;
/** Of a grid's nodes, from which on the modules around are as sure as they look. */
const FULL_TRUST = 0.25;

export function seeModules(picture: Picture, size: number, grid: Grid): SeenModules {
  const values = unblurred(sampled(picture, size, grid), size);
  const darkness = new Float64Array(size * size);
  for (let top = 0; top < size; top += TILE) {
    for (let left = 0; left < size; left += TILE) {
      const levels = levelsAround(values, size, top, left);
      if (levels === null) continue;
      for (let row = top; row < Math.min(size, top + TILE); row++) {
        for (let column = left; column < Math.min(size, left + TILE); column++) {
          const value = values[row * size + column] as number;
          if (Number.isNaN(value)) continue;
          const seen = (levels.middle - value) / levels.half;
          darkness[row * size + column] = Math.max(-1, Math.min(1, seen));
        }
      }
    }
  }
  return { darkness, sureness: surenessOf(darkness, size, grid) };
}

/** Between the dark and the light modules around a tile; null where there is no contrast. */
function levelsAround(values: Float64Array, size: number, top: number, left: number) {
  const near: number[] = [];
  const [lastRow, lastColumn] = [top + TILE + WINDOW, left + TILE + WINDOW];
  for (let row = Math.max(0, top - WINDOW); row < Math.min(size, lastRow); row++) {
    for (let column = Math.max(0, left - WINDOW); column < Math.min(size, lastColumn); column++) {
      const value = values[row * size + column] as number;
      if (!Number.isNaN(value)) near.push(value);
    }
  }
  if (near.length === 0) return null;
  near.sort((a, b) => a - b);
  const dark = near[Math.floor(near.length * 0.15)] as number;
  const light = near[Math.floor(near.length * 0.85)] as number;
  const half = (light - dark) / 2;
  return half < LEAST_CONTRAST / 2 ? null : { middle: (light + dark) / 2, half };
}

/** The mean of nine samples of each module; NaN where it is not on the picture. */
function sampled(picture: Picture, size: number, grid: Grid): Float64Array {
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const centre = grid.place(column + 0.5, row + 0.5);
      const right = grid.place(column + 1, row + 0.5);
      const down = grid.place(column + 0.5, row + 1);
      const ux = (right.x - centre.x) * 0.5;
      const uy = (right.y - centre.y) * 0.5;
      const vx = (down.x - centre.x) * 0.5;
      const vy = (down.y - centre.y) * 0.5;
      let sum = brightness(picture, centre.x, centre.y);
      for (let a = -1; a <= 1; a++) {
        for (let b = -1; b <= 1; b++) {
          sum += brightness(picture, centre.x + a * ux + b * vx, centre.y + a * uy + b * vy);
        }
      }
      values[row * size + column] = sum / 10;
    }
  }
  return values;
}

/** Each module without what its neighbours gave to it, to the first order. */
function unblurred(values: Float64Array, size: number): Float64Array {
  return values.map((value, index) => {
    const row = Math.floor(index / size);
    const column = index % size;
    let sum = 0;
    const take = (other: number | undefined) => {
      sum += other === undefined || Number.isNaN(other) ? value : other;
    };
    take(row > 0 ? values[index - size] : undefined);
    take(row < size - 1 ? values[index + size] : undefined);
    take(column > 0 ? values[index - 1] : undefined);
    take(column < size - 1 ? values[index + 1] : undefined);
    return value + SPREAD * (4 * value - sum);
  });
}

/**
 * As plain as a module is dark or light, but for where the grid has nothing to hold on to, and for
 * even squares: stains, holes, shadows.
 */
function surenessOf(darkness: Float64Array, size: number, grid: Grid): Float64Array {
  const most = mostSureness(darkness, size);
  return darkness.map((value, index) => {
    const row = Math.floor(index / size);
    const trust = grid.trust((index % size) + 0.5, row + 0.5);
    return Math.min(most[index] as number, Math.abs(value) * Math.min(1, trust / FULL_TRUST));
  });
}

/** What even squares leave of the sureness of each module, of 1. */
export function mostSureness(darkness: Float64Array, size: number): Float64Array {
  const most = new Float64Array(size * size).fill(1);
  /** Beside a square, only what has its colour may be a part of what it is of. */
  const doubt = (row: number, column: number, limit: number, isDark: boolean) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    const index = row * size + column;
    const seen = darkness[index] as number;
    if (limit === EDGE_SURENESS && seen !== 0 && seen > 0 !== isDark) return;
    most[index] = Math.min(most[index] as number, limit);
  };
  for (let row = 0; row + EVEN_SIDE <= size; row++) {
    for (let column = 0; column + EVEN_SIDE <= size; column++) {
      const colour = colourOf(darkness, size, row, column);
      if (colour === null) continue;
      for (let i = -1; i <= EVEN_SIDE; i++) {
        for (let j = -1; j <= EVEN_SIDE; j++) {
          const isEdge = i < 0 || j < 0 || i === EVEN_SIDE || j === EVEN_SIDE;
          doubt(row + i, column + j, isEdge ? EDGE_SURENESS : EVEN_SURENESS, colour === "dark");
        }
      }
    }
  }
  doubtRims(most, size);
  return most;
}

/** Of an even square, null for another. */
function colourOf(darkness: Float64Array, size: number, top: number, left: number) {
  let dark = 0;
  let light = 0;
  for (let row = top; row < top + EVEN_SIDE; row++) {
    for (let column = left; column < left + EVEN_SIDE; column++) {
      const value = darkness[row * size + column] as number;
      if (value > 0) dark++;
      if (value < 0) light++;
    }
  }
  return dark > 0 && light > 0 ? null : dark > 0 ? "dark" : "light";
}

/**
 * What is between an even square and the outline is cut off from all that a grid holds on to: where the
 * code is torn or black up to there, it is the paper around it, and looks as plain as modules do.
 */
function doubtRims(most: Float64Array, size: number): void {
  const rims = [
    (along: number, into: number) => along * size + into,
    (along: number, into: number) => along * size + size - 1 - into,
    (along: number, into: number) => into * size + along,
    (along: number, into: number) => (size - 1 - into) * size + along,
  ];
  for (const at of rims) {
    for (let along = 0; along < size; along++) {
      const line = Array.from({ length: EVEN_SIDE }, (_, into) => at(along, into));
      const first = line.findIndex((index) => (most[index] as number) <= EVEN_SURENESS);
      for (const index of line.slice(0, Math.max(0, first))) most[index] = EVEN_SURENESS;
    }
  }
}
