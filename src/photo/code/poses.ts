/** Finder patterns to how a code may lie on the picture: three of them, or two where one is lost. */
import { cross, minus, type Vector } from "../plane.js";
import type { Finder } from "./finders.js";
import { type Anchor, finderAnchors } from "./projection.js";

type Corner = "topLeft" | "topRight" | "bottomLeft";

/** Finder patterns with the corners that they are taken for, each turned as the code is. */
export interface Pose {
  readonly finders: readonly (readonly [Corner, Finder])[];
  /** Modules from the middle of one finder pattern to that of the next along a side. */
  readonly span: number;
  /** 0 for finder patterns that could not fit better. */
  readonly misfit: number;
}

/** More are hardly ever there, and each costs a grid. */
const TRIPLES_LIMIT = 8;
const PAIRS_LIMIT = 12;
/** Of more than ever are on a picture of a sheet, the best are put together. */
export const FINDERS_LIMIT = 40;
/** Of a version 1 and of a version 40, with what bent paper makes of them. */
const LEAST_SPAN = 12;
const MOST_SPAN = 180;

/** The likeliest first: all of three finder patterns before all of two. `finders`: the best first. */
export function poses(finders: readonly Finder[]): readonly Pose[] {
  const triples = new Best(TRIPLES_LIMIT);
  const pairs = new Best(PAIRS_LIMIT);
  const likely = finders.slice(0, FINDERS_LIMIT);
  for (const a of likely) {
    for (const b of likely) {
      if (a === b) continue;
      for (const pose of pairsOf(a, b)) pairs.add(pose);
      const side = sideOf(a, b);
      if (side === null) continue;
      for (const c of likely) {
        const pose = a === c || b === c ? null : tripleOf(side, c);
        if (pose !== null) triples.add(pose);
      }
    }
  }
  return [...triples.poses, ...pairs.poses];
}

