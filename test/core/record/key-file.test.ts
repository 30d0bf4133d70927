import { describe, expect, test } from "vitest";
import { Refusal } from "../../../src/core/problem.js";
import {
  formatKeyFile,
  KEY_FORMS,
  type ParsedKey,
  parseKeyFile,
} from "../../../src/core/record/key-file.js";
import { fieldText } from "../../../src/core/record/key-record.js";

// Random, of no exchange: fixtures/keys/sample-keys.json has where they come from.
const KEY = "QR4YWxIr4BwOakB9z5Al8FBPIED/eCQNuHLLEe8JUqS4vNLcoWLQ57S+";
const SECRET =
  "jEV6rsOxpA3XyVq6KmPG/toQubqGFcLDRuzXgbZ4UBR3VGSZ4CQ121nH6N9DLXKp+3OHjTRcK/G6gXbVNPm7Fw==";
const FUTURES_SECRET =
  "VCo3Q+n9c3J9Mu2OlF/fdP4OPRtSOlYL5y+8DCuotQQAlB5cEHlU9rDjVYlftCnN8BwBDxwkFGTb2hLPI+oViUt+";

function texts(key: ParsedKey): readonly string[] {
  return key.fields.map(fieldText);
}

function codesOf(text: string): readonly string[] {
  try {
    parseKeyFile(text, "file");
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).problems.map(({ code }) => code);
  }
}

describe("a key file is recognised by its content", () => {
  const forms: readonly (readonly [string, string])[] = [
    ["two lines", `${KEY}\n${SECRET}\n`],
    ["two lines with CRLF, spaces around and a third line", `  ${KEY} \r\n${SECRET}\r\nnotes\r\n`],
    ["two lines with a byte order mark", `\uFEFF${KEY}\n${SECRET}`],
    ["dotenv of Kraken's own tool", `KRAKEN_API_KEY=${KEY}\nKRAKEN_API_SECRET=${SECRET}\n`],
    [
      "dotenv with quotes and export",
      `export KRAKEN_API_KEY="${KEY}"\nKRAKEN_PRIVATE_KEY='${SECRET}'`,
    ],
    [
      "dotenv with comments and other names",
      `# bot\nPORT=80\nKRAKEN_SPOT_API_KEY=${KEY} # mine\nKRAKEN_SPOT_SECRET_KEY = ${SECRET}`,
    ],
    [
      "dotenv of Kraken's Go examples",
      `KRAKEN_API_SPOT_PUBLIC=${KEY}\nKRAKEN_API_SPOT_SECRET=${SECRET}`,
    ],
    ["the address as it is, where + stays +", `kraken://apikey?key=${KEY}&secret=${SECRET}`],
    [
      "the address percent-encoded",
      `kraken://apikey?key=${encodeURIComponent(KEY)}&secret=${encodeURIComponent(SECRET)}`,
    ],
    [
      "keysheet's JSON",
      JSON.stringify({
        keysheet: 1,
        provider: "kraken-spot",
        day: 2518,
        fields: [
          ["key", KEY, false],
          ["secret", SECRET, true],
        ],
      }),
    ],
  ];

  test.each(forms)("%s", (_, text) => {
    const key = parseKeyFile(text, "file");
    expect(key.provider).toBe("kraken-spot");
    expect(texts(key)).toEqual([KEY, SECRET]);
    expect(key.notices).toEqual([]);
  });

  test("a Futures key by the shape of its secret", () => {
    expect(parseKeyFile(`${KEY}\n${FUTURES_SECRET}`, "file").provider).toBe("kraken-futures");
  });

  test("a Futures key by its names, even with a secret of Spot's shape", () => {
    const text = `KRAKEN_FUTURES_API_KEY=${KEY}\nKRAKEN_FUTURES_API_SECRET=${SECRET}`;
    const key = parseKeyFile(text, "file");
    expect(key.provider).toBe("kraken-futures");
    expect(texts(key)).toEqual([KEY, SECRET]);
  });

  test("named fields of no known provider, names made NFC and values untouched", () => {
    const text = JSON.stringify({
      keysheet: 1,
      provider: null,
      fields: [
        ["Zoe\u0308", "e\u0308 \uFEFF", false],
        ["token", " x ", true],
      ],
    });
    const key = parseKeyFile(text, "file");
    expect(key.fields.map(({ name }) => name)).toEqual(["Zo\u00eb", "token"]);
    expect(texts(key)).toEqual(["e\u0308 \uFEFF", " x "]);
  });
});

describe("what is beyond doubt is mended and told", () => {
  test("a secret that was wrapped onto two lines", () => {
    const key = parseKeyFile(`${KEY}\n${SECRET.slice(0, 60)}\n${SECRET.slice(60)}\n`, "file");
    expect(texts(key)).toEqual([KEY, SECRET]);
    expect(key.notices).toEqual([{ code: "white-space-removed", field: "private key", count: 1 }]);
  });

  test("spaces inside both parts, as a page may put them", () => {
    const spaced = (text: string) => text.replace(/(.{8})(?=.)/g, "$1 ");
    const key = parseKeyFile(`${spaced(KEY)}\n${spaced(SECRET)}`, "file");
    expect(texts(key)).toEqual([KEY, SECRET]);
    expect(key.notices.map(({ code }) => code)).toEqual([
      "white-space-removed",
      "white-space-removed",
    ]);
  });

  test.each([1, 2])("a secret that lost %i of its = signs", (lost) => {
    const key = parseKeyFile(`${KEY}\n${SECRET.slice(0, -lost)}`, "file");
    expect(texts(key)).toEqual([KEY, SECRET]);
    expect(key.notices).toEqual([
      { code: "padding-restored", field: "private key", padding: "=".repeat(lost) },
    ]);
  });
});

