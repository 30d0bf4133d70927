/** What a report says happened to the words: one text can be explained in several ways. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLines } from "../../../../src/core/words/parse-words.js";
import { mendWords } from "../../../../src/core/words/repair/mend-words.js";
import { seededRandom } from "../../../seeded-random.mjs";
import { typedSheet } from "./typed-sheet.js";

const { words } = typedSheet(seededRandom("slips"));
const ROWS = Array.from({ length: 17 }, (_, row) => words.slice(6 * row, 6 * row + 6));

type Rows = readonly (readonly string[])[];

function told(text: string) {
  const { mended, slips, reserve } = mendWords({ source: "typed", lines: parseLines(text) });
  return { mended, slips, reserve };
}

const inRows = (rows: Rows) => rows.map((row) => row.join(" ")).join("\n");
const inOneLine = (rows: Rows) => rows.flat().join(" ");
const numbered = (rows: Rows, numberOf = (row: number) => row) =>
  rows.map((row, index) => `${String(numberOf(index + 1))} ${row.join(" ")}`).join("\n");

const row = fc.integer({ min: 1, max: 17 });
const column = fc.integer({ min: 1, max: 6 });
const layouts = fc.constantFrom(inRows, inOneLine);

describe("of a row is told", () => {
  test("that it was left out, whichever it is, and what that leaves", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), layouts, (left, layout) => {
        const { mended, slips, reserve } = told(layout(ROWS.toSpliced(left - 1, 1)));
        expect(slips).toEqual([{ slip: "row-missing", row: left }]);
        expect(mended.map(({ how }) => how)).toEqual(new Array(6).fill("missing"));
        expect(reserve).toBe(12);
      }),
      { numRuns: 40 },
    );
  });

  test("that it was there twice", () => {
    fc.assert(
      fc.property(row, layouts, (twice, layout) => {
        const again = ROWS[twice - 1] as string[];
        const { mended, slips, reserve } = told(layout(ROWS.toSpliced(twice, 0, again)));
        // Of the first and the last row one stands outside the sheet, where other text may be, too.
        const isAtEnd = twice === 1 || twice === 17;
        expect(slips).toEqual(isAtEnd ? [] : [{ slip: "row-twice", row: twice }]);
        expect({ mended, reserve }).toEqual({ mended: [], reserve: 18 });
      }),
      { numRuns: 40 },
    );
  });

  test("that it was at another place", () => {
    const moved = ROWS.toSpliced(2, 1).toSpliced(8, 0, ROWS[2] as string[]);
    for (const layout of [inRows, inOneLine]) {
      const { slips, reserve } = told(layout(moved));
      expect(slips).toEqual([{ slip: "row-moved", row: 3 }]);
      expect(reserve).toBe(18);
    }
  });

  test("that it had another number, and nothing where rows are given in another order", () => {
    const misread = told(numbered(ROWS, (number) => (number === 10 ? 19 : number)));
    expect(misread.slips).toEqual([{ slip: "row-misnumbered", row: 10, number: 19 }]);
    const backwards = numbered(ROWS.toReversed(), (number) => 18 - number);
    expect(told(backwards)).toEqual({ mended: [], slips: [], reserve: 18 });
  });

  test("that words came in", () => {
    const [third = []] = ROWS.slice(2);
    const rows = ROWS.with(2, [...third.slice(0, 3), "zebra", "zoo", ...third.slice(3)]);
    for (const text of [inRows(rows), numbered(rows), inOneLine(rows)]) {
      expect(told(text)).toEqual({
        mended: [],
        slips: [{ slip: "words-added", row: 3, count: 2 }],
        reserve: 18,
      });
    }
  });
});

test("a word that was left out is named by its place, in any layout", () => {
  fc.assert(
    fc.property(row, column, fc.constantFrom(inRows, inOneLine, numbered), (at, place, layout) => {
      const [line = []] = ROWS.slice(at - 1, at);
      // Of two words that are the same either one may be the one that was left out.
      fc.pre(new Set(line).size === line.length && at * 6 + place - 6 < 102);
      const { mended, slips, reserve } = told(
        layout(ROWS.with(at - 1, line.toSpliced(place - 1, 1))),
      );
      expect(slips).toEqual([]);
      expect(mended).toEqual([{ position: 6 * (at - 1) + place, how: "missing" }]);
      expect(reserve).toBe(17);
    }),
    { numRuns: 60 },
  );
});

test("what was read down the columns is said as that, not word by word", () => {
  const columns = Array.from({ length: 6 }, (_, place) => ROWS.map((line) => line[place] ?? ""));
  expect(told(inRows(columns))).toEqual({ mended: [], slips: [{ slip: "columns" }], reserve: 18 });
});

test("four rows of which each has lost a word are mended by their numbers", () => {
  const damaged = ROWS.map((line, index) =>
    [2, 6, 16].includes(index) ? line.toSpliced(index % 6, 1) : line,
  ).with(15, ["b", ...(ROWS[15] ?? [])]);
  const gaps = damaged.map((line, index) =>
    [1, 6, 11, 12, 16].includes(index) ? line.with(1, "?") : line,
  );
  const { mended, slips } = told(numbered(gaps));
  expect(slips).toEqual([{ slip: "words-added", row: 16, count: 1 }]);
  expect(mended.filter(({ how }) => how === "missing")).toHaveLength(3);
  expect(mended.filter(({ how }) => how === "unreadable")).toHaveLength(5);
});
