/** Blocks of running text: paragraphs, facts, lists, and lines to write on. */
import { Refusal } from "../problem.js";
import {
  artifact,
  baseline,
  type Box,
  element,
  type Element,
  MM_A_PT,
  moved,
  textBox,
} from "./boxes.js";
import {
  filled,
  type Frame,
  isPrinted,
  type PageContext,
  type Placed,
  styleOf,
  widthOf,
} from "./page-context.js";
import type { Block, FactsBlock, TextBlock, TextStyle } from "./template.js";

export function placeText(page: PageContext, block: TextBlock, frame: Frame): Placed {
  const widthMm = frame.rightMm - frame.leftMm;
  const { style, lines } = fitText(page, block, widthMm);
  const boxes = lines.map((line, index) => {
    const lineMm = page.metrics.widthMm(style.font, style.sizePt, line);
    const leftMm = block.align === "right" ? frame.rightMm - lineMm : frame.leftMm;
    const baselineMm = baseline(frame.topMm + index * style.leadingPt * MM_A_PT, style);
    return textBox(line, leftMm, baselineMm, style, page.metrics);
  });
  const endMm = frame.topMm + lines.length * style.leadingPt * MM_A_PT;
  return { elements: [element(block.tag, boxes)], endMm };
}

/** The text in its style, or in the largest smaller one in which it has few enough lines. */
function fitText(
  page: PageContext,
  block: TextBlock,
  widthMm: number,
): { style: TextStyle; lines: readonly string[] } {
  const text = filled(page, block.text);
  const style = styleOf(page, block.style);
  if (block.leastSizePt === undefined) {
    return { style, lines: wrapText(page, text, style, widthMm) };
  }
  const mostLines = block.mostLines ?? 1;
  for (let lineCount = 1; lineCount <= mostLines; lineCount++) {
    let sizePt = lineCount === 1 ? style.sizePt : (block.linesSizePt ?? style.sizePt);
    for (; sizePt >= block.leastSizePt; sizePt -= 0.5) {
      const leadingPt = (style.leadingPt * sizePt) / style.sizePt;
      const smaller = { ...style, sizePt, leadingPt };
      const lines = wrapText(page, text, smaller, widthMm);
      const isInside = lines.every((line) => widthOf(page, line, smaller) <= widthMm);
      if (isInside && lines.length <= lineCount) return { style: smaller, lines };
    }
  }
  const leastMm = page.metrics.widthMm(style.font, block.leastSizePt, text);
  const overflowMm = Math.max(1, leastMm - mostLines * widthMm);
  throw new Refusal({ code: "label-too-long", overflowMm });
}

/** Lines broken at spaces; a word that is wider than a line stays whole. */
function wrapText(
  page: PageContext,
  text: string,
  style: TextStyle,
  widthMm: number,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && page.metrics.widthMm(style.font, style.sizePt, longer) > widthMm) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** The facts spread over the width, the gaps between them equal. */
export function placeFacts(page: PageContext, block: FactsBlock, frame: Frame): Placed {
  const nameStyle = styleOf(page, block.nameStyle);
  const items = block.items
    .filter(({ when }) => isPrinted(page, when))
    .map((item) => {
      const style = styleOf(page, item.style ?? block.valueStyle);
      const name = filled(page, item.name);
      const value = filled(page, item.value);
      const widths = [widthOf(page, name, nameStyle), widthOf(page, value, style)];
      return { name, value, style, widthMm: Math.max(...widths) };
    });
  const valueTopMm = frame.topMm + nameStyle.leadingPt * MM_A_PT;
  const valueLeadingMm = styleOf(page, block.valueStyle).leadingPt * MM_A_PT;
  const usedMm = items.reduce((sum, { widthMm }) => sum + widthMm, 0);
  const gapMm = (frame.rightMm - frame.leftMm - usedMm) / Math.max(1, items.length - 1);
  let leftMm = frame.leftMm;
  const elements = items.map(({ name, value, style, widthMm }) => {
    const boxes = [
      textBox(name, leftMm, baseline(frame.topMm, nameStyle), nameStyle, page.metrics),
      textBox(value, leftMm, baseline(valueTopMm, style), style, page.metrics),
    ];
    leftMm += widthMm + gapMm;
    const [label, body] = boxes.map((box, index) => element(index === 0 ? "Lbl" : "LBody", [box]));
    return element("LI", [], [label as Element, body as Element]);
  });
  return { elements: [element("L", [], elements)], endMm: valueTopMm + valueLeadingMm };
}

export function placeList(
  page: PageContext,
  block: Extract<Block, { readonly kind: "steps" | "checks" }>,
  frame: Frame,
  label: (index: number) => Box,
): Placed {
  const style = styleOf(page, block.style);
  let topMm = frame.topMm;
  const items = block.items.map((item, index) => {
    const text = { kind: "text", style: block.style, text: item, tag: "P" } as const;
    const inner = { ...frame, leftMm: frame.leftMm + block.indentMm, topMm };
    const placed = placeText(page, text, inner);
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

export function placeLines(
  page: PageContext,
  block: Extract<Block, { readonly kind: "lines" }>,
  frame: Frame,
): Placed {
  const style = styleOf(page, block.style);
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
      filled(page, name),
      leftMm,
      baseline(nameTopMm, style),
      style,
      page.metrics,
    );
    leftMm = rightMm + block.gapMm;
    return [artifact(line), element("P", [text])];
  });
  return { elements, endMm: nameTopMm + style.leadingPt * MM_A_PT };
}
