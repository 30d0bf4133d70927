/** Sums of the bytes in a square around each pixel, row by row: no table of them is kept. */

export interface Squares {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels to each side; what is outside the picture does not count. */
  readonly half: number;
}

export class SquareSums {
  readonly #squares: Squares;
  readonly #values: Uint8Array;
  /** Of each column, over the rows of the squares. */
  readonly #columns: Float64Array;
  readonly #sums: Float64Array;
  /** Of each column, those of its square that are in the picture. */
  readonly #widths: Uint32Array;
  #row = -1;
  #height = 0;

  /** `values`: widthPx x heightPx of them. */
  constructor(squares: Squares, values: Uint8Array) {
    this.#squares = squares;
    this.#values = values;
    this.#columns = new Float64Array(squares.widthPx);
    this.#sums = new Float64Array(squares.widthPx);
    const { widthPx, half } = squares;
    this.#widths = Uint32Array.from(
      { length: widthPx },
      (_, x) => Math.min(widthPx, x + half + 1) - Math.max(0, x - half),
    );
    for (let y = 0; y < Math.min(squares.half, squares.heightPx); y++) this.#add(y, 1);
  }

  /** By column, from the first row on; the same array each time. */
  nextRow(): Float64Array {
    const { widthPx, heightPx, half } = this.#squares;
    const row = ++this.#row;
    if (row + half < heightPx) this.#add(row + half, 1);
    if (row - half - 1 >= 0) this.#add(row - half - 1, -1);
    this.#height = Math.min(heightPx, row + half + 1) - Math.max(0, row - half);
    const [columns, sums] = [this.#columns, this.#sums];
    let sum = 0;
    for (let x = 0; x < Math.min(half, widthPx); x++) sum += columns[x] as number;
    // Beyond an end of the array there is nothing to add, or to take off.
    const inside = Math.max(0, widthPx - half);
    const behind = Math.min(half + 1, inside);
    for (let x = 0; x < behind; x++) sums[x] = sum += columns[x + half] as number;
    for (let x = behind; x < inside; x++) {
      sums[x] = sum += (columns[x + half] as number) - (columns[x - half - 1] as number);
    }
    for (let x = inside; x < widthPx; x++) {
      if (x > half) sum -= columns[x - half - 1] as number;
      sums[x] = sum;
    }
    return sums;
  }

  /** Pixels of the square at a column of the row that was given last. */
  countAt(x: number): number {
    return this.#height * (this.#widths[x] as number);
  }

  #add(row: number, sign: 1 | -1): void {
    const { widthPx } = this.#squares;
    const [columns, values] = [this.#columns, this.#values];
    const from = row * widthPx;
    for (let x = 0; x < widthPx; x++) {
      columns[x] = (columns[x] as number) + sign * (values[from + x] as number);
    }
  }
}
