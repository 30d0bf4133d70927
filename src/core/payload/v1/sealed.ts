/** The layout of a sealed payload (FORMAT.md, "Sealed"); `seal/` fills it and opens it. */
import { concatBytes } from "../../bytes.js";
import { ByteReader } from "./byte-reader.js";

export const SEALED_FIRST_BYTE = 0x11;
export const SALT_BYTES = 16;
export const TAG_BYTES = 16;
export const COST_MIN = 14;
export const COST_MAX = 22;

export interface SealedContent {
  /** scrypt's N is 2 to the power of this. */
  readonly cost: number;
  readonly salt: Uint8Array;
  /** Of a plain payload without its first byte; one byte or more. */
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

export function decodeSealed(payload: Uint8Array): SealedContent {
  const reader = new ByteReader(payload, 1);
  const cost = reader.byte();
  if (cost < COST_MIN || cost > COST_MAX) reader.fail("cost-out-of-range", 1);
  const salt = reader.take(SALT_BYTES);
  if (reader.remaining <= TAG_BYTES) reader.fail("too-short", payload.length);
  const ciphertext = reader.take(reader.remaining - TAG_BYTES);
  return { cost, salt, ciphertext, tag: reader.take(TAG_BYTES) };
}

/** Everything before the tag: what the tag is made over. */
export function encodeSealedBody({
  cost,
  salt,
  ciphertext,
}: Omit<SealedContent, "tag">): Uint8Array {
  return concatBytes([Uint8Array.of(SEALED_FIRST_BYTE, cost), salt, ciphertext]);
}
