/**
 * Where the program's own files are: the package's folder, the nearest above this code that has a
 * `package.json`, whether it runs as modules or as files that modules were put together into.
 */
import { existsSync } from "node:fs";

function packageFolder(): URL {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) {
    const above = new URL("../", folder);
    if (above.href === folder.href) return folder;
    folder = above;
  }
  return folder;
}

let found: URL | undefined;

/** A file of the package, by its path from the package's folder. */
export function packageFile(path: string): URL {
  found ??= packageFolder();
  return new URL(path, found);
}
