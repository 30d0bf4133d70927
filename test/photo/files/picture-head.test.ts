import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { jpegHead, pngHead } from "../../../src/photo/files/picture-head.js";
import { jpegWithDots, jpegWithExifDots, pngWithDots } from "../../dots-an-inch.js";

function grey(channels: 1 | 3 = 3): Sharp {
  const made = sharp({ create: { width: 61, height: 40, channels: 3, background: "#808080" } });
  return channels === 1 ? made.toColourspace("b-w") : made;
}

describe("the head of a JPEG says", () => {
  test.each([
    ["baseline, full colours", { chromaSubsampling: "4:4:4" }, 3, false, 3],
    ["baseline", { chromaSubsampling: "4:2:0" }, 3, false, 1.5],
    ["progressive", { chromaSubsampling: "4:2:0", progressive: true }, 3, true, 1.5],
    ["grey", {}, 1, false, 1],
    ["grey, progressive", { progressive: true }, 1, true, 1],
  ] as const)(
    "its size and how it is stored: %s",
    async (_, options, channels, isProgressive, samplesPerPixel) => {
      const head = jpegHead(await grey(channels).jpeg(options).toBuffer());
      expect(head).toMatchObject({ widthPx: 61, heightPx: 40, isProgressive, samplesPerPixel });
    },
  );

  test("its dots an inch, of JFIF before EXIF", async () => {
    const bytes = await grey().jpeg().toBuffer();
    expect(jpegHead(jpegWithDots(bytes, [204, 98]))?.resolution).toEqual([204, 98]);
    expect(jpegHead(jpegWithDots(bytes, [0, 98]))?.resolution).toBeNull();
    const photo = jpegWithExifDots(bytes, [204, 98]);
    expect(jpegHead(photo)?.resolution).toEqual([204, 98]);
    expect(jpegHead(jpegWithDots(photo, [0, 0]))?.resolution).toEqual([204, 98]);
    expect(jpegHead(jpegWithDots(photo, [300, 300]))?.resolution).toEqual([300, 300]);
  });

  test("nothing where it is cut off before its size, or is none", async () => {
    const bytes = await grey()
      .withExif({ IFD0: { Copyright: "nobody" } })
      .jpeg()
      .toBuffer();
    const frame = bytes.indexOf(Buffer.of(0xff, 0xc0));
    for (let length = 0; length < frame + 10; length++) {
      expect(jpegHead(bytes.subarray(0, length))).toBeNull();
    }
    expect(jpegHead(bytes.subarray(0, frame + 19))).not.toBeNull();
    expect(jpegHead(await grey().png().toBuffer())).toBeNull();
  });
});

describe("the head of a PNG says", () => {
  test.each([
    ["grey", () => grey(1).png(), 1, false],
    ["colour", () => grey().png(), 3, false],
    ["transparent", () => grey().ensureAlpha().png(), 4, false],
    ["colour of 16 bits", () => grey().toColourspace("rgb16").png(), 6, false],
    ["palette", () => grey().png({ palette: true }), 1, false],
    ["interlaced", () => grey().png({ progressive: true }), 3, true],
  ])("its size and how it is stored: %s", async (_, make, bytesPerPixel, isInterlaced) => {
    const head = pngHead(await make().toBuffer());
    expect(head).toMatchObject({ widthPx: 61, heightPx: 40, bytesPerPixel, isInterlaced });
  });

  test("its dots a metre", async () => {
    const bytes = await grey().png().toBuffer();
    expect(pngHead(pngWithDots(bytes, [8031, 3858]))?.resolution).toEqual([8031, 3858]);
    expect(pngHead(pngWithDots(bytes, [8031, 0]))?.resolution).toBeNull();
  });

  test("nothing where it is cut off before its size", async () => {
    const bytes = await grey().png().toBuffer();
    for (let length = 0; length < 33; length++) {
      expect(pngHead(bytes.subarray(0, length))).toBeNull();
    }
  });
});
