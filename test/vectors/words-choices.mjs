// @ts-check
/** Vectors of the layer words: every list, level, number of check words and kind of payload. */
import {
  LIST_NAMES,
  bitsOf,
  checkSymbols,
  codeword,
  join,
  named,
  shapeOf,
  symbolsOf,
  utf8,
  value,
  wordIndices,
  wordText,
} from "./paper-format.mjs";
import { DAY, KRAKEN, SEALED_KRAKEN, SHARES_KRAKEN, seededBytes } from "./samples.mjs";
import { readWords, refusedWords, seededPayloadOfChecks } from "./words-vectors.mjs";

/** @typedef {import("./paper-format.mjs").Level} Level */

function listsRead() {
  return Object.fromEntries(
    LIST_NAMES.map((list, number) => [
      `words_list-${list.replace("_", "-")}`,
      readWords(
        `List ${String(number)}, ${list}.`,
        wordText(wordIndices(KRAKEN, number, "standard"), number),
        KRAKEN,
        "standard",
        { list },
      ),
    ]),
  );
}

function checksRead() {
  const standard = [4, 5, 6, 7, 8, 9].map((check) => {
    const payload = seededPayloadOfChecks(check);
    return /** @type {const} */ ([
      `words_check-words-${String(check)}`,
      readWords(
        `${String(check)} check words.`,
        wordText(wordIndices(payload, 0, "standard"), 0),
        payload,
        "standard",
      ),
    ]);
  });
  return Object.fromEntries(standard);
}

function payloadsRead() {
  const [share = new Uint8Array()] = SHARES_KRAKEN;
  const small = named(DAY, ["k", value("secret", 0, new Uint8Array())]);
  const longest = named(DAY, ["s", value("secret", 0, utf8("kraken ".repeat(400).slice(0, 2088)))]);
  /**
   * @param {string} about
   * @param {Uint8Array} payload
   * @param {Level} level
   */
  const whole = (about, payload, level) =>
    readWords(about, wordText(wordIndices(payload, 0, level), 0), payload, level);
  return {
    words_long: whole("A sheet for long keeping, undamaged.", KRAKEN, "long"),
    words_sealed: whole("126 words of a sealed payload.", SEALED_KRAKEN, "standard"),
    "words_sealed-long": whole("A sealed payload for long keeping.", SEALED_KRAKEN, "long"),
    words_share: whole("120 words of a share.", share, "standard"),
    words_shortest: whole("30 words of nine bytes.", small, "standard"),
    words_2040: whole(
      "2098 bytes, the longest payload that has words for long keeping, and 2040 words.",
      longest,
      "long",
    ),
    "words_full-width": readWords(
      "Words in full-width letters: they are compared in NFKD.",
      wordText(wordIndices(KRAKEN, 0, "standard"), 0).replace(/[a-z]/g, (letter) =>
        String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x61 + 0xff41),
      ),
      KRAKEN,
      "standard",
    ),
  };
}

/** Words whose check holds around a payload that does not. */
function payloadsRefused() {
  const short = KRAKEN.slice(0, -1);
  const malformedText = wordText(wordIndices(short, 0, "standard"), 0);
  return {
    "words_of-a-malformed-payload": refusedWords(
      "Words whose check holds and whose payload is a byte short: no wear of paper does that.",
      malformedText,
      "payload-malformed",
      "payload",
      "too-short",
    ),
    "words_of-an-unknown-kind": refusedWords(
      "Words that carry a payload of kind 3.",
      wordText(wordIndices(join(0x13, KRAKEN.slice(1)), 0, "standard"), 0),
      "kind-unknown",
      "payload",
    ),
  };
}

function codewordsRefused() {
  const { check, spare } = shapeOf(KRAKEN.length, "standard");
  const zeros = Array.from({ length: 102 }, () => 0);
  const data = [...symbolsOf(bitsOf(KRAKEN)), ...checkSymbols(KRAKEN, 0, "standard")];
  const seeded = symbolsOf(bitsOf(seededBytes("other check words", 6))).slice(0, check);
  return {
    "words_zeros-only": refusedWords(
      "The first word of the list 102 times: a codeword, whose check words do not hold.",
      wordText(zeros, 0),
    ),
    "words_check-words-other": refusedWords(
      "A codeword with four other check words.",
      wordText(wordIndices(KRAKEN, 0, "standard", seeded), 0),
    ),
    "words_codeword-of-more-spare": refusedWords(
      "A codeword with the spare words of 30 cut to 18: not the ones of a standard sheet.",
      wordText(codeword(data, 30).slice(0, data.length + spare), 0),
    ),
    "words_other-order": refusedWords(
      "The words from last to first.",
      wordText(wordIndices(KRAKEN, 0, "standard").toReversed(), 0),
    ),
  };
}

export function wordsChoicesRead() {
  return { ...listsRead(), ...checksRead(), ...payloadsRead() };
}

export function wordsChoicesRefused() {
  return { ...payloadsRefused(), ...codewordsRefused() };
}
