// The figures of README.md beside this file, measured in one run: decoding by words, the time
// of each command beside a bare node, the size of a sheet, and the least resolution of its code; then
// what a passphrase and shares cost (protect.mjs), and what typing a key back costs, at a small size
// (typing.mjs), and what is mended of it (repair.mjs).
//
//     npm run bench            full sizes, half an hour
//     npm run bench -- --quick a hundredth of the hostile lists, ten typed sheets a kind
//     npm run bench -- --against FOLDER
//                              nothing but the processes, beside another build in turn (against.mjs)
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { readCodes as readWithQr } from "../../dist/adapters/node/code-qr.js";
import { readCodes as readWithZxing } from "../../dist/adapters/node/code-zxing.js";
import { openPdf } from "../../dist/adapters/node/scan.js";
import { backup } from "../../dist/core/backup.js";
import { areEqualBytes } from "../../dist/core/bytes.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { restore } from "../../dist/core/restore/restore.js";
import { decodeWords } from "../../dist/core/words/words.js";
import { seededRandom } from "../seeded-random.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const isQuick = process.argv.includes("--quick");
const against = process.argv.indexOf("--against");
if (against > 0) {
  const { compareBuilds } = await import("./against.mjs");
  await compareBuilds(root, path.resolve(process.argv[against + 1] ?? ""));
  process.exit();
}
const KEY_FILE = path.join(root, "fixtures/keys/kraken-spot.key");
const PROGRAM = path.join(root, "dist/cli/main.js");
const rows = [];

function row(what, measured, limit, isMet) {
  rows.push([what, measured, limit, isMet ? "met" : "MISSED"]);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

// --- Words -------------------------------------------------------------------------------------

const record = { ...parseKeyFile(readFileSync(KEY_FILE, "utf8"), "key"), day: 2518 };
const made = backup(record, "standard");
const sheetWords = [...made.wordIndices];
const random = seededRandom("bench words");

/** A copy of the sheet's words with so many of them wrong and so many unreadable. */
function damagedWords(wrong, unreadable) {
  const words = [...sheetWords];
  const places = sheetWords.map((_, index) => index);
  for (let count = 0; count < wrong + unreadable; count++) {
    const [place] = places.splice(random(places.length), 1);
    words[place] = count < unreadable ? null : words[place] ^ (1 + random(2047));
  }
  return words;
}

function isRestored(readings) {
  return readings.length === 1 && areEqualBytes(readings[0].payload, made.payload);
}

const spare = made.shape.spare;
const within = [];
const beyond = [];
for (let wrong = 0; wrong <= spare; wrong++) {
  for (let unreadable = 0; unreadable <= spare + 1; unreadable++) {
    const cost = 2 * wrong + unreadable;
    if (cost <= spare) within.push([wrong, unreadable]);
    else if (cost <= spare + 6) beyond.push([wrong, unreadable]);
  }
}
const PATTERNS_EACH = isQuick ? 50 : 500;
const lists = within.flatMap(([wrong, unreadable]) =>
  Array.from({ length: PATTERNS_EACH }, () => damagedWords(wrong, unreadable)),
);
for (const words of lists.slice(0, 2000)) decodeWords(words, 0);
let started = performance.now();
const restored = lists.filter((words) => isRestored(decodeWords(words, 0))).length;
const decodeMs = (performance.now() - started) / lists.length;
row(
  `words: patterns with 2 x wrong + unreadable <= ${spare} restored, ${within.length} kinds`,
  `${restored} of ${lists.length}`,
  "all",
  restored === lists.length,
);
row("words: a decode, both levels", `${decodeMs.toFixed(3)} ms`, "<= 0.1 ms", decodeMs <= 0.1);
const beyondLists = beyond.flatMap(([wrong, unreadable]) =>
  Array.from({ length: PATTERNS_EACH / 5 }, () => damagedWords(wrong, unreadable)),
);
const answered = beyondLists.filter((words) => decodeWords(words, 0).length > 0).length;
row(
  "words: patterns beyond that answered",
  `${answered} of ${beyondLists.length}`,
  "none",
  answered === 0,
);

const HOSTILE = isQuick ? 10_000 : 1_000_000;
let wrongKeys = 0;
for (let count = 0; count < HOSTILE; count++) {
  // Random words, damage just beyond repair, and two sheets woven into each other.
  const kind = count % 3;
  const words =
    kind === 0
      ? sheetWords.map(() => random(2048))
      : kind === 1
        ? damagedWords(10 + random(20), random(9))
        : sheetWords.map((word, index) =>
            random(2) === 0 ? word : sheetWords[(index * 7 + 5) % 102],
          );
  for (const { payload } of decodeWords(words, 0)) {
    if (!areEqualBytes(payload, made.payload)) wrongKeys += 1;
  }
}
row(
  `words: wrong keys in ${HOSTILE.toLocaleString("en")} hostile lists`,
  String(wrongKeys),
  "0",
  wrongKeys === 0,
);

// --- Processes ---------------------------------------------------------------------------------

const folder = mkdtempSync(path.join(tmpdir(), "keysheet-bench-"));
let outCount = 0;
const newOut = () => path.join(folder, `sheet-${outCount++}.pdf`);

function runNode(args) {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder });
  if (status !== 0) throw new Error(`a command of the bench failed: ${stderr}`);
  return performance.now() - begun;
}

