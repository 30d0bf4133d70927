/**
 * What a terminal sends, as keys: letters, named keys and pastes.
 *
 * Sequences and characters may come in pieces, and several keys in one piece: a slow line delivers fast
 * typing in bursts that end anywhere, so only the marks of a paste tell one. What it does not know it
 * passes over.
 */

export type NamedKey =
  | "left"
  | "right"
  | "up"
  | "down"
  | "home"
  | "end"
  | "delete"
  | "backspace"
  | "escape"
  | "clear"
  | "add-file"
  | "insert-row"
  | "remove-row"
  | "undo"
  | "done"
  | "redraw"
  | "interrupt";

export type Key =
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: "paste"; readonly text: string }
  /** To the next word; Enter may end a row, and Tab completes the name of a file. */
  | { readonly kind: "next"; readonly by: "space" | "tab" | "enter" }
  | { readonly kind: NamedKey };

/** ECMA-48 control sequences, without the escape before them, as terminals send them. */
const SEQUENCES: Readonly<Record<string, NamedKey>> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  "[H": "home",
  "[F": "end",
  "[1~": "home",
  "[4~": "end",
  "[7~": "home",
  "[8~": "end",
  "[3~": "delete",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  OH: "home",
  OF: "end",
};

const CONTROLS: Readonly<Record<string, NamedKey>> = {
  "\x7f": "backspace",
  "\b": "backspace",
  "\x01": "home",
  "\x05": "end",
  "\x03": "interrupt",
  "\x04": "done",
  "\x0c": "redraw",
  "\x0e": "insert-row",
  "\x0f": "add-file",
  "\x15": "clear",
  "\x18": "remove-row",
  "\x1a": "undo",
};

const NEXT: Readonly<Record<string, "space" | "tab" | "enter">> = {
  " ": "space",
  "\t": "tab",
  "\r": "enter",
  "\n": "enter",
};

const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** A whole sequence, or the beginning of one. */
const SEQUENCE = /^\x1b(\[[0-9;?]*[ -/]*[@-~]|O[@-~])/;
const UNFINISHED = /^\x1b(\[[0-9;?]*[ -/]*|O)?$/;
export class KeyReader {
  #unfinished = "";
  #pasted: string | null = null;

  /** The keys of a piece of input; the beginning of a sequence waits for its end. */
  read(piece: string): readonly Key[] {
    let rest = this.#unfinished + piece;
    this.#unfinished = "";
    const keys: Key[] = [];
    while (rest !== "") {
      if (this.#pasted !== null) {
        const end = rest.indexOf(PASTE_END);
        if (end < 0) {
          // The mark of its end may be cut in two.
          const cut = rest.lastIndexOf("\x1b");
          const isCut = cut >= 0 && PASTE_END.startsWith(rest.slice(cut));
          this.#pasted += isCut ? rest.slice(0, cut) : rest;
          this.#unfinished = isCut ? rest.slice(cut) : "";
          return keys;
        }
        keys.push({ kind: "paste", text: this.#pasted + rest.slice(0, end) });
        this.#pasted = null;
        rest = rest.slice(end + PASTE_END.length);
      } else if (rest.startsWith(PASTE_START)) {
        this.#pasted = "";
        rest = rest.slice(PASTE_START.length);
      } else if (UNFINISHED.test(rest) && rest !== "\x1b") {
        this.#unfinished = rest;
        return keys;
      } else {
        rest = this.#readKey(rest, keys);
      }
    }
    return keys;
  }

  #readKey(rest: string, keys: Key[]): string {
    const sequence = SEQUENCE.exec(rest)?.[0];
    if (sequence !== undefined) {
      const kind = SEQUENCES[sequence.slice(1)];
      if (kind !== undefined) keys.push({ kind });
      return rest.slice(sequence.length);
    }
    if (rest.startsWith("\x1b")) {
      keys.push({ kind: "escape" });
      return rest.slice(1);
    }
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    const kind = CONTROLS[letter];
    const by = NEXT[letter];
    if (by !== undefined) keys.push({ kind: "next", by });
    else if (kind !== undefined) keys.push({ kind });
    else if (!/\p{Control}/u.test(letter)) keys.push({ kind: "letter", letter });
    return rest.slice(letter.length);
  }
}
