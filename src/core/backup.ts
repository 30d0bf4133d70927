/**
 * Forward: a record to its payload, sealed or split where that is asked for, to words and a code, and
 * those to a sheet.
 *
 * The mirror of `restore.ts`; the same record and the same random bytes give the same sheets.
 */
import { UNPLACED_ORIGIN } from "./origin.js";
import { markOf } from "./payload/mark.js";
import { decodePayload, encodePayload, FORMAT_VERSION, type Payload } from "./payload/payload.js";
import { payloadCodes } from "./qr/matrix.js";
import type { CorrectionLevel } from "./qr/module-matrix.js";
import { formatDay } from "./record/day.js";
import type { KeyRecord } from "./record/key-record.js";
import { providerTitle } from "./record/providers.js";
import { BLIND_BYTES, SET_ID_BYTES } from "./payload/v1/share.js";
import { SALT_BYTES } from "./payload/v1/sealed.js";
import type { Kdf } from "./seal/kdf.js";
import { checkNewCost, checkNewPassphrase, seal } from "./seal/seal.js";
import { coefficientCount, nameOfSet, type ShareSet, splitPayload } from "./shares/split.js";
import type { Protection, Sheet, SheetRow } from "./sheet/sheet.js";
import { judgedSource, type RandomSource } from "./random-source.js";
import { WORDS_A_ROW } from "./words/row.js";
import { ENGLISH, type ListRow, listWords } from "./words/word-lists.js";
import { encodeWords, type Level, rowLetters, type WordsShape, wordsShape } from "./words/words.js";

/** All that one sheet carries. */
export interface Backup {
  readonly record: KeyRecord;
  readonly payload: Payload;
  readonly mark: string | null;
  readonly protection: Protection;
  readonly list: ListRow;
  /** Null for a sheet of codes alone. */
  readonly shape: WordsShape | null;
  readonly wordIndices: Uint16Array;
}

export interface SealRequest {
  /** Without control and invisible characters, and without white space around; see `checkNewPassphrase`. */
  readonly passphrase: string;
  /** 14 to 20; see `seal`. */
  readonly cost: number;
  /** Up to 22 where a sheet may cost more than a small machine has; 20 where nothing is said. */
  readonly costLimit?: number;
  readonly kdf: Kdf;
}

/** What sheets carry beside their codes. */
export interface Carried {
  readonly list?: ListRow;
  /** Null: codes alone, as for a payload that is too long for words. */
  readonly level: Level | null;
}

export interface ProtectOptions extends Carried {
  readonly seal?: SealRequest | null;
  /** So many shares, 2 to 16, and how many of them are needed. */
  readonly split?: Pick<ShareSet, "threshold" | "count"> | null;
  /** For the salt of a seal, and for a set's id, its blind and its coefficients. */
  readonly random: RandomSource;
}

/** A record as it is: whoever has its sheet has the key. Level null: codes alone. */
export function backup(record: KeyRecord, level: Level | null, list: ListRow = ENGLISH): Backup {
  return carry(record, encodePayload(record), { level, list, protection: { kind: "plain" } });
}

/** A key as its sheets will carry it: sealed and split, whatever words they will have. */
export interface ProtectedKey {
  readonly record: KeyRecord;
  /** One, or one for each share. */
  readonly parts: readonly { readonly payload: Payload; readonly protection: Protection }[];
}

/**
 * Takes the salt of a seal, and what shares are made of, from `random`: once for a key, however its
 * sheets are printed then.
 *
 * @throws Refusal passphrase-malformed, passphrase-unseen, cost-unfit, random-unfit, payload-too-long
 */
export async function protectKey(
  record: KeyRecord,
  { seal: request = null, split = null, random }: Omit<ProtectOptions, keyof Carried>,
): Promise<ProtectedKey> {
  if (request !== null) {
    checkNewPassphrase(request.passphrase);
    checkNewCost(request.cost, request.costLimit);
  }
  const drawn = judgedSource(random);
  const plain = encodePayload(record);
  const options = request === null ? null : { ...request, salt: drawn(SALT_BYTES) };
  const inner = options === null ? plain : await seal(plain, options.passphrase, options);
  const isSealed = options !== null;
  if (split === null) {
    const protection: Protection = { kind: isSealed ? "sealed" : "plain" };
    return { record, parts: [{ payload: inner, protection }] };
  }
  const set = { ...split, setId: drawn(SET_ID_BYTES) };
  const coefficients = drawn(coefficientCount(inner.length, split.threshold));
  const shares = splitPayload(inner, { ...set, blind: drawn(BLIND_BYTES), coefficients });
  const marks = shares.map((share) => markOf(decodePayload(share)) ?? "");
  const { threshold, count } = split;
  const parts = shares.map((payload, index) => {
    const numbered = { set: nameOfSet(set), number: index + 1, threshold, count, marks };
    return { payload, protection: { kind: "share", isSealed, ...numbered } as const };
  });
  return { record, parts };
}

/** The sheets of a key that is sealed and split already. */
export function carryKey(
  { record, parts }: ProtectedKey,
  { level, list = ENGLISH }: Carried,
): readonly Backup[] {
  return parts.map(({ payload, protection }) =>
    carry(record, payload, { level, list, protection }),
  );
}

/** The sheets of a record, sealed, split, both or neither. Throws what `protectKey` throws. */
export async function backupSheets(
  record: KeyRecord,
  { level, list = ENGLISH, ...protection }: ProtectOptions,
): Promise<readonly Backup[]> {
  return carryKey(await protectKey(record, protection), { level, list });
}

function carry(
  record: KeyRecord,
  payload: Payload,
  { level, list, protection }: { level: Level | null; list: ListRow; protection: Protection },
): Backup {
  const shape = level === null ? null : wordsShape(payload.length, level);
  const indices = level === null ? null : encodeWords(payload, list.number, level);
  const mark = markOf(decodePayload(payload));
  return {
    record,
    payload,
    mark,
    protection,
    list,
    shape,
    wordIndices: indices ?? new Uint16Array(),
  };
}

export interface SheetOptions {
  readonly label: string | null;
  readonly copy: Sheet["copy"];
  readonly isDiscreet?: boolean;
  /** What a provider that is not in the table is called; null: as the record says. */
  readonly title?: string | null;
  /** Of the code: Q on a page, M on a card (FORMAT.md, "QR text"). */
  readonly correction?: CorrectionLevel;
  /** Where the program comes from (`originOf`). */
  readonly origin?: string;
}

export function sheetOf(
  made: Backup,
  {
    label,
    copy,
    isDiscreet = false,
    title = null,
    correction = "Q",
    origin = UNPLACED_ORIGIN,
  }: SheetOptions,
): Sheet {
  return {
    label,
    provider: title ?? providerTitle(made.record.provider),
    day: formatDay(made.record.day),
    mark: made.mark,
    protection: made.protection,
    copy,
    rows: rowsOf(made.wordIndices, made.list),
    list: made.list,
    promise: made.shape === null ? null : promiseOf(made.shape),
    codes: payloadCodes(made.payload, correction),
    formatVersion: FORMAT_VERSION,
    origin,
    isDiscreet,
  };
}

function promiseOf({ count, spare }: WordsShape): Sheet["promise"] {
  return { words: count, unreadable: spare, wrong: spare / 2, rows: spare / WORDS_A_ROW };
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
