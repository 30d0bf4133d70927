/** Pictures made smaller, so that letters have the size that a step is made for. */
import type { Picture } from "../picture.js";

/** Half as wide and high: the means of four pixels. */
export function halved({ widthPx, heightPx, luma }: Picture): Picture {
  const [width, height] = [Math.floor(widthPx / 2), Math.floor(heightPx / 2)];
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 2 * y * widthPx + 2 * x;
      const upper = (luma[at] as number) + (luma[at + 1] as number);
      const lower = (luma[at + widthPx] as number) + (luma[at + widthPx + 1] as number);
      result[y * width + x] = (upper + lower + 2) >> 2;
    }
  }
  return { widthPx: width, heightPx: height, luma: result };
}

/** By a factor of about 0.5 to 2, between pixels. */
export function scaled({ widthPx, heightPx, luma }: Picture, factor: number): Picture {
  const [width, height] = [Math.round(widthPx * factor), Math.round(heightPx * factor)];
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const py = Math.min(Math.max((y + 0.5) / factor - 0.5, 0), heightPx - 1.001);
    const top = Math.floor(py);
    const fy = py - top;
    for (let x = 0; x < width; x++) {
      const px = Math.min(Math.max((x + 0.5) / factor - 0.5, 0), widthPx - 1.001);
      const left = Math.floor(px);
      const fx = px - left;
      const at = top * widthPx + left;
      const upper = (luma[at] as number) * (1 - fx) + (luma[at + 1] as number) * fx;
      const lower =
        (luma[at + widthPx] as number) * (1 - fx) + (luma[at + widthPx + 1] as number) * fx;
      result[y * width + x] = upper * (1 - fy) + lower * fy;
    }
  }
  return { widthPx: width, heightPx: height, luma: result };
}
