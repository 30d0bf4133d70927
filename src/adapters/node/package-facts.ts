/** What this program's package says of itself. */
import { readFileSync } from "node:fs";
import { originOf, type PackageFacts } from "../../core/origin.js";
import { packageFile } from "./package-folder.js";

function facts(): PackageFacts & { readonly version: string } {
  const text = readFileSync(packageFile("package.json"), "utf8");
  return JSON.parse(text) as PackageFacts & { readonly version: string };
}

export function packageVersion(): string {
  return facts().version;
}

/** Where the program comes from. */
export function packageOrigin(): string {
  return originOf(facts());
}
