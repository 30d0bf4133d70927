/**
 * What decoding a picture takes of memory, from its head alone, so that what would take too much is
 * refused before it begins: how many pixels of each form can be read, and how many of them are kept.
 *
 * The figures were measured with sharp 0.35.5 (libvips 8.18.7) as the peak of a process that decodes
 * pictures of 12 to 200 megapixels, less what it had before. Never decodes.
 */
import type { PictureForm } from "../../core/problem.js";
import { readBmpHeader } from "./bmp.js";
import { type HeifSize, heifSize } from "./heif-size.js";
import { jpegHead, pngHead } from "./picture-head.js";
import type { PictureKind } from "./picture-kind.js";
import { readPnmHead } from "./pnm.js";

/**
 * The program has 120 MB where a picture is decoded: Node 70, the decoder of codes, the thread that reads. With
 * this beside it, and what the allocators round up, it stays below 400 MB.
 */
const DECODING_LIMIT_BYTES = 270 * 1_000_000;

export interface PictureMemory {
  readonly form: PictureForm;
  /** More pixels are refused. */
  readonly limitPixels: number;
  /**
   * Where a decoder has to read all of a picture, however small it is wanted, that is done once and so many
   * pixels are kept; null where it is read row by row, and again each time.
   */
  readonly keptPixels: number | null;
}

/**
 * Of what is read row by row, which takes less than 110 MB at any size: the largest sensors of telephones have 200
 * megapixels, 16,384 by 12,288 at most, which take 5 seconds a reading.
 */
export const ROWS_LIMIT_PIXELS = 16_384 * 12_288;

/** As fine as codes are searched in; a byte each. */
export const KEPT_PIXELS = 2 ** 24;

/**
 * A larger picture, also one that is read row by row, is given out with no more than `KEPT_PIXELS`, which are decoded
 * once: each time takes seconds, and leaves memory behind. Telephones of 50 megapixels are below it.
 */
export const FINE_PIXELS = 3 * KEPT_PIXELS;

/** Coefficients have two bytes; what is around them half a byte a pixel. */
const COEFFICIENT_BYTES = 2;
const ROW_BYTES = 0.5;
/** Of a byte of the picture: libvips has all of it, and a part once more. */
const INTERLACED_BYTES = 1.6;
/** Red, green, blue and opacity of every pixel, and what is kept of them as it is made smaller. */
const LOSSLESS_WEBP_BYTES = { coded: 4, kept: 3.4 } as const;
/** Red, green, blue and opacity of the frame, and a part once more. */
const GIF_BYTES = 4.5;

/**
 * What libaom and libheif have of a pixel between them, with the picture that comes of it: by the bits of a sample,
 * and by its colours.
 */
const AVIF_BYTES = { usual: 17.5, fullColour: 19.5, deep: 21.5, deepFullColour: 26 } as const;

/** What decodes in a moment and within 20 MB, whatever its form. */
const LIGHT_PIXELS = 2 ** 22;

/**
 * Decoding takes much memory, or seconds, however small the picture is wanted: it should be done by one alone, who
 * reads all of it. False for what is malformed.
 */
export function isHeavy(bytes: Uint8Array, kind: PictureKind): boolean {
  const heif = kind === "avif" || kind === "heic" ? heifSize(bytes) : null;
  if (heif !== null) return true;
  const { keptPixels } = pictureMemory(bytes, kind);
  const isWhole = keptPixels !== null || kind === "bmp" || kind === "pnm";
  const size = sizeOf(bytes, kind);
  return size !== null && size.widthPx * size.heightPx > (isWhole ? LIGHT_PIXELS : FINE_PIXELS);
}

