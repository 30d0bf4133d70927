/**
 * The terminal's echo, off while something secret may be asked for and nothing was yet.
 *
 * Raw mode would take Ctrl-C and every key from the terminal, and a command that is typed ahead with
 * them; here the terminal keeps both, and only shows nothing.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Turns the echo off; the function that is returned sets the terminal as it was. Null where that cannot
 * be done, or is not ours to do.
 */
export function turnEchoOff(): (() => void) | null {
  if (!isInForeground()) return null;
  const before = stty("-g");
  if (before === null || stty("-echo") === null) return null;
  return () => {
    stty(before);
  };
}

/** Of standard input. */
function stty(argument: string): string | null {
  const { status, stdout } = spawnSync("stty", [argument], {
    stdio: ["inherit", "pipe", "ignore"],
  });
  return status === 0 ? stdout.toString().trim() : null;
}

/** The fields of proc_pid_stat(5) behind the name: state, ppid, pgrp, session, tty_nr, tpgid. */
const STAT_FIELDS = /^\d+ \(.*\) \S+ \d+ (\d+) \d+ \d+ (-?\d+) /s;

/** What sets a terminal from the background is stopped; false where it cannot be told. */
function isInForeground(): boolean {
  try {
    const fields = STAT_FIELDS.exec(readFileSync("/proc/self/stat", "latin1"));
    return fields !== null && fields[1] === fields[2];
  } catch {
    return false;
  }
}
