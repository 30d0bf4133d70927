import { describe, expect, test } from "vitest";
import { decodeBmp, readBmpHeader } from "../../../src/photo/files/bmp.js";
import { bmp } from "../../bmp-file.js";

/** Five columns: black, red, green, blue, white; three rows, of which the second is white. */
const COLOURS = [0x000000, 0xff0000, 0x00ff00, 0x0000ff, 0xffffff];
const WHITE = 0xffffff;
const ROWS = [COLOURS, COLOURS.map(() => WHITE), COLOURS];
const BRIGHTNESS = [0, 76, 150, 29, 255];

function lumaOf(bytes: Uint8Array): readonly number[] | null {
  const header = readBmpHeader(bytes);
  const picture = header === null ? null : decodeBmp(bytes, header);
  return picture === null ? null : [...picture.luma];
}

describe("a BMP file", () => {
  test.each([4, 8, 16, 24, 32] as const)("of %i bits a pixel is read as brightness", (bits) => {
    const luma = lumaOf(bmp(ROWS, { bits }));
    expect(luma).toEqual([...BRIGHTNESS, 255, 255, 255, 255, 255, ...BRIGHTNESS]);
  });

  test("of one bit a pixel is read by its two colours, whichever is the white one", () => {
    const rows = [[0, 0xffffff, 0xffffff, 0, 0, 0, 0, 0, 0xffffff]];
    const black = [0, 255, 255, 0, 0, 0, 0, 0, 255];
    expect(lumaOf(bmp(rows, { bits: 1 }))).toEqual(black);
    expect(lumaOf(bmp(rows, { bits: 1, palette: [0xffffff, 0] }))).toEqual(black);
  });

  test("is read from the top down where it says so, and with the header of OS/2", () => {
    const rows = [...ROWS, COLOURS.map(() => 0)];
    const luma = [...BRIGHTNESS, 255, 255, 255, 255, 255, ...BRIGHTNESS, 0, 0, 0, 0, 0];
    expect(lumaOf(bmp(rows, { bits: 24, isTopDown: true }))).toEqual(luma);
    expect(lumaOf(bmp(rows, { bits: 24, isCore: true }))).toEqual(luma);
    expect(lumaOf(bmp(rows, { bits: 8, isCore: true }))).toEqual(luma);
  });

  test.each([
    [16, [0xf800, 0x07e0, 0x001f]],
    [32, [0x0000ff, 0x00ff00, 0xff0000]],
    [32, [0xff000000, 0x00ff0000, 0x0000ff00]],
  ] as const)("of %i bits is read by the masks that it gives: %j", (bits, masks) => {
    const luma = lumaOf(bmp(ROWS, { bits, masks }));
    expect(luma).toEqual([...BRIGHTNESS, 255, 255, 255, 255, 255, ...BRIGHTNESS]);
  });

  test("is refused wherever it is cut off, and read when it is longer than it says", () => {
    for (const bits of [4, 8, 16, 24, 32] as const) {
      const bytes = bmp(ROWS, { bits });
      // The last row may lack the bytes that fill it up to four.
      for (let length = 0; length < bytes.length - 3; length++) {
        expect(lumaOf(bytes.subarray(0, length))).toBeNull();
      }
      expect(lumaOf(Buffer.concat([bytes, bytes]))).toEqual(lumaOf(bytes));
    }
  });

  test.each([
    ["compressed", 30, [1]],
    ["of no width", 18, [0, 0, 0, 0]],
    ["of a width below zero", 18, [0xff, 0xff, 0xff, 0xff]],
    ["of no height", 22, [0, 0, 0, 0]],
    ["of 2 bits", 28, [2]],
    ["of a header that is too short", 14, [20]],
    ["with masks of 8 bits", 30, [3]],
  ])("is refused when it is %s", (_, at, change) => {
    const bytes = bmp(ROWS, { bits: 8 });
    bytes.set(change, at);
    expect(readBmpHeader(bytes)).toBeNull();
  });

  test("is refused when a mask has a gap, or is empty", () => {
    expect(readBmpHeader(bmp(ROWS, { bits: 32, masks: [0xf0f, 0xf000, 0xf0000] }))).toBeNull();
    expect(readBmpHeader(bmp(ROWS, { bits: 32, masks: [0, 0xf000, 0xf0000] }))).toBeNull();
  });
});
