/**
 * Where each module of a code lies on a picture, on paper however bent: a projective map from the
 * finder patterns, and on it a field of shifts that is grown module by module from what is known.
 */
import type { Picture } from "../../picture.js";
import type { Finder, Vector } from "./finders.js";
import type { SymbolLayout } from "./symbol.js";

/** Column and row in modules, and the place on the picture that they are at. */
export interface Anchor {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** The nine numbers of a projective map, the last one 1. */
export type Projection = Float64Array;

/** Least squares over four anchors and more; null when they lie too badly. */
export function fitProjection(anchors: readonly Anchor[], size: number): Projection | null {
  // Normalised so that the equations are well conditioned: Hartley and Zisserman, section 4.4.
  const cx = anchors.reduce((sum, { x }) => sum + x, 0) / anchors.length;
  const cy = anchors.reduce((sum, { y }) => sum + y, 0) / anchors.length;
  const scale =
    anchors.reduce((sum, { x, y }) => sum + Math.hypot(x - cx, y - cy), 0) / anchors.length || 1;
  const normal = new Float64Array(8 * 9);
  const row = new Float64Array(9);
  const add = (weight: number) => {
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 9; j++) {
        normal[i * 9 + j] =
          (normal[i * 9 + j] as number) + weight * (row[i] as number) * (row[j] as number);
      }
    }
  };
  for (const anchor of anchors) {
    const u = anchor.u / size - 0.5;
    const v = anchor.v / size - 0.5;
    const x = (anchor.x - cx) / scale;
    const y = (anchor.y - cy) / scale;
    row.set([u, v, 1, 0, 0, 0, -u * x, -v * x, x]);
    add(anchor.weight);
    row.set([0, 0, 0, u, v, 1, -u * y, -v * y, y]);
    add(anchor.weight);
  }
  const h = solve(normal, 8);
  if (h === null) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, k = 0] = h;
  const s = 1 / size;
  // Back to modules and pixels.
  const w0 = 1 - 0.5 * g - 0.5 * k;
  const raw = [
    [a * scale + cx * g, b * scale + cx * k, c * scale + cx],
    [d * scale + cy * g, e * scale + cy * k, f * scale + cy],
    [g, k, 1],
  ].map(([p = 0, q = 0, r = 0]) => [p * s, q * s, r - 0.5 * p - 0.5 * q]);
  if (!(Math.abs(w0) > 1e-6)) return null;
  return Float64Array.from(raw.flat(), (value) => value / w0);
}

function solve(m: Float64Array, n: number): number[] | null {
  const width = n + 1;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++) {
      if (Math.abs(m[r * width + column] as number) > Math.abs(m[pivot * width + column] as number))
        pivot = r;
    }
    const value = m[pivot * width + column] as number;
    if (Math.abs(value) < 1e-12) return null;
    for (let j = 0; j < width; j++) {
      const keep = m[column * width + j] as number;
      m[column * width + j] = m[pivot * width + j] as number;
      m[pivot * width + j] = keep;
    }
    for (let r = 0; r < n; r++) {
      if (r === column) continue;
      const factor = (m[r * width + column] as number) / value;
      if (factor === 0) continue;
      for (let j = column; j < width; j++) {
        m[r * width + j] =
          (m[r * width + j] as number) - factor * (m[column * width + j] as number);
      }
    }
  }
  return Array.from(
    { length: n },
    (_, i) => (m[i * width + n] as number) / (m[i * width + i] as number),
  );
}

export function project(h: Projection, u: number, v: number): Vector {
  const w = (h[6] as number) * u + (h[7] as number) * v + (h[8] as number);
  return {
    x: ((h[0] as number) * u + (h[1] as number) * v + (h[2] as number)) / w,
    y: ((h[3] as number) * u + (h[4] as number) * v + (h[5] as number)) / w,
  };
}

/** Middle and corners of a finder pattern whose middle is at (u, v). */
export function finderAnchors({ centre, right, down }: Finder, u: number, v: number): Anchor[] {
  return [
    [0, 0, 4],
    [-3.5, -3.5, 1],
    [3.5, -3.5, 1],
    [3.5, 3.5, 1],
    [-3.5, 3.5, 1],
  ].map(([a = 0, b = 0, weight = 0]) => ({
    u: u + a,
    v: v + b,
    x: centre.x + a * right.x + b * down.x,
    y: centre.y + a * right.y + b * down.y,
    weight,
  }));
}

