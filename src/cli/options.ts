/**
 * Every option of every command, one row each: what its value is, how it is checked, and what the help says.
 * The command line, the usage and the help screens are made of these rows.
 */

export interface OptionRow {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** What a value has to look like, and how that is said. */
  readonly pattern?: RegExp;
  readonly expected?: string;
  /** The value as the usage shows it, and as the list of options does where that is shorter. */
  readonly usage?: string;
  readonly value?: string;
  /** It may be given several times. */
  readonly isRepeated?: true;
  /** Absent for what no help screen lists. */
  readonly help?: string;
}

const FILE = {
  type: "string",
  pattern: /^(?!-$)[^]+$/,
  expected: "a file name",
  usage: "FILE",
} as const;
const FILE_OR_INPUT = {
  type: "string",
  pattern: /^[^]+$/,
  expected: "a file name or -",
  usage: "FILE|-",
  value: "FILE",
} as const;

const COMMON = {
  json: { type: "boolean", help: "the result as JSON" },
  help: { type: "boolean", short: "h" },
} as const;

export const SHARES_EXPECTED = "M-of-N, as 2-of-3: M sheets of N are needed, from 2 to 16";

const OPENING_COST = {
  type: "string",
  pattern: /^(1[4-9]|2[0-2])$/,
  expected: "a number from 14 to 22",
  usage: "14..22",
  value: "N",
} as const;

const AS_RESTORE = "as for restore";

const PROVIDER = {
  type: "string",
  pattern: /^[^\p{Control}]{1,64}$/u,
  expected: "the name of a provider, of at most 64 characters",
  usage: "NAME",
} as const;

const FIELD = {
  type: "string",
  pattern: /^[^\p{Control}]{1,64}$/u,
  expected: "the name of a part, of at most 64 characters",
  usage: "NAME",
  isRepeated: true,
} as const;

const AS_FILE = {
  type: "boolean",
  help: "the file as it is, whatever it holds, up to 4 KB: the same bytes come back",
} as const;

