// @ts-check
/**
 * Makes fixtures/vectors/v1: one file a behaviour of the paper format, read or refused, and in a bad
 * one the layer that must refuse it.
 *
 *     node test/vectors/make-vectors.mjs
 *
 * The same files come out every time; `vectors-v1.test.ts` holds the committed ones to that.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  checkSymbols,
  codeword,
  join,
  listWords,
  mark,
  named,
  plain,
  qrCheck,
  qrDigits,
  qrTexts,
  rowLetters,
  shapeOf,
  bitsOf,
  symbolsOf,
  toHex,
  utf8,
  value,
  wordIndices,
  wordText,
} from "./paper-format.mjs";

const SEED = "keysheet vectors v1";
const DAY = 2518;
const FRENCH = 6;
const SPANISH = 3;

/**
 * Bytes that look random and are the same every time.
 * @param {string} name
 * @param {number} length
 */
function seededBytes(name, length) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, counter) =>
    createHash("sha256")
      .update(`${SEED}|${name}|${String(counter)}`)
      .digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

/**
 * So many different numbers below the limit, in order.
 * @param {string} name
 * @param {number} count
 * @param {number} limit
 */
function seededPlaces(name, count, limit) {
  const order = Array.from({ length: limit }, (_, place) => ({
    place,
    rank: toHex(seededBytes(`${name} ${String(place)}`, 8)),
  }));
  return order
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
}

const KEY = seededBytes("kraken key", 42);
const SECRET = seededBytes("kraken secret", 64);
const KRAKEN = plain(1, DAY, KEY, SECRET);

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return Buffer.from(bytes).toString("base64");
}

/**
 * keysheet's own JSON of a record: fields as name, text, is it secret.
 * @param {string | null} provider
 * @param {(readonly [string, string, boolean])[]} fields
 */
function record(provider, fields, day = DAY) {
  return { keysheet: 1, provider, day, fields };
}

const KRAKEN_RECORD = record("kraken-spot", [
  ["key", base64(KEY), false],
  ["secret", base64(SECRET), true],
]);

/** A public value long enough for a mark. */
const PUBLIC_TEXT = "public 1";
const PUBLIC = value("public", 0, utf8(PUBLIC_TEXT));

/**
 * A named payload of one secret value, with the record that it must give. Its mark: none.
 * @param {string} about
 * @param {number} encoding
 * @param {Uint8Array} bytes
 * @param {string} text
 * @param {boolean} prescribed
 */
function oneValue(about, encoding, bytes, text, prescribed) {
  const payload = named(DAY, ["s", value("secret", encoding, bytes)]);
  return readPayload(about, payload, record(null, [["s", text, true]]), null, prescribed);
}

/**
 * @param {string} about
 * @param {Uint8Array} payload
 * @param {ReturnType<typeof record>} holds
 * @param {string | null} itsMark
 * @param {boolean} prescribed is it what the format prescribes for its record?
 */
function readPayload(about, payload, holds, itsMark, prescribed) {
  return {
    about,
    layer: "payload",
    payload: toHex(payload),
    record: holds,
    prescribed,
    mark: itsMark,
  };
}

/**
 * @param {string} about
 * @param {string} fault
 * @param {Uint8Array} payload
 */
function malformed(about, fault, payload) {
  const refusal = { code: "payload-malformed", fault };
  return { about, layer: "payload", payload: toHex(payload), refusal };
}

/**
 * A named payload of one secret value that no encoder writes.
 * @param {string} about
 * @param {number} encoding
 * @param {Uint8Array} bytes
 */
function malformedValue(about, encoding, bytes, fault = "value-malformed") {
  return malformed(about, fault, named(DAY, ["s", value("secret", encoding, bytes)]));
}

/**
 * @param {string} about
 * @param {string} code
 * @param {Uint8Array} payload
 */
function refusedPayload(about, code, payload) {
  return { about, layer: "payload", payload: toHex(payload), refusal: { code } };
}

/**
 * The base62 encoding of FORMAT.md.
 * @param {string} text
 */
