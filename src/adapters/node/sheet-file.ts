/**
 * A file of any kind to the carriers that are in it: codes of pictures, words and codes of PDF pages,
 * words or code text of a text.
 *
 * The kind is found by content, never by name. Gives what it finds; what nothing was found in is a
 * problem beside the rest, so that the other files of a call are still read.
 */
import type { Carrier, TornCarrier } from "../../core/restore/read-carriers.js";
import { contrastOf } from "../../photo/picture.js";
import { pictureKind } from "../../photo/files/picture-kind.js";
import { type Problem, Refusal, type Sight } from "../../core/problem.js";
import { hasQrText } from "../../core/qr/qr-text.js";
import { plainText } from "../../core/plain-text.js";
import { malformedUtf8Line, textFromUtf8 } from "../../core/text.js";
import { type WantedCode, WANTED_CODES } from "../../reading/wanted-code.js";
import { joinPages, readPageRows, tokensOfRows } from "../../core/sheet/page-words.js";
import { parseLines } from "../../core/words/parse-words.js";
import { linesOf, WORDS_A_ROW } from "../../core/words/row.js";
import type { OpenOptions, OpenPicture } from "./image.js";
import type { PictureWords } from "./picture-words.js";
import type { PdfScan } from "./scan.js";

export const SHEET_FILE_LIMIT_BYTES = 64 * 1024 * 1024;
// A text of every word that a sheet can have is below 30 KB.
const TEXT_LIMIT_BYTES = 1024 * 1024;
/** Four pixels a module at the smallest module that is printed, 0.9 mm, are 113 dpi. */
const PAGE_DPI = 200;
/** The long side of A2 at as many; a larger page has fewer dots an inch. */
const PAGE_LIMIT_PX = 4700;
/** Of A4 at as many dots an inch. */
const PAGE_LONG_SIDE_PX = 2340;

/** Letters are 20 pixels wide on a page that is as large in the picture. */
const WORDS_LONG_SIDE_PX = 4000;
const WORDS_PAGES_LIMIT = 6;
/** Pages that are looked at in other ways where they show nothing. */
const OTHERS_PAGES_LIMIT = 6;
/** Between the darkest and the brightest pixel of a page with nothing on it. */
const BLANK_CONTRAST = 8;

type CodeCarrier = Extract<Carrier, { readonly kind: "code" }>;

export interface SheetFile {
  readonly carriers: readonly Carrier[];
  readonly problems: readonly Problem[];
}

/** Gives what is told how much of the work is done, 0 to 1, which may come at once; it ends with 1. */
export type OnWords = (source: string) => Promise<(part: number) => void>;

export interface ReadFileOptions {
  /**
   * A sheet, which is what is read where nothing is said, or the code of a key itself. "whole": one of
   * several codes of a sheet does not end the reading of a file; torn codes and words may be beside it.
   */
  readonly wanted?: Exclude<WantedCode, "any">;
  /** Called before the words of a picture are read, which takes seconds. */
  readonly onWords?: OnWords;
}

export async function readSheetFile(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions = {},
): Promise<SheetFile> {
  switch (kindOf(bytes)) {
    case "picture":
      return readPicture(bytes, source, options);
    case "pdf":
      return readPdf(bytes, source, options);
    case "text":
      return { carriers: parseSheetText(bytes, source), problems: [] };
    case "unknown":
      throw new Refusal({ code: "file-unknown-type", source });
  }
}

/** The words and the code text of a text; throws for what is no UTF-8. */
export function parseSheetText(bytes: Uint8Array, source: string): readonly Carrier[] {
  if (bytes.length > TEXT_LIMIT_BYTES) {
    throw new Refusal({ code: "file-too-large", source, limitBytes: TEXT_LIMIT_BYTES });
  }
  const saved = textFromUtf8(bytes);
  if (saved === null) {
    throw new Refusal({ code: "file-not-utf8", source, line: malformedUtf8Line(bytes) ?? 1 });
  }
  const text = plainText(saved);
  const words = (part: string) => ({ kind: "words", source, lines: parseLines(part) }) as const;
  if (!hasQrText(text)) return [words(text)];
  const { code, rest } = splitCodeLines(text);
  const other = words(rest);
  const hasRow = other.lines.flatMap(({ tokens }) => tokens).length >= WORDS_A_ROW;
  return [{ kind: "code", source, text: code }, ...(hasRow ? [other] : [])];
}

