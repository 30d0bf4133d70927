/**
 * Where each place of the lattice is on the picture: a projective map, and on it the shifts of the
 * words that were found, which say how the paper is bent.
 */
import { LeastSquares } from "../least-squares.js";
import { median } from "../../core/median.js";
import type { Vector } from "../plane.js";
import type { Node } from "./lattice.js";
import { spread } from "./spread.js";

/** A place of the lattice; columns and rows count from anywhere. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

export function keyOf({ column, row }: Place): string {
  return `${String(column)} ${String(row)}`;
}

/** A node that bends a map, and how much it counts: 0 not at all, 1 fully. */
export interface Anchor extends Node {
  readonly weight: number;
}

interface Shifted extends Anchor {
  /** How far it is off the projection. */
  readonly off: Vector;
}

/** The nine numbers of a projective map, the last one 1. */
type Projection = Float64Array;

/** How far the shift of a word reaches, in columns and rows. */
const REACH = { columns: 0.9, rows: 1.6 } as const;
/** As parts of it, beyond which a word says nothing of a place. */
const FAR = 3;
/** Columns and rows of the parts of a map whose places ask the same nodes. */
const PART = { columns: 3, rows: 5 } as const;
/** How much the projection itself counts: as so many words at the place; and that it is not tilted. */
const STIFFNESS = 0.3;
const SLOPE_STIFFNESS = 1;
const LEAST_STIFFNESS = 0.01;
/** How near the words around a place are, all together, where they say anything of it. */
const LEAST_PULL = 0.7;
const ROUNDS = 8;
const TRIES = 300;
/** Nodes that are held against maps in all tries together: of more nodes than a page has words, fewer tries. */
const TRIED_NODES = 300_000;
const NODES_LEAST = 12;
/** How far a node may be off, as parts of the steps to the next column and row. */
const TOLERANCE = { columns: 0.07, rows: 0.35 } as const;

export class BlockMap {
  readonly nodes: readonly Node[];
  readonly #projection: Projection;
  readonly #anchors: readonly Shifted[];
  /** By part, in the order of all: those of a lattice of thousands are too many to ask for each place. */
  readonly #near = new Map<string, readonly Shifted[]>();

  /** Null where the nodes lie too badly for a map. */
  static fit(nodes: readonly Node[]): BlockMap | null {
    const projection = fitProjection(nodes);
    const anchors = nodes.map((node) => ({ ...node, weight: 1 }));
    return projection === null ? null : new BlockMap(projection, anchors);
  }

  /** As `fit`, of the most nodes that agree on a map; some may be no words of the block at all. */
  static fitMost(nodes: readonly Node[]): BlockMap | null {
    const most = agreeingNodes(nodes);
    return most.length < NODES_LEAST ? null : BlockMap.fit(most);
  }

  /** As `fitMost`, but all nodes bend it: behind a crease words are far from the map of the others. */
  static bentBy(nodes: readonly Anchor[]): BlockMap | null {
    const most = agreeingNodes(nodes);
    const projection = most.length < NODES_LEAST ? null : fitProjection(most);
    return projection === null ? null : new BlockMap(projection, nodes);
  }

