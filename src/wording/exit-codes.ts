/** The exit codes: those of sysexits.h where it has one; 1 and 2 are the two plain answers no. */
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
