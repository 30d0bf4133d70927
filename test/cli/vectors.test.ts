/**
 * Every vector of fixtures/vectors/v1 through `keysheet restore`: from files to the key, exactly, or a
 * plain no without it. The command runs in this process, with the real files, derivation and readers.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { nodeKdf } from "../../src/adapters/node/scrypt-node.js";
import { EXIT } from "../../src/wording/exit-codes.js";
// The built program: its threads run built modules.
import { run } from "../../dist/cli/run.js";
import { decodePayload } from "../../src/core/payload/payload.js";
import { parseDay } from "../../src/core/record/day.js";
import type { Kdf } from "../../src/core/seal/kdf.js";
import { type Input, type SheetInput, type Vector, VECTORS } from "../core/vector.js";
import { bytesOfHex, hexOf, plainView, type VectorRecord } from "../core/vector-record.js";
import { qrTexts } from "../vectors/paper-format.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "keysheet-vectors-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const kept = new Map<string, Promise<Uint8Array>>();

/** node's own scrypt, asked once for each passphrase and salt: vectors share some. */
const kdf: Kdf = (password, salt, cost) => {
  const name = `${hexOf(password)} ${hexOf(salt)} ${String(cost)}`;
  const derived = kept.get(name) ?? nodeKdf(password, salt, cost);
  kept.set(name, derived);
  return derived;
};

/** What `restore --json` prints. */
interface Printed {
  readonly status: string;
  readonly day?: string;
  readonly key?: string;
  readonly problems?: readonly { readonly code: string; readonly fault?: string }[];
}

interface Restored {
  readonly exitCode: number;
  readonly printed: Printed;
}

/** The key as vectors have it: the day as its number. It is the one that stands beside the key. */
function keyOf({ key = "null", day }: Printed): unknown {
  const printed = JSON.parse(key) as { readonly day: string };
  expect(printed.day).toBe(day);
  return { ...printed, day: parseDay(printed.day) };
}

function sheetsOf(input: Input): readonly SheetInput[] {
  if ("sheets" in input) return input.sheets;
  const payloads = "shares" in input ? input.shares : "payload" in input ? [input.payload] : null;
  if (payloads === null) return [input as SheetInput];
  return payloads.map((payload) => ({ texts: qrTexts(bytesOfHex(payload), 1) }));
}

let count = 0;

function file(text: string): string {
  count += 1;
  const name = path.join(folder, `${String(count)}.txt`);
  writeFileSync(name, text);
  return name;
}

/** Each sheet in a file of its own, the passphrase in another. */
async function restore(input: Input): Promise<Restored> {
  const files = sheetsOf(input).map((sheet) =>
    file("words" in sheet ? sheet.words : sheet.texts.join("\n")),
  );
  const passphrase = input.passphrase === undefined ? [] : [`${input.passphrase}\n`].map(file);
  const opening = passphrase.flatMap((name) => ["--passphrase-file", name]);
  let stdout = "";
  let stderr = "";
  const exitCode = await run({
    args: ["restore", "--json", "--show", "--to", "json", ...opening, ...files],
    env: {},
    // eslint-disable-next-line @typescript-eslint/require-await -- standard input that has ended
    stdin: (async function* () {
      yield new Uint8Array();
    })(),
    isStdinTerminal: false,
    isStdoutTerminal: false,
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    openTerminal: () => Promise.resolve(null),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    kdf,
  });
  expect(stderr).toBe("");
  return { exitCode, printed: JSON.parse(stdout) as Printed };
}

/** The record of a plain payload in keysheet's own JSON. */
function recordOfPayload(payload: string): VectorRecord {
  const { content } = decodePayload(bytesOfHex(payload));
  if (content.kind !== "plain") throw new Error("not a plain payload");
  return { keysheet: 1, ...plainView(content.record) };
}

/** What the command must give for a vector that is read; null where there is more to a sheet. */
function expectedRecord(vector: Vector): VectorRecord | null {
  if ("record" in vector) return vector.record;
  if ("refusal" in vector || "head" in vector) return null;
  const { content } = decodePayload(bytesOfHex(vector.payload));
  return content.kind === "plain" ? recordOfPayload(vector.payload) : null;
}

/** Layers below which a file of words or codes has more ways to be read than the format tells. */
const CARRIERS: readonly string[] = ["words", "qr"];

/** No file holds a passphrase that has no UTF-8, and no code an empty payload. */
const TYPED = VECTORS.filter(({ vector }) => {
  if ("payload" in vector && vector.payload === "") return false;
  return !("passphrase" in vector) || !/\p{Surrogate}/u.test(vector.passphrase ?? "");
});

/** What the sheets hold of which a vector of words is a damaged one. */
const KEPT = VECTORS.map(({ vector }) => expectedRecord(vector)).filter(
  (record) => record !== null,
);

describe("restore", () => {
  test("can be given all vectors but two", () => {
    expect(TYPED).toHaveLength(VECTORS.length - 2);
  });

  for (const { file: name, vector } of TYPED) {
    if ("refusal" in vector) {
      test(`refuses ${name}`, async () => {
        const { refusal, layer, allowed } = vector;
        const { exitCode, printed } = await restore(vector);
        if (allowed !== undefined && printed.key !== undefined) {
          expect(JSON.parse(printed.key)).toEqual(recordOfPayload(allowed));
          return;
        }
        // The command mends more than the format asks for, but then it is exactly a sheet's key.
        if (CARRIERS.includes(layer) && printed.key !== undefined) {
          expect(KEPT).toContainEqual(keyOf(printed));
          return;
        }
        expect(printed).not.toHaveProperty("key");
        expect(printed.status).toBe("refused");
        expect(exitCode).not.toBe(EXIT.done);
        const codes = new Set(printed.problems?.map(({ code }) => code));
        if (!CARRIERS.includes(layer)) expect([...codes]).toEqual([refusal.code]);
        if (refusal.fault !== undefined) expect(printed.problems?.[0]?.fault).toBe(refusal.fault);
      });
      continue;
    }
    const record = expectedRecord(vector);
    if (record === null) {
      test(`asks for more than ${name}`, async () => {
        const { exitCode, printed } = await restore(vector);
        expect(printed).not.toHaveProperty("key");
        expect(exitCode).not.toBe(EXIT.done);
        const codes = printed.problems?.map(({ code }) => code);
        expect([["terminal-missing"], ["shares-missing"], ["kdf-cost"]]).toContainEqual(codes);
      });
      continue;
    }
    test(`gives the key of ${name}`, async () => {
      const { exitCode, printed } = await restore(vector);
      expect(printed.problems).toBeUndefined();
      expect(exitCode).toBe(EXIT.done);
      expect(keyOf(printed)).toEqual(record);
    });
  }
});
