/**
 * What the format is built of, against vectors that others made (fixtures/vectors/foreign): the hash,
 * the message code, the key derivation, the cipher, the words, and secret sharing.
 */
import { createCipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { ctr } from "@noble/ciphers/aes.js";
import bip39 from "bip39";
import { combine } from "shamir-secret-sharing";
import { describe, expect, test } from "vitest";
import { nodeKdf } from "../../src/adapters/node/scrypt-node.js";
import { hmacSha256, scrypt, taggedHash } from "../../src/core/hash.js";
import { decodeShare } from "../../src/core/payload/v1/share.js";
import { aes256Ctr } from "../../src/core/seal/cipher.js";
import { portableKdf } from "../../src/core/seal/kdf.js";
import { utf8FromText } from "../../src/core/text.js";
import { LISTS, listWords } from "../../src/core/words/word-lists.js";
import { encodeWords } from "../../src/core/words/words.js";
import { VECTORS } from "../core/vector.js";
import { bytesOfHex, hexOf } from "../core/vector-record.js";
import { seededBytes } from "../seeded-random.mjs";

interface HmacTest {
  readonly key: string;
  readonly message: string;
  readonly tag: string;
}

interface ForeignTests {
  "wycheproof-hmac-sha256": HmacTest;
  "rfc4231-hmac-sha256": HmacTest;
  "rfc7914-scrypt": {
    readonly password: string;
    readonly salt: string;
    readonly N: number;
    readonly r: number;
    readonly p: number;
    readonly derived: string;
  };
  "nist-aes256-ctr": {
    readonly name: string;
    readonly key: string;
    readonly counter: string;
    readonly plaintext: string;
    readonly ciphertext: string;
  };
  "nist-aes256-zero-block": { readonly key: string; readonly block: string };
  "nist-sha256": { readonly message: string; readonly hash: string };
  "bip39-english": { readonly entropy: string; readonly mnemonic: string };
}

/** The tests of a file, so many of them; behind what the file says of itself. */
function foreign<Name extends keyof ForeignTests>(
  name: Name,
  count: number,
): readonly ForeignTests[Name][] {
  const file = new URL(`../../fixtures/vectors/foreign/${name}.json`, import.meta.url);
  const { tests, ...provenance } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly tests: readonly ForeignTests[Name][];
  };
  expect(Object.keys(provenance)).toEqual(["about", "source", "licence", "taken", "leftOut"]);
  expect(tests).toHaveLength(count);
  return tests;
}

function ascii(text: string): Uint8Array {
  return utf8FromText(text) ?? new Uint8Array();
}

describe("HMAC-SHA-256, which makes the tag of a seal", () => {
  const wycheproof = foreign("wycheproof-hmac-sha256", 66);

  test("gives the tags of Wycheproof", () => {
    for (const { key, message, tag } of wycheproof) {
      const made = hmacSha256(bytesOfHex(key), bytesOfHex(message));
      expect(hexOf(made).slice(0, tag.length)).toBe(tag);
    }
  });

  test("gives the tags of RFC 4231", () => {
    for (const { key, message, tag } of foreign("rfc4231-hmac-sha256", 6)) {
      expect(hexOf(hmacSha256(bytesOfHex(key), bytesOfHex(message)))).toBe(tag);
    }
  });

  test("gives another tag for every message with a bit changed", () => {
    for (const { key, message, tag } of wycheproof) {
      const bytes = bytesOfHex(message);
      for (let bit = 0; bit < 8 * bytes.length; bit += 7) {
        const changed = bytes.map((byte, index) =>
          index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        );
        const made = hexOf(hmacSha256(bytesOfHex(key), changed));
        expect(made.startsWith(tag)).toBe(false);
      }
    }
  });
});

describe("scrypt, which makes the keys of a seal", () => {
  const tests = foreign("rfc7914-scrypt", 4);

  /** Those with the r and p of the format: by its cost. */
  const ofFormat = tests
    .filter(({ r, p }) => r === 8 && p === 1)
    .map((one) => ({ ...one, cost: Math.log2(one.N) }));

  test("the portable one gives the keys of RFC 7914 up to 16 MiB", async () => {
    const small = tests.filter(({ N }) => N <= 16384);
    expect(small).toHaveLength(3);
    for (const { password, salt, N, r, p, derived } of small) {
      const made = await scrypt(ascii(password), ascii(salt), { N, r, p, lengthBytes: 64 });
      expect(hexOf(made)).toBe(derived);
    }
  });

  test("has two tests with the parameters of the format", () => {
    expect(ofFormat.map(({ cost }) => cost)).toEqual([14, 20]);
  });

  test("the format's derivation gives them at cost 14, the portable one too", async () => {
    for (const { password, salt, derived, cost } of ofFormat.slice(0, 1)) {
      expect(hexOf(await nodeKdf(ascii(password), ascii(salt), cost))).toBe(derived);
      expect(hexOf(await portableKdf(ascii(password), ascii(salt), cost))).toBe(derived);
    }
  });

  test("the format's derivation gives it at cost 20, with 1 GiB", async () => {
    for (const { password, salt, derived, cost } of ofFormat.slice(1)) {
      expect(hexOf(await nodeKdf(ascii(password), ascii(salt), cost))).toBe(derived);
    }
  });
});

