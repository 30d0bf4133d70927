/**
 * The orders in which the rows of a sheet may have been typed: as printed, with rows left out, doubled,
 * swapped or moved, by their numbers, or down the columns.
 */
import { WORDS_A_ROW } from "../row.js";
import { choose, combinations } from "./combinations.js";
import type { TokenLine, TokenText } from "./layout.js";

const COST = {
  rowLeftOut: 3.5,
  rowDoubled: 3.5,
  rowsSwapped: 5,
  rowMoved: 4.5,
  columns: 4,
  columnGroups: 1.5,
  numbersIgnored: 2,
} as const;

/** Rows of a sheet count from 0 here; the same row may come twice. */
export interface Order {
  /** About the negative logarithm of how likely it is. */
  readonly cost: number;
  readonly rowCount: number;
  /** True where the lines' numbers say it. */
  readonly isNumbered: boolean;
  readonly size: number;
  /** Positions of the sheet in the order typed. */
  readonly positions: () => Iterable<Int16Array>;
}

export function ordersOf({ lines, tokenCount }: TokenText, rows: number): readonly Order[] {
  const inOrder = Array.from({ length: rows }, (_, row) => row);
  const numbered = numberedRows(lines, rows);
  const byRows = (
    cost: number,
    rowCount: number,
    size: number,
    sequences: () => Iterable<number[]>,
  ) => ({
    cost: cost + (numbered === null ? 0 : COST.numbersIgnored),
    rowCount,
    isNumbered: false,
    size,
    positions: () => mapped(sequences(), positionsOfRows),
  });
  const orders = [
    byRows(0, rows, 1, () => [inOrder]),
    byRows(COST.rowLeftOut, rows - 1, rows, () => without(inOrder, 1)),
    byRows(2 * COST.rowLeftOut, rows - 2, choose(rows, 2), () => without(inOrder, 2)),
    byRows(3 * COST.rowLeftOut, rows - 3, choose(rows, 3), () => without(inOrder, 3)),
    byRows(COST.rowDoubled, rows + 1, rows, () => doubled(inOrder)),
    byRows(COST.rowLeftOut + COST.rowDoubled, rows, rows * (rows - 1), () => exchanged(inOrder)),
    byRows(COST.rowsSwapped, rows, choose(rows, 2), () => swapped(inOrder)),
    byRows(COST.rowMoved, rows, (rows - 1) * (rows - 1), () => moved(inOrder)),
    ...COLUMN_GROUPS.map((width) => ({
      cost: COST.columns + (width > 1 ? COST.columnGroups : 0),
      rowCount: rows,
      isNumbered: false,
      size: 1,
      positions: () => [positionsOfColumns(rows, width)],
    })),
  ];
  if (numbered === null) return orders;
  const byNumber = {
    ...byRows(-COST.numbersIgnored, numbered.length, 1, () => [[...numbered]]),
    isNumbered: true,
  };
  return tokenCount > 0 ? [byNumber, ...orders] : orders;
}

/** The rows that the lines' numbers say; a line without one follows the line before. */
function numberedRows(lines: readonly TokenLine[], rows: number): readonly number[] | null {
  const numbers = lines.filter(({ number }) => number !== null).length;
  if (2 * numbers < lines.length || numbers < 2) return null;
  let before = -1;
  const sequence = lines.map(({ number }) => (before = number === null ? before + 1 : number - 1));
  const isOnSheet = sequence.every((row) => row >= 0 && row < rows);
  return isOnSheet && new Set(sequence).size === sequence.length ? sequence : null;
}

function positionsOfRows(sequence: readonly number[]): Int16Array {
  return Int16Array.from({ length: sequence.length * WORDS_A_ROW }, (_, slot) => {
    const row = sequence[Math.floor(slot / WORDS_A_ROW)] as number;
    return row * WORDS_A_ROW + (slot % WORDS_A_ROW);
  });
}

/** Columns that may be read together, row by row, before the next ones. */
export const COLUMN_GROUPS = [1, 3, 2] as const;

/** Read down each column, or each group of so many columns, instead of along each row. */
export function positionsOfColumns(rows: number, width: number): Int16Array {
  return Int16Array.from({ length: rows * WORDS_A_ROW }, (_, slot) => {
    const group = Math.floor(slot / (rows * width));
    const inGroup = slot % (rows * width);
    const column = group * width + (inGroup % width);
    return Math.floor(inGroup / width) * WORDS_A_ROW + column;
  });
}

function* mapped<T, U>(items: Iterable<T>, map: (item: T) => U): Iterable<U> {
  for (const item of items) yield map(item);
}

function* without(rows: readonly number[], count: number): Iterable<number[]> {
  for (const left of combinations(rows.length, count)) {
    yield rows.filter((_, index) => !left.includes(index));
  }
}

function* doubled(rows: readonly number[]): Iterable<number[]> {
  for (const row of rows) yield [...rows.slice(0, row + 1), row, ...rows.slice(row + 1)];
}

/** One row left out and another one doubled. */
function* exchanged(rows: readonly number[]): Iterable<number[]> {
  for (const twice of rows) {
    for (const left of rows) {
      if (left === twice) continue;
      yield rows.flatMap((row) => (row === left ? [] : row === twice ? [row, row] : [row]));
    }
  }
}

function* swapped(rows: readonly number[]): Iterable<number[]> {
  for (const [a, b] of combinations(rows.length, 2)) {
    yield rows.map((row) => (row === a ? (b as number) : row === b ? (a as number) : row));
  }
}

function* moved(rows: readonly number[]): Iterable<number[]> {
  for (const row of rows) {
    const others = rows.filter((other) => other !== row);
    for (let place = 0; place < rows.length; place++) {
      // Moved down by one is the next row moved up by one.
      if (place === row || place === row + 1) continue;
      yield [...others.slice(0, place), row, ...others.slice(place)];
    }
  }
}
