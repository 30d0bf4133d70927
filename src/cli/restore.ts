/** `keysheet restore`: the key back from a sheet; to a new file or the terminal only when asked. */
import path from "node:path";
import { checkOutput, createFile } from "../adapters/files.js";
import { Refusal } from "../core/problem.js";
import { defaultForm, formatKeyFile, KEY_FORMS } from "../core/record/key-file.js";
import { restore } from "../core/restore.js";
import { utf8FromText } from "../core/text.js";
import type { ParsedArgs } from "./args.js";
import { gatherCarriers } from "./gather.js";
import { formatProblems } from "./messages.js";
import { EXIT, type Outcome } from "./outcome.js";
import { refusedOutcome } from "./outcome-of-problems.js";
import { confirmedJson, confirmedLines } from "./report.js";
import type { World } from "./world.js";

export async function restoreKey(args: ParsedArgs, world: World): Promise<Outcome> {
  const form = KEY_FORMS.find((candidate) => candidate === args.values.to) ?? null;
  const { out } = args.values;
  const isShown = args.flags.has("show");
  if (form !== null && out === undefined && !isShown) {
    throw new Refusal({
      code: "option-missing",
      command: "restore",
      option: "--out FILE or --show",
      why: "--to says in which form the key goes there",
    });
  }
  if (out !== undefined) await checkOutput(path.resolve(out));

  const gathered = await gatherCarriers(args, world);
  const restored = restore(gathered.carriers);
  if (restored.status === "refused") {
    const problems = restored.problems.filter(({ code }) => code !== "carriers-missing");
    const all = [...gathered.problems, ...problems];
    return refusedOutcome(all.length > 0 ? all : restored.problems);
  }
  const confirmed = { ...restored, remarks: [...gathered.problems, ...restored.remarks] };
  const isTaken = out !== undefined || isShown;
  const key = isTaken
    ? formatKeyFile(confirmed.record, form ?? defaultForm(confirmed.record))
    : null;
  if (out !== undefined && key !== null) {
    createFile(path.resolve(out), utf8FromText(key) ?? new Uint8Array());
  }
  const report = `Confirmed: every check holds, this is exactly the key on the sheet.\n\n${confirmedLines(confirmed)}${closing(out, isShown)}`;
  return {
    exitCode: EXIT.done,
    text: isShown && key !== null ? key : report,
    remarks: formatProblems(confirmed.remarks) + (isShown ? report : ""),
    json: {
      ...confirmedJson(confirmed),
      ...(out === undefined ? {} : { out }),
      ...(isShown && key !== null ? { key } : {}),
    },
  };
}

function closing(out: string | undefined, isShown: boolean): string {
  const compare = "\nCompare provider, day and mark with the paper.\n";
  if (out !== undefined) return `${compare}The key is in ${out}, readable by you alone.\n`;
  return isShown
    ? `${compare}The key was shown: clear the terminal when you are done with it.\n`
    : `${compare}The private part was not shown. To take the key: --out FILE or --show.\n`;
}
