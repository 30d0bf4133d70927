// @ts-check
// Pictures that are made to keep a reader busy: what looks like codes or words all over, in every format
// that is read. Each is restored by the real command, which has to say no in bounded time and memory.
//
//     node test/attack/freeze-pictures.mjs                          all kinds as PNG, and the worst ones in all formats
//     node test/attack/freeze-pictures.mjs --kinds 12               the first 12
//     node test/attack/freeze-pictures.mjs --only finders --format avif --side 4000
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { codeModules } from "../../dist/core/qr/matrix.js";
import { blocksOf, symbolLayout } from "../../dist/core/qr/symbol.js";
import { encodeQrText } from "../../dist/core/qr/qr-text.js";
import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS } from "../../dist/photo/words/glyphs.js";
import { ENGLISH, listWords } from "../../dist/core/words/word-lists.js";
import qrcode from "qrcode";
import { heicOfTiles } from "../heic-of-tiles.mjs";
import { halfOf, printedSheet } from "../camera/printed-sheet.mjs";
import { seededBytes, seededRandom } from "../seeded-random.mjs";
import { runCommand, Sandbox } from "./command.mjs";

/**
 * @typedef {import("../camera/camera.mjs").Raster} Raster
 * @typedef {import("./command.mjs").Row} Row
 * @typedef {(limit: number) => number} Random
 * @typedef {keyof typeof KINDS} Kind
 * @typedef {keyof typeof FORMATS} Format
 */

/** What a picture may take: of the machine that the figures are of, two cores. */
export const LIMIT_SECONDS = 20;
export const LIMIT_MB = 400;
/** A code was found that is no sheet's, or nothing was. */
export const REFUSALS = [1, 65, 66];

/** Of the largest square that is read. */
export const SIDE = 7900;
const WHITE = 255;

/**
 * Each a raster of so many pixels a side, which depends on the seed alone.
 * @type {Record<string, (side: number, seed: string) => Raster | Promise<Raster>>}
 */
const DRAWN = {
  finders: (side) => tiled(finder(12), side),
  "small finders": (side) => tiled(finder(3), side),
  "finders that overlap": finders,
  "damaged codes": (side, seed) => tiledOf(side, seed, 4, damagedCode),
  "damaged codes, small": (side, seed) => tiledOf(side, seed, 2, damagedCode),
  "one huge damaged code": (side, seed) => hugeCode(side, seed),
  "codes of others": (side, seed) => tiledOf(side, seed, 3, otherCode),
  "parts of codes of others": (side, seed) => tiledOf(side, seed, 2, tornCode),
  "noise of 1 px": (side, seed) => noise(side, seed, 1),
  "noise of 2 px": (side, seed) => noise(side, seed, 2),
  "noise of 3 px": (side, seed) => noise(side, seed, 3),
  "noise of 4 px": (side, seed) => noise(side, seed, 4),
  "noise of 6 px": (side, seed) => noise(side, seed, 6),
  "noise of 8 px": (side, seed) => noise(side, seed, 8),
  "noise of 16 px": (side, seed) => noise(side, seed, 16),
  "noise of 32 px": (side, seed) => noise(side, seed, 32),
  "grey noise": greyNoise,
  "checkerboard of 1 px": (side) => checkerboard(side, 1),
  "checkerboard of 5 px": (side) => checkerboard(side, 5),
  "stripes of 3 px": (side) => stripes(side, 3),
  "stripes like the middle of a finder": (side) => finderStripes(side),
  dots: (side) => tiled(dot(9), side),
  "large dots": (side) => tiled(dot(40), side),
  barcodes: (side, seed) => barcodes(side, seed),
  targets: (side) => tiled(target(6), side),
  "words of the list, small": (side, seed) => words(side, seed, 1),
  "words of the list": (side, seed) => words(side, seed, 3),
  "words of the list, large": (side, seed) => words(side, seed, 6),
  "prose, small": (side, seed) => prose(side, seed, 1),
  prose: (side, seed) => prose(side, seed, 2),
  "prose, large": (side, seed) => prose(side, seed, 5),
  "half a sheet, 100 times": (side, seed) => sheets(side, seed, 10),
  "half a sheet, 9 times": (side, seed) => sheets(side, seed, 3),
};

