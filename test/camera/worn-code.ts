/** A code of a sheet that is worn where some of its blocks lie: the others can be read. */
import { codeModules } from "../../src/core/qr/matrix.js";
import { blocksOf, symbolLayout } from "../../src/core/qr/symbol.js";
import type { QrText } from "../../src/core/qr/qr-text.js";
import type { Picture } from "../../src/photo/picture.js";
import { seededRandom } from "../seeded-random.mjs";

/** With a quiet zone; the modules of the codewords of blocks `lost` (from 0) are dark or light by chance. */
export function wornCode(text: QrText, lost: readonly number[], modulePx: number): Picture {
  const modules = codeModules(text, "Q");
  if (modules === null) throw new Error("too long for a code");
  const { size } = modules;
  const isDark = [...modules.isDark];
  const { version, dataModules } = symbolLayout((size - 17) / 4);
  const random = seededRandom(`worn ${lost.join()}`);
  for (const block of lost) {
    for (const codeword of blocksOf(version, "Q")[block]?.codewords ?? []) {
      for (let bit = 0; bit < 8; bit++)
        isDark[dataModules[8 * codeword + bit] ?? 0] = random(2) === 0;
    }
  }
  const side = (size + 8) * modulePx;
  const luma = new Uint8Array(side * side).fill(255);
  isDark.forEach((dark, index) => {
    if (!dark) return;
    const [column, row] = [(index % size) + 4, Math.floor(index / size) + 4];
    for (let y = row * modulePx; y < (row + 1) * modulePx; y++) {
      luma.fill(0, y * side + column * modulePx, y * side + (column + 1) * modulePx);
    }
  });
  return { widthPx: side, heightPx: side, luma };
}
