import { describe, expect, test } from "vitest";
import { backup } from "../../../src/core/backup.js";
import { areEqualBytes } from "../../../src/core/bytes.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import { decodeWords } from "../../../src/core/words/words.js";
import { MARKED } from "../../cli/story.js";
import { seededRandom } from "../../seeded-random.mjs";

const key = parseKeyFile(`${MARKED.key}\n${MARKED.secret}`, "key");
const made = backup({ provider: key.provider, fields: key.fields, day: 2518 }, "standard");
const words = [...made.wordIndices];
const spare = made.shape?.spare ?? 0;

function damaged(
  random: (limit: number) => number,
  wrong: number,
  unreadable: number,
): (number | null)[] {
  const places = words.map((_, index) => index);
  const result: (number | null)[] = [...words];
  for (let count = 0; count < wrong + unreadable; count++) {
    const [place = 0] = places.splice(random(places.length), 1);
    const word = words[place] ?? 0;
    result[place] = count < unreadable ? null : word ^ (1 + random(2047));
  }
  return result;
}

describe("the words of a Kraken sheet", () => {
  test("come back from every mix of wrong and unreadable words within the spare ones", () => {
    const random = seededRandom("within");
    for (let wrong = 0; 2 * wrong <= spare; wrong++) {
      for (let unreadable = 0; 2 * wrong + unreadable <= spare; unreadable++) {
        for (let round = 0; round < 5; round++) {
          const readings = decodeWords(damaged(random, wrong, unreadable), 0);
          expect(readings).toHaveLength(1);
          const [reading] = readings;
          expect(reading && areEqualBytes(reading.payload, made.payload)).toBe(true);
          expect(reading?.wrong).toHaveLength(wrong);
          expect(reading?.unreadable).toHaveLength(unreadable);
        }
      }
    }
  });

  test("give no answer just beyond, and never another key", () => {
    const random = seededRandom("beyond");
    for (let round = 0; round < 1500; round++) {
      const wrong = random(spare);
      const unreadable = Math.max(0, spare + 1 + random(4) - 2 * wrong);
      expect(decodeWords(damaged(random, wrong, unreadable), 0)).toEqual([]);
    }
  });

  test("random lists of every length give no key", { timeout: 240_000 }, () => {
    const random = seededRandom("random");
    // The generator is slow; a list is the one before it, with some words changed.
    const all = Array.from({ length: 204 }, () => random(2048));
    for (let round = 0; round < 100_000; round++) {
      all[random(all.length)] = random(2048);
      const count = 24 + 6 * random(30);
      if (decodeWords(all.slice(0, count), random(10)).length > 0) expect.unreachable();
    }
  });
});
