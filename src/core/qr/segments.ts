/** The bits of a code's data to its text: ISO/IEC 18004, section 7.4. */

/** Table 5: 45 characters, each by its value. */
const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export const MODES = {
  terminator: 0,
  numeric: 1,
  alphanumeric: 2,
  bytes: 4,
  fnc1: 5,
  eci: 7,
  kanji: 8,
};
const FNC1_SECOND = 9;

/** Table 3: bits of the character count, in versions to 9, to 26 and to 40. */
const COUNT_BITS: Readonly<Record<number, readonly number[]>> = {
  [MODES.numeric]: [10, 12, 14],
  [MODES.alphanumeric]: [9, 11, 13],
  [MODES.bytes]: [8, 16, 16],
  [MODES.kanji]: [8, 10, 12],
};

/** In the numeric mode, of 0 to 3 digits. */
export const BITS_OF_DIGITS = [0, 4, 7, 10];

/** Assignments of extended channel interpretation: two of ISO 8859-1, and UTF-8. */
const LATIN_1 = [1, 3];

export interface DataText {
  readonly text: string;
  /** The terminator and the prescribed padding stand behind. */
  readonly isPadded: boolean;
}

/** Taking more than there is ends the reading. */
class Bits {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length * 8 - this.#at;
  }

  /** So many bits to the next byte. */
  get toByte(): number {
    return (8 - (this.#at & 7)) & 7;
  }

  /** A number of so many bits, or -1 where they are not there. */
  take(count: number): number {
    if (count > this.left) return -1;
    let value = 0;
    for (let end = this.#at + count; this.#at < end; this.#at++) {
      value = value * 2 + (((this.#bytes[this.#at >> 3] as number) >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }
}

/** Bits of the character count. */
export function countBits(version: number, mode: number): number {
  return COUNT_BITS[mode]?.[version < 10 ? 0 : version < 27 ? 1 : 2] ?? 0;
}

/** A segment in the alphanumeric mode, as 0 and 1, of a text of an even number of its characters. */
export function alphanumericBits(text: string, version: number): string {
  const inBits = (value: number, width: number) => value.toString(2).padStart(width, "0");
  let bits =
    inBits(MODES.alphanumeric, 4) + inBits(text.length, countBits(version, MODES.alphanumeric));
  for (let at = 0; at < text.length; at += 2) {
    const [a, b] = [text.charAt(at), text.charAt(at + 1)].map((one) => ALPHANUMERIC.indexOf(one));
    bits += inBits((a ?? 0) * 45 + (b ?? 0), 11);
  }
  return bits;
}

/** The text of the first segment, where it is alphanumeric, and at which bit it ends; else null. */
export function alphanumericText(
  data: Uint8Array,
  version: number,
): { readonly text: string; readonly endBit: number } | null {
  const bits = new Bits(data);
  if (bits.take(4) !== MODES.alphanumeric) return null;
  const count = bits.take(countBits(version, MODES.alphanumeric));
  const text = count < 0 ? null : CHARACTERS[MODES.alphanumeric]?.(bits, count);
  return text === null || text === undefined ? null : { text, endBit: bits.at };
}

/** Null for what are no segments that a code of this version may hold. */
export function dataText(data: Uint8Array, version: number): DataText | null {
  const bits = new Bits(data);
  const parts: string[] = [];
  // Characters may be cut between segments of bytes, so those are decoded together.
  const bytes: number[] = [];
  let isUtf8 = true;
  const endBytes = () => {
    if (bytes.length > 0) parts.push(bytesText(Uint8Array.from(bytes), isUtf8));
    bytes.length = 0;
  };
  while (bits.left >= 4) {
    const mode = bits.take(4);
    if (mode === MODES.terminator) break;
    if (mode === MODES.fnc1 || mode === FNC1_SECOND) continue;
    if (mode === MODES.eci) {
      const assignment = bits.take(8);
      if (assignment < 0 || assignment > 127) return null;
      isUtf8 = !LATIN_1.includes(assignment);
      continue;
    }
    const width = countBits(version, mode);
    const count = width === 0 ? -1 : bits.take(width);
    if (count < 0) return null;
    if (mode === MODES.bytes) {
      if (bits.left < 8 * count) return null;
      for (let index = 0; index < count; index++) bytes.push(bits.take(8));
      continue;
    }
    endBytes();
    const text = CHARACTERS[mode]?.(bits, count) ?? null;
    if (text === null) return null;
    parts.push(text);
  }
  endBytes();
  return { text: parts.join(""), isPadded: isPadding(bits) };
}

const CHARACTERS: Readonly<Record<number, (bits: Bits, count: number) => string | null>> = {
  [MODES.numeric]: (bits, count) =>
    inGroups(count, 3, (digits) => {
      const value = bits.take(BITS_OF_DIGITS[digits] as number);
      return value < 0 || value >= 10 ** digits ? null : String(value).padStart(digits, "0");
    }),
  [MODES.alphanumeric]: (bits, count) =>
    inGroups(count, 2, (characters) => {
      const value = bits.take(characters === 2 ? 11 : 6);
      if (value < 0 || value >= 45 ** characters) return null;
      const last = ALPHANUMERIC.charAt(value % 45);
      return characters === 2 ? ALPHANUMERIC.charAt(Math.floor(value / 45)) + last : last;
    }),
  [MODES.kanji]: (bits, count) =>
    inGroups(count, 1, () => {
      const value = bits.take(13);
      const joined = Math.floor(value / 0xc0) * 0x100 + (value % 0xc0);
      const code = joined + (joined < 0x1f00 ? 0x8140 : 0xc140);
      return value < 0
        ? null
        : new TextDecoder("shift_jis").decode(Uint8Array.of(code >> 8, code & 255));
    }),
};

/** `count` characters, `most` at a time; null as soon as a group is. */
function inGroups(count: number, most: number, read: (size: number) => string | null) {
  let text = "";
  for (let left = count; left > 0; left -= most) {
    const part = read(Math.min(left, most));
    if (part === null) return null;
    text += part;
  }
  return text;
}

/** What stands behind the last segment, of bit `from` to bit `to`, the end of a code's data. */
export function padding(from: number, to: number): string {
  const terminated = Math.min(from + 4, to);
  const zeros = "0".repeat(Math.min(Math.ceil(terminated / 8) * 8, to) - from);
  const pads = ["11101100", "00010001"];
  const count = (to - from - zeros.length) / 8;
  return zeros + Array.from({ length: count }, (_, index) => pads[index % 2]).join("");
}

/** Section 7.4.10: zeros to the next byte, and the two pad codewords in turn. */
function isPadding(bits: Bits): boolean {
  if (bits.take(bits.toByte) > 0) return false;
  for (let pad = 0xec; bits.left >= 8; pad ^= 0xec ^ 0x11) if (bits.take(8) !== pad) return false;
  return true;
}

/** As UTF-8 or, where it is none, as what codes of Japan hold, or what the standard says. */
function bytesText(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) {
    for (const encoding of ["utf-8", "shift_jis"]) {
      try {
        const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
        if (!/[\0-\x08\x0e-\x1f\x7f-\x9f]/.test(text)) return text;
      } catch {
        continue;
      }
    }
  }
  return new TextDecoder("latin1").decode(bytes);
}
