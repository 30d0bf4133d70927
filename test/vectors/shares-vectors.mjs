// @ts-check
/** Vectors of the layer shares: share payloads to what was split, or what is wrong with them. */
import {
  join,
  named,
  plain,
  qrTexts,
  sealed,
  shares,
  splitBytes,
  toHex,
  utf8,
  value,
  wordIndices,
  wordText,
} from "./paper-format.mjs";
import {
  DAY,
  KRAKEN,
  KRAKEN_RECORD,
  PASSPHRASE,
  record,
  salt,
  SEALED_KRAKEN,
  SHARES_KRAKEN,
  seededBytes,
  seededSet,
} from "./samples.mjs";
import { damage } from "./words-vectors.mjs";

/** @typedef {ReturnType<typeof seededSet>} Splitting */

/**
 * The shares of some numbers.
 * @param {readonly Uint8Array[]} all
 * @param {readonly number[]} numbers from 1, in the order in which they are given
 */
function pick(all, ...numbers) {
  return numbers.map((number) => all[number - 1] ?? new Uint8Array());
}

/**
 * Shares that are joined, with all that they were made of.
 * @param {string} about
 * @param {Splitting} splitting
 * @param {readonly number[]} numbers
 * @param {ReturnType<typeof record>} holds
 * @param {string | null} passphrase
 */
function reads(about, splitting, numbers, holds = KRAKEN_RECORD, passphrase = null) {
  const { set, blind, split, coefficients } = splitting;
  return {
    about,
    layer: "shares",
    shares: pick(splitting.shares, ...numbers).map(toHex),
    ...(passphrase === null ? {} : { passphrase }),
    joins: toHex(split.slice(16)),
    record: holds,
    made: {
      set: toHex(set.setId),
      threshold: set.threshold,
      count: set.count,
      blind: toHex(blind),
      coefficients: toHex(coefficients),
    },
  };
}

const TWO_OF_THREE = seededSet(KRAKEN, 2, 3);
const THREE_OF_FIVE = seededSet(KRAKEN, 3, 5);

function numbersRead() {
  const whole = Array.from({ length: 16 }, (_, index) => index + 1);
  const twoOfSixteen = seededSet(KRAKEN, 2, 16);
  return {
    "shares_2-of-3": reads("Shares 1 and 2 of 3, of which two are needed.", TWO_OF_THREE, [1, 2]),
    "shares_2-of-3-first-and-last": reads("Shares 1 and 3 of 3.", TWO_OF_THREE, [1, 3]),
    "shares_2-of-3-other-order": reads("Shares 3 and 2, in this order.", TWO_OF_THREE, [3, 2]),
    "shares_2-of-3-all": reads("All three shares where two are enough.", TWO_OF_THREE, [2, 3, 1]),
    "shares_2-of-3-one-twice": reads(
      "A share that was read twice, and another one.",
      TWO_OF_THREE,
      [2, 2, 3],
    ),
    "shares_3-of-5": reads(
      "Shares 5, 1 and 3 of 5, of which three are needed.",
      THREE_OF_FIVE,
      [5, 1, 3],
    ),
    "shares_3-of-5-all": reads(
      "All five shares where three are enough.",
      THREE_OF_FIVE,
      [4, 2, 5, 1, 3],
    ),
    "shares_2-of-2": reads(
      "The lowest threshold and count: both shares of two.",
      seededSet(KRAKEN, 2, 2),
      [1, 2],
    ),
    "shares_2-of-16": reads("The last two shares of the highest count.", twoOfSixteen, [16, 15]),
    "shares_16-of-16": reads(
      "The highest threshold and count: all sixteen shares.",
      seededSet(KRAKEN, 16, 16),
      whole,
    ),
    "shares_15-of-16": reads(
      "Fifteen of sixteen, without the first.",
      seededSet(KRAKEN, 15, 16),
      whole.slice(1),
    ),
  };
}

