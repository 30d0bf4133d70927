/**
 * What is tried with a text, and in which order: every way to read it, every list, size and plan, with
 * every effort, the most likely for the least work first.
 */
import { Work } from "../../work.js";
import { lineReadings, tokenCountOf, type TypedLine, wordCountOf } from "../parse-words.js";
import { WORDS_A_ROW } from "../row.js";
import { type ListRow, LISTS } from "../word-lists.js";
import { type Level, LEVELS, spareWords, WORDS_LIMIT } from "../words.js";
import { arrangementsOf, denseParts, unglued } from "./arrangements.js";
import { Guessers } from "./guesses.js";
import type { Plan, TokenLine } from "./layout.js";
import { plansOf } from "./plans.js";
import { areNearWords, likelyLists } from "./likely-lists.js";
import { decodingWork, type Effort, EFFORTS, type KnownSymbols, Probe } from "./probe.js";
import { type Reading, readingOf } from "./reading.js";
import { type SpacedText, spacings } from "./spacing.js";
import { SyndromeSums } from "./syndrome-sums.js";

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
const COST = {
  longKeeping: 1,
  anotherList: 2,
  anotherReading: 2,
  part: 1,
  anotherPart: 2,
  otherSpaces: 1.5,
} as const;
/** What it takes to look a token up in all lists, in units of work. */
const DENSITY_WORK = 15;

/** A text as symbols of one list, and its lines as tokens of it. */
export interface ReadText {
  readonly reading: Reading;
  readonly lines: readonly TokenLine[];
}

/** One plan, tried with one effort, for one way to read the text. */
export interface Task {
  readonly rank: number;
  readonly effort: Effort;
  readonly plan: Plan;
  readonly probe: Probe;
  readonly text: ReadText;
  readonly list: ListRow;
  readonly level: Level;
  readonly spare: number;
}

/** Units of work that reading a text and planning may take beside what is tried: some, and more a word. */
const PLANNING_WORK = 100_000;
const PLANNING_WORK_A_WORD = 700;
/** What a plan and its ranks cost to make, in units of work. */
const PLAN_WORK = 5;
/** A task is begun only when at least this part of it can be done. */
const LEAST_PART = 0.4;

/**
 * All that can be tried with so much work, as far as reading the text and planning do not take too much:
 * the likeliest for the least work first. What is likely in the first reading is given before it is
 * known how else the text can be read.
 */
export class Tasks implements Iterable<Task> {
  readonly guessers: Guessers;
  readonly #readings: Iterator<TextReading, unknown>;
  readonly #known: KnownSymbols;
  readonly #work: Work;
  #near: readonly string[] | null = null;

  constructor(
    lines: readonly TypedLine[],
    known: KnownSymbols,
    work: Work,
    planning: Work,
    areRows: boolean,
  ) {
    this.guessers = new Guessers(planning);
    const readings = areRows
      ? [asTheyAre(lines, this.guessers)]
      : textReadings(lines, this.guessers);
    this.#readings = readings[Symbol.iterator]();
    this.#known = known;
    this.#work = work;
  }

  /**
   * The words of the likeliest reading, of those until now, whose words are near enough to those of a
   * list; null where none is, and the text of no sheet.
   */
  get near(): readonly string[] | null {
    return this.#near;
  }

