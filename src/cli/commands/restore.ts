/** `keysheet restore`: the key back from a sheet; to a new file or the terminal only when asked. */
import path from "node:path";
import { checkOutput, createFile } from "../../adapters/node/files.js";
import type { Terminal } from "../../adapters/node/terminal.js";
import { Refusal } from "../../core/problem.js";
import { keptFileOf } from "../../core/record/forms/kept-file.js";
import { defaultForm, KEY_FORMS, type KeyForm } from "../../core/record/key-file.js";
import type { KeyRecord } from "../../core/record/key-record.js";
import type { Confirmed } from "../../core/restore/restore.js";
import { provedKeyFile } from "../../media/key-file.js";
import type { ParsedArgs } from "../args.js";
import { confirmKey } from "./confirm.js";
import { formatProblems, visible } from "../../wording/messages.js";
import { type Outcome } from "../outcome.js";
import { EXIT } from "../../wording/exit-codes.js";
import { refusedOutcome } from "../outcome-of-problems.js";
import { confirmedJson, confirmedLines } from "../../wording/report.js";
import { takeKey } from "../ask/take-key.js";
import type { World } from "../world.js";

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

  const confirmed = await confirmKey(args, world);
  if (confirmed.status === "refused") return refusedOutcome(confirmed.problems);
  const isAsked = out === undefined && !isShown && !args.isJson && world.isStdoutTerminal;
  const terminal = isAsked ? await world.openTerminal() : null;
  if (terminal !== null) return asked(confirmed, terminal, world);
  const isTaken = out !== undefined || isShown;
  const key = isTaken
    ? provedKeyFile(confirmed.record, form ?? formFor(confirmed.record, isShown))
    : null;
  if (out !== undefined && key !== null) createFile(path.resolve(out), key);
  const place = key === null ? "" : placeOf(form);
  const report = `${reportText(confirmed)}${comparison(confirmed)}${closing(out, isShown)}${place}`;
  return {
    exitCode: EXIT.done,
    text: isShown && key !== null ? key.text : report,
    remarks: formatProblems(confirmed.remarks) + (isShown ? report : ""),
    json: {
      ...confirmedJson(confirmed),
      ...(out === undefined ? {} : { out }),
      ...(isShown && key !== null ? { key: key.text } : {}),
    },
  };
}

/** What is no text is not shown: as JSON it is. */
function formFor(record: KeyRecord, isShown: boolean): KeyForm {
  return isShown && keptFileOf(record)?.isBase64 === true ? "json" : defaultForm(record);
}

/** Where a form that was asked for goes that is a part of a file of a program's own. */
function placeOf(form: KeyForm | null): string {
  switch (form) {
    case "freqtrade":
      return "It is a file for freqtrade of its own: give it behind yours, with another --config.\n";
    case "aws":
      return "Its lines go into ~/.aws/credentials.\n";
    case "dotenv":
      return "Its lines go into the .env file of your program.\n";
    case "coinbase":
    case "two-line":
    case "uri":
    case "json":
    case "file":
    case null:
      return "";
  }
}

/** The report first, so that the paper is compared before the key is taken. */
async function asked(confirmed: Confirmed, terminal: Terminal, world: World): Promise<Outcome> {
  const key = provedKeyFile(confirmed.record, formFor(confirmed.record, true));
  terminal.print(
    `${formatProblems(confirmed.remarks)}${reportText(confirmed)}${comparison(confirmed)}\n`,
  );
  const taken = await takeKey(terminal, key, world.env.HOME);
  const isShown = taken.kind === "shown";
  const end = closing(taken.kind === "file" ? taken.out : undefined, isShown);
  return {
    exitCode: EXIT.done,
    text: isShown ? key.text : end,
    remarks: isShown ? end : "",
    json: confirmedJson(confirmed),
  };
}

function reportText(confirmed: Confirmed): string {
  return `${head(confirmed)}\n\n${confirmedLines(confirmed)}`;
}

function head({ opened, joined }: Confirmed): string {
  const sheets = joined === null ? "the sheet" : "these sheets";
  const seal = opened === null ? "" : ", and the passphrase opens it";
  return `Confirmed: every check holds${seal}. This is exactly the key on ${sheets}.`;
}

function comparison({ joined }: Confirmed): string {
  const compared = joined === null ? "provider, day and mark" : "provider, day and marks";
  return `\nCompare ${compared} with the paper.\n`;
}

function closing(out: string | undefined, isShown: boolean): string {
  if (out !== undefined) return `The key is in ${visible(out)}, readable by you alone.\n`;
  return isShown
    ? "The key was shown: clear the terminal when you are done with it.\n"
    : "The private part was not shown. To take the key: --out FILE or --show.\n";
}
