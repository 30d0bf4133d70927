/** The bits of a code's data to its text: segments, terminator and padding, section 7.4. */

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export interface DataText {
  readonly text: string;
  /** The terminator and the prescribed padding stand behind. */
  readonly isPadded: boolean;
}

class Bits {
  at = 0;
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get left(): number {
    return this.bytes.length * 8 - this.at;
  }
  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.at++) {
      value = value * 2 + (((this.bytes[this.at >> 3] as number) >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }
}

const COUNT_BITS: Readonly<Record<number, readonly number[]>> = {
  1: [10, 12, 14],
  2: [9, 11, 13],
  4: [8, 16, 16],
  8: [8, 10, 12],
};

/** null: not segments that a code of this version may hold. */
export function dataText(data: Uint8Array, version: number): DataText | null {
  const bits = new Bits(data);
  const size = version < 10 ? 0 : version < 27 ? 1 : 2;
  const parts: string[] = [];
  const bytes: number[] = [];
  let isUtf8 = true;
  const flush = () => {
    if (bytes.length === 0) return;
    parts.push(bytesText(Uint8Array.from(bytes), isUtf8));
    bytes.length = 0;
  };
  while (bits.left >= 4) {
    const mode = bits.take(4);
    if (mode === 0) break;
    if (mode === 7) {
      if (bits.left < 8) return null;
      const first = bits.take(8);
      if (first >= 0x80) return null;
      isUtf8 = first !== 3 && first !== 1;
      continue;
    }
    if (mode === 5 || mode === 9) continue;
    const widths = COUNT_BITS[mode];
    if (widths === undefined) return null;
    const width = widths[size] as number;
    if (bits.left < width) return null;
    let count = bits.take(width);
    if (mode === 4) {
      if (bits.left < 8 * count) return null;
      for (; count > 0; count--) bytes.push(bits.take(8));
      continue;
    }
    flush();
    let text = "";
    if (mode === 1) {
      for (; count >= 3; count -= 3) {
        if (bits.left < 10) return null;
        const value = bits.take(10);
        if (value > 999) return null;
        text += String(value).padStart(3, "0");
      }
      if (count > 0) {
        const width = count === 2 ? 7 : 4;
        if (bits.left < width) return null;
        const value = bits.take(width);
        if (value >= 10 ** count) return null;
        text += String(value).padStart(count, "0");
      }
    } else if (mode === 2) {
      for (; count >= 2; count -= 2) {
        if (bits.left < 11) return null;
        const value = bits.take(11);
        if (value >= 45 * 45) return null;
        text += ALPHANUMERIC.charAt(Math.floor(value / 45)) + ALPHANUMERIC.charAt(value % 45);
      }
      if (count > 0) {
        if (bits.left < 6) return null;
        const value = bits.take(6);
        if (value >= 45) return null;
        text += ALPHANUMERIC.charAt(value);
      }
    } else {
      if (bits.left < 13 * count) return null;
      const sjis: number[] = [];
      for (; count > 0; count--) {
        const value = bits.take(13);
        const joined = Math.floor(value / 0xc0) * 0x100 + (value % 0xc0);
        const code = joined + (joined < 0x1f00 ? 0x8140 : 0xc140);
        sjis.push(code >> 8, code & 255);
      }
      text = new TextDecoder("shift_jis").decode(Uint8Array.from(sjis));
    }
    parts.push(text);
  }
  flush();
  return { text: parts.join(""), isPadded: isPadding(bits) };
}

function isPadding(bits: Bits): boolean {
  const rest = (8 - (bits.at & 7)) & 7;
  if (rest > 0 && bits.take(rest) !== 0) return false;
  for (let pad = 0xec; bits.left >= 8; pad ^= 0xec ^ 0x11) if (bits.take(8) !== pad) return false;
  return true;
}

function bytesText(bytes: Uint8Array, isUtf8: boolean): string {
  try {
    if (isUtf8) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, so as the standard has it.
  }
  return new TextDecoder("latin1").decode(bytes);
}
