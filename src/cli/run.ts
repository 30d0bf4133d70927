/**
 * A command line to its end: what it prints, and its exit code.
 *
 * Never throws and never ends the process. With --json standard output has one JSON object, whatever
 * happens, and standard error stays empty.
 */
import { packageOrigin, packageVersion } from "../adapters/node/package-facts.js";
import { type Problem, Refusal } from "../core/problem.js";
import { parseCommandLine, type ParsedArgs } from "./args.js";
import type { Command } from "./options.js";
import { askingOf } from "./ask/asking.js";
import { helpText } from "./help.js";
import { formatJson, type Outcome } from "./outcome.js";
import { EXIT, type ExitCode } from "../wording/exit-codes.js";
import { placeOfFault } from "./place-of-fault.js";
import { refuseSecretArguments } from "./secret-arguments.js";
import { boundedJson } from "../wording/summary.js";
import type { World } from "./world.js";

export async function run(world: World): Promise<ExitCode> {
  const isJson = world.args.includes("--json");
  try {
    await refuseSecretArguments(world.args);
    if (world.args.length === 0 && world.isStdinTerminal && world.isStdoutTerminal) {
      const { guideOnTerminal } = await import("./commands/guide.js");
      const outcome = await guideOnTerminal(world);
      if (outcome !== null) return print(outcome, isJson, world);
    }
    const parsed = parseCommandLine(world.args);
    if (parsed.topic !== null) {
      const { topicText } = await import("./help-topics.js");
      const help = topicText(parsed.topic);
      return print(told(help, { help }), isJson, world);
    }
    if (parsed.shell !== null) {
      const { completionScript } = await import("./completion.js");
      const script = completionScript(parsed.shell);
      return print(told(script, { script }), isJson, world);
    }
    if (parsed.isHelp) {
      const help = helpText(parsed.command, packageOrigin());
      return print(told(help, { help }), isJson, world);
    }
    if (parsed.command === null) {
      const number = packageVersion();
      return print(told(`keysheet ${number}\n`, { version: number }), isJson, world);
    }
    const { refuseNamelessFiles } = await import("./argument-names.js");
    await refuseNamelessFiles(parsed);
    return print(await runCommand(parsed.command, parsed, world), isJson, world);
  } catch (error) {
    return printProblems(problemsOf(error), isJson, world);
  }
}

async function runCommand(command: Command, args: ParsedArgs, world: World): Promise<Outcome> {
  // Before anything else is loaded or read: a key may be pasted as soon as Enter is pressed.
  const asking = askingOf(command, args, world.isStdinTerminal);
  const terminal = asking === "no" ? null : await world.openTerminal();
  if (asking === "surely") terminal?.hush();
  else terminal?.hideEcho();
  switch (command) {
    case "make": {
      const [{ make }, { tellingParts }] = await Promise.all([
        import("./commands/make.js"),
        import("./commands/parts-left.js"),
      ]);
      return tellingParts(args.values.out, world, () => make(args, world));
    }
    case "restore": {
      const [{ restoreKey }, { tellingParts }] = await Promise.all([
        import("./commands/restore.js"),
        import("./commands/parts-left.js"),
      ]);
      return tellingParts(args.values.out, world, () => restoreKey(args, world));
    }
    case "verify":
      return (await import("./commands/verify.js")).verify(args, world);
    case "inspect":
      return (await import("./commands/inspect.js")).inspect(args, world);
    case "providers":
      return (await import("./commands/providers.js")).providers(args);
  }
}

/** What takes no work. */
function told(text: string, json: Readonly<Record<string, string>>): Outcome {
  return { exitCode: EXIT.done, text, remarks: "", json: { status: "done", ...json } };
}

function print(outcome: Outcome, isJson: boolean, world: World): ExitCode {
  if (isJson) {
    world.stdout(formatJson(boundedJson(outcome.json)));
  } else {
    world.stdout(outcome.text);
    world.stderr(outcome.remarks);
  }
  return outcome.exitCode;
}

/** Every problem in words; with --json as one object. */
async function printProblems(
  problems: readonly Problem[],
  isJson: boolean,
  world: World,
): Promise<ExitCode> {
  const { refusedOutcome } = await import("./outcome-of-problems.js");
  return print(refusedOutcome(problems), isJson, world);
}

/** Of an error that is no refusal only its place in our code: its message may hold anything. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof Refusal) return error.problems;
  if (isFolderGone(error)) return [{ code: "folder-gone" }];
  return [{ code: "bug", place: placeOfFault(error) }];
}

/** A relative name cannot be resolved where the current folder was removed. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "uv_cwd";
}
