/** The shapes of a list's words as a camera sees them, blurred, and what comparing with them needs. */
import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS } from "./glyphs.js";
import { type SpelledWords, spelledWords } from "./spelled-words.js";

/** Words are compared from so far before their first letter, in squares. */
export const LEFT_MARGIN = 3;
/** Rows of a glyph above which rules stand and nothing of a letter. */
export const TOP_ROWS = 2;
export const SHAPE_HEIGHT = GLYPH_HEIGHT - TOP_ROWS;
/** Squares that a blurred letter reaches into its neighbours. */
export const OVERLAP = 1;
export const SHAPE_WIDTH = GLYPH_WIDTH + 2 * OVERLAP;

/** Deviations of a Gaussian blur, in squares. */
export interface Blur {
  readonly x: number;
  readonly y: number;
}

/** Shapes of letters, and of the words of them, at one resolution. */
export interface LetterShapes {
  /** Squares of a sample, each way. */
  readonly step: number;
  /** Samples of a letter with what it reaches into others, and from a letter to the next. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly advancePx: number;
  /** Samples before the first letter. */
  readonly marginPx: number;
  /** Across, of all that is compared. */
  readonly areaWidthPx: number;
  readonly letterCount: number;
  /** widthPx x heightPx values a letter. */
  readonly letters: Float32Array;
  /** By letter: the first row with ink, and the one behind the last. */
  readonly inkRows: Uint8Array;
  /**
   * By pair of `SpelledWords`: where its letters' products are, `letterCount` of them for each sample to the
   * right; -1 for none.
   */
  readonly pairPlaces: Int16Array;
  /** The pairs but that of no letters. */
  readonly everyPair: Uint16Array;
  /** By word: the sum of its shape, and 1 / the root of its variance, times the area. */
  readonly sums: Float32Array;
  readonly scales: Float32Array;
}

/** Words that a place may hold, with their shapes. */
export interface WordShapes extends SpelledWords {
  readonly fine: LetterShapes;
  /** With half the samples each way, which is enough to find the likely words. */
  readonly coarse: LetterShapes;
  /** Squares that are compared. */
  readonly area: number;
}

const COARSE_STEP = 2;

export function areaWidth(slots: number): number {
  return LEFT_MARGIN + slots * GLYPH_WIDTH;
}

/** Shapes of one list for every blur that a picture has in its places, each made once. */
export class ShapesByBlur {
  readonly #words: SpelledWords;
  readonly #made = new Map<string, WordShapes>();

  constructor(words: readonly string[]) {
    this.#words = spelledWords(words);
  }

