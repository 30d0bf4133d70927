import PDFDocument from "pdfkit";
import qrcode from "qrcode/lib/core/qrcode.js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import * as qr from "../../../src/adapters/node/code-qr.js";
import * as zxing from "../../../src/adapters/node/code-zxing.js";
import { openPdf } from "../../../src/adapters/node/scan.js";
import { PAGES_LIMIT, type PageText } from "../../../src/core/sheet/page-text.js";
import { Refusal } from "../../../src/core/problem.js";
import { readPageWords } from "../../../src/core/sheet/page-words.js";

const source = "sheet.pdf";
const pointsPerMm = 72 / 25.4;

/** fixtures/vectors/v1: the first good case, as one piece. */
const head = "KEYSHEET1/1/1/";
const digits =
  "0450474139430932826110213009489720649013815577556046767014778063906420214898202694945552443187304726853683114522731999833421476933770048457831198814001594237772674261770962926292495093237213122569363674712967937994223243642550565039170214265954996990962174938169081642478439806365" +
  "02";

const vocabulary = "urban merge lamp illicit omit inch twist tool exhibit flavor will".split(" ");
const columnsMm = [22, 50, 78, 106, 134, 162];

type Draw = (document: PDFKit.PDFDocument) => void;

function makePdf(options: PDFKit.PDFDocumentOptions, drawing: Draw): Promise<Buffer> {
  const document = new PDFDocument({ size: "A4", margin: 0, ...options });
  const pieces: Buffer[] = [];
  document.on("data", (piece: Buffer) => pieces.push(piece));
  const whole = new Promise<Buffer>((resolve) => {
    document.on("end", () => {
      resolve(Buffer.concat(pieces));
    });
  });
  drawing(document);
  document.end();
  return whole;
}

/** Text with its baseline at a place. */
function write(
  document: PDFKit.PDFDocument,
  text: string,
  leftMm: number,
  baselineMm: number,
  [font, size]: readonly [string, number] = ["Courier", 11],
): void {
  document.font(font).fontSize(size);
  document.text(text, leftMm * pointsPerMm, baselineMm * pointsPerMm, {
    baseline: "alphabetic",
    lineBreak: false,
  });
}

const wordsOfSheet = Array.from(
  { length: 17 * 6 },
  (_, index) => vocabulary[(index * 7) % vocabulary.length] ?? "",
);

/** Sheet text drawn from the last word to the first, numbers and letters at the end. */
const drawScrambledSheet: Draw = (document) => {
  for (const [index, word] of [...wordsOfSheet.entries()].reverse())
    write(document, word, columnsMm[index % 6] ?? 0, 115 + Math.floor(index / 6) * 5);
  for (let row = 17; row > 0; row--) {
    write(document, "KQ", 188, 110 + row * 5, ["Courier-Bold", 9]);
    write(document, String(row), 15, 110 + row * 5, ["Helvetica", 7]);
  }
  for (const step of [1, 2, 3])
    write(document, `${String(step)} Open the restore page or program`, 15, 40 + step * 5, [
      "Helvetica",
      8.5,
    ]);
};

const drawCode: Draw = (document) => {
  const { modules } = qrcode.create(
    [
      { data: head, mode: "alphanumeric" },
      { data: digits, mode: "numeric" },
    ],
    { errorCorrectionLevel: "Q" },
  );
  const modulePt = 1.28 * pointsPerMm;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.data[row * modules.size + column] === 1)
        document.rect(45 + column * modulePt, 600 + row * modulePt, modulePt, modulePt);
  document.fill("black");
};

async function textsOf(bytes: Uint8Array): Promise<readonly PageText[]> {
  const scan = await openPdf(bytes, source);
  const texts = scan.pageText(0);
  scan.close();
  return texts;
}

async function refusalOf(bytes: Uint8Array): Promise<Refusal> {
  const error: unknown = await openPdf(bytes, source).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error("not refused");
  return error;
}

