/** What every block of a page is placed with. */
import type { Element, FontMetrics } from "./boxes.js";
import type { Sheet, SheetRow } from "./sheet.js";
import type {
  Circumstance,
  PaperMeasures,
  Placeholder,
  Template,
  TextStyle,
  When,
} from "./template.js";

/** Which page of a sheet it is, and what of the key is printed on it. */
export interface PagePart {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  readonly rows: readonly SheetRow[];
  /** Number of the code, from 1, where the page has one. */
  readonly code: number;
}

export interface PageContext {
  readonly sheet: Sheet;
  readonly part: PagePart;
  readonly template: Template;
  readonly measures: PaperMeasures;
  readonly metrics: FontMetrics;
  readonly values: Readonly<Record<Placeholder, string>>;
}

/** Where blocks may go. */
export interface Frame {
  readonly leftMm: number;
  readonly rightMm: number;
  readonly topMm: number;
  readonly bottomMm: number;
}

/** Elements, and where the last of them ends. */
export interface Placed {
  readonly elements: readonly Element[];
  readonly endMm: number;
}

// What rounding may add without anything being out of its place.
export const TOLERANCE_MM = 0.01;

/** How far blocks end below their frame; 0 where they are inside. */
export function overflowOf({ endMm }: Placed, { bottomMm }: Frame): number {
  const overMm = endMm - bottomMm;
  return overMm > TOLERANCE_MM ? overMm : 0;
}

/** True when all that a block or an item is printed for is so. */
export function isPrinted(page: PageContext, when: When | undefined): boolean {
  if (when === undefined) return true;
  const conditions = typeof when === "string" ? [when] : when;
  return conditions.every((condition) => {
    const isNegated = condition.startsWith("no ");
    const circumstance = (isNegated ? condition.slice("no ".length) : condition) as Circumstance;
    return isSo(page, circumstance) !== isNegated;
  });
}

function isSo({ sheet, part }: PageContext, circumstance: Circumstance): boolean {
  switch (circumstance) {
    case "label":
      return sheet.label !== null;
    case "mark":
      return sheet.mark !== null;
    case "copies":
      return sheet.copy.count > 1;
    case "pages":
      return part.count > 1;
    case "words":
      return sheet.rows.length > 0;
    case "codes":
      return sheet.codes.length > 1;
    case "discreet":
      return sheet.isDiscreet;
    case "plain":
      return sheet.protection.kind === "plain";
    case "sealed":
      return isSealed(sheet);
    case "share":
      return sheet.protection.kind === "share";
  }
}

function isSealed({ protection }: Sheet): boolean {
  return protection.kind === "share" ? protection.isSealed : protection.kind === "sealed";
}

export function styleOf(page: PageContext, name: string): TextStyle {
  const style = page.template.styles[name];
  if (style === undefined) throw new RangeError("a style that the template lacks");
  return style;
}

export function filled(page: PageContext, text: string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: Placeholder) => page.values[name]);
}

export function widthOf(page: PageContext, text: string, style: TextStyle): number {
  return page.metrics.widthMm(style.font, style.sizePt, text);
}

/** The texts for the placeholders of a template; a discreet sheet names no provider and no program, whatever it says. */
export function valuesOf(sheet: Sheet, part: PagePart): Readonly<Record<Placeholder, string>> {
  const { label, mark, day, copy, promise, list, formatVersion } = sheet;
  const provider = sheet.isDiscreet ? "" : sheet.provider;
  const rowNumber = (index: number) => String(part.rows.at(index)?.number ?? "");
  return {
    title: composed(label ?? provider),
    label: composed(label ?? ""),
    provider,
    mark: mark ?? "",
    day,
    copy: String(copy.number),
    copies: String(copy.count),
    words: String(promise?.words ?? 0),
    spare: String(promise?.unreadable ?? 0),
    wrong: String(promise?.wrong ?? 0),
    rows: String(promise?.rows ?? 0),
    code: String(part.code),
    codes: String(sheet.codes.length),
    list: list.title,
    page: String(part.number),
    pages: String(part.count),
    firstRow: rowNumber(0),
    lastRow: rowNumber(-1),
    format: String(formatVersion),
    origin: sheet.isDiscreet ? "" : sheet.origin,
    ...shareValues(sheet),
  };
}

function shareValues({ protection }: Sheet) {
  if (protection.kind !== "share") {
    return { set: "", share: "", shares: "", threshold: "", marks: "" };
  }
  const { set, number, count, threshold, marks } = protection;
  return {
    set,
    share: String(number),
    shares: String(count),
    threshold: String(threshold),
    // A number stays with its mark: no-break spaces.
    marks: marks.map((mark, index) => `${String(index + 1)}\u00a0${mark}`).join(", "),
  };
}

/**
 * Letters with their accents as one character, as fonts have them, and without the marks that choose
 * between two looks of one sign: paper has one.
 */
export function composed(text: string): string {
  return text.normalize("NFC").replace(/[\ufe0e\ufe0f]/g, "");
}
