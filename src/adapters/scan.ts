/**
 * PDF files to pictures and placed text, through pdfium as WebAssembly.
 *
 * Every open document has its own pdfium, so that a file which breaks it breaks no other. Refuses
 * what is damaged, locked or too long; errors of pdfium are replaced, since they may hold content.
 */
import { PDFiumModule } from "@hyzyla/pdfium";
import { PAGES_LIMIT, type PageText, type Picture } from "../core/picture.js";
import { Refusal } from "../core/problem.js";
import { limitMemory, type WasmMemory } from "./wasm-memory.js";

/** A rendered page has no more pixels than this, whatever its size in mm. */
const RENDERED_LIMIT_PIXELS = 64_000_000;

/** A page scanned in colour at 600 dots an inch takes 110 MB. */
const MEMORY_LIMIT_BYTES = 320 * 2 ** 20;

const POINTS_PER_INCH = 72;
const MM_PER_POINT = 25.4 / POINTS_PER_INCH;

export interface PdfScan {
  readonly pageCount: number;
  /** Of page `index` from 0, as it is shown. */
  pageSizeMm(index: number): { readonly width: number; readonly height: number };
  /** Page `index` from 0, in grey on white; at fewer dots an inch where it would be too large. */
  renderPage(index: number, dpi: number): Promise<Picture>;
  /** The visible and invisible text of page `index` from 0, in the file's order. */
  pageText(index: number): readonly PageText[];
  close(): void;
}

/** The functions of pdfium's C interface that are used, as its public headers declare them. */
interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: {
    malloc(lengthBytes: number): number;
    free(pointer: number): void;
    readonly memory: WasmMemory;
  };
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(data: number, lengthBytes: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDF_PageToDevice(
    page: number,
    startX: number,
    startY: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: number,
    deviceY: number,
  ): number;
  _FPDFBitmap_CreateEx(
    width: number,
    height: number,
    format: number,
    buffer: number,
    stride: number,
  ): number;
  _FPDFBitmap_FillRect(
    bitmap: number,
    left: number,
    top: number,
    width: number,
    height: number,
    color: number,
  ): number;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    startX: number,
    startY: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
  _FPDFBitmap_GetBuffer(bitmap: number): number;
  _FPDFBitmap_GetStride(bitmap: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_IsGenerated(text: number, index: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFText_GetLooseCharBox(text: number, index: number, rectangle: number): number;
}

/** FPDF_ERR_PASSWORD, and FPDF_ERR_SECURITY: a way of locking that pdfium has no key for. */
const LOCKED_ERRORS: readonly number[] = [4, 5];
/** FPDFBitmap_Gray: one byte a pixel. */
const GREY_FORMAT = 1;
/** FPDF_ANNOT and FPDF_GRAYSCALE. */
const RENDER_FLAGS = 0x01 | 0x08;
const WHITE = 0xffffffff;

/**
 * @throws Refusal pdf-damaged, pdf-locked, pdf-pages; for a page pdf-damaged
 */
export async function openPdf(bytes: Uint8Array, source: string): Promise<PdfScan> {
  const pdfium = await startPdfium();
  const refusal = new Refusal({ code: "pdf-damaged", source });
  const document = replaced(refusal, () => loadDocument(pdfium, bytes, source));
  const pages = replaced(refusal, () => pdfium._FPDF_GetPageCount(document));
  if (pages < 1) throw refusal;
  if (pages > PAGES_LIMIT)
    throw new Refusal({ code: "pdf-pages", source, pages, limit: PAGES_LIMIT });

  function onPage<T>(index: number, use: (page: number) => T): T {
    return replaced(refusal, () => {
      const page = sure(pdfium._FPDF_LoadPage(document, index));
      const result = use(page);
      pdfium._FPDF_ClosePage(page);
      return result;
    });
  }
  return {
    pageCount: pages,
    pageSizeMm: (index) =>
      onPage(index, (page) => ({
        width: pdfium._FPDF_GetPageWidthF(page) * MM_PER_POINT,
        height: pdfium._FPDF_GetPageHeightF(page) * MM_PER_POINT,
      })),
    renderPage: async (index, dpi) =>
      Promise.resolve(onPage(index, (page) => render(pdfium, page, dpi))),
    pageText: (index) => onPage(index, (page) => joinRuns(characters(pdfium, page))),
    close: () => {
      replaced(refusal, () => {
        pdfium._FPDF_CloseDocument(document);
      });
    },
  };
}

async function startPdfium(): Promise<Pdfium> {
  const start = PDFiumModule as unknown as (options: object) => Promise<Pdfium>;
  const pdfium = await start({ print: () => undefined, printErr: () => undefined });
  limitMemory(pdfium.wasmExports.memory, MEMORY_LIMIT_BYTES);
  pdfium._FPDF_InitLibrary();
  return pdfium;
}

/** pdfium reads from this copy as long as the document is open. */
function loadDocument(pdfium: Pdfium, bytes: Uint8Array, source: string): number {
  const data = sure(pdfium.wasmExports.malloc(bytes.length));
  pdfium.HEAPU8.set(bytes, data);
  const document = pdfium._FPDF_LoadMemDocument(data, bytes.length, 0);
  if (document === 0 && LOCKED_ERRORS.includes(pdfium._FPDF_GetLastError()))
    throw new Refusal({ code: "pdf-locked", source });
  return sure(document);
}

function render(pdfium: Pdfium, page: number, dpi: number): Picture {
  const widthPt = pdfium._FPDF_GetPageWidthF(page);
  const heightPt = pdfium._FPDF_GetPageHeightF(page);
  const largestScale = Math.sqrt(RENDERED_LIMIT_PIXELS / (widthPt * heightPt));
  const scale = Math.min(dpi / POINTS_PER_INCH, largestScale);
  const widthPx = Math.max(1, Math.round(widthPt * scale));
  const heightPx = Math.max(1, Math.round(heightPt * scale));
  const bitmap = sure(pdfium._FPDFBitmap_CreateEx(widthPx, heightPx, GREY_FORMAT, 0, 0));
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, WHITE);
  pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPx, heightPx, 0, RENDER_FLAGS);
  const start = pdfium._FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium._FPDFBitmap_GetStride(bitmap);
  const luma = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const row = start + y * stride;
    luma.set(pdfium.HEAPU8.subarray(row, row + widthPx), y * widthPx);
  }
  pdfium._FPDFBitmap_Destroy(bitmap);
  return { widthPx, heightPx, luma };
}

