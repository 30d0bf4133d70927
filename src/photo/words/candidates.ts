/** Lattices on a picture in which words of a sheet may stand, and how much they look like it. */
import { median } from "../../core/median.js";
import type { Picture } from "../picture.js";
import { length } from "../plane.js";
import { ENGLISH, listWords } from "../../core/words/word-lists.js";
import { BlockMap, type Place } from "./block-map.js";
import { evidenceOf } from "./evidence.js";
import { type Lattice, type Node, wordLattices } from "./lattice.js";
import { ShapesByBlur, type WordShapes } from "./letter-shapes.js";
import { matchWord, shiftsOf, type WordMatch } from "./match-word.js";
import { type Frame, frameAt, patchAt, type Scale } from "./patches.js";
import { halved, scaled } from "./resize.js";
import { wordBlobs } from "./word-blobs.js";
import type { SearchWork } from "./work.js";

/** A lattice on a picture, and how well it was found to fit. */
export interface Candidate {
  readonly picture: Picture;
  /** Pixels of the picture a pixel of the photograph. */
  readonly factor: number;
  readonly lattice: Lattice;
  readonly map: BlockMap;
  /** Of a typical word. */
  readonly agreement: number;
  readonly evidence: number;
}

/** On which a word is about 1.2 pixels of blur from its letters. */
const SIGMA = 1.2;
const SMALLEST_SIDE = 400;
const LARGEST_SIDE = 2600;
const STEP = Math.SQRT2;
const LATTICES = 6;

/** Squares from a column to the next and from a row to the next, as the templates print them. */
export const STANDARD: Scale = { columnSquares: 87.5, rowSquares: 16.2 };

/** Agreement that a candidate has to have, and evidence from which no other is looked for. */
const LEAST_AGREEMENT = 0.65;
const CERTAIN_EVIDENCE = 0.08;

/** Pixels a square, above which a smaller picture shows a word as well. */
const MOST_PIXELS = 1.6;
export const TYPICAL_BLUR = 0.85;

const SAMPLE = 9;
/** Of the sample, after which a hopeless lattice is left. */
const LOOK = 3;
/** Squares around its place that a word is looked for in. */
const MARGIN = 4;

export interface Candidates {
  /** The likeliest first. */
  readonly candidates: readonly Candidate[];
  /** Whether anything stands in rows and columns as words do, candidates or not. */
  readonly hasLattice: boolean;
}

export function candidatesOf(picture: Picture, work: SearchWork): Candidates {
  const pyramid = [picture];
  while (longSide(pyramid.at(-1) as Picture) > 2 * SMALLEST_SIDE) {
    pyramid.push(halved(pyramid.at(-1) as Picture));
  }
  const candidates: Candidate[] = [];
  let hasLattice = false;
  for (const { smaller, factor } of sizes(pyramid)) {
    work.addPixels(smaller.widthPx * smaller.heightPx);
    const lattices = wordLattices(wordBlobs(smaller, SIGMA), SIGMA, work.units);
    hasLattice ||= lattices.length > 0;
    for (const lattice of lattices.slice(0, LATTICES)) {
      const candidate = judged(pyramid, enlarged(lattice, 1 / factor), work);
      if (candidate !== null) candidates.push(candidate);
    }
    const isCertain = candidates.some(({ evidence }) => evidence > CERTAIN_EVIDENCE);
    if (isCertain || work.isHalfOver) break;
  }
  return { candidates: candidates.sort((a, b) => scoreOf(b) - scoreOf(a)), hasLattice };
}

function scoreOf({ agreement, evidence }: Candidate): number {
  return agreement + 3 * evidence;
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

/** A lattice, in pixels of the photograph, on the smallest picture that shows its words as well. */
function judged(pyramid: readonly Picture[], lattice: Lattice, work: SearchWork): Candidate | null {
  const whole = BlockMap.fitMost(strict(lattice));
  if (whole === null) return null;
  const squarePx = length(frameOf(whole, middleOf(whole)).right);
  const level = Math.max(0, Math.ceil(Math.log2(squarePx / MOST_PIXELS)));
  const picture = pyramid[Math.min(level, pyramid.length - 1)] as Picture;
  const factor = picture.widthPx / (pyramid[0] as Picture).widthPx;
  const starts = enlarged(lattice, factor);
  const map = BlockMap.fitMost(strict(starts));
  if (map === null) return null;
  const shapes = shapesFor(frameOf(map, middleOf(map)), TYPICAL_BLUR);
  const matches: WordMatch[] = [];
  for (const place of spread(map.nodes, SAMPLE)) {
    work.addShifts(shiftsOf(MARGIN));
    const patch = patchAt(picture, frameOf(map, place), shapes.slots, MARGIN);
    matches.push(matchWord(patch, shapes));
    const isHopeless = median(matches.map(({ agreement }) => agreement)) < LEAST_AGREEMENT;
    if (matches.length >= LOOK && isHopeless) return null;
  }
  const agreement = median(matches.map((match) => match.agreement));
  const evidence = median(matches.map(evidenceOf));
  return { picture, factor, lattice: starts, map, agreement, evidence };
}

export function middleOf({ nodes }: BlockMap): Node {
  return spread(nodes, 3)[1] as Node;
}

export function frameOf(map: BlockMap, { column, row }: Place): Frame {
  return frameAt(map, column, row, STANDARD);
}

/** For a word in such a frame on a picture with so many pixels of blur. */
export function shapesFor({ right, down }: Frame, blurPx: number): WordShapes {
  return ENGLISH_SHAPES.near({ x: blurPx / length(right), y: blurPx / length(down) });
}

const ENGLISH_SHAPES = new ShapesByBlur(listWords(ENGLISH));

/** `count` of the items, evenly taken. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as T);
}
