/** Lattices on a picture in which words of a sheet may stand, and how much they look like it. */
import type { Picture } from "../picture.js";
import { wordLattices } from "./lattice.js";
import { enlarged, type Fit, isCertain, likeliestPrint, scoreOf } from "./likeliest-print.js";
import { halved, scaled } from "./resize.js";
import { wordBlobs } from "./word-blobs.js";
import type { SearchWork } from "./work.js";

/** On which a word is about 1.2 pixels of blur from its letters. */
const SIGMA = 1.2;
const SMALLEST_SIDE = 400;
const LARGEST_SIDE = 2600;
const STEP = Math.SQRT2;
const LATTICES = 6;
/** Evidence of a candidate, from which a larger size that shows no other ends the search. */
const LIKELY_EVIDENCE = 0.05;

export interface Candidates {
  /** The likeliest first. */
  readonly candidates: readonly Fit[];
  /** Whether anything stands in rows and columns as words do, candidates or not. */
  readonly hasLattice: boolean;
}

export function candidatesOf(picture: Picture, work: SearchWork): Candidates {
  const pyramid = [picture];
  while (longSide(pyramid.at(-1) as Picture) > 2 * SMALLEST_SIDE) {
    pyramid.push(halved(pyramid.at(-1) as Picture));
  }
  const candidates: Fit[] = [];
  let hasLattice = false;
  for (const { smaller, factor } of sizes(pyramid)) {
    work.addPixels(smaller.widthPx * smaller.heightPx);
    const lattices = wordLattices(wordBlobs(smaller, SIGMA), SIGMA, work.units);
    hasLattice ||= lattices.length > 0;
    const before = candidates.length;
    for (const lattice of lattices.slice(0, LATTICES)) {
      const known = candidates.find(isCertain)?.print ?? null;
      const fit = likeliestPrint(pyramid, enlarged(lattice, 1 / factor), work, known);
      if (fit !== null) candidates.push(fit);
    }
    if (candidates.some(isCertain) || work.isHalfOver) break;
    const isShownBefore = candidates.some(({ evidence }) => evidence > LIKELY_EVIDENCE);
    if (isShownBefore && candidates.length === before) break;
  }
  return { candidates: candidates.sort((a, b) => scoreOf(b) - scoreOf(a)), hasLattice };
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
