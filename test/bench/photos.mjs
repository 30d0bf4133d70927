// What is read of photographs, beside other decoders on the same files in the same run: real ones, a
// simulated camera before our own sheets, and pictures without a code.
//
//     npm run bench:photos                              all, 200 a tier: an hour
//     npm run bench:photos -- --count 20 --set hard     one of real, blank, easy, normal, hard, torn, clean, limits
//                                                       and, as normal: copied (a photocopy of a photocopy),
//                                                       holes, faded (toner), fine (printed at 600 dpi)
//     npm run bench:photos -- --photos FOLDER           real ones of a folder with an index.json
//     npm run bench:photos -- --ours                    without the others, and without clean
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { NODE_PORTS } from "../../dist/adapters/node/reading-ports.js";
import { readOpenPicture } from "../../dist/reading/picture-codes.js";
import { readQrTexts } from "../../dist/core/qr/qr-text.js";
import { blankPictures } from "../camera/blank-pictures.mjs";
import { photograph } from "../camera/camera.mjs";
import { otherDecoders } from "../camera/decoders.mjs";
import { printedSheet } from "../camera/printed-sheet.mjs";
import { sceneOf, soiled, torn } from "../camera/tiers.mjs";
import { faded, photocopied, punched } from "../camera/wear.mjs";
import { limits } from "./photo-limits.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const count = Number(option("count", "200"));
const only = option("set", null);
const given = path.join(root, "../shared/photos");
const folder = option(
  "photos",
  existsSync(given) ? given : path.join(root, "fixtures/photos/real"),
);
const PAGE_DPI = 300;
const FINE_DPI = 600;
const HOLES = 3;
const SHEETS = 20;
const BLANKS = 40;
const TORN_PART = 0.45;
const CLEAN_RUNS = 15;

const isOursOnly = process.argv.includes("--ours");
const others = isOursOnly ? {} : await otherDecoders();
const decoders = { keysheet: readCodes, ...others };
let isMissed = false;

async function readCodes(bytes) {
  const [picture] = await NODE_PORTS.openPictures(bytes, "photo");
  return (await readOpenPicture(picture, NODE_PORTS, "any")).texts;
}

/** White space is told apart by no two decoders alike. */
const folded = (text) => text.replace(/\s+/g, " ").trim();

function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function print(title, total, tallies, union) {
  process.stdout.write(`\n${title}: ${String(total)}\n`);
  for (const [name, { read, wrong, times }] of Object.entries(tallies)) {
    const cells = [
      name.padEnd(12),
      `read ${String(read).padStart(4)}`,
      `wrong ${String(wrong).padStart(3)}`,
      `median ${percentile(times, 0.5).toFixed(0).padStart(5)} ms`,
      `p95 ${percentile(times, 0.95).toFixed(0).padStart(6)} ms`,
    ];
    process.stdout.write(`  ${cells.join("   ")}\n`);
  }
  if (union !== undefined && !isOursOnly)
    process.stdout.write(`  all others together read ${String(union)}\n`);
}

function expect(what, isMet) {
  process.stdout.write(`  ${isMet ? "met" : "MISSED"}: ${what}\n`);
  isMissed ||= !isMet;
}

async function timed(decoder, bytes) {
  const started = performance.now();
  let texts = [];
  try {
    texts = await decoder(bytes);
  } catch {
    texts = [];
  }
  return { texts, ms: performance.now() - started };
}

const emptyTallies = () =>
  Object.fromEntries(Object.keys(decoders).map((name) => [name, { read: 0, wrong: 0, times: [] }]));

async function real() {
  const index = JSON.parse(readFileSync(path.join(folder, "index.json"), "utf8"));
  const all = emptyTallies();
  const categories = new Map();
  let union = 0;
  let beyond = 0;
  for (const { file, category, text } of index) {
    const bytes = readFileSync(path.join(folder, file));
    const ofCategory = categories.get(category) ?? { total: 0, tallies: emptyTallies() };
    categories.set(category, ofCategory);
    ofCategory.total++;
    const found = {};
    for (const [name, decoder] of Object.entries(decoders)) {
      found[name] = await timed(decoder, bytes);
    }
    // Without a text in the source any that decoders agree on counts.
    const known = text === null || text === "" ? null : folded(text);
    const isRight = (texts) =>
      known === null ? texts.length > 0 : texts.some((one) => folded(one) === known);
    for (const [name, { texts, ms }] of Object.entries(found)) {
      for (const tally of [all[name], ofCategory.tallies[name]]) {
        tally.times.push(ms);
        if (isRight(texts)) tally.read++;
        else if (texts.length > 0) tally.wrong++;
      }
    }
    const isReadByOthers = Object.keys(others).some((name) => isRight(found[name].texts));
    if (isReadByOthers) union++;
    else if (isRight(found.keysheet.texts)) beyond++;
  }
  for (const [category, { total, tallies }] of categories) print(category, total, tallies);
  print("real photographs", index.length, all, union);
  if (!isOursOnly) {
    expect(
      `as many as all others together: ${String(all.keysheet.read)}`,
      all.keysheet.read >= union,
    );
    expect(`4 that no other reads: ${String(beyond)}`, beyond >= 4 || index.length < 200);
  }
  expect("no wrong text", all.keysheet.wrong === 0);
}

