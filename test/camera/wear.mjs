// @ts-check
/** What years and machines do to a printed page before it is photographed. */
import sharp from "sharp";
import { chance } from "./camera.mjs";

/**
 * @typedef {import("./camera.mjs").Raster} Raster
 * @typedef {import("./camera.mjs").Spot} Spot
 */

const MM_PER_INCH = 25.4;
/** A copier's glass is not straight to the paper, and its scale is not quite 1. */
const COPY = { degrees: 1, scale: 0.015, blurMm: 0.06, specksPerCm2: 0.5, speckMm: 0.4 };
/** Of the ink on the page: what is lighter comes out white, what is darker black. */
const COPY_CURVE = { white: 0.2, black: 0.75 };
const HOLE_MM = 6;
/** Of a page that a printer laid down with too little toner: in bands along the way of the paper. */
const FADED = { least: 0.3, most: 0.75, bandMm: 25 };

/**
 * A copy on a copier, each time with its own slant, scale, dirt and a harder contrast.
 * @param {Raster} page
 * @param {number} dpi
 * @param {number} times 2: a photocopy of a photocopy
 * @param {string} seed
 * @returns {Promise<Raster>}
 */
export async function photocopied(page, dpi, times, seed) {
  const { between } = chance(`${seed} copier`);
  let copy = page;
  for (let time = 0; time < times; time++) {
    const { widthPx, heightPx } = copy;
    const raw = /** @type {const} */ ({ width: widthPx, height: heightPx, channels: 1 });
    const scale = 1 + between(-COPY.scale, COPY.scale);
    const turned = await sharp(copy.luma, { raw })
      .resize(Math.round(widthPx * scale), Math.round(heightPx * scale), { fit: "fill" })
      .rotate(between(-COPY.degrees, COPY.degrees), { background: "white" })
      .blur(Math.max(0.3, (COPY.blurMm * dpi) / MM_PER_INCH))
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    copy = dirty(curved(inFrame(turned.data, turned.info, widthPx, heightPx)), dpi, between);
  }
  return copy;
}

/**
 * The middle of a picture in a frame of another size, on white.
 * @param {Uint8Array} luma
 * @param {{ width: number, height: number }} size
 * @param {number} widthPx
 * @param {number} heightPx
 * @returns {Raster}
 */
function inFrame(luma, { width, height }, widthPx, heightPx) {
  const framed = new Uint8Array(widthPx * heightPx).fill(255);
  const [left, top] = [Math.round((width - widthPx) / 2), Math.round((height - heightPx) / 2)];
  for (let y = Math.max(0, -top); y < Math.min(heightPx, height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(widthPx, width - left); x++) {
      framed[y * widthPx + x] = luma[(y + top) * width + x + left] ?? 255;
    }
  }
  return { widthPx, heightPx, luma: framed };
}

/** @param {Raster} page */
function curved(page) {
  const { white, black } = COPY_CURVE;
  const luma = page.luma.map((value) => {
    const ink = (1 - value / 255 - white) / (black - white);
    return Math.round(255 * (1 - Math.min(1, Math.max(0, ink))));
  });
  return { ...page, luma };
}

/**
 * @param {Raster} page
 * @param {number} dpi
 * @param {(low: number, high: number) => number} between
 */
function dirty(page, dpi, between) {
  const { widthPx, heightPx } = page;
  const perMm = dpi / MM_PER_INCH;
  const luma = Uint8Array.from(page.luma);
  const count = (widthPx / perMm / 10) * (heightPx / perMm / 10) * COPY.specksPerCm2;
  for (let speck = 0; speck < count; speck++) {
    const [x, y] = [between(0, widthPx), between(0, heightPx)];
    blot({ widthPx, heightPx, luma }, x, y, between(0.1, COPY.speckMm / 2) * perMm, 0);
  }
  return { widthPx, heightPx, luma };
}

/**
 * A disc of one brightness.
 * @param {Raster} page changed
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} level
 */
function blot({ widthPx, heightPx, luma }, x, y, radius, level) {
  for (let row = Math.floor(y - radius); row <= y + radius; row++) {
    for (let column = Math.floor(x - radius); column <= x + radius; column++) {
      const isOn = row >= 0 && column >= 0 && row < heightPx && column < widthPx;
      if (isOn && Math.hypot(row - y, column - x) <= radius) luma[row * widthPx + column] = level;
    }
  }
}

/**
 * Punched: holes through the code, behind which the desk is seen.
 * @param {Raster} page
 * @param {number} dpi
 * @param {Spot} code
 * @param {number} count
 * @param {string} seed
 * @returns {Raster}
 */
export function punched(page, dpi, code, count, seed) {
  const { between } = chance(`${seed} holes`);
  const perMm = dpi / MM_PER_INCH;
  const desk = between(40, 130);
  const holed = { ...page, luma: Uint8Array.from(page.luma) };
  for (let hole = 0; hole < count; hole++) {
    const x = (code.leftMm + between(0, 1) * code.widthMm) * perMm;
    const y = (code.topMm + between(0, 1) * code.heightMm) * perMm;
    blot(holed, x, y, (HOLE_MM / 2) * perMm, desk);
  }
  return holed;
}

/**
 * Printed with a cartridge that is nearly empty: what is black is grey, more and less in bands.
 * @param {Raster} page
 * @param {number} dpi
 * @param {string} seed
 * @returns {Raster}
 */
export function faded(page, dpi, seed) {
  const { between } = chance(`${seed} toner`);
  const perMm = dpi / MM_PER_INCH;
  const [phase, tilt] = [between(0, 2 * Math.PI), between(-0.2, 0.2)];
  const luma = Uint8Array.from(page.luma);
  for (let index = 0; index < luma.length; index++) {
    const [x, y] = [index % page.widthPx, Math.floor(index / page.widthPx)];
    const turn = ((x + tilt * y) / perMm / FADED.bandMm) * 2 * Math.PI + phase;
    const left = FADED.least + (FADED.most - FADED.least) * (0.5 + 0.5 * Math.sin(turn));
    luma[index] = 255 - left * (255 - (luma[index] ?? 255));
  }
  return { ...page, luma };
}
