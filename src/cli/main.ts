#!/usr/bin/env node
/** The only place that knows the real process, and the only one that ends it. */
import { EXIT } from "./outcome.js";
import { problemsOf, run } from "./run.js";

const { stdin, stdout, stderr } = process;

// A reader that went away, as `head` does, is no fault of ours.
for (const stream of [stdout, stderr]) {
  stream.on("error", () => {
    process.exit(0);
  });
}

// What no command caught: its message may hold anything, so only its place is told.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    void (async () => {
      const { formatProblems } = await import("./messages.js");
      stderr.write(formatProblems(problemsOf(error)));
      process.exit(EXIT.bug);
    })();
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
    const { formatProblems } = await import("./messages.js");
    stderr.write(`\n${formatProblems([{ code: "interrupted" }])}`);
    process.exit(EXIT.interrupted);
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
});
