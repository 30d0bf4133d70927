/** What a command gives back when it could not do its work. */
import type { Problem } from "../core/problem.js";
import { exitCodeOf, formatProblems } from "../wording/messages.js";
import { type Outcome } from "./outcome.js";
import { EXIT } from "../wording/exit-codes.js";
import { describedProblems } from "../wording/described-problems.js";

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
