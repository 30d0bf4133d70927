/** What people ask beside the commands: how to protect a sheet, typing it back, losing it, printing it. */
import type { HelpTopic } from "./args.js";

const PROTECT = `A passphrase, or shares, or neither

Whoever finds a plain sheet has the key. There are two answers, and each can lose
the key for you:

A passphrase            keysheet make --passphrase
  Who finds the sheet has nothing without the passphrase; who knows it has nothing
  without the sheet. If you forget it the key is gone: nobody can open the sheet.
  Keep it where the sheet is not. Let keysheet draw it: seven words of a list are
  77 bits, and at a third of a second a guess nobody tries them all. One of your
  own is as good as it is unlikely; a quotation or a name with a year is not.
  A slip in a drawn one is mended when you type it.

Shares                  keysheet make --shares 2-of-3
  Three sheets, of which any two give the key, and one tells nothing. You can lose
  one, and a thief needs two places. Nothing has to be remembered. Each says which
  set it is of, how many are needed, and the marks of the others, so that you know
  what you are looking for. Keep them in different places, and with people who
  would not meet to use them. Shares of two makings never fit together: when one is
  lost, make all anew and destroy the rest.

Both                    keysheet make --shares 2-of-3 --passphrase
  For keys that are worth a burglary and a bribe. Twice as much can go wrong.

Neither
  A sheet in a safe, for a key that cannot withdraw, bound to your own addresses,
  is easier to get back in ten years than anything cleverer.

Whatever you choose: get the key back once from the paper before you rely on it.

  keysheet verify photo-1.jpg photo-2.jpg --against kraken.key
`;

const TYPING = `Typing the words of a sheet back

  keysheet restore                     on a terminal: row by row
  keysheet restore --words words.txt   a text that you typed elsewhere

What you need not care about: capitals, accents, spaces, line ends, row numbers,
the two letters at a row's end, punctuation. The first four letters of a word are
enough, then Space. For a word that you cannot read type ?.

On the screen a row's number goes to that row, and its two letters are compared
at once. Enter ends a row that has too few words. Ctrl-O adds a photo or a file,
whose name Tab completes. Ctrl-C asks before your words are lost.

What is mended:
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
none of them is wrong. Whatever is typed, you get exactly the key of the sheet or
a plain no: an answer counts only when the chance that it is another key is below
one in a thousand million.

Not mended: more than that at once. Compare row by row, by the two letters at the
end of each, and correct the rows that differ.
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
key: keysheet restore photo.jpg --out kraken.key, keysheet make --from kraken.key
and delete kraken.key.

The words are not a wallet seed. No wallet takes them, and no website that asks
for them is honest.

The passphrase is forgotten, or too few shares are left: nobody can help, that is
what they are for. Make a new key at the exchange.

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

const TEXTS: Readonly<Record<HelpTopic, string>> = {
  protect: PROTECT,
  typing: TYPING,
  lost: LOST,
  printer: PRINTER,
};

export function topicText(topic: HelpTopic): string {
  return TEXTS[topic];
}