export const KINDS = DRAWN;

/**
 * @param {Raster} raster
 * @returns {import("sharp").Sharp}
 */
function sharpOf({ widthPx, heightPx, luma }) {
  const raw = /** @type {const} */ ({ width: widthPx, height: heightPx, channels: 1 });
  return sharp(luma, { raw, limitInputPixels: false }).toColourspace("b-w");
}

/** @type {Record<string, (raster: Raster) => Promise<Uint8Array>>} */
export const FORMATS = {
  png: (raster) =>
    sharpOf(raster).png({ compressionLevel: 4, palette: true, colours: 2 }).toBuffer(),
  "interlaced png": (raster) => sharpOf(raster).png({ progressive: true }).toBuffer(),
  "png in colour": (raster) =>
    sharpOf(raster).toColourspace("srgb").ensureAlpha().png({ compressionLevel: 1 }).toBuffer(),
  jpeg: (raster) => sharpOf(raster).toColourspace("srgb").jpeg({ quality: 75 }).toBuffer(),
  "progressive jpeg": (raster) =>
    sharpOf(raster).toColourspace("srgb").jpeg({ quality: 75, progressive: true }).toBuffer(),
  "progressive jpeg, 4:4:4": (raster) =>
    sharpOf(raster)
      .toColourspace("srgb")
      .jpeg({ quality: 60, progressive: true, chromaSubsampling: "4:4:4" })
      .toBuffer(),
  // Noise of more quality does not fit the first part of a WebP.
  webp: (raster) => sharpOf(raster).webp({ quality: 20, effort: 0 }).toBuffer(),
  "lossless webp": (raster) => sharpOf(raster).webp({ lossless: true, effort: 0 }).toBuffer(),
  gif: (raster) => sharpOf(raster).gif({ colours: 2, effort: 1, dither: 0 }).toBuffer(),
  avif: (raster) => sharpOf(raster).avif({ quality: 40, effort: 0 }).toBuffer(),
  tiff: (raster) => sharpOf(raster).tiff({ compression: "deflate", predictor: "none" }).toBuffer(),
  bmp: (raster) => Promise.resolve(bitmap(raster)),
  pgm: (raster) => Promise.resolve(greymap(raster)),
  // Its pixels are always the same: nothing here encodes HEVC.
  heic: ({ widthPx, heightPx }) => {
    const [columns, rows] = [Math.ceil(widthPx / TILE_PX), Math.ceil(heightPx / TILE_PX)];
    return Promise.resolve(heicOfTiles(TILE, { columns, rows, widthPx, heightPx, quarters: 1 }));
  },
};

/** Of 10 bits and 320 pixels a side, with a code. */
const TILE = readFileSync(new URL("../../fixtures/photos/ten-bits.heic", import.meta.url));
const TILE_PX = 320;

/**
 * @param {Kind} kind
 * @param {Format} [format]
 * @param {string} [seed]
 * @param {number} [side]
 * @returns {Promise<{ name: string, bytes: Uint8Array }>}
 */
export async function freezePicture(kind, format = "png", seed = "1", side = SIDE) {
  const draw = DRAWN[kind];
  const encode = FORMATS[format];
  if (draw === undefined || encode === undefined) throw new Error(`no ${kind} as ${format}`);
  const bytes = await encode(await draw(side, `${kind} ${seed}`));
  return { name: `${kind}, ${format}, ${String(side)} px, seed ${seed}`, bytes };
}

/**
 * @param {{ name: string, bytes: Uint8Array }} picture
 * @param {number} [limitMs]
 * @returns {Promise<Row & Pick<import("./command.mjs").Ran, "exitCode" | "stderr" | "peakMb" | "busySeconds">>}
 */
