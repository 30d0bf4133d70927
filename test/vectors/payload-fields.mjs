// @ts-check
/**
 * Vectors of the layer payload that are refused: every field of every kind below its range, above it,
 * cut, and with something behind it, as the table of fields in FORMAT.md names them.
 */
import { join, named, plain, sizesByte, utf8, value } from "./paper-format.mjs";
import { malformed, malformedValue, refusedPayload } from "./payload-vectors.mjs";
import { DAY, KEY, KRAKEN, seededBytes } from "./samples.mjs";

const SALT = seededBytes("salt", 16);
const SEALED = join(0x11, 14, SALT, seededBytes("sealed", 109 + 16));
const SHARE = join(
  0x12,
  seededBytes("set id", 4),
  sizesByte({ threshold: 2, count: 3 }),
  1,
  seededBytes("share", 126),
);

/**
 * The payload with other bytes from an offset on.
 * @param {Uint8Array} payload
 * @param {number} offset
 * @param {number[]} bytes
 */
function changed(payload, offset, ...bytes) {
  return join(payload.slice(0, offset), ...bytes, payload.slice(offset + bytes.length));
}

function firstBytesRefused() {
  return {
    "payload_version-2": refusedPayload(
      "Version 2, the first one that was made by a newer keysheet.",
      "version-newer",
      join(0x20, KRAKEN.slice(1)),
    ),
    "payload_kind-unknown-last": refusedPayload(
      "Kind 15 of version 1 is unknown.",
      "kind-unknown",
      join(0x1f, KRAKEN.slice(1)),
    ),
    "payload_kind-unknown-alone": refusedPayload(
      "Kind 3 with nothing behind it is unknown too, and not too short.",
      "kind-unknown",
      Uint8Array.of(0x13),
    ),
    "payload_4097-bytes-newer": refusedPayload(
      "A longer payload of a newer version is newer, and not too long.",
      "version-newer",
      join(0x20, seededBytes("newer", 4096)),
    ),
    "payload_4097-bytes-sealed": malformed(
      "A sealed payload of 4097 bytes.",
      "too-long",
      join(0x11, 14, SALT, seededBytes("sealed", 4097 - 18)),
    ),
    "payload_4097-bytes-share": malformed(
      "A share of 4097 bytes.",
      "too-long",
      join(SHARE.slice(0, 7), seededBytes("share", 4097 - 7)),
    ),
  };
}

