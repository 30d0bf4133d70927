/**
 * What decoding a HEIF picture (HEIC, AVIF) takes, from its boxes alone: ISO/IEC 23008-12, and
 * ISO/IEC 14496-12 for the boxes.
 *
 * A file of a few KB may say that its picture is laid together of the same large tile thousands of
 * times, so every tile counts as often as it is named. Gives null for what is malformed; never decodes.
 */

export interface HeifSize {
  /** Of the picture as it is stored, before it is turned. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of all coded pictures that it is made of. */
  readonly codedPixels: number;
  /** Of the largest of these. */
  readonly largestPixels: number;
  /** More than eight bits a sample, or not known. */
  readonly isDeep: boolean;
  /** As many samples of the two colours as of brightness, or not known. */
  readonly isFullColour: boolean;
}

interface Box {
  readonly type: string;
  /** Of the content. */
  readonly start: number;
  readonly end: number;
}

/** Pictures laid together of pictures laid together; nobody makes more than one storey. */
const DEPTH_LIMIT = 4;
const TILES_LIMIT = 10_000;

export function heifSize(bytes: Uint8Array): HeifSize | null {
  try {
    return sizeOfPrimary(new Boxes(bytes));
  } catch (error) {
    // Past the end of the file, by an offset or a length that is not there.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function sizeOfPrimary(boxes: Boxes): HeifSize | null {
  const meta = boxes.find(boxes.all, "meta");
  // A full box has a version and flags before its content.
  const inside = meta === null ? null : { ...meta, start: meta.start + 4 };
  const pitm = inside === null ? null : boxes.find(inside, "pitm");
  const iprp = inside === null ? null : boxes.find(inside, "iprp");
  if (inside === null || pitm === null || iprp === null) return null;
  const primary = boxes.version(pitm) === 0 ? boxes.u16(pitm.start + 4) : boxes.u32(pitm.start + 4);
  const sizes = itemSizes(boxes, iprp);
  const size = sizes.get(primary);
  if (size === undefined) return null;
  const iref = boxes.find(inside, "iref");
  const parts = iref === null ? new Map<number, readonly number[]>() : itemParts(boxes, iref);
  let tiles = 0;
  let largestPixels = 0;
  const coded = (item: number, depth: number): number => {
    const from = parts.get(item) ?? [];
    const own = sizes.get(item);
    tiles += 1;
    if (depth > DEPTH_LIMIT || tiles > TILES_LIMIT || own === undefined) return Infinity;
    if (from.length === 0) {
      const pixels = own.widthPx * own.heightPx;
      largestPixels = Math.max(largestPixels, pixels);
      return pixels;
    }
    return from.reduce((sum, part) => sum + coded(part, depth + 1), 0);
  };
  const codedPixels = coded(primary, 0);
  return { ...size, codedPixels, largestPixels, ...samplesOf(boxes, iprp) };
}

/** Of all that is coded in the file, the most, by the configurations of its codecs. */
function samplesOf(boxes: Boxes, iprp: Box): Pick<HeifSize, "isDeep" | "isFullColour"> {
  const ipco = boxes.find(iprp, "ipco");
  const found = ipco === null ? [] : boxes.list(ipco).flatMap((box) => samplesIn(boxes, box) ?? []);
  if (found.length === 0) return { isDeep: true, isFullColour: true };
  return {
    isDeep: found.some(({ isDeep }) => isDeep),
    isFullColour: found.some(({ isFullColour }) => isFullColour),
  };
}

/** AV1CodecConfigurationRecord and HEVCDecoderConfigurationRecord; null for any other box. */
function samplesIn(boxes: Boxes, { type, start }: Box) {
  if (type === "av1C") {
    const flags = boxes.u8(start + 2);
    const isGrey = (flags & 0x10) !== 0;
    return { isDeep: (flags & 0x60) !== 0, isFullColour: !isGrey && (flags & 0x0c) === 0 };
  }
  if (type !== "hvcC") return null;
  const chroma = boxes.u8(start + 16) & 3;
  return { isDeep: (boxes.u8(start + 17) & 7) > 0, isFullColour: chroma === 3 };
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** By the number of the item: the image spatial extents among its properties. */
function itemSizes(boxes: Boxes, iprp: Box): ReadonlyMap<number, Size> {
  const found = new Map<number, Size>();
  const ipco = boxes.find(iprp, "ipco");
  if (ipco === null) return found;
  const properties = boxes.list(ipco);
  for (const ipma of boxes.list(iprp).filter(({ type }) => type === "ipma")) {
    const isWide = (boxes.u8(ipma.start + 3) & 1) === 1;
    const idBytes = boxes.version(ipma) === 0 ? 2 : 4;
    const entries = boxes.u32(ipma.start + 4);
    let at = ipma.start + 8;
    for (let entry = 0; entry < entries && at < ipma.end; entry++) {
      const item = idBytes === 2 ? boxes.u16(at) : boxes.u32(at);
      const count = boxes.u8(at + idBytes);
      at += idBytes + 1;
      for (let index = 0; index < count; index++) {
        // The first bit says that the property is essential; numbers count from 1.
        const number = isWide ? boxes.u16(at) & 0x7fff : boxes.u8(at) & 0x7f;
        at += isWide ? 2 : 1;
        const property = properties[number - 1];
        if (property?.type === "ispe") {
          const [widthPx, heightPx] = [
            boxes.u32(property.start + 4),
            boxes.u32(property.start + 8),
          ];
          found.set(item, { widthPx, heightPx });
        }
      }
    }
  }
  return found;
}

/** By the number of the item: those that it is derived from, as often as they are named. */
function itemParts(boxes: Boxes, iref: Box): ReadonlyMap<number, readonly number[]> {
  const idBytes = boxes.version(iref) === 0 ? 2 : 4;
  const id = (at: number) => (idBytes === 2 ? boxes.u16(at) : boxes.u32(at));
  const found = new Map<number, readonly number[]>();
  for (const { type, start } of boxes.list({ ...iref, start: iref.start + 4 })) {
    if (type !== "dimg") continue;
    const count = boxes.u16(start + idBytes);
    const first = start + idBytes + 2;
    const parts = Array.from({ length: count }, (_, index) => id(first + index * idBytes));
    found.set(id(start), parts);
  }
  return found;
}

/** Big-endian numbers, which throw a RangeError past the end, and the boxes of them. */
class Boxes {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get all(): Box {
    return { type: "file", start: 0, end: this.#view.byteLength };
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    return this.#view.getUint16(at);
  }

  u32(at: number): number {
    return this.#view.getUint32(at);
  }

  version(box: Box): number {
    return this.u8(box.start);
  }

  find(parent: Box, type: string): Box | null {
    return this.list(parent).find((box) => box.type === type) ?? null;
  }

  /** Up to the first that is malformed. */
  list(parent: Box): readonly Box[] {
    const found: Box[] = [];
    for (let at = parent.start; at + 8 <= parent.end;) {
      const isLong = this.u32(at) === 1;
      const head = isLong ? 16 : 8;
      const told = isLong ? this.u32(at + 8) * 2 ** 32 + this.u32(at + 12) : this.u32(at);
      const end = told === 0 ? parent.end : at + told;
      if (end < at + head || end > parent.end) break;
      const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => this.u8(at + offset)));
      found.push({ type, start: at + head, end });
      at = end;
    }
    return found;
  }
}
