/** The words of a block, looked for outward from those that were found, wherever the paper goes. */
import { median } from "../../core/median.js";
import type { Picture } from "../picture.js";
import { cross, length, minus, plus, type Vector } from "../plane.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { type Anchor, BlockMap, keyOf, type Place } from "./block-map.js";
import { evenLight } from "./even-light.js";
import { evidenceOf } from "./evidence.js";
import { GLYPH_WIDTH } from "./glyphs.js";
import type { Node, WordStart } from "./lattice.js";
import { type Fit, TYPICAL_BLUR } from "./likeliest-print.js";
import { matchWord, shiftsOf, type WordMatch } from "./match-word.js";
import { type Frame, frameAt, framedAt, patchAt, shifted, startOf } from "./patches.js";
import { type Form, type Print, shapesFor } from "./prints.js";
import { columnsOf, countsOf, placesIn, rowsOf } from "./ranges.js";
import { refinedFrame } from "./refined-frame.js";
import { acrossSeams } from "./seams.js";
import type { SearchWork } from "./work.js";

/** A word where it was found. */
export interface Found extends Node {
  readonly match: WordMatch;
  readonly frame: Frame;
}

/** Paper is looked for so many squares around each pixel. */
const LIGHT_REACH = 12;
const ROUNDS = 16;
/** More are not looked for: twice those of the largest page. */
const MOST_WORDS = 960;
/** Of work, for two words that are held against each other. */
const PAIR_UNITS = 0.09;
const TRIES = 2;
/** Squares around a place that a word is looked for in: first, and again. */
const FIRST = 4;
const WIDE = 6;
/** Places tried for a word in one look. */
const MOST_FRAMES = 3;
/** Letters below three pixels are not told apart, and what is blurred as much agrees with anything. */
const LEAST_SQUARE_PX = 3 / GLYPH_WIDTH;
const NO_MATCH: WordMatch = { agreement: -1, words: [], ink: 0, shiftX: 0, shiftY: 0 };
/** Squares that two places of a word may be apart and still be looked at as one. */
const NEAR = 3;
/** Where the longest word ends, about. */
const WORD_SQUARES = 64;
/** Evidence of a word, from which one that was looked for far around is believed. */
export const FAR_EVIDENCE = 0.12;
/** Of the words of a lattice, that have such evidence: a quarter and more where they are a sheet's. */
const TOLD_PART = 0.12;
/** Evidence of a word that is worth refining and tells rows apart, and what refining takes. */
const LEAST_EVIDENCE = 0.03;
const REFINING_SHIFTS = 10;
/** Evidence of a word from which others are looked for again. */
const LIKELY = 0.06;
/** Evidence of words that are hardly ever found where none are. */
const SURE = 0.15;
/** Squares that the places of a word and its neighbours may be apart, bent paper or not. */
const APART = 4;
/** Squares that a word may be off where a neighbour goes on to: scale and slope change on the way. */
const BESIDE = 7;
/** Less agreement than the candidate's, by so much, is none. */
const LESS = 0.14;
/** Evidence from which a word bends the map fully, and how much one without any does. */
const FULL_EVIDENCE = 0.1;
const LEAST_WEIGHT = 0.1;
/** Of the ink of typical words, what a word has at least. */
const INK_PART = 0.3;
/** Places looked at in a column, and words found there, from and below which it is no worth. */
const BARREN_TRIED = 8;
const BARREN_FOUND = 2;
/** Words found by both of two searches, from which they are known to be of one block. */
const COMMON_LEAST = 3;
/** Words of one search that lie alike on the map of another, from which they are of one block. */
const ALIKE_LEAST = 8;
/** Rows that the places of one search may be off on the map of another, behind a fold. */
const ROWS_OFF = 3;
const STEPS = [
  { column: 0, row: 1 },
  { column: 0, row: -1 },
  { column: 1, row: 0 },
  { column: -1, row: 0 },
] as const;

