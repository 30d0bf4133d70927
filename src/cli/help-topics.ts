/** What people ask beside the commands: typing words back, a lost sheet, the printer. */
import type { HelpTopic } from "./args.js";

const TYPING = `Typing the words of a sheet back

  keysheet restore                     on a terminal: row by row
  keysheet restore --words words.txt   a text that you typed elsewhere

What you need not care about: capitals, accents, spaces, line ends, row numbers,
the two letters at a row's end, punctuation. The first four letters of a word are
enough. For a word that you cannot read type ?.

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
  1. Delete the key at the exchange, now. Whoever has the sheet has the key.
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

Without keysheet: its format is written down in FORMAT.md, to the bit.

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
  typing: TYPING,
  lost: LOST,
  printer: PRINTER,
};

export function topicText(topic: HelpTopic): string {
  return TEXTS[topic];
}
