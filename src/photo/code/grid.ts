/**
 * Where each module of a code lies on a picture, on paper however bent: a projective map from the
 * finder patterns, and on it a field of shifts, grown from them node by node.
 *
 * A node is moved to where its modules are plainest: each of one colour, and those that every code of
 * the version has in theirs. What its neighbours settled on tells where to look. Active appearance in
 * the small; no smoothness is forced, only expected.
 */
import type { Picture } from "../picture.js";
import { brightness } from "../brightness.js";
import { solve } from "../least-squares.js";
import type { Vector } from "../plane.js";
import type { Anchor } from "./projection.js";
import type { KnownPlace, Surface } from "./surface.js";

/** Modules between nodes. */
const SPACING = 3;
/** Modules around a node that it is moved by, to each side. */
const REACH = 3;
/** Samples a module along each axis when a node's surroundings are looked at. */
const SAMPLES = 4;
/** Modules to each side that are sampled: those of a node, moved by up to one. */
const SAMPLED = REACH + 1;
const SIDE = 2 * SAMPLED * SAMPLES + 1;
/** How far neighbours tell where to expect a node, in modules. */
const NEIGHBOURS = 14;
/** How much the base has to say, against nodes of up to 1: in a hole it is all there is. */
const BASE_WEIGHT = 0.02;
/** A contrast below which nothing is seen, of 255. */
const LEAST_CONTRAST = 12;

/** How far the plainest place stands out in a code that is seen well, of those around it. */
const PEAK = 0.25;

/** A module is looked at in its middle and at the middles of its quarters. */
const QUARTERS = [0, -SIDE - 1, -SIDE + 1, SIDE - 1, SIDE + 1];

const NEARNESS = Float64Array.from({ length: NEIGHBOURS * NEIGHBOURS + 1 }, (_, squared) =>
  Math.exp(-squared / 32),
);

export class Grid {
  readonly #picture: Picture;
  readonly #size: number;
  /** size x size: 1 dark, 0 light, -1 not known. */
  readonly #known: Int8Array;
  readonly #base: Surface;
  readonly #anchors: readonly Anchor[];
  readonly #side: number;
  /** Per node: shift in pixels, and how plain its modules are. */
  readonly #dx: Float64Array;
  readonly #dy: Float64Array;
  readonly #weight: Float64Array;
  /** Per node: how much of what is around it is known. */
  readonly #support: Float64Array;
  /** Nodes in the order in which they were settled. */
  readonly #settled: number[] = [];
  readonly #sampled = new Float64Array(SIDE * SIDE);

