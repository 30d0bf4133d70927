/** SHA-256 and what is built of it; the only importer of @noble/hashes. */
import { hmac } from "@noble/hashes/hmac.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** H(tag, x): SHA-256 of the ASCII tag, one zero byte, and x (FORMAT.md, "Conventions"); 32 bytes. */
export function taggedHash(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create();
  hash.update(Uint8Array.from(tag, (character) => character.charCodeAt(0)));
  hash.update(Uint8Array.of(0));
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** HMAC-SHA-256 (RFC 2104, FIPS 180-4); 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha256, key, message);
}

/** scrypt (RFC 7914) in plain JavaScript: for platforms that bring none of their own. */
export function scrypt(
  password: Uint8Array,
  salt: Uint8Array,
  { N, r, p, lengthBytes }: { N: number; r: number; p: number; lengthBytes: number },
): Promise<Uint8Array> {
  const blockBytes = 128 * r;
  const maxmem = blockBytes * (N + p) + 1024;
  return scryptAsync(password, salt, { N, r, p, dkLen: lengthBytes, maxmem });
}
