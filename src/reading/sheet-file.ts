/**
 * A file of any kind to the carriers that are in it: codes of pictures, words and codes of PDF pages,
 * words or code text of a text.
 *
 * The kind is found by content, never by name. Gives what it finds; what nothing was found in is a
 * problem beside the rest, so that the other files of a call are still read.
 */
import { Refusal } from "../core/problem.js";
import type { Carrier } from "../core/restore/read-carriers.js";
import { joinPages, readPageRows, tokensOfRows } from "../core/sheet/page-words.js";
import { linesOf } from "../core/words/row.js";
import { kindOf } from "./file-kind.js";
import {
  codeCarrier,
  FIRST_LONG_SIDE_PX,
  isWanted,
  type PageJob,
  type ReadFileOptions,
  readQuickly,
  readThoroughly,
  type SheetFile,
} from "./pages.js";
import type { OpenOptions, OpenPicture, PdfScan, ReadingPorts } from "./ports.js";
import { parseSheetText } from "./sheet-text.js";
import { unlessRefusedLater } from "../core/unless-refused.js";

/** Four pixels a module at the smallest module that is printed, 0.9 mm, are 113 dpi. */
const PAGE_DPI = 200;
/** The long side of A2 at as many; a larger page has fewer dots an inch. */
const PAGE_LIMIT_PX = 4700;
type FileJob = Omit<PageJob, "nameOf">;

export async function readSheetFile(
  bytes: Uint8Array,
  source: string,
  ports: ReadingPorts,
  options: ReadFileOptions = {},
): Promise<SheetFile> {
  const job = { source, options, ports };
  switch (kindOf(bytes)) {
    case "picture":
      return readPicture(bytes, job);
    case "pdf":
      return readPdf(bytes, job);
    case "text":
      return { carriers: parseSheetText(bytes, source), problems: [] };
    case "unknown":
      throw new Refusal({ code: "file-unknown-type", source });
  }
}

/** The codes of the first page of a picture, where a short look finds a wanted one; null where not. */
export async function readAtOnce(
  bytes: Uint8Array,
  source: string,
  ports: ReadingPorts,
  options: ReadFileOptions,
): Promise<SheetFile | null> {
  // Compiled beside the decoding of the picture; its failure is that of the reading.
  ports.startCodes().catch(() => undefined);
  try {
    const [page] = await ports.openPictures(bytes, source);
    if (page === undefined) return null;
    const texts = await ports.readCodes(await page.load(FIRST_LONG_SIDE_PX), { isClean: true });
    const carriers = texts.map((text) => codeCarrier(source, text));
    return carriers.some(isWanted(options)) ? { carriers, problems: [] } : null;
  } catch (error) {
    // What is there of it may be read.
    if (isDamage(error)) return null;
    throw error;
  }
}

async function readPicture(bytes: Uint8Array, job: FileJob): Promise<SheetFile> {
  try {
    return await readPictureFile(bytes, job);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const left = await readCutPicture(bytes, job);
    if (left === null) throw error;
    return left;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Refusal && error.problems.some(({ code }) => code === "image-damaged");
}

/** Null where nothing is found in what is there of the picture. */
async function readCutPicture(bytes: Uint8Array, job: FileJob): Promise<SheetFile | null> {
  const found = await unlessRefusedLater<SheetFile | null>(
    () => readPictureFile(bytes, job, { isCutAllowed: true }),
    () => null,
  );
  if (found === null || found.carriers.length === 0) return null;
  return { ...found, problems: [{ code: "picture-cut", source: job.source }, ...found.problems] };
}

async function readPictureFile(
  bytes: Uint8Array,
  { source, options, ports }: FileJob,
  opening: OpenOptions = {},
): Promise<SheetFile> {
  const opened = ports.openPictures(bytes, source, opening);
  const [pages] = await Promise.all([opened, ports.startCodes()]);
  const nameOf = (number: number) => pagesName(source, [number], pages.length);
  const job = { source, nameOf, options, ports };
  const found = pages.length > 1 ? await readQuickly(pages, job) : [];
  if (found.some(isWanted(options))) return { carriers: found, problems: [] };
  return readThoroughly(pages, job);
}

async function readPdf(bytes: Uint8Array, { source, options, ports }: FileJob): Promise<SheetFile> {
  const pdf = await ports.openPdf(bytes, source);
  try {
    const indices = Array.from({ length: pdf.pageCount }, (_, index) => index);
    const nameOf = (...numbers: readonly number[]) => pagesName(source, numbers, pdf.pageCount);
    const words = joinPages(indices.map((index) => readPageRows(pdf.pageText(index)))).map(
      ({ pages, rows }): Carrier => ({
        kind: "words",
        source: nameOf(...pages),
        lines: linesOf(tokensOfRows(rows)),
      }),
    );
    const pages = indices.map((index) => pageOf(pdf, index, nameOf(index + 1), ports));
    const job = { source, nameOf, options, ports };
    const found = await readQuickly(pages, job);
    const carriers = [...words, ...found];
    // Where a scanner put text behind its pages, the words in it have what it misread.
    if (found.some(isWanted(options)) || (await hasSheet(words))) {
      return { carriers, problems: [] };
    }
    const more = await readThoroughly(pages, job);
    if (words.length === 0) return more;
    return { carriers: [...words, ...more.carriers], problems: [] };
  } finally {
    pdf.close();
  }
}

/** Whether a sheet, or a share, can be read of these alone, and quickly. */
async function hasSheet(carriers: readonly Carrier[]): Promise<boolean> {
  if (carriers.length === 0) return false;
  const { Restoration } = await import("../core/restore/restoration.js");
  return new Restoration().add(carriers).look() !== null;
}

/** A page is drawn each time that it is loaded: none of many is kept. */
function pageOf(pdf: PdfScan, index: number, source: string, ports: ReadingPorts): OpenPicture {
  const { width, height } = pdf.pageSizeMm(index);
  const longSideInches = Math.max(width, height) / 25.4;
  const dpi = Math.min(PAGE_DPI, PAGE_LIMIT_PX / longSideInches);
  const pixels = (mm: number) => Math.max(1, Math.round((mm / 25.4) * dpi));
  return {
    size: { widthPx: pixels(width), heightPx: pixels(height) },
    load: (longSidePx = Infinity) =>
      pdf.renderPage(index, Math.min(dpi, longSidePx / longSideInches)),
    others: () => storedPictures(pdf, index, source, ports),
  };
}

/** The pictures that make up a page: pdfium draws some PDFs of scanners wrongly. */
async function storedPictures(
  pdf: PdfScan,
  index: number,
  source: string,
  ports: ReadingPorts,
): Promise<readonly OpenPicture[]> {
  const found: OpenPicture[] = [];
  for (const stored of pdf.pagePictures(index)) {
    if (stored.kind === "pixels") found.push(await ports.openDecoded(stored.picture, source));
    else found.push(...(await ports.openPictures(stored.bytes, source).catch(() => [])));
  }
  return found;
}

/** "sheet.pdf", or "sheet.pdf page 2" and "sheet.pdf pages 1, 2" where there are several. */
function pagesName(source: string, numbers: readonly number[], pageCount: number): string {
  if (pageCount === 1) return source;
  return `${source} ${numbers.length === 1 ? "page" : "pages"} ${numbers.join(", ")}`;
}
