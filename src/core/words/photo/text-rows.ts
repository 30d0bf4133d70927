/** Whether a straightened block has rows of print: noise and textures keep an OCR engine busy for minutes. */
import { SquareSums } from "../../square-sums.js";
import type { StraightBlock } from "./straighten.js";

/** Between rows is paper: of the ink of the darkest line of pixels of a row, the lightest has at most this. */
const MOST_BETWEEN = 0.75;
/** Of the light around it, by which ink is darker. */
const LEAST_INK = 0.04;

export function hasTextRows({ picture, rows, rowPx }: StraightBlock): boolean {
  const { widthPx, heightPx, luma } = picture;
  const ink = new Float64Array(rowPx);
  const squares = new SquareSums({ widthPx, heightPx, half: rowPx }, luma);
  for (let y = 0; y < heightPx; y++) {
    const sums = squares.nextRow();
    let sum = 0;
    for (let x = 0; x < widthPx; x++) {
      const darker =
        1 - ((luma[y * widthPx + x] as number) * squares.countAt(x)) / (sums[x] as number);
      if (darker > LEAST_INK) sum += darker;
    }
    ink[y % rowPx] = (ink[y % rowPx] as number) + sum / (rows * widthPx);
  }
  const most = Math.max(...ink);
  return most > 0 && Math.min(...ink) <= MOST_BETWEEN * most;
}
