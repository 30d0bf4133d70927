/**
 * keysheet as a library: a key to a proved sheet, and back; bytes in, bytes out, no file and no terminal.
 * Importing it runs nothing, reads nothing and loads no heavy package: each is loaded when it is first needed.
 *
 * All of `core.ts`, and what Node has besides. What is wrong is a `Refusal`, as there.
 */
import { readSheetFile as readFileOfSheet } from "./adapters/node/sheet-file.js";
import { aText, anObject, bytes, heldPromise, optional } from "./core/given-values.js";

export type { OnWords, ReadFileOptions, SheetFile } from "./reading/pages.js";
export const readSheetFile = heldPromise(
  "readSheetFile",
  readFileOfSheet,
  bytes,
  aText,
  optional(anObject),
);
export type {
  MakeSheetOptions,
  NewSeal,
  PrintSheetsOptions,
  ProvedSheet,
  ProveOptions,
  Some,
} from "./adapters/node/library.js";
export {
  loadTemplate,
  makeSheet,
  nodeKdf,
  openTemplate,
  printSheets,
  prove,
} from "./adapters/node/library.js";
export type { PrintedSheet } from "./adapters/node/proof.js";
export type { LoadedTemplate, TemplateName } from "./adapters/node/templates.js";
export type { ProvedFile } from "./media/proved-file.js";
export * from "./core.js";
