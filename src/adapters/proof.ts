/**
 * Nothing is handed out unread: a finished PDF is read back before anybody has it.
 *
 * Every page is rasterised and its code read by two unrelated decoders, and its words are taken from
 * the page's text by position. Each of the three alone must restore the record, without repair.
 */
import type { Backup } from "../core/backup.js";
import { Refusal } from "../core/problem.js";
import { areSameRecord } from "../core/record/key-record.js";
import { type Carrier, restore } from "../core/restore.js";
import { readPageWords } from "../core/words/page-words.js";
import { linesOf } from "../core/words/row.js";

const PROOF_DPI = 150;

/** Throws `proof-failed` with the carrier that did not give the record. */
export async function proveSheet(pdf: Uint8Array, made: Backup, pageCount: number): Promise<void> {
  const [{ openPdf }, zxing, qr] = await Promise.all([
    import("./scan.js"),
    import("./code-zxing.js"),
    import("./code-qr.js"),
  ]);
  const [scan] = await Promise.all([openPdf(pdf, "the finished page"), zxing.startDecoder()]);
  try {
    if (scan.pageCount !== pageCount) throw failure("words", "the page count");
    for (let index = 0; index < pageCount; index++) {
      const tokens = readPageWords(scan.pageText(index)) ?? [];
      const source = `page ${String(index + 1)}`;
      proveCarrier([{ kind: "words", source, lines: linesOf(tokens) }], made, "the page's text");
      const picture = await scan.renderPage(index, PROOF_DPI);
      const readers = [
        ["zxing", zxing.readCodes],
        ["qr", qr.readCodes],
      ] as const;
      for (const [reader, readCodes] of readers) {
        const texts = await readCodes(picture);
        proveCarrier(
          texts.map((text) => ({ kind: "code", source, text })),
          made,
          reader,
        );
      }
    }
  } finally {
    scan.close();
  }
}

function proveCarrier(carriers: readonly Carrier[], made: Backup, reader: string): void {
  const kind = carriers[0]?.kind === "words" ? "words" : "code";
  const restored = restore(carriers);
  const isProved =
    restored.status === "confirmed" &&
    restored.remarks.length === 0 &&
    restored.mark === made.mark &&
    restored.reports.every((report) => report.kind === "code" || report.mended.length === 0) &&
    areSameRecord(restored.record, made.record);
  if (!isProved) throw failure(kind, reader);
}

function failure(carrier: "words" | "code", reader: string): Refusal {
  return new Refusal({ code: "proof-failed", carrier, reader });
}
