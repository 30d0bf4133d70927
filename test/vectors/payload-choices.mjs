// @ts-check
/** Vectors of the layer payload that are read: one for every choice that the format leaves open. */
import { mark, named, plain, sizesByte, toHex, utf8, value, join } from "./paper-format.mjs";
import { base62Bytes, oneValue, pem, readPayload } from "./payload-vectors.mjs";
import { base64, DAY, KEY, KRAKEN, KRAKEN_RECORD, record, seededBytes } from "./samples.mjs";

/** A value of each encoding that no other holds in as few bytes. */
function encodingsRead() {
  const uuid = seededBytes("uuid 16", 16);
  const [a, b, c, d, e] = [0, 4, 6, 8, 10].map((from, index) =>
    toHex(uuid.slice(from, [4, 6, 8, 10, 16][index])),
  );
  const url = Uint8Array.of(0xfb, 0xff, ...seededBytes("url", 9));
  const plus = Uint8Array.of(0xfb, 0xff, ...seededBytes("plus", 9));
  const base32 = seededBytes("base32", 11);
  const text = utf8("Zoë ☂ 🔑");
  return {
    "payload_encoding-0-text": oneValue(
      "Encoding 0: text in UTF-8, of characters of one to four bytes.",
      0,
      text,
      "Zoë ☂ 🔑",
      true,
    ),
    "payload_encoding-1-base64": oneValue(
      "Encoding 1: base64 with padding.",
      1,
      plus,
      base64(plus),
      true,
    ),
    "payload_encoding-2-base64-no-padding": oneValue(
      "Encoding 2: base64 that has lost its padding.",
      2,
      plus,
      base64(plus).replaceAll("=", ""),
      true,
    ),
    "payload_encoding-3-base64url": oneValue(
      "Encoding 3: base64url without padding.",
      3,
      url,
      Buffer.from(url).toString("base64url"),
      true,
    ),
    "payload_encoding-4-hex-lower": oneValue(
      "Encoding 4: hex in lower case.",
      4,
      seededBytes("hex", 32),
      toHex(seededBytes("hex", 32)),
      true,
    ),
    "payload_encoding-5-hex-upper": oneValue(
      "Encoding 5: hex in upper case.",
      5,
      seededBytes("hex", 32),
      toHex(seededBytes("hex", 32)).toUpperCase(),
      true,
    ),
    "payload_encoding-6-uuid": oneValue(
      "Encoding 6: a UUID in lower case.",
      6,
      uuid,
      [a, b, c, d, e].join("-"),
      true,
    ),
    "payload_encoding-7-base62": oneValue(
      "Encoding 7: letters and digits of both cases, as one number.",
      7,
      base62Bytes("Zz9kQ0aB7cXw2pLmN4vT6"),
      "Zz9kQ0aB7cXw2pLmN4vT6",
      true,
    ),
    "payload_encoding-8-pem": oneValue(
      "Encoding 8: PEM.",
      8,
      join(1, 2, seededBytes("pem", 100)),
      pem("PRIVATE KEY", base64(seededBytes("pem", 100)), "\n", "\n"),
      true,
    ),
    "payload_encoding-9-hex-0x": oneValue(
      "Encoding 9: 0x and hex in lower case.",
      9,
      seededBytes("hex", 20),
      `0x${toHex(seededBytes("hex", 20))}`,
      true,
    ),
    "payload_encoding-10-base32": oneValue(
      "Encoding 10: base32 in capitals, without padding.",
      10,
      base32,
      base32Text(base32),
      true,
    ),
    "payload_encoding-0-unused-bits": oneValue(
      "Base64 whose unused last bits are not zero is no base64 of any bytes and stays text.",
      0,
      utf8("+/9="),
      "+/9=",
      true,
    ),
    "payload_encoding-0-hex-of-both-cases": oneValue(
      "Hex of both cases, with colons, is held by no encoding but text.",
      0,
      utf8("DE:AD:be:ef"),
      "DE:AD:be:ef",
      true,
    ),
  };
}

/**
 * RFC 4648 section 6, without padding.
 * @param {Uint8Array} bytes
 */
function base32Text(bytes) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[parseInt(group.padEnd(5, "0"), 2)]).join("");
}

