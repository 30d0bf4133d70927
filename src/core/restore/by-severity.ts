/**
 * The order in which problems are said, and so which of them is the exit code's: first what was read and
 * contradicts itself, which more carriers cannot mend; then what is still needed of what was read; then all
 * else, files that gave nothing before carriers that are damaged.
 */
import type { Problem, ProblemCode } from "../problem.js";
import { CONTRADICTIONS } from "./restore.js";

const AGAINST: ReadonlySet<ProblemCode> = new Set([
  ...CONTRADICTIONS,
  "sheets-differ",
  "shares-of-several-sets",
  "shares-disagree",
  "share-foreign",
  "share-content",
  "sealed-content",
]);

const NEEDS: ReadonlySet<ProblemCode> = new Set([
  "shares-missing",
  "passphrase-wrong",
  "kdf-cost",
  "kdf-memory",
]);

function rank({ code }: Problem): number {
  if (AGAINST.has(code)) return 0;
  return NEEDS.has(code) ? 1 : 2;
}

/** Those of one rank stay in their order. */
export function bySeverity(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => rank(a) - rank(b));
}

/** Where a code is in view that cannot be read, unclear words of the same picture are not spoken of. */
export function withoutWordsOfCodes(problems: readonly Problem[]): readonly Problem[] {
  const sources = new Set(
    problems.flatMap((problem) => (problem.code === "code-missing" ? [problem.source] : [])),
  );
  return problems.filter(
    (problem) => problem.code !== "words-unclear" || !sources.has(problem.source),
  );
}