function plainRefused() {
  const field = value("public", 0, utf8("x"));
  const one = named(DAY, ["p", field]);
  const first = value("public", 1, KEY);
  const measured = plain(0x81, DAY, first, value("secret", 0, utf8("x")));
  return {
    "payload_provider-missing": malformed(
      "A plain payload that ends before its provider.",
      "too-short",
      KRAKEN.slice(0, 1),
    ),
    "payload_day-missing": malformed(
      "A plain payload that ends before its day.",
      "too-short",
      KRAKEN.slice(0, 2),
    ),
    "payload_fixed-missing": malformed(
      "A fixed body of no bytes.",
      "too-short",
      KRAKEN.slice(0, 4),
    ),
    "payload_fixed-first-field-cut": malformed(
      "A fixed body that ends inside of its first field.",
      "too-short",
      KRAKEN.slice(0, 4 + 41),
    ),
    "payload_fixed-second-field-missing": malformed(
      "A fixed body that ends behind its first field.",
      "too-short",
      KRAKEN.slice(0, 4 + 42),
    ),
    "payload_measured-missing": malformed(
      "A measured body of no bytes.",
      "too-short",
      plain(0x81, DAY),
    ),
    "payload_measured-second-field-missing": malformed(
      "A measured body with the first of two fields.",
      "too-short",
      plain(0x81, DAY, first),
    ),
    "payload_measured-one-byte-over": malformed(
      "A byte behind the last field of a measured body.",
      "trailing-bytes",
      join(measured, 0),
    ),
    "payload_measured-secret-bit-public": malformed(
      "A secret field of a measured body that says it is public.",
      "secret-bit",
      plain(0x81, DAY, first, value("public", 0, utf8("x"))),
    ),
    "payload_measured-secret-bit-absent": malformed(
      "The secret bit of an absent field is not its row's.",
      "secret-bit",
      plain(0x81, DAY, value("secret", 0, new Uint8Array()), value("secret", 0, utf8("x"))),
    ),
    "payload_measured-encoding-11": malformed(
      "Encoding 11 in a measured body.",
      "encoding-unknown",
      plain(0x81, DAY, value("public", 11, KEY), value("secret", 0, utf8("x"))),
    ),
    "payload_fields-missing": malformed(
      "A named body that ends before its count.",
      "too-short",
      plain(0x80, DAY),
    ),
    "payload_fields-255": malformed(
      "A named body of 255 fields.",
      "field-count",
      changed(one, 4, 255),
    ),
    "payload_fields-fewer": malformed(
      "A count of two fields and one field.",
      "too-short",
      changed(one, 4, 2),
    ),
    "payload_fields-more": malformed(
      "A count of one field and two fields.",
      "trailing-bytes",
      changed(named(DAY, ["p", field], ["q", field]), 4, 1),
    ),
    "payload_name-length-missing": malformed(
      "A named body that ends before the length of a name.",
      "too-short",
      one.slice(0, 5),
    ),
    "payload_name-cut": malformed(
      "A named body that ends inside of a name.",
      "too-short",
      plain(0x80, DAY, 1, 3, utf8("ap")),
    ),
    "payload_name-not-utf8-cut": malformed(
      "A name whose last character is cut.",
      "text-not-utf8",
      plain(0x80, DAY, 1, 1, 0xc3, field),
    ),
    "payload_name-delete": malformed(
      "U+007F in a name.",
      "name-invalid",
      named(DAY, ["api\u007fkey", field]),
    ),
    "payload_name-zero": malformed(
      "U+0000 in a name.",
      "name-invalid",
      named(DAY, ["\u0000", field]),
    ),
    "payload_form-missing": malformed(
      "A named body that ends before a form.",
      "too-short",
      one.slice(0, 7),
    ),
    "payload_encoding-127": malformedValue(
      "Encoding 127, the highest number.",
      127,
      utf8("x"),
      "encoding-unknown",
    ),
    "payload_length-missing": malformed(
      "A named body that ends before a length.",
      "too-short",
      one.slice(0, 8),
    ),
    "payload_length-cut": malformed(
      "A length whose first byte says that another follows, and none does.",
      "too-short",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0x81),
    ),
    "payload_length-not-shortest-three": malformed(
      "A length of 128 in three bytes.",
      "length-not-shortest",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0x80, 0x81, 0x00, new Uint8Array(128)),
    ),
    "payload_length-not-shortest-zero": malformed(
      "A length of 0 in two bytes.",
      "length-not-shortest",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0x80, 0x00),
    ),
    "payload_length-three-bytes": malformed(
      "A length of three bytes is always more than a payload has left.",
      "too-short",
      plain(0x80, DAY, 1, 1, utf8("p"), 0x00, 0x80, 0x80, 0x01, utf8("x".repeat(500))),
    ),
    "payload_value-missing": malformed(
      "A named body that ends before the bytes of a value.",
      "too-short",
      one.slice(0, 9),
    ),
  };
}

