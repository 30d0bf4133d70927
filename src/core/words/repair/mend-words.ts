/**
 * Typed words to the payload of their sheet, and what had to be mended on the way.
 *
 * Words of several copies of one sheet complete each other. What cannot be mended is refused with how
 * far it is from any sheet.
 */
import { decodePayload } from "../../payload/payload.js";
import { Refusal } from "../../problem.js";
import { Work } from "../../work.js";
import { DASH, tokenCountOf, type TypedLine, wordCountOf } from "../parse-words.js";
import { readWords, wordsRefusal } from "../read-words.js";
import type { ListRow } from "../word-lists.js";
import { encodeWords, type Level } from "../words.js";
import { joinedRows, mergedCopies, overlappingRows } from "./copies.js";
import type { KnownSymbols } from "./probe.js";
import { refinedLayout } from "./refined-layout.js";
import { planningWork } from "./tasks.js";
import {
  type Repair,
  type RepairOptions,
  type RepairResult,
  repairWords,
  type Thoroughness,
  workFor,
} from "./repair-words.js";

/**
 * misspelt: no word of the list, and understood; misread: another word of the list; unreadable: `?`,
 * or nothing that could be understood; missing: left out; moved: at another place than on the sheet;
 * untyped: behind the last word that was typed.
 */
export type MendedHow = "misspelt" | "misread" | "unreadable" | "missing" | "moved" | "untyped";

export interface MendedWord {
  /** From 1, as printed. */
  readonly position: number;
  readonly how: MendedHow;
}

export interface MendedWords {
  readonly payload: Uint8Array;
  readonly list: ListRow;
  readonly level: Level;
  /** All in words. */
  readonly count: number;
  readonly spare: number;
  readonly mended: readonly MendedWord[];
  /**
   * Words that could be unreadable besides: spare - 2 x misread - unreadable - missing - untyped, of
   * those that no other carrier gave.
   */
  readonly reserve: number;
}

/** Words as they were typed; `source` names where, for messages. */
export interface TypedWords {
  readonly source: string;
  readonly lines: readonly TypedLine[];
}

export interface MendOptions {
  /** What other carriers say, each tried in turn, and then none: they may be of another sheet. */
  readonly known?: readonly KnownSymbols[];
  /** How much is done before it is given up; full where nothing is said. */
  readonly thoroughness?: Thoroughness;
  /** How many texts share the work of one call: each gets its part, whatever the others need. */
  readonly texts?: number;
}

/** Units of work for all texts of one call together, each alone: the longest sheet takes nearly as many. */
const CALL_WORK = 1_500_000;
/** The same for reading them and planning, and for all that is tried with copies together. */
const CALL_PLANNING = 800_000;
const COPIES_WORK = 600_000;
const COPIES_PLANNING = 400_000;

/** Throws with every problem when the words are of no sheet. */
export function mendWords(
  { source, lines }: TypedWords,
  { known = [], thoroughness = "full", texts = 1 }: MendOptions = {},
): MendedWords {
  const tokens = lines.flatMap((line) => line.tokens.filter((token) => token !== DASH));
  refuseAmbiguous(tokens, source);
  const work = new Work(Math.min(workFor(wordCountOf(lines), thoroughness), CALL_WORK / texts));
  const { mended, near } = mendWithEach(known, work, (options) =>
    repairWords(lines, { ...options, planning: planningWork(lines, CALL_PLANNING / texts) }),
  );
  if (mended !== null) return mended;
  if (near === null) throw new Refusal({ code: "words-missing", source });
  throw malformedPayload(tokens, source) ?? wordsRefusal(near, source);
}

/** What is tried counts against the evidence of what is tried next, and each gets an equal part of the work. */
function mendWithEach(
  known: readonly KnownSymbols[],
  work: Work,
  attempt: (options: RepairOptions) => RepairResult,
  triedBefore = 0,
): {
  readonly mended: MendedWords | null;
  readonly tried: number;
  readonly near: readonly string[] | null;
} {
  let tried = triedBefore;
  let near: readonly string[] | null = null;
  const given = [...known.filter(({ size }) => size > 0), new Map<number, number>()];
  for (const [index, symbols] of given.entries()) {
    const part = work.part(work.left / (given.length - index));
    const result = attempt({ known: symbols, work: part, triedBefore: tried });
    near ??= result.near;
    if (result.repair !== null) {
      return { mended: describeRepair(result.repair, symbols), tried, near };
    }
    tried += result.tried;
  }
  return { mended: null, tried, near };
}

/** The format's own rule: words that hold as they stand, for two different payloads, are refused. */
function refuseAmbiguous(tokens: readonly string[], source: string): void {
  try {
    readWords(tokens, source);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.problems.some(({ code }) => code === "words-ambiguous")) throw error;
  }
}

/** Of words that hold as they stand, with a payload that no maker writes: no wear of paper does that. */
function malformedPayload(tokens: readonly string[], source: string): Refusal | null {
  try {
    decodePayload(readWords(tokens, source).payload);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.problems.every(({ code }) => code === "payload-malformed") ? error : null;
  }
}

