/**
 * Questions on a terminal, with or without echo.
 *
 * A hidden answer is never shown, kept in a history or completed, and from the first hidden question on
 * nothing that is typed is shown, whether something is asked or not (see `Keyboard`).
 */
import { createInterface, type Interface } from "node:readline";
import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { Refusal } from "../../core/problem.js";
import { type Feedback, feedbackText, HiddenAnswer, PASTE_OFF, PASTE_ON } from "./hidden-answer.js";
import { turnEchoOff } from "./echo.js";
import { Keyboard } from "./keyboard.js";
import { openScreen, type Screen } from "./screen.js";

export interface Lines {
  /** The answer's line, or null at the end of input. Ctrl-C is refused as `interrupted`. */
  ask(question: string): Promise<string | null>;
  close(): void;
}

export interface Terminal {
  /** From here on nothing that is typed is echoed, to the end; hidden questions do it by themselves. */
  hush(): void;
  /** The same until `end`, but what is typed is left to the shell where nothing hidden is asked for. */
  hideEcho(): void;
  /** One question, whose answer is shown; as `Lines`. */
  ask(question: string): Promise<string | null>;
  /** Without echo; null at the end of input. What was typed before the question is dropped. */
  askHidden(question: string, feedback: Feedback): Promise<string | null>;
  /** Questions one after another; lines that come before theirs, as in a paste, wait for it. */
  openLines(): Lines;
  /** The whole screen, to be drawn on; nothing may be asked while it is open. */
  openScreen(): Screen;
  print(text: string): void;
  /** Drops what was typed until now. */
  forget(): Promise<void>;
  /** Gives the terminal back as it was; what was typed ahead after something hidden is swallowed. */
  end(): void;
}

/** `onInterrupt` is called for Ctrl-C while nothing is asked. */
export function openTerminal(
  input: ReadStream,
  output: WriteStream,
  onInterrupt: () => void,
): Terminal {
  const keyboard = new Keyboard(input, onInterrupt);
  // The last way out, where nobody called `end`.
  process.once("exit", () => {
    terminal.end();
  });
  let screen: Screen | null = null;
  let showEcho: (() => void) | null = null;
  const openLines = () => new LineReader(keyboard, output);
  const terminal: Terminal = {
    hush: () => {
      keyboard.hush();
    },
    hideEcho: () => {
      showEcho ??= turnEchoOff();
    },
    ask: async (question) => {
      const lines = openLines();
      try {
        return await lines.ask(question);
      } finally {
        lines.close();
      }
    },
    askHidden: (question, feedback) => askHidden(keyboard, output, question, feedback),
    openLines,
    openScreen: () => {
      keyboard.hush();
      screen = openScreen(keyboard, output);
      return screen;
    },
    print: (text) => {
      output.write(text);
    },
    forget: () => keyboard.forget(),
    end: () => {
      screen?.close();
      keyboard.end();
      showEcho?.();
      showEcho = null;
    },
  };
  return terminal;
}

class LineReader implements Lines {
  readonly #interface: Interface;
  readonly #stopListening: () => void;
  readonly #waiting: string[] = [];
  #isClosed = false;
  #isInterrupted = false;
  #wake: () => void = () => undefined;

  constructor(keyboard: Keyboard, output: WriteStream) {
    // The terminal's mode is the keyboard's alone: of a stream that is none, readline sets no mode.
    const keys = new PassThrough();
    this.#interface = createInterface({ input: keys, output, terminal: true, historySize: 0 });
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
    this.#stopListening = keyboard.listen({
      take: (piece) => keys.write(piece),
      end: () => keys.end(),
    });
  }

  async ask(question: string): Promise<string | null> {
    if (this.#isClosed && this.#waiting.length === 0) return null;
    if (!this.#isClosed) {
      this.#interface.setPrompt(question);
      this.#interface.prompt();
    }
    for (;;) {
      if (this.#isInterrupted) {
        this.#isInterrupted = false;
        throw new Refusal({ code: "interrupted" });
      }
      const line = this.#waiting.shift();
      if (line !== undefined) return line;
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#stopListening();
    this.#interface.close();
  }
}

async function askHidden(
  keyboard: Keyboard,
  output: WriteStream,
  question: string,
  feedback: Feedback,
): Promise<string | null> {
  keyboard.hush();
  // An Enter too many must not answer a question that nobody has seen.
  await keyboard.forget();
  const answer = new HiddenAnswer();
  const shown = new ShownInPlace(output, question.length);
  output.write(question + PASTE_ON);
  let stopListening: () => void = () => undefined;
  try {
    return await new Promise<string | null>((resolve, reject) => {
      const take = (piece: string) => {
        const end = answer.take(piece);
        shown.show(feedbackText(answer.text, feedback, end === "entered"));
        if (end === "interrupted") reject(new Refusal({ code: "interrupted" }));
        else if (end !== null) resolve(end === "entered" ? answer.text : null);
        // Not what comes in the same round of events: it is no answer to this question.
        if (end !== null) stopListening();
      };
      stopListening = keyboard.listen({
        take,
        end: () => {
          resolve(null);
        },
      });
    });
  } finally {
    stopListening();
    output.write(`${PASTE_OFF}\n`);
  }
}

/** A text behind a question that is replaced in place, with nothing but Backspace: any terminal can that. */
class ShownInPlace {
  readonly #output: WriteStream;
  readonly #start: number;
  #text = "";

  constructor(output: WriteStream, start: number) {
    this.#output = output;
    this.#start = start;
  }

  show(text: string): void {
    // Backspace does not go back over the edge of the screen.
    const columns = this.#output.columns > 0 ? this.#output.columns : 80;
    if (text === this.#text || this.#start + text.length >= columns) return;
    const rest = Math.max(0, this.#text.length - text.length);
    const back = "\b".repeat(this.#text.length);
    this.#output.write(back + text + " ".repeat(rest) + "\b".repeat(rest));
    this.#text = text;
  }
}
