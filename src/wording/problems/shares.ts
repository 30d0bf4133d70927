/** Shares: some of them together give a key. */
import { countText, listed, listedApart } from "../../core/listed.js";
import type { Problem, ShareName } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";

/** "share 2 (b.pdf, mark K7QX-2M9D)" */
function shareText({ number, mark, sources }: ShareName): string {
  const facts = [listed(sources), ...(mark === null ? [] : [`mark ${mark}`])];
  return `share ${String(number)} (${facts.join(", ")})`;
}

function sharesText(shares: readonly ShareName[]): string {
  return listedApart(shares.map(shareText), ", ");
}

type SharesOfSet = (Problem & { readonly code: "shares-of-several-sets" })["sets"][number];

function setText({ set, shares }: SharesOfSet): string {
  return `set ${set}: ${sharesText(shares)}`;
}

export const SHARES = {
  "shares-missing": {
    exitCode: EXIT.refused,
    say: ({ set, threshold, count, shares, missing }) => {
      const numbers = [...new Set(shares.map(({ number }) => number))];
      const needed = threshold - numbers.length;
      const which =
        needed === missing.length
          ? listed(missing)
          : needed === 1
            ? listed(missing, "or")
            : `any ${String(needed)} of ${listed(missing)}`;
      return {
        fact: `${numbers.length === 1 ? "Share" : "Shares"} ${listed(numbers)} of ${String(count)} (set ${set}) ${numbers.length === 1 ? "was" : "were"} read without a fault. ${counted(needed, "more share is", "more shares are")} needed: ${which}.`,
        next: `Give ${counted(threshold, "share")} of this set in one call, pictures, PDFs and texts in any order; or type the next one.`,
      };
    },
  },
  "shares-of-several-sets": {
    exitCode: EXIT.refused,
    say: ({ sets }) => ({
      fact: `These shares are of ${countText(sets.length)} different sets: ${listedApart(sets.map(setText), "; ")}.`,
      next: "Shares of two sets never fit together, even of one key. Leave out those of the other set; each sheet has its set printed on it.",
    }),
  },
  "shares-disagree": {
    exitCode: EXIT.refused,
    say: ({ shares }) => ({
      fact: `These shares name the same set, but do not fit together: ${sharesText(shares)}. At least one is forged, or was made by a faulty program.`,
      next: "Every sheet of the set has the marks of all shares printed on it: the share whose mark is not among them does not belong. With one more share keysheet finds it.",
    }),
  },
  "share-foreign": {
    exitCode: EXIT.refused,
    say: ({ members, strangers }) => ({
      fact: `${sharesText(strangers)} ${strangers.length === 1 ? "does" : "do"} not belong to the others (${sharesText(members)}), which fit together. No key was given.`,
      next: "Compare their marks with the list that each sheet of the set has printed on it; then give only the shares that are on it.",
    }),
  },
  "share-content": {
    exitCode: EXIT.refused,
    say: () => ({
      fact: "The shares fit together, but what they hold is no key: it was damaged by the program that made them.",
      next: "Ask the maker of the sheets for others.",
    }),
  },
} satisfies Partial<Wording>;
