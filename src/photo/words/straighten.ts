/** Blocks of words, straightened for a reader that knows other letters than those of our templates. */
import { brightness } from "../brightness.js";
import type { Picture } from "../picture.js";
import type { Vector } from "../plane.js";
import { BlockMap } from "./block-map.js";
import { wordBlobs } from "./word-blobs.js";
import { wordLattices } from "./lattice.js";
import { halved } from "./resize.js";

/** In pixels of the straightened block. */
const COLUMN_PX = 280;
const ROW_PX = 56;
/** So much of a column stands before its words, so that they are not cut. */
const BEFORE = 0.04;
/** The map is asked at the corners of these. */
const TILE = { widthPx: COLUMN_PX / 10, heightPx: ROW_PX / 4 } as const;
const ROWS_LIMIT = 60;
const COLUMNS_LIMIT = 10;
const LARGEST_SIDE = 2000;
const SIGMA = 1.2;
/** What is outside the picture. */
const WHITE = 255;

/** A lattice of words, as a picture in which every place has the same size. */
export interface StraightBlock {
  readonly picture: Picture;
  readonly columns: number;
  readonly rows: number;
  readonly columnPx: number;
  readonly rowPx: number;
}

/** The blocks with the most words first, `most` of them; each is straightened when it is asked for. */
export function* straightBlocks(picture: Picture, most: number): Generator<StraightBlock> {
  const found: { map: BlockMap; factor: number }[] = [];
  let level = picture;
  for (;;) {
    const factor = level.widthPx / picture.widthPx;
    if (Math.max(level.widthPx, level.heightPx) <= LARGEST_SIDE) {
      const lattices = wordLattices(wordBlobs(level, SIGMA), SIGMA);
      for (const lattice of lattices.slice(0, most)) {
        const map = BlockMap.fitMost(lattice.filter(({ isLoose }) => !isLoose));
        if (map !== null) found.push({ map, factor });
      }
    }
    if (Math.max(level.widthPx, level.heightPx) < LARGEST_SIDE / 3) break;
    level = halved(level);
  }
  found.sort((a, b) => b.map.nodes.length - a.map.nodes.length);
  for (const { map, factor } of found.slice(0, most)) yield straightened(picture, map, factor);
}

function straightened(picture: Picture, map: BlockMap, factor: number): StraightBlock {
  const columnNumbers = map.nodes.map(({ column }) => column);
  const rowNumbers = map.nodes.map(({ row }) => row);
  const firstColumn = Math.min(...columnNumbers) - 1;
  const firstRow = Math.min(...rowNumbers) - 1;
  const columns = Math.min(COLUMNS_LIMIT, Math.max(...columnNumbers) - firstColumn + 2);
  const rows = Math.min(ROWS_LIMIT, Math.max(...rowNumbers) - firstRow + 2);
  const widthPx = columns * COLUMN_PX;
  const heightPx = rows * ROW_PX;
  const luma = new Uint8Array(widthPx * heightPx);
  for (let top = 0; top < heightPx; top += TILE.heightPx) {
    const corner = (left: number, y: number) =>
      map.place(firstColumn + left / COLUMN_PX - BEFORE, firstRow + y / ROW_PX - 0.5);
    let [upper, lower] = [corner(0, top), corner(0, top + TILE.heightPx)];
    for (let left = 0; left < widthPx; left += TILE.widthPx) {
      const right = left + TILE.widthPx;
      const [upperRight, lowerRight] = [corner(right, top), corner(right, top + TILE.heightPx)];
      for (let y = 0; y < TILE.heightPx; y++) {
        const v = y / TILE.heightPx;
        const [start, end] = [between(upper, lower, v), between(upperRight, lowerRight, v)];
        for (let x = 0; x < TILE.widthPx; x++) {
          const at = between(start, end, x / TILE.widthPx);
          const value = brightness(picture, at.x / factor, at.y / factor);
          luma[(top + y) * widthPx + left + x] = Number.isNaN(value) ? WHITE : value;
        }
      }
      [upper, lower] = [upperRight, lowerRight];
    }
  }
  return {
    picture: { widthPx, heightPx, luma },
    columns,
    rows,
    columnPx: COLUMN_PX,
    rowPx: ROW_PX,
  };
}

function between(a: Vector, b: Vector, part: number): Vector {
  return { x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) };
}

/** Rows in the middle of a block, as a block of its own. */
export function middleRows(block: StraightBlock, most: number): StraightBlock {
  const { picture, rowPx } = block;
  const { widthPx } = picture;
  const rows = Math.min(block.rows, most);
  const start = Math.floor((block.rows - rows) / 2) * rowPx * widthPx;
  const heightPx = rows * rowPx;
  const luma = picture.luma.subarray(start, start + heightPx * widthPx);
  return { ...block, rows, picture: { widthPx, heightPx, luma } };
}
