/** The command line to a command and its options: every fault of it at once, no value of it echoed. */
import { parseArgs } from "node:util";
import { type Problem, Refusal } from "../core/problem.js";
import { nearName } from "./near-name.js";
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
  "completion",
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** Shells that complete commands and options. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** What stands where a command does, and is none with options of its own. */
export const OTHER_COMMANDS = ["help", "completion"] as const;

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
  /** Of `keysheet completion SHELL`. */
  readonly shell: Shell | null;
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
  if (first === "completion") return completionFor(rest);
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
      const near = nearOption(rest[token.index] ?? "", options);
      const isSaid = near !== null && problems.some((problem) => isNear(problem, near));
      // Behind one hyphen each letter is an option: that is one mistake.
      if (isSaid && !token.rawName.startsWith("--")) continue;
      const shown = shownOption(token.rawName, position);
      problems.push({ code: "option-unknown", command, option: shown, near });
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
  const none = { topic: null, shell: null, isVersion: false };
  return { command, isHelp, ...none, isJson, files, ...named, values, flags, repeated };
}

/** The option of the command that was meant, as it is typed. */
function nearOption(typed: string, options: Readonly<Record<string, OptionRow>>): string | null {
  const name = nearName(typed.replace(/^-+|=[^]*$/g, ""), Object.keys(options));
  return name === null ? null : `--${name}`;
}

function isNear(problem: Problem, option: string): boolean {
  return problem.code === "option-unknown" && problem.near === option;
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
  shell: null,
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

function completionFor(rest: readonly string[]): ParsedArgs {
  if (rest.some((argument) => /^(--help|-h)$/.test(argument))) return helpFor("completion");
  const [given] = rest.filter((argument) => argument !== "--json");
  const shell = SHELLS.find((known) => known === given);
  if (shell === undefined) throw new Refusal({ code: "shell-unknown", shells: SHELLS });
  return { command: null, isHelp: false, isVersion: false, ...NOTHING, shell };
}

function withoutCommand(args: readonly string[]): ParsedArgs {
  const isVersion = args.some((argument) => /^(--version|-[vV])$/.test(argument));
  const isHelp = args.length === 0 || args.some((argument) => /^(--help|-h)$/.test(argument));
  if (isHelp || isVersion) return { command: null, isHelp, isVersion, ...NOTHING };
  const near = nearName(args[0] ?? "", [...COMMANDS, ...OTHER_COMMANDS]);
  throw new Refusal({ code: "command-unknown", near });
}
