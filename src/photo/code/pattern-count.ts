/**
 * About how many finder patterns a decoder will see on a picture, for a small part of what finding them
 * takes: what decoders do with all pairs and triples of thousands of them takes minutes.
 */
import type { Picture } from "../picture.js";

/** Rows that are looked at, one of so many: fewer than cross the middle of a pattern of 1 pixel a module. */
const ROW_STEP = 3;
/** The mean of so many pixels on each side separates dark from light. */
const REACH = 40;
/** Of the mean, by which a pixel is darker or lighter. */
const CONTRAST = 0.04;
/** Pictures are looked at in sizes a third of one another, as zxing does, until a side is below this. */
const LEAST_SIDE_PX = 500;
const SHRINK = 3;
/** A sheet's code has three; what a decoder does with all triples grows with the cube of them. */
const PATTERNS_LIMIT = 5000;

/** Whether so many patterns are on it, or on it as it is seen from further off, that decoders get stuck. */
export function hasTooManyPatterns(picture: Picture): boolean {
  for (let seen = picture; ; seen = third(seen)) {
    if (patternCount(seen, PATTERNS_LIMIT) > PATTERNS_LIMIT) return true;
    if (Math.min(seen.widthPx, seen.heightPx) < LEAST_SIDE_PX) return false;
  }
}

/** Dark ones on light and light ones on dark; about, since of some rows only. Ends above `most`. */
export function patternCount(picture: Picture, most = Infinity): number {
  const { widthPx, heightPx } = picture;
  const levels = new Float32Array(widthPx);
  let count = 0;
  for (let y = ROW_STEP >> 1; y < heightPx && count <= most; y += ROW_STEP) {
    localMeans(picture, y, levels);
    const runs = [0, 0, 0, 0, 0];
    let [colour, start] = [0, 0];
    for (let x = 0; x <= widthPx; x++) {
      const next = x < widthPx ? colourAt(picture, x, y, levels[x] as number, colour) : 1 - colour;
      if (next === colour) continue;
      runs.shift();
      runs.push(x - start);
      start = x;
      colour = next;
      if (!isRatio(runs)) continue;
      const [, , core = 0, ring = 0, rim = 0] = runs;
      const middle = Math.floor(x - rim - ring - core / 2);
      const height = coreHeight(picture, middle, y, levels[middle] as number, core);
      // As many of the rows that are looked at cross the middle of a pattern.
      count += height === 0 ? 0 : Math.min(1, ROW_STEP / height);
    }
  }
  return count;
}

function localMeans({ widthPx, luma }: Picture, y: number, means: Float32Array): void {
  const from = y * widthPx;
  let sum = 0;
  for (let x = -REACH; x < widthPx + REACH; x++) {
    const next = x + REACH;
    if (next >= 0 && next < widthPx) sum += luma[from + next] as number;
    const old = x - REACH - 1;
    if (old >= 0 && old < widthPx) sum -= luma[from + old] as number;
    if (x < 0 || x >= widthPx) continue;
    means[x] = sum / (Math.min(widthPx - 1, next) - Math.max(0, x - REACH) + 1);
  }
}

/** 1 dark, 0 light; what is neither is as what was before it. */
function colourAt({ widthPx, luma }: Picture, x: number, y: number, mean: number, before: number) {
  const value = luma[y * widthPx + x] as number;
  return value < mean * (1 - CONTRAST) ? 1 : value > mean * (1 + CONTRAST) ? 0 : before;
}

/** 1:1:3:1:1, about. */
function isRatio([a = 0, b = 0, core = 0, d = 0, e = 0]: readonly number[]): boolean {
  const unit = (a + b + core + d + e) / 7;
  const off = Math.max(1, 0.7 * unit);
  return (
    unit >= 1 &&
    Math.abs(core - 3 * unit) <= 2 * off &&
    [a, b, d, e].every((run) => run > 0 && Math.abs(run - unit) <= off)
  );
}

/** Pixels down the middle, 0 where the rings above and below it are not there. */
function coreHeight(picture: Picture, x: number, y: number, mean: number, widthPx: number): number {
  const colour = colourAt(picture, x, y, mean, 1);
  const up = edgesAlong(picture, x, y, -1, mean, colour, widthPx);
  const down = up === null ? null : edgesAlong(picture, x, y, 1, mean, colour, widthPx);
  if (up === null || down === null) return 0;
  const runs = [up.rim, up.ring, up.core + down.core - 1, down.ring, down.rim];
  return isRatio(runs) ? up.core + down.core - 1 : 0;
}

/** From the middle over the ring: pixels of the core, of what is between, and of the ring. */
function edgesAlong(
  picture: Picture,
  x: number,
  y: number,
  step: 1 | -1,
  mean: number,
  first: number,
  widthPx: number,
) {
  const lengths: number[] = [];
  let at = y;
  let colour = first;
  for (let part = 0; part < 3; part++) {
    const start = at;
    while (at >= 0 && at < picture.heightPx && colourAt(picture, x, at, mean, colour) === colour) {
      at += step;
      if (Math.abs(at - start) > 2 * widthPx) return null;
    }
    if (at === start) return null;
    lengths.push(Math.abs(at - start));
    colour = 1 - colour;
  }
  const [core = 0, ring = 0, rim = 0] = lengths;
  return { core, ring, rim };
}

/** The means of nine pixels. */
function third({ widthPx, heightPx, luma }: Picture): Picture {
  const [width, height] = [Math.floor(widthPx / SHRINK), Math.floor(heightPx / SHRINK)];
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = 0; row < SHRINK; row++) {
        const at = (SHRINK * y + row) * widthPx + SHRINK * x;
        sum += (luma[at] as number) + (luma[at + 1] as number) + (luma[at + 2] as number);
      }
      result[y * width + x] = sum / (SHRINK * SHRINK);
    }
  }
  return { widthPx: width, heightPx: height, luma: result };
}
