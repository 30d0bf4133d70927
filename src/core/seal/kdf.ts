/** From a passphrase to key bytes: scrypt with the parameters of the format (FORMAT.md, "Sealed"). */
import { scrypt } from "../hash.js";

export const KEY_BYTES = 64;

/** scrypt's r and p; N is 2 to the power of the cost. */
export const BLOCK_SIZE = 8;
export const PARALLELISM = 1;

/** 64 bytes from a passphrase's bytes, a salt and a cost. */
export type Kdf = (password: Uint8Array, salt: Uint8Array, cost: number) => Promise<Uint8Array>;

/** In plain JavaScript; takes about twice the time of a platform's own. */
export const portableKdf: Kdf = (password, salt, cost) =>
  scrypt(password, salt, {
    N: 2 ** cost,
    r: BLOCK_SIZE,
    p: PARALLELISM,
    lengthBytes: KEY_BYTES,
  });

/** The memory that scrypt fills at a cost, in bytes (RFC 7914 section 6: 128 r N). */
export function kdfMemoryBytes(cost: number): number {
  return 128 * BLOCK_SIZE * 2 ** cost;
}
