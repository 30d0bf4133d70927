/** Codes, their texts, and pictures in which none was read. */
import { listed } from "../../core/listed.js";
import type { Sight } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";

/** What was seen of a picture in which no code was read. */
function sightFact(sight: Sight | undefined): string {
  switch (sight?.kind) {
    case "dark":
      return "no code was found; the picture is too dark.";
    case "far":
      return `the code is too small in the picture: about ${String(sight.modulePx)} pixels a square.`;
    case "faint":
      return `no code could be read; the print is too faint in the picture: only ${String(sight.darkerPercent)} % darker than the paper.`;
    case "cut":
      return "the code is cut off at the edge of the picture.";
    case "blurred":
      return "no code was found; the picture is blurred.";
    case "damaged":
      return "there is a code in the picture, but too much of it is lost.";
    case "nothing":
    case undefined:
      return "no code was found in the picture.";
  }
}

function sightNext(sight: Sight | undefined): string {
  switch (sight?.kind) {
    case "dark":
      return "Photograph it again by daylight or under a lamp.";
    case "far":
      return "Go nearer, until the code fills half of the picture.";
    case "faint":
      return "Photograph the code alone, near and flat, in more light; of a print that is pale itself make a photocopy with more contrast.";
    case "cut":
      return "Photograph the whole code, with its white edge.";
    case "blurred":
      return "Hold the camera still, tap on the code so that it is in focus, and photograph it again.";
    case "damaged":
      return "Flatten the paper, and photograph the code alone, sharp and in even light.";
    case "nothing":
    case undefined:
      return "Photograph the whole code, flat, sharp and in even light.";
  }
}

const OTHER_CARRIER = "Try the words instead, or another picture: keysheet restore";

export const CODES = {
  "code-missing": {
    exitCode: EXIT.refused,
    say: ({ sight, source }) => ({
      fact: `${source}: ${sightFact(sight)}`,
      next: `${sightNext(sight)} ${OTHER_CARRIER}`,
    }),
  },
  "code-torn": {
    exitCode: EXIT.refused,
    say: ({ source, read, count, isWithWords }) => {
      const little = isWithWords ? "too little with these words too" : "too little alone";
      return {
        fact: `${source}: of the code ${String(read)} of ${counted(count, "block")} can be read, which is ${little}.`,
        next: isWithWords
          ? "Correct or add some words, or photograph the page again: all that is given in one call completes each other."
          : "Give the words too, typed or as a photograph of the page: what was read of the code completes them.",
      };
    },
  },
  "code-foreign": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: a code in it is somebody else's, not a sheet's.`,
      next: "Photograph the code of the sheet; it is the large square in its lower part.",
    }),
  },
  "code-of-key": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: a code in it is that of an API key itself, as Kraken shows it, not a sheet's.`,
      next: "A sheet can be made of it: keysheet make --from FILE",
    }),
  },
  "code-version-newer": {
    exitCode: EXIT.refused,
    say: ({ source, version }) => ({
      fact: `${source}: the code is of a newer keysheet (version ${String(version)}).`,
      next: "Install the newest keysheet and try again; the sheet is not damaged.",
    }),
  },
  "code-malformed": {
    exitCode: EXIT.refused,
    say: ({ group, source }) => ({
      fact: `${source}: the code's text is malformed${group > 0 ? ` in its group ${String(group)} of digits` : ""}.`,
      next: `Copy the text again, whole. ${OTHER_CARRIER}`,
    }),
  },
  "code-check": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: the code was read, but its check does not hold: a digit is wrong.`,
      next: `Copy the text again, whole. ${OTHER_CARRIER}`,
    }),
  },
  "code-pieces-missing": {
    exitCode: EXIT.refused,
    say: ({ missing, source, total }) => ({
      fact: `${source}: the sheet has ${String(total)} codes; ${missing.length === 1 ? "number" : "numbers"} ${listed(missing)} ${missing.length === 1 ? "is" : "are"} missing.`,
      next: "Give the pictures of all codes in one call.",
    }),
  },
  "code-pieces-mixed": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: two different codes claim the same place.`,
      next: "Give the pictures of one sheet at a time.",
    }),
  },
  "codes-disagree": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: two readers read two different texts from the code.`,
      next: `Take another picture. ${OTHER_CARRIER}`,
    }),
  },
} satisfies Partial<Wording>;
