/** What `make` says when it is done: what was proved, what the sheets are, and what to do now. */
import type { PrintedSheet } from "../../adapters/node/proof.js";
import { formatDay } from "../../core/record/day.js";
import type { KeyRecord } from "../../core/record/key-record.js";
import { providerById, providerTitle } from "../../core/record/providers.js";
import { lookAlikes } from "../../core/sheet/look-alikes.js";
import { blocksOf, type Template } from "../../core/sheet/template.js";
import { ENGLISH } from "../../core/words/word-lists.js";
import type { KeyRequest } from "../ask/key-request.js";
import type { MakeOptions } from "./make-options.js";
import {
  counted,
  formatNotices,
  type Notice,
  type SheetSize,
  wrapped,
} from "../../wording/messages.js";
import { nextSteps } from "./next-steps.js";
import { type Outcome } from "../outcome.js";
import { EXIT } from "../../wording/exit-codes.js";
import type { Batch } from "./print-sheets.js";
import { factLines } from "../../wording/report.js";

/** One sheet, or the shares of a set. */
export interface Finished extends Batch {
  readonly outs: readonly string[];
  readonly notices: readonly Notice[];
  readonly options: MakeOptions;
  readonly template: Template;
  /** The file that the key came from; null where it was asked for or piped. */
  readonly from: string | null;
  readonly request: KeyRequest;
}

export function madeOutcome(finished: Finished): Outcome {
  const { printed, outs, notices, pageCount, manualPageCount, size, options, template } = finished;
  const { from, request } = finished;
  const { made } = printed[0] as PrintedSheet;
  const { mark, shape, record, list, protection } = made;
  const isCard = blocksOf(template.panels).some(({ kind }) => kind === "card");
  const { copies } = options;
  const marks = protection.kind === "share" ? protection.marks : [];
  return {
    exitCode: EXIT.done,
    text: `${provedText(options, size)}

${factLines(factsOf(finished))}
${nextSteps({ outs, key: { file: from, isAsked: isAskedFor(record) || request.fields.length > 0 || request.provider !== null, said: request.said }, mark: protection.kind === "share" ? null : mark, size, isCard, protection, isSealed: options.seal !== null })}`,
    remarks: formatNotices(notices),
    json: {
      status: "done",
      out: options.split === null ? options.out : outs,
      template: template.name,
      paper: options.paper,
      copies,
      pages: pageCount,
      manualPages: manualPageCount,
      lengthBytes: printed.reduce((sum, { pdf }) => sum + pdf.length, 0),
      discreet: options.isDiscreet,
      provider: record.provider,
      day: formatDay(record.day),
      mark: protection.kind === "share" ? null : mark,
      sealed: options.seal !== null,
      shares:
        protection.kind === "share"
          ? {
              set: protection.set,
              threshold: protection.threshold,
              count: protection.count,
              marks,
            }
          : null,
      words: size.words,
      spare: shape?.spare ?? 0,
      codes: size.codes,
      list: list.name,
      notices,
    },
  };
}

function provedText({ seal, split }: MakeOptions, { pages, words, codes }: SheetSize): string {
  const opened = seal === null ? "" : ", opened with the passphrase";
  const said = () => {
    if (split === null) {
      const code = codes === 1 ? "its code by two readers" : "its codes by two readers";
      const from = words === 0 ? "" : `, its words from the ${pages === 1 ? "page" : "pages"}`;
      const each =
        words === 0 ? "Each reader" : codes === 1 ? "Each alone" : "Codes and words alone";
      return `The sheet is made and was read back: ${code}${from}. ${each} gave exactly this key${opened}.`;
    }
    const { threshold, count } = split;
    const from = words === 0 ? "" : ", the words from the pages";
    return `The ${String(count)} sheets are made and were read back: each code by two readers${from}. Every ${String(threshold)} of them gave exactly this key${opened}.`;
  };
  return wrapped("", said(), "").trimEnd();
}

export function labelNotices(label: string | null): readonly Notice[] {
  const letters = label === null ? [] : lookAlikes(label);
  return letters.length === 0 ? [] : [{ code: "label-look-alikes", letters }];
}

function factsOf(finished: Finished) {
  const { printed, outs, pageCount, manualPageCount, options } = finished;
  const { words, codes } = finished.size;
  const { mark, shape, record, list, protection } = (printed[0] as PrintedSheet).made;
  const paperName = options.paper === "a4" ? "A4" : "US Letter";
  const lengthBytes = printed.reduce((sum, { pdf }) => sum + pdf.length, 0);
  const kilobytes = Math.ceil(lengthBytes / 1024);
  const size = `${paperName}, ${counted(pageCount, "page")}, ${String(kilobytes)} KB`;
  const language = list.number === ENGLISH.number ? "" : `${list.title}, `;
  const files =
    protection.kind === "share"
      ? outs.map(
          (out, index) =>
            [index === 0 ? "files" : "", `${out}, mark ${protection.marks[index] ?? ""}`] as const,
        )
      : [["file", `${outs[0] ?? ""} (${size})`] as const];
  return [
    ...files,
    ...(protection.kind === "share"
      ? ([
          ["size", size],
          [
            "set",
            `${protection.set}, any ${String(protection.threshold)} of ${String(protection.count)} give the key`,
          ],
        ] as const)
      : []),
    ["provider", finished.request.title ?? providerTitle(record.provider)],
    ["made", formatDay(record.day)],
    ...(protection.kind === "share"
      ? []
      : ([["mark", mark ?? "none (the key has no public part)"]] as const)),
    ...(options.seal === null
      ? []
      : ([["seal", `a passphrase, at cost 2^${String(options.seal.cost)}`]] as const)),
    [
      "words",
      shape === null
        ? "none"
        : `${language}${String(words)}${protection.kind === "share" ? " a sheet" : ""}, ${String(shape.spare)} of them spare`,
    ],
    ...(codes === 1 ? [] : ([["codes", `${String(codes)}, all of them needed`]] as const)),
    ...(manualPageCount === 0
      ? []
      : ([
          [
            "manual",
            `the last ${counted(manualPageCount, "page")} of ${outs.at(-1) ?? ""}, without a key`,
          ],
        ] as const)),
  ] as const;
}

/** True for a key whose parts `verify` asks for where nothing says whose it is. */
function isAskedFor({ provider }: KeyRecord): boolean {
  return provider !== null && providerById(provider).ownForm === "two-line";
}
