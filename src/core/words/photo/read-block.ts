/**
 * The words of a sheet on a photograph of it, by their shapes alone: the block of words is found,
 * straightened and compared, word by word, with every word that could stand there.
 *
 * Gives for each place the likeliest word and how likely it is; judges nothing else.
 */
import type { Picture } from "../../picture.js";
import { WORDS_A_ROW } from "../row.js";
import { ENGLISH, listWords } from "../word-lists.js";
import { BlockMap } from "./block-map.js";
import { evenLight } from "./even-light.js";
import { GLYPH_WIDTH } from "./glyphs.js";
import { type Lattice, type Node, wordLattices, type WordStart } from "./lattice.js";
import { type WordShapes, wordShapes } from "./letter-shapes.js";
import { matchWord, RANKED, type RankedWord, shiftsOf, type WordMatch } from "./match-word.js";
import {
  type Frame,
  framedAt,
  frameAt,
  framedLike,
  patchAt,
  type Scale,
  shifted,
  slanted,
  startOf,
} from "./patches.js";
import { cross, length, minus, type Vector } from "../../plane.js";
import { halved, scaled } from "./resize.js";
import { wordBlobs } from "./word-blobs.js";

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
}

/** On which a word is about 1.2 pixels of blur from its letters. */
const SIGMA = 1.2;
const SMALLEST_SIDE = 400;
const LARGEST_SIDE = 2600;
const STEP = Math.SQRT2;
const CANDIDATES = 6;
const STANDARD: Scale = { columnSquares: 87.5, rowSquares: 16.2 };

/** Agreement that a candidate has to have, and evidence from which no other is looked for. */
const LEAST_AGREEMENT = 0.55;
const CERTAIN_EVIDENCE = 0.2;
const FINALISTS = 3;

/** Pixels a square, above which a smaller picture shows a word as well. */
const MOST_PIXELS = 1.6;
/** Paper is looked for so many squares around each pixel. */
const LIGHT_REACH = 12;
const TYPICAL_BLUR = 0.85;

/** A lattice on a picture, and how well it was found to fit. */
interface Candidate {
  readonly picture: Picture;
  /** Pixels of the picture a pixel of the photograph. */
  readonly factor: number;
  readonly lattice: Lattice;
  readonly map: BlockMap;
  readonly agreement: number;
  readonly evidence: number;
}

/** Of a word against the next best: the logarithm of how much less it leaves unexplained. */
export function evidenceOf({
  words: [best, second],
}: {
  readonly words: readonly { readonly agreement: number }[];
}): number {
  return unexplained(second?.agreement ?? 0) - unexplained(best?.agreement ?? 0);
}

/** The logarithm of the part of what is seen that a word of such an agreement leaves unexplained. */
export function unexplained(agreement: number): number {
  return Math.log(Math.max(1e-3, 1 - agreement * agreement));
}

/** What was done, in shifts at which a patch was compared with all letters: 60 to 100 microseconds each. */
export interface Work {
  shifts: number;
}

/** Work after which nothing further is begun: some eight seconds. */
export const MOST_SHIFTS = 80_000;
/** Pixels in which words are looked for in the time of one shift. */
const PIXELS_A_SHIFT = 150;

/** Readings of the picture, likeliest first, each made when it is asked for; few once work is over. */
export function* readBlocks(picture: Picture, work: Work): Generator<ReadBlock> {
  const candidates = candidatesOf(picture, work).sort((a, b) => scoreOf(b) - scoreOf(a));
  for (const candidate of candidates.slice(0, FINALISTS)) yield* readCandidate(candidate, work);
}

function scoreOf({ agreement, evidence }: Candidate): number {
  return agreement + 3 * evidence;
}

function candidatesOf(picture: Picture, work: Work): Candidate[] {
  const pyramid = [picture];
  while (longSide(pyramid.at(-1) as Picture) > 2 * SMALLEST_SIDE) {
    pyramid.push(halved(pyramid.at(-1) as Picture));
  }
  const candidates: Candidate[] = [];
  for (const { smaller, factor } of sizes(pyramid)) {
    work.shifts += Math.round((smaller.widthPx * smaller.heightPx) / PIXELS_A_SHIFT);
    const lattices = wordLattices(wordBlobs(smaller, SIGMA), SIGMA);
    for (const lattice of lattices.slice(0, CANDIDATES)) {
      const candidate = judged(pyramid, enlarged(lattice, 1 / factor), work);
      if (candidate !== null) candidates.push(candidate);
    }
    if (
      work.shifts > MOST_SHIFTS / 2 ||
      candidates.some(({ evidence }) => evidence > CERTAIN_EVIDENCE)
    )
      break;
  }
  return candidates;
}

