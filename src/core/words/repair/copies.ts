/**
 * The words of two copies of a sheet, put side by side: where one cannot be read, the other may.
 *
 * Tokens are compared as they were typed, so that it needs no list; which of two that differ is right
 * is left open, by giving up the one or the other.
 */
import { type TypedLine, UNREADABLE } from "../parse-words.js";

/** Letters that tell a word; people type more of them in one copy than in the other. */
const PREFIX_LENGTH = 4;

/** Readings of all copies together, likeliest first; none for fewer than two. */
export function mergedCopies(
  copies: readonly (readonly TypedLine[])[],
): readonly (readonly TypedLine[])[] {
  const [first, ...others] = copies.map((lines) => lines.flatMap(({ tokens }) => tokens));
  if (first === undefined || others.length === 0) return [];
  const preferences: readonly Preference[] = ["neither", "first", "second"];
  return preferences.map((preferred) => {
    const tokens = others.reduce<readonly string[]>(
      (merged, other) => merge(merged, other, preferred),
      first,
    );
    return [{ number: null, tokens }];
  });
}

/** The rows of several texts, as of a sheet's pages; null unless each has a number of its own. */
export function joinedRows(texts: readonly (readonly TypedLine[])[]): readonly TypedLine[] | null {
  const lines = texts.flat();
  const numbers = new Set(lines.map(({ number }) => number));
  const areApart = texts.length > 1 && !numbers.has(null) && numbers.size === lines.length;
  return areApart ? lines.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0)) : null;
}

/** Which of two tokens stands for both where they differ. */
type Preference = "first" | "second" | "neither";

function isSame(a: string, b: string): boolean {
  const [x, y] = [a, b].map((token) => token.normalize("NFKD").toLowerCase());
  if (x === undefined || y === undefined) return false;
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  return x === y || (short.length >= PREFIX_LENGTH && long.startsWith(short));
}

const COST = { unreadable: 0.4, other: 1, alone: 0.9 } as const;

function pairCost(a: string, b: string): number {
  if (a === UNREADABLE || b === UNREADABLE) return COST.unreadable;
  return isSame(a, b) ? 0 : COST.other;
}

/** The cheapest way to lay one text beside the other (Needleman and Wunsch, 1970). */
function merge(
  first: readonly string[],
  second: readonly string[],
  preferred: Preference,
): readonly string[] {
  const width = second.length + 1;
  const costs = new Float64Array((first.length + 1) * width);
  const at = (row: number, column: number) => costs[row * width + column] ?? Infinity;
  const step = (row: number, column: number) =>
    at(row - 1, column - 1) + pairCost(first[row - 1] ?? "", second[column - 1] ?? "");
  for (let row = 0; row <= first.length; row++) {
    for (let column = 0; column <= second.length; column++) {
      if (row === 0 && column === 0) continue;
      costs[row * width + column] = Math.min(
        row > 0 && column > 0 ? step(row, column) : Infinity,
        row > 0 ? at(row - 1, column) + COST.alone : Infinity,
        column > 0 ? at(row, column - 1) + COST.alone : Infinity,
      );
    }
  }
  const merged: string[] = [];
  let [row, column] = [first.length, second.length];
  while (row > 0 || column > 0) {
    const cost = at(row, column);
    if (row > 0 && column > 0 && cost === step(row, column)) {
      merged.push(chosen(first[(row -= 1)] ?? "", second[(column -= 1)] ?? "", preferred));
    } else if (row > 0 && cost === at(row - 1, column) + COST.alone) {
      merged.push(first[(row -= 1)] ?? "");
    } else {
      merged.push(second[(column -= 1)] ?? "");
    }
  }
  return merged.reverse();
}

function chosen(a: string, b: string, preferred: Preference): string {
  if (a === UNREADABLE) return b;
  if (b === UNREADABLE) return a;
  if (isSame(a, b)) return a.length >= b.length ? a : b;
  return preferred === "neither" ? UNREADABLE : preferred === "first" ? a : b;
}
