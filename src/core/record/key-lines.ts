/**
 * The lines of a text with a key in it: which of them are one part, also where a page or a mail program
 * broke it at some width, and which are of another key.
 */
import {
  hasPublicShape,
  hasSecretShape,
  isSoundSecret,
  squeezed,
  withoutInvisible,
} from "./check-fields.js";

/** A line that holds something, without white space around; `number` counts all lines, from 1. */
export interface KeyLine {
  readonly number: number;
  readonly text: string;
}

// White space at an end says nothing; where a space that does not break is taken out, keysheet says so.
const OUTER_SPACE = /^[^\S\u00a0\u2007\u202f\ufeff]+|[^\S\u00a0\u2007\u202f\ufeff]+$/gu;

/** The lines that are neither empty nor a comment. */
export function contentLines(content: string): readonly KeyLine[] {
  return content
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.replace(OUTER_SPACE, "") }))
    .filter(({ text }) => squeezed(text) !== "" && !squeezed(text).startsWith("#"));
}

export type Role = "key" | "secret";

export interface TakenPart {
  readonly text: string;
  /** How many lines it stands on. */
  readonly count: number;
}

const LONGEST_PART = 88;

/** True for a line of nothing but base64, padded or not. */
function isBase64({ text }: KeyLine): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(squeezed(text));
}

/**
 * The part that begins with the first of the lines and goes on over as many as it takes to have a shape
 * of its role.
 *
 * A secret of 88 characters may look whole after 86 of them, as one of another provider that lost its
 * padding. It is taken to its end, unless those 86 are a sound secret on a line of their own: then
 * nobody can tell, and null is given.
 */
export function takePart(lines: readonly KeyLine[], role: Role): TakenPart | null {
  const hasRole = role === "key" ? hasPublicShape : hasSecretShape;
  const found: TakenPart[] = [];
  let text = "";
  for (const [index, line] of lines.entries()) {
    if (!isBase64(line)) break;
    text = index === 0 ? line.text : `${text}\n${line.text}`;
    if (squeezed(text).length > LONGEST_PART) break;
    if (hasRole(text)) found.push({ text, count: index + 1 });
  }
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined || first === last) return last ?? null;
  const isPadding = squeezed(last.text.slice(first.text.length)).replace(/=/g, "") === "";
  return isPadding || first.count > 1 || !isSoundSecret(first.text) ? last : null;
}

export interface TwoParts {
  readonly key: string;
  readonly secret: string;
  readonly used: readonly KeyLine[];
}

/** A key and behind it a secret, each on one line or several; null where the lines begin otherwise. */
export function takeTwoParts(lines: readonly KeyLine[]): TwoParts | null {
  const key = takePart(lines, "key");
  const secret = key === null ? null : takePart(lines.slice(key.count), "secret");
  if (key === null || secret === null) return null;
  const used = lines.slice(0, key.count + secret.count);
  return { key: key.text, secret: secret.text, used };
}

/** No word and no name has so many letters and digits in a row; of a key's parts the least is longer. */
const KEY_RUN = /[A-Za-z0-9+/]{40,}/;

/** Of lines beside a key those that may be of another one; the same key once more is none. */
export function linesOfOthers(
  lines: readonly KeyLine[],
  used: readonly KeyLine[],
): readonly KeyLine[] {
  const known = new Set(used.map(({ text }) => squeezed(text)));
  const others = lines.filter((line) => !used.includes(line) && !known.has(squeezed(line.text)));
  return others.filter((line, index) => {
    if (KEY_RUN.test(withoutInvisible(line.text))) return true;
    const rest = others.slice(index);
    return takePart(rest, "key") !== null || takePart(rest, "secret") !== null;
  });
}
