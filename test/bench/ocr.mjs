// @ts-check
// How many simulated photographs of sheets give the key back, with words where the code is not enough.
// Prints what was read, wrong keys, and the time on the processor, which other work does not change.
//
//     npm run bench:ocr                                   all, 200 a tier: a day
//     npm run bench:ocr -- --count 40 --set words --tier normal
//     npm run bench:ocr -- --set words --nearest 1.6      from as far as codes are read from
//
// Sets: `words`, the code blotted out; `both`, the code soiled as the tier says; `halves`, a photograph
// of half of the words, the code torn off with the rest, and the other half typed; `card`, `large` and
// `spanish`, `french`, `italian`, `czech`, `portuguese`, as `words`, of sheets that are printed so.
import { readSheetFile } from "../../dist/adapters/node/sheet-file.js";
import { areEqualBytes } from "../../dist/core/bytes.js";
import { readCarriers } from "../../dist/core/restore/read-carriers.js";
import { parseLines } from "../../dist/core/words/parse-words.js";
import { ENGLISH, PRINTED_LISTS } from "../../dist/core/words/word-lists.js";
import { photograph } from "../camera/camera.mjs";
import { halfOf, printedSheet, withoutCode } from "../camera/printed-sheet.mjs";
import { NEAREST, sceneOf, soiled } from "../camera/tiers.mjs";

/**
 * @typedef {import("../camera/camera.mjs").Raster} Raster
 * @typedef {import("../camera/printed-sheet.mjs").PrintedSheet} PrintedSheet
 * @typedef {import("../camera/tiers.mjs").Tier} Tier
 */

/** @param {string} name */
function option(name) {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

const count = Number(option("count") ?? 200);
const nearest = option("nearest");

/** @typedef {NonNullable<Parameters<typeof printedSheet>[1]>} Print */

/** @type {Record<string, { tiers: readonly Tier[], nearest: number, print?: Print, soil: (sheet: PrintedSheet, tier: Tier, seed: string) => { page: Raster, typed: string } }>} */
const SETS = {
  words: wordsOf({}, ["easy", "normal", "hard"]),
  card: wordsOf({ template: "card" }),
  large: wordsOf({ template: "large" }),
  ...Object.fromEntries(
    [...PRINTED_LISTS.keys()]
      .filter((language) => language !== ENGLISH.name)
      .map((language) => [language, wordsOf({ language })]),
  ),
  both: {
    tiers: ["normal", "hard"],
    nearest: NEAREST.code,
    soil: (sheet, tier, seed) => ({
      page: soiled(tier, sheet.page, sheet.dpi, sheet.code, seed),
      typed: "",
    }),
  },
  halves: {
    tiers: ["easy"],
    nearest: NEAREST.words,
    soil: (sheet, _tier, seed) => halfOf(sheet, seed),
  },
};

for (const [name, set] of Object.entries(SETS)) {
  if ((option("set") ?? name) !== name) continue;
  for (const tier of set.tiers.filter((each) => (option("tier") ?? each) === each)) {
    await run(name, tier, set);
  }
}

/**
 * @param {Print} print
 * @param {readonly Tier[]} [tiers]
 * @returns {typeof SETS[string]}
 */
function wordsOf(print, tiers = ["easy", "normal"]) {
  return {
    tiers,
    nearest: NEAREST.words,
    print,
    soil: (sheet) => ({
      // The code of the large sheet is on a page of its own.
      page: print.template === "large" ? sheet.page : withoutCode(sheet),
      typed: "",
    }),
  };
}

/**
 * @param {string} name
 * @param {Tier} tier
 * @param {typeof SETS[string]} set
 */
async function run(name, tier, set) {
  let [read, wrong] = [0, 0];
  /** @type {number[]} */
  const times = [];
  /** @type {string[]} */
  const missed = [];
  for (let index = 0; index < count; index++) {
    const seed = `ocr ${tier} ${String(index)}`;
    const sheet = await printedSheet(seed, set.print);
    const scene = sceneOf(tier, sheet.moduleMm, sheet.code, seed, Number(nearest ?? set.nearest));
    const { page, typed } = set.soil(sheet, tier, seed);
    const jpeg = await photograph(page, sheet.dpi, sheet.code, scene, seed);
    const started = process.cpuUsage();
    const { carriers } = await readSheetFile(jpeg, "photo.jpg");
    const words = {
      kind: /** @type {const} */ ("words"),
      source: "typed",
      lines: parseLines(typed),
    };
    const { sheets } = readCarriers(typed === "" ? carriers : [...carriers, words]);
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1000);
    if (sheets.some(({ payload }) => !areEqualBytes(payload, sheet.payload))) wrong += 1;
    else if (sheets.length === 1) read += 1;
    else missed.push(String(index));
  }
  times.sort((a, b) => a - b);
  const [median, most] = [times[Math.floor(count / 2)] ?? 0, times.at(-1) ?? 0];
  process.stdout.write(
    `${name}, ${tier}: ${String(read)} of ${String(count)} read, ${String(wrong)} wrong keys, ` +
      `median ${(median / 1000).toFixed(1)} s, at most ${(most / 1000).toFixed(1)} s` +
      `${missed.length === 0 ? "" : `; not read: ${missed.join(" ")}`}\n`,
  );
}
