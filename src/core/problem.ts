/**
 * Everything that can be wrong, as one table of codes with typed facts.
 *
 * The contract of the whole house: a function returns what its name says or throws `Refusal` with
 * every problem that it found; `null` means "not this, try the next reading" and is never a fault.
 * Facts are positions, counts, limits and names; a fact never holds a character of a secret field,
 * a word or a digit of a code. The wording is in one place, `wording/`.
 */

/** What a payload can be malformed by, subject first; the format document names the same faults. */
export type PayloadFault =
  | "too-short"
  | "too-long"
  | "trailing-bytes"
  | "provider-zero"
  | "fixed-absent"
  | "secret-bit"
  | "name-repeated"
  | "name-invalid"
  | "field-count"
  | "length-not-shortest"
  | "length-too-large"
  | "text-not-utf8"
  | "encoding-unknown"
  | "value-malformed"
  | "cost-out-of-range"
  | "share-number"
  | "share-threshold"
  | "share-length";

/** What a passphrase cannot be. */
export type PassphraseFault = "empty" | "zero-character" | "not-unicode" | "several-lines";

/** What bytes cannot be that are to be random. */
export type RandomFault = "not-bytes" | "length" | "repeating";

/** What a file is that holds no key in a form of ours. */
export type ForeignKind = "json" | "rtf" | "markup";

/** A share as people tell it from others: its number, its mark, and where it was read. */
export interface ShareName {
  readonly number: number;
  readonly mark: string | null;
  readonly sources: readonly string[];
}

/** How a picture is stored, where it says what decoding takes. */
export type PictureForm =
  "picture" | "progressive JPEG" | "interlaced PNG" | "lossless WebP" | "GIF" | "AVIF" | "HEIC";

/**
 * Why no code was read in a picture, as far as can be seen; `modulePx`: pixels a module, `darkerPercent`: how
 * much darker than its ground the print is.
 */
export type Sight =
  | { readonly kind: "dark" | "cut" | "blurred" | "damaged" | "nothing" }
  | { readonly kind: "far"; readonly modulePx: number }
  | { readonly kind: "faint"; readonly darkerPercent: number };

/** What tells one sheet from another, for people. */
export interface SheetName {
  readonly sources: readonly string[];
  readonly mark: string | null;
  readonly day: string | null;
}