function base62Bytes(text) {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const number = [...`1${text}`].reduce(
    (sum, digit) => sum * 62n + BigInt(digits.indexOf(digit)),
    0n,
  );
  const hex = number.toString(16);
  return new Uint8Array(Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex"));
}

/**
 * @param {string} label
 * @param {string} der
 * @param {string} lineEnd
 * @param {string} last
 */
function pem(label, der, lineEnd, last) {
  const lines = der.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join(lineEnd) + last;
}

function payloadsRead() {
  const measured = join(value("public", 1, KEY), value("secret", 0, new Uint8Array()));
  const keyOnly = plain(0x81, DAY, measured);
  const longText = "long text, ".repeat(20);
  const fields = Array.from({ length: 32 }, (_, index) => `field ${String(index + 1)}`);
  const widest = utf8("x ".repeat((4096 - 10) / 2));
  const der48 = seededBytes("der", 48);
  const der49 = seededBytes("der", 49);
  const marked = named(DAY, ["p", PUBLIC], ["s", value("secret", 0, utf8("no"))]);
  const markedPublic = join(
    marked.slice(0, marked.length - 2), // all but the two bytes of the secret value
  );
  return {
    "payload_kraken-spot": readPayload(
      "A Kraken Spot key in the fixed form of its row.",
      KRAKEN,
      KRAKEN_RECORD,
      mark(KRAKEN.slice(0, 46)),
      true,
    ),
    "payload_measured-field-absent": readPayload(
      "An empty value in a measured body is a field that the record does not have.",
      keyOnly,
      record("kraken-spot", [["key", base64(KEY), false]]),
      mark(keyOnly),
      true,
    ),
    "payload_day-last": readPayload(
      "Day 65535, the last one, is 2199-06-06.",
      plain(1, 65535, KEY, SECRET),
      { ...KRAKEN_RECORD, day: 65535 },
      mark(plain(1, 65535, KEY)),
      true,
    ),
    "payload_text-where-hex-is-shorter": oneValue(
      "Text that another encoding would hold in fewer bytes is read; it is not what is written.",
      0,
      utf8("deadbeef"),
      "deadbeef",
      false,
    ),
    "payload_tie-goes-to-lowest": oneValue(
      "Base64 without a need for padding is encoding 1, not 2 or 3: on a tie the lowest number.",
      1,
      seededBytes("tie", 6),
      base64(seededBytes("tie", 6)),
      true,
    ),
    "payload_empty-value": oneValue(
      "An empty value is text of length 0.",
      0,
      new Uint8Array(),
      "",
      true,
    ),
    "payload_empty-value-as-hex": oneValue(
      "Hex of no bytes is the empty value too; it is not what is written.",
      4,
      new Uint8Array(),
      "",
      false,
    ),
    "payload_byte-order-mark": oneValue(
      "A leading U+FEFF is part of the value.",
      0,
      utf8("\ufeffx"),
      "\ufeffx",
      true,
    ),
    "payload_text-not-normalised": oneValue(
      "A value is never normalised: e and U+0301 stay two characters.",
      0,
      utf8("cafe\u0301"),
      "cafe\u0301",
      true,
    ),
    "payload_base62-leading-zeros": oneValue(
      "Zeros in front of a base62 value survive: a digit 1 stands before them in the number.",
      7,
      base62Bytes("000Zz9kQ0aB7cXw2pLmN4vT6y"),
      "000Zz9kQ0aB7cXw2pLmN4vT6y",
      true,
    ),
    "payload_base62-long": oneValue(
      "Base62 has no limit of its own but that of the payload.",
      7,
      base62Bytes("z9Q0".repeat(400)),
      "z9Q0".repeat(400),
      true,
    ),
    "payload_base62-empty": oneValue(
      "The number 1 in base62 is the empty value; it is not what is written.",
      7,
      Uint8Array.of(1),
      "",
      false,
    ),
    "payload_pem-crlf": oneValue(
      "PEM with CRLF line ends, also after the last line, comes back with them.",
      8,
      join(2, 3, der49),
      pem("EC PRIVATE KEY", base64(der49), "\r\n", "\r\n"),
      true,
    ),
    "payload_pem-no-last-line-end": oneValue(
      "PEM whose last line has no line end comes back without one.",
      8,
      join(1, 0, der49),
      pem("PRIVATE KEY", base64(der49), "\n", ""),
      true,
    ),
    "payload_pem-full-line": oneValue(
      "48 bytes of DER are one line of 64 characters and no empty line behind it.",
      8,
      join(3, 2, der48),
      pem("RSA PRIVATE KEY", base64(der48), "\n", "\n"),
      true,
    ),
    "payload_length-two-bytes": oneValue(
      "A length of 128 or more takes two bytes.",
      0,
      utf8(longText),
      longText,
      true,
    ),
    "payload_fields-32": readPayload(
      "32 fields, the most that a named body has, in their order.",
      named(
        DAY,
        ...fields.map((name) => /** @type {const} */ ([name, value("public", 0, utf8("-"))])),
      ),
      record(
        null,
        fields.map((name) => [name, "-", false]),
      ),
      null,
      true,
    ),
    "payload_name-64-bytes": readPayload(
      "A name of 64 bytes, the longest, of 32 characters.",
      named(DAY, ["é".repeat(32), value("secret", 0, utf8("-"))]),
      record(null, [["é".repeat(32), "-", true]]),
      null,
      true,
    ),
    "payload_4096-bytes": readPayload(
      "4096 bytes, the longest payload.",
      named(DAY, ["s", value("secret", 0, widest)]),
      record(null, [["s", Buffer.from(widest).toString(), true]]),
      null,
      true,
    ),
    "payload_mark-of-8-bytes": readPayload(
      "A public value of 8 bytes is enough for a mark; the value bytes of the secret are left out.",
      marked,
      record(null, [
        ["p", PUBLIC_TEXT, false],
        ["s", "no", true],
      ]),
      mark(markedPublic),
      true,
    ),
    "payload_mark-none": readPayload(
      "A public value of 7 bytes is too short: the record has no mark.",
      named(DAY, ["p", value("public", 0, utf8("public!"))]),
      record(null, [["p", "public!", false]]),
      null,
      true,
    ),
  };
}

function payloadsRefused() {
  const field = value("public", 0, utf8("x"));
  const sealed = join(0x11, 14, seededBytes("salt", 16), seededBytes("sealed", 109 + 16));
  const shareBytes = seededBytes("share", 126);
  const setId = seededBytes("set id", 4);
  const sharePayload = (/** @type {number} */ sizes, /** @type {number} */ number) =>
    join(0x12, setId, sizes, number, shareBytes);
  const names = Array.from({ length: 33 }, (_, index) => `field ${String(index + 1)}`);
  const longText = utf8("x".repeat(4096 - 9));
  const der = seededBytes("der", 48);
  return {
    payload_empty: malformed("No bytes at all.", "too-short", new Uint8Array()),
    "payload_version-zero": refusedPayload(
      "Version 0 is no payload.",
      "version-zero",
      join(0x00, KRAKEN.slice(1)),
    ),
    "payload_version-newer": refusedPayload(
      "Version 15 was made by a newer keysheet, whatever follows.",
      "version-newer",
      Uint8Array.of(0xf0),
    ),
    "payload_kind-unknown": refusedPayload(
      "Kind 3 of version 1 is unknown.",
      "kind-unknown",
      join(0x13, KRAKEN.slice(1)),
    ),
    "payload_provider-zero": malformed(
      "Provider byte 0x00 is reserved.",
      "provider-zero",
      plain(0, DAY, KEY, SECRET),
    ),
    "payload_provider-newer": refusedPayload(
      "Provider 127, fixed, has no row: made by a newer keysheet.",
      "provider-newer",
      plain(0x7f, DAY, KEY, SECRET),
    ),
    "payload_provider-newer-measured": refusedPayload(
      "Provider 127, measured, has no row: made by a newer keysheet.",
      "provider-newer",
      plain(0xff, DAY, PUBLIC),
    ),
    "payload_day-cut": malformed(
      "The payload ends inside of the day.",
      "too-short",
      Uint8Array.of(0x10, 0x01, 0x09),
    ),
    "payload_fixed-one-byte-short": malformed(
      "A fixed body has exactly the bytes of its row; one is missing.",
      "too-short",
      KRAKEN.slice(0, -1),
    ),
    "payload_fixed-one-byte-over": malformed(
      "A fixed body has exactly the bytes of its row; one is over.",
      "trailing-bytes",
      join(KRAKEN, 0),
    ),
    "payload_named-one-byte-over": malformed(
      "A byte behind the last field of a named body.",
      "trailing-bytes",
      join(named(DAY, ["p", PUBLIC]), 0),
    ),
    "payload_measured-secret-bit": malformed(
      "The secret bit of a measured value is not its row's.",
      "secret-bit",
      plain(0x81, DAY, value("secret", 1, KEY), value("secret", 1, SECRET)),
    ),
    "payload_fields-none": malformed("A named body of no fields.", "field-count", named(DAY)),
    "payload_fields-33": malformed(
      "A named body of 33 fields.",
      "field-count",
      named(DAY, ...names.map((name) => /** @type {const} */ ([name, field]))),
    ),
    "payload_name-twice": malformed(
      "Two fields of one name.",
      "name-repeated",
      named(DAY, ["p", PUBLIC], ["p", field]),
    ),
    "payload_name-empty": malformed("A name of length 0.", "name-invalid", named(DAY, ["", field])),
    "payload_name-65-bytes": malformed(
      "A name of 65 bytes.",
      "name-invalid",
      named(DAY, ["n".repeat(65), field]),
    ),
    "payload_name-control-character": malformed(
      "A tab in a name.",
      "name-invalid",
      named(DAY, ["api\tkey", field]),
    ),
    "payload_name-control-character-c1": malformed(
      "U+0085 in a name, a control character above ASCII.",
      "name-invalid",
      named(DAY, ["api\u0085key", field]),
    ),
    "payload_name-not-utf8": malformed(
      "A name that is not UTF-8.",
      "text-not-utf8",
      plain(0x80, DAY, 1, 1, 0xff, field),
    ),
    "payload_length-not-shortest": malformed(
      "A length of 1 in two bytes.",
      "length-not-shortest",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0x81, 0x00, utf8("x")),
    ),
    "payload_length-four-bytes": malformed(
      "A length of more than three bytes.",
      "length-too-large",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0xff, 0xff, 0xff, 0x01, utf8("x")),
    ),
    "payload_length-past-the-end": malformed(
      "A length that is longer than what is left.",
      "too-short",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0x02, utf8("x")),
    ),
    "payload_4097-bytes": malformed(
      "4097 bytes, one more than a payload may have.",
      "too-long",
      named(DAY, ["s", value("secret", 0, longText)]),
    ),
    "payload_encoding-11": malformedValue(
      "Encoding 11 does not exist in version 1.",
      11,
      utf8("x"),
      "encoding-unknown",
    ),
    "payload_text-surrogate": malformedValue(
      "Text with a surrogate written as three bytes.",
      0,
      Uint8Array.of(0xed, 0xa0, 0x80),
      "text-not-utf8",
    ),
    "payload_text-overlong": malformedValue(
      "Text with a NUL written as two bytes.",
      0,
      Uint8Array.of(0xc0, 0x80),
      "text-not-utf8",
    ),
    "payload_uuid-15-bytes": malformedValue("A UUID of 15 bytes.", 6, seededBytes("uuid", 15)),
    "payload_base62-leading-zero": malformedValue(
      "A base62 number with a zero byte in front.",
      7,
      join(0, base62Bytes("abc")),
    ),
    "payload_base62-first-digit": malformedValue(
      "A base62 number whose first digit is not the 1 that stands in front.",
      7,
      Uint8Array.of(2),
    ),
    "payload_base62-no-bytes": malformedValue("A base62 number of no bytes.", 7, new Uint8Array()),
    "payload_pem-label": malformedValue("PEM with label 6.", 8, join(6, 2, der)),
    "payload_pem-line-end": malformedValue("PEM with line-end byte 4.", 8, join(1, 4, der)),
    "payload_pem-no-der": malformedValue("PEM without DER.", 8, Uint8Array.of(1, 2)),
    "payload_sealed-cost-13": malformed(
      "A sealed payload of cost 13.",
      "cost-out-of-range",
      join(0x11, 13, sealed.slice(2)),
    ),
    "payload_sealed-cost-23": malformed(
      "A sealed payload of cost 23.",
      "cost-out-of-range",
      join(0x11, 23, sealed.slice(2)),
    ),
    "payload_sealed-no-ciphertext": malformed(
      "A sealed payload that ends with its tag where ciphertext should be.",
      "too-short",
      sealed.slice(0, 34),
    ),
    "payload_share-threshold-1": malformed(
      "A share of a set of which one is enough.",
      "share-threshold",
      sharePayload(0x02, 1),
    ),
    "payload_share-threshold-over-count": malformed(
      "A share of a set that needs more shares than it has.",
      "share-threshold",
      sharePayload(0x21, 1),
    ),
    "payload_share-number-0": malformed(
      "Share number 0, where the secret itself would stand.",
      "share-number",
      sharePayload(0x12, 0),
    ),
    "payload_share-number-over-count": malformed(
      "Share 4 of 3.",
      "share-number",
      sharePayload(0x12, 4),
    ),
    "payload_share-no-inner": malformed(
      "A share too short for a check, a blind and a payload.",
      "share-length",
      sharePayload(0x12, 1).slice(0, 7 + 16),
    ),
  };
}

