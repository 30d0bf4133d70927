/** What the encoder refuses to write, and the choices of body and encoding at their limits. */
import { describe, expect, test } from "vitest";
import { markOf } from "../../../src/core/payload/mark.js";
import {
  checkedLength,
  decodePayload,
  encodePayload,
  isPrescribed,
  lengthFromStart,
  type Payload,
} from "../../../src/core/payload/payload.js";
import { ByteReader, uvarintBytes } from "../../../src/core/payload/v1/byte-reader.js";
import { encodeValue, encodingByNumber } from "../../../src/core/payload/v1/encodings.js";
import { encodeSealedBody } from "../../../src/core/payload/v1/sealed.js";
import { encodeShare, sizesByte } from "../../../src/core/payload/v1/share.js";
import { type Problem, Refusal } from "../../../src/core/problem.js";
import { type Field, fieldText, makeField } from "../../../src/core/record/key-record.js";
import type { ProviderId } from "../../../src/core/record/providers.js";
import { seededBytes } from "../../seeded-random.mjs";
import { bytesOfHex } from "../vector-record.js";

const random = seededBytes("payload");
const base64 = (length: number) => Buffer.from(random(length)).toString("base64");
const KEY = makeField("key", base64(42), false);
const SECRET = makeField("secret", base64(64), true);

function encode(provider: ProviderId | null, ...fields: readonly Field[]): Payload {
  return encodePayload({ provider, day: 2518, fields });
}

const FIXED = encode("kraken-spot", KEY, SECRET);
const FIXED_LENGTH = 4 + 42 + 64;

describe("a record that is not its provider's", () => {
  test.each([
    ["fields in another order", [SECRET, KEY]],
    ["a field that the row does not have", [KEY, SECRET, makeField("token", "x", true)]],
    ["one field twice", [KEY, KEY, SECRET]],
    ["one twice in the place of another", [KEY, KEY]],
    ["a secret that is said to be public", [KEY, makeField("secret", fieldText(SECRET), false)]],
    ["a public key that is said to be secret", [makeField("key", fieldText(KEY), true), SECRET]],
  ])("is not written: %s", (_, fields) => {
    expect(() => encode("kraken-spot", ...fields)).toThrow("not those of its provider's row");
  });
});

describe("a record that lacks a field of its provider's row", () => {
  test.each([
    ["the public one", [SECRET]],
    ["the secret one", [KEY]],
    ["both", []],
  ])("is written and read without it: %s", (_, fields) => {
    const payload = encode("kraken-spot", ...fields);
    expect(payload[1]).toBe(0x81);
    const { content } = decodePayload(payload);
    if (content.kind !== "plain") throw new Error("not plain");
    expect(content.record.fields.map(({ name }) => name)).toEqual(fields.map(({ name }) => name));
    expect(content.record.fields.map(fieldText)).toEqual(fields.map(fieldText));
    expect(content.spans).toHaveLength(fields.length);
  });
});

describe("a record without a provider", () => {
  const named = (...names: readonly string[]) =>
    encode(null, ...names.map((name) => makeField(name, "x", true)));
  const letters = (count: number) => Array.from({ length: count }, (_, at) => `n${String(at)}`);

  test("has 1 to 32 fields of different names", () => {
    expect(decodePayload(named(...letters(1))).content).toMatchObject({ kind: "plain" });
    const { content } = decodePayload(named(...letters(32)));
    expect(content.kind === "plain" && content.record.fields).toHaveLength(32);
    for (const names of [[], letters(33), ["a", "a"]]) {
      expect(() => named(...names)).toThrow("1 to 32 fields of different names");
    }
  });

  test.each(["", "a\nb", "n".repeat(65), "\ud800"])("has no field named %j", (name) => {
    expect(() => named(name)).toThrow("not a field name");
  });

  test("has no value with half a surrogate pair", () => {
    expect(() => encode(null, makeField("token", "\udc00", true))).toThrow("a lone surrogate");
  });
});

