/** Key files of all providers: a key in each form that can hold it, and the files that people have. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../../src/core/problem.js";
import {
  defaultForm,
  formatKeyFile,
  KEY_FORMS,
  type KeyFileOptions,
  type ParsedKey,
  parseKeyFile,
} from "../../../src/core/record/key-file.js";
import { fieldText, makeField } from "../../../src/core/record/key-record.js";
import { type ProviderId, PROVIDERS } from "../../../src/core/record/providers.js";
import { decodePayload, encodePayload } from "../../../src/core/payload/payload.js";
import { provedKeyFile } from "../../../src/media/key-file.js";
import { keysOf, runsOf } from "./sample-keys.js";

const IDS = PROVIDERS.map(({ id }) => id);

function texts({ fields }: Pick<ParsedKey, "fields">): readonly string[] {
  return fields.map(fieldText);
}

function sampleOf(id: ProviderId) {
  const [record] = fc.sample(keysOf(id), { ...runsOf(id), numRuns: 1 });
  if (record === undefined) throw new Error("no key");
  return record;
}

function problemsOf(text: string, options?: KeyFileOptions) {
  try {
    parseKeyFile(text, "file", options);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.problems;
  }
}

/** Forms that hold keys of a provider, as its row has it. */
function formsOf(id: ProviderId) {
  const record = sampleOf(id);
  return KEY_FORMS.filter((form) => {
    try {
      return formatKeyFile(record, form) !== "";
    } catch {
      return false;
    }
  });
}

describe("a key of a provider", () => {
  test.each(IDS)("%s is the same out of a file, a payload and a file again", (id) => {
    const forms = formsOf(id);
    expect(forms).toContain("json");
    expect(forms).toContain("dotenv");
    fc.assert(
      fc.property(keysOf(id), fc.constantFrom(...forms), (record, form) => {
        let text;
        try {
          text = formatKeyFile(record, form);
        } catch (error) {
          // A passphrase with every kind of quote is held by JSON alone.
          expect((error as Refusal).message).toBe("form-unfit");
          expect(["okx", "kucoin"]).toContain(id);
          return;
        }
        const read = parseKeyFile(text, "file", form === "two-line" ? { provider: id } : {});
        expect(read.provider, text).toBe(id);
        expect(texts(read)).toEqual(texts(record));
        const made = { provider: read.provider, fields: read.fields, day: record.day };
        const { content } = decodePayload(encodePayload(made));
        if (content.kind !== "plain") throw new Error("not plain");
        expect(provedKeyFile(content.record, form).text).toBe(text);
      }),
      runsOf(id),
    );
  });

  test("has its usual form, which needs no choice of a provider", () => {
    for (const id of IDS) {
      const record = sampleOf(id);
      const text = formatKeyFile(record, defaultForm(record));
      expect(parseKeyFile(text, "file").provider).toBe(id);
    }
  });
});

const binance = texts(sampleOf("binance")) as [string, string];
const okx = texts(sampleOf("okx")) as [string, string, string];
const aws = texts(sampleOf("aws")) as [string, string];
const spot = texts(sampleOf("kraken-spot")) as [string, string];
const bitfinex = texts(sampleOf("bitfinex")) as [string, string];