const first = newOut();
runNode([PROGRAM, "make", "--from", KEY_FILE, "--out", first, "--date", "2026-11-23"]);
const sheet = readFileSync(first);
const scan = await openPdf(sheet, "sheet");
async function page(dpi) {
  const { widthPx, heightPx, luma } = await scan.renderPage(0, dpi);
  return { widthPx, heightPx, luma };
}
const picture = path.join(folder, "page.png");
const at300 = await page(300);
await sharp(at300.luma, { raw: { width: at300.widthPx, height: at300.heightPx, channels: 1 } })
  .png()
  .toFile(picture);
writeFileSync(path.join(folder, "empty.mjs"), "");

const commands = {
  node: () => [path.join(folder, "empty.mjs")],
  help: () => [PROGRAM, "--help"],
  sheet: () => [path.join(root, "test/bench/sheet.mjs"), KEY_FILE],
  make: () => [PROGRAM, "make", "--from", KEY_FILE, "--out", newOut()],
  restore: () => [PROGRAM, "restore", picture],
};
const RUNS = isQuick ? 5 : 15;
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let run = 0; run <= RUNS; run++) {
  for (const [name, args] of Object.entries(commands)) {
    const ms = runNode(args());
    // The first round warms the disk's cache.
    if (run > 0) times[name].push(ms);
  }
}
const bare = median(times.node);
rows.push(["bare node", `${bare.toFixed(0)} ms`, "", ""]);
function processRow(what, name, limitMs) {
  const over = median(times[name].map((ms, index) => ms - times.node[index]));
  const ratio = (median(times[name]) / bare).toFixed(1);
  row(
    what,
    `node + ${over.toFixed(0)} ms (${ratio} x node)`,
    `<= node + ${limitMs} ms`,
    over <= limitMs,
  );
}
processRow("--help", "help", 15);
processRow("the sheet alone, cold", "sheet", 350);
processRow("make with its proof", "make", 900);
processRow("restore of a clean 300-dpi PNG", "restore", 300);

const warm = spawnSync(
  process.execPath,
  [path.join(root, "test/bench/sheet.mjs"), KEY_FILE, "--warm"],
  { encoding: "utf8" },
);
const warmMs = Number(warm.stdout);
row("the sheet alone, warm", `${warmMs.toFixed(0)} ms`, "<= 40 ms", warmMs <= 40);

// --- The sheet ---------------------------------------------------------------------------------

row("a sheet", `${(sheet.length / 1024).toFixed(1)} KB`, "<= 80 KB", sheet.length <= 80 * 1024);
for (const [reader, readCodes] of Object.entries({ zxing: readWithZxing, qr: readWithQr })) {
  let least = 300;
  for (const dpi of [150, 120, 100, 90, 80, 70, 60, 50, 45, 40]) {
    const texts = await readCodes(await page(dpi));
    const carriers = texts.map((text) => ({ kind: "code", source: "page", text }));
    if (restore(carriers).status !== "confirmed") break;
    least = dpi;
  }
  row(`its code decodes down to, ${reader}`, `${least} dpi`, "60 dpi", least <= 60);
}
scan.close();
rmSync(folder, { recursive: true });

// --- The table ---------------------------------------------------------------------------------

const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column].length)));
const lines = rows.map((cells) =>
  cells.map((cell, column) => cell.padEnd(widths[column])).join("  "),
);
process.stdout.write(
  `node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "processor"}\n\n${lines.join("\n")}\n\n`,
);
const repairSizes = isQuick ? ["--sessions", "10", "--decodes", "100000"] : [];
for (const [bench, sizes] of [
  ["protect.mjs", []],
  ["typing.mjs", ["--sessions", "50"]],
  ["repair.mjs", repairSizes],
]) {
  spawnSync(process.execPath, [path.join(root, "test/bench", bench), ...sizes], {
    stdio: "inherit",
  });
}
process.exitCode = rows.some(([, , , result]) => result === "MISSED") ? 1 : 0;
