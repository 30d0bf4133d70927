/** What `make` was asked for, as types. */
import { SHARE_COUNT_LIMIT } from "../../core/payload/v1/share.js";
import { Refusal } from "../../core/problem.js";
import { parseDay } from "../../core/record/day.js";
import { COST_DEFAULT } from "../../core/seal/seal.js";
import type { Paper } from "../../core/sheet/template.js";
import { ENGLISH, type ListRow, PRINTED_LISTS } from "../../core/words/word-lists.js";
import type { Level } from "../../core/words/words.js";
import type { ParsedArgs } from "../args.js";
import { SHARES_EXPECTED } from "../options.js";

export interface SealChoice {
  readonly file: string | null;
  readonly words: number | null;
  readonly cost: number;
}

export interface MakeOptions {
  readonly out: string;
  readonly paper: Paper;
  readonly level: Level;
  readonly label: string | null;
  readonly copies: number;
  readonly isDiscreet: boolean;
  readonly isWithoutWords: boolean;
  readonly isWithManual: boolean;
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

/** The values as types; their form was checked with the command line. */
export function optionsOf({ values, flags }: ParsedArgs): MakeOptions {
  const { out, paper, spare, label, copies, date, template, language } = values;
  const day = date === undefined ? null : parseDay(date);
  if (date !== undefined && day === null) {
    const expected = "a day that there is";
    throw new Refusal({ code: "option-value", command: "make", option: "--date", expected });
  }
  const isWithoutWords = flags.has("without-words");
  if (isWithoutWords && spare !== undefined) {
    throw new Refusal({ code: "options-exclude", options: ["--without-words", "--spare"] });
  }
  const isDiscreet = flags.has("discreet");
  const isWithManual = flags.has("with-manual");
  if (isDiscreet && isWithManual) {
    throw new Refusal({ code: "options-exclude", options: ["--discreet", "--with-manual"] });
  }
  return {
    seal: sealOf(values, flags),
    split: splitOf(values.shares),
    out: out ?? "sheet.pdf",
    paper: paper === "letter" ? "letter" : "a4",
    level: spare === "long" ? "long" : "standard",
    label: label?.trim() ?? null,
    copies: Number(copies ?? "1"),
    isDiscreet,
    isWithoutWords,
    isWithManual,
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
