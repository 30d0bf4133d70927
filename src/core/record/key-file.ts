/**
 * The files in which users have a key: the two lines of kraken.key, dotenv, Kraken's URI, and
 * keysheet's own JSON; read and written.
 *
 * The form is found by the content, never by the name. What is written is read back as the same
 * characters; a form that cannot hold a key exactly is refused.
 */
import { type Problem, Refusal } from "../problem.js";
import { isWellFormed } from "../text.js";
import {
  checkFields,
  hasShape,
  type Notice,
  providerByShape,
  type RawField,
} from "./check-fields.js";
import { LAST_DAY } from "./day.js";
import { isFieldName, FIELD_COUNT_LIMIT } from "./field-name.js";
import { type Field, fieldText, type KeyRecord, makeField } from "./key-record.js";
import { parseProviderId, type ProviderId, providerById } from "./providers.js";

export type KeyForm = "two-line" | "dotenv" | "uri" | "json";
export const KEY_FORMS: readonly KeyForm[] = ["two-line", "dotenv", "uri", "json"];

/** A key that goes in; `day` only where the file holds one, as a copy of a sheet does. */
export interface ParsedKey {
  readonly provider: ProviderId | null;
  readonly day: number | null;
  readonly fields: readonly Field[];
  readonly notices: readonly Notice[];
}

/** Reads a key file of any form; throws with every problem found. */
export function parseKeyFile(text: string, source: string): ParsedKey {
  const content = text.replace(/^\uFEFF/, "").trim();
  if (content === "") throw new Refusal({ code: "key-file-empty", source });
  if (content.startsWith("{")) return parseJson(content, source);
  if (/^kraken:/i.test(content)) return parseUri(content, source);
  const lines = content
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const assignments = lines.flatMap((line) => parseAssignment(line) ?? []);
  if (assignments.length > 0) return parseDotenv(assignments, source);
  return parseTwoLines(lines, source);
}

/** Checks a provider's fields, which may be mended, and gives them in the row's order. */
export function makeKey(
  provider: ProviderId,
  fields: readonly RawField[],
  source: string,
  day: number | null = null,
): ParsedKey {
  const checked = checkFields(provider, fields, source);
  return {
    provider,
    day,
    fields: providerById(provider).fields.map(({ name, isSecret }, index) =>
      makeField(name, checked[index]?.text ?? "", isSecret),
    ),
    notices: checked.flatMap(({ notices }) => notices),
  };
}

function pair(key: string, secret: string): readonly RawField[] {
  return [
    { name: "key", text: key },
    { name: "secret", text: secret },
  ];
}

// A key line: long enough to be a key, and without a space, as prose has.
const KEY_LINE = /^\S{20,}$/;

/** krakenex's load_key: line 1 the key, line 2 the secret, the rest ignored. */
function parseTwoLines(lines: readonly string[], source: string): ParsedKey {
  const [key, secret, ...rest] = lines;
  const rows = providerById("kraken-spot").fields;
  const isTwoLine =
    key !== undefined && (KEY_LINE.test(key) || rows.some((row) => hasShape(row, key)));
  if (!isTwoLine) throw new Refusal({ code: "key-file-unrecognised", source });
  const candidates = pair(key, secret ?? "");
  try {
    return makeKey(providerByShape(secret ?? ""), candidates, source);
  } catch (error) {
    // A secret that was copied from a page which wrapped it stands on several lines.
    const wrapped = [secret, ...rest].join("\n");
    if (rest.length === 0 || !rest.every((line) => /^[A-Za-z0-9+/=]+$/.test(line))) throw error;
    return makeKey(providerByShape(wrapped), pair(key, wrapped), source);
  }
}

interface Assignment {
  readonly name: string;
  readonly value: string;
}

