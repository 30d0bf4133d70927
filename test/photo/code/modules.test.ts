import { describe, expect, test } from "vitest";
import { mostSureness } from "../../../src/photo/code/modules.js";

const SIZE = 12;

/** Dark and light in turn, so that no square is even. */
function board(change: (row: number, column: number) => number | null): Float64Array {
  return Float64Array.from({ length: SIZE * SIZE }, (_, index) => {
    const [row, column] = [Math.floor(index / SIZE), index % SIZE];
    return change(row, column) ?? ((row + column) % 2 === 0 ? 1 : -1);
  });
}

describe("how sure modules can be", () => {
  test("is all, where no square is even", () => {
    expect(
      new Set(
        mostSureness(
          board(() => null),
          SIZE,
        ),
      ),
    ).toEqual(new Set([1]));
  });

  test("is next to nothing in an even square, and little beside it for modules of its colour", () => {
    const most = mostSureness(
      board((row, column) => (row >= 4 && row < 8 && column >= 4 && column < 8 ? 1 : null)),
      SIZE,
    );
    const at = (row: number, column: number) => most[row * SIZE + column];
    expect(at(5, 5)).toBeLessThan(0.1);
    // (4, 8) is dark as the square is, (5, 8) is not.
    expect(at(4, 8)).toBeLessThan(0.5);
    expect(at(5, 8)).toBe(1);
    expect(at(4, 9)).toBe(1);
  });

  test("is next to nothing for what an even square cuts off at each side", () => {
    // Black from above or from a side but for two lines of paper.
    const sides: readonly ((row: number, column: number) => readonly [number, number])[] = [
      (row, column) => [row, column],
      (row, column) => [SIZE - 1 - row, column],
      (row, column) => [column, row],
      (row, column) => [SIZE - 1 - column, row],
    ];
    for (const side of sides) {
      const torn = (row: number, column: number) => {
        const [into] = side(row, column);
        return into < 2 ? -1 : into < 7 ? 1 : null;
      };
      mostSureness(board(torn), SIZE).forEach((most, index) => {
        const [into] = side(Math.floor(index / SIZE), index % SIZE);
        if (into < 7) expect(most).toBeLessThan(0.1);
        if (into > 7) expect(most).toBe(1);
      });
    }
  });
});
