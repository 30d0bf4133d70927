/**
 * Scripts by which shells complete commands, options, values and file names: made of the rows of the options,
 * for bash from 3.2 on, zsh and fish. A script needs nothing but its shell, and does not call keysheet.
 */
import { HELP_TOPICS, OTHER_COMMANDS, type Shell, SHELLS } from "./args.js";
import { COMMAND_FILES, COMMAND_TEXTS } from "./help.js";
import { type OptionValue, optionValue } from "./option-values.js";
import { COMMANDS, optionRows } from "./options.js";

interface CompletedOption {
  readonly name: string;
  readonly short: string | null;
  readonly text: string;
  /** Null for an option without one. */
  readonly value: OptionValue | null;
}

/** A command, what it is for, its options, and what else may stand behind it. */
interface CompletedCommand {
  readonly name: string;
  readonly text: string;
  readonly options: readonly CompletedOption[];
  readonly operands: "files" | "none" | readonly string[];
}

const TEXTS: Readonly<Record<(typeof OTHER_COMMANDS)[number], string>> = {
  help: "what can be read about",
  completion: "what makes your shell complete commands and options",
};

const OPERANDS: Readonly<Record<(typeof OTHER_COMMANDS)[number], readonly string[]>> = {
  help: [...COMMANDS, ...HELP_TOPICS],
  completion: SHELLS,
};

/** Options that stand without a command. */
const ALONE = ["--help", "--version"];

/** Of what an option is for, so much: a line of a terminal has place for it. */
const TEXT_LIMIT = 60;

export function completionScript(shell: Shell): string {
  return SCRIPTS[shell]([...COMMANDS.map(commandOf), ...OTHER_COMMANDS.map(otherOf)]);
}

function commandOf(name: (typeof COMMANDS)[number]): CompletedCommand {
  const options = optionRows(name).map(([option, row]) => ({
    name: option,
    short: row.short ?? null,
    text: shortText(row.help ?? "how to use it"),
    value: optionValue(row),
  }));
  const operands = COMMAND_FILES[name] === "" ? "none" : "files";
  return { name, text: COMMAND_TEXTS[name], options, operands };
}

function otherOf(name: (typeof OTHER_COMMANDS)[number]): CompletedCommand {
  return { name, text: TEXTS[name], options: [], operands: OPERANDS[name] };
}

function shortText(help: string): string {
  const words = help.split(/\s+/);
  let text = "";
  for (const word of words) {
    if (text.length + word.length > TEXT_LIMIT) return `${text} ...`;
    text += text === "" ? word : ` ${word}`;
  }
  return text;
}

function bash(commands: readonly CompletedCommand[]): string {
  const valuesOf = ({ choices, isFile }: OptionValue) =>
    `words="${choices.join(" ")}"${isFile ? "; files=yes" : ""}`;
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) =>
      option.value === null
        ? []
        : [`      "${name} --${option.name}") ${valuesOf(option.value)}; value=yes ;;`],
    ),
  );
  const rest = commands.map(({ name, options, operands }) => {
    const words = options.map((option) => `--${option.name}`);
    const more = typeof operands === "string" ? [] : operands;
    const files = operands === "files" ? "; files=yes" : "";
    return `      ${name}) words="${[...words, ...more].join(" ")}"${files} ;;`;
  });
  const names = commands.map(({ name }) => name);
  return `# Completion of keysheet for bash; keysheet help completion says where it goes.
_keysheet() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local words= files= value= found
  COMPREPLY=()
  # bash parts --option=value at the sign.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if (( COMP_CWORD == 1 )); then
    words="${[...names, ...ALONE].join(" ")}"
  else
    case "$command $before" in
${values.join("\n")}
    esac
    [[ $value ]] || case "$command" in
${rest.join("\n")}
    esac
  fi
  if [[ $word == -* ]]; then files=; fi
  while IFS= read -r found; do
    COMPREPLY+=("$found")
  done < <(compgen -W "$words" -- "$word")
  if [[ $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r found; do
      COMPREPLY+=("$found")
    done < <(compgen -f -- "$word")
  fi
}
complete -F _keysheet keysheet
`;
}

