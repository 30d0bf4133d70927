/**
 * Codes of several of one sheet, some missing and some torn, to the payload's bytes in their places
 * (FORMAT.md, "QR text"). Gives no payload: that has a check, and this none.
 */
import { PAYLOAD_LIMIT_BYTES } from "../payload/payload.js";
import { CHECK_BYTES, SET_BYTES } from "./qr-text.js";
import type { TornPiece } from "./torn-code.js";

/** A payload each, as far as it is known; null for what is not. */
export function payloadsOfPieces(
  pieces: readonly TornPiece[],
): readonly (readonly (number | null)[])[] {
  const sets: TornPiece[][] = [];
  for (const piece of pieces) {
    const set = sets.find((others) => others.every((other) => areOfOneSet(piece, other)));
    if (set === undefined) sets.push([piece]);
    else set.push(piece);
  }
  return sets.map(bytesInPlace);
}

function areOfOneSet(a: TornPiece, b: TornPiece): boolean {
  const compared = a.number === b.number ? Math.min(a.bytes.length, b.bytes.length) : SET_BYTES;
  return a.total === b.total && doAgree(a.bytes.slice(0, compared), b.bytes.slice(0, compared));
}

function doAgree(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  return a.every((byte, index) => (byte ?? b[index]) === (b[index] ?? byte));
}

/**
 * All pieces but the last are of one size, and that one is no larger; nothing where only the last is
 * there, which is of any size, where one is empty or they are more than a payload.
 */
function bytesInPlace(pieces: readonly TornPiece[]): readonly (number | null)[] {
  const sized = pieces.find(({ number, total }) => number < total);
  if (sized === undefined) return [];
  const size = sized.bytes.length - SET_BYTES;
  const last = pieces.find(({ number, total }) => number === total);
  const lastSize = last === undefined ? 1 : last.bytes.length - SET_BYTES;
  const isPayload = (sized.total - 1) * size + lastSize <= PAYLOAD_LIMIT_BYTES + CHECK_BYTES;
  if (size < 1 || lastSize < 1 || lastSize > size || !isPayload) return [];
  const whole = new Array<number | null>((sized.total - 1) * size + lastSize).fill(null);
  for (const { number, bytes } of pieces) {
    bytes.slice(SET_BYTES).forEach((byte, index) => {
      const place = (number - 1) * size + index;
      if (byte !== null && place < whole.length) whole[place] = byte;
    });
  }
  return whole.slice(0, -CHECK_BYTES);
}
