/**
 * Every problem in words: a fact, and the next step.
 *
 * The one place for wording. A message names the file, the field or the position; it never holds a
 * character of a secret, a word or a digit of a code.
 */
import { countText, listed, listedApart } from "../core/listed.js";
import type {
  ForeignKind,
  PassphraseFault,
  PayloadFault,
  Problem,
  RandomFault,
  ShareName,
  SheetName,
  Sight,
} from "../core/problem.js";
import type { Notice as KeyNotice } from "../core/record/check-fields.js";
import type { LookAlike } from "../core/sheet/look-alikes.js";
import { STRONG_BITS } from "../core/passphrase/passphrase-strength.js";
import { WORDS_A_ROW } from "../core/words/row.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { summarised } from "./summary.js";

export { listed } from "../core/listed.js";

export interface Message {
  readonly fact: string;
  readonly next: string;
}

/** "1 word", "2 words". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}

function bytesText(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  if (gigabytes >= 1) return `${String(Math.round(gigabytes * 10) / 10)} GB`;
  return bytes >= 1024 * 1024
    ? `${String(Math.round(bytes / 1024 / 1024))} MB`
    : `${String(Math.round(bytes / 1024))} KB`;
}

/** What was seen of a picture in which no code was read. */
function sightFact(sight: Sight | undefined): string {
  switch (sight?.kind) {
    case "dark":
      return "no code was found; the picture is too dark.";
    case "far":
      return `the code is too small in the picture: about ${String(sight.modulePx)} pixels a square.`;
    case "faint":
      return `no code could be read; the print is too faint in the picture: only ${String(sight.darkerPercent)} % darker than the paper.`;
    case "cut":
      return "the code is cut off at the edge of the picture.";
    case "blurred":
      return "no code was found; the picture is blurred.";
    case "damaged":
      return "there is a code in the picture, but too much of it is lost.";
    case "nothing":
    case undefined:
      return "no code was found in the picture.";
  }
}

function sightNext(sight: Sight | undefined): string {
  switch (sight?.kind) {
    case "dark":
      return "Photograph it again by daylight or under a lamp.";
    case "far":
      return "Go nearer, until the code fills half of the picture.";
    case "faint":
      return "Photograph the code alone, near and flat, in more light; of a print that is pale itself make a photocopy with more contrast.";
    case "cut":
      return "Photograph the whole code, with its white edge.";
    case "blurred":
      return "Hold the camera still, tap on the code so that it is in focus, and photograph it again.";
    case "damaged":
      return "Flatten the paper, and photograph the code alone, sharp and in even light.";
    case "nothing":
    case undefined:
      return "Photograph the whole code, flat, sharp and in even light.";
  }
}

/** Below it, in a shadow or on bent paper, words are lost. */
const SMALL_LETTER_PX = 8;

function clearerWords(letterPx: number | null): string {
  return letterPx !== null && letterPx < SMALL_LETTER_PX
    ? `A letter is about ${String(Math.round(letterPx))} pixels wide: photograph the page from nearer, so that it fills the picture, flat and in even light.`
    : "Photograph the page again, flat, sharp and in even light.";
}

const OTHER_CARRIER = "Try the words instead, or another picture: keysheet restore";

const FAULTS: Readonly<Record<PayloadFault, string>> = {
  "too-short": "it ends too early",
  "too-long": "it is longer than a payload can be",
  "trailing-bytes": "bytes are left over at its end",
  "provider-zero": "its provider number is 0",
  "secret-bit": "it marks a field as secret that is public, or the other way round",
  "name-repeated": "it names a field twice",
  "name-invalid": "a field's name is malformed",
  "field-count": "its number of fields is out of range",
  "length-not-shortest": "a length is not in its shortest form",
  "length-too-large": "a length is too large",
  "text-not-utf8": "a text is not UTF-8",
  "encoding-unknown": "a field has an unknown encoding",
  "value-malformed": "a field's value does not fit its encoding",
  "cost-out-of-range": "its passphrase cost is out of range",
  "share-number": "its share number is out of range",
  "share-threshold": "its threshold and count do not fit",
  "share-length": "its share bytes are too short",
};

/** What an operating system's error code means for a person. */
function reasonText(reason: string): string {
  switch (reason) {
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "EISDIR":
      return "it is a folder";
    case "EROFS":
      return "the disk is read-only";
    case "ENOSPC":
      return "the disk is full";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    case "ENAMETOOLONG":
      return "its name is too long";
    case "EIO":
      return "the disk reports an error";
    case "EAGAIN":
      return "it is a device that gives nothing now";
    case "ENXIO":
      return "it is no file, and nothing answers there";
    default:
      return `the system says ${reason}`;
  }
}

const RANDOM_FAULTS: Readonly<Record<RandomFault, string>> = {
  "not-bytes": "gave something else than bytes",
  length: "gave more or fewer bytes than asked for",
  repeating: "gave the same bytes again",
};

const FOREIGN_KINDS: Readonly<Record<ForeignKind, string>> = {
  json: "JSON of another program",
  rtf: "a document of a word processor (RTF)",
  markup: "a web page or XML",
};