describe("files that people have", () => {
  const files: readonly (readonly [string, string, ProviderId, readonly string[]])[] = [
    [
      "variables without a provider's name, told by their shape",
      `API_KEY=${binance[0]}\nAPI_SECRET=${binance[1]}\n`,
      "binance",
      binance,
    ],
    [
      "freqtrade's variables",
      `FREQTRADE__EXCHANGE__NAME=binance\nFREQTRADE__EXCHANGE__KEY=${binance[0]}\nFREQTRADE__EXCHANGE__SECRET=${binance[1]}\n`,
      "binance",
      binance,
    ],
    [
      "PowerShell",
      `$env:KRAKEN_API_KEY = "${spot[0]}"\r\n$env:KRAKEN_API_SECRET = "${spot[1]}"\r\n`,
      "kraken-spot",
      spot,
    ],
    [
      "kraken-cli's settings",
      `[auth]\napi_key = "${spot[0]}"\napi_secret = "${spot[1]}"\n\n[settings]\ncolor = true\n`,
      "kraken-spot",
      spot,
    ],
    [
      "AWS's credentials",
      `[default]\naws_access_key_id = ${aws[0]}\naws_secret_access_key = ${aws[1]}\nregion = eu-west-1\n`,
      "aws",
      aws,
    ],
    ["AWS's table", `\uFEFFAccess key ID,Secret access key\r\n${aws[0]},${aws[1]}\r\n`, "aws", aws],
    [
      "ccxt's object by exchange",
      JSON.stringify({ okx: { apiKey: okx[0], secret: okx[1], password: okx[2] } }),
      "okx",
      okx,
    ],
    [
      "freqtrade's settings with comments and commas",
      `{\n  // my bot\n  "exchange": { "name": "binance", "key": "${binance[0]}", /* old */ "secret": "${binance[1]}", },\n}\n`,
      "binance",
      binance,
    ],
    ["two lines told by their shape", `${binance[0]}\n${binance[1]}\n`, "binance", binance],
    ["Bitfinex's code", `user:111-key:${bitfinex[0]}-secret:${bitfinex[1]}`, "bitfinex", bitfinex],
  ];

  test.each(files)("%s", (_, text, id, expected) => {
    const key = parseKeyFile(text, "file");
    expect(key.provider).toBe(id);
    expect(texts(key)).toEqual(expected);
  });

  const SEVERAL =
    `BINANCE_API_KEY=${binance[0]}\nBINANCE_API_SECRET=${binance[1]}\n` +
    `OKX_API_KEY=${okx[0]}\nOKX_SECRET_KEY=${okx[1]}\nOKX_PASSPHRASE='${okx[2].replaceAll("'", "x")}'\n` +
    `KRAKEN_API_KEY=${spot[0]}\nKRAKEN_API_SECRET=${spot[1]}\n`;

  test("three keys and no choice are refused with names and places, and no value", () => {
    const problems = problemsOf(SEVERAL);
    expect(problems).toEqual([
      {
        code: "keys-unchosen",
        source: "file",
        seen: [
          { line: 1, name: "BINANCE_API_KEY" },
          { line: 2, name: "BINANCE_API_SECRET" },
          { line: 3, name: "OKX_API_KEY" },
          { line: 4, name: "OKX_SECRET_KEY" },
          { line: 5, name: "OKX_PASSPHRASE" },
          { line: 6, name: "KRAKEN_API_KEY" },
          { line: 7, name: "KRAKEN_API_SECRET" },
        ],
        providers: ["binance", "okx", "kraken-spot"],
      },
    ]);
  });

  test.each(["binance", "okx", "kraken-spot"] as const)("of three keys %s is chosen", (id) => {
    expect(parseKeyFile(SEVERAL, "file", { provider: id }).provider).toBe(id);
  });

  test("a part that is missing is named", () => {
    expect(problemsOf(`OKX_API_KEY=${okx[0]}\nOKX_SECRET_KEY=${okx[1]}\n`)).toEqual([
      { code: "field-missing", source: "file", field: "passphrase" },
    ]);
  });

  test("JSON with one name twice is refused", () => {
    const text = `{"binance": {"apiKey": "${binance[0]}", "secret": "x", "secret": "${binance[1]}"}}`;
    expect(problemsOf(text)).toEqual([{ code: "key-file-name-twice", source: "file" }]);
  });

  test("two bare lines of no shape that is sure need the provider", () => {
    const bybit = texts(sampleOf("bybit"));
    expect(problemsOf(bybit.join("\n")).length).toBeGreaterThan(0);
    const key = parseKeyFile(bybit.join("\n"), "file", { provider: "bybit" });
    expect(texts(key)).toEqual(bybit);
  });
});

describe("a file that is kept as it is", () => {
  const [, pem = ""] = texts(sampleOf("coinbase-cdp"));
  const OPENSSH =
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0\n-----END OPENSSH PRIVATE KEY-----\n";

  const again = (key: ParsedKey) => {
    const { content } = decodePayload(encodePayload({ ...key, day: 1 }));
    if (content.kind !== "plain") throw new Error("not plain");
    expect(defaultForm(content.record)).toBe("file");
    return provedKeyFile(content.record, "file").bytes;
  };

  test("a private key is one by its content: the same bytes under the same name", () => {
    for (const text of [pem, pem.trimEnd(), pem.replaceAll("\n", "\r\n"), OPENSSH]) {
      const key = parseKeyFile(text, "file", { fileName: "id_ec" });
      expect(key.fields[0]).toEqual(makeField("file", "id_ec", false));
      expect(Buffer.from(again(key)).toString()).toBe(text);
    }
  });

  test("with a passphrase it is kept, and that is said", () => {
    const locked = pem.replaceAll("EC PRIVATE", "ENCRYPTED PRIVATE");
    for (const text of [locked, OPENSSH]) {
      expect(parseKeyFile(text, "file").notices.map(({ code }) => code)).toEqual([
        "pem-passphrase",
      ]);
    }
    expect(parseKeyFile(pem, "file").notices).toEqual([]);
  });

  test("any text is one when it is asked for, to its last character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (content) => {
        const text = `x${content}`;
        expect(
          Buffer.from(again(parseKeyFile(text, "file", { keptAs: "my notes.txt" }))).toString(),
        ).toBe(text);
      }),
    );
  });
});
