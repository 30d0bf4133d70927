/**
 * Templates and their fonts: those that come with the program, from its own folder, and files of a
 * user, with fonts beside them.
 *
 * Gives only what is well-formed; whatever a file of a user holds, it is refused or it is a template.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { jsonFault } from "../../core/json-fault.js";
import { type Problem, Refusal } from "../../core/problem.js";
import { parseTemplate } from "../../core/sheet/parse-template.js";
import type { Template } from "../../core/sheet/template.js";
import { malformedUtf8Line, textFromUtf8 } from "../../core/text.js";
import { unlessRefusedLater } from "../../core/unless-refused.js";
import { readFileBytes } from "./files.js";
import { type Kerning, kerningOf } from "./kerning.js";
import { packageFile } from "./package-folder.js";

const FOLDER = fileURLToPath(packageFile("templates/"));
const FONTS_FOLDER = path.join(FOLDER, "fonts");

export const TEMPLATE_NAMES = ["standard", "card", "large"] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

const TEMPLATE_LIMIT_BYTES = 1024 * 1024;
const FONT_LIMIT_BYTES = 32 * 1024 * 1024;

export interface LoadedTemplate {
  readonly template: Template;
  /** The bytes of each font, by its name in the template. */
  readonly fonts: ReadonlyMap<string, Uint8Array>;
  /** Of fonts that come with the program, by the same names. */
  readonly kernings: ReadonlyMap<string, Kerning>;
}

const loaded = new Map<TemplateName, Promise<LoadedTemplate>>();

/** One that comes with the program; read once a process. */
export function loadTemplate(name: TemplateName): Promise<LoadedTemplate> {
  const file = path.join(FOLDER, `${name}.json`);
  const known = loaded.get(name) ?? readTemplate(file, name, [FONTS_FOLDER]);
  loaded.set(name, known);
  return known;
}

/** By the name of one that comes with the program, or by a file: with a folder, or ending in .json. */
export async function findTemplate(nameOrFile: string): Promise<LoadedTemplate> {
  const name = TEMPLATE_NAMES.find((known) => known === nameOrFile);
  if (name !== undefined) return loadTemplate(name);
  if (!/[\\/]|\.json$/i.test(nameOrFile)) {
    throw new Refusal({ code: "template-unknown", names: TEMPLATE_NAMES });
  }
  const file = path.resolve(nameOrFile);
  return readTemplate(file, nameOrFile, [path.dirname(file), FONTS_FOLDER]);
}

async function readTemplate(
  file: string,
  source: string,
  fontFolders: readonly string[],
): Promise<LoadedTemplate> {
  const bytes = await readFileBytes(file, source, TEMPLATE_LIMIT_BYTES);
  return templateOf(bytes, source, (font) => readFont(font, source, fontFolders));
}

/**
 * One of a user's own, as the bytes of its file; fonts that do not come with the program by their files' names.
 *
 * @throws Refusal template-json, template-malformed, file-not-utf8, font-missing, font-malformed
 */
export function openTemplate(
  bytes: Uint8Array,
  source: string,
  fonts: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<LoadedTemplate> {
  return templateOf(bytes, source, (file) => {
    const given = fonts.get(file);
    if (given === undefined) return readFont(file, source, [FONTS_FOLDER]);
    return Promise.resolve(isFont(given) ? { bytes: given, kerning: null } : malformedFont(file));
  });
}

async function templateOf(
  bytes: Uint8Array,
  source: string,
  fontOf: (file: string) => Promise<FoundFont | Problem>,
): Promise<LoadedTemplate> {
  const template = parseTemplate(parseJson(bytes, source), source);
  const found = await Promise.all(
    Object.entries(template.fonts).map(async ([name, font]) => [name, await fontOf(font)] as const),
  );
  const problems = found.flatMap(([, font]) => ("code" in font ? [font] : []));
  if (problems.length > 0) throw new Refusal(...problems);
  const fonts = new Map<string, Uint8Array>();
  const kernings = new Map<string, Kerning>();
  for (const [name, font] of found as (readonly [string, FoundFont])[]) {
    fonts.set(name, font.bytes);
    if (font.kerning !== null) kernings.set(name, font.kerning);
  }
  return { template, fonts, kernings };
}

function parseJson(bytes: Uint8Array, source: string): unknown {
  const text = textFromUtf8(bytes)?.replace(/^\ufeff/, "");
  if (text === undefined) {
    throw new Refusal({ code: "file-not-utf8", source, line: malformedUtf8Line(bytes) ?? 1 });
  }
  const fault = jsonFault(text);
  if (fault !== null) throw new Refusal({ code: "template-json", source, ...fault });
  return JSON.parse(text);
}

/** How TrueType and OpenType fonts begin. */
const FONT_HEADS: readonly string[] = ["\0\x01\0\0", "true", "OTTO"];

function isFont(bytes: Uint8Array): boolean {
  return FONT_HEADS.includes(String.fromCharCode(...bytes.subarray(0, 4)));
}

function malformedFont(file: string): Problem {
  return { code: "font-malformed", fonts: [file] };
}

interface FoundFont {
  readonly bytes: Uint8Array;
  readonly kerning: Kerning | null;
}

/** The font of the first folder that has it, or what is wrong with it. */
async function readFont(
  file: string,
  source: string,
  folders: readonly string[],
): Promise<FoundFont | Problem> {
  for (const folder of folders) {
    const bytes = await readIfThere(path.join(folder, file));
    if (bytes === null) continue;
    if (!isFont(bytes)) return malformedFont(file);
    return { bytes, kerning: folder === FONTS_FOLDER ? await kerningOf(file) : null };
  }
  return { code: "font-missing", source, file };
}

/** No bytes of what is too large or empty, and so is no font. */
async function readIfThere(file: string): Promise<Uint8Array | null> {
  const read = (): Promise<Uint8Array | null> => readFileBytes(file, file, FONT_LIMIT_BYTES);
  return unlessRefusedLater(read, ({ problems }) => {
    const isThere = problems.some(({ code }) => code === "file-too-large" || code === "file-empty");
    return isThere ? new Uint8Array() : null;
  });
}
