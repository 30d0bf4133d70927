/**
 * A BMP file to brightness: uncompressed, of 1, 4, 8, 16, 24 or 32 bits a pixel.
 *
 * Strict: what is cut off, compressed or of another form gives null; a file may be longer than it
 * says. Transparency, which writers fill with anything, is not read.
 */
import type { Picture } from "../picture.js";

/** As BITMAPINFOHEADER and its successors say, or the older BITMAPCOREHEADER of 12 bytes. */
export interface BmpHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Where the pixels begin. */
  readonly offset: number;
  /** The brightness of each colour of the palette; empty where there is none. */
  readonly palette: Uint8Array;
  /** Of red, green and blue, in a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number];
}

const FILE_HEADER_BYTES = 14;
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;

/** BI_RGB, BI_BITFIELDS and BI_ALPHABITFIELDS. */
const UNCOMPRESSED: readonly number[] = [0, 3, 6];

const MASKS = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0xff0000, 0x00ff00, 0x0000ff],
} as const;

/** Null for what is malformed, compressed, or of a form that is not read. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FILE_HEADER_BYTES + CORE_HEADER_BYTES) return null;
  const headerBytes = view.getUint32(14, true);
  const isCore = headerBytes === CORE_HEADER_BYTES;
  if (!isCore && (headerBytes < INFO_HEADER_BYTES || bytes.length < 14 + headerBytes)) return null;
  const widthPx = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? 0 : view.getUint32(30, true);
  if (widthPx < 1 || height === 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) return null;
  if (!UNCOMPRESSED.includes(compression)) return null;

  const masks = masksOf(view, bits, compression, headerBytes);
  if (masks === null) return null;
  const hasMasksBehind = compression !== 0 && headerBytes === INFO_HEADER_BYTES;
  const maskBytes = hasMasksBehind ? (compression === 6 ? 16 : 12) : 0;
  const paletteStart = FILE_HEADER_BYTES + headerBytes + maskBytes;
  const palette = paletteOf(
    bytes,
    paletteStart,
    bits,
    isCore ? 0 : view.getUint32(46, true),
    isCore,
  );
  if (palette === null) return null;
  return {
    widthPx,
    heightPx: Math.abs(height),
    isTopDown: height < 0,
    bits,
    offset: view.getUint32(10, true),
    palette,
    masks,
  };
}

function masksOf(
  view: DataView,
  bits: number,
  compression: number,
  headerBytes: number,
): BmpHeader["masks"] | null {
  if (bits !== 16 && bits !== 32) return compression === 0 ? MASKS[32] : null;
  if (compression === 0) return MASKS[bits];
  // Behind a header of 40 bytes, and in the same place within the longer ones.
  const at = FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  if (view.byteLength < at + 12 || headerBytes < INFO_HEADER_BYTES) return null;
  const [red, green, blue] = [0, 4, 8].map((offset) => view.getUint32(at + offset, true));
  const masks = [red ?? 0, green ?? 0, blue ?? 0] as const;
  return masks.every(isMask) ? masks : null;
}

/** Bits that stand together. */
function isMask(mask: number): boolean {
  const low = mask / lowestBit(mask);
  return mask > 0 && ((low + 1) & low) === 0;
}

function lowestBit(mask: number): number {
  return (mask & -mask) >>> 0;
}

function paletteOf(
  bytes: Uint8Array,
  start: number,
  bits: number,
  used: number,
  isCore: boolean,
): Uint8Array | null {
  if (bits > 8) return new Uint8Array();
  const most = 2 ** bits;
  const entryBytes = isCore ? 3 : 4;
  const count = used === 0 || used > most ? most : used;
  if (start + count * entryBytes > bytes.length) return null;
  // A pixel whose colour is not there is black.
  const palette = new Uint8Array(most);
  for (let index = 0; index < count; index++) {
    const at = start + index * entryBytes;
    palette[index] = brightness(bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0);
  }
  return palette;
}

/** ITU-R BT.601, as in JPEG. */
function brightness(red: number, green: number, blue: number): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

/** The pixels; null where some are missing. */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Picture | null {
  const { widthPx, heightPx, bits, offset, isTopDown } = header;
  // Rows end at four bytes.
  const stride = Math.ceil((widthPx * bits) / 32) * 4;
  // The last row may lack what fills it up.
  const lastRowBytes = Math.ceil((widthPx * bits) / 8);
  if (offset + stride * (heightPx - 1) + lastRowBytes > bytes.length) return null;
  const luma = new Uint8Array(widthPx * heightPx);
  const readRow = rowReader(bytes, header);
  for (let y = 0; y < heightPx; y++) {
    const row = offset + (isTopDown ? y : heightPx - 1 - y) * stride;
    readRow(row, luma.subarray(y * widthPx, (y + 1) * widthPx));
  }
  return { widthPx, heightPx, luma };
}

type ReadRow = (start: number, into: Uint8Array) => void;

function rowReader(bytes: Uint8Array, { bits, palette, masks }: BmpHeader): ReadRow {
  if (bits <= 8) {
    const a = 8 / bits;
    return (start, into) => {
      for (let x = 0; x < into.length; x++) {
        const byte = bytes[start + Math.floor(x / a)] ?? 0;
        const index = (byte >> (8 - bits - (x % a) * bits)) & (2 ** bits - 1);
        into[x] = palette[index] ?? 0;
      }
    };
  }
  if (bits === 24) {
    return (start, into) => {
      for (let x = 0; x < into.length; x++) {
        const at = start + x * 3;
        into[x] = brightness(bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0);
      }
    };
  }
  const length = bits / 8;
  const [red, green, blue] = masks.map(channel) as [Channel, Channel, Channel];
  return (start, into) => {
    for (let x = 0; x < into.length; x++) {
      let pixel = 0;
      for (let byte = length - 1; byte >= 0; byte--) {
        pixel = pixel * 256 + (bytes[start + x * length + byte] ?? 0);
      }
      into[x] = brightness(red(pixel), green(pixel), blue(pixel));
    }
  };
}

type Channel = (pixel: number) => number;

/** The part of a pixel under a mask, as 0 to 255. */
function channel(mask: number): Channel {
  const low = lowestBit(mask);
  const most = mask / low;
  return (pixel) => ((((pixel & mask) >>> 0) / low) * 255) / most;
}
