/** The provider table by id, number and name; the rows are in `provider-table.ts`. */
import type { ProviderRow as Row } from "./provider-row.js";
import { PROVIDER_TABLE } from "./provider-table.js";

export type { Alphabet, FieldRow, Role } from "./provider-row.js";

export type ProviderId = (typeof PROVIDER_TABLE)[number]["id"];
export type ProviderRow = Row<ProviderId>;

export const PROVIDERS: readonly ProviderRow[] = PROVIDER_TABLE;

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

/** The provider that a user means: by id, by title, or by the usual word for it; null for another one. */
export function providerByName(name: string): ProviderRow | null {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const asked = bare(name);
  return (
    PROVIDERS.find(({ id, title }) => [id, title].some((text) => bare(text) === asked)) ??
    PROVIDERS.find(({ words }) => words.some((word) => bare(word) === asked)) ??
    null
  );
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
