/**
 * Where in our own code an error was thrown: the module, and the line of the file that it runs in. Nothing
 * else of an error is said, since its message may hold anything.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packageFile } from "../adapters/node/package-folder.js";

const IN_PACKAGE = /^((?:dist|src)[\\/]([\w\\/.-]+)):(\d+):\d+/;

/** The comment in front of each module of a file that modules were put together into. */
const MODULE = /^\/\/ (?:src|(node_modules))\/(\S+)$/;

/** "core/restore/restore.ts (parts/codec.js:120)", or where modules run by themselves "core/..:12". */
export function placeOfFault(error: unknown): string {
  const { message, stack = "" } = error instanceof Error ? error : { message: "" };
  const frames = stack.replace(message, "").split("\n");
  const places = frames.flatMap((frame) => placeOf(frame) ?? []);
  const ours = places.find(({ isOurs }) => isOurs) ?? places[0];
  return ours?.place ?? "unknown place";
}

/** Null for a line of the stack that is not in the package's own folders. */
function placeOf(frame: string): { readonly place: string; readonly isOurs: boolean } | null {
  const folder = packageFile("");
  const start = [folder.href, fileURLToPath(folder)].find((each) => frame.includes(each));
  if (start === undefined) return null;
  const rest = frame.slice(frame.indexOf(start) + start.length);
  const [, path = "", file = "", line = ""] = IN_PACKAGE.exec(rest) ?? [];
  if (path === "") return null;
  const inFile = `${file}:${line}`;
  const module = moduleAt(path, Number(line));
  if (module === null) return { place: inFile, isOurs: true };
  return { place: `${module.name} (${inFile})`, isOurs: module.isOurs };
}

/** The module that a line of a file is of; null where the file is one itself, or cannot be read. */
function moduleAt(path: string, line: number) {
  try {
    const lines = readFileSync(packageFile(path), "utf8").split("\n").slice(0, line);
    const head = lines.findLast((each) => MODULE.test(each)) ?? "";
    const [, foreign, name] = MODULE.exec(head) ?? [];
    return name === undefined ? null : { name, isOurs: foreign === undefined };
  } catch {
    return null;
  }
}
