/** From the command line to carriers: the files of a call, its word file, or the words typed in. */
import path from "node:path";
import { readFileBytes, readStreamBytes } from "../adapters/files.js";
import { parseSheetText, SHEET_FILE_LIMIT_BYTES } from "../adapters/sheet-file.js";
import { readSheetFileInTime } from "../adapters/sheet-file-in-time.js";
import { type Problem, Refusal } from "../core/problem.js";
import type { Carrier } from "../core/read-carriers.js";
import { restore } from "../core/restore.js";
import { type ParsedArgs, STANDARD_INPUT } from "./args.js";
import { describe } from "./messages.js";
import { typeWords } from "./type-words.js";
import type { World } from "./world.js";

const STANDARD_INPUT_NAME = "standard input";

export interface Gathered {
  readonly carriers: readonly Carrier[];
  /** Of files that gave nothing; the others were read all the same. */
  readonly problems: readonly Problem[];
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
async function typeSheets(args: ParsedArgs, world: World): Promise<readonly Carrier[]> {
  let carriers: readonly Carrier[] = [];
  for (;;) {
    const missing = missingShares(carriers);
    if (carriers.length > 0 && missing === null) return carriers;
    const typed = await typeWords(world, args.flags.has("plain"), missing);
    if (typed.length === 0) return carriers;
    carriers = [...carriers, ...typed];
  }
}

/** What is said of shares that were read and are too few; null for anything else. */
function missingShares(carriers: readonly Carrier[]): string | null {
  const restored = restore(carriers);
  if (restored.status !== "refused") return null;
  const [problem] = restored.problems;
  return problem?.code === "shares-missing" ? describe(problem).fact : null;
}

export async function gatherCarriers(args: ParsedArgs, world: World): Promise<Gathered> {
  const { words } = args.values;
  if (args.files.length === 0 && words === undefined) {
    return { carriers: await typeSheets(args, world), problems: [] };
  }
  const carriers: Carrier[] = [];
  const problems: Problem[] = [];
  const read = async (step: () => Promise<Gathered>) => {
    try {
      const found = await step();
      carriers.push(...found.carriers);
      problems.push(...found.problems);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(...error.problems);
    }
  };
  for (const file of args.files) {
    await read(async () => {
      const { bytes, source } = await readInput(file, world, SHEET_FILE_LIMIT_BYTES);
      return readSheetFileInTime(bytes, source);
    });
  }
  if (words !== undefined) {
    await read(async () => {
      const { bytes, source } = await readInput(words, world, SHEET_FILE_LIMIT_BYTES);
      return { carriers: parseSheetText(bytes, source), problems: [] };
    });
  }
  return { carriers, problems };
}
