/** Blocks of words, straightened for a reader that knows other letters than those of our templates. */
import type { Picture } from "../../picture.js";
import { BlockMap } from "./block-map.js";
import { MOST_BLOBS, wordBlobs } from "./word-blobs.js";
import { wordLattices } from "./lattice.js";
import { halved } from "./resize.js";

/** In pixels of the straightened block. */
const COLUMN_PX = 280;
const ROW_PX = 56;
/** So much of a column stands before its words, so that they are not cut. */
const BEFORE = 0.04;
const ROWS_LIMIT = 60;
const COLUMNS_LIMIT = 10;
const LARGEST_SIDE = 2000;
const SIGMA = 1.2;

/** A lattice of words, as a picture in which every place has the same size. */
export interface StraightBlock {
  readonly picture: Picture;
  readonly columns: number;
  readonly rows: number;
  readonly columnPx: number;
  readonly rowPx: number;
}

/** The blocks with the most words first; `most` of them. */
export function straightBlocks(picture: Picture, most: number): readonly StraightBlock[] {
  const found: { map: BlockMap; factor: number }[] = [];
  let level = picture;
  for (;;) {
    const factor = level.widthPx / picture.widthPx;
    if (Math.max(level.widthPx, level.heightPx) <= LARGEST_SIDE) {
      const blobs = wordBlobs(level, SIGMA);
      const lattices = blobs.length > MOST_BLOBS ? [] : wordLattices(blobs, SIGMA);
      for (const lattice of lattices.slice(0, most)) {
        const map = BlockMap.fitMost(lattice.filter(({ isLoose }) => !isLoose));
        if (map !== null) found.push({ map, factor });
      }
    }
    if (Math.max(level.widthPx, level.heightPx) < LARGEST_SIDE / 3) break;
    level = halved(level);
  }
  return found
    .sort((a, b) => b.map.nodes.length - a.map.nodes.length)
    .slice(0, most)
    .map(({ map, factor }) => straightened(picture, map, factor));
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
  // Places are computed for corners of small squares and shared out between them.
  const grid = 8;
  for (let top = 0; top < heightPx; top += grid) {
    for (let left = 0; left < widthPx; left += grid) {
      const corner = (x: number, y: number) =>
        map.place(firstColumn + x / COLUMN_PX - BEFORE, firstRow + y / ROW_PX - 0.5);
      const [a, b, c] = [corner(left, top), corner(left + grid, top), corner(left, top + grid)];
      for (let y = 0; y < grid; y++) {
        for (let x = 0; x < grid; x++) {
          const [u, v] = [x / grid, y / grid];
          const px = (a.x + u * (b.x - a.x) + v * (c.x - a.x)) / factor;
          const py = (a.y + u * (b.y - a.y) + v * (c.y - a.y)) / factor;
          luma[(top + y) * widthPx + left + x] = brightness(picture, px, py);
        }
      }
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

/** Between pixels; white outside. */
function brightness({ widthPx, heightPx, luma }: Picture, x: number, y: number): number {
  const [px, py] = [x - 0.5, y - 0.5];
  const [left, top] = [Math.floor(px), Math.floor(py)];
  if (!(left >= 0 && top >= 0 && left + 1 < widthPx && top + 1 < heightPx)) return 255;
  const [fx, fy] = [px - left, py - top];
  const at = top * widthPx + left;
  const upper = (luma[at] as number) * (1 - fx) + (luma[at + 1] as number) * fx;
  const lower = (luma[at + widthPx] as number) * (1 - fx) + (luma[at + widthPx + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}
