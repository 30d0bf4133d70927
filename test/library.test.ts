/** The library as a program calls it that no compiler has checked: refusals, and nothing else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeKdf } from "../src/adapters/node/scrypt-node.js";
import * as library from "../src/index.js";
import { seededBytes } from "./seeded-random.mjs";

const { backupSheets, drawPassphrase, LISTS, parseKeyFile, Refusal, restore, unseal } = library;

const RUNS = { numRuns: 300, seed: 20_261_123 } as const;
const KEY = parseKeyFile(
  "QR4YWxIr4BwOakB9z5Al8FBPIED/eCQNuHLLEe8JUqS4vNLcoWLQ57S+\n" +
    "jEV6rsOxpA3XyVq6KmPG/toQubqGFcLDRuzXgbZ4UBR3VGSZ4CQ121nH6N9DLXKp+3OHjTRcK/G6gXbVNPm7Fw==",
  "key",
);
const RECORD = { provider: KEY.provider, fields: KEY.fields, day: 2518 };
const random = seededBytes("library");
const OPTIONS = { level: "standard", random } as const;
const SEAL = { passphrase: "a passphrase", cost: 14, kdf: nodeKdf } as const;
const ENGLISH = LISTS.find(({ name }) => name === "english") ?? LISTS[0];

/** The codes of what a call refuses; none where it gives something, and anything else is a fault. */
async function refusalsOf(call: () => unknown): Promise<readonly string[]> {
  try {
    await call();
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(({ code }) => code);
    throw error;
  }
}

/** As JavaScript calls it. */
type AnyCall = (...given: unknown[]) => unknown;
const call = (name: keyof typeof library) => library[name] as unknown as AnyCall;

const FUNCTIONS = (Object.keys(library) as (keyof typeof library)[]).filter(
  (name) =>
    typeof library[name] === "function" && !["Refusal", "Restoration", "Secret"].includes(name),
);

const junk = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom(NaN, -1, 1e300, "", [], {}, null, undefined, new Uint8Array(), Symbol("x")),
  fc.constantFrom({ kind: "code" }, { kind: "__proto__" }, { kind: "words", lines: [{}] }, [null]),
);

describe("a value of a wrong type", () => {
  test("leaves every function as a refusal", async () => {
    expect(FUNCTIONS).toHaveLength(42);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FUNCTIONS),
        fc.array(junk, { maxLength: 4 }),
        async (name, given) => {
          await refusalsOf(() => call(name)(...given));
        },
      ),
      { ...RUNS, numRuns: 2000 },
    );
  });

  test.each(FUNCTIONS)(
    "%s refuses undefined, a number and an object without fields",
    async (name) => {
      for (const value of [undefined, 7, {}, NaN]) {
        if (name === "formatDay" && value === 7) continue;
        const refusals = name === "restore" ? [] : await refusalsOf(() => call(name)(value, value));
        if (name !== "restore") expect(refusals).not.toEqual([]);
      }
    },
  );

  test("in the place of carriers is refused by restore, which never throws", () => {
    const carriers = fc.oneof(
      junk,
      fc.array(junk, { maxLength: 3 }),
      fc.array(
        fc.record({
          kind: fc.constantFrom("code", "words", "bytes", 3),
          source: fc.oneof(fc.constant("a"), junk),
          text: junk,
          lines: junk,
          bytes: junk,
          number: junk,
          total: junk,
          read: junk,
          count: junk,
        }),
        { maxLength: 3 },
      ),
    );
    fc.assert(
      fc.property(carriers, junk, (given, options) => {
        const restored = call("restore")(given, options) as { readonly status: string };
        expect(restored.status).toBe("refused");
      }),
      { ...RUNS, numRuns: 2000 },
    );
    const hostile = new Proxy([], {
      get: () => {
        throw new Error("no");
      },
    });
    expect(restore(hostile)).toMatchObject({ status: "refused" });
  });

  test("is named by its place, without the value", () => {
    const text = "MARKED".repeat(9);
    expect(() => call("decodePayload")(text)).toThrow("value-malformed");
    try {
      call("decodePayload")(text);
    } catch (error) {
      expect((error as InstanceType<typeof Refusal>).problems).toEqual([
        {
          code: "value-malformed",
          what: "argument 1 of decodePayload",
          expected: "a Uint8Array",
        },
      ]);
    }
  });
});