  *[Symbol.iterator](): Iterator<Task> {
    const first = (this.#next() ?? []).toSorted(byRank);
    const most = this.#work.left * (1 - FIRST_READING);
    let done = 0;
    for (const task of first) {
      if (task.rank > OTHER_READINGS || this.#work.left < most) break;
      done += 1;
      yield task;
    }
    const others = first.slice(done);
    for (let tasks = this.#next(); tasks !== null; tasks = this.#next()) others.push(...tasks);
    yield* others.sort(byRank);
  }

  /** Those of the next way to read the text; null behind the last one. */
  #next(): readonly Task[] | null {
    const next = this.#readings.next();
    if (next.done === true) return null;
    const { reading, lists, cost } = next.value;
    const planning = this.guessers.work;
    const tokens = reading.flatMap((line) => line.tokens);
    const tasks: Task[] = [];
    for (const [place, list] of lists(tokens).entries()) {
      if (planning.isOver) break;
      if (!areNearWords(tokens, list, this.guessers)) continue;
      this.#near ??= tokens;
      const listCost = cost + place * COST.anotherList;
      tasks.push(...listTasks(reading, list, this.#known, listCost, this.#work, this.guessers));
    }
    return tasks;
  }
}

/** What costs more waits for all other readings, which take some time to find. */
const OTHER_READINGS = 8;
/** As a part of the work: what is done before that, since another reading may be the right one. */
const FIRST_READING = 0.1;

function byRank(a: Task, b: Task): number {
  return a.rank - b.rank;
}

/** What reading a text and planning may take, and at most so many units. */
export function planningWork(lines: readonly TypedLine[], most = Infinity): Work {
  const wordCount = Math.min(wordCountOf(lines), WORDS_LIMIT);
  return new Work(Math.min(most, PLANNING_WORK + PLANNING_WORK_A_WORD * wordCount));
}

/** Lines that may be the words of a sheet, in which lists, and about how unlikely that is. */
interface TextReading {
  readonly reading: readonly TypedLine[];
  readonly lists: (tokens: readonly string[]) => readonly ListRow[];
  readonly cost: number;
}

function asTheyAre(reading: readonly TypedLine[], guessers: Guessers): TextReading {
  return { reading, lists: (tokens) => likelyLists(tokens, guessers), cost: 0 };
}

/** The lines themselves, and the parts of them in which words of a list are dense, as they may stand. */
export function* textReadings(
  lines: readonly TypedLine[],
  guessers: Guessers,
): Generator<TextReading, void> {
  const planning = guessers.work;
  const seen = new Set<string>();
  const isNew = (reading: readonly TypedLine[]) => {
    const key = JSON.stringify(reading);
    return !seen.has(key) && seen.add(key).size > 0;
  };
  const likely = (tokens: readonly string[]) => likelyLists(tokens, guessers);
  const readingsOf = (part: readonly TypedLine[]) =>
    arrangementsOf(part).flatMap(lineReadings).filter(isNew);
  for (const [index, reading] of readingsOf(lines).entries()) {
    yield { reading, lists: likely, cost: index * COST.anotherReading };
  }
  planning.spend(tokenCountOf(lines) * DENSITY_WORK);
  for (const list of LISTS) {
    const apart = list.script === "latin" ? unglued(lines, list, planning) : null;
    const parts = [
      ...denseParts(lines, list),
      ...(apart === null ? [] : [apart, ...denseParts(apart, list)]),
    ];
    for (const [place, part] of parts.entries()) {
      const cost = COST.part + place * COST.anotherPart;
      for (const [index, reading] of readingsOf(part).entries()) {
        yield { reading, lists: () => [list], cost: cost + index * COST.anotherReading };
      }
    }
  }
}

function listTasks(
  lines: readonly TypedLine[],
  list: ListRow,
  known: KnownSymbols,
  cost: number,
  work: Work,
  guessers: Guessers,
): readonly Task[] {
  return spacings(lines, guessers.of(list)).flatMap((spaced, index) =>
    textTasks(spaced, list, known, cost + index * COST.otherSpaces, work, guessers.work),
  );
}

function textTasks(
  spaced: SpacedText,
  list: ListRow,
  known: KnownSymbols,
  cost: number,
  work: Work,
  planning: Work,
): readonly Task[] {
  const reading = readingOf(spaced.guesses);
  const read = { reading, lines: spaced.lines };
  const text = { ...spaced, repeats: reading.repeats, unreadable: reading.unreadable };
  const readable = reading.symbols.filter((symbol) => symbol >= 0).length;
  const sizes = sizesFor(text.tokenCount, readable + known.size);
  const sums = new SyndromeSums(reading.symbols, Math.max(0, ...sizes.map(({ spare }) => spare)));
  return sizes.flatMap(({ count, level, spare }) => {
    if (planning.isOver) return [];
    const size = { count, parity: spare };
    const probe = new Probe(reading, sums, known, size, work);
    const levelCost = cost + (level === "long" ? COST.longKeeping : 0);
    const limit = Math.max(1, work.limit / LEAST_PART / decodingWork(size, 0));
    const plans = plansOf(text, count, spare, known.size);
    planning.spend(PLAN_WORK * plans.length);
    return plans.flatMap((plan) =>
      EFFORTS.flatMap((effort) => {
        const decodings = plan.size * probe.decodingsOf(effort);
        const isDoubtful = reading.doubtful > MANY_DOUBTFUL * spare;
        const effortCost = isDoubtful && effort.endsWith("others") ? 0 : EFFORT_COST[effort];
        const rank = levelCost + plan.cost + effortCost + Math.log(decodings);
        return decodings > limit
          ? []
          : [{ rank, effort, plan, probe, text: read, list, level, spare }];
      }),
    );
  });
}

/** Rows that may be missing or too many before a text is no longer taken to be of a sheet. */
const ROWS_ADDED = 2;
const ROWS_LEFT_OUT = 3;

/** No order of the words helps where more symbols are unknown than there are spare ones. */
function sizesFor(tokenCount: number, symbolCount: number) {
  const sizes: { count: number; level: Level; spare: number }[] = [];
  const least = Math.ceil(tokenCount / WORDS_A_ROW) - ROWS_ADDED;
  for (let rows = Math.max(1, least); rows * WORDS_A_ROW <= WORDS_LIMIT; rows++) {
    const count = rows * WORDS_A_ROW;
    const missingRows = (count - tokenCount) / WORDS_A_ROW;
    for (const level of LEVELS) {
      const spare = spareWords(count, level);
      if (spare === null || count - symbolCount > spare) continue;
      sizes.push({ count, level, spare });
    }
    if (missingRows > ROWS_LEFT_OUT + rows / 3) break;
  }
  return sizes;
}
