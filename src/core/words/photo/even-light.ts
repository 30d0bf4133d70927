/** A picture without its light: every pixel against the paper around it. */
import type { Picture } from "../../picture.js";

/** What paper is brought to, of 255. */
const PAPER = 200;

/** `half`: of the square whose brighter pixels are taken for paper, in pixels. */
export function evenLight({ widthPx, heightPx, luma }: Picture, half: number): Picture {
  const mean = new SquareSums(widthPx, heightPx, half);
  const bright = new SquareSums(widthPx, heightPx, half);
  const result = new Uint8Array(luma.length);
  mean.fill((index) => luma[index] as number);
  const isBright = new Uint8Array(luma.length);
  mean.forEach((index, sum, count) => {
    if ((luma[index] as number) * count >= sum) isBright[index] = 1;
  });
  bright.fill((index) => (isBright[index] === 1 ? (luma[index] as number) : 0));
  const counts = new SquareSums(widthPx, heightPx, half);
  counts.fill((index) => isBright[index] as number);
  const paper = new Float32Array(luma.length);
  bright.forEach((index, sum) => {
    paper[index] = sum;
  });
  counts.forEach((index, count) => {
    const white = (paper[index] as number) / Math.max(1, count);
    result[index] = Math.min(255, (PAPER * (luma[index] as number)) / Math.max(1, white));
  });
  return { widthPx, heightPx, luma: result };
}

/** Sums over squares, from a table of the sums of all pixels above and left. */
class SquareSums {
  readonly #table: Float64Array;
  readonly #widthPx: number;
  readonly #heightPx: number;
  readonly #half: number;

  constructor(widthPx: number, heightPx: number, half: number) {
    this.#table = new Float64Array((widthPx + 1) * (heightPx + 1));
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
    this.#half = half;
  }

  fill(valueAt: (index: number) => number): void {
    const stride = this.#widthPx + 1;
    for (let y = 0; y < this.#heightPx; y++) {
      let row = 0;
      for (let x = 0; x < this.#widthPx; x++) {
        row += valueAt(y * this.#widthPx + x);
        this.#table[(y + 1) * stride + x + 1] = (this.#table[y * stride + x + 1] as number) + row;
      }
    }
  }

  forEach(visit: (index: number, sum: number, count: number) => void): void {
    const stride = this.#widthPx + 1;
    for (let y = 0; y < this.#heightPx; y++) {
      const top = Math.max(0, y - this.#half);
      const bottom = Math.min(this.#heightPx, y + this.#half + 1);
      for (let x = 0; x < this.#widthPx; x++) {
        const left = Math.max(0, x - this.#half);
        const right = Math.min(this.#widthPx, x + this.#half + 1);
        const sum =
          (this.#table[bottom * stride + right] as number) -
          (this.#table[bottom * stride + left] as number) -
          (this.#table[top * stride + right] as number) +
          (this.#table[top * stride + left] as number);
        visit(y * this.#widthPx + x, sum, (bottom - top) * (right - left));
      }
    }
  }
}
