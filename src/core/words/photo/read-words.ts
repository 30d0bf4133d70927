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
import { sampledReadings } from "./sampled-readings.js";
import { evidenceOf } from "./evidence.js";
import { type Cells, layoutsOf } from "./layouts.js";
import { type ReadBlock, readBlocks } from "./read-block.js";
import { MOST_SHIFTS, type Work } from "./work.js";

/** The work that is done for one reading, in decodings. */
const LIMIT = 100;
/** Evidence of a word that is hardly ever another one. */
const SURE = 0.1;
/** Of the words, that have to be sure, for a reading that could not be mended alone. */
const SURE_PART = 0.25;
/** Parts of the spare words that are given up, one after another. */
const GIVEN_UP = [0.35, 0, 0.65, 0.9];
/** Readings with doubtful words drawn, of some 20 microseconds each. */
const DRAWS = 30_000;
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
  const tries = { before: 0 };
  let best: { words: PhotoWords; sure: number } | null = null;
  for (const block of readBlocks(picture, work)) {
    const { letterPx } = block;
    const mended = mendedReading(block, tries);
    if (mended !== null) return { lines: mended, isMended: true, letterPx };
    const [cells = []] = layoutsOf(block);
    const sure = cells.filter((cell) => evidenceOf(cell) > SURE).length;
    if (sure > SURE_PART * cells.length && sure > (best?.sure ?? 0)) {
      const [lines = []] = readingsOf(cells);
      best = { words: { lines, isMended: false, letterPx }, sure };
    }
    if (work.shifts > MOST_SHIFTS) break;
  }
  return best?.words ?? null;
}

/** Null where there is none with the evidence after all that was tried before. */
function mendedReading(block: ReadBlock, tries: { before: number }): readonly TypedLine[] | null {
  const canBeMended = (lines: readonly TypedLine[]) => {
    const { repair, tried } = repairWords(lines, { limit: LIMIT, triedBefore: tries.before });
    tries.before += tried;
    return repair !== null;
  };
  const layouts = [...layoutsOf(block)];
  for (const cells of layouts) {
    for (const lines of readingsOf(cells)) if (canBeMended(lines)) return lines;
  }
  let drawnBefore = 0;
  for (const { words, drawn } of sampledReadings(layouts[0] ?? [], DRAWS)) {
    tries.before += drawn - drawnBefore;
    drawnBefore = drawn;
    const lines = linesOf(words.map((word) => word ?? UNREADABLE));
    if (canBeMended(lines)) return lines;
  }
  tries.before += DRAWS - drawnBefore;
  return null;
}

/** A line a row, with fewer or more of the least sure words given up. */
function* readingsOf(cells: Cells): Iterable<readonly TypedLine[]> {
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
