/** How a sheet is protected, in plain words: what a thief needs, and when the key is lost. */
import type { Terminal } from "../../adapters/node/terminal.js";
import { Refusal } from "../../core/problem.js";
import { isYes } from "./choose-provider.js";

interface Choice {
  readonly name: string;
  readonly thief: string;
  readonly lost: string;
  /** Of `keysheet make`. */
  readonly options: readonly string[];
}

const PLAIN: Choice = {
  name: "plain",
  thief: "the sheet",
  lost: "the sheet",
  options: [],
};
const SEALED: Choice = {
  name: "sealed",
  thief: "the sheet and its passphrase",
  lost: "the sheet or the passphrase",
  options: ["--passphrase"],
};
const SHARED: Choice = {
  name: "shared",
  thief: "two of three sheets",
  lost: "two of the three sheets",
  options: ["--shares", "2-of-3"],
};

const WITHDRAWS = `\
A sheet of such a key is as good as money: whoever has it can take what it may
move. Seal it, or share it. Or make a key that may not withdraw, and back that up.
`;

/** The options of `make` that say it; of a key that may withdraw, a sheet that is the key comes last. */
export async function askProtection(terminal: Terminal): Promise<readonly string[]> {
  const mayWithdraw = isYes(
    await terminal.ask("May this key withdraw money, or say where it goes? (y/N) "),
  );
  if (mayWithdraw) terminal.print(WITHDRAWS);
  const choices = mayWithdraw ? [SEALED, SHARED, PLAIN] : [PLAIN, SEALED, SHARED];
  const lines = choices.map(
    ({ name, thief, lost }, index) =>
      `  ${String(index + 1)}  ${name.padEnd(7)} a thief needs ${thief};\n             you lose the key with ${lost}\n`,
  );
  terminal.print(`How is it protected?\n${lines.join("")}`);
  for (;;) {
    const answer = await terminal.ask("1, 2 or 3 (Enter for 1): ");
    if (answer === null) throw new Refusal({ code: "answer-missing", asked: "the protection" });
    const typed = answer.trim().toLowerCase();
    const number = typed === "" ? 1 : Number(typed);
    const choice = choices[number - 1] ?? choices.find(({ name }) => name === typed);
    if (choice !== undefined) return choice.options;
    terminal.print("Type 1, 2 or 3 and Enter.\n");
  }
}
