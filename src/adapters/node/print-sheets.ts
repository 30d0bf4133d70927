/** Sheets to PDFs, which nobody has until they were proved. */
import { type Backup, sheetOf } from "../../core/backup.js";
import { UNPLACED_ORIGIN } from "../../core/origin.js";
import { Refusal } from "../../core/problem.js";
import { documentTitle, layoutSheet } from "../../core/sheet/layout.js";
import { layoutManual } from "../../core/sheet/manual/manual.js";
import { PAGES_LIMIT } from "../../core/sheet/page-text.js";
import type { Sheet } from "../../core/sheet/sheet.js";
import type { Paper } from "../../core/sheet/template.js";
import { hearEvents } from "./event-loop.js";
import { labelFonts } from "./label-fonts.js";
import { type LoadedManual, loadManual } from "./manual.js";
import { packageOrigin } from "./package-facts.js";
import type { PrintedSheet } from "./proof.js";
import type { LoadedTemplate } from "./templates.js";

export interface PrintOptions {
  readonly label: string | null;
  readonly copies: number;
  readonly paper: Paper;
  readonly isDiscreet: boolean;
  readonly isWithManual: boolean;
  /** What a provider that is not in the table is called; null: as the record says. */
  readonly title?: string | null;
}

/** `origin`: where the program comes from. */
type PageOptions = Omit<PrintOptions, "isWithManual"> & { readonly origin?: string };

/** Of one sheet, without a manual. */
interface SheetSize {
  readonly pages: number;
  readonly words: number;
  readonly codes: number;
}

/** Sheets as they were printed, and how many pages and codes that is. */
export interface Batch {
  readonly printed: readonly PrintedSheet[];
  /** Of all files, with the manual's. */
  readonly pageCount: number;
  /** At the end of the last file; 0 without a manual. */
  readonly manualPageCount: number;
  readonly size: SheetSize;
}

export async function printAll(
  made: readonly Backup[],
  loaded: LoadedTemplate,
  options: PrintOptions,
): Promise<Batch> {
  const printed: PrintedSheet[] = [];
  const manual = options.isWithManual ? await loadManual() : null;
  const pageOptions = { ...options, origin: packageOrigin() };
  let pageCount = 0;
  let manualPageCount = 0;
  let codes = 0;
  for (const [index, each] of made.entries()) {
    await hearEvents();
    const isLast = index === made.length - 1;
    const { pdf, ...counts } = await print(each, loaded, pageOptions, isLast ? manual : null);
    printed.push({ pdf, made: each });
    pageCount += counts.pageCount;
    manualPageCount += counts.manualPageCount;
    codes = counts.codeCount;
  }
  const pages = (pageCount - manualPageCount) / made.length / options.copies;
  const words = made[0]?.shape?.count ?? 0;
  return { printed, pageCount, manualPageCount, size: { pages, words, codes } };
}

interface Print {
  readonly pdf: Uint8Array;
  readonly pageCount: number;
  readonly manualPageCount: number;
  readonly codeCount: number;
}

/** The finished PDF: the pages of each copy, one after another, and the manual once. */
export async function print(
  made: Backup,
  { template, fonts, kernings }: LoadedTemplate,
  { label, copies, paper, isDiscreet, title = null, origin = UNPLACED_ORIGIN }: PageOptions,
  manual: LoadedManual | null = null,
): Promise<Print> {
  const { openPress } = await import("./pdf.js");
  const { correction } = template;
  const sheets = Array.from({ length: copies }, (_, index) =>
    sheetOf(made, {
      label,
      isDiscreet,
      title,
      correction,
      copy: { number: index + 1, count: copies },
      origin,
    }),
  );
  const [first] = sheets as [Sheet];
  const facts = {
    title: documentTitle(first, template),
    language: template.language,
    day: first.day,
    creator: isDiscreet ? "PDF" : "keysheet",
  };
  const texts = `${label ?? ""}${manual?.texts.format ?? ""}${manual?.texts.program ?? ""}`;
  const press = openPress(
    new Map([...fonts, ...(manual?.fonts ?? [])]),
    facts,
    await labelFonts(texts),
    kernings,
  );
  const sheetPages = sheets.flatMap((sheet) => layoutSheet(sheet, template, paper, press.metrics));
  const manualPages =
    manual === null
      ? []
      : layoutManual({ ...manual.texts, origin }, made.list, template.papers[paper], press.metrics);
  const pages = [...sheetPages, ...manualPages];
  if (pages.length > PAGES_LIMIT) {
    throw new Refusal({ code: "layout-pages", pages: pages.length, limit: PAGES_LIMIT });
  }
  return {
    pdf: await press.print(pages),
    pageCount: pages.length,
    manualPageCount: manualPages.length,
    codeCount: first.codes.length,
  };
}
