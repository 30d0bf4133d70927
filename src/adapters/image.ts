/**
 * Picture files to brightness: JPEG, PNG and WebP through sharp, upright, on white, grey.
 *
 * Refuses by `Refusal` what is not one of these, is larger than it may be, or ends too early; half
 * a picture is never given out. Errors of sharp are replaced, since they may hold content.
 */
import sharp from "sharp";
import type { Picture } from "../core/picture.js";
import { Refusal } from "../core/problem.js";

/** Checked on the header, before any pixel is decoded. */
export const PICTURE_LIMIT_PIXELS = 64_000_000;

/** The size of an upright picture: what its EXIF orientation makes of the stored one. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The size from the header alone.
 *
 * @throws Refusal file-unknown-type, image-damaged, image-too-large
 */
export async function pictureSize(bytes: Uint8Array, source: string): Promise<PictureSize> {
  if (!isPictureFile(bytes)) throw new Refusal({ code: "file-unknown-type", source });
  const header = await replaced(source, () => sharp(bytes, { limitInputPixels: false }).metadata());
  if (header.width * header.height > PICTURE_LIMIT_PIXELS)
    throw new Refusal({ code: "image-too-large", source, limitPixels: PICTURE_LIMIT_PIXELS });
  return { widthPx: header.autoOrient.width, heightPx: header.autoOrient.height };
}

/**
 * The whole picture, shrunk until its long side is `longSidePx` or less, never enlarged.
 *
 * @throws Refusal file-unknown-type, image-damaged, image-too-large
 */
export async function loadPicture(
  bytes: Uint8Array,
  source: string,
  longSidePx?: number,
): Promise<Picture> {
  const size = await pictureSize(bytes, source);
  const upright = sharp(bytes, {
    failOn: "truncated",
    limitInputPixels: PICTURE_LIMIT_PIXELS,
  }).autoOrient();
  const sized =
    longSidePx === undefined || Math.max(size.widthPx, size.heightPx) <= longSidePx
      ? upright
      : upright.resize({ width: longSidePx, height: longSidePx, fit: "inside", kernel: "linear" });
  const grey = sized.flatten({ background: "white" }).toColourspace("b-w");
  const { data, info } = await replaced(source, () =>
    grey.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true }),
  );
  if (data.length !== info.width * info.height)
    throw new Refusal({ code: "image-damaged", source });
  return {
    widthPx: info.width,
    heightPx: info.height,
    luma: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

/** By the first bytes; sharp is never shown anything else, above all no SVG. */
function isPictureFile(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString(
    "latin1",
  );
  return /^(?:\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF[^]{4}WEBP)/.test(start);
}

async function replaced<T>(source: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch {
    throw new Refusal({ code: "image-damaged", source });
  }
}
