/** Ways in which the cells of a block may be the rows of a sheet. */
import { median } from "../../core/median.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { evidenceOf } from "./evidence.js";
import type { ReadBlock, ReadCell } from "./read-block.js";

export type Cells = readonly ReadCell[];

/** Of the evidence of a typical row, below which a row is none. */
const DOUBTFUL = 0.3;
/** And below which one at the top or the bottom may be none. */
const UNSURE = 0.7;
/** How much less the words of an unsure row agree with what is seen than those of a typical one, if it is none. */
const LESS = 0.08;

/**
 * As the block was read; then with the columns on one side of a fold a row higher or lower, since rows
 * look alike and behind a fold a column may have been taken for that of the rows beside its own.
 */
export function* layoutsOf({ cells, rowCount }: ReadBlock): Generator<Cells> {
  yield withoutDoubtfulRows(cells);
  for (let fold = 1; fold < WORDS_A_ROW; fold++) {
    for (const rows of [-1, 1]) yield withoutDoubtfulRows(movedBehind(cells, rowCount, fold, rows));
  }
}

/** All columns from `fold` on moved down; places without a reading have no words. */
function movedBehind(cells: Cells, rowCount: number, fold: number, rows: number): Cells {
  const moved = (cell: ReadCell) => (cell.column < fold ? cell.row : cell.row + rows);
  const words = new Map(cells.map((cell) => [moved(cell) * WORDS_A_ROW + cell.column, cell.words]));
  const [first, last] = [Math.min(0, rows), rowCount - 1 + Math.max(0, rows)];
  return Array.from({ length: (last - first + 1) * WORDS_A_ROW }, (_, index) => {
    const place = first * WORDS_A_ROW + index;
    const [row, column] = [Math.floor(index / WORDS_A_ROW), index % WORDS_A_ROW];
    return { column, row, words: words.get(place) ?? [] };
  });
}

/** A layout, and without its first or its last row, where that is less sure than others. */
export function withoutEndRows(cells: Cells): readonly Cells[] {
  const sureness = rowSureness(cells);
  const isUnsure = (sure: number | undefined) => sure !== undefined && sure < UNSURE;
  return [
    cells,
    ...(isUnsure(sureness[0]) ? [cells.slice(WORDS_A_ROW)] : []),
    ...(isUnsure(sureness.at(-1)) ? [cells.slice(0, -WORDS_A_ROW)] : []),
  ];
}

/** The evidence of each row, as part of that of a typical one. */
function rowSureness(cells: Cells): readonly number[] {
  const sums: number[] = [];
  for (const cell of cells) sums[cell.row] = (sums[cell.row] ?? 0) + evidenceOf(cell);
  const typical = median(sums);
  return sums.map((sum) => sum / typical);
}

/** Of the words of each row, the agreement of a typical one. */
function rowAgreements(cells: Cells): readonly number[] {
  const agreements: number[][] = [];
  for (const { row, words } of cells) (agreements[row] ??= []).push(words[0]?.agreement ?? 0);
  return agreements.map(median);
}

/** The rows without those at the top and the bottom that are hardly words: a heading, a rule. */
function withoutDoubtfulRows(cells: Cells): Cells {
  const agreements = rowAgreements(cells);
  const least = median(agreements) - LESS;
  const isRow = rowSureness(cells).map(
    (sure, row) => sure > ((agreements[row] ?? 0) > least ? DOUBTFUL : UNSURE),
  );
  const [first, last] = [isRow.indexOf(true), isRow.lastIndexOf(true)];
  return cells
    .filter(({ row }) => row >= first && row <= last)
    .map((cell) => ({ ...cell, row: cell.row - first }));
}
