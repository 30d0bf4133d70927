/**
 * The bytes in a code of which only some blocks could be read (FORMAT.md, "QR text": a group
 * of digits keeps seven bytes where they are).
 *
 * Gives bytes in their places, which words can use, and never a payload: that has a check, and this none.
 */
import type { Level } from "./standard.js";
import { alphanumericText, BITS_OF_DIGITS, countBits, MODES } from "./segments.js";
import {
  bytesFromDigits,
  CHECK_BYTES,
  GROUP_BYTES,
  GROUP_DIGITS,
  pieceHead,
  SET_BYTES,
} from "./qr-text.js";
import { TRIPLE_BITS, wholeCode } from "./whole-code.js";

/** What is left of one code of a sheet. */
export interface TornPiece {
  /** From 1, of `total` codes. */
  readonly number: number;
  readonly total: number;
  /** Of the payload without its check, or of the piece of one of several; null for those that are lost. */
  readonly bytes: readonly (number | null)[];
}

/**
 * `data` are the code's data codewords in the order of the message, null for those that are lost. Null
 * where it is somebody else's code. What has lost its number is taken for the only code of its sheet.
 */
export function tornPiece(
  data: readonly (number | null)[],
  version: number,
  level: Level,
): TornPiece | null {
  const bits = data.map((byte) => byte?.toString(2).padStart(8, "0") ?? "????????").join("");
  const { head, digitsAt: start, leastDigits } = wholeCode(version, level);
  if (!agrees(bits.slice(0, head.length), head)) return pieceOfSeveral(data, bits, version);
  const count = bits.slice(head.length, start);
  const isCounted = !count.includes("?");
  // The last group of what is at least there may be cut in the middle of its digits.
  const wholeGroups = leastDigits - (leastDigits % (GROUP_DIGITS[GROUP_BYTES] as number));
  const digitCount = isCounted ? Number.parseInt(count, 2) : wholeGroups;
  const bytes = bytesOf(digitsAt(bits.slice(start), digitCount));
  return bytes === null ? null : { number: 1, total: 1, bytes: bytes.slice(0, -CHECK_BYTES) };
}

function pieceOfSeveral(
  data: readonly (number | null)[],
  bits: string,
  version: number,
): TornPiece | null {
  const lost = data.indexOf(null);
  const start = Uint8Array.from(data.slice(0, lost < 0 ? data.length : lost), Number);
  const first = alphanumericText(start, version);
  const head = first === null ? null : pieceHead(first.text);
  if (first === null || head === null) return null;
  const countAt = first.endBit + 4;
  const digitsStart = countAt + countBits(version, MODES.numeric);
  const [mode, count] = [bits.slice(first.endBit, countAt), bits.slice(countAt, digitsStart)];
  if (Number.parseInt(mode, 2) !== MODES.numeric || count.includes("?")) return null;
  const bytes = bytesOf(digitsAt(bits.slice(digitsStart), Number.parseInt(count, 2)));
  return bytes === null || bytes.length <= SET_BYTES ? null : { ...head, bytes };
}

function agrees(bits: string, wanted: string): boolean {
  return Array.from(wanted).every((bit, index) => bits[index] === "?" || bits[index] === bit);
}

/** The first `count` digits, `?` for each that is lost. */
function digitsAt(bits: string, count: number): string {
  let digits = "";
  for (let at = 0; digits.length < count && at < bits.length; at += TRIPLE_BITS) {
    const size = Math.min(3, count - digits.length);
    const width = BITS_OF_DIGITS[size] as number;
    const group = bits.slice(at, at + width).padEnd(width, "?");
    const value = group.includes("?") ? null : Number.parseInt(group, 2);
    // Behind the last digit the terminator and the padding look like any number.
    const isLost = value === null || value >= 10 ** size;
    digits += isLost ? "?".repeat(size) : String(value).padStart(size, "0");
  }
  return digits;
}

/** Null where a group of digits is too large, as of a code that is not ours. */
function bytesOf(digits: string): readonly (number | null)[] | null {
  const bytes: (number | null)[] = [];
  const groupDigits = GROUP_DIGITS[GROUP_BYTES] as number;
  for (let at = 0; at < digits.length; at += groupDigits) {
    const group = digits.slice(at, at + groupDigits);
    const length = GROUP_DIGITS.indexOf(group.length);
    if (length < 0) break;
    if (group.includes("?")) {
      bytes.push(...new Array<null>(length).fill(null));
      continue;
    }
    const read = bytesFromDigits(group);
    if (typeof read === "number") return null;
    bytes.push(...read);
  }
  return bytes;
}
