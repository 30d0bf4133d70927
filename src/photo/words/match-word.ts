/**
 * The word that a patch of a picture shows: the one whose shape agrees best with it, at any small
 * shift, whatever the light and the ink are.
 *
 * Agreement is the correlation of what is seen with what would be printed. The shape of a word is the
 * sum of those of its letters, so each letter is compared once at each place for all words together.
 */
import {
  areaWidth,
  type LetterShapes,
  OVERLAP,
  SHAPE_HEIGHT,
  type WordShapes,
} from "./letter-shapes.js";
import { PAIRS } from "./spelled-words.js";

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
  const steps = apart(margin);
  const coarse = look(halved(patch), shapes, shapes.coarse, shapes.every, steps, steps);
  const floor = largest(coarse.best, SHORT_LIST);
  const list = shapes.every.filter((word) => (coarse.best[word] as number) >= floor);
  const fine = look(
    { ...patch, zero: margin },
    shapes,
    shapes.fine,
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

/** What is compared with shapes of one resolution. */
interface Samples {
  readonly widthPx: number;
  readonly values: Float32Array;
  /** Where what is compared begins without a shift, in squares right and down. */
  readonly zero: number;
}

/** The means of four squares, counted from the place on: the shifts of the first look are even. */
function halved({ values, widthPx, heightPx, margin }: Patch): Samples {
  const odd = margin % COARSE;
  const [width, height] = [widthPx, heightPx].map((side) => (side - odd) >> 1);
  const halves = new Float32Array((width as number) * (height as number));
  for (let y = 0, index = 0; y < (height as number); y++) {
    for (let x = 0; x < (width as number); x++, index++) {
      const at = (2 * y + odd) * widthPx + 2 * x + odd;
      const upper = (values[at] as number) + (values[at + 1] as number);
      const lower = (values[at + widthPx] as number) + (values[at + widthPx + 1] as number);
      halves[index] = (upper + lower) / 4;
    }
  }
  return { widthPx: width as number, values: halves, zero: margin - odd };
}

/** The value that has `count` - 1 larger ones, by Hoare's selection. */
function largest(values: Float32Array, count: number): number {
  const left = Float32Array.from(values);
  const at = left.length - count;
  for (let [from, to] = [0, left.length - 1]; from < to;) {
    const pivot = left[(from + to) >> 1] as number;
    let [low, high] = [from, to];
    while (low <= high) {
      while ((left[low] as number) < pivot) low++;
      while ((left[high] as number) > pivot) high--;
      if (low > high) break;
      const value = left[low] as number;
      left[low++] = left[high] as number;
      left[high--] = value;
    }
    if (at <= high) to = high;
    else if (at >= low) from = low;
    else break;
  }
  return left[at] ?? -1;
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

/** The best agreement of each word of a list, over some shifts; -1 of all others. */
function look(
  samples: Samples,
  spelled: WordShapes,
  shapes: LetterShapes,
  list: Uint16Array,
  shiftsX: readonly number[],
  shiftsY: readonly number[],
) {
  const { step, sums, scales } = shapes;
  const { words, pairs } = spelled;
  const isWhole = list.length === words.length;
  const used = isWhole
    ? null
    : { letters: lettersOf(list, spelled), pairs: pairsOf(list, spelled) };
  const products = new LetterProducts(samples, shapes, used);
  const best = new Float32Array(words.length).fill(-1);
  let found = { agreement: -1, ink: 0, shiftX: 0, shiftY: 0 };
  for (const shiftY of shiftsY) {
    const top = (samples.zero + shiftY) / step;
    products.moveTo(top);
    for (const shiftX of shiftsX) {
      const left = (samples.zero + shiftX) / step;
      const { mean, scale } = statistics(samples, left, top, shapes);
      if (scale === 0) continue;
      const ofPairs = products.ofPairs(left);
      // eslint-disable-next-line @typescript-eslint/prefer-for-of -- the innermost loop but one
      for (let index = 0; index < list.length; index++) {
        const word = list[index] as number;
        const at = word * PAIRS;
        const seen =
          (ofPairs[pairs[at] as number] as number) +
          (ofPairs[pairs[at + 1] as number] as number) +
          ((ofPairs[pairs[at + 2] as number] as number) +
            (ofPairs[pairs[at + 3] as number] as number));
        const product = (mean * (sums[word] as number) - seen) * (scales[word] as number);
        const agreement = product * scale;
        if (agreement > (best[word] as number)) {
          best[word] = agreement;
          if (agreement > found.agreement) {
            found = { agreement, ink: product * (scales[word] as number), shiftX, shiftY };
          }
        }
      }
    }
  }
  return { ...found, best };
}

/** 1 for each letter that a word of a list has in a slot: by slot and letter. */
function lettersOf(list: Uint16Array, { slots, alphabet, codes }: WordShapes): Uint8Array {
  const isUsed = new Uint8Array(slots * alphabet.length);
  for (const word of list) {
    const letters = codes[word] as readonly number[];
    for (let slot = 0; slot < letters.length; slot++) {
      isUsed[slot * alphabet.length + (letters[slot] as number)] = 1;
    }
  }
  return isUsed;
}

/** The pairs of a list, each once, without that of no letters. */
function pairsOf(list: Uint16Array, { pairs }: WordShapes): Uint16Array {
  const used = new Set<number>();
  for (const word of list) {
    for (let at = word * PAIRS; at < (word + 1) * PAIRS; at++) used.add(pairs[at] as number);
  }
  used.delete(0);
  return Uint16Array.from(used);
}

/** What of the words is asked for. */
interface Used {
  /** As `lettersOf` gives them. */
  readonly letters: Uint8Array;
  readonly pairs: Uint16Array;
}

/** Sums of brightness times ink: of letters at each place, and of pairs of them in the words' slots. */
class LetterProducts {
  readonly #samples: Samples;
  readonly #shapes: LetterShapes;
  readonly #slots: number;
  readonly #used: Used | null;
  #top = 0;
  /** By where a letter begins, and by letter: shifts a slot apart have most of them in common. */
  readonly #products: Float32Array;
  readonly #isKnown: Uint8Array;
  readonly #seen: Float64Array;
  readonly #ofPairs: Float32Array;

  /**
   * `used`: what is to be summed, at shifts less than a slot apart; null for all, at any shifts.
   */
  constructor(samples: Samples, shapes: LetterShapes, used: Used | null) {
    const { widthPx, heightPx, advancePx, marginPx, areaWidthPx, letterCount } = shapes;
    this.#samples = samples;
    this.#shapes = shapes;
    this.#used = used;
    this.#slots = Math.floor((areaWidthPx - marginPx) / advancePx);
    this.#products = new Float32Array(samples.widthPx * letterCount);
    this.#isKnown = new Uint8Array(samples.widthPx);
    this.#seen = new Float64Array(widthPx * heightPx);
    this.#ofPairs = new Float32Array(shapes.pairPlaces.length / 2);
  }

  /** To the shift down whose upper edge is so far down. */
  moveTo(top: number): void {
    this.#top = top;
    this.#isKnown.fill(0);
  }

  /** As `pairPlaces` counts them; the same array each time. */
  ofPairs(left: number): Float32Array {
    const { letterCount, advancePx, pairPlaces } = this.#shapes;
    for (let slot = 0; slot < this.#slots; slot++) this.#look(left + slot * advancePx, slot);
    const products = this.#products;
    const ofPairs = this.#ofPairs;
    const from = left * letterCount;
    const pairs = this.#used?.pairs ?? this.#shapes.everyPair;
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an inner loop
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index] as number;
      const second = pairPlaces[2 * pair + 1] as number;
      ofPairs[pair] =
        (products[from + (pairPlaces[2 * pair] as number)] as number) +
        (second < 0 ? 0 : (products[from + second] as number));
    }
    return ofPairs;
  }

  #look(left: number, slot: number): void {
    if (this.#isKnown[left] === 1) return;
    this.#isKnown[left] = 1;
    const { widthPx, heightPx, marginPx, letterCount } = this.#shapes;
    const { values, widthPx: across } = this.#samples;
    const seen = this.#seen;
    for (let y = 0, index = 0; y < heightPx; y++) {
      const from = (y + this.#top) * across + left + marginPx;
      for (let x = 0; x < widthPx; x++, index++) seen[index] = values[from + x] as number;
    }
    const isUsed =
      this.#used?.letters.subarray(slot * letterCount, (slot + 1) * letterCount) ?? null;
    compare(seen, this.#shapes, isUsed, this.#products, left * letterCount);
  }
}

/** Writes the products of letters with `seen`, as much as a letter is, from `to` on. */
function compare(
  seen: Float64Array,
  { letterCount, widthPx, letters, inkRows }: LetterShapes,
  isUsed: Uint8Array | null,
  products: Float32Array,
  to: number,
): void {
  for (let letter = 0; letter < letterCount; letter++) {
    if (isUsed !== null && isUsed[letter] !== 1) continue;
    const shape = letter * seen.length;
    const end = widthPx * (inkRows[2 * letter + 1] as number);
    // Rows are of fives. Two sums, so that neither waits for the other.
    let [even, odd] = [0, 0];
    for (let at = widthPx * (inkRows[2 * letter] as number); at < end; at += 5) {
      const ink = shape + at;
      even +=
        (seen[at] as number) * (letters[ink] as number) +
        (seen[at + 2] as number) * (letters[ink + 2] as number) +
        (seen[at + 4] as number) * (letters[ink + 4] as number);
      odd +=
        (seen[at + 1] as number) * (letters[ink + 1] as number) +
        (seen[at + 3] as number) * (letters[ink + 3] as number);
    }
    products[to + letter] = even + odd;
  }
}

/** The mean of the samples that are compared, and 1 / the root of their variance, times the area. */
function statistics(
  { values, widthPx }: Samples,
  left: number,
  top: number,
  { areaWidthPx, heightPx }: LetterShapes,
) {
  let [sum, squares] = [0, 0];
  for (let y = 0; y < heightPx; y++) {
    const from = (y + top) * widthPx + left;
    for (let x = 0; x < areaWidthPx; x++) {
      const value = values[from + x] as number;
      sum += value;
      squares += value * value;
    }
  }
  const area = areaWidthPx * heightPx;
  const variance = squares - (sum * sum) / area;
  return { mean: sum / area, scale: variance < 1e-6 ? 0 : 1 / Math.sqrt(variance) };
}
