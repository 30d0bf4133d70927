/**
 * The words on a photograph of a sheet to carriers: by the shapes of the templates' letters, and
 * where that finds no sheet, by OCR, where it is installed.
 */
import type { Picture } from "../photo/picture.js";
import type { Problem } from "../core/problem.js";
import type { Carrier } from "../core/restore/read-carriers.js";
import type { TypedLine } from "../core/words/parse-words.js";
import { ocrLines } from "../photo/words/ocr-lines.js";
import { readPhotoWords } from "../photo/words/read-words.js";
import { hasTextRows } from "../photo/words/text-rows.js";
import { middleRows, type StraightBlock, straightBlocks } from "../photo/words/straighten.js";
import type { Ocr, ReadingPorts } from "./ports.js";

export interface PictureWords {
  /** One of words, or none where the picture has none that could be a sheet's. */
  readonly carriers: readonly Carrier[];
  /** Whether the words give a sheet by themselves. */
  readonly isMended: boolean;
  /** ocr-missing, where OCR might have read what the shapes did not. */
  readonly problems: readonly Problem[];
}

/** Blocks that are given to OCR. */
const OCR_BLOCKS = 2;
/** Words of a list from which a block of them is worth an attempt. */
const KNOWN_LEAST = 12;
/** Rows that are looked at first, and words of a list in them from which the others are, too. */
const FIRST_ROWS = 6;
const FIRST_KNOWN_LEAST = 5;
/** Places of words that OCR is given in all, of 10 to 40 milliseconds each: a page has some 200. */
const OCR_CELLS = 440;
/** Of all time, what the shapes take where OCR follows. */
const SHAPES_PART = 0.5;

/** `onPart` is told how much of the work may be done, 0 to 1; it ends with 1. */
export async function readPictureWords(
  picture: Picture,
  source: string,
  ports: Pick<ReadingPorts, "startOcr">,
  onPart: (part: number) => void = () => undefined,
): Promise<PictureWords> {
  try {
    return await readWords(picture, source, ports, onPart);
  } finally {
    onPart(1);
  }
}

async function readWords(
  picture: Picture,
  source: string,
  ports: Pick<ReadingPorts, "startOcr">,
  onPart: (part: number) => void,
): Promise<PictureWords> {
  const shapes = readPhotoWords(picture, (part) => {
    onPart(SHAPES_PART * part);
  });
  const words = (lines: readonly TypedLine[], letterPx: number | null): readonly Carrier[] => [
    { kind: "words", source, lines, photo: { letterPx } },
  ];
  if (shapes !== null) {
    const { lines, letterPx, isMended } = shapes;
    return { carriers: words(lines, letterPx), isMended, problems: [] };
  }
  onPart(SHAPES_PART);
  const blocks = straightBlocks(picture, OCR_BLOCKS);
  let ocr: Ocr | null = null;
  let step = { from: 0, to: 0 };
  let cells = OCR_CELLS;
  let best: NonNullable<ReturnType<typeof ocrLines>> | null = null;
  try {
    for (const block of blocks) {
      const rows = middleRows(block, FIRST_ROWS);
      if (!hasTextRows(rows)) continue;
      ocr ??= await ports.startOcr((part) => {
        const done = (step.from + part * (step.to - step.from)) / OCR_CELLS;
        onPart(SHAPES_PART + (1 - SHAPES_PART) * done);
      });
      if (ocr === null) return unread([{ code: "ocr-missing", source }]);
      const engine = ocr;
      const read = async (part: StraightBlock) => {
        const from = OCR_CELLS - cells;
        cells -= part.rows * part.columns;
        step = { from, to: OCR_CELLS - cells };
        return ocrLines(await engine.read(part.picture), part);
      };
      const first = await read(rows);
      if (first === null || first.known < FIRST_KNOWN_LEAST) continue;
      const whole = middleRows(block, Math.floor(cells / block.columns));
      const found = whole.rows <= rows.rows ? first : await read(whole);
      if (found !== null && found.known > (best?.known ?? KNOWN_LEAST)) best = found;
    }
    return { ...unread([]), carriers: best === null ? [] : words(best.lines, null) };
  } finally {
    await ocr?.end();
  }
}

function unread(problems: readonly Problem[]): PictureWords {
  return { carriers: [], isMended: false, problems };
}
