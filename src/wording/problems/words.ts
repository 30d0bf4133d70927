/** Words, typed or on a photograph. */
import { listed } from "../../core/listed.js";
import type { Problem } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Message, type Wording } from "../message.js";
import { placesText } from "../places.js";

/** Below it, in a shadow or on bent paper, words are lost. */
const SMALL_LETTER_PX = 8;

function clearerWords(letterPx: number | null): string {
  return letterPx !== null && letterPx < SMALL_LETTER_PX
    ? `A letter is about ${String(Math.round(letterPx))} pixels wide: photograph the page from nearer, so that it fills the picture, flat and in even light.`
    : "Photograph the page again, flat, sharp and in even light.";
}

function describeDamage(problem: Problem & { readonly code: "words-damaged" }): Message {
  const { source, count, spares, unreadable } = problem;
  const [standard = 0, long] = spares;
  const spareText = `${String(standard)}${long === undefined ? "" : `, or ${String(long)} if it was made for long keeping`}`;
  const lost = unreadable.length;
  const facts = [
    `${source}: these words could not be repaired: too much is wrong, or it is wrong in too many ways at once. A sheet of ${counted(count, "word")} can lose ${spareText}; a word that is another one counts twice.`,
    lost > 0
      ? `Unreadable or not in the list: ${counted(lost, "word")} (${placesText(unreadable)}).`
      : "",
  ];
  return {
    fact: facts.filter((fact) => fact !== "").join(" "),
    next: "Compare each row and its two letters with the paper, correct it and try again; ? is better than a guess. Of a sheet with several pages of words give all pages in one call. Or use the code of the sheet, or a second copy: keysheet help typing",
  };
}

export const WORDS = {
  "words-missing": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: no words of a sheet are in it.`,
      next: "Give the words of the sheet as text, row by row, or a picture of its code.",
    }),
  },
  "words-count": {
    exitCode: EXIT.refused,
    say: ({ count, nearest, source }) => ({
      fact: `${source}: ${counted(count, "word")}; no sheet has that many${nearest.length > 0 ? ` (${listed(nearest, "or")} would fit)` : ""}, and no words left out or added were found that explain it.`,
      next: "Type a row of six words a line, and ? for each word that cannot be read; then look for rows that were skipped or doubled. More: keysheet help typing",
    }),
  },
  "words-damaged": { exitCode: EXIT.refused, say: describeDamage },
  "words-of-another-list": {
    exitCode: EXIT.refused,
    say: ({ list, otherLists, positions, source }) => ({
      fact: `${source}: ${counted(positions.length, "word is", "words are")} of another list (${listed(otherLists, "or")}) than the rest (${list}): ${placesText(positions)}.`,
      next: "All words of a sheet are of one list: compare these with the paper.",
    }),
  },
  "words-ambiguous": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: the words fit two different sheets.`,
      next: "Correct some more words, or use the code of the sheet.",
    }),
  },
  "words-unclear": {
    exitCode: EXIT.refused,
    say: ({ letterPx, source }) => ({
      fact: `${source}: there are words of a sheet in the picture, but they could not be repaired: too many are lost or unclear.`,
      next: `${clearerWords(letterPx)} Of a sheet with several pages of words give all pages in one call; words that are typed complete those of a picture: keysheet help typing`,
    }),
  },
} satisfies Partial<Wording>;
