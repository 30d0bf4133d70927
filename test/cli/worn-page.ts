/** The page of a sheet as a picture, on which the code and the words are worn, neither enough alone. */
import sharp, { type Sharp } from "sharp";
import { encodeQrText, type QrText } from "../../src/core/qr/qr-text.js";
import { printedSheet } from "../camera/printed-sheet.mjs";
import { wornCode } from "../camera/worn-code.js";
import { pagePicture } from "./page.js";

export const PRINTED_LABEL = "Trading bot (main)";

/** The long side is below 1600 pixels, where all readers of codes have one size. */
const DPI = 135;

/**
 * `pdf` is a standard sheet of `payload` with PRINTED_LABEL, which `printedSheet` has. Of its code the blocks
 * `lostBlocks` (from 0) are worn; of its words every seventh is rubbed out.
 */
export async function wornPage(
  pdf: Uint8Array,
  payload: Uint8Array,
  lostBlocks: readonly number[],
): Promise<Sharp> {
  const { code, moduleMm, words, texts } = await printedSheet("any", { dpi: DPI });
  const pixels = (mm: number) => Math.round((mm * DPI) / 25.4);
  const [text] = encodeQrText(payload) as [QrText];
  const worn = wornCode(text, lostBlocks, pixels(moduleMm));
  const raw = { width: worn.widthPx, height: worn.heightPx, channels: 1 } as const;
  const rubbed = texts
    .filter((each) => words.includes(each.text))
    .filter((_, index) => index % 7 === 3);
  const patch = (width: number, height: number, background: string) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  const side = pixels(code.widthMm + 4);
  const page = (await pagePicture(pdf, DPI)).toColourspace("srgb").composite([
    {
      input: await patch(side, side, "#fff"),
      left: pixels(code.leftMm - 2),
      top: pixels(code.topMm - 2),
    },
    {
      input: Buffer.from(worn.luma),
      raw,
      left: pixels(code.leftMm + code.widthMm / 2) - Math.floor(worn.widthPx / 2),
      top: pixels(code.topMm + code.heightMm / 2) - Math.floor(worn.heightPx / 2),
    },
    ...(await Promise.all(
      rubbed.map(async ({ leftMm, baselineMm }) => ({
        input: await patch(pixels(20), pixels(4), "#fff"),
        left: pixels(leftMm - 0.5),
        top: pixels(baselineMm - 3.2),
      })),
    )),
  ]);
  return sharp(await page.png().toBuffer());
}
