/**
 * A key that goes in: from a file or standard input, as text or as a picture of the code that the
 * exchange shows with it; or asked for part by part.
 */
import path from "node:path";
import { kindOf, SHEET_FILE_LIMIT_BYTES } from "../../reading/file-kind.js";
import { readSheetFileInTime } from "../../adapters/node/sheet-file-in-time.js";
import { hasQrText } from "../../core/qr/qr-text.js";
import { listed } from "../../core/listed.js";
import { PAYLOAD_LIMIT_BYTES } from "../../core/payload/payload.js";
import { malformedUtf8Line, textFromUtf16, textFromUtf8 } from "../../core/text.js";
import { type Problem, Refusal } from "../../core/problem.js";
import {
  checkField,
  hasSecretShape,
  hasShape,
  providerByShape,
  type RawField,
} from "../../core/record/check-fields.js";
import { byteFileFields, keptFileOf } from "../../core/record/forms/kept-file.js";
import {
  type AskedField,
  isKeyUri,
  makeKey,
  type ParsedKey,
  parseKeyFile,
} from "../../core/record/key-file.js";
import { type Field, makeField } from "../../core/record/key-record.js";
import { type FieldRow, providerById, type ProviderRow } from "../../core/record/providers.js";
import type { Terminal } from "../../adapters/node/terminal.js";
import { STANDARD_INPUT } from "../args.js";
import { ANY_KEY, type KeyRequest } from "./key-request.js";
import { readInput } from "../gather.js";
import { formatNotices, formatProblems } from "../../wording/messages.js";
import type { World } from "../world.js";
import { unlessRefused, unlessRefusedLater } from "../../core/unless-refused.js";

// A key of the largest payload is below 8 KB in any form.
const KEY_FILE_LIMIT_BYTES = 256 * 1024;

/** Of a terminal as standard input the parts are asked for: it would show what is typed or pasted. */
export async function readKeyFile(
  file: string,
  world: World,
  option = "--from",
  request: KeyRequest = ANY_KEY,
): Promise<ParsedKey> {
  if (file === STANDARD_INPUT && world.isStdinTerminal) return askKey(world, option, request);
  const { bytes, source } = await readKeyBytes(file, world);
  const fileName = file === STANDARD_INPUT ? null : path.basename(file);
  if (request.isAsFile) return keptFile(bytes, fileName, source);
  const kind = kindOf(bytes);
  if (kind === "picture" || kind === "pdf") return readKeyCode(bytes, source);
  if (bytes.length > KEY_FILE_LIMIT_BYTES) {
    throw new Refusal({ code: "file-too-large", source, limitBytes: KEY_FILE_LIMIT_BYTES });
  }
  const wide = textFromUtf16(bytes);
  const text = wide ?? textFromUtf8(bytes);
  if (text === null) {
    const line = malformedUtf8Line(bytes) ?? 1;
    throw new Refusal({ code: "key-file-not-utf8", source, line });
  }
  const { provider, fields } = request;
  const options = provider === null ? { fields } : { provider: provider.id };
  const key = parseKeyFile(text, source, { ...options, fileName });
  const isKept = keptFileOf(key) !== null && fields.length === 0;
  // Kept are the bytes, not the text that they are read as.
  return isKept && wide !== null ? { ...keptBytes(bytes, fileName), notices: key.notices } : key;
}

function keptFile(bytes: Uint8Array, fileName: string | null, source: string): ParsedKey {
  const limit = PAYLOAD_LIMIT_BYTES;
  if (bytes.length > limit) {
    throw new Refusal({ code: "payload-too-long", length: bytes.length, limit });
  }
  const text = textFromUtf8(bytes);
  if (text === null) return keptBytes(bytes, fileName);
  return parseKeyFile(text, source, { keptAs: fileName });
}

function keptBytes(bytes: Uint8Array, fileName: string | null): ParsedKey {
  const base64 = Buffer.from(bytes).toString("base64");
  return { provider: null, day: null, fields: byteFileFields(fileName, base64), notices: [] };
}

