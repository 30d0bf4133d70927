/**
 * The words of a sheet on a photograph of it, by their shapes alone: the block of words is found,
 * straightened and compared, word by word, with every word that could stand there.
 *
 * Gives for each place the likeliest word and how likely it is; judges nothing else.
 */
import { length } from "../plane.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import type { ListRow } from "../../core/words/word-lists.js";
import type { Place } from "./block-map.js";
import { evidenceOf } from "./evidence.js";
import { growOverFolds } from "./folds.js";
import { GLYPH_WIDTH } from "./glyphs.js";
import type { Fit } from "./likeliest-print.js";
import { RANKED } from "./match-word.js";
import { type Frame, middleFrame, shifted, slanted } from "./patches.js";
import { FAR_EVIDENCE, type Found, squaresBetween, WordSearch } from "./word-search.js";
import { numbers, type Range, rowsOf } from "./ranges.js";
import { spread } from "./spread.js";
import type { SearchWork } from "./work.js";

/** A place of the block, and the words that may stand there, likeliest first. */
export interface ReadCell {
  readonly column: number;
  readonly row: number;
  readonly words: readonly { readonly word: string; readonly agreement: number }[];
}

export interface ReadBlock {
  readonly cells: readonly ReadCell[];
  readonly rowCount: number;
  /** Pixels from one letter to the next. */
  readonly letterPx: number;
  /** Of its words. */
  readonly list: ListRow;
}

const FINALISTS = 3;
/** More are on no page. */
const ROWS_LIMIT = 80;
const FOUND_LEAST = 12;
/** Deviations in pixels that a picture may be blurred by. */
const BLURS = [0.55, 0.7, 0.85, 1.05, 1.3];
const BLUR_SAMPLE = 12;
/** Squares around a place that a word is looked for in: where it was found, and where it was not. */
const NARROW = 2;
const AROUND = 4;
/** In the last look, at words that are not clear: the map is near, so small steps. */
const FAR_WARPS = [
  [0, 1],
  [-0.03, 1],
  [0.03, 1],
  [-0.06, 1],
  [0.06, 1],
  [0, 0.96],
  [0, 1.04],
  [0, 0.92],
  [0, 1.08],
] as const;
/** As those, and squares around, where words above and below say how a word lies. */
const NEAR_WARPS = [
  [0, 1],
  [-0.03, 1],
  [0.03, 1],
  [0, 0.97],
  [0, 1.03],
] as const;
const NARROWEST = 1;
/** Squares that what words above and below say may be apart. */
const AGREE = 4;
/** Evidence of a word that no further look is worth. */
const CLEAR = 0.2;
/** Of the words in the likeliest six columns, that others have to have to be tried. */
const LIKELY_WINDOW = 0.87;
const MOST_WINDOWS = 3;

/** Where words of the list are, likeliest first. */
export function searchesOf(candidates: readonly Fit[], work: SearchWork) {
  return candidates
    .slice(0, FINALISTS)
    .map((candidate) => new WordSearch(candidate, work))
    .filter((search) => search.hasEvidence);
}

/**
 * For each place where words were seen, likeliest first, the readings of it, likeliest first, each made
 * when it is asked for; few once work is over.
 */
export function* readBlocks(searches: readonly WordSearch[]): Generator<Iterable<ReadBlock>> {
  for (const [index, search] of searches.entries()) {
    const others = searches.slice(index + 1);
    const isJoined = others.map((other) => search.join(other));
    growOverFolds(search);
    for (const [number, other] of others.entries()) {
      if (isJoined[number] === false && search.join(other)) growOverFolds(search);
    }
    yield readingsOf(search);
  }
}

