/** Patches of a picture, straightened: where a word is expected, in the squares of its letters. */
import { brightness } from "../brightness.js";
import type { Picture } from "../picture.js";
import { length, plus, type Vector } from "../plane.js";
import type { BlockMap, Place } from "./block-map.js";
import { GLYPH_ASCENT, GLYPH_WIDTH } from "./glyphs.js";
import { LEFT_MARGIN, TOP_ROWS } from "./letter-shapes.js";
import { type Patch, patchSize } from "./match-word.js";

/** How large letters are against the lattice, in squares of a glyph. */
export interface Scale {
  /** From a column to the next. */
  readonly columnSquares: number;
  readonly rowSquares: number;
}

/** Small letters stand in the middle of what was found as a row: so far above the baseline. */
const MIDDLE = 3.2;

/** Where a word stands: its first letter on the baseline, and one square to the right and down. */
export interface Frame {
  readonly origin: Vector;
  readonly right: Vector;
  readonly down: Vector;
}

export function frameAt(map: BlockMap, { column, row }: Place, scale: Scale): Frame {
  const width = 5 * GLYPH_WIDTH;
  const from = map.place(column, row);
  const to = map.place(column + width / scale.columnSquares, row);
  const above = map.place(column + 0.2, row - 0.5);
  const below = map.place(column + 0.2, row + 0.5);
  const right = { x: (to.x - from.x) / width, y: (to.y - from.y) / width };
  const down = {
    x: (below.x - above.x) / scale.rowSquares,
    y: (below.y - above.y) / scale.rowSquares,
  };
  return { origin: plus(from, down, MIDDLE), right, down };
}

/** The frame of a word that starts at a place and runs the way that its blob does. */
export function framedAt(like: Frame, at: Vector, way: Vector): Frame {
  const right = { x: way.x * length(like.right), y: way.y * length(like.right) };
  return { origin: plus(at, like.down, MIDDLE), right, down: like.down };
}

/** A frame whose text runs `slant` squares down a square right, and is wider. */
export function slanted({ origin, right, down }: Frame, slant: number, stretch: number): Frame {
  return {
    origin,
    right: plus({ x: right.x * stretch, y: right.y * stretch }, down, slant),
    down,
  };
}

/** A frame whose letters lean: `lean` squares right a square down. */
export function leaning({ origin, right, down }: Frame, lean: number): Frame {
  return { origin, right, down: plus(down, right, lean) };
}

export function shifted({ origin, right, down }: Frame, x: number, y: number): Frame {
  return { origin: plus(plus(origin, right, x), down, y), right, down };
}

export function middleFrame(a: Frame, b: Frame): Frame {
  const middle = (of: keyof Frame) => ({
    x: (a[of].x + b[of].x) / 2,
    y: (a[of].y + b[of].y) / 2,
  });
  return { origin: middle("origin"), right: middle("right"), down: middle("down") };
}

/** Where the blob of a word in a frame starts; mirrors `framedAt`. */
export function startOf({ origin, down }: Frame): Vector {
  return plus(origin, down, -MIDDLE);
}

/** The picture at a frame, with a margin to look around in, in squares. */
export function patchAt(picture: Picture, frame: Frame, slots: number, margin: number): Patch {
  const { origin, right, down } = frame;
  const { widthPx, heightPx } = patchSize(slots, margin);
  const values = new Float32Array(widthPx * heightPx);
  const [fromU, fromV] = [0.5 - LEFT_MARGIN - margin, 0.5 + TOP_ROWS - GLYPH_ASCENT - margin];
  const at = (column: number, row: number): Vector =>
    plus(plus(origin, right, fromU + column), down, fromV + row);
  const corners = [0, widthPx - 1].flatMap((x) => [at(x, 0), at(x, heightPx - 1)]);
  const isWhole = corners.every(({ x, y }) => isInside(picture, x, y));
  for (let row = 0, index = 0; row < heightPx; row++) {
    const { x, y } = at(0, row);
    for (let column = 0; column < widthPx; column++, index++) {
      const [px, py] = [x + column * right.x, y + column * right.y];
      values[index] = isWhole ? brightnessInside(picture, px, py) : brightnessNear(picture, px, py);
    }
  }
  return { widthPx, heightPx, values, margin };
}

function isInside({ widthPx, heightPx }: Picture, x: number, y: number): boolean {
  return x >= 0.5 && y >= 0.5 && x < widthPx - 0.501 && y < heightPx - 0.501;
}

/** As `brightness`, of a place that `isInside`. */
function brightnessInside({ widthPx, luma }: Picture, x: number, y: number): number {
  const [px, py] = [x - 0.5, y - 0.5];
  // Both are 0 or more: this is the whole part.
  const [left, top] = [px | 0, py | 0];
  const [fx, fy] = [px - left, py - top];
  const at = top * widthPx + left;
  const upper = (luma[at] as number) * (1 - fx) + (luma[at + 1] as number) * fx;
  const lower = (luma[at + widthPx] as number) * (1 - fx) + (luma[at + widthPx + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Outside, as bright as the border. */
function brightnessNear(picture: Picture, x: number, y: number): number {
  const { widthPx, heightPx } = picture;
  return brightness(
    picture,
    Math.min(Math.max(x, 0.5), widthPx - 0.501),
    Math.min(Math.max(y, 0.5), heightPx - 0.501),
  );
}
