/** Whether a straightened block has rows of print: noise and textures keep an OCR engine busy for minutes. */
import { SquareSums } from "../square-sums.js";
import type { StraightBlock } from "./straighten.js";

/** Between rows is paper: of the ink of the darkest line of pixels of a row, the lightest has at most this. */
const MOST_BETWEEN = 0.75;
/** Of a block: print is a tenth of it, blurred a fifth; codes are a half. */
const MOST_INK = 0.27;
/** Of the light around it, by which ink is darker. */
const LEAST_INK = 0.04;

export function hasTextRows({ picture, rows, rowPx }: StraightBlock): boolean {
  const { widthPx, heightPx, luma } = picture;
  const ink = new Float64Array(rowPx);
  let [total, squared] = [0, 0];
  const squares = new SquareSums({ widthPx, heightPx, half: rowPx }, luma);
  for (let y = 0; y < heightPx; y++) {
    const sums = squares.nextRow();
    let sum = 0;
    for (let x = 0; x < widthPx; x++) {
      const darker =
        1 - ((luma[y * widthPx + x] as number) * squares.countAt(x)) / (sums[x] as number);
      if (!(darker > LEAST_INK)) continue;
      sum += darker;
      squared += darker * darker;
    }
    total += sum;
    ink[y % rowPx] = (ink[y % rowPx] as number) + sum / (rows * widthPx);
  }
  const most = Math.max(...ink);
  // Of ink that is all as dark as it is on the mean, so much has just this sum and this sum of squares.
  const inkPart = (total * total) / squared / luma.length;
  return inkPart < MOST_INK && Math.min(...ink) <= MOST_BETWEEN * most;
}
