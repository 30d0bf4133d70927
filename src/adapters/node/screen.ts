/**
 * A whole screen of a terminal, drawn anew at every change, on its alternate page: what is shown there
 * is in no scrollback. The page is left on every way out.
 */
import type { WriteStream } from "node:tty";
import type { Keyboard } from "./keyboard.js";

export type ScreenEvent =
  | { readonly kind: "input"; readonly text: string }
  | { readonly kind: "resize" }
  | { readonly kind: "end" };

export interface Screen {
  size(): { readonly columns: number; readonly rows: number };
  draw(lines: readonly string[], cursor: { readonly line: number; readonly column: number }): void;
  next(): Promise<ScreenEvent>;
  /** As Ctrl-C where nothing is asked: it ends the process. */
  interrupt(): void;
  close(): void;
}

const ENTER = "\x1b[?1049h\x1b[?2004h";
const LEAVE = "\x1b[?2004l\x1b[?1049l";
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";
/** What a terminal that does not know its size is taken to have. */
const USUAL_SIZE = { columns: 80, rows: 24 };

export function openScreen(keyboard: Keyboard, output: WriteStream): Screen {
  const waiting: ScreenEvent[] = [];
  let wake: () => void = () => undefined;
  let isOpen = true;
  const push = (event: ScreenEvent) => {
    waiting.push(event);
    wake();
  };
  const onResize = () => {
    push({ kind: "resize" });
  };
  // A process that ends by a signal or a fault still leaves the page.
  const leave = () => {
    output.write(LEAVE);
  };
  output.write(ENTER);
  output.on("resize", onResize);
  process.once("exit", leave);
  const stopListening = keyboard.listen({
    take: (text) => {
      push({ kind: "input", text });
    },
    end: () => {
      push({ kind: "end" });
    },
  });
  return {
    size: () => {
      const { columns, rows } = output;
      return columns > 0 && rows > 0 ? { columns, rows } : USUAL_SIZE;
    },
    draw: (lines, { line, column }) => {
      // After the page was left it would stand in the scrollback.
      if (!isOpen) return;
      const text = lines.map((each) => each + CLEAR_LINE).join("\r\n");
      output.write(`${HOME}${text}${CLEAR_BELOW}\x1b[${String(line + 1)};${String(column + 1)}H`);
    },
    next: async () => {
      for (;;) {
        const event = waiting.shift();
        if (event !== undefined) return event;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    interrupt: () => {
      keyboard.interrupt();
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      stopListening();
      output.off("resize", onResize);
      process.off("exit", leave);
      leave();
    },
  };
}
