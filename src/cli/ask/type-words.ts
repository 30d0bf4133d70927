/**
 * The words typed in at a terminal: on a whole screen, or line by line for `--plain` and for
 * terminals that cannot draw. It ends by itself once the words are enough.
 */
import path from "node:path";
import { readFileBytes } from "../../adapters/node/files.js";
import { SHEET_FILE_LIMIT_BYTES } from "../../reading/file-kind.js";
import { readSheetFileInTime } from "../../adapters/node/sheet-file-in-time.js";
import { Refusal } from "../../core/problem.js";
import type { Carrier } from "../../core/restore/read-carriers.js";
import { formatProblems } from "../../wording/messages.js";
import { completeFileName, parseFileName } from "../typing/file-name.js";
import { typeInLines } from "../typing/type-in-lines.js";
import { typeOnScreen } from "../typing/type-on-screen.js";
import type { World } from "../world.js";

/** `before` is said first: what was typed until now, and what is missing. */
export async function typeWords(
  world: World,
  isPlain: boolean,
  before: string | null,
): Promise<readonly Carrier[]> {
  const terminal = await world.openTerminal();
  if (terminal === null) throw new Refusal({ code: "terminal-missing", option: "--words" });
  terminal.hush();
  const { env } = world;
  const options = {
    before,
    isColour: (env.NO_COLOR ?? "") === "",
    readFile: async (typed: string) => {
      const name = parseFileName(typed, env.HOME);
      const bytes = await readFileBytes(path.resolve(name), name, SHEET_FILE_LIMIT_BYTES);
      const { carriers, problems } = await readSheetFileInTime(bytes, name);
      if (carriers.length === 0) throw new Refusal(...problems);
      return carriers;
    },
    completeName: (typed: string) => completeFileName(typed, env.HOME),
    describe: (problems: Refusal["problems"]) =>
      formatProblems(problems).replace(/\s+/g, " ").trim(),
  };
  if (isPlain || env.TERM === "dumb" || env.TERM === undefined) {
    const lines = terminal.openLines();
    try {
      return await typeInLines(lines, terminal, options);
    } finally {
      lines.close();
    }
  }
  const screen = terminal.openScreen();
  try {
    return await typeOnScreen(screen, options);
  } finally {
    screen.close();
  }
}
