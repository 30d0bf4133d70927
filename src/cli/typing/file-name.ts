/**
 * The name of a file as people give it to a prompt: quoted, with escaped spaces, from their home; and
 * completed while they type it.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";

export function parseFileName(text: string, home: string | undefined): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1$/.exec(trimmed)?.[2];
  // What is dragged onto a terminal comes with its spaces escaped.
  const plain = quoted ?? trimmed.replace(/\\(.)/g, "$1");
  const fromHome = /^~[/\\]/.test(plain) && home !== undefined;
  return fromHome ? path.join(home, plain.slice(2)) : plain;
}

export interface CompletedName {
  /** As it was typed, and what is certain behind it. */
  readonly name: string;
  /** Names in the folder that it may become. */
  readonly choices: readonly string[];
}

/** A name as far as the files in its folder complete it; folders end with a slash. */
export async function completeFileName(
  typed: string,
  home: string | undefined,
): Promise<CompletedName> {
  const start = typed.trimStart();
  const quote = /^["']/.exec(start)?.[0] ?? "";
  const plain = quote === "" ? parseFileName(start, home) : parseFileName(`${start}${quote}`, home);
  const isFolder = start.endsWith("/");
  const begun = isFolder ? "" : path.basename(plain);
  const folder = isFolder ? plain : path.dirname(plain);
  const choices = await namesIn(folder, begun);
  const common = commonStart(choices).slice(begun.length);
  const added = quote === "" ? common.replace(/[\s"'\\]/g, "\\$&") : common;
  const isFile = choices.length === 1 && choices[0]?.endsWith("/") === false;
  return { name: start + added + (isFile ? quote : ""), choices };
}

/** Hidden ones only where a dot was typed. */
async function namesIn(folder: string, begun: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder === "" ? "." : folder, { withFileTypes: true });
    return entries
      .filter(({ name }) => name.startsWith(begun) && (begun !== "" || !name.startsWith(".")))
      .map((entry) => entry.name + (entry.isDirectory() ? "/" : ""))
      .sort();
  } catch {
    return [];
  }
}

function commonStart(names: readonly string[]): string {
  const [first = "", ...others] = names;
  const letters = Array.from(first);
  let count = letters.length;
  for (const other of others) {
    while (!other.startsWith(letters.slice(0, count).join(""))) count -= 1;
  }
  return letters.slice(0, count).join("");
}
