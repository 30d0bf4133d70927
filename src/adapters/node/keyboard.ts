/**
 * What is typed at a terminal, while something is asked and between.
 *
 * Once it is hushed, nothing that is typed is echoed to the end of the process: what no question takes
 * goes nowhere, but for Ctrl-C, and what was typed ahead is swallowed at the end. So no scrollback, no
 * shell and no history has a passphrase that came late or a key that was pasted twice. Until then it
 * reads only while something listens, and a command that is typed ahead is left to the shell.
 */
import { closeSync, constants, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setImmediate as nextRound } from "node:timers/promises";
import type { ReadStream } from "node:tty";

export interface Listener {
  take(piece: string): void;
  /** The terminal is gone: nothing more comes. */
  end(): void;
}

/** Ctrl-C and Ctrl-\, which come as characters while nothing is echoed. */
const INTERRUPTS = /[\x03\x1c]/;
/** The pieces of a paste come nearer to each other than this, also over a network. */
const QUIET_MS = 50;
/** Somebody holds a key down: the terminal is given back all the same. */
const SWALLOW_LIMIT_MS = 1000;

export class Keyboard {
  readonly #input: ReadStream;
  readonly #onInterrupt: () => void;
  readonly #decoder = new StringDecoder("utf8");
  #listener: Listener | null = null;
  #isReading = false;
  #isHushed = false;
  #hasEnded = false;
  #pieceCount = 0;

  /** `onInterrupt` is called for Ctrl-C while nothing listens. */
  constructor(input: ReadStream, onInterrupt: () => void) {
    this.#input = input;
    this.#onInterrupt = onInterrupt;
    // Of a terminal that is gone, also when nothing is read.
    input.on("error", this.#onEnd);
  }

  /** From here on nothing is echoed, to the end. */
  hush(): void {
    this.#isHushed = true;
    this.#start();
  }

  /** All that is typed goes to one listener, until the function is called that this returns. */
  listen(listener: Listener): () => void {
    this.#listener = listener;
    this.#start();
    if (this.#hasEnded) queueMicrotask(listener.end.bind(listener));
    return () => {
      this.#listener = null;
      if (!this.#isHushed) this.#stop();
    };
  }

  interrupt(): void {
    this.#onInterrupt();
  }

  /** Drops what was typed until now. */
  async forget(): Promise<void> {
    for (let before = -1; before !== this.#pieceCount;) {
      before = this.#pieceCount;
      // What waits at the terminal comes in the round after this one.
      await nextRound();
      await nextRound();
    }
  }

  /**
   * Gives the terminal back as it was, with nothing in it that was typed ahead of the end. Nothing else
   * of the process runs meanwhile: what was interrupted does not go on.
   */
  end(): void {
    this.#listener = null;
    if (this.#isHushed && !this.#hasEnded) swallow();
    this.#isHushed = false;
    this.#stop();
  }

  readonly #onData = (chunk: Buffer): void => {
    const piece = this.#decoder.write(chunk);
    this.#pieceCount += 1;
    if (this.#listener !== null) this.#listener.take(piece);
    else if (INTERRUPTS.test(piece)) this.#onInterrupt();
  };

  readonly #onEnd = (): void => {
    this.#hasEnded = true;
    this.#listener?.end();
  };

  #start(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#input.on("data", this.#onData).on("end", this.#onEnd);
    this.#input.setRawMode(true);
    this.#input.resume();
  }

  #stop(): void {
    if (!this.#isReading) return;
    this.#isReading = false;
    this.#input.off("data", this.#onData).off("end", this.#onEnd);
    this.#input.pause();
    this.#input.setRawMode(false);
  }
}

/** The terminal of standard input, opened anew so that reading it never waits. */
const OWN_TERMINAL = process.platform === "linux" ? "/proc/self/fd/0" : "/dev/tty";

/** Reads what is typed until nothing comes any more. */
function swallow(): void {
  const begun = performance.now();
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  try {
    const terminal = openSync(OWN_TERMINAL, flags);
    try {
      while (hasRead(terminal) && performance.now() - begun < SWALLOW_LIMIT_MS);
    } finally {
      closeSync(terminal);
    }
  } catch {
    // Of another user, as behind su, or gone: what was typed ahead stays with it.
  }
}

/** After a while in which the rest of a paste comes. */
function hasRead(terminal: number): boolean {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, QUIET_MS);
  const piece = Buffer.alloc(4096);
  let count = 0;
  try {
    while (readSync(terminal, piece) > 0) count += 1;
  } catch {
    // EAGAIN: there is no more for now.
  }
  return count > 0;
}
