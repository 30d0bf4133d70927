/**
 * Typed words, with all that goes wrong between a sheet and a keyboard, to the one payload that they
 * stand for.
 *
 * Ways in which the text may have come about are tried in order of likelihood, Reed-Solomon and the
 * check words judging. An answer counts only with 30 bits of evidence after every way that was tried
 * before it; there is no answer that is merely the best one.
 */
import { decodePayload } from "../../payload/payload.js";
import { Work } from "../../work.js";
import { tokenCountOf, type TypedLine, wordCountOf } from "../parse-words.js";
import type { ListRow } from "../word-lists.js";
import { codewordPayloads, type Level, WORDS_LIMIT, wordsShape } from "../words.js";
import { EVIDENCE_LIMIT_BITS, evidenceBits } from "./evidence.js";
import { type Guesser, Guessers } from "./guesses.js";
import { hasRows, type Layout } from "./layout.js";
import type { Hit, KnownSymbols } from "./probe.js";
import { areNearWords, likelyLists } from "./likely-lists.js";
import { planningWork, type ReadText, Tasks } from "./tasks.js";
import { problemsIn } from "../../unless-refused.js";

/** A payload that has the evidence, and how its words were found. */
export interface Repair {
  readonly payload: Uint8Array;
  readonly list: ListRow;
  readonly level: Level;
  readonly count: number;
  readonly spare: number;
  /** The text, before it was read in one way or another. */
  readonly typed: readonly TypedLine[];
  /** As it was read. */
  readonly text: ReadText;
  readonly guesser: Guesser;
  readonly layout: Layout;
}

export interface RepairResult {
  /** Null when nothing that was tried within the limit has the evidence. */
  readonly repair: Repair | null;
  /** How many layouts were decoded, over all lists and sizes. */
  readonly tried: number;
  /** How many codewords were found, whose check words were looked at. */
  readonly checked: number;
  /** The words of the text, or of its part, that are near to those of a list; null where none are. */
  readonly near: readonly string[] | null;
}

export interface RepairOptions {
  /** Symbols by position from 0 that another carrier of the sheet gave. */
  readonly known?: KnownSymbols;
  /** What is done before it is given up; all that is worth a try where nothing is said. */
  readonly work?: Work;
  /** What reading the text and planning may take beside that; as much as its words need where nothing is said. */
  readonly planning?: Work;
  /** What was tried with these words before, which counts against the evidence. */
  readonly triedBefore?: number;
  /** True for words that were found as rows: no other way in which they may stand in a text is tried. */
  readonly areRows?: boolean;
}

/** How much is done with a text: a quick look, as after each word that is typed, or all that is worth a try. */
export type Thoroughness = "quick" | "full";

/** Units of work for a sheet of few words. */
const WORK: Readonly<Record<Thoroughness, number>> = { quick: 1_200, full: 1_300_000 };
/** Each try costs more with more words: with so many of them there is twice the work, and so on. */
const TWICE_THE_WORK_WORDS: Readonly<Record<Thoroughness, number>> = { quick: 5, full: 3000 };

/** The work that is worth doing with a text of so many tokens. */
export function workFor(tokenCount: number, thoroughness: Thoroughness): number {
  const words = Math.min(tokenCount, WORDS_LIMIT);
  return WORK[thoroughness] * (1 + words / TWICE_THE_WORK_WORDS[thoroughness]);
}

/** Lines that are rows leave so many times less to try. */
const ROWS_HELP = 2.5;

/** Three sheets as long as can be, with their row numbers; more is a book, or meant to be too much. */
const TOKENS_LIMIT = 4 * WORDS_LIMIT;

export function repairWords(
  lines: readonly TypedLine[],
  {
    known = new Map(),
    work: allWork,
    planning,
    triedBefore = 0,
    areRows = false,
  }: RepairOptions = {},
): RepairResult {
  const tokens = tokenCountOf(lines);
  if (Math.max(tokens, lines.length) > TOKENS_LIMIT) {
    return { repair: null, tried: 0, checked: 0, near: nearAtFirst(lines) };
  }
  const given = allWork ?? new Work(workFor(wordCountOf(lines), "full"));
  const work = given.part(hasRows(lines) ? given.left / ROWS_HELP : given.left);
  const planned = new Tasks(lines, known, work, planning ?? planningWork(lines), areRows);
  let tried = 0;
  let checked = 0;
  for (const { plan, probe, effort, text, list, level, spare } of planned) {
    for (const layout of plan.layouts()) {
      for (const hit of probe.tries(layout, effort)) {
        tried += 1;
        if (hit === null) continue;
        checked += 1;
        const payload = provenPayload(hit, list, level, spare, triedBefore + tried);
        if (payload === null) continue;
        const count = hit.codeword.length;
        const found = { typed: lines, text, guesser: planned.guessers.of(list), layout };
        const repair = { payload, list, level, count, spare, ...found };
        return { repair, tried, checked, near: planned.near };
      }
      if (work.isOver) return { repair: null, tried, checked, near: planned.near };
    }
  }
  return { repair: null, tried, checked, near: planned.near };
}

/** Of a text that is too long for a sheet, all tokens where its beginning has words like those of one. */
function nearAtFirst(lines: readonly TypedLine[]): readonly string[] | null {
  const tokens = lines.slice(0, WORDS_LIMIT).flatMap((line) => line.tokens.slice(0, WORDS_LIMIT));
  const first = tokens.slice(0, WORDS_LIMIT);
  const guessers = new Guessers(new Work(workFor(first.length, "full")));
  const isNear = likelyLists(first, guessers).some((list) => areNearWords(first, list, guessers));
  return isNear ? lines.flatMap((line) => line.tokens) : null;
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
  const problems = problemsIn(() => {
    decodePayload(payload);
  });
  return problems.every(({ code }) => code !== "payload-malformed" && code !== "version-zero");
}