function parseAssignment(line: string): Assignment | null {
  const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
  const [, name, value] = match ?? [];
  if (name === undefined || value === undefined || name.length > 64) return null;
  const quoted = /^(["'`])(.*?)\1/.exec(value);
  // Outside quotes a comment begins at a hash after white space.
  return { name, value: quoted?.[2] ?? value.replace(/(^|\s)#.*$/, "").trim() };
}

const SPOT_KEY = /^KRAKEN(_SPOT)?(_API)?(_SPOT)?_(KEY|PUBLIC)$/;
const SPOT_SECRET =
  /^KRAKEN(_SPOT)?(_API)?(_SPOT)?_(SECRET|SECRET_KEY|PRIVATE|PRIVATE_KEY|API_SECRET)$/;
const FUTURES_KEY = /^KRAKEN(_API)?_FUTURES(_API)?_(KEY|PUBLIC)$/;
const FUTURES_SECRET = /^KRAKEN(_API)?_FUTURES(_API)?_(SECRET|SECRET_KEY|PRIVATE|PRIVATE_KEY)$/;

/** The variable names of Kraken's own tools and of the bots around it. */
function parseDotenv(assignments: readonly Assignment[], source: string): ParsedKey {
  const valueOf = (pattern: RegExp): string | null => {
    const values = new Set(
      assignments.filter(({ name }) => pattern.test(name)).map(({ value }) => value),
    );
    values.delete("");
    if (values.size > 1) {
      throw new Refusal({ code: "keys-several", source, providers: ["Kraken", "Kraken"] });
    }
    return [...values][0] ?? null;
  };
  const spot = [valueOf(SPOT_KEY), valueOf(SPOT_SECRET)] as const;
  const futures = [valueOf(FUTURES_KEY), valueOf(FUTURES_SECRET)] as const;
  const hasSpot = spot.some((value) => value !== null);
  const hasFutures = futures.some((value) => value !== null);
  if (hasSpot && hasFutures) {
    const providers = ["Kraken Spot", "Kraken Futures"];
    throw new Refusal({ code: "keys-several", source, providers });
  }
  if (hasFutures) {
    return makeKey("kraken-futures", pair(futures[0] ?? "", futures[1] ?? ""), source);
  }
  if (!hasSpot) throw new Refusal({ code: "key-file-unrecognised", source });
  const [key, secret] = spot;
  return makeKey(providerByShape(secret ?? ""), pair(key ?? "", secret ?? ""), source);
}

/** An address with a key in it, which exchanges show as a code; not whether it is whole. */
export function isKeyUri(text: string): boolean {
  return /^\s*kraken:\/\/apikey\b/i.test(text);
}

/** `kraken://apikey?key=..&secret=..`; by hand, since URL parsers turn `+` into a space. */
function parseUri(text: string, source: string): ParsedKey {
  const query = /^kraken:\/\/apikey\/?\?(.*)$/is.exec(text.replace(/\s+/gu, ""))?.[1];
  if (query === undefined) throw new Refusal({ code: "key-file-unrecognised", source });
  const problems: Problem[] = [];
  const values = new Map<string, string>();
  for (const parameter of query.split("&")) {
    const cut = parameter.indexOf("=");
    if (cut < 0) continue;
    const name = parameter.slice(0, cut).toLowerCase();
    const value = decodePercent(parameter.slice(cut + 1));
    if (value === null) problems.push({ code: "field-escape", source, field: uriTitle(name) });
    else if (values.has(name)) problems.push({ code: "key-file-unrecognised", source });
    else values.set(name, value);
  }
  if (problems.length > 0) throw new Refusal(...problems);
  const secret = values.get("secret") ?? "";
  return makeKey(providerByShape(secret), pair(values.get("key") ?? "", secret), source);
}

function uriTitle(name: string): string {
  return name === "secret" ? "private key" : "API key";
}

function decodePercent(text: string): string | null {
  try {
    return text.includes("%") ? decodeURIComponent(text) : text;
  } catch {
    return null;
  }
}

const JSON_VERSION = 1;

/** keysheet's own JSON, FORMAT.md "keysheet's own JSON"; `place` is a path such as fields[1][2]. */
function parseJson(text: string, source: string): ParsedKey {
  const wrong = (place: string) => new Refusal({ code: "key-file-json", source, place });
  const value = jsonValue(text);
  if (typeof value !== "object" || value === null) throw wrong("");
  const { keysheet, provider, day, fields } = value as Record<string, unknown>;
  if (keysheet !== JSON_VERSION) throw wrong("keysheet");
  const id = typeof provider === "string" ? parseProviderId(provider) : null;
  const places = [
    ...(provider !== null && id === null ? ["provider"] : []),
    ...(day !== undefined && !isDay(day) ? ["day"] : []),
    ...fieldPlaces(fields),
  ];
  if (places.length > 0) throw new Refusal(...places.flatMap((place) => wrong(place).problems));
  const rows = fields as readonly (readonly [string, string, boolean])[];
  const madeDay = typeof day === "number" ? day : null;
  if (id === null) {
    const named = rows.map(([name, content, isSecret]) =>
      makeField(name.normalize("NFC"), content, isSecret),
    );
    return { provider: null, day: madeDay, fields: named, notices: [] };
  }
  const known = providerById(id).fields;
  const foreign = rows.flatMap(([name, , isSecret], index) => {
    const row = known.find((candidate) => candidate.name === name);
    return row?.isSecret === isSecret ? [] : [`fields[${String(index)}]`];
  });
  if (foreign.length > 0) throw new Refusal(...foreign.flatMap((place) => wrong(place).problems));
  return makeKey(
    id,
    rows.map(([name, content]) => ({ name, text: content })),
    source,
    madeDay,
  );
}

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A parser's own message quotes the text around the fault.
    return null;
  }
}

function isDay(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= LAST_DAY;
}

/** Paths of what is malformed in the list of fields. */
function fieldPlaces(fields: unknown): readonly string[] {
  if (!Array.isArray(fields) || fields.length < 1 || fields.length > FIELD_COUNT_LIMIT) {
    return ["fields"];
  }
  const names = new Set<string>();
  return fields.flatMap((field: unknown, index) => {
    const place = `fields[${String(index)}]`;
    if (!Array.isArray(field) || field.length !== 3) return [place];
    const [name, text, isSecret] = field as readonly unknown[];
    const places: string[] = [];
    const known = typeof name === "string" ? name.normalize("NFC") : "";
    if (!isFieldName(known) || names.has(known)) places.push(`${place}[0]`);
    names.add(known);
    if (typeof text !== "string" || !isWellFormed(text)) places.push(`${place}[1]`);
    if (typeof isSecret !== "boolean") places.push(`${place}[2]`);
    return places;
  });
}

/** The form in which a key goes to a file when none is asked for. */
export function defaultForm(record: KeyRecord): KeyForm {
  return record.provider === null ? "json" : "two-line";
}

/** The text of a key file, with a line end behind; mirrors `parseKeyFile`. */
export function formatKeyFile(record: KeyRecord, form: KeyForm): string {
  if (form === "json") return formatJson(record);
  const key = record.fields.find(({ name }) => name === "key");
  const secret = record.fields.find(({ name }) => name === "secret");
  const values = [key, secret].map((field) => (field ? fieldText(field) : ""));
  // Characters that each of these forms takes as they are.
  const isHeld = record.provider !== null && values.every((v) => /^[A-Za-z0-9+/=]+$/.test(v));
  const [keyText, secretText] = values;
  if (!isHeld || keyText === undefined || secretText === undefined) {
    throw new Refusal({ code: "form-unfit", form });
  }
  switch (form) {
    case "two-line":
      return `${keyText}\n${secretText}\n`;
    case "dotenv": {
      const prefix = record.provider === "kraken-futures" ? "KRAKEN_FUTURES_API" : "KRAKEN_API";
      return `${prefix}_KEY="${keyText}"\n${prefix}_SECRET="${secretText}"\n`;
    }
    case "uri":
      return `kraken://apikey?key=${keyText}&secret=${secretText}\n`;
  }
}

function formatJson(record: KeyRecord): string {
  const { provider, day, fields } = record;
  const rows = fields.map((field) => [field.name, fieldText(field), field.isSecret]);
  return `${JSON.stringify({ keysheet: JSON_VERSION, provider, day, fields: rows })}\n`;
}
