/**
 * A payload to the text of its QR codes and back (FORMAT.md, "QR text").
 *
 * `KEYSHEET1/i/t/DIGITS`: digits keep the code small and survive every scanner, copy and line break.
 * A piece is found wherever it stands in a text; a payload is given only when its check holds.
 */
import { areEqualBytes, concatBytes } from "../bytes.js";
import { taggedHash } from "../hash.js";
import { listed } from "../listed.js";
import type { Problem } from "../problem.js";
import { FORMAT_VERSION, PAYLOAD_LIMIT_BYTES } from "../payload/payload.js";

export const CHECK_BYTES = 6;
/** Check bytes in front of each piece of several, which tell the sheets apart. */
export const SET_BYTES = 4;
export const PIECE_LIMIT = 99;
/** Bytes of a whole group of digits. */
export const GROUP_BYTES = 7;
/** Digits of a group of 0 to 7 bytes: the fewest that hold 256^bytes - 1. */
export const GROUP_DIGITS: readonly number[] = [0, 3, 5, 8, 10, 13, 15, 17];
/** Of more digits than these no payload is made, and none is looked at. */
const DIGITS_LIMIT =
  (GROUP_DIGITS[GROUP_BYTES] as number) *
  Math.ceil((PAYLOAD_LIMIT_BYTES + CHECK_BYTES + SET_BYTES) / GROUP_BYTES);
const HEAD = "KEYSHEET([1-9][0-9]*)/([1-9][0-9]?)/([1-9][0-9]?)/";
const WHOLE_HEAD = new RegExp(`^${HEAD}$`);
const PIECE = new RegExp(`${HEAD}([0-9]+)`, "g");

/** True when a text holds something that looks like a piece of a sheet, of any version. */
export function hasQrText(text: string): boolean {
  return stripped(text).includes("KEYSHEET") && piecesIn(text).length > 0;
}

/** True when a text holds this piece of several. */
export function holdsPiece(text: string, number: number, total: number): boolean {
  return piecesIn(text).some((piece) => piece.number === number && piece.total === total);
}

/** True when a text alone holds a payload whose check holds. */
export function isWholeQrText(text: string): boolean {
  return readQrTexts([{ source: "", text }]).payloads.length > 0;
}

export interface QrText {
  /** For QR's alphanumeric mode, up to the last slash. */
  readonly head: string;
  /** For QR's numeric mode. */
  readonly digits: string;
}

/** The texts of a payload in so many codes, 1 to 99 and none empty; mirrored by `readQrTexts`. */
export function encodeQrText(payload: Uint8Array, pieceCount = 1): readonly QrText[] {
  const pieces = piecesOf(payload, pieceCount);
  if (pieces === null) throw new RangeError("a payload cannot be cut into so many pieces");
  return pieces.map((piece, index) => ({
    head: `KEYSHEET${String(FORMAT_VERSION)}/${String(index + 1)}/${String(pieceCount)}/`,
    digits: digitsFromBytes(piece),
  }));
}

/** The bytes of each code of so many; null where it cannot be that many. */
export function piecesOf(payload: Uint8Array, pieceCount: number): readonly Uint8Array[] | null {
  const check = checkBytes(payload);
  const whole = concatBytes([payload, check]);
  const size = Math.ceil(whole.length / pieceCount);
  if (pieceCount < 1 || pieceCount > PIECE_LIMIT || (pieceCount - 1) * size >= whole.length) {
    return null;
  }
  const set = pieceCount > 1 ? check.subarray(0, SET_BYTES) : new Uint8Array();
  return Array.from({ length: pieceCount }, (_, index) =>
    concatBytes([set, whole.subarray(index * size, (index + 1) * size)]),
  );
}

/** The number and the total of a piece of this version, of the text before its digits; else null. */
export function pieceHead(
  text: string,
): { readonly number: number; readonly total: number } | null {
  const [, version, number, total] = (WHOLE_HEAD.exec(text) ?? []).map(Number);
  const isOurs = version === FORMAT_VERSION && number !== undefined && total !== undefined;
  return isOurs && number <= total ? { number, total } : null;
}

interface Piece {
  readonly version: number;
  readonly number: number;
  readonly total: number;
  readonly digits: string;
}

export interface QrSource {
  readonly source: string;
  readonly text: string;
}

/** Pieces of a sheet; others are missing. */
export interface IncompleteSet {
  /** Where each of them was read, the first one first. */
  readonly sources: readonly [string, ...string[]];
  /** The check bytes that they have in common. */
  readonly set: Uint8Array;
  readonly pieces: readonly {
    readonly number: number;
    readonly total: number;
    readonly bytes: Uint8Array;
  }[];
}

export interface ReadQrTexts {
  /** Each payload once, in the order of its first piece; with every source of a piece of it. */
  readonly payloads: readonly {
    readonly payload: Uint8Array;
    readonly source: string;
    readonly sources: readonly string[];
  }[];
  readonly incomplete: readonly IncompleteSet[];
  readonly problems: readonly Problem[];
}

/** What every piece of several begins with, and tells the payload's pieces from those of others. */
export function pieceSet(payload: Uint8Array): Uint8Array {
  return checkBytes(payload).subarray(0, SET_BYTES);
}

