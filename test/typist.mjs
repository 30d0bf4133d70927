// @ts-check
/**
 * A person who types a sheet's words from creased paper, and the errors that people make: seeded,
 * so that a session is the same every time. Nothing here knows how words are repaired.
 *
 * `random` is a source as of seeded-random.mjs: a whole number from 0 to below its limit.
 */
import { neighbouringKeys } from "./keyboard.mjs";

/** @typedef {(limit: number) => number} Random */
/** @typedef {readonly (readonly string[])[]} Rows */

const WORDS_A_ROW = 6;
export const ILLEGIBLE = "?";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * @template T
 * @param {readonly T[]} items
 * @param {Random} random
 * @returns {T}
 */
export function pick(items, random) {
  return /** @type {T} */ (items[random(items.length)]);
}

/**
 * True in that share of the calls.
 * @param {number} share 0 to 1
 * @param {Random} random
 */
export function happens(share, random) {
  return random(1_000_000) < share * 1_000_000;
}

// --- One error in a word -------------------------------------------------------------------------

/**
 * The letters on the keys around the letter's own: next to it, above and below; for a letter that the
 * keyboard lacks, those around the letter without its accent, or any.
 * @param {string} letter
 */
function neighbouringLetters(letter) {
  const plain = letter.normalize("NFD").charAt(0).toLowerCase();
  const around = neighbouringKeys(plain).filter((key) => LETTERS.includes(key));
  return around.length > 0 ? around : [...LETTERS];
}

/** @typedef {"neighbouring key" | "left out" | "swapped" | "doubled" | "besides" | "other key"} TypingError */

/**
 * How many of a hundred typing errors are of each kind.
 * @type {Readonly<Record<TypingError, number>>}
 */
export const ERROR_SHARES = {
  "neighbouring key": 35,
  "left out": 20,
  swapped: 15,
  doubled: 12,
  besides: 10,
  "other key": 8,
};

/**
 * @param {Random} random
 * @returns {TypingError}
 */
export function drawError(random) {
  const shares = Object.entries(ERROR_SHARES);
  let left = random(shares.reduce((sum, [, share]) => sum + share, 0));
  for (const [error, share] of shares) {
    if (left < share) return /** @type {TypingError} */ (error);
    left -= share;
  }
  throw new RangeError("a share beyond the hundred");
}

/**
 * What an error makes of a character: `around` are those on the keys next to its own, `others` all
 * that can be typed by mistake. A swap types the character behind it first.
 * @param {TypingError} error
 * @param {{ character: string, next: string, around: readonly string[], others: readonly string[] }} keys
 * @param {Random} random
 * @returns {string}
 */
export function mistyped(error, { character, next, around, others }, random) {
  switch (error) {
    case "neighbouring key":
      return pick(around, random);
    case "left out":
      return "";
    case "swapped":
      return next + character;
    case "doubled":
      return character + character;
    case "besides": {
      const besides = pick(around, random);
      return random(2) === 0 ? besides + character : character + besides;
    }
    case "other key": {
      const far = others.filter((other) => other !== character && !around.includes(other));
      return pick(far.length > 0 ? far : around, random);
    }
  }
}

/**
 * The token with exactly one typing error; never the token itself. What comes out may by chance be
 * another word of the list.
 * @param {string} token at least one letter
 * @param {Random} random
 * @returns {string}
 */
export function misspell(token, random) {
  const letters = Array.from(token);
  for (;;) {
    const error = drawError(random);
    const places = placesOf(error, letters);
    if (places.length === 0) continue;
    const place = pick(places, random);
    const [character = "", next = ""] = letters.slice(place, place + 2);
    const keys = { character, next, around: neighbouringLetters(character), others: [...LETTERS] };
    const typed = mistyped(error, keys, random);
    return letters.toSpliced(place, error === "swapped" ? 2 : 1, typed).join("");
  }
}

/**
 * Where an error changes a word, and leaves something of it.
 * @param {TypingError} error
 * @param {readonly string[]} letters
 * @returns {readonly number[]}
 */
function placesOf(error, letters) {
  const all = letters.map((_, index) => index);
  if (error === "left out" && letters.length === 1) return [];
  if (error !== "swapped") return all;
  return all.slice(0, -1).filter((index) => letters[index] !== letters[index + 1]);
}

// --- A word as a camera reads it -----------------------------------------------------------------

/** What is taken for one another, both ways. */
const CONFUSIONS = [
  ["rn", "m"],
  ["vv", "w"],
  ["cl", "d"],
  ["l", "i"],
  ["l", "1"],
  ["i", "1"],
  ["o", "0"],
  ["e", "c"],
  ["u", "v"],
  ["h", "b"],
  ["t", "f"],
  ["n", "r"],
  ["s", "5"],
  ["g", "q"],
  ["a", "o"],
];
const CONFUSED = CONFUSIONS.flatMap(([a = "", b = ""]) => [
  [a, b],
  [b, a],
]);

