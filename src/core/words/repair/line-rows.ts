/** Layouts of a text each of whose lines is a row of the sheet, whole or with words left out and added. */
import { WORDS_A_ROW } from "../row.js";
import { combinations, product } from "./combinations.js";
import type { Layout, Plan, TokenLine, TokenText } from "./layout.js";
import type { Order } from "./row-orders.js";

const COST = { oddLine: 2.5, lineLost: 2 } as const;

/** What a line of too few or too many tokens may be: where each of its tokens belongs, or -1. */
type LineFit = readonly number[];

/**
 * The plans in which each line is one row, whole or with words left out and added inside it, or given up
 * where a sheet of `count` words can do without `dispensable` of them.
 */
export function linePlans(
  text: TokenText,
  order: Order,
  count: number,
  dispensable: number,
): readonly Plan[] {
  const lines = text.lines.flatMap(splitLine);
  if (lines.length !== order.rowCount) return [];
  const odd = lines.filter(({ from, to }) => to - from !== WORDS_A_ROW);
  const fits = lines.map((line) => lineFits(line, text.repeats));
  const plan = (chosen: readonly (readonly LineFit[])[], extraCost: number): Plan => ({
    cost: order.cost + odd.length * COST.oddLine + extraCost,
    size: order.size * chosen.reduce((size, fit) => size * fit.length, 1),
    layouts: function* () {
      for (const positions of order.positions()) {
        for (const fit of product(chosen)) yield layOutLines(positions, lines, count, fit);
      }
    },
  });
  const whole = plan(fits, 0);
  if (odd.length === 0) return [whole];
  // The lines that fit in most ways are given up, one after another.
  const byWays = [...fits.keys()].sort((a, b) => (fits[b]?.length ?? 0) - (fits[a]?.length ?? 0));
  const mostLost = Math.min(odd.length, Math.floor(dispensable / WORDS_A_ROW));
  const reduced = Array.from({ length: mostLost }, (_, lost) => {
    const given = new Set(byWays.slice(0, lost + 1));
    return plan(
      fits.map((fit, line) => (given.has(line) ? [LOST] : fit)),
      (lost + 1) * COST.lineLost,
    );
  });
  return [whole, ...reduced];
}

const LOST: LineFit = [];
const LINE_TOKENS_LIMIT = 9;

/** Rows that were typed without a line break between them. */
function splitLine(line: TokenLine): readonly TokenLine[] {
  const length = line.to - line.from;
  if (length <= LINE_TOKENS_LIMIT || length % WORDS_A_ROW !== 0) return [line];
  return Array.from({ length: length / WORDS_A_ROW }, (_, index) => ({
    number: line.number === null ? null : line.number + index,
    from: line.from + index * WORDS_A_ROW,
    to: line.from + (index + 1) * WORDS_A_ROW,
  }));
}

function lineFits({ from, to }: TokenLine, repeats: readonly number[]): readonly LineFit[] {
  const length = to - from;
  if (length > LINE_TOKENS_LIMIT || length === 0) return [LOST];
  const columns = Array.from({ length: WORDS_A_ROW }, (_, column) => column);
  if (length <= WORDS_A_ROW) {
    return [...combinations(WORDS_A_ROW, WORDS_A_ROW - length)].map((left) =>
      columns.filter((column) => !left.includes(column)),
    );
  }
  const ways = [...combinations(length, length - WORDS_A_ROW)];
  const isLikely = (added: readonly number[]) =>
    added.every((index) => repeats.includes(from + index));
  return [...ways.filter(isLikely), ...ways.filter((added) => !isLikely(added))].map((added) => {
    let column = 0;
    return Array.from({ length }, (_, index) => (added.includes(index) ? -1 : column++));
  });
}

function layOutLines(
  positions: Int16Array,
  lines: readonly TokenLine[],
  count: number,
  fits: readonly LineFit[],
): Layout {
  const layout = new Int16Array(count).fill(-1);
  lines.forEach(({ from }, row) => {
    (fits[row] ?? LOST).forEach((column, index) => {
      if (column < 0) return;
      const position = positions[row * WORDS_A_ROW + column] as number;
      if (layout[position] === -1) layout[position] = from + index;
    });
  });
  return layout;
}
