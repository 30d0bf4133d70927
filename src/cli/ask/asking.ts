/** Which commands ask for something secret at a terminal, as far as their command line tells. */
import { type ParsedArgs, STANDARD_INPUT } from "../args.js";
import type { Command } from "../options.js";

/** `perhaps`: when a sheet turns out to be sealed, or a share. */
export type Asking = "surely" | "perhaps" | "no";

export function askingOf(
  command: Command,
  { files, values, flags }: ParsedArgs,
  isStdinTerminal: boolean,
): Asking {
  const isTyped = (file: string | undefined) =>
    file === undefined || (file === STANDARD_INPUT && isStdinTerminal);
  const passphraseFile = values["passphrase-file"];
  switch (command) {
    case "make": {
      const isSealed =
        passphraseFile !== undefined ||
        flags.has("passphrase") ||
        values["passphrase-words"] !== undefined;
      return isTyped(values.from) || (isSealed && isTyped(passphraseFile)) ? "surely" : "no";
    }
    case "verify":
    case "restore": {
      // Of a terminal a file comes with its echo, and until Ctrl-D.
      if (files.includes(STANDARD_INPUT) && isStdinTerminal) return "no";
      const isKeyAsked = command === "verify" && isTyped(values.against);
      const areWordsTyped = files.length === 0 && isTyped(values.words);
      if (isKeyAsked || areWordsTyped) return "surely";
      return "perhaps";
    }
    case "inspect":
    case "providers":
      return "no";
  }
}
