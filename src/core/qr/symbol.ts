/**
 * How a QR code of each version is laid out (ISO/IEC 18004): which modules are fixed, in which order
 * the others are read, and into which blocks their codewords go.
 */
import {
  type Level,
  LEVELS,
  blockCount,
  checkCodewords,
  formatBits,
  fixedModules,
  totalCodewords,
} from "./standard.js";

export interface SymbolLayout {
  readonly version: number;
  /** Modules a side. */
  readonly size: number;
  /** size x size: 1 dark, 0 light, -1 not fixed; format information counts as not fixed. */
  readonly fixed: Int8Array;
  /** Indices of the modules that hold codewords, most significant bit of the first one first. */
  readonly dataModules: Uint16Array;
}

const LAYOUTS = new Map<number, SymbolLayout>();

export function symbolLayout(version: number): SymbolLayout {
  const known = LAYOUTS.get(version);
  if (known !== undefined) return known;
  const { size, isDark, isReserved } = fixedModules(version);
  const fixed = new Int8Array(size * size).fill(-1);
  for (let index = 0; index < fixed.length; index++) {
    if (isReserved[index]) fixed[index] = isDark[index] ? 1 : 0;
  }
  for (const places of formatPlaces(size)) for (const index of places) fixed[index] = -1;
  const layout = { version, size, fixed, dataModules: dataOrder(size, isReserved) };
  LAYOUTS.set(version, layout);
  return layout;
}

/** Section 7.7.3: columns of two from the right, upwards and downwards in turn, without column 6. */
function dataOrder(size: number, isReserved: ArrayLike<number>): Uint16Array {
  const order: number[] = [];
  let isUpwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = isUpwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        const index = row * size + column;
        if (!isReserved[index]) order.push(index);
      }
    }
    isUpwards = !isUpwards;
  }
  return Uint16Array.from(order.slice(0, order.length - (order.length % 8)));
}

/** Modules of the two copies of the format information, least significant bit first; section 7.9. */
export function formatPlaces(size: number): readonly (readonly number[])[] {
  const bits = Array.from({ length: 15 }, (_, bit) => bit);
  const column = bits.map((bit) => {
    const row = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit;
    return row * size + 8;
  });
  const row = bits.map((bit) => {
    const at = bit < 8 ? size - bit - 1 : bit < 9 ? 7 : 14 - bit;
    return 8 * size + at;
  });
  return [column, row];
}

/** Table 10: true where the mask turns a module over. */
export const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i * j) % 3) + ((i + j) % 2)) % 2 === 0,
];

export interface Format {
  readonly level: Level;
  readonly mask: number;
  readonly bits: number;
}

export const FORMATS: readonly Format[] = LEVELS.flatMap((level) =>
  MASKS.map((_, mask) => ({ level, mask, bits: formatBits(level, mask) })),
);

/** Indices of a block's codewords among all as they are read; those of the check are last. */
export interface Block {
  readonly codewords: readonly number[];
  readonly checkCount: number;
}

/** Section 7.6: the codewords of the blocks in turn, the longer blocks last. */
export function blocksOf(version: number, level: Level): readonly Block[] {
  const count = blockCount(version, level);
  const total = totalCodewords(version);
  const checks = checkCodewords(version, level);
  const checkCount = checks / count;
  const dataTotal = total - checks;
  const short = Math.floor(dataTotal / count);
  const longer = dataTotal % count;
  return Array.from({ length: count }, (_, block) => {
    const data = Array.from({ length: short }, (_, index) => index * count + block);
    if (block >= count - longer) data.push(short * count + block - (count - longer));
    const check = Array.from({ length: checkCount }, (_, i) => dataTotal + i * count + block);
    return { codewords: [...data, ...check], checkCount };
  });
}

/** Codewords of data in each block. */
export function dataCountsOf(version: number, level: Level): readonly number[] {
  return blocksOf(version, level).map(({ codewords, checkCount }) => codewords.length - checkCount);
}
