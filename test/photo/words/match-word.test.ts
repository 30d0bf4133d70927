import { describe, expect, test } from "vitest";
import { areaWidth, shapeOfWord, wordShapes } from "../../../src/photo/words/letter-shapes.js";
import { matchWord, patchSize } from "../../../src/photo/words/match-word.js";
import { spelledWords } from "../../../src/photo/words/spelled-words.js";
import { ENGLISH, listWords } from "../../../src/core/words/word-lists.js";
import { seededRandom } from "../../seeded-random.mjs";

const LIST = listWords(ENGLISH);
const spelled = spelledWords(LIST);
const shapes = wordShapes(spelled, { x: 0.9, y: 0.9 });
const random = seededRandom("match word");

/** A word in ink on paper with noise, shifted by so many squares. */
function patchOf(word: string, margin: number, shiftX: number, shiftY: number) {
  const { widthPx, heightPx } = patchSize(shapes.slots, margin);
  const values = Float32Array.from({ length: widthPx * heightPx }, () => 190 + random(20));
  const shape = shapeOfWord(shapes, word);
  const width = areaWidth(shapes.slots);
  shape.forEach((ink, index) => {
    const x = (index % width) + margin + shiftX;
    const y = Math.floor(index / width) + margin + shiftY;
    const at = y * widthPx + x;
    values[at] = (values[at] ?? 0) - 120 * ink;
  });
  return { widthPx, heightPx, values, margin };
}

describe("a patch with a word of the list", () => {
  // Far off, a shift that falls between two of the first look may be taken for another word's.
  test.each([
    [1, 40],
    [2, 40],
    [4, 38],
    [6, 36],
  ])("and %i squares around it gives the word and its place, %i times of 40", (margin, least) => {
    let found = 0;
    for (let count = 0; count < 40; count++) {
      const word = LIST[random(LIST.length)] ?? "";
      const [x, y] = [random(2 * margin + 1) - margin, random(2 * margin + 1) - margin];
      const match = matchWord(patchOf(word, margin, x, y), shapes);
      const isRight = match.words[0]?.word === word && match.shiftX === x && match.shiftY === y;
      if (isRight && match.agreement > 0.9) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(least);
  });
});

test("what the pairs of a word are put together of are its letters", () => {
  for (const [index, word] of spelled.words.entries()) {
    const pairs = [...spelled.pairs.subarray(4 * index, 4 * index + 4)];
    const letters = pairs.flatMap((pair) => spelled.pairLetters[pair]?.slice(1) ?? []);
    expect(letters.map((letter) => spelled.alphabet[letter] ?? "").join("")).toBe(word);
  }
});
