import { describe, expect, test } from "vitest";
import { ENGLISH, listWords } from "../src/core/words/word-lists.js";
import { neighbouringKeys } from "./keyboard.mjs";
import { seededRandom } from "./seeded-random.mjs";
import { misspell, ocr, sessionKinds, sessionText, similarWord } from "./typist.mjs";

const LIST = listWords(ENGLISH);
const KINDS = sessionKinds(LIST);

/** 102 different words of the list, in an order that a sheet may have. */
function sheetWords(seed: string): readonly string[] {
  const random = seededRandom(seed);
  const left = [...LIST];
  return Array.from({ length: 102 }, () => String(left.splice(random(left.length), 1)[0]));
}

function typed(
  kind: string,
  words: readonly string[],
  seed = kind,
): readonly (readonly string[])[] {
  const session = KINDS[kind];
  if (session === undefined) throw new RangeError(`no such kind: ${kind}`);
  return session(words, seededRandom(seed));
}

/** Positions at which two lists of the same length differ. */
function differing(a: readonly string[], b: readonly string[]): readonly number[] {
  expect(a).toHaveLength(b.length);
  return a.flatMap((word, index) => (word === b[index] ? [] : [index]));
}

/** The kind of error that made one token of another. */
function errorOf(token: string, misspelt: string): string {
  const places = Array.from(token).flatMap((letter, index) =>
    letter === misspelt[index] ? [] : [index],
  );
  const [first = token.length, second] = places;
  if (misspelt.length < token.length) return "left out";
  if (misspelt.length > token.length) {
    const added = misspelt.charAt(first);
    const beside = misspelt.slice(Math.max(0, first - 1), first + 2);
    return beside.split(added).length > 2 ? "doubled" : "besides";
  }
  if (second !== undefined) return "swapped";
  return neighbouringKeys(token.charAt(first)).includes(misspelt.charAt(first)) ? "next" : "other";
}

