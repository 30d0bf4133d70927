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

/** Characters of one style, without a line break. */
interface Run {
  readonly text: string;
  readonly style: TextStyle;
}

/** What stands together without a space. */
type Word = readonly Run[];
type Line = readonly Word[];

interface SetText {
  readonly style: TextStyle;
  readonly lines: readonly Line[];
}

export function placeText(page: PageContext, block: TextBlock, frame: Frame): Placed {
  const { style, lines } = fitText(page, block, frame.rightMm - frame.leftMm);
  const boxes = lines.flatMap((line, index) => {
    const baselineMm = baseline(frame.topMm + index * style.leadingPt * MM_A_PT, style);
    let leftMm =
      block.align === "right" ? frame.rightMm - lineWidth(page, line, style) : frame.leftMm;
    return runsOf(line, style).map((run) => {
      const box = textBox(run.text, leftMm, baselineMm, run.style, page.metrics);
      leftMm += box.widthMm;
      return box;
    });
  });
  const endMm = frame.topMm + lines.length * style.leadingPt * MM_A_PT;
  return { elements: [element(block.tag, boxes)], endMm };
}

/** The text in its style, or in the largest smaller one in which it has few enough lines. */
function fitText(page: PageContext, block: TextBlock, widthMm: number): SetText {
  const style = styleOf(page, block.style);
  const accent = block.accentStyle === undefined ? style : styleOf(page, block.accentStyle);
  if (block.leastSizePt === undefined) {
    return { style, lines: wrap(page, wordsOf(page, block.text, style, accent), style, widthMm) };
  }
  const mostLines = block.mostLines ?? 1;
  for (let lineCount = 1; lineCount <= mostLines; lineCount++) {
    let sizePt = lineCount === 1 ? style.sizePt : (block.linesSizePt ?? style.sizePt);
    for (; sizePt >= block.leastSizePt; sizePt -= 0.5) {
      const smaller = scaled(style, sizePt / style.sizePt);
      const words = wordsOf(page, block.text, smaller, scaled(accent, sizePt / style.sizePt));
      const lines = wrap(page, words, smaller, widthMm);
      const isInside = lines.every((line) => lineWidth(page, line, smaller) <= widthMm);
      if (isInside && lines.length <= lineCount) return { style: smaller, lines };
    }
  }
  const least = scaled(style, block.leastSizePt / style.sizePt);
  const leastMm = lineWidth(page, wordsOf(page, block.text, least, least), least);
  // A line that breaks early can be too long although all letters would fit.
  throw new Refusal({
    code: "label-too-long",
    overflowMm: Math.max(1, leastMm - mostLines * widthMm),
  });
}

function scaled(style: TextStyle, factor: number): TextStyle {
  return { ...style, sizePt: style.sizePt * factor, leadingPt: style.leadingPt * factor };
}

/**
 * A text cut at its spaces; what is between backticks is one word in the accent style. Placeholders
 * are filled in afterwards, so that a label may have backticks.
 */
function wordsOf(
  page: PageContext,
  text: string,
  style: TextStyle,
  accent: TextStyle,
): readonly Word[] {
  const words: Run[][] = [[]];
  text.split("`").forEach((part, index) => {
    const isAccent = index % 2 === 1;
    const pieces = isAccent ? [filled(page, part)] : filled(page, part).split(" ");
    pieces.forEach((piece, position) => {
      if (position > 0) words.push([]);
      if (piece !== "") words.at(-1)?.push({ text: piece, style: isAccent ? accent : style });
    });
  });
  return words;
}

/** A word that is wider than a line stays whole, but for an address. */
function wrap(
  page: PageContext,
  words: readonly Word[],
  style: TextStyle,
  widthMm: number,
): readonly Line[] {
  const lines: Word[][] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && lineWidth(page, [...line, word], style) <= widthMm) line.push(word);
    else lines.push(...addressParts(page, word, style, widthMm).map((part) => [part]));
  }
  return lines;
}

/** An address that is wider than a line in parts that are not, behind a slash, a point or a hyphen. */
function addressParts(
  page: PageContext,
  word: Word,
  style: TextStyle,
  widthMm: number,
): readonly Word[] {
  const [run, ...others] = word;
  const isAddress = run !== undefined && others.length === 0 && run.text.includes("://");
  if (!isAddress || lineWidth(page, [word], style) <= widthMm) return [word];
  const parts: string[] = [""];
  for (const piece of run.text.split(/(?<=[/.-])(?=[^/])/)) {
    const longer = (parts.at(-1) ?? "") + piece;
    if (widthOf(page, longer, run.style) <= widthMm) parts[parts.length - 1] = longer;
    else parts.push(piece);
  }
  return parts.filter((text) => text !== "").map((text) => [{ text, style: run.style }]);
}

/** The words of a line and its spaces, in as few runs as its styles allow. */
function runsOf(line: Line, style: TextStyle): readonly Run[] {
  const runs: Run[] = [];
  const parts = line.flatMap((word, index) =>
    index === 0 ? word : [{ text: " ", style }, ...word],
  );
  for (const run of parts) {
    const last = runs.at(-1);
    if (last?.style === run.style) runs[runs.length - 1] = { ...run, text: last.text + run.text };
    else runs.push(run);
  }
  return runs;
}

function lineWidth(page: PageContext, line: Line, style: TextStyle): number {
  return runsOf(line, style).reduce((sum, run) => sum + widthOf(page, run.text, run.style), 0);
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
  let topMm = frame.topMm;
  const printed = block.items.filter(({ when }) => isPrinted(page, when));
  const items = printed.map(({ text: item }, index) => {
    const { style, accentStyle } = block;
    const accent = accentStyle === undefined ? {} : { accentStyle };
    const text = { kind: "text", style, ...accent, text: item, tag: "P" } as const;
    const inner = { ...frame, leftMm: frame.leftMm + block.indentMm, topMm };
    const placed = placeText(page, text, inner);
    const shift = topMm - frame.topMm;
    const [paragraph] = placed.elements;
    topMm = placed.endMm + block.betweenMm;
    return element(
      "LI",
      [],
      [
        { ...element("Lbl", [moved(label(index), shift)]), ...alternativeOf(block) },
        element("LBody", paragraph?.boxes ?? []),
      ],
    );
  });
  const endMm = topMm - (items.length > 0 ? block.betweenMm : 0);
  return { elements: [element("L", [], items)], endMm };
}

function alternativeOf(block: Extract<Block, { readonly kind: "steps" | "checks" }>) {
  return block.kind === "checks" && block.alternative !== undefined
    ? { alternative: block.alternative }
    : {};
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
