/**
 * The codes of a picture file: which decoder is asked at which size, cheap ones first.
 *
 * Ends at the first reading with a code of ours; promises nothing about what the texts hold.
 */
import { readCodes as readWithZxing, startDecoder } from "./code-zxing.js";

/** A long side at which an A4 page still has 4 pixels a module. */
const FIRST_LONG_SIDE_PX = 1600;

/**
 * The texts of the first reading that has a code of ours, else of all foreign codes, else none.
 *
 * @throws Refusal file-unknown-type, image-damaged, image-too-large
 */
export async function readPictureCodes(
  bytes: Uint8Array,
  source: string,
): Promise<readonly string[]> {
  const foreign = new Set<string>();
  for await (const texts of readings(bytes, source)) {
    if (texts.some(isOurs)) return texts;
    for (const text of texts) foreign.add(text);
  }
  return [...foreign];
}

async function* readings(bytes: Uint8Array, source: string): AsyncGenerator<readonly string[]> {
  const [image] = await Promise.all([import("./image.js"), startDecoder()]);
  const first = await image.loadPicture(bytes, source, FIRST_LONG_SIDE_PX);
  yield await readWithZxing(first);
  const size = await image.pictureSize(bytes, source);
  const isShrunk = Math.max(size.widthPx, size.heightPx) > FIRST_LONG_SIDE_PX;
  const whole = isShrunk ? await image.loadPicture(bytes, source) : first;
  if (isShrunk) yield await readWithZxing(whole);
  const { readCodes: readWithQr } = await import("./code-qr.js");
  yield await readWithQr(whole);
}

function isOurs(text: string): boolean {
  return text.toUpperCase().includes("KEYSHEET");
}