  private constructor(projection: Projection, nodes: readonly Anchor[]) {
    this.nodes = nodes;
    this.#projection = projection;
    this.#anchors = nodes.map((node) => {
      const { x, y } = project(projection, node.column, node.row);
      return { ...node, off: { x: node.at.x - x, y: node.at.y - y } };
    });
  }

  /** Of the same places on a picture that is so many times as large. */
  enlarged(by: number): BlockMap {
    const projection = this.#projection.map((value, index) => (index < 6 ? by * value : value));
    const anchors = this.#anchors.map((anchor) => ({
      ...anchor,
      at: { x: by * anchor.at.x, y: by * anchor.at.y },
    }));
    return new BlockMap(projection, anchors);
  }

  get middle(): Node {
    return spread(this.nodes, 3)[1] as Node;
  }

  place(column: number, row: number): Vector {
    const flat = project(this.#projection, column, row);
    const { x, y } = this.#bend(column, row, () => true, STIFFNESS);
    return { x: flat.x + x, y: flat.y + y };
  }

  /** Where a node would be if it had not been found; null where none near it of those meant was. */
  placeWithout({ column, row }: Node, among: "all" | "column" | "row"): Vector | null {
    const isMeant = (anchor: Node) =>
      (anchor.column !== column || anchor.row !== row) &&
      (among === "all" || anchor[among] === (among === "row" ? row : column));
    const stiffness = among === "all" ? STIFFNESS : LEAST_STIFFNESS;
    const { x, y, weight } = this.#bend(column, row, isMeant, stiffness);
    if (weight + stiffness < LEAST_PULL) return null;
    const flat = project(this.#projection, column, row);
    return { x: flat.x + x, y: flat.y + y };
  }

  /**
   * How far a place is off the projection, as the nodes around it say: a plane through their shifts, in
   * which they count by how near they are (local linear regression: Cleveland, 1979). A plane, since the
   * scale changes along bent paper. `weight` is how near they are together.
   */
  #bend(column: number, row: number, isMeant: (anchor: Node) => boolean, stiffness: number) {
    const plane = new LeastSquares(3, 2);
    let weight = 0;
    for (const anchor of this.#anchorsNear(column, row)) {
      if (!isMeant(anchor)) continue;
      const dc = (anchor.column - column) / REACH.columns;
      const dr = (anchor.row - row) / REACH.rows;
      const far = dc * dc + dr * dr;
      if (far > FAR * FAR) continue;
      const near = Math.exp(-far / 2);
      weight += near;
      plane.add([1, dc, dr, anchor.off.x, anchor.off.y], near * anchor.weight);
    }
    plane.pullToZero(0, stiffness);
    for (const slope of [1, 2]) plane.pullToZero(slope, SLOPE_STIFFNESS);
    const [x = 0, y = 0] = plane.solve()?.map(([middle]) => middle) ?? [];
    return { x, y, weight };
  }

  /** All that reach a place, and some more. */
  #anchorsNear(column: number, row: number): readonly Shifted[] {
    const across = Math.floor(column / PART.columns);
    const down = Math.floor(row / PART.rows);
    const key = keyOf({ column: across, row: down });
    const known = this.#near.get(key);
    if (known !== undefined) return known;
    const isNear = (at: number, part: number, size: number, reach: number) =>
      at >= part * size - FAR * reach && at <= (part + 1) * size + FAR * reach;
    const near = this.#anchors.filter(
      (anchor) =>
        isNear(anchor.column, across, PART.columns, REACH.columns) &&
        isNear(anchor.row, down, PART.rows, REACH.rows),
    );
    this.#near.set(key, near);
    return near;
  }
}

function project(h: Projection, u: number, v: number): Vector {
  const w = (h[6] as number) * u + (h[7] as number) * v + 1;
  return {
    x: ((h[0] as number) * u + (h[1] as number) * v + (h[2] as number)) / w,
    y: ((h[3] as number) * u + (h[4] as number) * v + (h[5] as number)) / w,
  };
}

/** The nodes of the map that most agree with, of those through four of them (RANSAC, 1981). */
function agreeingNodes(nodes: readonly Node[]): readonly Node[] {
  let most: readonly Node[] = [];
  // A sequence without a pattern that is the same every time (Park and Miller, 1988).
  let state = 1;
  const pick = () => {
    state = (state * 48271) % 2147483647;
    return nodes[state % nodes.length] as Node;
  };
  const tries = Math.min(TRIES, TRIED_NODES / nodes.length);
  for (let attempt = 0; attempt < tries; attempt++) {
    const four = [pick(), pick(), pick(), pick()];
    const corners = [0, 1, 2, 3].map((left) => area(four.filter((_, index) => index !== left)));
    if (Math.min(...corners) < 2) continue;
    const h = fitWeighted(four, new Float64Array(4).fill(1));
    if (h === null) continue;
    const agreeing = nodes.filter((node) => isNear(h, node));
    if (agreeing.length > most.length) most = agreeing;
  }
  return most;
}

