// What this build and another one take for the same calls, in turn in one run: medians of nine, of the
// time of all processors and by the clock, both above a bare node, and of the most memory.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { openPdf } from "../../dist/adapters/node/scan.js";
import { readPageWords } from "../../dist/core/sheet/page-words.js";

const COST = fileURLToPath(new URL("./cost-of-process.cjs", import.meta.url));
const RUNS = 9;
/** 48 megapixels, as of a telephone. */
const PHOTO_PX = { width: 6000, height: 8000 };

const folder = mkdtempSync(path.join(tmpdir(), "keysheet-bench-"));
let outCount = 0;

/** One run of node; `printed` is what a bench of a build says itself. */
function cost(args) {
  const options = { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] };
  const begun = performance.now();
  const { status, output, stdout } = spawnSync(process.execPath, ["-r", COST, ...args], options);
  const wallMs = performance.now() - begun;
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${output[2]}`);
  const [microseconds, kilobytes] = output[3].split(" ").map(Number);
  return { cpuMs: microseconds / 1000, wallMs, memoryMb: kilobytes / 1024, printed: stdout };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A page of a sheet that this build makes, as a scan of 300 dots an inch, a photograph and a text. */
async function carriers(program, key) {
  const place = (name) => path.join(folder, name);
  cost([program, "make", "--from", key, "--out", place("sheet.pdf"), "--date", "2026-11-23"]);
  const pdf = await openPdf(readFileSync(place("sheet.pdf")), "sheet");
  const { widthPx: width, heightPx: height, luma } = await pdf.renderPage(0, 300);
  const words = readPageWords(pdf.pageText(0)) ?? [];
  pdf.close();
  const page = () => sharp(luma, { raw: { width, height, channels: 1 } }).toColourspace("srgb");
  await page().png().toFile(place("scan.png"));
  await page()
    .resize({ ...PHOTO_PX, fit: "fill" })
    .jpeg()
    .toFile(place("photo.jpg"));
  writeFileSync(place("words.txt"), words.join(" "));
}

function callsOf(build, key) {
  const program = path.join(build, "dist/cli/main.js");
  const sheet = path.join(build, "test/bench/sheet.mjs");
  return {
    "--help": () => [program, "--help"],
    "make with its proof": () => [program, "make", "--from", key, "--out", `${outCount++}.pdf`],
    "the sheet alone, cold": () => [sheet, key],
    "restore of a clean 300-dpi PNG": () => [program, "restore", "scan.png"],
    "restore of a text of words": () => [program, "restore", "words.txt"],
    "restore of a 48-megapixel JPEG": () => [program, "restore", "photo.jpg"],
  };
}

/** Of each build for each call the costs of its runs, the builds in turn; the first run warms the disk. */
function measure(builds, key) {
  const bare = [];
  const costs = new Map();
  for (let run = 0; run <= RUNS; run++) {
    const node = cost([path.join(folder, "empty.mjs")]);
    if (run > 0) bare.push(node);
    for (const [index, build] of builds.entries()) {
      for (const [name, args] of Object.entries(callsOf(build, key))) {
        const one = cost(args());
        const ofCall = costs.get(name) ?? builds.map(() => []);
        costs.set(name, ofCall);
        if (run > 0) ofCall[index].push(one);
      }
    }
  }
  return { bare, costs };
}

function print(cells) {
  const [name, ...others] = cells;
  process.stdout.write(`${name.padEnd(34)}${others.map((cell) => cell.padStart(14)).join("")}\n`);
}

function printRow(name, unit, [ours, theirs]) {
  const number = (value) => `${value.toFixed(unit === "MB" ? 0 : 1)} ${unit}`;
  print([name, number(ours), number(theirs), (ours / theirs).toFixed(2)]);
}

/** `ours` and `theirs` are folders of builds; what is below a bare node's own time is the noise of it. */
export async function compareBuilds(ours, theirs) {
  const builds = [ours, theirs];
  const missing = builds.find((build) => !existsSync(path.join(build, "dist/cli/main.js")));
  if (missing !== undefined) throw new Error(`${missing} has no dist/cli/main.js`);
  const key = path.join(ours, "fixtures/keys/kraken-spot.key");
  writeFileSync(path.join(folder, "empty.mjs"), "");
  await carriers(path.join(ours, "dist/cli/main.js"), key);
  const { bare, costs } = measure(builds, key);
  print(["", "this build", "the other", "ratio"]);
  const bareOf = (figure) => median(bare.map((each) => each[figure]));
  for (const [name, ofBuilds] of costs) {
    const medians = (figure) => ofBuilds.map((runs) => median(runs.map((each) => each[figure])));
    const above = (figure) => medians(figure).map((value) => value - bareOf(figure));
    printRow(`${name}: processor`, "ms", medians("cpuMs"));
    printRow("  above a bare node", "ms", above("cpuMs"));
    printRow("  by the clock, above it", "ms", above("wallMs"));
    printRow("  memory", "MB", medians("memoryMb"));
  }
  const warm = [[], []];
  for (let run = 0; run < RUNS; run++) {
    for (const [index, build] of builds.entries()) {
      const sheet = path.join(build, "test/bench/sheet.mjs");
      warm[index].push(Number(cost([sheet, key, "--warm"]).printed));
    }
  }
  printRow("the sheet alone, warm: by the clock", "ms", warm.map(median));
  rmSync(folder, { recursive: true });
}
