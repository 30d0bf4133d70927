/** What every block of a page is placed with. */
import type { Element, FontMetrics } from "./boxes.js";
import type { Sheet } from "./sheet.js";
import type { Condition, PaperMeasures, Placeholder, Template, TextStyle } from "./template.js";

export interface PageContext {
  readonly sheet: Sheet;
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

export function isPrinted(page: PageContext, condition: Condition | undefined): boolean {
  const { label, mark, copy, isTrial } = page.sheet;
  switch (condition) {
    case undefined:
      return true;
    case "label":
      return label !== null;
    case "no label":
      return label === null;
    case "mark":
      return mark !== null;
    case "no mark":
      return mark === null;
    case "copies":
      return copy.count > 1;
    case "no copies":
      return copy.count === 1;
    case "trial":
      return isTrial;
    case "no trial":
      return !isTrial;
  }
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

/** The texts for the placeholders of a template. */
export function valuesOf(sheet: Sheet): Readonly<Record<Placeholder, string>> {
  const { label, provider, mark, day, copy, promise, formatVersion } = sheet;
  return {
    title: composed(label ?? provider),
    label: composed(label ?? ""),
    provider,
    mark: mark ?? "",
    day,
    copy: String(copy.number),
    copies: String(copy.count),
    words: String(promise.words),
    spare: String(promise.unreadable),
    wrong: String(promise.wrong),
    rows: String(promise.rows),
    format: String(formatVersion),
  };
}

/** Letters with their accents as one character, as fonts have them. */
export function composed(text: string): string {
  return text.normalize("NFC");
}
