import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeQrText, readQrTexts } from "../../../src/core/qr/qr-text.js";
import { payloads, RUNS } from "../arbitraries.js";

/** All texts of a payload in as many codes as it may be cut into, at most. */
function textsOf(payload: Uint8Array, pieces: number): readonly string[] {
  for (let count = pieces; ; count--) {
    try {
      return encodeQrText(payload, count).map(({ head, digits }) => head + digits);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

const pieceCounts = fc.integer({ min: 1, max: 9 });

test("pieces in any order, doubled and with other text around them give their payload", () => {
  fc.assert(
    fc.property(payloads, pieceCounts, fc.infiniteStream(fc.nat(2)), (payload, count, dice) => {
      const texts = textsOf(payload, count);
      const mixed = [...texts, texts[0] ?? ""].sort(() => (dice.next().value as number) - 1);
      const spaced = mixed.map((text) => `see: ${text.replace(/(.{9})/g, "$1 ")}\nend.`);
      const read = readQrTexts(spaced.map((text) => ({ source: "q", text })));
      expect(read.problems).toEqual([]);
      expect(read.payloads.map((each) => each.payload)).toEqual([Uint8Array.from(payload)]);
    }),
    RUNS,
  );
});

test("without one of its pieces, or with a digit that is another, a code gives nothing", () => {
  const change = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(payloads, pieceCounts, fc.nat(), change, (payload, count, place, by) => {
      const texts = textsOf(payload, count);
      const at = place % texts.length;
      const fewer = texts.filter((_, index) => index !== at);
      expect(readQrTexts(fewer.map((text) => ({ source: "q", text }))).payloads).toEqual([]);
      const chosen = texts[at] ?? "";
      const start = chosen.lastIndexOf("/") + 1;
      const digit = start + (place % (chosen.length - start));
      const other = String((Number(chosen[digit]) + by) % 10);
      const changed = texts.with(at, chosen.slice(0, digit) + other + chosen.slice(digit + 1));
      expect(readQrTexts(changed.map((text) => ({ source: "q", text }))).payloads).toEqual([]);
    }),
    RUNS,
  );
});

test("any text is read without a fault", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^KEYSHEET\d{1,3}\/\d{1,3}\/\d{1,3}\/\d{0,60}$/),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      const read = readQrTexts(texts.map((each) => ({ source: "q", text: each })));
      expect(read.payloads).toEqual([]);
    }),
    RUNS,
  );
});
