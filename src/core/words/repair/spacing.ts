/**
 * Spaces that are missing between words or stand inside one, mended for one list; what is no word
 * either way stays as it was typed.
 */
import type { TypedLine } from "../parse-words.js";
import type { Guess, Guesser } from "./guesses.js";
import type { TokenLine } from "./layouts.js";

export interface SpacedText {
  readonly guesses: readonly Guess[];
  readonly lines: readonly TokenLine[];
  readonly tokenCount: number;
}

export function spaced(lines: readonly TypedLine[], guesser: Guesser): SpacedText {
  const guesses: Guess[] = [];
  const tokenLines = lines.map(({ number, tokens }) => {
    const from = guesses.length;
    guesses.push(...mended(tokens, guesser));
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

/** `aban don`: no two words, and one word together. */
function joinedWord(token: string, next: string, guesser: Guesser): Guess | null {
  if (guesser.isWholeWord(token) && guesser.isWholeWord(next)) return null;
  if (guesser.guess(next).isWord || !guesser.isWholeWord(token + next)) return null;
  return guesser.guess(token + next);
}

/** `abandonability`: no word, and two words of the list without the space between them. */
function splitWords(token: string, guesser: Guesser): readonly Guess[] | null {
  if (guesser.guess(token).isWord) return null;
  for (let length = 3; length <= token.length - 3; length++) {
    const [first, second] = [token.slice(0, length), token.slice(length)];
    if (guesser.isWholeWord(first) && guesser.isWholeWord(second)) {
      return [guesser.guess(first), guesser.guess(second)];
    }
  }
  return null;
}
