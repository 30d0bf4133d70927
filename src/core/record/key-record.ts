/**
 * A key as keysheet holds it: who gave it, when the sheet was made, and its fields in order.
 *
 * A record has no label: what a sheet is called is printed, not typed back.
 */
import type { ProviderId } from "./providers.js";
import { Secret } from "./secret.js";

export type Field =
  | { readonly name: string; readonly isSecret: false; readonly value: string }
  | { readonly name: string; readonly isSecret: true; readonly value: Secret };

export interface KeyRecord {
  /** null: fields by name, of no provider in the table. */
  readonly provider: ProviderId | null;
  /** Days since 2020-01-01, the day on which the sheet is made; 0 to 65535. */
  readonly day: number;
  readonly fields: readonly Field[];
}

export function makeField(name: string, text: string, isSecret: boolean): Field {
  return isSecret
    ? { name, isSecret: true, value: new Secret(text) }
    : { name, isSecret: false, value: text };
}

/** The characters of a field, secret or not. */
export function fieldText(field: Field): string {
  return field.isSecret ? field.value.reveal() : field.value;
}

export interface FieldComparison {
  readonly name: string;
  readonly result: "same" | "different" | "only-on-sheet" | "only-in-key";
}

/**
 * Field by field, without a value: does the record read from a sheet hold the user's key?
 * The day is not compared, since a key file has none.
 */
export function compareFields(
  sheet: Pick<KeyRecord, "fields">,
  key: Pick<KeyRecord, "fields">,
): readonly FieldComparison[] {
  const names = [...new Set([...sheet.fields, ...key.fields].map((field) => field.name))];
  return names.map((name) => {
    const onSheet = sheet.fields.find((field) => field.name === name);
    const inKey = key.fields.find((field) => field.name === name);
    if (onSheet === undefined) return { name, result: "only-in-key" };
    if (inKey === undefined) return { name, result: "only-on-sheet" };
    return { name, result: fieldText(onSheet) === fieldText(inKey) ? "same" : "different" };
  });
}

export function areSameRecord(a: KeyRecord, b: KeyRecord): boolean {
  return (
    a.provider === b.provider &&
    a.day === b.day &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, index) => {
      const other = b.fields[index];
      return (
        other?.name === field.name &&
        other.isSecret === field.isSecret &&
        fieldText(other) === fieldText(field)
      );
    })
  );
}
