/** Words typed on a screen: keys in, drawings out, until the words are enough or it is given up. */
import type { Screen } from "../../adapters/node/screen.js";
import { type Problem, Refusal } from "../../core/problem.js";
import type { Carrier } from "../../core/restore/read-carriers.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { counted, visible } from "../../wording/messages.js";
import type { Gained } from "../../core/restore/restoration.js";
import { givenCarriers, lookAt, lookHard } from "./attempt.js";
import { draw } from "./draw.js";
import { cellOf, type Editor, EMPTY_EDITOR, letteredRow, press } from "./editor.js";
import type { CompletedName } from "./file-name.js";
import { type Key, KeyReader } from "./keys.js";
import { ScreenEvents } from "./screen-events.js";
import { doubtsText, missingWords } from "./doubts.js";
import { lettersOf, listOfRows } from "./typed-rows.js";
import { unlessRefusedLater } from "../../core/unless-refused.js";

export interface TypingOptions {
  readonly isColour: boolean;
  /** Said first: what was typed before; null for nothing. */
  readonly before: string | null;
  /** The carriers of a file; throws with its problems. */
  readonly readFile: (name: string) => Promise<readonly Carrier[]>;
  /** A name as far as it can be completed, and the files that it may become. */
  readonly completeName: (typed: string) => Promise<CompletedName>;
  /** Problems in words. */
  readonly describe: (problems: readonly Problem[]) => string;
}

/** The typed words and what was added to them. */
export async function typeOnScreen(
  screen: Screen,
  options: TypingOptions,
): Promise<readonly Carrier[]> {
  const events = new ScreenEvents(screen);
  const session = new Session(screen, events, options);
  const keys = new KeyReader();
  session.draw();
  for (;;) {
    const event = await events.next();
    if (event.kind === "end") return session.carriers();
    const pressed = event.kind === "input" ? keys.read(event.text) : [];
    for (const key of pressed) if (await session.press(key)) return session.carriers();
    session.look();
    session.draw();
  }
}

const CHOICES_NAMED = 6;

const END = "Type no more; Ctrl and D together end this.";
const ENOUGH: Readonly<Record<Gained, string>> = {
  key: `Enough: the key is confirmed. ${END}`,
  sealed: `Enough: the sheet is confirmed; its passphrase is asked for next. ${END}`,
  share: `Enough: the share is confirmed; more of them are asked for next. ${END}`,
};

/** What is to be said of a row's two letters, typed behind it; null for anything else. */
function typedLetters(editor: Editor): string | null {
  const lettered = letteredRow(editor);
  if (lettered === null) return null;
  const { row, words } = lettered;
  const typed = cellOf(editor).toUpperCase();
  const letters = lettersOf(words, row, listOfRows(editor.rows));
  const name = `Row ${String(row + 1)}`;
  if (words.length !== WORDS_A_ROW)
    return `${name} has ${counted(words.length, "word")}, not six. Compare it with the paper.`;
  if (letters === null) return `${name} has a word that is none of the list. Compare it.`;
  return letters === typed
    ? `${name} agrees: its letters are ${letters}.`
    : `${name} differs: its words have the letters ${letters}. Compare it with the paper.`;
}

/** A row that was there is typed once more, by its number. */
function replacedText(before: Editor, after: Editor, key: Key): string {
  const words = before.rows[after.row]?.some((cell) => cell !== "") === true;
  const isEmpty = after.rows[after.row]?.every((cell) => cell === "") === true;
  const isReplaced = key.kind === "next" && before.row !== after.row && words && isEmpty;
  return isReplaced ? `Row ${String(after.row + 1)} is typed anew; ^Z takes it back.` : "";
}

class Session {
  readonly #screen: Screen;
  readonly #events: ScreenEvents;
  readonly #options: TypingOptions;
  #editor: Editor = EMPTY_EDITOR;
  #added: readonly Carrier[] = [];
  #message = "";
  #needed: number | null = null;
  #gained: Gained | null = null;
  /** Done was said once, and it was not enough. */
  #isWarned = false;
  /** Ctrl-C was pressed once, in the middle of words. */
  #isStopping = false;
  /** Something changed that was not looked at yet. */
  #isChanged = false;

