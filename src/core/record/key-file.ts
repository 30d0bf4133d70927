/**
 * The files in which users have a key: two lines, dotenv and other files of names and values, addresses,
 * JSON of programs and keysheet's own, private keys; read and written.
 *
 * The form is found by the content, never by the name. What is written is read back as the same
 * characters; a form that cannot hold a key exactly is refused.
 */
import { type ForeignKind, type Problem, Refusal } from "../problem.js";
import { isWellFormed } from "../text.js";
import {
  checkFields,
  hasPublicShape,
  hasShape,
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
import {
  type Assignment,
  csvAssignments,
  hasNameTwice,
  jsonAssignments,
  lineAssignments,
  strictJson,
} from "./forms/assignments.js";
import {
  isPrivateKeyFile,
  keptFileNotices,
  keptFileOf,
  textFileFields,
} from "./forms/kept-file.js";
import { type NamedKey, namedKeys } from "./forms/named-keys.js";
import { writtenKey, type WrittenForm } from "./forms/written-key.js";
import { parseProviderId, type ProviderId, providerById, type ProviderRow } from "./providers.js";

export type KeyForm = WrittenForm | "json";
export const KEY_FORMS: readonly KeyForm[] = [
  ...(["two-line", "dotenv", "uri", "json", "freqtrade", "aws", "coinbase", "file"] as const),
];

/** A part of a key of no provider in the table. */
export interface AskedField {
  readonly name: string;
  readonly isSecret: boolean;
}

export interface KeyFileOptions {
  /** Of several keys in a file the one of this provider; what a file without names is of. */
  readonly provider?: ProviderId;
  /** The file goes on paper as it is, under this name, whatever it holds; null: without a name. */
  readonly keptAs?: string | null;
  /** Of a provider that is not in the table: the names in the file that are parts of the key. */
  readonly fields?: readonly AskedField[];
  /** What a file that is a private key is called; null: it has no name. */
  readonly fileName?: string | null;
}

/** A key that goes in; `day` only where the file holds one, as a copy of a sheet does. */
export interface ParsedKey {
  readonly provider: ProviderId | null;
  readonly day: number | null;
  readonly fields: readonly Field[];
  readonly notices: readonly Notice[];
}

/** Reads a key file of any form; throws with every problem found. */
export function parseKeyFile(
  text: string,
  source: string,
  { provider, keptAs, fileName = null, fields = [] }: KeyFileOptions = {},
): ParsedKey {
  const content = text.replace(/^\uFEFF/, "").trim();
  if (squeezed(content) === "") throw new Refusal({ code: "key-file-empty", source });
  if (keptAs !== undefined) return keptFile(keptAs, text);
  if (fields.length > 0) return askedFields(fields, content, source);
  const chosen = provider === undefined ? null : providerById(provider);
  if (JSON_START.test(content)) return parseJson(content, source, chosen);
  const kind = foreignKind(content);
  if (kind !== null) throw new Refusal({ code: "key-file-foreign", source, kind });
  if (isKrakenUri(content)) return parseUri(content, source);
  if (isPrivateKeyFile(content)) return keptFile(fileName, text);
  const lines = contentLines(text.replace(/^\uFEFF/, ""));
  return parseNames(content, lines, source, chosen) ?? refuseLines(lines, source);
}

// A line of base64 may begin with the two slashes of a comment.
const JSON_START = /^(\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*\{(?!\\rtf)/i;

function keptFile(name: string | null, text: string): ParsedKey {
  const fields = textFileFields(name, text);
  return { provider: null, day: null, fields, notices: keptFileNotices(text) };
}

/** The fields of the names that were asked for, with the values that the file gives them. */
function askedFields(asked: readonly AskedField[], content: string, source: string): ParsedKey {
  const isJson = JSON_START.test(content);
  const found = isJson
    ? jsonAssignments(jsonValue(content) ?? jsonValue(strictJson(content)))
    : assignmentsOf(content, []);
  const texts = asked.map(({ name }) => found.filter((each) => each.name === name));
  const problems = asked.flatMap(({ name }, index): readonly Problem[] => {
    const values = new Set((texts[index] ?? []).map(({ value }) => value));
    if (values.size === 1 && !values.has("")) return [];
    if (values.size < 2) return [{ code: "field-missing", source, field: name }];
    const seen = (texts[index] ?? []).map(({ line, group }) => ({
      line,
      name: group === "" ? name : `${group}.${name}`,
    }));
    return [{ code: "keys-unchosen", source, seen, providers: [] }];
  });
  if (problems.length > 0) throw new Refusal(...problems);
  const fields = asked.map(({ name, isSecret }, index) =>
    makeField(name.normalize("NFC"), texts[index]?.[0]?.value ?? "", isSecret),
  );
  return { provider: null, day: null, fields, notices: [] };
}

/** Names and values of a text; of two lines without names a key and its secret. */
function assignmentsOf(content: string, lines: readonly KeyLine[]): readonly Assignment[] {
  const qr = /^user:[^:]*?-?key:([\w-]{43})-secret:([\w-]{43})$/.exec(squeezed(content));
  if (qr !== null) return pairOf([qr[1] ?? "", qr[2] ?? ""], [null, null]);
  const [first, second, ...rest] = lines;
  const isBare = [first, second].every(
    (line) => line !== undefined && !/[:\s,]|=(?!=*$)/.test(line.text),
  );
  if (isBare && rest.length === 0) {
    return pairOf([first?.text ?? "", second?.text ?? ""], [first?.number, second?.number]);
  }
  const found = lineAssignments(content);
  return found.length > 0 ? found : csvAssignments(content);
}

function pairOf(
  values: readonly string[],
  lines: readonly (number | null | undefined)[],
): readonly Assignment[] {
  return ["key", "secret"].map((name, index) => ({
    group: "",
    name,
    value: values[index] ?? "",
    line: lines[index] ?? null,
  }));
}

/**
 * The one key among names and values; null where none is whole and none is begun.
 *
 * @throws Refusal keys-unchosen, with names and places, where there are several
 */
function parseNames(
  content: string,
  lines: readonly KeyLine[],
  source: string,
  chosen: ProviderRow | null,
): ParsedKey | null {
  const assignments = assignmentsOf(content, lines);
  const keys = namedKeys(assignments, chosen);
  const whole = keys.filter(({ missing }) => missing.length === 0);
  const hasOthers = whole.some(({ provider }) => !isLined(provider));
  if (!hasOthers && (chosen === null || (isLined(chosen) && whole.length === 0))) {
    const key = parseTwoLines(lines, source) ?? parseDotenv(lines, source);
    if (key !== null) return key;
  }
  const [key, ...others] = whole;
  if (others.length > 0) throw unchosen(whole, source);
  if (key !== undefined) return ofNames(key, assignments, source);
  const begun = keys.find((each) => chosen !== null || isBegun(each));
  if (begun === undefined) return null;
  throw new Refusal(
    ...begun.missing.map((field) => ({ code: "field-missing", source, field }) as const),
  );
}

function isLined({ ownForm }: ProviderRow): boolean {
  return ownForm === "two-line";
}

/** True where a part that is there has the shape of one; keys of two lines say themselves what lacks. */
function isBegun({ provider, fields }: NamedKey): boolean {
  const isShaped = fields.some(({ name, text }) =>
    provider.fields.some((row) => row.name === name && row.isSure && hasShape(row, text)),
  );
  return isShaped && !isLined(provider);
}

function unchosen(keys: readonly NamedKey[], source: string): Refusal {
  const seen = keys.flatMap(({ parts }) =>
    parts.map(({ group, name, line }) => ({
      line,
      name: group === "" ? name : `${group}.${name}`,
    })),
  );
  const providers = [...new Set(keys.map(({ provider }) => provider.id))];
  return new Refusal({ code: "keys-unchosen", source, seen, providers });
}

/** The key with how many names with a value are not of it. */
function ofNames(
  { provider, fields, parts }: NamedKey,
  assignments: readonly Assignment[],
  source: string,
): ParsedKey {
  const key = makeKey(provider.id, fields, source);
  const lined = assignments.filter(({ line }) => line !== null);
  const count = lined.filter(({ line }) => !parts.some((part) => part.line === line)).length;
  return count === 0 ? key : { ...key, notices: [...key.notices, { code: "lines-unused", count }] };
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
function parseJson(text: string, source: string, chosen: ProviderRow | null): ParsedKey {
  const wrong = (place: string) => new Refusal({ code: "key-file-json", source, place });
  const value = jsonValue(text) ?? jsonValue(strictJson(text));
  if (typeof value !== "object" || value === null) throw wrong("");
  if (hasNameTwice(strictJson(text))) throw new Refusal({ code: "key-file-name-twice", source });
  if (!("keysheet" in value)) return parseForeignJson(value, source, chosen);
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

/** The key in the JSON of a program, with whatever else it keeps there; any other is refused by name. */
function parseForeignJson(value: object, source: string, chosen: ProviderRow | null): ParsedKey {
  const assignments = jsonAssignments(value);
  const keys = namedKeys(assignments, chosen);
  const [key, ...others] = keys.filter(({ missing }) => missing.length === 0);
  if (key === undefined) throw new Refusal({ code: "key-file-foreign", source, kind: "json" });
  if (others.length > 0) throw unchosen([key, ...others], source);
  return ofNames(key, assignments, source);
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
  if (record.provider !== null) return providerById(record.provider).ownForm;
  return keptFileOf(record) === null ? "json" : "file";
}

/**
 * The text of a key file, with a line end behind; mirrors `parseKeyFile`.
 *
 * @throws Refusal form-unfit, also of a kept file that is no text: `keptFileOf` has its bytes
 */
export function formatKeyFile(record: KeyRecord, form: KeyForm): string {
  const text = form === "json" ? formatJson(record) : writtenKey(record, form);
  if (text === null) throw new Refusal({ code: "form-unfit", form });
  return text;
}

function formatJson(record: KeyRecord): string {
  const { provider, fields } = record;
  const day = formatDay(record.day);
  const rows = fields.map((field) => [field.name, fieldText(field), field.isSecret]);
  return `${JSON.stringify({ keysheet: JSON_VERSION, provider, day, fields: rows })}\n`;
}