/** In single quotes of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  // A description ends at its bracket, and a part of an argument at a colon.
  const described = (text: string) => text.replace(/[[\]\\]/g, "\\$&");
  const named = (text: string) => text.replace(/[:\\]/g, "\\$&");
  const action = ({ choices, isFile }: OptionValue) => {
    const words = `(${choices.join(" ")})`;
    if (choices.length === 0) return isFile ? "_files" : " ";
    return isFile ? `{_alternative "values\\:value\\:${words}" "files\\:file\\:_files"}` : words;
  };
  const option = ({ name, short, text, value }: CompletedOption) => {
    const tail = value === null ? "" : `:${named(value.title)}:${action(value)}`;
    const said = `[${described(text)}]${tail}`;
    if (short === null) return [quoted(`--${name}${value === null ? "" : "="}${said}`)];
    const both = `(--${name} -${short})`;
    return [quoted(`${both}--${name}${said}`), quoted(`${both}-${short}${said}`)];
  };
  const operands = ({ operands: rest }: CompletedCommand) => {
    if (rest === "none") return [];
    return rest === "files" ? [quoted("*:file:_files")] : [quoted(`1:name:(${rest.join(" ")})`)];
  };
  const cases = commands.map((command) => {
    const specs = [...command.options.flatMap(option), ...operands(command)];
    return `    ${command.name})\n      _arguments -s \\\n${specs.map((spec) => `        ${spec}`).join(" \\\n")}\n      ;;`;
  });
  const list = commands.map(({ name, text }) => `    ${quoted(`${named(name)}:${text}`)}`);
  return `#compdef keysheet
# Completion of keysheet for zsh; keysheet help completion says where it goes.
_keysheet() {
  local -a commands=(
${list.join("\n")}
  )
  if (( CURRENT == 2 )); then
    if [[ $PREFIX == -* ]]; then
      compadd -- ${ALONE.join(" ")}
    else
      _describe -t commands command commands
    fi
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _keysheet "$@"
else
  compdef _keysheet keysheet
fi
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const text = (said: string) => `'${said.replace(/['\\]/g, "\\$&")}'`;
  const lines = commands.flatMap(({ name, text: said, options, operands }) => {
    const is = `complete -c keysheet -n '__keysheet_is ${name}'`;
    const rest = operands === "files" ? [`${is} -F`] : [];
    const words = typeof operands === "string" ? [] : [`${is} -a ${text(operands.join(" "))}`];
    const ofOptions = options.map((option) => {
      const short = option.short === null ? "" : ` -s ${option.short}`;
      return `${is} -l ${option.name}${short}${valueOf(option.value)} -d ${text(option.text)}`;
    });
    const start = `complete -c keysheet -n __keysheet_begins -a ${name} -d ${text(said)}`;
    return [start, ...ofOptions, ...rest, ...words];
  });
  const alone = ALONE.map(
    (option) => `complete -c keysheet -n __keysheet_begins -l ${option.slice(2)}`,
  );
  return `# Completion of keysheet for fish; keysheet help completion says where it goes.
function __keysheet_begins
  test (count (commandline -opc)) -eq 1
end
function __keysheet_is
  set -l words (commandline -opc)
  test (count $words) -gt 1; and test $words[2] = $argv[1]
end
complete -c keysheet -f
${[...alone, ...lines].join("\n")}
`;
}

/** Of fish: -r takes a value, -x one that is no file, and -F one that may be. */
function valueOf(value: OptionValue | null): string {
  if (value === null) return "";
  const { choices, isFile } = value;
  const words = choices.length === 0 ? "" : ` -a '${choices.join(" ")}'`;
  return `${isFile ? " -r -F" : " -x"}${words}`;
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash,
  zsh,
  fish,
};
