/**
 * The head of a manual's page, which tells people and readers of PDFs that no key is on it: the manual
 * has examples of words, and they are not the sheet's.
 */
import type { PageText } from "../page-text.js";

const BEGINNING = "keysheet manual, page";
const PATTERN = new RegExp(`^(# )?${BEGINNING} \\d+ of \\d+:`);

/** On one baseline. */
const LINE_TOLERANCE_MM = 1;

export interface ManualPlace {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  /** What the page is of. */
  readonly part: string;
  /** Its text is a program, so that the head must be a comment. */
  readonly isProgram: boolean;
}

export function formatManualHead({ number, count, part, isProgram }: ManualPlace): string {
  const place = `${BEGINNING} ${String(number)} of ${String(count)}: ${part}`;
  return `${isProgram ? "# " : ""}${place}. No key is on this page.`;
}

/** True for a page whose uppermost line is such a head. */
export function isManualPage(texts: readonly PageText[]): boolean {
  const topMm = texts.reduce((least, { baselineMm }) => Math.min(least, baselineMm), Infinity);
  const line = texts
    .filter(({ baselineMm }) => baselineMm - topMm <= LINE_TOLERANCE_MM)
    .sort((a, b) => a.leftMm - b.leftMm)
    .map(({ text }) => text)
    .join(" ");
  return PATTERN.test(line);
}
