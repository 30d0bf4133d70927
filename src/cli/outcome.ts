/** What a command gives back: it prints nothing itself and never ends the process. */

import type { ExitCode } from "../wording/exit-codes.js";

export function formatJson(json: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

export interface Outcome {
  readonly exitCode: ExitCode;
  /** For standard output, when people read. */
  readonly text: string;
  /** For standard error: what was mended or could not be read on the way. */
  readonly remarks: string;
  /** For standard output with --json. */
  readonly json: Readonly<Record<string, unknown>>;
}
