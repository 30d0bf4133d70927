import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { PICTURE_LIMIT_PIXELS, loadPicture, pictureSize } from "../../src/adapters/image.js";
import { Refusal } from "../../src/core/problem.js";

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

/** A PNG that is only a header: width, height, eight bits of grey, no pixels. */
function pngHeader(widthPx: number, heightPx: number): Uint8Array {
  const bytes = Buffer.alloc(33);
  bytes.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
  bytes.writeUInt32BE(widthPx, 16);
  bytes.writeUInt32BE(heightPx, 20);
  bytes[24] = 8;
  let crc = 0xffffffff;
  for (const byte of bytes.subarray(12, 29)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  bytes.writeUInt32BE(~crc >>> 0, 29);
  return Buffer.concat([bytes, Buffer.from("\0\0\0\0IDAT\x35\xaf\x06\x1e", "latin1")]);
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

  test("is put on white where it is transparent", async () => {
    const bytes = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const picture = await loadPicture(bytes, source);
    expect([...new Set(picture.luma)]).toEqual([255]);
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
  ])("wherever it is cut off: %s", async (_name, make) => {
    const bytes = await make().toBuffer();
    for (const part of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99]) {
      const cut = bytes.subarray(0, Math.max(12, Math.floor(bytes.length * part)));
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

  test("when its header says more than 64 megapixels", async () => {
    const problems = [{ code: "image-too-large", source, limitPixels: PICTURE_LIMIT_PIXELS }];
    expect((await refusalOf(loadPicture(pngHeader(8001, 8000), source))).problems).toEqual(
      problems,
    );
    expect((await refusalOf(pictureSize(pngHeader(8000, 8001), source))).problems).toEqual(
      problems,
    );
    expect(await pictureSize(pngHeader(8000, 8000), source)).toEqual({
      widthPx: 8000,
      heightPx: 8000,
    });
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("urban merge lamp memory")],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ["GIF", Buffer.from("GIF89a\x01\0\x01\0\0\0\0;", "latin1")],
  ])("when it is of another kind: %s", async (_name, bytes) => {
    const refusal = await refusalOf(loadPicture(bytes, source));
    expect(refusal.problems).toEqual([{ code: "file-unknown-type", source }]);
  });
});