describe("the body", () => {
  test("is fixed only for values of the row's lengths", () => {
    expect(FIXED).toHaveLength(FIXED_LENGTH);
    for (const [key, secret] of [
      [41, 64],
      [42, 63],
      [43, 65],
    ] as const) {
      const fields = [
        makeField("key", base64(key), false),
        makeField("secret", base64(secret), true),
      ];
      const payload = encode("kraken-spot", ...fields);
      expect(payload[1]).toBe(0x81);
      const { content } = decodePayload(payload);
      if (content.kind !== "plain") throw new Error("not plain");
      expect(content.record.fields.map(fieldText)).toEqual(fields.map(fieldText));
    }
  });

  test("says its length at its start where that is fixed", () => {
    expect(lengthFromStart(FIXED.subarray(0, 2))).toBe(FIXED_LENGTH);
    expect(lengthFromStart(encode("kraken-futures", KEY, SECRET).subarray(0, 2))).toBeNull();
    for (const [start, length] of [
      ["1002", 4 + 42 + 66],
      ["1001ffff", FIXED_LENGTH],
      ["10", null],
      ["", null],
      ["1000", null],
      ["1080", null],
      ["1081", null],
      ["107f", null],
      ["1101", null],
      ["2001", null],
    ] as const) {
      expect(lengthFromStart(bytesOfHex(start)), start).toBe(length);
    }
  });

  test("is the prescribed one, or another that is read and told from it", () => {
    expect(isPrescribed(FIXED)).toBe(true);
    // Measured, with base64 as it prescribes itself, where fixed would do.
    const measured = Uint8Array.of(
      ...[0x10, 0x81, FIXED[2] ?? 0, FIXED[3] ?? 0],
      ...[1, 42, ...FIXED.subarray(4, 46)],
      ...[0x81, 64, ...FIXED.subarray(46)],
    ) as Payload;
    expect(decodePayload(measured).content).toMatchObject({ record: { day: 2518 } });
    expect(isPrescribed(measured)).toBe(false);
    const sealedStart = Uint8Array.of(0x11, ...FIXED.subarray(1)) as Payload;
    expect(isPrescribed(sealedStart)).toBe(false);
  });
});

