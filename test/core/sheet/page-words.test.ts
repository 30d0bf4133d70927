import { describe, expect, test } from "vitest";
import type { PageText } from "../../../src/core/sheet/page-text.js";
import {
  joinPages,
  readPageRows,
  readPageWords,
  tokensOfRows,
} from "../../../src/core/sheet/page-words.js";

const vocabulary = "urban merge lamp memory bullet omit inch twist tool exhibit flavor".split(" ");
const columnsMm = [22, 50, 78, 106, 134, 162];
const pitchMm = 5;

function place(text: string, leftMm: number, baselineMm: number): PageText {
  return { text, leftMm, rightMm: leftMm + text.length * 2.3, baselineMm };
}

/** The printed row: number, six words, two letters; a null word is not printed. */
function printedRow(number: number, words: readonly (string | null)[]): readonly PageText[] {
  const baselineMm = 110 + number * pitchMm;
  return [
    place(String(number), 15, baselineMm - 0.4),
    ...words.flatMap((word, column) =>
      word === null ? [] : [place(word, columnsMm[column] ?? 0, baselineMm)],
    ),
    place("KQ", 188, baselineMm - 0.2),
  ];
}

function rowsOf(count: number): string[][] {
  return Array.from({ length: count }, (_, row) =>
    columnsMm.map(
      (_column, column) => vocabulary[(row * 7 + column * 3) % vocabulary.length] ?? "",
    ),
  );
}

function printed(rows: readonly (readonly (string | null)[])[]): readonly PageText[] {
  return rows.flatMap((row, index) => printedRow(index + 1, row));
}

/** Text set in one line with the gaps of prose. */
function prose(text: string, leftMm: number, baselineMm: number): readonly PageText[] {
  let atMm = leftMm;
  return text.split(" ").map((word) => {
    const placed = { ...place(word, atMm, baselineMm), rightMm: atMm + word.length * 1.6 };
    atMm = placed.rightMm + 0.8;
    return placed;
  });
}

const surroundings: readonly PageText[] = [
  ...prose("Kraken - trading bot 2 with six more words", 15, 20),
  ...prose("1 Open the restore page or program", 15, 40),
  ...prose("2 Unfold the sheet and type words", 15, 45),
  ...prose("3 Compare the two letters of each", 15, 50),
  ...prose("Read each row from left to right", 120, 107),
  ...prose("Format 1 trial sheet page 1 of 1", 15, 285),
];

/** A fixed disorder: every place is taken once. */
function scrambled(texts: readonly PageText[]): readonly PageText[] {
  const step = 37;
  return texts.length % step === 0
    ? [...texts].reverse()
    : texts.flatMap((_, index) => texts[(index * step) % texts.length] ?? []);
}

describe("the words of a page", () => {
  test("come row by row, whatever the order of the text", () => {
    const rows = rowsOf(17);
    const texts = [...surroundings, ...printed(rows)];
    expect(readPageWords(texts)).toEqual(rows.flat());
    expect(readPageWords(scrambled(texts))).toEqual(rows.flat());
    expect(readPageWords([...texts].reverse())).toEqual(rows.flat());
  });

  test("are found without row letters", () => {
    const rows = rowsOf(4);
    const texts = printed(rows).filter((text) => text.text !== "KQ");
    expect(readPageWords(texts)).toEqual(rows.flat());
  });

  test("are given as they are printed, in any writing, unreadable ones too", () => {
    const rows = rowsOf(4);
    rows[1] = ["?", "あいこくしん", "的", "가격", "Ábaco", "zzzz"];
    expect(readPageWords(printed(rows))).toEqual(rows.flat());
  });

  test("with numbers set from the right or with zeros in front are the same", () => {
    const rows = rowsOf(12);
    const texts = printed(rows).map((text) =>
      /^\d+$/.test(text.text) ? { ...text, text: `${text.text.padStart(2, "0")}.` } : text,
    );
    expect(readPageWords(texts)).toEqual(rows.flat());
    const fromTheRight = printed(rows).map((text) =>
      /^\d+$/.test(text.text)
        ? { ...text, leftMm: 20 - text.text.length * 1.4, rightMm: 20 }
        : text,
    );
    expect(readPageWords(fromTheRight)).toEqual(rows.flat());
  });

  test("that are missing leave holes in their columns", () => {
    const rows: (string | null)[][] = rowsOf(8);
    rows[0] = ["urban", null, "lamp", "memory", null, "omit"];
    rows[3] = [null, "merge", "lamp", "memory", "bullet", "omit"];
    rows[7] = ["urban", "merge", "lamp", "memory", "bullet", null];
    expect(readPageWords([...surroundings, ...printed(rows)])).toEqual(
      rows.flat().map((word) => word ?? "?"),
    );
  });

  test("of a row without its number are six holes", () => {
    const rows = rowsOf(8);
    const texts = printed(rows).filter((text) => text.text !== "5");
    const expected = rows.map((row, index) => (index === 4 ? row.map(() => "?") : row));
    expect(readPageWords(texts)).toEqual(expected.flat());
  });

  test("of a row whose number is misread stay out of the wrong row", () => {
    const rows = rowsOf(8);
    const texts = printed(rows).map((text) => (text.text === "5" ? { ...text, text: "2" } : text));
    const expected = rows.map((row, index) => (index === 4 ? row.map(() => "?") : row));
    expect(readPageWords(texts)).toEqual(expected.flat());
  });

  test("come from the upper one of two blocks", () => {
    const rows = rowsOf(5);
    const upper = printed(rows);
    const lower = printed(rowsOf(5).reverse()).map((text) => ({
      ...text,
      baselineMm: text.baselineMm + 80,
    }));
    expect(readPageWords([...lower, ...upper])).toEqual(rows.flat());
  });
});

