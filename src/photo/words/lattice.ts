/**
 * The lattice in which the words of a sheet stand: blobs whose left ends keep even steps to the right
 * and down, however the paper lies. Grown from any four that make a cell, one step at a time, so that
 * perspective and bends only have to be small from one word to the next.
 */
import { median } from "../../core/median.js";
import type { Work } from "../../core/work.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { cross, dot, length, minus, plus, type Vector } from "../plane.js";
import type { Blob } from "./word-blobs.js";

/** A word's left end; columns and rows count from anywhere. */
export interface Node {
  readonly column: number;
  readonly row: number;
  readonly at: Vector;
}

/** A blob of the lattice, and which way the text runs there, of length 1. */
export interface WordStart extends Node {
  readonly right: Vector;
  /** True for one that is far from its place, behind a crease or no word at all. */
  readonly isLoose: boolean;
}

export type Lattice = readonly WordStart[];

interface Start {
  readonly at: Vector;
  readonly right: Vector;
}

/** Steps from a node to the next column and the next row. */
interface Frame {
  readonly across: Vector;
  readonly down: Vector;
}

/** In units of sigma. */
const REACH = { near: 18, down: 22, right: 90 } as const;
/** How far from its place a node may be, as parts of the step in that direction. */
const TOLERANCE = { across: 0.07, down: 0.3 } as const;
/** As often more of it behind the edge of what was found, where the paper may be creased. */
const LOOSE = 1.8;
const NODES_LEAST = 18;
const SEEDS_LIMIT = 1500;

/** What a point costs that is looked at, in units of work. */
const POINT_UNITS = 0.009;
/** Points that are looked at for one picture in one size. */
const LATTICES_UNITS = 260_000;

/**
 * The largest lattices first, of both ways that the text may run; of those that are grown until work is over.
 */
export function wordLattices(
  blobs: readonly Blob[],
  sigma: number,
  work: Work,
): readonly Lattice[] {
  const ways = directions(blobs, sigma);
  return [1, -1]
    .flatMap((sign) => {
      const starts = blobs.map(({ centre, along, ahead, behind }, index): Start => {
        const way = ways[index] as Vector;
        const right = { x: way.x * sign, y: way.y * sign };
        const back = dot(along, right) > 0 ? behind : ahead;
        return { at: plus(centre, right, -back), right };
      });
      return latticesOf(starts, sigma, work.part(LATTICES_UNITS / 2));
    })
    .sort((a, b) => strictCount(b) - strictCount(a));
}

/** Which way the text runs at each blob: what the blobs around it agree on, as twice the angle. */
function directions(blobs: readonly Blob[], sigma: number): readonly Vector[] {
  const doubled = blobs.map(({ along, spread, thickness }) => {
    const weight = Math.max(0, spread - 1.5 * thickness);
    const angle = 2 * Math.atan2(along.y, along.x);
    return { x: weight * Math.cos(angle), y: weight * Math.sin(angle) };
  });
  const near = new Buckets(
    blobs.map(({ centre }) => centre),
    REACH.near * sigma,
  );
  const local = blobs.map(({ centre }) =>
    near.around(centre).reduce((sum, index) => plus(sum, doubled[index] as Vector), { x: 0, y: 0 }),
  );
  // Agreement counts, so that specks all over the picture do not.
  const whole = local.reduce((sum, way) => plus(sum, way, length(way)), { x: 0, y: 0 });
  const main = halfAngle(whole);
  return local.map((sum) => {
    const way = halfAngle(sum);
    return dot(way, main) < 0 ? { x: -way.x, y: -way.y } : way;
  });
}

