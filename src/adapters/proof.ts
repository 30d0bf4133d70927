/**
 * Nothing is handed out unread: a finished PDF is read back before anybody has it.
 *
 * Every page is rasterised and its code read by two unrelated decoders, and the words are taken from
 * the pages' text by position. Each of the three, of each copy, must restore the record alone and
 * without repair.
 */
import type { Backup } from "../core/backup.js";
import { Refusal } from "../core/problem.js";
import { areSameRecord } from "../core/record/key-record.js";
import { type Carrier, type CarrierReport, restore } from "../core/restore.js";
import { joinPages, type PageRows, readPageRows, tokensOfRows } from "../core/words/page-words.js";
import { linesOf } from "../core/words/row.js";

const PROOF_DPI = 150;
const SOURCE = "the finished sheet";

/** What was read of a PDF, of all of its pages. */
interface Reading {
  readonly carriers: readonly Carrier[];
  readonly kind: "words" | "code";
  readonly reader: string;
}

/** Throws `proof-failed` with the carrier that did not give the record, so many times as copies. */
export async function proveSheet(pdf: Uint8Array, made: Backup, copyCount: number): Promise<void> {
  for (const { carriers, kind, reader } of await readSheet(pdf)) {
    const isProved =
      carriers.length === copyCount && carriers.every((carrier) => isWhole(carrier, made));
    if (!isProved) throw new Refusal({ code: "proof-failed", carrier: kind, reader });
  }
}

async function readSheet(pdf: Uint8Array): Promise<readonly Reading[]> {
  const [{ openPdf }, zxing, qr] = await Promise.all([
    import("./scan.js"),
    import("./code-zxing.js"),
    import("./code-qr.js"),
  ]);
  const [scan] = await Promise.all([openPdf(pdf, SOURCE), zxing.startDecoder()]);
  const texts = { zxing: [] as string[], qr: [] as string[] };
  const pages: (PageRows | null)[] = [];
  try {
    for (let index = 0; index < scan.pageCount; index++) {
      pages.push(readPageRows(scan.pageText(index)));
      const picture = await scan.renderPage(index, PROOF_DPI);
      texts.zxing.push(...(await zxing.readCodes(picture)));
      texts.qr.push(...(await qr.readCodes(picture)));
    }
  } finally {
    scan.close();
  }
  const codes = Object.entries(texts).map(([reader, found]) => ({
    carriers: found.map((text): Carrier => ({ kind: "code", source: SOURCE, text })),
    kind: "code" as const,
    reader,
  }));
  return [{ carriers: wordsOf(pages), kind: "words", reader: "the page's text" }, ...codes];
}

function wordsOf(pages: readonly (PageRows | null)[]): readonly Carrier[] {
  return joinPages(pages).map(({ rows }) => ({
    kind: "words",
    source: SOURCE,
    lines: linesOf(tokensOfRows(rows)),
  }));
}

/** True when a carrier alone gives the record, and nothing of it was mended. */
function isWhole(carrier: Carrier, made: Backup): boolean {
  const restored = restore([carrier]);
  return (
    restored.status === "confirmed" &&
    restored.remarks.length === 0 &&
    restored.mark === made.mark &&
    restored.reports.every((report) => isAsMade(report, made)) &&
    areSameRecord(restored.record, made.record)
  );
}

function isAsMade(report: CarrierReport, { list, shape }: Backup): boolean {
  if (report.kind === "code") return true;
  const { mended, list: readList, count } = report;
  return mended.length === 0 && readList.number === list.number && count === shape.count;
}
