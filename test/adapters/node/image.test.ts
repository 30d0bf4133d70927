import { readFileSync } from "node:fs";
import sharp, { type Sharp, type TiffOptions } from "sharp";
import { describe, expect, test } from "vitest";
import {
  loadPicture,
  openPicture,
  openPictures,
  pictureSize,
} from "../../../src/adapters/node/image.js";
import { PAGES_LIMIT } from "../../../src/core/sheet/page-text.js";
import { Refusal } from "../../../src/core/problem.js";
import { bmp } from "../../bmp-file.js";
import { jpegWithDots, pngWithDots } from "../../dots-an-inch.js";
import { type Grid, heicOfTiles } from "../../heic-of-tiles.mjs";
import { heif } from "../../heif-file.js";
import { pnm } from "../../pnm-file.js";
import { tiffOfPages, withTag } from "../../tiff-file.js";

const source = "photo";

/** 60 x 40 pixels, black on the left third, white beyond it. */
function blackAndWhite(): Sharp {
  const luma = Buffer.alloc(60 * 40, 255);
  for (let y = 0; y < 40; y++) luma.fill(0, y * 60, y * 60 + 20);
  return sharp(luma, { raw: { width: 60, height: 40, channels: 1 } });
}

/** Noise does not compress, so that a cut takes pixels away. */
function noise(): Sharp {
  const luma = Buffer.from(
    Array.from({ length: 300 * 200 }, (_, index) => (index * index * 31) % 251),
  );
  return sharp(luma, { raw: { width: 300, height: 200, channels: 1 } });
}

function oneBit(options: TiffOptions): Sharp {
  return blackAndWhite()
    .toColourspace("b-w")
    .tiff({ bitdepth: 1, compression: "none", ...options });
}