function halfAngle({ x, y }: Vector): Vector {
  const angle = Math.atan2(y, x) / 2;
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

/** More than squares of any picture are below one another. */
const SQUARES_DOWN = 2 ** 20;

/** Points by the square that they are in. */
class Buckets {
  readonly #points: readonly Vector[];
  readonly #side: number;
  readonly #squares = new Map<number, number[]>();
  /** Points that were looked at. */
  seen = 0;

  constructor(points: readonly Vector[], side: number) {
    this.#points = points;
    this.#side = side;
    points.forEach(({ x, y }, index) => {
      const key = this.#key(Math.floor(x / side), Math.floor(y / side));
      const square = this.#squares.get(key);
      if (square === undefined) this.#squares.set(key, [index]);
      else square.push(index);
    });
  }

  #key(x: number, y: number): number {
    return SQUARES_DOWN * x + y;
  }

  /** Indices of all points within `reach`, which is the side of a square unless it is less. */
  around(at: Vector, reach = this.#side): readonly number[] {
    const found: number[] = [];
    const steps = Math.ceil(reach / this.#side);
    const [cx, cy] = [Math.floor(at.x / this.#side), Math.floor(at.y / this.#side)];
    for (let x = cx - steps; x <= cx + steps; x++) {
      for (let y = cy - steps; y <= cy + steps; y++) {
        const square = this.#squares.get(this.#key(x, y)) ?? [];
        this.seen += 1 + square.length;
        for (const index of square) {
          const point = this.#points[index] as Vector;
          const [dx, dy] = [point.x - at.x, point.y - at.y];
          if (dx * dx + dy * dy <= reach * reach) found.push(index);
        }
      }
    }
    return found;
  }
}

function latticesOf(starts: readonly Start[], sigma: number, work: Work): readonly Lattice[] {
  const buckets = new Buckets(
    starts.map(({ at }) => at),
    REACH.down * sigma,
  );
  const lattices: Lattice[] = [];
  const isUsed = new Uint8Array(starts.length);
  let seeds = 0;
  let seen = 0;
  for (let index = 0; index < starts.length && seeds < SEEDS_LIMIT; index++) {
    if (isUsed[index] === 1) continue;
    work.spend(POINT_UNITS * (buckets.seen - seen));
    seen = buckets.seen;
    if (work.isOver) break;
    const frame = cellAt(starts, buckets, index, sigma);
    if (frame === null) continue;
    seeds += 1;
    const grown = grow(starts, buckets, index, frame);
    if (strictCount(grown) < NODES_LEAST) continue;
    for (const { start } of grown) isUsed[start] = 1;
    const nodes = levelled(grown, starts);
    if (columnsOf(nodes) < WORDS_A_ROW - 1) continue;
    lattices.push(nodes);
  }
  return lattices;
}

/**
 * A lattice can as well be read askew, one row down for each column; as many rows are taken back as
 * make its rows run the way that the text does.
 */
function levelled(grown: readonly Grown[], starts: readonly Start[]): Lattice {
  const slants = grown.map(({ start, frame }) => {
    const { right } = starts[start] as Start;
    return cross(right, frame.across) / cross(right, frame.down);
  });
  const slant = Math.round(median(slants));
  return grown.map(({ column, row, at, start, isLoose }) => {
    const { right } = starts[start] as Start;
    return { column, row: row + slant * column, at, right, isLoose };
  });
}

function strictCount(nodes: readonly { readonly isLoose: boolean }[]): number {
  return nodes.filter(({ isLoose }) => !isLoose).length;
}

function columnsOf(nodes: readonly Node[]): number {
  return new Set(nodes.map(({ column }) => column)).size;
}

/** The steps of a cell whose top left corner is at a start: the next word, the one below, and both. */
function cellAt(
  starts: readonly Start[],
  buckets: Buckets,
  index: number,
  sigma: number,
): Frame | null {
  const { at, right } = starts[index] as Start;
  let below: Vector | null = null;
  for (const other of buckets.around(at)) {
    const step = minus((starts[other] as Start).at, at);
    const down = cross(right, step);
    if (down < 2 * sigma || Math.abs(dot(right, step)) > 1.2 * down) continue;
    if (below === null || length(step) < length(below)) below = step;
  }
  if (below === null) return null;
  const level = (TOLERANCE.down + 0.1) * Math.abs(cross(right, below));
  const beside = buckets
    .around(at, REACH.right * sigma)
    .map((other) => minus((starts[other] as Start).at, at))
    .filter((step) => dot(right, step) > 8 * sigma)
    // A long way aside the line may have bent.
    .filter((step) => Math.abs(cross(right, step)) < level + 0.12 * dot(right, step))
    .sort((a, b) => dot(right, a) - dot(right, b));
  for (const across of beside.slice(0, 6)) {
    const corner = nearest(starts, buckets, plus(plus(at, across), below), { across, down: below });
    const second = nearest(starts, buckets, plus(at, across, 2), { across, down: below });
    if (corner !== null && second !== null) return { across, down: below };
  }
  return null;
}

interface Grown extends Node {
  readonly start: number;
  readonly frame: Frame;
  readonly isLoose: boolean;
}

const STEPS: readonly (readonly [columns: number, rows: number])[] = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
];

function grow(
  starts: readonly Start[],
  buckets: Buckets,
  first: number,
  frame: Frame,
): readonly Grown[] {
  const { at } = starts[first] as Start;
  const nodes = new Map<string, Grown>();
  const taken = new Set([first]);
  const queue: Grown[] = [{ column: 0, row: 0, at, start: first, frame, isLoose: false }];
  nodes.set("0 0", queue[0] as Grown);
  for (const looseness of [1, LOOSE]) {
    // The queue grows while it is walked.
    for (const node of queue) {
      for (const [columns, rows] of STEPS) {
        const [column, row] = [node.column + columns, node.row + rows];
        const key = `${String(column)} ${String(row)}`;
        if (nodes.has(key)) continue;
        const step = columns === 0 ? node.frame.down : node.frame.across;
        const sign = columns + rows;
        const start = nearest(starts, buckets, plus(node.at, step, sign), node.frame, looseness);
        if (start === null || taken.has(start)) continue;
        const place = (starts[start] as Start).at;
        const seen = minus(place, node.at);
        const mixed = {
          x: (step.x + sign * seen.x) / 2,
          y: (step.y + sign * seen.y) / 2,
        };
        const grown: Grown = {
          column,
          row,
          at: place,
          start,
          isLoose: looseness > 1,
          frame:
            columns === 0
              ? { across: node.frame.across, down: mixed }
              : { across: mixed, down: node.frame.down },
        };
        nodes.set(key, grown);
        taken.add(start);
        queue.push(grown);
      }
    }
  }
  return queue;
}

/** The start nearest to a place, within tolerance. */
function nearest(
  starts: readonly Start[],
  buckets: Buckets,
  place: Vector,
  { across, down }: Frame,
  looseness = 1,
): number | null {
  const area = cross(across, down);
  if (Math.abs(area) < 1e-6) return null;
  let best: number | null = null;
  let least = looseness * looseness;
  for (const index of buckets.around(place, length(down))) {
    const off = minus((starts[index] as Start).at, place);
    const columns = cross(off, down) / area;
    const rows = cross(across, off) / area;
    const misfit = (columns / TOLERANCE.across) ** 2 + (rows / TOLERANCE.down) ** 2;
    if (misfit < least) [best, least] = [index, misfit];
  }
  return best;
}