export type Problem =
  // a key that goes in
  | { readonly code: "key-file-unrecognised"; readonly source: string }
  | { readonly code: "key-file-empty"; readonly source: string }
  | { readonly code: "key-file-not-utf8"; readonly source: string; readonly line: number }
  | { readonly code: "key-file-json"; readonly source: string; readonly place: string }
  | {
      readonly code: "keys-several";
      readonly source: string;
      /** Parts that are not of one key: their lines, and where they have some the names of variables. */
      readonly seen: readonly { readonly line: number; readonly name: string | null }[];
    }
  | {
      readonly code: "keys-unchosen";
      readonly source: string;
      /** Names of all parts, and their lines where a file has some. */
      readonly seen: readonly { readonly line: number | null; readonly name: string }[];
      /** Ids of their providers. */
      readonly providers: readonly string[];
    }
  /** JSON in which one object has a name twice. */
  | { readonly code: "key-file-name-twice"; readonly source: string }
  | { readonly code: "key-file-foreign"; readonly source: string; readonly kind: ForeignKind }
  | { readonly code: "key-file-sheet"; readonly source: string }
  | { readonly code: "key-code-missing"; readonly source: string }
  | { readonly code: "field-missing"; readonly source: string; readonly field: string }
  | { readonly code: "field-escape"; readonly source: string; readonly field: string }
  | { readonly code: "fields-swapped"; readonly source: string; readonly fields: readonly string[] }
  | {
      readonly code: "field-length";
      readonly source: string;
      readonly field: string;
      readonly length: number;
      readonly expected: readonly number[];
    }
  | { readonly code: "form-unfit"; readonly form: string }
  | {
      readonly code: "field-character";
      readonly source: string;
      readonly field: string;
      readonly positions: readonly number[];
    }
  /** Not of the characters, or without the beginning, that every such part has. */
  | { readonly code: "field-shape"; readonly source: string; readonly field: string }
  | {
      readonly code: "field-last-character";
      readonly source: string;
      readonly field: string;
      readonly allowed: string;
    }
  | { readonly code: "payload-too-long"; readonly length: number; readonly limit: number }
  | { readonly code: "day-out-of-range"; readonly first: string; readonly last: string }
  | { readonly code: "day-unknown" }
  // a payload that comes back
  | { readonly code: "payload-malformed"; readonly fault: PayloadFault; readonly offset: number }
  | { readonly code: "version-zero" }
  | { readonly code: "version-newer"; readonly version: number }
  | { readonly code: "kind-unknown"; readonly kind: number }
  | { readonly code: "provider-newer"; readonly number: number }
  | { readonly code: "sheets-differ"; readonly sheets: readonly SheetName[] }
  | { readonly code: "carriers-missing" }
  /** Stands behind the last one that is said where there are very many of a kind. */
  | { readonly code: "problems-more"; readonly of: Problem["code"]; readonly count: number }
  // a seal
  | { readonly code: "passphrase-malformed"; readonly fault: PassphraseFault }
  /** Of one for a new sheet; positions, from 1, of what nobody sees and of white space around it. */
  | {
      readonly code: "passphrase-unseen";
      readonly invisible: readonly number[];
      readonly outerSpaces: readonly number[];
    }
  | { readonly code: "passphrase-wrong" }
  | { readonly code: "passphrase-unconfirmed" }
  | { readonly code: "sealed-content" }
  | { readonly code: "kdf-cost"; readonly cost: number; readonly memoryBytes: number }
  | { readonly code: "kdf-memory"; readonly cost: number; readonly memoryBytes: number }
  // shares
  | {
      readonly code: "shares-missing";
      readonly set: string;
      readonly threshold: number;
      readonly count: number;
      readonly shares: readonly ShareName[];
      /** Some of these numbers are needed. */
      readonly missing: readonly number[];
    }
  | {
      readonly code: "shares-of-several-sets";
      readonly sets: readonly { readonly set: string; readonly shares: readonly ShareName[] }[];
    }
  | { readonly code: "shares-disagree"; readonly shares: readonly ShareName[] }
  | {
      readonly code: "share-foreign";
      readonly strangers: readonly ShareName[];
      readonly members: readonly ShareName[];
    }
  | { readonly code: "share-content" }
  // what a program gives to the library
  /** `what` is the name of a value, `expected` how it has to be. */
  | { readonly code: "value-malformed"; readonly what: string; readonly expected: string }
  | { readonly code: "provider-unknown"; readonly known: readonly string[] }
  | { readonly code: "cost-unfit"; readonly first: number; readonly last: number }
  | { readonly code: "shares-unfit"; readonly limit: number }
  | { readonly code: "random-unfit"; readonly fault: RandomFault }
  // words
  | { readonly code: "words-missing"; readonly source: string }
  | {
      readonly code: "words-count";
      readonly source: string;
      readonly count: number;
      readonly nearest: readonly number[];
    }
  | {
      readonly code: "words-damaged";
      readonly source: string;
      readonly count: number;
      /** Spare words that a sheet of so many words has, at each level. */
      readonly spares: readonly number[];
      readonly unreadable: readonly number[];
    }
  | {
      readonly code: "words-of-another-list";
      readonly source: string;
      readonly list: string;
      readonly otherLists: readonly string[];
      readonly positions: readonly number[];
    }
  | { readonly code: "words-ambiguous"; readonly source: string }
  /** On a photograph; `letterPx` as of a `WordsCarrier`. */
  | { readonly code: "words-unclear"; readonly source: string; readonly letterPx: number | null }
  // codes
  | { readonly code: "code-missing"; readonly source: string; readonly sight?: Sight }
  /** Of a code some blocks were read, and nothing else of its sheet. */
  | {
      readonly code: "code-torn";
      readonly source: string;
      readonly read: number;
      readonly count: number;
      /** Words were read too, and with them it is still too little. */
      readonly isWithWords: boolean;
    }
  | { readonly code: "code-foreign"; readonly source: string }
  | { readonly code: "code-of-key"; readonly source: string }
  | { readonly code: "code-version-newer"; readonly source: string; readonly version: number }
  | { readonly code: "code-malformed"; readonly source: string; readonly group: number }
  | { readonly code: "code-check"; readonly source: string }
  | {
      readonly code: "code-pieces-missing";
      readonly source: string;
      readonly missing: readonly number[];
      readonly total: number;
    }
  | { readonly code: "code-pieces-mixed"; readonly source: string }
  | { readonly code: "codes-disagree"; readonly source: string }
  // files that are read
  | { readonly code: "file-missing"; readonly source: string }
  | { readonly code: "file-unreadable"; readonly source: string; readonly reason: string }
  | { readonly code: "file-empty"; readonly source: string }
  | { readonly code: "file-too-large"; readonly source: string; readonly limitBytes: number }
  | { readonly code: "file-unknown-type"; readonly source: string }
  | { readonly code: "file-not-utf8"; readonly source: string; readonly line: number }
  | { readonly code: "image-damaged"; readonly source: string }
  /** Of a picture that ends too early, what is there of it was read. */
  | { readonly code: "picture-cut"; readonly source: string }
  /** From end to end of one brightness. */
  | { readonly code: "picture-blank"; readonly source: string }
  /** `what` ends "a TIFF ". */
  | { readonly code: "tiff-unread"; readonly source: string; readonly what: string }
  | {
      readonly code: "image-too-large";
      readonly source: string;
      readonly form: PictureForm;
      readonly limitPixels: number;
    }
  | {
      readonly code: "picture-pages";
      readonly source: string;
      readonly pages: number;
      readonly limit: number;
    }
  | { readonly code: "pdf-damaged"; readonly source: string }
  | { readonly code: "pdf-locked"; readonly source: string }
  | {
      readonly code: "pdf-pages";
      readonly source: string;
      readonly pages: number;
      readonly limit: number;
    }
  | { readonly code: "files-many"; readonly limit: number }
  | { readonly code: "folder-empty"; readonly source: string }
  | { readonly code: "folder-skipped"; readonly source: string; readonly count: number }
  | { readonly code: "reading-time"; readonly source: string; readonly limitSeconds: number }
  | { readonly code: "reading-memory"; readonly source: string; readonly limitMb: number }
  // files that are written
  | { readonly code: "output-exists"; readonly path: string }
  | { readonly code: "output-folder-missing"; readonly path: string }
  | { readonly code: "output-unwritable"; readonly path: string; readonly reason: string }
  | { readonly code: "disk-full"; readonly path: string }
  | { readonly code: "folder-gone" }
  | { readonly code: "part-left"; readonly paths: readonly string[] }
  /** Of a killed process: not whole, or of a set that is not. */
  | { readonly code: "output-unfinished"; readonly paths: readonly string[] }
  // the sheet
  | { readonly code: "label-too-long"; readonly overflowMm: number }
  | { readonly code: "label-character"; readonly characters: readonly string[] }
  | { readonly code: "layout-overflow"; readonly panel: string; readonly overflowMm: number }
  | {
      readonly code: "layout-limit";
      readonly template: string;
      readonly rows: number;
      readonly rowsLimit: number;
      readonly modules: number;
      readonly modulesLimit: number;
    }
  | { readonly code: "layout-pages"; readonly pages: number; readonly limit: number }
  /** Without words, or of so many codes. */
  | {
      readonly code: "layout-unsuited";
      readonly template: string;
      readonly codes: number;
      readonly isWithWords: boolean;
    }
  // its template
  | { readonly code: "template-unknown"; readonly names: readonly string[] }
  | {
      readonly code: "template-json";
      readonly source: string;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly code: "template-malformed";
      readonly source: string;
      readonly place: string;
      readonly expected: string;
    }
  | { readonly code: "font-missing"; readonly source: string; readonly file: string }
  | { readonly code: "font-malformed"; readonly fonts: readonly string[] }
  // the proof
  | { readonly code: "proof-failed"; readonly carrier: "words" | "code"; readonly reader: string }
  // the command line
  | { readonly code: "command-unknown"; readonly near: string | null }
  | { readonly code: "topic-unknown"; readonly topics: readonly string[] }
  | { readonly code: "shell-unknown"; readonly shells: readonly string[] }
  /** `near`: the one that was meant, as far as can be told. */
  | {
      readonly code: "option-unknown";
      readonly command: string;
      readonly option: string;
      readonly near: string | null;
    }
  | {
      readonly code: "option-value";
      readonly command: string;
      readonly option: string;
      readonly expected: string;
    }
  | {
      readonly code: "option-missing";
      readonly command: string;
      readonly option: string;
      readonly why: string;
    }
  | { readonly code: "options-conflict"; readonly options: readonly string[] }
  | { readonly code: "options-exclude"; readonly options: readonly string[] }
  | { readonly code: "argument-extra"; readonly command: string; readonly position: number }
  | {
      readonly code: "argument-secret";
      readonly position: number;
      readonly kind: "key" | "words" | "code";
    }
  | { readonly code: "terminal-missing"; readonly option: string }
  | { readonly code: "interrupted" }
  /** The input ended at a question: `asked` is what for. */
  | { readonly code: "answer-missing"; readonly asked: string }
  /** Whether so many pages are wanted was answered with no. */
  | { readonly code: "pages-declined"; readonly pages: number }
  | { readonly code: "bug"; readonly place: string };

export type ProblemCode = Problem["code"];

/** Problems of what a newer program made, which is not damaged. */
export const NEWER: ReadonlySet<ProblemCode> = new Set([
  "version-newer",
  "kind-unknown",
  "provider-newer",
]);

/** Thrown with every problem that was found; carries no text of its own and no cause. */
export class Refusal extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map((problem) => problem.code).join(", "));
    this.name = "Refusal";
    this.problems = problems;
  }
}
