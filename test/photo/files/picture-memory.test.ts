import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { heifSize } from "../../../src/photo/files/heif-size.js";
import { pictureKind } from "../../../src/photo/files/picture-kind.js";
import { heicMemory, isHeavy, pictureMemory } from "../../../src/photo/files/picture-memory.js";

const MEGAPIXELS = 1e6;

async function memoryOf(make: (picture: Sharp) => Sharp) {
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: "#345678" } });
  const bytes = await make(picture).toBuffer();
  const kind = pictureKind(bytes);
  if (kind === null) throw new Error("no picture");
  return pictureMemory(bytes, kind, kind === "avif" ? heifSize(bytes) : null);
}

/** What telephones make, in megapixels. */
const [TWELVE, FIFTY, LARGEST] = [4032 * 3024, 8160 * 6144, 16_320 * 12_240];

describe("the memory that there is holds", () => {
  test.each([
    ["JPEG", (picture: Sharp) => picture.jpeg(), LARGEST],
    ["progressive JPEG", (picture: Sharp) => picture.jpeg({ progressive: true }), 9248 * 6928],
    ["PNG", (picture: Sharp) => picture.png(), LARGEST],
    ["interlaced PNG", (picture: Sharp) => picture.png({ progressive: true }), FIFTY],
    ["WebP", (picture: Sharp) => picture.webp(), LARGEST],
    ["GIF", (picture: Sharp) => picture.gif(), FIFTY],
    ["lossless WebP", (picture: Sharp) => picture.webp({ lossless: true }), FIFTY],
    ["TIFF", (picture: Sharp) => picture.tiff(), LARGEST],
    ["AVIF", (picture: Sharp) => picture.avif(), TWELVE],
    [
      "AVIF of 10 bits",
      (picture: Sharp) => picture.avif({ bitdepth: 10, chromaSubsampling: "4:2:0" }),
      TWELVE,
    ],
  ])("what telephones make: %s", async (_, make, pixels) => {
    expect((await memoryOf(make)).limitPixels).toBeGreaterThanOrEqual(pixels);
  });

  test.each([
    [
      "progressive JPEG of full colour",
      (picture: Sharp) => picture.jpeg({ progressive: true, chromaSubsampling: "4:4:4" }),
      40,
    ],
    [
      "transparent interlaced PNG",
      (picture: Sharp) => picture.ensureAlpha().png({ progressive: true }),
      40,
    ],
    ["GIF", (picture: Sharp) => picture.gif(), 57],
    ["lossless WebP", (picture: Sharp) => picture.webp({ lossless: true }), 54],
    [
      "lossless WebP with a profile",
      (picture: Sharp) => picture.webp({ lossless: true }).withMetadata({ density: 300 }),
      54,
    ],
    ["AVIF of 10 bits", (picture: Sharp) => picture.avif({ bitdepth: 10 }), 11],
  ])("no more than was measured: %s", async (_, make, most) => {
    const { limitPixels, form } = await memoryOf(make);
    expect(form).not.toBe("picture");
    expect(limitPixels).toBeLessThanOrEqual(most * MEGAPIXELS);
  });

  test("the tiles of any telephone, and one coded picture as large as HEVC has it", () => {
    const usual = { widthPx: 1, heightPx: 1, isDeep: false, isFullColour: false };
    const tiles = { ...usual, codedPixels: 200 * MEGAPIXELS, largestPixels: 512 * 512 };
    expect(heicMemory(tiles).limitPixels).toBeGreaterThan(LARGEST);
    expect(heicMemory({ ...tiles, isDeep: true }).limitPixels).toBeGreaterThan(LARGEST);
    const one = { ...usual, codedPixels: 35_651_584, largestPixels: 35_651_584 };
    expect(heicMemory(one).limitPixels).toBeGreaterThan(one.codedPixels);
    expect(heicMemory({ ...one, isDeep: true }).limitPixels).toBeLessThan(25 * MEGAPIXELS);
  });
});

test("a JPEG whose head is not understood counts as the most that there is", async () => {
  const made = sharp({ create: { width: 64, height: 64, channels: 3, background: "#345678" } });
  const bytes = await made.jpeg().toBuffer();
  const odd = Buffer.concat([bytes.subarray(0, 2), Buffer.of(0), bytes.subarray(2)]);
  const { form, limitPixels } = pictureMemory(odd, "jpeg");
  expect(form).toBe("progressive JPEG");
  expect(limitPixels).toBeLessThan(30 * MEGAPIXELS);
});

test("what decodes whole and is large is heavy, and nothing that is malformed is", async () => {
  const made = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: "#345678" } });
  for (const side of [100, 3000]) {
    const isLarge = side === 3000;
    const progressive = await made(side).jpeg({ progressive: true }).toBuffer();
    expect(isHeavy(progressive, "jpeg")).toBe(isLarge);
    expect(isHeavy(await made(side).gif({ effort: 1 }).toBuffer(), "gif")).toBe(isLarge);
    expect(isHeavy(await made(side).jpeg().toBuffer(), "jpeg")).toBe(false);
    expect(isHeavy(await made(side).png().toBuffer(), "png")).toBe(false);
    for (const lossless of [false, true]) {
      const webp = made(side).webp({ lossless, effort: 0 });
      expect(isHeavy(await webp.toBuffer(), "webp")).toBe(isLarge);
      const transparent = webp.ensureAlpha(0.5).withMetadata();
      expect(isHeavy(await transparent.toBuffer(), "webp")).toBe(isLarge);
    }
    const head = `P5\n${String(side)} ${String(side)}\n255\n`;
    expect(isHeavy(Buffer.from(head), "pnm")).toBe(isLarge);
  }
  for (const kind of [
    "jpeg",
    "png",
    "gif",
    "avif",
    "heic",
    "webp",
    "tiff",
    "bmp",
    "pnm",
  ] as const) {
    expect(isHeavy(new Uint8Array(40), kind)).toBe(false);
  }
});
