/**
 * Finder patterns on a picture, each with the frame that it stands in: where its middle is and which
 * way and how far a module goes, in any perspective.
 */
import type { Picture } from "../picture.js";
import type { Vector } from "../plane.js";
import { brightness } from "../brightness.js";
import type { Work } from "../../core/work.js";
import type { DarkPixels } from "./dark-pixels.js";

/** `right` and `down` are of one module; which of the four sides is up is not known yet. */
export interface Finder {
  readonly centre: Vector;
  readonly right: Vector;
  readonly down: Vector;
  /** The correlation of its modules with how they have to be: 1 for a perfect one. */
  readonly quality: number;
}

/** Of the rays cast, the part that has to cross the three squares in their ratio. */
const LEAST_RAYS = 0.6;

const RAYS = 48;
const DIRECTIONS: readonly Vector[] = Array.from({ length: RAYS }, (_, ray) => ({
  x: Math.cos((2 * Math.PI * ray) / RAYS),
  y: Math.sin((2 * Math.PI * ray) / RAYS),
}));
/** Cast before all others: of a pattern that has as many good rays as it needs, hardly ever so many fail. */
const SCOUTS = DIRECTIONS.filter((_, ray) => ray % 6 === 0);
const SCOUTS_FAILED = 6;

/** Runs that are looked at closely: text has some 3,000, noise a hundred times as many. */
const MOST_RUNS = 20_000;
/** What looking at them closely costs, in units of work: of a run, and of each pixel of it. */
const MOST_RUNS_UNITS = 300_000;
const RUN_UNITS = 8;
const RUN_PIXEL_UNITS = 0.3;
/** Pixels that are gone over for a unit. */
const PIXELS_A_UNIT = 250;
/** Patterns of one search, after which no more are looked for: no picture of a sheet comes near. */
const MOST_FOUND = 1000;

/** How much of a finder pattern is looked for: the modules of its runs and edges, from its middle out. */
export interface Outline {
  /** Sides of the squares whose mean separates dark from light, as parts of the picture's shorter side. */
  readonly squares: readonly number[];
  /** Runs of a row through its middle, light and dark in turn. */
  readonly runs: readonly number[];
  /** Where a ray from its middle changes colour. */
  readonly edges: readonly number[];
  /** Modules to each side that its brightness has to agree in, and how well. */
  readonly reach: number;
  readonly leastQuality: number;
}

/**
 * With its dark ring, and light around it. Noise and letters hardly reach this quality; finder patterns half
 * in a shadow do.
 */
export const WHOLE_PATTERN: Outline = {
  squares: [0.125, 0.04, 0.33],
  runs: [1, 1, 3, 1, 1],
  edges: [1.5, 2.5, 3.5],
  reach: 4,
  leastQuality: 0.62,
};
/**
 * The light ring and what is in it: on dark ground without a quiet zone the dark ring has no end. Letters,
 * light ones and in a negative those on paper, reach 0.7.
 */
export const INNER_PATTERN: Outline = {
  squares: [0.05, 0.125],
  runs: [1, 3, 1],
  edges: [1.5, 2.5],
  reach: 3,
  leastQuality: 0.75,
};

/** Runs of a row in the ratio of a finder pattern, about. */
interface Runs {
  readonly middle: number;
  readonly row: number;
  readonly width: number;
}

/** `pixels` are those of `picture`. */
export function findFinders(
  picture: Picture,
  pixels: DarkPixels,
  work: Work,
  outline = WHOLE_PATTERN,
): readonly Finder[] {
  const found: Finder[] = [];
  work.spend((pixels.widthPx * pixels.heightPx) / PIXELS_A_UNIT);
  // Those that later rows may come near to.
  let open: KnownFinder[] = [];
  let lastRow = 0;
  for (const { middle, row, width } of likelyRuns(pixels, outline)) {
    if (found.length === MOST_FOUND) break;
    if (row > lastRow) open = open.filter(({ finder, near }) => row - finder.centre.y < near);
    lastRow = row;
    if (open.some((finder) => isSame(finder, middle, row))) continue;
    work.spend(unitsOf(width));
    const frame = frameAt(pixels, middle, row + 0.5, width, outline);
    const quality = frame === null ? 0 : correlation(picture, frame, outline.reach);
    if (frame === null || quality < outline.leastQuality) continue;
    const finder = { ...frame, quality };
    found.push(finder);
    open.push(known(finder));
  }
  return found;
}

