/** Every row of the provider table, on 200 random keys of its own. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePayload, encodePayload } from "../../../src/core/payload/payload.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import { Refusal } from "../../../src/core/problem.js";
import { checkField, checkFields } from "../../../src/core/record/check-fields.js";
import { areSameRecord, fieldText } from "../../../src/core/record/key-record.js";
import { providerById, PROVIDERS } from "../../../src/core/record/providers.js";
import { utf8FromText } from "../../../src/core/text.js";
import { wordsShape } from "../../../src/core/words/words.js";
import { testWith } from "../../programs.js";
import { plainView } from "../vector-record.js";
import { keysOf, runsOf } from "./sample-keys.js";

const IDS = PROVIDERS.map(({ id }) => id);
const RECOVER = fileURLToPath(new URL("../../../src/core/payload/recover.py", import.meta.url));

/** What a key would be on paper as bare text: its values alone, a byte between them, and no head. */
function textBytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (utf8FromText(text)?.length ?? 0) + 1, -1);
}

describe("the key of a provider", () => {
  test.each(IDS)("%s comes back from its payload as the same characters", (id) => {
    fc.assert(
      fc.property(keysOf(id), (record) => {
        const { content } = decodePayload(encodePayload(record));
        expect(content.kind === "plain" && areSameRecord(content.record, record)).toBe(true);
      }),
      runsOf(id),
    );
  });

  test.each(IDS)("%s is taken as it is, and nothing is said of it", (id) => {
    fc.assert(
      fc.property(keysOf(id), ({ fields }) => {
        const raw = fields.map((field) => ({ name: field.name, text: fieldText(field) }));
        const checked = checkFields(id, raw, "file");
        expect(checked.map(({ text }) => text)).toEqual(raw.map(({ text }) => text));
        expect(checked.flatMap(({ notices }) => notices)).toEqual([]);
      }),
      runsOf(id),
    );
  });

  test.each(IDS)("%s takes no more words than as bare text", (id) => {
    fc.assert(
      fc.property(keysOf(id), (record) => {
        const payload = encodePayload(record);
        const bare = textBytes(record.fields.map(fieldText));
        const wordsOf = (bytes: number) => wordsShape(bytes, "standard")?.count ?? Infinity;
        expect(payload.length).toBeLessThanOrEqual(bare + 4);
        expect(wordsOf(payload.length)).toBeLessThanOrEqual(wordsOf(bare + 4));
      }),
      runsOf(id),
    );
  });
});

/** The payload of the first of the random keys, and its words at the usual level; as in the bench. */
test("bytes and words of an ordinary key of each provider", async () => {
  const table = IDS.map((id) => {
    const [record] = fc.sample(keysOf(id), { ...runsOf(id), numRuns: 1 });
    if (record === undefined) throw new Error("no key");
    const { length } = encodePayload(record);
    const text = textBytes(record.fields.map(fieldText));
    const words = wordsShape(length, "standard")?.count;
    const textWords = wordsShape(text + 4, "standard")?.count;
    return `${id}: ${String(length)} bytes, ${String(words)} words; as text ${String(text)}, ${String(textWords)}`;
  });
  await expect(`${table.join("\n")}\n`).toMatchFileSnapshot("providers.snapshot.txt");
});

testWith("python3")("recover.py restores a key of each provider", () => {
  for (const id of IDS) {
    const [record] = fc.sample(keysOf(id), { ...runsOf(id), numRuns: 1 });
    if (record === undefined) throw new Error("no key");
    const codes = encodeQrText(encodePayload(record)).map(({ head, digits }) => head + digits);
    const told = spawnSync("python3", [RECOVER, "-"], { input: codes.join(" "), encoding: "utf8" });
    expect(told.stderr).toBe(`${id} 2026-11-23\n`);
    const fields = plainView(record).fields.map(([name, text]) => `${name}: ${text}\n`);
    expect(told.stdout).toBe(fields.join(""));
  }
});

describe("a part that is wrong", () => {
  const [key, secret] = providerById("binance").fields;
  const [accessKeyId] = providerById("aws").fields;
  const codesOf = (check: () => unknown) => {
    try {
      check();
      return [];
    } catch (error) {
      return error instanceof Refusal ? error.problems.map(({ code }) => code) : ["other"];
    }
  };
  const SECRET = "y5ZCaeQnKRoZxRbNw4MKqf7zP2nvYkbAsbJFrxau3tdY6ysmaOJ6QWyury5kPqlL";

  test("is refused where the shape is sure, by what is wrong with it", () => {
    if (key === undefined || secret === undefined) throw new Error("no rows");
    expect(codesOf(() => checkField(key, SECRET.slice(1), "file"))).toEqual(["field-length"]);
    expect(codesOf(() => checkField(key, `${SECRET.slice(1)}+`, "file"))).toEqual(["field-shape"]);
    const { notices } = checkField(key, "a".repeat(64), "file");
    expect(notices).toEqual([{ code: "field-repeating", field: "API key" }]);
  });

  test("is told and kept where the shape is not sure", () => {
    if (accessKeyId === undefined) throw new Error("no row");
    const { text, notices } = checkField(accessKeyId, "ASIAXP4CGONFD27ZQ437", "file");
    expect(text).toBe("ASIAXP4CGONFD27ZQ437");
    expect(notices.map(({ code }) => code)).toEqual(["field-unusual"]);
  });

  test("as KEY=secret is taken without its name, and told", () => {
    if (secret === undefined) throw new Error("no row");
    const { text, notices } = checkField(secret, `BINANCE_SECRET=${SECRET}`, "file");
    expect(text).toBe(SECRET);
    expect(notices.map(({ code }) => code)).toEqual(["name-removed"]);
  });

  test("of the documentation is told", () => {
    const told = checkFields(
      "aws",
      [
        { name: "accessKeyId", text: "AKIAIOSFODNN7EXAMPLE" },
        { name: "secretAccessKey", text: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
      ],
      "file",
    );
    const codes = told.flatMap(({ notices }) => notices.map(({ code }) => code));
    expect(codes).toEqual(["field-published", "field-published"]);
  });
});

test("no row has a number, an id, a title or names of fields of another one, or twice", () => {
  for (const values of [
    PROVIDERS.map(({ number }) => String(number)),
    IDS,
    PROVIDERS.map(({ title }) => title),
    ...PROVIDERS.map(({ fields }) => fields.map(({ name }) => name)),
  ]) {
    expect(new Set(values).size).toBe(values.length);
  }
});
