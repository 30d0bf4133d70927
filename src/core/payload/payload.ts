/**
 * The bytes that every carrier carries: a record to a payload and back.
 *
 * The version is read first; each released version is a folder of its own and never edited. What is
 * malformed, newer or not yet readable is refused with the reason.
 */
import { areEqualBytes } from "../bytes.js";
import { type PayloadFault, Refusal } from "../problem.js";
import type { KeyRecord } from "../record/key-record.js";
import {
  decodePlain,
  encodePlain,
  fixedLength,
  type PlainContent,
  PLAIN_FIRST_BYTE,
} from "./v1/plain.js";
import { decodeSealed, type SealedContent } from "./v1/sealed.js";
import { decodeShare, type ShareContent } from "./v1/share.js";

declare const PAYLOAD: unique symbol;
/** Bytes that `decodePayload` accepted or `encodePayload` made; never any bytes. */
export type Payload = Uint8Array & { readonly [PAYLOAD]: true };

export const FORMAT_VERSION = 1;
export const PAYLOAD_LIMIT_BYTES = 4096;

/** Low half of the first byte. */
export const KINDS = { plain: 0, sealed: 1, share: 2 } as const;

export type PayloadContent =
  | ({ readonly kind: "plain" } & PlainContent)
  | ({ readonly kind: "sealed" } & SealedContent)
  | ({ readonly kind: "share" } & ShareContent);

export interface DecodedPayload {
  readonly payload: Payload;
  readonly content: PayloadContent;
}

/** The one payload that the format prescribes for a record; mirrored by `decodePayload`. */
export function encodePayload(record: KeyRecord): Payload {
  return checkedLength(encodePlain(record));
}

/** A payload that was made by its layout; refused where it is longer than one can be. */
export function checkedLength(bytes: Uint8Array): Payload {
  const { length } = bytes;
  if (length > PAYLOAD_LIMIT_BYTES) {
    throw new Refusal({ code: "payload-too-long", length, limit: PAYLOAD_LIMIT_BYTES });
  }
  return bytes as Payload;
}

export function decodePayload(bytes: Uint8Array): DecodedPayload {
  const [first] = bytes;
  if (first === undefined) throw malformed("too-short", 0);
  const version = first >>> 4;
  if (version === 0) throw new Refusal({ code: "version-zero" });
  if (version !== FORMAT_VERSION) throw new Refusal({ code: "version-newer", version });
  if (bytes.length > PAYLOAD_LIMIT_BYTES) throw malformed("too-long", PAYLOAD_LIMIT_BYTES);
  return { payload: bytes as Payload, content: decodeVersion1(bytes, first & 0x0f) };
}

function decodeVersion1(bytes: Uint8Array, kind: number): PayloadContent {
  switch (kind) {
    case KINDS.plain:
      return { kind: "plain", ...decodePlain(bytes) };
    case KINDS.sealed:
      return { kind: "sealed", ...decodeSealed(bytes) };
    case KINDS.share:
      return { kind: "share", ...decodeShare(bytes) };
    default:
      throw new Refusal({ code: "kind-unknown", kind });
  }
}

function malformed(fault: PayloadFault, offset: number): Refusal {
  return new Refusal({ code: "payload-malformed", fault, offset });
}

/**
 * The length in bytes of every payload that begins with these bytes; null where the first bytes do
 * not say it.
 */
export function lengthFromStart(start: Uint8Array): number | null {
  return start[0] === PLAIN_FIRST_BYTE && start[1] !== undefined ? fixedLength(start[1]) : null;
}

/** True when the payload is the one that `encodePayload` writes for the record in it. */
export function isPrescribed(payload: Payload): boolean {
  if (payload[0] !== PLAIN_FIRST_BYTE) return false;
  return areEqualBytes(encodePlain(decodePlain(payload).record), payload);
}
