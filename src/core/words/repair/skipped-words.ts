/** Layouts of a text whose lines mean nothing: words left out and added anywhere. */
import { WORDS_A_ROW } from "../row.js";
import { choose, chooseAgain, combinations, multisets } from "./combinations.js";
import type { Layout, Plan, TokenText } from "./layout.js";
import type { Order } from "./row-orders.js";

const COST = {
  wordLeftOut: 2.5,
  wordAdded: 2.5,
  /** Something left out and something else added, so that the count comes out right. */
  both: 1,
} as const;

const EDITS_LIMIT = 4;
/** Spare words that are left to prove something. */
const UNUSED = 2;
/** Slots that are given up together around a word left out or added whose place is not known. */
const WINDOWS = [1, 3, 5] as const;

/** At `slot` of the order typed, so many slots have no token and so many tokens no slot. */
interface Gap {
  readonly slot: number;
  readonly skip: number;
  readonly drop: number;
}

export function flatPlans(
  text: TokenText,
  order: Order,
  count: number,
  spare: number,
): readonly Plan[] {
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
  const layouts = function* (
    dropped: () => Iterable<readonly number[]>,
    gaps: () => Iterable<Gap[]>,
  ) {
    for (const positions of order.positions()) {
      for (const drops of dropped()) {
        for (const some of gaps()) yield layOut(positions, text, count, some, drops);
      }
    }
  };
  const widths =
    left + added === 0 ? [1] : WINDOWS.filter((w) => w * (left + added) <= spare - UNUSED);
  const anywhere = widths.map((width) => {
    const windows = Math.ceil(slots / width);
    const size = order.size * chooseAgain(windows, left) * chooseAgain(windows, added);
    const none = () => [[]];
    return { size, layouts: () => layouts(none, () => windowGaps(slots, width, left, added)) };
  });
  if (added === 0 || repeats.length < added) return anywhere;
  // Whatever was typed twice is most likely what was added.
  const dropped = function* () {
    for (const some of combinations(repeats.length, added)) {
      yield some.map((index) => repeats[index] as number);
    }
  };
  const likely = widths.map((width) => ({
    size: order.size * choose(repeats.length, added) * chooseAgain(Math.ceil(slots / width), left),
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