/** From small to large, each STEP times the one before. */
function* sizes(pyramid: readonly Picture[]): Iterable<{ smaller: Picture; factor: number }> {
  for (const [index, level] of [...pyramid.entries()].reverse()) {
    const native = 1 / 2 ** index;
    if (longSide(level) > LARGEST_SIDE) return;
    yield { smaller: level, factor: native };
    if (longSide(level) * STEP <= LARGEST_SIDE) {
      yield { smaller: scaled(level, STEP), factor: native * STEP };
    }
  }
}

function longSide({ widthPx, heightPx }: Picture): number {
  return Math.max(widthPx, heightPx);
}

function strict(lattice: Lattice): Lattice {
  return lattice.filter(({ isLoose }) => !isLoose);
}

function enlarged(lattice: Lattice, factor: number): Lattice {
  return lattice.map((start) => ({
    ...start,
    at: { x: start.at.x * factor, y: start.at.y * factor },
  }));
}

const SAMPLE = 9;
/** Of the sample, after which a hopeless lattice is left. */
const LOOK = 3;

function judged(pyramid: readonly Picture[], lattice: Lattice, work: Work): Candidate | null {
  const whole = BlockMap.fitMost(strict(lattice));
  if (whole === null) return null;
  const squarePx = length(frameOf(whole, spread(whole.nodes, 3)[1] as Node).right);
  const level = Math.max(0, Math.ceil(Math.log2(squarePx / MOST_PIXELS)));
  const picture = pyramid[Math.min(level, pyramid.length - 1)] as Picture;
  const factor = picture.widthPx / (pyramid[0] as Picture).widthPx;
  const starts = enlarged(lattice, factor);
  const map = BlockMap.fitMost(strict(starts));
  if (map === null) return null;
  const sample = spread(map.nodes, SAMPLE);
  const shapes = shapesFor(frameOf(map, sample[4] as Node), TYPICAL_BLUR);
  const matches: WordMatch[] = [];
  for (const place of sample) {
    work.shifts += shiftsOf(FIRST, FIRST);
    matches.push(
      matchWord(patchAt(picture, frameOf(map, place), shapes.slots, FIRST, FIRST), shapes),
    );
    const isHopeless = median(matches.map((match) => match.agreement)) < LEAST_AGREEMENT;
    if (matches.length === LOOK && isHopeless) return null;
  }
  const agreement = median(matches.map((match) => match.agreement));
  const evidence = median(matches.map(evidenceOf));
  if (agreement < LEAST_AGREEMENT) return null;
  return { picture, factor, lattice: starts, map, agreement, evidence };
}

function frameOf(map: BlockMap, { column, row }: Place): Frame {
  return frameAt(map, column, row, STANDARD);
}

function shapesFor({ right, down }: Frame, blurPx: number): WordShapes {
  return wordShapes(listWords(ENGLISH), { x: blurPx / length(right), y: blurPx / length(down) });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as T);
}

interface Place {
  readonly column: number;
  readonly row: number;
}

/** A word where it was found. */
interface Found extends Node {
  readonly match: WordMatch;
  readonly frame: Frame;
}

function keyOf({ column, row }: Place): string {
  return `${String(column)} ${String(row)}`;
}

