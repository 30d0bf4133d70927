/**
 * `keysheet` alone on a terminal: a key onto paper by a few questions in plain words, and the first test of the
 * paper. What it asks for are the parts of a key and the options of `make`; all else is `make` and `verify`.
 */
import path from "node:path";
import { checkOutput } from "../../adapters/node/files.js";
import type { Terminal } from "../../adapters/node/terminal.js";
import { hasSecretShape } from "../../core/record/check-fields.js";
import type { ParsedKey } from "../../core/record/key-file.js";
import { recognisedParts } from "../../core/record/recognised.js";
import { unlessRefusedLater } from "../../core/unless-refused.js";
import { EXIT } from "../../wording/exit-codes.js";
import { parseCommandLine, type ParsedArgs } from "../args.js";
import { askProtection } from "../ask/choose-protection.js";
import { askWhoseKey } from "../ask/choose-provider.js";
import type { Outcome } from "../outcome.js";
import { refusedOutcome } from "../outcome-of-problems.js";
import { parseFileName } from "../typing/file-name.js";
import type { World } from "../world.js";
import { make, outsOf } from "./make.js";
import { optionsOf } from "./make-options.js";
import { tellingParts } from "./parts-left.js";
import { verifyAgainst } from "./verify.js";

const HEAD = `\
keysheet puts an API key on paper, and gives back exactly that key, or a plain no.
To get a key back: keysheet restore. All commands: keysheet --help. Ctrl-C stops.

`;

/** Names that are tried for a new file. */
const MOST_NAMES = 99;

export async function guide(terminal: Terminal, world: World): Promise<Outcome> {
  terminal.print(HEAD);
  const given = await askWhoseKey(terminal, world);
  const protection = await askProtection(terminal);
  const label = await askLabel(terminal);
  const args = await withFreeName([...(label === "" ? [] : [`--label=${label}`]), ...protection]);
  const made = await tellingParts(args.values.out, world, () => make(args, world, given));
  terminal.print(`\n${made.remarks}${made.text}\n`);
  const isTested = await testPaper(given.key, protection.includes("--shares"), terminal, world);
  const text = isTested
    ? "The paper holds the key. Delete the photograph, also where the phone sends its pictures.\n"
    : "Test the paper as soon as it is printed: nobody knows that it holds the key until then.\n";
  return { ...made, exitCode: EXIT.done, text, remarks: "" };
}

/** What a label may not be: it is printed on the outside. */
function looksSecret(label: string): boolean {
  return hasSecretShape(label) || recognisedParts(label).some(({ field }) => field.isSecret);
}

async function askLabel(terminal: Terminal): Promise<string> {
  for (;;) {
    const answer = await terminal.ask(
      'What is printed on its outside, as "Trading bot" (Enter for nothing): ',
    );
    const label = answer?.trim() ?? "";
    if (!looksSecret(label)) return label;
    terminal.print("That has the shape of a secret, and is not printed on the outside.\n");
  }
}

/** What `make` is asked for, into sheet.pdf, or the first of sheet-2.pdf and so on that is not there. */
async function withFreeName(options: readonly string[]): Promise<ParsedArgs> {
  for (let number = 1; ; number++) {
    const out = number === 1 ? "sheet.pdf" : `sheet-${String(number)}.pdf`;
    const args = parseCommandLine(["make", `--out=${out}`, ...options]);
    const isFree = await unlessRefusedLater(
      async () => {
        for (const file of outsOf(optionsOf(args))) await checkOutput(path.resolve(file));
        return true;
      },
      (refusal) => {
        const isThere = refusal.problems.every(({ code }) => code === "output-exists");
        if (!isThere || number === MOST_NAMES) throw refusal;
        return false;
      },
    );
    if (isFree) return args;
  }
}

/** Of shares two of three are enough. */
const SHARES_NEEDED = 2;

/** Photographs of the paper until they hold the key; false for "later". */
async function testPaper(
  key: ParsedKey,
  areShares: boolean,
  terminal: Terminal,
  world: World,
): Promise<boolean> {
  const first = areShares
    ? "Printed? Name of a photograph of one of the sheets, to test them (Enter: later): "
    : "Printed? Name of a photograph of the paper, to test it (Enter: later): ";
  for (;;) {
    const files: string[] = [];
    while (files.length < (areShares ? SHARES_NEEDED : 1)) {
      const question = files.length === 0 ? first : "And of another one (Enter: later): ";
      const name = parseFileName((await terminal.ask(question)) ?? "", world.env.HOME);
      if (name === "") return false;
      files.push(name);
    }
    const outcome = await unlessRefusedLater(
      () => verifyAgainst(key, parseCommandLine(["verify", "--", ...files]), world),
      ({ problems }) => refusedOutcome(problems),
    );
    terminal.print(outcome.remarks + outcome.text);
    if (outcome.exitCode === EXIT.done) return true;
  }
}

/** Where `keysheet` alone asks its questions: on a terminal, for what is asked and what is shown. */
export async function guideOnTerminal(world: World): Promise<Outcome | null> {
  const terminal = await world.openTerminal();
  if (terminal === null) return null;
  terminal.hush();
  return guide(terminal, world);
}
