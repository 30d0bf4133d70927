/**
 * Passphrases: one for a new sheet, drawn or the user's own, and the one that opens a sheet. They come
 * from a hidden prompt or a file, never from an argument, and go nowhere but into the key derivation.
 */
import type { Terminal } from "../../adapters/node/terminal.js";
import { Refusal } from "../../core/problem.js";
import { type Confirmed, type Refused, type Sealed, unseal } from "../../core/restore/restore.js";
import { kdfMemoryBytes } from "../../core/seal/kdf.js";
import { checkNewPassphrase, COST_UNASKED_MAX, passphraseBytes } from "../../core/seal/seal.js";
import { malformedUtf8Line, textFromUtf8 } from "../../core/text.js";
import { drawPassphrase, passphraseReadings } from "../../core/passphrase/passphrase.js";
import { bitsAtMost } from "../../core/passphrase/passphrase-strength.js";
import { type ListRow, plainLetters } from "../../core/words/word-lists.js";
import { type ParsedArgs, STANDARD_INPUT } from "../args.js";
import { readInput } from "../gather.js";
import { formatNotices, formatProblems, listed, type Notice } from "../../wording/messages.js";
import { WorkLine } from "./work-line.js";
import type { World } from "../world.js";
import { problemsIn } from "../../core/unless-refused.js";

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
  if (file !== null && !isAsked(file, world)) {
    const passphrase = await readPassphraseFile(file, world);
    checkNewPassphrase(passphrase);
    return chosen(passphrase);
  }
  const terminal = await openForPassphrase(world);
  const own = words === null ? await askOwn(terminal, file === null ? wordsDefault : null) : null;
  if (own !== null) return chosen(own);
  const drawn = drawPassphrase(list, words ?? wordsDefault, world.random);
  await showDrawn(terminal, drawn, SHOWN_FIRST, world);
  return { passphrase: drawn, notices: [], confirm: () => confirmDrawn(terminal, drawn, world) };
}

/** Of a terminal as standard input a passphrase is asked for: it would show what is typed. */
function isAsked(file: string, world: World): boolean {
  return file === STANDARD_INPUT && world.isStdinTerminal;
}

async function openForPassphrase(world: World): Promise<Terminal> {
  const terminal = await world.openTerminal();
  if (terminal === null)
    throw new Refusal({ code: "terminal-missing", option: "--passphrase-file" });
  return terminal;
}

function chosen(passphrase: string): NewPassphrase {
  return {
    passphrase,
    notices: [{ code: "passphrase-strength", bits: bitsAtMost(passphrase) }],
    confirm: () => Promise.resolve(),
  };
}

/** The user's own, entered twice; null for a drawn one, of so many words, where that is a choice. */
async function askOwn(terminal: Terminal, drawnWords: number | null): Promise<string | null> {
  terminal.print(
    drawnWords === null
      ? "Type the passphrase. Nothing of it is shown.\n"
      : `Press Enter to have a passphrase of ${String(drawnWords)} words drawn, which is the safe choice;\n` +
          "or type one of your own. Nothing of it is shown.\n",
  );
  for (let left = TRIES; left > 0; left--) {
    const first = await askHidden(terminal, "Passphrase: ");
    if (first === "" && drawnWords !== null) return null;
    const problems = problemsIn(() => {
      checkNewPassphrase(first);
    });
    if (problems.length > 0) {
      terminal.print(formatProblems(problems));
      continue;
    }
    terminal.print(formatNotices([{ code: "passphrase-strength", bits: bitsAtMost(first) }]));
    if ((await askHidden(terminal, "The same again: ")) === first) return first;
    terminal.print("The two were not the same.\n");
  }
  throw new Refusal({ code: "passphrase-unconfirmed" });
}

const SHOWN_FIRST = [
  "The passphrase of this sheet. Write it down now, and keep it apart from the",
  "sheet: it is printed nowhere, kept in no file, and not shown again. Without",
  "it nobody opens the sheet, you neither.",
];

const SHOWN_LAST = {
  first: ["You will be asked for it once, before you get the sheet."],
  again: ["You will be asked for it again."],
};

/** On the screen's other page, so that no scrollback keeps it. `marked` are indices of words. */
async function showDrawn(
  terminal: Terminal,
  drawn: string,
  head: readonly string[],
  world: World,
  marked: readonly number[] = [],
): Promise<void> {
  const end = marked.length === 0 ? SHOWN_LAST.first : SHOWN_LAST.again;
  const lines = [
    "",
    ...head.map((line) => `  ${line}`),
    "",
    ...drawn.split(" ").map((word, index) => {
      const mark = marked.includes(index) ? "  <--" : "";
      return `  ${String(index + 1).padStart(2)}  ${word}${mark}`;
    }),
    "",
    ...end.map((line) => `  ${line}`),
    "  Press Enter when it is written down.",
  ];
  // An Enter too many must not end what nobody has seen.
  terminal.hush();
  await terminal.forget();
  if (world.env.TERM === "dumb" || world.env.TERM === undefined) {
    terminal.print(`${lines.join("\n")}\n`);
    await askHidden(terminal, "", "Enter");
    return;
  }
  const screen = terminal.openScreen();
  try {
    for (;;) {
      screen.draw(lines, { line: lines.length, column: 0 });
      const event = await screen.next();
      if (event.kind === "end") throw inputEnded("Enter");
      if (event.kind !== "input") continue;
      if (event.text.includes("\x03")) throw new Refusal({ code: "interrupted" });
      if (/[\r\n]/.test(event.text)) return;
    }
  } finally {
    screen.close();
  }
}