function contentsRead() {
  const absent = value("public", 0, new Uint8Array());
  const shortest = plain(0x81, DAY, absent, value("secret", 0, new Uint8Array()));
  const text = "y ".repeat(2040).slice(0, 4073 - 10);
  const longest = named(DAY, ["s", value("secret", 0, utf8(text))]);
  const set = { threshold: 2, count: 3, setId: seededBytes("set of zeros", 4) };
  const blind = seededBytes("blind of zeros", 8);
  const split = splitBytes(KRAKEN, set, blind);
  const coefficients = new Uint8Array(split.length);
  const zeros = { set, blind, split, coefficients, shares: shares(split, set, coefficients) };
  return {
    shares_shortest: reads(
      "31 bytes a share: the shortest plain payload.",
      seededSet(shortest, 2, 3, "shortest"),
      [1, 2],
      record("kraken-spot", []),
    ),
    shares_longest: reads(
      "4096 bytes a share: the longest payload that can be split has 4073.",
      seededSet(longest, 2, 2, "longest"),
      [1, 2],
      record(null, [["s", text, true]]),
    ),
    "shares_of-sealed": reads(
      "Sealed, then split: the shares give a sealed payload, the passphrase opens it.",
      seededSet(SEALED_KRAKEN, 2, 3, "sealed"),
      [3, 1],
      KRAKEN_RECORD,
      PASSPHRASE,
    ),
    "shares_of-sealed-typo": {
      ...reads(
        "Sealed, then split, and a typo in the drawn passphrase.",
        seededSet(SEALED_KRAKEN, 2, 3, "sealed"),
        [2, 1],
        KRAKEN_RECORD,
        PASSPHRASE.replace("hazard", "hazzard"),
      ),
      generated: PASSPHRASE,
    },
    "shares_coefficients-zero": reads(
      "Coefficients that are all zero may be drawn: the shares have the same bytes.",
      zeros,
      [1, 3],
    ),
  };
}

/**
 * Sheets of different carriers: each of them words or the texts of codes.
 * @param {string} about
 * @param {readonly object[]} sheets
 */
function readsSheets(about, sheets) {
  return { about, layer: "shares", sheets, joins: toHex(KRAKEN), record: KRAKEN_RECORD };
}

function sheetsRead() {
  const [one = new Uint8Array(), two = new Uint8Array(), three = new Uint8Array()] = SHARES_KRAKEN;
  const words = wordIndices(two, 0, "standard");
  const damaged = damage(words, [3, 60, 119], [7, 8, 9, 10, 11, 12, 80]);
  const sheet = {
    words: { words: wordText(words, 0) },
    damaged: { words: wordText(damaged, 0) },
    french: { words: wordText(wordIndices(three, 6, "long"), 6) },
    code: { texts: qrTexts(one, 1) },
    codes: { texts: qrTexts(three, 3).toReversed() },
  };
  return {
    "shares_sheets-words-and-code": readsSheets("The words of one share and the code of another.", [
      sheet.words,
      sheet.code,
    ]),
    "shares_sheets-damaged-words": readsSheets(
      "The words of one share with three wrong and seven unreadable, and three codes of another.",
      [sheet.damaged, sheet.codes],
    ),
    "shares_sheets-two-lists": readsSheets(
      "English words of one share, and French ones, for long keeping, of another.",
      [sheet.words, sheet.french],
    ),
    "shares_sheets-both-carriers": readsSheets(
      "The words and the code of one share are one share; the code of another makes two.",
      [sheet.words, { texts: qrTexts(two, 1) }, sheet.codes],
    ),
  };
}

/**
 * @param {string} about
 * @param {string} code
 * @param {readonly Uint8Array[]} some
 */
function refused(about, code, some, layer = "shares") {
  return { about, layer, shares: some.map(toHex), refusal: { code } };
}

/**
 * The share with other bytes from an offset on.
 * @param {Uint8Array | undefined} share
 * @param {number} offset
 * @param {number[]} bytes
 */
function changed(share = new Uint8Array(), offset = 0, ...bytes) {
  return join(share.slice(0, offset), ...bytes, share.slice(offset + bytes.length));
}

/**
 * The share with one bit of a byte changed.
 * @param {Uint8Array | undefined} share
 * @param {number} offset
 */
function bitChanged(share = new Uint8Array(), offset = 0) {
  return changed(share, offset, (share[offset] ?? 0) ^ 1);
}

