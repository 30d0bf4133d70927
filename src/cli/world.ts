/** Everything that a command may touch of the world; `main.ts` gives the real one. */
import type { Terminal } from "../adapters/node/terminal.js";
import type { Kdf } from "../core/seal/kdf.js";
import type { RandomSource } from "../core/random-source.js";

export interface World {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly isStdinTerminal: boolean;
  readonly isStdoutTerminal: boolean;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Opens the terminal for questions; null where input or output is none. */
  readonly openTerminal: () => Promise<Terminal | null>;
  readonly now: () => Date;
  /** Fresh random bytes, at most 65,536 at a time. */
  readonly random: RandomSource;
  readonly kdf: Kdf;
}
