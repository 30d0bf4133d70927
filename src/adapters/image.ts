/**
 * Picture files to brightness, upright, on white, grey: JPEG, PNG, WebP, GIF, TIFF and AVIF through
 * sharp, HEIC through libheif, BMP by our own reader.
 *
 * The kind is found by content, never by name. Refuses by `Refusal` what is not one of these, is larger
 * than it may be, takes too long, or ends too early; half a picture is never given out. Of an animated
 * picture the first frame counts. Errors of sharp are replaced, since they may hold content.
 */
import sharp, { type Sharp } from "sharp";
import { decodeBmp, readBmpHeader } from "../core/bmp.js";
import { heifSize } from "../core/heif-size.js";
import { PAGES_LIMIT, type Picture } from "../core/picture.js";
import { type PictureKind, pictureKind } from "../core/picture-kind.js";
import { Refusal } from "../core/problem.js";
import { nativeWork } from "./native-work.js";

// What is kept of a file for its next use holds all that its decoder took: of a progressive JPEG of 62
// megapixels 200 MB, each time that it is opened.
sharp.cache(false);
// Each thread has lines of its own of what it works on.
sharp.concurrency(1);

/**
 * Checked on the header, before any pixel is decoded. Measured at 62 megapixels: a progressive JPEG of 4:4:4 takes
 * 510 MB, an AVIF 1,200 MB (at 24 megapixels 510 MB); a lower limit would refuse what phones make.
 */
export const PICTURE_LIMIT_PIXELS = 64_000_000;

/** Of HEIC, whose decoder takes more memory a pixel. */
export const HEIC_LIMIT_PIXELS = 50_000_000;

/** The tiles of a picture stand out over its edges: those of 48 megapixels have 50. */
const CODED_LIMIT = 1.25;

/** Sharp stops at it; nothing that is within the other limits takes a tenth of it. */
const LIMIT_SECONDS = 60;

/** The size of an upright picture: what its EXIF orientation makes of the stored one. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A picture of which the header was read and is within the limits. */
export interface OpenPicture {
  readonly size: PictureSize;
  /**
   * The whole picture, shrunk until its long side is `longSidePx` or less, never enlarged. What only
   * decodes whole is decoded once, however often it is asked for.
   *
   * @throws Refusal image-damaged, reading-time
   */
  load(longSidePx?: number): Promise<Picture>;
}

/**
 * The pages of a picture file: those of a TIFF, which scanners make, else the one.
 *
 * @throws Refusal file-unknown-type, image-damaged, image-too-large, picture-pages
 */
export async function openPictures(
  bytes: Uint8Array,
  source: string,
): Promise<readonly OpenPicture[]> {
  const kind = pictureKind(bytes);
  switch (kind) {
    case null:
      throw new Refusal({ code: "file-unknown-type", source });
    case "bmp":
      return [openBmp(bytes, source)];
    case "heic":
      return [await openHeic(bytes, source)];
    case "jpeg":
    case "png":
    case "webp":
    case "gif":
    case "tiff":
    case "avif":
      return openWithSharp(bytes, source, kind);
  }
}

/** The first page; throws as `openPictures` does. */
export async function openPicture(bytes: Uint8Array, source: string): Promise<OpenPicture> {
  const [first] = await openPictures(bytes, source);
  return first as OpenPicture;
}

/** The size from the header alone; throws as `openPictures` does. */
export async function pictureSize(bytes: Uint8Array, source: string): Promise<PictureSize> {
  return (await openPicture(bytes, source)).size;
}

/** The first page; throws as `openPictures` and `load` do. */
export async function loadPicture(
  bytes: Uint8Array,
  source: string,
  longSidePx?: number,
): Promise<Picture> {
  return (await openPicture(bytes, source)).load(longSidePx);
}

async function openWithSharp(
  bytes: Uint8Array,
  source: string,
  kind: PictureKind,
): Promise<readonly OpenPicture[]> {
  if (kind === "avif") checkHeif(bytes, source, PICTURE_LIMIT_PIXELS);
  const open = async (page: number) => {
    const header = await replaced(source, () =>
      sharp(bytes, { limitInputPixels: false, page }).metadata(),
    );
    checkPixels(header, source, PICTURE_LIMIT_PIXELS);
    const { width: widthPx, height: heightPx } = header.autoOrient;
    const options = { failOn: "truncated", limitInputPixels: PICTURE_LIMIT_PIXELS, page } as const;
    const size = { widthPx, heightPx };
    const load = (longSidePx?: number) =>
      render(sharp(bytes, options).autoOrient(), size, source, longSidePx);
    // An AVIF decodes whole, which takes seconds and 18 bytes a pixel.
    const picture = kind === "avif" ? decodedOnce(size, source, () => load()) : { size, load };
    return { pages: header.pages ?? 1, picture };
  };
  const { pages, picture } = await open(0);
  if (kind !== "tiff" || pages === 1) return [picture];
  if (pages > PAGES_LIMIT) {
    throw new Refusal({ code: "picture-pages", source, pages, limit: PAGES_LIMIT });
  }
  const pictures = [picture];
  for (let page = 1; page < pages; page++) pictures.push((await open(page)).picture);
  return pictures;
}

