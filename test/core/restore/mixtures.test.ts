/** What is told of carriers of several sheets: only what was read and agrees, in any order. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  backup,
  type Carrier,
  encodeQrText,
  parseKeyFile,
  type Problem,
  restore,
} from "../../../src/index.js";
import { coefficientCount, splitPayload } from "../../../src/core/shares/split.js";
import { agreementOfWords } from "../../../src/core/words/agreement.js";
import { listWords } from "../../../src/core/words/word-lists.js";
import { seededBytes, seededRandom } from "../../seeded-random.mjs";

const random = seededRandom("mixtures");
const bytes = seededBytes("mixtures");
const QUICK = { thoroughness: "quick" } as const;

function makeSheet(day = 2518, key = [bytes(42), bytes(64)]) {
  const text = key.map((part) => Buffer.from(part).toString("base64")).join("\n");
  const { payload, wordIndices, list } = backup({ ...parseKeyFile(text, "key"), day }, "standard");
  const all = listWords(list);
  return { key, payload, words: Array.from(wordIndices, (index) => all[index] ?? "") };
}

type Words = readonly string[];

const ENGLISH = listWords(
  backup({ ...parseKeyFile(`${"A".repeat(56)}\n${"A".repeat(86)}==`, "key"), day: 1 }, "standard")
    .list,
);

function anyWord(): string {
  return ENGLISH[random(ENGLISH.length)] ?? "";
}

function rowsOf(words: Words): readonly Words[] {
  return Array.from({ length: words.length / 6 }, (_, row) => words.slice(6 * row, 6 * row + 6));
}

/** True for about so many of a hundred. */
function happens(percent: number): boolean {
  return random(100) < percent;
}

function wordsCarrier(tokens: Words, source: string): Carrier {
  return { kind: "words", source, lines: [{ number: null, tokens }] };
}

function misspelt(word: string): string {
  const at = 1 + random(word.length - 1);
  return word.slice(0, at) + "aeiou".charAt(random(5)) + word.slice(at);
}

/** What goes wrong with one copy of two, so that neither can be mended alone. */
const DAMAGE: Readonly<Record<string, (words: Words, copy: number) => Words>> = {
  "words unreadable": (words, copy) =>
    words.map((word, index) => (index % 3 === copy ? "?" : word)),
  "most words unreadable": (words, copy) =>
    words.map((word, index) => (index % 2 === copy ? "?" : word)),
  "rows unreadable": (words, copy) =>
    rowsOf(words).flatMap((row, index) => (index % 3 === copy ? row.map(() => "?") : row)),
  "words wrong and unreadable": (words, copy) =>
    words.map((word, index) =>
      index % 17 === copy ? anyWord() : index % 10 === 5 + copy ? "?" : word,
    ),
  "rows left out": (words, copy) =>
    rowsOf(words).flatMap((row, index) => (index >> 2 === 3 * copy ? [] : row)),
  halves: (words, copy) => (copy === 0 ? words.slice(0, 54) : words.slice(54)),
};