export async function restorePicture({ name, bytes }, limitMs = 600_000) {
  const sandbox = new Sandbox();
  try {
    const path = sandbox.write("picture", bytes);
    const ran = await runCommand(sandbox, ["restore", path], { isMeasured: true, limitMs });
    const { exitCode, stderr, seconds, peakMb, busySeconds } = ran;
    const isRefused = REFUSALS.includes(exitCode ?? -1) && !/^\s+at /m.test(stderr);
    // Of the processor where it is known: other work on the machine does not count.
    const isBounded = (busySeconds ?? seconds) <= LIMIT_SECONDS && (peakMb ?? Infinity) <= LIMIT_MB;
    return {
      name: `picture: ${name}`,
      tried: 1,
      failed: isRefused && isBounded ? 0 : 1,
      seconds,
      note: `${(peakMb ?? NaN).toFixed(0)} MB, exit ${String(exitCode)}`,
      exitCode,
      stderr,
      peakMb,
      busySeconds,
    };
  } finally {
    sandbox.end();
  }
}

/**
 * Whole numbers below a limit, hundreds of millions of them: xorshift32 (Marsaglia, 2003).
 * @param {string} seed
 * @returns {Random}
 */
function quickRandom(seed) {
  let state = seededRandom(seed)(2 ** 31) + 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** @param {number} side @param {number} [level] */
function blank(side, level = WHITE) {
  return { widthPx: side, heightPx: side, luma: new Uint8Array(side * side).fill(level) };
}

/**
 * @param {number} side
 * @param {(x: number, y: number) => number} levelAt
 */
function drawn(side, levelAt) {
  const raster = blank(side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) raster.luma[y * side + x] = levelAt(x, y);
  }
  return raster;
}

/**
 * The tile again and again, from the top left.
 * @param {Raster} tile
 * @param {number} side
 */
function tiled(tile, side) {
  const raster = blank(side);
  for (let y = 0; y < side; y++) {
    const from = (y % tile.heightPx) * tile.widthPx;
    const row = tile.luma.subarray(from, from + tile.widthPx);
    for (let x = 0; x < side; x += tile.widthPx) {
      raster.luma.set(row.subarray(0, Math.min(tile.widthPx, side - x)), y * side + x);
    }
  }
  return raster;
}

/**
 * Cells as squares of so many pixels.
 * @param {number} side
 * @param {number} cellPx
 * @param {Uint8Array} levels by cell, in rows
 * @param {number} across
 */
function squares(side, cellPx, levels, across) {
  const raster = blank(side);
  for (let y = 0; y < side; y++) {
    const at = y * side;
    if (y % cellPx > 0) {
      raster.luma.copyWithin(at, at - side, at);
      continue;
    }
    const row = Math.floor(y / cellPx) * across;
    for (let x = 0; x < side; x++) {
      raster.luma[at + x] = levels[row + Math.floor(x / cellPx)] ?? WHITE;
    }
  }
  return raster;
}

/** @param {number} side @param {string} seed @param {number} cellPx */
function noise(side, seed, cellPx) {
  const random = quickRandom(seed);
  const across = Math.ceil(side / cellPx);
  const levels = Uint8Array.from({ length: across * across }, () => (random(2) === 0 ? 0 : WHITE));
  return squares(side, cellPx, levels, across);
}

/** @param {number} side @param {string} seed */
function greyNoise(side, seed) {
  const random = quickRandom(seed);
  return drawn(side, () => random(256));
}

/** @param {number} side @param {number} cellPx */
function checkerboard(side, cellPx) {
  return drawn(side, (x, y) =>
    (Math.floor(x / cellPx) + Math.floor(y / cellPx)) % 2 === 0 ? 0 : WHITE,
  );
}

/** @param {number} side @param {number} cellPx */
function stripes(side, cellPx) {
  return drawn(side, (x, y) => (Math.floor((x + y) / cellPx) % 2 === 0 ? 0 : WHITE));
}

/** Rows and columns of 1:1:3:1:1, everywhere. @param {number} side */
function finderStripes(side) {
  const dark = [1, 0, 1, 1, 1, 0, 1, 0];
  const row = Uint8Array.from({ length: side }, (_, x) =>
    dark[Math.floor(x / 3) % 8] === 1 ? 0 : WHITE,
  );
  return drawn(side, (x) => row[x] ?? WHITE);
}