function tooFewRefused() {
  const [one = new Uint8Array()] = SHARES_KRAKEN;
  return {
    "shares_1-of-2-of-3": refused("One share where two are needed.", "shares-missing", [one]),
    "shares_2-of-3-of-5": refused(
      "Two shares where three are needed.",
      "shares-missing",
      pick(THREE_OF_FIVE.shares, 2, 4),
    ),
    "shares_15-of-16-of-16": refused(
      "Fifteen shares where sixteen are needed.",
      "shares-missing",
      seededSet(KRAKEN, 16, 16).shares.slice(0, 15),
    ),
    "shares_one-share-twice": refused("One share twice is one share.", "shares-missing", [
      one,
      one,
    ]),
  };
}

function mixedRefused() {
  const [one = new Uint8Array(), two = new Uint8Array(), three = new Uint8Array()] = SHARES_KRAKEN;
  const other = seededSet(KRAKEN, 2, 3, "other").shares;
  const longer = seededSet(join(KRAKEN.slice(0, -1), 0), 2, 3, "longer").shares;
  const sameId = seededSet(SEALED_KRAKEN, 2, 3).shares;
  const several = "shares-of-several-sets";
  return {
    "shares_two-sets": refused("Shares of two splittings of one key.", several, [
      one,
      ...pick(other, 2),
    ]),
    "shares_two-sets-enough-of-one": refused(
      "Enough shares of one set, and one of another.",
      several,
      [one, ...pick(longer, 2), two],
    ),
    "shares_two-sets-enough-of-both": refused("Enough shares of each of two sets.", several, [
      one,
      two,
      ...pick(other, 1, 2),
    ]),
    "shares_two-thresholds": refused("Shares of one set id, of 2 of 3 and of 3 of 3.", several, [
      one,
      changed(two, 5, 0x22),
    ]),
    "shares_two-counts": refused("Shares of one set id, of 2 of 3 and of 2 of 4.", several, [
      one,
      changed(two, 5, 0x13),
    ]),
    "shares_two-lengths": refused("Shares of one head and of two lengths.", several, [
      one,
      ...pick(sameId, 2),
    ]),
    "shares_one-byte-short": refused("A share that has lost its last byte.", several, [
      one,
      two.slice(0, -1),
    ]),
    "shares_set-id-bit": refused("One bit of the set id of a share is changed.", several, [
      bitChanged(one, 1),
      three,
    ]),
  };
}

function forgedRefused() {
  const [one = new Uint8Array(), two = new Uint8Array(), three = new Uint8Array()] = SHARES_KRAKEN;
  const [first, second, third, fourth, fifth] = THREE_OF_FIVE.shares;
  const disagree = "shares-disagree";
  const allowed = toHex(KRAKEN);
  return {
    shares_forged: refused("Two shares, the second of which was made up.", disagree, [
      one,
      join(two.slice(0, 7), seededBytes("forged", two.length - 7)),
    ]),
    "shares_forged-three": refused("Three shares of five, one of which was made up.", disagree, [
      first ?? one,
      join((third ?? one).slice(0, 7), seededBytes("forged", one.length - 7)),
      fifth ?? one,
    ]),
    "shares_digest-bit": refused(
      "One bit of the first byte, which is of the hash, is changed.",
      disagree,
      [one, bitChanged(two, 7)],
    ),
    "shares_blind-bit": refused(
      "One bit of the ninth byte, which is of the blind, is changed.",
      disagree,
      [one, bitChanged(two, 15)],
    ),
    "shares_last-bit": refused("One bit of the last byte is changed.", disagree, [
      one,
      bitChanged(two, two.length - 1),
    ]),
    "shares_number-changed": refused("Share 2 that says it is share 3.", disagree, [
      one,
      changed(two, 6, 3),
    ]),
    "shares_numbers-swapped": refused("Shares 1 and 2 that have each other's number.", disagree, [
      changed(one, 6, 2),
      changed(two, 6, 1),
    ]),
    "shares_one-number-twice": refused("Two different shares that both are number 1.", disagree, [
      one,
      bitChanged(one, 40),
    ]),
    "shares_threshold-lowered": refused(
      "Two shares of a set that needs three, whose heads were changed to two.",
      disagree,
      [changed(first, 5, 0x14), changed(second, 5, 0x14)],
    ),
    "shares_set-id-of-both": refused(
      "Shares whose set ids were changed alike: the hash binds it.",
      disagree,
      [bitChanged(one, 4), bitChanged(two, 4)],
    ),
    "shares_one-forged-of-three": {
      ...refused(
        "Three shares where two are enough, one of them made up: the one that does not belong is named.",
        "share-foreign",
        [one, join(two.slice(0, 7), seededBytes("forged", two.length - 7)), three],
      ),
      allowed,
    },
    "shares_one-forged-of-five": {
      ...refused(
        "Five shares where three are enough, one of them with a bit changed.",
        "share-foreign",
        [first ?? one, bitChanged(second, 60), third ?? one, fourth ?? one, fifth ?? one],
      ),
      allowed,
    },
    "shares_one-number-twice-of-three": {
      ...refused("Two different shares that both are number 2, and share 1.", "share-foreign", [
        one,
        two,
        bitChanged(two, 40),
      ]),
      allowed,
    },
  };
}

