// What it costs to type a Kraken key back from paper, and how often the right key comes out: keysheet's
// words beside base64, hexadecimal, BIP39 and SLIP-39, by the same copyists.
//
//     npm run bench:typing                         1,000 sessions each, some minutes
//     npm run bench:typing -- --sessions N --seed TEXT
import { parseArgs } from "node:util";
import { COPYISTS, creased, readUnits, typeText } from "../copyist.mjs";
import { seededRandom } from "../seeded-random.mjs";
import {
  base64,
  bip39Phrases,
  hex,
  KEY_BYTES,
  keysheet,
  restoreCarriers,
  restoreTyped,
  slip39Share,
} from "./methods.mjs";
import { rowsOnPaper, typeAtScreen } from "./screen-copyist.mjs";

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "1000" },
    seed: { type: "string", default: "typing" },
  },
});
const sessions = Number(values.sessions);
if (!Number.isInteger(sessions) || sessions < 1) {
  throw new RangeError("--sessions takes a whole number from 1");
}
const { seed } = values;

const keys = Array.from({ length: sessions }, (_, index) => {
  const random = seededRandom(`${seed} key ${index}`);
  return Uint8Array.from({ length: KEY_BYTES }, () => random(256));
});

// --- A session -----------------------------------------------------------------------------------

const PREFIX_LENGTH = 4;

/** One try at a part: what arrives at the program, and the keystrokes for it. */
function typePart({ method, isChecked }, paper, copyist, random) {
  const units = readUnits(paper, copyist, method.misread, random);
  if (!isChecked) {
    const text = typeText(units.join(method.separator), copyist, method.isMixed, random);
    return { text, keystrokes: text.length };
  }
  let keystrokes = 0;
  const words = units.map((unit) => {
    const type = () => {
      const word = typeText(unit.slice(0, PREFIX_LENGTH), copyist, false, random);
      keystrokes += word.length + 1;
      return word;
    };
    const word = type();
    return unit === "?" || method.wordOf(word) !== null ? word : type();
  });
  return { text: words.join(" "), keystrokes };
}

function outcomeOf(readings, key) {
  if (readings.includes(null)) return "refused";
  return Buffer.concat(readings).equals(key) ? "right" : "WRONG";
}

/** A key typed back part by part; the parts that are refused are typed once more. */
function runSession(entry, parts, key, copyist, random) {
  const { method } = entry;
  let keystrokes = 0;
  const papers = parts.map((units) => creased(units, copyist, random));
  const readPart = (part) => {
    const typed = typePart(entry, papers[part], copyist, random);
    keystrokes += typed.keystrokes;
    return method.read(typed.text, part);
  };
  const readings = papers.map((_, part) => readPart(part));
  const first = outcomeOf(readings, key);
  const again = readings.map((reading, part) => reading ?? readPart(part));
  return { first, again: outcomeOf(again, key), keystrokes };
}

/** The same at keysheet's own screen: the keys until it ends, and once more where that was not enough. */
async function runScreenSession({ method }, [words], key, copyist, random) {
  const rows = rowsOnPaper(creased(words, copyist, random), words.map(method.symbolOf));
  let keystrokes = 0;
  const readAtScreen = async () => {
    const typed = await typeAtScreen(rows, copyist, method.misread, random);
    keystrokes += typed.keystrokes;
    return restoreCarriers(typed.carriers);
  };
  const reading = await readAtScreen();
  const again = reading ?? (await readAtScreen());
  return { first: outcomeOf([reading], key), again: outcomeOf([again], key), keystrokes };
}

const WHOLE = "whole words";
const FOUR = "four letters, checked";
const SCREEN = "on its screen";
const entries = [
  { method: keysheet, how: WHOLE, isChecked: false },
  { method: keysheet, how: FOUR, isChecked: true },
  { method: keysheet, how: SCREEN, isChecked: true },
  { method: bip39Phrases, how: WHOLE, isChecked: false },
  { method: bip39Phrases, how: FOUR, isChecked: true },
  { method: slip39Share, how: WHOLE, isChecked: false },
  { method: slip39Share, how: FOUR, isChecked: true },
  { method: base64, how: "characters", isChecked: false },
  { method: hex, how: "characters", isChecked: false },
];

/** How many sessions ended in each way, and the mean keystrokes. */
async function runEntry(entry, name, copyist) {
  const first = { right: 0, refused: 0, WRONG: 0 };
  const again = { right: 0, refused: 0, WRONG: 0 };
  let keystrokes = 0;
  const run = entry.how === SCREEN ? runScreenSession : runSession;
  for (const [index, key] of keys.entries()) {
    const random = seededRandom(`${seed} ${name} ${entry.method.name} ${entry.how} ${index}`);
    const result = await run(entry, partsOf(entry.method, index), key, copyist, random);
    first[result.first] += 1;
    again[result.again] += 1;
    keystrokes += result.keystrokes;
  }
  return { first, again, keystrokes: keystrokes / sessions };
}

const partsKept = new Map();

/** The parts of a method for a key, which are the same for every copyist. */
function partsOf(method, index) {
  const kept = partsKept.get(method) ?? [];
  partsKept.set(method, kept);
  return (kept[index] ??= method.parts(keys[index]));
}

// --- Keystrokes without an error -----------------------------------------------------------------