async function blank() {
  const tallies = emptyTallies();
  for await (const { bytes } of blankPictures(BLANKS)) {
    for (const [name, decoder] of Object.entries(decoders)) {
      const { texts, ms } = await timed(decoder, bytes);
      tallies[name].times.push(ms);
      if (texts.length > 0) tallies[name].wrong++;
    }
  }
  print("pictures without a code", BLANKS, tallies);
  expect("no text", tallies.keysheet.wrong === 0);
}

const sheets = new Map();

async function sheetOf(number, dpi = PAGE_DPI) {
  const seed = `sheet ${String(number % SHEETS)}`;
  const key = `${seed} ${String(dpi)}`;
  const known = sheets.get(key) ?? (await printedSheet(seed, { dpi }));
  sheets.set(key, known);
  return known;
}

/** `spoil` makes of a sheet the page that is photographed. */
async function tier(name, limit, kind, spoil, pageDpi = PAGE_DPI) {
  const tallies = emptyTallies();
  for (let number = 0; number < count; number++) {
    const seed = `${name} ${String(number)}`;
    const { page, code, moduleMm, payload } = await sheetOf(number, pageDpi);
    const scene = sceneOf(kind, moduleMm, code, seed);
    const spoilt = await spoil(page, code, seed);
    const bytes = await photograph(spoilt, pageDpi, code, scene, seed);
    const wanted = Buffer.from(payload).toString("hex");
    for (const [decoder, decode] of Object.entries(decoders)) {
      const { texts, ms } = await timed(decode, bytes);
      tallies[decoder].times.push(ms);
      const { payloads } = readQrTexts(texts.map((text) => ({ source: "", text })));
      const isRight = payloads.some(
        ({ payload }) => Buffer.from(payload).toString("hex") === wanted,
      );
      if (isRight) tallies[decoder].read++;
      else if (payloads.length > 0) tallies[decoder].wrong++;
    }
  }
  print(`our sheets, ${name}, code only`, count, tallies);
  const { read, wrong } = tallies.keysheet;
  expect(
    `${String(limit)} % of ${name}: ${String((100 * read) / count)} %`,
    read >= (limit / 100) * count,
  );
  expect("no wrong key", wrong === 0);
}

/** A picture of 12 megapixels of a flat sheet in good light. */
async function clean() {
  const { page, code, moduleMm } = await sheetOf(0);
  const scene = {
    ...sceneOf("easy", moduleMm, code, "clean"),
    pixelsPerMm: 12.5,
    tiltDegrees: 3,
    turnDegrees: 2,
  };
  const bytes = await sharp(await photograph(page, PAGE_DPI, code, scene, "clean"))
    .resize(3024, 4032, { fit: "fill" })
    .jpeg({ quality: 90 })
    .toBuffer();
  const times = { keysheet: [], "zxing-wasm": [] };
  for (let run = 0; run < CLEAN_RUNS; run++) {
    for (const [name, list] of Object.entries(times)) {
      const { texts, ms } = await timed(decoders[name], bytes);
      if (texts.length === 0) throw new Error(`${name} does not read the clean photograph`);
      list.push(ms);
    }
  }
  const [ours, theirs] = [percentile(times.keysheet, 0.5), percentile(times["zxing-wasm"], 0.5)];
  process.stdout.write(
    `\na clean photograph of 12 megapixels, loading included: keysheet ${ours.toFixed(0)} ms, zxing-wasm ${theirs.toFixed(0)} ms\n`,
  );
  expect(`at most 1.2 x zxing-wasm: ${(ours / theirs).toFixed(2)} x`, ours <= 1.2 * theirs);
}

const soil = (kind) => (page, code, seed) => soiled(kind, page, PAGE_DPI, code, seed);

const SETS = {
  real,
  blank,
  easy: () => tier("easy", 100, "easy", soil("easy")),
  normal: () => tier("normal", 99.5, "normal", soil("normal")),
  hard: () => tier("hard", 95, "hard", soil("hard")),
  torn: () =>
    tier("torn", 90, "easy", (page, code, seed) => torn(page, PAGE_DPI, code, TORN_PART, seed)),
  copied: () =>
    tier("copied", 99.5, "normal", (page, _code, seed) => photocopied(page, PAGE_DPI, 2, seed)),
  holes: () =>
    tier("holes", 99.5, "normal", (page, code, seed) => punched(page, PAGE_DPI, code, HOLES, seed)),
  faded: () => tier("faded", 99.5, "normal", (page, _code, seed) => faded(page, PAGE_DPI, seed)),
  fine: () => tier("fine", 99.5, "normal", (page) => page, FINE_DPI),
  // A comparison of times with one of the others.
  ...(isOursOnly ? {} : { clean }),
  limits: () => limits(expect),
};
for (const [name, run] of Object.entries(SETS)) if (only === null || only === name) await run();
process.exitCode = isMissed ? 1 : 0;