/**
 * The words with some places damaged: null is unreadable, a number is added to the word's index.
 * @param {readonly number[]} indices
 * @param {readonly number[]} wrong
 * @param {readonly number[]} unreadable
 */
function damage(indices, wrong, unreadable) {
  return indices.map((index, place) => {
    if (unreadable.includes(place)) return null;
    if (!wrong.includes(place)) return index;
    const [high = 0, low = 0] = seededBytes(`wrong ${String(place)}`, 2);
    return (index + 1 + ((high * 256 + low) % 2047)) % 2048;
  });
}

/**
 * @param {string} about
 * @param {string} words
 * @param {Uint8Array} payload
 * @param {"standard" | "long"} level
 */
function readWords(
  about,
  words,
  payload,
  level,
  {
    list = "english",
    wrong = [],
    unreadable = [],
  } = /** @type {{ list?: string, wrong?: number[], unreadable?: number[] }} */ ({}),
) {
  return {
    about,
    layer: "words",
    words,
    payload: toHex(payload),
    list,
    level,
    wrong: wrong.map((place) => place + 1),
    unreadable: unreadable.map((place) => place + 1),
  };
}

/**
 * @param {string} about
 * @param {string} words
 */
function refusedWords(about, words, code = "words-damaged", layer = "words") {
  return { about, layer, words, refusal: { code } };
}