  /** `size` modules a side; some are `known`. */
  constructor(
    picture: Picture,
    size: number,
    known: Int8Array,
    base: Surface,
    anchors: readonly Anchor[],
  ) {
    this.#picture = picture;
    this.#size = size;
    this.#known = known;
    this.#base = base;
    this.#anchors = anchors;
    this.#side = Math.ceil(size / SPACING) + 1;
    const count = this.#side * this.#side;
    this.#dx = new Float64Array(count);
    this.#dy = new Float64Array(count);
    this.#weight = new Float64Array(count);
    this.#support = new Float64Array(count);
    for (let node = 0; node < count; node++) {
      const [u, v] = this.#placeOf(node);
      for (const anchor of anchors) {
        const squared = (anchor.u - u) ** 2 + (anchor.v - v) ** 2;
        this.#support[node] =
          (this.#support[node] as number) + anchor.weight * Math.exp(-squared / 32);
      }
    }
  }

  /** Nodes to be settled in all: what growing costs. */
  get nodeCount(): number {
    return this.#weight.length;
  }

  /** Grows along the timing patterns alone, which is enough to tell whether they are there. */
  growTiming(): void {
    this.#growOver((node) => this.#isTiming(node));
  }

  /** Grows the rest. */
  grow(): void {
    this.#growOver(() => true);
  }

  /** Settles every node once more, now that those on all sides of it are known. */
  refine(): void {
    for (const node of this.#settled) this.#settle(node, SAMPLES / 2);
  }

  /** The node with the surest neighbours is always the next. */
  #growOver(isWanted: (node: number) => boolean): void {
    const open = new Set<number>();
    for (let node = 0; node < this.nodeCount; node++) {
      if (this.#weight[node] === 0 && isWanted(node)) open.add(node);
    }
    while (open.size > 0) {
      let next = -1;
      for (const node of open) {
        if (next < 0 || (this.#support[node] as number) > (this.#support[next] as number))
          next = node;
      }
      open.delete(next);
      this.#settle(next, SAMPLES);
      this.#settled.push(next);
      this.#lendSupport(next);
    }
  }

  #lendSupport(from: number): void {
    const fromColumn = from % this.#side;
    const fromRow = (from - fromColumn) / this.#side;
    const weight = this.#weight[from] as number;
    for (let row = Math.max(0, fromRow - 2); row <= Math.min(this.#side - 1, fromRow + 2); row++) {
      for (
        let column = Math.max(0, fromColumn - 2);
        column <= Math.min(this.#side - 1, fromColumn + 2);
        column++
      ) {
        const node = row * this.#side + column;
        const steps = (row - fromRow) ** 2 + (column - fromColumn) ** 2;
        this.#support[node] =
          (this.#support[node] as number) + weight * Math.exp((-steps * SPACING * SPACING) / 32);
      }
    }
  }

  /** Where the nodes are, each as sure as it is plain. */
  places(): readonly KnownPlace[] {
    return Array.from(this.#weight, (weight, node) => {
      const [u, v] = this.#placeOf(node);
      const { x, y } = this.#base(u, v);
      return { u, v, x: x + (this.#dx[node] as number), y: y + (this.#dy[node] as number), weight };
    });
  }

  /** The place on the picture of a point given in modules. */
  place(u: number, v: number): Vector {
    const { x, y } = this.#base(u, v);
    const mixed = this.#mixer(u, v);
    return { x: x + mixed(this.#dx), y: y + mixed(this.#dy) };
  }

  /** How plain the modules around a point are, from 0 to 1. */
  trust(u: number, v: number): number {
    return this.#mixer(u, v)(this.#weight);
  }

  /** What a field over the nodes is between them. */
  #mixer(u: number, v: number): (field: Float64Array) => number {
    const inU = Math.min(Math.max(u, 0), this.#size);
    const inV = Math.min(Math.max(v, 0), this.#size);
    const column = Math.min(Math.floor(inU / SPACING), this.#side - 2);
    const row = Math.min(Math.floor(inV / SPACING), this.#side - 2);
    const node = row * this.#side + column;
    const [u0, v0] = this.#placeOf(node);
    const [u1, v1] = this.#placeOf(node + this.#side + 1);
    const fu = (inU - u0) / (u1 - u0);
    const fv = (inV - v0) / (v1 - v0);
    return (field) =>
      ((field[node] as number) * (1 - fu) + (field[node + 1] as number) * fu) * (1 - fv) +
      ((field[node + this.#side] as number) * (1 - fu) +
        (field[node + this.#side + 1] as number) * fu) *
        fv;
  }

  #placeOf(node: number): readonly [u: number, v: number] {
    const column = node % this.#side;
    const row = (node - column) / this.#side;
    return [Math.min(this.#size, column * SPACING), Math.min(this.#size, row * SPACING)];
  }

  #isTiming(node: number): boolean {
    const [u, v] = this.#placeOf(node);
    return Math.abs(u - 6.5) <= REACH || Math.abs(v - 6.5) <= REACH;
  }

  /**
   * The shift to expect at (u, v), and how it changes with u and with v: an affine field through what
   * is settled around, by nearness.
   */
  #expected(u: number, v: number, self: number): { x: readonly number[]; y: readonly number[] } {
    let w0 = BASE_WEIGHT;
    let wu = 0;
    let wv = 0;
    let wuu = 0;
    let wuv = 0;
    let wvv = 0;
    const x = [0, 0, 0] as [number, number, number];
    const y = [0, 0, 0] as [number, number, number];
    const add = (du: number, dv: number, dx: number, dy: number, weight: number) => {
      w0 += weight;
      wu += weight * du;
      wv += weight * dv;
      wuu += weight * du * du;
      wuv += weight * du * dv;
      wvv += weight * dv * dv;
      x[0] += weight * dx;
      x[1] += weight * dx * du;
      x[2] += weight * dx * dv;
      y[0] += weight * dy;
      y[1] += weight * dy * du;
      y[2] += weight * dy * dv;
    };
    for (const anchor of this.#anchors) {
      const du = anchor.u - u;
      const dv = anchor.v - v;
      const squared = du * du + dv * dv;
      if (squared > NEIGHBOURS * NEIGHBOURS) continue;
      const p = this.#base(anchor.u, anchor.v);
      add(du, dv, anchor.x - p.x, anchor.y - p.y, anchor.weight * Math.exp(-squared / 32) * 0.5);
    }
    const span = Math.ceil(NEIGHBOURS / SPACING);
    const column = Math.round(u / SPACING);
    const row = Math.round(v / SPACING);
    const lastColumn = Math.min(this.#side - 1, column + span);
    const lastRow = Math.min(this.#side - 1, row + span);
    for (let r = Math.max(0, row - span); r <= lastRow; r++) {
      for (let c = Math.max(0, column - span); c <= lastColumn; c++) {
        const node = r * this.#side + c;
        const weight = this.#weight[node] as number;
        if (weight === 0 || node === self) continue;
        const du = Math.min(this.#size, c * SPACING) - u;
        const dv = Math.min(this.#size, r * SPACING) - v;
        const nearness = NEARNESS[du * du + dv * dv];
        if (nearness === undefined) continue;
        add(du, dv, this.#dx[node] as number, this.#dy[node] as number, weight * nearness);
      }
    }
    // A slope is believed only as far as nodes on both sides show it.
    const ridge = 9 * (0.02 + w0 * 0.01);
    const rows = (by: readonly [number, number, number]) =>
      Float64Array.from([
        ...[w0, wu, wv, by[0]],
        ...[wu, wuu + ridge, wuv, by[1]],
        ...[wv, wuv, wvv + ridge, by[2]],
      ]);
    return { x: solve(rows(x), 3) ?? [0, 0, 0], y: solve(rows(y), 3) ?? [0, 0, 0] };
  }

  /** `reach`: how far it may move, in samples. */
  #settle(node: number, reach: number): void {
    const [u, v] = this.#placeOf(node);
    const { x, y } = this.#expected(u, v, node);
    const at = this.#base(u, v);
    const nextU = this.#base(u + 1, v);
    const nextV = this.#base(u, v + 1);
    const right = { x: nextU.x - at.x + (x[1] ?? 0), y: nextU.y - at.y + (y[1] ?? 0) };
    const down = { x: nextV.x - at.x + (x[2] ?? 0), y: nextV.y - at.y + (y[2] ?? 0) };
    const found = this.#isSampled(
      { x: at.x + (x[0] ?? 0), y: at.y + (y[0] ?? 0) },
      right,
      down,
      u,
      v,
    )
      ? this.#plainest(u, v, reach)
      : null;
    const a = found?.a ?? 0;
    const b = found?.b ?? 0;
    this.#dx[node] = (x[0] ?? 0) + a * right.x + b * down.x;
    this.#dy[node] = (y[0] ?? 0) + a * right.y + b * down.y;
    this.#weight[node] = 0.01 + (found?.trust ?? 0);
  }

  /** Samples what is around a node, from -1, dark, to 1, light; false where there is no contrast. */
  #isSampled(origin: Vector, right: Vector, down: Vector, u: number, v: number): boolean {
    const sampled = this.#sampled;
    for (let row = 0, at = 0; row < SIDE; row++) {
      const dv = row / SAMPLES - SAMPLED;
      const startX = origin.x + dv * down.x - SAMPLED * right.x;
      const startY = origin.y + dv * down.y - SAMPLED * right.y;
      for (let column = 0; column < SIDE; column++, at++) {
        const du = column / SAMPLES;
        sampled[at] = brightness(this.#picture, startX + du * right.x, startY + du * right.y);
      }
    }
    const middles: number[] = [];
    const all = this.#modules(u, v);
    for (const { at } of all) {
      const value = sampled[at] as number;
      if (!Number.isNaN(value)) middles.push(value);
    }
    if (middles.length < all.length / 2) return false;
    middles.sort((a, b) => a - b);
    const dark = middles[Math.floor(middles.length * 0.12)] as number;
    const light = middles[Math.floor(middles.length * 0.88)] as number;
    if (light - dark < LEAST_CONTRAST) return false;
    const middle = (light + dark) / 2;
    const half = (light - dark) / 2;
    for (let at = 0; at < sampled.length; at++) {
      const value = ((sampled[at] as number) - middle) / half;
      sampled[at] = Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value));
    }
    return true;
  }

  /** The modules around a node: the sample in the middle of each, and its colour, -1 if not known. */
  #modules(u: number, v: number): readonly { readonly at: number; readonly colour: number }[] {
    const modules: { at: number; colour: number }[] = [];
    for (let row = Math.floor(v - REACH); row < v + REACH; row++) {
      for (let column = Math.floor(u - REACH); column < u + REACH; column++) {
        const isInside = row >= 0 && column >= 0 && row < this.#size && column < this.#size;
        const sampleRow = (row + 0.5 - v + SAMPLED) * SAMPLES;
        const sampleColumn = (column + 0.5 - u + SAMPLED) * SAMPLES;
        modules.push({
          at: Math.round(sampleRow) * SIDE + Math.round(sampleColumn),
          colour: isInside ? (this.#known[row * this.#size + column] as number) : 0,
        });
      }
    }
    return modules;
  }

  /** Where the modules are plainest: how far right and down, in modules, and how plain they are. */
  #plainest(u: number, v: number, reach: number) {
    const modules = this.#modules(u, v);
    const scores = new Map<number, number>();
    const scoreAt = (a: number, b: number): number => {
      const key = b * SIDE + a;
      let score = scores.get(key);
      if (score === undefined) {
        score = this.#plainness(modules, key) - (0.15 * (a * a + b * b)) / (SAMPLES * SAMPLES);
        scores.set(key, score);
      }
      return score;
    };
    let best = { a: 0, b: 0, score: -Infinity };
    let total = 0;
    const most = Math.min(reach, SAMPLES - 1);
    for (let b = -most; b <= most; b++) {
      for (let a = -most; a <= most; a++) {
        const score = scoreAt(a, b);
        total += score;
        if (score > best.score) best = { a, b, score };
      }
    }
    // Where all is of one colour every shift is as plain as another, and none is to be trusted.
    const peak = best.score - total / (2 * most + 1) ** 2;
    const trust = Math.max(0, (best.score - 0.35) / 0.65) * Math.min(1, Math.max(0, peak / PEAK));
    if (trust === 0) return { a: 0, b: 0, trust };
    // The top of the parabola through a score and those beside it.
    const between = (before: number, after: number) => {
      const bend = 2 * best.score - before - after;
      return bend > 1e-9 ? Math.max(-0.5, Math.min(0.5, (after - before) / (2 * bend))) : 0;
    };
    const isOnEdge = Math.abs(best.a) === SAMPLES - 1 || Math.abs(best.b) === SAMPLES - 1;
    const moreA = isOnEdge ? 0 : between(scoreAt(best.a - 1, best.b), scoreAt(best.a + 1, best.b));
    const moreB = isOnEdge ? 0 : between(scoreAt(best.a, best.b - 1), scoreAt(best.a, best.b + 1));
    return { a: (best.a + moreA) / SAMPLES, b: (best.b + moreB) / SAMPLES, trust };
  }

  /** At most 1: every module of one colour, and all known ones of theirs. */
  #plainness(modules: readonly { at: number; colour: number }[], shift: number): number {
    const sampled = this.#sampled;
    let sum = 0;
    let count = 0;
    for (const { at, colour } of modules) {
      let total = 0;
      let squares = 0;
      for (const quarter of QUARTERS) {
        const value = sampled[at + shift + quarter] as number;
        total += value;
        squares += value * value;
      }
      const mean = total / QUARTERS.length;
      const match = colour < 0 ? Math.abs(mean) : colour === 1 ? -mean * 1.5 : mean * 1.5;
      sum += match - (squares / QUARTERS.length - mean * mean) * 0.5;
      count += colour < 0 ? 1 : 1.5;
    }
    return sum / count;
  }
}
