/** The modules of a code as seen: how dark each is against what surrounds it, and how sure that is. */
import type { Picture } from "../../picture.js";
import { brightness, type Grid } from "./grid.js";
import type { SymbolLayout } from "./symbol.js";

/** size x size values from -1, light, to 1, dark; 0: nothing is known. */
export type SeenModules = Float64Array;

const WINDOW = 5;

export function seeModules(picture: Picture, layout: SymbolLayout, grid: Grid): SeenModules {
  const { size } = layout;
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const centre = grid.place(column + 0.5, row + 0.5);
      const right = grid.place(column + 1, row + 0.5);
      const down = grid.place(column + 0.5, row + 1);
      const ux = (right.x - centre.x) * 0.5;
      const uy = (right.y - centre.y) * 0.5;
      const vx = (down.x - centre.x) * 0.5;
      const vy = (down.y - centre.y) * 0.5;
      let sum = 0;
      for (let a = -1; a <= 1; a++) {
        for (let b = -1; b <= 1; b++) {
          const weight = a === 0 && b === 0 ? 2 : 1;
          sum +=
            weight * brightness(picture, centre.x + a * ux + b * vx, centre.y + a * uy + b * vy);
        }
      }
      values[row * size + column] = sum / 10;
    }
  }
  const seen = new Float64Array(size * size);
  const near: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const value = values[row * size + column] as number;
      if (Number.isNaN(value)) continue;
      near.length = 0;
      for (let r = Math.max(0, row - WINDOW); r <= Math.min(size - 1, row + WINDOW); r++) {
        for (let c = Math.max(0, column - WINDOW); c <= Math.min(size - 1, column + WINDOW); c++) {
          const other = values[r * size + c] as number;
          if (!Number.isNaN(other)) near.push(other);
        }
      }
      near.sort((a, b) => a - b);
      const dark = near[Math.floor(near.length * 0.15)] as number;
      const light = near[Math.floor(near.length * 0.85)] as number;
      const half = (light - dark) / 2;
      if (half < 5) continue;
      seen[row * size + column] = Math.max(-1, Math.min(1, ((light + dark) / 2 - value) / half));
    }
  }
  return seen;
}
