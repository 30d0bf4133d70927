/** FORMAT.md against the code: every table is the code's, every example comes out as it is printed. */
import { createCipheriv, createHash, createHmac, scryptSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import bip39 from "bip39";
import { describe, expect, test } from "vitest";
import { taggedHash } from "../../../src/core/hash.js";
import { markOf } from "../../../src/core/payload/mark.js";
import {
  decodePayload,
  encodePayload,
  FORMAT_VERSION,
  KINDS,
} from "../../../src/core/payload/payload.js";
import { ByteReader, uvarintBytes } from "../../../src/core/payload/v1/byte-reader.js";
import {
  type Encoding,
  encodeValue,
  encodingByNumber,
  ENCODINGS,
  PEM_LABELS,
} from "../../../src/core/payload/v1/encodings.js";
import { publicPart } from "../../../src/core/payload/v1/plain.js";
import {
  encodeQrText,
  GROUP_DIGITS,
  hasQrText,
  readQrTexts,
} from "../../../src/core/qr/qr-text.js";
import { codeModules } from "../../../src/core/qr/matrix.js";
import { formatDay, parseDay } from "../../../src/core/record/day.js";
import { formatKeyFile, parseKeyFile } from "../../../src/core/record/key-file.js";
import { fieldText } from "../../../src/core/record/key-record.js";
import { PROVIDERS } from "../../../src/core/record/providers.js";
import { divide, multiply, power } from "../../../src/core/words/gf2048.js";
import { parseWords } from "../../../src/core/words/parse-words.js";
import { readWords } from "../../../src/core/words/read-words.js";
import { correctCodeword } from "../../../src/core/words/reed-solomon.js";
import { findWord, LISTS, listWords } from "../../../src/core/words/word-lists.js";
import { encodeWords, type Level, rowLetters, wordsShape } from "../../../src/core/words/words.js";
import { seededRandom } from "../../seeded-random.mjs";
import { bitsOf, chunks, generatorPolynomial } from "../../vectors/paper-format.mjs";
import { bytesOfHex, hexOf, plainView, recordOf, type VectorRecord } from "../vector-record.js";
import {
  changesOf,
  locatorOf,
  placesOf,
  raise,
  syndromesOf,
  textbookCodeword,
  textbookCorrect,
  withoutErasures,
} from "../words/textbook-coder.js";
import {
  example,
  examples,
  FENCES,
  HEADINGS,
  LINKS,
  TABLE_COUNT,
  tableRows,
  TABLES,
} from "./format-document.js";

const ROOT = new URL("../../../", import.meta.url);

/** Columns of a table, in the order asked for. */
function columns(table: string, ...heads: readonly string[]): readonly (readonly string[])[] {
  return tableRows(table).map((row) =>
    heads.map((head) => {
      const cell = row.get(head);
      if (cell === undefined) throw new Error(`table ${table} has no column ${head}`);
      return cell;
    }),
  );
}

/** The bytes of a payload example. */
function payloadOf(name: string): Uint8Array {
  return bytesOfHex(example("payload", name).replace(/\s/g, ""));
}

/** Texts of so many bytes: of base62 the least and the greatest, of PEM one for each label. */
function samplesOf(encoding: number, length: number): readonly string[] {
  const itsEncoding = encodingByNumber(encoding) as Encoding;
  if (encoding === 7) {
    const counts = Array.from({ length: 2 * length }, (_, count) => count);
    const isOf = (text: string) => itsEncoding.bytesOf(text)?.length === length;
    return counts
      .filter((count) => isOf("0".repeat(count)) && isOf("z".repeat(count)))
      .map((count) => "0".repeat(count));
  }
  const bytes = new Uint8Array(length);
  if (encoding !== 8) return [itsEncoding.textOf(bytes) ?? ""];
  return [...PEM_LABELS.keys()].map((label) => {
    bytes.set([label, 2]);
    return itsEncoding.textOf(bytes) ?? "";
  });
}

function sourceFiles(): readonly string[] {
  return readdirSync(new URL("src/", ROOT), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(new URL(`src/${path}`, ROOT), "utf8"));
}

describe("the format document", () => {
  test("has a name for every table, and every table is compared here", () => {
    expect(TABLES).toHaveLength(TABLE_COUNT);
    expect(TABLES.map(({ name }) => name)).toEqual([
      "kinds",
      "provider bytes",
      "providers",
      "encodings",
      "pem labels",
      "shapes",
      "lists",
      "digit groups",
      "row guesses",
      "refusals",
      "fields",
    ]);
  });

  test("has no fenced block but examples of the kinds that are run here, and the list", () => {
    const kinds = FENCES.map(({ words }) =>
      words[1] === "example" ? words[2] : words.slice(1).join(" "),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      "bits",
      "correction",
      "damaged",
      "day",
      "encodings",
      "field",
      "generator",
      "hash",
      "json",
      "list english",
      "mark",
      "openssl",
      "pattern",
      "payload",
      "qr",
      "record",
      "recover",
      "sealed",
      "shares",
      "symbols",
      "uvarint",
      "words",
    ]);
  });

  test("links only to headings that it has", () => {
    const anchors = HEADINGS.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, "")
        .replaceAll(" ", "-"),
    );
    expect(LINKS.length).toBeGreaterThan(20);
    expect(LINKS.filter((link) => !anchors.includes(link))).toEqual([]);
  });

  test("has every section that a comment in src names", () => {
    const named = sourceFiles().flatMap((source) =>
      [...source.matchAll(/FORMAT\.md,? "([^"]+)"/g)].map(([, section]) => section ?? ""),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((section) => !HEADINGS.includes(section))).toEqual([]);
  });
});

