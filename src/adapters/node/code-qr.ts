/**
 * One QR code on a picture, through a decoder in TypeScript that shares nothing with zxing.
 *
 * A picture without a code gives an empty list; the decoder's errors are dropped, since they can
 * hold partly decoded text.
 */
import { decodeQR } from "qr/decode.js";
import type { Picture } from "../../photo/picture.js";

/** The text of the one code that this decoder can find, or nothing. */
export function readCodes(picture: Picture): Promise<readonly string[]> {
  const { widthPx: width, heightPx: height, luma: data } = picture;
  try {
    // No limit of time: what is found must not depend on the clock.
    return Promise.resolve([
      decodeQR({ width, height, data }, { format: "I420", effort: 16, timeLimit: Infinity }),
    ]);
  } catch {
    return Promise.resolve([]);
  }
}
