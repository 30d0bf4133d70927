// @ts-check
// How many simulated photographs of sheets, their code blotted out, give the key by their words alone.
// Prints what was read, wrong keys, and the time on the processor, which other work does not change.
//
//     npm run bench:ocr -- --count 40 --tier normal
import { loadPicture } from "../../dist/adapters/image.js";
import { readPictureWords } from "../../dist/adapters/picture-words.js";
import { areEqualBytes } from "../../dist/core/bytes.js";
import { readCarriers } from "../../dist/core/read-carriers.js";
import { photograph } from "../photos/camera.mjs";
import { printedSheet, withoutCode } from "../photos/printed-sheet.mjs";
import { sceneOf } from "../photos/tiers.mjs";

const TIERS = /** @type {const} */ (["easy", "normal", "hard"]);

/** @param {string} name */
function option(name) {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

const count = Number(option("count") ?? 20);
const tiers = TIERS.filter((tier) => (option("tier") ?? tier) === tier);
for (const tier of tiers) {
  let [read, wrong] = [0, 0];
  /** @type {number[]} */
  const times = [];
  for (let index = 0; index < count; index++) {
    const seed = `ocr ${tier} ${String(index)}`;
    const sheet = await printedSheet(seed);
    const scene = sceneOf(tier, sheet.moduleMm, sheet.code, seed);
    const jpeg = await photograph(withoutCode(sheet), sheet.dpi, sheet.code, scene, seed);
    const started = process.cpuUsage();
    const { carriers } = await readPictureWords(await loadPicture(jpeg, seed), seed);
    const { sheets } = readCarriers(carriers);
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1000);
    const payload = sheets[0]?.payload;
    if (payload === undefined) continue;
    if (areEqualBytes(payload, sheet.payload)) read += 1;
    else wrong += 1;
  }
  times.sort((a, b) => a - b);
  const [median, most] = [times[Math.floor(count / 2)] ?? 0, times.at(-1) ?? 0];
  process.stdout.write(
    `${tier}: ${String(read)} of ${String(count)} read, ${String(wrong)} wrong keys, ` +
      `median ${(median / 1000).toFixed(1)} s, at most ${(most / 1000).toFixed(1)} s\n`,
  );
}