/** The words of pages that have rows of their own each; null when they are not of one sheet. */
export function mendPages(
  pages: readonly TypedWords[],
  { known = [] }: MendOptions = {},
): MendedWords | null {
  const lines = joinedRows(pages.map((page) => page.lines));
  if (lines === null) return null;
  const work = new Work(workFor(tokenCountOf(lines), "quick"));
  return mendWithEach(known, work, (options) => repairWords(lines, options)).mended;
}

/**
 * The words of copies, or parts, of which none could be mended alone; null when they do not help each
 * other.
 */
export function mendCopies(
  copies: readonly TypedWords[],
  { known = [], thoroughness = "full" }: MendOptions = {},
): MendedWords | null {
  let triedBefore = 0;
  const whole = new Work(COPIES_WORK);
  const planning = new Work(COPIES_PLANNING);
  const attempt = (lines: readonly TypedLine[], units: number) => {
    const work = whole.part(units);
    const repair = (options: RepairOptions) => repairWords(lines, { ...options, planning });
    const { mended, tried } = mendWithEach(known, work, repair, triedBefore);
    triedBefore = tried;
    return mended;
  };
  const overlapping = overlappingRows(copies.map((copy) => copy.lines));
  if (overlapping !== null) {
    const mended = attempt(overlapping, workFor(tokenCountOf(overlapping), "quick"));
    if (mended !== null) return mended;
  }
  for (const parts of ordersOf(copies)) {
    const lines = parts.flatMap((copy) => copy.lines);
    const mended = attempt(lines, workFor(tokenCountOf(lines), "quick"));
    if (mended !== null) return mended;
  }
  for (const lines of mergedCopies(copies.map((copy) => copy.lines))) {
    const mended = attempt(lines, Math.min(workFor(tokenCountOf(lines), thoroughness), MERGE_WORK));
    if (mended !== null) return mended;
  }
  return null;
}

/** Units of work for one merge of copies, of which there are three. */
const MERGE_WORK = COPIES_WORK / 4;

/** Copies of which all orders are tried. */
const ORDERED_COPIES = 3;

/**
 * Orders in which one may begin where another ends, as given first: photographs of two halves, or the
 * rest of a sheet that was typed beside a photograph.
 */
function ordersOf<T>(copies: readonly T[]): readonly (readonly T[])[] {
  if (copies.length < 2 || copies.length > ORDERED_COPIES) return [copies];
  return copies.flatMap((first, index) =>
    ordersOf(copies.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

function describeRepair(repair: Repair, known: KnownSymbols): MendedWords {
  const { payload, list, level, count, spare } = repair;
  const mended = mendedWords(repair);
  const alone = mended.filter(({ position }) => !known.has(position - 1));
  const counted = (how: MendedHow) => alone.filter((word) => word.how === how).length;
  const lost =
    2 * counted("misread") + counted("unreadable") + counted("missing") + counted("untyped");
  return { payload, list, level, count, spare, mended, reserve: Math.max(0, spare - lost) };
}

function mendedWords(repair: Repair): readonly MendedWord[] {
  const { payload, list, level, reading } = repair;
  const codeword = encodeWords(payload, list.number, level) ?? new Uint16Array();
  const layout = refinedLayout(repair.layout, reading.symbols, codeword);
  const inPlace = increasing(layout);
  const end = layout.findLastIndex((token) => token >= 0);
  const isRight = (position: number) =>
    reading.symbols[layout[position] ?? -1] === codeword[position];
  // Symbols that stand where they do not belong: what was moved is among them.
  const astray = new Set(
    Array.from(reading.symbols).filter((_, token) => {
      const position = layout.indexOf(token);
      return position < 0 || !isRight(position);
    }),
  );
  return Array.from(codeword, (symbol, position): MendedWord | null => {
    const guess = reading.guesses[layout[position] ?? -1];
    const how = (): MendedHow | null => {
      if (isRight(position)) {
        if (!inPlace.has(position)) return "moved";
        return guess?.isWord === true ? null : "misspelt";
      }
      if (astray.has(symbol)) return "moved";
      if (guess === undefined) return position > end ? "untyped" : "missing";
      return guess.isWord ? "misread" : "unreadable";
    };
    const found = how();
    return found === null ? null : { position: position + 1, how: found };
  }).filter((word) => word !== null);
}

/** The positions of a longest run of tokens that are in the order of the sheet. */
function increasing(layout: Int16Array): ReadonlySet<number> {
  const best: { readonly length: number; readonly before: number }[] = [];
  let last = -1;
  layout.forEach((token, position) => {
    let longest = { length: token < 0 ? 0 : 1, before: -1 };
    for (let earlier = 0; token >= 0 && earlier < position; earlier++) {
      const length = (best[earlier]?.length ?? 0) + 1;
      if ((layout[earlier] ?? -1) >= token || length <= longest.length) continue;
      if ((layout[earlier] ?? -1) >= 0) longest = { length, before: earlier };
    }
    best.push(longest);
    if (longest.length > (best[last]?.length ?? 0)) last = position;
  });
  const positions = new Set<number>();
  for (; last >= 0; last = best[last]?.before ?? -1) positions.add(last);
  return positions;
}
