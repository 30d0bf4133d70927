/** How strong a passphrase is at the most; only whoever chose it can know how strong it is. */
import { BITS_A_WORD, passphraseWords } from "./passphrase.js";

/** Below it a passphrase is found by trying, however slow one try is. */
export const STRONG_BITS = 70;

/** A word of a dictionary of 100,000. */
const BITS_A_DICTIONARY_WORD = 17;

const CLASSES: readonly (readonly [pattern: RegExp, size: number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[ -/:-@[-`{-~]/, 33],
  [/[^ -~]/u, 100],
];

/**
 * The bits that a passphrase has if each of its parts was drawn by chance: its words where it consists
 * of words, else its characters. Of a repeated character only the first counts whole.
 */
export function bitsAtMost(passphrase: string): number {
  const size = CLASSES.filter(([pattern]) => pattern.test(passphrase)).reduce(
    (sum, [, classSize]) => sum + classSize,
    0,
  );
  const characters = Array.from(passphrase);
  const distinct = new Set(characters).size;
  const perCharacter = Math.log2(Math.max(size, 1));
  const repeated = characters.length - distinct;
  const byCharacters =
    distinct * perCharacter + repeated * Math.min(perCharacter, Math.log2(Math.max(distinct, 1)));
  return Math.floor(Math.min(byCharacters, bitsOfWords(passphrase)));
}

function bitsOfWords(passphrase: string): number {
  const words = passphraseWords(passphrase);
  if (words !== null) return new Set(words).size * BITS_A_WORD;
  const tokens = passphrase.split(/[\s_.-]+/u).filter((token) => token !== "");
  const areWords = tokens.length > 1 && tokens.every((token) => /^\p{Letter}{2,20}$/u.test(token));
  return areWords ? new Set(tokens).size * BITS_A_DICTIONARY_WORD : Infinity;
}
