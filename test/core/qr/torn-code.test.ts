import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backup } from "../../../src/core/backup.js";
import { codeModules } from "../../../src/core/qr/matrix.js";
import { readBlocks, readCodewords } from "../../../src/core/qr/codewords.js";
import { likelyFormats } from "../../../src/photo/code/fixed-patterns.js";
import { dataCountsOf, symbolLayout } from "../../../src/core/qr/symbol.js";
import { encodeQrText, piecesOf } from "../../../src/core/qr/qr-text.js";
import { tornPiece } from "../../../src/core/qr/torn-code.js";
import { restore } from "../../../src/core/restore/restore.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { listWords } from "../../../src/core/words/word-lists.js";
import { seededBytes } from "../../seeded-random.mjs";
import { payloads, RUNS } from "../arbitraries.js";
import { perfectModules } from "../../photo/code/perfect-modules.js";

/** The data of each block of a payload's code, or of any text's. */
function dataOf(text: { head: string; digits: string }) {
  const modules = codeModules(text, "Q");
  if (modules === null) return null;
  const layout = symbolLayout((modules.size - 17) / 4);
  const seen = perfectModules(modules);
  const [format] = likelyFormats(layout, seen);
  if (format === undefined) throw new Error("no format");
  const blocks = readBlocks(layout, format, readCodewords(layout, seen, format));
  const counts = dataCountsOf(layout.version, format.level);
  const data = blocks.map((block, index) => [
    ...(block?.data ?? new Array<null>(counts[index] ?? 0).fill(null)),
  ]);
  return { version: layout.version, data };
}

function without(data: readonly (readonly (number | null)[])[], lost: readonly number[]) {
  return data.flatMap((block, index) => (lost.includes(index) ? block.map(() => null) : block));
}

describe("a code of which blocks are lost", () => {
  test("gives bytes of its payload in their places, and no others", () => {
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(12), { maxLength: 6 }), (payload, lost) => {
        const [text] = encodeQrText(payload);
        const code = text === undefined ? null : dataOf(text);
        if (code === null) return;
        const bytes = tornPiece(without(code.data, lost), code.version, "Q")?.bytes ?? [];
        expect(bytes.length).toBeLessThanOrEqual(payload.length);
        bytes.forEach((byte, index) => {
          if (byte !== null) expect(byte).toBe(payload[index]);
        });
        if (lost.length === 0) expect(bytes).toEqual([...payload]);
      }),
      RUNS,
    );
  });

  test("gives nothing where it is somebody else's", () => {
    const foreign = dataOf({ head: "HTTPS://EXAMPLE.ORG/", digits: "123456789012345" });
    expect(tornPiece(without(foreign?.data ?? [], []), foreign?.version ?? 1, "Q")).toBeNull();
  });

  test("gives bytes where the number of its digits is lost, of payloads of every length", () => {
    const bytes = seededBytes("torn code");
    for (let length = 60; length < 240; length++) {
      const payload = bytes(length);
      const [text] = encodeQrText(payload);
      const code = text === undefined ? null : dataOf(text);
      if (code === null) throw new Error("no code");
      const left = tornPiece(without(code.data, [0]), code.version, "Q")?.bytes ?? [];
      expect(left.filter((byte) => byte !== null).length, String(length)).toBeGreaterThan(20);
      left.forEach((byte, at) => {
        if (byte !== null) expect(byte).toBe(payload[at]);
      });
    }
  });

  test("is one of several where its number is left", () => {
    fc.assert(
      fc.property(
        payloads,
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
        (payload, total, lost) => {
          const pieces = piecesOf(payload, total) ?? [];
          const texts = pieces.length === 0 ? [] : encodeQrText(payload, total);
          texts.forEach((text, index) => {
            const code = dataOf(text);
            if (code === null) return;
            const piece = tornPiece(without(code.data, lost), code.version, "Q");
            if (piece === null) return;
            expect(piece).toMatchObject({ number: index + 1, total });
            expect(piece.bytes).toHaveLength(pieces[index]?.length ?? 0);
            piece.bytes.forEach((byte, at) => {
              if (byte !== null) expect(byte).toBe(pieces[index]?.[at]);
            });
            if (lost.length === 0) expect(piece.bytes).not.toContain(null);
          });
        },
      ),
      RUNS,
    );
  });
});