describe("what there cannot be has a refusal of its own", () => {
  test.each([-1, 65_536, 1.5, NaN, Infinity])("the day %d", async (day) => {
    const record = { ...RECORD, day };
    for (const step of [
      () => library.backup(record, "standard"),
      () => library.encodePayload(record),
      () => backupSheets(record, OPTIONS),
      () => library.formatDay(day),
      () => library.makeSheet(record),
    ]) {
      expect(await refusalsOf(step)).toEqual(["day-out-of-range"]);
    }
  });

  test.each(["2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "today", ""])(
    "the day %j",
    async (text) => {
      expect(await refusalsOf(() => library.parseDay(text))).toEqual(["day-unknown"]);
      const file = { keysheet: 1, provider: null, day: text, fields: [["token", "x", true]] };
      const read = () => parseKeyFile(JSON.stringify(file), "key.json");
      expect(await refusalsOf(read)).toEqual(["key-file-json"]);
    },
  );

  test.each(["2019-12-31", "2199-06-07"])("the day %s, which paper does not hold", async (text) => {
    expect(await refusalsOf(() => library.parseDay(text))).toEqual(["day-out-of-range"]);
  });

  test.each([0, 13, 23, 40, 14.5, NaN])("the cost %d of a derivation", async (cost) => {
    for (const kdf of [library.portableKdf, library.nodeKdf]) {
      expect(await refusalsOf(() => kdf(random(8), random(16), cost))).toEqual(["cost-unfit"]);
    }
  });

  test.each([13, 21, 14.5, NaN, Infinity])("the cost %d", async (cost) => {
    const seal = { ...SEAL, cost };
    expect(await refusalsOf(() => backupSheets(RECORD, { ...OPTIONS, seal }))).toEqual([
      "cost-unfit",
    ]);
    expect(await refusalsOf(() => library.makeSheet(RECORD, { seal }))).toEqual(["cost-unfit"]);
  });

  test.each([
    [1, 3],
    [3, 2],
    [2, 17],
    [NaN, 3],
    [2, 2.5],
  ])("%d of %d shares", async (threshold, count) => {
    const split = { threshold, count };
    for (const made of [
      () => backupSheets(RECORD, { ...OPTIONS, split }),
      () => library.makeSheet(RECORD, { split }),
    ]) {
      expect(await refusalsOf(made)).toEqual(["shares-unfit"]);
    }
  });

  test("a provider that is none", async () => {
    const record = { ...RECORD, provider: "kraken" } as unknown as library.KeyRecord;
    expect(await refusalsOf(() => library.encodePayload(record))).toEqual(["provider-unknown"]);
    expect(await refusalsOf(() => library.makeSheet(record))).toEqual(["provider-unknown"]);
  });

  test("a list whose words are another's, which would be printed under a wrong number", async () => {
    const list = { ...ENGLISH, name: "french" } as library.ListRow;
    for (const step of [
      () => library.backup(RECORD, "standard", list),
      () => library.makeSheet(RECORD, { list }),
      () => library.listWords(list),
    ]) {
      expect(await refusalsOf(step)).toEqual(["value-malformed"]);
    }
    expect(library.listWords(ENGLISH as library.ListRow)[0]).toBe("abandon");
  });
});

describe("the cost of a seal", () => {
  const quick: library.Kdf = () => Promise.resolve(Uint8Array.from({ length: 64 }, (_, n) => n));
  const sealedAt = async (cost: number, costLimit: number) => {
    const seal = { ...SEAL, kdf: quick, cost, costLimit };
    const [made] = await backupSheets(RECORD, { ...OPTIONS, seal });
    const texts = library.encodeQrText(made?.payload ?? new Uint8Array());
    const text = texts.map(({ head, digits }) => head + digits).join("\n");
    const read = restore([{ kind: "code", source: "code", text }]);
    if (read.status !== "sealed") throw new Error(read.status);
    return read;
  };

  test("above what the command makes is one that is asked for, to make and to open", async () => {
    const sealed = await sealedAt(22, 22);
    const refused = await unseal(sealed, "a passphrase", quick);
    expect(refused).toEqual({
      status: "refused",
      problems: [{ code: "kdf-cost", cost: 22, memoryBytes: 2 ** 32 }],
    });
    const opened = await unseal(sealed, "a passphrase", quick, { costLimit: 22 });
    expect(opened.status).toBe("confirmed");
    expect((await unseal(await sealedAt(20, 20), "a passphrase", quick)).status).toBe("confirmed");
  });
});

describe("a source of random bytes", () => {
  const sources: readonly (readonly [string, string, (length: number) => unknown])[] = [
    ["of zeros", "repeating", (length) => new Uint8Array(length)],
    ["of one byte", "repeating", (length) => new Uint8Array(length).fill(7)],
    ["of four bytes again", "repeating", (length) => Uint8Array.from({ length }, (_, n) => n % 4)],
    ["too short", "length", (length) => random(length - 1)],
    ["too long", "length", (length) => random(length + 1)],
    ["of no bytes", "not-bytes", (length) => Array.from(random(length))],
    ["of a text", "not-bytes", () => "random"],
    ["of nothing", "not-bytes", () => undefined],
  ];

  test.each(sources)(
    "%s is refused for a salt, shares and a passphrase",
    async (_, fault, source) => {
      const given = source as library.RandomSource;
      const problems = [{ code: "random-unfit", fault }];
      const split = { threshold: 2, count: 3 };
      for (const options of [{ seal: SEAL }, { split }, { seal: SEAL, split }]) {
        const made = backupSheets(RECORD, { ...OPTIONS, ...options, random: given });
        await expect(made).rejects.toMatchObject({ problems });
      }
      expect(() => drawPassphrase(ENGLISH as never, 7, given)).toThrow("random-unfit");
    },
  );

  test("that begins anew each time is refused where it is asked twice", async () => {
    const again: library.RandomSource = (length) => seededBytes("again")(length);
    const split = { threshold: 2, count: 3 };
    const made = backupSheets(RECORD, { ...OPTIONS, split, random: again });
    await expect(made).rejects.toThrow("random-unfit");
  });

  test("that is good is used byte for byte", async () => {
    const options = { ...OPTIONS, seal: SEAL, split: { threshold: 3, count: 5 } };
    const [first, second] = await Promise.all(
      [1, 2].map(() => backupSheets(RECORD, { ...options, random: seededBytes("good") })),
    );
    expect(first?.map(({ payload }) => payload)).toEqual(second?.map(({ payload }) => payload));
  });
});
