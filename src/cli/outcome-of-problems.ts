/** What a command gives back when it could not do its work. */
import type { Problem } from "../core/problem.js";
import { describe, exitCodeOf, formatProblems } from "./messages.js";
import { EXIT, type Outcome } from "./outcome.js";
import { boundedFacts, summarised } from "./summary.js";

/** The problems with their wording, for JSON. */
export function describedProblems(problems: readonly Problem[]) {
  return summarised(problems).map(({ problem, sources }) => ({
    ...boundedFacts(sources.length === 0 ? problem : { ...problem, sources }),
    ...describe(problem),
  }));
}

export function refusedOutcome(problems: readonly Problem[]): Outcome {
  const [first] = problems;
  const exitCode = first === undefined ? EXIT.bug : exitCodeOf(first);
  return {
    exitCode,
    text: "",
    remarks: formatProblems(problems),
    json: { status: "refused", exitCode, problems: describedProblems(problems) },
  };
}
