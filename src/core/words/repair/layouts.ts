/**
 * The ways in which tokens may have come to stand where they do: words and rows left out, typed
 * twice, swapped, moved, read down the columns. Each way is a plan; its layouts say which token
 * belongs to which position of the sheet.
 *
 * Judges nothing: Reed-Solomon and the check words do.
 */
import { WORDS_A_ROW } from "../row.js";

/** By position of the sheet, from 0: the index of its token, or -1 for none. */
export type Layout = Int16Array;

/** A line of a text: the tokens from `from` to before `to`, and its number where one was typed. */
export interface TokenLine {
  readonly number: number | null;
  readonly from: number;
  readonly to: number;
}

export interface TokenText {
  readonly tokenCount: number;
  readonly lines: readonly TokenLine[];
  /** Tokens that say the same as the one before them. */
  readonly repeats: readonly number[];
}

export interface Plan {
  /** About the negative logarithm of how likely a text came about this way. */
  readonly cost: number;
  /** How many layouts it has. */
  readonly size: number;
  readonly layouts: () => Iterable<Layout>;
}

const COST = {
  wordLeftOut: 2.5,
  wordAdded: 2.5,
  /** Something left out and something else added, so that the count comes out right. */
  both: 1,
  endMissing: 2.5,
  rowLeftOut: 3.5,
  rowDoubled: 3.5,
  rowsSwapped: 5,
  rowMoved: 4.5,
  columns: 4,
  numbersIgnored: 2,
  linesIgnored: 3,
  lineLost: 2,
} as const;

/** Plans of more layouts take longer than anybody waits. */
const SIZE_LIMIT = 60_000;
const EDITS_LIMIT = 4;
/** Spare words that are left to prove something. */
const UNUSED = 2;
/** Slots that are given up together around a word left out or added whose place is not known. */
const WINDOWS = [1, 3, 5] as const;

/** An order in which the rows of a sheet, from 0, may have been typed; the same row may come twice. */
interface Order {
  readonly cost: number;
  readonly rowCount: number;
  readonly size: number;
  /** Positions of the sheet in the order typed. */
  readonly positions: () => Iterable<Int16Array>;
}

/** All plans for a sheet of `count` words of which at most `spare` may be without a token. */
export function plansOf(text: TokenText, count: number, spare: number): readonly Plan[] {
  const rows = count / WORDS_A_ROW;
  const orders = ordersOf(text, rows);
  const isInLines = hasRows(text.lines.map(({ from, to }) => ({ tokens: new Array(to - from) })));
  const flat = orders.flatMap((order) => flatPlans(text, order, count, spare));
  const all = isInLines
    ? [...orders.flatMap((order) => linePlans(text, order, count)), ...flat.map(lessLikely)]
    : flat;
  return [...all, ...endMissing(text, count, spare)].filter(({ size }) => size <= SIZE_LIMIT);
}

function lessLikely(plan: Plan): Plan {
  return { ...plan, cost: plan.cost + COST.linesIgnored };
}

/** True when lines say where rows begin: most of them have as many words as a row. */
export function hasRows(lines: readonly { readonly tokens: readonly unknown[] }[]): boolean {
  const whole = lines.filter(({ tokens }) => tokens.length === WORDS_A_ROW).length;
  return lines.length > 1 && 2 * whole >= lines.length;
}

// --- Orders of rows ----------------------------------------------------------------------------

