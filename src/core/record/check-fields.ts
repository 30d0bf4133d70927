/**
 * Checks that help while a key goes in: what is wrong with its fields, before they go on paper.
 *
 * What is beyond doubt is mended and told (white space inside, a lost `==`); what is not is refused,
 * since a sheet of a mistyped key would be found out only when the key is needed.
 */
import { type Problem, Refusal } from "../problem.js";
import {
  type Alphabet,
  type FieldRow,
  type ProviderId,
  type ProviderRow,
  providerById,
  PROVIDERS,
} from "./providers.js";
import { unlessRefused } from "../unless-refused.js";

export interface RawField {
  readonly name: string;
  readonly text: string;
}

/** What was mended in a field. */
export type Notice =
  | { readonly code: "white-space-removed"; readonly field: string; readonly count: number }
  /** Characters that nobody sees: of no width, or a space that does not break. */
  | { readonly code: "invisible-removed"; readonly field: string; readonly count: number }
  /** Of the whole file: lines that hold something, and nothing of the key. */
  | { readonly code: "lines-unused"; readonly count: number }
  | { readonly code: "padding-restored"; readonly field: string; readonly padding: string }
  /** It was given as NAME=value, as a line of a file. */
  | { readonly code: "name-removed"; readonly field: string }
  /** Not the shape that this field mostly has, of which nobody is sure. */
  | {
      readonly code: "field-unusual";
      readonly field: string;
      readonly length: number;
      readonly expected: readonly number[];
    }
  /** One character over and over. */
  | { readonly code: "field-repeating"; readonly field: string }
  /** A value that the provider's documentation prints. */
  | { readonly code: "field-published"; readonly field: string; readonly provider: string }
  /** The key in it opens only with a passphrase, which is not in it. */
  | { readonly code: "pem-passphrase"; readonly field: string };

export interface CheckedField {
  readonly text: string;
  readonly notices: readonly Notice[];
}

const BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Characters of so many bytes in base64 with padding. */
function base64Length(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

function base64Padding(bytes: number): string {
  return "=".repeat((3 - (bytes % 3)) % 3);
}

/** Lengths in bytes of a field in base64 that are sure; none for any other field. */
function lengthsOf(row: FieldRow): readonly number[] {
  const isMeasured = row.alphabet === "base64" && row.lengthBytes !== null;
  return isMeasured ? [row.lengthBytes, ...row.otherLengthsBytes] : [];
}

const ALPHABETS: Readonly<Record<Exclude<Alphabet, "any" | "pem">, RegExp>> = {
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+$/,
  base62: /^[A-Za-z0-9]+$/,
  base32: /^[A-Z2-7]+$/,
  hex: /^[0-9a-f]+$/,
  "upper-hex": /^[0-9A-F]+$/,
  "0x-hex": /^0x[0-9A-Fa-f]+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  groups: /^[0-9A-Za-z]+(-[0-9A-Za-z]+)+$/,
};

const PEM_TEXT = /^-----BEGIN [A-Z0-9 ]+-----\r?\n[\s\S]+\n-----END [A-Z0-9 ]+-----\r?\n?$/;

/** True when a text has the characters, the beginning and the length that a row says. */
function isOrdinary(row: FieldRow, text: string): boolean {
  if (!text.startsWith(row.prefix)) return false;
  if (row.lengths.length > 0 && !row.lengths.includes(text.length)) return false;
  const rest = text.slice(row.prefix.length);
  if (row.alphabet === "any") return rest !== "";
  return row.alphabet === "pem" ? PEM_TEXT.test(text) : ALPHABETS[row.alphabet].test(rest);
}

/**
 * The byte length, of those that the row allows, that a text has. At the row's own length it may have
 * lost its padding; at another one it could as well have lost its end.
 */
function matchLength(row: FieldRow, text: string): number | null {
  const digits = text.replace(/=+$/, "");
  const given = text.slice(digits.length);
  const isMatch = (bytes: number) => {
    const padding = base64Padding(bytes);
    const hasPadding = bytes === row.lengthBytes ? padding.startsWith(given) : padding === given;
    return digits.length === base64Length(bytes) - padding.length && hasPadding;
  };
  return lengthsOf(row).find(isMatch) ?? null;
}

// What Unicode has drawn as nothing, the spaces that do not break, and the braille pattern of no dots.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u00a0\u2007\u202f\u2800]/gu;

/** A text without the characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** A text without white space and without the characters that nobody sees. */
export function squeezed(text: string): string {
  return withoutInvisible(text).replace(/\s+/gu, "");
}

/** True when a text, squeezed, has a shape that the row allows: of base64 the length is enough. */
export function hasShape(row: FieldRow, text: string): boolean {
  if (isKept(row)) return isOrdinary(row, text);
  return lengthsOf(row).length > 0
    ? matchLength(row, squeezed(text)) !== null
    : isOrdinary(row, squeezed(text));
}

/** What a person chose, and what has lines of its own, is kept as it is. */
function isKept({ alphabet }: FieldRow): boolean {
  return alphabet === "any" || alphabet === "pem";
}

/** The providers whose keys people keep in two lines, and whose parts are found among others by length. */
const LINED: readonly ProviderRow[] = PROVIDERS.filter(({ ownForm }) => ownForm === "two-line");
const [USUAL] = LINED as readonly [ProviderRow];

/** The provider of a key in two lines by the shape of its secret, the usual one where it does not tell. */
export function providerByShape(secret: string): ProviderId {
  const match = LINED.find(({ fields }) => {
    const row = fields.find(({ isSecret }) => isSecret);
    return row !== undefined && hasShape(row, secret);
  });
  return match?.id ?? USUAL.id;
}

/** One field against its row; throws with what is wrong. */
export function checkField(row: FieldRow, given: string, source: string): CheckedField {
  const notices: Notice[] = [];
  const field = row.title;
  const behindName = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]{0,63}\s*=\s*(\S[^]*)$/.exec(
    given,
  )?.[1];
  const isNamed = behindName !== undefined && !hasShape(row, given) && hasShape(row, behindName);
  if (isNamed) notices.push({ code: "name-removed", field });
  const text = isNamed ? behindName : given;
  const checked = isKept(row) ? checkKept(row, text, source) : checkSqueezed(row, text, source);
  return { text: checked.text, notices: [...notices, ...checked.notices] };
}

