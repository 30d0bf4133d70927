/** What was done or is to be known, in words. */
import { listed } from "../core/listed.js";
import type { Notice as KeyNotice } from "../core/record/check-fields.js";
import type { LookAlike } from "../core/sheet/look-alikes.js";
import { STRONG_BITS } from "../core/passphrase/passphrase-strength.js";
import { WORDS_A_ROW } from "../core/words/row.js";
import { counted } from "./message.js";
import { wrapped } from "./lines.js";

/** What was done, or is to be known, although nothing is wrong. */
export type Notice =
  | KeyNotice
  | { readonly code: "label-look-alikes"; readonly letters: readonly LookAlike[] }
  /** At the most: of a passphrase that was chosen, not drawn. */
  | { readonly code: "passphrase-strength"; readonly bits: number }
  | { readonly code: "words-too-many"; readonly lengthBytes: number }
  | ({ readonly code: "many-pages" } & SheetSize);

/** What one sheet is: its pages, and what is on them. */
export interface SheetSize {
  readonly pages: number;
  readonly words: number;
  readonly codes: number;
}

/** "9 pages: 510 words, in 85 rows, and 3 codes". */
export function sheetSizeText({ pages, words, codes }: SheetSize): string {
  const rows = counted(words / WORDS_A_ROW, "row");
  const typed = words === 0 ? "" : `${counted(words, "word")}, in ${rows}, and `;
  return `${counted(pages, "page")}: ${typed}${counted(codes, "code")}`;
}

/** Drawn words have 11 bits each, and nothing to be guessed by. */
function passphraseStrengthText(bits: number): string {
  const amount = `This passphrase has at most ${counted(bits, "bit")}, if each part of it was drawn by chance; one that a person thought of has far fewer.`;
  if (bits >= STRONG_BITS) {
    return `${amount} If it was drawn, it is strong; a sentence out of a book or a song is not.`;
  }
  return `${amount} That is weak: whoever finds the sheet can try as many as they like. Seven drawn words have 77 bits.`;
}

function describeNotice(notice: Notice): string {
  switch (notice.code) {
    case "label-look-alikes": {
      const named = notice.letters.map(
        ({ character, position, looksLike }) =>
          `character ${String(position)}, ${codePoint(character)}, looks like ${looksLike}`,
      );
      return `The label has letters that look like others: ${listed(named)}. It is printed as given; typed elsewhere it may be another name.`;
    }
    case "passphrase-strength":
      return passphraseStrengthText(notice.bits);
    case "words-too-many":
      return `A key of ${counted(notice.lengthBytes, "byte")} is too long for words: its sheet has codes alone, and all of them are needed.`;
    case "many-pages": {
      const without = notice.words > 0 ? " --without-words leaves the words out." : "";
      return `Each sheet of this key has ${sheetSizeText(notice)}.${without}`;
    }
    case "white-space-removed":
      return `${counted(notice.count, "space or line break", "spaces or line breaks")} inside the ${notice.field} ${notice.count === 1 ? "was" : "were"} taken out; a key has none.`;
    case "invisible-removed":
      return `${counted(notice.count, "character")} that nobody sees ${notice.count === 1 ? "was" : "were"} taken out of the ${notice.field}.`;
    case "lines-unused":
      return `${counted(notice.count, "other line")} of the key file ${notice.count === 1 ? "was" : "were"} not used.`;
    case "name-removed":
      return `The ${notice.field} was given with a name and = in front of it; only what stands behind is used.`;
    case "field-unusual": {
      const usual = notice.expected.length === 0 ? "" : `, mostly ${listed(notice.expected, "or")}`;
      return `The ${notice.field} is unusual: it has ${counted(notice.length, "character")}${usual}. Compare it with where you copied it from; the sheet holds it as it is.`;
    }
    case "field-repeating":
      return `The ${notice.field} is one character over and over, which no real one is. Make the sheet again with your own.`;
    case "field-published":
      return `The ${notice.field} is the one that ${notice.provider}'s documentation prints: it opens nothing. Make the sheet again with your own.`;
    case "pem-passphrase":
      return `The ${notice.field} opens only with its own passphrase, which the sheet does not hold. It is kept as it is: keep the passphrase elsewhere.`;
    case "padding-restored":
      return `The ${notice.field} had lost the ${notice.padding} at its end; it was put back.`;
  }
}

function codePoint(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `U+${number}`;
}

/** Notices as lines for standard error. */
export function formatNotices(notices: readonly Notice[]): string {
  return notices.map((notice) => wrapped("keysheet: ", describeNotice(notice))).join("");
}