/** Every payload that the texts hold, whole and checked, and what is wrong with the rest. */
export function readQrTexts(texts: readonly QrSource[]): ReadQrTexts {
  const problems: Problem[] = [];
  const sets = new Map<string, PieceSet>();
  for (const { source, text } of texts) {
    for (const piece of piecesIn(text)) {
      const bytes = readPiece(piece, source, problems);
      if (bytes === null) continue;
      const { number, total } = piece;
      const key =
        total === 1 ? piece.digits : `${String(total)}/${bytes.slice(0, SET_BYTES).join()}`;
      const set = sets.get(key) ?? newSet(source, total);
      sets.set(key, set);
      set.sources.add(source);
      const known = set.pieces.get(number);
      set.isMixed ||= known !== undefined && !areEqualBytes(known, bytes);
      set.pieces.set(number, bytes);
    }
  }
  const incomplete: IncompleteSet[] = [];
  const payloads: ReadQrTexts["payloads"][number][] = [];
  for (const set of sets.values()) {
    const { first, total } = set;
    const sources = [...set.sources];
    if (set.isMixed) {
      problems.push({ code: "code-pieces-mixed", source: listed(sources) });
      continue;
    }
    const [piece] = set.pieces.values();
    if (set.pieces.size < total && piece !== undefined) {
      const pieces = [...set.pieces].map(([number, bytes]) => ({ number, total, bytes }));
      const named = [first, ...sources.slice(1)] as const;
      incomplete.push({ sources: named, set: piece.subarray(0, SET_BYTES), pieces });
    }
    const payload = joinPieces(set, listed(sources), problems);
    if (payload !== null) payloads.push({ payload, source: first, sources });
  }
  return { payloads, incomplete, problems };
}

interface PieceSet {
  readonly first: string;
  readonly sources: Set<string>;
  readonly total: number;
  readonly pieces: Map<number, Uint8Array>;
  /** Two different pieces have one number. */
  isMixed: boolean;
}

function newSet(first: string, total: number): PieceSet {
  return { first, sources: new Set(), total, pieces: new Map(), isMixed: false };
}

function stripped(text: string): string {
  return text.replace(/\s+/gu, "").toUpperCase();
}

function piecesIn(text: string): readonly Piece[] {
  return [...stripped(text).matchAll(PIECE)].map(([, version, number, total, digits]) => ({
    version: Number(version),
    number: Number(number),
    total: Number(total),
    digits: digits ?? "",
  }));
}

function readPiece(piece: Piece, source: string, problems: Problem[]): Uint8Array | null {
  if (piece.version !== FORMAT_VERSION) {
    problems.push({ code: "code-version-newer", source, version: piece.version });
    return null;
  }
  const isTooLong = piece.digits.length > DIGITS_LIMIT;
  const bytes = isTooLong ? 0 : bytesFromDigits(piece.digits);
  if (typeof bytes === "number" || piece.number > piece.total) {
    problems.push({ code: "code-malformed", source, group: typeof bytes === "number" ? bytes : 0 });
    return null;
  }
  return bytes;
}

function joinPieces(
  { total, pieces }: PieceSet,
  source: string,
  problems: Problem[],
): Uint8Array | null {
  const numbers = Array.from({ length: total }, (_, index) => index + 1);
  const missing = numbers.filter((number) => !pieces.has(number));
  if (missing.length > 0) {
    problems.push({ code: "code-pieces-missing", source, missing, total });
    return null;
  }
  const parts = numbers.map((number) =>
    (pieces.get(number) as Uint8Array).subarray(total > 1 ? SET_BYTES : 0),
  );
  const whole = concatBytes(parts);
  const size = Math.ceil(whole.length / total);
  const isCutAsPrescribed = parts.every(
    (part, index) => part.length === Math.min(size, whole.length - index * size),
  );
  if (
    !isCutAsPrescribed ||
    whole.length <= CHECK_BYTES ||
    parts.some(({ length }) => length === 0)
  ) {
    problems.push({ code: "code-malformed", source, group: 0 });
    return null;
  }
  const payload = whole.subarray(0, -CHECK_BYTES);
  const check = checkBytes(payload);
  const setBytes = total > 1 ? (pieces.get(1) as Uint8Array).subarray(0, SET_BYTES) : check;
  const isHeld =
    areEqualBytes(whole.subarray(-CHECK_BYTES), check) &&
    areEqualBytes(setBytes.subarray(0, SET_BYTES), check.subarray(0, SET_BYTES));
  if (!isHeld) problems.push({ code: "code-check", source });
  return isHeld ? payload : null;
}

function checkBytes(payload: Uint8Array): Uint8Array {
  return taggedHash("keysheet qr v1", payload).subarray(0, CHECK_BYTES);
}

function digitsFromBytes(bytes: Uint8Array): string {
  let digits = "";
  for (let offset = 0; offset < bytes.length; offset += GROUP_BYTES) {
    const group = bytes.subarray(offset, offset + GROUP_BYTES);
    const number = group.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
    digits += number.toString().padStart(GROUP_DIGITS[group.length] ?? 0, "0");
  }
  return digits;
}

/** The bytes, or the number (from 1) of the first group that is malformed. */
export function bytesFromDigits(digits: string): Uint8Array | number {
  const groupDigits = GROUP_DIGITS[GROUP_BYTES] as number;
  const groups: Uint8Array[] = [];
  for (let offset = 0; offset < digits.length; offset += groupDigits) {
    const text = digits.slice(offset, offset + groupDigits);
    const length = GROUP_DIGITS.indexOf(text.length);
    let number = BigInt(text);
    if (length < 1 || number >= 1n << BigInt(8 * length)) return groups.length + 1;
    const group = new Uint8Array(length);
    for (let index = length - 1; index >= 0; index--) {
      group[index] = Number(number & 0xffn);
      number >>= 8n;
    }
    groups.push(group);
  }
  return concatBytes(groups);
}