/** What mails, tables and typesetters put around a line. */
const AROUND_LINE = /^[\s>|*\u2022]+|[\s|\\\u2010-]+$/gu;
const LINE_NUMBER = /^(\d{1,4})[.:)|]*\s+(?=keysheet)/i;

/**
 * Lines of code text, also where it was broken between its digits, quoted or with its lines counted, and all
 * other lines.
 */
function splitCodeLines(text: string) {
  const code: string[] = [];
  const rest: string[] = [];
  let isInCode = false;
  let lineNumber: number | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    let digits = line.normalize("NFKC").replace(AROUND_LINE, "");
    const isHead = /keysheet/i.test(digits);
    if (isHead) {
      const counted = LINE_NUMBER.exec(digits);
      lineNumber = counted === null ? null : Number(counted[1]);
      digits = digits.replace(LINE_NUMBER, "");
    } else if (lineNumber !== null) {
      lineNumber += 1;
      digits = digits.replace(new RegExp(`^${String(lineNumber)}[.:)|]*\\s+`), "");
    }
    isInCode = isHead || (isInCode && /^[\d\s/]*$/.test(digits));
    if (isInCode) code.push(digits);
    else rest.push(line);
  }
  return { code: code.join("\n"), rest: rest.join("\n") };
}

export type FileKind = "picture" | "pdf" | "text" | "unknown";

/** How much of a file says of what kind it is. */
export const HEAD_BYTES = 1024;

export function kindOf(bytes: Uint8Array): FileKind {
  if (pictureKind(bytes) !== null) return "picture";
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  if (/^[^]{0,1019}%PDF-/.test(head)) return "pdf";
  const isUtf16 = head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff");
  // Control characters beside white space are in no text; UTF-16 is a text, which is refused as such.
  return isUtf16 || !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head) ? "text" : "unknown";
}

