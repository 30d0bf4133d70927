/** AES-256 in counter mode (FIPS 197, NIST SP 800-38A); the only importer of @noble/ciphers. */
import { ctr } from "@noble/ciphers/aes.js";

const COUNTER_BYTES = 16;

/** Encrypts and decrypts alike; the counter block begins at zero, so a key is for one message. */
export function aes256Ctr(key: Uint8Array, message: Uint8Array): Uint8Array {
  return ctr(key, new Uint8Array(COUNTER_BYTES)).encrypt(message);
}
