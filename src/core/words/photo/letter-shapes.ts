/** The shapes of a list's words as a camera sees them, blurred, and what comparing with them needs. */
import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS } from "./glyphs.js";

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

/** Words that a place may hold, sorted, with their shapes. */
export interface WordShapes {
  readonly words: readonly string[];
  /** Letters of the longest word. */
  readonly slots: number;
  readonly letterCount: number;
  /** SHAPE_WIDTH x SHAPE_HEIGHT values a letter. */
  readonly letters: Float32Array;
  /** By letter: the first row with ink, and the one behind the last. */
  readonly inkRows: Uint8Array;
  /** By word, `slots` each: the indices of its letters. */
  readonly spelling: Uint8Array;
  readonly lengths: Uint8Array;
  /** By word: how many letters it begins with that the word before it begins with, too. */
  readonly shared: Uint8Array;
  /** By word: the sum of its shape, and 1 / the root of its variance, times the area. */
  readonly sums: Float32Array;
  readonly scales: Float32Array;
  /** Squares that are compared. */
  readonly area: number;
}

export function areaWidth(slots: number): number {
  return LEFT_MARGIN + slots * GLYPH_WIDTH;
}

/** Shapes of one list for every blur that a picture has in its places, each made once. */
export class ShapesByBlur {
  readonly #words: readonly string[];
  readonly #made = new Map<string, WordShapes>();

  constructor(words: readonly string[]) {
    this.#words = words;
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
export function wordShapes(unsorted: readonly string[], blur: Blur): WordShapes {
  const words = [...unsorted].sort();
  const alphabet = [...new Set(words.join(""))].sort();
  const letters = new Float32Array(alphabet.length * SHAPE_WIDTH * SHAPE_HEIGHT);
  const inkRows = new Uint8Array(2 * alphabet.length);
  alphabet.forEach((letter, index) => {
    const shape = blurredGlyph(GLYPHS[letter] ?? "", blur);
    letters.set(shape, index * shape.length);
    const rows = inkedRows(shape);
    inkRows.set([rows[0] ?? 0, (rows.at(-1) ?? -1) + 1], 2 * index);
  });
  const slots = Math.max(...words.map((word) => word.length));
  const spelling = new Uint8Array(words.length * slots);
  const shared = new Uint8Array(words.length);
  const sums = new Float32Array(words.length);
  const scales = new Float32Array(words.length);
  const width = areaWidth(slots);
  const area = width * SHAPE_HEIGHT;
  const shape = new Float32Array(area);
  words.forEach((word, index) => {
    const codes = Array.from(word, (letter) => alphabet.indexOf(letter));
    spelling.set(codes, index * slots);
    const before = words[index - 1] ?? "";
    let same = 0;
    while (same < word.length && word[same] === before[same]) same += 1;
    shared[index] = same;
    shape.fill(0);
    codes.forEach((code, slot) => {
      addLetter(shape, width, letters, code, slot);
    });
    let [sum, squares] = [0, 0];
    for (const value of shape) {
      sum += value;
      squares += value * value;
    }
    sums[index] = sum;
    scales[index] = 1 / Math.sqrt(Math.max(1e-9, squares - (sum * sum) / area));
  });
  const lengths = Uint8Array.from(words, (word) => word.length);
  return {
    words,
    slots,
    letterCount: alphabet.length,
    letters,
    inkRows,
    spelling,
    lengths,
    shared,
    sums,
    scales,
    area,
  };
}

/** The shape of one of the words, `area` values row by row. */
export function shapeOfWord(shapes: WordShapes, word: string): Float32Array {
  const { slots, letters, spelling, area } = shapes;
  const index = shapes.words.indexOf(word);
  const shape = new Float32Array(area);
  for (let slot = 0; slot < word.length; slot++) {
    const letter = spelling[index * slots + slot] as number;
    addLetter(shape, areaWidth(slots), letters, letter, slot);
  }
  return shape;
}

const LEAST_INK = 0.01;

function inkedRows(shape: Float32Array): readonly number[] {
  return Array.from({ length: SHAPE_HEIGHT }, (_, row) => row).filter((row) =>
    shape.subarray(row * SHAPE_WIDTH, (row + 1) * SHAPE_WIDTH).some((ink) => ink > LEAST_INK),
  );
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

function blurredGlyph(squares: string, blur: Blur): Float32Array {
  const across = kernel(blur.x);
  const down = kernel(blur.y);
  const reach = (across.length - 1) / 2;
  const depth = (down.length - 1) / 2;
  const ink = (x: number, y: number) =>
    x < 0 || x >= GLYPH_WIDTH || y < 0 || y >= GLYPH_HEIGHT
      ? 0
      : Number.parseInt(squares.charAt(y * GLYPH_WIDTH + x), 16) / 15;
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
