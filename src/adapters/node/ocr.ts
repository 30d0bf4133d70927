/**
 * Letters on straightened pictures, through tesseract.js; the only importer of it and of its data.
 *
 * Both are optional: without them `startOcr` gives null. The data is read from the package, nothing
 * is fetched, and nothing is written: the engine keeps its files in its own memory. Errors of the
 * engine are replaced, since they may hold content.
 */
import { createRequire } from "node:module";
import path from "node:path";
import type { Picture } from "../../photo/picture.js";
import type { Ocr } from "../../reading/ports.js";

const require = createRequire(import.meta.url);
/** Of the three kinds of data the smallest, and as good on words of one font. */
const DATA = "4.0.0_best_int";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * Null where tesseract.js or its data is not installed, or does not start. `onPart` is told how much of the
 * picture at hand is read.
 */
export async function startOcr(
  onPart: (part: number) => void = () => undefined,
): Promise<Ocr | null> {
  try {
    const folder = path.dirname(require.resolve("@tesseract.js-data/eng/package.json"));
    const { createWorker, OEM, PSM } = await import("tesseract.js");
    const worker = await createWorker("eng", OEM.LSTM_ONLY, {
      langPath: path.join(folder, DATA),
      cacheMethod: "none",
      errorHandler: () => undefined,
      logger: ({ status, progress }) => {
        if (status === "recognizing text") onPart(progress);
      },
    });
    await worker.setParameters({
      tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
      tessedit_char_whitelist: LETTERS,
    });
    return {
      read: async (picture) => {
        try {
          const { data } = await worker.recognize(
            bitmapOf(picture),
            {},
            { text: false, blocks: true },
          );
          return (data.blocks ?? []).flatMap(({ paragraphs }) =>
            paragraphs.flatMap(({ lines }) =>
              lines.flatMap(({ words }) =>
                words.flatMap(({ symbols }) =>
                  symbols.map(({ text, bbox }) => ({
                    text,
                    x: (bbox.x0 + bbox.x1) / 2,
                    y: (bbox.y0 + bbox.y1) / 2,
                  })),
                ),
              ),
            ),
          );
        } catch {
          return [];
        }
      },
      end: async () => {
        await worker.terminate();
      },
    };
  } catch {
    return null;
  }
}

/** A greyscale image as netpbm's PGM has it: "P5", the size, the most that a pixel can be. */
function bitmapOf({ widthPx, heightPx, luma }: Picture): Buffer {
  const header = `P5\n${String(widthPx)} ${String(heightPx)}\n255\n`;
  return Buffer.concat([Buffer.from(header, "latin1"), luma]);
}
