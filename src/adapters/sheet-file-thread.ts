/**
 * Runs in a thread of its own: reads the one file that it was given, tells what was found, and ends.
 * `sheet-file-in-time.ts` starts it.
 */
import { parentPort, workerData } from "node:worker_threads";
import { Refusal } from "../core/problem.js";
import { type ReadFileOptions, readSheetFile, type SheetFile } from "./sheet-file.js";

/**
 * What is given to the thread, and what it answers: whose words it begins to read and how much of that is
 * done, then the end. An error that is no refusal ends it.
 */
export interface ThreadInput {
  readonly bytes: Uint8Array;
  readonly source: string;
  readonly options: Omit<ReadFileOptions, "onWords">;
}
export type ThreadAnswer =
  | { readonly status: "words"; readonly source: string }
  | { readonly status: "part"; readonly part: number }
  | { readonly status: "read"; readonly file: SheetFile }
  | { readonly status: "refused"; readonly problems: Refusal["problems"] };

const { bytes, source, options } = workerData as ThreadInput;

async function answer(): Promise<ThreadAnswer> {
  try {
    const tell = (news: ThreadAnswer) => parentPort?.postMessage(news);
    const onWords = (page: string) => {
      tell({ status: "words", source: page });
      return Promise.resolve((part: number) => {
        tell({ status: "part", part });
      });
    };
    return { status: "read", file: await readSheetFile(bytes, source, { ...options, onWords }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: "refused", problems: error.problems };
  }
}

parentPort?.postMessage(await answer());
