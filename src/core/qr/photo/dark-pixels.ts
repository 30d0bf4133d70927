/** Dark pixels of a picture under uneven light: each against the mean of a square around it. */
import type { Picture } from "../../picture.js";

export interface DarkPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 where dark, else 0. */
  readonly isDark: Uint8Array;
}

/** Brightness below the mean of its square, as a part of it, from which a pixel is dark. */
const DARKER_BY = 0.03;

/** (widthPx + 1) x (heightPx + 1) sums of all pixels above and left; up to 2^24 pixels. */
export function sumTable({ widthPx, heightPx, luma }: Picture): Uint32Array {
  const stride = widthPx + 1;
  const sums = new Uint32Array(stride * (heightPx + 1));
  for (let y = 0; y < heightPx; y++) {
    let row = 0;
    for (let x = 0; x < widthPx; x++) {
      row += luma[y * widthPx + x] as number;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  return sums;
}

/** `sidePx`: of the square; about the size of a finder pattern and more. */
export function darkPixels(picture: Picture, sums: Uint32Array, sidePx: number): DarkPixels {
  const { widthPx, heightPx, luma } = picture;
  const stride = widthPx + 1;
  const isDark = new Uint8Array(widthPx * heightPx);
  const half = Math.max(1, Math.floor(sidePx / 2));
  for (let y = 0; y < heightPx; y++) {
    const top = Math.max(0, y - half) * stride;
    const bottom = Math.min(heightPx, y + half + 1);
    const rows = bottom - Math.max(0, y - half);
    for (let x = 0; x < widthPx; x++) {
      const left = Math.max(0, x - half);
      const right = Math.min(widthPx, x + half + 1);
      const sum =
        (sums[bottom * stride + right] as number) -
        (sums[bottom * stride + left] as number) -
        (sums[top + right] as number) +
        (sums[top + left] as number);
      const mean = sum / (rows * (right - left));
      const value = luma[y * widthPx + x] as number;
      if (value < mean * (1 - DARKER_BY)) isDark[y * widthPx + x] = 1;
    }
  }
  return { widthPx, heightPx, isDark };
}
