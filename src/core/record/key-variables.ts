/**
 * The variables of a dotenv file that are parts of a Kraken key, and the one key that they are of.
 *
 * Two parts are of one key only when their names say the same of product and account: KRAKEN_API_KEY
 * is no half of what KRAKEN_FUTURES_API_SECRET or KRAKEN_API_SECRET_2 is the other half of.
 */
import { Refusal } from "../problem.js";
import { hasPublicShape, hasSecretShape, squeezed, withoutInvisible } from "./check-fields.js";
import { type KeyLine, type Role, takePart } from "./key-lines.js";

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly lines: readonly KeyLine[];
}

export interface KeyVariables {
  readonly isFutures: boolean;
  readonly key: string;
  readonly secret: string;
  readonly used: readonly KeyLine[];
}

/** What a name says; `account` is what is left of it, empty where there is one account only. */
interface PartName {
  readonly isFutures: boolean;
  readonly role: Role;
  readonly account: string;
}

interface Part extends Variable, PartName {}

const NAME_LIMIT = 64;
const KNOWN_TOKENS = new Set([
  ...["KRAKEN", "API", "SPOT", "FUTURES", "KEY", "PUBLIC", "SECRET", "PRIVATE"],
]);
const JOINED_TOKENS = /^(API|PUBLIC|PRIVATE|SECRET)?(KEY|SECRET)$/;
const NUMBERED_TOKEN = /^([A-Z]+)(\d+)$/;

function tokensOf(name: string): readonly string[] {
  return name
    .toUpperCase()
    .split("_")
    .flatMap((token) => {
      const [, word, number] = NUMBERED_TOKEN.exec(token) ?? [];
      return word === undefined || number === undefined ? [token] : [word, number];
    })
    .flatMap((token) => JOINED_TOKENS.exec(token)?.slice(1).filter(Boolean) ?? [token])
    .filter((token) => token !== "");
}

/** Null for a name that is none of a part of a Kraken key. */
function partName(name: string): PartName | null {
  const tokens = tokensOf(name);
  if (!tokens.includes("KRAKEN")) return null;
  const isSecret = tokens.includes("SECRET") || tokens.includes("PRIVATE");
  if (!isSecret && !tokens.includes("KEY") && !tokens.includes("PUBLIC")) return null;
  return {
    isFutures: tokens.includes("FUTURES"),
    role: isSecret ? "secret" : "key",
    account: tokens.filter((token) => !KNOWN_TOKENS.has(token)).join("_"),
  };
}

/** KRAKEN_KEY_FILE and such hold no key, however they are called. */
function looksLikePart(value: string): boolean {
  return /^[A-Za-z0-9+/]{20,}={0,2}$/.test(squeezed(value));
}

/** The name and the value of the first line, which may go on on the next ones. */
function variableAt(lines: readonly KeyLine[], index: number): Part | null {
  const line = lines[index] as KeyLine;
  const cut = line.text.indexOf("=");
  if (cut < 0) return null;
  const name = withoutInvisible(line.text.slice(0, cut))
    .trim()
    .replace(/^export\s+/, "");
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.length > NAME_LIMIT) return null;
  const known = partName(name);
  if (known === null) return null;
  const first = valueOf(line.text.slice(cut + 1).trim());
  const { role } = known;
  const hasShape = role === "key" ? hasPublicShape : hasSecretShape;
  const following = lines.slice(index + 1).map(({ number, text }) => ({
    number,
    text: text.replace(/["'`]$/, ""),
  }));
  const whole = hasShape(first)
    ? null
    : takePart([{ number: line.number, text: first }, ...following], role);
  const used = lines.slice(index, index + (whole?.count ?? 1));
  return { ...known, name, value: whole?.text ?? first, lines: used };
}

/** Outside quotes a comment begins at a hash after white space; a quote may end on another line. */
function valueOf(text: string): string {
  const quoted = /^(["'`])(.*?)\1/.exec(text)?.[2];
  return (
    quoted ??
    text
      .replace(/^["'`]/, "")
      .replace(/(^|\s)#.*$/, "")
      .trim()
  );
}

function partsOf(lines: readonly KeyLine[]): readonly Part[] {
  return lines.flatMap((_, index) => {
    const part = variableAt(lines, index);
    if (part === null || squeezed(part.value) === "") return [];
    return part.account === "" || looksLikePart(part.value) ? [part] : [];
  });
}

/**
 * The one key that the variables of a file hold, a part of it empty where it is not there; null where
 * none is of a Kraken key.
 *
 * @throws Refusal keys-several, with the names and places of the parts
 */
export function keyOfVariables(lines: readonly KeyLine[], source: string): KeyVariables | null {
  const parts = partsOf(lines);
  const [first] = parts;
  if (first === undefined) return null;
  const valuesOf = (role: Role) => [
    ...new Set(parts.filter((part) => part.role === role).map(({ value }) => squeezed(value))),
  ];
  const isOneKey = parts.every(
    ({ isFutures, account }) => isFutures === first.isFutures && account === first.account,
  );
  if (!isOneKey || valuesOf("key").length > 1 || valuesOf("secret").length > 1) {
    const seen = parts.map(({ name, lines: [line] }) => ({ line: line?.number ?? 0, name }));
    throw new Refusal({ code: "keys-several", source, seen });
  }
  const textOf = (role: Role) => parts.find((part) => part.role === role)?.value ?? "";
  return {
    isFutures: first.isFutures,
    key: textOf("key"),
    secret: textOf("secret"),
    used: parts.flatMap((part) => part.lines),
  };
}