/** Positions as people find them on paper, where only rows are numbered: "row 2 words 1 and 4". */
export function placesText(positions: readonly number[]): string {
  const rows = new Map<number, number[]>();
  for (const position of positions) {
    const row = Math.ceil(position / WORDS_A_ROW);
    rows.set(row, [...(rows.get(row) ?? []), position - (row - 1) * WORDS_A_ROW]);
  }
  const texts = [...rows].map(
    ([row, words]) =>
      `row ${String(row)} ${words.length === 1 ? "word" : "words"} ${listed(words)}`,
  );
  const shown = texts.length > 8 ? texts.slice(0, 7) : texts;
  const rest = texts.length - shown.length;
  return shown.join("; ") + (rest > 0 ? `; and ${counted(rest, "more row")}` : "");
}

function describeDamage(problem: Problem & { readonly code: "words-damaged" }): Message {
  const { source, count, spares, unreadable } = problem;
  const [standard = 0, long] = spares;
  const spareText = `${String(standard)}${long === undefined ? "" : `, or ${String(long)} if it was made for long keeping`}`;
  const lost = unreadable.length;
  const facts = [
    `${source}: these words could not be repaired: too much is wrong, or it is wrong in too many ways at once. A sheet of ${counted(count, "word")} can lose ${spareText}; a word that is another one counts twice.`,
    lost > 0
      ? `Unreadable or not in the list: ${counted(lost, "word")} (${placesText(unreadable)}).`
      : "",
  ];
  return {
    fact: facts.filter((fact) => fact !== "").join(" "),
    next: "Compare each row and its two letters with the paper, correct it and try again; ? is better than a guess. Of a sheet with several pages of words give all pages in one call. Or use the code of the sheet, or a second copy: keysheet help typing",
  };
}

