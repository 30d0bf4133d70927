/**
 * Questions on a terminal, with or without echo.
 *
 * A hidden answer is never shown, kept in a history or completed. What is pasted is one answer even
 * with line ends inside: between the marks of bracketed paste, or within one piece of input.
 */
import { createInterface, type Interface } from "node:readline";
import { StringDecoder } from "node:string_decoder";
import type { ReadStream, WriteStream } from "node:tty";
import { Refusal } from "../core/problem.js";
import { openScreen, type Screen } from "./screen.js";

export interface Terminal {
  /** The answer's line, or null at the end of input. Ctrl-C is refused as `interrupted`. */
  ask(question: string): Promise<string | null>;
  /** The same without echo. */
  askHidden(question: string): Promise<string | null>;
  print(text: string): void;
  /** The whole screen, to be drawn on; nothing may be asked while it is open. */
  openScreen(): Screen;
  /** Gives the terminal back as it was. */
  close(): void;
}

const PASTE_ON = "\x1b[?2004h";
const PASTE_OFF = "\x1b[?2004l";
const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";

export function openTerminal(input: ReadStream, output: WriteStream): Terminal {
  let lines: LineReader | null = null;
  return {
    ask(question) {
      lines ??= new LineReader(input, output);
      return lines.next(question);
    },
    askHidden: (question) => readHidden(input, output, question),
    print: (text) => {
      output.write(text);
    },
    openScreen: () => openScreen(input, output),
    close() {
      lines?.close();
      input.setRawMode(false);
    },
  };
}

/** Echoed lines; those that come before they are asked for, as in a paste, wait their turn. */
class LineReader {
  readonly #interface: Interface;
  readonly #waiting: string[] = [];
  #isClosed = false;
  #isInterrupted = false;
  #wake: () => void = () => undefined;

  constructor(input: ReadStream, output: WriteStream) {
    this.#interface = createInterface({ input, output, terminal: true, historySize: 0 });
    this.#interface.on("line", (line) => {
      this.#waiting.push(line);
      this.#wake();
    });
    this.#interface.on("close", () => {
      this.#isClosed = true;
      this.#wake();
    });
    this.#interface.on("SIGINT", () => {
      this.#isInterrupted = true;
      this.#wake();
    });
  }

  async next(question: string): Promise<string | null> {
    this.#interface.setPrompt(question);
    this.#interface.prompt();
    for (;;) {
      if (this.#isInterrupted) throw new Refusal({ code: "interrupted" });
      const line = this.#waiting.shift();
      if (line !== undefined) return line;
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#interface.close();
  }
}

/** Leaves the terminal without echo, so that what is typed ahead of the next question stays hidden. */
async function readHidden(
  input: ReadStream,
  output: WriteStream,
  question: string,
): Promise<string | null> {
  const decoder = new StringDecoder("utf8");
  const answer = new HiddenAnswer();
  output.write(question + PASTE_ON);
  input.setRawMode(true);
  input.resume();
  try {
    return await new Promise<string | null>((resolve, reject) => {
      const onData = (chunk: Buffer) => {
        const end = answer.take(decoder.write(chunk));
        if (end === null) return;
        input.off("data", onData);
        input.off("end", onEnd);
        if (end === "interrupted") reject(new Refusal({ code: "interrupted" }));
        else resolve(end === "entered" ? answer.text : null);
      };
      const onEnd = () => {
        resolve(null);
      };
      input.on("data", onData);
      input.on("end", onEnd);
    });
  } finally {
    input.pause();
    output.write(`${PASTE_OFF}\n`);
  }
}

type AnswerEnd = "entered" | "ended" | "interrupted";

/** The state of a hidden answer while its keys come in, several of them at a time or one by one. */
class HiddenAnswer {
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
        this.#text = this.#text.slice(0, -1);
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