function wordsRead() {
  const standard = wordIndices(KRAKEN, 0, "standard");
  const long = wordIndices(KRAKEN, 0, "long");
  const text = wordText(standard, 0);
  const all18 = seededPlaces("18 unreadable", 18, 102);
  const wrong9 = seededPlaces("9 wrong", 9, 102);
  const mixed = seededPlaces("mixed", 13, 102);
  const [wrong5, unreadable8] = [mixed.slice(0, 5), mixed.slice(5)];
  const long30 = seededPlaces("30 unreadable", 30, 114);
  const rows = Array.from({ length: 17 }, (_, row) => {
    const indices = standard.slice(6 * row, 6 * row + 6);
    return `${String(row + 1)}  ${wordText(indices, 0)}  ${rowLetters(row + 1, indices)}`;
  });
  const french = wordText(wordIndices(KRAKEN, FRENCH, "standard"), FRENCH);
  const spanish = wordText(wordIndices(KRAKEN, SPANISH, "standard"), SPANISH);
  const zeroEnd = named(DAY, ["s", value("secret", 4, new Uint8Array(20))]);
  const longest = named(DAY, ["s", value("secret", 0, utf8("kraken ".repeat(400).slice(0, 2393)))]);
  const nine = seededPayloadOfChecks(9);
  /** @param {string} words */
  const cut = (words) =>
    words.replace(/\S+/g, (word) => [...word.normalize("NFC")].slice(0, 4).join(""));
  return {
    "words_all-erasures-bound": readWords(
      "18 words unreadable, as many as a standard sheet of 102 words has spare.",
      wordText(damage(standard, [], all18), 0),
      KRAKEN,
      "standard",
      { unreadable: all18 },
    ),
    "words_all-errors-bound": readWords(
      "9 words wrong, half of the spare ones.",
      wordText(damage(standard, wrong9, []), 0),
      KRAKEN,
      "standard",
      { wrong: wrong9 },
    ),
    "words_mixed-bound": readWords(
      "5 words wrong and 8 unreadable: 2 x 5 + 8 = 18.",
      wordText(damage(standard, wrong5, unreadable8), 0),
      KRAKEN,
      "standard",
      { wrong: wrong5, unreadable: unreadable8 },
    ),
    "words_long-bound": readWords(
      "30 words unreadable on a sheet for long keeping.",
      wordText(damage(long, [], long30), 0),
      KRAKEN,
      "long",
      { unreadable: long30 },
    ),
    "words_check-9": readWords(
      "A payload whose last row is filled by 9 check words.",
      wordText(wordIndices(nine, 0, "standard"), 0),
      nine,
      "standard",
    ),
    "words_payload-ends-in-zeros": readWords(
      "Zero bytes at the end of a payload are told from padding by the check words.",
      wordText(wordIndices(zeroEnd, 0, "standard"), 0),
      zeroEnd,
      "standard",
    ),
    words_2046: readWords(
      "2403 bytes, the longest payload that has words at standard, and 2046 words.",
      wordText(wordIndices(longest, 0, "standard"), 0),
      longest,
      "standard",
    ),
    words_rows: readWords(
      "Rows as they are printed, with row numbers and row letters.",
      rows.join("\n"),
      KRAKEN,
      "standard",
    ),
    words_capitals: readWords("Words in capitals.", text.toUpperCase(), KRAKEN, "standard"),
    "words_first-four-letters": readWords(
      "The first four letters of every word.",
      cut(text),
      KRAKEN,
      "standard",
    ),
    words_accents: readWords(
      "French words with their accents in composed form, as they are printed.",
      french.normalize("NFC"),
      KRAKEN,
      "standard",
      { list: "french" },
    ),
    "words_accents-apart": readWords(
      "Spanish words with their accents as characters of their own.",
      spanish.normalize("NFD"),
      KRAKEN,
      "standard",
      { list: "spanish" },
    ),
    "words_accents-left-out": readWords(
      "French words typed without accents.",
      french.normalize("NFD").replace(/\p{Mark}/gu, ""),
      KRAKEN,
      "standard",
      { list: "french" },
    ),
    "words_accents-first-four-letters": readWords(
      "The first four letters of French words, accents and all.",
      cut(french),
      KRAKEN,
      "standard",
      { list: "french" },
    ),
  };
}

