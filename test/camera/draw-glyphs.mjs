// Draws src/photo/words/glyphs.ts: the letters of the sheets' words as a reader of pictures
// compares them, from the font that the templates print them in.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openPress } from "../../dist/adapters/node/pdf.js";
import { openPdf } from "../../dist/adapters/node/scan.js";
import { loadTemplate } from "../../dist/adapters/node/templates.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyzáéíñóúè0123456789";
const WIDTH = 8;
const HEIGHT = 16;
/** Rows above the baseline. */
const ASCENT = 12;
/** Dots a row of a glyph, each way. */
const FINE = 16;
const DPI = 254;
const DOTS_A_MM = DPI / 25.4;
const MARGIN_MM = 20;

const { fonts } = await loadTemplate("standard");
const facts = { title: "Letters", language: "en", day: "2026-01-01", creator: "keysheet" };
const press = openPress(new Map(fonts), facts);
const advanceMm = (WIDTH * FINE) / DOTS_A_MM;
const sizePt = advanceMm / press.metrics.widthMm("mono", 1, "a");
const stepMm = 2 * advanceMm;
const baselineMm = MARGIN_MM + (ASCENT * FINE) / DOTS_A_MM;
const boxes = Array.from(LETTERS, (text, index) => ({
  kind: "text",
  text,
  leftMm: MARGIN_MM + index * stepMm,
  baselineMm,
  widthMm: advanceMm,
  font: "mono",
  sizePt,
  colour: "#000000",
}));
const page = {
  widthMm: 2 * MARGIN_MM + LETTERS.length * stepMm,
  heightMm: 2 * MARGIN_MM + (HEIGHT * FINE) / DOTS_A_MM,
  elements: [{ tag: "P", boxes, children: [] }],
};
const pdf = await openPdf(await press.print([page]), "letters");
const { widthPx, luma } = await pdf.renderPage(0, DPI);
pdf.close();

/** How dark a square is, 0 to 15. */
function ink(left, top) {
  let sum = 0;
  for (let y = top; y < top + FINE; y++) {
    for (let x = left; x < left + FINE; x++) sum += 255 - luma[y * widthPx + x];
  }
  return Math.round((sum / (FINE * FINE * 255)) * 15);
}

const glyphs = boxes.map(({ text, leftMm }) => {
  const left = Math.round(leftMm * DOTS_A_MM);
  const top = Math.round(MARGIN_MM * DOTS_A_MM);
  const rows = Array.from({ length: HEIGHT }, (_, row) =>
    Array.from({ length: WIDTH }, (_, column) =>
      ink(left + column * FINE, top + row * FINE).toString(16),
    ).join(""),
  );
  return `  "${text}": "${rows.join("")}",`;
});
writeFileSync(
  fileURLToPath(new URL("../../src/photo/words/glyphs.ts", import.meta.url)),
  `/**
 * The letters that the templates print words in, and the digits of row numbers: how dark each square
 * of a glyph is, 0 to f, row by row. Drawn by test/camera/draw-glyphs.mjs.
 */

/** Squares of an advance, and of the height of a glyph. */
export const GLYPH_WIDTH = ${WIDTH};
export const GLYPH_HEIGHT = ${HEIGHT};
/** Rows above the baseline. */
export const GLYPH_ASCENT = ${ASCENT};

export const GLYPHS: Readonly<Record<string, string>> = {
${glyphs.join("\n")}
};
`,
);
