/** The help screens; each command with an example. */
import type { Command } from "./args.js";

const OVERVIEW = `keysheet puts an API key on paper and gives back exactly that key, or a plain no.

  keysheet make       make a printable sheet of a key
  keysheet restore    get the key back from a picture, a PDF or the words
  keysheet verify     does a sheet hold the key that you still have?
  keysheet inspect    what a sheet is, without the secret

  keysheet COMMAND --help    options and examples
  keysheet help TOPIC        typing, lost, printer
  keysheet --version

Begin with:   keysheet make --from kraken.key --label "Trading bot"
Later:        keysheet restore photo.jpg

Every command takes --json. Exit codes: 0 done, 1 refused (no key confirmed),
2 does not match, 64 usage, 65 bad key file, 66 cannot read, 73 cannot write,
70 a fault of keysheet, 130 interrupted.
`;

const MAKE = `keysheet make: a printable sheet of an API key

  keysheet make [--from FILE|-] [--out sheet.pdf] [--paper a4|letter]
                [--template standard|card|large|FILE] [--language NAME]
                [--label TEXT] [--date YYYY-MM-DD] [--spare standard|long]
                [--copies N] [--discreet]

  --from FILE   the key: two lines (kraken.key), a dotenv file, a kraken://apikey
                address, or keysheet's JSON; - for standard input. Without it
                keysheet asks for the parts and does not show them.
  --out FILE    the new PDF (sheet.pdf); never written over an existing file
  --paper       a4 or letter (a4)
  --template    standard: one page, folded in three; card: to cut out and fold,
                86 x 54 mm; large: large print, two pages; or a file of your own
                that ends in .json (standard)
  --language    the list of the words: english, spanish, french, italian, czech
                or portuguese (english)
  --label TEXT  what the key is called, printed on the outside
  --date        the day on the sheet (today)
  --spare       standard: 18 of a Kraken Spot key's 102 words may be lost;
                long: 30 of 114
  --copies N    so many numbered copies, 1 to 10 (1)
  --discreet    the sheet does not say what it is for; its code still does when
                it is scanned
  --json        the result as JSON

The finished page is read back, by two readers of the code and from its words,
before you get it.

Example:
  keysheet make --from kraken.key --label "Trading bot" --out bot.pdf
`;

const RESTORE = `keysheet restore: the key back from a sheet, confirmed

  keysheet restore [FILE...] [--words FILE|-] [--to two-line|dotenv|uri|json]
                   [--out FILE] [--show] [--plain]

  FILE          a picture (JPEG, PNG, WebP), a PDF of the sheet or a scan of it,
                or a text with its words or its code's text. Without any file
                you type the words, row by row.
  --words FILE  the words as text; - for standard input
  --out FILE    the key goes to this new file, mode 0600
  --show        the key goes to standard output
  --to          the form in which it goes there (two-line)
  --plain       words are typed line by line, without drawing on the screen: for
                screen readers
  --json        the result as JSON

Without --out or --show nothing secret is shown: you see that the sheet is good,
and provider, day, public part and mark to compare with the paper.

Examples:
  keysheet restore photo.jpg
  keysheet restore photo.jpg --out kraken.key
  keysheet restore --words words.txt --to dotenv --show
`;

const VERIFY = `keysheet verify: does a sheet hold the key that you still have?

  keysheet verify [FILE...] [--words FILE|-] --against FILE|- [--plain]

  FILE          as for restore; without any you type the words
  --words FILE  the words as text; - for standard input
  --against     the key, in any form that make reads; - for standard input
  --plain       as for restore
  --json        the result as JSON

Compares field by field and shows neither. Exit code 0: it does; 2: it does not.

Example:
  keysheet verify photo.jpg --against kraken.key
`;

const INSPECT = `keysheet inspect: what a sheet is, without the secret

  keysheet inspect FILE...

  FILE          as for restore
  --json        the result as JSON

Example:
  keysheet inspect scan.pdf
`;

const SCREENS: Readonly<Record<Command, string>> = {
  make: MAKE,
  restore: RESTORE,
  verify: VERIFY,
  inspect: INSPECT,
};

export function helpText(command: Command | null): string {
  return command === null ? OVERVIEW : SCREENS[command];
}
