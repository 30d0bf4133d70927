/**
 * What a killed keysheet left where a file is to be written, parts and files that are not finished: told by the next run, whether
 * that does its work or not. Deletes nothing: a keysheet of another machine may be at work there.
 */
import path from "node:path";
import { findUnfinished } from "../../adapters/node/parts.js";
import { type Problem, Refusal } from "../../core/problem.js";
import { formatProblems } from "../../wording/messages.js";
import type { Outcome } from "../outcome.js";
import { describedProblems } from "../../wording/described-problems.js";
import type { World } from "../world.js";

/** `work` with the parts told that are in the folder of `out`, else in the current one. */
export async function tellingParts(
  out: string | undefined,
  world: World,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const folder = path.resolve(out === undefined ? "." : path.dirname(out));
  const { parts, outputs } = await findUnfinished(folder, world.now());
  if (parts.length === 0) return work();
  const problems: readonly Problem[] = [
    { code: "part-left", paths: parts },
    ...(outputs.length === 0 ? [] : [{ code: "output-unfinished", paths: outputs } as const]),
  ];
  try {
    const outcome = await work();
    const { remarks: known } = outcome.json;
    const remarks: readonly unknown[] = Array.isArray(known) ? known : [];
    return {
      ...outcome,
      remarks: outcome.remarks + formatProblems(problems),
      json: { ...outcome.json, remarks: [...remarks, ...describedProblems(problems)] },
    };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(...error.problems, ...problems) : error;
  }
}
