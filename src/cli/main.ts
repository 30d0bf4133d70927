#!/usr/bin/env node
/**
 * The only place that knows the real process, and the only one that ends it. Until it listens to errors
 * and signals it loads nothing: where no file may be opened, that is said, too.
 */
import type { Terminal } from "../adapters/node/terminal.js";
import type { Problem } from "../core/problem.js";
import type { EXIT, ExitCode } from "../wording/exit-codes.js";

const BUG = 70 satisfies typeof EXIT.bug;
const UNWRITABLE = 73 satisfies typeof EXIT.unwritable;
const INTERRUPTED = 130 satisfies typeof EXIT.interrupted;

const STDIN = 0;
const STDOUT = 1;
/** Without opening it: that is for what reads or writes it. */
const isTerminal = (stream: number) => process.getBuiltinModule("node:tty").isatty(stream);
const isJson = process.argv.slice(2).includes("--json");
/** With --json standard output has one object, whatever happens. */
let hasAnswered = false;

function answer(text: string): void {
  hasAnswered ||= text !== "";
  if (text === "" || isWrittenAtOnce(text)) return;
  stdout().write(text);
}

/**
 * A file, a pipe and a socket are written to without the stream that Node would make of them, which takes longer than
 * the answer. False for all else, and from when a pipe is full: the stream waits.
 */
function isWrittenAtOnce(text: string): boolean {
  if (heardStdout !== undefined) return false;
  const { fstatSync, writeSync } = process.getBuiltinModule("node:fs");
  let left = Buffer.from(text);
  try {
    const kind = fstatSync(STDOUT);
    if (!kind.isFile() && !kind.isFIFO() && !kind.isSocket()) return false;
    while (left.length > 0) left = left.subarray(writeSync(STDOUT, left));
  } catch (error) {
    const reason = error as NodeJS.ErrnoException;
    if (reason.code === "EAGAIN") stdout().write(left);
    else endUnwritable(reason, "standard output");
  }
  return true;
}

function say(text: string): void {
  if (text !== "") stderr().write(text);
}

/**
 * A reader that went away, as `head` does, has what it wants, and the answer stays the exit code; a
 * full disk behind `>` has not.
 */
function endUnwritable({ code: reason = "unknown" }: NodeJS.ErrnoException, path: string): void {
  if (reason !== "EPIPE") end([{ code: "output-unwritable", path, reason }], UNWRITABLE);
}

/** Each is opened when something is said there, and its errors are heard from then on. */
let heardStdout: NodeJS.WriteStream | undefined;
let heardStderr: NodeJS.WriteStream | undefined;

function heard(stream: NodeJS.WriteStream, path: string): NodeJS.WriteStream {
  return stream.on("error", (error: NodeJS.ErrnoException) => {
    endUnwritable(error, path);
  });
}

function stdout(): NodeJS.WriteStream {
  heardStdout ??= heard(process.stdout, "standard output");
  return heardStdout;
}

function stderr(): NodeJS.WriteStream {
  heardStderr ??= heard(process.stderr, "standard error");
  return heardStderr;
}

/** Opened at the first question; without echo from then on, to the end. */
let terminal: Terminal | null = null;

let isEnding = false;
let stopCreating: () => void = () => undefined;

/** The last words, and the end; of two at once the first counts. */
function end(problems: readonly Problem[], exitCode: ExitCode): void {
  if (isEnding) return;
  isEnding = true;
  // The command goes on while the last words are loaded.
  stopCreating();
  // On a screen that is drawn on nobody would see it.
  terminal?.end();
  void (async () => {
    await (isJson ? lastAnswer : lastWords)(problems, exitCode);
    // Node would wait for native work, a minute maybe, before it exits; the signal itself does not.
    if (exitCode === INTERRUPTED && isNativeWorkRunning() && process.platform !== "win32") {
      process.removeAllListeners("SIGINT");
      process.kill(process.pid, "SIGINT");
    }
    process.exit(exitCode);
  })();
}

/** Where nothing can be loaded any more, as where no file may be opened. */
const CANNOT_GO_ON = "it cannot go on: its own files cannot be read.";

async function lastWords(problems: readonly Problem[]): Promise<void> {
  try {
    const { formatProblems } = await import("../wording/messages.js");
    say(formatProblems(problems));
  } catch {
    say(`keysheet: ${CANNOT_GO_ON}\n`);
  }
}

async function lastAnswer(problems: readonly Problem[], exitCode: ExitCode): Promise<void> {
  if (hasAnswered) return;
  try {
    const [{ refusedOutcome }, { formatJson }] = await Promise.all([
      import("./outcome-of-problems.js"),
      import("./outcome.js"),
    ]);
    answer(formatJson({ ...refusedOutcome(problems).json, exitCode }));
  } catch {
    const problem = { code: "bug", fact: CANNOT_GO_ON };
    answer(`${JSON.stringify({ status: "refused", exitCode, problems: [problem] })}\n`);
  }
}

// What no command caught: its message may hold anything, so only its place is said.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    void (async () => {
      try {
        const { problemsOf } = await import("./program.js");
        end(problemsOf(error), BUG);
      } catch {
        end([], BUG);
      }
    })();
  });
}

// Left to Node, SIGQUIT would write the memory to a core file, with the key in it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
  process.on(signal, endBySignal);
}
// Left to Node, SIGUSR1 would open a port for debuggers, through which others can read the memory.
process.on("SIGUSR1", () => undefined);

let hasFinished = () => false;
/** Of a command that has said all; Node may wait for what it left behind. */
let finalExitCode: ExitCode | null = null;
let isNativeWorkRunning = () => false;

function endBySignal(): void {
  if (hasFinished()) return;
  // There was nothing left to interrupt: the answer stands, and so does its exit code.
  if (finalExitCode !== null) {
    terminal?.end();
    process.exit(finalExitCode);
  }
  if (!isJson) say("\n");
  end([{ code: "interrupted" }], INTERRUPTED);
}

const program = await import("./program.js");
hasFinished = program.hasCreatedFile;
stopCreating = program.stopCreating;
isNativeWorkRunning = program.isNativeWorkRunning;

finalExitCode = await program.run({
  args: process.argv.slice(2),
  env: process.env,
  get stdin() {
    return process.stdin;
  },
  get isStdinTerminal() {
    return isTerminal(STDIN);
  },
  get isStdoutTerminal() {
    return isTerminal(STDOUT);
  },
  // What a command says behind the last words is not heard.
  stdout: (text) => {
    if (!isEnding) answer(text);
  },
  stderr: (text) => {
    if (!isEnding) say(text);
  },
  openTerminal: async () => {
    if (!isTerminal(STDIN) || !stderr().isTTY) return null;
    const { openTerminal } = await import("../adapters/node/terminal.js");
    terminal ??= openTerminal(process.stdin, stderr(), () => process.emit("SIGINT"));
    return terminal;
  },
  now: () => new Date(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  kdf: async (password, salt, cost) => {
    const { nodeKdf } = await import("../adapters/node/scrypt-node.js");
    return nodeKdf(password, salt, cost);
  },
});
process.exitCode = finalExitCode;
(terminal as Terminal | null)?.end();