function copiesOf(words: Words, kind: string): readonly Carrier[] {
  const damage = DAMAGE[kind];
  if (damage === undefined) throw new Error(kind);
  return [0, 1].map((copy) => wordsCarrier(damage(words, copy), `a${String(copy + 1)}`));
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

describe("two damaged copies of a sheet", () => {
  test.each(Object.keys(DAMAGE))("are both told to hold it: %s", (kind) => {
    for (let run = 0; run < 2; run++) {
      const { words } = makeSheet();
      const copies = copiesOf(words, kind);
      for (const one of copies) expect(restore([one], QUICK).status).toBe("refused");
      const restored = restore(copies, QUICK);
      if (restored.status !== "confirmed") throw new Error(`${kind} ${String(run)}`);
      expect(restored.reports.map(({ source }) => source)).toEqual(["a1 and a2"]);
      expect(restored.remarks).toEqual([]);
    }
  });

  test.each(Object.keys(DAMAGE))("are refused beside one of another sheet: %s", (kind) => {
    const a = makeSheet();
    // Of another day's sheet only the last rows say so.
    const isTold = !["most words unreadable", "halves"].includes(kind);
    const another = isTold ? [makeSheet(2519, [...a.key])] : [];
    for (const b of [makeSheet(), ...another]) {
      const [damaged] = copiesOf(b.words, kind === "halves" ? "words unreadable" : kind);
      if (damaged === undefined) throw new Error(kind);
      const given = [...copiesOf(a.words, kind), { ...damaged, source: "b" }];
      const told = permutations(given).map((carriers) => restore(carriers, QUICK));
      for (const restored of told) {
        expect(restored.status).toBe("refused");
        expect(problemSet(restored)).toEqual(problemSet(told[0]));
      }
    }
  });

  test("are told apart from words of another sheet, which is named", () => {
    const [a, b] = [makeSheet(), makeSheet()];
    const copies = copiesOf(a.words, "rows unreadable");
    const other = b.words.map((word, index) => (index % 3 === 2 ? "?" : word));
    const numbered = (tokens: Words) =>
      rowsOf(tokens).map((row, index) => ({ number: index + 1, tokens: row }));
    const together = restore(
      [...copies, { kind: "words", source: "b", lines: numbered(other).slice(0, 5) }],
      QUICK,
    );
    expect(together.status).toBe("refused");
    expect(
      restore([codeOf(a.payload, "a.jpg"), wordsCarrier(other, "b.txt")], QUICK),
    ).toMatchObject({
      problems: [
        { code: "sheets-differ", sheets: [{ sources: ["a.jpg"] }, { sources: ["b.txt"] }] },
        { code: "words-damaged", source: "b.txt" },
      ],
    });
  });
});

describe("words that were not mended", () => {
  const KINDS: Readonly<Record<string, (words: Words) => Words>> = {
    whole: (words) => words,
    "a quarter wrong": (words) => words.map((word) => (happens(25) ? anyWord() : word)),
    "most unreadable": (words) => words.map((word) => (happens(80) ? "?" : word)),
    "all misspelt": (words) => words.map(misspelt),
    "most rows left out": (words) =>
      rowsOf(words)
        .filter((_, row) => row % 3 === 1)
        .flat(),
    "words left out": (words) => words.filter(() => happens(75)),
    "rows in another order": (words) => rowsOf(words).toReversed().flat(),
    "columns for rows": (words) =>
      [0, 1, 2, 3, 4, 5].flatMap((column) => rowsOf(words).map((row) => row[column] ?? "")),
    "the last half": (words) => words.slice(words.length / 2),
    "four letters each": (words) => words.map((word) => word.slice(0, 4)),
  };

  test.each(Object.entries(KINDS))("agree with their sheet and no other: %s", (_, damaged) => {
    for (let run = 0; run < 5; run++) {
      const [a, b] = [makeSheet(), makeSheet()];
      const agreementWith = agreementOfWords([{ number: null, tokens: damaged(a.words) }]);
      expect(agreementWith(a.payload)).toBe("agrees");
      expect(agreementWith(b.payload)).not.toBe("agrees");
    }
  });

  test("of the same key on another day disagree, where their last rows can be read", () => {
    for (let run = 0; run < 10; run++) {
      const a = makeSheet();
      const b = makeSheet(2519 + run, [...a.key]);
      const tokens = b.words.map((word) => (happens(10) ? "?" : word));
      expect(agreementOfWords([{ number: null, tokens }])(a.payload)).toBe("disagrees");
    }
  });

  test("are no other sheet where they may be a passphrase, a wallet's, or prose", () => {
    const { payload } = makeSheet();
    const prose =
      "this is the sheet that I made last summer and it is for the key of the exchange where we " +
      "have an account so keep it in a safe place and do not give it to anybody who may ask";
    const texts = [
      prose.split(" "),
      ...[7, 12].map((count) => Array.from({ length: count }, anyWord)),
    ];
    for (const tokens of texts) {
      expect(agreementOfWords([{ number: null, tokens }])(payload)).toBe("unclear");
      const restored = restore([codeOf(payload, "a.jpg"), wordsCarrier(tokens, "note.txt")], QUICK);
      expect(restored.status).toBe("confirmed");
    }
  });
});

function codeOf(payload: Uint8Array, source: string): Carrier {
  const [code] = encodeQrText(payload);
  return { kind: "code", source, text: `${code?.head ?? ""}${code?.digits ?? ""}` };
}

function pieceOf(payload: Uint8Array, number: number, source: string): Carrier {
  const code = encodeQrText(payload, 3)[number - 1];
  return { kind: "code", source, text: `${code?.head ?? ""}${code?.digits ?? ""}` };
}

function tornOf(payload: Uint8Array, from: number, to: number, source: string): Carrier {
  const left = Array.from(payload, (byte, index) => (index >= from && index < to ? byte : null));
  return { kind: "bytes", source, number: 1, total: 1, bytes: left, read: 3, count: 8 };
}

/** All that was said, without the order in which sources and sheets are listed. */
function problemSet(restored: ReturnType<typeof restore> | undefined): readonly string[] {
  const said = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value
        .map(said)
        .map((item) => JSON.stringify(item))
        .sort();
    if (typeof value === "string") return value.split(/ and |, /).sort();
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, said(item)]));
  };
  if (restored === undefined) return [];
  const problems: readonly Problem[] =
    restored.status === "refused" ? restored.problems : restored.remarks;
  const reports = restored.status === "refused" ? [] : restored.reports;
  return [...problems, ...reports].map((told) => JSON.stringify(said(told))).sort();
}

