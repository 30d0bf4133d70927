import fc from "fast-check";
import qrcode, { type QRCodeSegment } from "qrcode";
import { describe, expect, test } from "vitest";
import { correctBlock } from "../../../src/core/qr/block-decoder.js";
import {
  type Codewords,
  readBlocks,
  readCodewords,
  SURE_EVIDENCE,
} from "../../../src/core/qr/codewords.js";
import { likelyFormats } from "../../../src/photo/code/fixed-patterns.js";
import { guessWhole, GUESSES_LIMIT } from "../../../src/core/qr/guessed-code.js";
import { dataText } from "../../../src/core/qr/segments.js";
import { blocksOf, symbolLayout } from "../../../src/core/qr/symbol.js";
import { codeModules } from "../../../src/core/qr/matrix.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import { RUNS } from "../arbitraries.js";
import { perfectModules } from "../../photo/code/perfect-modules.js";

const PAYLOAD = Uint8Array.from({ length: 110 }, (_, index) => (index * 37 + 0x10) % 256);
const [TEXT] = encodeQrText(PAYLOAD);

function perfectCode(segments: QRCodeSegment[], level: "L" | "M" | "Q" | "H", version?: number) {
  const code = qrcode.create(segments, {
    errorCorrectionLevel: level,
    ...(version === undefined ? {} : { version }),
  });
  const isDark = Array.from(code.modules.data, (module) => module !== 0);
  return { layout: symbolLayout(code.version), seen: perfectModules({ isDark }) };
}

function ourCode() {
  const modules = TEXT === undefined ? null : codeModules(TEXT, "Q");
  if (TEXT === undefined || modules === null) throw new Error("no code");
  const layout = symbolLayout((modules.size - 17) / 4);
  const seen = perfectModules(modules);
  const [format] = likelyFormats(layout, seen);
  if (format === undefined) throw new Error("no format");
  const whole = TEXT.head + TEXT.digits;
  return { layout, format, codewords: readCodewords(layout, seen, format), whole };
}

function textOf(layout: ReturnType<typeof symbolLayout>, seen: ReturnType<typeof perfectModules>) {
  const [format] = likelyFormats(layout, seen);
  if (format === undefined) return null;
  const blocks = readBlocks(layout, format, readCodewords(layout, seen, format));
  const data = blocks.flatMap((block) => (block === null ? [] : [...block.data]));
  return dataText(Uint8Array.from(data), layout.version);
}

describe("a code whose modules are all known", () => {
  test.each([1, 2, 6, 7, 9, 10, 14, 26, 27, 33, 40])("of version %i gives its text", (version) => {
    for (const level of ["L", "M", "Q", "H"] as const) {
      const { layout, seen } = perfectCode([{ data: "12345", mode: "numeric" }], level, version);
      expect(textOf(layout, seen)).toEqual({ text: "12345", isPadded: true });
    }
  });

  test("gives a text of every mode, and of several", () => {
    const texts: [QRCodeSegment[], string][] = [
      [[{ data: "0", mode: "numeric" }], "0"],
      [[{ data: "01234567", mode: "numeric" }], "01234567"],
      [[{ data: "AB $%*+-./:9", mode: "alphanumeric" }], "AB $%*+-./:9"],
      [[{ data: "ODD", mode: "alphanumeric" }], "ODD"],
      [[{ data: new TextEncoder().encode("käse €"), mode: "byte" }], "käse €"],
      [[{ data: Uint8Array.of(0x83, 0x82, 0x83, 0x6f), mode: "byte" }], "モバ"],
      [[{ data: Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20), mode: "byte" }], "café "],
      [
        [
          { data: "KEY/", mode: "alphanumeric" },
          { data: "0042", mode: "numeric" },
          { data: new TextEncoder().encode("x"), mode: "byte" },
        ],
        "KEY/0042x",
      ],
    ];
    for (const [segments, text] of texts) {
      const { layout, seen } = perfectCode(segments, "M");
      expect(textOf(layout, seen)).toEqual({ text, isPadded: true });
    }
  });

  test("gives none where the segments are cut", () => {
    expect(dataText(Uint8Array.of(0x10, 0xff), 1)).toBeNull();
    expect(dataText(Uint8Array.of(0x40, 0x50, 0x41), 1)).toBeNull();
    expect(dataText(Uint8Array.of(0x30, 0, 0), 1)).toBeNull();
  });
});

