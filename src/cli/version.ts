/** The version of this program, as its package says. */
import { readFile } from "node:fs/promises";

export async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const { version: value } = JSON.parse(text) as { readonly version: string };
  return value;
}
