/**
 * Picture files to brightness, upright, opaque, with square pixels: JPEG, PNG, WebP, GIF, TIFF and AVIF
 * through sharp, HEIC through libheif, BMP and PNM by our own readers.
 *
 * The kind is found by content, never by name. Refuses by `Refusal` what is not one of these, is larger
 * than it may be, takes too long, ends too early, or would not be decoded truly. Half a picture is given
 * out only where it is asked for. Where a picture may be meant in several ways, as a transparent or an
 * animated one, the likeliest comes first. Errors of sharp are replaced, since they may hold content.
 */
import sharp, { type Sharp } from "sharp";
import { decodeBmp, readBmpHeader } from "../../photo/files/bmp.js";
import { type Ground, onGround, type Transparency, transparencyOf } from "../../photo/ground.js";
import { type HeifSize, heifSize } from "../../photo/files/heif-size.js";
import { contrastOf, type Picture, shrunkSide } from "../../photo/picture.js";
import { PAGES_LIMIT } from "../../core/sheet/page-text.js";
import { jpegHead, pngHead, type Resolution } from "../../photo/files/picture-head.js";
import { type PictureKind, pictureKind } from "../../photo/files/picture-kind.js";
import {
  FINE_PIXELS,
  heicMemory,
  KEPT_PIXELS,
  type PictureMemory,
  pictureMemory,
  ROWS_LIMIT_PIXELS,
} from "../../photo/files/picture-memory.js";
import { decodePnm, pnmPages } from "../../photo/files/pnm.js";
import { Refusal } from "../../core/problem.js";
import { squareSize } from "../../photo/square-pixels.js";
import { type TiffPage, tiffPages, unreadTiff } from "../../photo/files/tiff-pages.js";
import type { OpenOptions, OpenPicture, PictureSize } from "../../reading/ports.js";
import { nativeWork } from "./native-work.js";

// What is kept of a file for its next use holds all that its decoder took: of a progressive JPEG of 62
// megapixels 200 MB, each time that it is opened.
sharp.cache(false);
// Each thread has lines of its own of what it works on.
sharp.concurrency(1);

/** Sharp stops at it; nothing that is within the other limits takes a tenth of it. */
const LIMIT_SECONDS = 60;

/**
 * The pages of a picture file: those of a TIFF or a PNM, which scanners make, else the one.
 *
 * @throws Refusal file-unknown-type, image-damaged, image-too-large, picture-pages, tiff-unread
 */
