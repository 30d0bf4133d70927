/**
 * On what a transparent picture is to be seen: white as paper is, or black where it was drawn in white.
 */

export type Ground = "white" | "black";

/**
 * "opaque" where every pixel is, "hidden" where none is, so that only the colours behind can be meant;
 * else the ground that shows the picture.
 */
export type Transparency = Ground | "opaque" | "hidden";

/** Of what is opaque so much may be dark in a drawing in white: a shadow, the edges of its lines. */
const DARK_PART = 0.01;

/** Pixels of so many bytes each, 0 to 255: grey, or red, green and blue, and behind them how opaque. */
export interface TransparentPixels {
  readonly bytes: Uint8Array;
  readonly samples: number;
}

export function transparencyOf({ bytes, samples }: TransparentPixels): Transparency {
  const luma = brightness(samples);
  let opaque = 0;
  let dark = 0;
  for (let at = 0; at < bytes.length; at += samples) {
    const opacity = bytes[at + samples - 1] as number;
    opaque += opacity;
    if (luma(bytes, at) < 128) dark += opacity;
  }
  if (opaque === 0) return "hidden";
  if (opaque === 255 * (bytes.length / samples)) return "opaque";
  return dark > DARK_PART * opaque ? "white" : "black";
}

/** One byte of brightness a pixel; opaque ones show no ground. */
export function onGround(
  { bytes, samples }: TransparentPixels,
  ground: Ground | "opaque",
): Uint8Array {
  const own = brightness(samples);
  const behind = ground === "white" ? 255 : 0;
  const luma = new Uint8Array(bytes.length / samples);
  for (let index = 0; index < luma.length; index++) {
    const at = samples * index;
    const opacity = bytes[at + samples - 1] as number;
    luma[index] = Math.round((own(bytes, at) * opacity + behind * (255 - opacity)) / 255);
  }
  return luma;
}

/** ITU-R BT.601, as in JPEG. */
function brightness(samples: number): (bytes: Uint8Array, at: number) => number {
  if (samples < 4) return (bytes, at) => bytes[at] as number;
  return (bytes, at) =>
    0.299 * (bytes[at] as number) +
    0.587 * (bytes[at + 1] as number) +
    0.114 * (bytes[at + 2] as number);
}
