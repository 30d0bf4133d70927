/** What a comparison says for a word. */
import { median } from "../../core/median.js";

/** The logarithm of the part of what is seen that a word of such an agreement leaves unexplained. */
export function unexplained(agreement: number): number {
  return Math.log(Math.max(1e-3, 1 - agreement * agreement));
}

/** Of a word against the next best: the logarithm of how much less it leaves unexplained. */
export function evidenceOf({
  words: [best, second],
}: {
  readonly words: readonly { readonly agreement: number }[];
}): number {
  return unexplained(second?.agreement ?? 0) - unexplained(best?.agreement ?? 0);
}

/** Cells of a block, the least sure first; a column with hardly a clear word comes before all others. */
export function leastSureFirst<
  T extends Parameters<typeof evidenceOf>[0] & { readonly column: number },
>(cells: readonly T[]): readonly T[] {
  const columns = [...new Set(cells.map(({ column }) => column))];
  const typical = new Map(
    columns.map((column) => [
      column,
      median(cells.filter((cell) => cell.column === column).map(evidenceOf)),
    ]),
  );
  const sureness = (cell: T) => evidenceOf(cell) * (typical.get(cell.column) ?? 0);
  return [...cells].sort((a, b) => sureness(a) - sureness(b));
}
