/** Whether the key of a sheet is the one that somebody still has. */
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
  const fields = compareFields(record, key);
  const isSameProvider = record.provider === key.provider;
  const isSame = isSameProvider && fields.every(({ result }) => result === "same");
  return { isSame, isSameProvider, fields };
}
