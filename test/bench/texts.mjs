// How long texts take to be restored or refused, beside another build of keysheet, on the same texts in
// one run: every kind of mistake, and texts of no sheet.
//
//     npm run bench:texts -- --beside /path/to/other/keysheet
//     npm run bench:texts -- --beside DIR --sessions N --seed TEXT --kinds "very-tired skip-3"
import path from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { ENGLISH, listWords } from "../../dist/core/words/word-lists.js";
import { seededRandom } from "../seeded-random.mjs";
import { sessionKinds, sessionText } from "../typist.mjs";
import { keysheet, KEY_BYTES } from "./methods.mjs";

const { values } = parseArgs({
  options: {
    beside: { type: "string" },
    sessions: { type: "string", default: "40" },
    seed: { type: "string", default: "texts" },
    kinds: { type: "string" },
  },
});
const OURS = path.resolve(import.meta.dirname, "../..");
const roots = [OURS, ...(values.beside === undefined ? [] : [path.resolve(values.beside)])];
const builds = await Promise.all(roots.map(build));
const WORDS = listWords(ENGLISH);

async function build(root) {
  const library = path.join(root, "dist/index.js");
  const { parseLines, restore } = await import(pathToFileURL(library).href);
  return {
    read: (text) => restore([{ kind: "words", source: "text", lines: parseLines(text) }]),
  };
}

// --- Texts ---------------------------------------------------------------------------------------

/** Texts of no sheet; the words of a list are the worst of them, since each may be right. */
const OTHERS = {
  "words of no sheet": (random) =>
    Array.from({ length: 102 }, () => WORDS[random(WORDS.length)]).join(" "),
  "600 words of no sheet": (random) =>
    Array.from({ length: 600 }, () => WORDS[random(WORDS.length)]).join(" "),
  "2,000 single letters": (random) =>
    Array.from({ length: 2000 }, () => String.fromCharCode(97 + random(26))).join(" "),
  "300 words, half of them of the list": (random) =>
    Array.from({ length: 300 }, () => {
      const word = WORDS[random(WORDS.length)];
      return random(2) === 0 ? word : [...word].reverse().join("");
    }).join(" "),
};

function sheetWords(random) {
  const key = Uint8Array.from({ length: KEY_BYTES }, () => random(256));
  return keysheet.parts(key)[0];
}

function* sheetTexts(count) {
  const kinds = sessionKinds(WORDS);
  for (const kind of values.kinds?.split(" ") ?? Object.keys(kinds)) {
    for (const layout of ["rows", "flat"]) {
      const name = `${kind}, ${layout}`;
      const texts = Array.from({ length: count }, (_, session) => {
        const random = seededRandom(`${values.seed} ${name} ${session}`);
        return sessionText(kinds[kind](sheetWords(random), random), layout);
      });
      yield [name, texts];
    }
  }
}

function* otherTexts(count) {
  for (const [kind, textOf] of Object.entries(OTHERS)) {
    const texts = Array.from({ length: Math.ceil(count / 20) }, (_, session) =>
      textOf(seededRandom(`${values.seed} ${kind} ${session}`)),
    );
    yield [kind, texts];
  }
}

// --- Times ---------------------------------------------------------------------------------------

/** In milliseconds of the processor, which does not depend on what else runs. */
function timed(work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** What each build makes of texts; which one comes first changes with each text. */
function runsOf(texts, readers) {
  return texts.map((text, turn) => {
    const order = turn % 2 === 0 ? [...readers.keys()] : [...readers.keys()].reverse();
    const run = [];
    for (const index of order) {
      const { result, ms } = timed(() => readers[index].read(text));
      run[index] = { isRestored: result.status === "confirmed", ms };
    }
    return run;
  });
}

function printLine([name, ...cells]) {
  process.stdout.write(`${name.padEnd(40)}${cells.map((cell) => cell.padStart(16)).join("")}\n`);
}

/** Times are those of the texts that every build restores; of all texts where there is none. */
function printRow(name, runs) {
  const [first = []] = runs;
  const counts = first.map((_, index) => runs.filter((run) => run[index].isRestored).length);
  const byAll = runs.filter((run) => run.every(({ isRestored }) => isRestored));
  const compared = byAll.length > 0 ? byAll : runs;
  const times = first.map((_, index) => median(compared.map((run) => run[index].ms)));
  const ratio = times.length > 1 ? [(times[0] / times[1]).toFixed(2)] : [];
  const restored = counts.map((count) => `${count} of ${runs.length}`);
  printLine([name, ...restored, ...times.map((ms) => `${ms.toFixed(1)} ms`), ...ratio]);
}

const sessions = Number(values.sessions);
const names = builds.length === 1 ? ["this build"] : ["this build", "the other"];
printLine(["", ...names, ...names, ...(builds.length > 1 ? ["ratio"] : [])]);
const all = [];
for (const [kind, some] of sheetTexts(sessions)) {
  const runs = runsOf(some, builds);
  printRow(kind, runs);
  all.push(...runs);
}
printRow("all that every build restores", all);
const refusals = all.flatMap(([run]) => (run.isRestored ? [] : [run.ms]));
// Another build may not come to an end with these.
for (const [kind, some] of otherTexts(sessions)) {
  const runs = runsOf(some, builds.slice(0, 1));
  printRow(kind, runs);
  refusals.push(...runs.map(([{ ms }]) => ms));
}
printLine(["the slowest no of this build", "", `${Math.max(0, ...refusals).toFixed(0)} ms`]);
