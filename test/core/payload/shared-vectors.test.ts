/**
 * Examples of the format that an independent implementation made (fixtures/README.md).
 *
 * Seal and shares are opened, joined and made again besides, in `seal.test.ts` and `shares.test.ts`.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { markOf } from "../../../src/core/payload/mark.js";
import { decodePayload, encodePayload, isPrescribed } from "../../../src/core/payload/payload.js";
import { type Problem, Refusal } from "../../../src/core/problem.js";
import { encodeQrText, readQrTexts } from "../../../src/core/qr/qr-text.js";
import { parseWords } from "../../../src/core/words/parse-words.js";
import { readWords } from "../../../src/core/words/read-words.js";
import { LISTS, listWords } from "../../../src/core/words/word-lists.js";
import { encodeWords, type Level, rowLetters } from "../../../src/core/words/words.js";
import { bytesOfHex, hexOf, plainView, recordOf, type VectorRecord } from "../vector-record.js";

interface WordsOfVector {
  readonly list: string;
  readonly level: Level;
  readonly count: number;
  readonly words: string;
  readonly rowLetters?: readonly string[];
}

interface GoodVector {
  readonly name: string;
  readonly payload: string;
  readonly mark: string | null;
  readonly record?: VectorRecord;
  readonly canonical?: boolean;
  readonly words: readonly WordsOfVector[];
  readonly qr: readonly (readonly string[])[];
}

interface BadVector {
  readonly name: string;
  readonly layer: "payload" | "words" | "seal" | "shares" | "qr";
  readonly payload?: string;
  readonly words?: string;
  readonly qr?: readonly string[];
}

interface SharedVectors {
  readonly good: readonly GoodVector[];
  readonly damaged: readonly {
    readonly name: string;
    readonly words: string;
    readonly payload: string;
  }[];
  readonly bad: readonly BadVector[];
}

const FIXTURES = new URL("../../../fixtures/", import.meta.url);

const VECTORS = JSON.parse(
  readFileSync(new URL("vectors/shared-v1.json", FIXTURES), "utf8"),
) as SharedVectors;

/** What each bad case is refused with, by its name; seal and shares wait for their issue. */
const REFUSALS: Readonly<Record<string, string>> = {
  "unknown version": "version-newer",
  "unknown kind": "kind-unknown",
  "one byte short": "too-short",
  "one byte over": "trailing-bytes",
  "provider 0": "provider-zero",
  "secret bit not the row's": "secret-bit",
  "a name twice": "name-repeated",
  "no fields": "field-count",
  "length in a longer form than needed": "length-not-shortest",
  "text that is not UTF-8": "text-not-utf8",
  "cost 13": "cost-out-of-range",
  "cost 23": "cost-out-of-range",
  "encoding 11": "encoding-unknown",
  "version 0": "version-zero",
  "share number 0": "share-number",
  "threshold 1": "share-threshold",
  "threshold over count": "share-threshold",
  "ten words wrong": "words-damaged",
  "abandon 102 times": "words-damaged",
  "check of another level": "words-damaged",
  "check of another list": "words-damaged",
  "one digit changed": "code-check",
  "version 2": "code-version-newer",
  "one piece of two": "code-pieces-missing",
  "pieces of two sheets": "code-pieces-missing",
  "0 of 1": "nothing found",
  "one digit too many": "code-malformed",
  "a group over its range": "code-malformed",
};

const LATER_LAYERS: readonly string[] = ["seal", "shares"];

const SOURCE = "vector";

function problemsOf(step: () => unknown): readonly Problem[] {
  try {
    step();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.problems;
  }
}

/** The fault of a malformed payload, the code of any other problem; each once. */
function namesOf(problems: readonly Problem[]): readonly string[] {
  const names = problems.map((problem) =>
    problem.code === "payload-malformed" ? problem.fault : problem.code,
  );
  return [...new Set(names)];
}

function listNumber(name: string): number {
  const list = LISTS.find((row) => row.name === name);
  if (list === undefined) throw new Error(`no list ${name}`);
  return list.number;
}

/** The words that keysheet writes, in the normalisation of the vectors. */
function writtenWords(payload: string, { list, level }: WordsOfVector) {
  const number = listNumber(list);
  const indices = encodeWords(bytesOfHex(payload), number, level);
  if (indices === null) throw new Error("a payload without words");
  const row = LISTS[number];
  const words = row === undefined ? [] : listWords(row);
  const text = [...indices].map((index) => (words[index] ?? "").normalize("NFKD")).join(" ");
  const letters = Array.from({ length: indices.length / 6 }, (_, at) =>
    rowLetters(at + 1, indices.subarray(6 * at, 6 * at + 6)),
  );
  return { text, letters };
}

describe("the fixtures that were given", () => {
  test("are unchanged: their SHA-256 is the one in fixtures/README.md", () => {
    const readme = readFileSync(new URL("README.md", FIXTURES), "utf8");
    const pins = [...readme.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)];
    expect(pins.map(([, , path]) => path)).toEqual([
      "vectors/shared-v1.json",
      "vectors/rs-gf2048.json",
      "vectors/wordlists.json",
    ]);
    for (const [, pin, path = ""] of pins) {
      const bytes = readFileSync(new URL(path, FIXTURES));
      expect(createHash("sha256").update(bytes).digest("hex"), path).toBe(pin);
    }
  });
});