/** Of three nodes, in cells. */
function area([a, b, c]: readonly Node[]): number {
  if (a === undefined || b === undefined || c === undefined) return 0;
  return Math.abs(
    (b.column - a.column) * (c.row - a.row) - (c.column - a.column) * (b.row - a.row),
  );
}

function isNear(h: Projection, { column, row, at }: Node): boolean {
  const here = project(h, column, row);
  const beside = project(h, column + 1, row);
  const below = project(h, column, row + 1);
  const [ax, ay, dx, dy] = [
    beside.x - here.x,
    beside.y - here.y,
    below.x - here.x,
    below.y - here.y,
  ];
  const cell = ax * dy - ay * dx;
  if (Math.abs(cell) < 1) return false;
  const [x, y] = [at.x - here.x, at.y - here.y];
  const columns = (x * dy - y * dx) / cell / TOLERANCE.columns;
  const rows = (ax * y - ay * x) / cell / TOLERANCE.rows;
  return columns * columns + rows * rows < 1;
}

/** Least squares, in which nodes count less the further they are off (Huber, 1964). */
function fitProjection(nodes: readonly Node[]): Projection | null {
  const weights = new Float64Array(nodes.length).fill(1);
  let fitted: Projection | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const next = fitWeighted(nodes, weights);
    if (next === null) return fitted;
    fitted = next;
    const misfits = nodes.map(({ column, row, at }) => {
      const { x, y } = project(next, column, row);
      return Math.hypot(at.x - x, at.y - y);
    });
    const typical = median(misfits);
    misfits.forEach((misfit, index) => {
      weights[index] = Math.min(1, (1.5 * typical + 0.1) / Math.max(1e-9, misfit)) ** 2;
    });
  }
  return fitted;
}

/** Normalised so that the equations are well conditioned: Hartley and Zisserman, section 4.4. */
function fitWeighted(nodes: readonly Node[], weights: Float64Array): Projection | null {
  const count = nodes.length;
  const mean = (value: (node: Node) => number) =>
    nodes.reduce((sum, node) => sum + value(node), 0) / count;
  const [cu, cv, cx, cy] = [
    mean(({ column }) => column),
    mean(({ row }) => row),
    mean(({ at }) => at.x),
    mean(({ at }) => at.y),
  ];
  const su = mean(({ column, row }) => Math.hypot(column - cu, row - cv)) || 1;
  const sx = mean(({ at }) => Math.hypot(at.x - cx, at.y - cy)) || 1;
  const equations = new LeastSquares(8);
  nodes.forEach(({ column, row, at }, index) => {
    const [u, v] = [(column - cu) / su, (row - cv) / su];
    const [x, y] = [(at.x - cx) / sx, (at.y - cy) / sx];
    const weight = weights[index] as number;
    equations.add([u, v, 1, 0, 0, 0, -u * x, -v * x, x], weight);
    equations.add([0, 0, 0, u, v, 1, -u * y, -v * y, y], weight);
  });
  const [solved] = equations.solve() ?? [];
  if (solved === undefined) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, k = 0] = solved;
  // From (u, v) and (x, y) around 0 back to columns, rows and pixels.
  const w = su - g * cu - k * cv;
  if (Math.abs(w) < 1e-9) return null;
  const line = (p: number, q: number, r: number, middle: number) => {
    const [pp, qq] = [p * sx + middle * g, q * sx + middle * k];
    return [pp / w, qq / w, ((r * sx + middle) * su - pp * cu - qq * cv) / w];
  };
  return Float64Array.from([...line(a, b, c, cx), ...line(d, e, f, cy), g / w, k / w, 1]);
}
