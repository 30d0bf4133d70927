/** `keysheet inspect`: what each sheet is that is found in the files, without its secret. */
import { type Problem, Refusal } from "../../core/problem.js";
import { formatDay } from "../../core/record/day.js";
import { fieldTitle, providerTitle } from "../../core/record/providers.js";
import type { ReadSheet } from "../../core/restore/read-carriers.js";
import { sheetFacts as factsOfSheet } from "../../core/restore/sheet-facts.js";
import { FORMAT_VERSION } from "../../core/payload/payload.js";
import { nameOfSet } from "../../core/shares/split.js";
import type { ParsedArgs } from "../args.js";
import { bySeverity, withoutWordsOfCodes } from "../../core/restore/by-severity.js";
import { gatherCarriers } from "../gather.js";
import { counted, formatProblems } from "../../wording/messages.js";
import { type Outcome } from "../outcome.js";
import { EXIT } from "../../wording/exit-codes.js";
import { refusedOutcome } from "../outcome-of-problems.js";
import { describedProblems } from "../../wording/described-problems.js";
import { carrierJson, carrierLines, factLines } from "../../wording/report.js";
import type { World } from "../world.js";

/** Sheets that are listed: as many as files can be given. */
const SHEETS_LIMIT = 1000;

export async function inspect(args: ParsedArgs, world: World): Promise<Outcome> {
  if (args.files.length === 0) {
    const why = "it is the picture, PDF or text to look at";
    throw new Refusal({ code: "option-missing", command: "inspect", option: "FILE", why });
  }
  const gathered = await gatherCarriers(args, world);
  const { sheets, problems } = await gathered.restoration.read();
  const found = bySeverity(withoutWordsOfCodes([...gathered.problems, ...problems]));
  if (sheets.length === 0) {
    const told: readonly Problem[] = found.length > 0 ? found : [{ code: "carriers-missing" }];
    return refusedOutcome([...told, ...gathered.remarks]);
  }
  const remarks = [...found, ...gathered.remarks];
  const shown = sheets.slice(0, SHEETS_LIMIT);
  const left = sheets.length - shown.length;
  const texts = shown.map((sheet) => factLines(sheetFacts(sheet)) + carrierLines(sheet.reports));
  if (left > 0) texts.push(`And ${counted(left, "more sheet")}, not listed.\n`);
  return {
    exitCode: EXIT.done,
    text: texts.join("\n"),
    remarks: formatProblems(remarks),
    json: {
      status: "done",
      sheets: shown.map(sheetJson),
      ...(left > 0 ? { sheetsCount: sheets.length } : {}),
      remarks: describedProblems(remarks),
    },
  };
}

function sheetFacts({ content, mark, payload }: ReadSheet): readonly (readonly [string, string])[] {
  const common = [
    ["mark", mark ?? "none (the key has no public part)"],
    ["format", `version ${String(FORMAT_VERSION)}, ${counted(payload.length, "byte")}`],
  ] as const;
  switch (content.kind) {
    case "plain":
      return [
        ["sheet", "plain: whoever reads it has the key"],
        ["provider", providerTitle(content.record.provider)],
        ["made", formatDay(content.record.day)],
        ...common,
        ...content.record.fields.map(
          (field) =>
            [
              fieldTitle(content.record.provider, field.name),
              field.isSecret ? "secret, not shown" : field.value,
            ] as const,
        ),
      ];
    case "sealed":
      return [
        ["sheet", "sealed: whoever reads it needs the passphrase too"],
        ["cost", `2^${String(content.cost)} (scrypt)`],
        ...common,
      ];
    case "share":
      return [
        ["sheet", `share ${String(content.number)} of ${String(content.count)}`],
        ["set", `${nameOfSet(content)}, any ${String(content.threshold)} of it give the key`],
        ...common,
      ];
  }
}

function sheetJson(sheet: ReadSheet) {
  const { kind, mark, formatVersion, lengthBytes, reports, ...facts } = factsOfSheet(sheet);
  return { kind, mark, formatVersion, lengthBytes, readFrom: reports.map(carrierJson), ...facts };
}
