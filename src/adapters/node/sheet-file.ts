/** Sheet files read with Node's ports. */
import type { ReadFileOptions, SheetFile } from "../../reading/pages.js";
import { readSheetFile as readFile } from "../../reading/sheet-file.js";
import { NODE_PORTS } from "./reading-ports.js";

/** @throws Refusal what `reading/sheet-file.ts` and the ports throw */
export function readSheetFile(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions = {},
): Promise<SheetFile> {
  return readFile(bytes, source, NODE_PORTS, options);
}
