// @ts-check
/** Sheets of seeded keys as the project prints them, as rasters for the camera. */
import { loadTemplate } from "../../dist/adapters/templates.js";
import { labelFonts } from "../../dist/adapters/label-fonts.js";
import { openPress } from "../../dist/adapters/pdf.js";
import { openPdf } from "../../dist/adapters/scan.js";
import { print } from "../../dist/cli/print-sheets.js";
import { backup, sheetOf } from "../../dist/core/backup.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { layoutSheet } from "../../dist/core/sheet/layout.js";
import { seededBytes } from "../seeded-random.mjs";

/**
 * @typedef {import("./camera.mjs").Raster} Raster
 * @typedef {import("./camera.mjs").Spot} Spot
 *
 * @typedef {object} PrintedPage
 * @property {Raster} raster
 * @property {number} dpi
 * @property {Spot} code its modules, without the quiet zone
 * @property {number} moduleMm
 * @property {import("../../dist/core/backup.js").Backup} made
 * @property {Uint8Array} pdf
 */

/** @param {string} seed */
export function seededRecord(seed) {
  const bytes = seededBytes(seed);
  const base64 = (/** @type {number} */ length) => Buffer.from(bytes(length)).toString("base64");
  return { ...parseKeyFile(`${base64(42)}\n${base64(64)}\n`, "seed"), day: 2518 };
}

/**
 * @param {string} seed
 * @param {number} dpi
 * @returns {Promise<PrintedPage>}
 */
export async function printedPage(seed, dpi) {
  const made = backup(seededRecord(seed), "standard");
  const loaded = await loadTemplate("standard");
  const options = { label: "Trading bot", copies: 1, paper: "a4", isDiscreet: false };
  const { pdf } = await print(made, loaded, /** @type {any} */ (options));
  const scan = await openPdf(pdf, "the sheet");
  try {
    const raster = await scan.renderPage(0, dpi);
    const { leftMm, topMm, sizeMm, modules } = await codeBox(made, loaded);
    const code = { leftMm, topMm, widthMm: sizeMm, heightMm: sizeMm };
    return { raster, dpi, code, moduleMm: sizeMm / modules.size, made, pdf };
  } finally {
    scan.close();
  }
}

/**
 * @param {import("../../dist/core/backup.js").Backup} made
 * @param {import("../../dist/adapters/templates.js").LoadedTemplate} loaded
 * @returns {Promise<import("../../dist/core/sheet/boxes.js").CodeBox>}
 */
async function codeBox(made, { template, fonts }) {
  const { correction, language } = template;
  const copy = { number: 1, count: 1 };
  const sheet = sheetOf(made, { label: "Trading bot", isDiscreet: false, correction, copy });
  const facts = { title: "", language, day: sheet.day, creator: "" };
  const press = openPress(fonts, facts, await labelFonts(""));
  /** @type {(element: import("../../dist/core/sheet/boxes.js").Element) => readonly import("../../dist/core/sheet/boxes.js").Box[]} */
  const boxesOf = ({ boxes, children }) => [...boxes, ...children.flatMap(boxesOf)];
  const boxes = layoutSheet(sheet, template, "a4", press.metrics)
    .flatMap(({ elements }) => elements)
    .flatMap(boxesOf);
  const box = boxes.find(({ kind }) => kind === "code");
  if (box?.kind !== "code") throw new Error("a sheet without a code");
  return box;
}
