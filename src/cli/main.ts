#!/usr/bin/env node
/** The only place that knows the real process, and the only one that ends it. */
import type { Terminal } from "../adapters/terminal.js";
import type { Problem } from "../core/problem.js";
import { EXIT, type ExitCode } from "./outcome.js";

const { stdin, stdout, stderr } = process;

// A reader that went away, as `head` does, has what it wants, and the answer stays the exit code; a
// full disk behind `>` has not.
for (const [stream, path] of [
  [stdout, "standard output"],
  [stderr, "standard error"],
] as const) {
  stream.on("error", ({ code: reason = "unknown" }: NodeJS.ErrnoException) => {
    if (reason !== "EPIPE") {
      end([{ code: "output-unwritable", path, reason }], EXIT.unwritable);
    }
  });
}

/** Opened at the first question; without echo from then on, to the end. */
let terminal: Terminal | null = null;

let isEnding = false;

/** The last words, and the end; of two at once the first counts. */
function end(problems: readonly Problem[], exitCode: ExitCode): void {
  if (isEnding) return;
  isEnding = true;
  // On a screen that is drawn on nobody would see it.
  terminal?.end();
  void (async () => {
    try {
      const { formatProblems } = await import("./messages.js");
      stderr.write(formatProblems(problems));
    } catch {
      // Nothing can be loaded any more, as where no file may be opened.
      stderr.write("keysheet: it cannot go on: its own files cannot be read.\n");
    }
    process.exit(exitCode);
  })();
}

// What no command caught: its message may hold anything, so only its place is told.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    void (async () => {
      try {
        const { problemsOf } = await import("./run.js");
        end(problemsOf(error), EXIT.bug);
      } catch {
        end([], EXIT.bug);
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

function endBySignal(): void {
  if (hasFinished()) return;
  stderr.write("\n");
  end([{ code: "interrupted" }], EXIT.interrupted);
}

const [{ run }, { hasCreatedFile }] = await Promise.all([
  import("./run.js"),
  import("../adapters/files.js"),
]);
hasFinished = hasCreatedFile;

process.exitCode = await run({
  args: process.argv.slice(2),
  env: process.env,
  stdin,
  isStdinTerminal: stdin.isTTY,
  isStdoutTerminal: stdout.isTTY,
  stdout: (text) => stdout.write(text),
  stderr: (text) => stderr.write(text),
  openTerminal: async () => {
    if (!stdin.isTTY || !stderr.isTTY) return null;
    const { openTerminal } = await import("../adapters/terminal.js");
    terminal ??= openTerminal(stdin, stderr, () => process.emit("SIGINT"));
    return terminal;
  },
  now: () => new Date(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  kdf: async (password, salt, cost) => {
    const { nodeKdf } = await import("../adapters/scrypt-node.js");
    return nodeKdf(password, salt, cost);
  },
});
(terminal as Terminal | null)?.end();
