/** Problems as a JSON answer has them: their facts, and what is said of them. */
import type { Problem } from "../core/problem.js";
import { describe } from "./messages.js";
import { boundedFacts, summarised } from "./summary.js";

/** The problems with their wording, for JSON. */
export function describedProblems(problems: readonly Problem[]) {
  return summarised(problems).map(({ problem, sources }) => ({
    ...boundedFacts(sources.length === 0 ? problem : { ...problem, sources }),
    ...describe(problem),
  }));
}