export class WordSearch {
  /** Pixels of its picture a pixel of the photograph. */
  readonly factor: number;
  readonly middle: Frame;
  readonly print: Print;
  #map: BlockMap;
  /** Of other sides of folds. */
  readonly #otherMaps: BlockMap[] = [];
  readonly #picture: Picture;
  readonly #work: SearchWork;
  /** Behind a fold, in a shadow, words agree less. */
  #leastAgreement: number;
  /** On blank paper, too, some word agrees with what is seen, however faint. */
  #leastInk = 0;
  readonly #starts: ReadonlyMap<string, WordStart>;
  readonly #found = new Map<string, Found>();
  readonly #tried = new Map<string, number>();

  constructor(candidate: Fit, work: SearchWork) {
    this.factor = candidate.factor;
    this.#map = candidate.map;
    this.print = candidate.print;
    this.#work = work;
    this.middle = this.frameAt(this.#map.middle);
    const reach = LIGHT_REACH * Math.max(length(this.middle.right), length(this.middle.down));
    this.#picture = evenLight(candidate.picture, Math.round(reach));
    this.#leastAgreement = candidate.agreement - LESS;
    this.#starts = new Map(candidate.lattice.map((start) => [keyOf(start), start]));
    for (const place of this.#map.nodes) {
      if (this.isOver || this.#found.size > MOST_WORDS) break;
      this.#look(place);
    }
    this.#leastInk = INK_PART * median(this.words.map(({ match }) => match.ink));
    this.#settle();
  }

  get form(): Form {
    return this.print.form;
  }

  get words(): readonly Found[] {
    return [...this.#found.values()];
  }

  /** Whether its words are of the list at all: a page of prose has rows and columns of words, too. */
  get hasEvidence(): boolean {
    const { words } = this;
    const told = words.filter(({ match }) => evidenceOf(match) > FAR_EVIDENCE).length;
    return told > TOLD_PART * words.length;
  }

  get isOver(): boolean {
    return this.#work.isOver;
  }

  get isFarOver(): boolean {
    return this.#work.isFarOver;
  }

  frameAt(place: Place): Frame {
    return frameAt(this.#map, place, this.form);
  }

  foundAt(place: Place): Found | undefined {
    return this.#found.get(keyOf(place));
  }

  /** The likeliest word in a frame, looked for so many squares around. */
  matchAt(place: Place, frame: Frame, { margin, blurPx = TYPICAL_BLUR }: Look): Found {
    if (!(Math.min(length(frame.right), length(frame.down)) >= LEAST_SQUARE_PX)) {
      return { ...place, match: NO_MATCH, frame, at: startOf(frame) };
    }
    const shapes = shapesFor(this.print, frame, blurPx);
    this.#work.addShifts(shiftsOf(margin));
    const patch = patchAt(this.#picture, frame, shapes.slots, margin);
    const match = matchWord(patch, shapes);
    const there = shifted(frame, match.shiftX, match.shiftY);
    return { ...place, match, frame: there, at: startOf(there) };
  }

  /** Looks for words beside those that were found, until there are no more. */
  grow(): void {
    for (let round = 0; round < ROUNDS; round++) {
      const places = this.#openPlaces();
      if (places.length === 0 || this.isOver || this.#found.size > MOST_WORDS) return;
      for (const place of places) {
        if (this.#work.isOver) break;
        this.#look(place);
      }
      this.#settle();
    }
  }

  /**
   * Moves words behind folds to their own rows, and forgets those that are of none, and those with hardly any
   * evidence that stand beside none of the others; whether any moved.
   */
  settleRows(): boolean {
    const hasEvidence = ({ match }: Found) => evidenceOf(match) > LEAST_EVIDENCE;
    const settled = new Map(
      acrossSeams(this.words.filter(hasEvidence), this.form).map((word) => [keyOf(word), word]),
    );
    const moved = [...settled.values()].filter((word) => this.foundAt(word) !== word);
    const others = this.words.filter(
      (word) => !hasEvidence(word) && isBeside(settled, word, this.form),
    );
    for (const word of others) if (!settled.has(keyOf(word))) settled.set(keyOf(word), word);
    this.#found.clear();
    for (const [key, word] of settled) this.#found.set(key, word);
    for (const word of moved) this.#tryAgainAround(word);
    this.#settle();
    return moved.length > 0;
  }

  /** Words that were found in another way; better ones stay. */
  take(cells: readonly Found[]): void {
    for (const cell of cells) {
      const known = this.foundAt(cell);
      const least = known === undefined ? this.#leastAgreement : known.match.agreement;
      if (cell.match.agreement > least && this.#isInk(cell)) this.#set(cell);
    }
    this.#settle();
  }

  /** Takes what another search of the same photograph knows, where it is of the same block. */
  join(other: WordSearch): boolean {
    if (this.print !== other.print) return false;
    this.#work.units.spend(PAIR_UNITS * this.#found.size * other.#found.size);
    const scale = this.factor / other.factor;
    const cells = other.words.map((cell) => enlarged(cell, scale));
    const sure = cells.filter(({ match }) => evidenceOf(match) > FAR_EVIDENCE);
    const offset = this.#offsetByWords(sure) ?? this.#offsetByPlace(sure);
    if (offset === null) return false;
    const moved = cells.map((cell) => ({ ...cell, ...stepFrom(cell, offset) }));
    const unknown = moved.filter((cell) => this.foundAt(cell) === undefined);
    if (unknown.length === 0) return false;
    const map = BlockMap.bentBy(moved.map(anchorOf));
    if (map !== null) this.#otherMaps.push(map);
    this.#leastAgreement = Math.min(this.#leastAgreement, other.#leastAgreement);
    this.#leastInk = Math.min(this.#leastInk, other.#leastInk);
    this.take(moved);
    return true;
  }

  /** By how much others count columns and rows otherwise: by the words that both have found. */
  #offsetByWords(cells: readonly Found[]): Place | null {
    const votes = this.words.flatMap((mine) =>
      cells
        .filter(
          (cell) =>
            cell.match.words[0]?.word === mine.match.words[0]?.word &&
            squaresBetween(mine.frame, mine.at, cell.at) < APART,
        )
        .map((cell) => ({ column: mine.column - cell.column, row: mine.row - cell.row })),
    );
    const most = mostVoted(votes);
    return most !== null && most.count >= COMMON_LEAST ? most.place : null;
  }

  /** As `offsetByWords`, by the nearest places of the map next to what was found. */
  #offsetByPlace(cells: readonly Found[]): Place | null {
    const rows = rowsOf(this.words);
    const columns = columnsOf(this.words);
    if (rows === null || columns === null) return null;
    const around = placesIn(
      { first: columns.first - 1, last: columns.last + 1 },
      { first: rows.first - ROWS_OFF, last: rows.last + ROWS_OFF },
    ).map((place) => ({ place, at: this.#map.place(place.column, place.row) }));
    const votes = cells.flatMap((cell) => {
      const near = around.find(
        ({ at }) => squaresBetween(cell.frame, cell.at, at) < this.form.rowSquares / 2,
      );
      return near === undefined
        ? []
        : [{ column: near.place.column - cell.column, row: near.place.row - cell.row }];
    });
    const most = mostVoted(votes);
    return most !== null && most.count >= ALIKE_LEAST ? most.place : null;
  }

  #look(place: Place): void {
    const key = keyOf(place);
    const before = this.#tried.get(key) ?? 0;
    this.#tried.set(key, before + 1);
    const margin = before > 0 ? WIDE : FIRST;
    for (const frame of this.#framesFor(place)) {
      const cell = this.matchAt(place, frame, { margin });
      const least = this.foundAt(place)?.match.agreement ?? this.#leastAgreement;
      if (cell.match.agreement > least && this.#isInk(cell)) this.#set(this.refined(cell));
    }
  }

  #isInk({ match }: Found): boolean {
    return match.ink > this.#leastInk;
  }

  /** Looked at again as large and as slanted as it is. */
  refined(cell: Found): Found {
    const [best] = cell.match.words;
    if (best === undefined || evidenceOf(cell.match) < LEAST_EVIDENCE) return cell;
    this.#work.addShifts(REFINING_SHIFTS);
    const shapes = shapesFor(this.print, cell.frame, TYPICAL_BLUR);
    const frame = refinedFrame(this.#picture, cell.frame, best.word, shapes);
    const again = this.matchAt(cell, frame, { margin: 1 });
    return again.match.agreement > cell.match.agreement ? again : cell;
  }

  /** What was not found before may be found from here. */
  #set(cell: Found): void {
    const isNew = !this.#found.has(keyOf(cell));
    this.#found.set(keyOf(cell), cell);
    if (isNew && evidenceOf(cell.match) > LIKELY) this.#tryAgainAround(cell);
  }

  #tryAgainAround(place: Place): void {
    for (const step of STEPS) {
      const key = keyOf(stepFrom(place, step));
      const tried = this.#tried.get(key);
      if (tried !== undefined) this.#tried.set(key, Math.min(tried, 1));
    }
  }

  /** Where its neighbours go on to, where the maps say, and where its blob is. */
  #framesFor(place: Place): readonly Frame[] {
    const frames: Frame[] = [];
    const add = (frame: Frame) => {
      if (frames.every((other) => isElsewhere(frame, other))) frames.push(frame);
    };
    for (const step of STEPS) {
      const beside = this.foundAt(stepFrom(place, step));
      if (beside === undefined || evidenceOf(beside.match) < LEAST_EVIDENCE) continue;
      add(continued(beside, this.foundAt(stepFrom(beside, step)), step, this.form));
    }
    const mapped = this.frameAt(place);
    for (const frame of [mapped, ...this.#otherMaps.map((map) => frameAt(map, place, this.form))])
      add(frame);
    const start = this.#starts.get(keyOf(place));
    if (start !== undefined) add(framedAt(mapped, start.at, start.right));
    return frames.slice(0, MOST_FRAMES);
  }

  #settle(): void {
    this.#work.units.spend(PAIR_UNITS * this.#found.size * this.#found.size);
    for (const cell of strays(this.#found, this.form)) this.#found.delete(keyOf(cell));
    this.#map = BlockMap.bentBy(this.words.map(anchorOf)) ?? this.#map;
  }

  /** Places beside words that were found, in columns that may be the block's. */
  #openPlaces(): readonly Place[] {
    const open = new Map<string, Place>();
    const barren = this.#barrenColumns();
    const sure = columnsOf(this.words.filter(({ match }) => evidenceOf(match) > SURE));
    for (const place of this.words.flatMap((cell) => this.#placesBeside(cell))) {
      const key = keyOf(place);
      const tried = this.#tried.get(key) ?? 0;
      if (this.#found.has(key) || tried >= (barren.has(place.column) ? 1 : TRIES)) continue;
      if (sure !== null && place.column <= sure.last - WORDS_A_ROW) continue;
      if (sure !== null && place.column >= sure.first + WORDS_A_ROW) continue;
      open.set(key, place);
    }
    return [...open.values()];
  }

  /** And behind those that were looked at: a word that is not there must not hide others. */
  #placesBeside(cell: Place): readonly Place[] {
    return STEPS.flatMap((step) => {
      const next = stepFrom(cell, step);
      const isGap = !this.#found.has(keyOf(next)) && this.#tried.has(keyOf(next));
      return isGap ? [next, stepFrom(next, step)] : [next];
    });
  }

  /** Columns in which many places were looked at once and hardly anything was found. */
  #barrenColumns(): ReadonlySet<number> {
    const tried = countsOf([...this.#tried.keys()].map((key) => Number.parseInt(key, 10)));
    const found = countsOf(this.words.map(({ column }) => column));
    return new Set(
      [...tried.keys()].filter(
        (column) =>
          (tried.get(column) ?? 0) >= BARREN_TRIED && (found.get(column) ?? 0) < BARREN_FOUND,
      ),
    );
  }
}

interface Look {
  /** Squares around a place that a word is looked for in. */
  readonly margin: number;
  /** Of the picture, as a deviation. */
  readonly blurPx?: number;
}

function stepFrom({ column, row }: Place, step: Place): Place {
  return { column: column + step.column, row: row + step.row };
}

function enlarged(cell: Found, by: number): Found {
  const times = ({ x, y }: Vector): Vector => ({ x: by * x, y: by * y });
  const { origin, right, down } = cell.frame;
  const frame = { origin: times(origin), right: times(right), down: times(down) };
  return { ...cell, frame, at: times(cell.at) };
}

/** The frame that a word's neighbour, one `step` off, and the one behind that say by going on. */
function continued({ frame }: Found, behind: Found | undefined, step: Place, form: Form): Frame {
  const { origin, right, down } = frame;
  const on =
    behind === undefined
      ? plus(
          plus({ x: 0, y: 0 }, right, -step.column * form.columnSquares),
          down,
          -step.row * form.rowSquares,
        )
      : minus(origin, behind.frame.origin);
  return { origin: plus(origin, on), right, down };
}

/** Where nothing of the block is, words are found, too, but with hardly any evidence. */
function anchorOf(cell: Found): Anchor {
  const { column, row, at } = cell;
  const part = Math.max(0, evidenceOf(cell.match)) / FULL_EVIDENCE;
  return { column, row, at, weight: Math.min(1, LEAST_WEIGHT + part) };
}

function isElsewhere(a: Frame, b: Frame): boolean {
  const end = ({ origin, right }: Frame) => plus(origin, right, WORD_SQUARES);
  return squaresBetween(b, a.origin, b.origin) > NEAR || squaresBetween(b, end(a), end(b)) > NEAR;
}

function mostVoted(votes: readonly Place[]): { place: Place; count: number } | null {
  const places = new Map(votes.map((place) => [keyOf(place), place]));
  const counts = [...countsOf(votes.map(keyOf))].sort(([, a], [, b]) => b - a);
  const [most] = counts;
  const place = most === undefined ? undefined : places.get(most[0]);
  return most === undefined || place === undefined ? null : { place, count: most[1] };
}

/**
 * Words that are not where those around them say, each against a map without it; nor where those of
 * their column or their row say, nor where a neighbour goes on to: on a fold, only those move with them.
 */
function strays(found: ReadonlyMap<string, Found>, form: Form): readonly Found[] {
  const cells = [...found.values()];
  const map = BlockMap.bentBy(cells.map(anchorOf));
  if (map === null) return [];
  return cells.filter(
    (cell) =>
      (["all", "column", "row"] as const).every((among) => {
        const place = map.placeWithout(cell, among);
        return place === null || squaresBetween(cell.frame, cell.at, place) > APART;
      }) && !isBeside(found, cell, form),
  );
}

/** Whether a word stands where a neighbour goes on to. */
function isBeside(found: ReadonlyMap<string, Found>, cell: Found, form: Form): boolean {
  return STEPS.some((step) => {
    const beside = found.get(keyOf(stepFrom(cell, step)));
    if (beside === undefined) return false;
    const { origin } = continued(beside, undefined, step, form);
    return squaresBetween(cell.frame, cell.frame.origin, origin) < BESIDE;
  });
}

/** The larger of the distances across and down. */
export function squaresBetween({ right, down }: Frame, a: Vector, b: Vector): number {
  const off = minus(a, b);
  const area = cross(right, down);
  return Math.max(Math.abs(cross(off, down) / area), Math.abs(cross(right, off) / area));
}