describe("a block", () => {
  const places = fc.uniqueArray(fc.nat(36), { maxLength: 20 });

  test("is mended within 2 x errors + erasures, and never to another one there", () => {
    const { layout, format, codewords } = ourCode();
    const [block] = blocksOf(layout.version, format.level).slice(-1);
    const sent = Uint8Array.from(block?.codewords ?? [], (place) => codewords.values[place] ?? 0);
    const checks = block?.checkCount ?? 0;
    fc.assert(
      fc.property(places, fc.nat(20), fc.integer({ min: 1, max: 255 }), (hit, erased, by) => {
        const erasures = hit.slice(0, erased);
        const errors = hit.slice(erased).slice(0, Math.floor((checks - erasures.length) / 2));
        const received = sent.map((value, index) =>
          erasures.includes(index) || errors.includes(index) ? value ^ by : value,
        );
        const read = correctBlock(received, checks, erasures);
        expect(read?.codewords).toEqual(sent);
        expect(read?.errors).toBe(errors.length);
      }),
      RUNS,
    );
  });

  test("says how sure it is: each erasure takes 8 bits, and a random word has next to none", () => {
    const { layout, format, codewords } = ourCode();
    const sure = readBlocks(layout, format, codewords);
    expect(Math.min(...sure.map((block) => block?.evidence ?? 0))).toBe(160);
    const noise: Codewords = {
      ...codewords,
      values: codewords.values.map((value, index) => (value * 31 + index * 57 + 5) % 256),
    };
    for (const block of readBlocks(layout, format, noise)) {
      expect(block?.evidence ?? 0).toBeLessThan(SURE_EVIDENCE);
    }
  });
});

describe("a code of ours with blocks beyond what their check can make good", () => {
  /** `lost` are bits of a block's codeword, so many from its end, that are lost and known to be. */
  function withLost(lost: (block: number, fromEnd: number) => number, sureness = 0) {
    const { codewords, ...code } = ourCode();
    const left = {
      values: Uint8Array.from(codewords.values),
      sureness: Float64Array.from(codewords.sureness),
      bitSureness: Float64Array.from(codewords.bitSureness),
    };
    blocksOf(code.layout.version, code.format.level).forEach(({ codewords: places }, number) => {
      places.forEach((place, index) => {
        const bits = lost(number, places.length - 1 - index);
        if (bits === 0) return;
        left.values[place] = (0xaa & bits) | ((left.values[place] ?? 0) & ~bits);
        left.sureness[place] = sureness;
        for (let bit = 0; bit < 8; bit++) {
          if (bits & (0x80 >> bit)) left.bitSureness[8 * place + bit] = sureness;
        }
      });
    });
    return { ...code, left };
  }
  function damaged(...how: Parameters<typeof withLost>) {
    const { layout, format, left, whole } = withLost(...how);
    const blocks = readBlocks(layout, format, left);
    const budget = { left: GUESSES_LIMIT };
    return { guessed: guessWhole(layout, format, left, blocks, budget), budget, whole };
  }
  const last = (counts: readonly number[]) => (block: number, fromEnd: number) =>
    fromEnd < (counts[block] ?? 0) ? 0xff : 0;

  test("is read where one codeword too many is lost", () => {
    const { guessed, whole } = damaged(last([0, 21, 18, 0, 20, 0, 0, 0]));
    expect(guessed).toBe(whole);
  });

  test("is read where every codeword has lost half of its bits", () => {
    const { guessed, budget, whole } = damaged(() => 0x0f);
    expect(guessed).toBe(whole);
    expect(GUESSES_LIMIT - budget.left).toBeLessThan(8);
  });

  test("is read where two bits of each block that look plain enough are wrong besides", () => {
    const { layout, format, left, whole } = withLost((_, fromEnd) => (fromEnd < 18 ? 0xff : 0));
    for (const { codewords: places } of blocksOf(layout.version, format.level)) {
      for (const index of [12, 15]) {
        const place = places[index] ?? 0;
        left.values[place] = (left.values[place] ?? 0) ^ 0x10;
        left.bitSureness[8 * place + 3] = 0.7;
      }
    }
    const blocks = readBlocks(layout, format, left);
    expect(blocks.filter((block) => (block?.evidence ?? 0) >= SURE_EVIDENCE)).toEqual([]);
    expect(guessWhole(layout, format, left, blocks, { left: GUESSES_LIMIT })).toBe(whole);
  });

  test("is not read, and not read as another one, where two too many are lost", () => {
    const { guessed, budget } = damaged(last([0, 22, 0, 22, 0, 0, 0, 0]));
    expect(guessed).toBeNull();
    expect(budget.left).toBeLessThanOrEqual(GUESSES_LIMIT);
  });

  test("costs no guesses where more is lost than they could find", () => {
    const { guessed, budget } = damaged(last([30, 30, 30, 30, 30, 0, 0, 0]));
    expect(guessed).toBeNull();
    expect(budget.left).toBe(GUESSES_LIMIT);
  });

  test("costs no guesses where all is plain and wrong: it is another code, or none", () => {
    const { guessed, budget } = damaged(() => 0xff, 1);
    expect(guessed).toBeNull();
    expect(budget.left).toBe(GUESSES_LIMIT);
  });
});
