/**
 * Words typed line by line, for screen readers and for terminals that cannot draw: a question and an
 * answer at a time, and nothing that is drawn again.
 */
import type { Lines, Terminal } from "../../adapters/node/terminal.js";
import { Refusal } from "../../core/problem.js";
import type { Carrier } from "../../core/restore/read-carriers.js";
import { parseLines, UNREADABLE } from "../../core/words/parse-words.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { findWord } from "../../core/words/word-lists.js";
import { counted, listed, visible } from "../../wording/messages.js";
import { givenCarriers, lookAt, lookHard } from "./attempt.js";
import { doubtsText } from "./doubts.js";
import { EMPTY_ROW, lettersOf, listOfRows, tokenOf, type TypedRow } from "./typed-rows.js";
import type { TypingOptions } from "./type-on-screen.js";
import { unlessRefusedLater } from "../../core/unless-refused.js";

type LineOptions = Omit<TypingOptions, "isColour" | "completeName">;

const INTRODUCTION = `Type the words of the sheet, six a row with a space between them, then Enter. The
first four letters of each are enough; a question mark stands for a word that you cannot read. Each row is
repeated with its two letters: the paper has the same when the row is right.
Commands: :row 7 goes to row 7, :file NAME adds a photo, a PDF or a text, :rows
tells all rows, :done ends, :help tells this again.
`;

export async function typeInLines(
  lines: Lines,
  terminal: Pick<Terminal, "print">,
  options: LineOptions,
): Promise<readonly Carrier[]> {
  const session = new LineSession(terminal, options);
  terminal.print(options.before === null ? INTRODUCTION : `${options.before}\n`);
  for (;;) {
    const line = await askRow(lines, session);
    if (line === null || (await session.take(line.trim()))) return session.carriers();
  }
}

/** Ctrl-C asks once where there is something to lose. */
async function askRow(lines: Lines, session: LineSession): Promise<string | null> {
  const question = `Row ${String(session.row + 1)}: `;
  try {
    return await lines.ask(question);
  } catch (error) {
    if (!(error instanceof Refusal) || !session.tellLoss()) throw error;
    return lines.ask(question);
  }
}

class LineSession {
  readonly #terminal: Pick<Terminal, "print">;
  readonly #options: LineOptions;
  #rows: readonly TypedRow[] = [];
  #added: readonly Carrier[] = [];
  #isWarned = false;
  row = 0;

  constructor(terminal: Pick<Terminal, "print">, options: LineOptions) {
    this.#terminal = terminal;
    this.#options = options;
  }

  carriers(): readonly Carrier[] {
    return givenCarriers(this.#rows, this.#added);
  }

  /** What would be lost by stopping now; false where there is nothing. */
  tellLoss(): boolean {
    const count = this.#rows.flat().filter((cell) => cell !== "").length;
    if (count === 0 && this.#added.length === 0) return false;
    this.#say(`\nStop and lose ${counted(count, "word")}? Ctrl-C again stops; a row goes on.`);
    return true;
  }

  /** True when typing has ended. */
  async take(line: string): Promise<boolean> {
    const [, command, argument = ""] = /^:(\w+)\s*(.*)$/.exec(line) ?? [];
    if (command === undefined && line !== "") return this.#takeWords(line);
    switch (command ?? "done") {
      case "done":
        return this.#finish();
      case "row":
        return this.#goTo(argument);
      case "rows":
        this.#rows.forEach((_, index) => {
          this.#tellRow(index);
        });
        return false;
      case "file":
        return this.#addFile(argument);
      case "help":
        this.#say(INTRODUCTION);
        return false;
      default:
        this.#say("No such command; :help tells which there are.");
        return false;
    }
  }

  #takeWords(line: string): boolean {
    this.#isWarned = false;
    for (const { number, tokens } of parseLines(line)) {
      if (number !== null && number > 0) this.row = number - 1;
      const rows = [...this.#rows];
      while (rows.length <= this.row) rows.push(EMPTY_ROW);
      rows[this.row] = [...tokens, ...EMPTY_ROW.slice(tokens.length)];
      this.#rows = rows;
      this.#tellRow(this.row);
      this.row += 1;
    }
    const { gained, needed } = lookAt(this.#rows, this.#added);
    if (needed !== null && this.row === 1)
      this.#say(`${String(needed)} words are needed when none is wrong.`);
    return gained !== null;
  }

  #tellRow(index: number): void {
    const row = this.#rows[index] ?? [];
    const list = listOfRows(this.#rows);
    const cells = row.filter((cell) => cell !== "");
    if (cells.length === 0) return;
    const tokens = cells.map((cell) => tokenOf(list, cell));
    const unknown = tokens.flatMap((token, position) =>
      token !== UNREADABLE && findWord(list, token) === null ? [position + 1] : [],
    );
    const letters = lettersOf(row, index, list);
    const remarks = [
      cells.length === WORDS_A_ROW ? "" : `${String(cells.length)} words, not six`,
      unknown.length === 0 ? "" : `not in the ${list.title} list: word ${listed(unknown)}`,
      letters === null ? "" : `letters ${Array.from(letters).join(" ")}`,
    ].filter((remark) => remark !== "");
    this.#say(`${String(index + 1)}: ${tokens.join(" ")}. ${remarks.join("; ")}`);
  }

  #goTo(argument: string): boolean {
    const number = Number.parseInt(argument, 10);
    if (number >= 1 && number <= this.#rows.length + 1) {
      this.row = number - 1;
      this.#tellRow(this.row);
    } else {
      this.#say(`There are rows 1 to ${String(this.#rows.length + 1)}.`);
    }
    return false;
  }

  async #finish(): Promise<boolean> {
    if (this.#isWarned || this.carriers().length === 0) return true;
    const { gained, needed } = await lookHard(this.#rows, this.#added);
    if (gained !== null) return true;
    this.#isWarned = true;
    this.#say(
      `Not enough yet. ${doubtsText(this.#rows, needed)} Correct rows with :row, or :done once more to give up.`,
    );
    return false;
  }

  async #addFile(name: string): Promise<boolean> {
    const found = await unlessRefusedLater<readonly Carrier[] | null>(
      () => this.#options.readFile(name),
      ({ problems }) => {
        this.#say(this.#options.describe(problems));
        return null;
      },
    );
    if (found === null) return false;
    this.#added = [...this.#added, ...found];
    const { gained } = lookAt(this.#rows, this.#added);
    if (gained === null) this.#say("Added; it did not suffice alone, type on.");
    return gained !== null;
  }

  #say(text: string): void {
    const lines = text.trimEnd().split("\n").map(visible);
    this.#terminal.print(`${lines.join("\n")}\n`);
  }
}
