// @ts-check
/** Vectors of the layer payload: bytes to a record, or what is wrong with them. */
import { join, mark, named, plain, toHex, utf8, value } from "./paper-format.mjs";
import {
  DAY,
  seededBytes,
  KEY,
  SECRET,
  KRAKEN,
  base64,
  record,
  KRAKEN_RECORD,
  PUBLIC_TEXT,
  PUBLIC,
} from "./samples.mjs";

/**
 * A named payload of one secret value, with the record that it must give. Its mark: none.
 * @param {string} about
 * @param {number} encoding
 * @param {Uint8Array} bytes
 * @param {string} text
 * @param {boolean} prescribed
 */
export function oneValue(about, encoding, bytes, text, prescribed) {
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
export function readPayload(about, payload, holds, itsMark, prescribed) {
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
export function malformed(about, fault, payload) {
  const refusal = { code: "payload-malformed", fault };
  return { about, layer: "payload", payload: toHex(payload), refusal };
}

/**
 * A named payload of one secret value that no encoder writes.
 * @param {string} about
 * @param {number} encoding
 * @param {Uint8Array} bytes
 */
export function malformedValue(about, encoding, bytes, fault = "value-malformed") {
  return malformed(about, fault, named(DAY, ["s", value("secret", encoding, bytes)]));
}

/**
 * @param {string} about
 * @param {string} code
 * @param {Uint8Array} payload
 */
export function refusedPayload(about, code, payload) {
  return { about, layer: "payload", payload: toHex(payload), refusal: { code } };
}

/**
 * The base62 encoding of FORMAT.md.
 * @param {string} text
 */
export function base62Bytes(text) {
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
export function pem(label, der, lineEnd, last) {
  const lines = der.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join(lineEnd) + last;
}

export function payloadsRead() {
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

export function payloadsRefused() {
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
    "payload_fixed-absent": malformed(
      "A fixed body of a row whose fields vary in length: OKX.",
      "fixed-absent",
      plain(7, DAY, seededBytes("okx", 40)),
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
