import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correctBlock } from "../../../src/core/qr/block-decoder.js";
import { likelyWords } from "../../../src/core/qr/likely-words.js";
import { RUNS } from "../arbitraries.js";

const LENGTH = 36;
const CHECKS = 20;
const BITS = 8 * LENGTH;
const MOST_COST = 60;

function wordOf(data: Uint8Array): Uint8Array {
  const word = new Uint8Array(LENGTH);
  word.set(data);
  const checks = Array.from({ length: CHECKS }, (_, index) => LENGTH - CHECKS + index);
  return correctBlock(word, CHECKS, checks)?.codewords ?? word;
}

const datas = fc.uint8Array({ minLength: LENGTH - CHECKS, maxLength: LENGTH - CHECKS });
const bitSets = (most: number) => fc.uniqueArray(fc.nat(BITS - 1), { maxLength: most });

function turnedOver(word: Uint8Array, bits: readonly number[]): Uint8Array {
  const turned = word.slice();
  for (const bit of bits) turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
  return turned;
}

describe("the likeliest words of a block", () => {
  test("have the one that was sent first, where 140 bits anywhere are lost", () => {
    fc.assert(
      fc.property(datas, bitSets(140), (data, lost) => {
        const sent = wordOf(data);
        const costs = new Uint8Array(BITS).fill(9);
        for (const bit of lost) costs[bit] = 0;
        const received = turnedOver(
          sent,
          lost.filter((bit) => bit % 3 === 0),
        );
        const [first] = likelyWords(received, costs, CHECKS, MOST_COST);
        expect(first).toEqual({ codewords: sent, cost: 0 });
      }),
      RUNS,
    );
  });

  test("have it first where two bits are wrong besides, and say what that costs", () => {
    fc.assert(
      fc.property(datas, bitSets(110), (data, bits) => {
        const sent = wordOf(data);
        const wrong = bits.slice(0, 2);
        const lost = bits.slice(2);
        const costs = new Uint8Array(BITS).fill(9);
        for (const bit of lost) costs[bit] = 0;
        for (const bit of wrong) costs[bit] = 4;
        const [first] = likelyWords(turnedOver(sent, wrong), costs, CHECKS, MOST_COST);
        expect(first).toEqual({ codewords: sent, cost: 4 * wrong.length });
      }),
      RUNS,
    );
  });

  test("are all words that differ in lost bits alone, where eight too many are lost", () => {
    const sent = wordOf(Uint8Array.from({ length: 16 }, (_, index) => 11 * index));
    const costs = new Uint8Array(BITS).fill(9).fill(0, BITS - 8 * CHECKS - 8);
    const words = likelyWords(sent, costs, CHECKS, MOST_COST).filter(({ cost }) => cost === 0);
    expect(new Set(words.map(({ codewords }) => codewords.join())).size).toBe(256);
    expect(words.map(({ codewords }) => codewords)).toContainEqual(sent);
  });

  test("are words of the code, in the order of what they cost, and none above the limit", () => {
    const received = Uint8Array.from({ length: LENGTH }, (_, index) => (37 * index) % 251);
    const costs = Uint8Array.from({ length: BITS }, (_, bit) => (bit % 2 === 0 ? 0 : bit % 9));
    const words = likelyWords(received, costs, CHECKS, MOST_COST);
    expect(words.length).toBeGreaterThan(0);
    for (const { codewords } of words) {
      expect(correctBlock(codewords, CHECKS, [])).toEqual({ codewords, errors: 0 });
    }
    const prices = words.map(({ cost }) => cost);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(prices.at(-1)).toBeLessThanOrEqual(MOST_COST);
  });

  test("are none of what is plain and no word at all", () => {
    const received = Uint8Array.from({ length: LENGTH }, (_, index) => (37 * index) % 251);
    expect(likelyWords(received, new Uint8Array(BITS).fill(9), CHECKS, MOST_COST)).toEqual([]);
  });
});
