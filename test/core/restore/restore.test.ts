import { codeModules } from "../../../src/core/qr/matrix.js";
import { describe, expect, test } from "vitest";
import {
  backup,
  type Carrier,
  encodeQrText,
  fieldText,
  type KeyRecord,
  type Level,
  LISTS,
  parseKeyFile,
  parseLines,
  restore,
  sheetOf,
} from "../../../src/index.js";
import { MARKED } from "../../cli/story.js";

const KEY = parseKeyFile(`${MARKED.key}\n${MARKED.secret}`, "key");

function madeOn(day: number, level: Level = "standard") {
  return backup({ provider: KEY.provider, fields: KEY.fields, day }, level);
}

function codeOf(made: ReturnType<typeof madeOn>, source = "code"): Carrier {
  const [code] = encodeQrText(made.payload);
  return { kind: "code", source, text: `${code?.head ?? ""}${code?.digits ?? ""}` };
}

function tokensOf(made: ReturnType<typeof madeOn>): string[] {
  const { rows } = sheetOf(made, { label: null, copy: { number: 1, count: 1 } });
  return rows.flatMap(({ words }) => [...words]);
}

function wordsCarrier(tokens: readonly string[], source = "words"): Carrier {
  return { kind: "words", source, lines: [{ number: null, tokens }] };
}

function wordsOf(made: ReturnType<typeof madeOn>, source = "words"): Carrier {
  return wordsCarrier(tokensOf(made), source);
}

describe("restore", () => {
  const made = madeOn(2518);

  test.each([
    ["the code alone", [codeOf(made)]],
    ["the words alone", [wordsOf(made)]],
    ["both", [codeOf(made), wordsOf(made)]],
    ["the words of the same sheet twice", [wordsOf(made, "a"), wordsOf(made, "b")]],
    [
      "pieces of several codes in any order",
      encodeQrText(made.payload, 3)
        .map(({ head, digits }) => ({ kind: "code", source: "p", text: head + digits }) as const)
        .reverse(),
    ],
  ])("gives exactly the record from %s", (_, carriers) => {
    const restored = restore(carriers);
    if (restored.status !== "confirmed") throw new Error("refused");
    expect(restored.record.fields.map(fieldText)).toEqual([MARKED.key, MARKED.secret]);
    expect(restored.record.day).toBe(2518);
    expect(restored.mark).toBe(made.mark);
    expect(restored.remarks).toEqual([]);
  });

  test("confirms from one good carrier and remarks on the one that could not be read", () => {
    const words: Carrier = { kind: "words", source: "w", lines: parseLines("abandon ability") };
    expect(restore([words, codeOf(made)])).toMatchObject({
      status: "confirmed",
      reports: [{ kind: "code" }],
      remarks: [{ code: "words-count", source: "w" }],
    });
  });

  test("refuses words of one sheet with the code of another, in either order", () => {
    for (const other of [madeOn(2519), backup(named("t", "x".repeat(40)), "standard")]) {
      for (const carriers of [
        [wordsOf(made), codeOf(other)],
        [codeOf(other), wordsOf(made)],
      ]) {
        expect(restore(carriers)).toMatchObject({
          status: "refused",
          problems: [{ code: "sheets-differ" }],
        });
      }
    }
  });

  test("refuses a good code beside one of a newer version, which is another sheet", () => {
    const [newer] = encodeQrText(Uint8Array.of(0x20, 1, 2, 3));
    const text = `${newer?.head ?? ""}${newer?.digits ?? ""}`;
    expect(restore([codeOf(made), { kind: "code", source: "n", text }])).toMatchObject({
      status: "refused",
      problems: [{ code: "version-newer" }],
    });
  });

  test("confirms words beside one of two codes of their sheet, and refuses that of another", () => {
    const piece = (of: ReturnType<typeof madeOn>): Carrier => {
      const [first] = encodeQrText(of.payload, 2);
      return { kind: "code", source: "p", text: `${first?.head ?? ""}${first?.digits ?? ""}` };
    };
    expect(restore([wordsOf(made), piece(made)])).toMatchObject({
      status: "confirmed",
      remarks: [{ code: "code-pieces-missing", missing: [2] }],
    });
    expect(restore([wordsOf(made), piece(madeOn(2519))])).toMatchObject({
      status: "refused",
      problems: [{ code: "sheets-differ" }, { code: "code-pieces-missing" }],
    });
  });

  test("refuses nothing at all with a problem", () => {
    expect(restore([])).toEqual({ status: "refused", problems: [{ code: "carriers-missing" }] });
  });
});

