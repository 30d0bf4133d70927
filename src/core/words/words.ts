/**
 * A payload to the words of a sheet and back (FORMAT.md, "Words").
 *
 * The decoder corrects every list with 2 x wrong + unreadable <= spare words, and gives only
 * payloads whose check words hold; the check binds the list, the number of words and of spare ones.
 */
import { uint16Bytes } from "../bytes.js";
import { taggedHash } from "../hash.js";
import { correctCodeword, encodeCodeword } from "./reed-solomon.js";
import { WORDS_A_ROW } from "./row.js";

const SYMBOL_BITS = 11;
const CHECK_WORDS_MIN = 4;
/** The most words that a sheet can have: the longest codeword has 2047 symbols, rows are full. */
export const WORDS_LIMIT = 2046;

export type Level = "standard" | "long";
export const LEVELS: readonly Level[] = ["standard", "long"];

/** How a payload becomes words; all counts in words. */
export interface WordsShape {
  readonly data: number;
  /** 4 to 9. */
  readonly check: number;
  readonly spare: number;
  readonly count: number;
}

/** Rows of spare words for so many rows of data and check words. */
function spareRows(level: Level, rows: number): number {
  return level === "standard" ? Math.max(3, Math.ceil(rows / 6)) : Math.max(5, Math.ceil(rows / 3));
}

/** null when the payload is too long for words; it then goes without. */
export function wordsShape(lengthBytes: number, level: Level): WordsShape | null {
  const data = Math.ceil((8 * lengthBytes) / SYMBOL_BITS);
  const rows = Math.ceil((data + CHECK_WORDS_MIN) / WORDS_A_ROW);
  const spare = WORDS_A_ROW * spareRows(level, rows);
  const count = WORDS_A_ROW * rows + spare;
  if (count > WORDS_LIMIT) return null;
  return { data, check: WORDS_A_ROW * rows - data, spare, count };
}

/** Rows of data and check words in a sheet of so many words; null when no sheet has that many. */
function messageRows(count: number, level: Level): number | null {
  const rows = count / WORDS_A_ROW;
  if (!Number.isInteger(rows) || count > WORDS_LIMIT) return null;
  for (let message = 1; message < rows; message++) {
    if (message + spareRows(level, message) === rows) return message;
  }
  return null;
}

/** Spare words of a sheet of so many words at a level; null when that level has no such sheet. */
export function spareWords(count: number, level: Level): number | null {
  const rows = messageRows(count, level);
  return rows === null ? null : count - WORDS_A_ROW * rows;
}

/** True when some payload makes a sheet of so many words, at one level or the other. */
export function isSheetWordCount(count: number): boolean {
  return LEVELS.some((level) => messageRows(count, level) !== null);
}

/** The indices of the words, 0 to 2047, or null when the payload is too long for words. */
export function encodeWords(
  payload: Uint8Array,
  listNumber: number,
  level: Level,
): Uint16Array | null {
  const shape = wordsShape(payload.length, level);
  if (shape === null) return null;
  const message = new Uint16Array(shape.data + shape.check);
  message.set(symbolsFromBytes(payload));
  message.set(checkSymbols(payload, listNumber, shape), shape.data);
  return encodeCodeword(message, shape.spare);
}

export interface WordsReading {
  readonly payload: Uint8Array;
  readonly level: Level;
  readonly spare: number;
  /** Indices, from 0, of words that were read and are other words on the sheet. */
  readonly wrong: readonly number[];
  readonly unreadable: readonly number[];
}

/**
 * Every payload that the words of one list can stand for, null for an unreadable word; none when
 * the words are too damaged. Mirrors `encodeWords`.
 */
export function decodeWords(
  symbols: readonly (number | null)[],
  listNumber: number,
): readonly WordsReading[] {
  return LEVELS.flatMap((level) => decodeLevel(symbols, listNumber, level));
}

function decodeLevel(
  symbols: readonly (number | null)[],
  listNumber: number,
  level: Level,
): readonly WordsReading[] {
  const spare = spareWords(symbols.length, level);
  if (spare === null) return [];
  const correction = correctCodeword(symbols, spare);
  if (correction === null) return [];
  const { codeword, wrong } = correction;
  const unreadable = symbols.flatMap((symbol, index) => (symbol === null ? [index] : []));
  return codewordPayloads(codeword, spare, listNumber).map((payload) => ({
    payload,
    level,
    spare,
    wrong,
    unreadable,
  }));
}

