/**
 * keysheet as a library: a key to a sheet's words, code and boxes, and back. Importing it runs
 * nothing, reads nothing and loads no heavy package.
 *
 * Functions return what their names say or throw `Refusal` with every problem; `restore` never throws
 * for what it is given, and gives a key only as `confirmed`.
 */
export {
  type OnWords,
  readSheetFile,
  type ReadFileOptions,
  type SheetFile,
} from "./adapters/sheet-file.js";
export {
  type Backup,
  backup,
  backupSheets,
  type ProtectOptions,
  type SealRequest,
  sheetOf,
  type SheetOptions,
} from "./core/backup.js";
export { markOf } from "./core/payload/mark.js";
export {
  decodePayload,
  type DecodedPayload,
  encodePayload,
  FORMAT_VERSION,
  type Payload,
} from "./core/payload/payload.js";
export { type PayloadFault, type Problem, type ProblemCode, Refusal } from "./core/problem.js";
export { encodeQrText, readQrTexts } from "./core/qr/qr-text.js";
export { formatDay, parseDay } from "./core/record/day.js";
export {
  formatKeyFile,
  type KeyForm,
  type ParsedKey,
  parseKeyFile,
} from "./core/record/key-file.js";
export { type Field, fieldText, type KeyRecord, makeField } from "./core/record/key-record.js";
export { type ProviderId, PROVIDERS } from "./core/record/providers.js";
export { Secret } from "./core/record/secret.js";
export {
  type Carrier,
  type CarrierReport,
  readCarriers,
  type ReadOptions,
} from "./core/read-carriers.js";
export { type Confirmed, type Refused, restore, type Sealed, unseal } from "./core/restore.js";
export { type Kdf, portableKdf } from "./core/seal/kdf.js";
export type { Page } from "./core/sheet/boxes.js";
export { layoutSheet } from "./core/sheet/layout.js";
export type { Protection, Sheet } from "./core/sheet/sheet.js";
export { parseTemplate } from "./core/sheet/parse-template.js";
export type { Paper, Template } from "./core/sheet/template.js";
export { parseLines, parseWords, type TypedLine } from "./core/words/parse-words.js";
export type { MendedHow, MendedWord } from "./core/words/repair/mend-words.js";
export { drawPassphrase, type RandomSource } from "./core/words/passphrase.js";
export { LISTS } from "./core/words/word-lists.js";
export { decodeWords, encodeWords, type Level, wordsShape } from "./core/words/words.js";
