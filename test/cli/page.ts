/** Pages of sheets as pictures, rows and scans, for the stories. */
import PDFDocument from "pdfkit";
import qrcode from "qrcode";
import sharp, { type Sharp } from "sharp";
import { readCodes } from "../../src/adapters/node/code-zxing.js";
import { openPdf } from "../../src/adapters/node/scan.js";
import { readPageWords } from "../../src/core/sheet/page-words.js";
import { WORDS_A_ROW } from "../../src/core/words/row.js";

/** A page as a picture in grey; pages count from 0. */
export async function pagePicture(pdf: Uint8Array, dpi: number, page = 0): Promise<Sharp> {
  const scan = await openPdf(pdf, "sheet.pdf");
  const { widthPx, heightPx, luma } = await scan.renderPage(page, dpi);
  scan.close();
  return sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } });
}

/** The words of the first page, six a line. */
export async function pageRows(pdf: Uint8Array): Promise<string[]> {
  const scan = await openPdf(pdf, "sheet.pdf");
  const words = readPageWords(scan.pageText(0)) ?? [];
  scan.close();
  return Array.from({ length: words.length / WORDS_A_ROW }, (_, row) =>
    words.slice(row * WORDS_A_ROW, (row + 1) * WORDS_A_ROW).join(" "),
  );
}

/** All that is printed on all pages, as one line of text. */
export async function printedText(pdf: Uint8Array): Promise<string> {
  const scan = await openPdf(pdf, "sheet.pdf");
  const pages = Array.from({ length: scan.pageCount }, (_, index) => scan.pageText(index));
  scan.close();
  return pages
    .flat()
    .map(({ text }) => text)
    .join(" ");
}

/** The text of the code on the first page. */
export async function codeText(pdf: Uint8Array): Promise<string> {
  const scan = await openPdf(pdf, "sheet.pdf");
  const [text] = await readCodes(await scan.renderPage(0, 150));
  scan.close();
  return text ?? "";
}

/** A PDF as a scanner makes it: an A4 page that is one picture. */
export async function scanPdf(picture: Sharp): Promise<Buffer> {
  const jpeg = await picture.jpeg({ quality: 80 }).toBuffer();
  const document = new PDFDocument({ size: "A4", margin: 0 });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const end = new Promise((resolve) => document.on("end", resolve));
  document.image(jpeg, 0, 0, { width: 595.28 });
  document.end();
  await end;
  return Buffer.concat(chunks);
}

/** A picture with a code that is no sheet's. */
export async function foreignCode(text: string): Promise<Sharp> {
  return sharp(await qrcode.toBuffer(text, { scale: 8 }));
}