/** Deviations in pixels that a picture may be blurred by. */
const BLURS = [0.55, 0.7, 0.85, 1.05, 1.3];
const BLUR_SAMPLE = 12;
const ROUNDS = 14;
const TRIES = 3;
/** Squares around a place that a word is looked for in: first, again, and where it was found. */
const FIRST = 4;
const WIDE = 6;
const NARROW = 2;
/** Squares down a square right that the text may run off the map behind a fold. */
const SLANTS = [0, -0.05, 0.05, -0.1, 0.1];
/** In the last look, at words that are not clear: the map is near, so small steps. */
const LAST_WARPS = [
  [0, 1],
  [-0.03, 1],
  [0.03, 1],
  [-0.06, 1],
  [0.06, 1],
  [0, 0.97],
  [0, 1.03],
] as const;
/** Evidence of a word, from which one that was looked for far around is believed. */
const FAR_EVIDENCE = 0.12;
/** Words that a block has to have for a column behind a fold to be looked for. */
const FOLD_LEAST = 40;
const FOLD_SAMPLE = 5;
const FOLD_SLANTS = [-0.12, -0.06, 0, 0.06, 0.12];
const FOLD_STRETCHES = [0.88, 1];
/** Squares that a fold may move a column by. */
const FOLD_REACH = 16;
const FOLD_REACH_DOWN = 12;
/** Evidence of a word that no further look is worth. */
const CLEAR = 0.2;
/** Squares that the places of a word and its neighbours may be apart, bent paper or not. */
const APART = 4;
/** Squares that a blob may be off before its own place and way are tried as well. */
const NEAR = 3;
/** Less agreement than the candidate's, by so much, is none. */
const LESS = 0.14;
const FOUND_LEAST = 12;
/** Of the words in the likeliest six columns, that others have to have to be tried. */
const LIKELY_WINDOW = 0.87;

function* readCandidate(candidate: Candidate, work: Work): Generator<ReadBlock> {
  const { factor, lattice } = candidate;
  let { map } = candidate;
  const middle = frameOf(map, spread(map.nodes, 3)[1] as Node);
  const picture = evenLight(
    candidate.picture,
    Math.round(LIGHT_REACH * Math.max(length(middle.right), length(middle.down))),
  );
  let shapes = shapesFor(middle, TYPICAL_BLUR);
  const matchAt = (place: Place, frame: Frame, marginX: number, marginY = marginX): Found => {
    work.shifts += shiftsOf(marginX, marginY);
    const match = matchWord(patchAt(picture, frame, shapes.slots, marginX, marginY), shapes);
    const there = shifted(frame, match.shiftX, match.shiftY);
    return { ...place, match, frame: there, at: startOf(there) };
  };
  const named = (words: readonly RankedWord[]) =>
    words.map(({ word, agreement }) => ({ word: shapes.words[word] as string, agreement }));
  const starts = new Map<string, WordStart>(lattice.map((start) => [keyOf(start), start]));
  const found = new Map<string, Found>();
  const tried = new Map<string, number>();
  const searched = new Set<number>();
  let places: readonly Place[] = map.nodes;
  for (let round = 0; round < ROUNDS && places.length > 0; round++) {
    const bounds = rowsOf([...found.values()]);
    for (const { column, row } of places) {
      const key = keyOf({ column, row });
      const before = tried.get(key) ?? 0;
      tried.set(key, before + 1);
      const isInside = bounds !== null && row >= bounds.first && row <= bounds.last;
      if (before >= 2 && (!isInside || work.shifts > MOST_SHIFTS)) continue;
      const frame = frameOf(map, { column, row });
      const start = starts.get(key);
      // Behind a crease a word may be far from the map, but its blob is where it is.
      const frames =
        start === undefined || squaresBetween(frame, start.at, startOf(frame)) < NEAR
          ? [frame]
          : [frame, framedAt(frame, start.at, start.right)];
      for (const [columns, rows] of before === 0 ? [] : STEPS) {
        const beside = found.get(keyOf({ column: column + columns, row: row + rows }));
        if (beside !== undefined)
          frames.push(framedLike(frame, beside.frame, frameOf(map, beside)));
      }
      const slants = before < 2 ? [0] : SLANTS;
      for (const each of frames.slice(0, MOST_FRAMES)) {
        for (const slant of slants) {
          const cell = matchAt({ column, row }, slanted(each, slant, 1), before > 0 ? WIDE : FIRST);
          const least = found.get(key)?.match.agreement ?? candidate.agreement - LESS;
          if (before >= 2 && evidenceOf(cell.match) < FAR_EVIDENCE) continue;
          if (cell.match.agreement > least) found.set(key, cell);
        }
      }
    }
    for (const cell of strays([...found.values()])) found.delete(keyOf(cell));
    const next = BlockMap.bentBy([...found.values()]);
    if (next === null) break;
    map = next;
    places = neighbours(found).filter((place) => (tried.get(keyOf(place)) ?? 0) < TRIES);
    if (places.length > 0 || found.size < FOLD_LEAST || work.shifts > MOST_SHIFTS) continue;
    const column = columnBehindFold([...found.values()], searched);
    if (column === null) continue;
    searched.add(column);
    const cells = foldedColumn(
      column,
      [...found.values()],
      (row) => frameOf(map, { column, row }),
      matchAt,
    );
    for (const cell of cells) {
      if (cell.match.agreement > candidate.agreement - LESS) found.set(keyOf(cell), cell);
    }
    const bent = cells.length === 0 ? null : BlockMap.bentBy([...found.values()]);
    if (bent === null) continue;
    map = bent;
    for (const cell of cells) tried.delete(keyOf(cell));
    places = neighbours(found).filter((place) => (tried.get(keyOf(place)) ?? 0) < TRIES);
  }
  const all = [...found.values()];
  const rows = rowsOf(all);
  if (all.length < FOUND_LEAST || rows === null) return;
  const sample = spread(all, BLUR_SAMPLE);
  const sharpness = BLURS.map((blur) => {
    shapes = shapesFor(middle, blur);
    const sum = mean(sample.map((cell) => evidenceOf(matchAt(cell, cell.frame, NARROW).match)));
    return { shapes, sum };
  });
  ({ shapes } = sharpness.reduce((best, each) => (each.sum > best.sum ? each : best)));
  const rowCount = rows.last - rows.first + 1;
  for (const first of firstColumns(all)) {
    const cells = Array.from({ length: rowCount * WORDS_A_ROW }, (_, index): ReadCell => {
      const [row, column] = [Math.floor(index / WORDS_A_ROW), index % WORDS_A_ROW];
      const place = { column: first + column, row: rows.first + row };
      const known = found.get(keyOf(place));
      const last =
        known === undefined
          ? matchAt(place, frameOf(map, place), 2 * NARROW)
          : matchAt(place, known.frame, NARROW);
      if (evidenceOf(last.match) > CLEAR) return { column, row, words: named(last.match.words) };
      const best = new Map<number, number>();
      for (const [slant, stretch] of LAST_WARPS) {
        const { match } = matchAt(place, slanted(last.frame, slant, stretch), NARROW);
        for (const { word, agreement } of match.words) {
          best.set(word, Math.max(agreement, best.get(word) ?? -1));
        }
      }
      const words = [...best].map(([word, agreement]) => ({ word, agreement }));
      words.sort((a, b) => b.agreement - a.agreement);
      return { column, row, words: named(words.slice(0, RANKED)) };
    });
    yield { letterPx: (GLYPH_WIDTH * length(middle.right)) / factor, rowCount, cells };
  }
}

