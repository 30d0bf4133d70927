/**
 * What a killed keysheet left where a file is to be written: told by the next run, whether
 * that does its work or not. Deletes nothing: a keysheet of another machine may be at work there.
 */
import path from "node:path";
import { findParts } from "../adapters/files.js";
import { type Problem, Refusal } from "../core/problem.js";
import { formatProblems } from "./messages.js";
import type { Outcome } from "./outcome.js";
import { describedProblems } from "./outcome-of-problems.js";
import type { World } from "./world.js";

/** `work` with the parts told that are in the folder of `out`, else in the current one. */
export async function tellingParts(
  out: string | undefined,
  world: World,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const folder = path.resolve(out === undefined ? "." : path.dirname(out));
  const paths = await findParts(folder, world.now());
  if (paths.length === 0) return work();
  const problem: Problem = { code: "part-left", paths };
  try {
    const outcome = await work();
    const { remarks: known } = outcome.json;
    const remarks: readonly unknown[] = Array.isArray(known) ? known : [];
    return {
      ...outcome,
      remarks: outcome.remarks + formatProblems([problem]),
      json: { ...outcome.json, remarks: [...remarks, ...describedProblems([problem])] },
    };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(...error.problems, problem) : error;
  }
}
