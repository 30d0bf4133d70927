/** The help screens; each command with an example. */
import { helpColumns } from "./help-columns.js";
import { HELP_TOPICS } from "./args.js";
import { type Command, COMMANDS, optionRows } from "./options.js";

const USAGE_WIDTH = 76;

/** The files that a command takes, as its usage shows them. */
export const COMMAND_FILES: Readonly<Record<Command, string>> = {
  make: "",
  restore: "[FILE...]",
  verify: "[FILE...]",
  inspect: "FILE...",
  providers: "",
};

/** How a command is called: the files that it takes, and its options, in as many lines as they need. */
function usage(command: Command): string {
  const files = COMMAND_FILES[command];
  const start = `  keysheet ${command} `;
  const listed = optionRows(command).filter(
    ([name, { help }]) => help !== undefined && name !== "json",
  );
  const parts = listed.map(([name, { usage: value }]) =>
    value === undefined ? `[--${name}]` : `[--${name} ${value}]`,
  );
  const lines: string[] = [];
  let line = start;
  for (const part of files === "" ? parts : [files, ...parts]) {
    const isFirst = line.trim() === "" || line === start;
    if (!isFirst && line.length + 1 + part.length > USAGE_WIDTH) {
      lines.push(line);
      line = " ".repeat(start.length) + part;
    } else line += isFirst ? part : ` ${part}`;
  }
  return [...lines, line].join("\n");
}

/** What a command takes, a row each: what is no option first. */
function optionColumns(
  command: Command,
  before: readonly (readonly [string, string])[] = [],
): string {
  const rows = optionRows(command).flatMap(([name, { usage: shown, value = shown, help }]) =>
    help === undefined
      ? []
      : [[value === undefined ? `--${name}` : `--${name} ${value}`, help] as const],
  );
  return helpColumns([...before, ...rows]);
}

/** What each command is for: in the overview, in completions and in the manual page. */
export const COMMAND_TEXTS: Readonly<Record<Command, string>> = {
  make: "make a printable sheet of a key",
  restore: "get the key back from a picture, a PDF or the words",
  verify: "does a sheet hold the key that you still have?",
  inspect: "what a sheet is, without the secret",
  providers: "whose keys keysheet knows, and how to revoke one",
};

/** `origin`: where the program comes from. */
const overview = (origin: string) => `\
keysheet puts an API key on paper and gives back exactly that key or a plain no.

${helpColumns([
  ...COMMANDS.map((command) => [`keysheet ${command}`, COMMAND_TEXTS[command]] as const),
  ["keysheet COMMAND --help", "its options, and examples"],
  ["keysheet help TOPIC", HELP_TOPICS.join(", ")],
  ["keysheet --version", "which keysheet this is"],
])}

Begin with:   keysheet, alone on a terminal: it asks for all that it needs
Or:           keysheet make --from kraken.key --label "Trading bot"
Later:        keysheet restore photo.jpg

Every command takes --json. Exit codes: 0 done, 1 refused (no key confirmed),
2 does not match, 64 usage, 65 bad key file or passphrase, 66 cannot read,
73 cannot write, 70 a fault of keysheet, 130 interrupted.

Where keysheet comes from: ${origin}
`;

const MAKE = `keysheet make: a printable sheet of an API key

${usage("make")}

${optionColumns("make")}

The finished page is read back, by two readers of the code and from its words,
before you get it; of shares every M of the N are joined from their pages.

Examples:
  keysheet make --from kraken.key --label "Trading bot" --out bot.pdf
  keysheet make --from .env --provider okx
  keysheet make --from kraken.key --passphrase
  keysheet make --from kraken.key --shares 2-of-3
`;

const RESTORE = `keysheet restore: the key back from a sheet, confirmed

${usage("restore")}

${optionColumns("restore", [
  [
    "FILE",
    `a picture (JPEG, PNG, HEIC, WebP, TIFF, AVIF, GIF, BMP, PNM), a PDF of the sheet or a scan of it, or a text
    with its words or its code's text; a folder with such files; - for standard input. Without any file
    you type the words, row by row. Shares go in one call, in any order, as pictures, texts and typing
    mixed.`,
  ],
])}

Without --out or --show nothing secret is shown: you see that the sheet is good,
and provider, day, public part and mark to compare with the paper. On a terminal
it then asks whether to save the key, to show it, or neither. Where a share is
missing it asks for the next one.

Examples:
  keysheet restore photo.jpg
  keysheet restore photo.jpg --out kraken.key
  keysheet restore photos/
  keysheet restore --words words.txt --to dotenv --show
  keysheet restore share-1.jpg share-3.txt
`;

const VERIFY = `keysheet verify: does a sheet hold the key that you still have?

${usage("verify")}

${optionColumns("verify", [["FILE", "as for restore; without any you type the words"]])}

Compares field by field and shows neither. Exit code 0: it does; 2: it does not.

Examples:
  keysheet verify photo.jpg --against kraken.key
  keysheet verify photo.jpg
`;

const INSPECT = `keysheet inspect: what a sheet is, without the secret

${usage("inspect")}

${optionColumns("inspect", [["FILE", "as for restore"]])}

Of a sealed sheet it tells what opening takes, of a share the set, its number
and how many are needed; it asks for no passphrase.

Example:
  keysheet inspect scan.pdf
`;

const PROVIDERS = `keysheet providers: whose keys keysheet knows

${usage("providers")}

${optionColumns("providers")}

Of each it says the parts of a key, what its page still shows, what a backup of
it does not hold, and how to revoke it. Any other key fits too: name its parts.

Examples:
  keysheet providers --provider okx
  keysheet make --provider "My bank" --field "client id" --secret-field token
`;

const SCREENS: Readonly<Record<Command, string>> = {
  make: MAKE,
  restore: RESTORE,
  verify: VERIFY,
  inspect: INSPECT,
  providers: PROVIDERS,
};

export function helpText(command: Command | null, origin: string): string {
  return command === null ? overview(origin) : SCREENS[command];
}
