/** The templates and fonts that come with the program, from its own folder. */
import { readFile } from "node:fs/promises";
import { parseTemplate, type Template } from "../core/sheet/template.js";

const FOLDER = new URL("../../templates/", import.meta.url);

export interface LoadedTemplate {
  readonly template: Template;
  /** The bytes of each font, by its name in the template. */
  readonly fonts: ReadonlyMap<string, Uint8Array>;
}

const loaded = new Map<string, Promise<LoadedTemplate>>();

/** Read once a process; the files are the program's own. */
export function loadTemplate(name: "standard"): Promise<LoadedTemplate> {
  const known = loaded.get(name) ?? readTemplate(name);
  loaded.set(name, known);
  return known;
}

async function readTemplate(name: string): Promise<LoadedTemplate> {
  const text = await readFile(new URL(`${name}.json`, FOLDER), "utf8");
  const template = parseTemplate(JSON.parse(text));
  const fonts = await Promise.all(
    Object.entries(template.fonts).map(
      async ([font, file]) => [font, await readFile(new URL(`fonts/${file}`, FOLDER))] as const,
    ),
  );
  return { template, fonts: new Map(fonts) };
}
