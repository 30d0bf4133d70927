/**
 * The codes of a picture file: which decoder is asked at which size, cheap ones first.
 *
 * Ends at the first reading with a code of ours; promises nothing about what the texts hold.
 */
import { readCodes as readWithZxing, startDecoder } from "./code-zxing.js";
import type { OpenPicture } from "./image.js";

/** A long side at which an A4 page still has 4 pixels a module. */
const FIRST_LONG_SIDE_PX = 1600;

/**
 * The texts of the first reading that has a code of ours, else of all foreign codes, else none.
 *
 * @throws Refusal what `openPictures` and `OpenPicture.load` throw
 */
export async function readPictureCodes(
  bytes: Uint8Array,
  source: string,
): Promise<readonly string[]> {
  const [{ openPicture }] = await Promise.all([import("./image.js"), startDecoder()]);
  return readOpenPicture(await openPicture(bytes, source));
}

/** The same of a picture that is open. */
export async function readOpenPicture(picture: OpenPicture): Promise<readonly string[]> {
  const foreign = new Set<string>();
  for await (const texts of readings(picture)) {
    if (texts.some(isOurs)) return texts;
    for (const text of texts) foreign.add(text);
  }
  return [...foreign];
}

async function* readings(picture: OpenPicture): AsyncGenerator<readonly string[]> {
  const first = await picture.load(FIRST_LONG_SIDE_PX);
  yield await readWithZxing(first);
  const { widthPx, heightPx } = picture.size;
  const isShrunk = Math.max(widthPx, heightPx) > FIRST_LONG_SIDE_PX;
  const whole = isShrunk ? await picture.load() : first;
  if (isShrunk) yield await readWithZxing(whole);
  const { readCodes: readWithQr } = await import("./code-qr.js");
  yield await readWithQr(whole);
}

function isOurs(text: string): boolean {
  return text.toUpperCase().includes("KEYSHEET");
}