/** A PNG that is only a header: width, height, eight bits of grey, no pixels. */
function pngHeader(widthPx: number, heightPx: number, interlace: 0 | 1 = 0): Uint8Array {
  const bytes = Buffer.alloc(33);
  bytes.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
  bytes.writeUInt32BE(widthPx, 16);
  bytes.writeUInt32BE(heightPx, 20);
  bytes[24] = 8;
  bytes[28] = interlace;
  let crc = 0xffffffff;
  for (const byte of bytes.subarray(12, 29)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  bytes.writeUInt32BE(~crc >>> 0, 29);
  return Buffer.concat([bytes, Buffer.from("\0\0\0\0IDAT\x35\xaf\x06\x1e", "latin1")]);
}

/** The same as `blackAndWhite`. */
function blackAndWhiteBmp(): Buffer {
  const row = Array.from({ length: 60 }, (_, x) => (x < 20 ? 0 : 0xffffff));
  return bmp(
    Array.from({ length: 40 }, () => row),
    { bits: 24 },
  );
}

/** The same as `blackAndWhite`. */
function blackAndWhitePnm(): Buffer {
  const row = Array.from({ length: 60 }, (_, x) => (x < 20 ? 1 : 0));
  const samples = Array.from({ length: 40 }, () => row).flat();
  return pnm(samples, { widthPx: 60, heightPx: 40, kind: 4, most: 1 });
}

/** Frames of one size: the first as `blackAndWhite`, the others all black. */
async function animated(form: "gif" | "webp"): Promise<Buffer> {
  const first = await blackAndWhite().toColourspace("b-w").raw().toBuffer();
  const frames = Buffer.concat([first, Buffer.alloc(first.length), Buffer.alloc(first.length)]);
  return sharp(frames, { raw: { width: 60, height: 120, channels: 1, pageHeight: 40 } })
    .toFormat(form)
    .toBuffer();
}

async function refusalOf(reading: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error("not refused");
  return error;
}

describe("a picture file", () => {
  test.each([
    ["JPEG", () => blackAndWhite().jpeg({ quality: 95 })],
    ["JPEG in colour", () => blackAndWhite().toColourspace("srgb").jpeg({ quality: 95 })],
    ["progressive JPEG", () => blackAndWhite().jpeg({ quality: 95, progressive: true })],
    ["JPEG in CMYK", () => blackAndWhite().toColourspace("cmyk").jpeg({ quality: 95 })],
    ["PNG", () => blackAndWhite().png()],
    ["PNG of 16 bits", () => blackAndWhite().toColourspace("rgb16").png()],
    ["PNG of two colours", () => blackAndWhite().png({ palette: true, colours: 2 })],
    ["WebP", () => blackAndWhite().webp({ quality: 95 })],
    ["lossless WebP", () => blackAndWhite().webp({ lossless: true })],
    ["GIF", () => blackAndWhite().gif()],
    ["AVIF", () => blackAndWhite().avif({ quality: 90 })],
    ["AVIF of 10 bits", () => blackAndWhite().avif({ quality: 90, bitdepth: 10 })],
    ["TIFF", () => blackAndWhite().tiff()],
    [
      "TIFF as fax",
      () => blackAndWhite().toColourspace("b-w").tiff({ compression: "ccittfax4", bitdepth: 1 }),
    ],
    [
      "TIFF of one bit",
      () => blackAndWhite().toColourspace("b-w").tiff({ compression: "none", bitdepth: 1 }),
    ],
    ["TIFF in CMYK", () => blackAndWhite().toColourspace("cmyk").tiff({ compression: "lzw" })],
    ["TIFF of 16 bits", () => blackAndWhite().toColourspace("grey16").tiff()],
    ["TIFF of two bits", () => blackAndWhite().toColourspace("b-w").tiff({ bitdepth: 2 })],
    ["TIFF of four bits", () => blackAndWhite().toColourspace("b-w").tiff({ bitdepth: 4 })],
    ["TIFF of one bit, white first", () => oneBit({ miniswhite: true })],
    ["TIFF of PackBits", () => oneBit({ compression: "packbits" })],
    ["TIFF of JPEG", () => blackAndWhite().tiff({ compression: "jpeg", quality: 95 })],
    ["BigTIFF", () => blackAndWhite().tiff({ bigtiff: true })],
    ["TIFF in tiles", () => blackAndWhite().tiff({ tile: true, pyramid: true })],
    ["BMP", () => ({ toBuffer: () => Promise.resolve(blackAndWhiteBmp()) })],
    ["PNM", () => ({ toBuffer: () => Promise.resolve(blackAndWhitePnm()) })],
    ["animated GIF, its first frame", () => ({ toBuffer: () => animated("gif") })],
    ["animated WebP, its first frame", () => ({ toBuffer: () => animated("webp") })],
  ])("is read as brightness: %s", async (_name, make) => {
    const picture = await loadPicture(await make().toBuffer(), source);
    expect([picture.widthPx, picture.heightPx, picture.luma.length]).toEqual([60, 40, 2400]);
    for (const y of [0, 20, 39]) {
      expect(picture.luma[y * 60 + 10]).toBeLessThan(10);
      expect(picture.luma[y * 60 + 30]).toBeGreaterThan(245);
    }
  });

  test("is turned upright by its EXIF orientation", async () => {
    const bytes = await blackAndWhite().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const picture = await loadPicture(bytes, source);
    expect([picture.widthPx, picture.heightPx]).toEqual([40, 60]);
    expect(picture.luma[10 * 40 + 20]).toBeLessThan(10);
    expect(picture.luma[50 * 40 + 20]).toBeGreaterThan(245);
    expect(await pictureSize(bytes, source)).toEqual({ widthPx: 40, heightPx: 60 });
  });

  test("is turned upright once where it is HEIC, and shrunk like any other", async () => {
    const bytes = readFileSync("fixtures/photos/turned.heic");
    const picture = await openPicture(bytes, source);
    expect(picture.size).toEqual({ widthPx: 1248, heightPx: 1728 });
    const whole = await picture.load();
    expect([whole.widthPx, whole.heightPx]).toEqual([1248, 1728]);
    const small = await picture.load(400);
    expect([small.widthPx, small.heightPx, small.luma.length]).toEqual([289, 400, 289 * 400]);
    // The white of the page's upper part, its code, and the desk beside it.
    expect(small.luma[100 * 289 + 145]).toBeGreaterThan(150);
    expect(small.luma[5 * 289 + 5]).toBeLessThan(100);
  });

  test("is laid together of its tiles where it is HEIC, however it is turned", async () => {
    const tile = readFileSync("fixtures/photos/ten-bits.heic");
    const grid = { columns: 3, rows: 2, widthPx: 900, heightPx: 600 } as const;
    const { luma: own } = await loadPicture(tile, source);
    const stored = (x: number, y: number) => own[(y % 320) * 320 + (x % 320)];
    const seen: readonly (readonly [Partial<Grid>, (x: number, y: number) => [number, number]])[] =
      [
        [{}, (x, y) => [x, y]],
        [{ quarters: 1 }, (x, y) => [899 - y, x]],
        [{ quarters: 2 }, (x, y) => [899 - x, 599 - y]],
        [{ quarters: 3 }, (x, y) => [y, 599 - x]],
        [{ mirrored: "columns" }, (x, y) => [899 - x, y]],
        [{ mirrored: "rows" }, (x, y) => [x, 599 - y]],
      ];
    for (const [how, placeOf] of seen) {
      const isOnSide = (how.quarters ?? 0) % 2 === 1;
      const { widthPx, heightPx, luma } = await loadPicture(
        heicOfTiles(tile, { ...grid, ...how }),
        source,
      );
      expect([widthPx, heightPx]).toEqual(isOnSide ? [600, 900] : [900, 600]);
      for (let place = 0; place < luma.length; place += 997) {
        const [x, y] = placeOf(place % widthPx, Math.floor(place / widthPx));
        expect(luma[place]).toBe(stored(x, y));
      }
    }
  });

  test("is decoded once where it only decodes whole", async () => {
    const picture = await openPicture(blackAndWhiteBmp(), source);
    expect(await picture.load()).toBe(await picture.load(60));
    const small = await picture.load(30);
    expect([small.widthPx, small.heightPx, small.luma.length]).toEqual([30, 20, 600]);
  });

  test.each([
    [1, 1],
    [20_000, 20],
    [20, 20_000],
  ])("may be %i by %i pixels", async (width, height) => {
    const made = sharp({ create: { width, height, channels: 3, background: "#808080" } });
    for (const form of ["png", "tiff", "gif"] as const) {
      const bytes = await made.clone().toFormat(form).toBuffer();
      expect(await pictureSize(bytes, source)).toEqual({ widthPx: width, heightPx: height });
      const small = await loadPicture(bytes, source, 1600);
      expect(small.luma.length).toBe(small.widthPx * small.heightPx);
      expect(Math.abs((small.luma[0] ?? 0) - 128)).toBeLessThan(3);
    }
  });

  test("has the pages of a scan, each of its own size", async () => {
    const bytes = await tiffOfPages(3);
    const pages = await openPictures(bytes, source);
    expect(pages.map(({ size }) => size.widthPx)).toEqual([10, 20, 30]);
    for (const page of pages) {
      const { luma, widthPx } = await page.load();
      expect(widthPx).toBe(page.size.widthPx);
      expect([...new Set(luma)]).toEqual([64]);
    }
    expect(await openPictures(await animated("gif"), source)).toHaveLength(1);
  });

  test("is made square where its dots an inch are not, and turned as well", async () => {
    const jpeg = await blackAndWhite().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const png = await blackAndWhite().png().toBuffer();
    const tiff = await blackAndWhite().tiff({ xres: 8, yres: 4 }).toBuffer();
    for (const [bytes, widthPx, heightPx] of [
      [jpegWithDots(jpeg, [200, 100]), 80, 60],
      [jpegWithDots(jpeg, [100, 200]), 40, 120],
      [pngWithDots(png, [8000, 4000]), 60, 80],
      [tiff, 60, 80],
    ] as const) {
      const picture = await openPicture(bytes, source);
      expect(picture.size).toEqual({ widthPx, heightPx });
      const { luma, ...size } = await picture.load();
      expect(size).toEqual({ widthPx, heightPx });
      expect(luma.length).toBe(widthPx * heightPx);
      const small = await picture.load(20);
      expect(Math.max(small.widthPx, small.heightPx)).toBe(20);
      // As it is stored, where what it says is wrong.
      const [stored] = (await picture.others?.()) ?? [];
      expect(Object.values(stored?.size ?? {}).sort((a, b) => a - b)).toEqual([40, 60]);
    }
  });

  test.each(["group-3", "ccitt-rows", "webp"])(
    "is read as a TIFF of other programs: %s",
    async (name) => {
      const picture = await loadPicture(readFileSync(`fixtures/tiff/${name}.tif`), source);
      expect([picture.widthPx, picture.heightPx]).toEqual([96, 64]);
      for (const y of [0, 30, 63]) {
        expect(picture.luma[y * 96 + 10]).toBeLessThan(10);
        expect(picture.luma[y * 96 + 60]).toBeGreaterThan(245);
      }
    },
  );

  test("has the pages of a Netpbm file", async () => {
    const shape = { widthPx: 2, heightPx: 1, kind: 5, most: 255 } as const;
    const bytes = Buffer.concat([pnm([1, 2], shape), pnm([3, 4], shape)]);
    const pages = await openPictures(bytes, source);
    const lumas = await Promise.all(pages.map(async (page) => [...(await page.load()).luma]));
    expect(lumas).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("is shrunk to the long side asked for, upright, and never enlarged", async () => {
    const bytes = await blackAndWhite().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const small = await loadPicture(bytes, source, 30);
    expect([small.widthPx, small.heightPx, small.luma.length]).toEqual([20, 30, 600]);
    const same = await loadPicture(bytes, source, 1000);
    expect([same.widthPx, same.heightPx]).toEqual([40, 60]);
  });
});

describe("a picture file is refused", () => {
  test.each([
    ["JPEG", () => noise().jpeg()],
    ["progressive JPEG", () => noise().jpeg({ progressive: true })],
    ["PNG", () => noise().png()],
    ["interlaced PNG", () => noise().png({ progressive: true })],
    ["WebP", () => noise().webp()],
    ["lossless WebP", () => noise().webp({ lossless: true })],
    ["GIF", () => noise().gif()],
    ["AVIF", () => noise().avif({ effort: 0 })],
    ["TIFF", () => noise().tiff({ compression: "lzw" })],
    [
      "HEIC",
      () => ({ toBuffer: () => Promise.resolve(readFileSync("fixtures/photos/turned.heic")) }),
    ],
    ["BMP", () => ({ toBuffer: () => Promise.resolve(blackAndWhiteBmp()) })],
    ["PNM", () => ({ toBuffer: () => Promise.resolve(blackAndWhitePnm()) })],
  ])("wherever it is cut off: %s", async (_name, make) => {
    const bytes = await make().toBuffer();
    for (const part of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99]) {
      const cut = bytes.subarray(0, Math.max(54, Math.floor(bytes.length * part)));
      for (const longSidePx of [undefined, 100]) {
        const refusal = await refusalOf(loadPicture(cut, source, longSidePx));
        expect(refusal.problems).toEqual([{ code: "image-damaged", source }]);
      }
    }
  });

  test("without a trace of the library's own error", async () => {
    const refusal = await refusalOf(loadPicture(pngHeader(10, 10), source));
    expect(refusal.message).toBe("image-damaged");
    expect(refusal.cause).toBeUndefined();
  });

  test("when its header says more than can be read within the memory that there is", async () => {
    const tooLarge = (form: string) => [
      expect.objectContaining({ code: "image-too-large", source, form }) as unknown,
    ];
    const large = pngHeader(16_384, 12_289);
    expect((await refusalOf(pictureSize(large, source))).problems).toEqual(tooLarge("picture"));
    expect(await pictureSize(pngHeader(16_384, 12_288), source)).toEqual({
      widthPx: 16_384,
      heightPx: 12_288,
    });
    const greymap = Buffer.from("P5 20000 20000 255\n");
    expect((await refusalOf(pictureSize(greymap, source))).problems).toEqual(tooLarge("picture"));
    const interlaced = pngHeader(16_000, 12_000, 1);
    expect((await refusalOf(pictureSize(interlaced, source))).problems).toEqual(
      tooLarge("interlaced PNG"),
    );
  });

  test("when its boxes say more, or it is laid together of more", async () => {
    const shape = { primary: 1, parts: new Map<number, readonly number[]>() };
    const large = heif({ ...shape, sizes: new Map([[1, [10_000, 5001]]]) });
    const parts = new Map([[1, Array.from({ length: 1000 }, () => 2)]]);
    const sizes = new Map([1, 2].map((item) => [item, [1000, 1000] as const]));
    const many = heif({ ...shape, sizes, parts });
    const avif = Buffer.from(many);
    avif.write("avif", 8);
    for (const [bytes, form] of [
      [large, "HEIC"],
      [many, "HEIC"],
      [avif, "AVIF"],
    ] as const) {
      const { problems } = await refusalOf(openPicture(bytes, source));
      expect(problems).toMatchObject([{ code: "image-too-large", source, form }]);
    }
  });

  test("when it is a TIFF that would be drawn wrongly", async () => {
    const bytes = await blackAndWhite().tiff({ compression: "lzw" }).toBuffer();
    const refusal = await refusalOf(openPictures(withTag(bytes, 259, 50_000), source));
    const what = "compressed with ZSTD";
    expect(refusal.problems).toEqual([{ code: "tiff-unread", source, what }]);
  });

  test("when a scan has more than 100 pages", async () => {
    const bytes = await tiffOfPages(101);
    expect((await refusalOf(openPictures(bytes, source))).problems).toEqual([
      { code: "picture-pages", source, pages: 101, limit: PAGES_LIMIT },
    ]);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("urban merge lamp memory")],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ["ICO", Buffer.from("\0\0\x01\0\x01\0", "latin1")],
    ["JPEG XL", Buffer.from("\xff\x0a\0\0", "latin1")],
    ["a film", Buffer.from("\0\0\0\x14ftypisom\0\0\0\0isom", "latin1")],
    ["a text that begins with BM", Buffer.from("BM is a bank, and this is no picture at all.")],
    ["compressed BMP", Buffer.from(blackAndWhiteBmp()).fill(1, 30, 31)],
  ])("when it is of another kind: %s", async (_name, bytes) => {
    const refusal = await refusalOf(loadPicture(bytes, source));
    expect(refusal.problems).toEqual([{ code: "file-unknown-type", source }]);
  });
});
