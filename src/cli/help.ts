/** The help screens; each command with an example. */
import type { Command } from "./args.js";
import { helpColumns } from "./help-columns.js";

/** `origin`: where the program comes from. */
const overview = (origin: string) => `\
keysheet puts an API key on paper and gives back exactly that key or a plain no.

${helpColumns([
  ["keysheet make", "make a printable sheet of a key"],
  ["keysheet restore", "get the key back from a picture, a PDF or the words"],
  ["keysheet verify", "does a sheet hold the key that you still have?"],
  ["keysheet inspect", "what a sheet is, without the secret"],
  ["keysheet COMMAND --help", "its options, and examples"],
  ["keysheet help TOPIC", "protect, typing, lost, printer, files, sheets, scripts"],
  ["keysheet --version", "which keysheet this is"],
])}

Begin with:   keysheet make --from kraken.key --label "Trading bot"
Later:        keysheet restore photo.jpg

Every command takes --json. Exit codes: 0 done, 1 refused (no key confirmed),
2 does not match, 64 usage, 65 bad key file or passphrase, 66 cannot read,
73 cannot write, 70 a fault of keysheet, 130 interrupted.

Where keysheet comes from: ${origin}
`;

const MAKE = `keysheet make: a printable sheet of an API key

  keysheet make [--from FILE|-] [--out sheet.pdf] [--paper a4|letter]
                [--template standard|card|large|FILE] [--language NAME]
                [--label TEXT] [--date YYYY-MM-DD] [--spare standard|long]
                [--copies N] [--discreet] [--without-words] [--with-manual]
                [--passphrase] [--passphrase-words 6..10]
                [--passphrase-file FILE|-] [--kdf-cost 14..20]
                [--shares M-of-N]

${helpColumns([
  [
    "--from FILE",
    `the key: two lines (kraken.key), a dotenv file, a kraken://apikey address, also as a picture of its
    code, or keysheet's JSON; - for standard input. Without it keysheet asks for the parts and does not
    show them.`,
  ],
  ["--out FILE", "the new PDF (sheet.pdf); never written over an existing file"],
  ["--paper NAME", "a4 or letter (a4)"],
  [
    "--template NAME|FILE",
    `standard: one page, folded in three; card: to cut out and fold, 86 x 54 mm; large: large print, two
    pages; or a file of your own that ends in .json (standard)`,
  ],
  [
    "--language NAME",
    "the list of the words: english, spanish, french, italian, czech or portuguese (english)",
  ],
  ["--label TEXT", "what the key is called, printed on the outside"],
  ["--date YYYY-MM-DD", "the day on the sheet (today)"],
  [
    "--spare LEVEL",
    "standard: 18 of a Kraken Spot key's 102 words may be lost; long: 30 of 114 (standard)",
  ],
  ["--copies N", "so many numbered copies, 1 to 10 (1)"],
  ["--discreet", "the sheet does not say what it is for; its code still does when it is scanned"],
  [
    "--without-words",
    `codes alone; a large key (RSA in PEM) has pages of words. keysheet says so before it makes more than two
    pages, and on a terminal asks`,
  ],
  [
    "--with-manual",
    `once, behind the last sheet: the format, recover.py, a program that reads it, and the word list. No
    key is on these pages`,
  ],
  [
    "--passphrase",
    `the sheet is sealed: without the passphrase nobody reads it, you neither. Asks for one of your own,
    twice, or draws one of seven words, shows it and asks for it before you get the sheet`,
  ],
  ["--passphrase-words N", "draws one of so many words, 6 to 10, without asking"],
  ["--passphrase-file FILE", "your own, the one line of a file; - for standard input"],
  [
    "--kdf-cost N",
    "how long each guess takes: 17 is a third of a second and 128 MB, and each step doubles both (17)",
  ],
  [
    "--shares M-of-N",
    `N sheets, sheet-1-of-3.pdf and so on: any M of them give the key, fewer tell nothing. Goes with a
    passphrase, too`,
  ],
  ["--json", "the result as JSON"],
])}

The finished page is read back, by two readers of the code and from its words,
before you get it; of shares every M of the N are joined from their pages.

Examples:
  keysheet make --from kraken.key --label "Trading bot" --out bot.pdf
  keysheet make --from kraken.key --passphrase
  keysheet make --from kraken.key --shares 2-of-3
`;

const RESTORE = `keysheet restore: the key back from a sheet, confirmed

  keysheet restore [FILE...] [--words FILE|-] [--to two-line|dotenv|uri|json]
                   [--out FILE] [--show] [--plain]
                   [--passphrase-file FILE|-] [--kdf-cost 14..22]

${helpColumns([
  [
    "FILE",
    `a picture (JPEG, PNG, HEIC, WebP, TIFF, AVIF, GIF, BMP, PNM), a PDF of the sheet or a scan of it, or a text
    with its words or its code's text; a folder with such files; - for standard input. Without any file
    you type the words, row by row. Shares go in one call, in any order, as pictures, texts and typing
    mixed.`,
  ],
  ["--words FILE", "the words as text; - for standard input"],
  ["--out FILE", "the key goes to this new file, mode 0600"],
  ["--show", "the key goes to standard output"],
  ["--to FORM", "the form in which it goes there: two-line, dotenv, uri or json (two-line)"],
  ["--plain", "words are typed line by line, without drawing on the screen: for screen readers"],
  [
    "--passphrase-file FILE",
    "of a sealed sheet, its one line; - for standard input. Without it keysheet asks",
  ],
  ["--kdf-cost N", "opens without asking what was made to take so long, above 20"],
  ["--json", "the result as JSON"],
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

  keysheet verify [FILE...] [--words FILE|-] [--against FILE|-] [--plain]
                  [--passphrase-file FILE|-] [--kdf-cost 14..22]

${helpColumns([
  ["FILE", "as for restore; without any you type the words"],
  ["--words FILE", "the words as text; - for standard input"],
  [
    "--against FILE",
    `the key, in any form that make reads; - for standard input. Without it keysheet asks for the parts and
    does not show them`,
  ],
  ["--plain", "as for restore"],
  ["--passphrase-file FILE", "as for restore"],
  ["--kdf-cost N", "as for restore"],
  ["--json", "the result as JSON"],
])}

Compares field by field and shows neither. Exit code 0: it does; 2: it does not.

Examples:
  keysheet verify photo.jpg --against kraken.key
  keysheet verify photo.jpg
`;

const INSPECT = `keysheet inspect: what a sheet is, without the secret

  keysheet inspect FILE...

${helpColumns([
  ["FILE", "as for restore"],
  ["--json", "the result as JSON"],
])}

Of a sealed sheet it tells what opening takes, of a share the set, its number
and how many are needed; it asks for no passphrase.

Example:
  keysheet inspect scan.pdf
`;

const SCREENS: Readonly<Record<Command, string>> = {
  make: MAKE,
  restore: RESTORE,
  verify: VERIFY,
  inspect: INSPECT,
};

export function helpText(command: Command | null, origin: string): string {
  return command === null ? overview(origin) : SCREENS[command];
}