/** A pattern, and how near to its middle others are the same: two modules, in pixels. */
interface KnownFinder {
  readonly finder: Finder;
  readonly near: number;
}

function known(finder: Finder): KnownFinder {
  const { right, down } = finder;
  const near = 2 * Math.max(Math.hypot(right.x, right.y), Math.hypot(down.x, down.y));
  return { finder, near };
}

function isSame({ finder: { centre }, near }: KnownFinder, x: number, y: number): boolean {
  const [dx, dy] = [centre.x - x, centre.y - y];
  return dx * dx + dy * dy < near * near;
}

function unitsOf(widthPx: number): number {
  return RUN_UNITS + RUN_PIXEL_UNITS * widthPx;
}

/** Every pattern is crossed by many rows, so that of more than may be looked at some rows are enough. */
function likelyRuns(pixels: DarkPixels, outline: Outline): readonly Runs[] {
  let step = 1;
  let kept: Runs[] = [];
  let units = 0;
  for (const run of runsOf(pixels, outline)) {
    if (run.row % step !== 0) continue;
    kept.push(run);
    units += unitsOf(run.width);
    while ((kept.length > MOST_RUNS || units > MOST_RUNS_UNITS) && step < pixels.heightPx) {
      step *= 2;
      const thinned = step;
      kept = kept.filter(({ row }) => row % thinned === 0);
      units = kept.reduce((sum, { width }) => sum + unitsOf(width), 0);
    }
  }
  return kept;
}

function* runsOf(
  { widthPx, heightPx, isDark }: DarkPixels,
  { runs: wanted }: Outline,
): Generator<Runs> {
  const runs = wanted.map(() => 0);
  const core = (wanted.length - 1) / 2;
  const last = runs.length - 1;
  // The outermost runs are dark where all of them are wanted, and light where the dark ring is not.
  const outermost = core % 2 === 0 ? 1 : 0;
  for (let y = 0; y < heightPx; y++) {
    runs.fill(0);
    let colour = 0;
    let start = 0;
    for (let x = 0; x <= widthPx; x++) {
      const dark = x < widthPx ? (isDark[y * widthPx + x] as number) : 1 - colour;
      if (dark === colour) continue;
      for (let run = 0; run < last; run++) runs[run] = runs[run + 1] as number;
      runs[last] = x - start;
      start = x;
      if (colour === outermost && isRatio(runs, wanted)) {
        const behind = runs.slice(core + 1).reduce((sum, run) => sum + run, 0);
        const middle = x - behind - (runs[core] as number) / 2;
        yield { middle, row: y, width: runs.reduce((sum, run) => sum + run, 0) };
      }
      colour = dark;
    }
  }
}

/** Those of several searches, each place once, with the better of its frames. */
export function mergeFinders(searches: readonly (readonly Finder[])[]): readonly Finder[] {
  const merged: KnownFinder[] = [];
  for (const finder of searches.flat().sort((a, b) => b.quality - a.quality)) {
    const { x, y } = finder.centre;
    if (!merged.some((other) => isSame(other, x, y))) merged.push(known(finder));
  }
  return merged.map(({ finder }) => finder);
}

type Frame = Omit<Finder, "quality">;

/** Of `reach` modules around, the outermost of 9 x 9 being light; 0 where it is not all on the picture. */
function correlation(picture: Picture, { centre, right, down }: Frame, reach: number): number {
  const values: number[] = [];
  const wanted: number[] = [];
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const ring = Math.max(Math.abs(row), Math.abs(column));
      // The separator is cut off on some prints, and on the outer sides it is the quiet zone.
      if (ring === 4 && (Math.abs(row) === 4) === (Math.abs(column) === 4)) continue;
      values.push(
        brightness(
          picture,
          centre.x + column * right.x + row * down.x,
          centre.y + column * right.y + row * down.y,
        ),
      );
      wanted.push(ring === 2 || ring === 4 ? 1 : -1);
    }
  }
  const mean = average(values);
  const middle = average(wanted);
  let both = 0;
  let ofValues = 0;
  let ofWanted = 0;
  values.forEach((value, index) => {
    const a = value - mean;
    const b = (wanted[index] as number) - middle;
    both += a * b;
    ofValues += a * a;
    ofWanted += b * b;
  });
  const result = both / Math.sqrt(ofValues * ofWanted);
  return Number.isNaN(result) ? 0 : result;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 1:1:3:1:1 or its middle, each within what blur and a coarse raster make of it. */
