/** Every vector of fixtures/vectors/v1: read as it says, or refused by the layer that it names. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { markOf } from "../../src/core/payload/mark.js";
import { decodePayload, encodePayload, isPrescribed } from "../../src/core/payload/payload.js";
import { type Problem, Refusal } from "../../src/core/problem.js";
import { encodeQrText, readQrTexts } from "../../src/core/qr/qr-text.js";
import { parseWords } from "../../src/core/words/parse-words.js";
import { readWords } from "../../src/core/words/read-words.js";
import { encodeWords, type Level } from "../../src/core/words/words.js";
import { makeVectors } from "../vectors/make-vectors.mjs";
import { bytesOfHex, hexOf, plainView, recordOf, type VectorRecord } from "./vector-record.js";

const FOLDER = new URL("../../fixtures/vectors/v1/", import.meta.url);

type Layer = "payload" | "words" | "qr";

interface ReadPayloadVector {
  readonly payload: string;
  readonly record: VectorRecord;
  readonly prescribed: boolean;
  readonly mark: string | null;
}

interface ReadHeadVector {
  readonly payload: string;
  readonly head:
    | { readonly kind: "sealed"; readonly cost: number }
    | {
        readonly kind: "share";
        readonly set: string;
        readonly threshold: number;
        readonly count: number;
        readonly number: number;
      };
  readonly mark: string;
}

interface ReadWordsVector {
  readonly words: string;
  readonly payload: string;
  readonly list: string;
  readonly level: Level;
  readonly wrong: readonly number[];
  readonly unreadable: readonly number[];
}

interface ReadQrVector {
  readonly texts: readonly string[];
  readonly payload: string;
}

type Input =
  { readonly payload: string } | { readonly words: string } | { readonly texts: readonly string[] };

type RefusedVector = Input & {
  readonly refusal: { readonly code: string; readonly fault?: string };
};

type Vector = { readonly about: string; readonly layer: Layer } & (
  ReadPayloadVector | ReadHeadVector | ReadWordsVector | ReadQrVector | RefusedVector
);

const FILES = readdirSync(FOLDER).sort();
const VECTORS = FILES.map((file) => ({
  file,
  vector: JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Vector,
}));

interface Refused {
  readonly layer: Layer;
  readonly problems: readonly Problem[];
}

/** What the step refuses, as that of its layer; null when it does not. */
function refusalOf(layer: Layer, step: () => void): Refused | null {
  try {
    step();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { layer, problems: error.problems };
  }
}

function payloadsOfTexts(texts: readonly string[]): readonly Uint8Array[] {
  const { payloads, problems } = readQrTexts(texts.map((text) => ({ source: "vector", text })));
  if (payloads.length > 0) return payloads.map(({ payload }) => payload);
  if (problems.length > 0) throw new Refusal(...problems);
  throw new Refusal({ code: "code-missing", source: "vector" });
}

/** The first refusal on the way from the carrier to the record. */
function readThrough(input: Input): Refused | null {
  if ("payload" in input) {
    return refusalOf("payload", () => decodePayload(bytesOfHex(input.payload)));
  }
  const payloads: Uint8Array[] = [];
  const carrier =
    "words" in input
      ? refusalOf("words", () => {
          payloads.push(readWords(parseWords(input.words), "vector").payload);
        })
      : refusalOf("qr", () => {
          payloads.push(...payloadsOfTexts(input.texts));
        });
  return carrier ?? refusalOf("payload", () => payloads.map((payload) => decodePayload(payload)));
}

function checkRefused(vector: RefusedVector & { readonly layer: Layer }): void {
  const { refusal, layer } = vector;
  const refused = readThrough(vector);
  expect(refused?.layer).toBe(layer);
  expect([...new Set(refused?.problems.map(({ code }) => code))]).toEqual([refusal.code]);
  const [problem] = refused?.problems ?? [];
  expect(problem?.code === "payload-malformed" ? problem.fault : undefined).toBe(refusal.fault);
}

function checkReadPayload({ payload, record, prescribed, mark }: ReadPayloadVector): void {
  const decoded = decodePayload(bytesOfHex(payload));
  const { content } = decoded;
  if (content.kind !== "plain") throw new Error("not a plain payload");
  expect({ keysheet: 1, ...plainView(content.record) }).toEqual(record);
  expect(markOf(decoded)).toBe(mark);
  expect(isPrescribed(decoded.payload)).toBe(prescribed);
  expect(hexOf(encodePayload(recordOf(record))) === payload).toBe(prescribed);
}

function checkReadHead({ payload, head, mark }: ReadHeadVector): void {
  const decoded = decodePayload(bytesOfHex(payload));
  expect(markOf(decoded)).toBe(mark);
  const { content } = decoded;
  if (head.kind === "sealed") {
    expect(content).toMatchObject(head);
    return;
  }
  if (content.kind !== "share") throw new Error("not a share");
  const { threshold, count, number } = head;
  expect(content).toMatchObject({ threshold, count, number });
  expect(hexOf(content.setId)).toBe(head.set);
}

function checkReadWords({ words, payload, list, level, wrong, unreadable }: ReadWordsVector): void {
  const { payload: found, ...read } = readWords(parseWords(words), "vector");
  expect(hexOf(found)).toBe(payload);
  const spare = read.spare - 2 * wrong.length - unreadable.length;
  expect({ ...read, list: read.list.name }).toMatchObject({ list, level, wrong, unreadable });
  expect(read.reserve).toBe(spare);
  expect(encodeWords(found, read.list.number, level)).toHaveLength(read.count);
}

function checkReadQr({ texts, payload }: ReadQrVector): void {
  expect([...new Set(payloadsOfTexts(texts).map(hexOf))]).toEqual([payload]);
  const total = Number(texts.join("").split("/")[2]);
  const made = encodeQrText(bytesOfHex(payload), total).map(({ head, digits }) => head + digits);
  const strip = (text: string) => text.replace(/\s/g, "").toUpperCase();
  for (const text of made) expect(texts.map(strip).join(" ")).toContain(text);
}

describe("the vectors of format version 1", () => {
  test("are the ones that their script makes, to the byte", () => {
    const made = makeVectors();
    expect(FILES).toEqual([...made.keys()]);
    for (const file of FILES) {
      expect(readFileSync(new URL(file, FOLDER), "utf8"), file).toBe(made.get(file));
    }
  });

  for (const { file, vector } of VECTORS) {
    if ("refusal" in vector) {
      test(`${file} is refused by the layer ${vector.layer}: ${vector.about}`, () => {
        checkRefused(vector);
      });
    } else {
      test(`${file} is read: ${vector.about}`, () => {
        if ("record" in vector) checkReadPayload(vector);
        else if ("head" in vector) checkReadHead(vector);
        else if ("words" in vector) checkReadWords(vector);
        else checkReadQr(vector);
      });
    }
  }
});
