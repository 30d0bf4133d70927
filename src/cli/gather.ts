/**
 * From the command line to carriers: the files and folders of a call, its word file, or the words typed
 * in. What is wrong with one of them never stops the others.
 */
import { availableParallelism } from "node:os";
import path from "node:path";
import {
  isOnDisk,
  listFolder,
  readFileBytes,
  readFileHead,
  readStreamBytes,
} from "../adapters/node/files.js";
import { HEAD_BYTES, kindOf, SHEET_FILE_LIMIT_BYTES } from "../reading/file-kind.js";
import type { OnWords, SheetFile } from "../reading/pages.js";
import { parseSheetText } from "../reading/sheet-text.js";
import { mendInTime } from "../adapters/node/mend-in-time.js";
import { readSheetFileInTime } from "../adapters/node/sheet-file-in-time.js";
import { type Problem, Refusal } from "../core/problem.js";
import { Restoration } from "../core/restore/restoration.js";
import { type ParsedArgs, STANDARD_INPUT } from "./args.js";
import { counted, describe, visible } from "../wording/messages.js";
import { typeWords } from "./ask/type-words.js";
import { WorkLine } from "./ask/work-line.js";
import { inParallel } from "./in-parallel.js";
import type { World } from "./world.js";
import { unlessRefusedLater } from "../core/unless-refused.js";

const STANDARD_INPUT_NAME = "standard input";

/** So many photographs take a quarter of an hour. */
const FILES_LIMIT = 1000;
/** Files that are read at a time, where there are as many cores: each has a thread with memory of its own. */
const MOST_AT_A_TIME = 4;

export interface Gathered {
  readonly restoration: Restoration;
  /** Of files that gave nothing; the others were read all the same. */
  readonly problems: readonly Problem[];
  /** Of folders, what nobody asked for; said last. */
  readonly remarks: readonly Problem[];
}

/** The bytes of a file, or of standard input for `-`. */
export async function readInput(
  file: string,
  world: World,
  limitBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly source: string }> {
  if (file === STANDARD_INPUT) {
    const bytes = await readStreamBytes(world.stdin, STANDARD_INPUT_NAME, limitBytes);
    return { bytes, source: STANDARD_INPUT_NAME };
  }
  return { bytes: await readFileBytes(path.resolve(file), file, limitBytes), source: file };
}

/** The words of a sheet; of shares, those of one after another until they suffice or none comes. */
export async function typeSheets(
  args: ParsedArgs,
  world: World,
  restoration: Restoration,
): Promise<void> {
  for (;;) {
    const need = restoration.isEmpty ? null : await restoration.needs();
    if (need !== null && need.kind !== "shares") return;
    const missing = need === null ? null : describe(need.problem).fact;
    const typed = await typeWords(world, args.flags.has("plain"), missing);
    if (typed.length === 0) return;
    restoration.add(typed);
  }
}

/** All that the files of a call give, or what is typed, for a restoration. */
export async function gatherCarriers(args: ParsedArgs, world: World): Promise<Gathered> {
  const restoration = new Restoration(mendInTime);
  const isTyped =
    args.files.length === 0 && args.values.words === STANDARD_INPUT && world.isStdinTerminal;
  const words = isTyped ? undefined : args.values.words;
  if (args.files.length === 0 && words === undefined) {
    await typeSheets(args, world, restoration);
    return { restoration, problems: [], remarks: [] };
  }
  const { files, folders, problems: unlisted } = await listInputs(args.files);
  const skipped = new Map<string, number>();
  const readFile = async ({ file, folder }: Input, onWords: OnWordsOf): Promise<Found | null> => {
    if (folder !== null && !(await mayBeOfSheet(file))) {
      skipped.set(folder, (skipped.get(folder) ?? 0) + 1);
      return null;
    }
    const open = opener(file, world);
    const read = (wanted: "sheet" | "whole") =>
      attempt(async () => {
        const { bytes, source, isKept } = await open();
        const areBytesHandedOver = !isKept;
        const options = { onWords: onWords(wanted), wanted, areBytesHandedOver };
        return readSheetFileInTime(bytes, source, options);
      });
    return { ...(await read("sheet")), again: () => read("whole") };
  };
  const found = [...(await readAll(files, readFile, args, world))];
  if (words !== undefined) {
    const typed = await attempt(async () => {
      const { bytes, source } = await readInput(words, world, SHEET_FILE_LIMIT_BYTES);
      return { carriers: parseSheetText(bytes, source), problems: [] };
    });
    found.push({ ...typed, again: null });
  }
  const all = await withMissingPieces(found);
  restoration.add(all.flatMap((each) => each.carriers));
  const problems = [...unlisted, ...all.flatMap((each) => each.problems)];
  const remarks: Problem[] = [];
  for (const { source, count } of folders) {
    const skippedCount = skipped.get(source) ?? 0;
    if (skippedCount === count) problems.push({ code: "folder-empty", source });
    else if (skippedCount > 0)
      remarks.push({ code: "folder-skipped", source, count: skippedCount });
  }
  return { restoration, problems, remarks };
}

/**
 * One file tells at a terminal whose words are read; of several, which are read at the same time, as many as
 * there are cores, it is said how many are done.
 */
