// The whole way on a sample key: a sheet is made, and the key comes back from its picture and from
// damaged words. Everything is written to demo/, which is made anew.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { openPdf } from "../dist/adapters/node/scan.js";
import { readPageWords } from "../dist/core/sheet/page-words.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const key = path.join(root, "fixtures/keys/kraken-spot.key");
process.chdir(root);
rmSync("demo", { recursive: true, force: true });
mkdirSync("demo");

/** Runs the real command and shows it as one would type it. */
function keysheet(...args) {
  process.stdout.write(
    `\n$ keysheet ${args.map((a) => (a.includes(" ") ? `"${a}"` : a)).join(" ")}\n`,
  );
  const { status } = spawnSync(process.execPath, ["dist/cli/main.js", ...args], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

const from = path.relative(root, key);
keysheet("make", "--from", from, "--label", "Sample key", "--out", "demo/sheet.pdf");

const pdf = await openPdf(readFileSync("demo/sheet.pdf"), "demo/sheet.pdf");
const { widthPx, heightPx, luma } = await pdf.renderPage(0, 150);
const words = readPageWords(pdf.pageText(0)) ?? [];
pdf.close();
await sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } })
  .png()
  .toFile("demo/sheet.png");
// Nine words in a hundred and two are other words of the list: as much as the spare ones can mend.
const damaged = words.map((word, index) => (index % 11 === 3 && index < 99 ? "zebra" : word));
const rows = Array.from({ length: damaged.length / 6 }, (_, row) =>
  [row + 1, ...damaged.slice(row * 6, row * 6 + 6)].join(" "),
);
writeFileSync("demo/words.txt", `${rows.join("\n")}\n`);

keysheet("restore", "demo/sheet.png");
keysheet("restore", "--words", "demo/words.txt");
keysheet("verify", "demo/sheet.png", "--against", from);

process.stdout.write(`
The sheet is ${path.resolve("demo/sheet.pdf")}: look at it, print it, photograph it.
Its picture is demo/sheet.png beside it, and demo/words.txt has its words with nine wrong ones.
`);
