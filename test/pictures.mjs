// Draws the pictures that the READMEs show: a page of each sheet that is made of the sample key. Run
// as a program it writes them; as a module it gives their pixels, so that a test can compare.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { openPdf } from "../dist/adapters/node/scan.js";

const root = fileURLToPath(new URL("..", import.meta.url));
export const FOLDER = path.join(root, "fixtures/pictures");

const SAMPLE_KEY = readFileSync(path.join(root, "fixtures/keys/kraken-spot.key"), "utf8");
// A secret as long as that of some exchanges: it needs a second page.
const LONG_KEY = JSON.stringify({
  keysheet: 1,
  provider: null,
  fields: [
    ["key", "organizations/sample/apiKeys/of-no-exchange", false],
    ["secret", SAMPLE_KEY.replace(/\s/g, "").repeat(2).slice(0, 140), true],
  ],
});

const LABEL = ["--label", "Trading bot (main)"];
const SHEETS = [
  { name: "standard-a4", args: LABEL },
  { name: "card-a4", args: [...LABEL, "--template", "card"] },
  { name: "large-a4", args: [...LABEL, "--template", "large"] },
  { name: "discreet-letter", args: ["--label", "Shed", "--discreet", "--paper", "letter"] },
  { name: "french-a4", args: [...LABEL, "--language", "french", "--spare", "long"] },
  { name: "two-pages-a4", args: [...LABEL], key: LONG_KEY },
];

/** Every page, in grey: `name` of its picture, width, height and luma. */
export async function drawPages() {
  const folder = mkdtempSync(path.join(tmpdir(), "keysheet-pictures-"));
  const pages = [];
  for (const { name, args, key } of SHEETS) {
    const out = path.join(folder, `${name}.pdf`);
    const { status } = spawnSync(
      process.execPath,
      ["dist/cli/main.js", "make", "--from", "-", "--date", "2026-11-23", "--out", out, ...args],
      { cwd: root, input: key ?? SAMPLE_KEY, stdio: ["pipe", "ignore", "inherit"] },
    );
    if (status !== 0) throw new Error(`${name} was not made`);
    const pdf = await openPdf(readFileSync(out), out);
    for (let index = 0; index < pdf.pageCount; index++) {
      const page = pdf.pageCount === 1 ? "" : `-page-${String(index + 1)}`;
      pages.push({ name: `${name}${page}`, ...(await pdf.renderPage(index, 110)) });
    }
    pdf.close();
  }
  rmSync(folder, { recursive: true });
  return pages;
}

/** The picture of a page, with an edge around the paper. */
export function pictureOf({ widthPx, heightPx, luma }) {
  return sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .extend({ top: 2, bottom: 2, left: 2, right: 2, background: "#8a8a8a" })
    .png({ palette: true, colours: 16 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const page of await drawPages()) {
    await pictureOf(page).toFile(path.join(FOLDER, `${page.name}.png`));
  }
}
