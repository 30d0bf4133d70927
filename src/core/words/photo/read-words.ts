/**
 * The words of a sheet on a photograph, as lines like those that a person types: `?` where a word is
 * unsure. Of several readings the one that can be mended is taken, with as much evidence as typed
 * words need, all readings that were tried counted against it; else the likeliest.
 */
import type { Picture } from "../../picture.js";
import { type TypedLine, UNREADABLE } from "../parse-words.js";
import { repairWords } from "../repair/repair-words.js";
import { linesOf } from "../row.js";
import { LEVELS, spareWords } from "../words.js";
import { sampledReading } from "./sampled-readings.js";
import { evidenceOf, MOST_SHIFTS, type ReadCell, readBlocks, type Work } from "./read-block.js";

/** The work that is done for one reading, in decodings. */
const LIMIT = 100;
/** Evidence below which a word is as likely another one. */
const UNSURE = 0.025;
/** Of the words, that have to be sure, for a reading that could not be mended alone. */
const SURE_PART = 0.25;
/** Parts of the spare words that are given up, one after another. */
const GIVEN_UP = [0.35, 0, 0.65, 0.9];
/** Readings with doubtful words drawn, of some 20 microseconds each. */
const DRAWS = 5000;
/** Of the evidence of a typical row, below which a row is none. */
const DOUBTFUL = 0.3;
/** Words without a doubt are not given up. */
const CLEAR = 0.3;

export interface PhotoWords {
  readonly lines: readonly TypedLine[];
  readonly isMended: boolean;
  /** Pixels from one letter to the next. */
  readonly letterPx: number;
}

/** Does a bounded amount of work, so that what is read does not depend on the machine. */
export function readPhotoWords(picture: Picture): PhotoWords | null {
  const work: Work = { shifts: 0 };
  let best: { words: PhotoWords; sure: number } | null = null;
  let triedBefore = 0;
  for (const block of readBlocks(picture, work)) {
    const { letterPx } = block;
    const cells = withoutDoubtfulRows(block.cells);
    for (const lines of readingsOf(cells)) {
      const { repair, tried } = repairWords(lines, { limit: LIMIT, triedBefore });
      if (repair !== null) return { lines, isMended: true, letterPx };
      triedBefore += tried;
    }
    const sampled = sampledReading(cells, DRAWS);
    triedBefore += sampled.drawn;
    if (sampled.words !== null) {
      const lines = linesOf(sampled.words.map((word) => word ?? UNREADABLE));
      const { repair, tried } = repairWords(lines, { limit: LIMIT, triedBefore });
      if (repair !== null) return { lines, isMended: true, letterPx };
      triedBefore += tried;
    }
    const sure = cells.filter((cell) => evidenceOf(cell) > 4 * UNSURE).length;
    if (sure > SURE_PART * cells.length && sure > (best?.sure ?? 0)) {
      const [lines = []] = readingsOf(cells);
      best = { words: { lines, isMended: false, letterPx }, sure };
    }
    if (work.shifts > MOST_SHIFTS) break;
  }
  return best?.words ?? null;
}

/** A line a row, with fewer or more of the least sure words given up. */
function* readingsOf(cells: readonly ReadCell[]): Iterable<readonly TypedLine[]> {
  const spares = LEVELS.map((level) => spareWords(cells.length, level) ?? 0);
  const spare = Math.min(...spares.filter((count) => count > 0), cells.length);
  const unsure = cells
    .filter((cell) => evidenceOf(cell) < CLEAR)
    .sort((a, b) => evidenceOf(a) - evidenceOf(b));
  for (const part of GIVEN_UP) {
    const given = new Set(unsure.slice(0, Math.floor(part * spare)));
    yield linesOf(
      cells.map((cell) => (given.has(cell) ? UNREADABLE : (cell.words[0]?.word ?? UNREADABLE))),
    );
  }
}

/** The rows without those at the top and the bottom that are hardly words: a heading, a rule. */
function withoutDoubtfulRows(cells: readonly ReadCell[]): readonly ReadCell[] {
  const sums: number[] = [];
  for (const cell of cells) sums[cell.row] = (sums[cell.row] ?? 0) + evidenceOf(cell);
  const typical = [...sums].sort((a, b) => a - b)[Math.floor(sums.length / 2)] ?? 0;
  const isRow = sums.map((sum) => sum > DOUBTFUL * typical);
  const [first, last] = [isRow.indexOf(true), isRow.lastIndexOf(true)];
  return cells
    .filter(({ row }) => row >= first && row <= last)
    .map((cell) => ({ ...cell, row: cell.row - first }));
}
