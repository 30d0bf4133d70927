// @ts-check
/**
 * A target for every parser. Good inputs are changed as storage, people and attackers change them; only
 * typed problems leave the library, and each input is done with in bounded time.
 */
import { performance } from "node:perf_hooks";
import sharp from "sharp";
import { readSheetFile } from "../../dist/adapters/node/sheet-file.js";
import { loadTemplate } from "../../dist/adapters/node/templates.js";
import { parseCommandLine } from "../../dist/cli/args.js";
import { backup, sheetOf } from "../../dist/core/backup.js";
import { decodePayload, encodePayload } from "../../dist/core/payload/payload.js";
import { Refusal } from "../../dist/core/problem.js";
import { readQrTexts } from "../../dist/core/qr/qr-text.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { restore } from "../../dist/core/restore/restore.js";
import { layoutSheet } from "../../dist/core/sheet/layout.js";
import { parseTemplate } from "../../dist/core/sheet/parse-template.js";
import { openPress } from "../../dist/adapters/node/pdf.js";
import { print } from "../../dist/cli/commands/print-sheets.js";
import { parseLines } from "../../dist/core/words/parse-words.js";
import { drawPassphrase, passphraseReadings } from "../../dist/core/passphrase/passphrase.js";
import { ENGLISH, wordAt } from "../../dist/core/words/word-lists.js";
import { seededBytes, seededRandom } from "../seeded-random.mjs";
import { qrTexts, sealed, shares, splitBytes } from "../vectors/paper-format.mjs";
import { KEY_TEXT } from "./command.mjs";

/** @typedef {import("./command.mjs").Row} Row */
/** @typedef {(limit: number) => number} Random */

/** Generous: what hangs takes for ever, and a loaded machine takes its time. */
const LIMIT_MS = 60_000;

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {readonly (string | Uint8Array)[]} seeds good inputs
 * @property {number} fraction of the inputs that the fastest target gets
 * @property {(input: Uint8Array, text: string) => unknown} parse
 */

/**
 * @param {{ full: boolean, seed?: string, inputs?: number }} options inputs: of the fastest target
 * @returns {Promise<Row[]>}
 */
export async function run({ full, seed = "fuzz", inputs = full ? 1_000_000 : 1500 }) {
  const random = seededRandom(seed);
  const rows = [];
  for (const target of await targets()) {
    rows.push(await attack(target, Math.max(30, Math.ceil(inputs * target.fraction)), random));
  }
  return rows;
}

/**
 * @param {Target} target
 * @param {number} tried
 * @param {Random} random
 * @returns {Promise<Row>}
 */
async function attack({ name, seeds, parse }, tried, random) {
  const started = performance.now();
  let failed = 0;
  let slowestMs = 0;
  let note = "";
  for (let count = 0; count < tried; count++) {
    const seed = seeds[random(seeds.length)] ?? "";
    const input = changed(typeof seed === "string" ? Buffer.from(seed) : seed, seeds, random);
    const begun = performance.now();
    try {
      await parse(input, Buffer.from(input).toString());
    } catch (error) {
      if (!(error instanceof Refusal)) {
        failed += 1;
        note = `${String(error)} for ${Buffer.from(input).toString("base64").slice(0, 400)}`;
      }
    }
    slowestMs = Math.max(slowestMs, performance.now() - begun);
  }
  if (slowestMs > LIMIT_MS) failed += 1;
  const seconds = (performance.now() - started) / 1000;
  return {
    name: `fuzz: ${name}`,
    tried,
    failed,
    seconds,
    note: note === "" ? `the slowest ${slowestMs.toFixed(0)} ms` : note,
  };
}

/** What parsers stumble over. */
const TOKENS = [
  "\0",
  "\ufeff",
  "\u202e",
  "\ud800",
  "\r\n",
  "__proto__",
  "constructor",
  "../../../etc/passwd",
  "\x1b[2J\x1b]0;x\x07",
  "?",
  "-1",
  "99999999999999999999",
  "1e309",
  "KEYSHEET1/1/1/",
  "KEYSHEET2/1/1/0",
  "{}",
  "[[[[[[[[",
  "%PDF-1.7",
  "=".repeat(100),
  "é".normalize("NFD"),
  "한국어",
  "💥",
  "abandon ",
];

/**
 * @param {Uint8Array} seed
 * @param {readonly (string | Uint8Array)[]} seeds
 * @param {Random} random
 */
function changed(seed, seeds, random) {
  let bytes = Buffer.from(seed);
  for (let change = random(4); change >= 0; change--) {
    const at = random(bytes.length + 1);
    const end = Math.min(bytes.length, at + random(1 + random(64)));
    const insert = (/** @type {Uint8Array} */ middle, upTo = at) =>
      Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(upTo)]);
    switch (random(9)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        if (at < bytes.length) bytes[at] = random(256);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = insert(Buffer.alloc(0), end);
        break;
      case 4:
        bytes = insert(bytes.subarray(at, end));
        break;
      case 5:
        bytes = insert(Buffer.from(TOKENS[random(TOKENS.length)] ?? ""));
        break;
      case 6: {
        const other = Buffer.from(seeds[random(seeds.length)] ?? "");
        bytes = insert(other.subarray(random(other.length + 1)), end);
        break;
      }
      case 7:
        bytes = insert(Buffer.from(Array.from({ length: random(40) }, () => random(256))));
        break;
      default:
        if (at + 3 < bytes.length)
          bytes.writeInt32BE([0, -1, 2 ** 31 - 1, -(2 ** 31)][random(4)] ?? 0, at);
    }
  }
  return new Uint8Array(bytes);
}

