// How many typed sheets come back whole, by kind of mistake, how long that takes, and how many checks
// stood between the mistakes and a wrong key.
//
//     npm run bench:repair                          1,000 sessions a kind
//     npm run bench:repair -- --sessions N --seed TEXT --kinds "very-tired skip-3"
import { parseArgs } from "node:util";
import { backup } from "../../dist/core/backup.js";
import { areEqualBytes } from "../../dist/core/bytes.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { parseLines } from "../../dist/core/words/parse-words.js";
import { FULL_LIMIT, repairWords } from "../../dist/core/words/repair/repair-words.js";
import { ENGLISH, listWords } from "../../dist/core/words/word-lists.js";
import { seededRandom } from "../seeded-random.mjs";
import { sessionKinds, sessionText } from "../typist.mjs";

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "1000" },
    seed: { type: "string", default: "repair" },
    kinds: { type: "string" },
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

function runKind(kind, layout) {
  const result = { right: 0, wrong: 0, tried: 0, checked: 0, times: [] };
  for (let session = 0; session < sessions; session++) {
    const random = seededRandom(`${values.seed} ${kind} ${layout} ${session}`);
    const { payload, words } = sheetOf(random);
    const text = sessionText(KINDS[kind](words, random), layout);
    const begun = performance.now();
    const { repair, tried, checked } = repairWords(parseLines(text), { limit: FULL_LIMIT });
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

const LAYOUTS = ["rows", "flat"];
const cells = (result) => [
  `${((100 * result.right) / sessions).toFixed(1)} %`,
  `${result.times[sessions >> 1].toFixed(0)} ms`,
  `${result.times.at(-1).toFixed(0)} ms`,
];
const total = { sessions: 0, wrong: 0, tried: 0, checked: 0 };
console.log(
  `${sessions} sessions a kind, seed "${values.seed}"; restored, median and longest time\n`,
);
console.log(`${"".padEnd(26)}${"a line a row".padEnd(28)}one line`);
// What is fast only after its first calls is so for nobody who types once: nothing is warmed up.
for (const kind of values.kinds?.split(" ") ?? Object.keys(KINDS)) {
  const results = LAYOUTS.map((layout) => runKind(kind, layout));
  for (const result of results) {
    total.sessions += sessions;
    for (const key of ["wrong", "tried", "checked"]) total[key] += result[key];
  }
  const line = results.flatMap((result) =>
    cells(result)
      .map((cell) => cell.padStart(9))
      .join(""),
  );
  console.log(`${kind.padEnd(24)}${line.join(" ")}`);
}
console.log(
  `\nwrong keys: ${total.wrong} in ${total.sessions} sessions, ${total.tried} layouts decoded, ` +
    `${total.checked} codewords checked`,
);
