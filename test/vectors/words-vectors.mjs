// @ts-check
/** Vectors of the layer words: what stands on a sheet, damaged or not, to a payload. */
import {
  bitsOf,
  checkSymbols,
  codeword,
  join,
  listWords,
  named,
  rowLetters,
  shapeOf,
  symbolsOf,
  toHex,
  utf8,
  value,
  wordIndices,
  wordText,
} from "./paper-format.mjs";
import { DAY, FRENCH, SPANISH, seededBytes, seededPlaces, KRAKEN } from "./samples.mjs";

/**
 * The words with some places damaged: null is unreadable, a number is added to the word's index.
 * @param {readonly number[]} indices
 * @param {readonly number[]} wrong
 * @param {readonly number[]} unreadable
 */
export function damage(indices, wrong, unreadable) {
  return indices.map((index, place) => {
    if (unreadable.includes(place)) return null;
    if (!wrong.includes(place)) return index;
    const [high = 0, low = 0] = seededBytes(`wrong ${String(place)}`, 2);
    return (index + 1 + ((high * 256 + low) % 2047)) % 2048;
  });
}

/**
 * @param {string} about
 * @param {string} words
 * @param {Uint8Array} payload
 * @param {"standard" | "long"} level
 */
export function readWords(
  about,
  words,
  payload,
  level,
  {
    list = "english",
    wrong = [],
    unreadable = [],
  } = /** @type {{ list?: string, wrong?: number[], unreadable?: number[] }} */ ({}),
) {
  return {
    about,
    layer: "words",
    words,
    payload: toHex(payload),
    list,
    level,
    wrong: wrong.map((place) => place + 1),
    unreadable: unreadable.map((place) => place + 1),
  };
}

/**
 * @param {string} about
 * @param {string} words
 */
export function refusedWords(about, words, code = "words-damaged", layer = "words", fault = "") {
  return { about, layer, words, refusal: { code, ...(fault === "" ? {} : { fault }) } };
}

export function wordsRead() {
  const standard = wordIndices(KRAKEN, 0, "standard");
  const long = wordIndices(KRAKEN, 0, "long");
  const text = wordText(standard, 0);
  const all18 = seededPlaces("18 unreadable", 18, 102);
  const wrong9 = seededPlaces("9 wrong", 9, 102);
  const mixed = seededPlaces("mixed", 13, 102);
  const [wrong5, unreadable8] = [mixed.slice(0, 5), mixed.slice(5)];
  const long30 = seededPlaces("30 unreadable", 30, 114);
  const rows = Array.from({ length: 17 }, (_, row) => {
    const indices = standard.slice(6 * row, 6 * row + 6);
    return `${String(row + 1)}  ${wordText(indices, 0)}  ${rowLetters(row + 1, indices)}`;
  });
  const french = wordText(wordIndices(KRAKEN, FRENCH, "standard"), FRENCH);
  const spanish = wordText(wordIndices(KRAKEN, SPANISH, "standard"), SPANISH);
  const zeroEnd = named(DAY, ["s", value("secret", 4, new Uint8Array(20))]);
  const longest = named(DAY, ["s", value("secret", 0, utf8("kraken ".repeat(400).slice(0, 2393)))]);
  const nine = seededPayloadOfChecks(9);
  /** @param {string} words */
  const cut = (words) =>
    words.replace(/\S+/g, (word) => [...word.normalize("NFC")].slice(0, 4).join(""));
  return {
    "words_all-erasures-bound": readWords(
      "18 words unreadable, as many as a standard sheet of 102 words has spare.",
      wordText(damage(standard, [], all18), 0),
      KRAKEN,
      "standard",
      { unreadable: all18 },
    ),
    "words_all-errors-bound": readWords(
      "9 words wrong, half of the spare ones.",
      wordText(damage(standard, wrong9, []), 0),
      KRAKEN,
      "standard",
      { wrong: wrong9 },
    ),
    "words_mixed-bound": readWords(
      "5 words wrong and 8 unreadable: 2 x 5 + 8 = 18.",
      wordText(damage(standard, wrong5, unreadable8), 0),
      KRAKEN,
      "standard",
      { wrong: wrong5, unreadable: unreadable8 },
    ),
    "words_long-bound": readWords(
      "30 words unreadable on a sheet for long keeping.",
      wordText(damage(long, [], long30), 0),
      KRAKEN,
      "long",
      { unreadable: long30 },
    ),
    "words_check-9": readWords(
      "A payload whose last row is filled by 9 check words.",
      wordText(wordIndices(nine, 0, "standard"), 0),
      nine,
      "standard",
    ),
    "words_payload-ends-in-zeros": readWords(
      "Zero bytes at the end of a payload are told from padding by the check words.",
      wordText(wordIndices(zeroEnd, 0, "standard"), 0),
      zeroEnd,
      "standard",
    ),
    words_2046: readWords(
      "2403 bytes, the longest payload that has words at standard, and 2046 words.",
      wordText(wordIndices(longest, 0, "standard"), 0),
      longest,
      "standard",
    ),
    words_rows: readWords(
      "Rows as they are printed, with row numbers and row letters.",
      rows.join("\n"),
      KRAKEN,
      "standard",
    ),
    words_capitals: readWords("Words in capitals.", text.toUpperCase(), KRAKEN, "standard"),
    "words_first-four-letters": readWords(
      "The first four letters of every word.",
      cut(text),
      KRAKEN,
      "standard",
    ),
    words_accents: readWords(
      "French words with their accents in composed form, as they are printed.",
      french.normalize("NFC"),
      KRAKEN,
      "standard",
      { list: "french" },
    ),
    "words_accents-apart": readWords(
      "Spanish words with their accents as characters of their own.",
      spanish.normalize("NFD"),
      KRAKEN,
      "standard",
      { list: "spanish" },
    ),
    "words_accents-left-out": readWords(
      "French words typed without accents.",
      french.normalize("NFD").replace(/\p{Mark}/gu, ""),
      KRAKEN,
      "standard",
      { list: "french" },
    ),
    "words_accents-first-four-letters": readWords(
      "The first four letters of French words, accents and all.",
      cut(french),
      KRAKEN,
      "standard",
      { list: "french" },
    ),
  };
}

