/** What a problem is said with: a fact, and the next step. */
import { countText } from "../core/listed.js";
import type { Problem, ProblemCode } from "../core/problem.js";
import { type ExitCode } from "./exit-codes.js";

export interface Message {
  readonly fact: string;
  readonly next: string;
}

/** Of each problem its exit code, and what is said of it. */
export type Wording = {
  readonly [Code in ProblemCode]: {
    readonly exitCode: ExitCode;
    readonly say: (problem: Extract<Problem, { readonly code: Code }>) => Message;
  };
};

/** "1 word", "2 words". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}

export function bytesText(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  if (gigabytes >= 1) return `${String(Math.round(gigabytes * 10) / 10)} GB`;
  return bytes >= 1024 * 1024
    ? `${String(Math.round(bytes / 1024 / 1024))} MB`
    : `${String(Math.round(bytes / 1024))} KB`;
}
