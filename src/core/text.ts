/**
 * Text to UTF-8 bytes and back, exactly.
 *
 * Nothing is normalised and nothing is replaced: a lone surrogate or a malformed byte is refused,
 * and a leading U+FEFF stays.
 */

// The Encoding Standard's two classes, the only globals that core takes from its platform.
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

/** True when every surrogate is one of a pair, so that the text has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** UTF-8 of well-formed text; null for a lone surrogate. */
export function utf8FromText(text: string): Uint8Array | null {
  return isWellFormed(text) ? new TextEncoder().encode(text) : null;
}

/** The text of well-formed UTF-8; null for anything else. */
export function textFromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text of UTF-16 that begins with its byte order mark; null for anything else. */
export function textFromUtf16(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const label = first === 0xff && second === 0xfe ? "utf-16le" : "utf-16be";
  const isMarked = label === "utf-16le" || (first === 0xfe && second === 0xff);
  if (!isMarked) return null;
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const LINE_FEED = 0x0a;

/** The first line, from 1, that is not well-formed UTF-8; null when all of them are. */
export function malformedUtf8Line(bytes: Uint8Array): number | null {
  let start = 0;
  for (let line = 1; start <= bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    const stop = end < 0 ? bytes.length : end;
    if (textFromUtf8(bytes.subarray(start, stop)) === null) return line;
    start = stop + 1;
  }
  return null;
}
