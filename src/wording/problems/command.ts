/** The command line, questions, and what ends a command. */
import { listed } from "../../core/listed.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";

function secretKindText(kind: "key" | "words" | "code"): string {
  switch (kind) {
    case "key":
      return "a key";
    case "words":
      return "words of a sheet";
    case "code":
      return "the text of a sheet's code";
  }
}

export const COMMAND = {
  "command-unknown": {
    exitCode: EXIT.usage,
    say: ({ near }) => ({
      fact: "There is no such command.",
      next:
        near === null
          ? "The commands are make, restore, verify, inspect and providers: keysheet --help"
          : `Did you mean ${near}? keysheet --help shows all.`,
    }),
  },
  "topic-unknown": {
    exitCode: EXIT.usage,
    say: ({ topics }) => ({
      fact: "There is no help on that.",
      next: `There is: keysheet help ${listed(topics)}.`,
    }),
  },
  "shell-unknown": {
    exitCode: EXIT.usage,
    say: ({ shells }) => ({
      fact: "There is no completion for that shell.",
      next: `There is: keysheet completion ${listed(shells, "or")}. keysheet help completion says where it goes.`,
    }),
  },
  "option-unknown": {
    exitCode: EXIT.usage,
    say: ({ command, option, near }) => ({
      fact: `There is no option ${option} here.`,
      next:
        near === null
          ? `See keysheet ${command} --help.`
          : `Did you mean ${near}? keysheet ${command} --help shows all.`,
    }),
  },
  "option-value": {
    exitCode: EXIT.usage,
    say: ({ command, expected, option }) => ({
      fact: `${option} takes ${expected}.`,
      next: `See keysheet ${command} --help.`,
    }),
  },
  "option-missing": {
    exitCode: EXIT.usage,
    say: ({ command, option, why }) => ({
      fact: `${option} is missing: ${why}.`,
      next: `See keysheet ${command} --help.`,
    }),
  },
  "options-conflict": {
    exitCode: EXIT.usage,
    say: ({ options }) => ({
      fact: `${listed(options)} cannot be: standard input is read only once.`,
      next: "Give one of them as a file.",
    }),
  },
  "options-exclude": {
    exitCode: EXIT.usage,
    say: ({ options }) => ({
      fact: `${listed(options)} cannot both be given.`,
      next: "Leave one of them out.",
    }),
  },
  "argument-extra": {
    exitCode: EXIT.usage,
    say: ({ command, position }) => ({
      fact: `Argument ${String(position)} is not expected here.`,
      next: `See keysheet ${command} --help.`,
    }),
  },
  "argument-secret": {
    exitCode: EXIT.usage,
    say: ({ kind, position }) => ({
      fact: `Argument ${String(position)} looks like ${secretKindText(kind)}. It was not used: other programs of this machine can see arguments, and the shell keeps them in its history.`,
      next:
        "Give a file or - instead, or let keysheet ask. If it was a real secret, take it out of the shell's history, and better make a new key." +
        (kind === "words" ? " A label of list words needs one more word or number." : ""),
    }),
  },
  "terminal-missing": {
    exitCode: EXIT.usage,
    say: ({ option }) => ({
      fact: "There is no terminal to ask on.",
      next: `Give ${option} FILE, or ${option} - for standard input.`,
    }),
  },
  interrupted: {
    exitCode: EXIT.interrupted,
    say: () => ({
      fact: "Interrupted.",
      next: "No file was left. Start again when you are ready.",
    }),
  },
  "answer-missing": {
    exitCode: EXIT.unreadable,
    say: ({ asked }) => ({
      fact: `The input ended before ${asked} was entered.`,
      next: "Nothing was written. Start again, and answer at the prompt; Ctrl-D ends the input.",
    }),
  },
  "pages-declined": {
    exitCode: EXIT.refused,
    say: ({ pages }) => ({
      fact: `You answered no to a sheet of ${counted(pages, "page")}; no sheet was made.`,
      next: "--without-words makes fewer pages of a long key: keysheet make --help",
    }),
  },
  bug: {
    exitCode: EXIT.bug,
    say: ({ place }) => ({
      fact: `keysheet failed by a fault of its own (${place}).`,
      next: "No key was given and no file left. Please report it, without the key.",
    }),
  },
} satisfies Partial<Wording>;
