/**
 * The files in which users have a key: the two lines of kraken.key, dotenv, Kraken's URI, and
 * keysheet's own JSON; read and written.
 *
 * The form is found by the content, never by the name. What is written is read back as the same
 * characters; a form that cannot hold a key exactly is refused.
 */
import { type ForeignKind, type Problem, Refusal } from "../problem.js";
import { isWellFormed } from "../text.js";
import {
  checkFields,
  hasPublicShape,
  hasSecretShape,
  type Notice,
  providerByShape,
  type RawField,
  squeezed,
  withoutInvisible,
} from "./check-fields.js";
import { dateNumber, formatDay, isDay } from "./day.js";
import { isFieldName, FIELD_COUNT_LIMIT } from "./field-name.js";
import { contentLines, type KeyLine, linesOfOthers, takePart, takeTwoParts } from "./key-lines.js";
import { type Field, fieldText, type KeyRecord, makeField } from "./key-record.js";
import { keyOfVariables } from "./key-variables.js";
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
  if (squeezed(content) === "") throw new Refusal({ code: "key-file-empty", source });
  const kind = foreignKind(content);
  if (kind !== null) throw new Refusal({ code: "key-file-foreign", source, kind });
  if (content.startsWith("{")) return parseJson(content, source);
  if (isKrakenUri(content)) return parseUri(content, source);
  const lines = contentLines(text.replace(/^\uFEFF/, ""));
  return parseTwoLines(lines, source) ?? parseDotenv(lines, source) ?? refuseLines(lines, source);
}

/** What other programs write, by its beginning; null for what may be a key file. */
function foreignKind(content: string): ForeignKind | null {
  if (/^\{\\rtf/i.test(content)) return "rtf";
  if (/^<(!doctype|html|\?xml)\b/i.test(content)) return "markup";
  return content.startsWith("[") && jsonValue(content) !== null ? "json" : null;
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
    fields: checked.map(({ name, text }) => {
      const row = providerById(provider).fields.find((candidate) => candidate.name === name);
      return makeField(name, text, row?.isSecret !== false);
    }),
    notices: checked.flatMap(({ notices }) => notices),
  };
}

function pair(key: string, secret: string): readonly RawField[] {
  return [
    { name: "key", text: key },
    { name: "secret", text: secret },
  ];
}

/** krakenex's load_key: the key and then the secret, each on a line of its own or on several. */
function parseTwoLines(lines: readonly KeyLine[], source: string): ParsedKey | null {
  const parts = takeTwoParts(lines);
  if (parts === null) return null;
  const { key, secret, used } = parts;
  refuseOthers(lines, used, source);
  return ofLines(makeKey(providerByShape(secret), pair(key, secret), source), lines, used);
}

/** The variable names of Kraken's own tools and of the bots around it. */
function parseDotenv(lines: readonly KeyLine[], source: string): ParsedKey | null {
  const found = keyOfVariables(lines, source);
  if (found === null) return null;
  const { key, secret, used } = found;
  const bare = lines.filter(({ text }) => !ASSIGNMENT.test(withoutInvisible(text)));
  refuseOthers(bare, used, source);
  const provider = found.isFutures ? "kraken-futures" : providerByShape(secret);
  return ofLines(makeKey(provider, pair(key, secret), source), lines, used);
}

function refuseOthers(lines: readonly KeyLine[], used: readonly KeyLine[], source: string): void {
  const others = linesOfOthers(lines, used);
  if (others.length === 0) return;
  const seen = [...used, ...others].map(({ number }) => ({ line: number, name: null }));
  throw new Refusal({ code: "keys-several", source, seen });
}

/** The key with what is to be said of the lines that it does not stand on. */
function ofLines(key: ParsedKey, lines: readonly KeyLine[], used: readonly KeyLine[]): ParsedKey {
  const count = lines.length - new Set(used).size;
  if (count === 0) return key;
  return { ...key, notices: [...key.notices, { code: "lines-unused", count }] };
}

