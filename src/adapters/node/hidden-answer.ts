/**
 * An answer that is not shown, key by key, and what is shown in its place.
 *
 * What is pasted is one answer even with line ends inside: between the marks of bracketed paste, or
 * within one piece of input.
 */

export const PASTE_ON = "\x1b[?2004h";
export const PASTE_OFF = "\x1b[?2004l";
const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";

export type AnswerEnd = "entered" | "ended" | "interrupted";

/** The state of a hidden answer while its keys come in, several of them at a time or one by one. */
export class HiddenAnswer {
  #text = "";
  #isPasting = false;
  /** The beginning of an escape sequence whose end is in the next piece. */
  #unfinished = "";

  get text(): string {
    return this.#text;
  }

  /** Takes a piece of input; says how the answer ended, or null while it goes on. */
  take(piece: string): AnswerEnd | null {
    let rest = this.#unfinished + piece;
    this.#unfinished = "";
    while (rest !== "") {
      if (/^\x1b(\[[0-9;]*|O)?$/.test(rest)) {
        this.#unfinished = rest;
        return null;
      }
      if (rest.startsWith(PASTE_START)) {
        this.#isPasting = true;
        rest = rest.slice(PASTE_START.length);
      } else if (rest.startsWith(PASTE_END)) {
        this.#isPasting = false;
        rest = rest.slice(PASTE_END.length);
      } else {
        const key = rest.charAt(0);
        rest = rest.slice(1);
        const end = this.#press(key, rest);
        if (end === "escape") rest = rest.replace(/^(\[[0-9;]*[ -/]*[@-~]|O.)/, "");
        else if (end !== null) return end;
      }
    }
    return null;
  }

  #press(key: string, rest: string): AnswerEnd | "escape" | null {
    switch (key) {
      case "\r":
      case "\n":
        // A line end with more behind it in one piece is inside of what was pasted.
        if (!this.#isPasting && rest.replace(/[\r\n]/g, "") === "") return "entered";
        this.#text += "\n";
        return null;
      case "\x03":
        return "interrupted";
      case "\x04":
        return this.#text === "" ? "ended" : null;
      case "\x7f":
      case "\b":
        this.#text = Array.from(this.#text).slice(0, -1).join("");
        return null;
      case "\x15":
        this.#text = "";
        return null;
      case "\x1b":
        return "escape";
      default:
        this.#text += key;
        return null;
    }
  }
}

/**
 * What is shown of a hidden answer. `count`: a dot for each eight characters and how many they are, for
 * what has a known length. `dots`: that something arrived, not how much.
 */
export type Feedback = "count" | "dots";

const DOTS = 8;

/**
 * A passphrase's length is worth bits to whoever reads the screen or its scrollback, and with a short one
 * says that guessing pays. So each key moves the dots, which begin anew after the eighth, and an entered
 * answer has eight, however long it is: pinentry, sudo and login screens show a dot a character and so
 * the length; ssh and age show nothing, and a paste that never came looks like one that did.
 */
export function feedbackText(text: string, feedback: Feedback, isEntered: boolean): string {
  const count = Array.from(text.replace(/\s/gu, "")).length;
  if (count === 0) return "";
  if (feedback === "count") return `${".".repeat(Math.ceil(count / DOTS))} ${String(count)}`;
  return ".".repeat(isEntered ? DOTS : 1 + ((count - 1) % DOTS));
}