/**
 * A named payload whose words have so many check words.
 * @param {number} check
 */
export function seededPayloadOfChecks(check) {
  for (let length = 1; ; length++) {
    const payload = named(DAY, ["s", value("secret", 1, seededBytes("check words", 3 * length))]);
    if (shapeOf(payload.length, "standard").check === check) return payload;
  }
}

export function wordsRefused() {
  const standard = wordIndices(KRAKEN, 0, "standard");
  const text = wordText(standard, 0);
  const all19 = seededPlaces("19 unreadable", 19, 102);
  const wrong10 = seededPlaces("10 wrong", 10, 102);
  const mixed = seededPlaces("9 wrong, 1 unreadable", 10, 102);
  // One byte less than 110 leaves 8 padding bits in 80 symbols; the last of them is set here.
  const short = KRAKEN.slice(0, 109);
  const padded = symbolsOf(bitsOf(short)).map((symbol, index) =>
    index === 79 ? symbol ^ 1 : symbol,
  );
  const paddingSet = codeword([...padded, ...checkSymbols(short, 0, "standard")], 18);
  const newer = join(0x20, KRAKEN.slice(1));
  const otherCheck = [...checkSymbols(KRAKEN, 0, "standard")];
  otherCheck[3] = (otherCheck[3] ?? 0) ^ 1;
  return {
    "words_erasures-over-bound": refusedWords(
      "19 words unreadable, one more than are spare.",
      wordText(damage(standard, [], all19), 0),
    ),
    "words_errors-over-bound": refusedWords(
      "10 words wrong.",
      wordText(damage(standard, wrong10, []), 0),
    ),
    "words_mixed-over-bound": refusedWords(
      "9 words wrong and one unreadable: 2 x 9 + 1 = 19.",
      wordText(damage(standard, mixed.slice(1), mixed.slice(0, 1)), 0),
    ),
    "words_zero-padding": refusedWords(
      "A padding bit that is not zero, with check words that hold for the payload before it.",
      wordText(paddingSet, 0),
    ),
    "words_check-one-bit": refusedWords(
      "One bit of the last check word is not the hash's; the spare words fit.",
      wordText(wordIndices(KRAKEN, 0, "standard", otherCheck), 0),
    ),
    "words_check-of-another-list": refusedWords(
      "Check words made for the Japanese list, written in English.",
      wordText(wordIndices(KRAKEN, 0, "standard", checkSymbols(KRAKEN, 1, "standard")), 0),
    ),
    "words_check-of-another-level": refusedWords(
      "Check words made for a long-keeping sheet, on a standard one.",
      wordText(wordIndices(KRAKEN, 0, "standard", checkSymbols(KRAKEN, 0, "long")), 0),
    ),
    "words_row-missing": refusedWords(
      "A row left out: 96 words are a count that sheets have, and no payload.",
      text.split(" ").toSpliced(30, 6).join(" "),
    ),
    "words_one-missing": refusedWords(
      "101 words: no sheet has that many.",
      text.split(" ").slice(0, 101).join(" "),
      "words-count",
    ),
    words_2052: refusedWords(
      "2052 words, a row more than the longest sheet.",
      Array.from({ length: 2052 }, (_, index) => listWords(0)[index % 2048]).join(" "),
      "words-count",
    ),
    words_none: refusedWords(
      "Not one word of any list.",
      "zzxq ".repeat(102).trim(),
      "words-missing",
    ),
    "words_of-a-newer-payload": refusedWords(
      "Words of version 1 that carry a payload of version 2: the words hold, the payload is newer.",
      wordText(wordIndices(newer, 0, "standard"), 0),
      "version-newer",
      "payload",
    ),
  };
}