/**
 * A named payload whose words have so many check words.
 * @param {number} check
 */
function seededPayloadOfChecks(check) {
  for (let length = 1; ; length++) {
    const payload = named(DAY, ["s", value("secret", 1, seededBytes("check words", 3 * length))]);
    if (shapeOf(payload.length, "standard").check === check) return payload;
  }
}

function wordsRefused() {
  const standard = wordIndices(KRAKEN, 0, "standard");
  const text = wordText(standard, 0);
  const all19 = seededPlaces("19 unreadable", 19, 102);
  const wrong10 = seededPlaces("10 wrong", 10, 102);
  const mixed = seededPlaces("9 wrong, 1 unreadable", 10, 102);
  // One byte less than 110 leaves 8 padding bits in 80 symbols; the last of them is set here.
  const short = KRAKEN.slice(0, 109);
  const padded = symbolsOf(bitsOf(short)).map((symbol, index) =>
    index === 79 ? symbol ^ 1 : symbol,
  );
  const paddingSet = codeword([...padded, ...checkSymbols(short, 0, "standard")], 18);
  const newer = join(0x20, KRAKEN.slice(1));
  const otherCheck = [...checkSymbols(KRAKEN, 0, "standard")];
  otherCheck[3] = (otherCheck[3] ?? 0) ^ 1;
  return {
    "words_erasures-over-bound": refusedWords(
      "19 words unreadable, one more than are spare.",
      wordText(damage(standard, [], all19), 0),
    ),
    "words_errors-over-bound": refusedWords(
      "10 words wrong.",
      wordText(damage(standard, wrong10, []), 0),
    ),
    "words_mixed-over-bound": refusedWords(
      "9 words wrong and one unreadable: 2 x 9 + 1 = 19.",
      wordText(damage(standard, mixed.slice(1), mixed.slice(0, 1)), 0),
    ),
    "words_zero-padding": refusedWords(
      "A padding bit that is not zero, with check words that hold for the payload before it.",
      wordText(paddingSet, 0),
    ),
    "words_check-one-bit": refusedWords(
      "One bit of the last check word is not the hash's; the spare words fit.",
      wordText(wordIndices(KRAKEN, 0, "standard", otherCheck), 0),
    ),
    "words_check-of-another-list": refusedWords(
      "Check words made for the Japanese list, written in English.",
      wordText(wordIndices(KRAKEN, 0, "standard", checkSymbols(KRAKEN, 1, "standard")), 0),
    ),
    "words_check-of-another-level": refusedWords(
      "Check words made for a long-keeping sheet, on a standard one.",
      wordText(wordIndices(KRAKEN, 0, "standard", checkSymbols(KRAKEN, 0, "long")), 0),
    ),
    "words_row-missing": refusedWords(
      "A row left out: 96 words are a count that sheets have, and no payload.",
      text.split(" ").toSpliced(30, 6).join(" "),
    ),
    "words_one-missing": refusedWords(
      "101 words: no sheet has that many.",
      text.split(" ").slice(0, 101).join(" "),
      "words-count",
    ),
    words_2052: refusedWords(
      "2052 words, a row more than the longest sheet.",
      Array.from({ length: 2052 }, (_, index) => listWords(0)[index % 2048]).join(" "),
      "words-count",
    ),
    words_none: refusedWords(
      "Not one word of any list.",
      "zzxq ".repeat(102).trim(),
      "words-missing",
    ),
    "words_of-a-newer-payload": refusedWords(
      "Words of version 1 that carry a payload of version 2: the words hold, the payload is newer.",
      wordText(wordIndices(newer, 0, "standard"), 0),
      "version-newer",
      "payload",
    ),
  };
}

