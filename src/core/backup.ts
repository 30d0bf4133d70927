/**
 * Forward: a record to its payload, its words and its code, and those to a sheet.
 *
 * The mirror of `restore.ts`; the same record gives the same sheet.
 */
import { markOf } from "./payload/mark.js";
import { decodePayload, encodePayload, FORMAT_VERSION, type Payload } from "./payload/payload.js";
import { Refusal } from "./problem.js";
import { CODE_LIMIT_BYTES, codeModules } from "./qr/matrix.js";
import type { CorrectionLevel } from "./qr/module-matrix.js";
import { encodeQrText, type QrText } from "./qr/qr-text.js";
import { formatDay } from "./record/day.js";
import type { KeyRecord } from "./record/key-record.js";
import { providerTitle } from "./record/providers.js";
import type { Sheet, SheetRow } from "./sheet/sheet.js";
import { WORDS_A_ROW } from "./words/row.js";
import { ENGLISH, type ListRow, listWords } from "./words/word-lists.js";
import { encodeWords, type Level, rowLetters, type WordsShape, wordsShape } from "./words/words.js";

export interface Backup {
  readonly record: KeyRecord;
  readonly payload: Payload;
  readonly mark: string | null;
  readonly list: ListRow;
  readonly shape: WordsShape;
  readonly wordIndices: Uint16Array;
  readonly code: QrText;
}

export function backup(record: KeyRecord, level: Level, list: ListRow = ENGLISH): Backup {
  const payload = encodePayload(record);
  const shape = wordsShape(payload.length, level);
  const wordIndices = encodeWords(payload, list.number, level);
  const [code] = encodeQrText(payload);
  if (shape === null || wordIndices === null || code === undefined) throw tooLarge(payload, "Q");
  const mark = markOf(decodePayload(payload));
  return { record, payload, mark, list, shape, wordIndices, code };
}

export interface SheetOptions {
  readonly label: string | null;
  readonly copy: Sheet["copy"];
  readonly isDiscreet?: boolean;
  /** Of the code: Q on a page, M on a card (FORMAT.md, "QR text"). */
  readonly correction?: CorrectionLevel;
}

export function sheetOf(
  made: Backup,
  { label, copy, isDiscreet = false, correction = "Q" }: SheetOptions,
): Sheet {
  const code = codeModules(made.code, correction);
  if (code === null) throw tooLarge(made.payload, correction);
  const { count, spare } = made.shape;
  return {
    label,
    provider: providerTitle(made.record.provider),
    day: formatDay(made.record.day),
    mark: made.mark,
    copy,
    rows: rowsOf(made.wordIndices, made.list),
    list: made.list,
    promise: { words: count, unreadable: spare, wrong: spare / 2, rows: spare / WORDS_A_ROW },
    code,
    formatVersion: FORMAT_VERSION,
    isTrial: true,
    isDiscreet,
  };
}

function tooLarge({ length }: Payload, correction: CorrectionLevel): Refusal {
  const limitBytes = CODE_LIMIT_BYTES[correction];
  return new Refusal({ code: "sheet-too-large", lengthBytes: length, limitBytes });
}

function rowsOf(indices: Uint16Array, list: ListRow): readonly SheetRow[] {
  const words = listWords(list);
  return Array.from({ length: indices.length / WORDS_A_ROW }, (_, row) => {
    const inRow = indices.subarray(row * WORDS_A_ROW, (row + 1) * WORDS_A_ROW);
    return {
      number: row + 1,
      words: Array.from(inRow, (index) => words[index] as string),
      letters: rowLetters(row + 1, inRow),
    };
  });
}