/**
 * Words that are not where those around them say, each against a map without it; nor where those of
 * their column or their row say, which on a fold are all that moves with them.
 */
function strays(cells: readonly Found[]): readonly Found[] {
  const map = BlockMap.bentBy(cells);
  if (map === null) return [];
  return cells.filter((cell) =>
    ["all", "column", "row"].every((among) => {
      const place = map.placeWithout(cell, among as "all" | "column" | "row");
      return place === null || squaresBetween(cell.frame, cell.at, place) > APART;
    }),
  );
}

/** A column of which little was found, beside one of which most was. */
function columnBehindFold(cells: readonly Found[], searched: ReadonlySet<number>): number | null {
  const rows = rowsOf(cells);
  if (rows === null) return null;
  const counts = new Map<number, number>();
  for (const { column } of cells) counts.set(column, (counts.get(column) ?? 0) + 1);
  const rowCount = rows.last - rows.first + 1;
  const has = (column: number) => (counts.get(column) ?? 0) / rowCount;
  const wellFound = [...counts.keys()].filter((column) => has(column) > 0.6);
  if (Math.max(...wellFound) - Math.min(...wellFound) >= WORDS_A_ROW - 1) return null;
  const beside = wellFound.flatMap((column) => [column - 1, column + 1]);
  const columns = beside.filter((column) => has(column) < 0.5 && !searched.has(column));
  return columns.sort((a, b) => has(b) - has(a))[0] ?? null;
}

/**
 * The words of a column behind a fold: all are off by about the same, and slanted by the same. A few
 * of them vote on by how much; since rows look alike, the row is the one at which all of them fit.
 */
