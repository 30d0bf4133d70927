// The stories of `make` and `restore` with other versions of Node, from npm's package `node`: the same
// sheet comes of it, to the byte, and the same key of each of its carriers.
//
//     node test/other-nodes.mjs 22.23.3 24.21.0
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { openPdf } from "../dist/adapters/node/scan.js";
import { readPageWords } from "../dist/core/sheet/page-words.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = path.join(root, "dist/cli/main.js");
const key = path.join(root, "fixtures/keys/kraken-spot.key");
const folder = mkdtempSync(path.join(tmpdir(), "keysheet-nodes-"));
const place = (name) => path.join(folder, name);

/** What it printed; on standard error there must be nothing, as of a flag that is gone. */
function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd: folder });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, stderr };
}

function keysheet(node, ...args) {
  const { stdout, stderr } = run(node, program, ...args);
  if (stderr !== "" && !args.includes("--show")) throw new Error(`it said: ${stderr}`);
  return stdout;
}

function make(node, name) {
  keysheet(node, "make", "--from", key, "--date", "2026-11-23", "--out", place(name));
  return readFileSync(place(name));
}

const sheet = make(process.execPath, "sheet.pdf");
const pdf = await openPdf(sheet, "sheet.pdf");
const { widthPx: width, heightPx: height, luma } = await pdf.renderPage(0, 150);
writeFileSync(place("words.txt"), (readPageWords(pdf.pageText(0)) ?? []).join(" "));
pdf.close();
await sharp(luma, { raw: { width, height, channels: 1 } })
  .png()
  .toFile(place("sheet.png"));

for (const version of process.argv.slice(2)) {
  const npx = ["npx", "-y", "-p", `node@${version}`, "node", "-p", "process.execPath"];
  const node = run("env", ...npx).stdout.trim();
  if (!make(node, `sheet-${version}.pdf`).equals(sheet)) {
    throw new Error(`Node ${version} makes another sheet`);
  }
  for (const carrier of ["sheet.pdf", "sheet.png", "words.txt"]) {
    if (keysheet(node, "restore", carrier, "--show") !== readFileSync(key, "utf8")) {
      throw new Error(`Node ${version} gives another key from ${carrier}`);
    }
  }
  process.stdout.write(`Node ${run(node, "--version").stdout.trim()}: the same sheet and key\n`);
}
rmSync(folder, { recursive: true });
