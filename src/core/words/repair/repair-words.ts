/**
 * Typed words, with all that goes wrong between a sheet and a keyboard, to the one payload that they
 * stand for.
 *
 * Ways in which the text may have come about are tried in order of likelihood, Reed-Solomon and the
 * check words judging. An answer counts only with 30 bits of evidence after every way that was tried
 * before it; there is no answer that is merely the best one.
 */
import { decodePayload } from "../../payload/payload.js";
import { Refusal } from "../../problem.js";
import type { TypedLine } from "../parse-words.js";
import type { ListRow } from "../word-lists.js";
import { codewordPayloads, type Level, WORDS_LIMIT, wordsShape } from "../words.js";
import { EVIDENCE_LIMIT_BITS, evidenceBits } from "./evidence.js";
import { hasRows, type Layout } from "./layout.js";
import type { Hit, KnownSymbols } from "./probe.js";
import type { Reading } from "./reading.js";
import { tasksOf } from "./tasks.js";

/** A payload that has the evidence, and how its words were found. */
export interface Repair {
  readonly payload: Uint8Array;
  readonly list: ListRow;
  readonly level: Level;
  readonly count: number;
  readonly spare: number;
  readonly reading: Reading;
  readonly layout: Layout;
}

export interface RepairResult {
  /** Null when nothing that was tried within the limit has the evidence. */
  readonly repair: Repair | null;
  /** How many layouts were decoded, over all lists and sizes. */
  readonly tried: number;
  /** How many codewords were found, whose check words were looked at. */
  readonly checked: number;
}

export interface RepairOptions {
  /** Symbols by position from 0 that another carrier of the sheet gave. */
  readonly known?: KnownSymbols;
  /** The work that is done before it is given up, in decodings of some 8 microseconds. */
  readonly limit: number;
  /** What was tried with these words before, which counts against the evidence. */
  readonly triedBefore?: number;
}

/** A quick look, as after each word that is typed; and all that is worth a try. */
export const QUICK_LIMIT = 400;
export const FULL_LIMIT = 120_000;
/** Lines that are rows leave so many times less to try. */
const ROWS_HELP = 2.5;

/** Three sheets as long as can be, with their row numbers; more is a book, or meant to be too much. */
const TOKENS_LIMIT = 4 * WORDS_LIMIT;

/** Layouts with more unknown symbols than can be mended, which are not decoded: some microseconds each. */
const BEYOND_LIMIT = 120_000;
/** What looking at the check words takes, in decodings. */
const CHECK_WORK = 3;

export function repairWords(
  lines: readonly TypedLine[],
  { known = new Map(), limit, triedBefore = 0 }: RepairOptions,
): RepairResult {
  const tokens = lines.reduce((total, line) => total + line.tokens.length, 0);
  if (Math.max(tokens, lines.length) > TOKENS_LIMIT) return { repair: null, tried: 0, checked: 0 };
  const tasks = tasksOf(lines, known, limit);
  const bound = hasRows(lines) ? limit / ROWS_HELP : limit;
  let tried = 0;
  let checked = 0;
  let beyond = 0;
  for (const { plan, probe, effort, reading, list, level, spare } of tasks) {
    for (const layout of plan.layouts()) {
      const before = tried;
      for (const hit of probe.tries(layout, effort)) {
        tried += 1;
        if (hit === null) continue;
        checked += 1;
        const payload = provenPayload(hit, list, level, spare, triedBefore + tried);
        if (payload === null) continue;
        const count = hit.codeword.length;
        const repair = { payload, list, level, count, spare, reading, layout };
        return { repair, tried, checked };
      }
      if (tried === before) beyond += 1;
      if (tried + CHECK_WORK * checked >= bound || beyond >= BEYOND_LIMIT) {
        return { repair: null, tried, checked };
      }
    }
  }
  return { repair: null, tried, checked };
}

/** The one well-formed payload of a codeword whose check words hold, if that is evidence enough. */
function provenPayload(
  { codeword, erased, wrong }: Hit,
  list: ListRow,
  level: Level,
  spare: number,
  tried: number,
): Uint8Array | null {
  const payloads = codewordPayloads(codeword, spare, list.number).filter(isWellFormed);
  const [payload] = payloads;
  if (payload === undefined || payloads.length > 1) return null;
  const check = wordsShape(payload.length, level)?.check ?? 0;
  const evidence = evidenceBits({ count: codeword.length, check, spare, erased, wrong }, tried);
  return evidence >= EVIDENCE_LIMIT_BITS ? payload : null;
}

/** What a newer keysheet made is taken as it is: only that one can say whether it is well-formed. */
function isWellFormed(payload: Uint8Array): boolean {
  try {
    decodePayload(payload);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.problems.every(
      ({ code }) => code !== "payload-malformed" && code !== "version-zero",
    );
  }
}
