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
import * as restoring from "./restore/restore.js";
import * as kdf from "./seal/kdf.js";
import { layoutSheet as layout } from "./sheet/layout.js";
import { parseTemplate as templateOf } from "./sheet/parse-template.js";
import * as typed from "./words/parse-words.js";
import { drawPassphrase as draw } from "./passphrase/passphrase.js";
import { LISTS } from "./words/word-lists.js";
import * as words from "./words/words.js";

const level = oneOf(...words.LEVELS);
const list = fieldsOf({ number: oneOf(...LISTS.map(({ number }) => number)) });
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
  integer(14, 22),
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
/** As core's, and refused where that gives null: a day that there is not, as 30 February. */
export const parseDay = held(
  "parseDay",
  (text: string): number => {
    const day = days.parseDay(text);
    if (day !== null) return day;
    throw malformedValue("argument 1 of parseDay", "a day that there is, as YYYY-MM-DD");
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

/** `restore` of core, which never throws, whatever it is given: that is `refused` like anything else. */
export const restore: typeof restoring.restore = (given, options) => {
  try {
    checkCarriers(given, options);
    return restoring.restore(given.map(asRead), options);
  } catch (error) {
    const refusal = asRefusal(error, "restore");
    if (refusal instanceof Refusal) return { status: "refused", problems: refusal.problems };
    return {
      status: "refused",
      problems: [{ code: "value-malformed", what: "restore", expected: "what its type says" }],
    };
  }
};
