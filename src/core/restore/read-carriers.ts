/**
 * What was read from paper to payloads: each carrier decoded, mended and put together with the others
 * of its sheet.
 */
import { areEqualBytes } from "../bytes.js";
import { listed } from "../listed.js";
import { markOf } from "../payload/mark.js";
import {
  decodePayload,
  type Payload,
  type PayloadContent,
  PAYLOAD_LIMIT_BYTES,
} from "../payload/payload.js";
import type { Problem } from "../problem.js";
import { payloadsOfPieces } from "../qr/pieces.js";
import {
  CHECK_BYTES,
  hasQrText,
  type IncompleteSet,
  PIECE_LIMIT,
  piecesOf,
  pieceSet,
  readQrTexts,
  SET_BYTES,
} from "../qr/qr-text.js";
import type { TornPiece } from "../qr/torn-code.js";
import { isKeyUri } from "../record/key-file.js";
import { type Agreement, agreementOfWords } from "../words/agreement.js";
import {
  type MendedWords,
  mendCopies,
  mendPages,
  mendWords,
  type TypedWords,
} from "../words/repair/mend-words.js";
import type { KnownSymbols } from "../words/repair/probe.js";
import type { Thoroughness } from "../words/repair/repair-words.js";
import { symbolsInBytes } from "../words/words.js";
import { problemsIn } from "../unless-refused.js";

/** Something read from a sheet; `source` names the file or the terminal for messages. */
export type Carrier =
  | WordsCarrier
  | { readonly kind: "code"; readonly source: string; readonly text: string }
  | TornCarrier;

export interface WordsCarrier extends TypedWords {
  readonly kind: "words";
  /** Of words on a photograph: pixels from one letter to the next, where that is known. */
  readonly photo?: { readonly letterPx: number | null };
  /** What they gave where they were repaired before, with all the evidence that is needed. */
  readonly mended?: MendedWords;
}

/** What is left of a torn code. */
export interface TornCarrier extends TornPiece {
  readonly kind: "bytes";
  readonly source: string;
  /** Blocks of the code that were read, of all. */
  readonly read: number;
  readonly count: number;
}

/** What one carrier gave. */
export type CarrierReport =
  | { readonly kind: "code"; readonly source: string }
  | {
      readonly kind: "torn-code";
      readonly source: string;
      readonly read: number;
      readonly count: number;
    }
  | ({ readonly kind: "words"; readonly source: string } & Omit<MendedWords, "payload">);

export interface ReadSheet {
  readonly payload: Payload;
  readonly content: PayloadContent;
  readonly mark: string | null;
  readonly reports: readonly CarrierReport[];
}

export interface ReadCarriers {
  /** One entry a payload, however many carriers hold it. */
  readonly sheets: readonly ReadSheet[];
  /** What was read of other sheets, or of these and could not be used; each has a problem, too. */
  readonly incomplete: readonly Incomplete[];
  readonly problems: readonly Problem[];
}

/** Some codes of several, a torn code, or words that could not be mended. */
export interface Incomplete {
  readonly sources: readonly string[];
  /** Whether it is of the sheet of this payload. */
  readonly agreementWith: (payload: Uint8Array) => Agreement;
}

export interface ReadOptions {
  /** How much is done to mend words before they are given up; full where nothing is said. */
  readonly thoroughness?: Thoroughness;
  /** What `mendCarriers` gave of these carriers before. */
  readonly mended?: MendedCarriers;
}