// A key line: long enough to be a key, and without a space, as prose has.
const KEY_LINE = /^\S{20,}$/;
const ASSIGNMENT = /^(export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*[^\s=]/;

/** Says what is wrong with two parts that do not have their shapes; anything else is no key file. */
function refuseLines(lines: readonly KeyLine[], source: string): never {
  const [first, second, ...rest] = lines.map(({ text }) => withoutInvisible(text));
  const isKey =
    first !== undefined &&
    !ASSIGNMENT.test(first) &&
    (KEY_LINE.test(first) || hasPublicShape(first));
  if (isKey) {
    const key = takePart(lines, "key");
    const wrapped = lines.slice(key?.count ?? 1).map(({ text }) => text);
    const isWrapped = rest.length > 0 && wrapped.every((text) => /^[A-Za-z0-9+/=]+$/.test(text));
    const isOne = squeezed(wrapped.join("")).length < 100;
    const parts =
      isWrapped && isOne ? pair(key?.text ?? first, wrapped.join("\n")) : pair(first, second ?? "");
    makeKey(providerByShape(parts[1]?.text ?? ""), parts, source);
  }
  throw new Refusal({ code: "key-file-unrecognised", source });
}

/** An address with a key in it, which exchanges show as a code; not whether it is whole. */
export function isKeyUri(text: string): boolean {
  return /^\s*kraken:\/\/apikey\b/i.test(text);
}

function isKrakenUri(content: string): boolean {
  return /^kraken:/i.test(withoutInvisible(content));
}

/** `kraken://apikey?key=..&secret=..`; by hand, since URL parsers turn `+` into a space. */
function parseUri(text: string, source: string): ParsedKey {
  const [head = "", ...behind] = text.replace(/\s+/gu, "").split("?");
  const query = behind.join("?");
  if (!/^kraken:\/\/apikey\/?$/i.test(withoutInvisible(head)) || behind.length === 0)
    throw new Refusal({ code: "key-file-unrecognised", source });
  const problems: Problem[] = [];
  const values = new Map<string, string>();
  for (const parameter of query.split("&")) {
    const cut = parameter.indexOf("=");
    if (cut < 0) continue;
    const name = withoutInvisible(parameter.slice(0, cut)).toLowerCase();
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
  if (!("keysheet" in value)) return parseForeignJson(value, source);
  const { keysheet, provider, day, fields } = value as Record<string, unknown>;
  if (keysheet !== JSON_VERSION) throw wrong("keysheet");
  const id = typeof provider === "string" ? parseProviderId(provider) : null;
  const places = [
    ...(provider !== null && id === null ? ["provider"] : []),
    ...(day !== undefined && dayOf(day) === null ? ["day"] : []),
    ...fieldPlaces(fields),
  ];
  if (places.length > 0) throw new Refusal(...places.flatMap((place) => wrong(place).problems));
  const rows = fields as readonly (readonly [string, string, boolean])[];
  const madeDay = dayOf(day);
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

/** ccxt's object of a Kraken key, with whatever else a program keeps there; any other is refused by name. */
function parseForeignJson(value: object, source: string): ParsedKey {
  const { apiKey, secret } = value as Record<string, unknown>;
  const isKrakenKey =
    typeof apiKey === "string" &&
    typeof secret === "string" &&
    hasPublicShape(apiKey) &&
    hasSecretShape(secret);
  if (!isKrakenKey) throw new Refusal({ code: "key-file-foreign", source, kind: "json" });
  return makeKey(providerByShape(secret), pair(apiKey, secret), source);
}

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A parser's own message quotes the text around the fault.
    return null;
  }
}

/** A day by its date or by its number; null for what is none. */
function dayOf(value: unknown): number | null {
  const day = typeof value === "string" ? dateNumber(value) : value;
  return isDay(day) ? day : null;
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
  const { provider, fields } = record;
  const day = formatDay(record.day);
  const rows = fields.map((field) => [field.name, fieldText(field), field.isSecret]);
  return `${JSON.stringify({ keysheet: JSON_VERSION, provider, day, fields: rows })}\n`;
}
