/** Whether the key of a sheet is the one that somebody still has. */
import { KEPT_NAME, keptFileOf } from "../record/forms/kept-file.js";
import { compareFields, type FieldComparison, type KeyRecord } from "../record/key-record.js";
import type { Confirmed } from "./restore.js";

/** A key without the day of a sheet. */
export type KeyWithoutDay = Pick<KeyRecord, "provider" | "fields">;

export interface Verified {
  /** Of the same provider, and the same field by field. */
  readonly isSame: boolean;
  readonly isSameProvider: boolean;
  readonly fields: readonly FieldComparison[];
}

export function verify({ record }: Pick<Confirmed, "record">, key: KeyWithoutDay): Verified {
  const areFiles = keptFileOf(record) !== null && keptFileOf(key) !== null;
  // A copy of a kept file may have another name.
  const fields = compareFields(record, key).filter(({ name }) => !areFiles || name !== KEPT_NAME);
  const isSameProvider = record.provider === key.provider;
  const isSame = isSameProvider && fields.every(({ result }) => result === "same");
  return { isSame, isSameProvider, fields };
}
