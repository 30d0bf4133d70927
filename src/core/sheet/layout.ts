/**
 * A sheet and a template to pages of boxes in millimetres.
 *
 * Everything of the sheet is placed inside the ink margins or the layout is refused: nothing is
 * clipped, nothing runs over another panel, and no character is set that its font lacks.
 */
import { Refusal } from "../problem.js";
import type { ModuleMatrix } from "../qr/module-matrix.js";
import type { Sheet } from "./sheet.js";
import type {
  Block,
  CodeBlock,
  ColumnsBlock,
  Condition,
  FactsBlock,
  Panel,
  Paper,
  PaperMeasures,
  Placeholder,
  Template,
  TextBlock,
  TextStyle,
  WordsBlock,
} from "./template.js";

const MM_A_PT = 25.4 / 72;

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
  readonly modules: ModuleMatrix;
}

export type Box = TextBox | LineBox | SquareBox | CodeBox;

/** A structure element of tagged PDF; what has no meaning for a reader is an artifact. */
export interface Element {
  readonly tag:
    | "H1"
    | "H2"
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
  readonly boxes: readonly Box[];
  readonly children: readonly Element[];
}

export interface Page {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly elements: readonly Element[];
}

export function layoutSheet(
  sheet: Sheet,
  template: Template,
  paper: Paper,
  metrics: FontMetrics,
): readonly Page[] {
  checkLabel(sheet, template, metrics);
  const measures = template.papers[paper];
  const layouter = new Layouter(sheet, template, measures, metrics);
  const elements = placePanels(sheet, template, measures).flatMap(({ panel, topMm, bottomMm }) =>
    layouter.panel(panel, topMm, bottomMm),
  );
  return [{ widthMm: measures.widthMm, heightMm: measures.heightMm, elements }];
}

// Controls, and the invisible marks that turn the direction of text or join letters.
const UNPRINTABLE =
  /[\p{Control}\p{Format}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}]/gu;

/** Every font that may set the label has to have all of its characters. */
function checkLabel(sheet: Sheet, template: Template, metrics: FontMetrics): void {
  const { label } = sheet;
  if (label === null) return;
  const unprintable = label.match(UNPRINTABLE) ?? [];
  const fonts = new Set(labelStyles(template).map((style) => template.styles[style]?.font ?? ""));
  const missing = [...fonts].flatMap((font) => metrics.missing(font, label));
  const characters = [...new Set([...unprintable, ...missing])];
  if (characters.length === 0) return;
  throw new Refusal({ code: "label-character", characters: characters.map(nameCharacter) });
}

function labelStyles(template: Template): readonly string[] {
  const ofBlock = (block: Block): readonly string[] => {
    if (block.kind === "columns")
      return block.columns.flatMap(({ blocks }) => blocks.flatMap(ofBlock));
    if (block.kind === "bottom") return block.blocks.flatMap(ofBlock);
    return block.kind === "text" && /\{(label|title)\}/.test(block.text) ? [block.style] : [];
  };
  return template.panels.flatMap(({ blocks }) => blocks.flatMap(ofBlock));
}

/** `ж (U+0436)`; of what shows nothing only the number. */
function nameCharacter(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return character.search(UNPRINTABLE) >= 0 ? `U+${number}` : `${character} (U+${number})`;
}

interface PlacedPanel {
  readonly panel: Panel;
  readonly topMm: number;
  readonly bottomMm: number;
}

/** Panels that hold the rows or the code are equally high, so that one folds over the other. */
function placePanels(
  sheet: Sheet,
  template: Template,
  measures: PaperMeasures,
): readonly PlacedPanel[] {
  const forRows = sheet.rows.length * template.rowMm + template.besideRowsMm;
  const rowsMm = Math.max(measures.heightMm / template.panels.length, forRows);
  const rowsPanels = template.panels.filter(({ height }) => height === "rows").length;
  const restPanels = template.panels.length - rowsPanels;
  const restMm = (measures.heightMm - rowsPanels * rowsMm) / Math.max(1, restPanels);
  let topMm = 0;
  return template.panels.map((panel) => {
    const heightMm = panel.height === "rows" ? rowsMm : restMm;
    if (heightMm < panel.leastMm) throw overflow(panel, panel.leastMm - heightMm);
    topMm += heightMm;
    return { panel, topMm: topMm - heightMm, bottomMm: topMm };
  });
}

function overflow(panel: Panel, overflowMm: number): Refusal {
  return new Refusal({ code: "layout-overflow", panel: panel.name, overflowMm });
}

