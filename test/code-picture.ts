/** A code of a sheet as a picture, and pictures of it as files. */
import sharp, { type Sharp } from "sharp";
import { codeModules } from "../src/core/qr/matrix.js";
import { encodeQrText } from "../src/core/qr/qr-text.js";

const PAYLOAD = Uint8Array.from({ length: 110 }, (_, index) => (index * index * 7 + 3) % 256);
const [TEXT = { head: "", digits: "" }] = encodeQrText(PAYLOAD);

export const CODE_TEXT = `${TEXT.head}${TEXT.digits}`;

export interface CodePicture {
  readonly side: number;
  /** 0 black to 255 white. */
  readonly luma: Buffer;
}

/** With its quiet zone of four modules. */
export function codePicture(modulePx = 4): CodePicture {
  const modules = codeModules(TEXT, "Q");
  if (modules === null) throw new Error("too long for a code");
  const cells = modules.size + 8;
  const side = cells * modulePx;
  const luma = Buffer.alloc(side * side, 255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / modulePx) - 4, Math.floor(x / modulePx) - 4];
      const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size;
      if (isInside && modules.isDark[row * modules.size + column] === true) luma[y * side + x] = 0;
    }
  }
  return { side, luma };
}

/** Below it so many times its height of noise, which no format shrinks. */
export function codeAbove(noiseParts: number): Sharp {
  const { side, luma } = codePicture();
  const noise = Buffer.from(
    Array.from({ length: side * side * noiseParts }, (_, index) => (index * index * 31) % 251),
  );
  const height = side * (1 + noiseParts);
  return sharp(Buffer.concat([luma, noise]), { raw: { width: side, height, channels: 1 } });
}

/** Its dark modules in a colour, all else transparent. */
export function inkOnNothing(ink: 0 | 255): Sharp {
  const { side, luma } = codePicture();
  const pixels = Buffer.alloc(side * side * 4, ink);
  for (const [index, level] of luma.entries()) pixels[index * 4 + 3] = 255 - level;
  return sharp(pixels, { raw: { width: side, height: side, channels: 4 } });
}
