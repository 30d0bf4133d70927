// What the real command takes of memory and of the processor for pictures that are as large as those of
// phones: readable ones, and such as nothing can be read of. Its own time counts, not that of other work.
import PDFDocument from "pdfkit";
import sharp from "sharp";
import { openPdf } from "../../dist/adapters/node/scan.js";
import { runCommand, Sandbox } from "../attack/command.mjs";
import { chance, photograph } from "../camera/camera.mjs";
import { printedSheet, withoutCode } from "../camera/printed-sheet.mjs";
import { sceneOf, torn } from "../camera/tiers.mjs";

const MEMORY_LIMIT_MB = 600;
const SECONDS_LIMIT = 10;
const PAGE_DPI = 300;
const SIZES = { 48: [6000, 8000], 12: [3024, 4032] };

async function textPage() {
  const document = new PDFDocument({ size: "A4", margin: 50 });
  const chunks = [];
  document.on("data", (chunk) => chunks.push(chunk));
  const sentence =
    "The key of the house is in the drawer behind the books, and nobody has looked. ";
  document.font("Times-Roman").fontSize(11).text(sentence.repeat(70));
  const ended = new Promise((resolve) => document.on("end", resolve));
  document.end();
  await ended;
  const pdf = await openPdf(Buffer.concat(chunks), "text");
  const page = await pdf.renderPage(0, PAGE_DPI);
  pdf.close();
  return page;
}

function noise(widthPx, heightPx) {
  const { unit } = chance("noise");
  const tile = Buffer.from(Array.from({ length: 1 << 20 }, () => 255 * unit()));
  const luma = Buffer.alloc(widthPx * heightPx);
  for (let at = 0, turn = 0; at < luma.length; at += tile.length - turn, turn += 977) {
    tile.copy(luma, at, turn % tile.length);
  }
  return sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function pictures(megapixels) {
  const [width, height] = SIZES[megapixels];
  const sheet = await printedSheet("limits", { dpi: PAGE_DPI });
  const { page, code, moduleMm } = sheet;
  const scene = (seed) => ({
    ...sceneOf("easy", moduleMm, code, seed),
    pixelsPerMm: 12.5,
    tiltDegrees: 3,
    turnDegrees: 2,
  });
  const photo = async (raster, seed) =>
    sharp(await photograph(raster, PAGE_DPI, code, scene(seed), seed))
      .resize(width, height, { fit: "fill" })
      .jpeg({ quality: 90 })
      .toBuffer();
  // Nothing of the words is left, and too little of the code.
  const hopeless = torn(withoutWords(sheet), PAGE_DPI, code, 0.6, "limits");
  return {
    "a sheet": await photo(page, "whole"),
    "a sheet without its code": await photo(withoutCode(sheet), "no code"),
    "a sheet torn in its code, without words": await photo(hopeless, "torn"),
    "a page of prose": await photo(await textPage(), "prose"),
    noise: await noise(width, height),
    "an even grey": await sharp({ create: { width, height, channels: 3, background: "#999" } })
      .jpeg()
      .toBuffer(),
  };
}

/** The rows of words are under white. */
function withoutWords({ page, dpi, code }) {
  const luma = Uint8Array.from(page.luma);
  luma.fill(255, 0, Math.round(((code.topMm - 2) * dpi) / 25.4) * page.widthPx);
  return { ...page, luma };
}

/** `expect` prints what is wanted and whether it is met. */
export async function limits(expect) {
  const sandbox = new Sandbox();
  try {
    const runs = [
      [48, Infinity],
      [12, SECONDS_LIMIT],
    ];
    for (const [megapixels, limitSeconds] of runs) {
      process.stdout.write(`\n${String(megapixels)} megapixels\n`);
      for (const [name, bytes] of Object.entries(await pictures(megapixels))) {
        sandbox.write("photo.jpg", bytes);
        const { exitCode, peakMb, busySeconds, stderr } = await runCommand(
          sandbox,
          ["inspect", "photo.jpg"],
          { isMeasured: true, limitMs: 180_000 },
        );
        const said = stderr.replace(/\s+/g, " ").slice(0, 90);
        process.stdout.write(`  ${name}: exit ${String(exitCode)} ${said}\n`);
        const [memory, time] = [peakMb ?? Infinity, busySeconds ?? Infinity];
        expect(`${memory.toFixed(0)} MB of ${String(MEMORY_LIMIT_MB)}`, memory <= MEMORY_LIMIT_MB);
        expect(`${time.toFixed(1)} s of ${String(limitSeconds)}`, time <= limitSeconds);
      }
    }
  } finally {
    sandbox.end();
  }
}
