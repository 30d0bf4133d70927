/** Columns behind a fold, which are too far from their places for their words to be found one by one. */
import { WORDS_A_ROW } from "../row.js";
import { STANDARD, spread } from "./candidates.js";
import { evidenceOf } from "./evidence.js";
import { shifted, slanted } from "./patches.js";
import { countsOf, numbers, rowsOf } from "./ranges.js";
import { FAR_EVIDENCE, type Found, type WordSearch } from "./word-search.js";

/** Words that a block has to have for a column behind a fold to be looked for. */
const WORDS_LEAST = 40;
/** Rows that vote. */
const SAMPLE = 5;
const SLANTS = [-0.12, -0.06, 0, 0.06, 0.12];
const STRETCHES = [0.88, 1];
/** Squares that a fold may move a column by, and that a word is off by when it did. */
const REACH = { marginX: 16, marginY: 12 } as const;
const WIDE = { marginX: 6 } as const;
/** Of its words, that a column has to have to be beside a fold, and may have behind one. */
const WELL_FOUND = 0.6;
const HARDLY_FOUND = 0.5;
/** How far apart the votes of two rows of one column may be. */
const ALIKE = { slant: 0.07, across: 5, down: 4 } as const;

/** How a column is off its places. */
interface Vote {
  readonly row: number;
  readonly slant: number;
  readonly stretch: number;
  readonly x: number;
  readonly y: number;
  readonly sure: number;
}

/** Grows a search until neither words nor columns behind folds are left to find. */
export function growOverFolds(search: WordSearch): void {
  const searched = new Set<number>();
  growInRows(search);
  while (search.words.length >= WORDS_LEAST && !search.isOver) {
    const column = columnBehindFold(search.words, searched);
    if (column === null) return;
    searched.add(column);
    search.take(foldedColumn(search, column));
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

/** A column of which little was found, beside one of which most was. */
function columnBehindFold(cells: readonly Found[], searched: ReadonlySet<number>): number | null {
  const rows = rowsOf(cells);
  if (rows === null) return null;
  const counts = countsOf(cells.map(({ column }) => column));
  const has = (column: number) => (counts.get(column) ?? 0) / numbers(rows).length;
  const wellFound = [...counts.keys()].filter((column) => has(column) > WELL_FOUND);
  if (Math.max(...wellFound) - Math.min(...wellFound) >= WORDS_A_ROW - 1) return null;
  return (
    wellFound
      .flatMap((column) => [column - 1, column + 1])
      .filter((column) => has(column) < HARDLY_FOUND && !searched.has(column))
      .sort((a, b) => has(b) - has(a))[0] ?? null
  );
}

/**
 * All words of a column behind a fold are off by about the same, and slanted by the same. A few of them
 * vote on by how much; since rows look alike, the row is the one at which all of them fit.
 */
function foldedColumn(search: WordSearch, column: number): readonly Found[] {
  const bounds = rowsOf(search.words);
  if (bounds === null) return [];
  const rows = numbers(bounds);
  const votes = spread(rows, SAMPLE).flatMap((row) =>
    SLANTS.flatMap((slant) =>
      STRETCHES.map((stretch): Vote => {
        const frame = slanted(search.frameAt({ column, row }), slant, stretch);
        const { match } = search.matchAt({ column, row }, frame, REACH);
        return { row, slant, stretch, x: match.shiftX, y: match.shiftY, sure: evidenceOf(match) };
      }),
    ),
  );
  const ranked = votes.map((vote) => ({ vote, strong: strengthOf(vote, votes) }));
  const { vote } = ranked.reduce((best, each) => (each.strong > best.strong ? each : best));
  const aligned = [-1, 0, 1].map((step) => {
    const found = rows.map((row) => {
      const frame = slanted(search.frameAt({ column, row }), vote.slant, vote.stretch);
      const down = vote.y + step * STANDARD.rowSquares;
      return search.matchAt({ column, row }, shifted(frame, vote.x, down), WIDE);
    });
    return { found, sure: found.reduce((sum, { match }) => sum + evidenceOf(match), 0) };
  });
  const { found } = aligned.reduce((best, each) => (each.sure > best.sure ? each : best));
  return found.filter(({ match }) => evidenceOf(match) > FAR_EVIDENCE);
}

/** Of a vote: the best of every other row that comes near it, together. */
function strengthOf(vote: Vote, votes: readonly Vote[]): number {
  const best = new Map<number, number>();
  for (const { row, slant, stretch, x, y, sure } of votes) {
    if (Math.abs(slant - vote.slant) > ALIKE.slant || stretch !== vote.stretch) continue;
    if (Math.abs(x - vote.x) > ALIKE.across) continue;
    const down = Math.abs(y - vote.y) % STANDARD.rowSquares;
    if (Math.min(down, STANDARD.rowSquares - down) > ALIKE.down) continue;
    best.set(row, Math.max(sure, best.get(row) ?? 0));
  }
  return [...best.values()].reduce((sum, sure) => sum + sure, 0);
}
