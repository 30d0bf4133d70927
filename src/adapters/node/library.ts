/** What of the library needs Node: sheets printed, proved and made; each function looks at what it is given. */
import {
  type Backup,
  carryKey,
  protectKey,
  type ProtectOptions,
  type SealRequest,
} from "../../core/backup.js";
import {
  aFlag,
  aFunction,
  anObject,
  aText,
  bytes,
  type Check,
  derivationCost,
  fieldsOf,
  heldPromise,
  integer,
  listOf,
  malformedValue,
  nullOr,
  oneOf,
  optional,
  record,
  shareCounts,
} from "../../core/given-values.js";
import { list } from "../../core/library.js";
import type { KeyRecord } from "../../core/record/key-record.js";
import { COST_DEFAULT } from "../../core/seal/seal.js";
import type { Paper } from "../../core/sheet/template.js";
import { type Level, LEVELS } from "../../core/words/words.js";
import type { ProvedFile } from "../../media/proved-file.js";
import { type PrintedSheet, type ProofOptions, proveSheets } from "./proof.js";
import { nodeKdf as derive } from "./scrypt-node.js";
import {
  type LoadedTemplate,
  loadTemplate as load,
  openTemplate as open,
  TEMPLATE_NAMES,
  type TemplateName,
} from "./templates.js";

export interface PrintSheetsOptions {
  /** "standard" where nothing is said; one of a user's own by `openTemplate`. */
  readonly template?: TemplateName | LoadedTemplate;
  /** "a4" where nothing is said. */
  readonly paper?: Paper;
  /** What the key is called, printed on the outside. */
  readonly label?: string | null;
  /** So many numbered copies, 1 to 10, in one PDF. */
  readonly copies?: number;
  /** Without a word of what the sheet is for. */
  readonly isDiscreet?: boolean;
  /** How to restore it without keysheet, behind the last sheet. */
  readonly isWithManual?: boolean;
}

/** `cost` is 17, and `kdf` is Node's, where nothing is said. */
export type NewSeal = Pick<SealRequest, "passphrase" | "costLimit"> &
  Partial<Pick<SealRequest, "cost" | "kdf">>;

export interface MakeSheetOptions extends PrintSheetsOptions {
  /** Spare words: "standard" where nothing is said; null is a sheet of codes alone. */
  readonly level?: Level | null;
  readonly list?: ProtectOptions["list"];
  readonly seal?: NewSeal | null;
  readonly split?: ProtectOptions["split"];
  /** Fresh random bytes; the platform's where nothing is said. */
  readonly random?: ProtectOptions["random"];
  /** Hears how much of the proof is done, from 0 to 1. */
  readonly onPart?: (part: number) => void;
}

export interface ProveOptions {
  readonly copies?: number;
  /** What the sheets were sealed with. */
  readonly seal?: ProofOptions["seal"];
  readonly onPart?: (part: number) => void;
}

/** A PDF that was read back: each reader alone gave exactly the key. */
export interface ProvedSheet {
  readonly file: ProvedFile;
  readonly made: Backup;
}

/** One at least. */
export type Some<T> = readonly [T, ...(readonly T[])];

const COPIES_LIMIT = 10;

const template: Check = (value, what) => {
  if (typeof value === "string") {
    oneOf(...TEMPLATE_NAMES)(value, what);
    return;
  }
  fieldsOf({ template: anObject, fonts: aMap, kernings: aMap })(value, what);
};

function aMap(value: unknown, what: string): void {
  if (!(value instanceof Map)) throw malformedValue(what, "what loadTemplate gives");
}

const printing = {
  template: optional(template),
  paper: optional(oneOf("a4", "letter")),
  label: optional(nullOr(aText)),
  copies: optional(integer(1, COPIES_LIMIT)),
  isDiscreet: optional(aFlag),
  isWithManual: optional(aFlag),
};
const made = fieldsOf({
  record,
  payload: bytes,
  mark: nullOr(aText),
  protection: fieldsOf({ kind: oneOf("plain", "sealed", "share") }),
  list,
  shape: nullOr(anObject),
});
const openedBy = fieldsOf({ passphrase: aText, kdf: aFunction });
const newSeal = fieldsOf({ passphrase: aText, kdf: optional(aFunction) });

