/**
 * The codes of a picture file: which reader is asked at which size, cheap ones first.
 *
 * Ends at the first reading with a code of ours, or of a key; promises nothing about what the texts
 * hold. `npm run bench:photos` shows what each reader is worth.
 */
import { type Picture, shrunkSide } from "../core/picture.js";
import type { Sight } from "../core/problem.js";
import {
  CODE_LIMIT_PIXELS,
  readCode,
  type SearchedPicture,
  sureBlocks,
  SURE_EVIDENCE,
} from "../core/qr/photo/read-code.js";
import { sightOf } from "../core/qr/photo/sight.js";
import { hasQrText } from "../core/qr/qr-text.js";
import { tornPayload } from "../core/qr/torn-code.js";
import { isKeyUri } from "../core/record/key-file.js";
import { readCodes as readWithZxing, startDecoder } from "./code-zxing.js";
import type { OpenPicture } from "./image.js";

/** A long side at which an A4 page still has 4 pixels a module. */
const FIRST_LONG_SIDE_PX = 1600;

/** A code of a sheet of which only some blocks can be read. */
export interface TornCode {
  /** The payload's bytes in their places, null for those that are lost. */
  readonly bytes: readonly (number | null)[];
  readonly read: number;
  readonly count: number;
}

export interface PictureCodes {
  /** Of the first reading that has a code of ours or of a key; else all foreign ones. */
  readonly texts: readonly string[];
  /** Where there is no text: what is left of a code. */
  readonly torn: TornCode | null;
  /** Why there is nothing, where there is not. */
  readonly sight: Sight;
}

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
  return (await readOpenPicture(await openPicture(bytes, source))).texts;
}

/** What a reading found, and what the reader for damaged codes saw. */
interface Reading {
  readonly texts: readonly string[];
  readonly searched?: { readonly picture: Picture; readonly found: SearchedPicture };
}

/** All that is to be found of codes in a picture that is open. */
export async function readOpenPicture(picture: OpenPicture): Promise<PictureCodes> {
  const foreign = new Set<string>();
  let torn: TornCode | null = null;
  let sight: Sight = { kind: "nothing" };
  for await (const { texts, searched } of readings(picture)) {
    if (texts.some(isWanted)) return { texts, torn: null, sight };
    for (const text of texts) foreign.add(text);
    if (searched === undefined) continue;
    const left = tornCode(searched.found);
    if (left !== null && left.read > (torn?.read ?? 0)) torn = left;
    if (sight.kind === "nothing") sight = sightOf(searched.picture, searched.found.finders);
    // Somebody else's code was read, and the readers that see the most found none of ours.
    if (foreign.size > 0) break;
  }
  return { texts: [...foreign], torn, sight };
}

async function* readings(picture: OpenPicture): AsyncGenerator<Reading> {
  const first = await picture.load(FIRST_LONG_SIDE_PX);
  yield { texts: await readWithZxing(first) };
  const { widthPx, heightPx } = picture.size;
  const isShrunk = Math.max(widthPx, heightPx) > FIRST_LONG_SIDE_PX;
  let whole = first;
  if (isShrunk) {
    whole = await picture.load();
    yield { texts: await readWithZxing(whole) };
  }
  yield readDamaged(first);
  yield { texts: await readWithZxing(whole, { isDenoised: true }) };
  if (isShrunk) yield readDamaged(await picture.load(shrunkSide(picture.size, CODE_LIMIT_PIXELS)));
}

function readDamaged(picture: Picture): Reading {
  const found = readCode(picture);
  const text = found.code?.text ?? null;
  return { texts: text === null ? [] : [text], searched: { picture, found } };
}

function tornCode({ code }: SearchedPicture): TornCode | null {
  if (code?.text !== null) return null;
  const data = code.blocks.flatMap((block, index) =>
    block !== null && block.evidence >= SURE_EVIDENCE
      ? [...block.data]
      : new Array<null>(code.dataCounts[index] ?? 0).fill(null),
  );
  const bytes = tornPayload(data, code.version, code.format.level);
  return bytes?.some((byte) => byte !== null)
    ? { bytes, read: sureBlocks(code), count: code.blocks.length }
    : null;
}

function isWanted(text: string): boolean {
  return hasQrText(text) || isKeyUri(text);
}