describe("the text of a page", () => {
  test("stands where it was drawn, in mm from the top left", async () => {
    const bytes = await makePdf({}, (document) => {
      write(document, "abandon", 50, 100);
    });
    const [run, ...others] = await textsOf(bytes);
    expect(others).toEqual([]);
    expect(run?.text).toBe("abandon");
    expect(run?.leftMm).toBeCloseTo(50, 1);
    expect(run?.baselineMm).toBeCloseTo(100, 1);
    expect(run?.rightMm).toBeCloseTo(50 + (7 * 0.6 * 11) / pointsPerMm, 1);
  });

  test("is cut at spaces, at gaps and between lines, and nowhere else", async () => {
    const bytes = await makePdf({}, (document) => {
      write(document, "illicit will ill", 20, 50);
      write(document, "in", 20, 60);
      write(document, "side", 20 + (2 * 0.6 * 11) / pointsPerMm, 60);
      write(document, "out", 80, 60);
      write(document, "low", 20, 63, ["Helvetica", 6.5]);
      write(document, "AVAVA Tofu", 20, 70, ["Times-Roman", 20]);
    });
    const texts = (await textsOf(bytes)).map((run) => run.text);
    expect(texts).toEqual(["illicit", "will", "ill", "inside", "out", "low", "AVAVA", "Tofu"]);
  });

  test("gives the words of a sheet that was drawn in any order", async () => {
    const bytes = await makePdf({}, drawScrambledSheet);
    expect(readPageWords(await textsOf(bytes))).toEqual(wordsOfSheet);
  });

  test.each([90, 180, 270])("is placed as the page is shown: turned by %i", async (degrees) => {
    const upright = await makePdf({}, (document) => {
      const [x, y] = [100 * pointsPerMm, 100 * pointsPerMm] as const;
      document.rotate(-degrees, { origin: [x, y] });
      write(document, "abandon", 100, 100);
    });
    const turned = upright
      .toString("latin1")
      .replace("/MediaBox", `/Rotate ${String(degrees)} /MediaBox`);
    const [run] = await textsOf(Buffer.from(turned, "latin1"));
    const shown = { 90: [197, 100], 180: [110, 197], 270: [100, 110] }[degrees];
    expect(run?.text).toBe("abandon");
    expect(run?.leftMm).toBeCloseTo(shown?.[0] ?? 0, 0);
    expect(run?.baselineMm).toBeCloseTo(shown?.[1] ?? 0, 0);
  });

  test.each([90, 180, 270])(
    "is read as of an upright page that is turned by %i",
    async (degrees) => {
      const upright = await makePdf({}, drawScrambledSheet);
      const turned = upright
        .toString("latin1")
        .replace("/MediaBox", `/Rotate ${String(degrees)} /MediaBox`);
      expect(readPageWords(await textsOf(Buffer.from(turned, "latin1")))).toEqual(wordsOfSheet);
    },
  );

  test.each([90, 180, 270])("is read where it is written turned by %i", async (degrees) => {
    const side = 300 * pointsPerMm;
    const bytes = await makePdf({ size: [side, side] }, (document) => {
      // What stands beside it upright, is less.
      write(document, "7 urban merge lamp illicit omit inch", 20, 290);
      document.rotate(degrees, { origin: [side / 2, side / 2] });
      drawScrambledSheet(document);
    });
    expect(readPageWords(await textsOf(bytes))).toEqual(wordsOfSheet);
  });

  test("is empty on a page that is a picture", async () => {
    const picture = await sharp({
      create: { width: 200, height: 300, channels: 3, background: "#808080" },
    })
      .png()
      .toBuffer();
    const bytes = await makePdf({}, (document) => {
      document.image(picture, 0, 0, { width: 595.28 });
    });
    const scan = await openPdf(bytes, source);
    expect(scan.pageText(0)).toEqual([]);
    expect(readPageWords(scan.pageText(0))).toBeNull();
    const { luma, widthPx } = await scan.renderPage(0, 72);
    expect(Math.abs((luma[100 * widthPx + 300] ?? 0) - 128)).toBeLessThan(3);
    scan.close();
  });
});