/**
 * @param {string} about
 * @param {readonly string[]} texts
 * @param {Uint8Array} payload
 */
function readQr(about, texts, payload) {
  return { about, layer: "qr", texts, payload: toHex(payload) };
}

/**
 * @param {string} about
 * @param {readonly string[]} texts
 * @param {string} code
 */
function refusedQr(about, texts, code, layer = "qr") {
  return { about, layer, texts, refusal: { code } };
}

/**
 * A piece with any bytes in it.
 * @param {number} number
 * @param {number} total
 * @param {(Uint8Array | number)[]} bytes
 */
function piece(number, total, ...bytes) {
  return `KEYSHEET1/${String(number)}/${String(total)}/${qrDigits(join(...bytes))}`;
}

const QR_ONE = qrTexts(KRAKEN, 1);
const QR_THREE = qrTexts(KRAKEN, 3);

function qrRead() {
  const [one = ""] = QR_ONE;
  const [first = "", second = "", third = ""] = QR_THREE;
  /** @param {number} length */
  const ofLength = (length) => named(DAY, ["s", value("secret", 0, utf8("q".repeat(length - 9)))]);
  const ninetyNine = ofLength(93);
  return {
    "qr_one-piece": readQr("One code.", QR_ONE, KRAKEN),
    "qr_three-pieces": readQr("Three codes; the last piece is shorter.", QR_THREE, KRAKEN),
    "qr_99-pieces": readQr("99 codes of one byte each.", qrTexts(ninetyNine, 99), ninetyNine),
    "qr_last-group-one-byte": readQr(
      "29 bytes: the last group is one byte in 3 digits.",
      qrTexts(ofLength(23), 1),
      ofLength(23),
    ),
    "qr_last-group-full": readQr(
      "28 bytes: the last group is full, 17 digits.",
      qrTexts(ofLength(22), 1),
      ofLength(22),
    ),
    "qr_lower-case-and-spaces": readQr(
      "Lower case, with spaces and line breaks inside of the digits.",
      [
        one
          .toLowerCase()
          .replace(/(.{5})/g, "$1 ")
          .replace(/(.{48})/g, "$1\r\n"),
      ],
      KRAKEN,
    ),
    "qr_pieces-out-of-order": readQr(
      "The pieces in another order.",
      [third, first, second],
      KRAKEN,
    ),
    "qr_pieces-in-one-text": readQr(
      "All pieces in one text, one a line.",
      [QR_THREE.join("\n")],
      KRAKEN,
    ),
    "qr_pieces-twice": readQr(
      "A piece that was read twice.",
      [first, second, first, third],
      KRAKEN,
    ),
    "qr_text-around": readQr(
      "A code's text with other text before and behind it.",
      [`Scanned on Monday:\n${one}\n(end of code)`],
      KRAKEN,
    ),
  };
}