/** A finder pattern with a light module around it. @param {number} modulePx */
function finder(modulePx) {
  return drawn(9 * modulePx, (x, y) => {
    const ring = Math.max(...[x, y].map((at) => Math.abs(Math.floor(at / modulePx) - 4)));
    return ring < 2 || ring === 3 ? 0 : WHITE;
  });
}

/** @param {number} radius */
function dot(radius) {
  const side = 3 * radius;
  return drawn(side, (x, y) =>
    Math.hypot(x - side / 2 + 0.5, y - side / 2 + 0.5) < radius ? 0 : WHITE,
  );
}

/** Rings of one width, as in an Aztec code. @param {number} modulePx */
function target(modulePx) {
  return drawn(13 * modulePx, (x, y) => {
    const ring = Math.max(...[x, y].map((at) => Math.abs(Math.floor(at / modulePx) - 6)));
    return ring % 2 === 0 && ring < 6 ? 0 : WHITE;
  });
}

/** @param {number} side @param {string} seed */
function finders(side, seed) {
  const random = quickRandom(seed);
  const raster = blank(side);
  for (let count = 0; count < (side * side) / 4000; count++) {
    const tile = finder(1 + random(random(8) + 1));
    paste(raster, tile, random(side), random(side));
  }
  return raster;
}

/** @param {Raster} raster @param {Raster} tile @param {number} left @param {number} top */
function paste(raster, tile, left, top) {
  const width = Math.min(tile.widthPx, raster.widthPx - left);
  for (let y = 0; y < Math.min(tile.heightPx, raster.heightPx - top); y++) {
    const from = y * tile.widthPx;
    const row = tile.luma.subarray(from, from + width);
    raster.luma.set(row, (top + y) * raster.widthPx + left);
  }
}

/** @param {number} side @param {string} seed */
function barcodes(side, seed) {
  const random = quickRandom(seed);
  const raster = blank(side);
  for (let top = 10; top + 60 < side; top += 80) {
    for (let x = 20; x < side;) {
      const [dark, light] = [2 + 2 * random(4), 2 + 2 * random(4)];
      for (let y = top; y < top + 60; y++)
        raster.luma.fill(0, y * side + x, y * side + Math.min(side, x + dark));
      x += dark + light + (random(40) === 0 ? 60 : 0);
    }
  }
  return raster;
}

/**
 * Codes of modules of so many pixels, side by side, no two alike in the first row and column.
 * @param {number} side
 * @param {string} seed
 * @param {number} modulePx
 * @param {(seed: string) => { size: number, isDark: ArrayLike<number | boolean> }} make
 */
function tiledOf(side, seed, modulePx, make) {
  const variants = Array.from({ length: 40 }, (_, index) => make(`${seed} ${String(index)}`));
  const raster = blank(side);
  const random = quickRandom(seed);
  const step = (Math.max(...variants.map(({ size }) => size)) + 4) * modulePx;
  for (let top = 2 * modulePx; top < side; top += step) {
    for (let left = 2 * modulePx; left < side; left += step) {
      const code = variants[random(variants.length)];
      if (code !== undefined) paste(raster, rasterOf(code, modulePx), left, top);
    }
  }
  return raster;
}

/** @param {{ size: number, isDark: ArrayLike<number | boolean> }} code @param {number} modulePx */
function rasterOf({ size, isDark }, modulePx) {
  const levels = Uint8Array.from(isDark, (dark) => (dark ? 0 : WHITE));
  return squares(size * modulePx, modulePx, levels, size);
}

/** @param {string} seed @param {number} length */
function codeOf(seed, length) {
  const [text] = encodeQrText(seededBytes(seed)(length));
  const modules = text === undefined ? null : codeModules(text, "Q");
  if (modules === null) throw new Error("too long for a code");
  return modules;
}

/** A sheet's own, of which half of the blocks are noise. @param {string} seed */
function damagedCode(seed) {
  const { size, isDark } = codeOf(seed, 110);
  return { size, isDark: destroyed(size, isDark, seed) };
}