describe("any carriers in any order", () => {
  const [a, b] = [makeSheet(), makeSheet()];
  const again = makeSheet(2519, [...a.key]);
  const setOf = (payload: typeof a.payload, setId: number) =>
    splitPayload(payload, {
      threshold: 2,
      count: 3,
      setId: Uint8Array.of(1, 2, 3, setId),
      blind: bytes(8),
      coefficients: bytes(coefficientCount(payload.length, 2)),
    });
  const [shares, others, forged] = [setOf(a.payload, 1), setOf(b.payload, 2), setOf(b.payload, 1)];
  const every = (words: Words, modulus: number, rest: number) =>
    words.map((word, index) => (index % modulus === rest ? "?" : word));
  const pool: readonly ((source: string) => Carrier)[] = [
    ...[a, b, again].flatMap(({ payload, words }) => [
      (source: string) => codeOf(payload, source),
      (source: string) => wordsCarrier(words, source),
      (source: string) => wordsCarrier(every(words, 3, 0), source),
      (source: string) => wordsCarrier(every(words, 3, 1), source),
      (source: string) => pieceOf(payload, 1, source),
      (source: string) => pieceOf(payload, 3, source),
      (source: string) => tornOf(payload, 20, 60, source),
      (source: string) => tornOf(payload, 80, 84, source),
    ]),
    ...[...shares, ...others, ...forged].flatMap((payload) => [
      (source: string) => codeOf(payload, source),
      (source: string) => pieceOf(payload, 2, source),
      (source: string) => tornOf(payload, 20, 60, source),
    ]),
    (source) => ({ kind: "code", source, text: "https://example.org" }),
    (source) => codeOf(Uint8Array.of(0x20, 1, 2), source),
    (source) => ({ kind: "code", source, text: "KEYSHEET1/1/1/1234" }),
    (source) => wordsCarrier(["abandon", "ability"], source),
  ];
  const chosen = fc.array(fc.nat(pool.length - 1), { minLength: 1, maxLength: 6 });

  test("say the same", () => {
    fc.assert(
      fc.property(chosen, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (indices, order) => {
        const carriers = indices.flatMap((index, at) => pool[index]?.(`f${String(at)}`) ?? []);
        const moved = carriers
          .map((carrier, at) => ({ carrier, at: order[at] ?? 0 }))
          .sort((x, y) => x.at - y.at)
          .map(({ carrier }) => carrier);
        const limits = QUICK;
        const [first, second] = [restore(carriers, limits), restore(moved, limits)];
        expect(second.status).toBe(first.status);
        expect(problemSet(second)).toEqual(problemSet(first));
      }),
      { numRuns: 120, seed: 20_261_130 },
    );
  });

  test("never give a key beside what is of another sheet", () => {
    const ofAnother = [
      codeOf(b.payload, "x"),
      wordsCarrier(b.words, "x"),
      wordsCarrier(every(b.words, 3, 0), "x"),
      pieceOf(b.payload, 2, "x"),
      tornOf(b.payload, 20, 26, "x"),
      codeOf(again.payload, "x"),
      pieceOf(again.payload, 1, "x"),
    ];
    const ofSheets: readonly (readonly Carrier[])[] = [
      [codeOf(a.payload, "a")],
      [wordsCarrier(a.words, "a")],
      copiesOf(a.words, "rows unreadable"),
      shares.slice(0, 2).map((payload, index) => codeOf(payload, `s${String(index)}`)),
    ];
    for (const ofSheet of ofSheets) {
      expect(restore(ofSheet, QUICK).status).toBe("confirmed");
      for (const other of ofAnother) {
        for (const given of [
          [...ofSheet, other],
          [other, ...ofSheet],
        ]) {
          const restored = restore(given, QUICK);
          expect(restored.status).toBe("refused");
        }
      }
    }
  });

  test("give the key of shares beside what is left of one more of the set, and of no other set", () => {
    const [one, two, three] = shares.map((payload, index) => codeOf(payload, String(index)));
    const [, , third] = shares;
    const [, , stranger] = others;
    if (!one || !two || !three || !third || !stranger) throw new Error("too few");
    for (const [payload, status] of [
      [third, "confirmed"],
      [stranger, "refused"],
    ] as const) {
      for (const rest of [pieceOf(payload, 2, "x"), tornOf(payload, 20, 60, "x")]) {
        expect(restore([one, two, rest]).status).toBe(status);
        expect(restore([rest, two, one]).status).toBe(status);
      }
    }
  });
});
