/** What this program's package says of itself. */
import { readFile } from "node:fs/promises";
import { originOf, type PackageFacts } from "../../core/origin.js";

async function facts(): Promise<PackageFacts & { readonly version: string }> {
  const text = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
  return JSON.parse(text) as PackageFacts & { readonly version: string };
}

export async function packageVersion(): Promise<string> {
  return (await facts()).version;
}

/** Where the program comes from. */
export async function packageOrigin(): Promise<string> {
  return originOf(await facts());
}
