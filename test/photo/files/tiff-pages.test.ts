import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { tiffPages, unreadTiff, type TiffPage } from "../../../src/photo/files/tiff-pages.js";
import { tiffOfPages, withTag } from "../../tiff-file.js";

async function pageOf(make: (picture: Sharp) => Sharp): Promise<TiffPage> {
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: "#808080" } });
  const [page] = tiffPages(await make(picture).toBuffer(), 1) ?? [];
  if (page === undefined) throw new Error("no page");
  return page;
}

describe("the directories of a TIFF say of each page", () => {
  test("its size, and that it comes after the one before it", async () => {
    const pages = tiffPages(await tiffOfPages(3), 100) ?? [];
    expect(pages.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
      [10, 40],
      [20, 40],
      [30, 40],
    ]);
    expect(tiffPages(await tiffOfPages(5), 3)).toHaveLength(4);
  });

  test("how it is stored, and its dots an inch", async () => {
    const page = await pageOf((picture) => picture.tiff({ compression: "lzw", xres: 8, yres: 4 }));
    expect(page).toMatchObject({
      widthPx: 60,
      heightPx: 40,
      compression: 5,
      photometric: 2,
      bits: [8, 8, 8],
      sampleFormats: [1, 1, 1],
      isPlanar: false,
      isTiled: false,
    });
    const [across = 0, down = 0] = page.resolution ?? [];
    expect(across / down).toBeCloseTo(2, 5);
    const tiled = await pageOf((picture) => picture.tiff({ tile: true, tileHeight: 16 }));
    expect(tiled.isTiled).toBe(true);
  });

  test("the same in the other order of bytes and as BigTIFF", async () => {
    const big = await pageOf((picture) => picture.tiff({ compression: "lzw", bigtiff: true }));
    const page = await pageOf((picture) => picture.tiff({ compression: "lzw" }));
    expect(big).toEqual(page);
    // A directory of one entry, the width, as a Macintosh writes it.
    const other = Uint8Array.from(
      [
        [0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
        [0, 1],
        [1, 0, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0],
        [0, 0, 0, 0],
      ].flat(),
    );
    expect(tiffPages(other, 1)?.map(({ widthPx }) => widthPx)).toEqual([9]);
  });

  test("nothing where it is cut off, wherever it is, and ends where it goes in circles", async () => {
    const bytes = await tiffOfPages(2);
    for (let length = 2; length < bytes.length; length += 7) {
      expect(tiffPages(bytes.subarray(0, length), 100)).toBeNull();
    }
    const first = bytes.readUInt32LE(4);
    const circle = Buffer.from(bytes);
    circle.writeUInt32LE(first, first + 2 + 12 * bytes.readUInt16LE(first));
    expect(tiffPages(circle, 100)).toHaveLength(1);
  });
});

describe("a TIFF is not read", () => {
  test.each([
    [6, "compressed with old-style JPEG"],
    [34887, "compressed with LERC"],
    [34925, "compressed with LZMA"],
    [50000, "compressed with ZSTD"],
    [34712, "compressed with JPEG 2000"],
    [12345, "compressed with method 12345"],
  ])("with the compression %i", async (compression, what) => {
    const bytes = await sharp({
      create: { width: 9, height: 9, channels: 3, background: "#808080" },
    })
      .tiff({ compression: "lzw" })
      .toBuffer();
    const [page] = tiffPages(withTag(bytes, 259, compression), 1) ?? [];
    expect(page === undefined ? null : unreadTiff(page)).toBe(what);
  });

  test.each([
    [{ sampleFormats: [3] }, "of signed numbers or fractions"],
    [{ bits: [32] }, "of 32 bits a colour"],
    [{ bits: [12, 12, 12] }, "of 12 bits a colour"],
    [{ photometric: 6 }, "in colours of kind 6"],
    [{ photometric: 8 }, "in colours of kind 8"],
    [{ isPlanar: true, isTiled: true }, "in tiles of one colour each"],
  ])("with %j", async (change, what) => {
    const page = await pageOf((picture) => picture.tiff({ compression: "lzw" }));
    expect(unreadTiff(page)).toBeNull();
    expect(unreadTiff({ ...page, ...change })).toBe(what);
    expect(unreadTiff({ ...page, photometric: 6, compression: 7 })).toBeNull();
  });
});
