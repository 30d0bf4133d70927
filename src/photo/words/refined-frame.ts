/**
 * A frame moved, slanted and stretched until the word that was found in it agrees best: the map says where
 * a word stands, but only the word itself says how large it is there, behind a fold or on a curl.
 */
import type { Picture } from "../picture.js";
import { SHAPE_HEIGHT, shapeOfWord, type WordShapes } from "./letter-shapes.js";
import { type Frame, leaning, patchAt, shifted, slanted } from "./patches.js";

type Move = (frame: Frame, step: number) => Frame;

/** Steps in squares, in squares down a square right or right a square down, and in parts of the width. */
const MOVES: readonly Move[] = [
  (frame, step) => slanted(frame, 0, 1 + 0.04 * step),
  (frame, step) => slanted(frame, 0.03 * step, 1),
  (frame, step) => shifted(frame, 0.6 * step, 0),
  (frame, step) => shifted(frame, 0, 0.6 * step),
  (frame, step) => leaning(frame, 0.06 * step),
];
const STEPS = [1, 0.5];
const ROUNDS = 5;

/** `word` is one of `shapes`. */
export function refinedFrame(
  picture: Picture,
  frame: Frame,
  word: string,
  shapes: WordShapes,
): Frame {
  const shape = shapeOfWord(shapes, word);
  let best = { frame, agreement: agreementAt(picture, frame, shape, shapes) };
  for (const step of STEPS) {
    for (let round = 0; round < ROUNDS; round++) {
      const before = best.agreement;
      for (const move of MOVES) {
        for (const way of [step, -step]) {
          const moved = move(best.frame, way);
          const agreement = agreementAt(picture, moved, shape, shapes);
          if (agreement > best.agreement) best = { frame: moved, agreement };
        }
      }
      if (best.agreement === before) break;
    }
  }
  return best.frame;
}

/** The correlation of what is seen with the ink of a shape. */
function agreementAt(
  picture: Picture,
  frame: Frame,
  shape: Float32Array,
  { slots, area }: WordShapes,
): number {
  const { values, widthPx } = patchAt(picture, frame, slots, 0);
  const width = area / SHAPE_HEIGHT;
  let [sum, squares, inkSum, inkSquares, both] = [0, 0, 0, 0, 0];
  for (let y = 0; y < SHAPE_HEIGHT; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * widthPx + x] as number;
      const ink = shape[y * width + x] as number;
      sum += value;
      squares += value * value;
      inkSum += ink;
      inkSquares += ink * ink;
      both += value * ink;
    }
  }
  const spread = (squares - (sum * sum) / area) * (inkSquares - (inkSum * inkSum) / area);
  return spread < 1e-9 ? 0 : ((sum * inkSum) / area - both) / Math.sqrt(spread);
}