describe("the document's tables are the code's", () => {
  test("kinds", () => {
    const documented = columns("kinds", "First byte", "Kind").map(([byte, kind]) => [
      Number(byte),
      kind,
    ]);
    const coded = Object.entries(KINDS).map(([kind, low]) => [FORMAT_VERSION * 16 + low, kind]);
    expect(documented).toEqual(coded);
  });

  test("provider bytes", () => {
    const ranges = columns("provider bytes", "Provider byte", "Body").map(([bytes = "", body]) => {
      const [first = NaN, last = first] = bytes.split(" to ").map(Number);
      return { first, last, body: /^\w+/.exec(body ?? "")?.[0] };
    });
    const bodyOf = (byte = NaN) =>
      ranges.find(({ first, last }) => first <= byte && byte <= last)?.body;
    expect(bodyOf(payloadOf("kraken-spot")[1])).toBe("fixed");
    expect(bodyOf(payloadOf("kraken-spot-measured")[1])).toBe("measured");
    expect(bodyOf(payloadOf("small")[1])).toBe("named");
    expect(bodyOf(0)).toBe("none");
    const covered = ranges.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    expect(covered).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
  });

  test("providers", () => {
    const heads = ["Number", "Id", "Provider", "Field", "Secret", "Prefix", "Encoding", "Bytes"];
    const coded = PROVIDERS.flatMap(({ number, id, title, fields }) =>
      fields.map((field) => [
        String(number),
        id,
        title,
        field.name,
        field.isSecret ? "yes" : "no",
        field.prefix === "" ? "none" : field.prefix,
        field.lengthBytes === null ? "any" : String(field.encoding),
        field.lengthBytes === null ? "vary" : String(field.lengthBytes),
      ]),
    );
    expect(columns("providers", ...heads)).toEqual(coded);
    for (const [prefix = "", encoding, bytes, characters] of columns(
      "providers",
      "Prefix",
      "Encoding",
      "Bytes",
      "Characters",
    )) {
      if (bytes === "vary") {
        expect([prefix, characters]).toEqual(["none", "vary"]);
        continue;
      }
      const itsPrefix = prefix === "none" ? "" : prefix;
      const texts = samplesOf(Number(encoding), Number(bytes)).map((sample) => itsPrefix + sample);
      expect(texts.map(({ length }) => String(length))).toContain(characters);
    }
  });

  test("encodings", () => {
    const coded = ENCODINGS.map(({ number, name }) => [String(number), name]);
    expect(columns("encodings", "Number", "Encoding")).toEqual(coded);
    coded.forEach(([number], index) => {
      expect(encodingByNumber(Number(number))).toBe(ENCODINGS[index]);
    });
    expect(encodingByNumber(coded.length)).toBeNull();
  });

  test("PEM labels", () => {
    const coded = [...PEM_LABELS].map(([number, label]) => [String(number), label]);
    expect(columns("pem labels", "Number", "Label")).toEqual(coded);
  });

  test("shapes of words", () => {
    const heads = ["Level", "Bytes L", "Data k", "Check c", "Spare p", "Words n"];
    for (const [level, bytes, ...counts] of columns("shapes", ...heads)) {
      const shape = wordsShape(Number(bytes), level as Level);
      expect([shape?.data, shape?.check, shape?.spare, shape?.count].map(String)).toEqual(counts);
    }
  });

  test("shapes of words: no longer payload has any", () => {
    const longest = columns("shapes", "Payload", "Level", "Bytes L").filter(([payload]) =>
      payload?.startsWith("the longest"),
    );
    expect(longest.map(([, level]) => level)).toEqual(["standard", "long"]);
    for (const [, level, bytes] of longest) {
      expect(wordsShape(Number(bytes) + 1, level as Level)).toBeNull();
    }
  });

  test("word lists, by number and SHA-256", () => {
    const coded = LISTS.map((list) => {
      const text = listWords(list)
        .map((word) => word.normalize("NFKD"))
        .join("\n");
      const hash = createHash("sha256").update(text).digest("hex");
      return [String(list.number), list.title, list.name, hash];
    });
    expect(columns("lists", "Number", "List", "Name", "SHA-256")).toEqual(coded);
  });

  test("tries past the limit: as many as the row letters leave", () => {
    const letters = 24 * 24;
    const number = (cell = "") => Number(cell.replaceAll(",", ""));
    const heads = ["Possibilities", "With its letters", "Tries for two such rows", "For three"];
    const rows = columns("row guesses", ...heads);
    expect(rows.map(([possibilities]) => number(possibilities))).toEqual([
      2048,
      6 * 2047,
      2048 ** 2,
    ]);
    for (const [possibilities, ...tries] of rows) {
      const left = 1 + (number(possibilities) - 1) / letters;
      const told = tries.map((cell) => (cell === "too many" ? Infinity : number(cell)));
      [left, left ** 2, left ** 3].forEach((tried, power) => {
        if (tried < 12_000) expect(told[power], possibilities).toBe(Math.round(tried));
        else expect(told[power]).toBe(Infinity);
      });
    }
  });

  test("tries past the limit: a row with one word wrong has 22 possibilities that give its letters", () => {
    const random = seededRandom("row letters");
    const rowCount = 40;
    let found = 0;
    for (let number = 1; number <= rowCount; number++) {
      const row = Array.from({ length: 6 }, () => random(2048));
      const printed = rowLetters(number, row);
      for (let place = 0; place < 6; place++) {
        for (let word = 1; word < 2048; word++) {
          const other = row.with(place, ((row[place] ?? 0) + word) % 2048);
          if (rowLetters(number, other) === printed) found += 1;
        }
      }
    }
    // Besides the right one; 40 rows leave the mean uncertain by 0.7.
    expect(found / rowCount).toBeGreaterThan(18.5);
    expect(found / rowCount).toBeLessThan(24);
  });

  test("a code of which a part was read gives the words whose bits are all known, as it says", () => {
    const text = example("qr", "kraken-spot").replace(/\s/g, "");
    const groups = (text.split("/").at(-1) ?? "").match(/.{1,17}/g) ?? [];
    const lost = 5;
    const known = new Map<number, string>();
    groups.forEach((group, g) => {
      const length = GROUP_DIGITS.indexOf(group.length);
      const bits = BigInt(group)
        .toString(2)
        .padStart(8 * length, "0");
      if (g !== lost) Array.from(bits).forEach((bit, index) => known.set(56 * g + index, bit));
    });
    const words = encodeWords(payloadOf("kraken-spot"), 0, "standard") ?? [];
    const found = Array.from({ length: 80 }, (_, w) => {
      const bits = Array.from({ length: 11 }, (_bit, index) => known.get(11 * w + index) ?? "?");
      return bits.includes("?") ? null : Number.parseInt(bits.join(""), 2);
    });
    found.forEach((symbol, w) => {
      if (symbol !== null) expect(symbol, String(w)).toBe(words[w]);
    });
    // 56 bits in a row touch at most seven words.
    expect(found.filter((symbol) => symbol === null).length).toBeLessThanOrEqual(7);
    expect(groups).toHaveLength(17);
  });

  test("the lists beside it, one word a line: they are BIP39's, and their SHA-256 is the table's", () => {
    const folder = new URL("src/core/payload/lists/", ROOT);
    const printed = LISTS.filter(({ script }) => script === "latin");
    expect(readdirSync(folder).sort()).toEqual(printed.map(({ name }) => `${name}.txt`).sort());
    const pins = new Map(columns("lists", "Name", "SHA-256").map(([name, pin]) => [name, pin]));
    for (const list of printed) {
      const file = readFileSync(new URL(`${list.name}.txt`, folder));
      expect(createHash("sha256").update(file).digest("hex")).toBe(pins.get(list.name));
      const words = bip39.wordlists[list.name]?.map((word) => word.normalize("NFKD"));
      expect(file.toString("utf8").split("\n")).toEqual(words);
      expect(listWords(list).map((word) => word.normalize("NFKD"))).toEqual(words);
    }
  });

  test("digit groups, which are the shortest that hold their bytes", () => {
    const coded = GROUP_DIGITS.slice(1).map((digits, index) => [String(index + 1), String(digits)]);
    expect(columns("digit groups", "Bytes", "Digits")).toEqual(coded);
    for (const [bytes, digits] of coded) {
      expect(String(256n ** BigInt(bytes ?? 0) - 1n)).toHaveLength(Number(digits));
    }
  });

  test("the English list", () => {
    const block = FENCES.find(({ words }) => words.join(" ") === "text list english");
    const lines = (block?.text ?? "").trimEnd().split("\n");
    const [english] = LISTS;
    const words = english === undefined ? [] : listWords(english);
    expect(lines.flatMap((line) => line.trim().split(/\s+/).slice(1))).toEqual(words);
    expect(lines.map((line) => Number(line.slice(0, 4)))).toEqual(
      lines.map((_, index) => 16 * index),
    );
  });
});

