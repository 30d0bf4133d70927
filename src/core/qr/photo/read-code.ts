/**
 * Codes on a picture that a general decoder cannot read: bent, crumpled, stained and torn paper.
 */
import type { Picture } from "../../picture.js";
import { correctBlock } from "./block-decoder.js";
import { darkPixels, sumTable } from "./dark-pixels.js";
import { findFinders, type Finder, type Vector } from "./finders.js";
import { finderAnchors, fitProjection, Grid } from "./grid.js";
import { seeModules, type SeenModules } from "./modules.js";
import { dataText } from "./segments.js";
import {
  blocksOf,
  type Format,
  FORMATS,
  formatPlaces,
  MASKS,
  symbolLayout,
  type SymbolLayout,
} from "./symbol.js";

export interface ReadCode {
  readonly text: string;
  readonly version: number;
  readonly format: Format;
  readonly errors: number;
}

export interface Trace {
  finders?: number;
  triples?: number;
  log?: string[];
}

export function readCode(picture: Picture, trace: Trace = {}): ReadCode | null {
  const sums = sumTable(picture);
  const shortSide = Math.min(picture.widthPx, picture.heightPx);
  for (const part of [0.125, 0.04, 0.33]) {
    const finders = findFinders(darkPixels(picture, sums, Math.max(9, shortSide * part)));
    trace.finders = Math.max(trace.finders ?? 0, finders.length);
    for (const corner of corners(finders)) {
      trace.triples = (trace.triples ?? 0) + 1;
      const found = readCorner(picture, corner, trace);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Three finder patterns as they may stand in one code: top left, top right, bottom left. */
interface Corner {
  readonly topLeft: Finder;
  readonly topRight: Finder;
  readonly bottomLeft: Finder;
  /** Modules from middle to middle. */
  readonly span: number;
  readonly misfit: number;
}

function corners(finders: readonly Finder[]): readonly Corner[] {
  const found: Corner[] = [];
  for (const topLeft of finders) {
    for (const topRight of finders) {
      for (const bottomLeft of finders) {
        if (topLeft === topRight || topLeft === bottomLeft || topRight === bottomLeft) continue;
        const corner = asCorner(topLeft, topRight, bottomLeft);
        if (corner !== null) found.push(corner);
      }
    }
  }
  return found.sort((a, b) => a.misfit - b.misfit).slice(0, 12);
}

const cross = (a: Vector, b: Vector) => a.x * b.y - a.y * b.x;
const minus = (a: Vector, b: Vector): Vector => ({ x: a.x - b.x, y: a.y - b.y });

/** The finder turned so that `right` points best along a direction. */
function turned(finder: Finder, along: Vector): { readonly finder: Finder; readonly fit: number } {
  let { right, down } = finder;
  let best = { finder, fit: -1 };
  for (let turn = 0; turn < 4; turn++) {
    // In modules: how much of the way goes right.
    const det = cross(right, down);
    const a = cross(along, down) / det;
    const b = cross(right, along) / det;
    const fit = a / Math.hypot(a, b);
    if (fit > best.fit) best = { finder: { ...finder, right, down }, fit };
    [right, down] = [down, { x: -right.x, y: -right.y }];
  }
  return best;
}

function modulesBetween(a: Finder, b: Finder): number {
  const way = minus(b.centre, a.centre);
  const inFrame = ({ right, down }: Finder) => {
    const det = cross(right, down);
    return Math.hypot(cross(way, down) / det, cross(right, way) / det);
  };
  // Along a line in perspective, the geometric mean of the scales at its ends is exact.
  return Math.sqrt(inFrame(a) * inFrame(b));
}

function asCorner(a: Finder, b: Finder, c: Finder): Corner | null {
  const toRight = minus(b.centre, a.centre);
  const toBottom = minus(c.centre, a.centre);
  if (cross(toRight, toBottom) <= 0) return null;
  const first = turned(a, toRight);
  const second = turned(b, toRight);
  const third = turned(c, toRight);
  if (Math.min(first.fit, second.fit) < 0.9) return null;
  const det = cross(third.finder.right, third.finder.down);
  const p = cross(toBottom, third.finder.down) / det;
  const q = cross(third.finder.right, toBottom) / det;
  const thirdFit = q / Math.hypot(p, q);
  if (thirdFit < 0.9) return null;
  const across = modulesBetween(a, b);
  const downwards = modulesBetween(a, c);
  const span = (across + downwards) / 2;
  if (span < 12 || span > 180 || Math.abs(across - downwards) / span > 0.35) return null;
  const misfit =
    Math.abs(across - downwards) / span +
    3 -
    first.fit -
    second.fit -
    thirdFit +
    (3 - a.quality - b.quality - c.quality) * 0.3;
  return { topLeft: first.finder, topRight: second.finder, bottomLeft: third.finder, span, misfit };
}

function readCorner(picture: Picture, corner: Corner, trace: Trace): ReadCode | null {
  const guess = (corner.span + 7 - 17) / 4;
  const near = [Math.round(guess), Math.round(guess) + (guess > Math.round(guess) ? 1 : -1)];
  if (guess > 8) near.push(Math.round(guess) + (guess > Math.round(guess) ? -1 : 1));
  for (const version of near) {
    if (version < 1 || version > 40) continue;
    const found = readVersion(picture, corner, version, trace);
    if (found !== null) return found;
  }
  return null;
}

function readVersion(
  picture: Picture,
  corner: Corner,
  version: number,
  trace: Trace,
): ReadCode | null {
  const layout = symbolLayout(version);
  const { size } = layout;
  const anchors = [
    ...finderAnchors(corner.topLeft, 3.5, 3.5),
    ...finderAnchors(corner.topRight, size - 3.5, 3.5),
    ...finderAnchors(corner.bottomLeft, 3.5, size - 3.5),
  ];
  const h = fitProjection(anchors, size);
  if (h === null) return null;
  const grid = new Grid(picture, layout, h, anchors);
  const seen = seeModules(picture, layout, grid);
  const match = fixedMatch(layout, seen);
  trace.log?.push(`v${String(version)} span ${corner.span.toFixed(1)} fixed ${match.toFixed(2)}`);
  if (match < 0.55) return null;
  for (const format of likelyFormats(layout, seen)) {
    const found = decode(layout, seen, format, trace);
    if (found !== null) return found;
  }
  return null;
}

/** How well the timing and alignment patterns are where they should be, -1 to 1; not the finders. */
function fixedMatch({ fixed, size }: SymbolLayout, seen: SeenModules): number {
  let sum = 0;
  let count = 0;
  fixed.forEach((value, index) => {
    const row = Math.floor(index / size);
    const column = index % size;
    const inFinder =
      (row < 8 && (column < 8 || column >= size - 8)) || (row >= size - 8 && column < 8);
    if (value < 0 || inFinder) return;
    sum += Math.sign(seen[index] as number) === (value === 1 ? 1 : -1) ? 1 : -1;
    count++;
  });
  return count === 0 ? 1 : sum / count;
}

function likelyFormats({ size }: SymbolLayout, seen: SeenModules): readonly Format[] {
  const places = formatPlaces(size);
  const scored = FORMATS.map((format) => {
    let score = 0;
    for (const copy of places) {
      copy.forEach((index, bit) => {
        score += ((format.bits >> bit) & 1 ? 1 : -1) * (seen[index] as number);
      });
    }
    return { format, score };
  }).sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }, index) => index < 3 && score > best - 8)
    .map(({ format }) => format);
}

