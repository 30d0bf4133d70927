/**
 * keysheet's codec: a key to a sheet's words, code and boxes, and back. Neither Node nor a browser is asked for
 * anything, so that it runs in both; `index.ts` adds what Node has.
 *
 * Functions return what their names say or throw `Refusal` with every problem, also of a value that is
 * not of its type; `restore` and `Restoration` never throw over what was read, and give a key only as
 * `confirmed`.
 */
import { held, fieldsOf, aText, listOf } from "./core/given-values.js";
import { describedProblems } from "./wording/described-problems.js";
import { formatProblems as format } from "./wording/messages.js";

const problems = listOf(fieldsOf({ code: aText }));

/** Problems as lines for people: the fact, and the next step below it. */
export const formatProblems = held("formatProblems", format, problems);
/** Problems as data: each with its facts, and with the `fact` and the `next` step that people read. */
export const describeProblems = held("describeProblems", describedProblems, problems);

export type { Backup, ProtectOptions, SealRequest, SheetOptions } from "./core/backup.js";
export {
  backup,
  backupSheets,
  compareFields,
  completeWord,
  decodePayload,
  decodeWords,
  drawPassphrase,
  encodePayload,
  encodeQrText,
  encodeWords,
  fieldText,
  findWord,
  formatDay,
  formatKeyFile,
  inspect,
  layoutSheet,
  listWords,
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
  Restoration,
  restore,
  sheetOf,
  unseal,
  verify,
  wordAt,
  wordsShape,
} from "./core/library.js";
export { type DecodedPayload, FORMAT_VERSION, type Payload } from "./core/payload/payload.js";
export { type PayloadFault, type Problem, type ProblemCode, Refusal } from "./core/problem.js";
export type { RandomSource } from "./core/random-source.js";
export type { Carrier, CarrierReport, ReadOptions } from "./core/restore/read-carriers.js";
export type { KeyForm, ParsedKey } from "./core/record/key-file.js";
export type { Field, FieldComparison, KeyRecord } from "./core/record/key-record.js";
export { type ProviderId, PROVIDERS } from "./core/record/providers.js";
export { Secret } from "./core/record/secret.js";
export type { Need } from "./core/restore/restoration.js";
export type { Confirmed, Refused, Sealed, UnsealOptions } from "./core/restore/restore.js";
export type { FieldFacts, SheetFacts } from "./core/restore/sheet-facts.js";
export type { KeyWithoutDay, Verified } from "./core/restore/verify.js";
export type { Kdf } from "./core/seal/kdf.js";
export type { Page } from "./core/sheet/boxes.js";
export type { Protection, Sheet } from "./core/sheet/sheet.js";
export type { Paper, Template } from "./core/sheet/template.js";
export type { TypedLine } from "./core/words/parse-words.js";
export type { MendedHow, MendedWord, Slip } from "./core/words/repair/slips.js";
export { type ListRow, LISTS } from "./core/words/word-lists.js";
export type { Level } from "./core/words/words.js";