function named(name: string, text: string): KeyRecord {
  const json = JSON.stringify({ keysheet: 1, provider: null, fields: [[name, text, true]] });
  return { ...parseKeyFile(json, "json"), day: 1 };
}

describe("a sheet", () => {
  test("states the promise that its own words keep", () => {
    for (const level of ["standard", "long"] as const) {
      const made = madeOn(1, level);
      const { promise } = sheetOf(made, { label: null, copy: { number: 1, count: 1 } });
      if (promise === null) throw new Error("a sheet without words");
      const tokens = tokensOf(made);
      // Every third word, so that no row is left out and none looks typed twice.
      const isDamaged = (index: number, count: number) => index % 3 === 0 && index < 3 * count;
      const damaged = (count: number, word: (token: string) => string) =>
        restore([
          wordsCarrier(
            tokens.map((token, index) => (isDamaged(index, count) ? word(token) : token)),
          ),
        ]).status;
      const another = (token: string) => (token === "zebra" ? "zero" : "zebra");
      const withoutRows = tokens.map((token, index) => (index < 6 * promise.rows ? "?" : token));
      expect(restore([wordsCarrier(withoutRows)]).status).toBe("confirmed");
      expect(damaged(promise.unreadable, () => "?")).toBe("confirmed");
      expect(damaged(promise.unreadable + 1, () => "?")).toBe("refused");
      expect(damaged(promise.wrong, another)).toBe("confirmed");
      expect(damaged(promise.wrong + 1, another)).toBe("refused");
      expect(promise.words).toBe(tokens.length);
    }
  });

  test("has no mark where the key has no public part", () => {
    expect(backup(named("token", "abc"), "standard").mark).toBeNull();
  });

  test.each(["Q", "M"] as const)(
    "has as many codes of level %s as it needs, none larger than a phone sees on a page",
    (correction) => {
      const options = { label: null, copy: { number: 1, count: 1 }, correction };
      const counts = [100, 1000, 2000, 3000, 4080].map((length) => {
        const made = backup(named("token", "?".repeat(length)), "standard");
        const { codes } = sheetOf(made, options);
        expect(Math.max(...codes.map(({ size }) => size))).toBeLessThanOrEqual(133);
        // With one code less, one of them would be larger.
        const fewer = codes.length > 1 ? encodeQrText(made.payload, codes.length - 1) : [];
        const sizes = fewer.map((text) => codeModules(text, correction)?.size ?? Infinity);
        if (fewer.length > 0) expect(Math.max(...sizes)).toBeGreaterThan(133);
        return codes.length;
      });
      expect(counts).toEqual(correction === "Q" ? [1, 2, 3, 4, 5] : [1, 1, 2, 3, 4]);
    },
  );

  test("has no words where they were not asked for, or are more than there can be", () => {
    for (const made of [
      backup(named("token", "?".repeat(2500)), "standard"),
      backup(named("token", "abc"), null),
    ]) {
      expect(made.shape).toBeNull();
      const sheet = sheetOf(made, { label: null, copy: { number: 1, count: 1 } });
      expect(sheet.rows).toEqual([]);
      expect(sheet.promise).toBeNull();
    }
  });

  test("has as many lists to be read in as the format has", () => {
    expect(LISTS.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