describe("what is malformed is named with the place where it is", () => {
  function problemsOf(bytes: Uint8Array): readonly Problem[] {
    try {
      decodePayload(bytes);
      return [];
    } catch (error) {
      if (error instanceof Refusal) return error.problems;
      throw error;
    }
  }

  const SALT = "00".repeat(16);
  const SET = "5e7dabba";

  test.each([
    ["", "too-short", 0],
    ["10", "too-short", 1],
    ["1000", "provider-zero", 1],
    ["1080", "too-short", 2],
    ["108009", "too-short", 3],
    ["10800102", "too-short", 4],
    ["1080010200", "field-count", 4],
    ["1080010221", "field-count", 4],
    ["1080010201", "too-short", 5],
    ["10800102010261", "too-short", 6],
    ["108001020101ff0000", "text-not-utf8", 5],
    ["10800102010161", "too-short", 7],
    ["108001020101610b00", "encoding-unknown", 7],
    ["108001020101618b00", "encoding-unknown", 7],
    ["10800102010161008000", "length-not-shortest", 8],
    ["1080010201016100808000", "length-not-shortest", 8],
    ["1080010201016100808080", "length-too-large", 8],
    ["108001020101610002ff", "too-short", 9],
    ["108001020101610001ff", "text-not-utf8", 9],
    ["108001020101610601ff", "value-malformed", 9],
    ["10800102010100000178", "name-invalid", 5],
    ["1080010202016100017801610000", "name-repeated", 10],
    ["1080010201016100017800", "trailing-bytes", 10],
    ["108101020000000000", "secret-bit", 6],
    ["1081010281018101", "secret-bit", 4],
    [`110d${SALT}`, "cost-out-of-range", 1],
    [`1117${SALT}`, "cost-out-of-range", 1],
    ["110e00", "too-short", 2],
    [`110e${SALT}${SALT}`, "too-short", 34],
    ["125e7dab", "too-short", 1],
    [`12${SET}01`, "share-threshold", 5],
    [`12${SET}21`, "share-threshold", 5],
    [`12${SET}1100`, "share-number", 6],
    [`12${SET}1103`, "share-number", 6],
    [`12${SET}1101${"00".repeat(16)}`, "share-length", 7],
  ] as const)("%j is refused as %s at %i", (hex, fault, offset) => {
    expect(problemsOf(bytesOfHex(hex))).toEqual([{ code: "payload-malformed", fault, offset }]);
  });

  test("a fixed body that is cut, or goes on", () => {
    const fault = (fault: string, offset: number) => [{ code: "payload-malformed", fault, offset }];
    expect(problemsOf(FIXED.subarray(0, -1))).toEqual(fault("too-short", 46));
    expect(problemsOf(Uint8Array.of(...FIXED, 0))).toEqual(fault("trailing-bytes", FIXED_LENGTH));
  });

  test("a length of up to three bytes is read, as it was written", () => {
    for (const length of [0, 127, 128, 16_383, 16_384, 2 ** 21 - 1]) {
      const reader = new ByteReader(uvarintBytes(length), 0);
      expect(reader.uvarint()).toBe(length);
      expect(reader.remaining).toBe(0);
    }
  });

  test("the longest payload is 4096 bytes", () => {
    const share = new Uint8Array(4097);
    share.set(bytesOfHex(`12${SET}1101`));
    expect(problemsOf(share.subarray(0, 4096))).toEqual([]);
    const fault = "too-long";
    expect(problemsOf(share)).toEqual([{ code: "payload-malformed", fault, offset: 4096 }]);
    share[0] = 0x22;
    expect(problemsOf(share)).toEqual([{ code: "version-newer", version: 2 }]);
  });

  test.each([
    ["00", { code: "version-zero" }],
    ["f0", { code: "version-newer", version: 15 }],
    ["13", { code: "kind-unknown", kind: 3 }],
    ["1f", { code: "kind-unknown", kind: 15 }],
    ["107f", { code: "provider-newer", number: 127 }],
    ["10ff", { code: "provider-newer", number: 127 }],
  ])("%j is refused as what it is of", (hex, problem) => {
    expect(problemsOf(bytesOfHex(hex))).toEqual([problem]);
  });

  test("and the smallest seals and shares are read", () => {
    for (const cost of ["0e", "16"]) {
      expect(problemsOf(bytesOfHex(`11${cost}${SALT}00${SALT}`))).toEqual([]);
    }
    for (const [sizes, number] of [
      ["11", "01"],
      ["11", "02"],
      ["ff", "10"],
      ["1f", "10"],
    ] as const) {
      expect(problemsOf(bytesOfHex(`12${SET}${sizes}${number}${"00".repeat(17)}`))).toEqual([]);
    }
  });
});

describe("what is laid out here and filled elsewhere", () => {
  test("a share is written as it was read", () => {
    const bytes = Uint8Array.of(0x12, 1, 2, 3, 4, 0x2f, 9, ...random(50));
    const { content } = decodePayload(bytes);
    if (content.kind !== "share") throw new Error("not a share");
    expect(content).toMatchObject({ threshold: 3, count: 16, number: 9 });
    expect(encodeShare(content)).toEqual(bytes);
    expect(sizesByte({ threshold: 16, count: 16 })).toBe(0xff);
    expect(sizesByte({ threshold: 2, count: 3 })).toBe(0x12);
  });

  test("a seal is written as it was read, all but its tag", () => {
    const bytes = Uint8Array.of(0x11, 15, ...random(16), ...random(30), ...random(16));
    const { content } = decodePayload(bytes);
    if (content.kind !== "sealed") throw new Error("not sealed");
    expect(content.cost).toBe(15);
    expect(content.salt).toEqual(bytes.subarray(2, 18));
    expect(content.tag).toEqual(bytes.subarray(48));
    expect(encodeSealedBody(content)).toEqual(bytes.subarray(0, 48));
  });

  test("none is longer than a payload can be", () => {
    expect(checkedLength(new Uint8Array(4096))).toHaveLength(4096);
    let problems: readonly Problem[] = [];
    try {
      checkedLength(new Uint8Array(4097));
    } catch (error) {
      if (error instanceof Refusal) ({ problems } = error);
    }
    expect(problems).toEqual([{ code: "payload-too-long", length: 4097, limit: 4096 }]);
  });
});

