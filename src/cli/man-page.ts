/**
 * The manual page, in the macros of mdoc(7): made of the rows of the options, so that it says what the help
 * says. The build writes it to `dist/keysheet.1`.
 */
import { HELP_TOPICS, SHELLS } from "./args.js";
import { COMMAND_FILES, COMMAND_TEXTS } from "./help.js";
import { type Command, COMMANDS, type OptionRow, optionRows } from "./options.js";
import { optionValue } from "./option-values.js";
import { EXIT } from "../wording/exit-codes.js";

/** Of this text, not of the day on which it is built. */
const DAY = "November 23, 2026";

const EXIT_TEXTS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "Done.",
  refused: "Refused: no key is confirmed.",
  different: "The sheet does not hold this key (verify).",
  usage: "Usage: an option, a label, or a secret in an argument.",
  keyFile: "The key file or the passphrase is bad.",
  unreadable: "An input cannot be read, or ended at a question.",
  bug: "A fault of keysheet itself.",
  unwritable: "The output cannot be written, or exists.",
  interrupted: "Interrupted.",
};

const EXAMPLES: readonly (readonly [string, string])[] = [
  ["A sheet of a key that is in a file:", 'keysheet make --from kraken.key --label "Trading bot"'],
  ["Its test, from a photograph of the paper:", "keysheet verify photo.jpg --against kraken.key"],
  [
    "The key back, to a new file that only you can read:",
    "keysheet restore photo.jpg --out kraken.key",
  ],
  ["The same from the words, which are typed:", "keysheet restore"],
  ["Three sheets, of which any two give the key:", "keysheet make --shares 2-of-3"],
];

export function manPage(): string {
  return `.Dd ${DAY}
.Dt KEYSHEET 1
.Os
.Sh NAME
.Nm keysheet
.Nd an API key on paper, and back
.Sh SYNOPSIS
${COMMANDS.map(synopsis).join("\n")}
.Nm
.Cm help
.Op Ar COMMAND | TOPIC
.Nm
.Cm completion
.Ar ${SHELLS.join(" | ")}
.Nm
.Fl -version
.Sh DESCRIPTION
.Nm
puts an API key on a sheet of paper, as words and a code, and gives back exactly
that key, or a plain no.
A sheet that is not sealed is the key: whoever finds it has it.
.Pp
The topics of
.Nm
.Cm help
are ${HELP_TOPICS.join(", ")}.
A
.Ar FILE
that is
.Sq -
is standard input.
A secret is never an argument: other users see arguments.
${COMMANDS.map(section).join("\n")}
.Sh ENVIRONMENT
.Bl -tag -width Ds
.It Ev SOURCE_DATE_EPOCH
The day on a sheet, in seconds since 1970, where none is given.
.El
.Sh EXIT STATUS
.Bl -tag -width Ds
${Object.entries(EXIT)
  .map(([name, code]) => `.It ${String(code)}\n${EXIT_TEXTS[name as keyof typeof EXIT]}`)
  .join("\n")}
.El
.Sh EXAMPLES
${EXAMPLES.map(([what, line]) => `${what}\n.Pp\n.Dl ${escaped(line)}`).join("\n.Pp\n")}
`;
}

function synopsis(command: Command): string {
  const files = COMMAND_FILES[command];
  const named = files === "" ? [] : [files.startsWith("[") ? ".Op Ar FILE ..." : ".Ar FILE ..."];
  return [".Nm", `.Cm ${command}`, ".Op Ar options", ...named].join("\n");
}

function section(command: Command): string {
  const rows = optionRows(command).filter(([, { help }]) => help !== undefined);
  return [
    `.Ss keysheet ${command}`,
    ...sentences(COMMAND_TEXTS[command]),
    ".Bl -tag -width Ds",
    ...rows.flatMap(([name, row]) => [item(name, row), ...sentences(row.help ?? "", row)]),
    ".El",
  ].join("\n");
}

function item(name: string, { type, usage = "VALUE", value = usage }: OptionRow): string {
  const option = `.It Fl -${name}`;
  return type === "boolean" ? option : `${option} Ar ${escaped(value)}`;
}

const LINE_WIDTH = 76;

/** A text with a capital, unless it begins with a value, and an end; each sentence begins a line. */
function sentences(text: string, row: OptionRow = { type: "boolean" }): readonly string[] {
  const whole = text.replace(/\s+/g, " ").trim();
  const [first = ""] = /^[\w-]+/.exec(whole) ?? [];
  const isValue = optionValue(row)?.choices.includes(first) ?? false;
  const begun = isValue ? whole : whole.charAt(0).toUpperCase() + whole.slice(1);
  const ended = /[.?!]$/.test(begun) ? begun : `${begun}.`;
  return ended.split(/(?<=[.?!]) (?=[A-Z])/).flatMap((line) => broken(line).map(escaped));
}

function broken(sentence: string): readonly string[] {
  const lines: string[] = [];
  for (const word of sentence.split(" ")) {
    const line = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && line.length <= LINE_WIDTH) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

/** What roff would take for its own: a backslash, and a point or an apostrophe that begins a line. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replace(/^(?=[.'])/, "\\&")
    .replaceAll("-", "\\-");
}
