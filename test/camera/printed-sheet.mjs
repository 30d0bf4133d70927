// @ts-check
/**
 * A sheet of a seeded key as a printer leaves it: its pages as rasters, with the places of its code
 * and of every word, against which a reading of a photograph is judged.
 */
import { openPress } from "../../dist/adapters/node/pdf.js";
import { openPdf } from "../../dist/adapters/node/scan.js";
import { loadTemplate } from "../../dist/adapters/node/templates.js";
import { backup, sheetOf } from "../../dist/core/backup.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { documentTitle, layoutSheet } from "../../dist/core/sheet/layout.js";
import { PRINTED_LISTS, wordAt } from "../../dist/core/words/word-lists.js";
import { seededBytes } from "../seeded-random.mjs";
import { chance } from "./camera.mjs";

/**
 * @typedef {import("./camera.mjs").Raster} Raster
 * @typedef {import("./camera.mjs").Spot} Spot
 *
 * @typedef {object} PrintedSheet
 * @property {Uint8Array} payload
 * @property {readonly string[]} words whole, in the order of the sheet
 * @property {Raster} page the one with the words
 * @property {number} dpi
 * @property {Spot} code of that page; where there is none, the middle of the page
 * @property {number} moduleMm
 * @property {readonly { text: string, leftMm: number, baselineMm: number, sizePt: number }[]} texts
 */

const DAY = 2518;

/**
 * @param {string} seed
 * @param {{ template?: "standard" | "card" | "large", language?: string, dpi?: number }} [options]
 * @returns {Promise<PrintedSheet>}
 */
export async function printedSheet(
  seed,
  { template: name = "standard", language = "english", dpi = 300 } = {},
) {
  const bytes = seededBytes(`${seed} key`);
  const key = [bytes(42), bytes(64)].map((part) => Buffer.from(part).toString("base64"));
  const record = { ...parseKeyFile(`${key.join("\n")}\n`, "key"), day: DAY };
  const made = backup(record, "standard", PRINTED_LISTS.get(language));
  const { template, fonts } = await loadTemplate(name);
  const sheet = sheetOf(made, {
    label: "Trading bot (main)",
    isDiscreet: false,
    correction: template.correction,
    copy: { number: 1, count: 1 },
  });
  const facts = {
    title: documentTitle(sheet, template),
    language: template.language,
    day: sheet.day,
    creator: "keysheet",
  };
  const press = openPress(new Map(fonts), facts);
  const pages = layoutSheet(sheet, template, "a4", press.metrics);
  const boxes = pages[0]?.elements.flatMap(allBoxes) ?? [];
  const code = boxes.find((box) => box.kind === "code");
  const side = code?.sizeMm ?? 60;
  const pdf = await openPdf(await press.print(pages), "sheet");
  const page = await pdf.renderPage(0, dpi);
  pdf.close();
  return {
    payload: made.payload,
    words: Array.from(made.wordIndices ?? [], (index) => wordAt(made.list, index)),
    page,
    dpi,
    code: {
      leftMm: code?.leftMm ?? 75,
      topMm: code?.topMm ?? 118,
      widthMm: side,
      heightMm: side,
    },
    moduleMm: code === undefined ? 1.37 : side / code.modules.size,
    texts: boxes.filter((box) => box.kind === "text"),
  };
}

/**
 * @param {import("../../dist/core/sheet/boxes.js").Element} element
 * @returns {import("../../dist/core/sheet/boxes.js").Box[]}
 */
function allBoxes({ boxes, children }) {
  return [...boxes, ...children.flatMap(allBoxes)];
}

/**
 * The page with the code blotted out, and its quiet zone.
 * @param {PrintedSheet} sheet
 * @returns {Raster}
 */
export function withoutCode({ page, dpi, code }) {
  const perMm = dpi / 25.4;
  const luma = Uint8Array.from(page.luma);
  const [left, top] = [code.leftMm - 1, code.topMm - 1].map((mm) => Math.round(mm * perMm));
  const side = Math.round((code.widthMm + 2) * perMm);
  for (let y = top ?? 0; y < (top ?? 0) + side; y++) {
    luma.fill(70, y * page.widthPx + (left ?? 0), y * page.widthPx + (left ?? 0) + side);
  }
  return { ...page, luma };
}

/**
 * The page with the upper or the lower half of its words blotted out, and the code, and the words that
 * are not seen any more, as they would be typed.
 * @param {PrintedSheet} sheet
 * @param {string} seed
 * @returns {{ page: Raster, typed: string }}
 */
export function halfOf(sheet, seed) {
  const { words, texts, dpi } = sheet;
  const page = withoutCode(sheet);
  const isUpper = chance(`${seed} half`).unit() < 0.5;
  const rows = Math.ceil(words.length / 6);
  const middle = Math.floor(rows / 2);
  const of = (/** @type {number} */ row) => words.slice(6 * row, 6 * row + 6);
  const hidden = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => row < middle === isUpper,
  );
  const baselines = wordBaselines(texts, words);
  const rowMm = (baselines[1] ?? 0) - (baselines[0] ?? 0);
  const luma = page.luma;
  for (const row of hidden) {
    const bottom = (baselines[row] ?? 0) + rowMm / 4;
    const from = Math.round(((bottom - rowMm) / 25.4) * dpi) * page.widthPx;
    luma.fill(60, from, Math.round((bottom / 25.4) * dpi) * page.widthPx);
  }
  return { page, typed: hidden.map((row) => of(row).join(" ")).join("\n") };
}

/**
 * @param {PrintedSheet["texts"]} texts
 * @param {readonly string[]} words
 * @returns {readonly number[]} mm, a row
 */
function wordBaselines(texts, words) {
  let next = 0;
  /** @type {number[]} */
  const baselines = [];
  for (const { text, baselineMm } of texts) {
    if (text !== words[next]) continue;
    if (next % 6 === 0) baselines.push(baselineMm);
    next += 1;
  }
  return baselines;
}