/** Brightness between pixels; NaN outside the picture. */
export function brightness({ widthPx, heightPx, luma }: Picture, x: number, y: number): number {
  const px = x - 0.5;
  const py = y - 0.5;
  const left = Math.floor(px);
  const top = Math.floor(py);
  if (!(left >= 0 && top >= 0 && left + 1 < widthPx && top + 1 < heightPx)) return NaN;
  const fx = px - left;
  const fy = py - top;
  const at = top * widthPx + left;
  const upper = (luma[at] as number) * (1 - fx) + (luma[at + 1] as number) * fx;
  const lower = (luma[at + widthPx] as number) * (1 - fx) + (luma[at + widthPx + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

const SPACING = 3;
const PATCH = 3;

export class Grid {
  readonly #picture: Picture;
  readonly #layout: SymbolLayout;
  readonly #h: Projection;
  readonly #count: number;
  /** Per node: shift in pixels, and how sure it is. */
  readonly #dx: Float64Array;
  readonly #dy: Float64Array;
  readonly #weight: Float64Array;
  readonly #anchors: readonly Anchor[];

  constructor(picture: Picture, layout: SymbolLayout, h: Projection, anchors: readonly Anchor[]) {
    this.#picture = picture;
    this.#layout = layout;
    this.#h = h;
    this.#anchors = anchors;
    this.#count = Math.ceil(layout.size / SPACING) + 1;
    const nodes = this.#count * this.#count;
    this.#dx = new Float64Array(nodes);
    this.#dy = new Float64Array(nodes);
    this.#weight = new Float64Array(nodes);
    const order = Array.from({ length: nodes }, (_, node) => node);
    const distance = order.map((node) => this.#nearest(node));
    order.sort((a, b) => (distance[a] as number) - (distance[b] as number));
    for (const node of order) this.#settle(node, 0.75, 0.15);
    for (let round = 0; round < 2; round++)
      for (const node of order) this.#settle(node, 0.375, 0.125);
  }

  #node(node: number): readonly [number, number] {
    const { size } = this.#layout;
    const column = node % this.#count;
    const row = (node - column) / this.#count;
    return [Math.min(size, column * SPACING), Math.min(size, row * SPACING)];
  }

  #nearest(node: number): number {
    const [u, v] = this.#node(node);
    return Math.min(...this.#anchors.map((a) => Math.hypot(a.u - u, a.v - v)));
  }

  /** The shift that what is settled around (u, v) lets expect: an affine field, weighted by nearness. */
  #expected(u: number, v: number, self: number): Float64Array {
    const m = new Float64Array(3 * 4);
    const my = new Float64Array(3);
    const add = (du: number, dv: number, dx: number, dy: number, w: number) => {
      const r = [1, du, dv];
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++)
          m[i * 4 + j] = (m[i * 4 + j] as number) + w * (r[i] as number) * (r[j] as number);
        m[i * 4 + 3] = (m[i * 4 + 3] as number) + w * (r[i] as number) * dx;
        my[i] = (my[i] as number) + w * (r[i] as number) * dy;
      }
    };
    const reach = 14;
    for (const a of this.#anchors) {
      const du = a.u - u;
      const dv = a.v - v;
      const d2 = du * du + dv * dv;
      if (d2 > reach * reach) continue;
      const p = project(this.#h, a.u, a.v);
      add(du, dv, a.x - p.x, a.y - p.y, Math.exp(-d2 / 32) * 0.5);
    }
    const span = Math.ceil(reach / SPACING);
    const column = Math.round(u / SPACING);
    const row = Math.round(v / SPACING);
    for (let r = Math.max(0, row - span); r <= Math.min(this.#count - 1, row + span); r++) {
      for (let c = Math.max(0, column - span); c <= Math.min(this.#count - 1, column + span); c++) {
        const node = r * this.#count + c;
        const w = this.#weight[node] as number;
        if (w === 0 || node === self) continue;
        const [nu, nv] = this.#node(node);
        const d2 = (nu - u) ** 2 + (nv - v) ** 2;
        if (d2 > reach * reach) continue;
        add(
          nu - u,
          nv - v,
          this.#dx[node] as number,
          this.#dy[node] as number,
          w * Math.exp(-d2 / 32),
        );
      }
    }
    const ridge = 0.02 + (m[0] as number) * 0.01;
    m[0] = (m[0] as number) + 1e-4;
    m[5] = (m[5] as number) + ridge * 9;
    m[10] = (m[10] as number) + ridge * 9;
    const both = m.slice();
    const ax = solve(both, 3) ?? [0, 0, 0];
    for (let i = 0; i < 3; i++) m[i * 4 + 3] = my[i] as number;
    const ay = solve(m, 3) ?? [0, 0, 0];
    return Float64Array.from([...ax, ...ay]);
  }

  #settle(node: number, reach: number, step: number): void {
    const [u, v] = this.#node(node);
    const field = this.#expected(u, v, node);
    const at = project(this.#h, u, v);
    const eu = project(this.#h, u + 1, v);
    const ev = project(this.#h, u, v + 1);
    const right = { x: eu.x - at.x + (field[1] as number), y: eu.y - at.y + (field[4] as number) };
    const down = { x: ev.x - at.x + (field[2] as number), y: ev.y - at.y + (field[5] as number) };
    const origin = { x: at.x + (field[0] as number), y: at.y + (field[3] as number) };
    let bestScore = -Infinity;
    let bestA = 0;
    let bestB = 0;
    const steps = Math.round(reach / step);
    const patch = this.#patch(u, v);
    const level = this.#levels(patch, u, v, origin, right, down);
    if (level !== null) {
      for (let a = -steps; a <= steps; a++) {
        for (let b = -steps; b <= steps; b++) {
          const score =
            this.#score(patch, u, v, origin, right, down, a * step, b * step, level) -
            0.15 * (a * a + b * b) * step * step;
          if (score > bestScore) {
            bestScore = score;
            bestA = a * step;
            bestB = b * step;
          }
        }
      }
    }
    const trust = level === null ? 0 : Math.max(0, (bestScore - 0.35) / 0.65);
    const share = trust > 0 ? 1 : 0;
    this.#dx[node] = (field[0] as number) + share * (bestA * right.x + bestB * down.x);
    this.#dy[node] = (field[3] as number) + share * (bestA * right.y + bestB * down.y);
    this.#weight[node] = 0.01 + trust;
  }

  #patch(u: number, v: number): readonly (readonly [number, number])[] {
    const { size } = this.#layout;
    const modules: [number, number][] = [];
    for (let row = Math.floor(v - PATCH); row < v + PATCH; row++) {
      for (let column = Math.floor(u - PATCH); column < u + PATCH; column++) {
        if (row < -1 || column < -1 || row > size || column > size) continue;
        modules.push([column, row]);
      }
    }
    return modules;
  }

  #levels(
    patch: readonly (readonly [number, number])[],
    u: number,
    v: number,
    origin: Vector,
    right: Vector,
    down: Vector,
  ): { readonly middle: number; readonly half: number } | null {
    const values: number[] = [];
    for (const [column, row] of patch) {
      const du = column + 0.5 - u;
      const dv = row + 0.5 - v;
      const value = brightness(
        this.#picture,
        origin.x + du * right.x + dv * down.x,
        origin.y + du * right.y + dv * down.y,
      );
      if (!Number.isNaN(value)) values.push(value);
    }
    if (values.length < patch.length / 2) return null;
    values.sort((a, b) => a - b);
    const dark = values[Math.floor(values.length * 0.12)] as number;
    const light = values[Math.floor(values.length * 0.88)] as number;
    if (light - dark < 12) return null;
    return { middle: (light + dark) / 2, half: (light - dark) / 2 };
  }

  #score(
    patch: readonly (readonly [number, number])[],
    u: number,
    v: number,
    origin: Vector,
    right: Vector,
    down: Vector,
    a: number,
    b: number,
    { middle, half }: { readonly middle: number; readonly half: number },
  ): number {
    const { fixed, size } = this.#layout;
    let sum = 0;
    let count = 0;
    for (const [column, row] of patch) {
      const inside = row >= 0 && column >= 0 && row < size && column < size;
      const known = inside ? (fixed[row * size + column] as number) : 0;
      let total = 0;
      let spread = 0;
      for (let k = 0; k < 5; k++) {
        const du = column + 0.5 + (OFFSETS[2 * k] as number) - u + a;
        const dv = row + 0.5 + (OFFSETS[2 * k + 1] as number) - v + b;
        const value = brightness(
          this.#picture,
          origin.x + du * right.x + dv * down.x,
          origin.y + du * right.y + dv * down.y,
        );
        const sign = Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, (value - middle) / half));
        total += sign;
        spread += sign * sign;
      }
      const mean = total / 5;
      const match = known < 0 ? Math.abs(mean) : known === 1 ? -mean * 1.5 : mean * 1.5;
      sum += match - (spread / 5 - mean * mean) * 0.5;
      count += known < 0 ? 1 : 1.5;
    }
    return sum / count;
  }

  /** The place of a point given in modules. */
  place(u: number, v: number): Vector {
    const { x, y } = project(this.#h, u, v);
    const { size } = this.#layout;
    const cu = Math.min(Math.max(u, 0), size) / SPACING;
    const cv = Math.min(Math.max(v, 0), size) / SPACING;
    const column = Math.min(Math.floor(cu), this.#count - 2);
    const row = Math.min(Math.floor(cv), this.#count - 2);
    const [u0, v0] = this.#node(row * this.#count + column);
    const [u1, v1] = this.#node((row + 1) * this.#count + column + 1);
    const fu = (Math.min(Math.max(u, 0), size) - u0) / (u1 - u0);
    const fv = (Math.min(Math.max(v, 0), size) - v0) / (v1 - v0);
    const n = row * this.#count + column;
    const mix = (field: Float64Array) =>
      ((field[n] as number) * (1 - fu) + (field[n + 1] as number) * fu) * (1 - fv) +
      ((field[n + this.#count] as number) * (1 - fu) +
        (field[n + this.#count + 1] as number) * fu) *
        fv;
    return { x: x + mix(this.#dx), y: y + mix(this.#dy) };
  }
}

const OFFSETS = Float64Array.from([0, 0, -0.25, -0.25, 0.25, -0.25, -0.25, 0.25, 0.25, 0.25]);
