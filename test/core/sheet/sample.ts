/** A sheet of a made-up key, and a press to measure it with, for the tests of layout and print. */
import { openPress, type Press } from "../../../src/adapters/pdf.js";
import { loadTemplate } from "../../../src/adapters/templates.js";
import { backup, sheetOf, type SheetOptions } from "../../../src/core/backup.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import { documentTitle } from "../../../src/core/sheet/layout.js";
import type { Sheet } from "../../../src/core/sheet/sheet.js";
import type { Template } from "../../../src/core/sheet/template.js";
import type { Level } from "../../../src/core/words/words.js";
import { MARKED } from "../../cli/story.js";

const DAY = 2518;
const FUTURES_SECRET = `${MARKED.secret.slice(0, 86)}ab`;

export interface SampleOptions extends Partial<SheetOptions> {
  readonly level?: Level;
  readonly provider?: "kraken-spot" | "kraken-futures";
}

/** 17 rows for Kraken Spot, 18 for Futures, 19 with long keeping. */
export function sampleSheet({ level, provider, label, copy }: SampleOptions = {}): Sheet {
  const secret = provider === "kraken-futures" ? FUTURES_SECRET : MARKED.secret;
  const key = parseKeyFile(`${MARKED.key}\n${secret}`, "sample");
  const made = backup({ ...key, day: DAY }, level ?? "standard");
  return sheetOf(made, { label: label ?? null, copy: copy ?? { number: 1, count: 1 } });
}

export async function standardPress(
  sheet: Sheet,
): Promise<{ readonly template: Template; readonly press: Press }> {
  const { template, fonts } = await loadTemplate("standard");
  const { language } = template;
  const press = openPress(fonts, {
    title: documentTitle(sheet, template),
    language,
    day: sheet.day,
  });
  return { template, press };
}
