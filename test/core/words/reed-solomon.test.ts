/** The fast Reed-Solomon coder against vectors made elsewhere and against a textbook one. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divide, FIELD_SIZE, multiply } from "../../../src/core/words/gf2048.js";
import {
  computeSyndromes,
  correctCodeword,
  encodeCodeword,
  locateFaults,
} from "../../../src/core/words/reed-solomon.js";
import {
  invert,
  isCodeword,
  multiply as textbookMultiply,
  textbookCodeword,
  textbookCorrect,
} from "./textbook-coder.js";

interface CodewordVectors {
  readonly vectors: readonly {
    readonly parity: number;
    readonly data: readonly number[];
    readonly codeword: readonly number[];
  }[];
}

const VECTORS = (
  JSON.parse(
    readFileSync(new URL("../../../fixtures/vectors/rs-gf2048.json", import.meta.url), "utf8"),
  ) as CodewordVectors
).vectors;

const SEED = 2048;

const symbol = fc.integer({ min: 0, max: FIELD_SIZE - 1 });

interface Damaged {
  readonly parity: number;
  readonly codeword: readonly number[];
  readonly received: readonly (number | null)[];
  /** Indices of symbols that are others than the codeword's. */
  readonly wrong: readonly number[];
  readonly unreadable: readonly number[];
}

/** A codeword with so many wrong and unreadable symbols at random places. */
function damaged(
  sizes: fc.Arbitrary<{ parity: number; dataLength: number; wrong: number; unreadable: number }>,
): fc.Arbitrary<Damaged> {
  return sizes.chain(({ parity, dataLength, wrong, unreadable }) => {
    const length = dataLength + parity;
    return fc
      .record({
        data: fc.array(symbol, { minLength: dataLength, maxLength: dataLength }),
        places: fc.shuffledSubarray(
          Array.from({ length }, (_, index) => index),
          { minLength: wrong + unreadable, maxLength: wrong + unreadable },
        ),
        changes: fc.array(fc.integer({ min: 1, max: FIELD_SIZE - 1 }), {
          minLength: wrong,
          maxLength: wrong,
        }),
      })
      .map(({ data, places, changes }) => {
        const codeword = textbookCodeword(data, parity);
        const received: (number | null)[] = [...codeword];
        changes.forEach((change, index) => {
          const place = places[index] ?? 0;
          received[place] = (codeword[place] ?? 0) ^ change;
        });
        for (const place of places.slice(wrong)) received[place] = null;
        const inOrder = (indices: readonly number[]) => [...indices].sort((a, b) => a - b);
        return {
          parity,
          codeword,
          received,
          wrong: inOrder(places.slice(0, wrong)),
          unreadable: inOrder(places.slice(wrong)),
        };
      });
  });
}

/** Every mix with 2 x wrong + unreadable <= parity. */
const withinBound = damaged(
  fc.integer({ min: 1, max: 30 }).chain((parity) =>
    fc.integer({ min: 0, max: Math.floor(parity / 2) }).chain((wrong) =>
      fc.record({
        parity: fc.constant(parity),
        dataLength: fc.integer({ min: Math.max(1, parity), max: 100 }),
        wrong: fc.constant(wrong),
        unreadable: fc.integer({ min: 0, max: parity - 2 * wrong }),
      }),
    ),
  ),
);

/** One to four more than the bound; few check symbols, so that other codewords are often near. */
const beyondBound = damaged(
  fc.integer({ min: 1, max: 6 }).chain((parity) =>
    fc.integer({ min: 1, max: parity + 2 }).chain((wrong) =>
      fc.record({
        parity: fc.constant(parity),
        dataLength: fc.integer({ min: 12, max: 400 }),
        wrong: fc.constant(wrong),
        unreadable: fc.integer({
          min: Math.max(0, parity + 1 - 2 * wrong),
          max: Math.max(0, parity + 4 - 2 * wrong),
        }),
      }),
    ),
  ),
);

