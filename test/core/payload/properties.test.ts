import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePayload, encodePayload, isPrescribed } from "../../../src/core/payload/payload.js";
import { Refusal } from "../../../src/core/problem.js";
import { areSameRecord } from "../../../src/core/record/key-record.js";
import { payloads, records, RUNS } from "../arbitraries.js";

test("a record comes back from its payload, which is the prescribed one", () => {
  fc.assert(
    fc.property(records, (record) => {
      const payload = encodePayload(record);
      const { content } = decodePayload(payload);
      expect(content.kind === "plain" && areSameRecord(content.record, record)).toBe(true);
      expect(isPrescribed(payload)).toBe(true);
    }),
    RUNS,
  );
});

test("any bytes are a payload, or refused by a typed problem that quotes none of them", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 120 }), mutated()), (bytes) => {
      try {
        decodePayload(bytes);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }),
    RUNS,
  );
});

test("what is cut off, or has a byte more, is never taken for a whole plain payload", () => {
  fc.assert(
    fc.property(payloads, fc.nat(), fc.nat(255), (payload, length, more) => {
      expect(() => decodePayload(payload.subarray(0, length % payload.length))).toThrow(Refusal);
      expect(() => decodePayload(Uint8Array.of(...payload, more))).toThrow(Refusal);
    }),
    RUNS,
  );
});

function mutated() {
  return fc.tuple(payloads, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([bytes, at, by]) => {
    const changed = Uint8Array.from(bytes);
    changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ by;
    return changed;
  });
}
