/** The command line to a command and its options: every fault of it at once, no value of it echoed. */
import { parseArgs } from "node:util";
import { type Problem, Refusal } from "../core/problem.js";

export const COMMANDS = ["make", "restore", "verify", "inspect"] as const;
export type Command = (typeof COMMANDS)[number];

export function isCommand(text: string): text is Command {
  return COMMANDS.some((command) => command === text);
}

interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly short?: string;
}

const COMMON = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

const OPTIONS = {
  make: {
    from: { type: "string" },
    out: { type: "string" },
    paper: { type: "string" },
    label: { type: "string" },
    date: { type: "string" },
    spare: { type: "string" },
    copies: { type: "string" },
    ...COMMON,
  },
  restore: {
    words: { type: "string" },
    to: { type: "string" },
    out: { type: "string" },
    show: { type: "boolean" },
    ...COMMON,
  },
  verify: { words: { type: "string" }, against: { type: "string" }, ...COMMON },
  inspect: { ...COMMON },
} as const satisfies Record<Command, Record<string, OptionSpec>>;

export type OptionName = {
  [C in Command]: keyof (typeof OPTIONS)[C] & string;
}[Command];

export interface ParsedArgs {
  readonly command: Command | null;
  readonly isHelp: boolean;
  readonly isVersion: boolean;
  readonly isJson: boolean;
  readonly files: readonly string[];
  /** Values of the options with one; absent where not given. */
  readonly values: Readonly<Partial<Record<OptionName, string>>>;
  readonly flags: ReadonlySet<OptionName>;
}

/** Throws with every fault of the command line. */
export function parseCommandLine(args: readonly string[]): ParsedArgs {
  const [first, ...rest] = args;
  if (first === "help") return helpFor(rest[0]);
  const command = first !== undefined && isCommand(first) ? first : null;
  if (command === null) return withoutCommand(args);

  const options: Readonly<Record<string, OptionSpec>> = OPTIONS[command];
  const { tokens } = parseArgs({
    args: rest,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: Problem[] = [];
  const values: Partial<Record<OptionName, string>> = {};
  const flags = new Set<OptionName>();
  const files: string[] = [];
  for (const token of tokens) {
    // The index counts from 0 behind the command; people count the command as argument 1.
    const position = token.index + 2;
    if (token.kind === "positional") {
      if (command === "make") problems.push({ code: "argument-extra", position });
      else files.push(token.value);
    }
    if (token.kind !== "option") continue;
    const name = token.name as OptionName;
    const spec = options[name];
    if (spec === undefined) {
      problems.push({ code: "option-unknown", option: shownOption(token.rawName, position) });
    } else if (spec.type === "boolean") {
      if (token.value === undefined) flags.add(name);
      else problems.push({ code: "option-value", option: `--${name}`, expected: "no value" });
    } else if (token.value === undefined || isOptionLike(token.value)) {
      problems.push({ code: "option-value", option: `--${name}`, expected: "a value" });
    } else if (name === "out" && token.value === "-") {
      problems.push({ code: "option-value", option: "--out", expected: "a file name" });
    } else if (values[name] !== undefined) {
      problems.push({ code: "option-value", option: `--${name}`, expected: "one value only" });
    } else {
      values[name] = token.value;
    }
  }
  const isHelp = flags.has("help");
  if (problems.length > 0 && !isHelp) throw new Refusal(...problems);
  return { command, isHelp, isVersion: false, isJson: flags.has("json"), files, values, flags };
}

function isOptionLike(value: string): boolean {
  return value.startsWith("--");
}

/** An option as the user wrote it when it is one by its look, else only its place. */
function shownOption(rawName: string, position: number): string {
  return /^--?[a-z][a-z-]{0,19}$/.test(rawName) ? rawName : `at argument ${String(position)}`;
}

const NOTHING = { isJson: false, files: [], values: {}, flags: new Set<OptionName>() };

function helpFor(topic: string | undefined): ParsedArgs {
  if (topic !== undefined && !isCommand(topic)) {
    throw new Refusal({ code: "command-unknown", near: nearestCommand(topic) });
  }
  return { command: topic ?? null, isHelp: true, isVersion: false, ...NOTHING };
}

function withoutCommand(args: readonly string[]): ParsedArgs {
  const isVersion = args.some((argument) => argument === "--version" || argument === "-V");
  const isHelp = args.length === 0 || args.some((argument) => /^(--help|-h)$/.test(argument));
  if (isHelp || isVersion) return { command: null, isHelp, isVersion, ...NOTHING };
  throw new Refusal({ code: "command-unknown", near: nearestCommand(args[0] ?? "") });
}

/** A command that begins like what was typed. */
function nearestCommand(typed: string): Command | null {
  const start = typed.toLowerCase().slice(0, 2);
  return start.length < 2 ? null : (COMMANDS.find((command) => command.startsWith(start)) ?? null);
}
