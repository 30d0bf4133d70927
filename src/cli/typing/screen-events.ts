/** The events of a screen, one after another, also while something else is waited for. */
import type { Screen, ScreenEvent } from "../../adapters/node/screen.js";

const INTERRUPT = "\x03";

export class ScreenEvents {
  readonly #screen: Pick<Screen, "next">;
  /** Asked for, and not given out yet. */
  #coming: Promise<ScreenEvent> | null = null;
  #kept: ScreenEvent[] = [];

  constructor(screen: Pick<Screen, "next">) {
    this.#screen = screen;
  }

  async next(): Promise<ScreenEvent> {
    const kept = this.#kept.shift();
    if (kept !== undefined) return kept;
    const event = await this.#peek();
    this.#coming = null;
    return event;
  }

  /** What some work gives. Ctrl-C is heard meanwhile; what else is typed comes next. */
  async during<T>(work: Promise<T>, onInterrupt: () => void): Promise<T> {
    const done = work.then((value) => ({ value }));
    for (;;) {
      const first = await Promise.race([done, this.#peek()]);
      if ("value" in first) return first.value;
      this.#coming = null;
      if (first.kind === "input" && first.text.includes(INTERRUPT)) onInterrupt();
      else this.#kept.push(first);
    }
  }

  #peek(): Promise<ScreenEvent> {
    this.#coming ??= this.#screen.next();
    return this.#coming;
  }
}
