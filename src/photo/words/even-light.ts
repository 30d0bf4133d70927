/** A picture without its light: every pixel against the paper around it. */
import type { Picture } from "../picture.js";
import { SquareSums } from "../square-sums.js";

/** What paper is brought to, of 255. */
const PAPER = 200;

/** `half`: of the square whose brighter pixels are taken for paper, in pixels. */
export function evenLight({ widthPx, heightPx, luma }: Picture, half: number): Picture {
  const squares = { widthPx, heightPx, half };
  const bright = new Uint8Array(luma.length);
  const isBright = new Uint8Array(luma.length);
  const means = new SquareSums(squares, luma);
  for (let y = 0, index = 0; y < heightPx; y++) {
    const sums = means.nextRow();
    for (let x = 0; x < widthPx; x++, index++) {
      const value = luma[index] as number;
      if (value * means.countAt(x) < (sums[x] as number)) continue;
      isBright[index] = 1;
      bright[index] = value;
    }
  }
  const result = new Uint8Array(luma.length);
  const ofBright = new SquareSums(squares, bright);
  const ofCounts = new SquareSums(squares, isBright);
  for (let y = 0, index = 0; y < heightPx; y++) {
    const sums = ofBright.nextRow();
    const counts = ofCounts.nextRow();
    for (let x = 0; x < widthPx; x++, index++) {
      const white = (sums[x] as number) / Math.max(1, counts[x] as number);
      result[index] = Math.min(255, (PAPER * (luma[index] as number)) / Math.max(1, white));
    }
  }
  return { widthPx, heightPx, luma: result };
}
