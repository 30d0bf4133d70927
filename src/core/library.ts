/** The functions of core as the library gives them: each looks at what it is given (`given-values.ts`). */
import * as backups from "./backup.js";
import {
  aFlag,
  aFunction,
  anObject,
  anything,
  asRefusal,
  aText,
  bytes,
  carrier,
  type Check,
  derivationCost,
  field,
  fieldsOf,
  held,
  heldPromise,
  integer,
  listOf,
  malformedValue,
  nullOr,
  oneOf,
  optional,
  provider,
  record,
  shareCounts,
} from "./given-values.js";
import { markOf as markOfPayload } from "./payload/mark.js";
import * as payloads from "./payload/payload.js";
import { Refusal } from "./problem.js";
import * as codes from "./qr/qr-text.js";
import * as carriers from "./restore/read-carriers.js";
import * as days from "./record/day.js";
import * as keyFiles from "./record/key-file.js";
import * as records from "./record/key-record.js";
import { type Need, Restoration as CoreRestoration } from "./restore/restoration.js";
import * as restoring from "./restore/restore.js";
import { sheetFacts } from "./restore/sheet-facts.js";
import * as verifying from "./restore/verify.js";
import * as kdf from "./seal/kdf.js";
import { layoutSheet as layout } from "./sheet/layout.js";
import { parseTemplate as templateOf } from "./sheet/parse-template.js";
import * as typed from "./words/parse-words.js";
import { drawPassphrase as draw } from "./passphrase/passphrase.js";
import { completeWord as complete } from "./words/complete-word.js";
import * as lists from "./words/word-lists.js";
import * as words from "./words/words.js";

const { LISTS } = lists;
const level = oneOf(...words.LEVELS);
/** One of the rows: by another name or script than its own the words of a number would be others. */
export const list: Check = (value, what) => {
  anObject(value, what);
  const given = value as Readonly<Record<string, unknown>>;
  const row = LISTS.find(({ number }) => number === given.number);
  if (row?.name === given.name && row?.script === given.script) return;
  throw malformedValue(what, "one of LISTS");
};
const readOptions = optional(fieldsOf({ wordsLimit: optional(integer(0, 2 ** 40)) }));
const keyFileOptions = optional(
  fieldsOf({
    provider: optional(provider),
    keptAs: optional(nullOr(aText)),
    fileName: optional(nullOr(aText)),
  }),
);
const costLimit = optional(integer(0, 22));
const protection = fieldsOf({
  level: nullOr(level),
  list: optional(list),
  seal: optional(nullOr(fieldsOf({ passphrase: aText, costLimit, kdf: aFunction }))),
  split: optional(nullOr(shareCounts)),
  random: aFunction,
});

export const portableKdf = heldPromise(
  "portableKdf",
  kdf.portableKdf,
  bytes,
  bytes,
  derivationCost,
);
export const backup = held("backup", backups.backup, record, nullOr(level), optional(list));
export const backupSheets = heldPromise("backupSheets", backups.backupSheets, record, protection);
export const sheetOf = held("sheetOf", backups.sheetOf, anObject, anObject);
export const markOf = held("markOf", markOfPayload, anObject);
export const encodePayload = held("encodePayload", payloads.encodePayload, record);
export const decodePayload = held("decodePayload", payloads.decodePayload, bytes);
export const encodeQrText = held(
  "encodeQrText",
  codes.encodeQrText,
  bytes,
  optional(integer(1, 99)),
);
export const readQrTexts = held(
  "readQrTexts",
  codes.readQrTexts,
  listOf(fieldsOf({ source: aText, text: aText })),
);
export const formatDay = held("formatDay", days.formatDay);
/**
 * As core's, and refused where that gives null: a day that there is not, as 30 February.
 *
 * @throws Refusal day-unknown, day-out-of-range
 */
