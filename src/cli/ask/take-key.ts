/** Where a confirmed key goes, asked at a terminal: 84 words are not typed for a report alone. */
import path from "node:path";
import { checkOutput, createFile } from "../../adapters/node/files.js";
import type { Terminal } from "../../adapters/node/terminal.js";
import { Refusal } from "../../core/problem.js";
import type { ProvedFile } from "../../media/proved-file.js";
import { formatProblems } from "../../wording/messages.js";
import { parseFileName } from "../typing/file-name.js";

export type Taken =
  | { readonly kind: "file"; readonly out: string }
  | { readonly kind: "shown" }
  | { readonly kind: "not" };

/** `key` is what is written; `home` is the folder that ~ stands for. */
export async function takeKey(
  terminal: Terminal,
  key: ProvedFile,
  home: string | undefined,
): Promise<Taken> {
  // Rows of a paste that come behind those that were enough are no answer.
  await terminal.forget();
  for (;;) {
    const answer = await terminal.ask(
      "Take the key: to a new file (f), on the screen (s), or not (Enter)? ",
    );
    switch (answer?.trim().toLowerCase() ?? "") {
      case "f": {
        const out = await writeKey(terminal, key, home);
        if (out !== null) return { kind: "file", out };
        break;
      }
      case "s":
        return { kind: "shown" };
      case "":
      case "n":
        return { kind: "not" };
      default:
        terminal.print("Type f or s and Enter, or Enter alone.\n");
    }
  }
}

/** The name of the file, when it is written; null when it was not, after all. */
async function writeKey(
  terminal: Terminal,
  key: ProvedFile,
  home: string | undefined,
): Promise<string | null> {
  for (;;) {
    const out = parseFileName((await terminal.ask("Name of the new file: ")) ?? "", home);
    if (out === "") return null;
    try {
      await checkOutput(path.resolve(out));
      createFile(path.resolve(out), key);
      return out;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      terminal.print(formatProblems(error.problems));
    }
  }
}
