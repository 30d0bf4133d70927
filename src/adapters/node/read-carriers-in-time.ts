/**
 * `readCarriers` within limits of time and memory: words that a quick look does not mend are mended in a
 * thread of its own, beside which a signal ends the process at once.
 */
import { Refusal } from "../../core/problem.js";
import {
  type Carrier,
  type MendedCarriers,
  mendCarriers,
  readCarriers,
  type ReadCarriers,
  type ReadOptions,
} from "../../core/restore/read-carriers.js";
import { tokenCountOf } from "../../core/words/parse-words.js";
import { packageFile } from "./package-folder.js";
import type { ReadingInput } from "./reading-thread.js";
import { runInThread } from "./thread.js";

/** Many times what the budgets of work allow on a slow machine. */
const LIMIT_SECONDS = 60;
const HEAP_LIMIT_MB = 256;
/** Words of so few tokens are looked at quickly in a few milliseconds. */
const FEW_TOKENS = 400;

/** As `readCarriers` gives it; words that take too long are told as one more problem. */
export async function readCarriersInTime(
  carriers: readonly Carrier[],
  options: ReadOptions = {},
): Promise<ReadCarriers> {
  const mended = quicklyMended(carriers) ?? (await mendInThread(carriers, options));
  return readCarriers(carriers, { ...options, mended });
}

/** Null where more may be found by looking longer, or where a quick look is none. */
function quicklyMended(carriers: readonly Carrier[]): MendedCarriers | null {
  const words = carriers.filter((carrier) => carrier.kind === "words");
  const count = words.reduce((sum, { lines }) => sum + tokenCountOf(lines) + lines.length, 0);
  if (count > FEW_TOKENS) return null;
  const mended = mendCarriers(carriers, { thoroughness: "quick" });
  return mended.problems.length === 0 ? mended : null;
}

async function mendInThread(
  carriers: readonly Carrier[],
  options: ReadOptions,
): Promise<MendedCarriers> {
  const words = carriers.filter((carrier) => carrier.kind === "words");
  const source = [...new Set(words.map((carrier) => carrier.source))].join(" and ");
  try {
    return await runInThread<ReadingInput, never, MendedCarriers>({
      script: packageFile("dist/adapters/node/reading-thread.js"),
      input: { job: "words", carriers, options },
      source,
      limits: { seconds: LIMIT_SECONDS, heapMb: HEAP_LIMIT_MB },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { found: [], damaged: [], problems: [...error.problems] };
  }
}
