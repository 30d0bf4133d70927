/**
 * The payload's bytes in a code of which only some blocks could be read (FORMAT.md, "QR text": a group
 * of digits keeps seven bytes where they are).
 *
 * Gives bytes in their places, which words can use, and never a payload: that has a check, and this none.
 */
import type { Level } from "./standard.js";
import { bytesFromDigits, CHECK_BYTES, GROUP_DIGITS } from "./qr-text.js";
import { GROUP_BYTES, TRIPLE_BITS, wholeCode } from "./whole-code.js";

/**
 * `data` are the code's data codewords in the order of the message, null for those that are lost. Null
 * where it is not the one code of a sheet: several, which words cannot use, or somebody else's.
 */
export function tornPayload(
  data: readonly (number | null)[],
  version: number,
  level: Level,
): readonly (number | null)[] | null {
  const bits = data.map((byte) => byte?.toString(2).padStart(8, "0") ?? "????????").join("");
  const { head, digitsAt: start, leastDigits } = wholeCode(version, level);
  if (!agrees(bits.slice(0, head.length), head)) return null;
  const count = bits.slice(head.length, start);
  const digits = digitsAt(bits.slice(start));
  if (!count.includes("?")) return bytesOf(digits.slice(0, Number.parseInt(count, 2)), true);
  return bytesOf(digits.slice(0, leastDigits), false);
}

function agrees(bits: string, wanted: string): boolean {
  return Array.from(wanted).every((bit, index) => bits[index] === "?" || bits[index] === bit);
}

/** `?` for each digit that is lost. */
function digitsAt(bits: string): string {
  let digits = "";
  for (let at = 0; at + TRIPLE_BITS <= bits.length; at += TRIPLE_BITS) {
    const triple = bits.slice(at, at + TRIPLE_BITS);
    const value = triple.includes("?") ? null : Number.parseInt(triple, 2);
    // Behind the last digit the terminator and the padding look like any number.
    digits += value === null || value > 999 ? "???" : String(value).padStart(3, "0");
  }
  return digits;
}

/** Null where a group of digits is too large, as of a code that is not ours. */
function bytesOf(digits: string, isWhole: boolean): readonly (number | null)[] | null {
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
  // The end of what is at least there may be the check's already.
  const kept = isWhole ? bytes.length - CHECK_BYTES : bytes.length - CHECK_BYTES - GROUP_BYTES;
  return bytes.slice(0, Math.max(0, kept));
}