/** Where blocks may go. */
interface Frame {
  readonly leftMm: number;
  readonly rightMm: number;
  readonly topMm: number;
  readonly bottomMm: number;
}

/** Elements, and where the last of them ends. */
interface Placed {
  readonly elements: readonly Element[];
  readonly endMm: number;
}

const NO_STRETCH = 0;
// What rounding may add without anything being out of its place.
const TOLERANCE_MM = 0.01;

class Layouter {
  readonly #sheet: Sheet;
  readonly #template: Template;
  readonly #measures: PaperMeasures;
  readonly #metrics: FontMetrics;
  readonly #values: Readonly<Record<Placeholder, string>>;

  constructor(sheet: Sheet, template: Template, measures: PaperMeasures, metrics: FontMetrics) {
    this.#sheet = sheet;
    this.#template = template;
    this.#measures = measures;
    this.#metrics = metrics;
    this.#values = valuesOf(sheet);
  }

  panel(panel: Panel, topMm: number, bottomMm: number): readonly Element[] {
    const { sideMm, widthMm, heightMm } = this.#measures;
    const isLast = bottomMm >= heightMm - TOLERANCE_MM;
    const frame = {
      leftMm: sideMm,
      rightMm: widthMm - sideMm,
      topMm: (topMm === 0 ? this.#measures.topMm : topMm) + panel.topMm,
      bottomMm: (isLast ? heightMm - this.#measures.bottomMm : bottomMm) - panel.bottomMm,
    };
    const all = panel.blocks.filter((block) => this.#isPrinted(block.when));
    const needed = all.filter(({ ifRoom }) => ifRoom !== true);
    const roomOf = (blocks: readonly Block[]) =>
      frame.bottomMm - this.#blocks(blocks, frame, NO_STRETCH).endMm;
    const blocks = roomOf(all) < -TOLERANCE_MM ? needed : all;
    const leftMm = roomOf(blocks);
    if (leftMm < -TOLERANCE_MM) throw overflow(panel, -leftMm);
    const stretches = blocks.filter(({ kind }) => kind === "stretch").length;
    const placed = this.#blocks(blocks, frame, stretches > 0 ? leftMm / stretches : NO_STRETCH);
    return [...placed.elements, ...this.#edge(panel, bottomMm)];
  }

  #edge(panel: Panel, bottomMm: number): readonly Element[] {
    if (panel.edge === "none") return [];
    const { sideMm, widthMm } = this.#measures;
    return [
      artifact({
        kind: "line",
        fromMm: [sideMm, bottomMm],
        toMm: [widthMm - sideMm, bottomMm],
        thicknessPt: 0.6,
        colour: "#555555",
        isDashed: panel.edge === "fold",
      }),
    ];
  }

  #isPrinted(condition: Condition | undefined): boolean {
    switch (condition) {
      case undefined:
        return true;
      case "label":
        return this.#sheet.label !== null;
      case "mark":
        return this.#sheet.mark !== null;
      case "copies":
        return this.#sheet.copy.count > 1;
      case "trial":
        return this.#sheet.isTrial;
    }
  }

  #blocks(blocks: readonly Block[], frame: Frame, stretchMm: number): Placed {
    let topMm = frame.topMm;
    const elements: Element[] = [];
    for (const block of blocks) {
      if (!this.#isPrinted(block.when)) continue;
      const inner = { ...frame, topMm: topMm + (block.aboveMm ?? 0) };
      const placed = this.#block(block, inner, stretchMm);
      elements.push(...placed.elements);
      topMm = placed.endMm;
    }
    return { elements, endMm: topMm };
  }

  #block(block: Block, frame: Frame, stretchMm: number): Placed {
    switch (block.kind) {
      case "text":
        return this.#text(block, frame);
      case "facts":
        return this.#facts(block, frame);
      case "steps":
        return this.#list(block, frame, (index) => {
          const style = this.#style(block.numberStyle);
          const text = String(index + 1);
          return textBox(text, frame.leftMm, baseline(frame.topMm, style), style, this.#metrics);
        });
      case "checks":
        return this.#list(block, frame, () => {
          const style = this.#style(block.style);
          const middleMm = baseline(frame.topMm, style) - style.sizePt * MM_A_PT * 0.34;
          return {
            kind: "square",
            leftMm: frame.leftMm,
            topMm: middleMm - block.boxMm / 2,
            sizeMm: block.boxMm,
            thicknessPt: 0.8,
            colour: style.colour,
          };
        });
      case "lines":
        return this.#lines(block, frame);
      case "rule": {
        const line = {
          kind: "line",
          fromMm: [frame.leftMm, frame.topMm],
          toMm: [frame.rightMm, frame.topMm],
          thicknessPt: block.thicknessPt,
          colour: block.colour,
          isDashed: false,
        } as const;
        return { elements: [artifact(line)], endMm: frame.topMm };
      }
      case "stretch":
        return { elements: [], endMm: frame.topMm + Math.min(stretchMm, block.mostMm) };
      case "columns":
        return this.#columns(block, frame);
      case "bottom": {
        const { endMm } = this.#blocks(block.blocks, frame, NO_STRETCH);
        const topMm = frame.topMm + Math.max(0, frame.bottomMm - endMm);
        return this.#blocks(block.blocks, { ...frame, topMm }, NO_STRETCH);
      }
      case "words":
        return this.#words(block, frame);
      case "code":
        return this.#code(block, frame);
    }
  }

  #style(name: string): TextStyle {
    const style = this.#template.styles[name];
    if (style === undefined) throw new RangeError("a style that the template lacks");
    return style;
  }

  #fill(text: string): string {
    return text.replace(/\{(\w+)\}/g, (_, name: Placeholder) => this.#values[name]);
  }

  #text(block: TextBlock, frame: Frame): Placed {
    const widthMm = frame.rightMm - frame.leftMm;
    const { style, lines } = this.#fit(block, widthMm);
    const boxes = lines.map((line, index) => {
      const lineMm = this.#metrics.widthMm(style.font, style.sizePt, line);
      const leftMm = block.align === "right" ? frame.rightMm - lineMm : frame.leftMm;
      const baselineMm = baseline(frame.topMm + index * style.leadingPt * MM_A_PT, style);
      return textBox(line, leftMm, baselineMm, style, this.#metrics);
    });
    const endMm = frame.topMm + lines.length * style.leadingPt * MM_A_PT;
    return { elements: [element(block.tag, boxes)], endMm };
  }

  /** The text in its style, or in the largest smaller one in which it has few enough lines. */
  #fit(block: TextBlock, widthMm: number): { style: TextStyle; lines: readonly string[] } {
    const text = this.#fill(block.text);
    const style = this.#style(block.style);
    if (block.leastSizePt === undefined) {
      return { style, lines: this.#wrap(text, style, widthMm) };
    }
    const sizes = [];
    for (let sizePt = style.sizePt; sizePt >= block.leastSizePt; sizePt -= 0.5) sizes.push(sizePt);
    const mostLines = block.mostLines ?? 1;
    for (let lineCount = 1; lineCount <= mostLines; lineCount++) {
      for (const sizePt of sizes) {
        const leadingPt = (style.leadingPt * sizePt) / style.sizePt;
        const smaller = { ...style, sizePt, leadingPt };
        const lines = this.#wrap(text, smaller, widthMm);
        const isInside = lines.every(
          (line) => this.#metrics.widthMm(style.font, sizePt, line) <= widthMm,
        );
        if (isInside && lines.length <= lineCount) return { style: smaller, lines };
      }
    }
    const leastMm = this.#metrics.widthMm(style.font, block.leastSizePt, text);
    const overflowMm = Math.max(1, leastMm - mostLines * widthMm);
    throw new Refusal({ code: "label-too-long", overflowMm });
  }

  /** Lines broken at spaces; a word that is wider than a line stays whole. */
  #wrap(text: string, style: TextStyle, widthMm: number): readonly string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && this.#metrics.widthMm(style.font, style.sizePt, longer) > widthMm) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  }

  /** The facts spread over the width, the gaps between them equal. */
  #facts(block: FactsBlock, frame: Frame): Placed {
    const nameStyle = this.#style(block.nameStyle);
    const items = block.items
      .filter(({ when }) => this.#isPrinted(when))
      .map((item) => {
        const style = this.#style(item.style ?? block.valueStyle);
        const name = this.#fill(item.name);
        const value = this.#fill(item.value);
        const widths = [this.#width(name, nameStyle), this.#width(value, style)];
        return { name, value, style, widthMm: Math.max(...widths) };
      });
    const valueTopMm = frame.topMm + nameStyle.leadingPt * MM_A_PT;
    const valueLeadingMm = this.#style(block.valueStyle).leadingPt * MM_A_PT;
    const usedMm = items.reduce((sum, { widthMm }) => sum + widthMm, 0);
    const gapMm = (frame.rightMm - frame.leftMm - usedMm) / Math.max(1, items.length - 1);
    let leftMm = frame.leftMm;
    const elements = items.map(({ name, value, style, widthMm }) => {
      const boxes = [
        textBox(name, leftMm, baseline(frame.topMm, nameStyle), nameStyle, this.#metrics),
        textBox(value, leftMm, baseline(valueTopMm, style), style, this.#metrics),
      ];
      leftMm += widthMm + gapMm;
      const [label, body] = boxes.map((box, index) =>
        element(index === 0 ? "Lbl" : "LBody", [box]),
      );
      return element("LI", [], [label as Element, body as Element]);
    });
    return { elements: [element("L", [], elements)], endMm: valueTopMm + valueLeadingMm };
  }

  #width(text: string, style: TextStyle): number {
    return this.#metrics.widthMm(style.font, style.sizePt, text);
  }

  #list(
    block: Extract<Block, { readonly kind: "steps" | "checks" }>,
    frame: Frame,
    label: (index: number) => Box,
  ): Placed {
    const style = this.#style(block.style);
    let topMm = frame.topMm;
    const items = block.items.map((item, index) => {
      const text = { kind: "text", style: block.style, text: item, tag: "P" } as const;
      const inner = { ...frame, leftMm: frame.leftMm + block.indentMm, topMm };
      const placed = this.#text(text, inner);
      const shift = topMm - frame.topMm;
      const [paragraph] = placed.elements;
      topMm = placed.endMm + block.betweenMm;
      return element(
        "LI",
        [],
        [element("Lbl", [moved(label(index), shift)]), element("LBody", paragraph?.boxes ?? [])],
      );
    });
    const endMm = topMm - (block.items.length > 0 ? block.betweenMm : 0);
    // A box to tick may be higher than its line.
    return {
      elements: [element("L", [], items)],
      endMm: Math.max(endMm, style.leadingPt * MM_A_PT),
    };
  }

  #lines(block: Extract<Block, { readonly kind: "lines" }>, frame: Frame): Placed {
    const style = this.#style(block.style);
    const lineMm = frame.topMm + block.freeMm;
    const nameTopMm = lineMm + 0.6;
    const gaps = block.gapMm * (block.items.length - 1);
    const widthMm = frame.rightMm - frame.leftMm - gaps;
    let leftMm = frame.leftMm;
    const elements = block.items.flatMap(({ name, share }) => {
      const rightMm = leftMm + widthMm * share;
      const line = {
        kind: "line",
        fromMm: [leftMm, lineMm],
        toMm: [rightMm, lineMm],
        thicknessPt: 0.5,
        colour: "#000000",
        isDashed: false,
      } as const;
      const text = textBox(
        this.#fill(name),
        leftMm,
        baseline(nameTopMm, style),
        style,
        this.#metrics,
      );
      leftMm = rightMm + block.gapMm;
      return [artifact(line), element("P", [text])];
    });
    return { elements, endMm: nameTopMm + style.leadingPt * MM_A_PT };
  }

  #columns(block: ColumnsBlock, frame: Frame): Placed {
    const fixed = block.columns.reduce((sum, { widthMm }) => sum + widthMm, 0);
    const gaps = block.gapMm * (block.columns.length - 1);
    const open = block.columns.filter(({ widthMm }) => widthMm === 0).length;
    const openMm = (frame.rightMm - frame.leftMm - fixed - gaps) / Math.max(1, open);
    let leftMm = frame.leftMm;
    const placed = block.columns.map(({ widthMm, blocks }) => {
      const rightMm = leftMm + (widthMm === 0 ? openMm : widthMm);
      const inner = { ...frame, leftMm, rightMm };
      leftMm = rightMm + block.gapMm;
      const tight = this.#blocks(blocks, inner, NO_STRETCH);
      const stretches = blocks.filter(({ kind }) => kind === "stretch").length;
      const free = Math.max(0, frame.bottomMm - tight.endMm);
      return stretches === 0 ? tight : this.#blocks(blocks, inner, free / stretches);
    });
    return {
      elements: placed.flatMap(({ elements }) => elements),
      endMm: Math.max(...placed.map(({ endMm }) => endMm)),
    };
  }

  #words(block: WordsBlock, frame: Frame): Placed {
    const { rows } = this.#sheet;
    const wordStyle = this.#style(block.wordStyle);
    const pitchMm = (frame.bottomMm - frame.topMm - block.belowMm) / rows.length;
    if (pitchMm < block.leastPitchMm - TOLERANCE_MM) {
      const heightMm = rows.length * block.leastPitchMm + block.belowMm;
      return { elements: [], endMm: frame.topMm + heightMm };
    }
    const wordsMm = frame.rightMm - frame.leftMm - block.numberMm - block.lettersMm;
    const columns = Math.max(...rows.map(({ words }) => words.length));
    // Digits and letters without descenders stand in the middle of a row.
    const baselineOf = (row: number) =>
      frame.topMm + (row + 0.5) * pitchMm + wordStyle.sizePt * MM_A_PT * 0.27;
    const rules = Array.from({ length: rows.length + 1 }, (_, row) => {
      const isStrong = row % block.strongEvery === 0 || row === rows.length;
      const yMm = frame.topMm + row * pitchMm;
      return artifact({
        kind: "line",
        fromMm: [frame.leftMm, yMm],
        toMm: [frame.rightMm, yMm],
        thicknessPt: isStrong ? block.strongRuleThicknessPt : block.ruleThicknessPt,
        colour: isStrong ? block.strongRuleColour : block.ruleColour,
        isDashed: false,
      });
    });
    const table = rows.map(({ number, words, letters }, row) => {
      const place = (text: string, style: string, leftMm: number) =>
        textBox(text, leftMm, baselineOf(row), this.#style(style), this.#metrics);
      const numberText = String(number);
      const numberMm = this.#width(numberText, this.#style(block.numberStyle));
      const numberLeftMm = frame.leftMm + Math.max(0, block.numberMm - 4.2 - numberMm);
      const lettersMm = this.#width(letters, this.#style(block.lettersStyle));
      const cells = words.map((word, column) => {
        const leftMm = frame.leftMm + block.numberMm + (wordsMm * column) / columns;
        return element("TD", [place(word, block.wordStyle, leftMm)]);
      });
      return element(
        "TR",
        [],
        [
          element("TH", [place(numberText, block.numberStyle, numberLeftMm)]),
          ...cells,
          element("TD", [place(letters, block.lettersStyle, frame.rightMm - lettersMm)]),
        ],
      );
    });
    const endMm = frame.bottomMm - block.belowMm;
    return { elements: [...rules, element("Table", [], table)], endMm };
  }

  #code(block: CodeBlock, frame: Frame): Placed {
    const modules = this.#sheet.code;
    const availableMm = Math.min(frame.rightMm - frame.leftMm, frame.bottomMm - frame.topMm);
    const sizeMm = Math.min(block.mostMm, availableMm);
    const leastMm = modules.size * block.leastModuleMm;
    if (sizeMm < leastMm) return { elements: [], endMm: frame.topMm + leastMm };
    const box = {
      kind: "code",
      leftMm: frame.leftMm,
      topMm: frame.topMm,
      sizeMm,
      modules,
    } as const;
    const figure = { ...element("Figure", [box]), alternative: this.#fill(block.alternative) };
    return { elements: [figure], endMm: frame.topMm + sizeMm };
  }
}

