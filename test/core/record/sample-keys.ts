/** Random keys of every provider, in the shapes that fixtures/keys/sample-keys.json has one of each. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { type KeyRecord, makeField } from "../../../src/core/record/key-record.js";
import { type ProviderId, providerById } from "../../../src/core/record/providers.js";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const from = (digits: string, length: number) =>
  fc
    .array(fc.nat(digits.length - 1), { minLength: length, maxLength: length })
    .map((values) => values.map((value) => digits.charAt(value)).join(""))
    .filter((text) => new Set(text).size > 1);
const bytes = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .filter((value) => new Set(value).size > 1)
    .map((value) => Buffer.from(value));
const base62 = (length: number) => from(BASE62, length);
const base64 = (length: number) => bytes(length).map((value) => value.toString("base64"));
const base64url = (length: number) => bytes(length).map((value) => value.toString("base64url"));
const hex = (length: number) => bytes(length).map((value) => value.toString("hex"));
const uuid = hex(16).map((text) => text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
const behind = (prefix: string, rest: fc.Arbitrary<string>) => rest.map((text) => prefix + text);
/** What a person may choose, as exchanges allow it. */
const chosen = fc.stringMatching(/^[!-~]{7,32}$/);
const pem = (label: string, head: string, length: number) =>
  bytes(length).map((secret) => {
    const der = Buffer.concat([Buffer.from(head, "hex"), secret]).toString("base64");
    const lines = der.match(/.{1,64}/g) ?? [];
    return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
  });
const groups = (digits: string, ...lengths: readonly number[]) =>
  fc.tuple(...lengths.map((length) => from(digits, length))).map((parts) => parts.join("-"));

const VALUES: Readonly<Record<ProviderId, readonly fc.Arbitrary<string>[]>> = {
  "kraken-spot": [base64(42), base64(64)],
  "kraken-futures": [base64(42), base64(66)],
  binance: [base62(64), base62(64)],
  "binance-self-generated": [
    base62(64),
    fc.oneof(
      pem("PRIVATE KEY", "302e020100300506032b657004220420", 32),
      pem("PRIVATE KEY", "308204bd", 1187),
    ),
  ],
  "coinbase-cdp": [
    fc.tuple(uuid, uuid).map(([one, other]) => `organizations/${one}/apiKeys/${other}`),
    pem("EC PRIVATE KEY", "30770201010420", 114),
  ],
  "coinbase-cdp-ed25519": [uuid, base64(64)],
  okx: [uuid, hex(16).map((text) => text.toUpperCase()), chosen],
  bybit: [base62(18), base62(36)],
  kucoin: [hex(12), uuid, chosen, fc.constantFrom("2", "3")],
  bitfinex: [base64url(32), base64url(32)],
  bitstamp: [base62(32), base62(32), fc.stringMatching(/^[0-9]{6,8}$/)],
  gemini: [behind("account-", base62(20)), base62(28)],
  gateio: [hex(16), hex(32)],
  deribit: [base62(8), base64url(32)],
  bitmex: [base64url(18), base64url(36)],
  poloniex: [groups(BASE62.slice(0, 36), 8, 8, 8, 8), hex(64)],
  hyperliquid: [behind("0x", hex(20)), behind("0x", hex(32))],
  alpaca: [behind("PK", from(BASE62.slice(0, 36), 18)), base62(40)],
  robinhood: [behind("rh-api-", uuid), base64(32)],
  aws: [behind("AKIA", from(BASE32, 16)), base64(30)],
  github: [behind("ghp_", base62(36))],
  "github-fine-grained": [
    fc.tuple(base62(22), base62(59)).map(([one, other]) => `github_pat_${one}_${other}`),
  ],
  stripe: [behind("sk_test_", base62(24))],
  openai: [
    fc.tuple(base62(74), base62(73)).map(([one, other]) => `sk-proj-${one}T3BlbkFJ${other}A`),
  ],
  anthropic: [
    behind(
      "sk-ant-api03-",
      base62(93).map((text) => `${text}AA`),
    ),
  ],
  "crypto-com": [base62(22), behind("cxmsk_", base62(22))],
  htx: [groups("0123456789abcdef", 8, 8, 8, 5), groups("0123456789abcdef", 8, 8, 8, 5)],
};

/** A random key of a provider, with all of its parts. */
export function keysOf(id: ProviderId): fc.Arbitrary<KeyRecord> {
  const { fields } = providerById(id);
  return fc.tuple(...VALUES[id]).map((texts) => ({
    provider: id,
    day: 2518,
    fields: fields.map(({ name, isSecret }, index) =>
      makeField(name, texts[index] ?? "", isSecret),
    ),
  }));
}

/** The runs of a property for one provider: as many keys, the same ones every time. */
export function runsOf(id: ProviderId) {
  const seed = createHash("sha256").update(id).digest().readInt32BE(0);
  return { numRuns: 200, seed };
}
