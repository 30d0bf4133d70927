/**
 * Dark runs of letters on a picture, each as one blob: words, numbers, and whatever else is as dark.
 *
 * Light is taken out first, by dividing through the mean of a wide square; then letters are blurred
 * into words, which are what is darker than their surroundings at that scale.
 */
import type { Picture } from "../picture.js";
import type { Vector } from "../plane.js";
import { SquareSums } from "../square-sums.js";

export interface Blob {
  readonly centre: Vector;
  /** Of length 1, along the blob; which of the two ways is open. */
  readonly along: Vector;
  /** From the centre to the ends, along and against `along`, in pixels. */
  readonly ahead: number;
  readonly behind: number;
  /** Standard deviations along and across, in pixels. */
  readonly spread: number;
  readonly thickness: number;
}

/** More are noise or a texture: a full page of small print has some 3,000 words. */
const MOST_BLOBS = 10_000;

/** In units of sigma, the radius of the blur that makes words of letters. */
const SURROUNDINGS = 3.5;
const LIGHT_HALF = 12;
/** How much darker than its surroundings a blob is, as a part of their light. */
const LEAST_RESPONSE = 0.04;
const LEAST_AREA = 8;
const MOST_SPREAD = 20;

/** Blobs of letters that are about 3 `sigma` wide each; none on a texture. */
export function wordBlobs(picture: Picture, sigma: number): readonly Blob[] {
  const { widthPx, heightPx } = picture;
  const ink = inkOf(picture, Math.ceil(LIGHT_HALF * sigma));
  const near = blurred(ink, widthPx, heightPx, sigma);
  const far = blurred(near, widthPx, heightPx, SURROUNDINGS * sigma);
  const isInk = new Uint8Array(ink.length);
  for (let index = 0; index < ink.length; index++) {
    if ((near[index] as number) - (far[index] as number) > LEAST_RESPONSE) isInk[index] = 1;
  }
  const blobs: Blob[] = [];
  for (const pixels of componentsOf(isInk, widthPx, heightPx)) {
    const blob = blobOf(pixels, widthPx);
    if (blob.spread <= 0.8 * sigma || blob.spread >= MOST_SPREAD * sigma) continue;
    blobs.push(blob);
    if (blobs.length > MOST_BLOBS) return [];
  }
  return blobs;
}

/** How dark each pixel is against the mean of its surroundings: 0 as light, 1 black. */
function inkOf({ widthPx, heightPx, luma }: Picture, half: number): Float32Array {
  const ink = new Float32Array(widthPx * heightPx);
  const squares = new SquareSums({ widthPx, heightPx, half }, luma);
  for (let y = 0, index = 0; y < heightPx; y++) {
    const sums = squares.nextRow();
    for (let x = 0; x < widthPx; x++, index++) {
      const mean = Math.max(1, (sums[x] as number) / squares.countAt(x));
      ink[index] = Math.max(-1, 1 - (luma[index] as number) / mean);
    }
  }
  return ink;
}

/** Three boxes one after another, which come near a Gaussian of deviation `sigma`. */
function blurred(
  values: Float32Array,
  widthPx: number,
  heightPx: number,
  sigma: number,
): Float32Array {
  // A box of half h has the variance h (h + 1) / 3.
  const half = Math.max(1, Math.round((Math.sqrt(1 + 4 * sigma * sigma) - 1) / 2));
  const across = new Float32Array(values.length);
  const down = new Float32Array(values.length);
  for (let pass = 0; pass < 3; pass++) {
    boxAcross(pass === 0 ? values : down, across, widthPx, heightPx, half);
    boxDown(across, down, widthPx, heightPx, half);
  }
  return down;
}

/** The mean of 2 `half` + 1 values of a row; the border is repeated. */
function boxAcross(
  values: Float32Array,
  result: Float32Array,
  widthPx: number,
  heightPx: number,
  half: number,
): void {
  const share = 1 / (2 * half + 1);
  const last = widthPx - 1;
  for (let y = 0; y < heightPx; y++) {
    const from = y * widthPx;
    let sum = (half + 1) * (values[from] as number);
    for (let x = 1; x <= half; x++) sum += values[from + Math.min(last, x)] as number;
    for (let x = 0; x < widthPx; x++) {
      result[from + x] = sum * share;
      const next = x + half + 1 > last ? last : x + half + 1;
      const old = x < half ? 0 : x - half;
      sum += (values[from + next] as number) - (values[from + old] as number);
    }
  }
}

/** As `boxAcross`, of a column; row by row, as the values lie in memory. */
function boxDown(
  values: Float32Array,
  result: Float32Array,
  widthPx: number,
  heightPx: number,
  half: number,
): void {
  const share = 1 / (2 * half + 1);
  const sums = new Float64Array(widthPx);
  for (let y = -half; y <= half; y++) {
    const from = Math.min(heightPx - 1, Math.max(0, y)) * widthPx;
    for (let x = 0; x < widthPx; x++) sums[x] = (sums[x] as number) + (values[from + x] as number);
  }
  for (let y = 0; y < heightPx; y++) {
    const next = Math.min(heightPx - 1, y + half + 1) * widthPx;
    const old = Math.max(0, y - half) * widthPx;
    const to = y * widthPx;
    for (let x = 0; x < widthPx; x++) {
      const sum = sums[x] as number;
      result[to + x] = sum * share;
      sums[x] = sum + (values[next + x] as number) - (values[old + x] as number);
    }
  }
}

/** Indices of pixels that touch, also over corners. */
function* componentsOf(
  isInk: Uint8Array,
  widthPx: number,
  heightPx: number,
): Generator<readonly number[]> {
  for (let start = 0; start < isInk.length; start++) {
    if (isInk[start] !== 1) continue;
    const pixels = [start];
    isInk[start] = 2;
    // The list grows while it is walked.
    for (const pixel of pixels) {
      const x = pixel % widthPx;
      const y = (pixel - x) / widthPx;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(heightPx - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(widthPx - 1, x + 1); nx++) {
          const other = ny * widthPx + nx;
          if (isInk[other] !== 1) continue;
          isInk[other] = 2;
          pixels.push(other);
        }
      }
    }
    if (pixels.length >= LEAST_AREA) yield pixels;
  }
}

function blobOf(pixels: readonly number[], widthPx: number): Blob {
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0];
  for (const pixel of pixels) {
    const x = pixel % widthPx;
    const y = (pixel - x) / widthPx;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
  }
  const n = pixels.length;
  const [cx, cy] = [sx / n, sy / n];
  const [vxx, vxy, vyy] = [sxx / n - cx * cx, sxy / n - cx * cy, syy / n - cy * cy];
  const angle = Math.atan2(2 * vxy, vxx - vyy) / 2;
  const along = { x: Math.cos(angle), y: Math.sin(angle) };
  const mean = (vxx + vyy) / 2;
  const difference = Math.hypot((vxx - vyy) / 2, vxy);
  let [ahead, behind] = [0, 0];
  for (const pixel of pixels) {
    const x = pixel % widthPx;
    const y = (pixel - x) / widthPx;
    const far = (x - cx) * along.x + (y - cy) * along.y;
    ahead = Math.max(ahead, far);
    behind = Math.max(behind, -far);
  }
  return {
    centre: { x: cx + 0.5, y: cy + 0.5 },
    along,
    ahead: ahead + 0.5,
    behind: behind + 0.5,
    spread: Math.sqrt(mean + difference),
    thickness: Math.sqrt(Math.max(0, mean - difference)),
  };
}