const platformRandom = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** scrypt by the platform's own library. */
export const nodeKdf = heldPromise("nodeKdf", derive, bytes, bytes, derivationCost);

export const loadTemplate = heldPromise("loadTemplate", load, oneOf(...TEMPLATE_NAMES));
export const openTemplate = heldPromise("openTemplate", open, bytes, aText, optional(aMap));

async function print(
  sheets: readonly Backup[],
  { template: named = "standard", ...options }: PrintSheetsOptions = {},
): Promise<Some<PrintedSheet>> {
  const { printAll } = await import("./print-sheets.js");
  const loaded = typeof named === "string" ? await load(named) : named;
  const { paper = "a4", copies = 1, isDiscreet = false, isWithManual = false } = options;
  const label = options.label?.trim() ?? "";
  const { printed } = await printAll(sheets, loaded, {
    paper,
    copies,
    isDiscreet,
    isWithManual,
    label: label === "" ? null : label,
  });
  return printed as unknown as Some<PrintedSheet>;
}

/** PDFs of sheets that `backup` or `backupSheets` made; nobody should have one before `prove` took it. */
export const printSheets = heldPromise(
  "printSheets",
  print,
  someOf(made),
  optional(fieldsOf(printing)),
);

async function proveAll(
  printed: readonly PrintedSheet[],
  { copies = 1, seal = null, ...options }: ProveOptions = {},
): Promise<Some<ProvedSheet>> {
  checkSet(printed);
  const files = await proveSheets(printed, { copyCount: copies, seal, ...options });
  const proved = files.map((file, index) => ({
    file,
    made: (printed[index] as PrintedSheet).made,
  }));
  return proved as unknown as Some<ProvedSheet>;
}

/** Of shares every threshold is joined: all of one set have to be there, and of others there is one. */
function checkSet(printed: readonly PrintedSheet[]): void {
  const { protection } = (printed[0] as PrintedSheet).made;
  const count = protection.kind === "share" ? protection.count : 1;
  if (printed.length === count) return;
  throw malformedValue("argument 1 of prove", "one sheet, or all shares of a set");
}

/**
 * The PDFs of one key, read back by two readers of codes and from the words: each alone must give the sheet
 * that is expected, and of shares every threshold its record.
 *
 * @throws Refusal proof-failed, pdf-damaged, pdf-locked, pdf-pages
 */
export const prove = heldPromise(
  "prove",
  proveAll,
  someOf(fieldsOf({ pdf: bytes, made })),
  optional(
    fieldsOf({
      copies: optional(integer(1, COPIES_LIMIT)),
      seal: optional(nullOr(openedBy)),
      onPart: optional(aFunction),
    }),
  ),
);

async function make(
  key: KeyRecord,
  { level = "standard", seal = null, split = null, ...options }: MakeSheetOptions = {},
): Promise<Some<ProvedSheet>> {
  const request = seal === null ? null : { cost: COST_DEFAULT, kdf: derive, ...seal };
  const { random = platformRandom, list: words, onPart } = options;
  const held = await protectKey(key, { seal: request, split, random });
  const carried = carryKey(held, words === undefined ? { level } : { level, list: words });
  const { copies = 1 } = options;
  const printed = await print(carried, options);
  const told = onPart === undefined ? {} : { onPart };
  return proveAll(printed, { copies, seal: request, ...told });
}

/**
 * A key to a proved sheet, or to all shares of a set.
 *
 * @throws Refusal what `backupSheets` and `prove` refuse, and of the page: label-too-long, label-character,
 * layout-overflow, layout-limit, layout-pages, layout-unsuited, font-malformed
 */
export const makeSheet = heldPromise(
  "makeSheet",
  make,
  record,
  optional(
    fieldsOf({
      ...printing,
      level: optional(nullOr(oneOf(...LEVELS))),
      list: optional(list),
      seal: optional(nullOr(newSeal)),
      split: optional(nullOr(shareCounts)),
      random: optional(aFunction),
      onPart: optional(aFunction),
    }),
  ),
);

function someOf(check: Check): Check {
  return (value, what) => {
    listOf(check)(value, what);
    if ((value as readonly unknown[]).length === 0) throw malformedValue(what, "a list with one");
  };
}
