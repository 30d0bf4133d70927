/** Every vector of fixtures/vectors/v1: read as it says, or refused by the layer that it names. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeKdf } from "../../src/adapters/node/scrypt-node.js";
import { markOf } from "../../src/core/payload/mark.js";
import {
  decodePayload,
  encodePayload,
  isPrescribed,
  type Payload,
} from "../../src/core/payload/payload.js";
import { type Problem, Refusal } from "../../src/core/problem.js";
import { encodeQrText, readQrTexts } from "../../src/core/qr/qr-text.js";
import type { Carrier } from "../../src/core/restore/read-carriers.js";
import { type Confirmed, type Refused, restore, unseal } from "../../src/core/restore/restore.js";
import type { Kdf } from "../../src/core/seal/kdf.js";
import { COST_UNASKED_MAX, openSealed, seal } from "../../src/core/seal/seal.js";
import { splitPayload } from "../../src/core/shares/split.js";
import { parseLines, parseWords } from "../../src/core/words/parse-words.js";
import { readWords } from "../../src/core/words/read-words.js";
import { encodeWords } from "../../src/core/words/words.js";
import { changedVectors, frozenVectors, makeVectors } from "../vectors/make-vectors.mjs";
import { tableRows } from "./payload/format-document.js";
import {
  type Input,
  type Layer,
  type ReadHeadVector,
  type ReadPayloadVector,
  type ReadQrVector,
  type ReadSealVector,
  type ReadSharesVector,
  type ReadWordsVector,
  type RefusedVector,
  type SheetInput,
  VECTOR_FILES,
  VECTOR_FOLDER,
  VECTORS,
} from "./vector.js";
import { bytesOfHex, hexOf, plainView, recordOf, type VectorRecord } from "./vector-record.js";

/** The layer that a problem is of, as the format document has it. */
const LAYERS = new Map(tableRows("refusals").map((row) => [row.get("Code"), row.get("Layer")]));

interface Refusing {
  readonly layer: string | undefined;
  readonly problems: readonly Problem[];
}

/** What the step refuses, as that of its layer; null when it does not. */
function refusalOf(layer: Layer, step: () => void): Refusing | null {
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

const kept = new Map<string, Promise<Uint8Array>>();

/** node's own scrypt, asked once for each passphrase and salt: vectors share some. */
const kdf: Kdf = (password, salt, cost) => {
  const name = `${hexOf(password)} ${hexOf(salt)} ${String(cost)}`;
  const derived = kept.get(name) ?? nodeKdf(password, salt, cost);
  kept.set(name, derived);
  return derived;
};

function carriersOfSheet(sheet: SheetInput, source: string): readonly Carrier[] {
  return "words" in sheet
    ? [{ kind: "words", source, lines: parseLines(sheet.words) }]
    : sheet.texts.map((text) => ({ kind: "code", source, text }));
}

function carriersOfPayload(payload: string, source: string): readonly Carrier[] {
  const texts = encodeQrText(bytesOfHex(payload)).map(({ head, digits }) => head + digits);
  return carriersOfSheet({ texts }, source);
}

function carriersOf(input: Input): readonly Carrier[] {
  if ("shares" in input) {
    return input.shares.flatMap((share, index) => carriersOfPayload(share, String(index)));
  }
  if ("sheets" in input) {
    return input.sheets.flatMap((sheet, index) => carriersOfSheet(sheet, String(index)));
  }
  return "payload" in input
    ? carriersOfPayload(input.payload, "vector")
    : carriersOfSheet(input, "vector");
}

/** From the carriers to the record, with the passphrase where there is one. */
async function restored(input: Input): Promise<Confirmed | Refused> {
  const read = restore(carriersOf(input));
  if (read.status !== "sealed") return read;
  const { passphrase } = input;
  if (passphrase === undefined) throw new Error("a sealed vector without a passphrase");
  const { cost } = read.content;
  if (cost > COST_UNASKED_MAX) {
    return { status: "refused", problems: [{ code: "kdf-cost", cost, memoryBytes: 0 }] };
  }
  try {
    return await unseal(read, passphrase, kdf);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: "refused", problems: error.problems };
  }
}

