/**
 * Words repaired within limits of time and memory: in a thread of its own, beside which a signal ends the
 * process at once.
 */
import type { Carrier, MendedCarriers } from "../../core/restore/read-carriers.js";
import { packageFile } from "./package-folder.js";
import type { ReadingInput } from "./reading-thread.js";
import { runInThread } from "./thread.js";
import { unlessRefusedLater } from "../../core/unless-refused.js";

/** Many times what the budgets of work allow on a slow machine. */
const LIMIT_SECONDS = 60;
const HEAP_LIMIT_MB = 256;

/** Words that take too long are one more problem. */
export async function mendInTime(carriers: readonly Carrier[]): Promise<MendedCarriers> {
  const words = carriers.filter((carrier) => carrier.kind === "words");
  const source = [...new Set(words.map((carrier) => carrier.source))].join(" and ");
  const work = () =>
    runInThread<ReadingInput, never, MendedCarriers>({
      script: packageFile("dist/adapters/node/reading-thread.js"),
      input: { job: "words", carriers },
      source,
      limits: { seconds: LIMIT_SECONDS, heapMb: HEAP_LIMIT_MB },
    });
  return unlessRefusedLater(work, ({ problems }) => ({ found: [], damaged: [], problems }));
}