function foldedColumn(
  column: number,
  cells: readonly Found[],
  frameAtRow: (row: number) => Frame,
  matchAt: (place: Place, frame: Frame, marginX: number, marginY?: number) => Found,
): readonly Found[] {
  const bounds = rowsOf(cells);
  if (bounds === null) return [];
  const rows = Array.from({ length: bounds.last - bounds.first + 1 }, (_, i) => bounds.first + i);
  const votes = spread(rows, FOLD_SAMPLE).flatMap((row) =>
    FOLD_SLANTS.flatMap((slant) =>
      FOLD_STRETCHES.map((stretch) => {
        const frame = slanted(frameAtRow(row), slant, stretch);
        const { match } = matchAt({ column, row }, frame, FOLD_REACH, FOLD_REACH_DOWN);
        return { row, slant, stretch, x: match.shiftX, y: match.shiftY, sure: evidenceOf(match) };
      }),
    ),
  );
  // Each vote is as strong as the best of every other row that comes near it.
  const strength = (vote: (typeof votes)[number]) => {
    const best = new Map<number, number>();
    for (const { row, slant, stretch, x, y, sure } of votes) {
      if (Math.abs(slant - vote.slant) > 0.07 || stretch !== vote.stretch) continue;
      if (Math.abs(x - vote.x) > 5) continue;
      const down = Math.abs(y - vote.y) % STANDARD.rowSquares;
      if (Math.min(down, STANDARD.rowSquares - down) > 4) continue;
      best.set(row, Math.max(sure, best.get(row) ?? 0));
    }
    return [...best.values()].reduce((sum, sure) => sum + sure, 0);
  };
  const ranked = votes.map((vote) => ({ vote, strong: strength(vote) }));
  const { vote } = ranked.reduce((best, each) => (each.strong > best.strong ? each : best));
  const aligned = [-1, 0, 1].map((step) => {
    const found = rows.map((row) => {
      const frame = slanted(frameAtRow(row), vote.slant, vote.stretch);
      const down = vote.y + step * STANDARD.rowSquares;
      return matchAt({ column, row }, shifted(frame, vote.x, down), WIDE);
    });
    return { found, sure: found.reduce((sum, { match }) => sum + evidenceOf(match), 0) };
  });
  const { found } = aligned.reduce((best, each) => (each.sure > best.sure ? each : best));
  return found.filter(({ match }) => evidenceOf(match) > FAR_EVIDENCE);
}

/** The larger of the distances across and down. */
function squaresBetween({ right, down }: Frame, a: Vector, b: Vector): number {
  const off = minus(a, b);
  const area = cross(right, down);
  return Math.max(Math.abs(cross(off, down) / area), Math.abs(cross(right, off) / area));
}

/** Places tried for a word in one look. */
const MOST_FRAMES = 3;
const STEPS = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const;

/** Places beside words that were found. */
function neighbours(found: ReadonlyMap<string, Found>): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { column, row } of found.values()) {
    for (const [columns, rows] of STEPS) {
      const place = { column: column + columns, row: row + rows };
      if (!found.has(keyOf(place))) places.set(keyOf(place), place);
    }
  }
  return [...places.values()];
}

/** The first of six columns with most of the words that were found, and those that come near it. */
function firstColumns(cells: readonly Found[]): readonly number[] {
  const columns = cells.map(({ column }) => column);
  const from = Math.min(...columns) - WORDS_A_ROW + 1;
  const counts = Array.from({ length: Math.max(...columns) - from + 1 }, (_, index) => {
    const first = from + index;
    const inside = columns.filter((column) => column >= first && column < first + WORDS_A_ROW);
    return { first, count: inside.length };
  });
  const most = Math.max(...counts.map(({ count }) => count));
  return counts
    .filter(({ count }) => count > LIKELY_WINDOW * most)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ first }) => first);
}

/** The rows from the first to the last of which half was found. */
function rowsOf(cells: readonly Found[]): { readonly first: number; readonly last: number } | null {
  const counts = new Map<number, number>();
  for (const { row } of cells) counts.set(row, (counts.get(row) ?? 0) + 1);
  const rows = [...counts]
    .filter(([, count]) => count >= WORDS_A_ROW / 2)
    .map(([row]) => row)
    .sort((a, b) => a - b);
  const [first] = rows;
  return first === undefined ? null : { first, last: rows.at(-1) as number };
}
