/**
 * The keys of all providers that names and values hold: two parts are of one key only when their names
 * say the same of provider, kind and account, and stand in the same place.
 */
import { hasShape, squeezed } from "../check-fields.js";
import type { RawField } from "../check-fields.js";
import { type FieldRow, type ProviderRow, PROVIDERS, type Role } from "../providers.js";
import type { Assignment } from "./assignments.js";

export interface NamedKey {
  readonly provider: ProviderRow;
  readonly fields: readonly RawField[];
  readonly parts: readonly Assignment[];
  /** Titles of parts that are not there. */
  readonly missing: readonly string[];
}

interface Part extends Assignment {
  readonly role: Role;
}

interface Bucket {
  /** Rows of the provider that the names say; all rows where they say none. */
  readonly rows: readonly ProviderRow[];
  readonly isNamed: boolean;
  readonly parts: readonly Part[];
}

/** What stands in names besides, and says nothing. */
const PLAIN_TOKENS = new Set([
  ...["API", "SPOT", "ACCESS", "CLIENT", "AUTH", "EXCHANGE", "FREQTRADE", "CREDENTIALS"],
  ...["KEY", "ID", "PUBLIC", "SECRET", "PRIVATE", "TOKEN", "PASSPHRASE", "PASSWORD", "PASS"],
  ...["WALLET", "ADDRESS", "VERSION", "CUSTOMER", "UID", "NAME"],
]);

const ROLES: readonly (readonly [Role, readonly string[]])[] = [
  ["version", ["VERSION"]],
  ["passphrase", ["PASSPHRASE", "PASSWORD", "PASS"]],
  ["address", ["WALLET", "ADDRESS"]],
  ["account", ["CUSTOMER", "UID"]],
  ["secret", ["SECRET", "PRIVATE"]],
  ["key", ["KEY", "ID", "PUBLIC", "TOKEN"]],
];

/** Words of a name, in capitals: of snake, kebab and camel case. */
function tokensOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .flatMap(
      (token) =>
        /^(API|ACCESS|PUBLIC|PRIVATE|SECRET)(KEY|SECRET|ID)$/.exec(token)?.slice(1) ?? [token],
    )
    .filter((token) => token !== "");
}

function isOf(row: ProviderRow, tokens: readonly string[]): boolean {
  return row.words.some((word) =>
    tokens.some((token) => token === word || joins(token, row, word)),
  );
}

/** A word and that of a kind in one, as krakenfutures. */
function joins(token: string, { kindWords }: ProviderRow, word: string): boolean {
  return kindWords.some((kind) => token === word + kind);
}

function hasKind(row: ProviderRow, tokens: readonly string[]): boolean {
  return row.kindWords.some((kind) => tokens.some((token) => token.endsWith(kind)));
}

/** The name of the exchange, by the group of names that has it as a value: the first in each. */
function saidProviders(assignments: readonly Assignment[]): ReadonlyMap<string, string> {
  const said = assignments.filter(({ name }) => /(^|_)(name|exchange|provider)$/i.test(name));
  return new Map(
    said.toReversed().map(({ group, value }) => [group, value.length > 40 ? "" : value]),
  );
}

function bucketsOf(assignments: readonly Assignment[]): readonly Bucket[] {
  const buckets = new Map<
    string,
    { rows: readonly ProviderRow[]; isNamed: boolean; parts: Part[] }
  >();
  const said = saidProviders(assignments);
  for (const assignment of assignments) {
    const { group, name, value } = assignment;
    const own = tokensOf(name);
    const tokens = [...own, ...tokensOf(group), ...tokensOf(said.get(group) ?? "")];
    const role = ROLES.find(([, words]) => own.some((token) => words.includes(token)))?.[0];
    const isCoinbase =
      own.join() === "NAME" && PROVIDERS.some(({ fields }) => isNameField(fields, value));
    const itsRole = role ?? (isCoinbase ? "key" : undefined);
    if (itsRole === undefined || squeezed(value) === "") continue;
    const byWord = PROVIDERS.filter((row) => isOf(row, tokens));
    const named = byWord.length > 0 ? byWord : PROVIDERS.filter((row) => hasKind(row, tokens));
    const kind = named.filter((row) => hasKind(row, tokens));
    const rows = kind.length > 0 ? kind : named.filter(({ kindWords }) => kindWords.length === 0);
    const words = new Set(named.flatMap((row) => [...row.words, ...row.kindWords]));
    const account = own.filter((token) => !words.has(token) && !PLAIN_TOKENS.has(token)).join("_");
    const place = JSON.stringify([rows.map(({ id }) => id), account, group]);
    const isNamed = named.length > 0;
    const bucket = buckets.get(place) ?? { rows: isNamed ? rows : PROVIDERS, isNamed, parts: [] };
    bucket.parts.push({ ...assignment, role: itsRole });
    buckets.set(place, bucket);
  }
  return [...buckets.values()];
}

