import { expect, test } from "vitest";
import { squareSize } from "../../src/photo/square-pixels.js";

const size = { widthPx: 1728, heightPx: 1078 };

test("the side with fewer dots an inch is enlarged", () => {
  expect(squareSize(size, [204, 98])).toEqual({ widthPx: 1728, heightPx: 2244 });
  expect(squareSize(size, [204, 196])).toEqual({ widthPx: 1728, heightPx: 1122 });
  expect(squareSize(size, [98, 204])).toEqual({ widthPx: 3597, heightPx: 1078 });
});

test.each([
  [null],
  [[300, 300]],
  [[300, 299]],
  [[1, 300]],
  [[300, 1]],
  [[0, 300]],
  [[NaN, 300]],
  [[Infinity, Infinity]],
] as const)("a picture stays as it is with the resolution %j", (resolution) => {
  expect(squareSize(size, resolution)).toBeNull();
});
