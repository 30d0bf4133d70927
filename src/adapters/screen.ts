/**
 * A whole screen of a terminal, drawn anew at every change, on its alternate page: what is shown there
 * is in no scrollback. The terminal is given back as it was on every way out.
 */
import type { ReadStream, WriteStream } from "node:tty";
import { StringDecoder } from "node:string_decoder";

export type ScreenEvent =
  | { readonly kind: "input"; readonly text: string }
  | { readonly kind: "resize" }
  | { readonly kind: "end" };

export interface Screen {
  size(): { readonly columns: number; readonly rows: number };
  draw(lines: readonly string[], cursor: { readonly line: number; readonly column: number }): void;
  next(): Promise<ScreenEvent>;
  close(): void;
}

const ENTER = "\x1b[?1049h\x1b[?2004h";
const LEAVE = "\x1b[?2004l\x1b[?1049l";
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";
/** What a terminal that does not know its size is taken to have. */
const USUAL_SIZE = { columns: 80, rows: 24 };

export function openScreen(input: ReadStream, output: WriteStream): Screen {
  const decoder = new StringDecoder("utf8");
  const waiting: ScreenEvent[] = [];
  let wake: () => void = () => undefined;
  const push = (event: ScreenEvent) => {
    waiting.push(event);
    wake();
  };
  const onData = (chunk: Buffer) => {
    push({ kind: "input", text: decoder.write(chunk) });
  };
  const onEnd = () => {
    push({ kind: "end" });
  };
  const onResize = () => {
    push({ kind: "resize" });
  };
  // A process that ends by a signal or a fault still leaves the page and its raw mode.
  const leave = () => {
    output.write(LEAVE);
    input.setRawMode(false);
  };
  output.write(ENTER);
  input.setRawMode(true);
  input.resume();
  input.on("data", onData);
  input.on("end", onEnd);
  output.on("resize", onResize);
  process.once("exit", leave);
  return {
    size: () => {
      const { columns, rows } = output;
      return columns > 0 && rows > 0 ? { columns, rows } : USUAL_SIZE;
    },
    draw: (lines, { line, column }) => {
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
    close: () => {
      input.off("data", onData);
      input.off("end", onEnd);
      output.off("resize", onResize);
      process.off("exit", leave);
      leave();
      input.pause();
    },
  };
}