/** The first refusal on the way from the carrier to the record. */
async function readThrough(input: Input): Promise<Refusing | null> {
  if ("shares" in input || "sheets" in input || input.passphrase !== undefined) {
    const result = await restored(input);
    if (result.status === "confirmed") return null;
    const { problems } = result;
    return { layer: LAYERS.get(problems[0]?.code), problems };
  }
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

async function checkRefused(vector: RefusedVector & { readonly layer: Layer }): Promise<void> {
  const { refusal, layer } = vector;
  const refused = await readThrough(vector);
  expect([...new Set(refused?.problems.map(({ code }) => code))]).toEqual([refusal.code]);
  expect(refused?.layer).toBe(layer);
  const [problem] = refused?.problems ?? [];
  expect(problem !== undefined && "fault" in problem ? problem.fault : undefined).toBe(
    refusal.fault,
  );
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

/** The record that was confirmed, which must be the vector's. */
async function confirm(input: Input, record: VectorRecord): Promise<Confirmed> {
  const result = await restored(input);
  if (result.status !== "confirmed") throw new Refusal(...result.problems);
  expect({ keysheet: 1, ...plainView(result.record) }).toEqual(record);
  return result;
}

async function checkReadSeal(vector: ReadSealVector): Promise<void> {
  const { payload, passphrase, generated = passphrase, opens, record, mark } = vector;
  const confirmed = await confirm(vector, record);
  expect(confirmed.mark).toBe(mark);
  const isTyped = generated.normalize("NFKD") === passphrase.normalize("NFKD");
  const { content } = decodePayload(bytesOfHex(payload));
  if (content.kind !== "sealed") throw new Error("not a sealed payload");
  const { salt, cost } = content;
  expect(confirmed.opened).toEqual({ cost, isMended: !isTyped });
  const opened = await openSealed(content, generated, kdf);
  expect(hexOf(opened ?? new Uint8Array())).toBe(opens);
  const made = await seal(bytesOfHex(opens) as Payload, generated, { salt, cost, kdf });
  expect(hexOf(made)).toBe(payload);
}

async function checkReadShares(vector: ReadSharesVector): Promise<void> {
  const { record, joins } = vector;
  const confirmed = await confirm(vector, record);
  if ("sheets" in vector) {
    expect(confirmed.joined?.shares).toHaveLength(2);
    expect(hexOf(encodePayload(recordOf(record)))).toBe(joins);
    return;
  }
  const { set, threshold, count, blind, coefficients } = vector.made;
  expect(confirmed.joined).toMatchObject({ set, threshold, count });
  const made = splitPayload(bytesOfHex(joins) as Payload, {
    setId: bytesOfHex(set),
    threshold,
    count,
    blind: bytesOfHex(blind),
    coefficients: bytesOfHex(coefficients),
  }).map(hexOf);
  expect(made).toEqual(expect.arrayContaining([...vector.shares]));
  expect(made).toHaveLength(count);
}

describe("the vectors of format version 1", () => {
  test("are the ones that their script makes, to the byte", () => {
    const made = makeVectors();
    expect(VECTOR_FILES).toEqual([...made.keys()]);
    for (const file of VECTOR_FILES) {
      expect(readFileSync(new URL(file, VECTOR_FOLDER), "utf8"), file).toBe(made.get(file));
    }
  });

  test("are frozen: none has changed or gone since the format was", () => {
    const files = VECTOR_FILES.map(
      (file) => [file, readFileSync(new URL(file, VECTOR_FOLDER))] as const,
    );
    expect(changedVectors(new Map(files))).toEqual([]);
    expect([...frozenVectors().keys()]).toEqual(VECTOR_FILES);
    const [first, ...others] = files;
    const spoilt = [first?.[0] ?? "", Buffer.from("{}")] as const;
    expect(changedVectors(new Map([spoilt, ...others]))).toEqual([first?.[0]]);
    expect(changedVectors(new Map(others))).toEqual([first?.[0]]);
  });

  for (const { file, vector } of VECTORS) {
    if ("refusal" in vector) {
      test(`${file} is refused by the layer ${vector.layer}: ${vector.about}`, () =>
        checkRefused(vector));
    } else {
      test(`${file} is read: ${vector.about}`, async () => {
        if ("opens" in vector) await checkReadSeal(vector);
        else if ("joins" in vector) await checkReadShares(vector);
        else if ("record" in vector) checkReadPayload(vector);
        else if ("head" in vector) checkReadHead(vector);
        else if ("words" in vector) checkReadWords(vector);
        else checkReadQr(vector);
      });
    }
  }
});
