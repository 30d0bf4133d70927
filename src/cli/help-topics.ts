/**
 * What people ask beside the commands: how to protect a sheet, typing it back, losing it, printing it,
 * which files are read, which sheets there are, how a program calls keysheet, and how a shell completes it.
 */
import type { HelpTopic } from "./args.js";
import { helpColumns } from "./help-columns.js";

const PROTECT = `A passphrase, or shares, or neither

Whoever finds a plain sheet has the key. There are two answers, and each can
lose the key for you:

A passphrase            keysheet make --passphrase
  Who finds the sheet has nothing without the passphrase; who knows it has
  nothing without the sheet. If you forget it the key is gone: nobody can open
  the sheet. Keep it where the sheet is not. Let keysheet draw it: seven words
  of a list are 77 bits, and at a third of a second a guess nobody tries them
  all. One of your own is as good as it is unlikely; a quotation or a name with
  a year is not. A slip in a drawn one is repaired when you type it.
  A drawn one is shown on the screen's other page and asked for before you get
  the sheet, so that your note is checked. It is never on the paper, in the PDF,
  in a file or in an argument. One of your own is typed twice, and keysheet says
  what it is worth at most; --passphrase-file FILE takes it from a file.
  --kdf-cost says what each guess costs.

Shares                  keysheet make --shares 2-of-3
  Three sheets: any two of them give the key, and one tells nothing. You can
  lose one, and a thief needs two places. Nothing has to be remembered. Each
  says which set it is of, how many are needed, and the marks of the others, so
  that you know what you are looking for. Keep them in different places, and
  with people who would not meet to use them. Shares of two makings never fit
  together: when one is lost, make all anew and destroy the rest. restore and
  verify take them in any order and from any mixture of pictures and words, say
  which are missing, and refuse mixed and forged sets; where more are there than
  are needed they name the sheet that does not belong.

Both                    keysheet make --shares 2-of-3 --passphrase
  For keys that are worth a burglary and a bribe. Twice as much can go wrong.

Neither
  A sheet in a safe, for a key that cannot withdraw, bound to your own
  addresses, is easier to get back in ten years than anything cleverer.

Whatever you choose: get the key back once from the paper before you rely on it.

  keysheet verify photo-1.jpg photo-2.jpg --against kraken.key
`;

const TYPING = `Typing the words of a sheet back

  keysheet restore                     on a terminal: row by row
  keysheet restore --words words.txt   a text that you typed elsewhere

What you need not care about: capitals, accents, spaces, line ends, row numbers,
the two letters at a row's end, punctuation. The first four letters of a word
are enough, then Space. For a word that you cannot read type ?.

On the screen a row's number goes to that row, and its two letters are compared
at once. Arrows go back and forth over words and rows; a word that you type over
another replaces it, and Backspace first changes its end. Enter ends a row that
has too few words; Ctrl-N puts a row in that was skipped, Ctrl-X takes one out,
and Ctrl-Z takes anything back. Paste as much as you like, wherever you are.
Ctrl-O adds a photo or a file, whose name Tab completes. Ctrl-D ends, and Ctrl-C
asks before your words are lost. The screen is one of its own, which no
scroll-back keeps. With --plain, and where a terminal cannot draw, it asks line
by line: for screen readers.

What is repaired:
  misspelt words          understood by their letters and by the keyboard; even
                          when nearly every word has a slip
  wrong words             up to half as many as there are spare ones (9 of a
                          sheet of 102)
  unreadable words        as many as there are spare ones (18), or three rows
  words left out, typed twice, or swapped with their neighbour
  a row skipped, typed twice, swapped, or typed in another place
  columns read down instead of rows read along

Of two damaged copies of one sheet, give both texts: they complete each other.

  keysheet restore copy1.txt copy2.txt

You need not type all: a sheet of 102 words is restored from its first 84 when
none of them is wrong. Whatever is typed, you get exactly the key of the sheet
or a plain no: an answer counts only when the chance that it is another key is
below one in a thousand million.

Not repaired: more than that at once. Compare row by row, by the two letters at
the end of each, and correct the rows that differ.
`;