export async function openPictures(
  bytes: Uint8Array,
  source: string,
  options: OpenOptions = {},
): Promise<readonly OpenPicture[]> {
  const kind = pictureKind(bytes);
  switch (kind) {
    case null:
      throw new Refusal({ code: "file-unknown-type", source });
    case "bmp":
      return [openBmp(bytes, source)];
    case "pnm":
      return openPnm(bytes, source);
    case "heic":
      return [await openHeic(bytes, source)];
    case "tiff":
      return openTiff(bytes, source, options);
    case "jpeg":
    case "png":
    case "webp":
    case "gif":
    case "avif":
      return [await openWithSharp(bytes, source, kind, options)];
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

async function openTiff(
  bytes: Uint8Array,
  source: string,
  options: OpenOptions,
): Promise<readonly OpenPicture[]> {
  const pages = tiffPages(bytes, PAGES_LIMIT);
  if (pages === null || pages.length === 0) throw new Refusal({ code: "image-damaged", source });
  checkPages(pages.length, source);
  const pictures: OpenPicture[] = [];
  for (const [page, stored] of pages.entries()) {
    const unread = unreadTiff(stored);
    if (unread !== null) throw new Refusal({ code: "tiff-unread", source, what: unread });
    pictures.push(await openWithSharp(bytes, source, "tiff", { ...options, page, stored }));
  }
  return pictures;
}

function checkPages(pages: number, source: string): void {
  if (pages > PAGES_LIMIT) {
    throw new Refusal({ code: "picture-pages", source, pages, limit: PAGES_LIMIT });
  }
}

interface SharpOptions extends OpenOptions {
  /** From 0; of an animation a frame. */
  readonly page?: number;
  readonly stored?: TiffPage;
}

async function openWithSharp(
  bytes: Uint8Array,
  source: string,
  kind: PictureKind,
  { isCutAllowed = false, page = 0, stored }: SharpOptions,
): Promise<OpenPicture> {
  const heif = kind === "avif" ? heifSize(bytes) : null;
  if (kind === "avif" && heif === null) throw new Refusal({ code: "image-damaged", source });
  const memory = pictureMemory(bytes, kind, heif);
  if (heif !== null) checkHeif(heif, memory, source);
  const failOn = isCutAllowed ? "none" : "truncated";
  const header = await replaced(source, () =>
    sharp(bytes, { failOn, limitInputPixels: false, page }).metadata(),
  );
  checkPixels(header, memory, source);
  const options = { failOn, limitInputPixels: memory.limitPixels, page } as const;
  const size = { widthPx: header.autoOrient.width, heightPx: header.autoOrient.height };
  const orientation = header.orientation ?? 1;
  const open = () => sharp(bytes, options).autoOrient();
  const upright = { source, size, isAsStored: orientation === 1, open };
  const isTurned = orientation >= 5;
  const resolution = stored?.resolution ?? resolutionOf(bytes, kind);
  const square = squareSize(size, isTurned ? turned(resolution) : resolution);
  // An AVIF decodes whole, however small it is wanted.
  const seen = (as: PictureSize) =>
    header.hasAlpha ? transparentPicture(upright, as, kind === "avif") : opaquePicture(upright, as);
  const picture = kept(bounded(seen(square ?? size), source), memory.keptPixels, source);
  const others: Others[] =
    square === null ? [] : [() => Promise.resolve([bounded(seen(size), source)])];
  const frames = kind === "gif" || kind === "webp" ? (header.pages ?? 1) : 1;
  if (frames > 1 && page === 0) {
    const frameAt = (index: number) =>
      openWithSharp(bytes, source, kind, { isCutAllowed, page: index });
    others.push(() => fullestFrame(frames, size, frameAt));
  }
  return withOthers(picture, others);
}

function resolutionOf(bytes: Uint8Array, kind: PictureKind): Resolution | null {
  if (kind === "jpeg") return jpegHead(bytes)?.resolution ?? null;
  return kind === "png" ? (pngHead(bytes)?.resolution ?? null) : null;
}

function turned(resolution: Resolution | null): Resolution | null {
  return resolution === null ? null : [resolution[1], resolution[0]];
}

type Others = NonNullable<OpenPicture["others"]>;

/** Of a very large picture the finest is kept, once it is asked for: all else comes of that. */
function bounded(picture: OpenPicture, source: string): OpenPicture {
  const { size } = picture;
  if (size.widthPx * size.heightPx <= FINE_PIXELS) return picture;
  const mostPx = shrunkSide(size, KEPT_PIXELS);
  const finest = decodedOnce(size, source, () => picture.load(mostPx));
  let isDecoded = false;
  return {
    ...picture,
    load: (longSidePx = mostPx) => {
      isDecoded ||= longSidePx >= mostPx;
      return isDecoded ? finest.load(longSidePx) : picture.load(longSidePx);
    },
  };
}

/** So many pixels are decoded once; null for a picture that is decoded again each time. */
function kept(picture: OpenPicture, pixels: number | null, source: string): OpenPicture {
  if (pixels === null) return picture;
  const decode = () => picture.load(shrunkSide(picture.size, pixels));
  return { ...picture, ...decodedOnce(picture.size, source, decode) };
}

function withOthers(picture: OpenPicture, more: readonly Others[]): OpenPicture {
  if (more.length === 0) return picture;
  const all = picture.others === undefined ? more : [picture.others, ...more];
  return {
    ...picture,
    others: async () => (await Promise.all(all.map((others) => others()))).flat(),
  };
}

/** Of an animation so many are looked at, the last one first. */
const FRAMES_LOOKED_AT = 8;
/** A frame is made of all that stand before it: in all so many pixels, a few seconds. */
const FRAMES_LIMIT_PIXELS = 500_000_000;
const FRAME_LONG_SIDE_PX = 400;

/** That with most to be seen of some frames behind the first; none where that one is blank too. */
async function fullestFrame(
  frames: number,
  { widthPx, heightPx }: PictureSize,
  frameAt: (index: number) => Promise<OpenPicture>,
): Promise<readonly OpenPicture[]> {
  let fullest: OpenPicture | null = null;
  let most = 0;
  let pixels = 0;
  const looked = Math.min(FRAMES_LOOKED_AT, frames - 1);
  for (let step = 0; step < looked && pixels < FRAMES_LIMIT_PIXELS; step++) {
    const index = frames - 1 - Math.floor((step * (frames - 1)) / looked);
    pixels += (index + 1) * widthPx * heightPx;
    const frame = await frameAt(index);
    const contrast = contrastOf(await frame.load(FRAME_LONG_SIDE_PX));
    if (contrast > most) [fullest, most] = [frame, contrast];
  }
  return fullest === null ? [] : [fullest];
}

/** A picture as it is stored, turned upright. */
interface Upright {
  readonly source: string;
  readonly size: PictureSize;
  /** Neither turned nor mirrored, which is done with all of it in memory. */
  readonly isAsStored: boolean;
  open(): Sharp;
}

/** `size` is what it has with square pixels. */
function opaquePicture(upright: Upright, size: PictureSize, ground?: Ground): OpenPicture {
  return {
    size,
    load: (longSidePx) => {
      const drawn =
        ground === undefined ? upright.open() : upright.open().flatten({ background: ground });
      const smaller = resized(drawn, upright.size, shrunk(size, longSidePx));
      return render(smaller, upright.source, upright.isAsStored && ground === undefined);
    },
  };
}

/** A page on a screen at which what it shows can be told from its ground. */
const GROUND_LONG_SIDE_PX = 1600;

function transparentPicture(upright: Upright, size: PictureSize, isWhole: boolean): OpenPicture {
  const { source } = upright;
  let shown: OpenPicture | undefined;
  let other: OpenPicture | undefined;
  const show = (transparency: Transparency) => {
    if (transparency === "opaque" || transparency === "hidden") {
      const bare = { ...upright, open: () => upright.open().removeAlpha() };
      // What is resized with nothing opaque in it is black.
      return transparency === "opaque"
        ? opaquePicture(bare, size)
        : decodedOnce(size, source, () => opaquePicture(bare, upright.size).load());
    }
    other = opaquePicture(upright, size, transparency === "white" ? "black" : "white");
    return opaquePicture(upright, size, transparency);
  };
  return {
    size,
    load: async (longSidePx) => {
      if (shown !== undefined) return shown.load(longSidePx);
      const target = shrunk(size, longSidePx);
      const first = isWhole ? target : shrunk(target, GROUND_LONG_SIDE_PX);
      const drawn = resized(upright.open(), upright.size, first).ensureAlpha();
      const { data, info } = await rawPixels(drawn.toColourspace("srgb"), source);
      const pixels = { bytes: data, samples: info.channels };
      const transparency = transparencyOf(pixels);
      shown = show(transparency);
      const isAll = first.widthPx === target.widthPx && first.heightPx === target.heightPx;
      if (transparency === "hidden" || !isAll) return shown.load(longSidePx);
      return { ...first, luma: onGround(pixels, transparency) };
    },
    others: () => Promise.resolve(other === undefined ? [] : [other]),
  };
}

function openBmp(bytes: Uint8Array, source: string): OpenPicture {
  const header = readBmpHeader(bytes);
  if (header === null) throw new Refusal({ code: "file-unknown-type", source });
  return openOurs(header, source, () => decodeBmp(bytes, header));
}

function openPnm(bytes: Uint8Array, source: string): readonly OpenPicture[] {
  const pages = pnmPages(bytes, PAGES_LIMIT);
  if (pages === null) throw new Refusal({ code: "file-unknown-type", source });
  checkPages(pages.length, source);
  return pages.map((head) => openOurs(head, source, () => decodePnm(bytes, head)));
}

/** By a reader of our own, which gives a byte a pixel, or null for what is damaged. */
function openOurs(size: PictureSize, source: string, decode: () => Picture | null): OpenPicture {
  checkPixels({ width: size.widthPx, height: size.heightPx }, OURS, source);
  return decodedOnce(size, source, () => {
    const picture = decode();
    if (picture === null) throw new Refusal({ code: "image-damaged", source });
    return render(resized(sharpOf(picture), picture, toBeKept(picture)), source);
  });
}

const OURS: PictureMemory = {
  form: "picture",
  limitPixels: ROWS_LIMIT_PIXELS,
  keptPixels: KEPT_PIXELS,
};

function toBeKept(size: PictureSize): PictureSize {
  return shrunk(size, shrunkSide(size, KEPT_PIXELS));
}

async function openHeic(bytes: Uint8Array, source: string): Promise<OpenPicture> {
  const heif = heifSize(bytes);
  if (heif === null) throw new Refusal({ code: "image-damaged", source });
  const memory = heicMemory(heif);
  checkHeif(heif, memory, source);
  const { decodeHeic } = await import("./heic.js");
  // How it is turned only the decoder knows.
  const picture = await decodeHeic(bytes, source);
  checkPixels({ width: picture.widthPx, height: picture.heightPx }, memory, source);
  const smaller = await render(resized(sharpOf(picture), picture, toBeKept(picture)), source);
  return decodedOnce(picture, source, () => Promise.resolve(smaller));
}

/** The tiles of a picture stand out over its edges: those of 48 megapixels have 50. */
const CODED_LIMIT = 1.25;

function checkHeif(heif: HeifSize, memory: PictureMemory, source: string): void {
  checkPixels({ width: heif.widthPx, height: heif.heightPx }, memory, source);
  checkPixels({ width: heif.codedPixels / CODED_LIMIT, height: 1 }, memory, source);
}

function checkPixels(
  { width, height }: { readonly width: number; readonly height: number },
  { form, limitPixels }: PictureMemory,
  source: string,
): void {
  if (width * height > limitPixels) {
    throw new Refusal({ code: "image-too-large", source, form, limitPixels });
  }
}

/** A picture that was decoded already. */
export function openDecoded(picture: Picture, source: string): OpenPicture {
  return decodedOnce(picture, source, () => Promise.resolve(picture));
}

/** What is decoded may be less than the size that the picture has. */
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
      const target = shrunk(size, longSidePx);
      if (target.widthPx >= whole.widthPx) return whole;
      return render(resized(sharpOf(whole), whole, target), source);
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
    return await render(larger, "");
  } catch {
    return null;
  }
}

