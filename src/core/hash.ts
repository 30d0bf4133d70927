/** SHA-256 with a tag, the one hash of the paper format; the only importer of @noble/hashes. */
import { sha256 } from "@noble/hashes/sha2.js";

/** H(tag, x): SHA-256 of the ASCII tag, one zero byte, and x (FORMAT.md, "Conventions"); 32 bytes. */
export function taggedHash(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create();
  hash.update(Uint8Array.from(tag, (character) => character.charCodeAt(0)));
  hash.update(Uint8Array.of(0));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
