/** Brightness between the pixels of a picture. */
import type { Picture } from "./picture.js";

/** By the four pixels around, whose middles are at halves; NaN outside the picture. */
export function brightness({ widthPx, heightPx, luma }: Picture, x: number, y: number): number {
  const px = x - 0.5;
  const py = y - 0.5;
  const left = Math.floor(px);
  const top = Math.floor(py);
  if (!(left >= 0 && top >= 0 && left + 1 < widthPx && top + 1 < heightPx)) return NaN;
  const fx = px - left;
  const fy = py - top;
  const at = top * widthPx + left;
  const upper = (luma[at] as number) * (1 - fx) + (luma[at + 1] as number) * fx;
  const lower = (luma[at + widthPx] as number) * (1 - fx) + (luma[at + widthPx + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}
