/**
 * Codes on a picture that a general decoder cannot read: on bent, crumpled, stained and torn paper.
 *
 * Promises a text only with the evidence of every block's check, or where it is a sheet's own code
 * whose check holds; where some blocks of a code are beyond repair it gives the others.
 */
import { Work } from "../../core/work.js";
import type { Picture } from "../picture.js";
import { isWholeQrText } from "../../core/qr/qr-text.js";
import { alignmentCentres } from "../../core/qr/standard.js";
import {
  modulesOfBlocks,
  type ReadBlock,
  readBlocks,
  readCodewords,
  SURE_EVIDENCE,
} from "../../core/qr/codewords.js";
import { findAlignments } from "./alignment.js";
import { darkPixels } from "./dark-pixels.js";
import { type Finder, findFinders, mergeFinders, type Outline, WHOLE_PATTERN } from "./finders.js";
import { fixedMatch, likelyFormats, timingMatch } from "./fixed-patterns.js";
import { Grid } from "./grid.js";
import { seeModules } from "./modules.js";
import { type SeenModules } from "../../core/qr/codewords.js";
import { findersOutside, isSamePlace, type Place, placeOf } from "./place.js";
import { FINDERS_LIMIT, type Pose, poseAnchors, poses } from "./poses.js";
import { type Anchor, fitProjection } from "./projection.js";
import { dataText } from "../../core/qr/segments.js";
import { type GuessBudget, GUESSES_LIMIT, guessWhole } from "../../core/qr/guessed-code.js";
import { bentSurface, flatSurface, type Surface } from "./surface.js";
import {
  dataCountsOf,
  type Format,
  symbolLayout,
  type SymbolLayout,
} from "../../core/qr/symbol.js";

export { SURE_EVIDENCE };

/** Of a code: its version, and the data of its blocks; null for those beyond repair. */
export interface CodeBlocks {
  readonly version: number;
  /** Of each block, in codewords. */
  readonly dataCounts: readonly number[];
  readonly format: Format;
  readonly blocks: readonly (ReadBlock | null)[];
}

interface CodeOnPicture extends CodeBlocks {
  /** Null where a block is missing or the evidence is too little. */
  readonly text: string | null;
}

/** Bits of evidence of all blocks together, below which a text is none. */
const LEAST_EVIDENCE = 30;
const LEAST_SQUARE_PX = 9;
const LEAST_TIMING_MATCH = 0.25;
const LEAST_FIXED_MATCH = 0.4;
const VERSIONS_TRIED = 2;
/** Of codes on a screen 0.01; tilted by 30 degrees, 0.2. */
const FLAT_MISFIT = 0.25;
/** After so many what is not read is not there. */
const BENDS = 3;
/** What steps cost, in units of work. */
const UNITS = {
  /** Of a node of a grid that is settled. */
  node: 45,
  module: 9,
  alignment: 400,
  /** Of a node or a module's place that a surface is bent by. */
  bend: 9,
  /** For a pixel, and each of the squares whose mean separates dark from light. */
  pixel: 0.012,
  poses: 12_000,
} as const;
/** In one search, of one picture in one size. */
export const SEARCH_UNITS = 4_000_000;
/** Of a module; below it neither grids nor other decoders find anything. */
const LEAST_MODULE_PX = 1.3;

interface CodeWork {
  readonly units: Work;
  readonly guesses: GuessBudget;
}

/** A picture with more has to be shrunk before. */
export const CODE_LIMIT_PIXELS = 2 ** 24;

/** What is left of a code without a text. */
export interface TornBlocks extends CodeBlocks {
  readonly place: Place;
}

export interface SearchedPicture {
  /** Of the codes that were read, up to the first wanted one, which is the last. */
  readonly texts: readonly string[];
  /** One a place: the reading with the most blocks. */
  readonly torn: readonly TornBlocks[];
  /** What looked like a finder pattern outside of the codes with a text, of a code or not. */
  readonly finders: readonly Finder[];
}

/**
 * `picture` has up to `CODE_LIMIT_PIXELS`. Goes on behind codes that are not wanted, until work is over.
 * `outline`: how much of the finder patterns is looked for.
 */
