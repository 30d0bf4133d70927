/** The layout of a share (FORMAT.md, "Share"); `shares/` splits and joins. */
import { concatBytes } from "../../bytes.js";
import { ByteReader } from "./byte-reader.js";

export const SHARE_FIRST_BYTE = 0x12;
export const SET_ID_BYTES = 4;
export const SHARE_COUNT_LIMIT = 16;
export const DIGEST_BYTES = 8;
export const BLIND_BYTES = 8;

export interface ShareContent {
  /** 4 bytes that all shares of one splitting have. */
  readonly setId: Uint8Array;
  /** So many of the shares give the payload; 2 to count. */
  readonly threshold: number;
  readonly count: number;
  /** 1 to count: where its polynomials were evaluated. */
  readonly number: number;
  /** One byte more than the digest and the blind, or more. */
  readonly shareBytes: Uint8Array;
}

export function decodeShare(payload: Uint8Array): ShareContent {
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
  return { setId, threshold, count, number, shareBytes: reader.take(reader.remaining) };
}

/** Threshold and count as the one byte that a share and its digest have. */
export function sizesByte({ threshold, count }: Pick<ShareContent, "threshold" | "count">): number {
  return ((threshold - 1) << 4) | (count - 1);
}

export function encodeShare(share: ShareContent): Uint8Array {
  return concatBytes([
    Uint8Array.of(SHARE_FIRST_BYTE),
    share.setId,
    Uint8Array.of(sizesByte(share), share.number),
    share.shareBytes,
  ]);
}
