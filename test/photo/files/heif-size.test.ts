import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { heifSize } from "../../../src/photo/files/heif-size.js";
import { heif } from "../../heif-file.js";

const TURNED = readFileSync("fixtures/photos/turned.heic");

describe("the size of a HEIF picture", () => {
  test("is that of the stored one, before it is turned", () => {
    expect(heifSize(TURNED)).toEqual({
      widthPx: 1728,
      heightPx: 1248,
      codedPixels: 1728 * 1248,
      largestPixels: 1728 * 1248,
      isDeep: false,
      isFullColour: false,
    });
  });

  test("comes with the bits of its samples, and how many its colours have", async () => {
    const deep = heifSize(readFileSync("fixtures/photos/ten-bits.heic"));
    expect([deep?.isDeep, deep?.isFullColour]).toEqual([true, false]);
    const made = sharp({ create: { width: 64, height: 64, channels: 3, background: "#345678" } });
    for (const bitdepth of [8, 10] as const) {
      for (const chromaSubsampling of ["4:2:0", "4:4:4"]) {
        const avif = await made.clone().avif({ bitdepth, chromaSubsampling }).toBuffer();
        const size = heifSize(avif);
        expect(size?.isDeep).toBe(bitdepth === 10);
        expect(size?.isFullColour).toBe(chromaSubsampling === "4:4:4");
      }
    }
    const unknown = heif({ primary: 1, sizes: new Map([[1, [8, 8]]]), parts: new Map() });
    expect(heifSize(unknown)).toMatchObject({ isDeep: true, isFullColour: true });
  });

  test.each([0, 1] as const)(
    "counts the tiles that it is laid together of: version %i",
    (version) => {
      const tiles = Array.from({ length: 192 }, (_, index) => index + 2);
      const sizes = new Map<number, readonly [number, number]>([[1, [8064, 6048]]]);
      for (const tile of tiles) sizes.set(tile, [512, 512]);
      const bytes = heif({ version, primary: 1, sizes, parts: new Map([[1, tiles]]) });
      expect(heifSize(bytes)).toMatchObject({
        widthPx: 8064,
        heightPx: 6048,
        codedPixels: 192 * 512 * 512,
        largestPixels: 512 * 512,
      });
    },
  );

  test("counts a tile as often as it is named, also through others", () => {
    const same = (item: number) => Array.from({ length: 100 }, () => item);
    const bytes = heif({
      primary: 1,
      sizes: new Map([1, 2, 3].map((item) => [item, [64, 64] as const])),
      parts: new Map([
        [1, same(2)],
        [2, same(3)],
      ]),
    });
    expect(heifSize(bytes)?.codedPixels).toBe(Infinity);
    const once = heif({
      primary: 1,
      sizes: new Map([1, 2].map((item) => [item, [64, 64] as const])),
      parts: new Map([[1, same(2)]]),
    });
    expect(heifSize(once)?.codedPixels).toBe(100 * 64 * 64);
  });

  test("has no end where a picture is laid together of itself", () => {
    const bytes = heif({
      primary: 1,
      sizes: new Map([[1, [64, 64] as const]]),
      parts: new Map([[1, [1]]]),
    });
    expect(heifSize(bytes)?.codedPixels).toBe(Infinity);
  });

  test("is null for what is malformed, wherever it is cut off", () => {
    expect(heifSize(new Uint8Array())).toBeNull();
    expect(
      heifSize(heif({ primary: 2, sizes: new Map([[1, [8, 8]]]), parts: new Map() })),
    ).toBeNull();
    for (let length = 0; length < 340; length++) {
      expect(heifSize(TURNED.subarray(0, length))).toBeNull();
    }
  });
});