function pemRead() {
  const labels = [
    "PRIVATE KEY",
    "EC PRIVATE KEY",
    "RSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "PUBLIC KEY",
  ];
  const der = seededBytes("der of a label", 50);
  const one = Uint8Array.of(0x30);
  const lineEnds = /** @type {const} */ ([
    ["\n", "", "line feeds, none behind the last line"],
    ["\r\n", "", "CRLF, none behind the last line"],
    ["\n", "\n", "line feeds, also behind the last line"],
    ["\r\n", "\r\n", "CRLF, also behind the last line"],
  ]);
  return {
    ...Object.fromEntries(
      labels.map((label, index) => [
        `payload_pem-label-${String(index + 1)}`,
        oneValue(
          `PEM label ${String(index + 1)}: ${label}.`,
          8,
          join(index + 1, 2, der),
          pem(label, base64(der), "\n", "\n"),
          true,
        ),
      ]),
    ),
    ...Object.fromEntries(
      lineEnds.map(([lineEnd, last, what], byte) => [
        `payload_pem-line-end-${String(byte)}`,
        oneValue(
          `PEM line-end byte ${String(byte)}: ${what}.`,
          8,
          join(1, byte, der),
          pem("PRIVATE KEY", base64(der), lineEnd, last),
          true,
        ),
      ]),
    ),
    "payload_pem-one-byte": oneValue(
      "PEM of one byte of DER, the shortest.",
      8,
      join(1, 2, one),
      pem("PRIVATE KEY", base64(one), "\n", "\n"),
      true,
    ),
  };
}

function bodiesRead() {
  const futuresSecret = seededBytes("futures secret", 66);
  const futures = plain(2, DAY, KEY, futuresSecret);
  const text = utf8("not base64 at all!");
  const measured = plain(0x82, DAY, value("public", 1, KEY), value("secret", 0, text));
  const empty = value("public", 0, new Uint8Array());
  const absent = plain(0x81, DAY, empty, value("secret", 0, new Uint8Array()));
  const secretOnly = plain(0x81, DAY, empty, value("secret", 0, text));
  const futuresRecord = record("kraken-futures", [
    ["key", base64(KEY), false],
    ["secret", base64(futuresSecret), true],
  ]);
  return {
    "payload_kraken-futures": readPayload(
      "A Kraken Futures key in the fixed form of its row.",
      futures,
      futuresRecord,
      mark(futures.slice(0, 46)),
      true,
    ),
    "payload_kraken-futures-measured": readPayload(
      "A Kraken Futures key whose secret is not what the row says, in the measured form.",
      measured,
      record("kraken-futures", [
        ["key", base64(KEY), false],
        ["secret", "not base64 at all!", true],
      ]),
      mark(measured.slice(0, measured.length - text.length)),
      true,
    ),
    "payload_measured-where-fixed-fits": readPayload(
      "A measured body is read where a fixed one would fit; it is not what is written.",
      plain(
        0x81,
        DAY,
        value("public", 1, KEY),
        value("secret", 1, seededBytes("kraken secret", 64)),
      ),
      KRAKEN_RECORD,
      mark(join(plain(0x81, DAY, value("public", 1, KEY)), 0x81, 64)),
      false,
    ),
    "payload_measured-secret-alone": readPayload(
      "A measured body whose public field is absent.",
      secretOnly,
      record("kraken-spot", [["secret", "not base64 at all!", true]]),
      null,
      true,
    ),
    "payload_measured-all-absent": readPayload(
      "Eight bytes, the shortest plain payload: a row of which every field is absent.",
      absent,
      record("kraken-spot", []),
      null,
      true,
    ),
    "payload_named-shortest": readPayload(
      "Nine bytes, the shortest named body: one field, a name of one byte, no value.",
      named(DAY, ["k", empty]),
      record(null, [["k", "", false]]),
      null,
      true,
    ),
    "payload_name-not-normalised": readPayload(
      "A reader leaves a name as it is, also one that is not NFC.",
      named(DAY, ["cle\u0301", value("secret", 0, utf8("-"))]),
      record(null, [["cle\u0301", "-", true]]),
      null,
      true,
    ),
    "payload_names-of-one-case": readPayload(
      "Names that differ in case, or in normalisation, are different names.",
      named(
        DAY,
        ["key", value("secret", 0, utf8("1"))],
        ["Key", value("secret", 0, utf8("2"))],
        ["cl\u00e9", value("secret", 0, utf8("3"))],
        ["cle\u0301", value("secret", 0, utf8("4"))],
      ),
      record(null, [
        ["key", "1", true],
        ["Key", "2", true],
        ["cl\u00e9", "3", true],
        ["cle\u0301", "4", true],
      ]),
      null,
      true,
    ),
    "payload_name-of-an-object": readPayload(
      "A name that programs use for their own, as __proto__, is a name like any other.",
      named(
        DAY,
        ["__proto__", value("secret", 0, utf8("-"))],
        ["constructor", value("public", 0, utf8("."))],
      ),
      record(null, [
        ["__proto__", "-", true],
        ["constructor", ".", false],
      ]),
      null,
      true,
    ),
    "payload_day-first": readPayload(
      "Day 0, the first one, is 2020-01-01.",
      plain(1, 0, KRAKEN.slice(4)),
      { ...KRAKEN_RECORD, day: 0 },
      mark(plain(1, 0, KEY)),
      true,
    ),
    "payload_text-with-controls": oneValue(
      "Control characters in a value, also U+0000, are characters like any other.",
      0,
      utf8("a\u0000b\r\n\t\u0085"),
      "a\u0000b\r\n\t\u0085",
      true,
    ),
  };
}