const LOST = `A sheet is lost, damaged, or was seen by somebody

Lost, or seen by somebody whom you do not trust:
  1. Delete the key at the exchange, now. Whoever has a plain sheet has the key.
     A sealed sheet, or one share of several, gives you time: do it today.
  2. Look for orders and withdrawals that are not yours.
  3. Make a new key, with no more rights than it needs and only from your own
     addresses, and a new sheet: keysheet make

Damaged: photograph or scan the code (keysheet restore photo.jpg). When the code
is gone, type the words; for each that you cannot read type ?. Several damaged
copies complete each other: keysheet help typing. Then make a new sheet from the
key, and delete the key's file:

  keysheet restore photo.jpg --out kraken.key
  keysheet make --from kraken.key --out new.pdf

The words are not a wallet seed. No wallet takes them, and no website that asks
for them is honest.

The passphrase is forgotten, or too few shares are left: nobody can help, that
is what they are for. Make a new key at the exchange.

Without keysheet: its format is written down in FORMAT.md, to the bit, and
recover.py beside it restores any sheet with Python alone.

The key does not work although the sheet is confirmed: exchanges end keys that
are old or unused, and a one-time password is no part of a sheet.
`;

const PRINTER = `Printing a sheet

A printed key is as safe as the way to the paper.
  - Use a printer of your own, by cable if you can. Printers at work, in hotels
    and in copy shops keep what they print.
  - Many printers have a memory that outlives a job. Switch yours off and on
    afterwards; before you sell it or give it away, reset it.
  - Never mail the PDF, and keep it out of folders that are copied to a cloud.
  - Print at 100 %, not "fit to page", in black, on plain white paper. Laser
    toner lasts for decades; ink fades in light and runs in water.
  - Empty the print queue, then delete the PDF. On a solid-state disk nothing is
    surely gone: an encrypted disk is the better answer.
  - Test the paper itself, not the file: photograph it and run
    keysheet verify photo.jpg --against kraken.key
    then delete the photograph, also from the cloud of your phone.
  - Keep two copies in two places, dry and dark, where neither burns with the
    other.
`;

const FILES = `Which files are read

A sheet             keysheet restore, verify and inspect
  Pictures: JPEG, PNG, HEIC as iPhones take it, WebP, TIFF, AVIF, GIF, BMP, and
  PNM as scanimage writes it. Transparent ones are read in black and in white,
  animated ones from a frame that shows something, faxes with square pixels,
  PDFs that are drawn wrongly from the pictures in them. Of a picture that was
  cut short, what is there is read.
  PDFs: the sheet itself, or a scan of many pages. Texts: the words, or the
  code's text, also between other text, behind times and names, in rows by their
  numbers in any order, in columns, a word a line, twice over, joined by - . / _
  + %20, in HTML and RTF; the code's text may be quoted, and broken between its
  digits. What a file is called does not matter. Several go in one call, and a
  folder is every such file directly in it. One that is damaged, locked, of
  somebody else, or too large is said to be so and does not stop the others.
  Too large is more than 64 MB, 100 pages, two minutes or 201 megapixels; less
  where a decoder keeps a whole picture in memory: a progressive JPEG may have
  72 (39 in full colours), a GIF 56, an interlaced PNG 52, an AVIF 13 and a HEIC
  that is not in tiles 36.

  A code that is bent, crumpled, stained or torn is read where half of it is
  left; of one that is beyond that, what is left completes the words. Where no
  code can be read the words are, from the photograph: that takes some seconds.
  In fonts of other programs that takes two packages more, and keysheet says
  which.

  Several damaged copies complete each other. A text of no sheet is answered
  within 5 seconds, a picture within half a minute, and Ctrl-C ends it at once.

A key               keysheet make --from, verify --against
  Two lines, as kraken.key; variables of dotenv, shells, Docker and PowerShell
  (KRAKEN_API_KEY=...); settings as AWS's credentials and kraken-cli's; AWS's
  table; JSON of Coinbase, freqtrade and ccxt, with comments; a
  kraken://apikey?key=..&secret=.. address, also as a photograph of the code
  that Kraken shows with a new key; keysheet's own JSON. Names or shapes say
  whose key it is, or --provider does (keysheet providers). A private key
  (PEM, OpenSSH) is kept as the file that it is, and --as-file keeps any
  other, up to 4 KB: the same bytes come back. White space inside a pasted
  secret, characters that nobody sees and a lost == are repaired, and keysheet
  says so. Swapped, short and mistyped parts are refused, and parts of several
  keys, by their names and lines. Lines that were not used are counted.
`;

