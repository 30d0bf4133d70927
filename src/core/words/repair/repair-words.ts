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
import { lineReadings, type TypedLine, UNREADABLE } from "../parse-words.js";
import { WORDS_A_ROW } from "../row.js";
import { findWord, type ListRow, LISTS } from "../word-lists.js";
import {
  codewordPayloads,
  type Level,
  LEVELS,
  spareWords,
  WORDS_LIMIT,
  wordsShape,
} from "../words.js";
import { EVIDENCE_LIMIT_BITS, evidenceBits } from "./evidence.js";
import { Guesser } from "./guesses.js";
import { hasRows, type Layout, type Plan, plansOf, type TokenText } from "./layouts.js";
import { type Effort, EFFORTS, type Hit, type KnownSymbols, Probe } from "./probe.js";
import { type Reading, readingOf } from "./reading.js";
import { type SpacedText, spacings } from "./spacing.js";

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
}

/** A quick look, as after each word that is typed; and all that is worth a try. */
export const QUICK_LIMIT = 400;
export const FULL_LIMIT = 120_000;
/** Lines that are rows leave so many times less to try. */
const ROWS_HELP = 2.5;

/** What looking at the check words takes, in decodings. */
const CHECK_WORK = 3;

const EFFORT_COST: Readonly<Record<Effort, number>> = {
  once: 0,
  erasures: 0.7,
  others: 2.5,
  swap: 2,
  "two-others": 4,
  "two-swaps": 4,
};
/** Where so many of the spare words are needed for doubtful ones, more doubtful ones are wrong. */
const MANY_DOUBTFUL = 1 / 3;
const COST = { longKeeping: 1, anotherList: 2, anotherReading: 2, otherSpaces: 1.5 } as const;

/** One plan, tried with one effort, for one way to read the text. */
interface Task {
  readonly rank: number;
  readonly effort: Effort;
  readonly plan: Plan;
  readonly probe: Probe;
  readonly reading: Reading;
  readonly list: ListRow;
  readonly level: Level;
  readonly spare: number;
}

export function repairWords(
  lines: readonly TypedLine[],
  { known = new Map(), limit }: RepairOptions,
): RepairResult {
  const tasks = tasksOf(lines, known, limit);
  const bound = hasRows(lines) ? limit / ROWS_HELP : limit;
  let tried = 0;
  let checked = 0;
  for (const { plan, probe, effort, reading, list, level, spare } of tasks) {
    for (const layout of plan.layouts()) {
      for (const hit of probe.tries(layout, effort)) {
        tried += 1;
        if (hit === null) continue;
        checked += 1;
        const payload = provenPayload(hit, list, level, spare, tried);
        if (payload === null) continue;
        const count = hit.codeword.length;
        const repair = { payload, list, level, count, spare, reading, layout };
        return { repair, tried, checked };
      }
      if (tried + CHECK_WORK * checked >= bound) return { repair: null, tried, checked };
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

// --- What is tried, and in which order ---------------------------------------------------------

function tasksOf(lines: readonly TypedLine[], known: KnownSymbols, limit: number): readonly Task[] {
  const tasks = lineReadings(lines).flatMap((reading, index) =>
    likelyLists(reading.flatMap(({ tokens }) => tokens)).flatMap((list, place) => {
      const cost = index * COST.anotherReading + place * COST.anotherList;
      return listTasks(reading, list, known, limit, cost);
    }),
  );
  return tasks.sort((a, b) => a.rank - b.rank);
}

function listTasks(
  lines: readonly TypedLine[],
  list: ListRow,
  known: KnownSymbols,
  limit: number,
  cost: number,
): readonly Task[] {
  return spacings(lines, new Guesser(list)).flatMap((spaced, index) =>
    textTasks(spaced, list, known, limit, cost + index * COST.otherSpaces),
  );
}

function textTasks(
  spaced: SpacedText,
  list: ListRow,
  known: KnownSymbols,
  limit: number,
  cost: number,
): readonly Task[] {
  const reading = readingOf(spaced.guesses);
  const text = { ...spaced, repeats: reading.repeats };
  return sizesFor(text.tokenCount).flatMap(({ count, level, spare }) => {
    const probe = new Probe(reading, known, count, spare);
    const levelCost = cost + (level === "long" ? COST.longKeeping : 0);
    return plansOf(text, count, spare).flatMap((plan) =>
      EFFORTS.flatMap((effort) => {
        const decodings = plan.size * probe.decodingsOf(effort);
        const isDoubtful = reading.doubtful > MANY_DOUBTFUL * spare;
        const effortCost = isDoubtful && effort.endsWith("others") ? 0 : EFFORT_COST[effort];
        const rank = levelCost + plan.cost + effortCost + Math.log(decodings);
        return decodings > limit
          ? []
          : [{ rank, effort, plan, probe, reading, list, level, spare }];
      }),
    );
  });
}

/** Rows that may be missing or too many before a text is no longer taken to be of a sheet. */
const ROWS_ADDED = 2;
const ROWS_LEFT_OUT = 3;

function sizesFor(tokenCount: number) {
  const sizes: { count: number; level: Level; spare: number }[] = [];
  const least = Math.ceil(tokenCount / WORDS_A_ROW) - ROWS_ADDED;
  for (let rows = Math.max(1, least); rows * WORDS_A_ROW <= WORDS_LIMIT; rows++) {
    const count = rows * WORDS_A_ROW;
    const missingRows = (count - tokenCount) / WORDS_A_ROW;
    for (const level of LEVELS) {
      const spare = spareWords(count, level);
      if (spare === null || count - tokenCount > spare) continue;
      sizes.push({ count, level, spare });
    }
    if (missingRows > ROWS_LEFT_OUT + rows / 3) break;
  }
  return sizes;
}

/** As parts of the words of the text. */
const MOST = 0.5;
const NEARLY_AS_MANY = 0.6;
const NEARLY_AS_NEAR = 0.8;
const SAMPLE = 16;

/** The lists that a text may be in, likeliest first; none when it has nothing of any. */
export function likelyLists(tokens: readonly string[]): readonly ListRow[] {
  const words = tokens.filter((token) => token !== UNREADABLE);
  const named = scored((list) => words.filter((token) => findWord(list, token) !== null).length);
  const best = named[0]?.score ?? 0;
  if (best >= MOST * words.length) return atLeast(named, NEARLY_AS_MANY * best);
  // Most are misspelt: a sample shows whose words they are nearest to.
  const step = Math.max(1, Math.floor(words.length / SAMPLE));
  const sample = words.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  const near = scored((list) => {
    const guesser = new Guesser(list);
    return sample.reduce((sum, token) => sum + guesser.guess(token).sureness, 0);
  });
  return atLeast(near, Math.max(1, NEARLY_AS_NEAR * (near[0]?.score ?? 0)));
}

function scored(score: (list: ListRow) => number) {
  return LISTS.map((list) => ({ list, score: score(list) })).sort((a, b) => b.score - a.score);
}

function atLeast(
  lists: readonly { readonly list: ListRow; readonly score: number }[],
  least: number,
): readonly ListRow[] {
  return lists.filter(({ score }) => score > 0 && score >= least).map(({ list }) => list);
}

export type { TokenText };
