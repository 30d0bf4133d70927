/**
 * The word that a patch of a picture shows: the one whose shape agrees best with it, at any small
 * shift, whatever the light and the ink are.
 *
 * Agreement is the correlation of what is seen with what would be printed. The shape of a word is the
 * sum of those of its letters, so each letter is compared once at each place for all words together.
 */
import { GLYPH_WIDTH } from "./glyphs.js";
import {
  areaWidth,
  LEFT_MARGIN,
  OVERLAP,
  SHAPE_HEIGHT,
  SHAPE_WIDTH,
  type WordShapes,
} from "./letter-shapes.js";

/** Brightness at squares around a place: 2 x `margin` more than is compared, each way. */
export interface Patch {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Float32Array;
  readonly margin: number;
}

export interface RankedWord {
  readonly word: string;
  readonly agreement: number;
}

export interface WordMatch {
  /** Correlation, -1 to 1, of the best word. */
  readonly agreement: number;
  /** The words that agree best, likeliest first. */
  readonly words: readonly RankedWord[];
  /** How much darker than the paper its ink is, in units of brightness. */
  readonly ink: number;
  /** Where it was found, in squares right and down of the place. */
  readonly shiftX: number;
  readonly shiftY: number;
}

export function patchSize(slots: number, margin: number) {
  return {
    widthPx: areaWidth(slots) + OVERLAP + 2 * margin,
    heightPx: SHAPE_HEIGHT + 2 * margin,
  };
}

/** Shifts of the first look are so many squares apart, and of the second look so far around. */
const COARSE = 2;
const FINE_REACH = 1;
/** Words that are looked at a second time. */
const SHORT_LIST = 80;
/** Words that are given out. */
export const RANKED = 8;

export function matchWord(patch: Patch, shapes: WordShapes): WordMatch {
  const { margin } = patch;
  const every = Uint16Array.from(shapes.words.keys());
  const steps = apart(margin);
  const coarse = look(patch, shapes, every, steps, steps);
  const floor = Float32Array.from(coarse.best).sort().at(-SHORT_LIST) ?? -1;
  const list = every.filter((word) => (coarse.best[word] as number) >= floor);
  const fine = look(
    patch,
    shapes,
    list,
    around(coarse.shiftX, margin),
    around(coarse.shiftY, margin),
  );
  const words = Array.from(list, (word) => ({
    word: shapes.words[word] as string,
    agreement: fine.best[word] as number,
  }))
    .sort((a, b) => b.agreement - a.agreement)
    .slice(0, RANKED);
  const { agreement, ink, shiftX, shiftY } = fine;
  return { agreement, words, ink, shiftX, shiftY };
}

/** How many shifts `matchWord` compares at. */
export function shiftsOf(margin: number): number {
  return apart(margin).length ** 2 + (2 * FINE_REACH + 1) ** 2;
}

function apart(margin: number): readonly number[] {
  const count = Math.floor(margin / COARSE);
  return Array.from({ length: 2 * count + 1 }, (_, index) => (index - count) * COARSE);
}

function around(middle: number, margin: number): readonly number[] {
  return Array.from(
    { length: 2 * FINE_REACH + 1 },
    (_, index) => middle + index - FINE_REACH,
  ).filter((shift) => Math.abs(shift) <= margin);
}

/** The best agreement of each word of a list, in the list's order, over some shifts. */
function look(
  patch: Patch,
  shapes: WordShapes,
  list: Uint16Array,
  shiftsX: readonly number[],
  shiftsY: readonly number[],
) {
  const { words, slots, letterCount, spelling, lengths, shared, sums, scales, area } = shapes;
  const { values, widthPx, margin } = patch;
  const isWhole = list.length === words.length;
  const products = new Float32Array(slots * letterCount);
  const best = new Float32Array(words.length).fill(-1);
  const partial = new Float32Array(slots + 1);
  let found = { agreement: -1, ink: 0, shiftX: 0, shiftY: 0 };
  for (const shiftY of shiftsY) {
    for (const shiftX of shiftsX) {
      const [left, top] = [margin + shiftX, margin + shiftY];
      const { mean, scale } = statistics(values, widthPx, left, top, areaWidth(slots), area);
      if (scale === 0) continue;
      letterProducts(patch, left, top, shapes, products);
      // eslint-disable-next-line @typescript-eslint/prefer-for-of -- the innermost loop but one
      for (let index = 0; index < list.length; index++) {
        const word = list[index] as number;
        const length = lengths[word] as number;
        // What a word begins with in common with the one before it was summed for that one.
        for (let slot = isWhole ? (shared[word] as number) : 0; slot < length; slot++) {
          const letter = spelling[word * slots + slot] as number;
          partial[slot + 1] =
            (partial[slot] as number) + (products[slot * letterCount + letter] as number);
        }
        const product = mean * (sums[word] as number) - (partial[length] as number);
        const agreement = product * (scales[word] as number) * scale;
        if (agreement > (best[word] as number)) {
          best[word] = agreement;
          if (agreement > found.agreement) {
            found = { agreement, ink: product * (scales[word] as number) ** 2, shiftX, shiftY };
          }
        }
      }
    }
  }
  return { ...found, best };
}

/** By slot and letter: the sum of brightness times ink. */
function letterProducts(
  { values, widthPx }: Patch,
  left: number,
  top: number,
  { slots, letterCount, letters, inkRows }: WordShapes,
  products: Float32Array,
): void {
  for (let slot = 0; slot < slots; slot++) {
    const start = left + slot * GLYPH_WIDTH + LEFT_MARGIN - OVERLAP;
    for (let letter = 0; letter < letterCount; letter++) {
      const shape = letter * SHAPE_WIDTH * SHAPE_HEIGHT;
      const end = inkRows[2 * letter + 1] as number;
      let sum = 0;
      for (let y = inkRows[2 * letter] as number; y < end; y++) {
        const from = (y + top) * widthPx + start;
        const row = shape + y * SHAPE_WIDTH;
        for (let column = 0; column < SHAPE_WIDTH; column++) {
          sum += (values[from + column] as number) * (letters[row + column] as number);
        }
      }
      products[slot * letterCount + letter] = sum;
    }
  }
}

/** The mean of the squares that are compared, and 1 / the root of their variance, times the area. */
function statistics(
  values: Float32Array,
  widthPx: number,
  sx: number,
  sy: number,
  width: number,
  area: number,
) {
  let [sum, squares] = [0, 0];
  for (let y = 0; y < SHAPE_HEIGHT; y++) {
    const from = (y + sy) * widthPx + sx;
    for (let x = 0; x < width; x++) {
      const value = values[from + x] as number;
      sum += value;
      squares += value * value;
    }
  }
  const variance = squares - (sum * sum) / area;
  return { mean: sum / area, scale: variance < 1e-6 ? 0 : 1 / Math.sqrt(variance) };
}
