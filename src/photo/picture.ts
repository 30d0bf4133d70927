/** A picture as every reader of codes takes it: one byte of brightness a pixel, rows from the top. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** widthPx x heightPx bytes, 0 black to 255 white. */
  readonly luma: Uint8Array;
}

/** The long side, in pixels, with which a picture of this size has no more than so many pixels. */
export function shrunkSide(
  { widthPx, heightPx }: Pick<Picture, "widthPx" | "heightPx">,
  limitPixels: number,
): number {
  const scale = Math.min(1, Math.sqrt(limitPixels / (widthPx * heightPx)));
  return Math.floor(Math.max(widthPx, heightPx) * scale);
}

/** Dark for light and light for dark. */
export function negative({ widthPx, heightPx, luma }: Picture): Picture {
  return { widthPx, heightPx, luma: luma.map((value) => 255 - value) };
}

/** Left for right, as in a mirror. */
export function mirrored({ widthPx, heightPx, luma }: Picture): Picture {
  const result = Uint8Array.from(luma);
  for (let y = 0; y < heightPx; y++) result.subarray(y * widthPx, (y + 1) * widthPx).reverse();
  return { widthPx, heightPx, luma: result };
}

/** From the darkest pixel to the brightest, 0 to 255: of a blank picture next to none. */
export function contrastOf({ luma }: Picture): number {
  let [least, most] = [255, 0];
  for (const level of luma) {
    if (level < least) least = level;
    if (level > most) most = level;
  }
  return Math.max(0, most - least);
}
