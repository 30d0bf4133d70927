/**
 * The codes of a picture file: which reader is asked at which size, cheap ones first.
 *
 * Ends at the first reading with a code that is wanted; promises nothing about what the texts hold.
 * `npm run bench:photos` shows what each reader is worth.
 */
import { Work } from "../core/work.js";
import { mirrored, negative, type Picture, shrunkSide } from "../photo/picture.js";
import type { Sight } from "../core/problem.js";
import {
  CODE_LIMIT_PIXELS,
  readCode,
  type SearchedPicture,
  sureBlocks,
  SURE_EVIDENCE,
  type TornBlocks,
  withTorn,
} from "../photo/code/read-code.js";
import { INNER_PATTERN } from "../photo/code/finders.js";
import { hasTooManyPatterns, patternCount } from "../photo/code/pattern-count.js";
import { isCodeInView, sightOf } from "../photo/code/sight.js";
import { holdsPiece, isWholeQrText } from "../core/qr/qr-text.js";
import { type TornPiece, tornPiece } from "../core/qr/torn-code.js";
import { type WantedCode, WANTED_CODES } from "./wanted-code.js";
import { FIRST_LONG_SIDE_PX } from "./pages.js";
import type { CodeSearch, OpenPicture, ReadingPorts } from "./ports.js";

/** Of larger pictures the decoder's copies are 600 MB together. */
const WHOLE_LIMIT_PIXELS = 2 ** 25;
/** What the decoder has taken for smaller ones is kept for the next picture. */
const KEPT_LIMIT_PIXELS = 2 ** 22;
/**
 * In units of work, of all searches for damaged codes in a picture, and of one of them. Of 356 searches that
 * found a code, on real photographs and those of `test/camera`, the longest took 1.1 million.
 */
const CODE_UNITS = 2_200_000;
const SEARCH_UNITS = 1_250_000;
/** One search for a code that was cropped to its edge, on a screen; 0.3 million are enough. */
const CROPPED_UNITS = 400_000;
/** What looks like a finder pattern on a picture in which one may have been cropped, at most. */
const CROPPED_PATTERNS = 300;
/** Where modules may be 2 or 3 pixels wide and the finder patterns too coarse to be found. */
const DOUBLED_LIMIT_PIXELS = 2 ** 21;

/** A code has three, which tell whether it may lie the other way round. */
const FINDERS = 3;

/** A code of a sheet with some blocks that can be read and some that cannot. */
export interface TornCode extends TornPiece {
  readonly read: number;
  readonly count: number;
}

export interface PictureCodes {
  /** Of all codes that were read until a wanted one was: those of others too, each once. */
  readonly texts: readonly string[];
  /** What is left of codes without a text; none where a whole sheet was read. */
  readonly torn: readonly TornCode[];
  /** Why there is nothing, where there is not. */
  readonly sight: Sight;
  /** Whether a code was seen that could not be read. */
  readonly isInView: boolean;
}

/** What a reading found, and what the reader for damaged codes saw. */
interface Reading {
  readonly texts: readonly string[];
  readonly searched?: { readonly picture: Picture; readonly found: SearchedPicture };
}

/** All that is to be found of codes in a picture that is open. */
export async function readOpenPicture(
  picture: OpenPicture,
  ports: ReadingPorts,
  wanted: WantedCode = "sheet",
): Promise<PictureCodes> {
  const isWanted = WANTED_CODES[wanted];
  const texts = new Set<string>();
  let torn: readonly TornBlocks[] = [];
  let sight: Sight = { kind: "nothing" };
  let isInView = false;
  for await (const reading of readings(picture, ports, isWanted)) {
    for (const text of reading.texts) texts.add(text);
    const { searched } = reading;
    for (const code of searched?.found.torn ?? []) torn = withTorn(torn, code);
    if (reading.texts.some(isWanted)) break;
    if (searched !== undefined && sight.kind === "nothing") {
      sight = sightOf(searched.picture, searched.found.finders);
      isInView = isCodeInView(searched.found.finders);
    }
  }
  const found = [...texts];
  const left = found.some(isWholeQrText) ? [] : torn.flatMap((code) => tornCode(code) ?? []);
  const unread = left.filter(
    ({ number, total }) => total === 1 || !found.some((text) => holdsPiece(text, number, total)),
  );
  return { texts: found, torn: unread, sight, isInView };
}

async function* readings(
  picture: OpenPicture,
  ports: ReadingPorts,
  isWanted: (text: string) => boolean,
): AsyncGenerator<Reading> {
  const work = new Work(CODE_UNITS);
  const readDamaged = (seen: Picture): Reading => {
    const found = readCode(seen, isWanted, work.part(SEARCH_UNITS));
    return { texts: found.texts, searched: { picture: seen, found } };
  };
  const first = await picture.load(FIRST_LONG_SIDE_PX);
  yield { texts: await ports.readCodes(first) };
  const { widthPx, heightPx } = picture.size;
  const pixels = widthPx * heightPx;
  const isShrunk = Math.max(widthPx, heightPx) > FIRST_LONG_SIDE_PX;
  let fine = first;
  if (isShrunk) {
    fine = await picture.load(shrunkSide(picture.size, WHOLE_LIMIT_PIXELS));
    yield { texts: await readFine(fine, ports) };
  }
  yield readDamaged(first);
  if (pixels > CODE_LIMIT_PIXELS) {
    // The larger one goes before the next is loaded.
    fine = first;
    fine = await picture.load(shrunkSide(picture.size, CODE_LIMIT_PIXELS));
  }
  yield { texts: await readFine(fine, ports, { isDenoised: true }) };
  if (isShrunk) yield readDamaged(fine);
  if (pixels <= DOUBLED_LIMIT_PIXELS) {
    const larger = await ports.doubled(fine);
    if (larger !== null) yield readDamaged(larger);
  }
  // A screen shows one code: among very many patterns there is none that was cropped.
  if (patternCount(first, CROPPED_PATTERNS) <= CROPPED_PATTERNS)
    yield* readCropped(first, isWanted);
}

/**
 * Codes that were cropped to their edges: those on ground as dark as their modules, and in a negative those
 * that are light, on light ground. They are found by their light rings alone.
 */
function* readCropped(seen: Picture, isWanted: (text: string) => boolean): Generator<Reading> {
  const read = (picture: Picture) =>
    readCode(picture, isWanted, new Work(CROPPED_UNITS), INNER_PATTERN);
  for (const turn of [(picture: Picture) => picture, negative]) {
    const picture = turn(seen);
    const { texts, finders } = read(picture);
    yield { texts };
    if (finders.length >= FINDERS) yield { texts: read(mirrored(picture)).texts };
  }
}

/** By zxing, which does not come to an end with thousands of finder patterns; it gives back its memory. */
async function readFine(
  picture: Picture,
  ports: ReadingPorts,
  search?: CodeSearch,
): Promise<readonly string[]> {
  if (hasTooManyPatterns(picture)) return [];
  const texts = await ports.readCodes(picture, search);
  if (picture.widthPx * picture.heightPx > KEPT_LIMIT_PIXELS) await ports.endCodes();
  return texts;
}

function tornCode(code: TornBlocks): TornCode | null {
  const data = code.blocks.flatMap((block, index) =>
    block !== null && block.evidence >= SURE_EVIDENCE
      ? [...block.data]
      : new Array<null>(code.dataCounts[index] ?? 0).fill(null),
  );
  const piece = tornPiece(data, code.version, code.format.level);
  return piece?.bytes.some((byte) => byte !== null)
    ? { ...piece, read: sureBlocks(code), count: code.blocks.length }
    : null;
}
