/** Files that are written. */
import { listed } from "../../core/listed.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";
import { reasonText } from "../system-reason.js";

export const OUTPUT = {
  "output-exists": {
    exitCode: EXIT.unwritable,
    say: ({ path }) => ({
      fact: `${path}: something is there already; nothing is ever written over.`,
      next: "Move it away, or give another name with --out.",
    }),
  },
  "output-folder-missing": {
    exitCode: EXIT.unwritable,
    say: ({ path }) => ({
      fact: `${path}: its folder does not exist.`,
      next: "Make the folder first, or give another place with --out.",
    }),
  },
  "output-unwritable": {
    exitCode: EXIT.unwritable,
    say: ({ path, reason }) => ({
      fact: `${path}: it cannot be written: ${reasonText(reason)}.`,
      next: "Give another place with --out.",
    }),
  },
  "disk-full": {
    exitCode: EXIT.unwritable,
    say: ({ path }) => ({
      fact: `${path}: the disk is full; no part of the file was left.`,
      next: "Make room, or give another place with --out.",
    }),
  },
  "folder-gone": {
    exitCode: EXIT.unwritable,
    say: () => ({
      fact: "The folder that you are in does not exist any more.",
      next: "Go to another folder and try again.",
    }),
  },
  "part-left": {
    exitCode: EXIT.unwritable,
    say: ({ paths }) => ({
      fact: `A keysheet that was killed left ${paths.length === 1 ? "a part of a file" : `parts of ${counted(paths.length, "file")}`}: ${listed(paths)}. It may hold the key.`,
      next: "Delete it, unless a keysheet of another machine is at work in that folder; it is never deleted for you.",
    }),
  },
  "output-unfinished": {
    exitCode: EXIT.unwritable,
    say: (problem) => {
      const isOne = problem.paths.length === 1;
      return {
        fact: `${listed(problem.paths)}: keysheet was killed while it made ${isOne ? "this file" : "these files"}. ${isOne ? "It is" : "They are"} not whole, or of a set of shares that is not.`,
        next: `Delete ${isOne ? "it" : "them"} with the parts, and make all of it again: shares of two makings do not go together.`,
      };
    },
  },
} satisfies Partial<Wording>;
