// How many typed sheets come back whole, by kind of mistake, how long that takes, and how many checks
// stood between the mistakes and a wrong key.
//
//     npm run bench:repair                1,000 sessions a kind and 10,000,000 straight decodes
//     npm run bench:repair -- --sessions N --decodes N --seed TEXT --kinds "very-tired skip-3"
import { parseArgs } from "node:util";
import { backup } from "../../dist/core/backup.js";
import { areEqualBytes } from "../../dist/core/bytes.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { parseLines } from "../../dist/core/words/parse-words.js";
import { repairWords } from "../../dist/core/words/repair/repair-words.js";
import { ENGLISH, listWords } from "../../dist/core/words/word-lists.js";
import { decodeWords } from "../../dist/core/words/words.js";
import { seededRandom } from "../seeded-random.mjs";
import { sessionKinds, sessionText } from "../typist.mjs";

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "1000" },
    seed: { type: "string", default: "repair" },
    kinds: { type: "string" },
    decodes: { type: "string", default: "10000000" },
  },
});
const sessions = Number(values.sessions);
const WORDS = listWords(ENGLISH);
const KINDS = { ...sessionKinds(WORDS), hopeless: (words, random) => [otherWords(words, random)] };

/** Words of no sheet at all. */
function otherWords(words, random) {
  return words.map(() => WORDS[random(WORDS.length)]);
}

function sheetOf(random) {
  const bytes = (length) =>
    Buffer.from(Array.from({ length }, () => random(256))).toString("base64");
  const key = parseKeyFile(`${bytes(42)}\n${bytes(64)}`, "key");
  const { payload, wordIndices } = backup({ ...key, day: 2518 }, "standard");
  return { payload, words: Array.from(wordIndices, (index) => WORDS[index]) };
}

/** Of what cannot come back a tenth is enough: each takes all the time that there is. */
function sessionsOf(kind) {
  return kind === "hopeless" ? Math.ceil(sessions / 10) : sessions;
}

function runKind(kind, layout) {
  const result = {
    sessions: sessionsOf(kind),
    right: 0,
    wrong: 0,
    tried: 0,
    checked: 0,
    times: [],
  };
  for (let session = 0; session < result.sessions; session++) {
    const random = seededRandom(`${values.seed} ${kind} ${layout} ${session}`);
    const { payload, words } = sheetOf(random);
    const text = sessionText(KINDS[kind](words, random), layout);
    const begun = performance.now();
    const { repair, tried, checked } = repairWords(parseLines(text));
    result.times.push(performance.now() - begun);
    result.tried += tried;
    result.checked += checked;
    if (repair === null) continue;
    if (areEqualBytes(repair.payload, payload)) result.right += 1;
    else result.wrong += 1;
  }
  result.times.sort((a, b) => a - b);
  return result;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

const LAYOUTS = ["rows", "flat"];
const cells = (result) => [
  `${((100 * result.right) / result.sessions).toFixed(1)} %`,
  `${result.times[result.sessions >> 1].toFixed(0)} ms`,
  `${result.times.at(-1).toFixed(0)} ms`,
];
const total = { sessions: 0, wrong: 0, tried: 0, checked: 0 };
print(`${sessions} sessions a kind, seed "${values.seed}"; restored, median and longest time\n`);
print(`${"".padEnd(26)}${"a line a row".padEnd(28)}one line`);
// What is fast only after its first calls is so for nobody who types once: nothing is warmed up.
for (const kind of values.kinds?.split(" ") ?? Object.keys(KINDS)) {
  const results = LAYOUTS.map((layout) => runKind(kind, layout));
  for (const result of results) {
    for (const key of ["sessions", "wrong", "tried", "checked"]) total[key] += result[key];
  }
  const line = results.flatMap((result) =>
    cells(result)
      .map((cell) => cell.padStart(9))
      .join(""),
  );
  print(`${kind.padEnd(24)}${line.join(" ")}`);
}
print(
  `\nwrong keys: ${total.wrong} in ${total.sessions} sessions, ${total.tried} layouts decoded, ` +
    `${total.checked} codewords checked`,
);

// --- Straight decodes ----------------------------------------------------------------------------

/** A list of words as it stands, hostile in one of three ways. */
function hostileList(sheet, count, random) {
  switch (count % 3) {
    case 0:
      return sheet.map(() => random(2048));
    case 1:
      return sheet.map((word, index) => (index % 3 === 0 ? random(2048) : word));
    default:
      return sheet.map((word, index) => (random(2) === 0 ? word : sheet[(index * 7 + 5) % 102]));
  }
}

const decodes = Number(values.decodes);
const random = seededRandom(`${values.seed} straight`);
const sheet = sheetOf(random).words.map((word) => WORDS.indexOf(word));
let answers = 0;
// The generator is slower than the decoder: after a thousand lists only one word changes each time.
const lists = Array.from({ length: Math.min(decodes, 1000) }, (_, count) =>
  hostileList(sheet, count, random),
);
for (let count = 0; count < decodes; count++) {
  const list = lists[count % lists.length];
  list[count % 102] = (list[count % 102] * 5 + count) % 2048;
  answers += decodeWords(list, 0).length;
}
print(`straight decodes of hostile lists: ${decodes}, answers: ${answers}`);
