/** The head of a share, which says which set it is of and how many are needed (FORMAT.md, "Share"). */
import { ByteReader } from "./byte-reader.js";

const SET_ID_BYTES = 4;
const DIGEST_BYTES = 8;
const BLIND_BYTES = 8;

export interface ShareHead {
  readonly setId: Uint8Array;
  readonly threshold: number;
  readonly count: number;
  /** 1 to count. */
  readonly number: number;
}

export function decodeShareHead(payload: Uint8Array): ShareHead {
  const reader = new ByteReader(payload, 1);
  const setId = reader.take(SET_ID_BYTES);
  const sizesOffset = reader.offset;
  const sizes = reader.byte();
  const threshold = (sizes >>> 4) + 1;
  const count = (sizes & 0x0f) + 1;
  if (threshold < 2 || threshold > count) reader.fail("share-threshold", sizesOffset);
  const numberOffset = reader.offset;
  const number = reader.byte();
  if (number < 1 || number > count) reader.fail("share-number", numberOffset);
  if (reader.remaining <= DIGEST_BYTES + BLIND_BYTES) reader.fail("share-length", reader.offset);
  return { setId, threshold, count, number };
}