async function readAll(
  files: readonly Input[],
  read: (file: Input, onWords: OnWordsOf) => Promise<Found | null>,
  args: ParsedArgs,
  world: World,
): Promise<readonly Found[]> {
  const line = new WorkLine(args.isJson || files.length === 0 ? null : await world.openTerminal());
  const [first, ...others] = files;
  if (first !== undefined && others.length === 0) {
    line.begin(`Reading ${visible(first.file)} ...`);
    line.end();
    const found = await read(first, (wanted) => wordsFollow(WITHOUT_WORDS[wanted], args, world));
    return found === null ? [] : [found];
  }
  const atATime = Math.min(MOST_AT_A_TIME, availableParallelism());
  const found = await line.during(`Reading ${counted(files.length, "file")} ...`, (tell) => {
    let doneCount = 0;
    return inParallel(files, atATime, async (file) => {
      const one = await read(file, () => UNTOLD);
      tell(++doneCount / files.length);
      return one;
    });
  });
  return found.filter((each) => each !== null);
}

/** Who follows the reading of words, by what was wanted. */
type OnWordsOf = (wanted: keyof typeof WITHOUT_WORDS) => OnWords;

const UNTOLD: OnWords = () => Promise.resolve(() => undefined);

/** Why the words of a picture are read. */
const WITHOUT_WORDS = {
  sheet: "no code of a sheet can be read",
  whole: "of several codes of the sheet some are missing",
} as const;

/** Says on a terminal whose words are read and why, and how much of it is done, in tenths. */
function wordsFollow(fact: string, args: ParsedArgs, world: World): OnWords {
  return async (source) => {
    const terminal = args.flags.has("json") ? null : await world.openTerminal();
    terminal?.print(`${source}: ${fact}; now the words, which takes some seconds:`);
    let told = 0;
    return (part) => {
      const tenths = Math.floor(10 * part);
      if (tenths <= told) return;
      told = tenths;
      terminal?.print(` ${String(10 * tenths)} %${part < 1 ? "" : "\n"}`);
    };
  };
}

interface Found extends SheetFile {
  /** Reads the file again for all that it holds; null where that was done. */
  readonly again: (() => Promise<SheetFile>) | null;
}

function attempt(step: () => Promise<SheetFile>): Promise<SheetFile> {
  return unlessRefusedLater(step, ({ problems }) => ({ carriers: [], problems }));
}

/** What comes once, standard input and a pipe, is kept; a file is read again: of all it would be too much. */
function opener(file: string, world: World) {
  let kept: ReturnType<typeof readInput> | null = null;
  return async () => {
    if (kept !== null) return { ...(await kept), isKept: true };
    const isKept = file === STANDARD_INPUT || !(await isOnDisk(path.resolve(file)));
    const read = readInput(file, world, SHEET_FILE_LIMIT_BYTES);
    if (isKept) kept = read;
    return { ...(await read), isKept };
  };
}

/**
 * Where codes of a sheet of several are missing, the files with its others may show what is left of
 * them, and the words.
 */
async function withMissingPieces(found: readonly Found[]): Promise<readonly SheetFile[]> {
  const carriers = found.flatMap((each) => each.carriers);
  const sources = new Restoration().add(carriers).missingCodes();
  if (sources.size === 0) return found;
  const files: SheetFile[] = [];
  for (const file of found) {
    const hasPiece = file.carriers.some(({ source }) => sources.has(source));
    const again = hasPiece && file.again !== null ? await file.again() : file;
    // The second reading takes longer, and may have come to a limit.
    files.push(again.carriers.length < file.carriers.length ? file : again);
  }
  return files;
}

interface Input {
  readonly file: string;
  /** The folder that was given instead of the file; null for a file of its own. */
  readonly folder: string | null;
}

/** The files that were given, and those in the folders that were, in the order of the call. */
async function listInputs(given: readonly string[]) {
  const files: Input[] = [];
  const folders: { readonly source: string; readonly count: number }[] = [];
  const problems: Problem[] = [];
  for (const file of new Set(given)) {
    try {
      const isStream = file === STANDARD_INPUT;
      const names = isStream ? null : await listFolder(path.resolve(file), file, FILES_LIMIT);
      const listed = names ?? [];
      if (names !== null) folders.push({ source: file, count: names.length });
      files.push(
        ...(names === null ? [{ file, folder: null }] : []),
        ...listed.map((name) => ({ file: path.join(file, name), folder: file })),
      );
    } catch (error) {
      const isTooMany =
        error instanceof Refusal && error.problems.some(({ code }) => code === "files-many");
      if (!(error instanceof Refusal) || isTooMany) throw error;
      problems.push(...error.problems);
    }
  }
  if (files.length > FILES_LIMIT) throw new Refusal({ code: "files-many", limit: FILES_LIMIT });
  return { files, folders, problems };
}

/** By its content; of a text, that it has codes or words, since a folder has texts of all sorts. */
async function mayBeOfSheet(file: string): Promise<boolean> {
  const place = path.resolve(file);
  const head = await readFileHead(place, HEAD_BYTES);
  const kind = head.length === 0 ? "unknown" : kindOf(head);
  if (kind !== "text") return kind !== "unknown";
  const { carriers } = await attempt(async () => {
    const bytes = await readFileBytes(place, file, SHEET_FILE_LIMIT_BYTES);
    return { carriers: parseSheetText(bytes, file), problems: [] };
  });
  const { hasSheetWords } = await import("../core/words/sheet-like.js");
  return carriers.some(
    (carrier) =>
      carrier.kind === "code" || (carrier.kind === "words" && hasSheetWords(carrier.lines)),
  );
}
