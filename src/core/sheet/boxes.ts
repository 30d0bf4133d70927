/** What a page consists of: boxes in millimetres, in the structure in which they are read. */
import type { ModuleMatrix } from "../qr/module-matrix.js";
import type { TextStyle } from "./template.js";

export const MM_A_PT = 25.4 / 72;

/** What a layout has to know of fonts, by their names in the template. */
export interface FontMetrics {
  widthMm(font: string, sizePt: number, text: string): number;
  /** The characters of a text that the font has no glyph for, each once. */
  missing(font: string, text: string): readonly string[];
}

export interface TextBox {
  readonly kind: "text";
  readonly text: string;
  readonly leftMm: number;
  readonly baselineMm: number;
  readonly widthMm: number;
  readonly font: string;
  readonly sizePt: number;
  readonly colour: string;
}

export interface LineBox {
  readonly kind: "line";
  readonly fromMm: readonly [x: number, y: number];
  readonly toMm: readonly [x: number, y: number];
  readonly thicknessPt: number;
  readonly colour: string;
  readonly isDashed: boolean;
}

export interface SquareBox {
  readonly kind: "square";
  readonly leftMm: number;
  readonly topMm: number;
  readonly sizeMm: number;
  readonly thicknessPt: number;
  readonly colour: string;
}

export interface CodeBox {
  readonly kind: "code";
  readonly leftMm: number;
  readonly topMm: number;
  /** Of the modules, without the quiet zone. */
  readonly sizeMm: number;
  /** Free of ink on every side. */
  readonly quietMm: number;
  readonly modules: ModuleMatrix;
}

export type Box = TextBox | LineBox | SquareBox | CodeBox;

/** A structure element of tagged PDF; what has no meaning for a reader is an artifact. */
export interface Element {
  readonly tag:
    | "H1"
    | "H2"
    | "H3"
    | "P"
    | "L"
    | "LI"
    | "Lbl"
    | "LBody"
    | "Table"
    | "TR"
    | "TH"
    | "TD"
    | "Figure"
    | "Artifact";
  readonly alternative?: string;
  /** BCP 47, where it is another than the document's. */
  readonly language?: string;
  readonly boxes: readonly Box[];
  readonly children: readonly Element[];
}

export interface Page {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly elements: readonly Element[];
}

/** Where letters stand when a line's top is given: the leading is shared above and below them. */
export function baseline(topMm: number, { sizePt, leadingPt }: TextStyle): number {
  return topMm + ((leadingPt - sizePt) / 2 + sizePt * 0.8) * MM_A_PT;
}

export function textBox(
  text: string,
  leftMm: number,
  baselineMm: number,
  { font, sizePt, colour }: TextStyle,
  metrics: FontMetrics,
): TextBox {
  const widthMm = metrics.widthMm(font, sizePt, text);
  return { kind: "text", text, leftMm, baselineMm, widthMm, font, sizePt, colour };
}

export function element(
  tag: Element["tag"],
  boxes: readonly Box[],
  children: readonly Element[] = [],
): Element {
  return { tag, boxes, children };
}

export function artifact(box: Box): Element {
  return element("Artifact", [box]);
}

export function moved(box: Box, byMm: number): Box {
  switch (box.kind) {
    case "text":
      return { ...box, baselineMm: box.baselineMm + byMm };
    case "square":
    case "code":
      return { ...box, topMm: box.topMm + byMm };
    case "line":
      return {
        ...box,
        fromMm: [box.fromMm[0], box.fromMm[1] + byMm],
        toMm: [box.toMm[0], box.toMm[1] + byMm],
      };
  }
}