function valuesOf(sheet: Sheet): Readonly<Record<Placeholder, string>> {
  const { label, provider, mark, day, copy, promise, formatVersion } = sheet;
  return {
    title: label ?? provider,
    label: label ?? "",
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

/** Where letters stand when a line's top is given: the leading is shared above and below them. */
function baseline(topMm: number, { sizePt, leadingPt }: TextStyle): number {
  return topMm + ((leadingPt - sizePt) / 2 + sizePt * 0.8) * MM_A_PT;
}

function textBox(
  text: string,
  leftMm: number,
  baselineMm: number,
  { font, sizePt, colour }: TextStyle,
  metrics: FontMetrics,
): TextBox {
  const widthMm = metrics.widthMm(font, sizePt, text);
  return { kind: "text", text, leftMm, baselineMm, widthMm, font, sizePt, colour };
}

function element(
  tag: Element["tag"],
  boxes: readonly Box[],
  children: readonly Element[] = [],
): Element {
  return { tag, boxes, children };
}

function artifact(box: Box): Element {
  return element("Artifact", [box]);
}

function moved(box: Box, byMm: number): Box {
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

/** The document's title, shown by readers: provider and mark, but no label and no secret. */
export function documentTitle(
  { provider, mark, day }: Pick<Sheet, "provider" | "mark" | "day">,
  template: Template,
): string {
  const values: Readonly<Record<string, string>> = { provider, mark: mark ?? "", day };
  return template.title.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "").trim();
}
