// The ways to put the 106 bytes of a Kraken key on paper that the typing bench sets side by side. Each
// gives the parts that are typed, as units with what stands between them, and reads a part back to its
// bytes, or null where it notices that something is wrong.
import { createRequire } from "node:module";
import * as bip39 from "bip39";
import Slip39 from "slip39";
import { backup } from "../../dist/core/backup.js";
import { fieldText, makeField } from "../../dist/core/record/key-record.js";
import { restore } from "../../dist/core/restore/restore.js";
import { parseLines } from "../../dist/core/words/parse-words.js";
import { ENGLISH, findWord, listWords } from "../../dist/core/words/word-lists.js";
import { lookAlike } from "../copyist.mjs";
import { pick, similarWord } from "../typist.mjs";

// The package's own file has what a share with a given identifier needs; its index draws one.
const slipHelper = createRequire(import.meta.url)("slip39/src/slip39_helper.js");

const PUBLIC_BYTES = 42;
const SECRET_BYTES = 64;
export const KEY_BYTES = PUBLIC_BYTES + SECRET_BYTES;
const DAY = 2518;
const BIP39_WORDS = listWords(ENGLISH);
const SLIP39_WORDS = slipHelper.WORD_LIST;

function keyParts(key) {
  return [key.subarray(0, PUBLIC_BYTES), key.subarray(PUBLIC_BYTES)];
}

function groupsOfFour(text) {
  return text.match(/.{1,4}/g);
}

/** The word that a token is: itself, or the one that begins with its four letters or more. */
function slip39Word(token) {
  const letters = token.toLowerCase();
  if (letters.length < 4) return null;
  return SLIP39_WORDS.find((word) => word.startsWith(letters)) ?? null;
}

function bip39Word(token) {
  const index = findWord(ENGLISH, token);
  return index === null ? null : BIP39_WORDS[index];
}

/** The words that a text names, one after another; null when one is unknown. */
function wordsOf(text, wordOf) {
  const words = text.trim().split(/\s+/).map(wordOf);
  return words.includes(null) ? null : words;
}

/** Of the words of a list, as the words of a sheet are. */
function ofWords(list, wordOf) {
  return {
    list,
    wordOf,
    separator: " ",
    isMixed: false,
    misread: (word, random) => similarWord(word, list, random),
  };
}

// --- keysheet ------------------------------------------------------------------------------------

function sheetOfKey(key) {
  const [publicPart, secret] = keyParts(key).map((part) => Buffer.from(part).toString("base64"));
  const fields = [makeField("key", publicPart, false), makeField("secret", secret, true)];
  return backup({ provider: "kraken-spot", day: DAY, fields }, "standard");
}

/** What was typed as one text, as the library reads it. */
export function restoreTyped(text) {
  return restoreCarriers([{ kind: "words", source: "typed", lines: parseLines(text) }]);
}

/** The one place where what was typed goes to the library. */
export function restoreCarriers(carriers) {
  const result = restore(carriers);
  if (result.status !== "confirmed") return null;
  return Buffer.concat(
    result.record.fields.map((field) => Buffer.from(fieldText(field), "base64")),
  );
}

export const keysheet = {
  name: "keysheet",
  ...ofWords(BIP39_WORDS, bip39Word),
  parts: (key) => [Array.from(sheetOfKey(key).wordIndices, (index) => String(BIP39_WORDS[index]))],
  read: restoreTyped,
  symbolOf: (word) => findWord(ENGLISH, word),
};

// --- BIP39 ---------------------------------------------------------------------------------------

/** 32 bytes in a phrase of 24 words, and the 10 that are left, with zeros behind, in one of 12. */
const PHRASE_BYTES = [32, 32, 32, 16];

export const bip39Phrases = {
  name: "BIP39",
  ...ofWords(BIP39_WORDS, bip39Word),
  parts: (key) => {
    const padded = Buffer.alloc(PHRASE_BYTES.reduce((sum, bytes) => sum + bytes));
    padded.set(key);
    let from = 0;
    return PHRASE_BYTES.map((bytes) => {
      const entropy = padded.subarray(from, (from += bytes));
      return bip39.entropyToMnemonic(entropy).split(" ");
    });
  },
  read: (text, part) => {
    const words = wordsOf(text, bip39Word);
    const bytes = PHRASE_BYTES[part];
    if (words === null || words.length !== (bytes / 4) * 3) return null;
    try {
      const entropy = Buffer.from(bip39.mnemonicToEntropy(words.join(" ")), "hex");
      const ofKey = entropy.subarray(0, KEY_BYTES - 32 * part);
      return entropy.subarray(ofKey.length).every((byte) => byte === 0) ? ofKey : null;
    } catch {
      return null;
    }
  },
};

// --- SLIP-39 -------------------------------------------------------------------------------------

export const slip39Share = {
  name: "SLIP-39",
  ...ofWords(SLIP39_WORDS, slip39Word),
  parts: (key) => {
    // The 15 bits of the identifier are of the key, so that a run can be repeated.
    const identifier = [key[0] & 0x7f, key[1]];
    const sealed = slipHelper.crypt([...key], "", 0, identifier, 1);
    return [slipHelper.encodeMnemonic(identifier, 1, 0, 0, 1, 1, 0, 1, sealed).split(" ")];
  },
  read: (text) => {
    const words = wordsOf(text, slip39Word);
    if (words === null) return null;
    try {
      return Buffer.from(Slip39.recoverSecret([words.join(" ")], ""));
    } catch {
      return null;
    }
  },
};

// --- Without words -------------------------------------------------------------------------------

/** Of characters, copied in groups of four and typed without spaces. */
function ofCharacters(encoding, form, isMixed, misread) {
  const lengths = [PUBLIC_BYTES, SECRET_BYTES].map((length) => {
    return Buffer.alloc(length).toString(encoding).length;
  });
  return {
    list: null,
    wordOf: null,
    separator: "",
    isMixed,
    misread,
    parts: (key) => keyParts(key).map((part) => groupsOfFour(Buffer.from(part).toString(encoding))),
    // Nothing but the length and the alphabet says that a text is wrong.
    read: (text, part) =>
      text.length === lengths[part] && form.test(text) ? Buffer.from(text, encoding) : null,
  };
}

/** The group with one of its characters changed. */
function withOneChanged(group, change, random) {
  const place = random(group.length);
  return group.slice(0, place) + change(group.charAt(place)) + group.slice(place + 1);
}

const HEX_DIGITS = Array.from("0123456789abcdef");

export const base64 = {
  name: "base64",
  ...ofCharacters("base64", /^[A-Za-z0-9+/]+={0,2}$/, true, (group, random) => {
    const alike = Array.from(group, (character) => lookAlike(character, random)).join("");
    if (alike !== group) return alike;
    const swapCase = (character) => {
      const lower = character.toLowerCase();
      return character === lower ? character.toUpperCase() : lower;
    };
    return withOneChanged(group, swapCase, random);
  }),
};

export const hex = {
  name: "hexadecimal",
  ...ofCharacters("hex", /^[0-9a-f]+$/, false, (group, random) => {
    const other = (digit) =>
      pick(
        HEX_DIGITS.filter((choice) => choice !== digit),
        random,
      );
    return withOneChanged(group, other, random);
  }),
};