/**
 * The token as character recognition may give it: each shape that it confuses is confused at the
 * rate, and at a twentieth of it a letter is lost or a space comes into the word.
 * @param {string} token
 * @param {Random} random
 * @param {number} rate 0 to 1
 * @returns {string}
 */
export function ocr(token, random, rate) {
  let read = "";
  for (let index = 0; index < token.length;) {
    const rest = token.slice(index);
    const shapes = CONFUSED.filter(([shape = ""]) => rest.startsWith(shape));
    if (shapes.length > 0 && happens(rate, random)) {
      const [shape = "", other = ""] = pick(shapes, random);
      read += other;
      index += shape.length;
      continue;
    }
    if (!happens(rate / 20, random)) read += token.charAt(index);
    index += 1;
    if (index < token.length && happens(rate / 20, random)) read += " ";
  }
  return read;
}

// --- A word for another --------------------------------------------------------------------------

/**
 * Letters to change, leave out or put in to make one of the other.
 * @param {string} a
 * @param {string} b
 */
function editDistance(a, b) {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      line.push(Math.min(changed, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[b.length] ?? 0;
}

/**
 * Another word of the list, of those that look most like the word.
 * @param {string} word
 * @param {readonly string[]} words the list
 * @param {Random} random
 * @returns {string}
 */
export function similarWord(word, words, random) {
  const others = words.filter((other) => other !== word);
  const distances = others.map((other) => editDistance(word, other));
  const least = Math.min(...distances);
  return pick(
    others.filter((_, index) => distances[index] === least),
    random,
  );
}

// --- A sheet's words, typed ----------------------------------------------------------------------

/**
 * A word on its way from the paper to the keyboard, and the row that it is typed into.
 * @typedef {{ readonly row: number, readonly text: string }} Typed
 */

/**
 * @param {readonly string[]} words
 * @returns {readonly Typed[]}
 */
function asPrinted(words) {
  return words.map((text, index) => ({ row: Math.floor(index / WORDS_A_ROW), text }));
}

/**
 * @param {readonly Typed[]} typed
 * @returns {Rows}
 */
function rowsOf(typed) {
  /** @type {string[][]} */
  const rows = [];
  for (const { row, text } of typed) (rows[row] ??= []).push(text);
  // A row whose words are all left out is no row.
  return rows.filter((row) => row.length > 0);
}

/**
 * @param {readonly string[]} words
 * @returns {Rows}
 */
function printedRows(words) {
  return rowsOf(asPrinted(words));
}

/**
 * So many different places below the limit.
 * @param {number} count
 * @param {number} limit
 * @param {Random} random
 * @returns {readonly number[]}
 */
function places(count, limit, random) {
  const free = Array.from({ length: limit }, (_, index) => index);
  return Array.from({ length: Math.min(count, limit) }, () =>
    Number(free.splice(random(free.length), 1)[0]),
  );
}

/**
 * The words with a change at so many places.
 * @param {readonly Typed[]} typed
 * @param {number} count
 * @param {Random} random
 * @param {(word: string) => string} change
 * @returns {readonly Typed[]}
 */
function changed(typed, count, random, change) {
  const chosen = new Set(places(count, typed.length, random));
  return typed.map((word, index) =>
    chosen.has(index) ? { row: word.row, text: change(word.text) } : word,
  );
}

/**
 * Words left out, of those that can be read.
 * @param {readonly Typed[]} typed
 * @param {number} count
 * @param {Random} random
 * @returns {readonly Typed[]}
 */
function skipped(typed, count, random) {
  const legible = typed.flatMap(({ text }, index) => (text === ILLEGIBLE ? [] : [index]));
  const chosen = places(count, legible.length, random).map((place) => legible[place]);
  return typed.filter((_, index) => !chosen.includes(index));
}

/**
 * Pairs of neighbouring words typed the other way round; no word is in two pairs.
 * @param {readonly Typed[]} typed
 * @param {number} count
 * @param {Random} random
 * @returns {readonly Typed[]}
 */
function swapped(typed, count, random) {
  const texts = typed.map(({ text }) => text);
  /** @type {Set<number>} */
  const taken = new Set();
  for (const place of places(typed.length - 1, typed.length - 1, random)) {
    if (taken.size === 2 * count) break;
    const [first = "", second = ""] = texts.slice(place, place + 2);
    if (first === second || taken.has(place) || taken.has(place + 1)) continue;
    texts.splice(place, 2, second, first);
    taken.add(place).add(place + 1);
  }
  return typed.map(({ row }, index) => ({ row, text: texts[index] ?? "" }));
}

/**
 * A word typed twice in a row.
 * @param {readonly Typed[]} typed
 * @param {Random} random
 * @returns {readonly Typed[]}
 */
function doubled(typed, random) {
  const place = random(typed.length);
  return typed.toSpliced(place, 0, /** @type {Typed} */ (typed[place]));
}

/**
 * The words read down the columns, and still typed six to a line.
 * @param {readonly string[]} words
 * @returns {readonly string[]}
 */
function downTheColumns(words) {
  return Array.from({ length: WORDS_A_ROW }, (_, column) =>
    words.filter((_, index) => index % WORDS_A_ROW === column),
  ).flat();
}

/**
 * A row put where another one was.
 * @param {Rows} rows
 * @param {Random} random
 * @returns {Rows}
 */
function rowMoved(rows, random) {
  const [from = 0, to = 0] = places(2, rows.length, random);
  return rows.toSpliced(from, 1).toSpliced(to, 0, rows[from] ?? []);
}

/**
 * @param {Rows} rows
 * @param {Random} random
 * @returns {Rows}
 */
function rowsSwapped(rows, random) {
  const [one = 0, other = 0] = places(2, rows.length, random);
  return rows.with(one, rows[other] ?? []).with(other, rows[one] ?? []);
}

/**
 * A word as character recognition gives it, different from the printed one.
 * @param {string} word
 * @param {Random} random
 */
function misread(word, random) {
  for (;;) {
    const read = ocr(word, random, 0.3);
    if (read !== word && read !== "") return read;
  }
}

/** @typedef {(words: readonly string[], random: Random) => Rows} Session */

const illegible = () => ILLEGIBLE;

/**
 * The kinds of session by name: from a sheet's words to what is typed, row by row.
 * @param {readonly string[]} list the words of the sheet's list, for words that look alike
 * @returns {Readonly<Record<string, Session>>}
 */
export function sessionKinds(list) {
  /** @type {(random: Random) => (word: string) => string} */
  const similar = (random) => (word) => similarWord(word, list, random);
  /** @type {(random: Random) => (word: string) => string} */
  const misspelt = (random) => (word) => misspell(word, random);
  return {
    clean: (words) => printedRows(words),
    prefixes: (words) => printedRows(words.map((word) => Array.from(word).slice(0, 4).join(""))),
    "similar-9": (words, random) => rowsOf(changed(asPrinted(words), 9, random, similar(random))),
    "illegible-18": (words, random) => rowsOf(changed(asPrinted(words), 18, random, illegible)),
    "misspelt-40": (words, random) =>
      rowsOf(changed(asPrinted(words), 40, random, misspelt(random))),
    "misspelt-all": (words, random) => printedRows(words.map(misspelt(random))),
    "skip-3": (words, random) => rowsOf(skipped(asPrinted(words), 3, random)),
    "skip-double": (words, random) => rowsOf(doubled(skipped(asPrinted(words), 1, random), random)),
    "skip-2-swap": (words, random) =>
      rowsOf(swapped(skipped(asPrinted(words), 2, random), 1, random)),
    "row-skipped": (words, random) => {
      const rows = printedRows(words);
      return rows.toSpliced(random(rows.length), 1);
    },
    "row-doubled": (words, random) => {
      const rows = printedRows(words);
      const place = random(rows.length);
      return rows.toSpliced(place, 0, rows[place] ?? []);
    },
    "row-moved": (words, random) => rowMoved(printedRows(words), random),
    "rows-swapped": (words, random) => rowsSwapped(printedRows(words), random),
    columns: (words) => printedRows(downTheColumns(words)),
    "rows-illegible-3": (words, random) => {
      const rows = printedRows(words);
      const chosen = places(3, rows.length, random);
      return rows.map((row, index) => (chosen.includes(index) ? row.map(illegible) : row));
    },
    "row-skipped-misspelt-10": (words, random) => {
      const typed = asPrinted(words);
      const row = random(Math.ceil(words.length / WORDS_A_ROW));
      const left = typed.filter((word) => word.row !== row);
      return rowsOf(changed(left, 10, random, misspelt(random)));
    },
    "very-tired": (words, random) => {
      const slips = places(2 + 3, words.length, random);
      const typed = asPrinted(words).map(({ row, text }, index) => {
        const word = happens(0.1, random) ? misspell(text, random) : text;
        const slip = slips.indexOf(index);
        if (slip === -1) return { row, text: word };
        return { row, text: slip < 2 ? similarWord(text, list, random) : ILLEGIBLE };
      });
      return rowsOf(swapped(skipped(typed, 1, random), 2, random));
    },
    "ocr-15": (words, random) => {
      const count = Math.round(0.15 * words.length);
      return rowsOf(changed(asPrinted(words), count, random, (word) => misread(word, random)));
    },
  };
}

/** @typedef {"rows" | "flat" | "wrapped"} Layout */

const WRAPPED_COLUMNS = 72;

/**
 * What was typed as one text: a line a row, all in one line, or wrapped wherever a line is full.
 * @param {Rows} rows
 * @param {Layout} layout
 * @returns {string}
 */
export function sessionText(rows, layout) {
  switch (layout) {
    case "rows":
      return rows.map((row) => row.join(" ")).join("\n");
    case "flat":
      return rows.flat().join(" ");
    case "wrapped": {
      const lines = [""];
      for (const word of rows.flat()) {
        const line = lines.at(-1) ?? "";
        if (line === "") lines[lines.length - 1] = word;
        else if (line.length + 1 + word.length > WRAPPED_COLUMNS) lines.push(word);
        else lines[lines.length - 1] = `${line} ${word}`;
      }
      return lines.join("\n");
    }
  }
}