export function readCode(
  picture: Picture,
  isWanted: (text: string) => boolean = () => true,
  units = new Work(SEARCH_UNITS),
  outline = WHOLE_PATTERN,
): SearchedPicture {
  const shortSide = Math.min(picture.widthPx, picture.heightPx);
  const work = { units, guesses: { left: GUESSES_LIMIT } };
  const tried = new Set<string>();
  const searches: (readonly Finder[])[] = [];
  const texts: string[] = [];
  const places: Place[] = [];
  let finders: readonly Finder[] = [];
  let torn: readonly TornBlocks[] = [];
  for (const part of outline.squares) {
    units.spend(UNITS.pixel * picture.luma.length);
    const pixels = darkPixels(picture, Math.max(LEAST_SQUARE_PX, shortSide * part));
    searches.push(findFinders(picture, pixels, units, outline));
    finders = findersOutside(picture, mergeFinders(searches), places);
    // Finder patterns of a code that was read are in the way of those of the next.
    for (let waiting = posesOf(finders, units, outline); waiting.length > 0;) {
      const [pose, ...others] = waiting as [Pose, ...Pose[]];
      waiting = others;
      const name = nameOf(pose);
      if (tried.has(name)) continue;
      if (units.isOver) return { texts, torn, finders };
      tried.add(name);
      const found = readPose(picture, pose, work);
      if (found === null) continue;
      const place = placeOf(picture, pose, symbolLayout(found.version).size);
      if (found.text === null) {
        if (place !== null) torn = withTorn(torn, { ...found, place });
        continue;
      }
      texts.push(found.text);
      if (place !== null) {
        places.push(place);
        torn = torn.filter((code) => !isSamePlace(code.place, place));
      }
      if (isWanted(found.text)) return { texts, torn, finders };
      finders = findersOutside(picture, finders, places);
      waiting = posesOf(finders, units, outline);
    }
  }
  return { texts, torn, finders };
}

/** Of patterns that are not seen whole all three are needed, lying as those of a flat code. */
function posesOf(finders: readonly Finder[], units: Work, outline: Outline): readonly Pose[] {
  units.spend((UNITS.poses * Math.min(finders.length, FINDERS_LIMIT) ** 3) / FINDERS_LIMIT ** 3);
  const likely = poses(finders);
  return outline === WHOLE_PATTERN
    ? likely
    : likely.filter((pose) => pose.finders.length === 3 && pose.misfit < FLAT_MISFIT);
}

/** The codes and one more, which may be a better reading of one of them. */
export function withTorn<T extends TornBlocks>(codes: readonly T[], code: T): readonly T[] {
  const known = codes.find(({ place }) => isSamePlace(place, code.place));
  if (known === undefined) return [...codes, code];
  if (sureBlocks(code) <= sureBlocks(known)) return codes;
  return codes.map((each) => (each === known ? code : each));
}

/** The same for poses of the same finder patterns at the same corners. */
function nameOf({ finders }: Pose): string {
  return finders
    .map(([corner, { centre }]) => `${corner} ${centre.x.toFixed(1)} ${centre.y.toFixed(1)}`)
    .join();
}

/** Blocks that may be believed each by itself. */
export function sureBlocks({ blocks }: CodeBlocks): number {
  return blocks.filter((block) => block !== null && block.evidence >= SURE_EVIDENCE).length;
}

function readPose(picture: Picture, pose: Pose, work: CodeWork): CodeOnPicture | null {
  const grids = likelyVersions(pose.span).flatMap((version) => {
    const layout = symbolLayout(version);
    const anchors = poseAnchors(pose, layout.size);
    const projection = fitProjection(anchors, layout.size);
    if (projection === null || moduleSide(flatSurface(projection), layout.size) < LEAST_MODULE_PX)
      return [];
    const grid = new Grid(picture, layout.size, layout.fixed, flatSurface(projection), anchors);
    work.units.spend((UNITS.node * grid.nodeCount) / 4);
    grid.growTiming();
    const match = timingMatch(picture, layout.size, grid);
    return match.both < LEAST_TIMING_MATCH ? [] : [{ grid, layout, match, anchors }];
  });
  // Where one timing pattern is torn off it is noise, and only the other tells the version.
  const [byBetter] = [...grids].sort((a, b) => b.match.better - a.match.better);
  const byBoth = [...grids].sort((a, b) => b.match.both - a.match.both).slice(0, VERSIONS_TRIED);
  const likely = new Set(byBetter === undefined ? byBoth : [byBetter, ...byBoth]);
  let best: CodeOnPicture | null = null;
  for (const { grid, layout, anchors } of likely) {
    if (work.units.isOver) break;
    const found = readBent(picture, layout, grid, anchors, work);
    if (found !== null && found.text !== null) return found;
    best = better(best, found);
  }
  return best;
}

