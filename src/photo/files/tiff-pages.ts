/**
 * The pages of a TIFF file and how each is stored, from its directories alone: TIFF 6.0, and BigTIFF.
 *
 * libtiff gives black pixels for a compression that it was built without, and libvips takes numbers of a
 * form that it does not know for brightness: so what is known to be read truly is listed here, and all
 * else is named. Gives null for what is malformed; never decodes.
 */

export interface TiffPage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly compression: number;
  readonly photometric: number;
  /** Of each sample of a pixel. */
  readonly bits: readonly number[];
  /** 1: unsigned whole numbers. */
  readonly sampleFormats: readonly number[];
  /** Each colour by itself. */
  readonly isPlanar: boolean;
  readonly isTiled: boolean;
  /** Dots a unit, across and down; null where it says nothing. */
  readonly resolution: readonly [across: number, down: number] | null;
}

const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  xResolution: 282,
  yResolution: 283,
  planar: 284,
  tileWidth: 322,
  sampleFormat: 339,
} as const;

/** Bytes of one number of each type that is looked at: BYTE, SHORT, LONG, RATIONAL and LONG8. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8, 16: 8 };

/** More samples than a pixel has. */
const VALUES_LIMIT = 8;

/** Every page, up to one more than `limit`; null where one of them is malformed. */
export function tiffPages(bytes: Uint8Array, limit: number): readonly TiffPage[] | null {
  try {
    return [...pagesOf(new TiffFile(bytes), limit)];
  } catch (error) {
    // Past the end of the file, by an offset that is not there.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function* pagesOf(file: TiffFile, limit: number): Generator<TiffPage> {
  const seen = new Set<number>();
  let start = file.first;
  while (start !== 0 && !seen.has(start) && seen.size <= limit) {
    seen.add(start);
    const directory = file.directory(start);
    yield pageOf(directory.values);
    start = directory.next;
  }
}

type Values = ReadonlyMap<number, readonly number[]>;

function pageOf(values: Values): TiffPage {
  const one = (tag: number, otherwise: number) => values.get(tag)?.[0] ?? otherwise;
  const [across, down] = [one(TAG.xResolution, 0), one(TAG.yResolution, 0)];
  return {
    widthPx: one(TAG.width, 0),
    heightPx: one(TAG.height, 0),
    compression: one(TAG.compression, 1),
    photometric: one(TAG.photometric, 0),
    bits: values.get(TAG.bits) ?? [1],
    sampleFormats: values.get(TAG.sampleFormat) ?? [1],
    isPlanar: one(TAG.planar, 1) === 2,
    isTiled: values.has(TAG.tileWidth),
    resolution: across > 0 && down > 0 ? [across, down] : null,
  };
}

/** None; CCITT by rows, by group 3 and by group 4; LZW; JPEG; deflate by both its numbers; PackBits; WebP. */
const READ_COMPRESSIONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 7, 8, 32946, 32773, 50001]);

const JPEG = 7;

/** As libtiff's tiff.h and its users number them. */
const COMPRESSIONS: Readonly<Record<number, string>> = {
  6: "old-style JPEG",
  9: "JBIG",
  10: "JBIG",
  32766: "NeXT",
  32809: "ThunderScan",
  32909: "PixarLog",
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  34661: "JBIG",
  34676: "SGILog",
  34677: "SGILog",
  34712: "JPEG 2000",
  34715: "JBIG2",
  34887: "LERC",
  34892: "lossy JPEG",
  34925: "LZMA",
  34933: "PNG",
  34934: "JPEG XR",
  50000: "ZSTD",
  50002: "JPEG XL",
  52546: "JPEG XL",
};

/** WhiteIsZero, BlackIsZero, RGB, palette and separated inks. */
const READ_PHOTOMETRICS: readonly number[] = [0, 1, 2, 3, 5];
const YCBCR = 6;

/** What of a page would not be read truly, as it ends "a TIFF "; null where all is. */
export function unreadTiff(page: TiffPage): string | null {
  const { compression, photometric, bits, sampleFormats, isPlanar, isTiled } = page;
  if (!READ_COMPRESSIONS.has(compression)) {
    return `compressed with ${COMPRESSIONS[compression] ?? `method ${String(compression)}`}`;
  }
  if (sampleFormats.some((format) => format !== 1)) return "of signed numbers or fractions";
  if (bits.some((each) => ![1, 2, 4, 8, 16].includes(each))) {
    return `of ${String(Math.max(...bits))} bits a colour`;
  }
  // Only the decoder of JPEG turns it into red, green and blue.
  const isRead = READ_PHOTOMETRICS.includes(photometric);
  if (!isRead && !(photometric === YCBCR && compression === JPEG)) {
    return `in colours of kind ${String(photometric)}`;
  }
  return isPlanar && isTiled ? "in tiles of one colour each" : null;
}

/** Numbers in the order of the file's bytes, which throw a RangeError past its end. */
class TiffFile {
  readonly #view: DataView;
  readonly #isLittle: boolean;
  readonly #isBig: boolean;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isLittle = this.#view.getUint8(0) === 0x49;
    this.#isBig = this.#u16(2) === 43;
  }

  get first(): number {
    return this.#isBig ? this.#u64(8) : this.#u32(4);
  }

  directory(start: number): { readonly values: Values; readonly next: number } {
    const entries = this.#isBig ? this.#u64(start) : this.#u16(start);
    const [head, entryBytes] = this.#isBig ? [8, 20] : [2, 12];
    const values = new Map<number, readonly number[]>();
    const end = start + head + entries * entryBytes;
    const next = this.#isBig ? this.#u64(end) : this.#u32(end);
    for (let at = start + head; at < end; at += entryBytes) {
      const read = this.#entry(at);
      if (read !== null) values.set(this.#u16(at), read);
    }
    return { values, next };
  }

  /** Null for types that nothing here is of. */
  #entry(at: number): readonly number[] | null {
    const type = this.#u16(at + 2);
    const size = TYPE_BYTES[type];
    const count = this.#isBig ? this.#u64(at + 4) : this.#u32(at + 4);
    if (size === undefined || count === 0) return null;
    const [place, room] = this.#isBig ? [at + 12, 8] : [at + 8, 4];
    const isHere = count * size <= room;
    const start = isHere ? place : this.#isBig ? this.#u64(place) : this.#u32(place);
    const length = Math.min(count, VALUES_LIMIT);
    return Array.from({ length }, (_, index) => this.#number(type, start + index * size));
  }

  #number(type: number, at: number): number {
    switch (type) {
      case 1:
        return this.#view.getUint8(at);
      case 3:
        return this.#u16(at);
      case 4:
        return this.#u32(at);
      case 5: {
        const below = this.#u32(at + 4);
        return below === 0 ? 0 : this.#u32(at) / below;
      }
      default:
        return this.#u64(at);
    }
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, this.#isLittle);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }

  #u64(at: number): number {
    return Number(this.#view.getBigUint64(at, this.#isLittle));
  }
}
