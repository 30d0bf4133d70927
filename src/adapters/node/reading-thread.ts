/**
 * Runs in a thread of its own: reads the one file, or mends the words, that it was given, tells what it
 * found, and ends. `sheet-file-in-time.ts` and `mend-in-time.ts` start it.
 */
import { parentPort, workerData } from "node:worker_threads";
import { Refusal } from "../../core/problem.js";
import type { Carrier, MendedCarriers } from "../../core/restore/read-carriers.js";
import type { ReadFileOptions, SheetFile } from "../../reading/pages.js";
import type { ThreadMessage } from "./thread.js";

export type ReadingInput =
  | {
      readonly job: "file";
      readonly bytes: Uint8Array;
      readonly source: string;
      readonly options: Omit<ReadFileOptions, "onWords">;
    }
  | {
      readonly job: "words";
      readonly carriers: readonly Carrier[];
    };

/** Whose words it begins to read, and how much of that is done, 0 to 1. */
export type ReadingNews = { readonly wordsOf: string } | { readonly part: number };

function tell(message: ThreadMessage<ReadingNews, SheetFile | MendedCarriers>): void {
  parentPort?.postMessage(message);
}

async function work(input: ReadingInput): Promise<SheetFile | MendedCarriers> {
  if (input.job === "words") {
    const { mendCarriers } = await import("../../core/restore/read-carriers.js");
    return mendCarriers(input.carriers);
  }
  const { readSheetFile } = await import("./sheet-file.js");
  const onWords = (wordsOf: string) => {
    tell({ status: "news", news: { wordsOf } });
    return Promise.resolve((part: number) => {
      tell({ status: "news", news: { part } });
    });
  };
  return readSheetFile(input.bytes, input.source, { ...input.options, onWords });
}

async function answer(input: ReadingInput): Promise<void> {
  try {
    tell({ status: "done", answer: await work(input) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell({ status: "refused", problems: error.problems });
  }
}

if (parentPort !== null) await answer(workerData as ReadingInput);
