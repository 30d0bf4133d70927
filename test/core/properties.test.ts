/** From paper and back, whatever is lost on the way: the key, or a plain no, and never another key. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { backup } from "../../src/core/backup.js";
import { encodeQrText } from "../../src/core/qr/qr-text.js";
import type { Carrier } from "../../src/core/restore/read-carriers.js";
import { areSameRecord, type KeyRecord } from "../../src/core/record/key-record.js";
import { restore } from "../../src/core/restore/restore.js";
import { parseLines } from "../../src/core/words/parse-words.js";
import { wordAt } from "../../src/core/words/word-lists.js";
import { levels, lists, places, records, RUNS } from "./arbitraries.js";

const UNREADABLE = "?";

function carriersOf(
  record: KeyRecord,
  level: "standard" | "long",
  list: Parameters<typeof backup>[2] & object,
): { words: readonly string[]; code: Carrier } {
  const made = backup(record, level, list);
  const text = encodeQrText(made.payload).map(({ head, digits }) => head + digits)[0] ?? "";
  return {
    words: Array.from(made.wordIndices, (index) => wordAt(list, index)),
    code: { kind: "code", source: "c", text },
  };
}

function typed(words: readonly string[]): Carrier {
  return { kind: "words", source: "w", lines: parseLines(words.join(" ")) };
}

test("words and code, each alone and together, give exactly the record", () => {
  fc.assert(
    fc.property(records, lists, levels, (record, list, level) => {
      const { words, code } = carriersOf(record, level, list);
      for (const carriers of [[typed(words)], [code], [typed(words), code]]) {
        const result = restore(carriers, { thoroughness: "quick" });
        expect(result.status === "confirmed" && areSameRecord(result.record, record)).toBe(true);
      }
    }),
    RUNS,
  );
});

test("words that are lost or of another sheet give this record or none", () => {
  const sheets = fc.tuple(records, records, lists, levels, places(60, 30), places(60, 30));
  fc.assert(
    fc.property(sheets, ([record, other, list, level, lost, swapped]) => {
      const { words } = carriersOf(record, level, list);
      const strange = carriersOf(other, level, list).words;
      const read = words.map((word, index) =>
        lost.includes(index)
          ? UNREADABLE
          : swapped.includes(index)
            ? (strange[index] ?? UNREADABLE)
            : word,
      );
      const result = restore([typed(read)], { thoroughness: "quick" });
      if (result.status === "refused") return;
      expect(result.status === "confirmed" && areSameRecord(result.record, record)).toBe(true);
    }),
    RUNS,
  );
});

test("two sheets of two keys are refused together", () => {
  fc.assert(
    fc.property(records, records, lists, levels, (record, other, list, level) => {
      fc.pre(!areSameRecord(record, other));
      const { words } = carriersOf(record, level, list);
      const { code } = carriersOf(other, level, list);
      expect(restore([typed(words), code], { thoroughness: "quick" }).status).toBe("refused");
    }),
    RUNS,
  );
});
