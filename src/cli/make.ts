/**
 * `keysheet make`: a key in, a proved sheet out.
 *
 * Every choice is checked and the place of the file looked at before a key is asked for; the file
 * appears only after the finished page was read back.
 */
import path from "node:path";
import { checkOutput, createFile } from "../adapters/files.js";
import { proveSheet } from "../adapters/proof.js";
import { loadTemplate } from "../adapters/templates.js";
import { type Backup, backup, sheetOf } from "../core/backup.js";
import { Refusal } from "../core/problem.js";
import { dayFromDate, formatDay, parseDay } from "../core/record/day.js";
import type { ParsedKey } from "../core/record/key-file.js";
import { providerTitle } from "../core/record/providers.js";
import { documentTitle, layoutSheet } from "../core/sheet/layout.js";
import type { Sheet } from "../core/sheet/sheet.js";
import type { Paper } from "../core/sheet/template.js";
import type { Level } from "../core/words/words.js";
import type { ParsedArgs } from "./args.js";
import { counted, formatNotices } from "./messages.js";
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
  /** From --date; null: as the key file, SOURCE_DATE_EPOCH or the clock says. */
  readonly day: number | null;
}

export async function make(args: ParsedArgs, world: World): Promise<Outcome> {
  const options = optionsOf(args);
  await checkOutput(path.resolve(options.out));
  const { from } = args.values;
  // Before a key is asked for, a clock that is out of range is found; a file may have its own day.
  const askedDay = options.day ?? (from === undefined ? dayOf(world) : null);
  const key = from === undefined ? await askKey(world) : await readKeyFile(from, world);

  const day = askedDay ?? key.day ?? dayOf(world);
  const made = backup({ provider: key.provider, day, fields: key.fields }, options.level);
  const pdf = await print(made, options);
  await proveSheet(pdf, made, options.copies);
  createFile(path.resolve(options.out), pdf);
  return outcome(made, key, options, pdf.length);
}

/** The finished PDF, a page a copy. */
export async function print(
  made: Backup,
  { label, copies, paper }: Pick<MakeOptions, "label" | "copies" | "paper">,
): Promise<Uint8Array> {
  const [{ openPress }, { template, fonts }] = await Promise.all([
    import("../adapters/pdf.js"),
    loadTemplate("standard"),
  ]);
  const sheets = Array.from({ length: copies }, (_, index) =>
    sheetOf(made, { label, copy: { number: index + 1, count: copies } }),
  );
  const [first] = sheets as [Sheet];
  const press = openPress(fonts, {
    title: documentTitle(first, template),
    language: template.language,
    day: first.day,
  });
  return press.print(sheets.flatMap((sheet) => layoutSheet(sheet, template, paper, press.metrics)));
}

/** The values as types; their form was checked with the command line. */
function optionsOf({ values }: ParsedArgs): MakeOptions {
  const { out, paper, spare, label, copies, date } = values;
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

function outcome(made: Backup, key: ParsedKey, options: MakeOptions, lengthBytes: number): Outcome {
  const { out, paper, copies } = options;
  const { mark, shape, record } = made;
  const paperName = paper === "a4" ? "A4" : "US Letter";
  const size = `${paperName}, ${counted(copies, "page")}, ${String(Math.ceil(lengthBytes / 1024))} KB`;
  const facts = factLines([
    ["file", `${out} (${size})`],
    ["provider", providerTitle(record.provider)],
    ["made", formatDay(record.day)],
    ["mark", mark ?? "none (the key has no public part)"],
    ["words", `${String(shape.count)}, ${String(shape.spare)} of them spare`],
  ]);
  return {
    exitCode: EXIT.done,
    text: `The sheet is made and was read back: its code by two readers, its words from the
page. Each alone gave exactly this key.

${facts}
1. Print it at its actual size (100 %), on a printer of your own. A shared one
   keeps what it prints.
2. Check the paper: nothing is cut off, the code and every row are sharp${
      mark === null
        ? ""
        : `, and
   the mark is ${mark}`
    }.
3. Test it today: photograph the code, run
     keysheet verify photo.jpg --against KEYFILE
   and delete the photograph, also where the phone sends its pictures.
4. Be rid of the file: delete ${out}, empty the bin, clear the print
   queue. Turn the printer off and on; one with a disk may keep the page even so.
`,
    remarks: formatNotices(key.notices),
    json: {
      status: "done",
      out,
      paper,
      copies,
      lengthBytes,
      provider: record.provider,
      day: formatDay(record.day),
      mark,
      words: shape.count,
      spare: shape.spare,
      notices: key.notices,
    },
  };
}
