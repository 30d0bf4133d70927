/** The mark: eight characters that tell sheets apart for people (FORMAT.md, "Mark"). */
import { taggedHash } from "../hash.js";
import type { DecodedPayload } from "./payload.js";
import { markCharacters } from "./v1/encodings.js";
import { publicPart } from "./v1/plain.js";

const MARK_BYTES = 5;

/** `K7QX-2M9D`; null for a plain record without a public value of 8 bytes or more. */
export function markOf({ payload, content }: DecodedPayload): string | null {
  const marked = content.kind === "plain" ? publicPart(payload, content) : payload;
  if (marked === null) return null;
  const characters = markCharacters(taggedHash("keysheet mark v1", marked).subarray(0, MARK_BYTES));
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}
