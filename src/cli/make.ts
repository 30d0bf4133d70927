/**
 * `keysheet make`: a key in, a proved sheet out.
 *
 * Every choice is checked and the place of the file looked at before a key is asked for; the file
 * appears only after the finished page was read back.
 */
import path from "node:path";
import { checkOutput, createFiles } from "../adapters/files.js";
import { labelFonts } from "../adapters/label-fonts.js";
import { type PrintedSheet, proveSheets } from "../adapters/proof.js";
import { findTemplate, type LoadedTemplate } from "../adapters/templates.js";
import { type Backup, backupSheets, sheetOf } from "../core/backup.js";
import { PAGES_LIMIT } from "../core/picture.js";
import { SHARE_COUNT_LIMIT } from "../core/payload/v1/share.js";
import { type Problem, Refusal } from "../core/problem.js";
import { COST_DEFAULT } from "../core/seal/seal.js";
import { DRAWN_WORDS_DEFAULT } from "../core/words/passphrase.js";
import { dayFromDate, formatDay, parseDay } from "../core/record/day.js";
import { providerTitle } from "../core/record/providers.js";
import { documentTitle, layoutSheet } from "../core/sheet/layout.js";
import { lookAlikes } from "../core/sheet/look-alikes.js";
import type { Sheet } from "../core/sheet/sheet.js";
import { blocksOf, type Paper, type Template } from "../core/sheet/template.js";
import { ENGLISH, type ListRow, PRINTED_LISTS } from "../core/words/word-lists.js";
import type { Level } from "../core/words/words.js";
import { type ParsedArgs, SHARES_EXPECTED } from "./args.js";
import { newPassphrase } from "./passphrase.js";
import { counted, formatNotices, type Notice, wrapped } from "./messages.js";
import { nextSteps } from "./next-steps.js";
import { EXIT, type Outcome } from "./outcome.js";
import { askKey, readKeyFile } from "./read-key.js";
import { factLines } from "./report.js";
import type { World } from "./world.js";

interface SealChoice {
  readonly file: string | null;
  readonly words: number | null;
  readonly cost: number;
}

interface MakeOptions {
  readonly out: string;
  readonly paper: Paper;
  readonly level: Level;
  readonly label: string | null;
  readonly copies: number;
  readonly isDiscreet: boolean;
  /** A name, or a file. */
  readonly template: string;
  readonly list: ListRow;
  /** Null: without a passphrase. */
  readonly seal: SealChoice | null;
  /** Null: one sheet, which is enough alone. */
  readonly split: { readonly threshold: number; readonly count: number } | null;
  /** From --date; null: as the key file, SOURCE_DATE_EPOCH or the clock says. */
  readonly day: number | null;
}

export async function make(args: ParsedArgs, world: World): Promise<Outcome> {
  const options = optionsOf(args);
  const { seal, split, level, list, copies } = options;
  const outs = outsOf(options);
  await refuseAll(outs.map((out) => () => checkOutput(path.resolve(out))));
  const loaded = await findTemplate(options.template);
  const { from } = args.values;
  // Before a key is asked for, a clock that is out of range is found; a file may have its own day.
  const askedDay = options.day ?? (from === undefined ? dayOf(world) : null);
  const key = from === undefined ? await askKey(world) : await readKeyFile(from, world);

  const day = askedDay ?? key.day ?? dayOf(world);
  const record = { provider: key.provider, day, fields: key.fields };
  const drawn = seal === null ? null : await passphraseFor(seal, list, world);
  const request =
    drawn === null || seal === null
      ? null
      : { passphrase: drawn.passphrase, cost: seal.cost, kdf: world.kdf };
  const { random } = world;
  const made = await backupSheets(record, { level, list, seal: request, split, random });
  const printed: PrintedSheet[] = [];
  let pageCount = 0;
  for (const each of made) {
    const { pdf, pageCount: pagesEach } = await print(each, loaded, options);
    printed.push({ pdf, made: each });
    pageCount += pagesEach;
  }
  await proveSheets(printed, { copyCount: copies, seal: request });
  await drawn?.confirm();
  createFiles(
    printed.map(({ pdf }, index) => ({ file: path.resolve(outs[index] ?? ""), bytes: pdf })),
  );
  const notices = [...key.notices, ...(drawn?.notices ?? []), ...labelNotices(options.label)];
  return outcome({ made: printed, outs, notices, pageCount, options, template: loaded.template });
}

