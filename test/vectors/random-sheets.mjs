// @ts-check
/**
 * Random keys, and random sheets of them: every kind of body, encoding, list, level and carrier, in
 * the ways that people type. Each sheet is damaged no more than it can bear, unless that is asked for.
 */
import {
  chunks,
  join,
  LIST_NAMES,
  listWords,
  named,
  plain,
  qrTexts,
  rowLetters,
  sealed,
  shapeOf,
  shares,
  splitBytes,
  utf8,
  value,
  wordIndices,
} from "./paper-format.mjs";

/** @typedef {(limit: number) => number} Random whole numbers from 0 to below the limit */
/** @typedef {import("./paper-format.mjs").Level} Level */
/** @typedef {{ keysheet: 1, provider: string | null, day: number, fields: [string, string, boolean][] }} KeyJson */

/**
 * What a program can do that writes sheets.
 * @typedef {object} Writer
 * @property {(key: RandomKey) => Uint8Array} payload
 * @property {(payload: Uint8Array, passphrase: string, salt: Uint8Array, cost: number) => Promise<Uint8Array>} seal
 * @property {(payload: Uint8Array, set: { threshold: number, count: number }, random: Random) => readonly Uint8Array[]} split
 * @property {(payload: Uint8Array, list: number, level: Level) => readonly number[]} words
 * @property {(payload: Uint8Array, total: number) => readonly string[]} codes
 */

/**
 * A key, and a payload of it that need not be the prescribed one.
 * @typedef {{ record: KeyJson, payload: Uint8Array }} RandomKey
 */

/**
 * @param {Random} random
 * @param {number} length
 */
function bytesOf(random, length) {
  return Uint8Array.from({ length }, () => random(256));
}

/**
 * @template T
 * @param {Random} random
 * @param {readonly T[]} values
 * @returns {T}
 */
