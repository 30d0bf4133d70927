/**
 * Passphrases: one for a new sheet, drawn or the user's own, and the one that opens a sheet. They come
 * from a hidden prompt or a file, never from an argument, and go nowhere but into the key derivation.
 */
import type { Terminal } from "../adapters/terminal.js";
import { Refusal } from "../core/problem.js";
import { type Confirmed, type Refused, type Sealed, unseal } from "../core/restore.js";
import { kdfMemoryBytes } from "../core/seal/kdf.js";
import { checkNewPassphrase, COST_UNASKED_MAX, passphraseBytes } from "../core/seal/seal.js";
import { malformedUtf8Line, textFromUtf8 } from "../core/text.js";
import { drawPassphrase, passphraseReadings } from "../core/words/passphrase.js";
import { bitsAtMost } from "../core/words/passphrase-strength.js";
import type { ListRow } from "../core/words/word-lists.js";
import type { ParsedArgs } from "./args.js";
import { readInput } from "./gather.js";
import { formatNotices, formatProblems, type Notice } from "./messages.js";
import type { World } from "./world.js";

const FILE_LIMIT_BYTES = 4096;
const TRIES = 3;

/** The one line of a passphrase file, without the mark that some editors put before it. */
export async function readPassphraseFile(file: string, world: World): Promise<string> {
  const { bytes, source } = await readInput(file, world, FILE_LIMIT_BYTES);
  const text = textFromUtf8(bytes);
  if (text === null) {
    const line = malformedUtf8Line(bytes) ?? 1;
    throw new Refusal({ code: "file-not-utf8", source, line });
  }
  const passphrase = text.replace(/\r?\n$/, "").replace(/^\uFEFF(?!$)/, "");
  if (/[\r\n]/.test(passphrase)) {
    throw new Refusal({ code: "passphrase-malformed", fault: "several-lines" });
  }
  passphraseBytes(passphrase);
  return passphrase;
}

export interface NewPassphrase {
  readonly passphrase: string;
  readonly notices: readonly Notice[];
  /** Asks for a drawn one once again, before a sheet is handed out. */
  readonly confirm: () => Promise<void>;
}

export interface PassphraseRequest {
  readonly file: string | null;
  /** Of a drawn one, which goes without the question; null: as is answered. */
  readonly words: number | null;
  readonly wordsDefault: number;
  readonly list: ListRow;
}

/** A passphrase for a sheet that is made. */
export async function newPassphrase(
  { file, words, wordsDefault, list }: PassphraseRequest,
  world: World,
): Promise<NewPassphrase> {
  if (file !== null) {
    const passphrase = await readPassphraseFile(file, world);
    checkNewPassphrase(passphrase);
    return chosen(passphrase);
  }
  const terminal = await world.openTerminal();
  if (terminal === null)
    throw new Refusal({ code: "terminal-missing", option: "--passphrase-file" });
  try {
    const own = words === null ? await askOwn(terminal, wordsDefault) : null;
    if (own !== null) return chosen(own);
    const drawn = drawPassphrase(list, words ?? wordsDefault, world.random);
    await showOnce(terminal, drawn, world);
    return { passphrase: drawn, notices: [], confirm: () => confirmDrawn(drawn, world) };
  } finally {
    terminal.close();
  }
}

function chosen(passphrase: string): NewPassphrase {
  return {
    passphrase,
    notices: [{ code: "passphrase-strength", bits: bitsAtMost(passphrase) }],
    confirm: () => Promise.resolve(),
  };
}

/** The user's own, entered twice; null for a drawn one. */
async function askOwn(terminal: Terminal, wordsDefault: number): Promise<string | null> {
  terminal.print(
    `Press Enter to have a passphrase of ${String(wordsDefault)} words drawn, which is the safe choice;\n` +
      "or type one of your own. Nothing of it is shown.\n",
  );
  for (let left = TRIES; left > 0; left--) {
    const first = await askHidden(terminal, "Passphrase: ");
    if (first === "") return null;
    try {
      checkNewPassphrase(first);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      terminal.print(formatProblems(error.problems));
      continue;
    }
    terminal.print(formatNotices([{ code: "passphrase-strength", bits: bitsAtMost(first) }]));
    if ((await askHidden(terminal, "The same again: ")) === first) return first;
    terminal.print("The two were not the same.\n");
  }
  throw new Refusal({ code: "passphrase-unconfirmed" });
}

