/** What was read from a sheet, for people and as JSON: facts to compare with the paper, no secret. */
import type { CarrierReport } from "../core/restore/read-carriers.js";
import type { Confirmed } from "../core/restore/restore.js";
import { formatDay } from "../core/record/day.js";
import { fieldTitle, providerTitle } from "../core/record/providers.js";
import { describedProblems } from "./described-problems.js";
import { type MendedHow, type Slip, toldBySlips } from "../core/words/repair/slips.js";
import { counted, placesText, visible } from "./messages.js";

const HOW_TEXTS = {
  misspelt: "misspelt",
  misread: "misread",
  unreadable: "unreadable",
  missing: "left out",
  moved: "at another place",
} as const satisfies Record<Exclude<MendedHow, "untyped">, string>;

/** "repaired 2 words (1 misread, 1 left out); 14 more may be lost" */
export function reserveText(report: CarrierReport): string {
  if (report.kind === "code") return "whole";
  if (report.kind === "torn-code")
    return `${String(report.read)} of ${counted(report.count, "block")} read`;
  const { mended, reserve, count } = report;
  const untyped = mended.filter(({ how }) => how === "untyped").length;
  const others = mended.filter(({ how }) => how !== "untyped");
  const kinds = Object.entries(HOW_TEXTS).flatMap(([how, text]) => {
    const number = others.filter((word) => word.how === how).length;
    return number === 0 ? [] : [`${String(number)} ${text}`];
  });
  const mending =
    others.length === 0
      ? "all whole"
      : `repaired ${counted(others.length, "word")} (${kinds.join(", ")})`;
  if (untyped > 0) return `${mending}; the first ${String(count - untyped)} were enough`;
  return `${mending}; ${String(reserve)}${others.length === 0 ? "" : " more"} may be lost`;
}

function carrierText(report: CarrierReport): string {
  const carrier =
    report.kind !== "words" ? "code" : `${String(report.count)} words, ${report.list.title}`;
  return `${report.source}: ${carrier}, ${reserveText(report)}`;
}

/** Words beside a torn code, by which they may be mended though they are too few. */
function partText(report: CarrierReport): string {
  if (report.kind !== "words") return carrierText(report);
  const { source, list, count, mended } = report;
  const lost = mended.filter(({ how }) => how !== "misspelt" && how !== "moved").length;
  return `${source}: words, ${list.title}, ${String(count - lost)} of ${String(count)} read`;
}

/** The words that may still be lost where words and torn codes complete each other; else null. */
function reserveTogether(reports: readonly CarrierReport[]): number | null {
  const reserves = reports.flatMap((report) => (report.kind === "words" ? report.reserve : []));
  const isTogether = reserves.length > 0 && reports.some(({ kind }) => kind === "torn-code");
  return isTogether ? Math.max(...reserves) : null;
}

const NAME_WIDTH = 14;

/** Aligned lines of a name and a value. */
export function factLines(facts: readonly (readonly [string, string])[]): string {
  return facts
    .map(([name, value]) => `  ${visible(name).padEnd(NAME_WIDTH)}${visible(value)}\n`)
    .join("");
}

/** Places of one sheet that a report names: nobody takes more photographs of it. */
const REPORTS_LIMIT = 100;

/** What each carrier of one sheet gave, and what they gave together. */
export function carrierLines(reports: readonly CarrierReport[]): string {
  const reserve = reserveTogether(reports);
  const text = reserve === null ? carrierText : partText;
  const shown = reports.slice(0, REPORTS_LIMIT);
  const left = reports.length - shown.length;
  const facts = [
    ...shown.flatMap((report, index) => [
      [index === 0 ? "read from" : "", text(report)] as const,
      ...mendedFacts(report),
    ]),
    ...(left === 0 ? [] : [["", `and from ${counted(left, "more place")}`] as const]),
  ];
  if (reserve === null) return factLines(facts);
  const more = `every check holds; ${counted(reserve, "more word", "more words")} may be lost`;
  return factLines([...facts, ["together", more]]);
}

