/** What a command gives back: it prints nothing itself and never ends the process. */

/** sysexits.h where it has a code; 1 and 2 are the two plain answers no. */
export const EXIT = {
  done: 0,
  refused: 1,
  different: 2,
  usage: 64,
  keyFile: 65,
  unreadable: 66,
  bug: 70,
  unwritable: 73,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

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
