import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pictureKind } from "../../../src/photo/files/picture-kind.js";
import { decodePnm, pnmPages } from "../../../src/photo/files/pnm.js";
import { pnm, type PnmShape } from "../../pnm-file.js";

function lumaOf(bytes: Uint8Array): readonly number[] | null {
  const [head] = pnmPages(bytes, 100) ?? [];
  const picture = head === undefined ? null : decodePnm(bytes, head);
  return picture === null ? null : [...picture.luma];
}

const SAMPLES = { 1: 1, 2: 1, 3: 3, 4: 1, 5: 1, 6: 3, 7: 3 } as const;
const kinds = fc.constantFrom(1, 2, 3, 4, 5, 6, 7);
const sides = fc.integer({ min: 1, max: 20 });
const spaces = fc.constantFrom("\n", " ", "\t", " \n# a comment 5 5\n", "\r\n", "\n#\n");

/** A file of any kind, and the samples in it. */
const files = fc
  .record({
    kind: kinds,
    widthPx: sides,
    heightPx: sides,
    most: fc.oneof(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 256, max: 65_535 })),
    space: spaces,
  })
  .chain((any) => {
    const shape: PnmShape = any.kind === 1 || any.kind === 4 ? { ...any, most: 1 } : any;
    const length = shape.widthPx * shape.heightPx * SAMPLES[shape.kind];
    const samples = fc.array(fc.integer({ min: 0, max: shape.most }), {
      minLength: length,
      maxLength: length,
    });
    return fc.record({ shape: fc.constant(shape), samples });
  });

/** By the definition, with other code. */
function expected(samples: readonly number[], { kind, most }: PnmShape): readonly number[] {
  const scaled = samples.map((sample) => (255 * sample) / most);
  if (kind === 1 || kind === 4) return samples.map((bit) => 255 * (1 - bit));
  if (SAMPLES[kind] === 1) return scaled;
  return Array.from({ length: scaled.length / 3 }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = scaled.slice(3 * index, 3 * index + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
}

describe("a Netpbm file", () => {
  test("of any kind, size, depth and spacing is read as brightness", () => {
    fc.assert(
      fc.property(files, ({ shape, samples }) => {
        const bytes = pnm(samples, shape);
        expect(pictureKind(bytes)).toBe("pnm");
        const luma = lumaOf(bytes) ?? [];
        const levels = expected(samples, shape);
        expect(luma.length).toBe(levels.length);
        for (const [index, level] of levels.entries()) {
          expect(Math.abs((luma[index] ?? NaN) - level)).toBeLessThanOrEqual(0.51);
        }
      }),
    );
  });

  test("is refused wherever it is cut off", () => {
    fc.assert(
      fc.property(files, fc.double({ min: 0, max: 0.999, noNaN: true }), (file, part) => {
        const bytes = pnm(file.samples, file.shape);
        // The last number of a plain file may lack its last figures, and the line its end.
        const last = file.shape.kind <= 3 ? 1 + String(file.samples.at(-1)).length : 0;
        const length = Math.floor((bytes.length - last) * part);
        expect(lumaOf(bytes.subarray(0, length))).toBeNull();
      }),
    );
  });

  test("has several pages where raw ones stand behind one another", () => {
    const shape = { widthPx: 3, heightPx: 2, kind: 5, most: 255 } as const;
    const pages = [1, 2, 3].map((level) => pnm(new Array<number>(6).fill(level), shape));
    const bytes = Buffer.concat(pages);
    const heads = pnmPages(bytes, 100) ?? [];
    const levels = heads.map((head) => decodePnm(bytes, head)?.luma[0]);
    expect(levels).toEqual([1, 2, 3]);
    expect(pnmPages(bytes, 1)).toHaveLength(2);
  });

  test("is on white where a PAM is transparent", () => {
    const shape = { widthPx: 3, heightPx: 1, kind: 7, most: 100 } as const;
    const grey = pnm([0, 100, 0, 0, 0, 50], { ...shape, depth: 2 });
    expect(lumaOf(grey)).toEqual([0, 255, 128]);
    const colour = pnm([0, 0, 0, 100, 9, 9, 9, 0, 100, 100, 100, 50], { ...shape, depth: 4 });
    expect(lumaOf(colour)).toEqual([0, 255, 255]);
  });

  test("that asks for more than it has takes no memory", () => {
    for (const kind of [1, 2, 3, 4, 5, 6] as const) {
      const head = pnm([], { widthPx: 1, heightPx: 1, kind, most: 255 }).toString("latin1");
      const huge = head.replace(/1\n1/, "99999999\n99999999");
      expect(lumaOf(Buffer.from(huge, "latin1"))).toBeNull();
    }
  });

  test.each([
    ["has no size", "P5\n"],
    ["has no width", "P5\n0 5\n255\n....."],
    ["has samples of no size", "P5\n1 1\n0\n."],
    ["has samples of more than two bytes", "P5\n1 1\n65536\n...."],
    ["has a sample that is larger than it says", "P2\n1 1\n7\n8\n"],
    ["has letters for numbers", "P2\n1 1\n9\nx\n"],
    ["is of another kind", "P8\n1 1\n9\n."],
    ["is a PAM without an end of its head", "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\n."],
    ["is a PAM of many samples", "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 9\nMAXVAL 1\nENDHDR\n........."],
  ])("is refused when it %s", (_, text) => {
    expect(lumaOf(Buffer.from(text, "latin1"))).toBeNull();
  });

  test.each(["P1 is the first page", "P3, 12 34", "P2", "P51 2 3 ", "PS 1 2 "])(
    "is no text that begins like one: %s",
    (text) => {
      expect(pictureKind(Buffer.from(text))).toBeNull();
    },
  );
});
