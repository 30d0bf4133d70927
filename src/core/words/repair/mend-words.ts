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
import { readingOf } from "./reading.js";
import { explained, type LaidText, type MendedHow, type MendedWord, type Slip } from "./slips.js";
import { spacings } from "./spacing.js";
import { planningWork } from "./tasks.js";
import {
  type Repair,
  type RepairOptions,
  type RepairResult,
  repairWords,
  type Thoroughness,
  workFor,
} from "./repair-words.js";
import { unlessRefused } from "../../unless-refused.js";

export interface MendedWords {
  readonly payload: Uint8Array;
  readonly list: ListRow;
  readonly level: Level;
  /** All in words. */
  readonly count: number;
  readonly spare: number;
  readonly mended: readonly MendedWord[];
  /** What happened to whole rows, and words too many. */
  readonly slips: readonly Slip[];
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
  const exact = readExactly(tokens, source);
  if (exact !== null && areInOrder(lines)) return exact;
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

/**
 * Words of which none is wrong, which nothing explains better; null where some are. The format's own
 * rule: words that hold as they stand, for two different payloads, are refused.
 */
function readExactly(tokens: readonly string[], source: string): MendedWords | null {
  const read = (): MendedWords | null => {
    const { payload, list, level, count, spare, wrong, unreadable } = readWords(tokens, source);
    if (wrong.length + unreadable.length > 0) return null;
    decodePayload(payload);
    return { payload, list, level, count, spare, mended: [], slips: [], reserve: spare };
  };
  return unlessRefused(read, (refusal) => {
    if (refusal.problems.some(({ code }) => code === "words-ambiguous")) throw refusal;
    return null;
  });
}

/** False where the numbers of rows say something else than their order. */
function areInOrder(lines: readonly TypedLine[]): boolean {
  return lines.every(({ number }, row) => number === null || number === row + 1);
}

/** Of words that hold as they stand, with a payload that no maker writes: no wear of paper does that. */
function malformedPayload(tokens: readonly string[], source: string): Refusal | null {
  const read = (): null => {
    decodePayload(readWords(tokens, source).payload);
    return null;
  };
  return unlessRefused<Refusal | null>(read, (refusal) =>
    refusal.problems.every(({ code }) => code === "payload-malformed") ? refusal : null,
  );
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

/** Units of work for one merge of copies; there are three merges. */
const MERGE_WORK = COPIES_WORK / 4;

/** For so many copies all orders are tried. */
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

/** A repair as a report; `known`: symbols that came from elsewhere. */
export function describeRepair(repair: Repair, known: KnownSymbols = new Map()): MendedWords {
  const { payload, list, level, count, spare } = repair;
  const codeword = encodeWords(payload, list.number, level) ?? new Uint16Array();
  const { mended, slips } = explained(textsOf(repair), codeword);
  const alone = mended.filter(({ position }) => !known.has(position - 1));
  const counted = (how: MendedHow) => alone.filter((word) => word.how === how).length;
  const lost =
    2 * counted("misread") + counted("unreadable") + counted("missing") + counted("untyped");
  return { payload, list, level, count, spare, mended, slips, reserve: Math.max(0, spare - lost) };
}

/** As it was read, and as it was typed: words that were passed over may belong to the sheet. */
function* textsOf({ text, layout, typed, guesser }: Repair): Iterable<LaidText> {
  yield { ...text, layout };
  if (text.reading.symbols.length === tokenCountOf(typed)) return;
  for (const { guesses, lines } of spacings(typed, guesser)) {
    yield { reading: readingOf(guesses), lines, layout: null };
  }
}
