import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import sharp from "sharp";
import { readCodes as readWithQr } from "../../../src/adapters/node/code-qr.js";
import { readCodes as readWithZxing } from "../../../src/adapters/node/code-zxing.js";
import { openPdf } from "../../../src/adapters/node/scan.js";
import { layoutSheet } from "../../../src/core/sheet/layout.js";
import { type Paper, PAPERS } from "../../../src/core/sheet/template.js";
import { restore } from "../../../src/core/restore/restore.js";
import { readPageWords } from "../../../src/core/sheet/page-words.js";
import { hasTrace } from "../../cli/story.js";
import { PREFLIGHT_JARS, testWith } from "../../programs.js";
import { sampleSheet, standardPress } from "../../core/sheet/sample.js";

const sheet = sampleSheet({ label: "Zoë’s bot" });
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-pdf-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function print(paper: Paper): Promise<Uint8Array> {
  const { template, press } = await standardPress(sheet);
  return press.print(layoutSheet(sheet, template, paper, press.metrics));
}

async function file(paper: Paper): Promise<string> {
  const name = path.join(folder, `${paper}.pdf`);
  writeFileSync(name, await print(paper));
  return name;
}

/** What another program says of a file; it fails where the program is missing or says no. */
function told(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

describe.each(PAPERS)("a sheet on %s", (paper) => {
  testWith("java")("is PDF/A-1b for PDFBox Preflight", async () => {
    const answer = told(
      "java",
      "-cp",
      PREFLIGHT_JARS.join(":"),
      "org.apache.pdfbox.preflight.Validator_A1b",
      await file(paper),
    );
    expect(answer).toContain("is a valid PDF/A-1b file");
  });

  testWith("qpdf")("is clean for qpdf", async () => {
    expect(told("qpdf", "--check", await file(paper))).toContain(
      "No syntax or stream encoding errors found",
    );
  });

  testWith("poppler")(
    "is tagged, has its title, language and day, and is of the right size",
    async () => {
      const info = told("pdfinfo", "-isodates", await file(paper));
      expect(info).toMatch(
        /Title: +Paper backup of an API key: Kraken Spot [0-9A-Z]{4}-[0-9A-Z]{4}\n/,
      );
      expect(info).toMatch(/Tagged: +yes/);
      expect(info).toMatch(/CreationDate: +2026-11-23T/);
      expect(info).toMatch(paper === "a4" ? /595\.\d+ x 841\.89 pts \(A4\)/ : /612 x 792 pts/);
      expect(told("pdfinfo", "-struct", await file(paper))).toMatch(/Figure[^]*BBox/);
      expect(hasTrace(Buffer.from(await print(paper)))).toBe(false);
    },
  );

  testWith("poppler")("embeds a subset of each of its fonts", async () => {
    const [, , ...fonts] = told("pdffonts", await file(paper))
      .trim()
      .split("\n");
    expect(fonts).toHaveLength(4);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+Atkinson.* yes yes yes /);
  });

  testWith("poppler")("has the words in reading order for another program", async () => {
    const text = told("pdftotext", "-layout", await file(paper), "-");
    const rows = sheet.rows.map(
      ({ number, words, letters }) =>
        new RegExp(`^ *${String(number)} +${words.join(" +")} +${letters}$`, "m"),
    );
    for (const row of rows) expect(text).toMatch(row);
    const raw = told("pdftotext", "-raw", await file(paper), "-").split(/\s+/);
    const words = sheet.rows.flatMap((row) => [String(row.number), ...row.words, row.letters]);
    expect(raw.join(" ")).toContain(words.join(" "));
  });

  test("gives its words by their place on the page, whatever order they are written in", async () => {
    const scan = await openPdf(await print(paper), "sheet");
    const texts = [...scan.pageText(0)].reverse();
    scan.close();
    expect(readPageWords(texts)).toEqual(sheet.rows.flatMap(({ words }) => words));
  });

  test("is at most 80 KB, and its code decodes at 60 dpi with either reader", async () => {
    const pdf = await print(paper);
    expect(pdf.length).toBeLessThanOrEqual(80 * 1024);
    const scan = await openPdf(pdf, "sheet");
    const picture = await scan.renderPage(0, 60);
    scan.close();
    for (const readCodes of [readWithZxing, readWithQr]) {
      const [text = ""] = await readCodes(picture);
      expect(restore([{ kind: "code", source: "page", text }]).status).toBe("confirmed");
    }
  });

  testWith("zbarimg")(
    "has a code that zbarimg reads, and the format's rules make the payload of its text",
    async () => {
      const scan = await openPdf(await print(paper), "sheet");
      const { widthPx, heightPx, luma } = await scan.renderPage(0, 150);
      scan.close();
      const png = path.join(folder, `${paper}.png`);
      await sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } })
        .png()
        .toFile(png);
      const text = told("zbarimg", "--quiet", "--raw", png);
      const restored = restore([{ kind: "code", source: "zbarimg", text }]);
      expect(restored).toMatchObject({ status: "confirmed", mark: sheet.mark });
    },
  );

  test("is the same bytes each time", async () => {
    expect(Buffer.from(await print(paper)).equals(Buffer.from(await print(paper)))).toBe(true);
  });
});

describe("the program that judges", () => {
  testWith("java")("refuses a PDF that is no PDF/A", async () => {
    const { default: PDFDocument } = await import("pdfkit");
    const document = new PDFDocument();
    const chunks: Buffer[] = [];
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.on("end", resolve));
    document.text("plain").end();
    await ended;
    const plain = path.join(folder, "plain.pdf");
    writeFileSync(plain, Buffer.concat(chunks));
    const check = () =>
      told(
        "java",
        "-cp",
        PREFLIGHT_JARS.join(":"),
        "org.apache.pdfbox.preflight.Validator_A1b",
        plain,
      );
    expect(check).toThrow();
  });
});