function sheetText({ sources, mark, day }: SheetName): string {
  const known = [mark === null ? null : `mark ${mark}`, day === null ? null : `made ${day}`];
  const facts = known.filter((fact) => fact !== null);
  return `${listed(sources)}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
}

/** "share 2 (b.pdf, mark K7QX-2M9D)" */
function shareText({ number, mark, sources }: ShareName): string {
  const facts = [listed(sources), ...(mark === null ? [] : [`mark ${mark}`])];
  return `share ${String(number)} (${facts.join(", ")})`;
}

function sharesText(shares: readonly ShareName[]): string {
  return listedApart(shares.map(shareText), ", ");
}

type SharesOfSet = (Problem & { readonly code: "shares-of-several-sets" })["sets"][number];

function setText({ set, shares }: SharesOfSet): string {
  return `set ${set}: ${sharesText(shares)}`;
}

const PASSPHRASE_FAULTS: Readonly<Record<PassphraseFault, string>> = {
  empty: "is empty",
  "zero-character": "holds the character U+0000",
  "not-unicode": "is no text in UTF-8",
  "several-lines": "has more than one line",
};

export function describe(problem: Problem): Message {
  switch (problem.code) {
    case "key-file-unrecognised":
      return {
        fact: `${problem.source}: this is no key file that keysheet knows.`,
        next: "It reads two lines (key, then private key), a dotenv file with KRAKEN_API_KEY and KRAKEN_API_SECRET, a kraken://apikey?key=..&secret=.. address, and its own JSON. Or leave out --from and paste the two parts when asked.",
      };
    case "key-file-empty":
      return {
        fact: `${problem.source}: the key file is empty.`,
        next: "Give the file that holds the key, or leave out --from and paste the parts when asked.",
      };
    case "key-file-not-utf8":
      return {
        fact: `${problem.source}: the key file is no text in UTF-8 (line ${String(problem.line)}).`,
        next: "Save it as UTF-8 in your editor and try again.",
      };
    case "key-file-json":
      return {
        fact: `${problem.source}: the JSON is malformed${problem.place === "" ? "" : ` at ${problem.place}`}.`,
        next: 'Its form is {"keysheet": 1, "provider": "kraken-spot", "fields": [["key", "...", false], ["secret", "...", true]]}.',
      };
    case "keys-several": {
      const places = problem.seen.map(({ line, name }) =>
        name === null ? `line ${String(line)}` : `${name} in line ${String(line)}`,
      );
      return {
        fact: `${problem.source}: the file holds more than one key, or parts of several${places.length === 0 ? "" : `: ${listed(places)}`}.`,
        next: "One sheet holds one key: put each key in a file of its own, both of its parts and nothing of another, and make a sheet of each.",
      };
    }
    case "key-file-foreign":
      return {
        fact: `${problem.source}: this is ${FOREIGN_KINDS[problem.kind]}, and no form of a key that keysheet reads.`,
        next: "Put the two parts of the key alone into a plain text file, the key on one line and the private key on the next; or leave out --from and paste them when asked.",
      };
    case "key-file-sheet":
      return {
        fact: `${problem.source}: this is a sheet of keysheet already, not a key to make one of.`,
        next: "To print it again, take the key from it first: keysheet restore FILE --out kraken.key",
      };
    case "key-code-missing":
      return {
        fact: `${problem.source}: no code of a key was found in the picture.`,
        next: "Photograph the code that Kraken shows with a new key (kraken://apikey?...), whole and sharp. Or leave out --from and paste the two parts when asked.",
      };
    case "field-missing":
      return {
        fact: `${problem.source}: the ${problem.field} is missing.`,
        next: "Add it to the file, or leave out --from and paste the parts when asked.",
      };
    case "field-escape":
      return {
        fact: `${problem.source}: a percent sign in the ${problem.field} begins no valid escape.`,
        next: "Copy the address again; it is either escaped throughout or not at all.",
      };
    case "fields-swapped":
      return {
        fact: `${problem.source}: the ${listed(problem.fields)} are in swapped order.`,
        next: "Put the API key (56 characters) first and the private key (88 characters) second.",
      };
    case "field-length":
      return {
        fact: `${problem.source}: the ${problem.field} has ${counted(problem.length, "character")}; it should have ${listed(problem.expected, "or")}.`,
        next: "Copy it again, from its first character to its last. A key of another kind goes in as keysheet's own JSON with named fields.",
      };
    case "field-character":
      return {
        fact: `${problem.source}: the ${problem.field} has ${problem.positions.length === 1 ? "a character" : "characters"} that no key has, at ${problem.positions.length === 1 ? "position" : "positions"} ${listed(problem.positions)}.`,
        next: "Copy it again; a key has only letters without accents, digits, + and /, and = at its end.",
      };
    case "field-last-character":
      return {
        fact: `${problem.source}: the ${problem.field} cannot be right: its last character before the = signs has to be one of ${listed(Array.from(problem.allowed), "or")}.`,
        next: "A character was lost or mistyped: copy it again.",
      };
    case "form-unfit":
      return {
        fact: `This key does not fit the form ${problem.form}.`,
        next: "Use --to json, which holds any key.",
      };
    case "payload-too-long":
      return {
        fact: `The key is too long for paper: ${counted(problem.length, "byte")}, at most ${String(problem.limit)}.`,
        next: "Keep it in an encrypted file, and make a sheet of that file's passphrase.",
      };
    case "day-out-of-range":
      return {
        fact: `The day is outside of what a sheet can hold (${problem.first} to ${problem.last}).`,
        next: "Give the day with --date YYYY-MM-DD; this machine's clock may be wrong.",
      };
    case "payload-malformed":
      return {
        fact: `The sheet was read, but its content is malformed at byte ${String(problem.offset)}: ${FAULTS[problem.fault]}.`,
        next: "It was made by a faulty program. Ask the maker of the sheet for another one.",
      };
    case "version-zero":
      return {
        fact: "What was read is no sheet of keysheet: its version is 0.",
        next: "Check that the words or the picture are those of the sheet.",
      };
    case "version-newer":
      return {
        fact: `The sheet was made by a newer keysheet: its format version is ${String(problem.version)}, this program reads version 1.`,
        next: "Install the newest keysheet and try again; the sheet is not damaged.",
      };
    case "kind-unknown":
      return {
        fact: `The sheet is of an unknown kind (${String(problem.kind)}).`,
        next: "Install the newest keysheet and try again.",
      };
    case "provider-newer":
      return {
        fact: `The sheet was made by a newer keysheet: it is of provider ${String(problem.number)}, which this program does not know.`,
        next: "Install the newest keysheet and try again; the sheet is not damaged.",
      };
    case "sheets-differ":
      return {
        fact: `These are ${countText(problem.sheets.length)} different sheets: ${listedApart(problem.sheets.map(sheetText), "; ")}.`,
        next: "Restore one sheet at a time.",
      };
    case "carriers-missing":
      return {
        fact: "Nothing was found to restore from.",
        next: "Give a picture, a PDF or a text of the sheet: keysheet restore FILE",
      };
    case "problems-more":
      return {
        fact: `${counted(problem.count, "more problem is", "more problems are")} like the last one, and not listed.`,
        next: "Give fewer files, or texts of fewer codes, and all are listed.",
      };
    case "passphrase-malformed":
      return {
        fact: `The passphrase ${PASSPHRASE_FAULTS[problem.fault]}.`,
        next: "Give another one. A passphrase file holds the passphrase on one line and nothing else.",
      };
    case "passphrase-unseen": {
      const { invisible, outerSpaces } = problem;
      const at = (positions: readonly number[]) =>
        `${positions.length === 1 ? "position" : "positions"} ${listed(positions)}`;
      const kinds = [
        ...(invisible.length > 0 ? [`invisible characters (${at(invisible)})`] : []),
        ...(outerSpaces.length > 0 ? [`white space around it (${at(outerSpaces)})`] : []),
      ];
      return {
        fact: `The passphrase has ${listed(kinds)}. Whoever types it again cannot see that, and would not open the sheet.`,
        next: "Give it without. Of a passphrase file only the line end, and a mark before the text, are left out.",
      };
    }
    case "passphrase-wrong":
      return {
        fact: "Wrong passphrase, or a changed sheet: keysheet cannot know which of them it is.",
        next: "Try again. Capitals, spaces and accents count, unless it is words of a list; the passphrase of another sheet opens only that one. Then compare the words with the paper.",
      };
    case "passphrase-unconfirmed":
      return {
        fact: "The passphrase was not entered again as it was. No sheet was written: nobody could have opened it.",
        next: "Make the sheet again, and write the passphrase down before you go on.",
      };
    case "sealed-content":
      return {
        fact: "The passphrase is right, but what it seals is no key: it was damaged by the program that made it.",
        next: "Ask the maker of the sheet for another one.",
      };
    case "kdf-cost":
      return {
        fact: `Opening this sheet takes ${bytesText(problem.memoryBytes)} of memory and a minute or more: its passphrase cost is ${String(problem.cost)}, more than keysheet makes.`,
        next: `If this is your sheet and the machine has the memory: --kdf-cost ${String(problem.cost)}`,
      };
    case "kdf-memory":
      return {
        fact: `This machine could not give the ${bytesText(problem.memoryBytes)} of memory that the passphrase cost ${String(problem.cost)} takes.`,
        next: "Close other programs, or use a machine with more memory. To make a sheet: a lower --kdf-cost",
      };
    case "shares-missing": {
      const { set, threshold, count, shares, missing } = problem;
      const numbers = [...new Set(shares.map(({ number }) => number))];
      const needed = threshold - numbers.length;
      const which =
        needed === missing.length
          ? listed(missing)
          : needed === 1
            ? listed(missing, "or")
            : `any ${String(needed)} of ${listed(missing)}`;
      return {
        fact: `${numbers.length === 1 ? "Share" : "Shares"} ${listed(numbers)} of ${String(count)} (set ${set}) ${numbers.length === 1 ? "was" : "were"} read without a fault. ${counted(needed, "more share is", "more shares are")} needed: ${which}.`,
        next: `Give ${counted(threshold, "share")} of this set in one call, pictures, PDFs and texts in any order; or type the next one.`,
      };
    }
    case "shares-of-several-sets":
      return {
        fact: `These shares are of ${countText(problem.sets.length)} different sets: ${listedApart(problem.sets.map(setText), "; ")}.`,
        next: "Shares of two sets never fit together, even of one key. Leave out those of the other set; each sheet has its set printed on it.",
      };
    case "shares-disagree":
      return {
        fact: `These shares name the same set, but do not fit together: ${sharesText(problem.shares)}. At least one is forged, or was made by a faulty program.`,
        next: "Every sheet of the set has the marks of all shares printed on it: the share whose mark is not among them does not belong. With one more share keysheet finds it.",
      };
    case "share-foreign":
      return {
        fact: `${sharesText(problem.strangers)} ${problem.strangers.length === 1 ? "does" : "do"} not belong to the others (${sharesText(problem.members)}), which fit together. No key was given.`,
        next: "Compare their marks with the list that each sheet of the set has printed on it; then give only the shares that are on it.",
      };
    case "share-content":
      return {
        fact: "The shares fit together, but what they hold is no key: it was damaged by the program that made them.",
        next: "Ask the maker of the sheets for others.",
      };
    case "value-malformed":
      return {
        fact: `${problem.what} has to be ${problem.expected}.`,
        next: "Correct the program that calls keysheet.",
      };
    case "provider-unknown":
      return {
        fact: "There is no provider of that name.",
        next: `Give ${listed(problem.known, "or")}; a key of another one has none: its fields are kept by name.`,
      };
    case "cost-unfit":
      return {
        fact: `The cost of a new seal has to be a whole number from ${String(problem.first)} to ${String(problem.last)}.`,
        next: "Give 17 unless there is a reason for another one.",
      };
    case "shares-unfit":
      return {
        fact: "There are no such shares.",
        next: `Give two numbers from 2 to ${String(problem.limit)}: how many are needed, and how many there are, which are at least as many.`,
      };
    case "random-unfit":
      return {
        fact: `The source of random bytes ${RANDOM_FAULTS[problem.fault]}.`,
        next: "Nothing was made. Give a source as crypto.getRandomValues; with a bad one a seal or shares keep nothing secret.",
      };
    case "words-missing":
      return {
        fact: `${problem.source}: no words of a sheet are in it.`,
        next: "Give the words of the sheet as text, row by row, or a picture of its code.",
      };
    case "words-count":
      return {
        fact: `${problem.source}: ${counted(problem.count, "word")}; no sheet has that many${problem.nearest.length > 0 ? ` (${listed(problem.nearest, "or")} would fit)` : ""}, and no words left out or added were found that explain it.`,
        next: "Type a row of six words a line, and ? for each word that cannot be read; then look for rows that were skipped or doubled. More: keysheet help typing",
      };
    case "words-damaged":
      return describeDamage(problem);
    case "words-of-another-list":
      return {
        fact: `${problem.source}: ${counted(problem.positions.length, "word is", "words are")} of another list (${listed(problem.otherLists, "or")}) than the rest (${problem.list}): ${placesText(problem.positions)}.`,
        next: "All words of a sheet are of one list: compare these with the paper.",
      };
    case "words-ambiguous":
      return {
        fact: `${problem.source}: the words fit two different sheets.`,
        next: "Correct some more words, or use the code of the sheet.",
      };
    case "words-unclear":
      return {
        fact: `${problem.source}: there are words of a sheet in the picture, but they could not be repaired: too many are lost or unclear.`,
        next: `${clearerWords(problem.letterPx)} Of a sheet with several pages of words give all pages in one call; words that are typed complete those of a picture: keysheet help typing`,
      };
    case "code-missing":
      return {
        fact: `${problem.source}: ${sightFact(problem.sight)}`,
        next: `${sightNext(problem.sight)} ${OTHER_CARRIER}`,
      };
    case "code-torn": {
      const { source, read, count, isWithWords } = problem;
      const little = isWithWords ? "too little with these words too" : "too little alone";
      return {
        fact: `${source}: of the code ${String(read)} of ${counted(count, "block")} can be read, which is ${little}.`,
        next: isWithWords
          ? "Correct or add some words, or photograph the page again: all that is given in one call completes each other."
          : "Give the words too, typed or as a photograph of the page: what was read of the code completes them.",
      };
    }
    case "code-foreign":
      return {
        fact: `${problem.source}: a code in it is somebody else's, not a sheet's.`,
        next: "Photograph the code of the sheet; it is the large square in its lower part.",
      };
    case "code-of-key":
      return {
        fact: `${problem.source}: a code in it is that of an API key itself, as Kraken shows it, not a sheet's.`,
        next: "A sheet can be made of it: keysheet make --from FILE",
      };
    case "code-version-newer":
      return {
        fact: `${problem.source}: the code is of a newer keysheet (version ${String(problem.version)}).`,
        next: "Install the newest keysheet and try again; the sheet is not damaged.",
      };
    case "code-malformed":
      return {
        fact: `${problem.source}: the code's text is malformed${problem.group > 0 ? ` in its group ${String(problem.group)} of digits` : ""}.`,
        next: `Copy the text again, whole. ${OTHER_CARRIER}`,
      };
    case "code-check":
      return {
        fact: `${problem.source}: the code was read, but its check does not hold: a digit is wrong.`,
        next: `Copy the text again, whole. ${OTHER_CARRIER}`,
      };
    case "code-pieces-missing":
      return {
        fact: `${problem.source}: the sheet has ${String(problem.total)} codes; ${problem.missing.length === 1 ? "number" : "numbers"} ${listed(problem.missing)} ${problem.missing.length === 1 ? "is" : "are"} missing.`,
        next: "Give the pictures of all codes in one call.",
      };
    case "code-pieces-mixed":
      return {
        fact: `${problem.source}: two different codes claim the same place.`,
        next: "Give the pictures of one sheet at a time.",
      };
    case "codes-disagree":
      return {
        fact: `${problem.source}: two readers read two different texts from the code.`,
        next: `Take another picture. ${OTHER_CARRIER}`,
      };
    case "file-missing":
      return {
        fact: `${problem.source}: there is no such file.`,
        next: "Check the name and the folder.",
      };
    case "file-unreadable":
      return {
        fact: `${problem.source}: it cannot be read: ${reasonText(problem.reason)}.`,
        next: "Give a file that you may read.",
      };
    case "file-empty":
      return { fact: `${problem.source}: it is empty.`, next: "Give a file that holds something." };
    case "file-too-large":
      return {
        fact: `${problem.source}: it is larger than ${bytesText(problem.limitBytes)}.`,
        next: "Give a file with nothing else in it than what was asked for, or a smaller picture.",
      };
    case "file-unknown-type":
      return {
        fact: `${problem.source}: it is no picture, PDF or text that keysheet reads.`,
        next: "Give a picture (JPEG, PNG, HEIC, WebP, TIFF, AVIF, GIF, BMP or PNM), a PDF, or a text file in UTF-8.",
      };
    case "file-not-utf8":
      return {
        fact: `${problem.source}: it is no text in UTF-8 (line ${String(problem.line)}).`,
        next: "Save it as UTF-8 in your editor and try again.",
      };
    case "image-damaged":
      return {
        fact: `${problem.source}: the picture is damaged or cut off.`,
        next: "Copy it again from the camera or scanner, or take another one.",
      };
    case "picture-cut":
      return {
        fact: `${problem.source}: the picture is cut short; what is there of it was read.`,
        next: "Copy it again from where it came, to have all of it.",
      };
    case "picture-blank":
      return {
        fact: `${problem.source}: there is nothing in the picture; all of it is of one brightness.`,
        next: "Open it in a viewer. Where you see the sheet there, save it as PNG and give that; else take or scan it again.",
      };
    case "tiff-unread":
      return {
        fact: `${problem.source}: a TIFF ${problem.what} is not read by keysheet.`,
        next: "Open it in a viewer of pictures, save it as PNG, and give that.",
      };
    case "image-too-large": {
      const { source, form, limitPixels } = problem;
      const article = /^[Ai]/.test(form) ? "an" : "a";
      return {
        fact: `${source}: it has more than ${String(Math.floor(limitPixels / 1e6))} megapixels, the most that is read of ${article} ${form}.`,
        next:
          form === "picture"
            ? "Take it again with fewer megapixels, or cut it down to the sheet."
            : "Take it again with fewer megapixels, cut it down to the sheet, or save it as a JPEG that is not progressive.",
      };
    }
    case "picture-pages":
      return {
        fact: `${problem.source}: the picture has ${String(problem.pages)} pages; at most ${String(problem.limit)} are read.`,
        next: "Give only the pages of the sheet.",
      };
    case "pdf-damaged":
      return {
        fact: `${problem.source}: the PDF is damaged or cut off.`,
        next: "Copy it again from where it came, or scan the sheet again.",
      };
    case "pdf-locked":
      return {
        fact: `${problem.source}: the PDF is locked with a password.`,
        next: "Save it without a password, or give a picture of the page.",
      };
    case "pdf-pages":
      return {
        fact: `${problem.source}: the PDF has ${String(problem.pages)} pages; at most ${String(problem.limit)} are read.`,
        next: "Give only the pages of the sheet.",
      };
    case "files-many":
      return {
        fact: `These are more than ${String(problem.limit)} files; no more are read at once.`,
        next: "Give only the pictures, PDFs and texts of the sheet.",
      };
    case "folder-empty":
      return {
        fact: `${problem.source}: nothing in this folder may be of a sheet: no picture, no PDF, no text with words or codes.`,
        next: "Give the folder that they are directly in, or the files themselves. Hidden files and folders in it are not looked at.",
      };
    case "folder-skipped":
      return {
        fact: `${problem.source}: ${counted(problem.count, "file")} in this folder ${problem.count === 1 ? "was" : "were"} skipped: no picture, no PDF, no text with words or codes of a sheet.`,
        next: "If one of them is of the sheet, give it by its own name, and keysheet says what is wrong with it.",
      };
    case "reading-time":
      return {
        fact: `${problem.source}: reading it took more than ${String(problem.limitSeconds)} seconds and was given up.`,
        next: "Give a smaller picture, or one of nothing but the sheet.",
      };
    case "reading-memory":
      return {
        fact: `${problem.source}: reading it took more than ${String(problem.limitMb)} MB of memory and was given up.`,
        next: "Give a smaller file, or one of nothing but the sheet.",
      };
    case "output-exists":
      return {
        fact: `${problem.path}: something is there already; nothing is ever written over.`,
        next: "Move it away, or give another name with --out.",
      };
    case "output-folder-missing":
      return {
        fact: `${problem.path}: its folder does not exist.`,
        next: "Make the folder first, or give another place with --out.",
      };
    case "output-unwritable":
      return {
        fact: `${problem.path}: it cannot be written: ${reasonText(problem.reason)}.`,
        next: "Give another place with --out.",
      };
    case "disk-full":
      return {
        fact: `${problem.path}: the disk is full; no part of the file was left.`,
        next: "Make room, or give another place with --out.",
      };
    case "folder-gone":
      return {
        fact: "The folder that you are in does not exist any more.",
        next: "Go to another folder and try again.",
      };
    case "part-left":
      return {
        fact: `A keysheet that was killed left ${problem.paths.length === 1 ? "a part of a file" : `parts of ${counted(problem.paths.length, "file")}`}: ${listed(problem.paths)}. It may hold the key.`,
        next: "Delete it, unless a keysheet of another machine is at work in that folder; it is never deleted for you.",
      };
    case "output-unfinished": {
      const isOne = problem.paths.length === 1;
      return {
        fact: `${listed(problem.paths)}: keysheet was killed while it made ${isOne ? "this file" : "these files"}. ${isOne ? "It is" : "They are"} not whole, or of a set of shares that is not.`,
        next: `Delete ${isOne ? "it" : "them"} with the parts, and make all of it again: shares of two makings do not go together.`,
      };
    }
    case "label-too-long":
      return {
        fact: `The label is too long for the sheet, by ${problem.overflowMm.toFixed(0)} mm in its smallest type.`,
        next: "Give a shorter --label.",
      };
    case "label-character":
      return {
        fact: `The label has characters that this sheet cannot print: ${listed(problem.characters)}.`,
        next: "Give a --label without them; it would come out with holes.",
      };
    case "layout-overflow":
      return {
        fact: `The sheet does not fit its page: the ${problem.panel} part is ${problem.overflowMm.toFixed(1)} mm too high.`,
        next: "Use --spare standard, a shorter label, or --paper a4; in a template of your own make room there.",
      };
    case "layout-limit":
      return {
        fact: `The key is too large for the template ${problem.template}: it needs ${counted(problem.rows, "row")} of words and a code of ${String(problem.modules)} modules a side; there is place for ${counted(problem.rowsLimit, "row")} and ${String(problem.modulesLimit)} modules.`,
        next: "Use --template standard, which has place for any key that keysheet prints; --spare standard, and a sheet without a seal and shares, need fewer rows.",
      };
    case "layout-pages":
      return {
        fact: `The file would have ${counted(problem.pages, "page")}; at most ${String(problem.limit)} can be read back.`,
        next: "Ask for fewer --copies, or use --template standard.",
      };
    case "layout-unsuited": {
      const { codes, isWithWords, template } = problem;
      const what = codes > 1 ? `of ${String(codes)} codes` : "without words";
      const more = codes > 1 && !isWithWords ? " without words" : "";
      return {
        fact: `The template ${template} has no page for a sheet ${what}${more}.`,
        next: "Use --template standard, which has one for any key.",
      };
    }
    case "template-unknown":
      return {
        fact: "There is no template of that name.",
        next: `The names are ${listed(problem.names)}. A file of your own ends in .json or is given with its folder: --template ./own.json`,
      };
    case "template-json":
      return {
        fact: `${problem.source}: the JSON is malformed at line ${String(problem.line)}, column ${String(problem.column)}.`,
        next: "Correct it there: most often a comma or a quotation mark is missing or left over.",
      };
    case "template-malformed":
      return {
        fact: `${problem.source}: ${problem.place} has to be ${problem.expected}.`,
        next: "Correct the template there; templates/README.md of keysheet says what its keys are.",
      };
    case "font-missing":
      return {
        fact: `${problem.source}: the font ${problem.file} is neither beside it nor among keysheet's own.`,
        next: "Put the file beside the template, or name a font that keysheet has.",
      };
    case "font-malformed":
      return {
        fact: `${problem.fonts.length === 1 ? "The font" : "One of the fonts"} ${listed(problem.fonts)} cannot be used: it is damaged, or no TrueType font.`,
        next: "Put a whole .ttf file in its place, or name another one in the template.",
      };
    case "proof-failed":
      return {
        fact: `The finished page was read back and did not give the key (${problem.carrier}, read by ${problem.reader}). No file was written.`,
        next: "This should never happen: report it, without the key. Another --label or --paper may print.",
      };
    case "command-unknown":
      return {
        fact: "There is no such command.",
        next:
          problem.near === null
            ? "The commands are make, restore, verify and inspect: keysheet --help"
            : `Did you mean ${problem.near}? keysheet --help shows all.`,
      };
    case "topic-unknown":
      return {
        fact: "There is no help on that.",
        next: `There is: keysheet help ${listed(problem.topics)}.`,
      };
    case "option-unknown":
      return {
        fact: `There is no option ${problem.option} here.`,
        next: `See keysheet ${problem.command} --help.`,
      };
    case "option-value":
      return {
        fact: `${problem.option} takes ${problem.expected}.`,
        next: `See keysheet ${problem.command} --help.`,
      };
    case "option-missing":
      return {
        fact: `${problem.option} is missing: ${problem.why}.`,
        next: `See keysheet ${problem.command} --help.`,
      };
    case "options-conflict":
      return {
        fact: `${listed(problem.options)} cannot be: standard input is read only once.`,
        next: "Give one of them as a file.",
      };
    case "options-exclude":
      return {
        fact: `${listed(problem.options)} cannot both be given.`,
        next: "Leave one of them out.",
      };
    case "argument-extra":
      return {
        fact: `Argument ${String(problem.position)} is not expected here.`,
        next: `See keysheet ${problem.command} --help.`,
      };
    case "argument-secret":
      return {
        fact: `Argument ${String(problem.position)} looks like ${secretKindText(problem.kind)}. It was not used: other programs of this machine can see arguments, and the shell keeps them in its history.`,
        next:
          "Give a file or - instead, or let keysheet ask. If it was a real secret, take it out of the shell's history, and better make a new key." +
          (problem.kind === "words" ? " A label of list words needs one more word or number." : ""),
      };
    case "terminal-missing":
      return {
        fact: "There is no terminal to ask on.",
        next: `Give ${problem.option} FILE, or ${problem.option} - for standard input.`,
      };
    case "interrupted":
      return { fact: "Interrupted.", next: "No file was left. Start again when you are ready." };
    case "answer-missing":
      return {
        fact: `The input ended before ${problem.asked} was entered.`,
        next: "Nothing was written. Start again, and answer at the prompt; Ctrl-D ends the input.",
      };
    case "pages-declined":
      return {
        fact: `You answered no to a sheet of ${counted(problem.pages, "page")}; no sheet was made.`,
        next: "--without-words makes fewer pages of a long key: keysheet make --help",
      };
    case "bug":
      return {
        fact: `keysheet failed by a fault of its own (${problem.place}).`,
        next: "No key was given and no file left. Please report it, without the key.",
      };
  }
}