/** All that can be read from the carriers, put together by payload. */
export function readCarriers(
  carriers: readonly Carrier[],
  options: ReadOptions = {},
): ReadCarriers {
  const problems: Problem[] = [];
  const found: { payload: Uint8Array; report: CarrierReport }[] = [];

  const codes = carriers.filter((carrier) => carrier.kind === "code");
  const read = readQrTexts(codes);
  problems.push(...read.problems);
  for (const { payload, sources } of read.payloads) {
    for (const source of sources) found.push({ payload, report: { kind: "code", source } });
  }
  for (const { source, text } of codes) {
    if (hasQrText(text)) continue;
    problems.push({ code: isKeyUri(text) ? "code-of-key" : "code-foreign", source });
  }
  const words = options.mended ?? mendAll(carriers, read.incomplete, options);
  problems.push(...words.problems);
  for (const { source, mended } of words.found) {
    const { payload, ...report } = mended;
    found.push({ payload, report: { kind: "words", source, ...report } });
  }

  const groups = groupByPayload(found);
  const incomplete: Incomplete[] = read.incomplete.map(({ sources, set }) => ({
    sources: [...new Set(sources)],
    agreementWith: (payload) => (areEqualBytes(set, pieceSet(payload)) ? "agrees" : "disagrees"),
  }));
  for (const torn of carriers.filter((carrier) => carrier.kind === "bytes")) {
    const { source, read: blocks, count } = torn;
    const group = groups.find(({ payload }) => tornAgreement(torn, payload) === "agrees");
    if (group === undefined) {
      const isWithWords = words.problems.length > 0;
      problems.push({ code: "code-torn", source, read: blocks, count, isWithWords });
      const agreementWith = (payload: Uint8Array) => tornAgreement(torn, payload);
      incomplete.push({ sources: [source], agreementWith });
    }
    group?.reports.push({ kind: "torn-code", source, read: blocks, count });
  }
  for (const { source, lines } of words.damaged) {
    incomplete.push({ sources: [source], agreementWith: agreementOfWords(lines) });
  }

  const sheets: ReadSheet[] = [];
  for (const { payload, reports } of groups) {
    collect(problems, () => {
      const decoded = decodePayload(payload);
      sheets.push({ ...decoded, mark: markOf(decoded), reports });
    });
  }
  return { sheets, incomplete, problems };
}

/** So many bytes agree by chance once in 2^48, as often as the check of a code holds by chance. */
const TELLING_BYTES = CHECK_BYTES;
/** The longest that is in any code. */
const CODE_LIMIT_BYTES = PAYLOAD_LIMIT_BYTES + CHECK_BYTES + SET_BYTES;
/** What has lost its number looks like the only code; so far the text before the digits is as long. */
const TOTALS_OF_ONE_DIGIT = 9;

function knownBytes({ bytes }: TornPiece): number {
  return bytes.filter((byte) => byte !== null).length;
}

/** Every byte that is known has to be that of the sheet: the blocks that were read hold. */
function tornAgreement(torn: TornPiece, payload: Uint8Array): Agreement {
  const { number, total } = torn;
  if (knownBytes(torn) < TELLING_BYTES) return "unclear";
  if (isPiece(torn, payload)) return "agrees";
  if (number !== 1 || total !== 1) return "disagrees";
  for (let pieces = 2; pieces <= TOTALS_OF_ONE_DIGIT; pieces++) {
    for (let piece = 1; piece <= pieces; piece++) {
      if (isPiece({ ...torn, number: piece, total: pieces }, payload)) return "agrees";
    }
  }
  return "disagrees";
}

function isPiece({ number, total, bytes }: TornPiece, payload: Uint8Array): boolean {
  const setBytes = total > 1 ? SET_BYTES : 0;
  const size = Math.ceil((payload.length + CHECK_BYTES) / total);
  if (bytes.length > setBytes + size) return false;
  // What is of the payload is compared first: set and check take a hash of it.
  const start = (number - 1) * size - setBytes;
  const isOfPayload = bytes.every((byte, index) => {
    const isIn = index >= setBytes && start + index < payload.length;
    return byte === null || !isIn || byte === payload[start + index];
  });
  const piece = isOfPayload ? piecesOf(payload, total)?.[number - 1] : undefined;
  return (
    piece !== undefined &&
    bytes.length <= piece.length &&
    bytes.every((byte, index) => byte === null || byte === piece[index])
  );
}