/** A text that is kept as it is; of a PEM line ends that were written as \n are made line ends. */
function checkKept(row: FieldRow, given: string, source: string): CheckedField {
  const field = row.title;
  const text = row.alphabet === "pem" ? given.replaceAll("\\n", "\n") : given;
  if (!isOrdinary(row, text)) throw new Refusal({ code: "field-shape", source, field });
  const isLocked = row.alphabet === "pem" && isLockedPem(text);
  return { text, notices: isLocked ? [{ code: "pem-passphrase", field }] : [] };
}

/** True for a private key that needs a passphrase. */
export function isLockedPem(text: string): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text);
}

function checkSqueezed(row: FieldRow, text: string, source: string): CheckedField {
  const notices: Notice[] = [];
  const field = row.title;
  const seen = withoutInvisible(text);
  const invisibleCount = Array.from(text).length - Array.from(seen).length;
  if (invisibleCount > 0) notices.push({ code: "invisible-removed", field, count: invisibleCount });
  const trimmed = seen.trim();
  const joined = trimmed.replace(/\s+/gu, "");
  if (joined.length < trimmed.length) {
    const count = trimmed.length - joined.length;
    notices.push({ code: "white-space-removed", field, count });
  }

  if (isRepeating(joined, row.prefix)) notices.push({ code: "field-repeating", field });
  if (lengthsOf(row).length === 0) {
    const told = checkOrdinary(row, joined, source);
    return { text: joined, notices: [...notices, ...told] };
  }
  const length = matchLength(row, joined);
  const positions = foreignPositions(joined);
  const problems: Problem[] = [];
  if (positions.length > 0) problems.push({ code: "field-character", source, field, positions });
  if (length === null) {
    const expected = [...new Set(lengthsOf(row).map(base64Length))];
    problems.push({ code: "field-length", source, field, length: joined.length, expected });
  } else if (positions.length === 0) {
    const allowed = lastCharacters(length);
    const last = joined.replace(/=+$/, "").at(-1) ?? "";
    if (!allowed.includes(last)) {
      problems.push({ code: "field-last-character", source, field, allowed });
    }
  }
  if (problems.length > 0 || length === null) throw new Refusal(...problems);

  const padding = base64Length(length) - joined.length;
  if (padding > 0) {
    notices.push({ code: "padding-restored", field, padding: "=".repeat(padding) });
  }
  return { text: joined + "=".repeat(padding), notices };
}

const REPEATED_LEAST = 8;

/** True for one character over and over, which stands for a key in an example or a test. */
function isRepeating(text: string, prefix: string): boolean {
  const digits = (text.startsWith(prefix) ? text.slice(prefix.length) : text).replace(/=+$/, "");
  return digits.length >= REPEATED_LEAST && new Set(digits).size === 1;
}

