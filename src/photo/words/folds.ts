/**
 * Words behind a fold, which are too far from their places to be found one by one.
 *
 * A fold turns the plane of the paper about a line, so that behind it places go off in one direction
 * only, and by as much as they are behind the line: H + v l for a map H and a line l (Hartley and
 * Zisserman, section 13.1, on the homographies of two planes that meet). What changes from a word to the
 * next is how far behind the line it is; what it is turned by is the same for all of them.
 */
import { median } from "../../core/median.js";
import { cross } from "../plane.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import type { Place } from "./block-map.js";
import { evidenceOf } from "./evidence.js";
import { type Frame, leaning, shifted, slanted } from "./patches.js";
import { numbers, rowsOf } from "./ranges.js";
import { spread } from "./spread.js";
import { FAR_EVIDENCE, type Found, type WordSearch } from "./word-search.js";

/** Words that a block has to have for a column behind a fold to be looked for. */
const WORDS_LEAST = 30;
/** Evidence of a word from which its line is followed. */
const LIKELY = 0.06;
/** Rows that vote. */
const SAMPLE = 5;
const SLANTS = [-0.16, -0.08, 0, 0.08, 0.16];
const STRETCHES = [0.62, 0.73, 0.86, 1, 1.12, 1.25];
/** Squares around each place on the way of a word behind the line that it is looked for in. */
const AROUND = 4;
/** Squares of every word: a line within them would cut what it is found by. */
const UNCUT = 16;
/** Of the evidence of a typical column, what a column has that was found, and may have behind a fold. */
const WELL_FOUND = 0.6;
const HARDLY_FOUND = 0.5;

/** How the paper goes on behind a line. */
interface Turn {
  /** Squares down a square right, and how many right. */
  readonly slant: number;
  readonly stretch: number;
  /** Squares right a square down. */
  readonly lean: number;
}

const TURNS = SLANTS.flatMap((slant) =>
  STRETCHES.map((stretch): Turn => ({ slant, stretch, lean: 0 })),
);

/** Grows a search until neither words nor columns behind folds are left to find. */
export function growOverFolds(search: WordSearch): void {
  const searched = new Set<number>();
  growInRows(search);
  while (search.words.length >= WORDS_LEAST && !search.isOver) {
    const fold = columnBehindFold(search.words, searched);
    if (fold === null) return;
    searched.add(fold.column);
    search.take(wordsBehindFold(search, fold));
    growInRows(search);
  }
}

const MOST_TURNS = 4;

function growInRows(search: WordSearch): void {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    search.grow();
    if (!search.settleRows()) return;
  }
}

interface Fold {
  /** The column with few words found. */
  readonly column: number;
  /** From the column before the fold to this one. */
  readonly step: 1 | -1;
}

/** A column with few words found, beside one with most of them found. */
function columnBehindFold(cells: readonly Found[], searched: ReadonlySet<number>): Fold | null {
  const sums = new Map<number, number>();
  for (const cell of cells) {
    sums.set(cell.column, (sums.get(cell.column) ?? 0) + evidenceOf(cell.match));
  }
  const columns = [...sums.keys()];
  const typical = [...sums.values()].sort((a, b) => b - a)[WORDS_A_ROW / 2];
  if (typical === undefined) return null;
  const has = (column: number) => (sums.get(column) ?? 0) / typical;
  const wellFound = columns.filter((column) => has(column) > WELL_FOUND);
  if (Math.max(...wellFound) - Math.min(...wellFound) >= WORDS_A_ROW - 1) return null;
  return (
    wellFound
      .flatMap((column): readonly Fold[] => [
        { column: column - 1, step: -1 },
        { column: column + 1, step: 1 },
      ])
      .filter(({ column }) => has(column) < HARDLY_FOUND && !searched.has(column))
      .sort((a, b) => has(b.column) - has(a.column))[0] ?? null
  );
}

/** A place behind a fold, and where its word would be if the row went on straight. */
interface Way extends Place {
  readonly straight: Frame;
}

/** The words at the turn for which a few rows have most evidence together, refined by those that are sure. */
function wordsBehindFold(search: WordSearch, fold: Fold): readonly Found[] {
  const ways = waysOverFold(search, fold);
  const sample = ways.length <= SAMPLE ? ways : spread(ways, SAMPLE);
  const votes = TURNS.map((turn) => {
    const found = sample.map((way) => wordBehindFold(search, way, fold.step, turn));
    return { turn, sure: found.reduce((sum, { match }) => sum + evidenceOf(match), 0) };
  });
  const { turn } = votes.reduce((best, each) => (each.sure > best.sure ? each : best));
  const wordsAt = (some: readonly Way[], at: Turn) =>
    some
      .map((way) => ({ way, word: search.refined(wordBehindFold(search, way, fold.step, at)) }))
      .filter(({ word }) => evidenceOf(word.match) > FAR_EVIDENCE);
  const seen = wordsAt(sample, turn).map(({ way, word }) => turnOf(way.straight, word.frame));
  return wordsAt(ways, typicalTurn(seen) ?? turn).map(({ word }) => word);
}

/** Of the rows that were found before the fold but not behind it. */
function waysOverFold(search: WordSearch, { column, step }: Fold): readonly Way[] {
  const rows = rowsOf(search.words);
  if (rows === null) return [];
  return numbers(rows).flatMap((row) => {
    const beside = search.foundAt({ column: column - step, row });
    const behind = search.foundAt({ column, row });
    const isKnown = behind !== undefined && evidenceOf(behind.match) > FAR_EVIDENCE;
    if (beside === undefined || isKnown || evidenceOf(beside.match) < LIKELY) return [];
    return [{ column, row, straight: shifted(beside.frame, step * search.form.columnSquares, 0) }];
  });
}

/** The likeliest word, wherever on its way the line is. */
function wordBehindFold(
  search: WordSearch,
  { column, row, straight }: Way,
  side: Fold["step"],
  turn: Turn,
): Found {
  const turned = turnedFrame(straight, turn);
  const [offX, offY] = [side * (turn.stretch - 1), side * turn.slant];
  const most = search.form.columnSquares - UNCUT;
  const least = side > 0 ? 0 : UNCUT;
  const count = Math.ceil((most * Math.max(Math.abs(offX), Math.abs(offY))) / (2 * AROUND));
  const found = numbers({ first: 0, last: count }).map((stop) => {
    const behind = least + (count === 0 ? 0 : (most * stop) / count);
    const { origin } = shifted(straight, behind * offX, behind * offY);
    return search.matchAt({ column, row }, { ...turned, origin }, { margin: AROUND });
  });
  return found.reduce((best, each) =>
    evidenceOf(each.match) > evidenceOf(best.match) ? each : best,
  );
}

/** Mirrors `turnedFrame`. */
function turnOf(before: Frame, behind: Frame): Turn {
  const area = cross(before.right, before.down);
  const across = cross(behind.right, before.down);
  return {
    slant: cross(before.right, behind.right) / area,
    stretch: across / area,
    lean: cross(behind.down, before.down) / across,
  };
}

function turnedFrame(before: Frame, { slant, stretch, lean }: Turn): Frame {
  return leaning(slanted(before, slant, stretch), lean);
}

function typicalTurn(turns: readonly Turn[]): Turn | null {
  if (turns.length === 0) return null;
  return {
    slant: median(turns.map(({ slant }) => slant)),
    stretch: median(turns.map(({ stretch }) => stretch)),
    lean: median(turns.map(({ lean }) => lean)),
  };
}
