// @ts-check
/** Vectors of the provider table's rows: a key of each provider, in the body that the format prescribes. */
import { join, mark, plain, toHex, utf8, value } from "./paper-format.mjs";
import { base62Bytes, pem, readPayload } from "./payload-vectors.mjs";
import { DAY, base64, record, seededBytes } from "./samples.mjs";

/** @typedef {{ name: string, isSecret: boolean, text: string, encoding: number, bytes: Uint8Array }} Part */

/** @param {number} encoding @param {string} text @param {Uint8Array} bytes */
function part(encoding, text, bytes) {
  return (/** @type {string} */ name, isSecret = true) => ({
    name,
    isSecret,
    text,
    encoding,
    bytes,
  });
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** @param {string} seed @param {number} length */
function base62(seed, length) {
  const text = [...seededBytes(seed, length)].map((byte) => BASE62.charAt(byte % 62)).join("");
  return part(7, text, base62Bytes(text));
}

/** @param {string} seed @param {number} length */
function base64url(seed, length) {
  const bytes = seededBytes(seed, length);
  return part(3, Buffer.from(bytes).toString("base64url"), bytes);
}

/** @param {string} seed @param {number} length */
function base64Of(seed, length) {
  const bytes = seededBytes(seed, length);
  return part(1, base64(bytes), bytes);
}

/** @param {string} seed @param {number} length */
function hex(seed, length, encoding = 4) {
  const bytes = seededBytes(seed, length);
  const digits = toHex(bytes);
  const text = encoding === 5 ? digits.toUpperCase() : encoding === 9 ? `0x${digits}` : digits;
  return part(encoding, text, bytes);
}

/** @param {string} seed */
function uuid(seed) {
  const bytes = seededBytes(seed, 16);
  const text = toHex(bytes).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  return part(6, text, bytes);
}

/** @param {string} text */
function text(text) {
  return part(0, text, utf8(text));
}

/**
 * A text that base64url holds in fewer bytes than text does.
 * @param {string} text
 */
function urlText(text) {
  return part(3, text, new Uint8Array(Buffer.from(text, "base64url")));
}

/** @param {number} label @param {string} name @param {Uint8Array} der */
function pemOf(label, name, der) {
  return part(8, pem(name, base64(der), "\n", "\n"), join(label, 2, der));
}

/** @param {string} seed */
function base32(seed) {
  const bits = [...seededBytes(seed, 10)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{5}/g) ?? [];
  const told = digits.map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(parseInt(five, 2)));
  return part(10, told.join(""), seededBytes(seed, 10));
}

/** @param {string} prefix @param {Part} rest */
function behind(prefix, rest) {
  return { ...rest, text: prefix + rest.text };
}

/**
 * A key in the fixed body of its row.
 * @param {number} number
 * @param {string} id
 * @param {readonly Part[]} parts
 */
function fixed(number, id, ...parts) {
  const isPublic = parts.some(({ isSecret, bytes }) => !isSecret && bytes.length >= 8);
  const told = parts.flatMap(({ isSecret, bytes }) => (isSecret ? [] : [bytes]));
  return readPayload(
    `A key of ${id} in the fixed form of its row.`,
    plain(number, DAY, ...parts.map(({ bytes }) => bytes)),
    record(
      id,
      parts.map(({ name, text: itsText, isSecret }) => [name, itsText, isSecret]),
    ),
    isPublic ? mark(plain(number, DAY, ...told)) : null,
    true,
  );
}

/**
 * Of encodings that hold a text of letters and digits the one with the fewest bytes, then the lowest.
 * @param {Part} given
 * @returns {Part}
 */
function shortest(given) {
  if (given.encoding !== 7) return given;
  const others = /** @type {const} */ ([
    [1, "base64", given.text.length % 4 === 0],
    [2, "base64url", given.text.length % 4 !== 0],
  ]).flatMap(([encoding, name, isOf]) => {
    const bytes = new Uint8Array(Buffer.from(given.text, name));
    const isSame = Buffer.from(bytes).toString(name) === given.text;
    return isOf && isSame ? [{ ...given, encoding, bytes }] : [];
  });
  return [...others, given].reduce((best, each) =>
    each.bytes.length < best.bytes.length ? each : best,
  );
}

/**
 * A key in the measured body of its row.
 * @param {number} number
 * @param {string} id
 * @param {readonly Part[]} given
 */
function measured(number, id, ...given) {
  const parts = given.map(shortest);
  const isPublic = parts.some(({ isSecret, bytes }) => !isSecret && bytes.length >= 8);
  const whole = parts.map(({ isSecret, encoding, bytes }) =>
    value(isSecret ? "secret" : "public", encoding, bytes),
  );
  const told = parts.map(({ isSecret, bytes }, index) => {
    const all = whole[index] ?? bytes;
    return isSecret ? all.slice(0, all.length - bytes.length) : all;
  });
  return readPayload(
    `A key of ${id} that no fixed form holds: it is measured.`,
    plain(0x80 + number, DAY, ...whole),
    record(
      id,
      parts.flatMap(({ name, text: itsText, isSecret }) =>
        itsText === "" ? [] : [[name, itsText, isSecret]],
      ),
    ),
    isPublic ? mark(plain(0x80 + number, DAY, ...told)) : null,
    true,
  );
}

const none = text("");