function qrRefused() {
  const [one = ""] = QR_ONE;
  const [first = "", second = "", third = ""] = QR_THREE;
  const check = qrCheck(KRAKEN);
  const set = check.slice(0, 4);
  const whole = join(KRAKEN, check);
  const other = join(KRAKEN.slice(0, -1), (KRAKEN.at(-1) ?? 0) ^ 1);
  const newer = join(0x20, KRAKEN.slice(1));
  const otherEnd = join(other, check).slice(78);
  const otherSet = join((set[0] ?? 0) ^ 1, set.slice(1));
  return {
    qr_check: refusedQr(
      "One bit of the payload is not the one that was hashed.",
      [piece(1, 1, other, check)],
      "code-check",
    ),
    "qr_check-only": refusedQr(
      "A code of six check bytes.",
      [piece(1, 1, qrCheck(new Uint8Array()))],
      "code-malformed",
    ),
    "qr_version-newer": refusedQr(
      "A code of version 12, made by a newer keysheet.",
      [one.replace("KEYSHEET1/", "KEYSHEET12/")],
      "code-version-newer",
    ),
    "qr_version-zero": refusedQr(
      "Version 0 is no code of ours.",
      [one.replace("KEYSHEET1/", "KEYSHEET0/")],
      "code-missing",
    ),
    "qr_number-zero": refusedQr(
      "Piece 0 of 1 is no piece.",
      [one.replace("/1/1/", "/0/1/")],
      "code-missing",
    ),
    "qr_number-over-total": refusedQr(
      "Piece 2 of 1.",
      [one.replace("/1/1/", "/2/1/")],
      "code-malformed",
    ),
    "qr_total-100": refusedQr("A piece of 100.", [one.replace("/1/1/", "/1/100/")], "code-missing"),
    "qr_digit-missing": refusedQr(
      "The last digit is cut off: no group has 9 digits.",
      [qrTexts(KRAKEN, 1).join("").slice(0, -1)],
      "code-malformed",
    ),
    "qr_group-over-range": refusedQr(
      "A group of 17 digits that is more than 7 bytes hold.",
      [one.replace(/\/[0-9]{17}/, "/72057594037927936")],
      "code-malformed",
    ),
    "qr_last-group-over-range": refusedQr(
      "A last group of 3 digits that is more than one byte holds.",
      ["KEYSHEET1/1/1/256"],
      "code-malformed",
    ),
    "qr_piece-missing": refusedQr("Two pieces of three.", [first, third], "code-pieces-missing"),
    "qr_pieces-of-two-sheets": refusedQr(
      "Pieces of two sheets: neither is whole.",
      [first, second, qrTexts(other, 3)[2] ?? ""],
      "code-pieces-missing",
    ),
    "qr_pieces-of-another-check": refusedQr(
      "Pieces that agree on four check bytes which are not those of the payload.",
      [piece(1, 2, otherSet, whole.slice(0, 58)), piece(2, 2, otherSet, whole.slice(58))],
      "code-check",
    ),
    "qr_pieces-disagree": refusedQr(
      "Two different pieces of one number and one set, the right one first.",
      [third, piece(3, 3, set, otherEnd), first, second],
      "code-pieces-mixed",
    ),
    "qr_pieces-disagree-other-way-round": refusedQr(
      "Two different pieces of one number and one set, the right one last.",
      [piece(3, 3, set, otherEnd), third, first, second],
      "code-pieces-mixed",
    ),
    "qr_pieces-cut-unevenly": refusedQr(
      "Pieces that hold the payload, cut elsewhere than the format says.",
      [piece(1, 2, set, whole.slice(0, 50)), piece(2, 2, set, whole.slice(50))],
      "code-malformed",
    ),
    "qr_piece-empty": refusedQr(
      "A piece of its four check bytes and nothing else.",
      [piece(1, 2, set, whole), piece(2, 2, set)],
      "code-malformed",
    ),
    "qr_of-a-newer-payload": refusedQr(
      "A code of version 1 that carries a payload of version 2.",
      qrTexts(newer, 1),
      "version-newer",
      "payload",
    ),
  };
}

/**
 * File name to text, in the order of the names.
 * @returns {Map<string, string>}
 */
export function makeVectors() {
  const vectors = {
    ...payloadsRead(),
    ...payloadsRefused(),
    ...wordsRead(),
    ...wordsRefused(),
    ...qrRead(),
    ...qrRefused(),
  };
  const files = new Map(
    Object.entries(vectors).map(([name, vector]) => [
      `${name}.json`,
      `${JSON.stringify(vector, null, 1)}\n`,
    ]),
  );
  return new Map([...files.keys()].sort().map((name) => [name, files.get(name) ?? ""]));
}

const FOLDER = fileURLToPath(new URL("../../fixtures/vectors/v1/", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) rmSync(`${FOLDER}${name}`);
  for (const [name, text] of makeVectors()) writeFileSync(`${FOLDER}${name}`, text);
}