function sharpOf({ widthPx, heightPx, luma }: Picture): Sharp {
  return sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } });
}

/** The size with a long side of so many pixels, or the same. */
function shrunk({ widthPx, heightPx }: PictureSize, longSidePx = Infinity): PictureSize {
  const scale = Math.min(1, longSidePx / Math.max(widthPx, heightPx));
  const side = (px: number) => Math.max(1, Math.round(px * scale));
  return { widthPx: side(widthPx), heightPx: side(heightPx) };
}

function resized(picture: Sharp, from: PictureSize, { widthPx, heightPx }: PictureSize): Sharp {
  if (widthPx === from.widthPx && heightPx === from.heightPx) return picture;
  return picture.resize(widthPx, heightPx, { fit: "fill", kernel: "linear" });
}

async function render(opaque: Sharp, source: string, isGreyLast = false): Promise<Picture> {
  // Grey before it is turned: a third of the memory. Where only some rows are held at a time, grey once it
  // is smaller: a fifth of the work.
  const drawn = isGreyLast ? opaque : opaque.greyscale();
  const { data, info } = await rawPixels(drawn.toColourspace("b-w"), source);
  if (data.length !== info.width * info.height)
    throw new Refusal({ code: "image-damaged", source });
  return {
    widthPx: info.width,
    heightPx: info.height,
    luma: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

/** Of eight bits. */
function rawPixels(picture: Sharp, source: string) {
  return replaced(source, () =>
    nativeWork(() =>
      picture
        .timeout({ seconds: LIMIT_SECONDS })
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true }),
    ),
  );
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
