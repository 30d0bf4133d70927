import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../../../src/core/problem.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { mendWords } from "../../../src/core/words/repair/mend-words.js";
import { findWord, wordAt } from "../../../src/core/words/word-lists.js";
import { decodeWords, encodeWords } from "../../../src/core/words/words.js";
import { levels, lists, payloads, RUNS } from "../arbitraries.js";

test("words that are unreadable or wrong, as many as there are spare words for, give their payload", () => {
  fc.assert(
    fc.property(
      payloads,
      lists,
      levels,
      fc.infiniteStream(fc.nat()),
      (payload, list, level, dice) => {
        const words = encodeWords(payload, list.number, level);
        if (words === null) return;
        const received: (number | null)[] = [...words];
        const next = () => dice.next().value as number;
        const { spare } = decodeWords(received, list.number)[0] ?? { spare: 0 };
        const wrong = next() % (Math.floor(spare / 2) + 1);
        const order = received.map((_, index) => index).sort(() => (next() % 2) - 0.5);
        for (const place of order.slice(0, wrong)) {
          received[place] = ((words[place] ?? 0) + 1 + (next() % 2047)) % 2048;
        }
        for (const place of order.slice(wrong, spare - wrong)) received[place] = null;
        const readings = decodeWords(received, list.number);
        expect(readings.map((reading) => reading.payload)).toEqual([Uint8Array.from(payload)]);
        expect(readings[0]?.wrong).toHaveLength(wrong);
      },
    ),
    RUNS,
  );
});

test("words of one list are not taken for those of another", () => {
  fc.assert(
    fc.property(payloads, lists, lists, levels, (payload, list, other, level) => {
      const words = encodeWords(payload, list.number, level);
      fc.pre(words !== null && other !== list);
      expect(decodeWords([...words], other.number)).toEqual([]);
    }),
    RUNS,
  );
});

test("a word and its number are one, in every list and however it is written", () => {
  fc.assert(
    fc.property(lists, fc.nat(2047), (list, index) => {
      const word = wordAt(list, index);
      for (const written of [word, word.normalize("NFC"), word.toUpperCase()]) {
        expect(findWord(list, written)).toBe(index);
      }
    }),
    RUNS,
  );
});

test("any text is a sheet's, or refused by a typed problem", () => {
  const word = fc.tuple(lists, fc.nat(2047)).map(([list, index]) => wordAt(list, index));
  const token = fc.oneof(word, word, fc.string({ unit: "binary", maxLength: 8 }), fc.constant("?"));
  const lines = fc.array(fc.array(token, { maxLength: 7 }), { maxLength: 3 });
  fc.assert(
    fc.property(lines, (typed) => {
      const text = typed.map((tokens) => tokens.join(" ")).join("\n");
      expect(() =>
        mendWords({ source: "t", lines: parseLines(text) }, { thoroughness: "quick" }),
      ).toThrow(Refusal);
    }),
    RUNS,
  );
});
