/** A passphrase, and the seal that it opens. */
import { listed } from "../../core/listed.js";
import type { PassphraseFault } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { bytesText, type Wording } from "../message.js";

const PASSPHRASE_FAULTS: Readonly<Record<PassphraseFault, string>> = {
  empty: "is empty",
  "zero-character": "holds the character U+0000",
  "not-unicode": "is no text in UTF-8",
  "several-lines": "has more than one line",
};

export const SEAL = {
  "passphrase-malformed": {
    exitCode: EXIT.keyFile,
    say: ({ fault }) => ({
      fact: `The passphrase ${PASSPHRASE_FAULTS[fault]}.`,
      next: "Give another one. A passphrase file holds the passphrase on one line and nothing else.",
    }),
  },
  "passphrase-unseen": {
    exitCode: EXIT.keyFile,
    say: ({ invisible, outerSpaces }) => {
      const at = (positions: readonly number[]) =>
        `${positions.length === 1 ? "position" : "positions"} ${listed(positions)}`;
      const kinds = [
        ...(invisible.length > 0 ? [`invisible characters (${at(invisible)})`] : []),
        ...(outerSpaces.length > 0 ? [`white space around it (${at(outerSpaces)})`] : []),
      ];
      return {
        fact: `The passphrase has ${listed(kinds)}. Whoever types it again cannot see that, and would not open the sheet.`,
        next: "Give it without. Of a passphrase file only the line end, and a mark before the text, are left out.",
      };
    },
  },
  "passphrase-wrong": {
    exitCode: EXIT.refused,
    say: () => ({
      fact: "Wrong passphrase, or a changed sheet: keysheet cannot know which of them it is.",
      next: "Try again. Capitals, spaces and accents count, unless it is words of a list; the passphrase of another sheet opens only that one. Then compare the words with the paper.",
    }),
  },
  "passphrase-unconfirmed": {
    exitCode: EXIT.refused,
    say: () => ({
      fact: "The passphrase was not entered again as it was. No sheet was written: nobody could have opened it.",
      next: "Make the sheet again, and write the passphrase down before you go on.",
    }),
  },
  "sealed-content": {
    exitCode: EXIT.refused,
    say: () => ({
      fact: "The passphrase is right, but what it seals is no key: it was damaged by the program that made it.",
      next: "Ask the maker of the sheet for another one.",
    }),
  },
  "kdf-cost": {
    exitCode: EXIT.refused,
    say: ({ cost, memoryBytes }) => ({
      fact: `Opening this sheet takes ${bytesText(memoryBytes)} of memory and a minute or more: its passphrase cost is ${String(cost)}, more than keysheet makes.`,
      next: `If this is your sheet and the machine has the memory: --kdf-cost ${String(cost)}`,
    }),
  },
  "kdf-memory": {
    exitCode: EXIT.refused,
    say: ({ cost, memoryBytes }) => ({
      fact: `This machine could not give the ${bytesText(memoryBytes)} of memory that the passphrase cost ${String(cost)} takes.`,
      next: "Close other programs, or use a machine with more memory. To make a sheet: a lower --kdf-cost",
    }),
  },
} satisfies Partial<Wording>;
