/**
 * What a JPEG or PNG says of itself before its pixels: how they are stored, which says what decoding
 * takes, and how far apart they are. ITU-T T.81 with JFIF and EXIF, ISO/IEC 15948.
 *
 * Gives null for what is malformed or cut off before its pixels; never decodes.
 */
import { tiffPages } from "./tiff-pages.js";

/** Dots a unit, across and down. */
export type Resolution = readonly [across: number, down: number];

export interface JpegHead {
  readonly widthPx: number;
  readonly heightPx: number;
  /** All its coefficients are kept until the last is read. */
  readonly isProgressive: boolean;
  /** Of all colours, in a pixel: 1 for grey, 1.5 where the two colours have half the width and height, 3. */
  readonly samplesPerPixel: number;
  readonly resolution: Resolution | null;
}

/** SOF0 to SOF15, which are all but DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

const [APP0, APP1, START_OF_SCAN] = [0xe0, 0xe1, 0xda];

export function jpegHead(bytes: Uint8Array): JpegHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let resolution: Resolution | null = null;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === START_OF_SCAN) return null;
    // Any number of bytes FF may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, end);
    if (end > bytes.length) return null;
    if (marker === APP0) resolution = jfifResolution(segment) ?? resolution;
    if (marker === APP1) resolution ??= exifResolution(segment);
    if (isFrame(marker)) return frameOf(segment, marker, resolution);
    at = end;
  }
  return null;
}

function frameOf(
  segment: Uint8Array,
  marker: number,
  resolution: Resolution | null,
): JpegHead | null {
  const colours = segment[5] ?? 0;
  if (segment.length < 6 + 3 * colours || colours === 0) return null;
  const samplings = Array.from({ length: colours }, (_, colour) => {
    const both = segment[7 + 3 * colour] ?? 0;
    return [both >> 4, both & 15] as const;
  });
  const [mostAcross, mostDown] = [0, 1].map((axis) =>
    Math.max(1, ...samplings.map((sampling) => sampling[axis] ?? 1)),
  ) as [number, number];
  const samples = samplings.reduce((sum, [across, down]) => sum + across * down, 0);
  return {
    heightPx: (segment[1] ?? 0) * 256 + (segment[2] ?? 0),
    widthPx: (segment[3] ?? 0) * 256 + (segment[4] ?? 0),
    isProgressive: (marker & 3) === 2,
    samplesPerPixel: samples / (mostAcross * mostDown),
    resolution,
  };
}

/** "JFIF", a zero, two bytes of version, the unit, and the density across and down in two bytes each. */
function jfifResolution(segment: Uint8Array): Resolution | null {
  if (String.fromCharCode(...segment.subarray(0, 5)) !== "JFIF\0" || segment.length < 12)
    return null;
  const two = (at: number) => (segment[at] ?? 0) * 256 + (segment[at + 1] ?? 0);
  const [across, down] = [two(8), two(10)];
  return across > 0 && down > 0 ? [across, down] : null;
}

/** "Exif" and two zeros, then a TIFF file without pixels. */
function exifResolution(segment: Uint8Array): Resolution | null {
  if (String.fromCharCode(...segment.subarray(0, 6)) !== "Exif\0\0") return null;
  return tiffPages(segment.subarray(6), 1)?.[0]?.resolution ?? null;
}

export interface PngHead {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytesPerPixel: number;
  /** All its pixels are kept until the last is read. */
  readonly isInterlaced: boolean;
  readonly resolution: Resolution | null;
}

/** Samples of a pixel by the colour type: grey, colour, palette, grey and colour with transparency. */
const PNG_SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function pngHead(bytes: Uint8Array): PngHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = PNG_SAMPLES[bytes[25] ?? -1];
  if (bytes.length < 33 || samples === undefined) return null;
  const head = {
    widthPx: view.getUint32(16),
    heightPx: view.getUint32(20),
    bytesPerPixel: samples * (bytes[24] === 16 ? 2 : 1),
    isInterlaced: bytes[28] === 1,
  };
  for (let at = 33; at + 12 <= bytes.length;) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IDAT") break;
    if (type === "pHYs" && at + 17 <= bytes.length) {
      const [across, down] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      return { ...head, resolution: across > 0 && down > 0 ? [across, down] : null };
    }
    at += 12 + view.getUint32(at);
  }
  return { ...head, resolution: null };
}
