/**
 * What is told of very many problems and of very long lists: the first ones, and how many there are
 * besides. A text of a megabyte holds 17,000 codes.
 */
import { firstFew, listed } from "../core/listed.js";
import type { Problem, ProblemCode } from "../core/problem.js";

/** Of one kind: more files than anybody gives by hand. */
const PROBLEMS_LIMIT = 50;
/** Of any list of a JSON answer: more than a sheet has words. */
const JSON_LIST_LIMIT = 2048;

/** So many files, or more, with the same problem share one message. */
const ALIKE_LEAST = 4;

/** A problem, and its files where one message names several. */
interface Told {
  readonly problem: Problem;
  readonly sources: readonly string[];
}

/** Each problem once, files that fail alike in one, and of each kind no more than can be read. */
export function summarised(problems: readonly Problem[]): readonly Told[] {
  const distinct = togetherWhereAlike(problems);
  const counts = new Map<ProblemCode, number>();
  for (const { code } of distinct.map(({ problem }) => problem))
    counts.set(code, (counts.get(code) ?? 0) + 1);
  const told = new Map<ProblemCode, number>();
  return distinct.flatMap((each): readonly Told[] => {
    const { code } = each.problem;
    const number = (told.get(code) ?? 0) + 1;
    told.set(code, number);
    if (number > PROBLEMS_LIMIT) return [];
    const left = (counts.get(code) ?? 0) - number;
    const isLast = number === PROBLEMS_LIMIT && left > 0;
    const more: Problem = { code: "problems-more", of: code, count: left };
    return isLast ? [each, { problem: more, sources: [] }] : [each];
  });
}

/** In the place of the first of them. */
function togetherWhereAlike(problems: readonly Problem[]): readonly Told[] {
  const groups = new Map<string, { problem: Problem; sources: Set<string> }>();
  const keyOf = (problem: Problem) =>
    JSON.stringify("source" in problem ? { ...problem, source: null } : problem);
  for (const problem of problems) {
    const key = keyOf(problem);
    const group = groups.get(key) ?? { problem, sources: new Set() };
    if ("source" in problem) group.sources.add(problem.source);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ problem, sources }): readonly Told[] => {
    if (!("source" in problem)) return [{ problem, sources: [] }];
    const all = [...sources];
    return all.length < ALIKE_LEAST
      ? all.map((source) => ({ problem: { ...problem, source }, sources: [] }))
      : [{ problem: { ...problem, source: listed(all) }, sources: all }];
  });
}

/** The facts of a problem with their lists cut short, and behind each that was how long it is. */
export function boundedFacts(facts: object): object {
  return bounded(facts, (list) => (typeof list[0] === "number" ? list : firstFew(list).shown));
}

/** A JSON answer in which no list is longer than anybody reads. */
export function boundedJson(
  json: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return bounded(json, (list) => list.slice(0, JSON_LIST_LIMIT));
}

type Cut = (list: readonly unknown[]) => readonly unknown[];

function bounded(value: object, cut: Cut): Readonly<Record<string, unknown>> {
  const entries = Object.entries(value).flatMap(([name, fact]: [string, unknown]) => {
    if (!Array.isArray(fact)) return [[name, boundedValue(fact, cut)]];
    const list: readonly unknown[] = fact;
    const shown = cut(list);
    const count = shown.length < list.length ? [[`${name}Count`, list.length]] : [];
    return [[name, shown.map((item) => boundedValue(item, cut))], ...count];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function boundedValue(value: unknown, cut: Cut): unknown {
  if (Array.isArray(value)) return cut(value).map((item) => boundedValue(item, cut));
  const isPlain = typeof value === "object" && value !== null && !("toJSON" in value);
  return isPlain ? bounded(value, cut) : value;
}
