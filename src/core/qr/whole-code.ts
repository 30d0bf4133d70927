/**
 * What the one code of a sheet holds where, as far as it is the same for every payload: for codes of which
 * only a part was read (FORMAT.md, "QR text"; ISO/IEC 18004, section 7.4).
 */
import { FORMAT_VERSION, KINDS } from "../payload/payload.js";
import { alphanumericBits, BITS_OF_DIGITS, countBits, MODES, padding } from "./segments.js";
import { checkCodewords, type Level, totalCodewords } from "./standard.js";
import { GROUP_BYTES, GROUP_DIGITS } from "./qr-text.js";

/** Bits of three digits in numeric mode. */
export const TRIPLE_BITS = BITS_OF_DIGITS[3] as number;
const GROUP = GROUP_DIGITS[GROUP_BYTES] as number;
/** A group is held to its limits by so many of its digits: the whole would be no exact number. */
const HIGH_DIGITS = 8;
const LOW_UNIT = 10n ** BigInt(GROUP - HIGH_DIGITS);
const MOST_HIGH = Number((256n ** BigInt(GROUP_BYTES) - 1n) / LOW_UNIT);
/** Of the first group, whose first byte is the payload's version and kind. */
const KIND_UNIT = 256n ** BigInt(GROUP_BYTES - 1);
const LEAST_FIRST = Number((BigInt(FORMAT_VERSION << 4) * KIND_UNIT) / LOW_UNIT);
const KIND_COUNT = Object.keys(KINDS).length;
const MOST_FIRST = Number((BigInt((FORMAT_VERSION << 4) + KIND_COUNT) * KIND_UNIT) / LOW_UNIT);

export interface WholeCode {
  /** Bits up to and with the mode of the digits. */
  readonly head: string;
  /** Bits before the first digit: of the head and of the number of digits. */
  readonly digitsAt: number;
  /** The fewest digits: the next smaller code has no place for them. */
  readonly leastDigits: number;
  readonly mostDigits: number;
  /** Of all data. */
  readonly bitCount: number;
}

export function wholeCode(version: number, level: Level): WholeCode {
  const head = headBits(version);
  return {
    head,
    digitsAt: head.length + countBits(version, MODES.numeric),
    leastDigits: version === 1 ? 0 : digitsIn(version - 1, level) + 1,
    mostDigits: digitsIn(version, level),
    bitCount: dataBits(version, level),
  };
}

function headBits(version: number): string {
  const text = alphanumericBits(`KEYSHEET${String(FORMAT_VERSION)}/1/1/`, version);
  return text + MODES.numeric.toString(2).padStart(4, "0");
}

function dataBits(version: number, level: Level): number {
  return 8 * (totalCodewords(version) - checkCodewords(version, level));
}

/** Digits that the one code of a sheet has place for. */
function digitsIn(version: number, level: Level): number {
  const digitsAt = headBits(version).length + countBits(version, MODES.numeric);
  const bits = dataBits(version, level) - digitsAt;
  const rest = bits % TRIPLE_BITS;
  return 3 * Math.floor(bits / TRIPLE_BITS) + (rest >= 7 ? 2 : rest >= 4 ? 1 : 0);
}

/** Every bit of the data that is known when the number of digits is, or without it; `?` for others. */
export function knownBits(code: WholeCode, digitCount: number | null): string {
  const start = code.head.padEnd(code.digitsAt, "?");
  if (digitCount === null) return start.padEnd(code.bitCount, "?");
  const counted =
    code.head + digitCount.toString(2).padStart(code.digitsAt - code.head.length, "0");
  const bits = Math.ceil((digitCount * TRIPLE_BITS) / 3);
  const digits = counted.padEnd(code.digitsAt + bits, "?");
  return digits + padding(digits.length, code.bitCount);
}

/** The number of digits, of the data's first bytes. */
export function digitCountIn({ head, digitsAt }: WholeCode, data: Uint8Array): number {
  return bitsAt(data, head.length, digitsAt - head.length);
}

/** Where bytes stand in the data, and how many digits there are at least. */
export interface PlaceInData {
  readonly firstBit: number;
  readonly digitCount: number;
}

/**
 * False where these bytes cannot stand there: a number of digits that no payload has, three digits above
 * 999, a group too large for its bytes, a first byte that no payload has.
 */
export function canStand(code: WholeCode, data: Uint8Array, place: PlaceInData): boolean {
  const { firstBit } = place;
  if (firstBit === 0 && !isDigitCount(code, digitCountIn(code, data))) return false;
  const firstTriple = Math.max(0, Math.ceil((firstBit - code.digitsAt) / TRIPLE_BITS));
  const digits = digitsFrom(code, data, place, firstTriple);
  if (digits === null) return false;
  const firstDigit = 3 * firstTriple;
  let at = Math.ceil(firstDigit / GROUP) * GROUP;
  for (; at + GROUP <= firstDigit + digits.length; at += GROUP) {
    const high = digits.slice(at - firstDigit, at - firstDigit + HIGH_DIGITS);
    const value = high.reduce((sum, digit) => sum * 10 + digit, 0);
    if (value > (at === 0 ? MOST_FIRST : MOST_HIGH)) return false;
    if (at === 0 && value < LEAST_FIRST) return false;
  }
  return true;
}

function isDigitCount({ leastDigits, mostDigits }: WholeCode, count: number): boolean {
  return GROUP_DIGITS.includes(count % GROUP) && count >= leastDigits && count <= mostDigits;
}

/** Those of whole threes from `firstTriple` on, null where one is above 999. */
function digitsFrom(
  { digitsAt }: WholeCode,
  data: Uint8Array,
  { firstBit, digitCount }: PlaceInData,
  firstTriple: number,
): readonly number[] | null {
  const digits: number[] = [];
  const endBit = Math.min(firstBit + 8 * data.length, digitsAt + (digitCount * TRIPLE_BITS) / 3);
  const from = digitsAt + firstTriple * TRIPLE_BITS;
  for (let at = from; at + TRIPLE_BITS <= endBit; at += TRIPLE_BITS) {
    const triple = bitsAt(data, at - firstBit, TRIPLE_BITS);
    if (triple > 999) return null;
    digits.push(Math.floor(triple / 100), Math.floor(triple / 10) % 10, triple % 10);
  }
  return digits;
}

/** Up to 24 bits. */
function bitsAt(data: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let byte = at >> 3; byte <= (at + count - 1) >> 3; byte++) {
    value = (value << 8) | (data[byte] as number);
  }
  return (value >> (7 - ((at + count - 1) & 7))) & ((1 << count) - 1);
}
