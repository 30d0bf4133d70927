/** Layouts of a text each of whose lines is a row of the sheet, whole or with words left out and added. */
import { WORDS_A_ROW } from "../row.js";
import { combinations, product } from "./combinations.js";
import type { Layout, Plan, TokenLine, TokenText } from "./layout.js";
import type { Order } from "./row-orders.js";

const COST = {
  oddLine: 2.5,
  /** With the number of its row before it there is little else that it can be. */
  oddNumberedLine: 1,
  lineLost: 2,
  /** Another line than the one with the most ways. */
  otherLine: 1,
} as const;

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
  const oddCost = order.isNumbered ? COST.oddNumberedLine : COST.oddLine;
  const fits = lines.map((line) => lineFits(line, text.repeats));
  const waysWithout = (given: readonly number[]) =>
    fits.map((fit, line) => (given.includes(line) ? [LOST] : fit));
  /** All fits of each of several choices, one after another. */
  const plan = (
    size: number,
    choices: () => Iterable<readonly (readonly LineFit[])[]>,
    extraCost: number,
  ): Plan => ({
    cost: order.cost + odd.length * oddCost + extraCost,
    size: order.size * size,
    layouts: function* () {
      for (const positions of order.positions()) {
        for (const choice of choices()) {
          for (const fit of product(choice)) yield layOutLines(positions, lines, count, fit);
        }
      }
    },
  });
  const waysOf = (choice: readonly (readonly LineFit[])[]) =>
    choice.reduce((size, ways) => size * ways.length, 1);
  const whole = plan(waysOf(fits), () => [fits], 0);
  const doubtful = doubtfulLines(text, lines, fits);
  const mostLost = Math.min(doubtful.length, Math.floor(dispensable / WORDS_A_ROW));
  const sums = waysWithLost(doubtful.map((line) => fits[line]?.length ?? 0));
  const reduced = Array.from({ length: mostLost }, (_, less) => {
    const lost = less + 1;
    const choices = function* () {
      for (const some of combinations(doubtful.length, lost)) {
        yield waysWithout(some.map((index) => doubtful[index] as number));
      }
    };
    const likeliest = waysWithout(doubtful.slice(0, lost));
    const size = waysOf(likeliest);
    const cost = lost * COST.lineLost;
    return [
      plan(size, () => [likeliest], cost),
      plan((sums[lost] ?? 0) - size, () => withoutFirst(choices()), cost + COST.otherLine),
    ];
  });
  return [whole, ...reduced.flat().filter(({ size }) => size > 0)];
}

/** By how many of these lines are given up: the ways of all others, over all choices. */
function waysWithLost(ways: readonly number[]): readonly number[] {
  return ways.reduce<readonly number[]>(
    (sums, count) =>
      [...sums, 0].map((sum, lost) => sum * count + (lost > 0 ? (sums[lost - 1] ?? 0) : 0)),
    [1],
  );
}

function* withoutFirst<T>(items: Iterable<T>): Iterable<T> {
  let isFirst = true;
  for (const item of items) {
    if (!isFirst) yield item;
    isFirst = false;
  }
}

/** Lines that are tried as given up, the likeliest of them. */
const DOUBTFUL_MOST = 8;

/** Lines that may be given up: those that fit in the most ways first, then those with gaps. */
function doubtfulLines(
  { unreadable }: TokenText,
  lines: readonly TokenLine[],
  fits: readonly (readonly LineFit[])[],
): readonly number[] {
  const ways = (line: number) => fits[line]?.length ?? 0;
  const hasGap = ({ from, to }: TokenLine) =>
    unreadable.some((token) => token >= from && token < to);
  return lines
    .flatMap((line, index) => (line.to - line.from !== WORDS_A_ROW || hasGap(line) ? [index] : []))
    .sort((a, b) => ways(b) - ways(a))
    .slice(0, DOUBTFUL_MOST);
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