/**
 * The first shares of a set of two of three whose hash holds over any bytes.
 * @param {Uint8Array} inner
 */
function splitting(inner) {
  return seededSet(inner, 2, 3, "content").shares.slice(0, 2);
}

function contentsRefused() {
  const [share = new Uint8Array()] = SHARES_KRAKEN;
  const content = "share-content";
  return {
    "shares_content-share": refused("A share that was split again.", content, splitting(share)),
    "shares_content-one-byte": refused(
      "24 bytes a share, the shortest: one byte of payload, which is none.",
      content,
      splitting(Uint8Array.of(0x10)),
    ),
    "shares_content-cut": refused(
      "A hash that holds over a plain payload that is a byte short: its maker was at fault.",
      content,
      splitting(KRAKEN.slice(0, -1)),
    ),
    "shares_content-one-byte-over": refused(
      "A hash that holds over a plain payload with a byte behind its end.",
      content,
      splitting(join(KRAKEN, 0)),
    ),
    "shares_content-version-zero": refused(
      "A hash that holds over bytes of version 0.",
      content,
      splitting(join(0x00, KRAKEN.slice(1))),
    ),
    "shares_content-sealed-cost": refused(
      "A hash that holds over a sealed payload of cost 23.",
      content,
      splitting(join(0x11, 23, SEALED_KRAKEN.slice(2))),
    ),
    "shares_content-version-newer": refused(
      "A hash that holds over a payload of version 2: made by a newer keysheet.",
      "version-newer",
      splitting(join(0x20, KRAKEN.slice(1))),
      "payload",
    ),
    "shares_content-kind-unknown": refused(
      "A hash that holds over a payload of kind 3.",
      "kind-unknown",
      splitting(join(0x13, KRAKEN.slice(1))),
      "payload",
    ),
    "shares_content-provider-newer": refused(
      "A hash that holds over a plain payload of a provider without a row.",
      "provider-newer",
      splitting(plain(0x7f, DAY, KRAKEN.slice(4))),
      "payload",
    ),
    "shares_sealed-passphrase-wrong": {
      ...refused(
        "The shares give a sealed payload, which another passphrase does not open.",
        "passphrase-wrong",
        pick(seededSet(SEALED_KRAKEN, 2, 3, "sealed").shares, 1, 2),
        "seal",
      ),
      passphrase: "correct horse battery staple",
    },
    "shares_sealed-content": {
      ...refused(
        "The shares give a sealed payload whose tag holds over a plain one that is a byte short.",
        "sealed-content",
        splitting(sealed(KRAKEN.slice(0, -1), PASSPHRASE, salt(), 14)),
        "seal",
      ),
      passphrase: PASSPHRASE,
    },
  };
}

export function sharesRead() {
  return { ...numbersRead(), ...contentsRead(), ...sheetsRead() };
}

export function sharesRefused() {
  return { ...tooFewRefused(), ...mixedRefused(), ...forgedRefused(), ...contentsRefused() };
}
