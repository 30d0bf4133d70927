/** Rows and columns of the places of words. */
import { WORDS_A_ROW } from "../../core/words/row.js";
import type { Place } from "./block-map.js";

export interface Range {
  readonly first: number;
  readonly last: number;
}

export function numbers({ first, last }: Range): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

export function placesIn(columns: Range, rows: Range): readonly Place[] {
  return numbers(columns).flatMap((column) => numbers(rows).map((row) => ({ column, row })));
}

/** The rows from the first to the last with half of their words found. */
export function rowsOf(places: readonly Place[]): Range | null {
  return rangeOf(
    places.map(({ row }) => row),
    WORDS_A_ROW / 2,
  );
}

/** The columns from the first to the last that have more than one of these words. */
export function columnsOf(places: readonly Place[]): Range | null {
  return rangeOf(
    places.map(({ column }) => column),
    2,
  );
}

/** From the first to the last number that is there so often. */
function rangeOf(values: readonly number[], least: number): Range | null {
  const often = [...countsOf(values)].filter(([, count]) => count >= least);
  const numbers = often.map(([value]) => value);
  return often.length === 0 ? null : { first: Math.min(...numbers), last: Math.max(...numbers) };
}

/** How often each is there. */
export function countsOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
