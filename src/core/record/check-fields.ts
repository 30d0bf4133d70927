/**
 * Checks that help while a key goes in: what is wrong with its fields, before they go on paper.
 *
 * What is beyond doubt is mended and told (white space inside, a lost `==`); what is not is refused,
 * since a sheet of a mistyped key would be found out only when the key is needed.
 */
import { type Problem, Refusal } from "../problem.js";
import { type FieldRow, type ProviderId, providerById, PROVIDERS } from "./providers.js";
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
  | { readonly code: "padding-restored"; readonly field: string; readonly padding: string };

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

function lengthsOf(row: FieldRow): readonly number[] {
  return [row.lengthBytes, ...row.otherLengthsBytes];
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

/** True when a text, squeezed, has a length that the row allows. */
export function hasShape(row: FieldRow, text: string): boolean {
  return matchLength(row, squeezed(text)) !== null;
}

/** The provider of a key and secret by their shapes, Kraken Spot where the shapes do not tell. */
export function providerByShape(secret: string): ProviderId {
  const match = PROVIDERS.find(({ fields }) => {
    const row = fields.find(({ isSecret }) => isSecret);
    return row !== undefined && hasShape(row, secret);
  });
  return match?.id ?? "kraken-spot";
}

/** One field against its row, whose encoding is base64; throws with what is wrong. */
export function checkField(row: FieldRow, text: string, source: string): CheckedField {
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

/** All fields of a provider's key, at once; throws with every problem of every field. */
export function checkFields(
  provider: ProviderId,
  fields: readonly RawField[],
  source: string,
): readonly CheckedField[] {
  const rows = providerById(provider).fields;
  const texts = rows.map(({ name }) => fields.find((field) => field.name === name)?.text ?? "");
  const missing = rows.filter((_, index) => squeezed(texts[index] ?? "") === "");
  if (missing.length > 0) {
    throw new Refusal(
      ...missing.map(({ title }) => ({ code: "field-missing", source, field: title }) as const),
    );
  }
  if (isSwapped(rows, texts)) {
    throw new Refusal({ code: "fields-swapped", source, fields: rows.map(({ title }) => title) });
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
  return checked;
}

/** True when each of two fields has the shape of the other and none its own. */
function isSwapped(rows: readonly FieldRow[], texts: readonly string[]): boolean {
  const [first, second] = rows;
  const [firstText, secondText] = texts;
  if (!first || !second || firstText === undefined || secondText === undefined) return false;
  return hasSecretShape(firstText) && !hasSecretShape(secondText) && hasShape(first, secondText);
}

/** True when a text has the shape of some provider's secret: 86 to 88 characters for Kraken. */
export function hasSecretShape(text: string): boolean {
  return PROVIDERS.some(({ fields }) => fields.some((row) => row.isSecret && hasShape(row, text)));
}

/** True when a text has the shape of some provider's public part: 56 characters for Kraken. */
export function hasPublicShape(text: string): boolean {
  return PROVIDERS.some(({ fields }) => fields.some((row) => !row.isSecret && hasShape(row, text)));
}

/** True when some provider's secret may be so, to its last character. */
export function isSoundSecret(text: string): boolean {
  return PROVIDERS.some(({ fields }) => {
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
