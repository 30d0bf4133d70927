/** The text of a page as a reader of PDFs gives it. */

/** The most pages of a PDF that are read, and so the most that are printed. */
export const PAGES_LIMIT = 100;

/** A run of characters on a page without a gap between them, in mm from the page's top left. */
export interface PageText {
  readonly text: string;
  readonly leftMm: number;
  readonly rightMm: number;
  readonly baselineMm: number;
}