describe("the good shared vectors", () => {
  test("are the 17 that this test was written for", () => {
    expect(VECTORS.good).toHaveLength(17);
    expect(VECTORS.good.filter(({ record }) => record !== undefined)).toHaveLength(8);
  });

  for (const { name, payload, record, canonical = true } of VECTORS.good) {
    const bytes = bytesOfHex(payload);
    if (record === undefined) continue;
    test(`${name}: payload to record, the same characters`, () => {
      const { content } = decodePayload(bytes);
      if (content.kind !== "plain") throw new Error("not a plain payload");
      expect(plainView(content.record)).toEqual(record);
    });

    test(`${name}: ${canonical ? "the" : "not the"} payload that is prescribed`, () => {
      expect(hexOf(encodePayload(recordOf(record))) === payload).toBe(canonical);
      expect(isPrescribed(decodePayload(bytes).payload)).toBe(canonical);
    });
  }

  for (const { name, payload, mark, words, qr } of VECTORS.good) {
    const bytes = bytesOfHex(payload);
    test(`${name}: its mark`, () => {
      expect(markOf(decodePayload(bytes))).toBe(mark);
    });

    for (const entry of words) {
      test(`${name}: ${String(entry.count)} words, ${entry.list}, ${entry.level}`, () => {
        const written = writtenWords(payload, entry);
        expect(written.text).toBe(entry.words.normalize("NFKD"));
        expect(written.text.split(" ")).toHaveLength(entry.count);
        if (entry.rowLetters !== undefined) expect(written.letters).toEqual(entry.rowLetters);
        const read = readWords(parseWords(entry.words), SOURCE);
        expect(hexOf(read.payload)).toBe(payload);
        expect(read).toMatchObject({ level: entry.level, wrong: [], unreadable: [] });
        expect(read.list.name).toBe(entry.list);
      });
    }

    for (const texts of qr) {
      test(`${name}: QR text in ${String(texts.length)} pieces`, () => {
        const made = encodeQrText(bytes, texts.length);
        expect(made.map(({ head, digits }) => head + digits)).toEqual(texts);
        const { payloads, problems } = readQrTexts(texts.map((text) => ({ source: SOURCE, text })));
        expect(problems).toEqual([]);
        expect(payloads.map((found) => hexOf(found.payload))).toEqual([payload]);
      });
    }
  }

  test("hold two sealed payloads, whose cost is read", () => {
    const sealed = VECTORS.good.flatMap(({ name, payload }) => {
      const { content } = decodePayload(bytesOfHex(payload));
      return content.kind === "sealed" ? [{ name, cost: content.cost }] : [];
    });
    expect(sealed).toEqual([
      { name: "sealed, cost 14", cost: 14 },
      { name: "sealed, cost 17", cost: 17 },
    ]);
  });

  test("hold seven shares, whose place in their set is read", () => {
    const shares = VECTORS.good.flatMap(({ payload }) => {
      const { content } = decodePayload(bytesOfHex(payload));
      if (content.kind !== "share") return [];
      const { setId, number, threshold, count } = content;
      return [`${hexOf(setId)} ${String(number)}: ${String(threshold)} of ${String(count)}`];
    });
    expect(shares).toEqual([
      "6e95a7f4 1: 2 of 3",
      "6e95a7f4 2: 2 of 3",
      "6e95a7f4 3: 2 of 3",
      "7b7d7369 1: 3 of 5",
      "7b7d7369 2: 3 of 5",
      "7b7d7369 3: 3 of 5",
      "7b7d7369 4: 3 of 5",
    ]);
  });
});

describe("the damaged shared vectors", () => {
  test("are five", () => {
    expect(VECTORS.damaged).toHaveLength(5);
  });

  for (const { name, words, payload } of VECTORS.damaged) {
    test(`${name}: the exact payload`, () => {
      expect(hexOf(readWords(parseWords(words), SOURCE).payload)).toBe(payload);
    });
  }
});

describe("the bad shared vectors", () => {
  const now = VECTORS.bad.filter(({ layer }) => !LATER_LAYERS.includes(layer));

  test("are all named here, but for those of seal and shares", () => {
    expect(now.map(({ name }) => name)).toEqual(Object.keys(REFUSALS));
    expect(VECTORS.bad).toHaveLength(now.length + 7);
  });

  for (const { name, layer, payload, words, qr } of now) {
    test(`${name}: refused by the layer ${layer}`, () => {
      const expected = [REFUSALS[name]];
      if (payload !== undefined) {
        expect(layer).toBe("payload");
        expect(namesOf(problemsOf(() => decodePayload(bytesOfHex(payload))))).toEqual(expected);
      } else if (words !== undefined) {
        expect(layer).toBe("words");
        expect(namesOf(problemsOf(() => readWords(parseWords(words), SOURCE)))).toEqual(expected);
      } else {
        expect(layer).toBe("qr");
        const texts = (qr ?? []).map((text) => ({ source: SOURCE, text }));
        const { payloads, problems } = readQrTexts(texts);
        expect(payloads).toEqual([]);
        expect(problems.length > 0 ? namesOf(problems) : ["nothing found"]).toEqual(expected);
      }
    });
  }
});