function isRatio(runs: readonly number[], wanted: readonly number[]): boolean {
  const modules = wanted.reduce((sum, run) => sum + run, 0);
  const total = runs.reduce((sum, run) => sum + run, 0);
  if (runs.includes(0) || total < modules) return false;
  const unit = total / modules;
  const tolerance = Math.max(unit * 0.6, 1);
  return runs.every((run, index) =>
    wanted[index] === 3
      ? Math.abs(run - 3 * unit) < 3 * tolerance * 0.67
      : Math.abs(run - unit) < tolerance + 0.01,
  );
}

/** The distances at which a ray changes colour: out of the core, over the ring, out of it; `count` of them. */
function castRay(
  { widthPx, heightPx, isDark }: DarkPixels,
  from: Vector,
  direction: Vector,
  limit: number,
  count: number,
): readonly number[] | null {
  const edges: number[] = [];
  const [stepX, stepY] = [direction.x / 2, direction.y / 2];
  let { x, y } = from;
  let colour = 1;
  for (let steps = 0; steps < 2 * limit; steps++) {
    if (!(x >= 0 && y >= 0 && x < widthPx && y < heightPx)) break;
    // Both are 0 or more: this is the whole part.
    const dark = isDark[(y | 0) * widthPx + (x | 0)] as number;
    x += stepX;
    y += stepY;
    if (dark === colour) continue;
    edges.push(steps / 2 - 0.25);
    if (edges.length === count) return edges;
    colour = dark;
  }
  return null;
}

/** How far an edge may be from where the first one says, in parts of the distance of that. */
const EDGE_TOLERANCES = [0, 0.7, 0.95];

/** Whether the edges of a ray are at the distances that they have to be, each against the first. */
function isThrough(ray: readonly number[] | null, edges: readonly number[]): boolean {
  const [first = 1] = ray ?? [];
  const [core = 1] = edges;
  return (
    ray?.every(
      (edge, index) =>
        index === 0 ||
        Math.abs(edge / first - (edges[index] as number) / core) <
          (EDGE_TOLERANCES[index] as number),
    ) ?? false
  );
}

/** A ray ends after so many times the width of the runs that are crossed. */
const RAY_WIDTHS = 2.5;
const ROUGH_ROUNDS = 2;
/** Nearer than this, in pixels, a middle stays where it is. */
const STILL_PX = 0.3;

/** How an outline is measured in a round. */
interface Fineness {
  readonly directions: readonly Vector[];
  /** Mean square of what it may be off a frame, in parts of half a side. */
  readonly mostOff: number;
  /** Between the angles that are tried, in radians. */
  readonly step: number;
}

const ROUGH: Fineness = {
  directions: DIRECTIONS.filter((_, ray) => ray % 2 === 0),
  mostOff: 0.1,
  step: Math.PI / 30,
};
const FINE: Fineness = { directions: DIRECTIONS, mostOff: 0.04, step: Math.PI / 90 };

function frameAt(
  pixels: DarkPixels,
  x: number,
  y: number,
  width: number,
  { edges }: Outline,
): Frame | null {
  const cast = (from: Vector, direction: Vector) => {
    const ray = castRay(pixels, from, direction, width * RAY_WIDTHS, edges.length);
    return isThrough(ray, edges) ? ray : null;
  };
  let centre = { x, y };
  let scoutsFailed = 0;
  for (const direction of SCOUTS) {
    if (cast(centre, direction) === null) scoutsFailed += 1;
    if (scoutsFailed === SCOUTS_FAILED) return null;
  }
  const outermost = edges.at(-1) as number;
  let fineness = ROUGH;
  for (let round = 1; ; round++) {
    const outline = outlineAround(centre, fineness.directions, edges, cast);
    const moments = outline === null ? null : polygonMoments(outline);
    if (outline === null || moments === null) return null;
    const moved = Math.hypot(moments.x - centre.x, moments.y - centre.y);
    centre = { x: moments.x, y: moments.y };
    const frame = squareFrame(centre, moments, outline, outermost, fineness);
    if (frame === null || fineness === FINE) return frame;
    if (moved <= STILL_PX || round === ROUGH_ROUNDS) fineness = FINE;
  }
}

