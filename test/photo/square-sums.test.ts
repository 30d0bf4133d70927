import fc from "fast-check";
import { expect, test } from "vitest";
import { SquareSums } from "../../src/photo/square-sums.js";

test("sums and counts are those of the pixels of each square that are on the picture", () => {
  const sizes = fc.record({
    widthPx: fc.integer({ min: 1, max: 12 }),
    heightPx: fc.integer({ min: 1, max: 12 }),
    half: fc.integer({ min: 0, max: 15 }),
  });
  fc.assert(
    fc.property(sizes, fc.uint8Array({ minLength: 144, maxLength: 144 }), (squares, values) => {
      const { widthPx, heightPx, half } = squares;
      const sums = new SquareSums(squares, values);
      for (let y = 0; y < heightPx; y++) {
        const row = sums.nextRow();
        for (let x = 0; x < widthPx; x++) {
          const near = Array.from(values.subarray(0, widthPx * heightPx)).filter(
            (_, index) =>
              Math.abs((index % widthPx) - x) <= half &&
              Math.abs(Math.floor(index / widthPx) - y) <= half,
          );
          expect(row[x]).toBe(near.reduce((sum, value) => sum + value, 0));
          expect(sums.countAt(x)).toBe(near.length);
        }
      }
    }),
  );
});
