/**
 * A finished panel, looked at once more: whatever a template says, nothing leaves its place, no text
 * runs into another, the code's quiet zone is free, and every character has a glyph.
 */
import { type Problem, Refusal } from "../problem.js";
import { type Box, type Element, type FontMetrics, MM_A_PT } from "./boxes.js";
import { type Frame, TOLERANCE_MM } from "./page-context.js";
import type { Panel } from "./template.js";

/** As parts of the type size: how far letters reach above and below their baseline. */
const ASCENT = 0.75;
const DESCENT = 0.21;
/** The least pitch of lines whose letters do not touch, as a part of the type size. */
export const LINE_HEIGHT = ASCENT + DESCENT;

export function overflow(panel: Panel, overflowMm: number): Refusal {
  return new Refusal({ code: "layout-overflow", panel: panel.name, overflowMm });
}

/** A panel's elements, and where its ink may be. */
export interface InkedPanel {
  readonly panel: Panel;
  readonly frame: Frame;
  readonly elements: readonly Element[];
}

/** Throws `layout-overflow` for the first panel with something that runs out of it or into something else. */
export function checkPlaces(panels: readonly InkedPanel[]): void {
  const placed = panels.flatMap(({ panel, frame, elements }) =>
    boxesOf(elements).map((box) => ({ panel, frame, box, ink: inkOf(box) })),
  );
  for (const { panel, frame, ink } of placed) refuse(panel, outsideMm(ink, frame));
  placed.forEach(({ panel, box, ink }, index) => {
    for (const other of placed.slice(index + 1))
      refuse(panel, overlapMm(box, ink, other.box, other.ink));
  });
}

function refuse(panel: Panel, overflowMm: number): void {
  if (overflowMm > TOLERANCE_MM) throw overflow(panel, overflowMm);
}

/** Missing glyphs vanish silently in a PDF; throws with the fonts that lack some. */
export function checkGlyphs(
  elements: readonly Element[],
  metrics: FontMetrics,
  source: string,
): void {
  const texts = new Map<string, string>();
  for (const box of boxesOf(elements)) {
    if (box.kind === "text") texts.set(box.font, (texts.get(box.font) ?? "") + box.text);
  }
  const lacking = [...texts].filter(([font, text]) => metrics.missing(font, text).length > 0);
  const problems = lacking.map(([font]): Problem => ({
    code: "template-malformed",
    source,
    place: `fonts.${font}`,
    expected: "a font that has all characters of what is set in it",
  }));
  if (problems.length > 0) throw new Refusal(...problems);
}

/** All boxes, from the first that is read to the last. */
export function boxesOf(elements: readonly Element[]): readonly Box[] {
  return elements.flatMap(({ boxes, children }) => [...boxes, ...boxesOf(children)]);
}

/** What a box covers on paper, without the thickness of its lines. */
export function inkOf(box: Box): Frame {
  switch (box.kind) {
    case "text":
      return {
        leftMm: box.leftMm,
        rightMm: box.leftMm + box.widthMm,
        topMm: box.baselineMm - box.sizePt * MM_A_PT * ASCENT,
        bottomMm: box.baselineMm + box.sizePt * MM_A_PT * DESCENT,
      };
    case "line":
      return {
        leftMm: Math.min(box.fromMm[0], box.toMm[0]),
        rightMm: Math.max(box.fromMm[0], box.toMm[0]),
        topMm: Math.min(box.fromMm[1], box.toMm[1]),
        bottomMm: Math.max(box.fromMm[1], box.toMm[1]),
      };
    case "square":
    case "code":
      return {
        leftMm: box.leftMm,
        rightMm: box.leftMm + box.sizeMm,
        topMm: box.topMm,
        bottomMm: box.topMm + box.sizeMm,
      };
  }
}

function outsideMm(ink: Frame, frame: Frame): number {
  return Math.max(
    frame.leftMm - ink.leftMm,
    ink.rightMm - frame.rightMm,
    frame.topMm - ink.topMm,
    ink.bottomMm - frame.bottomMm,
  );
}

/** How far two boxes reach into each other that may not; letters may stand on rules. */
function overlapMm(box: Box, ink: Frame, other: Box, otherInk: Frame): number {
  if (box.kind === "code") return depthMm(widened(ink, box.quietMm), otherInk);
  if (other.kind === "code") return depthMm(ink, widened(otherInk, other.quietMm));
  return box.kind === "line" || other.kind === "line" ? 0 : depthMm(ink, otherInk);
}

/** Below 0 where there is space between them. */
function depthMm(a: Frame, b: Frame): number {
  return Math.min(
    a.rightMm - b.leftMm,
    b.rightMm - a.leftMm,
    a.bottomMm - b.topMm,
    b.bottomMm - a.topMm,
  );
}

function widened({ leftMm, rightMm, topMm, bottomMm }: Frame, byMm: number): Frame {
  return {
    leftMm: leftMm - byMm,
    rightMm: rightMm + byMm,
    topMm: topMm - byMm,
    bottomMm: bottomMm + byMm,
  };
}