/**
 * Reads what a grid shows; while that is not all, bends a smooth surface through most of it and grows
 * the next grid on that, with the alignment patterns and the blocks that were read to hold on to.
 */
function readBent(
  picture: Picture,
  layout: SymbolLayout,
  first: Grid,
  posed: readonly Anchor[],
  work: CodeWork,
): CodeOnPicture | null {
  let best: CodeOnPicture | null = null;
  let grid = first;
  for (let bends = 0; ; bends++) {
    work.units.spend(2 * UNITS.node * grid.nodeCount);
    grid.grow();
    grid.refine();
    work.units.spend(UNITS.module * layout.size * layout.size);
    const seen = seeModules(picture, layout.size, grid);
    if (fixedMatch(layout, seen) < LEAST_FIXED_MATCH) return best;
    const found = readModules(layout, seen, work, bends === BENDS ? work.guesses : null);
    if (found !== null && found.text !== null) return found;
    best = better(best, found);
    if (bends === BENDS || work.units.isOver) return best;
    work.units.spend(UNITS.alignment * alignmentCentres(layout.version).length);
    const anchors = [...posed, ...findAlignments(picture, layout.version, grid)];
    const projection = fitProjection(anchors, layout.size);
    if (projection === null) return best;
    const heavy = anchors.map((anchor) => ({ ...anchor, weight: 3 * anchor.weight }));
    const places = [...grid.places(), ...heavy];
    const side = moduleSide((u, v) => grid.place(u, v), layout.size);
    work.units.spend(UNITS.bend * places.length);
    const surface = bentSurface(projection, places, layout.size, side);
    const known = best === null ? layout.fixed : modulesOfBlocks(layout, best.format, best.blocks);
    grid = new Grid(picture, layout.size, known, surface, anchors);
  }
}

function better(one: CodeOnPicture | null, other: CodeOnPicture | null): CodeOnPicture | null {
  if (one === null || other === null) return one ?? other;
  return sureBlocks(other) > sureBlocks(one) ? other : one;
}

/** In pixels, in the middle of the code. */
function moduleSide(place: Surface, size: number): number {
  const one = place(size / 2 - 1, size / 2 - 1);
  const other = place(size / 2 + 1, size / 2 + 1);
  return Math.hypot(other.x - one.x, other.y - one.y) / (2 * Math.SQRT2);
}

/** By the modules between finder patterns, the nearest first; bent paper makes them look fewer. */
function likelyVersions(span: number): readonly number[] {
  const guess = (span - 10) / 4;
  const off = 0.8 + span * 0.02;
  return Array.from({ length: 40 }, (_, index) => index + 1)
    .filter((version) => Math.abs(version - guess) <= off)
    .sort((a, b) => Math.abs(a - guess) - Math.abs(b - guess));
}

/** Null where not even one block of a code of this version is there. `guesses`: null for none. */
function readModules(
  layout: SymbolLayout,
  seen: SeenModules,
  { units }: CodeWork,
  guesses: GuessBudget | null,
): CodeOnPicture | null {
  let best: CodeOnPicture | null = null;
  for (const format of likelyFormats(layout, seen)) {
    const codewords = readCodewords(layout, seen, format);
    const blocks = readBlocks(layout, format, codewords, units);
    const dataCounts = dataCountsOf(layout.version, format.level);
    const code = { version: layout.version, dataCounts, format, blocks };
    const text =
      textOf(code) ??
      (guesses === null ? null : guessWhole(layout, format, codewords, blocks, guesses, units));
    if (text !== null) return { ...code, text };
    if (sureBlocks(code) > 0) best = better(best, { ...code, text: null });
  }
  return best;
}

function textOf({ version, blocks }: CodeBlocks): string | null {
  const read = blocks.filter((block) => block !== null);
  if (read.length < blocks.length) return null;
  const data = Uint8Array.from(read.flatMap(({ data: bytes }) => [...bytes]));
  const found = dataText(data, version);
  if (found === null) return null;
  const evidence = read.reduce((sum, block) => sum + block.evidence, 0);
  const isSure =
    found.isPadded &&
    evidence >= LEAST_EVIDENCE &&
    read.every((block) => block.evidence >= SURE_EVIDENCE);
  return isSure || isWholeQrText(found.text) ? found.text : null;
}