/** @param {number} size @param {ArrayLike<number | boolean>} modules @param {string} seed */
function destroyed(size, modules, seed) {
  const isDark = Array.from(modules, Boolean);
  const { version, dataModules } = symbolLayout((size - 17) / 4);
  const random = quickRandom(seed);
  for (const { codewords } of blocksOf(version, "Q").filter((_, block) => block % 2 === 1)) {
    for (const codeword of codewords) {
      for (let bit = 0; bit < 8; bit++)
        isDark[dataModules[8 * codeword + bit] ?? 0] = random(2) === 0;
    }
  }
  return isDark;
}

/** As large as the picture and of the largest version that a sheet has. @param {number} side @param {string} seed */
function hugeCode(side, seed) {
  const { size, isDark } = codeOf(seed, 800);
  const code = rasterOf(
    { size, isDark: destroyed(size, isDark, seed) },
    Math.floor(side / (size + 8)),
  );
  const raster = blank(side);
  paste(raster, code, 30, 30);
  return raster;
}

/** @param {string} seed */
function otherCode(seed) {
  const { size, data } = qrcode.create(seed, { errorCorrectionLevel: "L" }).modules;
  return { size, isDark: data };
}

/** With its finder patterns, and noise for all else. @param {string} seed */
function tornCode(seed) {
  const { size, isDark } = otherCode(seed);
  const random = quickRandom(seed);
  return {
    size,
    isDark: Array.from(isDark, (dark, index) => {
      const [x, y] = [index % size, Math.floor(index / size)];
      const isFinder = (x < 8 || x >= size - 8) && (y < 8 || y >= size - 8);
      return isFinder || x === 6 || y === 6 ? Boolean(dark) : random(2) === 0;
    }),
  };
}

/** Lines of a text in the letters of the sheets, each square of a letter so many pixels. */
class Writing {
  /** @param {number} side @param {number} squarePx */
  constructor(side, squarePx) {
    this.raster = blank(side);
    this.squarePx = squarePx;
  }

  /** @param {string} text @param {number} left @param {number} top in pixels */
  write(text, left, top) {
    for (const [index, letter] of [...text].entries()) {
      const glyph = GLYPHS[letter];
      const x = left + index * GLYPH_WIDTH * this.squarePx;
      if (glyph === undefined || x + GLYPH_WIDTH * this.squarePx > this.raster.widthPx) continue;
      const levels = Uint8Array.from(glyph, (ink) => WHITE - 17 * Number.parseInt(ink, 16));
      const tile = {
        widthPx: GLYPH_WIDTH * this.squarePx,
        heightPx: GLYPH_HEIGHT * this.squarePx,
        luma: levels,
      };
      const large = squares(
        GLYPH_HEIGHT * this.squarePx,
        this.squarePx,
        wide(levels),
        GLYPH_HEIGHT,
      );
      paste(this.raster, cropped(large, tile.widthPx), x, top);
    }
  }
}

/** Rows of a glyph, which is half as wide as high, in a square. @param {Uint8Array} levels */
function wide(levels) {
  return Uint8Array.from({ length: GLYPH_HEIGHT * GLYPH_HEIGHT }, (_, index) => {
    const x = index % GLYPH_HEIGHT;
    return x < GLYPH_WIDTH
      ? (levels[Math.floor(index / GLYPH_HEIGHT) * GLYPH_WIDTH + x] ?? WHITE)
      : WHITE;
  });
}

/** @param {Raster} raster @param {number} widthPx */
function cropped({ widthPx: full, heightPx, luma }, widthPx) {
  const cut = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++)
    cut.set(luma.subarray(y * full, y * full + widthPx), y * widthPx);
  return { widthPx, heightPx, luma: cut };
}

/** Pages of six columns, as on a sheet; of no sheet. @param {number} side @param {string} seed @param {number} squarePx */
function words(side, seed, squarePx) {
  const random = quickRandom(seed);
  const list = listWords(ENGLISH);
  const writing = new Writing(side, squarePx);
  const [column, row] = [Math.round(87.5 * squarePx), Math.round(16.2 * squarePx)];
  for (let top = row; top + GLYPH_HEIGHT * squarePx < side; top += row) {
    for (let left = column / 2; left < side; left += column) {
      writing.write(list[random(list.length)] ?? "", Math.round(left), top);
    }
  }
  return writing.raster;
}