/** A field that is not measured in bytes: what is sure is refused, what is not is told. */
function checkOrdinary(row: FieldRow, text: string, source: string): readonly Notice[] {
  if (isOrdinary(row, text)) return [];
  const field = row.title;
  const { length } = text;
  const isLength = row.lengths.length > 0 && !row.lengths.includes(length);
  if (!row.isSure) return [{ code: "field-unusual", field, length, expected: row.lengths }];
  throw new Refusal(
    isLength
      ? { code: "field-length", source, field, length, expected: row.lengths }
      : { code: "field-shape", source, field },
  );
}

/** All fields of a provider's key, at once; throws with every problem of every field. */
export function checkFields(
  provider: ProviderId,
  fields: readonly RawField[],
  source: string,
): readonly (CheckedField & { readonly name: string })[] {
  const { fields: all, title: itsTitle, examples } = providerById(provider);
  const rows = all.filter(({ name, isOptional }) => {
    const isThere = fields.some((field) => field.name === name && squeezed(field.text) !== "");
    return !isOptional || isThere;
  });
  const texts = rows.map(({ name }) => fields.find((field) => field.name === name)?.text ?? "");
  const missing = rows.filter((_, index) => squeezed(texts[index] ?? "") === "");
  if (missing.length > 0) {
    throw new Refusal(
      ...missing.map(({ title }) => ({ code: "field-missing", source, field: title }) as const),
    );
  }
  if (isSwapped(rows, texts)) {
    const swapped = rows.slice(0, 2).map(({ title }) => title);
    throw new Refusal({ code: "fields-swapped", source, fields: swapped });
  }
  const problems: Problem[] = [];
  const checked = rows.flatMap((row, index) => {
    const check = () => [checkField(row, texts[index] ?? "", source)];
    return unlessRefused(check, (refusal) => {
      problems.push(...refusal.problems);
      return [];
    });
  });
  if (problems.length > 0) throw new Refusal(...problems);
  return checked.map(({ text, notices }, index) => {
    const { name = "", title = "" } = rows[index] ?? {};
    const isPublished = examples.includes(text);
    const told = { code: "field-published", field: title, provider: itsTitle } as const;
    return { name, text, notices: isPublished ? [...notices, told] : notices };
  });
}

/** True when each of two fields has the shape of the other and none its own. */
function isSwapped(rows: readonly FieldRow[], texts: readonly string[]): boolean {
  const [first, second] = rows;
  const [firstText, secondText] = texts;
  if (!first || !second || firstText === undefined || secondText === undefined) return false;
  if (lengthsOf(second).length === 0) {
    return (
      !hasShape(first, firstText) && hasShape(second, firstText) && hasShape(first, secondText)
    );
  }
  return hasSecretShape(firstText) && !hasSecretShape(secondText) && hasShape(first, secondText);
}

/** True when a text has the shape of some provider's secret: 86 to 88 characters for Kraken. */
export function hasSecretShape(text: string): boolean {
  return LINED.some(({ fields }) => fields.some((row) => row.isSecret && hasShape(row, text)));
}

/** True when a text has the shape of some provider's public part: 56 characters for Kraken. */
export function hasPublicShape(text: string): boolean {
  return LINED.some(({ fields }) => fields.some((row) => !row.isSecret && hasShape(row, text)));
}

/** True when some provider's secret may be so, to its last character. */
export function isSoundSecret(text: string): boolean {
  return LINED.some(({ fields }) => {
    const row = fields.find(({ isSecret }) => isSecret);
    const length = row === undefined ? null : matchLength(row, squeezed(text));
    const last = squeezed(text).replace(/=+$/, "").at(-1) ?? "";
    return length !== null && lastCharacters(length).includes(last);
  });
}

/** Positions, from 1, of characters that base64 does not have; `=` belongs to the end only. */
function foreignPositions(text: string): readonly number[] {
  const digits = text.replace(/={0,2}$/, "");
  return Array.from(digits).flatMap((character, index) =>
    BASE64_ALPHABET.includes(character) ? [] : [index + 1],
  );
}

/** The characters whose unused low bits are zero, as the last before the padding. */
function lastCharacters(bytes: number): string {
  const unusedBits = (6 - ((8 * bytes) % 6)) % 6;
  return Array.from(BASE64_ALPHABET)
    .filter((_, value) => value % (1 << unusedBits) === 0)
    .join("");
}