/** Letters after which a word is the only one left, and whether a space must end it. */
function untilUnique(word, list) {
  for (let length = 1; length <= word.length; length++) {
    const begun = list.filter((other) => other.startsWith(word.slice(0, length)));
    if (begun.length === 1) return { letters: length, needsSpace: false };
  }
  return { letters: word.length, needsSpace: true };
}

/** For each word of a list the keystrokes that it takes, by way of typing. */
function wordCosts(list) {
  return new Map(
    list.map((word) => {
      const { letters, needsSpace } = untilUnique(word, list);
      const whole = word.length + 1;
      const four = Math.min(word.length, PREFIX_LENGTH) + 1;
      return [word, { whole, four, spaced: letters + 1, bare: letters + (needsSpace ? 1 : 0) }];
    }),
  );
}

const WAYS = ["whole", "four", "spaced", "bare"];

function costRow(name, method, count) {
  const costs = wordCosts(method.list);
  const sums = keys.map((_, index) => {
    const words = partsOf(method, index).flat().slice(0, count);
    return WAYS.map((way) => words.reduce((sum, word) => sum + costs.get(word)[way], 0));
  });
  const cells = WAYS.map((_, way) => {
    const all = sums.map((sum) => sum[way]);
    const mean = all.reduce((total, sum) => total + sum, 0) / all.length;
    return `${mean.toFixed(0)} (${Math.max(...all)})`;
  });
  return [name, ...cells];
}

// --- The tables ----------------------------------------------------------------------------------

function print(text) {
  process.stdout.write(`${text}\n`);
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  for (const cells of rows) {
    const padded = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
    );
    print(padded.join("  "));
  }
  print("");
}

function percent(count) {
  return `${((100 * count) / sessions).toFixed(1)} %`;
}

function outcomeCells({ right, refused, WRONG }) {
  return [percent(right), percent(refused), percent(WRONG)];
}

print(`A Kraken key of ${KEY_BYTES} bytes typed back from paper: ${sessions} sessions each, seed "${seed}".
`);
print("Keystrokes where nothing goes wrong: the mean over the keys, and the most\n");
printTable([
  ["", "whole words", "four letters", "until unique, space", "until unique"],
  costRow("keysheet, 102 words", keysheet, 102),
  costRow("keysheet, its first 84", keysheet, 84),
  costRow("BIP39, 84 words", bip39Phrases, 84),
  costRow("SLIP-39, 92 words", slip39Share, 92),
]);
print(`base64: 144 characters; hexadecimal: ${2 * KEY_BYTES}.`);
const enough = keys.filter((key, index) => {
  const words = partsOf(keysheet, index)[0].slice(0, 84);
  return restoreTyped(words.join(" "))?.equals(key) ?? false;
});
print(`The first 84 words alone gave the right key in ${enough.length} of ${sessions}.
`);

for (const [name, copyist] of Object.entries(COPYISTS)) {
  const rate = (100 * copyist.keystrokeErrors).toFixed(2);
  print(`${name}: ${rate} % of keystrokes wrong${copyist.misread > 0 ? ", and tired eyes" : ""}\n`);
  const rows = [];
  for (const entry of entries) {
    const { first, again, keystrokes } = await runEntry(entry, name, copyist);
    const cells = [...outcomeCells(first), ...outcomeCells(again), keystrokes.toFixed(0)];
    rows.push([`${entry.method.name}, ${entry.how}`, ...cells]);
  }
  const outcomes = ["right", "refused", "WRONG"];
  printTable([["", ...outcomes, ...outcomes.map((name) => `then ${name}`), "keystrokes"], ...rows]);
}

print(`right, refused, WRONG   what one typing gave: the very key, a plain no, or another key
then ...                after what was refused was typed once more: a whole part, which is a
                        phrase of BIP39, the public or the private part, or all there is
keystrokes              characters typed, both times together, spaces too

What is assumed:
- Every method has the same copyists: test/copyist.mjs has their rates and where they are from.
  Of the errors 35 % hit the key beside, 20 % leave one out, 15 % swap two, 12 % double one,
  10 % hit a key besides, 8 % hit any other.
- Tired eyes: of words, or of groups of four characters where there are none, 2 in 102 are taken
  for one that looks alike, 2 swapped, 1 left out, and 3 cannot be read on the paper at all.
- base64: pressing or leaving Shift goes wrong as often as a key, and so does reading O 0 or
  I l 1. Shift is not counted as a keystroke. Its length and alphabet are checked, nothing else.
- "whole words": typed as one text, without rows and without anything shown meanwhile.
- "four letters, checked": the first four letters of each word, and a program that says at once
  when that is no word of its list; the word is then typed once more. Spaces never fail here.
- "on its screen": the first four letters of each word and the two letters behind each row, key by
  key into the screen of \`keysheet restore\`. What it marks as no word is typed once more, and so is,
  by its number, a row of which it says that its letters differ or that it has not six words. Words
  are swapped within a row. It ends by itself when the key is confirmed.
- "until unique": the program goes on as soon as one word only is left; a word that begins another
  needs a space. "space": one ends every word all the same.
- BIP39: three phrases of 24 words and one of 12, whose last 6 bytes must be zero. SLIP-39: one
  share, 1 of 1. Both find errors and mend none; nobody searches for a word that cannot be read.
- keysheet's first 84 words carry the key and its check. With them alone nothing can be mended.`);