describe("the document's refusals", () => {
  interface BadVector {
    readonly layer: string;
    readonly refusal?: { readonly code: string; readonly fault?: string };
  }
  const folder = new URL("fixtures/vectors/v1/", ROOT);
  const vectors = new Map(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(new URL(file, folder), "utf8")) as BadVector,
    ]),
  );
  const heads = ["Layer", "Code", "Fault", "Vector"];

  test("each name a vector that is refused so", () => {
    for (const [layer, code = "", fault, vector = ""] of columns("refusals", ...heads)) {
      if (code === "words-ambiguous") continue;
      const bad = vectors.get(vector);
      expect([bad?.layer, bad?.refusal?.code, bad?.refusal?.fault ?? ""], vector).toEqual([
        layer,
        code,
        fault,
      ]);
    }
  });

  test("name vectors for every field: below, above, cut", () => {
    const rows = columns("fields", "Kind", "Field", "Below", "Above", "Cut or missing");
    for (const [kind, field, ...names] of rows) {
      const cases = names.filter((name) => name !== "none");
      expect(cases.length, `${kind ?? ""} ${field ?? ""}`).toBeGreaterThan(0);
      for (const name of cases) {
        const vector = vectors.get(name);
        expect([vector?.layer, typeof vector?.refusal], name).toEqual(["payload", "object"]);
      }
    }
  });

  test("name every field of every kind of payload and of every body", () => {
    const named = new Set(columns("fields", "Kind", "Field").map((row) => row.join(" ")));
    const ofKinds = columns("kinds", "Kind", "Rest").flatMap(([kind, rest = ""]) =>
      rest.split(", ").map((field) => `${kind ?? ""} ${field.replace(/ \d+$/, "")}`),
    );
    const bodies = columns("provider bytes", "Body").map(([body]) => /^\w+/.exec(body ?? "")?.[0]);
    const kinds = new Set(columns("fields", "Kind").map(([kind]) => kind));
    expect(ofKinds.filter((field) => field !== "plain body" && !named.has(field))).toEqual([]);
    expect(bodies.filter((body) => body !== "none" && !kinds.has(body ?? ""))).toEqual([]);
  });

  test("are all that the vectors are refused with", () => {
    const name = (layer = "", code = "", fault = "") => `${layer} ${code} ${fault}`.trim();
    const documented = columns("refusals", "Layer", "Code", "Fault").map((row) => name(...row));
    const used = [...vectors.values()].flatMap(({ layer, refusal }) =>
      refusal === undefined ? [] : [name(layer, refusal.code, refusal.fault)],
    );
    expect(new Set([...used, "words words-ambiguous"])).toEqual(new Set(documented));
  });
});