describe("AES-256 in counter mode, which encrypts what is sealed", () => {
  for (const one of foreign("nist-aes256-ctr", 4)) {
    test(`the library's, with another counter: ${one.name}`, () => {
      const cipher = () => ctr(bytesOfHex(one.key), bytesOfHex(one.counter));
      expect(hexOf(cipher().encrypt(bytesOfHex(one.plaintext)))).toBe(one.ciphertext);
      expect(hexOf(cipher().decrypt(bytesOfHex(one.ciphertext)))).toBe(one.plaintext);
    });
  }

  test("begins with AES of a block of zeros: every key of NIST's two tests of keys", () => {
    for (const { key, block } of foreign("nist-aes256-zero-block", 272)) {
      expect(hexOf(aes256Ctr(bytesOfHex(key), new Uint8Array(16)))).toBe(block);
    }
  });

  test("goes on as OpenSSL's, for every length from 0 to 100 and for 4096", () => {
    const random = seededBytes("counter mode");
    for (const length of [...Array(101).keys(), 4096]) {
      const key = random(32);
      const message = random(length);
      const cipher = createCipheriv("aes-256-ctr", key, new Uint8Array(16));
      expect(hexOf(aes256Ctr(key, message))).toBe(hexOf(cipher.update(message)));
    }
  });
});

describe("SHA-256, which is in every check and mark", () => {
  test("gives NIST's hashes, where a message has a zero byte to end a tag", () => {
    const messages = foreign("nist-sha256", 80)
      .map(({ message, hash }) => ({ bytes: bytesOfHex(message), hash }))
      .filter(({ bytes }) => bytes.includes(0));
    expect(messages.length).toBeGreaterThan(20);
    for (const { bytes, hash } of messages) {
      const zero = bytes.indexOf(0);
      const tag = String.fromCharCode(...bytes.subarray(0, zero));
      expect(hexOf(taggedHash(tag, bytes.subarray(zero + 1)))).toBe(hash);
    }
  });
});

describe("words, which are BIP39's", () => {
  /** Words that hold bits of the bytes alone: the last one also has some of BIP39's checksum. */
  function wholeWords(bytes: Uint8Array, list: number): readonly string[] {
    const words = listWords(LISTS[list] as (typeof LISTS)[number]);
    const indices = encodeWords(bytes, list, "standard") ?? [];
    const whole = Math.floor((8 * bytes.length) / 11);
    return [...indices.slice(0, whole)].map((index) => words[index] ?? "");
  }

  test("stand for the same bits as in Trezor's vectors", () => {
    for (const { entropy, mnemonic } of foreign("bip39-english", 24)) {
      const words = wholeWords(bytesOfHex(entropy), 0);
      expect(words).toEqual(mnemonic.split(" ").slice(0, -1));
    }
  });

  for (const { number, name } of LISTS) {
    test(`stand for the same bits as the bip39 package gives them, ${name}`, () => {
      const random = seededBytes(`bip39 ${name}`);
      for (let count = 0; count < 50; count++) {
        const entropy = random(32);
        const mnemonic = bip39.entropyToMnemonic(hexOf(entropy), bip39.wordlists[name]);
        const theirs = mnemonic.normalize("NFKD").split(/\s/u).slice(0, -1);
        const ours = wholeWords(entropy, number).map((word) => word.normalize("NFKD"));
        expect(ours).toEqual(theirs);
      }
    });
  }
});

describe("shares, which are Shamir's over the field of AES", () => {
  const sets = VECTORS.flatMap(({ file, vector }) =>
    "shares" in vector && "made" in vector ? [{ file, ...vector }] : [],
  );

  test("of every set among the vectors are joined by the package shamir-secret-sharing", async () => {
    expect(sets.length).toBeGreaterThan(12);
    for (const { file, shares, joins, made } of sets) {
      const payloads = [...new Set(shares)].slice(0, made.threshold);
      const theirs = payloads.map((payload) => {
        const { shareBytes, number } = decodeShare(bytesOfHex(payload));
        return Uint8Array.of(...shareBytes, number);
      });
      const secret = hexOf(await combine(theirs));
      expect(secret.slice(16), file).toBe(made.blind + joins);
    }
  });
});