/** @returns {Promise<readonly Target[]>} */
async function targets() {
  const bytes = seededBytes("fuzz seeds");
  const key = parseKeyFile(KEY_TEXT, "key");
  const made = backup({ ...key, day: 2518 }, "standard");
  const { payload } = made;
  const seal = sealed(payload, "correct horse", bytes(16), 14);
  const set = { threshold: 2, count: 3, setId: bytes(4) };
  const split = splitBytes(payload, set, bytes(8));
  const parts = shares(split, set, bytes(split.length));
  const words = Array.from(made.wordIndices, (index) => wordAt(ENGLISH, index));
  const rows = Array.from({ length: words.length / 6 }, (_, row) =>
    [String(row + 1), ...words.slice(6 * row, 6 * row + 6), "AB"].join(" "),
  );
  const template = await loadTemplate("standard");
  const { pdf } = await print(made, template, {
    label: "Bot",
    copies: 1,
    paper: "a4",
    isDiscreet: false,
  });
  const sheet = sheetOf(made, { label: null, copy: { number: 1, count: 1 } });
  const facts = { title: "t", language: "en", day: "2026-11-23", creator: "keysheet" };
  const press = openPress(template.fonts, facts);
  const code = sheet.codes[0] ?? { size: 0, isDark: [] };
  const side = (code.size + 8) * 4;
  const luma = Buffer.from(
    Uint8Array.from({ length: side * side }, (_, place) => {
      const column = Math.floor((place % side) / 4) - 4;
      const row = Math.floor(place / side / 4) - 4;
      const isInside = Math.min(column, row) >= 0 && Math.max(column, row) < code.size;
      return isInside && code.isDark[row * code.size + column] === true ? 0 : 255;
    }),
  );
  const picture = sharp(luma, { raw: { width: side, height: side, channels: 1 } });
  // Without its right third, which is what the last of the readers are for.
  const torn = luma.map((value, place) => (place % side > 0.66 * side ? 255 : value));
  const images = await Promise.all([
    sharp(torn, { raw: { width: side, height: side, channels: 1 } })
      .png()
      .toBuffer(),
    picture.clone().png().toBuffer(),
    picture.clone().jpeg().toBuffer(),
    picture.clone().webp().toBuffer(),
  ]);
  const json = JSON.stringify(template.template);
  const passphrase = drawPassphrase(ENGLISH, 7, bytes);
  const file = (/** @type {Uint8Array} */ input) => readSheetFile(input, "input");
  const codes = [payload, seal, ...parts].flatMap((each) => [
    ...qrTexts(each, 1),
    qrTexts(each, 3).join("\n"),
  ]);
  /** @param {string} text */
  const isAnotherKey = (text) => {
    const carrier = { kind: /** @type {const} */ ("words"), source: "w", lines: parseLines(text) };
    const result = restore([carrier], { thoroughness: "quick" });
    if (result.status !== "confirmed") return false;
    return Buffer.compare(encodePayload(result.record), payload) !== 0;
  };
  return [
    { name: "payload", fraction: 1, seeds: [payload], parse: (input) => decodePayload(input) },
    { name: "sealed payload", fraction: 1, seeds: [seal], parse: (input) => decodePayload(input) },
    { name: "share", fraction: 1, seeds: parts, parse: (input) => decodePayload(input) },
    {
      name: "QR text",
      fraction: 0.5,
      seeds: codes,
      parse: (_, text) => readQrTexts([{ source: "q", text }]),
    },
    {
      name: "word text",
      fraction: 0.005,
      seeds: [words.join(" "), rows.join("\n"), words.map((word) => word.slice(0, 4)).join("\n")],
      parse: (_, text) => {
        if (isAnotherKey(text)) throw new Error("a wrong key");
      },
    },
    {
      name: "key file",
      fraction: 0.5,
      seeds: [
        KEY_TEXT,
        `KRAKEN_API_KEY=7\nKRAKEN_API_SECRET="x"\n`,
        '{"keysheet":1,"provider":null,"day":2518,"fields":[["k","42",true]]}',
        "kraken://apikey?key=abc&secret=def",
      ],
      parse: (_, text) => parseKeyFile(text, "key"),
    },
    {
      name: "template",
      fraction: 0.02,
      seeds: [json],
      parse: (_, text) => {
        let value;
        try {
          value = JSON.parse(text);
        } catch {
          value = text;
        }
        parseTemplate(value, "own.json");
      },
    },
    {
      name: "label",
      fraction: 0.01,
      seeds: ["Trading bot", "Zoë's 보트", "💥 __proto__ \x1b[2J", "../../x"],
      parse: (_, text) =>
        layoutSheet(
          { ...sheet, label: text.trim() || "x" },
          template.template,
          "a4",
          press.metrics,
        ),
    },
    {
      name: "arguments",
      fraction: 0.5,
      seeds: [
        "make\n--from\nkey\n--shares\n2-of-3",
        "restore\n--words\n-\n--to\njson",
        "help\nlost",
      ],
      parse: (_, text) => parseCommandLine(text.split("\n")),
    },
    {
      name: "passphrase",
      fraction: 0.01,
      seeds: [passphrase, "correct horse battery staple"],
      parse: (_, text) => passphraseReadings(text),
    },
    { name: "picture", fraction: 0.01, seeds: images, parse: file },
    { name: "PDF", fraction: 0.002, seeds: [pdf], parse: file },
    {
      name: "file of any kind",
      fraction: 0.01,
      seeds: [pdf, ...images, rows.join("\n"), ...codes],
      parse: file,
    },
  ];
}
