/**
 * Finder patterns on a picture, each with the frame that it stands in: where its middle is and which
 * way and how far a module goes, in any perspective.
 */
import type { Picture } from "../../picture.js";
import type { Vector } from "../../plane.js";
import { brightness } from "../../brightness.js";
import type { Work } from "../../work.js";
import type { DarkPixels } from "./dark-pixels.js";

/** `right` and `down` are of one module; which of the four sides is up is not known yet. */
export interface Finder {
  readonly centre: Vector;
  readonly right: Vector;
  readonly down: Vector;
  /** The correlation of its modules with how they have to be: 1 for a perfect one. */
  readonly quality: number;
}

/** Noise and letters hardly reach this; finder patterns half in a shadow do. */
const LEAST_QUALITY = 0.62;
/** Of the rays cast, the part that has to cross the three squares in their ratio. */
const LEAST_RAYS = 0.6;

const RAYS = 48;
const DIRECTIONS: readonly Vector[] = Array.from({ length: RAYS }, (_, ray) => ({
  x: Math.cos((2 * Math.PI * ray) / RAYS),
  y: Math.sin((2 * Math.PI * ray) / RAYS),
}));

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

/** Five runs of a row in the ratio of a finder pattern, about. */
interface Runs {
  readonly middle: number;
  readonly row: number;
  readonly width: number;
}

/** `pixels` are those of `picture`. */
export function findFinders(picture: Picture, pixels: DarkPixels, work: Work): readonly Finder[] {
  const found: Finder[] = [];
  work.spend((pixels.widthPx * pixels.heightPx) / PIXELS_A_UNIT);
  // Those that later rows may come near to.
  let open: KnownFinder[] = [];
  let lastRow = 0;
  for (const { middle, row, width } of likelyRuns(pixels)) {
    if (found.length === MOST_FOUND) break;
    if (row > lastRow) open = open.filter(({ finder, near }) => row - finder.centre.y < near);
    lastRow = row;
    if (open.some((finder) => isSame(finder, middle, row))) continue;
    work.spend(unitsOf(width));
    const frame = frameAt(pixels, middle, row + 0.5, width);
    const quality = frame === null ? 0 : correlation(picture, frame);
    if (frame === null || quality < LEAST_QUALITY) continue;
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
function likelyRuns(pixels: DarkPixels): readonly Runs[] {
  let step = 1;
  let kept: Runs[] = [];
  let units = 0;
  for (const run of runsOf(pixels)) {
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

function* runsOf({ widthPx, heightPx, isDark }: DarkPixels): Generator<Runs> {
  const runs = [0, 0, 0, 0, 0];
  for (let y = 0; y < heightPx; y++) {
    runs.fill(0);
    let colour = 0;
    let start = 0;
    for (let x = 0; x <= widthPx; x++) {
      const dark = x < widthPx ? (isDark[y * widthPx + x] as number) : 1 - colour;
      if (dark === colour) continue;
      runs.shift();
      runs.push(x - start);
      start = x;
      if (colour === 1 && isRatio(runs)) {
        const middle = x - (runs[4] as number) - (runs[3] as number) - (runs[2] as number) / 2;
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

/** Of 9 x 9 modules, the outermost of which are light; 0 where it is not all on the picture. */
function correlation(picture: Picture, { centre, right, down }: Frame): number {
  const values: number[] = [];
  const wanted: number[] = [];
  for (let row = -4; row <= 4; row++) {
    for (let column = -4; column <= 4; column++) {
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

/** 1:1:3:1:1, each within what blur and a coarse raster make of it. */
function isRatio(runs: readonly number[]): boolean {
  const total = runs.reduce((sum, run) => sum + run, 0);
  if (runs.includes(0) || total < 7) return false;
  const unit = total / 7;
  const tolerance = Math.max(unit * 0.6, 1);
  return runs.every((run, index) =>
    index === 2
      ? Math.abs(run - 3 * unit) < 3 * tolerance * 0.67
      : Math.abs(run - unit) < tolerance + 0.01,
  );
}

/** The distances at which a ray changes colour: out of the core, over the ring, out of it. */
function castRay(
  { widthPx, heightPx, isDark }: DarkPixels,
  fromX: number,
  fromY: number,
  direction: Vector,
  limit: number,
): readonly [number, number, number] | null {
  const edges: number[] = [];
  let colour = 1;
  for (let distance = 0; distance < limit; distance += 0.5) {
    const x = Math.floor(fromX + direction.x * distance);
    const y = Math.floor(fromY + direction.y * distance);
    if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) break;
    const dark = isDark[y * widthPx + x] as number;
    if (dark === colour) continue;
    edges.push(distance - 0.25);
    if (edges.length === 3) return edges as unknown as [number, number, number];
    colour = dark;
  }
  return null;
}

function frameAt(pixels: DarkPixels, x: number, y: number, width: number): Frame | null {
  let centre = { x, y };
  for (let round = 0; ; round++) {
    const rays: ReturnType<typeof castRay>[] = [];
    const isGood: boolean[] = [];
    let failed = 0;
    for (const direction of DIRECTIONS) {
      const ray = castRay(pixels, centre.x, centre.y, direction, width * 2.5);
      const isThrough =
        ray !== null &&
        Math.abs(ray[1] / ray[0] - 5 / 3) < 0.7 &&
        Math.abs(ray[2] / ray[0] - 7 / 3) < 0.95;
      if (!isThrough) failed += 1;
      if (failed > RAYS * (1 - LEAST_RAYS)) return null;
      rays.push(ray);
      isGood.push(isThrough);
    }
    // The outline as a polygon: rays that failed are left out, so that their neighbours are joined.
    const outline = rays.flatMap((ray, index) => {
      const direction = DIRECTIONS[index] as Vector;
      if (ray === null || !isGood[index]) return [];
      // The three edges together say more of the size than the outer one alone.
      const reach = (3.5 * (ray[0] + ray[1] + ray[2])) / 7.5;
      const far = (reach + ray[2]) / 2;
      return [{ x: centre.x + direction.x * far, y: centre.y + direction.y * far }];
    });
    const moments = polygonMoments(outline);
    if (moments === null) return null;
    const moved = Math.hypot(moments.x - centre.x, moments.y - centre.y);
    centre = { x: moments.x, y: moments.y };
    if (round < 2 && moved > 0.3) continue;
    return squareFrame(centre, moments, outline);
  }
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
 * The parallelogram of those moments that lies nearest to the outline: the moments leave open only how
 * far it is turned, once it is sheared to a square.
 */
function squareFrame(
  centre: Vector,
  { xx, xy, yy }: Moments,
  outline: readonly Vector[],
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
  for (let angle = 0; angle < Math.PI / 2; angle += Math.PI / 90) {
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
  if (best / white.length > 0.04) return null;
  const axis = (cos: number, sin: number): Vector => ({
    x: (a * cos) / 3.5,
    y: (b * cos + c * sin) / 3.5,
  });
  const cos = Math.cos(bestAngle);
  const sin = Math.sin(bestAngle);
  return { centre, right: axis(cos, sin), down: axis(-sin, cos) };
}