test("a mark needs one public value of 8 bytes", () => {
  const mark = (key: string, isSecret: boolean) =>
    markOf(
      decodePayload(
        encode(null, makeField("key", key, isSecret), makeField("token", "x".repeat(20), true)),
      ),
    );
  expect(mark("!".repeat(7), false)).toBeNull();
  expect(mark("!".repeat(8), true)).toBeNull();
  expect(mark("!".repeat(8), false)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
});

describe("an encoding holds just the texts that it gives back", () => {
  const holds = (number: number, text: string) => {
    const encoding = encodingByNumber(number);
    const bytes = encoding?.bytesOf(text) ?? null;
    return bytes === null ? null : encoding?.textOf(bytes);
  };

  test.each([
    [4, "00ff", "00FF"],
    [5, "00FF", "00ff"],
    [4, "", "0"],
    [6, "01234567-89ab-cdef-0123-456789abcdef", "0123456789abcdef0123456789abcdef"],
    [6, "01234567-89ab-cdef-0123-456789abcdef", "0123-456789abcdef-0123-4567-89abcdef"],
    [6, "01234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef00"],
    [7, "0Az", "0-z"],
    [9, "0x00ff", "00ff"],
    [9, "0x00ff", "1x00ff"],
    [9, "0x", "0X"],
    [1, "AA==", "AB=="],
    [8, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "AAAA"],
    [
      8,
      "-----BEGIN PUBLIC KEY-----\r\nAAAA\r\n-----END PUBLIC KEY-----\r\n",
      "-----BEGIN PUBLIC KEY-----\r\nAAAA\n-----END PUBLIC KEY-----\r\n",
    ],
    [
      8,
      "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
    ],
  ])("encoding %i: %j, not %j", (number, held, other) => {
    expect(holds(number, held)).toBe(held);
    expect(holds(number, other)).toBeNull();
  });

  test("and the bytes of no text are of no value", () => {
    for (const [number, hex] of [
      [0, "ff"],
      [6, "00"],
      [6, "00".repeat(17)],
      [7, ""],
      [7, "00"],
      [7, "02"],
      [7, "0001"],
      [8, ""],
      [8, "01"],
      [8, "0100"],
      [8, "010400"],
      [8, "000000"],
      [8, "060000"],
    ] as const) {
      expect(encodingByNumber(number)?.textOf(bytesOfHex(hex)), `${String(number)}: ${hex}`).toBe(
        null,
      );
    }
    expect(encodingByNumber(11)).toBeNull();
  });

  test("base62 to the most digits that a payload can hold", () => {
    expect(holds(7, "z".repeat(5503))).toBe("z".repeat(5503));
    expect(holds(7, "z".repeat(5504))).toBeNull();
  });

  test("PEM with lines of 64 characters and either line end", () => {
    const body = Buffer.from(random(60)).toString("base64");
    for (const lineEnd of ["\n", "\r\n"]) {
      const lines = ["-----BEGIN EC PRIVATE KEY-----", body.slice(0, 64), body.slice(64)];
      const text = [...lines, "-----END EC PRIVATE KEY-----"].join(lineEnd);
      for (const whole of [text, text + lineEnd]) {
        expect(encodeValue(whole)).toMatchObject({ encoding: 8 });
        expect(holds(8, whole)).toBe(whole);
      }
      expect(holds(8, text.replace(body.slice(64), `${body.slice(64)}${lineEnd}`))).toBeNull();
    }
  });
});