/** On the screen's other page, so that no scrollback keeps it. */
async function showOnce(terminal: Terminal, drawn: string, world: World): Promise<void> {
  const lines = [
    "",
    "  The passphrase of this sheet. Write it down now, and keep it apart from the",
    "  sheet: it is printed nowhere, kept in no file, and not shown again. Without",
    "  it nobody opens the sheet, you neither.",
    "",
    ...drawn.split(" ").map((word, index) => `  ${String(index + 1).padStart(2)}  ${word}`),
    "",
    "  You will be asked for it once, before you get the sheet.",
    "  Press Enter when it is written down.",
  ];
  if (world.env.TERM === "dumb" || world.env.TERM === undefined) {
    terminal.print(`${lines.join("\n")}\n`);
    if ((await terminal.askHidden("")) === null) throw new Refusal({ code: "interrupted" });
    return;
  }
  const screen = terminal.openScreen();
  try {
    for (;;) {
      screen.draw(lines, { line: lines.length, column: 0 });
      const event = await screen.next();
      if (event.kind === "end") throw new Refusal({ code: "interrupted" });
      if (event.kind !== "input") continue;
      if (event.text.includes("\x03")) throw new Refusal({ code: "interrupted" });
      if (/[\r\n]/.test(event.text)) return;
    }
  } finally {
    screen.close();
  }
}

async function confirmDrawn(drawn: string, world: World): Promise<void> {
  const terminal = await world.openTerminal();
  if (terminal === null) throw new Refusal({ code: "passphrase-unconfirmed" });
  try {
    terminal.print("The sheet is made and proved. Its passphrase once more, from your note:\n");
    for (let left = TRIES; left > 0; left--) {
      const typed = await askHidden(terminal, "Passphrase: ");
      if (passphraseReadings(typed).includes(drawn)) return;
      const rest = left > 1 ? " Look at your note and try again." : "";
      terminal.print(`That is not the passphrase that was shown.${rest}\n`);
    }
    throw new Refusal({ code: "passphrase-unconfirmed" });
  } finally {
    terminal.close();
  }
}

/** A sealed sheet to its key, with the passphrase from the file that is named or as it is typed. */
export async function openSheet(
  sealed: Sealed,
  { values }: ParsedArgs,
  world: World,
): Promise<Confirmed | Refused> {
  await agreeToCost(sealed, Number(values["kdf-cost"] ?? COST_UNASKED_MAX), world);
  const file = values["passphrase-file"];
  const costLimit = sealed.content.cost;
  if (file !== undefined) {
    return unseal(sealed, await readPassphraseFile(file, world), world.kdf, { costLimit });
  }
  const terminal = await world.openTerminal();
  if (terminal === null)
    throw new Refusal({ code: "terminal-missing", option: "--passphrase-file" });
  try {
    terminal.print("The sheet is sealed. Its passphrase, of which nothing is shown:\n");
    for (let left = TRIES; ; left--) {
      const opened = await tryPassphrase(terminal, sealed, world);
      const isWrong =
        opened.status === "refused" &&
        opened.problems.some(({ code }) => code === "passphrase-wrong");
      if (!isWrong || left === 1) return opened;
      terminal.print("It does not open the sheet. Try again.\n");
    }
  } finally {
    terminal.close();
  }
}

async function tryPassphrase(terminal: Terminal, sealed: Sealed, { kdf }: World) {
  let passphrase = "";
  while (passphrase === "") passphrase = await askHidden(terminal, "Passphrase: ");
  const onTry = (number: number) => {
    if (number === 2) terminal.print("Not as it was typed; looking for a slip ...\n");
  };
  return unseal(sealed, passphrase, kdf, { onTry, costLimit: sealed.content.cost });
}

const MADE_ELSEWHERE = "This sheet was made for a machine with much memory";

/** Nothing that keysheet makes comes here: a forged sheet could stop a small machine. */
async function agreeToCost({ content }: Sealed, agreed: number, world: World): Promise<void> {
  const { cost } = content;
  if (cost <= Math.max(agreed, COST_UNASKED_MAX)) return;
  const memoryBytes = kdfMemoryBytes(cost);
  const refusal = new Refusal({ code: "kdf-cost", cost, memoryBytes });
  const terminal = await world.openTerminal();
  if (terminal === null) throw refusal;
  try {
    const size = `${String(memoryBytes / 1024 ** 3)} GB`;
    terminal.print(`${MADE_ELSEWHERE}: opening it takes ${size} and a minute or more.\n`);
    const answer = await terminal.ask("Go on? (y/N) ");
    if (!/^y(es)?$/i.test(answer?.trim() ?? "")) throw refusal;
  } finally {
    terminal.close();
  }
}

async function askHidden(terminal: Terminal, question: string): Promise<string> {
  const text = await terminal.askHidden(question);
  if (text === null) throw new Refusal({ code: "interrupted" });
  return text;
}