/** @param {number} side @param {string} seed @param {number} squarePx */
function prose(side, seed, squarePx) {
  const random = quickRandom(seed);
  const list = listWords(ENGLISH);
  const writing = new Writing(side, squarePx);
  for (let top = 20; top + GLYPH_HEIGHT * squarePx < side; top += 20 * squarePx) {
    for (let left = 20; left < side;) {
      const word = (list[random(list.length)] ?? "").slice(0, 2 + random(6));
      writing.write(word, left, top);
      left += (word.length + 1) * GLYPH_WIDTH * squarePx;
    }
  }
  return writing.raster;
}

/** @param {number} side @param {string} seed @param {number} across */
async function sheets(side, seed, across) {
  const sheet = await printedSheet(seed, { dpi: 150 });
  const { page } = halfOf(sheet, seed);
  const width = Math.floor(side / across);
  const luma = await sharpOf(page).resize({ width, height: width, fit: "fill" }).raw().toBuffer();
  return tiled({ widthPx: width, heightPx: width, luma }, side);
}

/** Of eight bits, in shades of grey. @param {Raster} raster */
function bitmap({ widthPx, heightPx, luma }) {
  const stride = Math.ceil(widthPx / 4) * 4;
  const offset = 54 + 1024;
  const bytes = Buffer.alloc(offset + stride * heightPx);
  bytes.write("BM");
  bytes.writeUInt32LE(offset, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(widthPx, 18);
  bytes.writeInt32LE(-heightPx, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(8, 28);
  for (let level = 0; level < 256; level++) bytes.fill(level, 54 + 4 * level, 57 + 4 * level);
  for (let y = 0; y < heightPx; y++) {
    bytes.set(luma.subarray(y * widthPx, (y + 1) * widthPx), offset + y * stride);
  }
  return bytes;
}

/** In grey, since one in colour would be larger than a file may be. @param {Raster} raster */
function greymap({ widthPx, heightPx, luma }) {
  return Buffer.concat([Buffer.from(`P5\n${String(widthPx)} ${String(heightPx)}\n255\n`), luma]);
}

/** Those that keep another part of the readers busy each. */
export const WORST = ["finders", "damaged codes", "noise of 4 px", "words of the list"];

/** @returns {Generator<readonly [kind: string, format: string]>} */
function* allPictures() {
  for (const kind of Object.keys(DRAWN)) yield [kind, "png"];
  for (const format of Object.keys(FORMATS).filter((each) => each !== "png")) {
    for (const kind of WORST) yield [kind, format];
  }
}

/** @param {{ full: boolean }} options @returns {Promise<Row[]>} */
export async function run({ full }) {
  const rows = [];
  for (const [kind, format] of full ? allPictures() : WORST.map((each) => [each, "png"])) {
    rows.push(await restorePicture(await freezePicture(kind ?? "", format)));
  }
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (/** @type {string} */ name) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  const side = Number(option("side") ?? SIDE);
  const seed = option("seed") ?? "1";
  const [only, asFormat] = [option("only"), option("format")];
  const pictures =
    asFormat === undefined
      ? [...allPictures()]
      : Object.keys(DRAWN).map((kind) => /** @type {const} */ ([kind, asFormat]));
  const chosen = pictures
    .filter(([kind]) => (only ?? kind) === kind)
    .slice(0, Number(option("kinds") ?? Infinity));
  for (const [kind, format] of chosen) {
    const picture = await freezePicture(kind, format, seed, side);
    const row = await restorePicture(picture, Number(option("limit") ?? 600) * 1000);
    process.stdout.write(
      `${row.failed === 0 ? "held" : "FAILED"}  ${row.name.padEnd(66)} ${(picture.bytes.length / 1024).toFixed(0).padStart(6)} KB ` +
        `${row.seconds.toFixed(1).padStart(6)} s ${(row.busySeconds ?? NaN).toFixed(1).padStart(6)} s busy  ${row.note ?? ""}\n`,
    );
    process.exitCode ||= row.failed;
  }
}