/** One character; its height is that of its font, its width up to the next one's place. */
interface Character extends PageText {
  readonly heightMm: number;
}

/** A place in page coordinates, in points, to one in mm from the top left as shown. */
type Place = (x: number, y: number) => { readonly xMm: number; readonly yMm: number };

/** The characters in the file's order; null where a white space or an unknown one was. */
function characters(pdfium: Pdfium, page: number): readonly (Character | null)[] {
  const text = sure(pdfium._FPDFText_LoadPage(page));
  const scratch = sure(pdfium.wasmExports.malloc(32));
  const place = placeOnPage(pdfium, page, scratch);
  const found = Array.from({ length: pdfium._FPDFText_CountChars(text) }, (_, index) =>
    pdfium._FPDFText_IsGenerated(text, index) !== 0 ||
    !isPrinted(pdfium._FPDFText_GetUnicode(text, index))
      ? null
      : character(pdfium, text, index, scratch, place),
  );
  pdfium.wasmExports.free(scratch);
  pdfium._FPDFText_ClosePage(text);
  return found;
}

function character(
  pdfium: Pdfium,
  text: number,
  index: number,
  scratch: number,
  place: Place,
): Character {
  pdfium._FPDFText_GetCharOrigin(text, index, scratch, scratch + 8);
  const origin = memoryOf(pdfium);
  const { yMm } = place(origin.getFloat64(scratch, true), origin.getFloat64(scratch + 8, true));
  pdfium._FPDFText_GetLooseCharBox(text, index, scratch);
  const box = memoryOf(pdfium);
  const start = place(box.getFloat32(scratch, true), box.getFloat32(scratch + 4, true));
  const end = place(box.getFloat32(scratch + 8, true), box.getFloat32(scratch + 12, true));
  return {
    text: String.fromCodePoint(pdfium._FPDFText_GetUnicode(text, index)),
    leftMm: Math.min(start.xMm, end.xMm),
    rightMm: Math.max(start.xMm, end.xMm),
    baselineMm: yMm,
    heightMm: Math.abs(start.yMm - end.yMm),
  };
}

/** With the page's rotation and crop box; pdfium's own is rounded, so it is asked for far points. */
function placeOnPage(pdfium: Pdfium, page: number, scratch: number): Place {
  const unitsPerMm = 1000;
  const width = Math.round(pdfium._FPDF_GetPageWidthF(page) * MM_PER_POINT * unitsPerMm);
  const height = Math.round(pdfium._FPDF_GetPageHeightF(page) * MM_PER_POINT * unitsPerMm);
  const device = (x: number, y: number): readonly [number, number] => {
    pdfium._FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, scratch, scratch + 4);
    const memory = memoryOf(pdfium);
    return [memory.getInt32(scratch, true), memory.getInt32(scratch + 4, true)];
  };
  const spanPt = 1000;
  const origin = device(0, 0);
  const alongX = device(spanPt, 0);
  const alongY = device(0, spanPt);
  const mm = (axis: 0 | 1, x: number, y: number): number =>
    (origin[axis] +
      ((alongX[axis] - origin[axis]) * x + (alongY[axis] - origin[axis]) * y) / spanPt) /
    unitsPerMm;
  return (x, y) => ({ xMm: mm(0, x, y), yMm: mm(1, x, y) });
}

/** A run goes on while the next character stands on its baseline, right behind the last one. */
function joinRuns(found: readonly (Character | null)[]): readonly PageText[] {
  const runs: PageText[] = [];
  let last: Character | null = null;
  for (const next of found) {
    const run = runs.at(-1);
    if (next !== null && last !== null && run !== undefined && follows(last, next))
      runs[runs.length - 1] = { ...run, text: run.text + next.text, rightMm: next.rightMm };
    else if (next !== null) {
      const { text, leftMm, rightMm, baselineMm } = next;
      runs.push({ text, leftMm, rightMm, baselineMm });
    }
    last = next;
  }
  return runs;
}

/** The letters of a ligature all have its one box, so the next may start where the last did. */
function follows(last: Character, next: Character): boolean {
  const toleranceMm = Math.max(0.15 * last.heightMm, 0.3);
  return (
    Math.abs(next.baselineMm - last.baselineMm) < toleranceMm &&
    next.leftMm > last.leftMm - toleranceMm &&
    next.leftMm - last.rightMm < toleranceMm
  );
}

/** Not white space, not a control character, and known: pdfium has 0 and U+FFFE for what is not. */
function isPrinted(code: number): boolean {
  return code <= 0x10ffff && !/[\s\p{Cc}\ufffe\uffff]/u.test(String.fromCodePoint(code));
}

/** Never kept: it is void once pdfium's memory grows. */
function memoryOf(pdfium: Pdfium): DataView {
  return new DataView(pdfium.HEAPU8.buffer);
}

/** pdfium's handles and pointers are 0 where it failed. */
function sure(handle: number): number {
  if (handle === 0) throw new Error("no handle");
  return handle;
}

function replaced<T>(refusal: Refusal, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof Refusal ? error : refusal;
  }
}
