import fc from "fast-check";
import { expect, test } from "vitest";
import { dayFromDate, formatDay, LAST_DAY, parseDay } from "../../../src/core/record/day.js";
import { formatKeyFile, KEY_FORMS, parseKeyFile } from "../../../src/core/record/key-file.js";
import { areSameRecord, compareFields } from "../../../src/core/record/key-record.js";
import { Refusal } from "../../../src/core/problem.js";
import { records, RUNS } from "../arbitraries.js";

test("a key file, in every form that fits its key, is read as the same key", () => {
  fc.assert(
    fc.property(records, fc.constantFrom(...KEY_FORMS), (record, form) => {
      let text;
      try {
        text = formatKeyFile(record, form);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        expect(form).not.toBe("json");
        return;
      }
      const read = parseKeyFile(text, "file");
      expect(
        areSameRecord({ ...record, provider: read.provider }, { ...read, day: record.day }),
      ).toBe(true);
    }),
    RUNS,
  );
});

test("a key is the same as itself, field by field, and as no other", () => {
  fc.assert(
    fc.property(records, records, (one, other) => {
      expect(compareFields(one, one).every(({ result }) => result === "same")).toBe(true);
      const areSame = compareFields(one, other).every(({ result }) => result === "same");
      expect(areSame).toBe(compareFields(other, one).every(({ result }) => result === "same"));
    }),
    RUNS,
  );
});

test("every day is written as a date that is read as that day", () => {
  fc.assert(
    fc.property(fc.nat(LAST_DAY), (day) => {
      const text = formatDay(day);
      expect(parseDay(text)).toBe(day);
      const [year, month, dayOfMonth] = text.split("-").map(Number);
      expect(dayFromDate(year ?? 0, month ?? 0, dayOfMonth ?? 0)).toBe(day);
    }),
    RUNS,
  );
});
