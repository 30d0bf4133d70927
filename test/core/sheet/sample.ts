/** A sheet of a made-up key, and a press to measure it with, for the tests of layout and print. */
import { openPress, type Press } from "../../../src/adapters/node/pdf.js";
import { loadTemplate, type TemplateName } from "../../../src/adapters/node/templates.js";
import { type Backup, backup, sheetOf, type SheetOptions } from "../../../src/core/backup.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import { makeField } from "../../../src/core/record/key-record.js";
import { documentTitle } from "../../../src/core/sheet/layout.js";
import type { Sheet } from "../../../src/core/sheet/sheet.js";
import type { Template } from "../../../src/core/sheet/template.js";
import { ENGLISH, PRINTED_LISTS } from "../../../src/core/words/word-lists.js";
import type { Level } from "../../../src/core/words/words.js";
import { MARKED } from "../../cli/story.js";

const DAY = 2518;
const FUTURES_SECRET = `${MARKED.secret.slice(0, 86)}ab`;

export interface SampleOptions extends Partial<SheetOptions> {
  readonly level?: Level;
  readonly provider?: "kraken-spot" | "kraken-futures";
  /** The name of the list. */
  readonly language?: string;
  /** A secret of so many characters instead of the key. */
  readonly secretLength?: number;
}

/** 17 rows for Kraken Spot, 18 for Futures, 19 with long keeping. */
export function sampleSheet(options: SampleOptions = {}): Sheet {
  return sheetOf(sampleBackup(options), {
    label: null,
    copy: { number: 1, count: 1 },
    ...options,
  });
}

export function sampleBackup({
  level,
  provider,
  language,
  secretLength,
}: SampleOptions = {}): Backup {
  const secret = provider === "kraken-futures" ? FUTURES_SECRET : MARKED.secret;
  const key = parseKeyFile(`${MARKED.key}\n${secret}`, "sample");
  const record = { ...key, day: DAY };
  const list = PRINTED_LISTS.get(language ?? "english") ?? ENGLISH;
  if (secretLength === undefined) return backup(record, level ?? "standard", list);
  const text = "K?z9 ~q".repeat(secretLength).slice(0, secretLength);
  const fields = [makeField("account", "a@b", false), makeField("token", text, true)];
  return backup({ provider: null, day: DAY, fields }, level ?? "standard", list);
}

export async function pressOf(
  name: TemplateName,
  sheet: Sheet,
): Promise<{ readonly template: Template; readonly press: Press }> {
  const { template, fonts } = await loadTemplate(name);
  const { language } = template;
  const title = documentTitle(sheet, template);
  const press = openPress(fonts, { title, language, day: sheet.day, creator: "keysheet" });
  return { template, press };
}

export async function standardPress(sheet: Sheet): ReturnType<typeof pressOf> {
  return pressOf("standard", sheet);
}
