// @ts-check
/**
 * A person who copies any text from paper, key by key: words, base64 or hexadecimal, with the same
 * hands and the same eyes. What is wrong with the text is left to whoever reads it.
 *
 * Rates are per keystroke for the hands, and per unit for the eyes: a word, or a group of four
 * characters where there are no words.
 */
import { KEYS_OVER_SPACE, needsShift, neighbouringKeys, withShiftSlip } from "./keyboard.mjs";
import { drawError, happens, mistyped, pick } from "./typist.mjs";

/** @typedef {import("./typist.mjs").Random} Random */

/**
 * @typedef {object} Copyist
 * @property {number} keystrokeErrors of keystrokes, that go wrong and stay so
 * @property {number} misread of units, taken for one that looks alike
 * @property {number} swapped of units, typed after the next one
 * @property {number} leftOut of units
 * @property {number} illegible of units, on the paper
 */

const ATTENTIVE = { misread: 0, swapped: 0, leftOut: 0, illegible: 0 };

/**
 * `average` is measured: 1.17 % of characters stayed wrong where 168,000 people copied sentences and
 * could correct them (Dhakal, Feit, Kristensson, Oulasvirta, "Observations on Typing from 136
 * Million Keystrokes", CHI 2018, table 3). The other two are assumptions. `careful` looks at what was
 * typed, and lets a quarter of that stay. `tired` has the rates of the very tired sessions with a
 * sheet's 102 words: a tenth of the words misspelt, which is 1.63 % of keystrokes for a word of 5.4
 * letters and its space (1 - 0.9 ^ (1 / 6.4)), and two words misread, two swapped, one left out and
 * three illegible.
 * @type {Readonly<Record<"careful" | "average" | "tired", Copyist>>}
 */
export const COPYISTS = {
  careful: { keystrokeErrors: 0.003, ...ATTENTIVE },
  average: { keystrokeErrors: 0.0117, ...ATTENTIVE },
  tired: {
    keystrokeErrors: 0.0163,
    misread: 2 / 102,
    swapped: 2 / 102,
    leftOut: 1 / 102,
    illegible: 3 / 102,
  },
};

/** Characters that look alike on paper, where an alphabet has all of them. */
const LOOK_ALIKES = ["O0", "Il1"];

/**
 * A character for one that looks like it; itself where none does.
 * @param {string} character
 * @param {Random} random
 */
export function lookAlike(character, random) {
  const alike = LOOK_ALIKES.find((characters) => characters.includes(character)) ?? character;
  const others = Array.from(alike).filter((other) => other !== character);
  return others.length > 0 ? pick(others, random) : character;
}

const TYPEABLE = Array.from("abcdefghijklmnopqrstuvwxyz0123456789");

/**
 * The text as the copyist's hands type it. To press or to leave Shift is a keystroke of its own, and
 * goes wrong as often as one; where letters and digits that look alike are mixed, each is taken for
 * another as often as a key is missed.
 * @param {string} text
 * @param {Copyist} copyist
 * @param {boolean} isMixed true where upper and lower case, letters and digits stand side by side
 * @param {Random} random
 * @returns {string}
 */
export function typeText(text, { keystrokeErrors }, isMixed, random) {
  const characters = Array.from(text);
  let typed = "";
  let isShifted = false;
  for (let index = 0; index < characters.length; index++) {
    let character = characters[index] ?? "";
    if (isMixed && happens(keystrokeErrors, random)) character = lookAlike(character, random);
    const isChange = needsShift(character) !== isShifted;
    isShifted = needsShift(character);
    if (isChange && happens(keystrokeErrors, random)) character = withShiftSlip(character);
    if (!happens(keystrokeErrors, random)) {
      typed += character;
      continue;
    }
    const error = drawError(random);
    const next = characters[index + 1] ?? "";
    const around = character === " " ? KEYS_OVER_SPACE : neighbouringKeys(character);
    typed += mistyped(error, { character, next, around, others: TYPEABLE }, random);
    if (error === "swapped") index += 1;
  }
  return typed;
}

/**
 * The units of a creased paper: some cannot be read, every time that it is read.
 * @param {readonly string[]} units
 * @param {Copyist} copyist
 * @param {Random} random
 * @returns {readonly string[]}
 */
export function creased(units, { illegible }, random) {
  return units.map((unit) => (happens(illegible, random) ? "?" : unit));
}

/**
 * The units as the copyist's eyes take them from the paper.
 * @param {readonly string[]} units
 * @param {Copyist} copyist
 * @param {(unit: string, random: Random) => string} misread a unit for one that looks alike
 * @param {Random} random
 * @returns {readonly string[]}
 */
export function readUnits(units, copyist, misread, random) {
  const read = units.flatMap((unit) => {
    if (unit === "?") return [unit];
    if (happens(copyist.leftOut, random)) return [];
    return [happens(copyist.misread, random) ? misread(unit, random) : unit];
  });
  for (let index = 0; index + 1 < read.length; index++) {
    if (!happens(copyist.swapped, random)) continue;
    const [first = "", second = ""] = read.slice(index, index + 2);
    read.splice(index, 2, second, first);
    index += 1;
  }
  return read;
}