/**
 * A sealed payload or a share, of which this layer reads the head.
 * @param {string} about
 * @param {Uint8Array} payload
 * @param {object} head
 */
function readHead(about, payload, head) {
  return { about, layer: "payload", payload: toHex(payload), head, mark: mark(payload) };
}

/**
 * @param {number} cost
 * @param {number} length of the ciphertext
 */
function sealedHead(cost, length) {
  return join(0x11, cost, seededBytes("salt of a head", 16), seededBytes("sealed", length + 16));
}

/**
 * @param {number} threshold
 * @param {number} count
 * @param {number} number
 * @param {number} length of the share bytes
 */
function shareHead(threshold, count, number, length) {
  const setId = seededBytes("set of a head", 4);
  const bytes = seededBytes("share of a head", length);
  return {
    payload: join(0x12, setId, sizesByte({ threshold, count }), number, bytes),
    head: { kind: "share", set: toHex(setId), threshold, count, number },
  };
}

function headsRead() {
  const sealedSizes = /** @type {const} */ ([
    ["payload_sealed-cost-14", "The lowest cost.", 14, 109],
    ["payload_sealed-cost-22", "The highest cost.", 22, 109],
    ["payload_sealed-shortest", "35 bytes, the shortest sealed payload: one of ciphertext.", 14, 1],
    ["payload_sealed-4096-bytes", "4096 bytes, the longest sealed payload.", 14, 4096 - 34],
  ]);
  const shareSizes = /** @type {const} */ ([
    ["payload_share-2-of-2", "The lowest threshold and count.", 2, 2, 1, 126],
    ["payload_share-16-of-16", "The highest threshold, count and number.", 16, 16, 16, 126],
    ["payload_share-2-of-16", "The lowest threshold of the highest count.", 2, 16, 1, 126],
    ["payload_share-shortest", "24 bytes, the shortest share: 17 of the splitting.", 2, 3, 2, 17],
    ["payload_share-4096-bytes", "4096 bytes, the longest share.", 2, 3, 3, 4096 - 7],
  ]);
  return {
    ...Object.fromEntries(
      sealedSizes.map(([name, about, cost, length]) => [
        name,
        readHead(about, sealedHead(cost, length), { kind: "sealed", cost }),
      ]),
    ),
    ...Object.fromEntries(
      shareSizes.map(([name, about, threshold, count, number, length]) => {
        const { payload, head } = shareHead(threshold, count, number, length);
        return [name, readHead(about, payload, head)];
      }),
    ),
  };
}

export function payloadChoicesRead() {
  return { ...encodingsRead(), ...pemRead(), ...bodiesRead(), ...headsRead() };
}
