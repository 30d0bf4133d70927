/** Why nothing was read of a picture, as far as can be seen: what to do better the next time. */
import { brightness } from "../brightness.js";
import type { Picture } from "../picture.js";
import { cross, plus } from "../plane.js";
import type { Sight } from "../../core/problem.js";
import type { Finder } from "./finders.js";
import { type Pose, poseAnchors, poses } from "./poses.js";
import { fitProjection, project } from "./projection.js";

/** Brightness of the lightest twentieth of a picture, below which it is too dark. */
const DARK = 70;
/** Pixels a module below which cameras no longer tell one from the next. */
const FAR_MODULE_PX = 2.2;
/** Pixels that the sharpest edges of a picture go over, from which on it is blurred. */
const BLURRED_EDGE_PX = 5;
/** A contrast that is an edge's, of 255. */
const EDGE_CONTRAST = 60;
const TILE_PX = 32;
/** Of the tiles with edges, the part that is as sharp as anything in the picture. */
const SHARPEST = 0.1;

/** Percent that print is darker than its ground, below which it is faint, and below which there is none. */
const FAINT_PERCENT = 20;
const NO_PRINT_PERCENT = 4;
/** Of three finder patterns, how badly they may lie and still be a code's, flat or bent. */
const CODE_MISFIT = 0.4;

/** Whether three of the finder patterns lie as those of one code do: letters hardly ever do. */
export function isCodeInView(finders: readonly Finder[]): boolean {
  const [pose] = poses(finders);
  return pose?.finders.length === 3 && pose.misfit < CODE_MISFIT;
}

/** `finders` are those of the picture, which may be none of a code. */
export function sightOf(picture: Picture, finders: readonly Finder[]): Sight {
  if (percentile(picture.luma, 0.95) < DARK) return { kind: "dark" };
  const [pose] = poses(finders);
  const darkerPercent = pose === undefined ? 0 : ofPatterns(picture, pose);
  if (darkerPercent > NO_PRINT_PERCENT && darkerPercent < FAINT_PERCENT) {
    return { kind: "faint", darkerPercent };
  }
  if (pose !== undefined) {
    const sides = pose.finders.map(([, { right, down }]) =>
      Math.sqrt(Math.abs(cross(right, down))),
    );
    const modulePx = Math.min(...sides);
    if (modulePx < FAR_MODULE_PX) return { kind: "far", modulePx: Math.round(modulePx * 10) / 10 };
    const size = Math.round(pose.span) + 7;
    const projection = fitProjection(poseAnchors(pose, size), size);
    const isOutside = (u: number, v: number) => {
      const { x, y } = projection === null ? { x: 0, y: 0 } : project(projection, u, v);
      return x < 0 || y < 0 || x > picture.widthPx || y > picture.heightPx;
    };
    const corners = [0, size].flatMap((u) => [0, size].map((v) => [u, v] as const));
    if (corners.some(([u, v]) => isOutside(u, v))) return { kind: "cut" };
  }
  if (edgeWidth(picture) > BLURRED_EDGE_PX) return { kind: "blurred" };
  return pose === undefined ? { kind: "nothing" } : { kind: "damaged" };
}

/** How much darker the middles of finder patterns are than the light rings around them. */
function ofPatterns(picture: Picture, { finders }: Pose): number {
  const parts = finders.map(([, { centre, right, down }]) => {
    const ring = [right, down].flatMap((way) =>
      [-2, 2].map((modules) => plus(centre, way, modules)),
    );
    const light = ring.reduce((sum, { x, y }) => sum + brightness(picture, x, y), 0) / ring.length;
    return percentDarker(brightness(picture, centre.x, centre.y), light);
  });
  return Math.max(...parts);
}

function percentDarker(dark: number, light: number): number {
  return Math.round(100 * (1 - dark / Math.max(1, light)));
}

function percentile(values: Uint8Array, part: number): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value] = (counts[value] as number) + 1;
  let left = Math.ceil(values.length * part);
  for (let value = 0; value < 256; value++) {
    left -= counts[value] as number;
    if (left <= 0) return value;
  }
  return 255;
}

/** Pixels that the sharpest edges go over: contrast by steepness; 0 where there are no edges. */
function edgeWidth({ widthPx, heightPx, luma }: Picture): number {
  const widths: number[] = [];
  for (let top = 0; top + TILE_PX <= heightPx; top += TILE_PX) {
    for (let left = 1; left + TILE_PX < widthPx; left += TILE_PX) {
      let least = 255;
      let most = 0;
      let steepest = 1;
      for (let y = top; y < top + TILE_PX; y++) {
        for (let x = left; x < left + TILE_PX; x++) {
          const at = y * widthPx + x;
          const value = luma[at] as number;
          least = Math.min(least, value);
          most = Math.max(most, value);
          const step = Math.abs((luma[at + 1] as number) - (luma[at - 1] as number)) / 2;
          steepest = Math.max(steepest, step);
        }
      }
      if (most - least >= EDGE_CONTRAST) widths.push((most - least) / steepest);
    }
  }
  widths.sort((a, b) => a - b);
  return widths[Math.floor(widths.length * SHARPEST)] ?? 0;
}
