/** keysheet's own JSON in a vector or in the format document, to a record and back. */
import { fieldText, type KeyRecord, makeField } from "../../src/core/record/key-record.js";
import { parseProviderId } from "../../src/core/record/providers.js";

export interface VectorRecord {
  readonly keysheet?: 1;
  readonly provider: string | null;
  readonly day: number;
  readonly fields: readonly (readonly [name: string, text: string, isSecret: boolean])[];
}

export function recordOf({ provider, day, fields }: VectorRecord): KeyRecord {
  const id = provider === null ? null : parseProviderId(provider);
  if (provider !== null && id === null) throw new Error(`no row for ${provider}`);
  return {
    provider: id,
    day,
    fields: fields.map(([name, text, isSecret]) => makeField(name, text, isSecret)),
  };
}

/** Provider, day and fields, secret ones too, to be compared in a test. */
export function plainView({ provider, day, fields }: KeyRecord): VectorRecord {
  return {
    provider,
    day,
    fields: fields.map((field) => [field.name, fieldText(field), field.isSecret]),
  };
}

export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