export const OPTIONS = {
  make: {
    from: {
      ...FILE_OR_INPUT,
      help: `the key, in the file that you have: keysheet help files lists the forms; - for standard input. Without
    it keysheet asks for the parts and does not show them.`,
    },
    provider: {
      ...PROVIDER,
      help: `whose key it is, as keysheet providers lists them: chooses among several in a file. Another name is
    printed as the sheet's title`,
    },
    field: {
      ...FIELD,
      help: "of another provider: a part of its key that is no secret; of a file the name with that value",
    },
    "secret-field": { ...FIELD, help: "the same for a part that is secret" },
    "as-file": AS_FILE,
    out: {
      ...FILE,
      usage: "sheet.pdf",
      value: "FILE",
      help: "the new PDF (sheet.pdf); never written over an existing file",
    },
    paper: {
      type: "string",
      pattern: /^(a4|letter)$/,
      expected: "a4 or letter",
      usage: "a4|letter",
      value: "NAME",
      help: "a4 or letter (a4)",
    },
    template: {
      type: "string",
      pattern: /^(?!-$)[^]+$/,
      expected: "standard, card, large or a file of your own",
      usage: "standard|card|large|FILE",
      value: "NAME|FILE",
      help: `standard: one page, folded in three; card: to cut out and fold, 86 x 54 mm; large: large print, two
    pages; or a file of your own that ends in .json (standard)`,
    },
    language: {
      type: "string",
      pattern: /^(english|spanish|french|italian|czech|portuguese)$/,
      expected: "a list in Latin letters: english, spanish, french, italian, czech or portuguese",
      usage: "NAME",
      help: "the list of the words: english, spanish, french, italian, czech or portuguese (english)",
    },
    label: {
      type: "string",
      pattern: /\S/,
      expected: "a text",
      usage: "TEXT",
      help: "what the key is called, printed on the outside",
    },
    date: {
      type: "string",
      pattern: /^\d{4}-\d{2}-\d{2}$/,
      expected: "a day as YYYY-MM-DD",
      usage: "YYYY-MM-DD",
      help: "the day on the sheet (today)",
    },
    spare: {
      type: "string",
      pattern: /^(standard|long)$/,
      expected: "standard or long",
      usage: "standard|long",
      value: "LEVEL",
      help: "standard: 18 of a Kraken Spot key's 102 words may be lost; long: 30 of 114 (standard)",
    },
    copies: {
      type: "string",
      pattern: /^([1-9]|10)$/,
      expected: "a number from 1 to 10",
      usage: "N",
      help: "so many numbered copies, 1 to 10 (1)",
    },
    discreet: {
      type: "boolean",
      help: "the sheet does not say what it is for; its code still does when it is scanned",
    },
    "without-words": {
      type: "boolean",
      help: `codes alone; a large key (RSA in PEM) has pages of words. keysheet says so before it makes more than two
    pages, and on a terminal asks`,
    },
    "with-manual": {
      type: "boolean",
      help: `once, behind the last sheet: the format, recover.py, a program that reads it, and the word list. No
    key is on these pages`,
    },
    passphrase: {
      type: "boolean",
      help: `the sheet is sealed: without the passphrase nobody reads it, you neither. Asks for one of your own,
    twice, or draws one of seven words, shows it and asks for it before you get the sheet`,
    },
    "passphrase-words": {
      type: "string",
      pattern: /^([6-9]|10)$/,
      expected: "a number of words from 6 to 10",
      usage: "6..10",
      value: "N",
      help: "draws one of so many words, 6 to 10, without asking",
    },
    "passphrase-file": {
      ...FILE_OR_INPUT,
      help: "your own, the one line of a file; - for standard input",
    },
    "kdf-cost": {
      type: "string",
      pattern: /^(1[4-9]|20)$/,
      expected: "a number from 14 to 20",
      usage: "14..20",
      value: "N",
      help: "how long each guess takes: 17 is a third of a second and 128 MB, and each step doubles both (17)",
    },
    shares: {
      type: "string",
      pattern: /^\d{1,2}-of-\d{1,2}$/,
      expected: SHARES_EXPECTED,
      usage: "M-of-N",
      help: `N sheets, sheet-1-of-3.pdf and so on: any M of them give the key, fewer tell nothing. Goes with a
    passphrase, too`,
    },
    ...COMMON,
  },
  restore: {
    words: { ...FILE_OR_INPUT, help: "the words as text; - for standard input" },
    out: { ...FILE, help: "the key goes to this new file, mode 0600" },
    show: { type: "boolean", help: "the key goes to standard output" },
    to: {
      type: "string",
      pattern: /^(two-line|dotenv|uri|json|freqtrade|aws|coinbase|file)$/,
      expected: "two-line, dotenv, uri, json, freqtrade, aws, coinbase or file",
      usage: "FORM",
      help: `the form in which it goes there: two-line, dotenv, uri, json, freqtrade, aws, coinbase or file (as the
    provider gives it)`,
    },
    plain: {
      type: "boolean",
      help: "words are typed line by line, without drawing on the screen: for screen readers",
    },
    "passphrase-file": {
      ...FILE_OR_INPUT,
      help: "of a sealed sheet, its one line; - for standard input. Without it keysheet asks",
    },
    "kdf-cost": {
      ...OPENING_COST,
      help: "opens without asking what was made to take so long, above 20",
    },
    ...COMMON,
  },
  verify: {
    words: { ...FILE_OR_INPUT, help: "the words as text; - for standard input" },
    against: {
      ...FILE_OR_INPUT,
      help: `the key, in any form that make reads; - for standard input. Without it keysheet asks for the parts and
    does not show them`,
    },
    provider: { ...PROVIDER, help: "whose key it is, where the file holds several" },
    field: { ...FIELD, help: "as for make" },
    "secret-field": { ...FIELD, help: "as for make" },
    "as-file": AS_FILE,
    plain: { type: "boolean", help: AS_RESTORE },
    "passphrase-file": { ...FILE_OR_INPUT, help: AS_RESTORE },
    "kdf-cost": { ...OPENING_COST, help: AS_RESTORE },
    ...COMMON,
  },
  inspect: { ...COMMON },
  providers: {
    provider: { ...PROVIDER, help: "one of them alone" },
    ...COMMON,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, OptionRow>>>>;

export type Command = keyof typeof OPTIONS;
export const COMMANDS = Object.keys(OPTIONS) as readonly Command[];

export type OptionName = {
  [C in Command]: keyof (typeof OPTIONS)[C] & string;
}[Command];

/** The rows of a command by their names, in the order of its help. */
export function optionRows(command: Command): readonly (readonly [string, OptionRow])[] {
  return Object.entries<OptionRow>(OPTIONS[command]);
}
