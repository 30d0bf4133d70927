/**
 * `keysheet make`: a key in, a proved sheet out.
 *
 * Every choice is checked and the place of the file looked at before a key is asked for; the file
 * appears only after the finished page was read back.
 */
import path from "node:path";
import { checkOutput, createFile } from "../adapters/files.js";
import { labelFonts } from "../adapters/label-fonts.js";
import { proveSheet } from "../adapters/proof.js";
import { findTemplate, type LoadedTemplate } from "../adapters/templates.js";
import { type Backup, backup, sheetOf } from "../core/backup.js";
import { PAGES_LIMIT } from "../core/picture.js";
import { Refusal } from "../core/problem.js";
import { dayFromDate, formatDay, parseDay } from "../core/record/day.js";
import type { ParsedKey } from "../core/record/key-file.js";
import { providerTitle } from "../core/record/providers.js";
import { documentTitle, layoutSheet } from "../core/sheet/layout.js";
import { lookAlikes } from "../core/sheet/look-alikes.js";
import type { Sheet } from "../core/sheet/sheet.js";
import { blocksOf, type Paper, type Template } from "../core/sheet/template.js";
import { ENGLISH, type ListRow, PRINTED_LISTS } from "../core/words/word-lists.js";
import type { Level } from "../core/words/words.js";
import type { ParsedArgs } from "./args.js";
import { counted, formatNotices, type Notice } from "./messages.js";
import { nextSteps } from "./next-steps.js";
import { EXIT, type Outcome } from "./outcome.js";
import { askKey, readKeyFile } from "./read-key.js";
import { factLines } from "./report.js";
import type { World } from "./world.js";

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
  /** From --date; null: as the key file, SOURCE_DATE_EPOCH or the clock says. */
  readonly day: number | null;
}

export async function make(args: ParsedArgs, world: World): Promise<Outcome> {
  const options = optionsOf(args);
  await checkOutput(path.resolve(options.out));
  const loaded = await findTemplate(options.template);
  const { from } = args.values;
  // Before a key is asked for, a clock that is out of range is found; a file may have its own day.
  const askedDay = options.day ?? (from === undefined ? dayOf(world) : null);
  const key = from === undefined ? await askKey(world) : await readKeyFile(from, world);

  const day = askedDay ?? key.day ?? dayOf(world);
  const made = backup(
    { provider: key.provider, day, fields: key.fields },
    options.level,
    options.list,
  );
  const printed = await print(made, loaded, options);
  await proveSheet(printed.pdf, made, options.copies);
  createFile(path.resolve(options.out), printed.pdf);
  return outcome(made, key, { ...options, ...printed, loaded: loaded.template });
}

export interface PrintedSheet {
  readonly pdf: Uint8Array;
  /** Of all copies. */
  readonly pageCount: number;
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
): Promise<PrintedSheet> {
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

interface MadeSheet extends MakeOptions, PrintedSheet {
  readonly loaded: Template;
}

function outcome(made: Backup, key: ParsedKey, sheet: MadeSheet): Outcome {
  const { out, paper, copies, pageCount, loaded } = sheet;
  const { mark, shape, record, list } = made;
  const isCard = blocksOf(loaded.panels).some(({ kind }) => kind === "card");
  const lengthBytes = sheet.pdf.length;
  const notices = [...key.notices, ...labelNotices(sheet.label)];
  return {
    exitCode: EXIT.done,
    text: `The sheet is made and was read back: its code by two readers, its words from the
page. Each alone gave exactly this key.

${factLines(factsOf(made, sheet))}
${nextSteps({ out, mark, copies, pageCount, isCard })}`,
    remarks: formatNotices(notices),
    json: {
      status: "done",
      out,
      template: loaded.name,
      paper,
      copies,
      pages: pageCount,
      lengthBytes,
      discreet: sheet.isDiscreet,
      provider: record.provider,
      day: formatDay(record.day),
      mark,
      words: shape.count,
      spare: shape.spare,
      list: list.name,
      notices,
    },
  };
}

function labelNotices(label: string | null): readonly Notice[] {
  const letters = label === null ? [] : lookAlikes(label);
  return letters.length === 0 ? [] : [{ code: "label-look-alikes", letters }];
}

function factsOf({ mark, shape, record, list }: Backup, sheet: MadeSheet) {
  const paperName = sheet.paper === "a4" ? "A4" : "US Letter";
  const kilobytes = Math.ceil(sheet.pdf.length / 1024);
  const size = `${paperName}, ${counted(sheet.pageCount, "page")}, ${String(kilobytes)} KB`;
  const language = list.number === ENGLISH.number ? "" : `${list.title}, `;
  return [
    ["file", `${sheet.out} (${size})`],
    ["provider", providerTitle(record.provider)],
    ["made", formatDay(record.day)],
    ["mark", mark ?? "none (the key has no public part)"],
    ["words", `${language}${String(shape.count)}, ${String(shape.spare)} of them spare`],
  ] as const;
}