/**
 * The outline as a polygon: rays that failed are left out, so that their neighbours are joined. Null where
 * too many failed.
 */
function outlineAround(
  centre: Vector,
  directions: readonly Vector[],
  edges: readonly number[],
  cast: (from: Vector, direction: Vector) => readonly number[] | null,
): readonly Vector[] | null {
  const outermost = edges.at(-1) as number;
  const allEdges = edges.reduce((sum, edge) => sum + edge, 0);
  const outline: Vector[] = [];
  let failed = 0;
  for (const direction of directions) {
    const ray = cast(centre, direction);
    if (ray === null) {
      failed += 1;
      if (failed > directions.length * (1 - LEAST_RAYS)) return null;
      continue;
    }
    // All edges together say more of the size than the outer one alone.
    const reach = (outermost * ray.reduce((sum, edge) => sum + edge, 0)) / allEdges;
    const far = (reach + (ray.at(-1) as number)) / 2;
    outline.push({ x: centre.x + direction.x * far, y: centre.y + direction.y * far });
  }
  return outline;
}

interface Moments {
  readonly x: number;
  readonly y: number;
  /** Second central moments, over the area. */
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Of the area inside; the sums over the edges are Green's theorem. */
function polygonMoments(points: readonly Vector[]): Moments | null {
  let area = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  points.forEach((p, index) => {
    const q = points[(index + 1) % points.length] as Vector;
    const cross = p.x * q.y - q.x * p.y;
    area += cross / 2;
    sx += (cross * (p.x + q.x)) / 6;
    sy += (cross * (p.y + q.y)) / 6;
    sxx += (cross * (p.x * p.x + p.x * q.x + q.x * q.x)) / 12;
    syy += (cross * (p.y * p.y + p.y * q.y + q.y * q.y)) / 12;
    sxy += (cross * (p.x * q.y + 2 * p.x * p.y + 2 * q.x * q.y + q.x * p.y)) / 24;
  });
  if (!(area > 4)) return null;
  const x = sx / area;
  const y = sy / area;
  return { x, y, xx: sxx / area - x * x, xy: sxy / area - x * y, yy: syy / area - y * y };
}

/**
 * The parallelogram of those moments that lies nearest to the outline, which is so many modules to each
 * side: the moments leave open only how far it is turned, once it is sheared to a square. Null where the
 * outline is off it, in the mean of squares, by more than may be.
 */
function squareFrame(
  centre: Vector,
  { xx, xy, yy }: Moments,
  outline: readonly Vector[],
  modules: number,
  { mostOff, step }: Fineness,
): Frame | null {
  // L with L L^T = 3 x moments takes the square with half sides of 1, turned, to the parallelogram.
  const a = Math.sqrt(3 * xx);
  const b = (3 * xy) / a;
  const rest = 3 * yy - b * b;
  if (!(a > 1) || !(rest > 1)) return null;
  const c = Math.sqrt(rest);
  const white = outline.map(({ x, y }) => {
    const first = (x - centre.x) / a;
    return { x: first, y: (y - centre.y - b * first) / c };
  });
  let best = Infinity;
  let bestAngle = 0;
  for (let angle = 0; angle < Math.PI / 2; angle += step) {
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    let error = 0;
    for (const { x, y } of white) {
      const off = Math.max(Math.abs(cos * x + sin * y), Math.abs(cos * y - sin * x)) - 1;
      error += off * off;
    }
    if (error < best) {
      best = error;
      bestAngle = angle;
    }
  }
  if (best / white.length > mostOff) return null;
  const axis = (cos: number, sin: number): Vector => ({
    x: (a * cos) / modules,
    y: (b * cos + c * sin) / modules,
  });
  const cos = Math.cos(bestAngle);
  const sin = Math.sin(bestAngle);
  return { centre, right: axis(cos, sin), down: axis(-sin, cos) };
}
