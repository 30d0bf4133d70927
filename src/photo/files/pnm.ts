/**
 * Netpbm files to brightness: PBM, PGM and PPM, plain (P1 to P3) and raw (P4 to P6), and PAM (P7). SANE's
 * scanimage writes them where it is not told otherwise.
 *
 * Strict, after the manual pages of Netpbm: what is cut off or of another form gives null. Raw files may
 * have several pages, one behind another.
 */
import type { Picture } from "../picture.js";

export interface PnmHead {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of a pixel: 1 grey, 3 red, green and blue; one more where it says how opaque it is. */
  readonly samples: number;
  readonly isOpacityLast: boolean;
  /** The most that a sample can be. */
  readonly most: number;
  /** One bit a pixel, 1 for black. */
  readonly isBits: boolean;
  readonly isPlain: boolean;
  /** Where the pixels begin. */
  readonly offset: number;
}

const MOST = 65_535;

/** Every page, up to one more than `limit`; null where the first is malformed or none. */
export function pnmPages(bytes: Uint8Array, limit: number): readonly PnmHead[] | null {
  const pages: PnmHead[] = [];
  for (let at = 0; pages.length <= limit;) {
    const page = readPnmHead(bytes, at);
    if (page === null) break;
    pages.push(page);
    if (page.isPlain) break;
    at = page.offset + rawBytes(page);
  }
  return pages.length === 0 ? null : pages;
}

export function readPnmHead(bytes: Uint8Array, start = 0): PnmHead | null {
  const kind = (bytes[start + 1] ?? 0) - 0x30;
  if (bytes[start] !== 0x50 || kind < 1 || kind > 7) return null;
  if (kind === 7) return pamHead(bytes, start);
  const isBits = kind === 1 || kind === 4;
  const numbers = new Numbers(bytes, start + 2);
  const [widthPx, heightPx] = [numbers.next(), numbers.next()];
  const most = isBits ? 1 : numbers.next();
  if (widthPx === null || heightPx === null || most === null) return null;
  // A single white space ends the head; what follows may look like one, and is a pixel.
  if (!isSpace(bytes[numbers.at])) return null;
  const samples = kind === 3 || kind === 6 ? 3 : 1;
  const rest = { isOpacityLast: false, isBits, isPlain: kind <= 3, offset: numbers.at + 1 };
  return checked({ widthPx, heightPx, samples, most, ...rest });
}

const PAM_LINE = /^(WIDTH|HEIGHT|DEPTH|MAXVAL) +(\d{1,9}) *$/;
const PAM_HEAD_BYTES = 1024;

function pamHead(bytes: Uint8Array, start: number): PnmHead | null {
  const text = String.fromCharCode(...bytes.subarray(start, start + PAM_HEAD_BYTES));
  const end = text.indexOf("\nENDHDR\n");
  if (!text.startsWith("P7\n") || end < 0) return null;
  const facts = new Map<string, number>();
  for (const line of text.slice(0, end).split("\n")) {
    const [, name, number] = PAM_LINE.exec(line) ?? [];
    if (name !== undefined) facts.set(name, Number(number));
  }
  const fact = (name: string) => facts.get(name) ?? 0;
  const samples = fact("DEPTH");
  return checked({
    widthPx: fact("WIDTH"),
    heightPx: fact("HEIGHT"),
    samples,
    isOpacityLast: samples === 2 || samples === 4,
    most: fact("MAXVAL"),
    isBits: false,
    isPlain: false,
    offset: start + end + "\nENDHDR\n".length,
  });
}

function checked(head: PnmHead): PnmHead | null {
  const { widthPx, heightPx, samples, most } = head;
  const isSound = widthPx >= 1 && heightPx >= 1 && samples >= 1 && samples <= 4;
  return isSound && most >= 1 && most <= MOST ? head : null;
}

function rawBytes({ widthPx, heightPx, samples, most, isBits }: PnmHead): number {
  if (isBits) return Math.ceil(widthPx / 8) * heightPx;
  return widthPx * heightPx * samples * (most > 255 ? 2 : 1);
}

