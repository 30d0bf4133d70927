import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../../src/core/problem.js";
import {
  formatKeyFile,
  KEY_FORMS,
  type ParsedKey,
  parseKeyFile,
} from "../../../src/core/record/key-file.js";
import { fieldText } from "../../../src/core/record/key-record.js";
import { seededBytes } from "../../seeded-random.mjs";

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
    ["two lines with CRLF, spaces around and a comment", `  ${KEY} \r\n${SECRET}\r\n# notes\r\n`],
    ["two lines with a byte order mark", `\uFEFF${KEY}\n${SECRET}`],
    ["dotenv of Kraken's own tool", `KRAKEN_API_KEY=${KEY}\nKRAKEN_API_SECRET=${SECRET}\n`],
    [
      "dotenv with quotes and export",
      `export KRAKEN_API_KEY="${KEY}"\nKRAKEN_PRIVATE_KEY='${SECRET}'`,
    ],
    [
      "dotenv with comments",
      `# bot\n\nKRAKEN_SPOT_API_KEY=${KEY} # mine\nKRAKEN_SPOT_SECRET_KEY = ${SECRET}`,
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

  test("a dotenv file of one account that has a name of its own", () => {
    for (const [key, secret] of [
      ["KRAKEN_API_KEY_2", "KRAKEN_API_SECRET_2"],
      ["KRAKEN_APIKEY2", "KRAKEN_APISECRET2"],
      ["MY_KRAKEN_KEY", "MY_KRAKEN_SECRET_KEY"],
      ["kraken_main_api_key", "kraken_main_private_key"],
    ] as const) {
      const parsed = parseKeyFile(`${key}=${KEY}\n${secret}=${SECRET}\n`, "file");
      expect(texts(parsed)).toEqual([KEY, SECRET]);
      expect(parsed.notices).toEqual([]);
    }
  });

  test("the object of ccxt", () => {
    const text = readFileSync("fixtures/keys/ccxt.json", "utf8");
    const own = readFileSync("fixtures/keys/wrapped-secret.key", "utf8").split("\n");
    expect(texts(parseKeyFile(text, "file"))).toEqual([own[0], `${own[1] ?? ""}${own[2] ?? ""}`]);
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

  test.each([
    ["two lines", `${KEY}\n${SECRET}\n\nmy bot\n# of 2024\nPORT=80\n`, 2],
    [
      "a dotenv file",
      `PORT=80\nKRAKEN_API_KEY=${KEY}\n\nKRAKEN_API_SECRET=${SECRET}\n# a\n[x]\n`,
      2,
    ],
    ["the same key twice", `${KEY}\n${SECRET}\n${KEY}\n${SECRET}\n`, 2],
    [
      "names of files and of other exchanges",
      `KRAKEN_KEY=${KEY}\nKRAKEN_SECRET=${SECRET}\nKRAKEN_KEY_FILE=/run/kraken.key\nKRAKEN_FUTURES_KEY=\nBINANCE_API_KEY=${KEY}\n`,
      3,
    ],
    [
      "a sentence",
      `${KEY}\n${SECRET}\nthis is the key of the small account that trades at night\n`,
      1,
    ],
  ])("lines of %s that are not used", (_, text, count) => {
    const key = parseKeyFile(text, "file");
    expect(texts(key)).toEqual([KEY, SECRET]);
    expect(key.notices).toEqual([{ code: "lines-unused", count }]);
  });

  test("a secret that goes on on further lines of a dotenv file", () => {
    const [head, tail] = [SECRET.slice(0, 76), SECRET.slice(76)];
    for (const text of [
      `KRAKEN_API_KEY=${KEY}\nKRAKEN_API_SECRET=${head}\n${tail}\n`,
      `KRAKEN_API_SECRET="${head}\n${tail}"\nKRAKEN_API_KEY=${KEY}\n`,
    ]) {
      const key = parseKeyFile(text, "file");
      expect(texts(key)).toEqual([KEY, SECRET]);
      expect(key.notices.map(({ code }) => code)).toEqual(["white-space-removed"]);
    }
  });

  test.each([
    ["zero-width spaces behind both", `${KEY}\u200b\n${SECRET}\u200b\n`, [1, 1]],
    [
      "soft hyphens in the secret",
      `${KEY}\n${SECRET.slice(0, 40)}\u00ad${SECRET.slice(40)}\u00ad`,
      [0, 2],
    ],
    ["a byte order mark inside", `${KEY}\n\uFEFF${SECRET}`, [0, 1]],
    ["spaces that do not break", `\u00a0${KEY}\u202f\r\n${SECRET}\u00a0`, [2, 1]],
    [
      "a mark in a variable's name and value",
      `\u200bKRAKEN_API_KEY\u2060=${KEY}\u2060\nKRAKEN_API_SECRET=${SECRET}`,
      [1, 0],
    ],
    [
      "a variation selector in an address",
      `kraken://apikey?key=${KEY}\ufe0f&secret=${SECRET}`,
      [1, 0],
    ],
  ])("%s", (_, text, counts) => {
    const key = parseKeyFile(`\uFEFF${text}`, "file");
    expect(texts(key)).toEqual([KEY, SECRET]);
    const expected = ["API key", "private key"].flatMap((field, index) =>
      counts[index] === 0 ? [] : [{ code: "invisible-removed", field, count: counts[index] }],
    );
    expect(key.notices).toEqual(expected);
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

/** Keys of random bytes, of Kraken Spot and of Kraken Futures in turn. */
function randomKeys(count: number, lengths = [64, 66]): readonly (readonly [string, string])[] {
  const random = seededBytes("wrapped keys");
  const text = (length: number) => Buffer.from(random(length)).toString("base64");
  return Array.from({ length: count }, (_, index) => [
    text(42),
    text(lengths[index % lengths.length] ?? 64),
  ]);
}

function wrapped(text: string, width: number): string {
  return text.replace(new RegExp(`.{${String(width)}}(?=.)`, "g"), "$&\n");
}

describe("a key that was wrapped", () => {
  test.each(["wrapped-secret.key", "key-invisible-at-end.key"])("%s is read", (name) => {
    const text = readFileSync(`fixtures/keys/${name}`, "utf8");
    const [first = "", ...rest] = text.replace(/[^A-Za-z0-9+/=\n]/g, "").split("\n");
    expect(texts(parseKeyFile(text, "file"))).toEqual([first, rest.join("")]);
  });

  test("at any width is the same key, whichever of its parts is wrapped", () => {
    for (const [key, secret] of randomKeys(200)) {
      for (let width = 8; width <= 90; width++) {
        for (const text of [
          `${key}\n${wrapped(secret, width)}\n`,
          `${wrapped(key, width)}\r\n${secret}`,
          `${wrapped(key, width)}\n${wrapped(secret, width)}`,
        ]) {
          // A secret of 66 bytes may be one of 64 and something behind it: then it is refused.
          const isUnclear = !secret.endsWith("=") && /[AQgw]\n..\n?$/.test(text) && width === 86;
          if (isUnclear) expect(codesOf(text)).toEqual(["key-file-unrecognised"]);
          else expect(texts(parseKeyFile(text, "file"))).toEqual([key, secret]);
        }
      }
    }
  });

  test("and another one behind it are refused at any width", () => {
    const keys = randomKeys(40);
    for (const [index, [key, secret]] of keys.entries()) {
      const [otherKey, otherSecret] = keys[(index + 2) % keys.length] ?? ["", ""];
      for (let width = 8; width <= 90; width++) {
        const one = `${wrapped(key, width)}\n${wrapped(secret, width)}`;
        const two = `${wrapped(otherKey, width)}\n${wrapped(otherSecret, width)}`;
        expect(codesOf(`${one}\n${two}`)[0]).toMatch(/^(keys-several|key-file-unrecognised)$/);
      }
    }
  });
});

describe("parts of several keys are refused with what was seen", () => {
  const several = (text: string) => {
    try {
      parseKeyFile(text, "file");
    } catch (error) {
      if (error instanceof Refusal) return error.problems;
    }
    return [];
  };
  const lines = (...numbers: number[]) => numbers.map((line) => ({ line, name: null }));
  const OTHER = SECRET.split("").reverse().join("").slice(2) + "==";

  test.each([
    [
      "two keys of two lines",
      `${KEY}\n${SECRET}\n\n${KEY.toLowerCase()}\n${OTHER}\n`,
      lines(1, 2, 4, 5),
    ],
    ["another secret with a name", `${KEY}\n${SECRET}\nold: ${OTHER}\n`, lines(1, 2, 3)],
    ["two lines and a variable", `${KEY}\n${SECRET}\nKRAKEN_API_SECRET=${OTHER}\n`, lines(1, 2, 3)],
    [
      "variables and a bare line",
      `KRAKEN_KEY=${KEY}\nKRAKEN_SECRET=${SECRET}\n${OTHER}\n`,
      lines(1, 2, 3),
    ],
  ])("%s", (_, text, seen) => {
    expect(several(text)).toEqual([{ code: "keys-several", source: "file", seen }]);
  });

  test.each([
    [["KRAKEN_API_KEY", "KRAKEN_API_SECRET", "KRAKEN_API_KEY_2", "KRAKEN_API_SECRET_2"]],
    [["KRAKEN_API_KEY", "KRAKEN_FUTURES_API_SECRET"]],
    [["KRAKEN_FUTURES_API_KEY", "KRAKEN_API_SECRET"]],
    [["KRAKEN_API_KEY_2", "KRAKEN_API_SECRET"]],
    [["KRAKEN_API_KEY_MAIN", "KRAKEN_API_SECRET_TEST"]],
    [["KRAKEN_API_KEY1", "KRAKEN_API_SECRET2"]],
    [["KRAKEN_API_KEY", "KRAKEN_API_SECRET", "KRAKEN_FUTURES_KEY"]],
  ])("%j", (names) => {
    const text = names
      .map((name) => `# a\n${name}=${/SECRET|PRIVATE/.test(name) ? SECRET : KEY}\n`)
      .join("");
    const seen = names.map((name, index) => ({ line: 2 * index + 2, name }));
    expect(several(text)).toEqual([{ code: "keys-several", source: "file", seen }]);
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
    ["JSON of another program", `{"binance": {"key": "${KEY}"}}`, ["key-file-foreign"]],
    ["a list in JSON", `[{"apiKey": "${KEY}", "secret": "${SECRET}"}]`, ["key-file-foreign"]],
    ["ccxt's object of another exchange", '{"apiKey": "a", "secret": "b"}', ["key-file-foreign"]],
    ["RTF", `{\\rtf1\\ansi ${KEY}\\par ${SECRET}}`, ["key-file-foreign"]],
    ["a web page", `<!DOCTYPE html><p>${KEY}<p>${SECRET}`, ["key-file-foreign"]],
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
  const held = KEY_FORMS.filter((form) => !["aws", "coinbase", "file"].includes(form));

  test.each(held)("in the form %s is read back as the same characters", (form) => {
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
    const text =
      '{"keysheet":1,"provider":null,"day":"2020-01-04","fields":[["token","a\\nb",true]]}\n';
    const key = parseKeyFile(text, "file");
    expect(key.day).toBe(3);
    expect(parseKeyFile(text.replace('"2020-01-04"', "3"), "file").day).toBe(3);
    const record = { provider: key.provider, fields: key.fields, day: 3 };
    expect(formatKeyFile(record, "json")).toBe(text);
    for (const form of ["two-line", "dotenv", "uri"] as const) {
      expect(() => formatKeyFile(record, form)).toThrow("form-unfit");
    }
  });
});