describe("the document's examples", () => {
  test("uvarint", () => {
    const cases = JSON.parse(example("uvarint")) as { value: number; bytes: string }[];
    for (const { value, bytes } of cases) {
      expect(hexOf(uvarintBytes(value))).toBe(bytes);
      expect(new ByteReader(bytesOfHex(bytes), 0).uvarint()).toBe(value);
    }
  });

  test("hash", () => {
    const { tag, bytes, hash } = JSON.parse(example("hash")) as Record<
      "tag" | "bytes" | "hash",
      string
    >;
    expect(hexOf(taggedHash(tag, bytesOfHex(bytes)))).toBe(hash);
  });

  test("day", () => {
    for (const { day, date } of JSON.parse(example("day")) as { day: number; date: string }[]) {
      expect(formatDay(day)).toBe(date);
      expect(parseDay(date)).toBe(day);
    }
  });

  test("encodings, one of each", () => {
    const cases = JSON.parse(example("encodings")) as {
      encoding: number;
      text: string;
      bytes: string;
    }[];
    expect(cases.map(({ encoding }) => encoding)).toEqual(ENCODINGS.map(({ number }) => number));
    for (const { encoding, text, bytes } of cases) {
      const row = encodingByNumber(encoding);
      const coded = row?.bytesOf(text);
      expect(coded === null || coded === undefined ? null : hexOf(coded), text).toBe(bytes);
      expect(row?.textOf(bytesOfHex(bytes))).toBe(text);
      expect(encodeValue(text)?.bytes.length).toBeLessThanOrEqual(bytes.length / 2);
    }
  });

  for (const { words, text } of examples("record")) {
    const [name = ""] = words;
    test(`record and payload: ${name}`, () => {
      const record = JSON.parse(text) as VectorRecord;
      expect(hexOf(encodePayload(recordOf(record)))).toBe(hexOf(payloadOf(name)));
      const { content } = decodePayload(payloadOf(name));
      if (content.kind !== "plain") throw new Error("not a plain payload");
      expect({ keysheet: 1, ...plainView(content.record) }).toEqual(record);
    });
  }

  test("the Kraken Spot key is the sample key of the fixtures, in its known bytes", () => {
    interface Sample {
      readonly fields: { readonly apiKey: string; readonly privateKey: string };
      readonly compact: { readonly apiKeyHex: string; readonly privateKeyHex: string };
    }
    const { kraken_spot: sample } = JSON.parse(
      readFileSync(new URL("fixtures/keys/sample-keys.json", ROOT), "utf8"),
    ) as { readonly kraken_spot: Sample };
    const { fields } = JSON.parse(example("record", "kraken-spot")) as VectorRecord;
    expect(fields.map(([, text]) => text)).toEqual(Object.values(sample.fields));
    const { apiKeyHex, privateKeyHex } = sample.compact;
    expect(hexOf(payloadOf("kraken-spot")).slice(8)).toBe(apiKeyHex + privateKeyHex);
  });

  test("every payload has its record", () => {
    const names = (kind: string) => examples(kind).map(({ words }) => words[0]);
    expect(names("payload")).toEqual(names("record"));
  });

  for (const { words, text } of examples("mark")) {
    const [name = ""] = words;
    test(`mark: ${name}`, () => {
      const { hash, mark } = JSON.parse(text) as { hash: string | null; mark: string | null };
      const decoded = decodePayload(payloadOf(name));
      const { content } = decoded;
      expect(markOf(decoded)).toBe(mark);
      const marked = content.kind === "plain" ? publicPart(decoded.payload, content) : null;
      const begin = marked === null ? null : hexOf(taggedHash("keysheet mark v1", marked));
      expect(begin?.slice(0, 10) ?? null).toBe(hash);
    });
  }

  test("mark: x of the Kraken Spot key is the first 46 bytes of its payload", () => {
    const decoded = decodePayload(payloadOf("kraken-spot"));
    if (decoded.content.kind !== "plain") throw new Error("not a plain payload");
    const marked = publicPart(decoded.payload, decoded.content);
    expect(marked).toEqual(decoded.payload.slice(0, 46));
  });

  test("field", () => {
    const operations: readonly (readonly [RegExp, (a: number, b: number) => number])[] = [
      [/^(\d+) x (\d+) = (\d+)$/, multiply],
      [/^(\d+) \/ (\d+) = (\d+)$/, divide],
      [/^(a)\^(\d+) = (\d+)$/, (_, exponent) => power(exponent)],
    ];
    const lines = example("field").trim().split("\n");
    for (const line of lines) {
      const results = operations.flatMap(([pattern, operate]) => {
        const match = pattern.exec(line);
        return match === null ? [] : [[operate(Number(match[1]), Number(match[2])), match[3]]];
      });
      expect(results, line).toHaveLength(1);
      for (const [value, printed] of results) expect(String(value), line).toBe(printed);
    }
  });

  test("generator polynomial, whose multiple every codeword is", () => {
    const { spare, coefficients } = JSON.parse(example("generator")) as {
      spare: number;
      coefficients: number[];
    };
    expect(generatorPolynomial(spare)).toEqual(coefficients);
    const correction = correctCodeword([...coefficients], spare);
    expect(correction?.wrong).toEqual([]);
  });

  for (const { words, text } of examples("bits")) {
    const [name = ""] = words;
    test(`bits: ${name}`, () => {
      const groups = chunks(bitsOf(payloadOf(name)), 11).map((group) => group.padEnd(11, "0"));
      expect(text.trim().split(/\s+/)).toEqual(groups);
    });
  }

  for (const { words, text } of examples("symbols")) {
    const [name = ""] = words;
    test(`symbols: ${name}`, () => {
      const symbols = JSON.parse(text) as {
        list: number;
        level: Level;
        data: number[];
        hash: string;
        check: number[];
        spare: number[];
      };
      const payload = payloadOf(name);
      const { list, level, data, hash, check, spare } = symbols;
      const indices = encodeWords(payload, list, level);
      expect([...(indices ?? [])]).toEqual([...data, ...check, ...spare]);
      const head = bytesOfHex("00001e0012");
      const digest = taggedHash("keysheet words v1", head, payload);
      expect(hexOf(digest).slice(0, hash.length)).toBe(hash);
      expect(textbookCodeword([...data, ...check], spare.length)).toEqual([...(indices ?? [])]);
    });
  }

  for (const { words, text } of examples("words")) {
    const [name = "", listName, level] = words;
    test(`words: ${name}`, () => {
      const list = LISTS.find((row) => row.name === listName);
      if (list === undefined) throw new Error("no such list");
      const indices = encodeWords(payloadOf(name), list.number, level as Level) ?? [];
      const rows = text
        .trimEnd()
        .split("\n")
        .map((line) => line.trim().split(/\s+/));
      expect(rows.map(([number]) => number)).toEqual(rows.map((_, index) => String(index + 1)));
      const inList = listWords(list);
      expect(rows.flatMap((row) => row.slice(1, 7))).toEqual(
        [...indices].map((index) => inList[index]),
      );
      rows.forEach((row, index) => {
        expect(row[7]).toBe(rowLetters(index + 1, indices.slice(6 * index, 6 * index + 6)));
      });
      const read = readWords(parseWords(text), "example");
      expect(hexOf(read.payload)).toBe(hexOf(payloadOf(name)));
      expect(read).toMatchObject({ level, wrong: [], unreadable: [] });
    });
  }

  for (const { words, text } of examples("qr")) {
    const [name = "", folded] = words;
    const lines = text.trim().split("\n");
    const texts = folded === "folded" ? [lines.join("")] : lines;
    test(`QR text: ${name} in ${String(texts.length)} pieces`, () => {
      const payload = payloadOf(name);
      const made = encodeQrText(payload, texts.length);
      expect(made.map(({ head, digits }) => head + digits)).toEqual(texts);
      const { payloads, problems } = readQrTexts([{ source: "example", text }]);
      expect(problems).toEqual([]);
      expect(payloads.map((found) => hexOf(found.payload))).toEqual([hexOf(payload)]);
    });
  }

  test("QR text: a Kraken Spot key is 296 characters and 53 modules", () => {
    const [text] = encodeQrText(payloadOf("kraken-spot"));
    if (text === undefined) throw new Error("no text");
    expect(text.head.length + text.digits.length).toBe(296);
    expect(codeModules(text, "Q")?.size).toBe(53);
  });

  test("pattern: finds the texts that the code finds, in every vector", () => {
    const pattern = new RegExp(example("pattern").trim());
    const folder = new URL("fixtures/vectors/v1/", ROOT);
    const texts = readdirSync(folder)
      .filter((file) => file.startsWith("qr_"))
      .flatMap((file) => {
        const vector = readFileSync(new URL(file, folder), "utf8");
        return (JSON.parse(vector) as { texts: string[] }).texts;
      });
    const found = texts.map((text) => pattern.test(text.replace(/\s/g, "").toUpperCase()));
    expect(found).toEqual(texts.map(hasQrText));
    expect(new Set(found)).toEqual(new Set([true, false]));
  });

  test("keysheet's own JSON", () => {
    const text = example("json");
    const { provider, day, fields } = parseKeyFile(text, "example");
    if (day === null) throw new Error("no day");
    expect(JSON.parse(formatKeyFile({ provider, day, fields }, "json"))).toEqual(JSON.parse(text));
    expect(fields.map((field) => fieldText(field))).toEqual(["e1f0a9c4", "f2Vd5Yx0Qm8="]);
  });

  test("correction, step by step", () => {
    const steps = JSON.parse(example("correction", "small")) as {
      spare: number;
      S: number[];
      unreadablePlaces: number[];
      T: number[];
      L: number[];
      wrongPlaces: number[];
      Y: number[];
    };
    const { spare, unreadablePlaces, wrongPlaces } = steps;
    const [english] = LISTS;
    if (english === undefined) throw new Error("no list");
    const damaged = example("damaged", "small");
    const received = parseWords(damaged).map((word) => findWord(english, word));
    const placeOf = (index: number) => raise(2, received.length - 1 - index);
    const places = received.map((_, index) => placeOf(index));
    const readable = places.filter((_, index) => received[index] !== null);
    expect(places.filter((place) => !readable.includes(place))).toEqual(unreadablePlaces);
    expect(
      syndromesOf(
        received.map((symbol) => symbol ?? 0),
        spare,
      ),
    ).toEqual(steps.S);
    expect(withoutErasures(steps.S, unreadablePlaces)).toEqual(steps.T);
    expect(locatorOf(steps.T)).toEqual(steps.L);
    expect(placesOf(steps.L, readable)).toEqual(wrongPlaces);
    expect(changesOf(steps.S, [...unreadablePlaces, ...wrongPlaces])).toEqual(steps.Y);

    const read = readWords(parseWords(damaged), "example");
    expect(hexOf(read.payload)).toBe(hexOf(payloadOf("small")));
    expect(read).toMatchObject({ wrong: [3, 17], unreadable: [5, 10, 11], reserve: 11 });

    const symbols = JSON.parse(example("symbols", "small")) as Record<
      "data" | "check" | "spare",
      number[]
    >;
    const whole = [...symbols.data, ...symbols.check, ...symbols.spare];
    expect(textbookCorrect(received, spare)).toEqual(whole);
    expect([...(correctCodeword(received, spare)?.codeword ?? [])]).toEqual(whole);
  });
});

