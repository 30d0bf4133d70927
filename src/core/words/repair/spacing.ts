/**
 * Spaces that are missing between words or stand inside one, mended for one list; what is no word
 * either way stays as it was typed.
 */
import { type TypedLine, UNREADABLE } from "../parse-words.js";
import type { Guess, Guesser } from "./guesses.js";
import { WORDS_A_ROW } from "../row.js";
import type { TokenLine } from "./layout.js";

export interface SpacedText {
  readonly guesses: readonly Guess[];
  readonly lines: readonly TokenLine[];
  readonly tokenCount: number;
}

/**
 * The text with its spaces mended and as it was typed; only once where that is the same. One that has
 * whole rows comes first.
 */
export function spacings(lines: readonly TypedLine[], guesser: Guesser): readonly SpacedText[] {
  const mendedText = spaced(lines, (tokens) => mended(tokens, guesser));
  const asTyped = spaced(lines, (tokens) => tokens.map((token) => guesser.guess(token)));
  if (mendedText.tokenCount === asTyped.tokenCount) return [mendedText];
  const hasWholeRows = asTyped.tokenCount % WORDS_A_ROW === 0;
  return hasWholeRows ? [asTyped, mendedText] : [mendedText, asTyped];
}

function spaced(
  lines: readonly TypedLine[],
  guessesOf: (tokens: readonly string[]) => readonly Guess[],
): SpacedText {
  const guesses: Guess[] = [];
  const tokenLines = lines.map(({ number, tokens }) => {
    const from = guesses.length;
    guesses.push(...guessesOf(tokens));
    return { number, from, to: guesses.length };
  });
  return { guesses, lines: tokenLines, tokenCount: guesses.length };
}

function mended(tokens: readonly string[], guesser: Guesser): readonly Guess[] {
  const guesses: Guess[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as string;
    const next = tokens[index + 1];
    const joined = next === undefined ? null : joinedWord(token, next, guesser);
    if (joined !== null) {
      guesses.push(joined);
      index += 1;
    } else {
      guesses.push(...(splitWords(token, guesser) ?? [guesser.guess(token)]));
    }
  }
  return guesses;
}

/** Parts of a word that may stand alone with fewer letters than any word of a list has. */
const PART_LENGTH = 3;
/** How sure one word has to be before nobody asks whether it is two, or a part of one. */
const SURE = 0.6;

/** `aban don`: no two words, and one word together. */
function joinedWord(token: string, next: string, guesser: Guesser): Guess | null {
  const [first, second] = [guesser.guess(token), guesser.guess(next)];
  if (token === UNREADABLE || next === UNREADABLE || second.isWord) return null;
  if (guesser.isWholeWord(token + next)) return guesser.guess(token + next);
  if (first.isWord || first.sureness > SURE || second.sureness > SURE) return null;
  const joined = guesser.guess(token + next);
  return joined.sureness > SURE ? joined : null;
}

/** `abandonability`, `abandonbability`: one word hardly, and two words well. */
function splitWords(token: string, guesser: Guesser): readonly Guess[] | null {
  const whole = guesser.guess(token);
  if (whole.isWord || whole.sureness > SURE || token.length < 2 * PART_LENGTH) return null;
  let best: readonly Guess[] | null = null;
  let bestSureness = Math.max(SURE / 2, whole.sureness);
  for (let length = PART_LENGTH; length <= token.length - PART_LENGTH; length++) {
    // The space bar was missed, or the key above it was hit instead.
    for (const from of [length, length + 1]) {
      const parts = [token.slice(0, length), token.slice(from)].map((part) => guesser.guess(part));
      const sureness = parts.reduce((product, { sureness }) => product * sureness, 1);
      if (sureness <= bestSureness) continue;
      [best, bestSureness] = [parts, sureness];
    }
  }
  return best;
}
