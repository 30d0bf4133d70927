/**
 * The ways in which tokens may have come to stand where they do: words and rows left out, typed
 * twice, swapped, moved, read down the columns. Each way is a plan; its layouts say which token
 * belongs to which position of the sheet.
 *
 * Judges nothing: Reed-Solomon and the check words do.
 */
import { WORDS_A_ROW } from "../row.js";
import { hasRows, type Plan, type TokenText } from "./layout.js";
import { linePlans } from "./line-rows.js";
import { ordersOf } from "./row-orders.js";
import { flatPlans } from "./skipped-words.js";

const COST = { endMissing: 2.5, endsAdded: 2.5, linesIgnored: 3 } as const;

/** Other words of a text that may stand before and behind those of a sheet and look like them. */
const ADDED_MOST = 17;

/** Plans of more layouts take longer than anybody waits. */
const SIZE_LIMIT = 60_000;

/**
 * All plans for a sheet of `count` words of which at most `spare` may be without a token, besides `known`
 * ones that another carrier gives.
 */
export function plansOf(
  text: TokenText,
  count: number,
  spare: number,
  known: number,
): readonly Plan[] {
  const orders = ordersOf(text, count / WORDS_A_ROW);
  const flat = [
    ...orders.flatMap((order) => flatPlans(text, order, count, spare)),
    ...endsAdded(text, count),
  ];
  const isInLines = hasRows(text.lines.map(({ from, to }) => ({ tokens: new Array(to - from) })));
  const all = isInLines
    ? [
        ...orders.flatMap((order) => linePlans(text, order, count, spare + known)),
        ...flat.map(lessLikely),
      ]
    : flat;
  return [...all, ...endMissing(text, count, spare)].filter(({ size }) => size <= SIZE_LIMIT);
}

function lessLikely(plan: Plan): Plan {
  return { ...plan, cost: plan.cost + COST.linesIgnored };
}

/** Words of the text around the sheet's, before or behind them. */
function endsAdded({ tokenCount }: TokenText, count: number): readonly Plan[] {
  const added = tokenCount - count;
  if (added <= 0 || added > ADDED_MOST) return [];
  const layouts = function* () {
    for (let before = 0; before <= added; before++) {
      yield Int16Array.from({ length: count }, (_, position) => before + position);
    }
  };
  return [{ cost: COST.endsAdded, size: added + 1, layouts }];
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