export function providersRead() {
  const cdpName = utf8(
    "0e3b8a52-9d14-4c6f-8a71-5f20c9be7d36/apiKeys/4f1c2b7a-63d8-4e95-b0a2-8c7d9e1f3a54",
  );
  const ed25519 = join(
    Uint8Array.from(Buffer.from("302e020100300506032b657004220420", "hex")),
    seededBytes("ed25519", 32),
  );
  return {
    payload_binance: fixed(
      3,
      "binance",
      base62("binance key", 64)("key", false),
      base62("binance secret", 64)("secret"),
    ),
    "payload_binance-self-generated": fixed(
      4,
      "binance-self-generated",
      base62("binance key 2", 64)("key", false),
      pemOf(1, "PRIVATE KEY", ed25519)("privateKey"),
    ),
    "payload_binance-self-generated-rsa": measured(
      4,
      "binance-self-generated",
      base62("binance key 3", 64)("key", false),
      pemOf(1, "PRIVATE KEY", seededBytes("rsa", 1190))("privateKey"),
    ),
    "payload_coinbase-cdp": fixed(
      5,
      "coinbase-cdp",
      behind("organizations/", part(0, Buffer.from(cdpName).toString(), cdpName)("name", false)),
      pemOf(2, "EC PRIVATE KEY", seededBytes("sec1", 121))("privateKey"),
    ),
    "payload_coinbase-cdp-ed25519": measured(
      6,
      "coinbase-cdp-ed25519",
      uuid("cdp id")("id", false),
      base64Of("cdp secret", 64)("privateKey"),
    ),
    payload_okx: measured(
      7,
      "okx",
      uuid("okx key")("key", false),
      hex("okx secret", 16, 5)("secret"),
      text("Not-Real_passphrase")("passphrase"),
    ),
    payload_bybit: measured(
      8,
      "bybit",
      base62("bybit key", 18)("key", false),
      base62("bybit secret", 36)("secret"),
    ),
    payload_kucoin: measured(
      9,
      "kucoin",
      hex("kucoin key", 12)("key", false),
      uuid("kucoin secret")("secret"),
      text("not real!")("passphrase"),
      text("2")("version", false),
    ),
    "payload_kucoin-without-version": measured(
      9,
      "kucoin",
      hex("kucoin key 2", 12)("key", false),
      uuid("kucoin secret 2")("secret"),
      text("not real!")("passphrase"),
      none("version", false),
    ),
    payload_bitfinex: fixed(
      10,
      "bitfinex",
      base64url("bitfinex key", 32)("key", false),
      base64url("bitfinex secret", 32)("secret"),
    ),
    payload_bitstamp: measured(
      11,
      "bitstamp",
      base62("bitstamp key", 32)("key", false),
      base62("bitstamp secret", 32)("secret"),
      text("c 123456")("customerId", false),
    ),
    payload_gemini: measured(
      12,
      "gemini",
      text("account-d.ugfqNkkowRHi9YnMaO")("key", false),
      base62("gemini secret", 27)("secret"),
    ),
    payload_gateio: measured(
      13,
      "gateio",
      hex("gateio key", 16)("key", false),
      hex("gateio secret", 32)("secret"),
    ),
    payload_deribit: fixed(
      14,
      "deribit",
      text("unj50CVn")("clientId", false),
      base64url("deribit secret", 32)("clientSecret"),
    ),
    payload_bitmex: fixed(
      15,
      "bitmex",
      base64url("bitmex id", 18)("id", false),
      base64url("bitmex secret", 36)("secret"),
    ),
    payload_poloniex: fixed(
      16,
      "poloniex",
      text("7QW2LM0P-K3J9X8ZD-1C5V6B7N-R4T0Y2UE")("key", false),
      hex("poloniex secret", 64)("secret"),
    ),
    payload_hyperliquid: fixed(
      17,
      "hyperliquid",
      hex("hyperliquid address", 20, 9)("walletAddress", false),
      hex("hyperliquid key", 32, 9)("privateKey"),
    ),
    payload_alpaca: measured(
      18,
      "alpaca",
      base62("alpaca id", 20)("keyId", false),
      base62("alpaca secret", 40)("secret"),
    ),
    payload_robinhood: fixed(
      19,
      "robinhood",
      behind("rh-api-", uuid("robinhood key")("key", false)),
      base64Of("robinhood secret", 32)("privateKey"),
    ),
    payload_aws: fixed(
      20,
      "aws",
      behind("AKIA", base32("aws id")("accessKeyId", false)),
      base64Of("aws secret", 30)("secretAccessKey"),
    ),
    payload_github: fixed(21, "github", behind("ghp_", base62("github", 36)("token"))),
    "payload_github-fine-grained": fixed(
      22,
      "github-fine-grained",
      behind(
        "github_pat_",
        text(`${"1VbgdTN5TslE728FcN9YWU"}_${"yR2mAy16S".repeat(7).slice(0, 59)}`)("token"),
      ),
    ),
    payload_stripe: measured(23, "stripe", urlText("sk_test_i5KoJTUc6QAmclt9EsByHF8D")("key")),
    payload_openai: fixed(24, "openai", behind("sk-proj-", base64url("openai", 117)("token"))),
    payload_anthropic: fixed(
      25,
      "anthropic",
      behind("sk-ant-api03-", base64url("anthropic", 71)("token")),
    ),
    "payload_crypto-com": measured(
      26,
      "crypto-com",
      base62("crypto.com key", 22)("key", false),
      text("cxmsk_Au3Zn59KbCsDyvuEl8iXw..")("secret"),
    ),
    payload_htx: measured(
      27,
      "htx",
      urlText("4fbe2181-ae6a1f91-9983c9fd-90878")("accessKey", false),
      urlText("d5f9b42b-8c9eb7d3-dfbc43c8-9f23f")("secretKey"),
    ),
  };
}
