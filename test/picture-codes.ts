import { NODE_PORTS } from "../src/adapters/node/reading-ports.js";
import { readOpenPicture } from "../src/reading/picture-codes.js";
import type { WantedCode } from "../src/reading/wanted-code.js";

/** The texts of the codes of a picture file's first page. */
export async function readPictureCodes(
  bytes: Uint8Array,
  source: string,
  wanted?: WantedCode,
): Promise<readonly string[]> {
  const [picture] = await NODE_PORTS.openPictures(bytes, source);
  if (picture === undefined) return [];
  return (await readOpenPicture(picture, NODE_PORTS, wanted)).texts;
}
