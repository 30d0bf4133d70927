/**
 * The pages of one file, as pictures, to carriers: codes by the decoder that is fast, then by all readers, then
 * the words.
 *
 * Promises that every page is seen as it is meant first, and in its other ways only where that shows nothing.
 */
import type { Problem, Sight } from "../core/problem.js";
import type { Carrier, TornCarrier } from "../core/restore/read-carriers.js";
import { contrastOf } from "../photo/picture.js";
import type { PictureWords } from "./picture-words.js";
import type { OpenPicture, ReadingPorts } from "./ports.js";
import { type WantedCode, WANTED_CODES } from "./wanted-code.js";

/** A long side at which an A4 page still has 4 pixels a module. */
export const FIRST_LONG_SIDE_PX = 1600;
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

/** Gives a function that hears how much of the work is done, from 0 to 1; the last call is 1. */
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

/** What is asked of the pages of a file. */
export interface PageJob {
  readonly source: string;
  /** Of page number from 1, for messages. */
  readonly nameOf: (number: number) => string;
  readonly options: ReadFileOptions;
  readonly ports: ReadingPorts;
}

/** Every page by one decoder: most pages of a long scan have no code. */
export async function readQuickly(
  pages: readonly OpenPicture[],
  { nameOf, ports }: PageJob,
): Promise<readonly CodeCarrier[]> {
  const codes: CodeCarrier[] = [];
  for (const [index, page] of pages.entries()) {
    const texts = await ports.readCodes(await page.load(PAGE_LONG_SIDE_PX));
    codes.push(...texts.map((text) => codeCarrier(nameOf(index + 1), text)));
  }
  return codes;
}

/** Every page as it is seen first, and where that shows nothing, as it may be seen otherwise. */
export async function readThoroughly(
  pages: readonly OpenPicture[],
  job: PageJob,
): Promise<SheetFile> {
  const { source, nameOf } = job;
  // Of one level alone, as PDFs are drawn that hold nothing, no reader is asked.
  const contrast = await contrastUpToBlank(pages);
  const nothing: SheetFile = {
    carriers: [],
    problems: [{ code: "code-missing", source, sight: { kind: "nothing" } }],
  };
  const found = contrast === 0 ? nothing : await readAllOf(pages, job);
  if (found.carriers.length > 0) return found;
  const others: OpenPicture[] = [];
  const names: string[] = [];
  for (const [index, page] of pages.slice(0, OTHERS_PAGES_LIMIT).entries()) {
    const ways = (await page.others?.()) ?? [];
    others.push(...ways);
    names.push(...ways.map(() => nameOf(index + 1)));
  }
  const otherJob = { ...job, nameOf: (number: number) => names[number - 1] ?? source };
  const more = others.length === 0 ? found : await readAllOf(others, otherJob);
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
async function readAllOf(pages: readonly OpenPicture[], job: PageJob): Promise<SheetFile> {
  const { readOpenPicture } = await import("./picture-codes.js");
  const { source, nameOf, options, ports } = job;
  const codes: CodeCarrier[] = [];
  const torn: TornCarrier[] = [];
  let sight: Sight = { kind: "nothing" };
  let isInView = false;
  for (const [index, page] of pages.entries()) {
    const found = await readOpenPicture(page, ports, options.wanted);
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
  const words = await readWords(pages, job);
  const carriers = [...ofCodes, ...words.carriers];
  const missing: Problem = { code: "code-missing", source, sight };
  // A code that is in view is easier to photograph again than all words are.
  const isMissed = carriers.length === 0 || (isInView && ofCodes.length === 0 && !words.isMended);
  return { carriers, problems: isMissed ? [missing] : [] };
}

/** The words on pictures, of the first pages only: a page takes seconds. */
async function readWords(
  pages: readonly OpenPicture[],
  { nameOf, options }: PageJob,
): Promise<PictureWords> {
  const { readPictureWords } = await import("./picture-words.js");
  const { onWords = () => Promise.resolve(() => undefined) } = options;
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

export function codeCarrier(source: string, text: string): CodeCarrier {
  return { kind: "code", source, text };
}

export function isWanted({ wanted = "sheet" }: ReadFileOptions): (code: CodeCarrier) => boolean {
  return ({ text }) => WANTED_CODES[wanted](text);
}