describe("a page gives no words", () => {
  test("when it has no text", () => {
    expect(readPageWords([])).toBeNull();
  });

  test("when it has numbered prose only", () => {
    expect(readPageWords(surroundings)).toBeNull();
  });

  test("when a single row is there", () => {
    expect(readPageWords(printed(rowsOf(1)))).toBeNull();
  });

  test("when more rows are missing than are there", () => {
    const texts = [
      ...printedRow(1, vocabulary.slice(0, 6)),
      ...printedRow(9, vocabulary.slice(0, 6)),
    ];
    expect(readPageWords(texts)).toBeNull();
  });

  test("when the numbers go up the page", () => {
    const upwards = printed(rowsOf(6)).map((text) => ({
      ...text,
      baselineMm: 300 - text.baselineMm,
    }));
    expect(readPageWords(upwards)).toBeNull();
  });

  test("when every word has its own number", () => {
    const texts = printed(rowsOf(6)).flatMap((text) =>
      /^[a-z]/.test(text.text)
        ? [text, { ...text, text: "7", leftMm: text.leftMm - 3, rightMm: text.leftMm - 1 }]
        : [text],
    );
    expect(readPageWords(texts)).toBeNull();
  });

  test("when it has more numbers than a page can hold, at once", () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => place("1", 15, index / 100));
    expect(readPageWords(texts)).toBeNull();
  });
});

/** Rows from number `first` on, as a page of their own. */
function pageFrom(first: number, rows: readonly (readonly string[])[]): readonly PageText[] {
  return rows.flatMap((row, index) =>
    printedRow(first + index, row).map((text) => ({
      ...text,
      baselineMm: text.baselineMm - (first - 1) * pitchMm,
    })),
  );
}

describe("the rows of several pages", () => {
  const rows = rowsOf(50);
  const first = readPageRows(pageFrom(1, rows.slice(0, 30)));
  const second = readPageRows(pageFrom(31, rows.slice(30)));

  test("are one sheet where the numbers go on, over pages without words", () => {
    const joined = joinPages([first, null, second, null]);
    expect(joined.map(({ pages }) => pages)).toEqual([[1, 3]]);
    expect(joined.map((sheet) => tokensOfRows(sheet.rows))).toEqual([rows.flat()]);
  });

  test("are put in order by their numbers", () => {
    const [sheet] = joinPages([second, first]);
    expect(tokensOfRows(sheet?.rows ?? new Map())).toEqual(rows.flat());
  });

  test("are another copy where a number comes again", () => {
    const joined = joinPages([first, second, first, second]);
    expect(joined.map(({ pages }) => pages)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    for (const sheet of joined) expect(tokensOfRows(sheet.rows)).toEqual(rows.flat());
  });

  test("have holes where a page is missing", () => {
    const [sheet] = joinPages([second]);
    const holes = new Array<string>(30 * 6).fill("?");
    expect(tokensOfRows(sheet?.rows ?? new Map())).toEqual([...holes, ...rows.slice(30).flat()]);
  });

  test("are of no page whose numbers no sheet has", () => {
    expect(readPageRows(pageFrom(342, rows.slice(0, 9)))).toBeNull();
    expect(readPageRows(pageFrom(341 - 8, rows.slice(0, 9)))?.size).toBe(9);
  });

  test("end with their letters, whatever stands beside the block", () => {
    const beside = rows
      .slice(0, 30)
      .flatMap((_, index) =>
        prose("2 Or type what the rows say", 200, 110 + (index + 1) * pitchMm),
      );
    expect(readPageWords([...pageFrom(1, rows.slice(0, 30)), ...beside])).toEqual(
      rows.slice(0, 30).flat(),
    );
  });
});