function oneOf(random, values) {
  return /** @type {T} */ (values[random(values.length)]);
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LABELS = ["", "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];
const CHARACTERS = [
  "a",
  "Z",
  "7",
  " ",
  "=",
  "-",
  "é",
  "e\u0301",
  "ß",
  "語",
  "한",
  "🔑",
  "\ufeff",
  "\t",
];

/**
 * A text and its bytes in an encoding of the format, 0 to 10.
 * @param {Random} random
 * @param {number} encoding
 * @returns {{ text: string, bytes: Uint8Array }}
 */
function valueIn(random, encoding) {
  const bytes = bytesOf(random, 1 + random(48));
  const buffer = Buffer.from(bytes);
  switch (encoding) {
    case 1:
      return { text: buffer.toString("base64"), bytes };
    case 2:
      return { text: buffer.toString("base64").replace(/=+$/, ""), bytes };
    case 3:
      return { text: buffer.toString("base64url"), bytes };
    case 4:
      return { text: buffer.toString("hex"), bytes };
    case 5:
      return { text: buffer.toString("hex").toUpperCase(), bytes };
    case 6: {
      const uuid = bytesOf(random, 16);
      const hex = Buffer.from(uuid).toString("hex");
      return { text: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), bytes: uuid };
    }
    case 7: {
      const text = Array.from({ length: random(40) }, () => BASE62.charAt(random(62))).join("");
      let number = 0n;
      for (const digit of `1${text}`) number = number * 62n + BigInt(BASE62.indexOf(digit));
      const hex = number.toString(16);
      return { text, bytes: new Uint8Array(Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex")) };
    }
    case 8: {
      const label = 1 + random(4);
      const flags = random(4);
      const end = flags % 2 === 1 ? "\r\n" : "\n";
      const name = LABELS[label] ?? "";
      const lines = [`-----BEGIN ${name}-----`, ...chunks(buffer.toString("base64"), 64)];
      const text = [...lines, `-----END ${name}-----`].join(end) + (flags >= 2 ? end : "");
      return { text, bytes: join(label, flags, bytes) };
    }
    case 9:
      return { text: `0x${buffer.toString("hex")}`, bytes };
    case 10: {
      const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      const digits = chunks(bits, 5).map((five) => parseInt(five.padEnd(5, "0"), 2));
      return { text: digits.map((digit) => BASE32.charAt(digit)).join(""), bytes };
    }
    default: {
      const text = Array.from({ length: random(30) }, () => oneOf(random, CHARACTERS)).join("");
      return { text, bytes: utf8(text) };
    }
  }
}

/**
 * @param {Random} random
 * @returns {RandomKey}
 */
export function randomKey(random) {
  const day = random(65_536);
  const kind = random(4);
  if (kind === 0) return namedKey(random, day);
  const number = 1 + random(2);
  const provider = number === 1 ? "kraken-spot" : "kraken-futures";
  const key = bytesOf(random, 42);
  const secret = bytesOf(random, number === 1 ? 64 : 66);
  const [keyText, secretText] = [key, secret].map((bytes) => Buffer.from(bytes).toString("base64"));
  if (kind < 3) {
    const fields = /** @type {KeyJson["fields"]} */ ([
      ["key", keyText, false],
      ["secret", secretText, true],
    ]);
    const record = /** @type {KeyJson} */ ({ keysheet: 1, provider, day, fields });
    return { record, payload: plain(number, day, key, secret) };
  }
  const values = [
    valueIn(random, random(11)),
    random(4) === 0 ? { text: "", bytes: new Uint8Array() } : valueIn(random, 1),
  ];
  const encodings = values.map(({ text, bytes }) => encodingOf(text, bytes));
  const body = values.map(({ bytes }, index) =>
    value(index === 1 ? "secret" : "public", encodings[index] ?? 0, bytes),
  );
  const fields = /** @type {KeyJson["fields"]} */ (
    values.map(({ text }, index) => [index === 1 ? "secret" : "key", text, index === 1])
  ).filter(([, text]) => text !== "");
  return {
    record: { keysheet: 1, provider, day, fields },
    payload: plain(0x80 + number, day, ...body),
  };
}

/**
 * The encoding in which these bytes are this text.
 * @param {string} text
 * @param {Uint8Array} bytes
 */
function encodingOf(text, bytes) {
  const buffer = Buffer.from(bytes);
  if (buffer.toString("utf8") === text) return 0;
  if (text.startsWith("-----")) return 8;
  if (text === buffer.toString("base64")) return 1;
  if (text === buffer.toString("base64url")) return 3;
  if (text === buffer.toString("base64").replace(/=+$/, "")) return 2;
  if (text === buffer.toString("hex")) return 4;
  if (text === buffer.toString("hex").toUpperCase()) return 5;
  if (text === `0x${buffer.toString("hex")}`) return 9;
  if (text.replaceAll("-", "") === buffer.toString("hex")) return 6;
  return /^[A-Z2-7]+$/.test(text) && text.length === Math.ceil((bytes.length * 8) / 5) ? 10 : 7;
}

/**
 * @param {Random} random
 * @param {number} day
 * @returns {RandomKey}
 */
function namedKey(random, day) {
  const count = 1 + random(4);
  const parts = Array.from({ length: count }, (_, index) => {
    const encoding = random(11);
    const isSecret = random(2) === 1;
    const name = `${oneOf(random, ["api key", "Schlüssel", "비밀", "x"])} ${String(index)}`;
    const { text, bytes } = valueIn(random, encoding);
    return { name, text, isSecret, bytes: value(isSecret ? "secret" : "public", encoding, bytes) };
  });
  return {
    record: {
      keysheet: 1,
      provider: null,
      day,
      fields: parts.map(({ name, text, isSecret }) => [name, text, isSecret]),
    },
    payload: named(day, ...parts.map(({ name, bytes }) => /** @type {const} */ ([name, bytes]))),
  };
}

/** Few, so that a derivation does for several sheets. */
const PASSPHRASES = ["correct horse", "Zoë ☂ 語", "abandon ability able about above absent absorb"];
const COST = 14;

/**
 * @typedef {object} RandomSheets
 * @property {KeyJson} record
 * @property {readonly string[]} texts of each sheet its words, or one of its codes
 * @property {string} passphrase
 * @property {readonly number[]} lists the numbers of the lists that the words are of
 */

/**
 * The sheets of a key: plain, sealed, shares or both; each by its words or its codes.
 * @param {Random} random
 * @param {Writer} writer
 * @param {{ isHopeless?: boolean }} options isHopeless: words with more damage than they can bear
 * @returns {Promise<RandomSheets>}
 */
export async function randomSheets(random, writer, { isHopeless = false } = {}) {
  const key = randomKey(random);
  const passphrase = oneOf(random, PASSPHRASES);
  const kind = oneOf(random, ["plain", "plain", "plain", "sealed", "shares", "shares", "both"]);
  const payload = writer.payload(key);
  const salt = Uint8Array.from(
    { length: 16 },
    (_, index) => index + random(2) * (index === 0 ? 1 : 0),
  );
  const inner =
    kind === "sealed" || kind === "both"
      ? await writer.seal(payload, passphrase, salt, COST)
      : payload;
  const carried =
    kind === "shares" || kind === "both" ? someShares(inner, writer, random) : [inner];
  /** @type {number[]} */
  const lists = [];
  const texts = carried.flatMap((bytes) => {
    if (!isHopeless && random(3) === 0) return shuffled(writer.codes(bytes, 1 + random(4)), random);
    const list = random(3) === 0 ? random(LIST_NAMES.length) : 0;
    const level = oneOf(random, /** @type {const} */ (["standard", "long"]));
    lists.push(list);
    const damage = { spare: shapeOf(bytes.length, level).spare, isHopeless };
    return [typed(damagedWords(writer.words(bytes, list, level), damage, random), list, random)];
  });
  return { record: key.record, texts, passphrase, lists };
}

/**
 * @param {Uint8Array} inner
 * @param {Writer} writer
 * @param {Random} random
 */
function someShares(inner, writer, random) {
  const threshold = 2 + random(3);
  const count = threshold + random(3);
  const all = shuffled(writer.split(inner, { threshold, count }, random), random);
  return all.slice(0, threshold + random(count - threshold + 1));
}

/**
 * @template T
 * @param {readonly T[]} values
 * @param {Random} random
 */
function shuffled(values, random) {
  const rest = [...values];
  return values.flatMap(() => rest.splice(random(rest.length), 1));
}

/**
 * Words of which some are unreadable, null, and some others: 2 x wrong + unreadable <= spare, or more.
 * @param {readonly number[]} indices
 * @param {{ spare: number, isHopeless: boolean }} damage
 * @param {Random} random
 * @returns {readonly (number | null)[]}
 */
function damagedWords(indices, { spare, isHopeless }, random) {
  const budget = isHopeless ? spare + 2 + random(spare) : random(spare + 1);
  const wrong = random(Math.floor(budget / 2) + 1);
  const places = shuffled(
    indices.map((_, place) => place),
    random,
  ).slice(0, Math.min(indices.length, budget - wrong));
  /** @type {(number | null)[]} */
  const words = [...indices];
  places.forEach((place, order) => {
    words[place] = order < wrong ? ((indices[place] ?? 0) + 1 + random(2047)) % 2048 : null;
  });
  return words;
}

const LATIN = [0, 3, 6, 7, 8, 9];

/**
 * As somebody types them: in rows with numbers and letters or not, in capitals, cut to four letters.
 * @param {readonly (number | null)[]} indices
 * @param {number} list
 * @param {Random} random
 */
function typed(indices, list, random) {
  const all = listWords(list);
  const isLatin = LATIN.includes(list);
  const isCut = isLatin && random(4) === 0;
  const isBare = isLatin && random(4) === 0;
  const words = indices.map((index) => {
    if (index === null) return "?";
    const word = isBare
      ? (all[index] ?? "").normalize("NFKD").replace(/\p{M}/gu, "")
      : (all[index] ?? "");
    return isCut ? [...word.normalize("NFC")].slice(0, 4).join("") : word;
  });
  if (random(3) === 0) return words.join(random(2) === 0 ? " " : "\n");
  const rows = Array.from({ length: words.length / 6 }, (_, row) => {
    const letters = rowLetters(
      row + 1,
      indices.slice(6 * row, 6 * row + 6).map((index) => index ?? 0),
    );
    return `${String(row + 1)} ${words.slice(6 * row, 6 * row + 6).join("  ")}  ${letters}`;
  });
  const text = rows.join("\n");
  return isLatin && random(5) === 0 ? text.toUpperCase() : text;
}

/**
 * The format's second implementation as a writer.
 * @type {Writer}
 */
export const SECOND_WRITER = {
  payload: ({ payload }) => payload,
  seal: (payload, passphrase, salt, cost) =>
    Promise.resolve(sealed(payload, passphrase, salt, cost)),
  split: (payload, { threshold, count }, random) => {
    const set = { threshold, count, setId: bytesOf(random, 4) };
    const split = splitBytes(payload, set, bytesOf(random, 8));
    return shares(split, set, bytesOf(random, (threshold - 1) * split.length));
  },
  words: (payload, list, level) => wordIndices(payload, list, level),
  codes: (payload, total) => qrTexts(payload, total),
};
