// @ts-check
/** Pictures without a code, of the kinds that are taken for one: text, textures, blotted-out codes. */
import sharp from "sharp";
import { chance, photograph } from "./camera.mjs";
import { printedSheet, withoutCode } from "./printed-sheet.mjs";
import { sceneOf } from "./tiers.mjs";

/**
 * @param {number} count
 * @returns {AsyncGenerator<{ readonly name: string, readonly bytes: Buffer }>}
 */
export async function* blankPictures(count) {
  for (let number = 0; number < count; number++) {
    const kind = ["sheet", "noise", "squares", "stripes"][number % 4] ?? "sheet";
    const name = `${kind} ${String(number)}`;
    yield { name, bytes: kind === "sheet" ? await blottedSheet(name) : await texture(kind, name) };
  }
}

/** @param {string} seed */
async function blottedSheet(seed) {
  const sheet = await printedSheet(seed, { dpi: 200 });
  const { dpi, code, moduleMm } = sheet;
  return photograph(withoutCode(sheet), dpi, code, sceneOf("easy", moduleMm, code, seed), seed);
}

/**
 * @param {string} kind
 * @param {string} seed
 */
async function texture(kind, seed) {
  const { unit, between } = chance(seed);
  const side = 900;
  const cell = Math.round(between(4, 12));
  const across = Math.ceil(side / cell);
  const cells = Array.from({ length: across * across }, () => unit());
  const angle = between(0, Math.PI);
  const luma = Buffer.alloc(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = Math.floor(y / cell) * across + Math.floor(x / cell);
      const wave = Math.sin(((x * Math.cos(angle) + y * Math.sin(angle)) * Math.PI) / cell);
      // Squares without a finder pattern are the nearest thing to a code.
      const dark = { noise: unit(), squares: (cells[at] ?? 0) > 0.5 ? 1 : 0, stripes: wave }[kind];
      luma[y * side + x] = 30 + 200 * Math.min(1, Math.max(0, dark ?? 0));
    }
  }
  return sharp(luma, { raw: { width: side, height: side, channels: 1 } })
    .jpeg()
    .toBuffer();
}