const SHEETS = `Which sheets there are

${helpColumns([
  ["--template standard", "one page, folded in three: the words and the code inside"],
  [
    "--template card",
    `86 x 54 mm when folded, to cut out. Place for 19 rows and one code of 49 modules a side: every Kraken
    key, also for long keeping, but none that is sealed or shared`,
  ],
  ["--template large", "for weak eyes: the words in 18 point, and a large code on the next page"],
  [
    "--template own.json",
    `one of your own: a copy of one in keysheet's folder templates, changed; README.md there says what its
    keys are`,
  ],
])}

A key whose rows and code do not fit one page gets more: the words on the first
ones, the codes on the last. Each says which page of how many it is. Keys of up
to 4 KB fit, such as RSA keys in PEM; of several codes, which are read in any
order, all are needed. Beyond 2,403 bytes there are codes alone.

  RSA in PEM   payload       words   codes   pages   with --without-words
  2048 bits    1,241 bytes   1,068   2       6       2
  3072 bits    1,816 bytes   1,548   3       9       3
  4096 bits    2,396 bytes   2,046   3       10      3   (11 pages on Letter)

A label may be in Latin, Cyrillic or Greek letters, in Chinese, Japanese or
Korean, with emoji. What the fonts lack, what runs from right to left, and marks
that nobody sees are refused by name; letters that look like others, as a
Cyrillic a in a Latin word, are printed and pointed out.

--discreet hides little: a sheet of words and a large code looks like what it
is, and whoever scans the code reads KEYSHEET at its beginning. It keeps a
glance at your desk from telling which exchange you use.
`;

const SCRIPTS = `keysheet in a script

With --json there is one object on standard output, however a command ends, and
nothing on standard error:

  status      done, confirmed, same, different or refused
  exitCode    of a refused one, as below
  problems    of a refused one: each with its code, its facts (source, positions
              and others), and the fact and the next step that people read
  key         the key, only with --show, in the form that --to names
  day         YYYY-MM-DD, here and in the form json

Exit codes:
  0     done
  1     refused: no key is confirmed
  2     the sheet does not hold this key (verify)
  64    usage: an option, a label, a secret in an argument
  65    the key file or the passphrase is bad
  66    an input cannot be read, or ended at a question
  70    a fault of keysheet itself
  73    the output cannot be written, or exists
  130   interrupted

keysheet names the worst of several problems first; its exit code counts: what
contradicts itself, then what is still needed, then what cannot be read. Four
files and more that fail alike are one problem, with sources.

A secret is never an argument: other users see arguments. Give a key by --from
or --against, a passphrase by --passphrase-file, words by --words; - is standard
input, for one of them. Nothing is asked where standard input is no terminal.

  keysheet make --from - --json < kraken.key
  keysheet restore scan.pdf --passphrase-file - --out kraken.key < pass.txt

SOURCE_DATE_EPOCH, in seconds, is the day where none is given.

As a library: import { makeSheet, readSheetFile, restore } from "keysheet".
Importing it runs nothing. makeSheet gives a proved PDF, readSheetFile takes the
bytes of a photograph, a scan or a text, and restore what that gives. What is
wrong is a Refusal, and restore never throws. Costs are those of the command,
unless costLimit asks for more. src/LIBRARY.md in its folder has the rest.
`;

const COMPLETION = `Commands and options that your shell completes

keysheet completion SHELL prints a script; with it the Tab key completes
commands, options, their values and file names. Put it where your shell looks:

  bash   keysheet completion bash > ~/.keysheet-completion
         and in ~/.bashrc: source ~/.keysheet-completion
  zsh    keysheet completion zsh > ~/.zfunc/_keysheet
         and in ~/.zshrc: fpath+=~/.zfunc; autoload -Uz compinit; compinit
  fish   keysheet completion fish > ~/.config/fish/completions/keysheet.fish

Make the folder first where there is none (mkdir -p), and open a new terminal.
For one terminal alone: source <(keysheet completion bash), the same with zsh,
and keysheet completion fish | source.

man keysheet is the manual page, where keysheet was installed with npm.
`;

const TEXTS: Readonly<Record<HelpTopic, string>> = {
  protect: PROTECT,
  typing: TYPING,
  lost: LOST,
  printer: PRINTER,
  files: FILES,
  sheets: SHEETS,
  scripts: SCRIPTS,
  completion: COMPLETION,
};

export function topicText(topic: HelpTopic): string {
  return TEXTS[topic];
}
