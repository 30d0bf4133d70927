/** What a program gives to the library. */
import { listed } from "../../core/listed.js";
import type { RandomFault } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { type Wording } from "../message.js";

const RANDOM_FAULTS: Readonly<Record<RandomFault, string>> = {
  "not-bytes": "gave something else than bytes",
  length: "gave more or fewer bytes than asked for",
  repeating: "gave the same bytes again",
};

export const LIBRARY = {
  "value-malformed": {
    exitCode: EXIT.usage,
    say: ({ expected, what }) => ({
      fact: `${what} has to be ${expected}.`,
      next: "Correct the program that calls keysheet.",
    }),
  },
  "day-unknown": {
    exitCode: EXIT.usage,
    say: () => ({
      fact: "There is no such day.",
      next: "Give one that the calendar has, as YYYY-MM-DD.",
    }),
  },
  "provider-unknown": {
    exitCode: EXIT.usage,
    say: ({ known }) => ({
      fact: "There is no provider of that name.",
      next: `Give ${listed(known, "or")}; a key of another one has none: its fields are kept by name.`,
    }),
  },
  "cost-unfit": {
    exitCode: EXIT.usage,
    say: ({ first, last }) => ({
      fact: `The cost of a seal has to be a whole number from ${String(first)} to ${String(last)}.`,
      next: "Give 17 unless there is a reason for another one.",
    }),
  },
  "shares-unfit": {
    exitCode: EXIT.usage,
    say: ({ limit }) => ({
      fact: "There are no such shares.",
      next: `Give two numbers from 2 to ${String(limit)}: how many are needed, and how many there are, which are at least as many.`,
    }),
  },
  "random-unfit": {
    exitCode: EXIT.usage,
    say: ({ fault }) => ({
      fact: `The source of random bytes ${RANDOM_FAULTS[fault]}.`,
      next: "Nothing was made. Give a source as crypto.getRandomValues; with a bad one a seal or shares keep nothing secret.",
    }),
  },
} satisfies Partial<Wording>;
