// Draws the pictures that the README shows: the standard sheet of the sample key, as a page.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { openPdf } from "../dist/adapters/scan.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "keysheet-pictures-"));
const file = path.join(folder, "sheet.pdf");
const args = ["--from", "fixtures/keys/kraken-spot.key", "--label", "Trading bot (main)"];
const { status } = spawnSync(
  process.execPath,
  ["dist/cli/main.js", "make", ...args, "--date", "2026-11-23", "--out", file],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
if (status === 0) {
  const pdf = await openPdf(readFileSync(file), "sheet.pdf");
  const { widthPx, heightPx, luma } = await pdf.renderPage(0, 110);
  pdf.close();
  await sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .extend({ top: 2, bottom: 2, left: 2, right: 2, background: "#8a8a8a" })
    .png({ palette: true, colours: 16 })
    .toFile(path.join(root, "fixtures/pictures/standard-a4.png"));
}
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
