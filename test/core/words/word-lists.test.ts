/** The ten lists are the ones on paper, and every word is found by the forms that people type. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findWord, LISTS, type ListRow, listWords } from "../../../src/core/words/word-lists.js";

interface Pins {
  readonly lists: Readonly<Record<string, string>>;
}

const PINS = (
  JSON.parse(
    readFileSync(new URL("../../../fixtures/vectors/wordlists.json", import.meta.url), "utf8"),
  ) as Pins
).lists;

const LATIN = LISTS.filter(({ script }) => script === "latin");

function withoutAccents(word: string): string {
  return word.normalize("NFKD").replace(/\p{Mark}/gu, "");
}

/** Words of the list that are not found at their own place by what the form makes of them. */
function lostBy(list: ListRow, form: (word: string) => string): readonly string[] {
  return listWords(list).filter((word, index) => findWord(list, form(word)) !== index);
}

describe("the word lists", () => {
  test("are the ten of BIP39, numbered 0 to 9 in the order of their pins", () => {
    expect(LISTS.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(LISTS.map(({ name }) => name)).toEqual(Object.keys(PINS));
  });

  for (const list of LISTS) {
    test(`${list.title}: 2048 different words with the SHA-256 that is pinned`, () => {
      const words = listWords(list);
      expect(new Set(words).size).toBe(2048);
      const text = words.map((word) => word.normalize("NFKD")).join("\n");
      expect(createHash("sha256").update(text).digest("hex")).toBe(PINS[list.name]);
    });

    test(`${list.title}: every word is found as printed, decomposed and in capitals`, () => {
      expect(lostBy(list, (word) => word.normalize("NFC"))).toEqual([]);
      expect(lostBy(list, (word) => word.normalize("NFKD"))).toEqual([]);
      expect(lostBy(list, (word) => word.toUpperCase())).toEqual([]);
    });
  }

  for (const list of LATIN) {
    test(`${list.title}: every word is found without accents and by its first four letters`, () => {
      expect(lostBy(list, withoutAccents)).toEqual([]);
      expect(lostBy(list, (word) => Array.from(word).slice(0, 4).join(""))).toEqual([]);
      expect(lostBy(list, (word) => withoutAccents(word).slice(0, 4))).toEqual([]);
    });

    test(`${list.title}: no word has two letters, as the row letters have`, () => {
      expect(listWords(list).filter((word) => word.length < 3)).toEqual([]);
    });
  }

  test("do not find what only begins like a word, or fewer letters than four", () => {
    const [english] = LISTS;
    if (english === undefined) throw new Error("no list");
    expect(findWord(english, "abandon")).toBe(0);
    for (const token of ["aban1on", "abandoned", "abanxxx", "aba", "a", "", "?"]) {
      expect(findWord(english, token), token).toBeNull();
    }
  });

  test("tell a short word from a longer one that begins with it", () => {
    const [english] = LISTS;
    if (english === undefined) throw new Error("no list");
    const words = listWords(english);
    for (const word of ["own", "owner", "act", "action", "actor", "car", "card", "cargo"]) {
      expect(words[findWord(english, word) ?? -1], word).toBe(word);
    }
  });
});