function secretKindText(kind: "key" | "words" | "code"): string {
  switch (kind) {
    case "key":
      return "a key";
    case "words":
      return "words of a sheet";
    case "code":
      return "the text of a sheet's code";
  }
}

export function exitCodeOf({ code }: Problem): ExitCode {
  switch (code) {
    case "key-file-unrecognised":
    case "key-file-empty":
    case "key-file-not-utf8":
    case "key-file-json":
    case "keys-several":
    case "key-file-foreign":
    case "key-file-sheet":
    case "key-code-missing":
    case "field-missing":
    case "field-escape":
    case "fields-swapped":
    case "field-length":
    case "field-character":
    case "field-last-character":
    case "payload-too-long":
    case "passphrase-malformed":
    case "passphrase-unseen":
      return EXIT.keyFile;
    case "payload-malformed":
    case "version-zero":
    case "version-newer":
    case "kind-unknown":
    case "provider-newer":
    case "passphrase-wrong":
    case "passphrase-unconfirmed":
    case "pages-declined":
    case "kdf-cost":
    case "kdf-memory":
    case "sealed-content":
    case "shares-missing":
    case "shares-of-several-sets":
    case "shares-disagree":
    case "share-foreign":
    case "share-content":
    case "sheets-differ":
    case "carriers-missing":
    case "problems-more":
    case "words-missing":
    case "words-count":
    case "words-damaged":
    case "words-of-another-list":
    case "words-ambiguous":
    case "words-unclear":
    case "code-missing":
    case "picture-blank":
    case "code-torn":
    case "code-foreign":
    case "code-of-key":
    case "code-version-newer":
    case "code-malformed":
    case "code-check":
    case "code-pieces-missing":
    case "code-pieces-mixed":
    case "codes-disagree":
      return EXIT.refused;
    case "file-missing":
    case "file-unreadable":
    case "file-empty":
    case "file-too-large":
    case "file-unknown-type":
    case "file-not-utf8":
    case "image-damaged":
    case "picture-cut":
    case "tiff-unread":
    case "image-too-large":
    case "pdf-damaged":
    case "pdf-locked":
    case "picture-pages":
    case "pdf-pages":
    case "files-many":
    case "folder-empty":
    case "folder-skipped":
    case "reading-time":
    case "reading-memory":
      return EXIT.unreadable;
    case "output-exists":
    case "output-folder-missing":
    case "output-unwritable":
    case "disk-full":
    case "folder-gone":
    case "part-left":
    case "output-unfinished":
      return EXIT.unwritable;
    case "value-malformed":
    case "provider-unknown":
    case "cost-unfit":
    case "shares-unfit":
    case "random-unfit":
    case "form-unfit":
    case "day-out-of-range":
    case "label-too-long":
    case "label-character":
    case "layout-overflow":
    case "layout-limit":
    case "layout-pages":
    case "layout-unsuited":
    case "template-unknown":
    case "template-json":
    case "template-malformed":
    case "font-missing":
    case "font-malformed":
    case "command-unknown":
    case "topic-unknown":
    case "option-unknown":
    case "option-value":
    case "option-missing":
    case "options-conflict":
    case "options-exclude":
    case "argument-extra":
    case "argument-secret":
    case "terminal-missing":
      return EXIT.usage;
    case "proof-failed":
    case "bug":
      return EXIT.bug;
    case "interrupted":
      return EXIT.interrupted;
    case "answer-missing":
      return EXIT.unreadable;
  }
}

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
      return `A key of ${counted(notice.lengthBytes, "byte")} is too long for words: its sheet has codes alone, all of which are needed.`;
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
    case "padding-restored":
      return `The ${notice.field} had lost the ${notice.padding} at its end; it was put back.`;
  }
}