/** What happened to rows, and where words were mended and how, by kind. */
function mendedFacts(report: CarrierReport): readonly (readonly [string, string])[] {
  if (report.kind !== "words") return [];
  const isTold = toldBySlips(report.slips);
  const words = report.mended.filter((word) => !isTold(word));
  const kinds = Object.entries(HOW_TEXTS).flatMap(([how, text]) => {
    const positions = words.flatMap((word) => (word.how === how ? word.position : []));
    return positions.length === 0 ? [] : [`${text}: ${placesText(positions)}`];
  });
  const shown = report.slips.slice(0, SLIPS_LIMIT).map(slipText);
  const left = report.slips.length - shown.length;
  const more = left > 0 ? [`and more in ${counted(left, "other place", "other places")}`] : [];
  return [...shown, ...more, ...kinds].map((text) => ["", `  ${text}`] as const);
}

/** What happened to rows; a report names so many of them. */
const SLIPS_LIMIT = 8;

/** "row 9 was left out" */
function slipText(slip: Slip): string {
  switch (slip.slip) {
    case "row-missing":
      return `row ${String(slip.row)} was left out`;
    case "row-twice":
      return `row ${String(slip.row)} was there twice`;
    case "row-moved":
      return `row ${String(slip.row)} was at another place`;
    case "row-misnumbered":
      return `row ${String(slip.row)} had the number ${String(slip.number)}`;
    case "words-added":
      return `row ${String(slip.row)} had ${counted(slip.count, "word", "words")} too many`;
    case "columns":
      return "the words were read down the columns";
  }
}

/** The mark of the sheet, or those of the shares, and what stood before the key. */
export function markFacts({
  mark,
  joined,
  opened,
}: Pick<Confirmed, "mark" | "joined" | "opened">): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] =
    joined === null
      ? [["mark", mark ?? "none (the key has no public part)"]]
      : [
          ["set", `${joined.set}, ${String(joined.threshold)} of ${String(joined.count)} needed`],
          ...joined.shares.map(
            (share) => [`share ${String(share.number)}`, share.mark ?? "none"] as const,
          ),
        ];
  if (opened === null) return facts;
  const how = opened.isMended
    ? "opened; the passphrase was typed a little differently from how it was sealed"
    : "opened with the passphrase";
  return [...facts, ["seal", how]];
}

/** Provider, day, mark and public part, and what each carrier gave. */
export function confirmedLines(confirmed: Confirmed): string {
  const { record, reports } = confirmed;
  const { provider } = record;
  const facts: (readonly [string, string])[] = [
    ["provider", providerTitle(provider)],
    ["made", formatDay(record.day)],
    ...markFacts(confirmed),
    ...record.fields
      .filter((field) => !field.isSecret)
      .map((field) => [fieldTitle(provider, field.name), field.value] as const),
  ];
  return factLines(facts) + carrierLines(reports);
}

export function carrierJson(report: CarrierReport) {
  if (report.kind !== "words") return report;
  const { kind, source, list, level, count, spare, mended, slips, reserve } = report;
  return { kind, source, list: list.name, level, count, spare, mended, slips, reserve };
}

export function confirmedJson({ record, mark, joined, opened, reports, remarks }: Confirmed) {
  return {
    status: "confirmed",
    provider: record.provider,
    day: formatDay(record.day),
    mark,
    sealed: opened !== null,
    ...(opened === null ? {} : { cost: opened.cost, passphraseMended: opened.isMended }),
    shares: joined,
    public: Object.fromEntries(
      record.fields.flatMap((field) => (field.isSecret ? [] : [[field.name, field.value]])),
    ),
    secretFields: record.fields.filter(({ isSecret }) => isSecret).map(({ name }) => name),
    readFrom: reports.map(carrierJson),
    remarks: describedProblems(remarks),
  };
}
