/**
 * The words of a sheet on a photograph, as lines like those that a person types: `?` where a word is
 * unsure. Of several readings the one that can be mended is taken, with as much evidence as typed
 * words need, all readings that were tried counted against it; else the likeliest.
 */
import type { Picture } from "../picture.js";
import { Work } from "../../core/work.js";
import { tokenCountOf, type TypedLine, UNREADABLE } from "../../core/words/parse-words.js";
import { describeRepair, type MendedWords } from "../../core/words/repair/mend-words.js";
import { repairWords } from "../../core/words/repair/repair-words.js";
import { linesOf } from "../../core/words/row.js";
import { LEVELS, spareWords } from "../../core/words/words.js";
import { sampledReadings } from "./sampled-readings.js";
import { evidenceOf, leastSureFirst } from "./evidence.js";
import { type Cells, layoutsOf, withoutEndRows } from "./layouts.js";
import { type ReadBlock, type ReadCell, readBlocks, searchesOf } from "./read-block.js";
import { likeliestCandidates } from "./turned-candidates.js";
import type { WordSearch } from "./word-search.js";
import { MENDING_UNITS, SearchWork } from "./work.js";

/** Units of work for mending one reading: for mistakes too, or as it is. */
const SLIPS_UNITS = 1000;
const ONCE_UNITS = 40;
/** Units of work for each word of a reading that is tried, before it is. */
const WORD_UNITS = 25;
/** Evidence of a word that is hardly ever another one. */
const SURE = 0.1;
/** Share of the words that must be sure before a reading that could not be repaired is handed on. */
const SURE_PART = 0.25;
/** Parts of the spare words that are given up, one after another. */
const GIVEN_UP = [0.35, 0, 0.65, 0.9, 1];
/** Readings with doubtful words drawn, of some 20 microseconds each. */
const DRAWS = 30_000;
/** Evidence of a word, below which it is as likely another one: a wrong word costs twice a missing one. */
const UNCLEAR = 0.04;
/** Words without a doubt are not given up. */
const CLEAR = 0.3;

export interface PhotoWords {
  readonly lines: readonly TypedLine[];
  /** What they gave, where they could be mended; null where not. */
  readonly mended: MendedWords | null;
  /** Pixels from one letter to the next. */
  readonly letterPx: number;
}

/**
 * Does a bounded amount of work, so that what is read does not depend on the machine; `onPart` is told how
 * much of it is done, 0 to 1.
 */
export function readPhotoWords(
  picture: Picture,
  onPart?: (part: number) => void,
): PhotoWords | null {
  const work = new SearchWork(onPart);
  return readSeen(searchesOf(likeliestCandidates(picture, work), work), work);
}

function readSeen(searches: readonly WordSearch[], work: SearchWork): PhotoWords | null {
  const mender = new Mender(new Work(MENDING_UNITS));
  let best: { words: PhotoWords; sure: number } | null = null;
  for (const readings of readBlocks(searches)) {
    // What needs many tries comes last: all of them count against what is found later.
    const later: ReadBlock[] = [];
    for (const block of readings) {
      later.push(block);
      const { letterPx } = block;
      const mended = mender.likelyReading(block);
      if (mended !== null) return { ...mended, letterPx };
      const [cells = []] = layoutsOf(block);
      const sure = cells.filter((cell) => evidenceOf(cell) > SURE).length;
      if (sure > SURE_PART * cells.length && sure > (best?.sure ?? 0)) {
        const unclear = cells.filter((cell) => evidenceOf(cell) < UNCLEAR);
        const lines = linesWithout(cells, new Set(unclear));
        best = { words: { lines, mended: null, letterPx }, sure };
      }
    }
    for (const block of later) {
      const mended = mender.drawnReading(block);
      if (mended !== null) return { ...mended, letterPx: block.letterPx };
    }
    if (work.isOver) break;
  }
  return best?.words ?? null;
}

interface MendedReading {
  readonly lines: readonly TypedLine[];
  readonly mended: MendedWords;
}

/** Finds readings that can be mended with the evidence after all that was tried before. */
class Mender {
  readonly #work: Work;
  #tried = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  /** The likeliest words in every layout, with fewer or more of them given up. */
  likelyReading(block: ReadBlock): MendedReading | null {
    const layouts = [...layoutsOf(block)];
    for (const cells of layouts) {
      if (this.#work.isOver) return null;
      for (const lines of readingsOf(cells)) {
        const mended = this.#mend(lines, SLIPS_UNITS);
        if (mended !== null) return mended;
      }
    }
    for (const cells of withoutEndRows(layouts[0] ?? [])) {
      for (const lines of oneMoreGivenUp(cells)) {
        if (this.#work.isOver) return null;
        const mended = this.#mend(lines, ONCE_UNITS);
        if (mended !== null) return mended;
      }
    }
    return null;
  }

  /** Words drawn by how likely they are. */
  drawnReading(block: ReadBlock): MendedReading | null {
    const [layout = []] = layoutsOf(block);
    for (const cells of withoutEndRows(layout)) {
      if (this.#work.isOver) return null;
      let before = 0;
      for (const { words, drawn } of sampledReadings(
        { cells, list: block.list },
        DRAWS,
        this.#work,
      )) {
        this.#tried += drawn - before;
        before = drawn;
        const lines = linesOf(words.map((word) => word ?? UNREADABLE));
        const mended = this.#mend(lines, ONCE_UNITS);
        if (mended !== null) return mended;
      }
      this.#tried += DRAWS - before;
    }
    return null;
  }

  #mend(lines: readonly TypedLine[], units: number): MendedReading | null {
    this.#work.spend(WORD_UNITS * tokenCountOf(lines));
    // What was begun is ended: a reading is tried with all its work, or not at all.
    const work = new Work(units);
    const triedBefore = this.#tried;
    const { repair, tried } = repairWords(lines, { work, triedBefore, areRows: true });
    this.#work.spend(units - work.left);
    this.#tried += tried;
    return repair === null ? null : { lines, mended: describeRepair(repair) };
  }
}

/** A line a row, with fewer or more of the least sure words given up. */
function* readingsOf(cells: Cells): Iterable<readonly TypedLine[]> {
  const unsure = leastSureFirst(cells).filter((cell) => evidenceOf(cell) < CLEAR);
  const spare = spareOf(cells);
  const counts = GIVEN_UP.map((part) => Math.min(Math.floor(part * spare), unsure.length));
  for (const count of new Set(counts)) yield linesWithout(cells, new Set(unsure.slice(0, count)));
}

/** As many of the least sure words given up as may be, but one, and each other word in turn. */
function* oneMoreGivenUp(cells: Cells): Iterable<readonly TypedLine[]> {
  const given = new Set(leastSureFirst(cells).slice(0, spareOf(cells) - 1));
  for (const cell of cells.filter((each) => !given.has(each))) {
    yield linesWithout(cells, new Set([...given, cell]));
  }
}

function spareOf(cells: Cells): number {
  const spares = LEVELS.map((level) => spareWords(cells.length, level) ?? 0);
  return Math.min(...spares.filter((count) => count > 0), cells.length);
}

function linesWithout(cells: Cells, given: ReadonlySet<ReadCell>): readonly TypedLine[] {
  return linesOf(
    cells.map((cell) => (given.has(cell) ? UNREADABLE : (cell.words[0]?.word ?? UNREADABLE))),
  );
}