/** As many as are tried, the least misfit first; of equal ones the first that came. */
class Best {
  readonly poses: Pose[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(pose: Pose): void {
    let at = this.poses.length;
    while (at > 0 && (this.poses[at - 1] as Pose).misfit > pose.misfit) at--;
    if (at === this.#limit) return;
    this.poses.splice(at, 0, pose);
    if (this.poses.length > this.#limit) this.poses.pop();
  }
}

/** What a code of `size` modules has to fit to. */
export function poseAnchors({ finders }: Pose, size: number): readonly Anchor[] {
  const far = size - 3.5;
  return finders.flatMap(([corner, finder]) =>
    finderAnchors(finder, corner === "topRight" ? far : 3.5, corner === "bottomLeft" ? far : 3.5),
  );
}

/** Two finder patterns at the ends of the upper side of a code. */
interface Side {
  readonly topLeft: Finder;
  readonly topRight: Finder;
  readonly toRight: Vector;
  readonly first: Turned;
  readonly second: Turned;
  /** Modules. */
  readonly across: number;
}

function sideOf(topLeft: Finder, topRight: Finder): Side | null {
  const toRight = minus(topRight.centre, topLeft.centre);
  const first = turned(topLeft, toRight);
  const second = turned(topRight, toRight);
  if (Math.min(first.fit, second.fit) < 0.9) return null;
  const across = modulesBetween(topLeft, topRight);
  // Of what is further from a span, no other side makes a code that is even enough.
  if (across < LEAST_SPAN / 2 || across > 2 * MOST_SPAN) return null;
  return { topLeft, topRight, toRight, first, second, across };
}

function tripleOf(
  { topLeft, topRight, toRight, first, second, across }: Side,
  bottomLeft: Finder,
): Pose | null {
  const toBottom = minus(bottomLeft.centre, topLeft.centre);
  if (cross(toRight, toBottom) <= 0) return null;
  const downwards = modulesBetween(topLeft, bottomLeft);
  const span = (across + downwards) / 2;
  const unevenness = Math.abs(across - downwards) / span;
  if (span < LEAST_SPAN || span > MOST_SPAN || unevenness > 0.35) return null;
  const third = turned(bottomLeft, toRight);
  const down = inFrame(third.finder, toBottom);
  const thirdFit = down.y / Math.hypot(down.x, down.y);
  if (thirdFit < 0.9) return null;
  const quality = topLeft.quality + topRight.quality + bottomLeft.quality;
  return {
    finders: [
      ["topLeft", first.finder],
      ["topRight", second.finder],
      ["bottomLeft", third.finder],
    ],
    span,
    misfit: unevenness + 3 - first.fit - second.fit - thirdFit + (3 - quality) * 0.3,
  };
}

/** `a` and `b` along the side or across the code that is to the right of the way from a to b. */
function pairsOf(a: Finder, b: Finder): readonly Pose[] {
  const way = minus(b.centre, a.centre);
  const span = modulesBetween(a, b);
  const [first, second] = [turned(a, way), turned(b, way)];
  const quality = (2 - a.quality - b.quality) * 0.3;
  const found: Pose[] = [];
  if (Math.min(first.fit, second.fit) > 0.95 && span > LEAST_SPAN && span < MOST_SPAN) {
    const misfit = 2 - first.fit - second.fit + quality;
    found.push(
      {
        finders: [
          ["topLeft", first.finder],
          ["topRight", second.finder],
        ],
        span,
        misfit,
      },
      {
        finders: [
          ["bottomLeft", backwards(first.finder)],
          ["topLeft", backwards(second.finder)],
        ],
        span,
        misfit,
      },
    );
  }
  // Across: from the bottom left to the top right the way is right and up.
  const diagonal = [diagonally(a, way), diagonally(b, way)] as const;
  const along = span / Math.SQRT2;
  if (diagonal[0].fit > 0.95 && diagonal[1].fit > 0.95 && along > LEAST_SPAN && along < MOST_SPAN) {
    found.push({
      finders: [
        ["bottomLeft", diagonal[0].finder],
        ["topRight", diagonal[1].finder],
      ],
      span: along,
      misfit: 2 - diagonal[0].fit - diagonal[1].fit + quality + 0.05,
    });
  }
  return found;
}

/** Turned by a quarter, so that what pointed right points up. */
function backwards({ right, down, ...rest }: Finder): Finder {
  return { ...rest, right: down, down: { x: -right.x, y: -right.y } };
}

interface Turned {
  readonly finder: Finder;
  /** The cosine, in the finder's own frame. */
  readonly fit: number;
}

/** Turned so that `right` points best along a direction. */
function turned(finder: Finder, along: Vector): Turned {
  return bestTurn(finder, along, ({ x, y }) => x / Math.hypot(x, y));
}

/** Turned so that a direction goes right and up alike. */
function diagonally(finder: Finder, along: Vector): Turned {
  return bestTurn(finder, along, ({ x, y }) => (x - y) / (Math.SQRT2 * Math.hypot(x, y)));
}

function bestTurn(finder: Finder, along: Vector, fitOf: (inTurn: Vector) => number): Turned {
  let [best, quarters] = [-1, 0];
  let vector = inFrame(finder, along);
  for (let quarter = 0; quarter < 4; quarter++) {
    const fit = fitOf(vector);
    if (fit > best) [best, quarters] = [fit, quarter];
    // As `backwards` turns the frame.
    vector = { x: vector.y, y: -vector.x };
  }
  let turn = finder;
  for (let quarter = 0; quarter < quarters; quarter++) turn = backwards(turn);
  return { finder: turn, fit: best };
}

/** Along a line in perspective, the geometric mean of the scales at its ends is exact. */
function modulesBetween(a: Finder, b: Finder): number {
  const way = minus(b.centre, a.centre);
  const [first, second] = [inFrame(a, way), inFrame(b, way)];
  return Math.sqrt(Math.hypot(first.x, first.y) * Math.hypot(second.x, second.y));
}

/** A vector of the picture in the modules of a finder pattern. */
function inFrame({ right, down }: Finder, vector: Vector): Vector {
  const area = cross(right, down);
  return { x: cross(vector, down) / area, y: cross(right, vector) / area };
}