describe("what is left of a torn code", () => {
  const key = `${Buffer.alloc(42, 5).toString("base64")}\n${Buffer.alloc(64, 9).toString("base64")}\n`;
  const made = backup({ ...parseKeyFile(key, "key"), day: 2518 }, "standard");
  const [text] = encodeQrText(made.payload);
  const code = text === undefined ? null : dataOf(text);
  const leftWithout = (lost: readonly number[]) =>
    tornPiece(without(code?.data ?? [], lost), code?.version ?? 1, "Q")?.bytes ?? [];
  const bytes = leftWithout([4]);
  const torn = {
    kind: "bytes",
    source: "photo.jpg",
    ...{ number: 1, total: 1, bytes },
    ...{ read: 7, count: 8 },
  } as const;
  const words = listWords(made.list);
  const tokens = Array.from(made.wordIndices, (index) => words[index] ?? "");
  /** Of every six words the last two are lost: 34 of 102, where 18 are spare. */
  const part = tokens.map((word, index) => (index % 6 < 4 ? word : "?"));
  const QUICK = { thoroughness: "quick" } as const;
  const typed = (list: readonly string[]) =>
    ({ kind: "words", source: "typed", lines: parseLines(list.join(" ")) }) as const;

  test("completes words that are too few alone, and both are told", () => {
    expect(restore([typed(part)]).status).toBe("refused");
    const restored = restore([typed(part), torn]);
    if (restored.status !== "confirmed") throw new Error(restored.status);
    expect(restored.reports.map(({ kind }) => kind)).toEqual(["words", "torn-code"]);
    expect(restored.remarks).toEqual([]);
  });

  test("completes words with what is left of another, and not beside one of another sheet", () => {
    const half = typed(tokens.map((word, index) => (index % 2 === 0 ? word : "?")));
    const parts = [
      [1, 2, 3],
      [4, 5, 6, 7],
    ];
    const codes = parts.map((lost) => {
      return { ...torn, source: `${lost.join("")}.jpg`, bytes: leftWithout(lost), read: 4 };
    });
    const other = { ...torn, bytes: bytes.map((byte) => (byte === null ? null : byte ^ 1)) };
    for (const one of codes) expect(restore([half, one], QUICK).status).toBe("refused");
    const restored = restore([half, ...codes], QUICK);
    if (restored.status !== "confirmed") throw new Error(restored.status);
    const kinds = ["words", "torn-code", "torn-code"];
    expect(restored.reports.map(({ kind }) => kind)).toEqual(kinds);
    expect(restored.remarks).toEqual([]);
    for (const given of [
      [other, ...codes],
      [...codes, other],
    ]) {
      const refused = restore([half, ...given], QUICK);
      if (refused.status !== "refused") throw new Error(refused.status);
      expect(refused.problems.map(({ code }) => code)).toEqual(["sheets-differ", "code-torn"]);
    }
  });

  test("completes rows of words that are known by their numbers, where the first are torn off", () => {
    const rows = Array.from({ length: 17 }, (_, row) => tokens.slice(6 * row, 6 * row + 6));
    const text = rows
      .map((row, index) => `${String(index + 1)} ${row.join(" ")}`)
      .slice(8)
      .join("\n");
    const lower = { kind: "words", source: "typed", lines: parseLines(text) } as const;
    expect(restore([lower], QUICK).status).toBe("refused");
    const upper = { ...torn, bytes: leftWithout([6, 7]), read: 6 };
    const restored = restore([lower, upper], QUICK);
    if (restored.status !== "confirmed") throw new Error(restored.status);
    expect(restored.reports.map(({ kind }) => kind)).toEqual(["words", "torn-code"]);
  });

  test("is too little alone, and says how much it is", () => {
    expect(restore([torn])).toEqual({
      status: "refused",
      problems: [{ code: "code-torn", source: "photo.jpg", read: 7, count: 8, isWithWords: false }],
    });
  });

  test("of another sheet is another sheet beside good words, from six bytes on", () => {
    const ofAnother = (count: number) => {
      const left = bytes.map((byte, index) => (index < 20 + count ? (byte ?? 0) ^ 1 : null));
      return { ...torn, source: "other.jpg", bytes: left.fill(null, 0, 20) };
    };
    for (const given of [
      [typed(tokens), ofAnother(6)],
      [ofAnother(6), typed(tokens)],
    ]) {
      expect(restore(given)).toMatchObject({
        status: "refused",
        problems: [
          { code: "sheets-differ", sheets: [{ sources: ["typed"] }, { sources: ["other.jpg"] }] },
          { code: "code-torn", source: "other.jpg" },
        ],
      });
    }
    for (const left of [[], [null], ofAnother(5).bytes]) {
      const restored = restore([typed(tokens), { ...torn, bytes: left }]);
      if (restored.status !== "confirmed") throw new Error(restored.status);
      expect(restored.reports.map(({ kind }) => kind)).toEqual(["words"]);
      expect(restored.remarks.map((problem) => problem.code)).toEqual(["code-torn"]);
    }
  });

  test("longer than any code is another sheet, at once", () => {
    const started = process.cpuUsage().user;
    for (const length of [4107, 20_000, 1_000_000]) {
      const endless = { ...torn, bytes: Array.from({ length }, (_, index) => index % 251) };
      expect(restore([typed(part), endless], QUICK).status).toBe("refused");
      expect(restore([typed(tokens), endless])).toMatchObject({
        problems: [{ code: "sheets-differ" }, { code: "code-torn" }],
      });
    }
    expect(process.cpuUsage().user - started).toBeLessThan(5e6);
  });

  test("as long as the longest payload does not slow down the words of a short sheet", () => {
    const started = process.cpuUsage().user;
    const long = { ...torn, bytes: Array.from({ length: 4096 }, (_, index) => index % 251) };
    expect(restore([typed(part), long], QUICK).status).toBe("refused");
    expect(process.cpuUsage().user - started).toBeLessThan(5e6);
  });
});
