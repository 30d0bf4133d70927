#!/usr/bin/env node
/** The only place that knows the real process, and the only one that ends it. */
import type { Problem } from "../core/problem.js";
import { EXIT, type ExitCode } from "./outcome.js";
import { problemsOf, run } from "./run.js";

const { stdin, stdout, stderr } = process;

// A reader that went away, as `head` does, has what it wants; a full disk behind `>` has not.
for (const [stream, path] of [
  [stdout, "standard output"],
  [stderr, "standard error"],
] as const) {
  stream.on("error", ({ code: reason = "unknown" }: NodeJS.ErrnoException) => {
    if (reason === "EPIPE") process.exit(EXIT.done);
    end([{ code: "output-unwritable", path, reason }], EXIT.unwritable);
  });
}

/** The last words, and the end. */
function end(problems: readonly Problem[], exitCode: ExitCode): void {
  void (async () => {
    const { formatProblems } = await import("./messages.js");
    stderr.write(formatProblems(problems));
    process.exit(exitCode);
  })();
}

// What no command caught: its message may hold anything, so only its place is told.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    end(problemsOf(error), EXIT.bug);
  });
}

process.on("SIGINT", endBySignal);
process.on("SIGTERM", endBySignal);
process.on("SIGHUP", endBySignal);

function endBySignal(): void {
  void (async () => {
    const { hasCreatedFile } = await import("../adapters/files.js");
    if (hasCreatedFile()) return;
    if (stdin.isTTY) stdin.setRawMode(false);
    stderr.write("\n");
    end([{ code: "interrupted" }], EXIT.interrupted);
  })();
}

process.exitCode = await run({
  args: process.argv.slice(2),
  env: process.env,
  stdin,
  isStdinTerminal: stdin.isTTY,
  stdout: (text) => stdout.write(text),
  stderr: (text) => stderr.write(text),
  openTerminal: async () => {
    if (!stdin.isTTY || !stderr.isTTY) return null;
    const { openTerminal } = await import("../adapters/terminal.js");
    return openTerminal(stdin, stderr);
  },
  now: () => new Date(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  kdf: async (password, salt, cost) => {
    const { nodeKdf } = await import("../adapters/scrypt-node.js");
    return nodeKdf(password, salt, cost);
  },
});
