/** Passphrases of words: drawn evenly, read again with slips, and how strong they can be at most. */
import { describe, expect, test } from "vitest";
import {
  drawPassphrase,
  passphraseReadings,
  passphraseWords,
} from "../../../src/core/passphrase/passphrase.js";
import { bitsAtMost } from "../../../src/core/passphrase/passphrase-strength.js";
import { ENGLISH, LISTS, listWords } from "../../../src/core/words/word-lists.js";
import { seededBytes } from "../../seeded-random.mjs";

describe("a drawn passphrase", () => {
  test("is so many words of its list, with one space between", () => {
    for (const list of LISTS) {
      const words = drawPassphrase(list, 7, seededBytes(list.name)).split(" ");
      expect(words).toHaveLength(7);
      for (const word of words) expect(listWords(list)).toContain(word);
    }
  });

  test("takes 11 bits for each word, and every word can be drawn", () => {
    const all = Array.from({ length: 2048 }, (_, index) => [0xf8 | (index >> 8), index & 0xff]);
    const drawn = drawPassphrase(ENGLISH, 2048, () => Uint8Array.from(all.flat()));
    expect(drawn.split(" ")).toEqual(listWords(ENGLISH));
  });

  test("is the first of its readings, and is read again from what is near", () => {
    const random = seededBytes("near");
    for (let round = 0; round < 20; round++) {
      const drawn = drawPassphrase(ENGLISH, 7, random);
      expect(passphraseReadings(drawn)[0]).toBe(drawn);
      const shouted = ` ${drawn.toUpperCase().replaceAll(" ", "\t")}`;
      expect(passphraseReadings(shouted).slice(0, 2)).toEqual([shouted, drawn]);
    }
  });
});

describe("readings of what was typed", () => {
  test("are what was typed, and that behind a byte order mark, where it is not words of a list", () => {
    for (const typed of ["Tr0ub4dor&3", "x", "correct horse battery staplx qqqqqqqq"]) {
      expect(passphraseReadings(typed)).toEqual([typed, `\uFEFF${typed}`]);
    }
    for (const typed of ["", " \t", "\u200b", "\uFEFF"]) {
      expect(passphraseReadings(typed)).toEqual([typed]);
    }
  });

  test("are at most three of what is no words, with and without what nobody sees", () => {
    for (const typed of [
      " Tr0ub4dor&3",
      "Tr0ub4\u200bdor&3\n",
      "\uFEFFTr0ub4dor&3",
      "Tr0ub4dor&3\u00a0",
    ]) {
      expect(passphraseReadings(typed)).toEqual([typed, "Tr0ub4dor&3", `\uFEFF${typed}`]);
    }
    expect(passphraseReadings("a\tb\u2028c")[1]).toBe("a b c");
  });

  test("are bounded, whatever was typed", () => {
    const typed = "cat car can cap ten men pen bar far";
    const readings = passphraseReadings(typed);
    expect(readings.length).toBeLessThanOrEqual(24);
    expect(new Set(readings).size).toBe(readings.length);
    expect(passphraseReadings("a ".repeat(5000)).length).toBeLessThanOrEqual(24);
  });

  test("take accents and lists other than English", () => {
    expect(passphraseReadings("abaco abdomen abeja")).toContain(
      "ábaco abdomen abeja".normalize("NFC"),
    );
    expect(passphraseReadings("あいこくしん　あいさつ")).toContain("あいこくしん あいさつ");
  });
});

describe("strength at the most", () => {
  test.each([
    ["abandon ability able about above absent absorb", 77],
    ["abandon abandon abandon", 11],
    ["correct horse battery staple", 68],
    ["a", 4],
    ["aaaaaaaa", 4],
    ["Tr0ub4dor&3", 69],
    ["k9!fQz7#mW2$xR5&", 105],
  ])("of %j is %i bits", (passphrase, bits) => {
    expect(bitsAtMost(passphrase)).toBe(bits);
  });

  test("counts list words by their list, others not", () => {
    expect(passphraseWords("abandon ability")).toEqual(["abandon", "ability"]);
    expect(passphraseWords("abandon abilitx")).toBeNull();
    expect(passphraseWords("")).toBeNull();
  });
});