  constructor(screen: Screen, events: ScreenEvents, options: TypingOptions) {
    this.#screen = screen;
    this.#events = events;
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
    if (key.kind === "interrupt") {
      this.#stop(() => {
        throw new Refusal({ code: "interrupted" });
      });
      return false;
    }
    if (this.#isStopping) this.#message = "";
    this.#isStopping = false;
    // Whoever looks at the paper types on: those words must not reach the shell behind.
    const wasEnough = this.#gained !== null;
    if (wasEnough) {
      this.#message = ENOUGH[this.#gained as Gained];
      return key.kind === "done";
    }
    const isOver = await this.#take(key);
    if (this.#gained !== null) this.#message = ENOUGH[this.#gained];
    return isOver;
  }

  /** A look at what changed, once for all keys that came together. */
  look(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const { gained, needed } = lookAt(this.#editor.rows, this.#added);
    this.#needed = needed;
    this.#gained = gained;
    if (gained !== null) this.#message = ENOUGH[gained];
  }

  /** Ctrl-C asks once where there is something to lose. */
  #stop(end: () => void): void {
    const { rows } = this.#editor;
    const count = rows.flat().filter((cell) => cell !== "").length;
    if (this.#isStopping || (count === 0 && this.#added.length === 0)) {
      end();
      return;
    }
    this.#isStopping = true;
    this.#message = `Stop and lose ${counted(count, "word")}? Ctrl-C again stops; any other key goes on.`;
  }

  async #take(key: Key): Promise<boolean> {
    const { fileName } = this.#editor;
    if (fileName !== null && key.kind === "next") {
      if (key.by === "enter") return this.#addFile(fileName);
      if (key.by === "tab") return this.#complete(fileName);
    }
    if (key.kind === "done" && fileName === null) return this.#finish();
    this.#isWarned = false;
    const before = this.#editor;
    const agreed = key.kind === "next" ? typedLetters(before) : null;
    this.#editor = press(before, key);
    if (agreed !== null) {
      this.#message = agreed;
      return false;
    }
    const hasMoved = before.row !== this.#editor.row || before.column !== this.#editor.column;
    if (before.rows === this.#editor.rows && !hasMoved) return false;
    if (key.kind !== "letter") this.#message = replacedText(before, this.#editor, key);
    if (hasMoved) this.#isChanged = true;
    return false;
  }

  async #finish(): Promise<boolean> {
    if (this.#isWarned) return true;
    this.#message = "Looking for what can be repaired ...";
    this.draw();
    this.#isChanged = false;
    const looked = await this.#during(lookHard(this.#editor.rows, this.#added));
    this.#gained = looked.gained;
    if (this.#gained !== null) return true;
    this.#isWarned = true;
    const { rows } = this.#editor;
    const { needed } = lookAt(rows, this.#added);
    const step = missingWords(rows, needed) > 0 ? "Type on" : "Correct what differs and go on";
    this.#message = `Not enough yet. ${doubtsText(rows, needed)} ${step}, or ^D once more to give up.`;
    return false;
  }

  async #complete(typed: string): Promise<boolean> {
    const { name, choices } = await this.#options.completeName(typed);
    this.#editor = { ...this.#editor, fileName: name };
    const named = choices.slice(0, CHOICES_NAMED).map(visible).join("  ");
    const more = choices.length - CHOICES_NAMED;
    const rest = more > 0 ? `  and ${String(more)} more` : "";
    this.#message =
      choices.length === 1 ? "" : choices.length === 0 ? "No such file." : named + rest;
    return false;
  }

  async #addFile(fileName: string): Promise<boolean> {
    this.#editor = { ...this.#editor, fileName: null };
    if (fileName.trim() === "") return false;
    this.#message = "Reading ...";
    this.draw();
    const found = await unlessRefusedLater<readonly Carrier[] | null>(
      () => this.#during(this.#options.readFile(fileName)),
      ({ problems }) => {
        this.#message = this.#options.describe(problems);
        return null;
      },
    );
    if (found === null) return false;
    this.#added = [...this.#added, ...found];
    this.#message = "Added. It is not enough alone: type on.";
    this.#isChanged = true;
    this.look();
    return false;
  }

  /** Ctrl-C is heard meanwhile; what is at work cannot be stopped but with the process. */
  async #during<T>(work: Promise<T>): Promise<T> {
    try {
      return await this.#events.during(work, () => {
        this.#stop(() => {
          this.#screen.interrupt();
        });
        this.draw();
      });
    } finally {
      this.#isStopping = false;
    }
  }
}
