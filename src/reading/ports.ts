/**
 * What reading needs of the world outside: pictures decoded, PDFs drawn, whole codes read. A
 * command has Node's (`adapters/node/reading-ports.ts`); a page in a browser can have its own.
 *
 * Every port refuses by `Refusal`, and replaces errors of its library, which may hold content.
 */
import type { PageText } from "../core/sheet/page-text.js";
import type { Picture } from "../photo/picture.js";

export interface ReadingPorts {
  /**
   * The pages of a picture file.
   *
   * @throws Refusal file-unknown-type, image-damaged, image-too-large, picture-pages, tiff-unread
   */
  openPictures(
    bytes: Uint8Array,
    source: string,
    options?: OpenOptions,
  ): Promise<readonly OpenPicture[]>;
  /** What a PDF holds as pixels. */
  openDecoded(picture: Picture, source: string): Promise<OpenPicture>;
  /** At twice its size; null where it cannot be made. */
  doubled(picture: Picture): Promise<Picture | null>;
  /** @throws Refusal pdf-damaged, pdf-locked, pdf-pages */
  openPdf(bytes: Uint8Array, source: string): Promise<PdfScan>;
  /** The decoder of whole codes starts beside other work. */
  startCodes(): Promise<unknown>;
  /** The texts of all whole QR codes on a picture, each once; none where the decoder fails. */
  readCodes(picture: Picture, search?: CodeSearch): Promise<readonly string[]>;
  /** The decoder gives back its memory. */
  endCodes(): Promise<void>;
}

/** The size of an upright picture with square pixels: what its head makes of the stored one. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A picture whose header was read and is within the limits. */
export interface OpenPicture {
  readonly size: PictureSize;
  /**
   * The whole picture, shrunk until its long side is `longSidePx` or less, never enlarged; a very large one is
   * always shrunk, as `picture-memory.ts` says. What only decodes whole is decoded once, however often it is
   * asked for.
   *
   * @throws Refusal image-damaged, reading-time
   */
  load(longSidePx?: number): Promise<Picture>;
  /**
   * Other ways to see the same, likeliest first, for where this one shows nothing: known only after it was
   * loaded. Absent where there are none.
   */
  readonly others?: () => Promise<readonly OpenPicture[]>;
}

export interface OpenOptions {
  /** Of a file that is cut short, what is there of its pixels; refused where it is not said. */
  readonly isCutAllowed?: boolean;
}

/** A PDF that is open: its pages as pictures, as placed text, and the pictures in them. */
export interface PdfScan {
  readonly pageCount: number;
  /** Of page `index` from 0, as it is shown. */
  pageSizeMm(index: number): { readonly width: number; readonly height: number };
  /** Page `index` from 0, in grey on white; at fewer dots an inch where it would be too large. */
  renderPage(index: number, dpi: number): Promise<Picture>;
  /** The visible and invisible text of page `index` from 0, in the file's order, as of an upright page. */
  pageText(index: number): readonly PageText[];
  /** The pictures that page `index` from 0 is laid together of, largest first, as they are stored. */
  pagePictures(index: number): readonly StoredPicture[];
  close(): void;
}

/** A file of its own within the PDF, which its decoder reads by what itself says, or the pixels. */
export type StoredPicture =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  | { readonly kind: "pixels"; readonly picture: Picture };

/** How codes are looked for. */
export interface CodeSearch {
  /** Closes small gaps and holes before it looks again. */
  readonly isDenoised?: boolean;
  /** One threshold between dark and light for the whole picture: for light that is even. */
  readonly isGlobal?: boolean;
  /** Dark on light as it was drawn, and not too large: looks once, at the picture as it is. */
  readonly isClean?: boolean;
}
