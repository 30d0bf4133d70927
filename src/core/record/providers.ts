/**
 * The provider table of paper format version 1: one row a kind of key.
 *
 * Rows are only ever added; what a row says of fields, order, prefixes, encodings and lengths never
 * changes, since sheets on paper depend on it. Titles are for people and may.
 */

export type ProviderId = "kraken-spot" | "kraken-futures";

export interface FieldRow {
  readonly name: string;
  /** What the provider's page calls it. */
  readonly title: string;
  readonly isSecret: boolean;
  /** Constant first characters of every value, not stored in the fixed form. */
  readonly prefix: string;
  /** Number of the encoding in FORMAT.md. */
  readonly encoding: number;
  readonly lengthBytes: number;
  /** Lengths that keys have been seen with besides; such a key goes on paper in the measured form. */
  readonly otherLengthsBytes: readonly number[];
}

export interface ProviderRow {
  /** 1 to 127, on the paper. */
  readonly number: number;
  /** In keysheet's JSON. */
  readonly id: ProviderId;
  readonly title: string;
  readonly fields: readonly FieldRow[];
}

// Base64 with padding, FORMAT.md "Encodings".
const BASE64 = 1;

function base64Field(
  name: string,
  title: string,
  isSecret: boolean,
  lengthBytes: number,
  otherLengthsBytes: readonly number[] = [],
): FieldRow {
  return { name, title, isSecret, prefix: "", encoding: BASE64, lengthBytes, otherLengthsBytes };
}

export const PROVIDERS: readonly ProviderRow[] = [
  {
    number: 1,
    id: "kraken-spot",
    title: "Kraken Spot",
    fields: [
      base64Field("key", "API key", false, 42),
      base64Field("secret", "private key", true, 64),
    ],
  },
  {
    number: 2,
    id: "kraken-futures",
    title: "Kraken Futures",
    fields: [
      base64Field("key", "public key", false, 42),
      // Public files also label 64-byte secrets, of Spot's shape, as Futures keys.
      base64Field("secret", "private key", true, 66, [64]),
    ],
  },
];

export function providerById(id: ProviderId): ProviderRow {
  const row = PROVIDERS.find((candidate) => candidate.id === id);
  if (row === undefined) throw new RangeError("a provider id without a row");
  return row;
}

export function providerByNumber(number: number): ProviderRow | null {
  return PROVIDERS.find((candidate) => candidate.number === number) ?? null;
}

/** The id as a type, when the text is one. */
export function parseProviderId(text: string): ProviderId | null {
  return PROVIDERS.find((candidate) => candidate.id === text)?.id ?? null;
}

/** How a provider is called on paper and on the screen; of a record without one, "API key". */
export function providerTitle(id: ProviderId | null): string {
  return id === null ? "API key" : providerById(id).title;
}

/** How a field is called on the screen: as on the provider's page, or by its own name. */
export function fieldTitle(provider: ProviderId | null, name: string): string {
  if (provider === null) return name;
  return providerById(provider).fields.find((field) => field.name === name)?.title ?? name;
}
