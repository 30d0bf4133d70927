import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeModules } from "../../../src/core/qr/matrix.js";
import { readBlocks, readCodewords } from "../../../src/core/qr/codewords.js";
import { likelyFormats } from "../../../src/photo/code/fixed-patterns.js";
import { symbolLayout } from "../../../src/core/qr/symbol.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import { canStand, digitCountIn, knownBits, wholeCode } from "../../../src/core/qr/whole-code.js";
import { payloads, RUNS } from "../arbitraries.js";
import { perfectModules } from "../../photo/code/perfect-modules.js";

/** The data of a payload's code, and its layout; null where it needs several. */
function codeOf(payload: Uint8Array) {
  const [text] = encodeQrText(payload);
  const modules = text === undefined ? null : codeModules(text, "Q");
  if (text === undefined || modules === null) return null;
  const layout = symbolLayout((modules.size - 17) / 4);
  const seen = perfectModules(modules);
  const [format] = likelyFormats(layout, seen);
  if (format === undefined) throw new Error("no format");
  const blocks = readBlocks(layout, format, readCodewords(layout, seen, format));
  const data = blocks.flatMap((block) => [...(block?.data ?? [])]);
  return { code: wholeCode(layout.version, format.level), data, digits: text.digits.length };
}

describe("what is known of a code beforehand", () => {
  test("is so in the code of every payload: head, number of digits, padding, what can stand where", () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.nat(), (payload, from, length) => {
        const made = codeOf(payload);
        if (made === null) return;
        const { code, data, digits } = made;
        const bits = data.map((byte) => byte.toString(2).padStart(8, "0")).join("");
        for (const count of [null, digits]) {
          const known = knownBits(code, count);
          expect(known.length).toBe(bits.length);
          Array.from(known).forEach((bit, at) => {
            if (bit !== "?") expect(bits[at]).toBe(bit);
          });
        }
        expect(digitCountIn(code, Uint8Array.from(data))).toBe(digits);
        const first = from % data.length;
        const part = Uint8Array.from(data.slice(first, first + 4 + (length % 40)));
        const place = { firstBit: 8 * first, digitCount: code.leastDigits };
        if (first > 0) expect(canStand(code, part, place)).toBe(true);
        expect(canStand(code, Uint8Array.from(data), { firstBit: 0, digitCount: digits })).toBe(
          true,
        );
      }),
      RUNS,
    );
  });

  test("covers all but the digits once their number is known", () => {
    const made = codeOf(Uint8Array.from({ length: 110 }, (_, at) => (at === 0 ? 0x10 : at)));
    if (made === null) throw new Error("no code");
    const known = knownBits(made.code, made.digits);
    expect(Array.from(known).filter((bit) => bit === "?").length).toBe((made.digits / 3) * 10);
  });
});

describe("bytes that cannot stand where they are", () => {
  const made = codeOf(Uint8Array.from({ length: 110 }, (_, at) => (at === 0 ? 0x10 : at)));
  if (made === null) throw new Error("no code");
  const { code, data, digits } = made;
  /** With other bits from a bit of the data on. */
  const withBits = (at: number, bits: string) => {
    const all = data.map((byte) => byte.toString(2).padStart(8, "0")).join("");
    const changed = all.slice(0, at) + bits + all.slice(at + bits.length);
    return Uint8Array.from(changed.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  };
  const triple = (index: number, value: number) =>
    withBits(code.digitsAt + 10 * index, value.toString(2).padStart(10, "0"));
  const whole = { firstBit: 0, digitCount: digits };

  test.each([
    ["three digits above 999", triple(20, 1000)],
    // Digits 17, 18 and 19 are the first of the second group.
    [
      "a group too large for seven bytes",
      withBits(code.digitsAt + 50, "1".repeat(5) + "00111" + "1111100111"),
    ],
    ["a kind that no payload has", triple(0, 60)],
    ["a version that no payload has", triple(0, 44)],
    ["a number of digits that groups do not have", withBits(code.head.length, "0100011001")],
    ["fewer digits than a smaller code holds", withBits(code.head.length, "0001000100")],
  ])("are told: %s", (_, bytes) => {
    expect(canStand(code, Uint8Array.from(data), whole)).toBe(true);
    expect(canStand(code, bytes, whole)).toBe(false);
  });
});
