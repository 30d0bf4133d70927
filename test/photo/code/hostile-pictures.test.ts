import { describe, expect, test } from "vitest";
import type { Picture } from "../../../src/photo/picture.js";
import { Work } from "../../../src/core/work.js";
import { hasTooManyPatterns, patternCount } from "../../../src/photo/code/pattern-count.js";
import { readCode, SEARCH_UNITS } from "../../../src/photo/code/read-code.js";

/** Finder patterns side by side, dark on light or light on dark. */
function finders(across: number, modulePx: number, isInverted = false): Picture {
  const side = across * 9 * modulePx;
  const luma = Uint8Array.from({ length: side * side }, (_, index) => {
    const [x = 0, y = 0] = [index % side, Math.floor(index / side)].map(
      (at) => (Math.floor(at / modulePx) % 9) - 4,
    );
    const ring = Math.max(Math.abs(x), Math.abs(y));
    return (ring < 2 || ring === 3) === isInverted ? 240 : 20;
  });
  return { widthPx: side, heightPx: side, luma };
}

describe("finder patterns", () => {
  test.each([
    [10, 3, false],
    [20, 2, false],
    [20, 4, true],
    [40, 1, false],
  ])("%d across, of %d pixels a module, are about counted", (across, modulePx, isInverted) => {
    const count = patternCount(finders(across, modulePx, isInverted));
    expect(count).toBeGreaterThan(0.6 * across * across);
    expect(count).toBeLessThan(1.5 * across * across);
  });

  test("are too many only by the thousand, also where they are seen from further off alone", () => {
    expect(hasTooManyPatterns(finders(30, 3))).toBe(false);
    expect(hasTooManyPatterns(finders(90, 3))).toBe(true);
  });

  test("by the thousand end a search within its work", () => {
    const work = new Work(SEARCH_UNITS);
    const { texts } = readCode(finders(50, 4), () => true, work);
    expect(texts).toEqual([]);
    // The last step that was begun is ended.
    expect(work.spent).toBeLessThan(1.5 * SEARCH_UNITS);
  });
});