/** Null for what is malformed, and for kinds whose heads are not looked at. */
function sizeOf(
  bytes: Uint8Array,
  kind: PictureKind,
): { readonly widthPx: number; readonly heightPx: number } | null {
  // Of a GIF the size stands behind its name, the lower byte first.
  const two = (at: number) => (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  switch (kind) {
    case "gif":
      return { widthPx: two(6), heightPx: two(8) };
    case "jpeg":
      return jpegHead(bytes);
    case "png":
      return pngHead(bytes);
    case "bmp":
      return readBmpHeader(bytes);
    case "pnm":
      return readPnmHead(bytes);
    case "webp":
      return webpHead(bytes);
    case "tiff":
    case "avif":
    case "heic":
      return null;
  }
}

/** RFC 9649: behind RIFF and WEBP the first chunk, of the extended form, lossless or lossy. */
function webpHead(bytes: Uint8Array) {
  if (bytes.length < 30) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (chunkName(bytes, 12)) {
    case "VP8X":
      // Three bytes each, less one.
      return {
        widthPx: (view.getUint32(24, true) & 0xffffff) + 1,
        heightPx: (view.getUint32(26, true) >>> 8) + 1,
        isLossless: holdsLossless(view, bytes),
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      const [widthPx, heightPx] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
      return { widthPx, heightPx, isLossless: true };
    }
    case "VP8 ":
      return {
        widthPx: view.getUint16(26, true) & 0x3fff,
        heightPx: view.getUint16(28, true) & 0x3fff,
        isLossless: false,
      };
    default:
      return null;
  }
}

function chunkName(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** A frame of an animation has its own chunks behind 24 bytes; it begins where chunks before it end. */
const FRAME_HEAD_BYTES = 24;

/** Whether a lossless picture is among the chunks of the extended form; in an animation its first frame's. */
function holdsLossless(view: DataView, bytes: Uint8Array): boolean {
  for (let at = 12; at + FRAME_HEAD_BYTES + 4 <= bytes.length;) {
    const name = chunkName(bytes, at);
    const picture = name === "ANMF" ? chunkName(bytes, at + FRAME_HEAD_BYTES) : name;
    if (picture === "VP8L") return true;
    if (picture.startsWith("VP8 ")) return false;
    // A chunk of an odd length has a byte behind it.
    at += 8 + 2 * Math.ceil(view.getUint32(at + 4, true) / 2);
  }
  return false;
}

const UNKNOWN_JPEG = { isProgressive: true, samplesPerPixel: 4 } as const;

/** Of all kinds but HEIC, BMP and PNM, whose readers keep what they read. */
export function pictureMemory(
  bytes: Uint8Array,
  kind: PictureKind,
  heif: HeifSize | null = null,
): PictureMemory {
  if (kind === "avif" && heif !== null) {
    const limitPixels = Math.floor(DECODING_LIMIT_BYTES / avifBytes(heif));
    return { form: "AVIF", limitPixels, keptPixels: KEPT_PIXELS };
  }
  if (kind === "gif") return wholly("GIF", GIF_BYTES);
  // It is decoded at the size that is wanted: eight bytes of each pixel of that.
  if (kind === "webp") {
    const isLossless = webpHead(bytes)?.isLossless === true;
    return isLossless ? losslessWebp(bytes.length) : { ...ROW_BY_ROW, keptPixels: KEPT_PIXELS };
  }
  // What libjpeg may still read and our reader of heads does not counts as the most that there is.
  const jpeg = kind === "jpeg" ? (jpegHead(bytes) ?? UNKNOWN_JPEG) : null;
  if (jpeg?.isProgressive === true) {
    return wholly("progressive JPEG", COEFFICIENT_BYTES * jpeg.samplesPerPixel + ROW_BYTES);
  }
  const png = kind === "png" ? pngHead(bytes) : null;
  if (png?.isInterlaced === true) {
    return wholly("interlaced PNG", INTERLACED_BYTES * png.bytesPerPixel);
  }
  return ROW_BY_ROW;
}

/** What libde265 and libheif have of a pixel of one coded picture, by the bits of a sample. */
const HEIC_BYTES = { usual: 6, deep: 10 } as const;

/**
 * A HEIC is decoded one coded picture after another, and laid together of a byte a pixel. Telephones make tiles of
 * 512 pixels a side; a single coded picture has by the levels of HEVC no more than 36 megapixels.
 */
export function heicMemory({ largestPixels, codedPixels, isDeep }: HeifSize): PictureMemory {
  const limit = DECODING_LIMIT_BYTES - KEPT_PIXELS;
  const bytesPerPixel = isDeep ? HEIC_BYTES.deep : HEIC_BYTES.usual;
  const isTiled = largestPixels < codedPixels && largestPixels * (bytesPerPixel + 1) < limit;
  const pixels = isTiled ? limit - largestPixels * bytesPerPixel : limit / (bytesPerPixel + 1);
  const limitPixels = Math.min(Math.floor(pixels), ROWS_LIMIT_PIXELS);
  return { form: "HEIC", limitPixels, keptPixels: KEPT_PIXELS };
}

const ROW_BY_ROW: PictureMemory = {
  form: "picture",
  limitPixels: ROWS_LIMIT_PIXELS,
  keptPixels: null,
};

/** Of a lossless WebP all is decoded before it is made smaller; its bytes, which noise has many of, are there too. */
function losslessWebp(lengthBytes: number): PictureMemory {
  const { coded, kept } = LOSSLESS_WEBP_BYTES;
  const limit = DECODING_LIMIT_BYTES - kept * KEPT_PIXELS - lengthBytes;
  const limitPixels = Math.max(LIGHT_PIXELS, Math.floor(limit / coded));
  return { form: "lossless WebP", limitPixels, keptPixels: KEPT_PIXELS };
}

function wholly(form: PictureForm, bytesPerPixel: number): PictureMemory {
  const limit = Math.floor((DECODING_LIMIT_BYTES - KEPT_PIXELS) / bytesPerPixel);
  return { form, limitPixels: Math.min(limit, ROWS_LIMIT_PIXELS), keptPixels: KEPT_PIXELS };
}

function avifBytes({ isDeep, isFullColour }: HeifSize): number {
  if (isDeep) return isFullColour ? AVIF_BYTES.deepFullColour : AVIF_BYTES.deep;
  return isFullColour ? AVIF_BYTES.fullColour : AVIF_BYTES.usual;
}