/** The codes of the first page of a picture, where a short look finds a wanted one; null where not. */
export async function readAtOnce(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile | null> {
  const [{ openPicture }, { startDecoder, readCodes }, { FIRST_LONG_SIDE_PX }] = await Promise.all([
    import("./image.js"),
    import("./code-zxing.js"),
    import("./code-reader.js"),
  ]);
  await startDecoder();
  try {
    const page = await openPicture(bytes, source);
    const texts = await readCodes(await page.load(FIRST_LONG_SIDE_PX));
    const carriers = texts.map((text) => codeCarrier(source, text));
    return carriers.some(isWanted(options)) ? { carriers, problems: [] } : null;
  } catch (error) {
    // What is there of it may be read.
    if (isDamage(error)) return null;
    throw error;
  }
}

async function readPicture(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile> {
  try {
    return await readPictureFile(bytes, source, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const left = await readCutPicture(bytes, source, options);
    if (left === null) throw error;
    return left;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Refusal && error.problems.some(({ code }) => code === "image-damaged");
}

/** Null where nothing is found in what is there of the picture. */
async function readCutPicture(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile | null> {
  try {
    const found = await readPictureFile(bytes, source, options, { isCutAllowed: true });
    if (found.carriers.length === 0) return null;
    return { ...found, problems: [{ code: "picture-cut", source }, ...found.problems] };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function readPictureFile(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions,
  opening: OpenOptions = {},
): Promise<SheetFile> {
  const [{ openPictures }, { startDecoder }] = await Promise.all([
    import("./image.js"),
    import("./code-zxing.js"),
  ]);
  const [pages] = await Promise.all([openPictures(bytes, source, opening), startDecoder()]);
  const nameOf = (number: number) => pagesName(source, [number], pages.length);
  const found = pages.length > 1 ? await readQuickly(pages, nameOf) : [];
  if (found.some(isWanted(options))) return { carriers: found, problems: [] };
  return readThoroughly(pages, nameOf, source, options);
}

async function readPdf(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile> {
  const { openPdf } = await import("./scan.js");
  const pdf = await openPdf(bytes, source);
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
    const pages = indices.map((index) => pageOf(pdf, index, nameOf(index + 1)));
    const found = await readQuickly(pages, nameOf);
    const carriers = [...words, ...found];
    // Where a scanner put text behind its pages, the words in it have what it misread.
    if (found.some(isWanted(options)) || (await hasSheet(words))) {
      return { carriers, problems: [] };
    }
    const more = await readThoroughly(pages, nameOf, source, options);
    if (words.length === 0) return more;
    return { carriers: [...words, ...more.carriers], problems: [] };
  } finally {
    pdf.close();
  }
}

/** True where a sheet, or a share, can be read of these alone, and quickly. */
async function hasSheet(carriers: readonly Carrier[]): Promise<boolean> {
  if (carriers.length === 0) return false;
  const { readCarriers } = await import("../../core/restore/read-carriers.js");
  return readCarriers(carriers, { thoroughness: "quick" }).sheets.length > 0;
}

/** A page is drawn each time that it is loaded: none of many is kept. */
function pageOf(pdf: PdfScan, index: number, source: string): OpenPicture {
  const { width, height } = pdf.pageSizeMm(index);
  const longSideInches = Math.max(width, height) / 25.4;
  const dpi = Math.min(PAGE_DPI, PAGE_LIMIT_PX / longSideInches);
  const pixels = (mm: number) => Math.max(1, Math.round((mm / 25.4) * dpi));
  return {
    size: { widthPx: pixels(width), heightPx: pixels(height) },
    load: (longSidePx = Infinity) =>
      pdf.renderPage(index, Math.min(dpi, longSidePx / longSideInches)),
    others: () => storedPictures(pdf, index, source),
  };
}

/** Those of which a page is laid together: scanners write PDFs that are drawn wrongly. */
async function storedPictures(
  pdf: PdfScan,
  index: number,
  source: string,
): Promise<readonly OpenPicture[]> {
  const { openDecoded, openPictures } = await import("./image.js");
  const found: OpenPicture[] = [];
  for (const stored of pdf.pagePictures(index)) {
    if (stored.kind === "pixels") found.push(openDecoded(stored.picture, source));
    else found.push(...(await openPictures(stored.bytes, source).catch(() => [])));
  }
  return found;
}

type PageName = (number: number) => string;

/** Every page by one decoder: most pages of a long scan have no code. */
async function readQuickly(pages: readonly OpenPicture[], nameOf: PageName) {
  const { readCodes } = await import("./code-zxing.js");
  const codes: CodeCarrier[] = [];
  for (const [index, page] of pages.entries()) {
    const texts = await readCodes(await page.load(PAGE_LONG_SIDE_PX));
    codes.push(...texts.map((text) => codeCarrier(nameOf(index + 1), text)));
  }
  return codes;
}

/** Every page as it is seen first, and where that shows nothing, as it may be seen otherwise. */
async function readThoroughly(
  pages: readonly OpenPicture[],
  nameOf: PageName,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile> {
  // Of one level alone, as PDFs are drawn that hold nothing, no reader is asked.
  const contrast = await contrastUpToBlank(pages);
  const nothing: SheetFile = {
    carriers: [],
    problems: [{ code: "code-missing", source, sight: { kind: "nothing" } }],
  };
  const found = contrast === 0 ? nothing : await readAllOf(pages, nameOf, source, options);
  if (found.carriers.length > 0) return found;
  const others: OpenPicture[] = [];
  const names: string[] = [];
  for (const [index, page] of pages.slice(0, OTHERS_PAGES_LIMIT).entries()) {
    const ways = (await page.others?.()) ?? [];
    others.push(...ways);
    names.push(...ways.map(() => nameOf(index + 1)));
  }
  const nameOfOther = (number: number) => names[number - 1] ?? source;
  const more = others.length === 0 ? found : await readAllOf(others, nameOfOther, source, options);
  if (more.carriers.length > 0) return more;
  const isBlank = contrast <= BLANK_CONTRAST && (await contrastUpToBlank(others)) <= BLANK_CONTRAST;
  return isBlank ? { carriers: [], problems: [{ code: "picture-blank", source }] } : found;
}

/** The most that a page has, where none has more than a blank one; else that of the first that has. */
async function contrastUpToBlank(pages: readonly OpenPicture[]): Promise<number> {
  let most = 0;
  for (const page of pages) {
    most = Math.max(most, contrastOf(await page.load(PAGE_LONG_SIDE_PX)));
    if (most > BLANK_CONTRAST) break;
  }
  return most;
}

/** Every page by all readers of codes; where no page has a wanted one, the words on them. */
async function readAllOf(
  pages: readonly OpenPicture[],
  nameOf: PageName,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile> {
  const { readOpenPicture } = await import("./code-reader.js");
  const codes: CodeCarrier[] = [];
  const torn: TornCarrier[] = [];
  let sight: Sight = { kind: "nothing" };
  let isInView = false;
  for (const [index, page] of pages.entries()) {
    const found = await readOpenPicture(page, options.wanted);
    codes.push(...found.texts.map((text) => codeCarrier(nameOf(index + 1), text)));
    const source = nameOf(index + 1);
    torn.push(...found.torn.map((code) => ({ kind: "bytes", source, ...code }) as const));
    if (found.isInView && !isInView) sight = found.sight;
    isInView ||= found.isInView;
    if (sight.kind === "nothing") sight = found.sight;
  }
  const ofCodes = [...codes, ...torn];
  if (options.wanted === "key" || codes.some(isWanted(options))) {
    return { carriers: ofCodes, problems: [] };
  }
  const words = await readWords(pages, nameOf, options);
  const carriers = [...ofCodes, ...words.carriers];
  const missing: Problem = { code: "code-missing", source, sight };
  // A code that is in view is easier to photograph again than all words are.
  const isMissed = carriers.length === 0 || (isInView && ofCodes.length === 0 && !words.isMended);
  return { carriers, problems: isMissed ? [missing] : [] };
}

/** The words on pictures, of the first pages only: a page takes seconds. */
async function readWords(
  pages: readonly OpenPicture[],
  nameOf: PageName,
  { onWords = () => Promise.resolve(() => undefined) }: ReadFileOptions,
): Promise<PictureWords> {
  const { readPictureWords } = await import("./picture-words.js");
  const carriers: Carrier[] = [];
  let isMended = false;
  for (const [index, page] of pages.slice(0, WORDS_PAGES_LIMIT).entries()) {
    const source = nameOf(index + 1);
    const { widthPx, heightPx } = page.size;
    const longSidePx = Math.min(Math.max(widthPx, heightPx), WORDS_LONG_SIDE_PX);
    const picture = await page.load(longSidePx);
    const found = readPictureWords(picture, source, await onWords(source));
    carriers.push(...found.carriers);
    isMended ||= found.isMended;
  }
  return { carriers, isMended };
}

function codeCarrier(source: string, text: string): CodeCarrier {
  return { kind: "code", source, text };
}

function isWanted({ wanted = "sheet" }: ReadFileOptions): (code: CodeCarrier) => boolean {
  return ({ text }) => WANTED_CODES[wanted](text);
}

/** "sheet.pdf", or "sheet.pdf page 2" and "sheet.pdf pages 1, 2" where there are several. */
function pagesName(source: string, numbers: readonly number[], pageCount: number): string {
  if (pageCount === 1) return source;
  return `${source} ${numbers.length === 1 ? "page" : "pages"} ${numbers.join(", ")}`;
}
