import { describe, expect, test } from "vitest";
import { COPYISTS, type Copyist, creased, lookAlike, readUnits, typeText } from "./copyist.mjs";
import { seededRandom } from "./seeded-random.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const NOBODY: Copyist = {
  keystrokeErrors: 0,
  misread: 0,
  swapped: 0,
  leftOut: 0,
  illegible: 0,
};

/** The share of texts of one character that come out as something else. */
function wrongShare(character: string, copyist: Copyist, isMixed: boolean): number {
  const random = seededRandom(character);
  const rounds = 40_000;
  let wrong = 0;
  for (let round = 0; round < rounds; round++) {
    if (typeText(character, copyist, isMixed, random) !== character) wrong += 1;
  }
  return wrong / rounds;
}

describe("hands that copy a text", () => {
  test("miss a key as often as their rate says, whatever the text is", () => {
    for (const copyist of Object.values(COPYISTS)) {
      // A swap needs a character behind it: one alone stays right in 15 of a hundred errors.
      const rate = 0.85 * copyist.keystrokeErrors;
      expect(wrongShare("f", copyist, false) / rate).toBeGreaterThan(0.7);
      expect(wrongShare("f", copyist, false) / rate).toBeLessThan(1.3);
    }
    const { tired } = COPYISTS;
    // A capital is two keystrokes, a look-alike is read wrongly as often as a key is missed.
    expect(wrongShare("F", tired, true) / wrongShare("f", tired, true)).toBeGreaterThan(1.7);
    expect(wrongShare("l", tired, true) / wrongShare("f", tired, true)).toBeGreaterThan(1.7);
    expect(wrongShare("l", tired, false) / wrongShare("f", tired, false)).toBeLessThan(1.3);
  });

  test("that are tired misspell a tenth of a sheet's words", () => {
    const random = seededRandom("tenth");
    const rounds = 20_000;
    let wrong = 0;
    for (let round = 0; round < rounds; round++) {
      // Of 6.4 keystrokes on average: a word and its space.
      const word = LETTERS.slice(0, round % 5 < 2 ? 6 : 5);
      if (typeText(`${word} `, COPYISTS.tired, false, random) !== `${word} `) wrong += 1;
    }
    expect(wrong / rounds).toBeGreaterThan(0.09);
    expect(wrong / rounds).toBeLessThan(0.11);
  });

  test("type base64 with letters in the other case and look-alikes, and leave a text alone at rate 0", () => {
    const random = seededRandom("case");
    const slips = Array.from({ length: 4000 }, () =>
      typeText("aQ0+", COPYISTS.tired, true, random),
    );
    for (const slip of ["aq0+", "aQO+", "aQ0=", "aQ0", "aQ+0", "a0Q+", "sQ0+"]) {
      expect(slips).toContain(slip);
    }
    expect(typeText("aQ0+ it", NOBODY, true, random)).toBe("aQ0+ it");
  });

  test("take a character only for one that looks like it", () => {
    const random = seededRandom("alike");
    expect(lookAlike("0", random)).toBe("O");
    expect(["l", "1"]).toContain(lookAlike("I", random));
    expect(lookAlike("x", random)).toBe("x");
  });
});

describe("eyes that take units from paper", () => {
  const units = Array.from({ length: 10_000 }, (_, index) => `unit${String(index)}`);

  test("leave out, misread and swap as often as their rates say", () => {
    const { tired } = COPYISTS;
    const read = readUnits(units, tired, (unit) => `${unit}!`, seededRandom("eyes"));
    expect(Math.abs(units.length - read.length - 98)).toBeLessThan(30);
    expect(Math.abs(read.filter((unit) => unit.endsWith("!")).length - 196)).toBeLessThan(45);
    const numbers = read.map((unit) => parseInt(unit.slice(4)));
    const backwards = numbers.filter((number, index) => number > (numbers[index + 1] ?? Infinity));
    expect(Math.abs(backwards.length - 196)).toBeLessThan(45);
    expect(readUnits(units, COPYISTS.careful, () => "other", seededRandom("eyes"))).toEqual(units);
  });

  test("cannot read what the paper has lost, and do not leave it out", () => {
    const paper = creased(units, COPYISTS.tired, seededRandom("paper"));
    const lost = paper.filter((unit) => unit === "?").length;
    expect(Math.abs(lost - 294)).toBeLessThan(55);
    const read = readUnits(paper, COPYISTS.tired, (unit) => `${unit}!`, seededRandom("eyes"));
    expect(read.filter((unit) => unit === "?")).toHaveLength(lost);
  });
});