/** The pixels; null where some are missing, or are more than they can be. */
export function decodePnm(bytes: Uint8Array, head: PnmHead): Picture | null {
  const { widthPx, heightPx, isPlain, isBits, offset } = head;
  if (!isPlain && offset + rawBytes(head) > bytes.length) return null;
  // A plain file has a byte a pixel or more, so that a small one cannot ask for much memory.
  if (isPlain && offset + widthPx * heightPx > bytes.length + 1) return null;
  const luma = new Uint8Array(widthPx * heightPx);
  const isWhole = isBits ? readBits(bytes, head, luma) : readSamples(bytes, head, luma);
  return isWhole ? { widthPx, heightPx, luma } : null;
}

function readBits(bytes: Uint8Array, head: PnmHead, luma: Uint8Array): boolean {
  const { widthPx, heightPx, isPlain, offset } = head;
  if (isPlain) {
    // The digits of a plain PBM may stand without anything between them.
    const digits = new Numbers(bytes, offset);
    for (let index = 0; index < luma.length; index++) {
      const digit = digits.digit();
      if (digit === null) return false;
      luma[index] = digit === 1 ? 0 : 255;
    }
    return true;
  }
  const stride = Math.ceil(widthPx / 8);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const byte = bytes[offset + y * stride + (x >> 3)] as number;
      luma[y * widthPx + x] = (byte >> (7 - (x & 7))) & 1 ? 0 : 255;
    }
  }
  return true;
}

function readSamples(bytes: Uint8Array, head: PnmHead, luma: Uint8Array): boolean {
  const { samples, isOpacityLast, most } = head;
  const next = sampleReader(bytes, head);
  const colours = samples - (isOpacityLast ? 1 : 0);
  for (let index = 0; index < luma.length; index++) {
    const red = next();
    const green = colours === 3 ? next() : red;
    const blue = colours === 3 ? next() : red;
    const opacity = isOpacityLast ? next() : most;
    if (!(red <= most && green <= most && blue <= most && opacity <= most)) return false;
    const part = (0.299 * red + 0.587 * green + 0.114 * blue) / most;
    luma[index] = Math.round(255 * (1 - (opacity / most) * (1 - part)));
  }
  return true;
}

/** Gives one sample after another; NaN past the end of a plain file. */
function sampleReader(bytes: Uint8Array, { isPlain, most, offset }: PnmHead): () => number {
  if (isPlain) {
    const numbers = new Numbers(bytes, offset);
    return () => numbers.next() ?? NaN;
  }
  let at = offset;
  if (most <= 255) return () => bytes[at++] as number;
  return () => {
    at += 2;
    return (bytes[at - 2] as number) * 256 + (bytes[at - 1] as number);
  };
}

function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

const HASH = 0x23;
const LINE_ENDS: readonly (number | undefined)[] = [0x0a, 0x0d];

/** Decimal numbers between white space and comments, which go from # to the end of the line. */
class Numbers {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Null where none follows, or one that is larger than anything here. */
  next(): number | null {
    this.#skip();
    let number = 0;
    const start = this.at;
    for (; this.#isDigit() && number < 1e9; this.at++) {
      number = number * 10 + (this.#bytes[this.at] as number) - 0x30;
    }
    return this.at === start || number >= 1e9 ? null : number;
  }

  /** One figure, 0 or 1. */
  digit(): number | null {
    this.#skip();
    const digit = (this.#bytes[this.at] ?? 0) - 0x30;
    this.at += 1;
    return digit === 0 || digit === 1 ? digit : null;
  }

  #isDigit(): boolean {
    const byte = this.#bytes[this.at] ?? 0;
    return byte >= 0x30 && byte <= 0x39;
  }

  #skip(): void {
    for (;;) {
      const byte = this.#bytes[this.at];
      if (byte === HASH) {
        while (this.at < this.#bytes.length && !LINE_ENDS.includes(this.#bytes[this.at])) this.at++;
      } else if (isSpace(byte)) this.at++;
      else return;
    }
  }
}