function openBmp(bytes: Uint8Array, source: string): OpenPicture {
  const header = readBmpHeader(bytes);
  if (header === null) throw new Refusal({ code: "file-unknown-type", source });
  const { widthPx, heightPx } = header;
  checkPixels({ width: widthPx, height: heightPx }, source, PICTURE_LIMIT_PIXELS);
  return decodedOnce({ widthPx, heightPx }, source, () => {
    const picture = decodeBmp(bytes, header);
    if (picture === null) throw new Refusal({ code: "image-damaged", source });
    return Promise.resolve(picture);
  });
}

async function openHeic(bytes: Uint8Array, source: string): Promise<OpenPicture> {
  checkHeif(bytes, source, HEIC_LIMIT_PIXELS);
  const { decodeHeic } = await import("./heic.js");
  // How it is turned only the decoder knows.
  const picture = await decodeHeic(bytes, source);
  checkPixels({ width: picture.widthPx, height: picture.heightPx }, source, HEIC_LIMIT_PIXELS);
  return decodedOnce(picture, source, () => Promise.resolve(picture));
}

function checkHeif(bytes: Uint8Array, source: string, limitPixels: number): void {
  const size = heifSize(bytes);
  if (size === null) throw new Refusal({ code: "image-damaged", source });
  checkPixels({ width: size.widthPx, height: size.heightPx }, source, limitPixels);
  if (size.codedPixels > CODED_LIMIT * limitPixels) {
    throw new Refusal({ code: "image-too-large", source, limitPixels });
  }
}

function checkPixels(
  { width, height }: { readonly width: number; readonly height: number },
  source: string,
  limitPixels: number,
): void {
  if (width * height > limitPixels) {
    throw new Refusal({ code: "image-too-large", source, limitPixels });
  }
}

function decodedOnce(
  { widthPx, heightPx }: PictureSize,
  source: string,
  decode: () => Promise<Picture>,
): OpenPicture {
  let decoded: Promise<Picture> | undefined;
  const size = { widthPx, heightPx };
  return {
    size,
    load: async (longSidePx) => {
      decoded ??= decode();
      const whole = await decoded;
      if (!isShrunk(size, longSidePx)) return whole;
      return render(sharpOf(whole), size, source, longSidePx);
    },
  };
}

/** Twice as wide and high, with what is between the pixels as sharp as they are; null in too long. */
export async function doubled(picture: Picture): Promise<Picture | null> {
  const size = { widthPx: 2 * picture.widthPx, heightPx: 2 * picture.heightPx };
  const larger = sharpOf(picture).resize(size.widthPx, size.heightPx, {
    kernel: "cubic",
    fit: "fill",
  });
  try {
    return await render(larger, size, "");
  } catch {
    return null;
  }
}

function sharpOf({ widthPx, heightPx, luma }: Picture): Sharp {
  return sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } });
}

function isShrunk(size: PictureSize, longSidePx: number | undefined): longSidePx is number {
  return longSidePx !== undefined && Math.max(size.widthPx, size.heightPx) > longSidePx;
}

async function render(
  upright: Sharp,
  size: PictureSize,
  source: string,
  longSidePx?: number,
): Promise<Picture> {
  const sized = isShrunk(size, longSidePx)
    ? upright.resize({ width: longSidePx, height: longSidePx, fit: "inside", kernel: "linear" })
    : upright;
  const grey = sized.flatten({ background: "white" }).toColourspace("b-w");
  const { data, info } = await replaced(source, () =>
    nativeWork(() =>
      grey
        .timeout({ seconds: LIMIT_SECONDS })
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  if (data.length !== info.width * info.height)
    throw new Refusal({ code: "image-damaged", source });
  return {
    widthPx: info.width,
    heightPx: info.height,
    luma: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

async function replaced<T>(source: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    // The one message of sharp's that is looked at: it is sharp's own, and has no content.
    const isLate = error instanceof Error && error.message.startsWith("timeout:");
    throw isLate
      ? new Refusal({ code: "reading-time", source, limitSeconds: LIMIT_SECONDS })
      : new Refusal({ code: "image-damaged", source });
  }
}