describe("the document's seal and shares hold together", () => {
  test("sealed: node's own scrypt, HMAC and AES open the example", () => {
    const { passphrase, payload, opens } = JSON.parse(example("sealed", "small")) as Record<
      "passphrase" | "payload" | "opens",
      string
    >;
    const bytes = Buffer.from(payload, "hex");
    const [first, cost = 0] = bytes;
    expect(first).toBe(0x11);
    const dk = scryptSync(passphrase.normalize("NFKD"), bytes.subarray(2, 18), 64, {
      N: 2 ** cost,
      r: 8,
      p: 1,
      maxmem: 2 ** 26,
    });
    const tag = createHmac("sha256", dk.subarray(32)).update(bytes.subarray(0, -16)).digest();
    expect(tag.subarray(0, 16)).toEqual(bytes.subarray(-16));
    const cipher = createCipheriv("aes-256-ctr", dk.subarray(0, 32), Buffer.alloc(16));
    const plain = cipher.update(bytes.subarray(18, -16)).toString("hex");
    expect(`10${plain}`).toBe(opens);
    expect(decodePayload(bytes).content).toMatchObject({ kind: "sealed", cost });
  });

  test("shares: any two of the three give the payload, and its hash agrees", () => {
    const { threshold, count, shares, joins } = JSON.parse(example("shares", "small")) as {
      threshold: number;
      count: number;
      shares: string[];
      joins: string;
    };
    const all = shares.map(bytesOfHex);
    for (const share of all) {
      expect(decodePayload(share).content).toMatchObject({ kind: "share", threshold, count });
    }
    for (const left of [0, 1, 2]) {
      const pair = all.filter((_, index) => index !== left);
      const split = joinAtZero(pair);
      const [head = new Uint8Array()] = pair;
      const hashed = taggedHash("keysheet share v1", head.subarray(1, 6), split.subarray(8));
      expect(split.subarray(0, 8)).toEqual(hashed.subarray(0, 8));
      expect(hexOf(split.subarray(16))).toBe(joins);
    }
  });
});

function multiply256(a: number, b: number): number {
  let product = 0;
  for (let bit = 0, shifted = a; bit < 8; bit++) {
    if (((b >> bit) & 1) === 1) product ^= shifted;
    shifted <<= 1;
    if (shifted >= 256) shifted ^= 0x11b;
  }
  return product;
}

function invert256(element: number): number {
  return Array.from({ length: 254 }).reduce<number>((power) => multiply256(power, element), 1);
}

/** The document's sum over the shares of y(i) and the product of x(j) / (x(j) + x(i)). */
function joinAtZero(shares: readonly Uint8Array[]): Uint8Array {
  const weights = shares.map((share) => {
    const x = share[6] ?? 0;
    const others = shares.map((other) => other[6] ?? 0).filter((number) => number !== x);
    return others.reduce(
      (weight, other) => multiply256(weight, multiply256(other, invert256(other ^ x))),
      1,
    );
  });
  const length = (shares[0]?.length ?? 0) - 7;
  return Uint8Array.from({ length }, (_, index) =>
    shares.reduce(
      (sum, share, at) => sum ^ multiply256(share[7 + index] ?? 0, weights[at] ?? 0),
      0,
    ),
  );
}
