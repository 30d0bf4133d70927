/**
 * `readSheetFile` within a limit of time: what may keep a library busy for hours is read in a thread of
 * its own, which is ended then. The process stays at hand meanwhile: a signal ends it at once.
 */
import { Worker } from "node:worker_threads";
import { pictureKind } from "../core/picture-kind.js";
import { Refusal } from "../core/problem.js";
import {
  kindOf,
  type OnWords,
  type ReadFileOptions,
  readSheetFile,
  type SheetFile,
} from "./sheet-file.js";
import type { ThreadAnswer, ThreadInput } from "./sheet-file-thread.js";

/** A hundred scanned pages take half a minute, or more where none of them has a code. */
const LIMIT_SECONDS = 120;

export interface InTimeOptions extends ReadFileOptions {
  readonly limitSeconds?: number;
}

/**
 * @throws Refusal reading-time, and what `readSheetFile` throws
 */
export async function readSheetFileInTime(
  bytes: Uint8Array,
  source: string,
  { limitSeconds = LIMIT_SECONDS, ...options }: InTimeOptions = {},
): Promise<SheetFile> {
  if (!mayTakeLong(bytes)) return readSheetFile(bytes, source, options);
  const { onWords, ...others } = options;
  const answer = await inThread({ bytes, source, options: others }, limitSeconds, onWords);
  if (answer.status === "refused") throw new Refusal(...answer.problems);
  return answer.file;
}

/** Pages, and what is decoded in WebAssembly, which nothing else stops; sharp has a limit of its own. */
function mayTakeLong(bytes: Uint8Array): boolean {
  const picture = pictureKind(bytes);
  return picture === "tiff" || picture === "heic" || kindOf(bytes) === "pdf";
}

type LastAnswer = Exclude<ThreadAnswer, { readonly status: "words" | "part" }>;

async function inThread(
  input: ThreadInput,
  limitSeconds: number,
  onWords: OnWords | undefined,
): Promise<LastAnswer> {
  const thread = new Worker(new URL("./sheet-file-thread.js", import.meta.url), {
    workerData: input,
  });
  let timer: NodeJS.Timeout | undefined;
  let onPart: ReturnType<OnWords> | undefined;
  try {
    return await new Promise<LastAnswer>((resolve, reject) => {
      const late = new Refusal({ code: "reading-time", source: input.source, limitSeconds });
      timer = setTimeout(reject, limitSeconds * 1000, late);
      thread.on("message", (answer: ThreadAnswer) => {
        if (answer.status === "words") {
          onPart = onWords?.(answer.source);
          onPart?.catch(reject);
        } else if (answer.status === "part") {
          const { part } = answer;
          onPart
            ?.then((tell) => {
              tell(part);
            })
            .catch(reject);
        } else {
          resolve(answer);
        }
      });
      thread.on("error", reject);
      thread.on("exit", () => {
        reject(new Error("the thread ended without an answer"));
      });
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
    (await onPart)?.(1);
  }
}
