/** Words typed on a screen: keys in, drawings out, until the words are enough or it is given up. */
import type { Screen } from "../../adapters/screen.js";
import { type Problem, Refusal } from "../../core/problem.js";
import type { Carrier } from "../../core/read-carriers.js";
import { type Gained, givenCarriers, lookAt, lookHard } from "./attempt.js";
import { draw } from "./draw.js";
import { cellOf, type Editor, EMPTY_EDITOR, press } from "./editor.js";
import { type Key, KeyReader } from "./keys.js";
import { doubtsText } from "./doubts.js";
import { lettersOf, listOfRows } from "./typed-rows.js";

export interface TypingOptions {
  readonly isColour: boolean;
  /** Said first: what was typed before; null for nothing. */
  readonly before: string | null;
  /** The carriers of a file; throws with its problems. */
  readonly readFile: (name: string) => Promise<readonly Carrier[]>;
  /** Problems in words. */
  readonly describe: (problems: readonly Problem[]) => string;
}

/** The typed words and what was added to them. */
export async function typeOnScreen(
  screen: Screen,
  options: TypingOptions,
): Promise<readonly Carrier[]> {
  const session = new Session(screen, options);
  const keys = new KeyReader();
  session.draw();
  for (;;) {
    const event = await screen.next();
    if (event.kind === "end") return session.carriers();
    const pressed = event.kind === "input" ? keys.read(event.text) : [];
    for (const key of pressed) if (await session.press(key)) return session.carriers();
    session.draw();
  }
}

const END = "Type no more; Ctrl and D together end this.";
const ENOUGH: Readonly<Record<Gained, string>> = {
  key: `Enough: the key is confirmed. ${END}`,
  sealed: `Enough: the sheet is confirmed; its passphrase is asked for next. ${END}`,
  share: `Enough: the share is confirmed; more of them are asked for next. ${END}`,
};

/** What is to be said of a row's two letters, typed behind it; null for anything else. */
function typedLetters(editor: Editor): string | null {
  const typed = cellOf(editor).toUpperCase();
  if (editor.column !== 0 || editor.row === 0 || !/^[A-HJ-NP-Z]{2}$/.test(typed)) return null;
  const row = editor.row - 1;
  const letters = lettersOf(editor.rows[row] ?? [], row, listOfRows(editor.rows));
  if (letters === null) return null;
  return letters === typed
    ? `Row ${String(editor.row)} agrees: its letters are ${letters}.`
    : `Row ${String(editor.row)} differs: its words have the letters ${letters}. Compare it with the paper.`;
}

class Session {
  readonly #screen: Screen;
  readonly #options: TypingOptions;
  #editor: Editor = EMPTY_EDITOR;
  #added: readonly Carrier[] = [];
  #message = "";
  #needed: number | null = null;
  #gained: Gained | null = null;
  /** Done was said once, and it was not enough. */
  #isWarned = false;

  constructor(screen: Screen, options: TypingOptions) {
    this.#screen = screen;
    this.#options = options;
    this.#message = options.before ?? "";
  }

  carriers(): readonly Carrier[] {
    return givenCarriers(this.#editor.rows, this.#added);
  }

  draw(): void {
    const look = { size: this.#screen.size(), isColour: this.#options.isColour };
    const notice = {
      needed: this.#needed,
      message: this.#message,
      isEnough: this.#gained !== null,
    };
    const { lines, cursor } = draw(this.#editor, notice, look);
    this.#screen.draw(lines, cursor);
  }

  /** True when typing has ended. */
  async press(key: Key): Promise<boolean> {
    if (key.kind === "interrupt") throw new Refusal({ code: "interrupted" });
    // Whoever looks at the paper types on: those words must not reach the shell behind.
    const wasEnough = this.#gained !== null;
    if (wasEnough) return key.kind === "done";
    const isOver = await this.#take(key);
    if (this.#gained !== null) this.#message = ENOUGH[this.#gained];
    return isOver;
  }

  async #take(key: Key): Promise<boolean> {
    const { fileName } = this.#editor;
    if (fileName !== null && key.kind === "next" && key.isEnter) return this.#addFile(fileName);
    if (key.kind === "done" && fileName === null) return this.#finish();
    this.#isWarned = false;
    const before = this.#editor;
    const agreed = key.kind === "next" ? typedLetters(before) : null;
    if (agreed !== null) {
      this.#editor = press(before, { kind: "clear" });
      this.#message = agreed;
      return false;
    }
    this.#editor = press(before, key);
    const hasMoved = before.row !== this.#editor.row || before.column !== this.#editor.column;
    if (before.rows === this.#editor.rows && !hasMoved) return false;
    if (key.kind !== "letter") this.#message = "";
    if (hasMoved) this.#look();
    return false;
  }

  /** A look after each word that was left. */
  #look(): void {
    const { gained, needed } = lookAt(this.#editor.rows, this.#added);
    this.#needed = needed;
    this.#gained = gained;
  }

  #finish(): boolean {
    if (this.#isWarned) return true;
    this.#message = "Looking for what can be mended ...";
    this.draw();
    this.#gained = lookHard(this.#editor.rows, this.#added).gained;
    if (this.#gained !== null) return true;
    this.#isWarned = true;
    this.#message = `Not enough yet. ${doubtsText(this.#editor.rows)} Correct what differs from the paper and go on, or ^D once more to give up.`;
    return false;
  }

  async #addFile(fileName: string): Promise<boolean> {
    this.#editor = { ...this.#editor, fileName: null };
    if (fileName.trim() === "") return false;
    this.#message = "Reading ...";
    this.draw();
    try {
      const found = await this.#options.readFile(fileName);
      this.#added = [...this.#added, ...found];
      this.#message = "Added. It is not enough alone: type on.";
      this.#look();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#message = this.#options.describe(error.problems);
    }
    return false;
  }
}