export const parseDay = held(
  "parseDay",
  (text: string): number => {
    const day = days.parseDay(text);
    if (day !== null) return day;
    throw new Refusal({ code: "day-unknown" });
  },
  aText,
);
export const parseKeyFile = held(
  "parseKeyFile",
  keyFiles.parseKeyFile,
  aText,
  aText,
  keyFileOptions,
);
export const formatKeyFile = held(
  "formatKeyFile",
  keyFiles.formatKeyFile,
  record,
  oneOf(...keyFiles.KEY_FORMS),
);
export const makeField = held("makeField", records.makeField, aText, aText, aFlag);
export const fieldText = held("fieldText", records.fieldText, field);
const fieldsOfKey = fieldsOf({ fields: listOf(field) });
export const compareFields = held("compareFields", records.compareFields, fieldsOfKey, fieldsOfKey);
/** Whether a key that was confirmed is the one that somebody has. */
export const verify = held(
  "verify",
  verifying.verify,
  fieldsOf({ status: oneOf("confirmed"), record }),
  fieldsOf({ provider, fields: listOf(field) }),
);
export const readCarriers = held(
  "readCarriers",
  (given: readonly carriers.Carrier[], options?: carriers.ReadOptions) =>
    carriers.readCarriers(given.map(asRead), options),
  listOf(carrier),
  readOptions,
);
export const unseal = heldPromise(
  "unseal",
  restoring.unseal,
  fieldsOf({
    content: fieldsOf({ cost: integer(14, 22), salt: bytes, ciphertext: bytes, tag: bytes }),
  }),
  aText,
  aFunction,
  optional(fieldsOf({ onTry: optional(aFunction), costLimit })),
);
export const layoutSheet = held(
  "layoutSheet",
  layout,
  anObject,
  anObject,
  oneOf("a4", "letter"),
  anObject,
);
export const parseTemplate = held("parseTemplate", templateOf, anything, aText);
export const parseLines = held("parseLines", typed.parseLines, aText);
export const parseWords = held("parseWords", typed.parseWords, aText);
export const drawPassphrase = held("drawPassphrase", draw, list, integer(1, 2048), aFunction);
export const listWords = held("listWords", lists.listWords, list);
export const wordAt = held("wordAt", lists.wordAt, list, integer(0, 2047));
export const findWord = held("findWord", lists.findWord, list, aText);
export const completeWord = held("completeWord", complete, list, aText);
export const wordsShape = held("wordsShape", words.wordsShape, integer(1, 2 ** 20), level);
export const encodeWords = held("encodeWords", words.encodeWords, bytes, integer(0, 15), level);
export const decodeWords = held(
  "decodeWords",
  words.decodeWords,
  listOf(nullOr(integer(0, 2047))),
  integer(0, 15),
);

/** What is given here is checked here: nobody's word is taken for what was repaired before. */
function asRead(given: carriers.Carrier): carriers.Carrier {
  if (given.kind !== "words") return given;
  const { kind, source, lines, photo } = given;
  return { kind, source, lines, ...(photo === undefined ? {} : { photo }) };
}

const checkCarriers = held("restore", () => undefined, listOf(carrier), readOptions) as (
  ...given: readonly unknown[]
) => void;

/** What every carrier is a sheet of, and what it is, without its secret; and what could not be read. */
export const inspect = held(
  "inspect",
  (given: readonly carriers.Carrier[], options?: carriers.ReadOptions) => {
    const { sheets, problems } = carriers.readCarriers(given.map(asRead), options);
    return { sheets: sheets.map(sheetFacts), problems };
  },
  listOf(carrier),
  readOptions,
);

/** `restore` of core, which never throws, whatever it is given: that is `refused` like anything else. */
export const restore: typeof restoring.restore = (given, options) => {
  try {
    checkCarriers(given, options);
    return restoring.restore(given.map(asRead), options);
  } catch (error) {
    return refusedFor(error, "restore");
  }
};

function refusedFor(error: unknown, what: string): restoring.Refused {
  const refusal = asRefusal(error, what);
  if (refusal instanceof Refusal) return { status: "refused", problems: refusal.problems };
  return {
    status: "refused",
    problems: [{ code: "value-malformed", what, expected: "what its type says" }],
  };
}

/**
 * What is read bit by bit, as by a camera or a person who types, until it is enough: the same as `restore`
 * of all of it. Gives a key as `confirmed` alone; words are repaired where this runs, which may take seconds.
 */
export class Restoration {
  readonly #inner = new CoreRestoration();

  get isEmpty(): boolean {
    return this.#inner.isEmpty;
  }

  /** @throws Refusal value-malformed, with nothing added */
  add(given: readonly carriers.Carrier[]): this {
    const check = held("Restoration.add", () => given.map(asRead), listOf(carrier)) as (
      given: unknown,
    ) => readonly carriers.Carrier[];
    this.#inner.add(check(given));
    return this;
  }

  /** What is missing yet. */
  async needs(): Promise<Need> {
    try {
      return await this.#inner.needs();
    } catch {
      return { kind: "carriers" };
    }
  }

  /** Never rejected. */
  async result(): Promise<restoring.Confirmed | restoring.Sealed | restoring.Refused> {
    try {
      return await this.#inner.result();
    } catch (error) {
      return refusedFor(error, "Restoration.result");
    }
  }
}
