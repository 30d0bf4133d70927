/**
 * keysheet as a library: a key to a sheet's words, code and boxes, and back. Importing it runs
 * nothing, reads nothing and loads no heavy package.
 *
 * Functions return what their names say or throw `Refusal` with every problem, also of a value that is
 * not of its type; `restore` never throws, and gives a key only as `confirmed`.
 */
import { readSheetFile as readFileOfSheet } from "./adapters/node/sheet-file.js";
import { aText, anObject, bytes, heldPromise, optional } from "./core/given-values.js";

export type { OnWords, ReadFileOptions, SheetFile } from "./reading/pages.js";
export const readSheetFile = heldPromise(
  "readSheetFile",
  readFileOfSheet,
  bytes,
  aText,
  optional(anObject),
);
export type { Backup, ProtectOptions, SealRequest, SheetOptions } from "./core/backup.js";
export {
  backup,
  backupSheets,
  decodePayload,
  decodeWords,
  drawPassphrase,
  encodePayload,
  encodeQrText,
  encodeWords,
  fieldText,
  formatDay,
  formatKeyFile,
  layoutSheet,
  makeField,
  markOf,
  parseDay,
  parseKeyFile,
  parseLines,
  parseTemplate,
  parseWords,
  portableKdf,
  readCarriers,
  readQrTexts,
  restore,
  sheetOf,
  unseal,
  wordsShape,
} from "./core/library.js";
export { type DecodedPayload, FORMAT_VERSION, type Payload } from "./core/payload/payload.js";
export { type PayloadFault, type Problem, type ProblemCode, Refusal } from "./core/problem.js";
export type { RandomSource } from "./core/random-source.js";
export type { Carrier, CarrierReport, ReadOptions } from "./core/restore/read-carriers.js";
export type { KeyForm, ParsedKey } from "./core/record/key-file.js";
export type { Field, KeyRecord } from "./core/record/key-record.js";
export { type ProviderId, PROVIDERS } from "./core/record/providers.js";
export { Secret } from "./core/record/secret.js";
export type { Confirmed, Refused, Sealed, UnsealOptions } from "./core/restore/restore.js";
export type { Kdf } from "./core/seal/kdf.js";
export type { Page } from "./core/sheet/boxes.js";
export type { Protection, Sheet } from "./core/sheet/sheet.js";
export type { Paper, Template } from "./core/sheet/template.js";
export type { TypedLine } from "./core/words/parse-words.js";
export type { MendedHow, MendedWord, Slip } from "./core/words/repair/slips.js";
export { LISTS } from "./core/words/word-lists.js";
export type { Level } from "./core/words/words.js";
