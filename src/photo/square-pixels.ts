/**
 * The size of a picture whose pixels are not square, as faxes and some scanners make them, when they are:
 * the side with fewer dots an inch is enlarged, so that nothing is lost.
 */
import type { Picture } from "./picture.js";
import type { Resolution } from "./files/picture-head.js";

type Size = Pick<Picture, "widthPx" | "heightPx">;

/** Less than this nobody sees; more than the other, such as 300 by 1, nobody means. */
const [LEAST_RATIO, MOST_RATIO] = [1.03, 4];

/** The size as it is to be seen; null where it is so already, or where the resolution makes no sense. */
export function squareSize(
  { widthPx, heightPx }: Size,
  resolution: Resolution | null,
): Size | null {
  if (resolution === null) return null;
  const ratio = resolution[0] / resolution[1];
  const [least, most] = [Math.min(ratio, 1 / ratio), Math.max(ratio, 1 / ratio)];
  if (!(least > 0) || most < LEAST_RATIO || most > MOST_RATIO) return null;
  return ratio > 1
    ? { widthPx, heightPx: Math.round(heightPx * ratio) }
    : { widthPx: Math.round(widthPx / ratio), heightPx };
}
