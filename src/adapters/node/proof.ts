/**
 * Nothing is handed out unread: a finished PDF is read back before anybody has it.
 *
 * Every page is rasterised and its code read by two unrelated decoders, and the words are taken from
 * the pages' text by position. Each of the three, of each copy, must give the sheet's payload alone and
 * without repair, and every threshold of the sheets the record. Of several codes all must be there,
 * as often as there are copies; of a sheet without words there must be none.
 */
import type { Backup, SealRequest } from "../../core/backup.js";
import { areEqualBytes } from "../../core/bytes.js";
import { Refusal } from "../../core/problem.js";
import {
  type Carrier,
  type CarrierReport,
  readCarriers,
  type ReadSheet,
} from "../../core/restore/read-carriers.js";
import { areSameRecord, type KeyRecord } from "../../core/record/key-record.js";
import { restoreRead, unseal } from "../../core/restore/restore.js";
import { subsets } from "../../core/shares/join.js";
import {
  joinPages,
  type PageRows,
  readPageRows,
  tokensOfRows,
} from "../../core/sheet/page-words.js";
import { linesOf } from "../../core/words/row.js";
import { ProvedFile } from "../../media/proved-file.js";
import { hearEvents } from "./event-loop.js";

/**
 * Dots an inch at which pages are read: at the second only where the first did not do. The smallest module
 * that is printed, 0.9 mm, has 3.5 pixels at the first, and no reader needs more than 3.
 */
const PROOF_DPIS = [100, 150];
const SOURCE = "the finished sheet";

/** Joins of a set between which nothing else is heard: some milliseconds. */
const JOINS_UNHEARD = 50;

/** What was read of a PDF, of all of its pages. */
interface Reading {
  readonly carriers: readonly Carrier[];
  readonly kind: "words" | "code";
  readonly reader: string;
}

/** A finished PDF, and what each copy in it has to carry. */
export interface PrintedSheet {
  readonly pdf: Uint8Array;
  readonly made: Backup;
}

export interface ProofOptions {
  readonly copyCount: number;
  /** What the sheets were sealed with; null without a seal. */
  readonly seal: Pick<SealRequest, "passphrase" | "kdf"> | null;
  /** Hears how much is done, from 0 to 1. */
  readonly onPart?: (part: number) => void;
}

/**
 * One sheet, or all shares of a set, as files that may be handed out. Throws `proof-failed` with the carrier that did not give exactly
 * its payload, or where some threshold of the shares does not give the record.
 */
export function proveSheets(
  printed: readonly PrintedSheet[],
  options: ProofOptions,
): Promise<readonly ProvedFile[]> {
  const files = printed.map(({ pdf }) => pdf);
  return ProvedFile.prove(files, () => readBack(printed, options));
}

async function readBack(
  printed: readonly PrintedSheet[],
  { copyCount, seal, onPart = () => undefined }: ProofOptions,
): Promise<void> {
  const sheets: ReadSheet[] = [];
  let carrier: Reading["kind"] = "words";
  for (const { pdf, made } of printed) {
    const proved = await proveSheet(pdf, made, copyCount);
    carrier = proved.carrier;
    sheets.push(proved.sheet);
    onPart(sheets.length / printed.length);
  }
  const { protection, record } = (printed[0] as PrintedSheet).made;
  const needed = protection.kind === "share" ? protection.threshold : 1;
  const opened = new Map<string, KeyRecord | null>();
  let joinCount = 0;
  for (const indices of subsets(sheets.length, needed)) {
    if (joinCount++ % JOINS_UNHEARD === 0) await hearEvents();
    const chosen = indices.map((index) => sheets[index] as ReadSheet);
    const restored = await recordOf(chosen, seal, opened);
    if (restored === null || !areSameRecord(restored, record)) {
      throw new Refusal({ code: "proof-failed", carrier, reader: "the join" });
    }
  }
}

/** What the first reading gives that a sheet has, once all of them have given it. */
async function proveSheet(pdf: Uint8Array, made: Backup, copyCount: number) {
  let failed: Reading | undefined;
  for (const dpi of PROOF_DPIS) {
    const readings = await readSheet(pdf, dpi);
    const proved = readings.map((reading) =>
      reading.kind === "words"
        ? proveWords(reading, made, copyCount)
        : proveCodes(reading, made, copyCount),
    );
    failed = readings.find((_, index) => proved[index] === null);
    if (failed !== undefined) continue;
    const found = proved.findIndex((sheet) => sheet !== "none");
    return { sheet: proved[found] as ReadSheet, carrier: readings[found]?.kind ?? "code" };
  }
  const { kind, reader } = failed as Reading;
  throw new Refusal({ code: "proof-failed", carrier: kind, reader });
}

/** The sheet that each copy's words give; null when one does not. */
function proveWords({ carriers }: Reading, made: Backup, copyCount: number) {
  if (made.shape === null) return carriers.length === 0 ? ("none" as const) : null;
  const read = carriers.map((carrier) => readWhole([carrier], made));
  return read.length === copyCount && read.every((sheet) => sheet !== null)
    ? (read[0] as ReadSheet)
    : null;
}

/** The sheet that all codes give together; null when they do not, or when a copy lacks one. */
function proveCodes({ carriers }: Reading, made: Backup, copyCount: number): ReadSheet | null {
  const counts = new Map<string, number>();
  for (const carrier of carriers) {
    const text = carrier.kind === "code" ? carrier.text : "";
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const areAllThere = [...counts.values()].every((count) => count === copyCount);
  return areAllThere ? readWhole(carriers, made) : null;
}

/** Sheets that belong together to their record; a seal that was opened once is not opened again. */
async function recordOf(
  sheets: readonly ReadSheet[],
  seal: ProofOptions["seal"],
  opened: Map<string, KeyRecord | null>,
): Promise<KeyRecord | null> {
  const restored = restoreRead({ sheets, incomplete: [], problems: [] });
  if (restored.status !== "sealed") return restored.status === "confirmed" ? restored.record : null;
  const { tag } = restored.content;
  const known = opened.get(tag.join());
  if (known !== undefined) return known;
  const confirmed = seal === null ? null : await unseal(restored, seal.passphrase, seal.kdf);
  const record = confirmed?.status === "confirmed" ? confirmed.record : null;
  opened.set(tag.join(), record);
  return record;
}

async function readSheet(pdf: Uint8Array, dpi: number): Promise<readonly Reading[]> {
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
      await hearEvents();
      pages.push(readPageRows(scan.pageText(index)));
      const picture = await scan.renderPage(index, dpi);
      texts.zxing.push(...(await zxing.readCodes(picture, { isClean: true })));
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

/** What carriers of one kind give, if that is exactly the payload and nothing of it was mended. */
function readWhole(carriers: readonly Carrier[], made: Backup): ReadSheet | null {
  const { sheets, problems } = readCarriers(carriers);
  const [sheet] = sheets;
  if (sheet === undefined || sheets.length > 1 || problems.length > 0) return null;
  const isMade = sheet.mark === made.mark && areEqualBytes(sheet.payload, made.payload);
  return isMade && sheet.reports.every((report) => isAsMade(report, made)) ? sheet : null;
}

function isAsMade(report: CarrierReport, { list, shape }: Backup): boolean {
  if (report.kind === "code") return true;
  if (report.kind === "torn-code") return false;
  const { mended, list: readList, count } = report;
  return mended.length === 0 && readList.number === list.number && count === shape?.count;
}