describe("the field of 2048 elements", () => {
  test("multiplies as polynomials do, bit by bit", () => {
    fc.assert(
      fc.property(symbol, symbol, (a, b) => {
        expect(multiply(a, b)).toBe(textbookMultiply(a, b));
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  test("divides by every element but zero", () => {
    for (let element = 1; element < FIELD_SIZE; element++) {
      expect(divide(1, element)).toBe(invert(element));
      expect(multiply(element, divide(1777, element))).toBe(1777);
    }
  });
});

describe("encoding", () => {
  test("gives the codewords of 204 vectors on which three implementations agree", () => {
    expect(VECTORS).toHaveLength(204);
    for (const { parity, data, codeword } of VECTORS) {
      expect([...encodeCodeword(data, parity)]).toEqual(codeword);
      expect(textbookCodeword(data, parity)).toEqual(codeword);
    }
  });

  test("gives the textbook's codeword for any data", () => {
    fc.assert(
      fc.property(
        fc.array(symbol, { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 40 }),
        (data, parity) => {
          expect([...encodeCodeword(data, parity)]).toEqual(textbookCodeword(data, parity));
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  test("fills the longest sheet, 1752 symbols and 294 spare ones", () => {
    const data = Array.from({ length: 1752 }, (_, index) => (index * 1103 + 7) % FIELD_SIZE);
    const codeword = encodeCodeword(data, 294);
    expect([...codeword.subarray(0, 1752)]).toEqual(data);
    expect(isCodeword([...codeword], 294)).toBe(true);
  });
});

describe("correcting", () => {
  test("leaves the codewords of the vectors as they are", () => {
    for (const { parity, codeword } of VECTORS) {
      const correction = correctCodeword(codeword, parity);
      expect([...(correction?.codeword ?? [])]).toEqual(codeword);
      expect(correction?.wrong).toEqual([]);
    }
  });

  test("mends every vector with up to its check symbols unreadable, or half as many wrong", () => {
    for (const { parity, codeword } of VECTORS) {
      const erased = codeword.map((value, index) => (index % 3 === 0 ? null : value));
      const unreadable = erased.map((value, index) =>
        index < 3 * parity ? value : (codeword[index] ?? 0),
      );
      expect([...(correctCodeword(unreadable, parity)?.codeword ?? [])]).toEqual(codeword);
      const wrong = codeword.map((value, index) =>
        index % 2 === 0 && index < parity ? (value + 1) % FIELD_SIZE : value,
      );
      expect([...(correctCodeword(wrong, parity)?.codeword ?? [])]).toEqual(codeword);
    }
  });

  test("finds the codeword and every wrong place for each mix up to the bound", () => {
    fc.assert(
      fc.property(withinBound, ({ parity, codeword, received, wrong }) => {
        const correction = correctCodeword(received, parity);
        expect([...(correction?.codeword ?? [])]).toEqual(codeword);
        expect(correction?.wrong).toEqual(wrong);
      }),
      { seed: SEED, numRuns: 1500 },
    );
  });

  test("is possible at every single mix of an 18-spare sheet's bound", () => {
    const [vector] = VECTORS.filter(({ parity, data }) => parity === 18 && data.length >= 84);
    if (vector === undefined) throw new Error("no vector of a sheet's size");
    const { parity, codeword } = vector;
    for (let wrong = 0; 2 * wrong <= parity; wrong++) {
      for (let unreadable = 0; 2 * wrong + unreadable <= parity; unreadable++) {
        const received = codeword.map((value, index) => {
          const place = (index * 37) % codeword.length;
          if (place < wrong) return value ^ (1 + index);
          return place < wrong + unreadable ? null : value;
        });
        const correction = correctCodeword(received, parity);
        expect([...(correction?.codeword ?? [])]).toEqual(codeword);
        expect(correction?.wrong).toHaveLength(wrong);
      }
    }
  });

  test("mends the longest sheet at its bound", () => {
    const data = Array.from({ length: 1752 }, (_, index) => (index * 577 + 3) % FIELD_SIZE);
    const codeword = [...encodeCodeword(data, 294)];
    const received = codeword.map((value, index) => {
      if (index % 20 === 0) return value ^ 1; // 103 wrong
      return index % 24 === 1 ? null : value; // 86 unreadable, a few of both kinds at one place
    });
    const unreadable = received.filter((value) => value === null).length;
    const wrong = received.filter((value, index) => value !== null && value !== codeword[index]);
    expect(2 * wrong.length + unreadable).toBeLessThanOrEqual(294);
    expect([...(correctCodeword(received, 294)?.codeword ?? [])]).toEqual(codeword);
  });

  test("agrees with the textbook up to the bound and beyond it", () => {
    const outcomes = { same: 0, other: 0, none: 0 };
    fc.assert(
      fc.property(fc.oneof(withinBound, beyondBound), ({ parity, codeword, received }) => {
        const expected = textbookCorrect(received, parity);
        const correction = correctCodeword(received, parity);
        expect(correction === null ? null : [...correction.codeword]).toEqual(expected);
        if (expected === null) outcomes.none++;
        else if (expected.every((value, index) => value === codeword[index])) outcomes.same++;
        else outcomes.other++;
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(Math.min(outcomes.same, outcomes.other, outcomes.none)).toBeGreaterThan(5);
  });

  test("gives beyond the bound a codeword within it or nothing, and counts what it changed", () => {
    const outcomes = { other: 0, none: 0 };
    fc.assert(
      fc.property(beyondBound, ({ parity, received, unreadable }) => {
        const correction = correctCodeword(received, parity);
        if (correction === null) {
          outcomes.none++;
          return;
        }
        outcomes.other++;
        const given = [...correction.codeword];
        expect(isCodeword(given, parity)).toBe(true);
        const changed = received.flatMap((value, index) =>
          value !== null && value !== given[index] ? [index] : [],
        );
        expect(correction.wrong).toEqual(changed);
        expect(2 * changed.length + unreadable.length).toBeLessThanOrEqual(parity);
      }),
      { seed: SEED, numRuns: 1500 },
    );
    expect(Math.min(outcomes.other, outcomes.none)).toBeGreaterThan(100);
  });

  test("gives nothing for more unreadable symbols than are spare, though zeros are a codeword", () => {
    for (const unreadable of [19, 20, 102]) {
      const received = Array.from({ length: 102 }, (_, index) => (index < unreadable ? null : 0));
      expect(correctCodeword(received, 18)).toBeNull();
    }
    expect(correctCodeword([null, ...Array.from({ length: 101 }, () => 0)], 18)).not.toBeNull();
  });

  test("locates the faults within reach, and none for what is further off", () => {
    let none = 0;
    fc.assert(
      fc.property(fc.oneof(withinBound, beyondBound), ({ parity, received, unreadable }) => {
        const symbols = Uint16Array.from(received, (value) => value ?? 0);
        const syndromes = computeSyndromes(symbols, parity);
        const faults = locateFaults(syndromes, unreadable, symbols.length);
        const corrected = textbookCorrect(received, parity);
        if (faults === null) {
          none++;
          expect(corrected).toBeNull();
          return;
        }
        for (const { index, magnitude } of faults)
          symbols[index] = (symbols[index] ?? 0) ^ magnitude;
        expect([...symbols]).toEqual(corrected);
        const places = faults.map(({ index }) => index);
        expect(new Set(places).size).toBe(places.length);
        const wrong = places.filter((index) => !unreadable.includes(index)).length;
        expect(2 * wrong + unreadable.length).toBeLessThanOrEqual(parity);
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(none).toBeGreaterThan(50);
  });

  test("finds no faults in a codeword, whatever of it is suspect", () => {
    for (const { parity, codeword } of VECTORS) {
      const suspect = Array.from({ length: Math.min(parity, 5) }, (_, index) => index);
      const syndromes = computeSyndromes(Uint16Array.from(codeword), parity);
      expect(locateFaults(syndromes, suspect, codeword.length)).toEqual([]);
    }
  });

  test("never calls noise unchanged", () => {
    fc.assert(
      fc.property(fc.array(symbol, { minLength: 24, maxLength: 120 }), (noise) => {
        const correction = correctCodeword(noise, 18);
        expect(correction === null || correction.wrong.length > 0).toBe(true);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
