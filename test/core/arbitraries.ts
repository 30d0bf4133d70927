/** Keys, payloads and damage of every kind, for the properties of each room of core. */
import fc from "fast-check";
import { encodePayload, type Payload } from "../../src/core/payload/payload.js";
import { isFieldName } from "../../src/core/record/field-name.js";
import { type KeyRecord, makeField } from "../../src/core/record/key-record.js";
import type { ProviderId } from "../../src/core/record/providers.js";
import { LISTS } from "../../src/core/words/word-lists.js";
import { LEVELS } from "../../src/core/words/words.js";

/** Runs of a property, and what they are drawn from: the same ones every time. */
export const RUNS = { numRuns: 1000, seed: 20_261_123 } as const;

export const days = fc.integer({ min: 0, max: 65_535 });

const base64 = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Buffer.from(bytes).toString("base64"));

function krakenRecords(provider: ProviderId, secretBytes: number): fc.Arbitrary<KeyRecord> {
  return fc.tuple(base64(42), base64(secretBytes), days).map(([key, secret, day]) => ({
    provider,
    day,
    fields: [makeField("key", key, false), makeField("secret", secret, true)],
  }));
}

/** Names that a field may have, composed as key files are, and no JavaScript object should fall over. */
const fieldNames = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "key", "secret", "../x", "Schlüssel"),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((name) => name.normalize("NFC"))
    .filter(isFieldName),
);

/** Text of every kind of encoding: base64, hexadecimal, digits, and any characters. */
const values = fc.oneof(
  fc.integer({ min: 0, max: 60 }).chain(base64),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  fc.stringMatching(/^[0-9]{0,30}$/),
  fc.uuid(),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);

const namedRecords: fc.Arbitrary<KeyRecord> = fc
  .tuple(
    days,
    fc.uniqueArray(fc.tuple(fieldNames, values, fc.boolean()), {
      minLength: 1,
      maxLength: 5,
      selector: ([name]) => name,
    }),
  )
  .map(([day, fields]) => ({
    provider: null,
    day,
    fields: fields.map(([name, text, isSecret]) => makeField(name, text, isSecret)),
  }));

export const records: fc.Arbitrary<KeyRecord> = fc.oneof(
  krakenRecords("kraken-spot", 64),
  krakenRecords("kraken-futures", 66),
  namedRecords,
);

export const payloads: fc.Arbitrary<Payload> = records.map(encodePayload);

export const lists = fc.constantFrom(...LISTS);
export const levels = fc.constantFrom(...LEVELS);

export const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** Places below a length, all different, in any order. */
export const places = (length: number, most: number) =>
  fc.uniqueArray(fc.nat(length - 1), { maxLength: most });