/** True where a value begins as the name of a key does, as of Coinbase's. */
function isNameField(fields: readonly FieldRow[], value: string): boolean {
  return fields.some((field) => field.name === "name" && hasShape(field, value));
}

/** The parts of a bucket for the fields of a row, in the row's order; null where there is none. */
function fitted(row: ProviderRow, parts: readonly Part[]): readonly (Part | null)[] {
  const isOne = row.fields.length === 1;
  return row.fields.map(({ role }) => {
    const own = parts.find((part) => part.role === role);
    return own ?? (isOne ? (parts[0] ?? null) : null);
  });
}

interface Fit {
  readonly row: ProviderRow;
  readonly parts: readonly (Part | null)[];
  readonly isWhole: boolean;
  readonly isShaped: boolean;
  /** Some field has a shape that no other provider's has. */
  readonly isTelling: boolean;
  /** No part of the bucket is left over. */
  readonly isAllUsed: boolean;
}

function fitOf(row: ProviderRow, bucket: Bucket): Fit {
  const parts = fitted(row, bucket.parts);
  const pairs = row.fields.map((field, index) => ({ field, part: parts[index] ?? null }));
  const isShaped = pairs.every(({ field, part }) => part === null || hasShape(field, part.value));
  const isTelling = pairs.some(
    ({ field, part }) =>
      part !== null && (field.prefix !== "" || (field.isSure && field.alphabet !== "any")),
  );
  const isBound = pairs.every(
    ({ field }) => field.lengths.length > 0 || ["any", "pem"].includes(field.alphabet),
  );
  const isAllUsed = bucket.parts.every((part) => parts.includes(part));
  return {
    row,
    parts,
    isShaped,
    isWhole: pairs.every(({ field, part }) => field.isOptional || part !== null),
    isTelling: isTelling && isBound,
    isAllUsed,
  };
}

/** The row that a bucket is of; null where its names and shapes do not say it. */
function bestFit(bucket: Bucket, chosen: ProviderRow | null): Fit | null {
  const rows = chosen === null ? bucket.rows : [chosen];
  const fits = rows.map((row) => fitOf(row, bucket));
  const shaped = fits.filter(({ isWhole, isShaped }) => isWhole && isShaped);
  if (bucket.isNamed || chosen !== null) {
    return shaped[0] ?? fits.find(({ isWhole }) => isWhole) ?? fits[0] ?? null;
  }
  const able = shaped.filter(({ isTelling }) => isTelling);
  const exact = able.filter(({ isAllUsed }) => isAllUsed);
  const telling = exact.length > 0 ? exact : able;
  const families = new Set(telling.map(({ row }) => row.words[0]));
  return families.size === 1 ? (telling[0] ?? null) : null;
}

/**
 * All keys that are there, those without one of their parts last. `chosen` is the provider that the
 * user says; its keys alone are given then, and names that say none are taken for it.
 */
export function namedKeys(
  assignments: readonly Assignment[],
  chosen: ProviderRow | null = null,
): readonly NamedKey[] {
  const buckets = bucketsOf(assignments).filter(
    ({ rows, isNamed }) =>
      chosen === null || !isNamed || rows.some(({ words }) => words[0] === chosen.words[0]),
  );
  const keys = buckets.flatMap((bucket) => {
    const fit = bestFit(bucket, chosen);
    return fit === null ? [] : [asKey(fit)];
  });
  const different = new Map(
    keys.map((key) => [JSON.stringify([key.provider.id, key.fields]), key]),
  );
  const found = [...different.values()];
  const isWhole = ({ missing }: NamedKey) => missing.length === 0;
  return [...found.filter(isWhole), ...found.filter((key) => !isWhole(key))];
}

function asKey({ row, parts }: Fit): NamedKey {
  const pairs = row.fields.map((field, index) => ({ field, part: parts[index] ?? null }));
  return {
    provider: row,
    fields: pairs.flatMap(({ field, part }) =>
      part === null ? [] : [{ name: field.name, text: part.value }],
    ),
    parts: parts.filter((part) => part !== null),
    missing: pairs.flatMap(({ field, part }) =>
      part === null && !field.isOptional ? [field.title] : [],
    ),
  };
}
