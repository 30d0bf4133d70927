/**
 * Work in a thread of its own: what takes too long or too much memory there is refused, and nothing else is
 * lost. The process stays at hand meanwhile: a signal ends it at once. What a library prints is dropped.
 */
import { Worker } from "node:worker_threads";
import { type Problem, Refusal } from "../../core/problem.js";
import { nativeWork } from "./native-work.js";

export interface ThreadLimits {
  readonly seconds: number;
  /** Of what JavaScript keeps; pictures and WebAssembly have limits of their own. */
  readonly heapMb: number;
}

/** What a thread tells: news as they come, then one answer. */
export type ThreadMessage<News, Answer> =
  | { readonly status: "news"; readonly news: News }
  | { readonly status: "done"; readonly answer: Answer }
  | { readonly status: "refused"; readonly problems: readonly Problem[] };

export interface ThreadJob<Input, News> {
  /** The module that the thread runs; it finds `input` as its `workerData`. */
  readonly script: URL;
  readonly input: Input;
  /** What of the input is handed over instead of copied: nobody else has it from then on. */
  readonly handedOver?: readonly ArrayBuffer[];
  /** Names the input in the refusals. */
  readonly source: string;
  readonly limits: ThreadLimits;
  readonly onNews?: (news: News) => void;
}

/**
 * @throws Refusal reading-time, reading-memory, and those that the thread answers with
 */
export function runInThread<Input, News, Answer>(job: ThreadJob<Input, News>): Promise<Answer> {
  return nativeWork(() => answerOf(job));
}

async function answerOf<Input, News, Answer>({
  script,
  input,
  handedOver = [],
  source,
  limits,
  onNews,
}: ThreadJob<Input, News>): Promise<Answer> {
  const thread = new Worker(script, {
    workerData: input,
    transferList: [...handedOver],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  });
  thread.stdout.resume();
  thread.stderr.resume();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const late: Problem = { code: "reading-time", source, limitSeconds: limits.seconds };
      timer = setTimeout(() => {
        reject(new Refusal(late));
      }, limits.seconds * 1000);
      thread.on("message", (message: ThreadMessage<News, Answer>) => {
        if (message.status === "news") onNews?.(message.news);
        else if (message.status === "done") resolve(message.answer);
        else reject(new Refusal(...message.problems));
      });
      thread.on("error", (error) => {
        const isFull = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
        reject(
          isFull ? new Refusal({ code: "reading-memory", source, limitMb: limits.heapMb }) : error,
        );
      });
      thread.on("exit", () => {
        reject(new Error("the thread ended without an answer"));
      });
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