function* readingsOf(search: WordSearch): Generator<ReadBlock> {
  const rows = rowsOf(search.words);
  if (search.words.length < FOUND_LEAST || rows === null) return;
  if (rows.last - rows.first >= ROWS_LIMIT) return;
  const blurPx = likeliestBlur(search);
  for (const [index, first] of firstColumns(search.words).entries()) {
    if (index > 0 && search.isOver) return;
    const columns = { first, last: first + WORDS_A_ROW - 1 };
    const cells = numbers(rows).flatMap((row) =>
      numbers(columns).map((column) => ({
        column: column - columns.first,
        row: row - rows.first,
        words: lastLook(search, { column, row }, blurPx),
      })),
    );
    const letterPx = (GLYPH_WIDTH * length(search.middle.right)) / search.factor;
    yield { letterPx, list: search.print.list, rowCount: rows.last - rows.first + 1, cells };
  }
}

/** At which the words that were found differ most from others. */
function likeliestBlur(search: WordSearch): number {
  const sample = spread(search.words, BLUR_SAMPLE);
  const tried = BLURS.map((blurPx) => {
    const evidence = sample.map((cell) =>
      evidenceOf(search.matchAt(cell, cell.frame, { margin: NARROW, blurPx }).match),
    );
    return { blurPx, sum: evidence.reduce((sum, each) => sum + each, 0) };
  });
  return tried.reduce((best, each) => (each.sum > best.sum ? each : best)).blurPx;
}

function lastLook(search: WordSearch, place: Place, blurPx: number): ReadCell["words"] {
  const known = search.foundAt(place);
  const last =
    known === undefined
      ? search.matchAt(place, search.frameAt(place), { margin: AROUND, blurPx })
      : search.matchAt(place, known.frame, { margin: NARROW, blurPx });
  const looks =
    evidenceOf(last.match) > CLEAR || search.isFarOver
      ? [last]
      : looksAgain(search, place, last.frame, blurPx);
  const best = new Map<string, number>();
  for (const { word, agreement } of looks.flatMap(({ match }) => match.words)) {
    best.set(word, Math.max(agreement, best.get(word) ?? -1));
  }
  return [...best]
    .map(([word, agreement]) => ({ word, agreement }))
    .sort((a, b) => b.agreement - a.agreement)
    .slice(0, RANKED);
}

/** The fewer ways a word may lie, the fewer wrong ones agree with it. */
function looksAgain(search: WordSearch, place: Place, frame: Frame, blurPx: number) {
  const between = frameBetween(search, place);
  const [from, warps, margin] =
    between === null ? [frame, FAR_WARPS, NARROW] : [between, NEAR_WARPS, NARROWEST];
  return warps.map(([slant, stretch]) =>
    search.matchAt(place, slanted(from, slant, stretch), { margin, blurPx }),
  );
}

/** Where believed words, above and below, say that a word is; null where they do not agree. */
function frameBetween(search: WordSearch, { column, row }: Place): Frame | null {
  const [above, below] = [-1, 1].map((side) =>
    [side, 2 * side]
      .map((rows) => ({ rows, word: search.foundAt({ column, row: row + rows }) }))
      .flatMap(({ rows, word }) =>
        word === undefined || evidenceOf(word.match) < FAR_EVIDENCE
          ? []
          : [shifted(word.frame, 0, -rows * search.form.rowSquares)],
      )
      .at(0),
  );
  if (above === undefined || below === undefined) return null;
  const isOne = squaresBetween(above, above.origin, below.origin) < AGREE;
  return isOne ? middleFrame(above, below) : null;
}

/** The first of six columns with most of the words that were found, and those that come near it. */
function firstColumns(cells: readonly Found[]): readonly number[] {
  const columns = cells.map(({ column }) => column);
  const firsts: Range = {
    first: Math.min(...columns) - WORDS_A_ROW + 1,
    last: Math.max(...columns),
  };
  const counts = numbers(firsts).map((first) => ({
    first,
    count: columns.filter((column) => column >= first && column < first + WORDS_A_ROW).length,
  }));
  const most = Math.max(...counts.map(({ count }) => count));
  return counts
    .filter(({ count }) => count > LIKELY_WINDOW * most)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_WINDOWS)
    .map(({ first }) => first);
}