describe("what is wrong is refused, all of it at once", () => {
  test.each([
    ["nothing", "  \n", ["key-file-empty"]],
    ["prose", "my key is in the drawer\nover there", ["key-file-unrecognised"]],
    ["another address", "kraken://other?x=1", ["key-file-unrecognised"]],
    ["one line", KEY, ["field-missing"]],
    ["a dotenv without the secret", `KRAKEN_API_KEY=${KEY}`, ["field-missing"]],
    ["an address without both", "kraken://apikey?x=1", ["field-missing", "field-missing"]],
    ["swapped lines", `${SECRET}\n${KEY}`, ["fields-swapped"]],
    ["both parts short", `${KEY.slice(1)}\n${SECRET.slice(3)}`, ["field-length", "field-length"]],
    [
      "a Futures secret that lost its end, which could pass for one without its padding",
      `KRAKEN_FUTURES_API_KEY=${KEY}\nKRAKEN_FUTURES_API_SECRET=${SECRET.slice(0, -2)}`,
      ["field-length"],
    ],
    ["a foreign character", `${KEY.slice(1)}!\n${SECRET}`, ["field-character"]],
    ["an impossible last character", `${KEY}\n${SECRET.slice(0, -3)}x==`, ["field-last-character"]],
    ["a broken escape", `kraken://apikey?key=%2&secret=${SECRET}`, ["field-escape"]],
    [
      "a Spot and a Futures key in one file",
      `KRAKEN_API_KEY=${KEY}\nKRAKEN_FUTURES_API_KEY=${KEY}`,
      ["keys-several"],
    ],
    ["two values of one name", `KRAKEN_API_KEY=${KEY}\nKRAKEN_KEY=${SECRET}`, ["keys-several"]],
    ["JSON cut off", '{"keysheet": 1, "fields": [["key", "abc', ["key-file-json"]],
    ["JSON of a newer version", '{"keysheet": 2}', ["key-file-json"]],
    [
      "JSON with several faults",
      '{"keysheet": 1, "provider": "x", "day": -1, "fields": [["", 1, 2]]}',
      ["key-file-json", "key-file-json", "key-file-json", "key-file-json", "key-file-json"],
    ],
    [
      "JSON with a lone surrogate",
      '{"keysheet": 1, "provider": null, "fields": [["a", "\\ud800", true]]}',
      ["key-file-json"],
    ],
    [
      "JSON with a name twice",
      '{"keysheet": 1, "provider": null, "fields": [["a", "x", true], ["a", "y", true]]}',
      ["key-file-json"],
    ],
    [
      "JSON that calls the secret public",
      `{"keysheet": 1, "provider": "kraken-spot", "fields": [["key", "${KEY}", false], ["secret", "${SECRET}", false]]}`,
      ["key-file-json"],
    ],
  ])("%s", (_, text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  test("no refusal holds a character of the key", () => {
    for (const text of [`${SECRET}\n${KEY}`, `${KEY}\n${SECRET.slice(1)}`, `{"a":"${SECRET}`]) {
      try {
        parseKeyFile(text, "file");
        expect.unreachable();
      } catch (error) {
        const shown = JSON.stringify((error as Refusal).problems) + String(error);
        expect(shown).not.toContain(SECRET.slice(10, 20));
        expect(shown).not.toContain(KEY.slice(10, 20));
      }
    }
  });
});

describe("a key file that is written", () => {
  test.each(KEY_FORMS)("in the form %s is read back as the same characters", (form) => {
    for (const secret of [SECRET, FUTURES_SECRET]) {
      const { provider, fields } = parseKeyFile(`${KEY}\n${secret}`, "file");
      const text = formatKeyFile({ provider, fields, day: 7 }, form);
      const again = parseKeyFile(text, "file");
      expect(again.provider).toBe(provider);
      expect(texts(again)).toEqual([KEY, secret]);
      expect(again.notices).toEqual([]);
      expect(again.day).toBe(form === "json" ? 7 : null);
    }
  });

  test("of named fields is keysheet's JSON; every other form is refused", () => {
    const text = '{"keysheet":1,"provider":null,"day":3,"fields":[["token","a\\nb",true]]}\n';
    const key = parseKeyFile(text, "file");
    const record = { provider: key.provider, fields: key.fields, day: 3 };
    expect(formatKeyFile(record, "json")).toBe(text);
    for (const form of ["two-line", "dotenv", "uri"] as const) {
      expect(() => formatKeyFile(record, form)).toThrow("form-unfit");
    }
  });
});
