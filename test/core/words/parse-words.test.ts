import { describe, expect, test } from "vitest";
import { parseWords } from "../../../src/core/words/parse-words.js";
import { findWord, LISTS, listWords, type ListRow } from "../../../src/core/words/word-lists.js";

function list(name: string): ListRow {
  return LISTS.find((row) => row.name === name) as ListRow;
}

describe("typed text to tokens", () => {
  test.each([
    [
      "row numbers and row letters",
      " 1. abandon ability AB\n2) able KZ\n03 about",
      "abandon ability able about",
    ],
    [
      "row letters before a number on one line",
      "1 abandon ability AB 2 able CD",
      "abandon ability able",
    ],
    ["punctuation, commas and bars", "abandon, ability; able|about.", "abandon ability able about"],
    ["a number that sticks to its word", "1.abandon 12)ability", "abandon ability"],
    ["unreadable words", "abandon ? ??? ability", "abandon ? ? ability"],
    ["a word with an unreadable letter stays one token", "aban?on ability", "aban?on ability"],
    ["full-width letters and spaces", "ａｂａｎｄｏｎ\u3000ａｂｌｅ", "abandon able"],
    ["Chinese characters without spaces", "的一是", "的 一 是"],
    ["two letters inside a row stay, as a word cut short", "abandon ab able", "abandon ab able"],
  ])("%s", (_, text, tokens) => {
    expect(parseWords(text).join(" ")).toBe(tokens);
  });
});

describe("a token finds its word", () => {
  test.each([
    ["english", "ABANDON", 0],
    ["english", "aban", 0],
    ["english", "aband", 0],
    ["english", "zoo", 2047],
    ["english", "abandonn", null],
    ["english", "aba", null],
    ["english", "act", 19],
    ["spanish", "ábaco", 0],
    ["spanish", "abaco", 0],
    ["spanish", "a\u0301baco", 0],
    ["french", "abaisser", 0],
    ["czech", "abdikace", 0],
    ["korean", "가격", 0],
    ["japanese", "あいこくしん", 0],
  ])("%s: %s", (name, token, index) => {
    expect(findWord(list(name), token)).toBe(index);
  });

  test("every word of every list is found as itself, in NFC and NFKD", () => {
    for (const row of LISTS) {
      listWords(row).forEach((word, index) => {
        expect(findWord(row, word)).toBe(index);
        expect(findWord(row, word.normalize("NFKD"))).toBe(index);
      });
    }
  });

  test("every English word is found by its first four letters", () => {
    listWords(list("english")).forEach((word, index) => {
      expect(findWord(list("english"), word.slice(0, 4))).toBe(index);
    });
  });

  test("a token of a Latin list never names a word that it is not the beginning of", () => {
    for (const row of LISTS.filter(({ script }) => script === "latin")) {
      const plain = listWords(row).map((word) => word.normalize("NFKD").replace(/\p{Mark}/gu, ""));
      for (const word of plain) {
        const found = findWord(row, word.slice(0, 4));
        if (found !== null) expect(plain[found]?.startsWith(word.slice(0, 4))).toBe(true);
      }
    }
  });
});