function passphraseFor({ file, words }: SealChoice, list: ListRow, world: World) {
  return newPassphrase({ file, words, wordsDefault: DRAWN_WORDS_DEFAULT, list }, world);
}

/** `sheet.pdf`, or `sheet-1-of-3.pdf` and so on for shares. */
function outsOf({ out, split }: MakeOptions): readonly string[] {
  if (split === null) return [out];
  const { dir, name, ext } = path.parse(out);
  return Array.from({ length: split.count }, (_, index) =>
    path.join(dir, `${name}-${String(index + 1)}-of-${String(split.count)}${ext}`),
  );
}

/** Runs every check, and throws with what all of them refused. */
async function refuseAll(checks: readonly (() => Promise<void>)[]): Promise<void> {
  const problems: Problem[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new Refusal(...problems);
}

/** The finished PDF: the pages of each copy, one after another. */
export async function print(
  made: Backup,
  { template, fonts }: LoadedTemplate,
  {
    label,
    copies,
    paper,
    isDiscreet,
  }: Pick<MakeOptions, "label" | "copies" | "paper" | "isDiscreet">,
): Promise<{ readonly pdf: Uint8Array; readonly pageCount: number }> {
  const { openPress } = await import("../adapters/pdf.js");
  const { correction } = template;
  const sheets = Array.from({ length: copies }, (_, index) =>
    sheetOf(made, { label, isDiscreet, correction, copy: { number: index + 1, count: copies } }),
  );
  const [first] = sheets as [Sheet];
  const facts = {
    title: documentTitle(first, template),
    language: template.language,
    day: first.day,
    creator: isDiscreet ? "PDF" : "keysheet",
  };
  const press = openPress(fonts, facts, await labelFonts(label));
  const pages = sheets.flatMap((sheet) => layoutSheet(sheet, template, paper, press.metrics));
  if (pages.length > PAGES_LIMIT) {
    throw new Refusal({ code: "layout-pages", pages: pages.length, limit: PAGES_LIMIT });
  }
  return { pdf: await press.print(pages), pageCount: pages.length };
}

/** The values as types; their form was checked with the command line. */
function optionsOf({ values, flags }: ParsedArgs): MakeOptions {
  const { out, paper, spare, label, copies, date, template, language } = values;
  const day = date === undefined ? null : parseDay(date);
  if (date !== undefined && day === null) {
    const expected = "a day that there is";
    throw new Refusal({ code: "option-value", command: "make", option: "--date", expected });
  }
  return {
    seal: sealOf(values, flags),
    split: splitOf(values.shares),
    out: out ?? "sheet.pdf",
    paper: paper === "letter" ? "letter" : "a4",
    level: spare === "long" ? "long" : "standard",
    label: label?.trim() ?? null,
    copies: Number(copies ?? "1"),
    isDiscreet: flags.has("discreet"),
    template: template ?? "standard",
    list: PRINTED_LISTS.get(language ?? ENGLISH.name) ?? ENGLISH,
    day,
  };
}

function sealOf(values: ParsedArgs["values"], flags: ParsedArgs["flags"]): SealChoice | null {
  const { "passphrase-file": file, "passphrase-words": words, "kdf-cost": cost } = values;
  if (!flags.has("passphrase") && file === undefined && words === undefined) {
    if (cost === undefined) return null;
    const why = "--kdf-cost is for a passphrase";
    throw new Refusal({ code: "option-missing", command: "make", option: "--passphrase", why });
  }
  if (file !== undefined && words !== undefined) {
    throw new Refusal({
      code: "options-exclude",
      options: ["--passphrase-file", "--passphrase-words"],
    });
  }
  return {
    file: file ?? null,
    words: words === undefined ? null : Number(words),
    cost: cost === undefined ? COST_DEFAULT : Number(cost),
  };
}

function splitOf(shares: string | undefined): MakeOptions["split"] {
  if (shares === undefined) return null;
  const [threshold = 0, count = 0] = shares.split("-of-").map(Number);
  if (threshold < 2 || threshold > count || count > SHARE_COUNT_LIMIT) {
    const expected = SHARES_EXPECTED;
    throw new Refusal({ code: "option-value", command: "make", option: "--shares", expected });
  }
  return { threshold, count };
}

/** The maker's local calendar day; under SOURCE_DATE_EPOCH, in seconds, its UTC day. */
function dayOf(world: World): number {
  const epoch = world.env.SOURCE_DATE_EPOCH;
  if (epoch !== undefined && epoch !== "") {
    const date = new Date(/^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : NaN);
    if (Number.isNaN(date.getTime())) {
      const expected = "a number of seconds";
      const option = "SOURCE_DATE_EPOCH";
      throw new Refusal({ code: "option-value", command: "make", option, expected });
    }
    return dayFromDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }
  const now = world.now();
  return dayFromDate(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

interface Finished {
  /** One sheet, or the shares of a set. */
  readonly made: readonly PrintedSheet[];
  readonly outs: readonly string[];
  readonly notices: readonly Notice[];
  /** Of all files. */
  readonly pageCount: number;
  readonly options: MakeOptions;
  readonly template: Template;
}

function outcome(finished: Finished): Outcome {
  const { made: printed, outs, notices, pageCount, options, template } = finished;
  const { made } = printed[0] as PrintedSheet;
  const { mark, shape, record, list, protection } = made;
  const isCard = blocksOf(template.panels).some(({ kind }) => kind === "card");
  const { copies } = options;
  const marks = protection.kind === "share" ? protection.marks : [];
  return {
    exitCode: EXIT.done,
    text: `${provedText(options)}

${factLines(factsOf(finished))}
${nextSteps({ outs, mark: protection.kind === "share" ? null : mark, copies, pageCount, isCard, protection, isSealed: options.seal !== null })}`,
    remarks: formatNotices(notices),
    json: {
      status: "done",
      out: options.split === null ? options.out : outs,
      template: template.name,
      paper: options.paper,
      copies,
      pages: pageCount,
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
      words: shape.count,
      spare: shape.spare,
      list: list.name,
      notices,
    },
  };
}

function provedText({ seal, split }: MakeOptions): string {
  const opened = seal === null ? "" : ", opened with the passphrase";
  if (split === null) {
    return wrapped(
      "",
      `The sheet is made and was read back: its code by two readers, its words from the page. Each alone gave exactly this key${opened}.`,
      "",
    ).trimEnd();
  }
  const { threshold, count } = split;
  return wrapped(
    "",
    `The ${String(count)} sheets are made and were read back: each code by two readers, the words from the pages. Every ${String(threshold)} of them gave exactly this key${opened}.`,
    "",
  ).trimEnd();
}

function labelNotices(label: string | null): readonly Notice[] {
  const letters = label === null ? [] : lookAlikes(label);
  return letters.length === 0 ? [] : [{ code: "label-look-alikes", letters }];
}

function factsOf({ made: printed, outs, pageCount, options }: Finished) {
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
    ["provider", providerTitle(record.provider)],
    ["made", formatDay(record.day)],
    ...(protection.kind === "share"
      ? []
      : ([["mark", mark ?? "none (the key has no public part)"]] as const)),
    ...(options.seal === null
      ? []
      : ([["seal", `a passphrase, at cost 2^${String(options.seal.cost)}`]] as const)),
    [
      "words",
      `${language}${String(shape.count)}${protection.kind === "share" ? " a sheet" : ""}, ${String(shape.spare)} of them spare`,
    ],
  ] as const;
}
