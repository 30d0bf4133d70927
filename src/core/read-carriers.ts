/**
 * What was read from paper to payloads: each carrier decoded, mended and put together with the others
 * of its sheet.
 */
import { areEqualBytes } from "./bytes.js";
import { markOf } from "./payload/mark.js";
import { decodePayload, type Payload, type PayloadContent } from "./payload/payload.js";
import { type Problem, Refusal } from "./problem.js";
import { payloadsOfPieces } from "./qr/pieces.js";
import { type IncompleteSet, hasQrText, piecesOf, readQrTexts } from "./qr/qr-text.js";
import type { TornPiece } from "./qr/torn-code.js";
import { isKeyUri } from "./record/key-file.js";
import {
  type MendedWords,
  mendCopies,
  mendPages,
  mendWords,
  type TypedWords,
} from "./words/repair/mend-words.js";
import type { KnownSymbols } from "./words/repair/probe.js";
import type { Thoroughness } from "./words/repair/repair-words.js";
import { symbolsInBytes } from "./words/words.js";

/** Something read from a sheet; `source` names the file or the terminal for messages. */
export type Carrier =
  | WordsCarrier
  | { readonly kind: "code"; readonly source: string; readonly text: string }
  | TornCarrier;

export interface WordsCarrier extends TypedWords {
  readonly kind: "words";
  /** Of words on a photograph: pixels from one letter to the next, where that is known. */
  readonly photo?: { readonly letterPx: number | null };
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
  /** Sheets of several codes that are not all there. */
  readonly incomplete: readonly IncompleteSet[];
  readonly problems: readonly Problem[];
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
  for (const { payload, source } of read.payloads) {
    found.push({ payload, report: { kind: "code", source } });
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
  for (const torn of carriers.filter((carrier) => carrier.kind === "bytes")) {
    const { source, read: blocks, count } = torn;
    const group = groups.find(({ payload }) => isOf(torn, payload));
    if (group === undefined) {
      const isWithWords = words.problems.length > 0;
      problems.push({ code: "code-torn", source, read: blocks, count, isWithWords });
    }
    group?.reports.push({ kind: "torn-code", source, read: blocks, count });
  }

  const sheets: ReadSheet[] = [];
  for (const { payload, reports } of groups) {
    collect(problems, () => {
      const decoded = decodePayload(payload);
      sheets.push({ ...decoded, mark: markOf(decoded), reports });
    });
  }
  return { sheets, incomplete: read.incomplete, problems };
}

function isOf({ number, total, bytes }: TornCarrier, payload: Uint8Array): boolean {
  const whole = piecesOf(payload, total)?.[number - 1];
  return (
    whole !== undefined &&
    bytes.length <= whole.length &&
    bytes.every((byte, index) => byte === null || byte === whole[index])
  );
}

/** What the words among carriers gave. */
export type MendedCarriers = ReturnType<typeof mendAll>;

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

/** Each text of words alone; those that cannot be mended are tried together, as copies of one sheet. */
function mendAll(
  carriers: readonly Carrier[],
  incomplete: readonly IncompleteSet[],
  { thoroughness = "full" }: ReadOptions,
) {
  const words = carriers.filter((carrier) => carrier.kind === "words");
  const known = knownSymbols(carriers, incomplete);
  const options = { known, thoroughness, texts: words.length };
  const pages = mendPages(words, options);
  if (pages !== null) return { found: [{ source: sourcesOf(words), mended: pages }], problems: [] };
  const found: { source: string; mended: MendedWords }[] = [];
  const problems: Problem[] = [];
  const damaged: TypedWords[] = [];
  for (const carrier of words) {
    const own: Problem[] = [];
    const failed = collect(own, () => {
      found.push({ source: carrier.source, mended: mendWords(carrier, options) });
    });
    problems.push(...own.map((problem) => ofPhoto(problem, carrier)));
    if (failed) damaged.push(carrier);
  }
  const together = damaged.length > 1 ? mendCopies(damaged, options) : null;
  if (together === null) return { found, problems };
  return { found: [...found, { source: sourcesOf(damaged), mended: together }], problems: [] };
}

/** Which words of a photograph are lost helps nobody: they are to be photographed again. */
function ofPhoto(problem: Problem, { source, photo }: WordsCarrier): Problem {
  const isDamage = problem.code === "words-damaged" || problem.code === "words-count";
  return photo === undefined || !isDamage ? problem : { code: "words-unclear", source, ...photo };
}

function sourcesOf(words: readonly TypedWords[]): string {
  return [...new Set(words.map(({ source }) => source))].join(" and ");
}

/**
 * Data words of which all bits are known from codes, the most first. Torn codes that agree are taken
 * together, but not with those of several: one of these that has lost its number looks like the only one.
 */
function knownSymbols(
  carriers: readonly Carrier[],
  incomplete: readonly IncompleteSet[],
): readonly KnownSymbols[] {
  const torn = carriers.filter((carrier) => carrier.kind === "bytes");
  const whole = incomplete
    .slice(0, SHEETS_SEEN)
    .flatMap(({ pieces }) => pieces.map((piece) => ({ ...piece, bytes: [...piece.bytes] })));
  const ofSeveral = payloadsOfPieces([...torn.filter(({ total }) => total > 1), ...whole]);
  const single = torn.filter(({ total }) => total === 1);
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
  const groups: { payload: Uint8Array; reports: CarrierReport[] }[] = [];
  for (const { payload, report } of found) {
    const group = groups.find((candidate) => areEqualBytes(candidate.payload, payload));
    if (group === undefined) groups.push({ payload, reports: [report] });
    else group.reports.push(report);
  }
  return groups;
}

/** Runs a step whose refusal does not end the reading of the others; true when it was refused. */
function collect(problems: Problem[], step: () => void): boolean {
  try {
    step();
    return false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(...error.problems);
    return true;
  }
}
