import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backup } from "../../../src/core/backup.js";
import { payloadsOfPieces } from "../../../src/core/qr/pieces.js";
import { encodeQrText, piecesOf } from "../../../src/core/qr/qr-text.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import { readCarriers } from "../../../src/core/restore/read-carriers.js";
import { restore } from "../../../src/core/restore/restore.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { listWords } from "../../../src/core/words/word-lists.js";
import { seededBytes } from "../../seeded-random.mjs";
import { payloads, RUNS } from "../arbitraries.js";

const random = seededBytes("pieces");
const key = [random(42), random(64)].map((part) => Buffer.from(part).toString("base64")).join("\n");
const made = backup({ ...parseKeyFile(key, "key"), day: 2518 }, "standard");
const WHOLE = encodeQrText(made.payload)
  .map(({ head, digits }) => head + digits)
  .join();

/** The pieces of a payload, some left out and some with lost bytes. */
function damaged(
  payload: Uint8Array,
  total: number,
  losses: readonly (readonly number[] | null)[],
) {
  return (piecesOf(payload, total) ?? []).flatMap((piece, index) => {
    const lost = losses[index % losses.length];
    if (lost === null || lost === undefined) return [];
    const bytes = Array.from(piece, (byte, at) => (lost.includes(at) ? null : byte));
    return [{ number: index + 1, total, bytes }];
  });
}

const losses = fc.array(fc.option(fc.array(fc.integer({ min: 4, max: 40 }), { maxLength: 5 })), {
  minLength: 5,
  maxLength: 5,
});

describe("pieces of which some are missing or torn", () => {
  test("give bytes of their payload in their places, and no others", () => {
    fc.assert(
      fc.property(payloads, fc.integer({ min: 2, max: 5 }), losses, (payload, total, lost) => {
        for (const bytes of payloadsOfPieces(damaged(payload, total, lost))) {
          expect(bytes.length).toBeLessThanOrEqual(payload.length);
          bytes.forEach((byte, index) => {
            if (byte !== null) expect(byte).toBe(payload[index]);
          });
        }
      }),
      RUNS,
    );
  });

  test("are of as many payloads as there are sets, two readings of one piece together", () => {
    const payload = Uint8Array.from({ length: 200 }, (_, index) => index);
    const other = payload.map((byte) => byte ^ 1);
    const pieces = [
      ...damaged(payload, 3, [[5, 6], [], null]),
      ...damaged(payload, 3, [[7, 8], null, null]),
      ...damaged(other, 3, [[], null, []]),
    ];
    const found = payloadsOfPieces(pieces);
    expect(found).toHaveLength(2);
    // Without the last piece, the end of the others may be five bytes of the check.
    expect(found[0]).toEqual([...payload.slice(0, 138 - 5)]);
    expect(found[1]?.slice(138)).toEqual([...other.slice(138)]);
    expect(found[1]?.slice(69, 138)).toEqual(new Array(69).fill(null));
  });

  test("are nothing where only the last is left, which is of any size", () => {
    expect(payloadsOfPieces(damaged(new Uint8Array(200), 2, [null, []]))).toEqual([[]]);
  });
});

describe("texts that no keysheet made", () => {
  test.each(["000", "00000", "00000000", "0000000000"])(
    "keep no sheet from its key where a piece ends in its set: %s",
    (digits) => {
      for (const head of ["KEYSHEET1/1/2/", "KEYSHEET1/1/99/", "KEYSHEET1/2/2/"]) {
        const cut = { kind: "code", source: "a.txt", text: head + digits } as const;
        expect(restore([cut])).toMatchObject({
          status: "refused",
          problems: [{ code: "code-pieces-missing", source: "a.txt" }],
        });
        const { sheets } = readCarriers([cut, { kind: "code", source: "b.txt", text: WHOLE }]);
        expect(sheets).toHaveLength(1);
      }
    },
  );

  test("take neither the memory nor the time of what they claim", () => {
    const started = process.cpuUsage();
    const before = process.memoryUsage().heapUsed;
    const long = `KEYSHEET1/1/99/${"0".repeat(17 * 50_000)}`;
    const many = Array.from(
      { length: 8000 },
      (_, index) => `KEYSHEET1/1/3/${String(index).padStart(5, "0")}${"0".repeat(12)}`,
    ).join("\n");
    for (const [text, code] of [
      [long, "code-malformed"],
      [many, "code-pieces-missing"],
    ] as const) {
      const { problems } = readCarriers([{ kind: "code", source: "a.txt", text }]);
      expect(problems[0]?.code).toBe(code);
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(500e6);
    expect(process.cpuUsage(started).user).toBeLessThan(20e6);
  });
});

describe("a sheet of two codes", () => {
  const [first] = encodeQrText(made.payload, 2);
  const words = listWords(made.list);
  const lines = (isRead: (index: number) => boolean) => {
    const tokens = Array.from(made.wordIndices, (word, index) =>
      isRead(index) ? (words[word] ?? "") : "?",
    );
    return parseLines(tokens.join(" "));
  };
  const typed = {
    kind: "words",
    source: "typed",
    // Of every four words one is lost: 25 of 102, where 18 are spare.
    lines: lines((index) => index % 4 < 3),
  } as const;
  const code = {
    kind: "code",
    source: "photo.jpg",
    text: `${first?.head ?? ""}${first?.digits ?? ""}`,
  } as const;
  const torn = {
    kind: "bytes",
    source: "torn.jpg",
    ...{ number: 2, total: 2, read: 3, count: 4 },
    bytes: Array.from(piecesOf(made.payload, 2)?.[1] ?? [], (byte, index) =>
      index > 20 && index < 30 ? null : byte,
    ),
  } as const;

  test("is read of one of them and words that are too few alone", () => {
    const restored = restore([typed, code], { thoroughness: "quick" });
    if (restored.status !== "confirmed") throw new Error(restored.status);
    expect(restored.remarks.map((problem) => problem.code)).toEqual(["code-pieces-missing"]);
  });

  test("is read of both, one torn, and still fewer words, and each is told", () => {
    const few = { ...typed, lines: lines((index) => index % 2 === 0) };
    expect(restore([few, code], { thoroughness: "quick" }).status).toBe("refused");
    const restored = restore([few, code, torn], { thoroughness: "quick" });
    if (restored.status !== "confirmed") throw new Error(restored.status);
    expect(restored.reports.map(({ kind }) => kind)).toEqual(["words", "torn-code"]);
  });

  test("is read of one of them, beside one that has lost its number and looks like the only one", () => {
    const misplaced = {
      ...torn,
      ...{ number: 1, total: 1 },
      bytes: Array.from(piecesOf(made.payload, 2)?.[0] ?? [], (byte, index) =>
        index < 20 ? null : byte,
      ),
    };
    for (const given of [
      [typed, code, misplaced],
      [misplaced, typed, code],
    ]) {
      expect(restore(given, { thoroughness: "quick" }).status).toBe("confirmed");
    }
  });

  test("is not read of words with a piece of another sheet", () => {
    const [other] = encodeQrText(
      made.payload.map((byte) => byte ^ 1),
      2,
    );
    const text = `${other?.head ?? ""}${other?.digits ?? ""}`;
    expect(restore([typed, { ...code, text }], { thoroughness: "quick" }).status).toBe("refused");
  });
});
