/**
 * Letters of a label that look like others: what reads as one name may be typed as another.
 *
 * The pairs are those of Unicode Technical Standard 39, confusables.txt, of the Cyrillic and Greek
 * letters that look like Latin ones in an upright face; full-width forms are their NFKC letters.
 */

const CYRILLIC =
  "аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT ХX";
const GREEK = "οo νv ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX";

const LATIN_OF: ReadonlyMap<string, string> = new Map(
  `${CYRILLIC} ${GREEK}`.split(" ").map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const FULL_WIDTH = /[\uff01-\uff5e]/;

export interface LookAlike {
  readonly character: string;
  /** In the label, from 1. */
  readonly position: number;
  readonly looksLike: string;
}

/** Those of words that have Latin letters besides, and of words that are nothing but such letters. */
export function lookAlikes(label: string): readonly LookAlike[] {
  const found: LookAlike[] = [];
  let position = 1;
  for (const word of label.split(/(?<=[^\p{L}\p{M}\p{N}])|(?=[^\p{L}\p{M}\p{N}])/u)) {
    const letters = Array.from(word);
    const isDoubtful =
      /\p{Script=Latin}/u.test(word) || letters.every((letter) => LATIN_OF.has(letter));
    letters.forEach((character, index) => {
      const latin = FULL_WIDTH.test(character)
        ? character.normalize("NFKC")
        : isDoubtful
          ? LATIN_OF.get(character)
          : undefined;
      if (latin !== undefined) {
        found.push({ character, position: position + index, looksLike: latin });
      }
    });
    position += letters.length;
  }
  return found;
}