function ordersOf({ lines, tokenCount }: TokenText, rows: number): readonly Order[] {
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
    {
      cost: COST.columns,
      rowCount: rows,
      size: 1,
      positions: () => [positionsOfColumns(rows)],
    },
  ];
  if (numbered === null) return orders;
  const byNumber = {
    ...byRows(-COST.numbersIgnored, numbered.length, 1, () => [[...numbered]]),
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

/** Read down each column instead of along each row. */
function positionsOfColumns(rows: number): Int16Array {
  return Int16Array.from(
    { length: rows * WORDS_A_ROW },
    (_, slot) => (slot % rows) * WORDS_A_ROW + Math.floor(slot / rows),
  );
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

// --- Words left out and added ------------------------------------------------------------------

/** At `slot` of the order typed, so many slots have no token and so many tokens no slot. */
interface Gap {
  readonly slot: number;
  readonly skip: number;
  readonly drop: number;
}

function flatPlans(text: TokenText, order: Order, count: number, spare: number): readonly Plan[] {
  const slots = order.rowCount * WORDS_A_ROW;
  const left = Math.max(0, slots - text.tokenCount);
  const added = Math.max(0, text.tokenCount - slots);
  return [0, 1].flatMap((both) => {
    const edits = left + added + 2 * both;
    if (edits > EDITS_LIMIT) return [];
    const cost =
      order.cost +
      (left + both) * COST.wordLeftOut +
      (added + both) * COST.wordAdded +
      both * COST.both;
    return editPlans(text, order, count, spare, left + both, added + both).map((plan) => ({
      ...plan,
      cost,
    }));
  });
}

function editPlans(
  text: TokenText,
  order: Order,
  count: number,
  spare: number,
  left: number,
  added: number,
): readonly Omit<Plan, "cost">[] {
  const slots = order.rowCount * WORDS_A_ROW;
  const { repeats } = text;
  const layouts = function* (dropped: readonly (readonly number[])[], gaps: () => Iterable<Gap[]>) {
    for (const positions of order.positions()) {
      for (const drops of dropped) {
        for (const some of gaps()) yield layOut(positions, text, count, some, drops);
      }
    }
  };
  const widths =
    left + added === 0 ? [1] : WINDOWS.filter((w) => w * (left + added) <= spare - UNUSED);
  const anywhere = widths.map((width) => {
    const windows = Math.ceil(slots / width);
    const size = order.size * chooseAgain(windows, left) * chooseAgain(windows, added);
    return { size, layouts: () => layouts([[]], () => windowGaps(slots, width, left, added)) };
  });
  if (added === 0 || repeats.length < added) return anywhere;
  // Whatever was typed twice is most likely what was added.
  const dropped = [...combinations(repeats.length, added)].map((some) =>
    some.map((index) => repeats[index] as number),
  );
  const likely = widths.map((width) => ({
    size: order.size * dropped.length * chooseAgain(Math.ceil(slots / width), left),
    layouts: () => layouts(dropped, () => windowGaps(slots, width, left, 0)),
  }));
  return [...likely, ...anywhere];
}

/** All ways to have words left out and added within windows of so many slots. */
function* windowGaps(slots: number, width: number, left: number, added: number): Iterable<Gap[]> {
  const windows = Math.ceil(slots / width);
  for (const leftIn of multisets(windows, left)) {
    for (const addedIn of multisets(windows, added)) {
      const shifts = new Map<number, number>();
      for (const window of leftIn) shifts.set(window, (shifts.get(window) ?? 0) - 1);
      for (const window of addedIn) shifts.set(window, (shifts.get(window) ?? 0) + 1);
      yield [...shifts].map(([window, shift]) => {
        const slot = window * width;
        const skip = Math.min(width, slots - slot);
        return width === 1 && shift > 0
          ? { slot, skip: 0, drop: shift }
          : { slot, skip, drop: Math.max(0, skip + shift) };
      });
    }
  }
}

function layOut(
  positions: Int16Array,
  { tokenCount }: TokenText,
  count: number,
  gaps: readonly Gap[],
  dropped: readonly number[],
): Layout {
  const layout = new Int16Array(count).fill(-1);
  let token = 0;
  let slot = 0;
  while (token < tokenCount && slot < positions.length) {
    const gap = gaps.find((candidate) => candidate.slot === slot);
    if (gap !== undefined) token += gap.drop;
    if (gap !== undefined && gap.skip > 0) {
      slot += gap.skip;
      continue;
    }
    while (dropped.includes(token)) token += 1;
    if (token >= tokenCount) break;
    const position = positions[slot] as number;
    // Of a row typed twice the first one counts.
    if (layout[position] === -1) layout[position] = token;
    token += 1;
    slot += 1;
  }
  return layout;
}

/** The end of the sheet was not typed, or not yet. */
function endMissing(
  { tokenCount, lines }: TokenText,
  count: number,
  spare: number,
): readonly Plan[] {
  const missing = count - tokenCount;
  if (missing <= 0 || missing > spare || lines.length === 0) return [];
  const layouts = () => [Int16Array.from({ length: count }, (_, i) => (i < tokenCount ? i : -1))];
  return [{ cost: COST.endMissing, size: 1, layouts }];
}

// --- Lines that are rows -----------------------------------------------------------------------

/** What a line of too few or too many tokens may be: where each of its tokens belongs, or -1. */
type LineFit = readonly number[];

/** The plans in which each line is one row, whole or with words left out and added inside it. */
function linePlans(text: TokenText, order: Order, count: number): readonly Plan[] {
  const lines = text.lines.flatMap(splitLine);
  if (lines.length !== order.rowCount) return [];
  const odd = lines.filter(({ from, to }) => to - from !== WORDS_A_ROW);
  const fits = lines.map((line) => lineFits(line, text.repeats));
  const plan = (chosen: readonly (readonly LineFit[])[], extraCost: number): Plan => ({
    cost: order.cost + odd.length * COST.wordLeftOut + extraCost,
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
  const reduced = odd.map((_, lost) =>
    plan(
      fits.map((fit, line) => (byWays.indexOf(line) <= lost ? [LOST] : fit)),
      (lost + 1) * COST.lineLost,
    ),
  );
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

// --- Counting ----------------------------------------------------------------------------------

function choose(n: number, k: number): number {
  let ways = 1;
  for (let index = 0; index < k; index++) ways = (ways * (n - index)) / (index + 1);
  return Math.max(0, ways);
}

/** Multisets of k out of n. */
function chooseAgain(n: number, k: number): number {
  return choose(n + k - 1, k);
}

/** Ascending indices. */
function* combinations(n: number, k: number, from = 0): Iterable<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= n - k; first++) {
    for (const rest of combinations(n, k - 1, first + 1)) yield [first, ...rest];
  }
}

function* multisets(n: number, k: number, from = 0): Iterable<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let first = from; first < n; first++) {
    for (const rest of multisets(n, k - 1, first)) yield [first, ...rest];
  }
}

function* product<T>(choices: readonly (readonly T[])[], from = 0): Iterable<T[]> {
  const [first] = choices.slice(from, from + 1);
  if (first === undefined) {
    yield [];
    return;
  }
  for (const rest of product(choices, from + 1)) for (const item of first) yield [item, ...rest];
}
