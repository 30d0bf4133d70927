/** The command line to a command and its options: every fault of it at once, no value of it echoed. */
import { parseArgs } from "node:util";
import { type Problem, Refusal } from "../core/problem.js";
import { type Command, COMMANDS, type OptionName, OPTIONS, type OptionRow } from "./options.js";

/** As a file name: standard input. */
export const STANDARD_INPUT = "-";

export function isCommand(text: string): text is Command {
  return COMMANDS.some((command) => command === text);
}

/** What can be read about beside the commands; `restore` tells both. */
export const HELP_TOPICS = [
  "protect",
  "typing",
  "lost",
  "printer",
  "files",
  "sheets",
  "scripts",
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

function isHelpTopic(text: string): text is HelpTopic {
  return HELP_TOPICS.some((topic) => topic === text);
}

const INPUT_OPTIONS: ReadonlySet<string> = new Set(["from", "words", "against", "passphrase-file"]);

/** A template of a user's, not one by its name. */
const TEMPLATE_FILE = /[\\/]|\.json$/i;

/** A file's name and the argument, from 1, that it was given in. */
export interface NamedFile {
  readonly text: string;
  readonly position: number;
}

export interface ParsedArgs {
  readonly command: Command | null;
  readonly isHelp: boolean;
  /** Of `keysheet help TOPIC`; null for a command or all of them. */
  readonly topic: HelpTopic | null;
  readonly isVersion: boolean;
  readonly isJson: boolean;
  readonly files: readonly string[];
  /** All that is to be read from a file, as it was given. */
  readonly inputs: readonly NamedFile[];
  /** The file that is to be made; null where none was named. */
  readonly output: NamedFile | null;
  /** Values of the options with one; absent where not given. */
  readonly values: Readonly<Partial<Record<OptionName, string>>>;
  readonly flags: ReadonlySet<OptionName>;
  /** Values of the options that may be given several times, in order. */
  readonly repeated: readonly { readonly option: OptionName; readonly value: string }[];
}

/** Throws with every fault of the command line. */
export function parseCommandLine(args: readonly string[]): ParsedArgs {
  const [first, ...rest] = args;
  if (first === "help") return helpFor(rest[0]);
  const command = first !== undefined && isCommand(first) ? first : null;
  if (command === null) return withoutCommand(args);

  const options: Readonly<Record<string, OptionRow>> = OPTIONS[command];
  const { tokens } = parseArgs({
    args: rest,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: Problem[] = [];
  const malformed = (option: string, { expected = "a value" }: { expected?: string }): Problem => ({
    code: "option-value",
    command,
    option,
    expected,
  });
  const values: Partial<Record<OptionName, string>> = {};
  const flags = new Set<OptionName>();
  const files: string[] = [];
  const inputs: NamedFile[] = [];
  const repeated: { option: OptionName; value: string }[] = [];
  let output: NamedFile | null = null;
  for (const token of tokens) {
    // The index counts from 0 behind the command; people count the command as argument 1.
    const position = token.index + 2;
    if (token.kind === "positional") {
      if (command === "make" || command === "providers")
        problems.push({ code: "argument-extra", command, position });
      else if (token.value === "")
        problems.push(malformed(`argument ${String(position)}`, { expected: "a file name" }));
      else {
        files.push(token.value);
        inputs.push({ text: token.value, position });
      }
    }
    if (token.kind !== "option") continue;
    const name = token.name as OptionName;
    const option = `--${name}`;
    const spec = options[name];
    if (spec === undefined) {
      const shown = shownOption(token.rawName, position);
      problems.push({ code: "option-unknown", command, option: shown });
    } else if (spec.type === "boolean") {
      if (token.value === undefined) flags.add(name);
      else problems.push(malformed(option, { expected: "no value" }));
    } else if (token.value === undefined || isOptionLike(token.value)) {
      problems.push(malformed(option, spec));
    } else if (spec.isRepeated === true) {
      repeated.push({ option: name, value: token.value });
      if (spec.pattern?.test(token.value) === false) problems.push(malformed(option, spec));
    } else if (values[name] !== undefined) {
      problems.push(malformed(option, { expected: "one value only" }));
    } else {
      values[name] = token.value;
      const named = { text: token.value, position: position + (token.inlineValue ? 0 : 1) };
      if (INPUT_OPTIONS.has(name) || (name === "template" && TEMPLATE_FILE.test(token.value))) {
        inputs.push(named);
      }
      if (name === "out") output = named;
      if (spec.pattern?.test(token.value) === false) problems.push(malformed(option, spec));
    }
  }
  if (inputs.filter(({ text }) => text === STANDARD_INPUT).length > 1) {
    problems.push({ code: "options-conflict", options: ["two inputs named -"] });
  }
  const isHelp = flags.has("help");
  if (problems.length > 0 && !isHelp) throw new Refusal(...problems);
  const isJson = flags.has("json");
  const named = { inputs: inputs.filter(({ text }) => text !== STANDARD_INPUT), output };
  return {
    command,
    isHelp,
    topic: null,
    isVersion: false,
    isJson,
    files,
    ...named,
    values,
    flags,
    repeated,
  };
}

function isOptionLike(value: string): boolean {
  return value.startsWith("--");
}

/** An option as the user wrote it when it is one of another command, or short; else only its place. */
function shownOption(rawName: string, position: number): string {
  const isKnown = Object.values(OPTIONS).some((options) =>
    Object.hasOwn(options, rawName.slice(2)),
  );
  const isShown = isKnown || /^--?[a-z]{1,7}$/.test(rawName);
  return isShown ? rawName : `at argument ${String(position)}`;
}

const NOTHING = {
  topic: null,
  isJson: false,
  files: [],
  inputs: [],
  output: null,
  values: {},
  flags: new Set<OptionName>(),
  repeated: [],
};

function helpFor(topic: string | undefined): ParsedArgs {
  const help = { command: null, isHelp: true, isVersion: false, ...NOTHING };
  if (topic === undefined) return help;
  if (isHelpTopic(topic)) return { ...help, topic };
  if (isCommand(topic)) return { ...help, command: topic };
  throw new Refusal({ code: "topic-unknown", topics: [...COMMANDS, ...HELP_TOPICS] });
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
