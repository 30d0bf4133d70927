/** Dark pixels of a picture under uneven light: each against the mean of a square around it. */
import type { Picture } from "../picture.js";
import { SquareSums } from "../square-sums.js";

export interface DarkPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 where dark, else 0. */
  readonly isDark: Uint8Array;
}

/** Brightness below the mean of its square, as a part of it, from which a pixel is dark. */
const DARKER_BY = 0.03;

/** `sidePx`: of the square; about the size of a finder pattern and more. */
export function darkPixels({ widthPx, heightPx, luma }: Picture, sidePx: number): DarkPixels {
  const isDark = new Uint8Array(widthPx * heightPx);
  const half = Math.max(1, Math.floor(sidePx / 2));
  const squares = new SquareSums({ widthPx, heightPx, half }, luma);
  for (let y = 0, index = 0; y < heightPx; y++) {
    const sums = squares.nextRow();
    for (let x = 0; x < widthPx; x++, index++) {
      const mean = (sums[x] as number) / squares.countAt(x);
      if ((luma[index] as number) < mean * (1 - DARKER_BY)) isDark[index] = 1;
    }
  }
  return { widthPx, heightPx, isDark };
}