/** The one code of a key that is in a picture or a PDF, whatever other codes are. */
async function readKeyCode(bytes: Uint8Array, source: string): Promise<ParsedKey> {
  const { carriers } = await readSheetFileInTime(bytes, source, { wanted: "key" });
  const texts = carriers.flatMap((carrier) => (carrier.kind === "code" ? carrier.text : []));
  const [text, ...others] = new Set(texts.filter(isKeyUri));
  if (others.length > 0) {
    throw new Refusal({ code: "keys-several", source, seen: [] });
  }
  if (text !== undefined) return parseKeyFile(text, source);
  const isSheet = texts.some(hasQrText) || carriers.some(({ kind }) => kind !== "code");
  throw new Refusal({ code: isSheet ? "key-file-sheet" : "key-code-missing", source });
}

async function readKeyBytes(file: string, world: World) {
  return unlessRefusedLater(
    () => readInput(file, world, SHEET_FILE_LIMIT_BYTES),
    ({ problems }) => {
      throw new Refusal(...problems.map(asKeyFileProblem));
    },
  );
}

/** An empty key file was read without a fault: it is the key that is missing. */
function asKeyFileProblem(problem: Problem): Problem {
  return problem.code === "file-empty"
    ? { code: "key-file-empty", source: problem.source }
    : problem;
}

export const PROMPT_SOURCE = "what you entered";

/**
 * Asks for the fields of a Kraken key without showing them; a field that is wrong is asked again. A
 * whole key, as an address or on lines of its own, is taken as the first answer too. `option` is how
 * the key is given where there is no terminal.
 */
export async function askKey(
  world: World,
  option = "--from",
  request: KeyRequest = ANY_KEY,
): Promise<ParsedKey> {
  const terminal = await world.openTerminal();
  if (terminal === null) throw new Refusal({ code: "terminal-missing", option });
  terminal.print(
    "Paste each part of the key; nothing of it is shown but its length. Ctrl-C stops.\n",
  );
  const { provider, fields: asked } = request;
  if (asked.length > 0) return askFields(terminal, asked);
  if (provider !== null && provider.ownForm !== "two-line") return askByRow(terminal, provider);
  const key = await askFirst(terminal);
  return typeof key === "string" ? askBehind(terminal, key) : key;
}

/** The private key behind an API key that is there; its shape says which of the provider's kinds it is. */
export async function askBehind(terminal: Terminal, key: string): Promise<ParsedKey> {
  const secret = await askSecret(terminal, key);
  const fields = [
    { name: "key", text: key },
    { name: "secret", text: secret },
  ];
  // What was mended was told at once.
  return { ...makeKey(providerByShape(secret), fields, PROMPT_SOURCE), notices: [] };
}

/**
 * The parts of a provider's key, one after another, but for one that is `known`; one that it may be without may
 * stay empty.
 */
export async function askByRow(
  terminal: Terminal,
  provider: ProviderRow,
  known: RawField | null = null,
): Promise<ParsedKey> {
  const fields: RawField[] = [];
  for (const row of provider.fields) {
    const text = row.name === known?.name ? known.text : await askRow(terminal, row, known);
    if (text !== null) fields.push({ name: row.name, text });
  }
  const key = makeKey(provider.id, fields, PROMPT_SOURCE);
  // What was mended was told at once.
  return { ...key, notices: key.notices.filter(({ code }) => code === "field-published") };
}

async function askRow(
  terminal: Terminal,
  row: FieldRow,
  known: RawField | null,
): Promise<string | null> {
  const length = row.lengths.length === 0 ? null : listed(row.lengths, "or");
  const many = length === null ? "" : ` (${length} characters)`;
  const empty = row.isOptional ? " (Enter where there is none)" : many;
  for (;;) {
    const text = await terminal.askHidden(`${capital(row.title)}${empty}: `, "count");
    if (text === null) throw new Refusal({ code: "answer-missing", asked: `the ${row.title}` });
    if (text.trim() === "") {
      if (row.isOptional) return null;
      terminal.print("Nothing was entered.\n");
    } else if (known !== null && withoutSpace(text) === withoutSpace(known.text)) {
      terminal.print("That is what you pasted first; this is another part.\n");
    } else if (isFieldAccepted(terminal, row, text)) {
      return text;
    }
  }
}

