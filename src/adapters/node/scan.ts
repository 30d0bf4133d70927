/**
 * PDF files to pictures and placed text, through pdfium as WebAssembly.
 *
 * Every open document has its own pdfium, so that a file which breaks it breaks no other. Refuses
 * what is damaged, locked or too long; errors of pdfium are replaced, since they may hold content.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PDFiumModule } from "@hyzyla/pdfium";
import { type Picture } from "../../photo/picture.js";
import { PAGES_LIMIT, type PageText } from "../../core/sheet/page-text.js";
import { pictureKind } from "../../photo/files/picture-kind.js";
import { Refusal } from "../../core/problem.js";
import type { PdfScan, StoredPicture } from "../../reading/ports.js";
import { compileLater } from "./wasm-effort.js";
import { limitMemory, type WasmMemory } from "./wasm-memory.js";

/** A rendered page has no more pixels than this, whatever its size in mm. */
const RENDERED_LIMIT_PIXELS = 64_000_000;

/** A page scanned in colour at 600 dots an inch takes 110 MB. */
const MEMORY_LIMIT_BYTES = 320 * 2 ** 20;

const POINTS_PER_INCH = 72;
const MM_PER_POINT = 25.4 / POINTS_PER_INCH;

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
  _FPDFBitmap_GetFormat(bitmap: number): number;
  _FPDFBitmap_GetWidth(bitmap: number): number;
  _FPDFBitmap_GetHeight(bitmap: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_IsGenerated(text: number, index: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFText_GetLooseCharBox(text: number, index: number, rectangle: number): number;
  _FPDFText_GetMatrix(text: number, index: number, matrix: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFImageObj_GetImagePixelSize(image: number, width: number, height: number): number;
  _FPDFImageObj_GetImageDataDecoded(image: number, buffer: number, lengthBytes: number): number;
  _FPDFImageObj_GetBitmap(image: number): number;
}

/** FPDF_PAGEOBJ_IMAGE and FPDF_PAGEOBJ_FORM. */
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
/** Forms within forms. */
const FORM_DEPTH_LIMIT = 4;
/** A page has few pictures that are as large as a code; a hostile one any number of objects. */
const OBJECTS_LIMIT = 10_000;
const PICTURES_LIMIT = 2;
/** A code of 21 modules a side with four pixels each. */
const PICTURE_LEAST_PX = 84;

/** FPDF_ERR_PASSWORD, and FPDF_ERR_SECURITY: a way of locking that pdfium has no key for. */
const LOCKED_ERRORS: readonly number[] = [4, 5];
/** FPDFBitmap_Gray: one byte a pixel. */
const GREY_FORMAT = 1;
/** Of a pixel, by the format: FPDFBitmap_Gray, _BGR, _BGRx and _BGRA. */
const BITMAP_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 3, 3: 4, 4: 4 };
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

  /** The last page stays open: its text and its picture are asked for one after the other. */
  let open: { readonly index: number; readonly page: number } | null = null;
  function onPage<T>(index: number, use: (page: number) => T): T {
    return replaced(refusal, () => {
      if (open?.index !== index) {
        closePage();
        open = { index, page: sure(pdfium._FPDF_LoadPage(document, index)) };
      }
      return use(open.page);
    });
  }
  function closePage(): void {
    if (open !== null) pdfium._FPDF_ClosePage(open.page);
    open = null;
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
    pageText: (index) => onPage(index, (page) => joinRuns(upright(characters(pdfium, page)))),
    pagePictures: (index) => onPage(index, (page) => storedPictures(pdfium, page)),
    close: () => {
      replaced(refusal, () => {
        closePage();
        pdfium._FPDF_CloseDocument(document);
      });
    },
  };
}

async function startPdfium(): Promise<Pdfium> {
  compileLater();
  const start = PDFiumModule as unknown as (options: object) => Promise<Pdfium>;
  const wasmBinary = await readProgram();
  const pdfium = await start({ wasmBinary, print: () => undefined, printErr: () => undefined });
  limitMemory(pdfium.wasmExports.memory, MEMORY_LIMIT_BYTES);
  pdfium._FPDF_InitLibrary();
  return pdfium;
}

function readProgram(): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm"));
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
  return takePixels(pdfium, bitmap);
}

/** Of a bitmap, which goes. */
function takePixels(pdfium: Pdfium, bitmap: number): Picture {
  const [widthPx, heightPx] = [
    pdfium._FPDFBitmap_GetWidth(bitmap),
    pdfium._FPDFBitmap_GetHeight(bitmap),
  ];
  const start = pdfium._FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium._FPDFBitmap_GetStride(bitmap);
  const bytesAPixel = BITMAP_BYTES[pdfium._FPDFBitmap_GetFormat(bitmap)];
  if (bytesAPixel === undefined) throw new Error("no such format");
  const luma = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const row = pdfium.HEAPU8.subarray(start + y * stride, start + (y + 1) * stride);
    const into = luma.subarray(y * widthPx, (y + 1) * widthPx);
    if (bytesAPixel === 1) into.set(row.subarray(0, widthPx));
    else readColours(row, bytesAPixel, into);
  }
  pdfium._FPDFBitmap_Destroy(bitmap);
  return { widthPx, heightPx, luma };
}