function valuesRefused() {
  const der = seededBytes("der", 48);
  return {
    "payload_text-cut": malformedValue(
      "Text whose last character is cut.",
      0,
      Uint8Array.of(0x61, 0xe2, 0x98),
      "text-not-utf8",
    ),
    "payload_text-latin-1": malformedValue(
      "Text in ISO 8859-1.",
      0,
      Uint8Array.of(0x5a, 0x6f, 0xeb),
      "text-not-utf8",
    ),
    "payload_text-over-unicode": malformedValue(
      "Text with a character above U+10FFFF.",
      0,
      Uint8Array.of(0xf4, 0x90, 0x80, 0x80),
      "text-not-utf8",
    ),
    "payload_uuid-17-bytes": malformedValue("A UUID of 17 bytes.", 6, seededBytes("uuid", 17)),
    "payload_uuid-no-bytes": malformedValue("A UUID of no bytes.", 6, new Uint8Array()),
    "payload_base62-zero": malformedValue("The base62 number 0.", 7, Uint8Array.of(0)),
    "payload_base62-first-digit-of-two": malformedValue(
      "A base62 number of two digits, the first of them a 2.",
      7,
      Uint8Array.of(2 * 62 + 5),
    ),
    "payload_pem-no-bytes": malformedValue("PEM of no bytes.", 8, new Uint8Array()),
    "payload_pem-label-0": malformedValue("PEM with label 0.", 8, join(0, 2, der)),
    "payload_pem-label-alone": malformedValue(
      "PEM that ends behind its label.",
      8,
      Uint8Array.of(1),
    ),
    "payload_pem-line-end-255": malformedValue("PEM with line-end byte 255.", 8, join(1, 255, der)),
  };
}

function sealedRefused() {
  const about = {
    "payload_sealed-cost-missing": ["before its cost", 1],
    "payload_sealed-salt-missing": ["before its salt", 2],
    "payload_sealed-salt-cut": ["inside of its salt", 17],
    "payload_sealed-ciphertext-missing": ["behind its salt", 18],
    "payload_sealed-tag-cut": ["with fewer bytes than a tag behind its salt", 18 + 15],
  };
  return {
    ...Object.fromEntries(
      Object.entries(about).map(([name, [where, length]]) => [
        name,
        malformed(
          `A sealed payload that ends ${String(where)}.`,
          "too-short",
          SEALED.slice(0, Number(length)),
        ),
      ]),
    ),
    "payload_sealed-cost-0": malformed(
      "A sealed payload of cost 0.",
      "cost-out-of-range",
      changed(SEALED, 1, 0),
    ),
    "payload_sealed-cost-255": malformed(
      "A sealed payload of cost 255.",
      "cost-out-of-range",
      changed(SEALED, 1, 255),
    ),
    "payload_sealed-cost-23-short": malformed(
      "A cost out of range is refused before what follows it is looked at.",
      "cost-out-of-range",
      Uint8Array.of(0x11, 23),
    ),
  };
}

function shareRefused() {
  const about = {
    "payload_share-set-id-missing": ["before its set id", 1],
    "payload_share-set-id-cut": ["inside of its set id", 4],
    "payload_share-threshold-missing": ["before its threshold and count", 5],
    "payload_share-number-missing": ["before its number", 6],
  };
  return {
    ...Object.fromEntries(
      Object.entries(about).map(([name, [where, length]]) => [
        name,
        malformed(
          `A share that ends ${String(where)}.`,
          "too-short",
          SHARE.slice(0, Number(length)),
        ),
      ]),
    ),
    "payload_share-threshold-1-of-1": malformed(
      "A share of a set of one.",
      "share-threshold",
      changed(SHARE, 5, 0x00),
    ),
    "payload_share-threshold-16-of-15": malformed(
      "A share of a set that needs 16 of 15.",
      "share-threshold",
      changed(SHARE, 5, 0xfe),
    ),
    "payload_share-number-17": malformed(
      "Share 17 of 16.",
      "share-number",
      changed(SHARE, 5, 0x1f, 17),
    ),
    "payload_share-number-255": malformed(
      "Share 255 of 3.",
      "share-number",
      changed(SHARE, 6, 255),
    ),
    "payload_share-bytes-missing": malformed(
      "A share of no share bytes.",
      "share-length",
      SHARE.slice(0, 7),
    ),
  };
}

export function payloadFieldsRefused() {
  return {
    ...firstBytesRefused(),
    ...plainRefused(),
    ...valuesRefused(),
    ...sealedRefused(),
    ...shareRefused(),
  };
}