/**
 * It is the note that is checked: what `restore` would mend is told here all the same, and shown once
 * more, since a note with a slip in it may get a second one in ten years.
 */
async function confirmDrawn(terminal: Terminal, drawn: string, world: World): Promise<void> {
  terminal.print("The sheet is made and proved. Its passphrase once more, from your note:\n");
  for (let left = TRIES; left > 0; left--) {
    const typed = await askHidden(terminal, "Passphrase: ");
    const slips = slipsIn(typed, drawn);
    if (slips?.length === 0) return;
    if (slips === null) {
      const rest = left > 1 ? " Look at your note and try again." : "";
      terminal.print(`That is not the passphrase that was shown.${rest}\n`);
      continue;
    }
    const words = `${slips.length === 1 ? "word" : "words"} ${listed(slips.map((index) => index + 1))}`;
    if (left === 1) {
      terminal.print(
        `There is a slip in ${words}. Accepted, since restore repairs it: correct your note.\n`,
      );
      return;
    }
    const head = [
      `There is a slip in ${words}, in your note or as you typed it. Here is the`,
      "passphrase once more: compare your note word by word, and correct it.",
    ];
    await showDrawn(terminal, drawn, head, world, slips);
  }
  throw new Refusal({ code: "passphrase-unconfirmed" });
}

/**
 * The indices of the words that were typed with a slip, of what `restore` would mend; capitals, accents
 * and spaces are none. Null for another passphrase.
 */
function slipsIn(typed: string, drawn: string): readonly number[] | null {
  if (!passphraseReadings(typed).includes(drawn)) return null;
  const words = typed.split(/\s+/u).filter((word) => word !== "");
  return drawn
    .split(" ")
    .flatMap((word, index) =>
      plainLetters(words[index] ?? "") === plainLetters(word) ? [] : [index],
    );
}

/** A sealed sheet to its key, with the passphrase from the file that is named or as it is typed. */
export async function openSheet(
  sealed: Sealed,
  { values }: ParsedArgs,
  world: World,
): Promise<Confirmed | Refused> {
  await agreeToCost(sealed, Number(values["kdf-cost"] ?? COST_UNASKED_MAX), world);
  const file = values["passphrase-file"];
  if (file !== undefined && !isAsked(file, world)) {
    const costLimit = sealed.content.cost;
    return unseal(sealed, await readPassphraseFile(file, world), world.kdf, { costLimit });
  }
  const terminal = await openForPassphrase(world);
  terminal.print("The sheet is sealed. Type its passphrase; nothing of it is shown:\n");
  for (let left = TRIES; ; left--) {
    const opened = await tryPassphrase(terminal, sealed, world);
    const isWrong =
      opened.status === "refused" &&
      opened.problems.some(({ code }) => code === "passphrase-wrong");
    if (!isWrong || left === 1) return opened;
    terminal.print("It does not open the sheet. Try again.\n");
  }
}

async function tryPassphrase(terminal: Terminal, sealed: Sealed, { kdf }: World) {
  let passphrase = "";
  while (passphrase === "") passphrase = await askHidden(terminal, "Passphrase: ");
  const line = new WorkLine(terminal);
  return line.during("Opening the sheet ...", (tell) => {
    const onTry = (number: number, count: number) => {
      if (number === 2) line.begin("Not as it was typed; looking for a slip ...");
      tell((number - 1) / count);
    };
    return unseal(sealed, passphrase, kdf, { onTry, costLimit: sealed.content.cost });
  });
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
  const size = `${String(memoryBytes / 1024 ** 3)} GB`;
  terminal.print(`${MADE_ELSEWHERE}: opening it takes ${size} and a minute or more.\n`);
  const answer = await terminal.ask("Go on? (y/N) ");
  if (!/^y(es)?$/i.test(answer?.trim() ?? "")) throw refusal;
}

async function askHidden(
  terminal: Terminal,
  question: string,
  asked = "the passphrase",
): Promise<string> {
  const text = await terminal.askHidden(question, "dots");
  if (text === null) throw inputEnded(asked);
  return text;
}

function inputEnded(asked: string): Refusal {
  return new Refusal({ code: "answer-missing", asked });
}
