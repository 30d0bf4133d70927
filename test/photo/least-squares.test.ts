import { describe, expect, it } from "vitest";
import { LeastSquares, solve } from "../../src/photo/least-squares.js";

describe("equations", () => {
  it("are solved where a pivot has to be looked for", () => {
    const rows = Float64Array.from([0, 2, 1, 7, 1, 0, 1, 4, 3, 1, 0, 5]);
    expect(solve(rows, 3)).toEqual([1, 2, 3]);
  });

  it("that say the same twice have no one solution", () => {
    expect(solve(Float64Array.from([1, 2, 3, 2, 4, 6]), 2)).toBeNull();
  });
});

describe("least squares", () => {
  it("puts a line between points that stand one above the other", () => {
    const line = new LeastSquares(2, 2);
    line.add([1, 0, 0, 5], 1);
    line.add([1, 1, 2, 5], 1);
    line.add([1, 1, 4, 5], 1);
    const [rising, level] = line.solve() ?? [];
    expect(rising?.map((value) => value.toFixed(9))).toEqual(["0.000000000", "3.000000000"]);
    expect(level?.[1]).toBeCloseTo(0, 9);
  });

  it("follows weights, and what is pulled to zero", () => {
    const mean = new LeastSquares(1);
    mean.add([1, 10], 3);
    mean.add([1, 20], 1);
    mean.pullToZero(0, 1);
    expect(mean.solve()).toEqual([[10]]);
  });

  it("gives nothing for too few points", () => {
    const line = new LeastSquares(2);
    line.add([1, 1, 2], 1);
    expect(line.solve()).toBeNull();
  });
});