/** The parts of a key that no row describes: each is taken as it is. */
export async function askFields(
  terminal: Terminal,
  asked: readonly AskedField[],
): Promise<ParsedKey> {
  const fields: Field[] = [];
  for (const { name, isSecret } of asked) {
    const text = await askPart(terminal, name);
    fields.push(makeField(name, text, isSecret));
  }
  return { provider: null, day: null, fields, notices: [] };
}

async function askPart(terminal: Terminal, name: string): Promise<string> {
  for (;;) {
    const text = await terminal.askHidden(`${name}: `, "count");
    if (text === null) throw new Refusal({ code: "answer-missing", asked: name });
    if (text.trim() !== "") return text;
    terminal.print("Nothing was entered.\n");
  }
}

function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

async function askFirst(terminal: Terminal): Promise<string | ParsedKey> {
  const [row] = providerById("kraken-spot").fields as readonly [FieldRow];
  for (;;) {
    const text = await askHidden(terminal, "API key", 56);
    const isWhole = /^kraken:/i.test(text.trim()) || /\S[\r\n]+\S/.test(text);
    if (isWhole && !hasShape(row, text)) {
      const key = accepted(terminal, () => parseKeyFile(text, PROMPT_SOURCE));
      if (key === null) continue;
      terminal.print("That is a whole key, and nothing more is asked for.\n");
      return key;
    } else if (hasSecretShape(text)) {
      terminal.print("That is the private key; the API key is asked for first.\n");
    } else if (isFieldAccepted(terminal, row, text)) {
      return text;
    }
  }
}

async function askSecret(terminal: Terminal, key: string): Promise<string> {
  for (;;) {
    const text = await askHidden(terminal, "private key", 88);
    const row = providerById(providerByShape(text)).fields.find(({ isSecret }) => isSecret);
    if (withoutSpace(text) === withoutSpace(key)) {
      terminal.print("That is the API key once more; the private key is asked for now.\n");
    } else if (isFieldAccepted(terminal, row as FieldRow, text)) {
      return text;
    }
  }
}

async function askHidden(terminal: Terminal, part: string, length: number): Promise<string> {
  for (;;) {
    const text = await terminal.askHidden(
      `${capital(part)} (${String(length)} characters): `,
      "count",
    );
    if (text === null) throw new Refusal({ code: "answer-missing", asked: `the ${part}` });
    const once = halfOf(text);
    if (once !== null) terminal.print("It was pasted twice, and is taken once.\n");
    if (text.trim() !== "") return once ?? text;
    terminal.print("Nothing was entered.\n");
  }
}

/** What stands twice in a text, line by line or in one; null for any other text. */
function halfOf(text: string): string | null {
  const lines = text.trim().split(/\s+/);
  const [one = ""] = lines;
  const parts =
    lines.length > 1 ? lines : [one.slice(0, one.length / 2), one.slice(one.length / 2)];
  const [first, second] = [parts.slice(0, parts.length / 2), parts.slice(parts.length / 2)];
  const isTwice = first.length === second.length && first.join("\n") === second.join("\n");
  return isTwice && first.join("") !== "" ? first.join("\n") : null;
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, "");
}

/** Tells what was mended; how much arrived stands behind the question. */
function isFieldAccepted(terminal: Terminal, row: FieldRow, text: string): boolean {
  const checked = accepted(terminal, () => checkField(row, text, PROMPT_SOURCE));
  if (checked === null) return false;
  terminal.print(formatNotices(checked.notices));
  return true;
}

/** What a check gives, or null after telling what is wrong. */
export function accepted<T>(terminal: Terminal, check: () => T): T | null {
  return unlessRefused<T | null>(check, ({ problems }) => {
    terminal.print(formatProblems(problems));
    return null;
  });
}