describe("a rendered page", () => {
  test.each([
    [72, 595, 842],
    [150, 1240, 1754],
    [200, 1654, 2339],
    [300, 2480, 3508],
  ])("has the size of A4 at %i dpi", async (dpi, widthPx, heightPx) => {
    const scan = await openPdf(await makePdf({}, drawCode), source);
    const picture = await scan.renderPage(0, dpi);
    expect([picture.widthPx, picture.heightPx]).toEqual([widthPx, heightPx]);
    expect(picture.luma.length).toBe(widthPx * heightPx);
    expect(picture.luma[0]).toBe(255);
    scan.close();
  });

  test.each([60, 150, 200, 300])("gives its code to each decoder at %i dpi", async (dpi) => {
    const scan = await openPdf(
      await makePdf({}, (document) => {
        drawScrambledSheet(document);
        drawCode(document);
      }),
      source,
    );
    const picture = await scan.renderPage(0, dpi);
    scan.close();
    expect(await zxing.readCodes(picture)).toEqual([head + digits]);
    expect(await qr.readCodes(picture)).toEqual([head + digits]);
  });

  test("of an enormous sheet has fewer dots an inch", async () => {
    const bytes = await makePdf({ size: [14_400, 14_400] }, drawCode);
    const scan = await openPdf(bytes, source);
    const picture = await scan.renderPage(0, 300);
    expect([picture.widthPx, picture.heightPx]).toEqual([8000, 8000]);
    scan.close();
  });
});

describe("the pictures that a page is laid together of", () => {
  const grey = () =>
    sharp({ create: { width: 300, height: 200, channels: 3, background: "#505050" } });

  test("are the file of a JPEG, and the pixels of any other, the largest first", async () => {
    const jpeg = await grey().jpeg().toBuffer();
    const png = await grey().resize(200, 150).flip().png().toBuffer();
    const small = await grey().resize(40, 40).png().toBuffer();
    const bytes = await makePdf({}, (document) => {
      for (const picture of [small, png, jpeg]) document.image(picture, 0, 0, { width: 500 });
    });
    const scan = await openPdf(bytes, source);
    const [first, second, ...others] = scan.pagePictures(0);
    expect(others).toEqual([]);
    if (first?.kind !== "file" || second?.kind !== "pixels") throw new Error("another kind");
    expect(Buffer.compare(first.bytes, jpeg)).toBe(0);
    const { widthPx, heightPx, luma } = second.picture;
    expect([widthPx, heightPx, [...new Set(luma)]]).toEqual([200, 150, [0x50]]);
    scan.close();
  });

  test("are none on a page of text", async () => {
    const scan = await openPdf(await makePdf({}, drawScrambledSheet), source);
    expect(scan.pagePictures(0)).toEqual([]);
    scan.close();
  });
});

describe("a PDF file", () => {
  test("is opened when it may be read without a password", async () => {
    const options = { ownerPassword: "owner", permissions: {}, pdfVersion: "1.7" } as const;
    const bytes = await makePdf(options, drawScrambledSheet);
    expect(readPageWords(await textsOf(bytes))).toEqual(wordsOfSheet);
  });

  test.each(["1.4", "1.7ext3"] as const)(
    "is refused when it is locked: version %s",
    async (pdfVersion) => {
      const bytes = await makePdf({ userPassword: "secret", pdfVersion }, drawScrambledSheet);
      expect((await refusalOf(bytes)).problems).toEqual([{ code: "pdf-locked", source }]);
    },
  );

  test("is refused when it is damaged, without a trace of the library's own error", async () => {
    const bytes = await makePdf({}, drawScrambledSheet);
    for (const damaged of [
      Buffer.alloc(0),
      Buffer.from("urban merge lamp"),
      Buffer.from("%PDF-1.7\n"),
      bytes.subarray(0, bytes.length / 2),
    ]) {
      const refusal = await refusalOf(damaged);
      expect(refusal.problems).toEqual([{ code: "pdf-damaged", source }]);
      expect(refusal.cause).toBeUndefined();
    }
  });

  test("is refused when it has more than 100 pages", async () => {
    const pages = (count: number): Promise<Buffer> =>
      makePdf({}, (document) => {
        for (let page = 1; page < count; page++) document.addPage();
      });
    expect((await refusalOf(await pages(101))).problems).toEqual([
      { code: "pdf-pages", source, pages: 101, limit: PAGES_LIMIT },
    ]);
    const scan = await openPdf(await pages(100), source);
    expect(scan.pageCount).toBe(100);
    scan.close();
  });

  test("refuses a page that it does not have", async () => {
    const scan = await openPdf(await makePdf({}, drawCode), source);
    expect(() => scan.pageText(1)).toThrow(Refusal);
    await expect(scan.renderPage(1, 72)).rejects.toThrow(Refusal);
    scan.close();
  });
});
