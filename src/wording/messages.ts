/**
 * Every problem in words: a fact, and the next step; and its exit code. The tables of the rooms are in
 * `problems/`, and here is their sum.
 *
 * The one place for wording. A message names the file, the field or the position; it never holds a
 * character of a secret, a word or a digit of a code.
 */
import type { Problem } from "../core/problem.js";
import type { ExitCode } from "./exit-codes.js";
import { INDENT, wrapped } from "./lines.js";
import type { Message, Wording } from "./message.js";
import { KEY } from "./problems/key.js";
import { CONTENT } from "./problems/content.js";
import { SEAL } from "./problems/seal.js";
import { SHARES } from "./problems/shares.js";
import { LIBRARY } from "./problems/library.js";
import { WORDS } from "./problems/words.js";
import { CODES } from "./problems/codes.js";
import { INPUT } from "./problems/input.js";
import { OUTPUT } from "./problems/output.js";
import { SHEET } from "./problems/sheet.js";
import { COMMAND } from "./problems/command.js";
import { summarised } from "./summary.js";

export { listed } from "../core/listed.js";
export { visible, wrapped } from "./lines.js";
export { counted, type Message } from "./message.js";
export { formatNotices, type Notice, type SheetSize, sheetSizeText } from "./notices.js";
export { placesText } from "./places.js";

const WORDING: Wording = {
  ...KEY,
  ...CONTENT,
  ...SEAL,
  ...SHARES,
  ...LIBRARY,
  ...WORDS,
  ...CODES,
  ...INPUT,
  ...OUTPUT,
  ...SHEET,
  ...COMMAND,
};

export function describe(problem: Problem): Message {
  // Its own entry takes it, which the compiler cannot follow.
  const { say } = WORDING[problem.code] as { readonly say: (problem: Problem) => Message };
  return say(problem);
}

export function exitCodeOf({ code }: Problem): ExitCode {
  return WORDING[code].exitCode;
}

/** Problems as lines for standard error: the fact, and the next step indented below it. */
export function formatProblems(problems: readonly Problem[]): string {
  return summarised(problems)
    .map(({ problem }) => {
      const { fact, next } = describe(problem);
      return wrapped("keysheet: ", fact) + wrapped(INDENT, next);
    })
    .join("");
}
