import { describe, expect, test } from "vitest";
import { onGround, transparencyOf } from "../../src/photo/ground.js";

/** Grey and how opaque, of each pixel. */
function grey(...pixels: readonly (readonly [number, number])[]) {
  return { bytes: Uint8Array.from(pixels.flat()), samples: 2 };
}

describe("a transparent picture", () => {
  test("is on black where nearly all that is opaque is light, else on white", () => {
    expect(transparencyOf(grey([255, 255], [0, 0]))).toBe("black");
    expect(transparencyOf(grey([0, 255], [255, 0]))).toBe("white");
    expect(transparencyOf(grey([0, 255], [255, 255], [0, 0]))).toBe("white");
    // The edges of what was drawn in white may be dark.
    const white = new Array<readonly [number, number]>(200).fill([255, 255]);
    expect(transparencyOf(grey(...white, [0, 255], [0, 0]))).toBe("black");
  });

  test("is told where it is not transparent, or nothing of it is opaque", () => {
    expect(transparencyOf(grey([0, 255], [255, 255]))).toBe("opaque");
    expect(transparencyOf(grey([0, 0], [255, 0]))).toBe("hidden");
  });

  test("is mixed with its ground as far as it is transparent", () => {
    const pixels = grey([200, 255], [200, 0], [100, 51]);
    expect([...onGround(pixels, "white")]).toEqual([200, 255, 224]);
    expect([...onGround(pixels, "black")]).toEqual([200, 0, 20]);
  });

  test("in colour is as bright as its colours", () => {
    const bytes = Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 0);
    expect([...onGround({ bytes, samples: 4 }, "white")]).toEqual([76, 150, 29, 255]);
  });
});