function decode(
  layout: SymbolLayout,
  seen: SeenModules,
  format: Format,
  trace: Trace,
): ReadCode | null {
  const mask = MASKS[format.mask] as (row: number, column: number) => boolean;
  const count = layout.dataModules.length / 8;
  const codewords = new Uint8Array(count);
  const sureness = new Float64Array(count).fill(1);
  layout.dataModules.forEach((index, at) => {
    const value = seen[index] as number;
    const turned = mask(Math.floor(index / layout.size), index % layout.size);
    if (value > 0 !== turned)
      codewords[at >> 3] = (codewords[at >> 3] as number) | (0x80 >> (at & 7));
    sureness[at >> 3] = Math.min(sureness[at >> 3] as number, Math.abs(value));
  });
  const data: number[] = [];
  let errors = 0;
  const blocks = blocksOf(layout.version, format.level);
  let failed = 0;
  for (const { codewords: places, checkCount } of blocks) {
    const received = Uint8Array.from(places, (place) => codewords[place] as number);
    const order = places
      .map((place, index) => ({ index, sure: sureness[place] as number }))
      .sort((a, b) => a.sure - b.sure)
      .map(({ index }) => index);
    let corrected = null;
    for (let erased = 0; erased <= checkCount - 2 && corrected === null; erased += 2) {
      const attempt = correctBlock(received, checkCount, order.slice(0, erased));
      if (attempt !== null && 2 * attempt.errors + erased <= checkCount - (checkCount > 10 ? 2 : 1))
        corrected = attempt;
    }
    if (corrected === null) {
      failed++;
      continue;
    }
    errors += corrected.errors;
    data.push(...corrected.codewords.subarray(0, places.length - checkCount));
  }
  trace.log?.push(
    `  ${format.level}${String(format.mask)} blocks failed ${String(failed)} of ${String(blocks.length)}`,
  );
  if (failed > 0) return null;
  const text = dataText(Uint8Array.from(data), layout.version);
  if (text?.isPadded !== true) {
    trace.log?.push("  padding/segments no");
    return null;
  }
  return { text: text.text, version: layout.version, format, errors };
}
