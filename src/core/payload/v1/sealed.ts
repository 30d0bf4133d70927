/** The head of a sealed payload, which says what it would take to open it (FORMAT.md, "Sealed"). */
import { ByteReader } from "./byte-reader.js";

const SALT_BYTES = 16;
const TAG_BYTES = 16;
const COST_MIN = 14;
const COST_MAX = 22;

export interface SealedHead {
  /** scrypt's N is 2 to the power of this. */
  readonly cost: number;
}

export function decodeSealedHead(payload: Uint8Array): SealedHead {
  const reader = new ByteReader(payload, 1);
  const cost = reader.byte();
  if (cost < COST_MIN || cost > COST_MAX) reader.fail("cost-out-of-range", 1);
  reader.take(SALT_BYTES);
  if (reader.remaining <= TAG_BYTES) reader.fail("too-short", payload.length);
  return { cost };
}