/** What the words among carriers gave. */
export interface MendedCarriers {
  readonly found: readonly FoundWords[];
  /** Those of no sheet, or too damaged. */
  readonly damaged: readonly WordsCarrier[];
  readonly problems: readonly Problem[];
}

interface FoundWords {
  readonly source: string;
  readonly mended: MendedWords;
  /** The one carrier that gave it, by its index; null where several gave it together. */
  readonly index: number | null;
}

/** The part of `readCarriers` that takes long, which can be done somewhere else. */
export function mendCarriers(
  carriers: readonly Carrier[],
  options: ReadOptions = {},
): MendedCarriers {
  const codes = carriers.filter((carrier) => carrier.kind === "code");
  return mendAll(carriers, readQrTexts(codes).incomplete, options);
}

/** Codes of more different sheets than these are not tried with words, nor looked at for it. */
const SHEETS_TRIED = 3;
const SHEETS_SEEN = 20;

/**
 * Pages together, then each text of words alone, then those that cannot be mended, as copies of one
 * sheet. What is mended together is said of the texts that agree with it; all others stand alone.
 */
function mendAll(
  carriers: readonly Carrier[],
  incomplete: readonly IncompleteSet[],
  { thoroughness = "full" }: ReadOptions,
): MendedCarriers {
  const known = knownSymbols(carriers, incomplete);
  const all = inOrder(carriers.filter((carrier) => carrier.kind === "words"));
  const words = all.filter(({ mended }) => mended === undefined);
  const optionsFor = (texts: readonly TypedWords[]) => ({
    known: helpfulTo(texts, known),
    thoroughness,
    texts: words.length,
  });
  const found: FoundWords[] = [];
  const together = (texts: readonly WordsCarrier[], mended: MendedWords | null) => {
    const members = mended === null ? [] : membersOf(texts, mended.payload);
    if (mended !== null && members.length > 0)
      found.push({ source: sourcesOf(members), mended, index: null });
    return texts.filter((text) => !members.includes(text));
  };
  const findAlone = (carrier: WordsCarrier, mended: MendedWords) => {
    found.push({ source: carrier.source, mended, index: carriers.indexOf(carrier) });
  };
  for (const carrier of all) {
    if (carrier.mended !== undefined) findAlone(carrier, carrier.mended);
  }
  const alone = together(words, mendPages(words, optionsFor(words)));
  const problemsOf = new Map<WordsCarrier, readonly Problem[]>();
  for (const carrier of alone) {
    const own: Problem[] = [];
    const isRefused = collect(own, () => {
      findAlone(carrier, mendWords(carrier, optionsFor([carrier])));
    });
    if (isRefused)
      problemsOf.set(
        carrier,
        own.map((problem) => ofPhoto(problem, carrier)),
      );
  }
  const refused = [...problemsOf.keys()];
  const copies = refused.length > 1 ? mendCopies(refused, optionsFor(refused)) : null;
  const damaged = together(refused, copies);
  const problems = damaged.flatMap((carrier) => problemsOf.get(carrier) ?? []);
  return { found, damaged, problems };
}

/** The texts that hold the sheet that they gave together. */
function membersOf(texts: readonly WordsCarrier[], payload: Uint8Array): readonly WordsCarrier[] {
  const held = texts.map((text) => ({ text, agreement: agreementOfWords(text.lines)(payload) }));
  const agreeing = held.filter(({ agreement }) => agreement === "agrees");
  const unclear = held.filter(({ agreement }) => agreement === "unclear");
  // Too little of each, which together has the evidence all the same.
  return (agreeing.length > 0 ? agreeing : unclear).map(({ text }) => text);
}

/**
 * By name, and then by what they say: which text is tried first is not left to the order in which files
 * were given, and pages of one file stand in theirs.
 */