/** The payloads, of every length that fits the rows, whose padding is zero and whose check holds. */
export function codewordPayloads(
  codeword: Uint16Array,
  spare: number,
  listNumber: number,
): readonly Uint8Array[] {
  const count = codeword.length;
  const message = codeword.subarray(0, count - spare);
  const rows = message.length / WORDS_A_ROW;
  const longest = Math.floor(((message.length - CHECK_WORDS_MIN) * SYMBOL_BITS) / 8);
  const payloads: Uint8Array[] = [];
  for (let length = longest; length > 0; length--) {
    const data = Math.ceil((8 * length) / SYMBOL_BITS);
    if (Math.ceil((data + CHECK_WORDS_MIN) / WORDS_A_ROW) !== rows) break;
    const payload = bytesFromSymbols(message.subarray(0, data), length);
    if (payload === null) continue;
    const shape = { data, check: message.length - data, spare, count };
    const check = checkSymbols(payload, listNumber, shape);
    if (check.every((symbol, index) => symbol === message[data + index])) payloads.push(payload);
  }
  return payloads;
}

function checkSymbols(payload: Uint8Array, listNumber: number, shape: WordsShape): Uint16Array {
  const hash = taggedHash(
    "keysheet words v1",
    Uint8Array.of(listNumber),
    uint16Bytes(shape.count),
    uint16Bytes(shape.spare),
    payload,
  );
  return symbolsFromBytes(hash).subarray(0, shape.check);
}

/** Bits, most significant first, in symbols of 11, zero bits behind; mirrors `bytesFromSymbols`. */
function symbolsFromBytes(bytes: Uint8Array): Uint16Array {
  const symbols = new Uint16Array(Math.ceil((8 * bytes.length) / SYMBOL_BITS));
  // Holds fewer than 11 bits before each byte, at most 18 after it.
  let bits = 0;
  let bitCount = 0;
  let index = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    bitCount += 8;
    if (bitCount >= SYMBOL_BITS) {
      bitCount -= SYMBOL_BITS;
      symbols[index++] = bits >>> bitCount;
      bits &= (1 << bitCount) - 1;
    }
  }
  if (bitCount > 0) symbols[index] = bits << (SYMBOL_BITS - bitCount);
  return symbols;
}

/** The first whole bytes of a payload, from its first data symbols. */
export function bytesFromStart(symbols: readonly number[]): Uint8Array {
  const length = Math.floor((symbols.length * SYMBOL_BITS) / 8);
  let bits = "";
  for (const symbol of symbols) bits += symbol.toString(2).padStart(SYMBOL_BITS, "0");
  return Uint8Array.from({ length }, (_, index) =>
    Number.parseInt(bits.slice(8 * index, 8 * index + 8), 2),
  );
}

/** The data symbols, by index, all of whose bits are in known bytes of a payload; null for others. */
export function symbolsInBytes(bytes: readonly (number | null)[]): ReadonlyMap<number, number> {
  const symbols = symbolsFromBytes(Uint8Array.from(bytes, (byte) => byte ?? 0));
  const known = new Map<number, number>();
  symbols.forEach((symbol, index) => {
    const first = Math.floor((index * SYMBOL_BITS) / 8);
    const last = Math.floor(((index + 1) * SYMBOL_BITS - 1) / 8);
    const needed = bytes.slice(first, last + 1);
    const isWhole = needed.length === last + 1 - first;
    if (isWhole && needed.every((byte) => byte !== null)) known.set(index, symbol);
  });
  return known;
}

/** null when a bit behind the bytes is not zero. */
function bytesFromSymbols(symbols: Uint16Array, length: number): Uint8Array | null {
  const bytes = new Uint8Array(length);
  let bits = 0;
  let bitCount = 0;
  let index = 0;
  for (const symbol of symbols) {
    bits = (bits << SYMBOL_BITS) | symbol;
    bitCount += SYMBOL_BITS;
    while (bitCount >= 8 && index < length) {
      bitCount -= 8;
      bytes[index++] = bits >>> bitCount;
      bits &= (1 << bitCount) - 1;
    }
  }
  return bits === 0 ? bytes : null;
}

const ROW_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Two letters for the eye at the end of a row, never an input to the repair. */
export function rowLetters(rowNumber: number, indices: ArrayLike<number>): string {
  const parts = Array.from(indices, uint16Bytes);
  const hash = taggedHash("keysheet row v1", uint16Bytes(rowNumber), ...parts);
  const value = hash.subarray(0, 4).reduce((number, byte) => number * 256 + byte, 0);
  const second = Math.floor(value / ROW_LETTERS.length);
  return [value, second].map((number) => ROW_LETTERS.charAt(number % ROW_LETTERS.length)).join("");
}