/** A text of others as a terminal may have it: controls and invisible marks by their numbers. */
export function visible(text: string): string {
  return text.replace(/[\p{Control}\p{Format}\p{Line_Separator}\p{Surrogate}]/gu, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16);
    return `\\u{${number}}`;
  });
}

const LINE_WIDTH = 80;

const INDENT = "  ";

/** Lines of at most 80 characters, broken at spaces; those after the first are indented. */
export function wrapped(start: string, text: string, indent = INDENT): string {
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  for (const word of visible(text).split(" ")) {
    const longer = isEmpty ? line + word : `${line} ${word}`;
    const isTooLong = longer.length > LINE_WIDTH && !isEmpty;
    if (isTooLong) lines.push(line);
    line = isTooLong ? indent + word : longer;
    isEmpty = false;
  }
  return `${[...lines, line].join("\n")}\n`;
}

function codePoint(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `U+${number}`;
}

/** Problems as lines for standard error: the fact, and the next step indented below it. */
export function formatProblems(problems: readonly Problem[]): string {
  return summarised(problems)
    .map(({ problem }) => {
      const { fact, next } = describe(problem);
      return wrapped("keysheet: ", fact) + wrapped(INDENT, next);
    })
    .join("");
}

/** Notices as lines for standard error. */
export function formatNotices(notices: readonly Notice[]): string {
  return notices.map((notice) => wrapped("keysheet: ", describeNotice(notice))).join("");
}
