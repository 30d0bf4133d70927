/**
 * Back: what was read from paper to the record, confirmed, or a refusal with every problem.
 *
 * There is no third state: a record is given only when the check of every carrier that was read
 * holds and all of them carry the same payload.
 */
import { areEqualBytes } from "./bytes.js";
import { markOf } from "./payload/mark.js";
import { decodePayload, type Payload, type PayloadContent } from "./payload/payload.js";
import { type Problem, Refusal } from "./problem.js";
import { hasQrText, readQrTexts } from "./qr/qr-text.js";
import { formatDay } from "./record/day.js";
import type { KeyRecord } from "./record/key-record.js";
import { type ReadWords, readWords } from "./words/read-words.js";

/** Something read from a sheet; `source` names the file or the terminal for messages. */
export type Carrier =
  | { readonly kind: "words"; readonly source: string; readonly tokens: readonly string[] }
  | { readonly kind: "code"; readonly source: string; readonly text: string };

/** What one carrier gave. */
export type CarrierReport =
  | { readonly kind: "code"; readonly source: string }
  | ({ readonly kind: "words"; readonly source: string } & Omit<ReadWords, "payload">);

export interface ReadSheet {
  readonly payload: Payload;
  readonly content: PayloadContent;
  readonly mark: string | null;
  readonly reports: readonly CarrierReport[];
}

export interface ReadCarriers {
  /** One entry a payload, however many carriers hold it. */
  readonly sheets: readonly ReadSheet[];
  readonly problems: readonly Problem[];
}

/** All that can be read from the carriers, put together by payload. */
export function readCarriers(carriers: readonly Carrier[]): ReadCarriers {
  const problems: Problem[] = [];
  const found: { payload: Uint8Array; report: CarrierReport }[] = [];

  const codes = carriers.filter((carrier) => carrier.kind === "code");
  const read = readQrTexts(codes);
  problems.push(...read.problems);
  for (const { payload, source } of read.payloads) {
    found.push({ payload, report: { kind: "code", source } });
  }
  for (const { source, text } of codes) {
    if (!hasQrText(text)) problems.push({ code: "code-foreign", source });
  }
  for (const carrier of carriers) {
    if (carrier.kind !== "words") continue;
    const { source, tokens } = carrier;
    collect(problems, () => {
      const { payload, ...words } = readWords(tokens, source);
      found.push({ payload, report: { kind: "words", source, ...words } });
    });
  }

  const sheets: ReadSheet[] = [];
  for (const { payload, reports } of groupByPayload(found)) {
    collect(problems, () => {
      const decoded = decodePayload(payload);
      sheets.push({ ...decoded, mark: markOf(decoded), reports });
    });
  }
  return { sheets, problems };
}

export interface Confirmed {
  readonly status: "confirmed";
  readonly record: KeyRecord;
  readonly mark: string | null;
  readonly reports: readonly CarrierReport[];
  /** What else was given and could not be read; the key does not depend on it. */
  readonly remarks: readonly Problem[];
}

export interface Refused {
  readonly status: "refused";
  readonly problems: readonly Problem[];
}

export function restore(carriers: readonly Carrier[]): Confirmed | Refused {
  const { sheets, problems } = readCarriers(carriers);
  const [sheet, ...others] = sheets;
  if (sheet === undefined) {
    return {
      status: "refused",
      problems: problems.length > 0 ? problems : [{ code: "carriers-missing" }],
    };
  }
  if (others.length > 0) {
    return {
      status: "refused",
      problems: [{ code: "sheets-differ", sheets: sheets.map(nameSheet) }],
    };
  }
  // A payload of another version or a damaged one was vouched for by its carrier: it is another sheet.
  const unreadPayload = problems.filter(({ code }) => PAYLOAD_PROBLEMS.has(code));
  if (unreadPayload.length > 0) return { status: "refused", problems: unreadPayload };
  const { content } = sheet;
  if (content.kind === "sealed")
    return { status: "refused", problems: [{ code: "sealed-unreadable" }] };
  if (content.kind === "share") {
    const { number, threshold, count } = content;
    return {
      status: "refused",
      problems: [{ code: "share-unreadable", number, threshold, count }],
    };
  }
  return {
    status: "confirmed",
    record: content.record,
    mark: sheet.mark,
    reports: sheet.reports,
    remarks: problems,
  };
}

const PAYLOAD_PROBLEMS: ReadonlySet<Problem["code"]> = new Set([
  "payload-malformed",
  "version-zero",
  "version-newer",
  "kind-unknown",
  "provider-newer",
]);

/** Two sheets told apart for people: where each was read, its mark and its day. */
function nameSheet({ mark, content, reports }: ReadSheet) {
  return {
    sources: [...new Set(reports.map(({ source }) => source))],
    mark,
    day: content.kind === "plain" ? formatDay(content.record.day) : null,
  };
}

function groupByPayload(found: readonly { payload: Uint8Array; report: CarrierReport }[]) {
  const groups: { payload: Uint8Array; reports: CarrierReport[] }[] = [];
  for (const { payload, report } of found) {
    const group = groups.find((candidate) => areEqualBytes(candidate.payload, payload));
    if (group === undefined) groups.push({ payload, reports: [report] });
    else group.reports.push(report);
  }
  return groups;
}

/** Runs a step whose refusal does not end the reading of the others. */
function collect(problems: Problem[], step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(...error.problems);
  }
}