/** Blue, green, red; ITU-R BT.601, as in JPEG. */
function readColours(row: Uint8Array, bytesAPixel: number, into: Uint8Array): void {
  for (let x = 0; x < into.length; x++) {
    const at = x * bytesAPixel;
    const [blue, green, red] = [row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0];
    into[x] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
}

function storedPictures(pdfium: Pdfium, page: number): readonly StoredPicture[] {
  const sizes = sure(pdfium.wasmExports.malloc(8));
  const found = imagesOf(pdfium, page)
    .map((image) => {
      pdfium._FPDFImageObj_GetImagePixelSize(image, sizes, sizes + 4);
      const memory = memoryOf(pdfium);
      const [width, height] = [memory.getUint32(sizes, true), memory.getUint32(sizes + 4, true)];
      return { image, width, height };
    })
    .filter(({ width, height }) => Math.min(width, height) >= PICTURE_LEAST_PX)
    .sort((a, b) => b.width * b.height - a.width * a.height)
    .slice(0, PICTURES_LIMIT);
  pdfium.wasmExports.free(sizes);
  return found.flatMap((each) => storedPicture(pdfium, each) ?? []);
}

function storedPicture(
  pdfium: Pdfium,
  {
    image,
    width,
    height,
  }: { readonly image: number; readonly width: number; readonly height: number },
): StoredPicture | null {
  const file = decodedData(pdfium, image);
  if (file !== null && pictureKind(file) === "jpeg") return { kind: "file", bytes: file };
  if (width * height > RENDERED_LIMIT_PIXELS) return null;
  const bitmap = pdfium._FPDFImageObj_GetBitmap(image);
  return bitmap === 0 ? null : { kind: "pixels", picture: takePixels(pdfium, bitmap) };
}

/** What its filters give, but for those of pictures, such as DCTDecode; null where that is too much. */
function decodedData(pdfium: Pdfium, image: number): Uint8Array | null {
  const length = pdfium._FPDFImageObj_GetImageDataDecoded(image, 0, 0);
  const buffer = length === 0 ? 0 : pdfium.wasmExports.malloc(length);
  if (buffer === 0) return null;
  pdfium._FPDFImageObj_GetImageDataDecoded(image, buffer, length);
  const bytes = pdfium.HEAPU8.slice(buffer, buffer + length);
  pdfium.wasmExports.free(buffer);
  return bytes;
}

/** The images on a page and in the forms on it. */
function imagesOf(pdfium: Pdfium, page: number): readonly number[] {
  const images: number[] = [];
  let left = OBJECTS_LIMIT;
  const look = (count: number, objectAt: (index: number) => number, depth: number) => {
    for (let index = 0; index < count && left > 0; index++) {
      left -= 1;
      const object = objectAt(index);
      const type = object === 0 ? 0 : pdfium._FPDFPageObj_GetType(object);
      if (type === IMAGE_OBJECT) images.push(object);
      if (type !== FORM_OBJECT || depth === FORM_DEPTH_LIMIT) continue;
      const within = (each: number) => pdfium._FPDFFormObj_GetObject(object, each);
      look(pdfium._FPDFFormObj_CountObjects(object), within, depth + 1);
    }
  };
  look(pdfium._FPDFPage_CountObjects(page), (index) => pdfium._FPDFPage_GetObject(page, index), 0);
  return images;
}

/** One character; its height is that of its font, its width up to the next one's place. */
interface Character extends PageText {
  readonly heightMm: number;
  /** Quarters of a circle, clockwise, by which it is turned on the page as that is shown. */
  readonly quarters: number;
}

interface Spot {
  readonly xMm: number;
  readonly yMm: number;
}

/** A place in page coordinates, in points, to one in mm from the top left as shown. */
type Place = (x: number, y: number) => Spot;

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
  const [x, y] = [origin.getFloat64(scratch, true), origin.getFloat64(scratch + 8, true)];
  // Of its six numbers the first two say where the letter's right is.
  pdfium._FPDFText_GetMatrix(text, index, scratch);
  const matrix = memoryOf(pdfium);
  const right = [matrix.getFloat32(scratch, true), matrix.getFloat32(scratch + 4, true)] as const;
  const quarters = quartersOf(place(0, 0), place(...right));
  pdfium._FPDFText_GetLooseCharBox(text, index, scratch);
  const box = memoryOf(pdfium);
  const at = (offset: number) => box.getFloat32(scratch + offset, true);
  const turn = turnBack(quarters);
  const [from, start, end] = [place(x, y), place(at(0), at(4)), place(at(8), at(12))].map(turn) as [
    Spot,
    Spot,
    Spot,
  ];
  return {
    text: String.fromCodePoint(pdfium._FPDFText_GetUnicode(text, index)),
    leftMm: Math.min(start.xMm, end.xMm),
    rightMm: Math.max(start.xMm, end.xMm),
    baselineMm: from.yMm,
    heightMm: Math.abs(start.yMm - end.yMm),
    quarters,
  };
}

/** 0 to 3: how far the way from one spot to the next is turned from going to the right. */
function quartersOf(from: Spot, to: Spot): number {
  const angle = Math.atan2(to.yMm - from.yMm, to.xMm - from.xMm);
  return (Math.round((2 * angle) / Math.PI) + 4) % 4;
}

/** Places on the page turned until what was turned by so many quarters stands upright; may be below 0. */
function turnBack(quarters: number): (spot: Spot) => Spot {
  return ({ xMm, yMm }) => {
    switch (quarters) {
      case 1:
        return { xMm: yMm, yMm: -xMm };
      case 2:
        return { xMm: -xMm, yMm: -yMm };
      case 3:
        return { xMm: -yMm, yMm: xMm };
      default:
        return { xMm, yMm };
    }
  };
}

/**
 * The characters that are turned as most are: a page scanned or printed on its side reads as an upright one.
 * Those of another turn, such as along a margin, are not on its lines.
 */
function upright(found: readonly (Character | null)[]): readonly (Character | null)[] {
  const counts = [0, 0, 0, 0];
  for (const character of found) {
    if (character !== null) counts[character.quarters] = (counts[character.quarters] ?? 0) + 1;
  }
  const usual = counts.indexOf(Math.max(...counts));
  return found.map((character) => (character?.quarters === usual ? character : null));
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