function inOrder(words: readonly WordsCarrier[]): readonly WordsCarrier[] {
  // To make a collator takes longer than to read a sheet's words.
  if (words.length < 2) return words;
  const names = new Intl.Collator("en", { numeric: true });
  return words
    .map((text) => ({ text, said: text.lines.map(({ tokens }) => tokens.join(" ")).join("\n") }))
    .sort((a, b) => names.compare(a.text.source, b.text.source) || compare(a.said, b.said))
    .map(({ text }) => text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Which words of a photograph are lost helps nobody: they are to be photographed again. */
function ofPhoto(problem: Problem, { source, photo }: WordsCarrier): Problem {
  const isDamage = problem.code === "words-damaged" || problem.code === "words-count";
  return photo === undefined || !isDamage ? problem : { code: "words-unclear", source, ...photo };
}

function sourcesOf(words: readonly TypedWords[]): string {
  return listed([...new Set(words.map(({ source }) => source))]);
}

/** Words that are left out, of all; so many may be, and rows besides, before a sheet is another one. */
const LONGEST = 2;
const LONGEST_BESIDES = 36;

/** Symbols of a sheet that these words may be of: not of one that is far longer. */
function helpfulTo(
  texts: readonly TypedWords[],
  known: readonly KnownSymbols[],
): readonly KnownSymbols[] {
  const tokens = texts
    .flatMap(({ lines }) => lines)
    .reduce((count, line) => count + line.tokens.length, 0);
  return known.filter(
    (symbols) => Math.max(-1, ...symbols.keys()) < LONGEST * tokens + LONGEST_BESIDES,
  );
}

/**
 * Data words of which all bits are known from codes, the most first. Torn codes that agree are taken
 * together, but not with those of several: one of these that has lost its number looks like the only one.
 */
function knownSymbols(
  carriers: readonly Carrier[],
  incomplete: readonly IncompleteSet[],
): readonly KnownSymbols[] {
  const torn = carriers
    .filter((carrier) => carrier.kind === "bytes")
    .filter((carrier) => carrier.bytes.length <= CODE_LIMIT_BYTES)
    .map((piece) => ({ piece, said: piece.bytes.join(), known: knownBytes(piece) }))
    .sort((a, b) => b.known - a.known || compare(a.said, b.said))
    .map(({ piece }) => piece)
    .slice(0, SHEETS_SEEN * PIECE_LIMIT);
  const whole = incomplete
    .toSorted((a, b) => compare(a.set.join(), b.set.join()))
    .slice(0, SHEETS_SEEN)
    .flatMap(({ pieces }) => pieces.map((piece) => ({ ...piece, bytes: [...piece.bytes] })));
  const ofSeveral = payloadsOfPieces([...torn.filter(({ total }) => total > 1), ...whole]);
  const single = torn.filter(({ total }) => total === 1).slice(0, SHEETS_SEEN);
  const groups: Map<number, number>[] = [];
  for (const symbols of single.map(({ bytes }) => symbolsInBytes(bytes))) {
    const agreeing = groups.find((group) =>
      [...symbols].every(([position, symbol]) => (group.get(position) ?? symbol) === symbol),
    );
    if (agreeing === undefined) groups.push(new Map(symbols));
    else for (const [position, symbol] of symbols) agreeing.set(position, symbol);
  }
  return [...groups, ...ofSeveral.map(symbolsInBytes)]
    .sort((a, b) => b.size - a.size)
    .slice(0, SHEETS_TRIED);
}

/** The files and the terminal that carriers were read from, each once. */
export function sourcesOfReports(reports: readonly CarrierReport[]): readonly string[] {
  return [...new Set(reports.map(({ source }) => source))];
}

function groupByPayload(found: readonly { payload: Uint8Array; report: CarrierReport }[]) {
  const groups = new Map<string, { payload: Uint8Array; reports: CarrierReport[] }>();
  for (const { payload, report } of found) {
    const key = payload.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { payload, reports: [report] });
    else group.reports.push(report);
  }
  return [...groups.values()];
}

/** Runs a step whose refusal does not end the reading of the others; true when it was refused. */
function collect(problems: Problem[], step: () => void): boolean {
  const refused = problemsIn(step);
  problems.push(...refused);
  return refused.length > 0;
}
