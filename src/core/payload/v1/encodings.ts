/**
 * The eleven encodings of a field's value in payload version 1; the only importer of @scure/base.
 *
 * `bytesOf` gives bytes only when `textOf` of them is the same text again, so that a value always
 * comes back as the same characters; null means that this encoding cannot hold the text.
 */
import {
  base32crockford,
  base32nopad,
  base64,
  base64nopad,
  base64urlnopad,
  hex,
} from "@scure/base";
import { areEqualBytes, concatBytes } from "../../bytes.js";
import { textFromUtf8, utf8FromText } from "../../text.js";

export interface Encoding {
  /** Low seven bits of a form byte. */
  readonly number: number;
  readonly name: string;
  bytesOf(text: string): Uint8Array | null;
  /** null: no value of this encoding has these bytes. */
  textOf(bytes: Uint8Array): string | null;
}

/** Both directions of an encoding, which may take and give too much: the round trip is checked. */
interface Coder {
  decode(text: string): Uint8Array | null;
  encode(bytes: Uint8Array): string | null;
}

function encoding(number: number, name: string, coder: Coder): Encoding {
  function textOf(bytes: Uint8Array): string | null {
    const text = orNull(() => coder.encode(bytes));
    if (text === null) return null;
    const again = orNull(() => coder.decode(text));
    return again !== null && areEqualBytes(again, bytes) ? text : null;
  }
  return {
    number,
    name,
    textOf,
    bytesOf(text) {
      const bytes = orNull(() => coder.decode(text));
      return bytes !== null && textOf(bytes) === text ? bytes : null;
    },
  };
}

// A coder's own error may quote the value, so it ends here.
function orNull<T>(attempt: () => T | null): T | null {
  try {
    return attempt();
  } catch {
    return null;
  }
}

const TEXT: Coder = { decode: utf8FromText, encode: textFromUtf8 };

const HEX_UPPER: Coder = {
  decode: (text) => hex.decode(text),
  encode: (bytes) => hex.encode(bytes).toUpperCase(),
};

const HEX_0X: Coder = {
  decode: (text) => hex.decode(text.slice("0x".length)),
  encode: (bytes) => `0x${hex.encode(bytes)}`,
};

const UUID_BYTES = 16;

/** RFC 9562 section 4: 8-4-4-4-12 hexadecimal digits; here in lower case. */
const UUID: Coder = {
  decode: (text) => hex.decode(text.replaceAll("-", "")),
  encode: (bytes) =>
    bytes.length === UUID_BYTES
      ? hex.encode(bytes).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5")
      : null,
};

const BASE62_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE62_MARKER = "1";
// Positional conversion is quadratic in the length; the longest payload holds no more digits.
const BASE62_LIMIT = 5503;

/** The digits with a 1 in front, as one number in the fewest bytes: leading zeros survive. */
const BASE62: Coder = {
  decode(text) {
    if (text.length > BASE62_LIMIT) return null;
    let number = 0n;
    for (const digit of BASE62_MARKER + text) {
      const value = BASE62_DIGITS.indexOf(digit);
      if (value < 0) return null;
      number = number * 62n + BigInt(value);
    }
    const digits = number.toString(16);
    return hex.decode(digits.length % 2 === 0 ? digits : `0${digits}`);
  },
  encode(bytes) {
    if (bytes.length === 0 || bytes.length > BASE62_LIMIT) return null;
    let number = BigInt(`0x${hex.encode(bytes)}`);
    const digits: string[] = [];
    while (number > 0n) {
      digits.push(BASE62_DIGITS.charAt(Number(number % 62n)));
      number /= 62n;
    }
    return digits.pop() === BASE62_MARKER ? digits.reverse().join("") : null;
  },
};

/** Label numbers of the PEM encoding, FORMAT.md "PEM". */
export const PEM_LABELS: ReadonlyMap<number, string> = new Map([
  [1, "PRIVATE KEY"],
  [2, "EC PRIVATE KEY"],
  [3, "RSA PRIVATE KEY"],
  [4, "ENCRYPTED PRIVATE KEY"],
  [5, "PUBLIC KEY"],
]);

const PEM_CRLF = 1;
const PEM_ENDS_WITH_LINE_END = 2;
const PEM_LINE_LENGTH = 64;

/** RFC 7468: label number, line-end byte, and the DER. */
const PEM: Coder = {
  decode(text) {
    const label = [...PEM_LABELS].find(([, name]) => text.startsWith(`-----BEGIN ${name}-----`));
    if (label === undefined) return null;
    const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
    const body = text.split(lineEnd).filter((line) => line !== "" && !line.startsWith("-----"));
    const flags =
      (lineEnd === "\r\n" ? PEM_CRLF : 0) | (text.endsWith(lineEnd) ? PEM_ENDS_WITH_LINE_END : 0);
    return concatBytes([Uint8Array.of(label[0], flags), base64.decode(body.join(""))]);
  },
  encode(bytes) {
    const [number, flags] = bytes;
    const label = PEM_LABELS.get(number ?? 0);
    if (label === undefined || flags === undefined) return null;
    const der = base64.encode(bytes.subarray(2));
    const lines = der.match(new RegExp(`.{1,${String(PEM_LINE_LENGTH)}}`, "g"));
    if (lines === null) return null;
    const lineEnd = (flags & PEM_CRLF) === 0 ? "\n" : "\r\n";
    const text = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join(lineEnd);
    return (flags & PEM_ENDS_WITH_LINE_END) === 0 ? text : text + lineEnd;
  },
};

export const ENCODINGS: readonly Encoding[] = [
  encoding(0, "text", TEXT),
  encoding(1, "base64, padded", base64),
  encoding(2, "base64, no padding", base64nopad),
  encoding(3, "base64url, no padding", base64urlnopad),
  encoding(4, "hex, lower", hex),
  encoding(5, "hex, upper", HEX_UPPER),
  encoding(6, "UUID, lower", UUID),
  encoding(7, "base62", BASE62),
  encoding(8, "PEM", PEM),
  encoding(9, "0x and hex, lower", HEX_0X),
  encoding(10, "base32, no padding", base32nopad),
];

/** Crockford's base32 (crockford.com/base32.html), in which marks are written: 40 bits, 8 characters. */
export function markCharacters(bytes: Uint8Array): string {
  return base32crockford.encode(bytes);
}

export interface EncodedValue {
  readonly encoding: number;
  readonly bytes: Uint8Array;
}

/** The prescribed choice: the fewest bytes, on a tie the lowest number; null for a lone surrogate. */
export function encodeValue(text: string): EncodedValue | null {
  let best: EncodedValue | null = null;
  for (const candidate of ENCODINGS) {
    const bytes = candidate.bytesOf(text);
    if (bytes !== null && (best === null || bytes.length < best.bytes.length)) {
      best = { encoding: candidate.number, bytes };
    }
  }
  return best;
}

/** An encoding by its number; null for a number that version 1 does not have. */
export function encodingByNumber(number: number): Encoding | null {
  return ENCODINGS[number] ?? null;
}
