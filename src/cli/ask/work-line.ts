/**
 * The one line that says at a terminal what is being done, while nothing that is typed is echoed: how
 * much of it is done, in tenths, where that takes more than a second.
 */
import type { Terminal } from "../../adapters/node/terminal.js";

/** Sooner than this nobody wonders. */
const SOON_MS = 1000;

export class WorkLine {
  readonly #terminal: Pick<Terminal, "print"> | null;
  #isOpen = false;
  #begunMs = 0;
  #told = 0;

  /** Null: nobody is there to read it. */
  constructor(terminal: Pick<Terminal, "print"> | null) {
    this.#terminal = terminal;
  }

  /** "Making the sheet ..." */
  begin(text: string): void {
    this.end();
    this.#terminal?.print(text);
    this.#isOpen = true;
    this.#begunMs = performance.now();
    this.#told = 0;
  }

  /** Some work, which tells how much of it is done, from 0 to 1. */
  async during<T>(text: string, work: (tell: (part: number) => void) => Promise<T>): Promise<T> {
    this.begin(text);
    try {
      return await work((part) => {
        this.#tell(part);
      });
    } finally {
      this.end();
    }
  }

  #tell(part: number): void {
    const tenths = Math.floor(10 * part);
    if (tenths <= this.#told || performance.now() - this.#begunMs < SOON_MS) return;
    this.#told = tenths;
    this.#terminal?.print(` ${String(10 * tenths)} %`);
  }

  /** What is said next begins a line. */
  end(): void {
    if (this.#isOpen) this.#terminal?.print("\n");
    this.#isOpen = false;
  }
}