describe("a misspelt word", () => {
  test("has one error, of each kind as often as people make it", () => {
    const random = seededRandom("misspell");
    // No letter twice and none beside its neighbour on the keyboard: each error shows its kind.
    const token = "problem";
    const counts = new Map<string, number>();
    const rounds = 20_000;
    for (let round = 0; round < rounds; round++) {
      const kind = errorOf(token, misspell(token, random));
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const expected = {
      next: 35,
      "left out": 20,
      swapped: 15,
      doubled: 12,
      besides: 10,
      other: 8,
    };
    expect([...counts.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [kind, share] of Object.entries(expected)) {
      expect(Math.abs((100 * (counts.get(kind) ?? 0)) / rounds - share), kind).toBeLessThan(1);
    }
  });

  test("is never the word itself and never nothing, however short or even it is", () => {
    const random = seededRandom("never the same");
    for (const token of ["a", "aa", "zoo", "add", "été", "あ", ...LIST]) {
      for (let round = 0; round < 20; round++) {
        const misspelt = misspell(token, random);
        expect(misspelt).not.toBe(token);
        expect(misspelt).not.toBe("");
        expect(Math.abs(misspelt.length - token.length)).toBeLessThanOrEqual(1);
      }
    }
  });

  test("slips to the keys around, in the rows above and below too", () => {
    expect([...neighbouringKeys("g")].sort().join("")).toBe("bfhtvy");
    expect([...neighbouringKeys("s")].sort().join("")).toBe("adewxz");
    expect([...neighbouringKeys("q")].sort().join("")).toBe("12aw");
    expect([...neighbouringKeys("P")].sort().join("")).toBe("):LO_{");
    expect(neighbouringKeys("é")).toEqual([]);
  });
});

describe("a word read by a camera", () => {
  test("is the word where nothing is confused", () => {
    const random = seededRandom("ocr 0");
    for (const word of LIST) expect(ocr(word, random, 0)).toBe(word);
  });

  test("has its shapes confused, a letter lost or a space inside, at the rate", () => {
    const random = seededRandom("ocr");
    const readings = Array.from({ length: 2000 }, () => ocr("corner", random, 0.1));
    for (const reading of ["comer", "corn er", "conner", "c0rner", "cornr", "eorner"]) {
      expect(readings).toContain(reading);
    }
    // Six places with a shape that is confused.
    const clean = readings.filter((reading) => reading === "corner").length / readings.length;
    expect(clean).toBeGreaterThan(0.4);
    expect(clean).toBeLessThan(0.6);
  });
});

test("a similar word is another of the list, of those with the fewest letters changed", () => {
  const random = seededRandom("similar");
  const drawn = Array.from({ length: 100 }, () => similarWord("seat", LIST, random));
  expect(new Set(drawn)).toEqual(new Set(["sea", "meat"]));
  expect(LIST).toContain(similarWord("zebra", LIST, random));
});

describe("a session", () => {
  const words = sheetWords("sheet");
  const inOrder = new Map(words.map((word, index) => [word, index]));

  test("is the same for a seed, and another for another, where there is something to draw", () => {
    for (const kind of Object.keys(KINDS)) {
      expect(typed(kind, words)).toEqual(typed(kind, words));
      if (["clean", "prefixes", "columns"].includes(kind)) continue;
      expect(typed(kind, words)).not.toEqual(typed(kind, words, "another seed"));
    }
  });

  test("that is clean has the sheet's rows, and one of prefixes their first four letters", () => {
    expect(typed("clean", words)).toHaveLength(17);
    expect(typed("clean", words).flat()).toEqual(words);
    expect(typed("prefixes", words).flat()).toEqual(words.map((word) => word.slice(0, 4)));
  });

  test("has as many words wrong as its name says", () => {
    const similar = typed("similar-9", words).flat();
    expect(differing(similar, words)).toHaveLength(9);
    expect(LIST).toEqual(expect.arrayContaining(similar));
    const illegible = typed("illegible-18", words).flat();
    expect(differing(illegible, words)).toHaveLength(18);
    expect(illegible.filter((word) => word === "?")).toHaveLength(18);
    expect(differing(typed("misspelt-40", words).flat(), words)).toHaveLength(40);
    expect(differing(typed("misspelt-all", words).flat(), words)).toHaveLength(102);
    expect(differing(typed("ocr-15", words).flat(), words)).toHaveLength(15);
  });

  test("leaves words out, types one twice, or swaps two that are neighbours", () => {
    const three = typed("skip-3", words).flat();
    expect(three).toEqual(words.filter((word) => three.includes(word)));
    expect(three).toHaveLength(99);
    const double = typed("skip-double", words).flat();
    expect(double).toHaveLength(102);
    expect(new Set(double).size).toBe(101);
    expect(double.filter((word, index) => word === double[index + 1])).toHaveLength(1);
    const swap = typed("skip-2-swap", words).flat();
    expect(swap).toHaveLength(100);
    const steps = swap.slice(1).map((word, index) => {
      return Number(inOrder.get(word)) - Number(inOrder.get(String(swap[index])));
    });
    expect(steps.filter((step) => step < 0)).toHaveLength(1);
  });

  test("loses, doubles, moves or swaps whole rows", () => {
    const rows = typed("clean", words).map((row) => row.join(" "));
    const lines = (kind: string) => typed(kind, words).map((row) => row.join(" "));
    expect(lines("row-skipped")).toHaveLength(16);
    expect(rows).toEqual(expect.arrayContaining(lines("row-skipped")));
    expect(lines("row-doubled")).toHaveLength(18);
    expect([...new Set(lines("row-doubled"))]).toEqual(rows);
    expect(lines("row-moved")).not.toEqual(rows);
    expect(lines("row-moved").sort()).toEqual([...rows].sort());
    expect(differing(lines("rows-swapped"), rows)).toHaveLength(2);
    expect(lines("rows-swapped").sort()).toEqual([...rows].sort());
    expect(lines("rows-illegible-3").filter((row) => row === "? ? ? ? ? ?")).toHaveLength(3);
    const tired = typed("row-skipped-misspelt-10", words).flat();
    expect(tired).toHaveLength(96);
    expect(tired.filter((word) => !inOrder.has(word)).length).toBeGreaterThanOrEqual(9);
  });

  test("of columns reads the first word of each row first, and is typed six to a line", () => {
    const columns = typed("columns", words);
    expect(columns.map((row) => row.length)).toEqual(Array.from({ length: 17 }, () => 6));
    expect(columns.flat().slice(0, 3)).toEqual([words[0], words[6], words[12]]);
    expect(columns.flat()[17]).toBe(words[1]);
    expect(columns.flat()[101]).toBe(words[101]);
  });

  test("of somebody very tired has every kind of slip", () => {
    const sessions = Array.from({ length: 100 }, (_, index) =>
      typed("very-tired", words, `tired ${String(index)}`).flat(),
    );
    let unknown = 0;
    for (const session of sessions) {
      expect(session).toHaveLength(101);
      expect(session.filter((word) => word === "?")).toHaveLength(3);
      unknown += session.filter((word) => word !== "?" && !inOrder.has(word)).length;
    }
    // A tenth of 97 words, and the two that are others of the list.
    expect(unknown / sessions.length).toBeGreaterThan(10.7);
    expect(unknown / sessions.length).toBeLessThan(12.7);
  });

  test("is laid out in rows, in one line, or wrapped where a line is full", () => {
    const rows = typed("clean", words);
    expect(sessionText(rows, "rows").split("\n")).toHaveLength(17);
    expect(sessionText(rows, "flat")).toBe(words.join(" "));
    const wrapped = sessionText(rows, "wrapped").split("\n");
    expect(wrapped.join(" ")).toBe(words.join(" "));
    expect(Math.max(...wrapped.map(({ length }) => length))).toBeLessThanOrEqual(72);
  });
});