  /** Of a blur within 7 % of the one that is asked for. */
  near({ x, y }: Blur): WordShapes {
    const [stepsX, stepsY] = [x, y].map((sigma) => Math.round(Math.log(sigma) / BLUR_STEP));
    const key = `${String(stepsX)} ${String(stepsY)}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const blur = {
      x: Math.exp((stepsX ?? 0) * BLUR_STEP),
      y: Math.exp((stepsY ?? 0) * BLUR_STEP),
    };
    const shapes = wordShapes(this.#words, blur);
    this.#made.set(key, shapes);
    return shapes;
  }
}

const BLUR_STEP = Math.log(1.15);

/** `words`: of letters that have a glyph each. */
export function wordShapes(words: SpelledWords, blur: Blur): WordShapes {
  const { alphabet, slots } = words;
  const area = areaWidth(slots) * SHAPE_HEIGHT;
  const letters = new Float32Array(alphabet.length * SHAPE_WIDTH * SHAPE_HEIGHT);
  alphabet.forEach((letter, index) => {
    const shape = blurredGlyph(inkOfGlyph(letter), blur);
    letters.set(shape, index * shape.length);
  });
  return {
    ...words,
    area,
    fine: letterShapes(words, letters, 1),
    coarse: letterShapes(words, coarser(letters, COARSE_STEP), COARSE_STEP),
  };
}

/** The means of squares of so many values. */
function coarser(letters: Float32Array, step: number): Float32Array {
  const result = new Float32Array(letters.length / (step * step));
  const across = SHAPE_WIDTH / step;
  letters.forEach((value, index) => {
    const x = Math.floor((index % SHAPE_WIDTH) / step);
    const y = Math.floor(index / SHAPE_WIDTH / step);
    const at = y * across + x;
    result[at] = (result[at] as number) + value / (step * step);
  });
  return result;
}

function letterShapes(
  { words, alphabet, codes, slots, pairLetters }: SpelledWords,
  letters: Float32Array,
  step: number,
): LetterShapes {
  const letterCount = alphabet.length;
  const [widthPx, heightPx] = [SHAPE_WIDTH / step, SHAPE_HEIGHT / step];
  const advancePx = GLYPH_WIDTH / step;
  const areaWidthPx = Math.ceil(areaWidth(slots) / step);
  const marginPx = (LEFT_MARGIN - OVERLAP) / step;
  const cutPx = marginPx + slots * advancePx + widthPx - advancePx - areaWidthPx;
  const ink = inkOf(letters, { letterCount, widthPx, heightPx, advancePx, cutPx });
  const sums = new Float32Array(words.length);
  const scales = new Float32Array(words.length);
  codes.forEach((ofWord, index) => {
    let [sum, squares] = [0, 0];
    ofWord.forEach((code, slot) => {
      const cut = slot === slots - 1 ? 1 : 0;
      sum += ink.sums[2 * code + cut] as number;
      squares += ink.squares[2 * code + cut] as number;
      const last = ofWord[slot - 1];
      if (last !== undefined) squares += 2 * (ink.overlaps[last * letterCount + code] as number);
    });
    sums[index] = sum;
    const variance = squares - (sum * sum) / (areaWidthPx * heightPx);
    scales[index] = 1 / Math.sqrt(Math.max(1e-9, variance));
  });
  const place = (slot: number, letter: number) =>
    letter < 0 ? -1 : slot * advancePx * letterCount + letter;
  return {
    step,
    widthPx,
    heightPx,
    advancePx,
    marginPx,
    areaWidthPx,
    letterCount,
    letters,
    inkRows: inkedRows(letters, widthPx, heightPx),
    pairPlaces: Int16Array.from(
      pairLetters.flatMap(([slot, first, second]) => [place(slot, first), place(slot + 1, second)]),
    ),
    everyPair: Uint16Array.from(pairLetters.keys()).subarray(1),
    sums,
    scales,
  };
}

/** What the sums over words are put together of, since letters reach into those beside them. */
interface LetterInk {
  /** By letter: of all of it, and of what is not cut off at the end of the longest word. */
  readonly sums: Float64Array;
  /** Of the squares, in the same way. */
  readonly squares: Float64Array;
  /** By two letters beside each other: the sum of their products where they overlap. */
  readonly overlaps: Float64Array;
}

function inkOf(
  letters: Float32Array,
  {
    letterCount,
    widthPx,
    heightPx,
    advancePx,
    cutPx,
  }: Pick<LetterShapes, "letterCount" | "widthPx" | "heightPx" | "advancePx"> & { cutPx: number },
): LetterInk {
  const at = (letter: number, x: number, y: number) =>
    letters[(letter * heightPx + y) * widthPx + x] as number;
  const sums = new Float64Array(2 * letterCount);
  const squares = new Float64Array(2 * letterCount);
  const overlaps = new Float64Array(letterCount * letterCount);
  for (let letter = 0; letter < letterCount; letter++) {
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const value = at(letter, x, y);
        for (let cut = 2 * letter; cut <= 2 * letter + (x < widthPx - cutPx ? 1 : 0); cut++) {
          sums[cut] = (sums[cut] as number) + value;
          squares[cut] = (squares[cut] as number) + value * value;
        }
      }
      for (let next = 0; next < letterCount; next++) {
        const pair = letter * letterCount + next;
        for (let x = 0; x < widthPx - advancePx; x++) {
          const both = at(letter, x + advancePx, y) * at(next, x, y);
          overlaps[pair] = (overlaps[pair] as number) + both;
        }
      }
    }
  }
  return { sums, squares, overlaps };
}

/** The shape of one of the words, `area` values row by row. */
export function shapeOfWord(shapes: WordShapes, word: string): Float32Array {
  const { slots, alphabet, area } = shapes;
  const { letters } = shapes.fine;
  const shape = new Float32Array(area);
  for (const [slot, letter] of Array.from(word).entries()) {
    addLetter(shape, areaWidth(slots), letters, alphabet.indexOf(letter), slot);
  }
  return shape;
}

const LEAST_INK = 0.01;

function inkedRows(letters: Float32Array, widthPx: number, heightPx: number): Uint8Array {
  const rows = new Uint8Array((2 * letters.length) / (widthPx * heightPx));
  letters.forEach((ink, index) => {
    if (ink <= LEAST_INK) return;
    const letter = Math.floor(index / (widthPx * heightPx));
    const row = Math.floor(index / widthPx) % heightPx;
    if (rows[2 * letter + 1] === 0) rows[2 * letter] = row;
    rows[2 * letter + 1] = row + 1;
  });
  return rows;
}

function addLetter(
  shape: Float32Array,
  width: number,
  letters: Float32Array,
  letter: number,
  slot: number,
): void {
  const left = LEFT_MARGIN + slot * GLYPH_WIDTH - OVERLAP;
  const from = letter * SHAPE_WIDTH * SHAPE_HEIGHT;
  for (let y = 0; y < SHAPE_HEIGHT; y++) {
    for (let x = 0; x < SHAPE_WIDTH; x++) {
      const column = left + x;
      if (column >= width) continue;
      const at = y * width + column;
      shape[at] = (shape[at] as number) + (letters[from + y * SHAPE_WIDTH + x] as number);
    }
  }
}

const INK = new Map<string, Float32Array>();

/** How dark its squares are, 0 to 1, row by row. */
function inkOfGlyph(letter: string): Float32Array {
  const known = INK.get(letter);
  if (known !== undefined) return known;
  const squares = GLYPHS[letter];
  if (squares === undefined) throw new RangeError("a letter without a glyph");
  const ink = Float32Array.from(squares, (square) => Number.parseInt(square, 16) / 15);
  INK.set(letter, ink);
  return ink;
}

function blurredGlyph(squares: Float32Array, blur: Blur): Float32Array {
  const across = kernel(blur.x);
  const down = kernel(blur.y);
  const reach = (across.length - 1) / 2;
  const depth = (down.length - 1) / 2;
  const ink = (x: number, y: number) =>
    x < 0 || x >= GLYPH_WIDTH || y < 0 || y >= GLYPH_HEIGHT
      ? 0
      : (squares[y * GLYPH_WIDTH + x] as number);
  const wide = new Float32Array(SHAPE_WIDTH * GLYPH_HEIGHT);
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    for (let x = 0; x < SHAPE_WIDTH; x++) {
      let sum = 0;
      for (let tap = -reach; tap <= reach; tap++) {
        sum += (across[tap + reach] as number) * ink(x - OVERLAP + tap, y);
      }
      wide[y * SHAPE_WIDTH + x] = sum;
    }
  }
  const result = new Float32Array(SHAPE_WIDTH * SHAPE_HEIGHT);
  for (let y = 0; y < SHAPE_HEIGHT; y++) {
    for (let x = 0; x < SHAPE_WIDTH; x++) {
      let sum = 0;
      for (let tap = -depth; tap <= depth; tap++) {
        const row = y + TOP_ROWS + tap;
        if (row < 0 || row >= GLYPH_HEIGHT) continue;
        sum += (down[tap + depth] as number) * (wide[row * SHAPE_WIDTH + x] as number);
      }
      result[y * SHAPE_WIDTH + x] = sum;
    }
  }
  return result;
}

function kernel(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(2.5 * sigma));
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * Math.max(0.05, sigma) ** 2)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}
