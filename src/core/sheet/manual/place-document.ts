/** The blocks of a document to elements, in the looks of the manual. */
import {
  artifact,
  baseline,
  type Element,
  element,
  type FontMetrics,
  type LineBox,
  MM_A_PT,
  type TextBox,
  textBox,
} from "../boxes.js";
import type { TextStyle } from "../template.js";
import { breakLines, type Looks, naturalWidthMm } from "./break-lines.js";
import type { Flow } from "./flow.js";
import { MANUAL_FONTS } from "./fonts.js";
import { type DocumentBlock, parseRuns } from "./parse-document.js";

const BLACK = "#000000";
const GREY = "#8a8a8a";

function looksOf(sizePt: number, leadingPt: number): Looks {
  const style = (font: string, size: number): TextStyle => ({
    font,
    sizePt: size,
    leadingPt,
    colour: BLACK,
  });
  return {
    plain: style(MANUAL_FONTS.text, sizePt),
    strong: style(MANUAL_FONTS.bold, sizePt),
    code: style(MANUAL_FONTS.mono, sizePt * 0.94),
  };
}

const BODY = looksOf(9, 12);
const CELL = looksOf(7, 8.8);
/** By level, from 1; deeper ones look like the last. */
const HEADINGS = [looksOf(18, 22), looksOf(13, 16), looksOf(10.5, 13), looksOf(9, 12)] as const;
const HEADING_TAGS = ["H1", "H2", "H3"] as const;

/** Of lines of prose: longer ones are hard to follow. */
const PROSE_MM = 155;
const INDENT_MM = 5;
const BETWEEN_MM = 1.9;
const ABOVE_HEADING_MM = 3.5;
/** Below a heading so much of what it is of stands on its page. */
const BELOW_HEADING_MM = 22;

export function placeBlocks(
  blocks: readonly DocumentBlock[],
  flow: Flow,
  metrics: FontMetrics,
): void {
  for (const block of blocks) {
    switch (block.kind) {
      case "heading":
        placeHeading(block, flow, metrics);
        break;
      case "paragraph":
        placeText(block.text, block.isInItem ? INDENT_MM : 0, null, flow, metrics);
        break;
      case "item":
        placeText(block.text, INDENT_MM, block.marker, flow, metrics);
        break;
      case "table":
        placeTable(block.rows, flow, metrics);
        break;
      case "code":
        placeCode(block.lines, flow, metrics);
    }
    flow.space(BETWEEN_MM);
  }
}

function leadingMm({ plain }: Looks): number {
  return plain.leadingPt * MM_A_PT;
}

/** The boxes of a line at their place on the page. */
function placed(
  line: readonly TextBox[],
  leftMm: number,
  topMm: number,
  { plain }: Looks,
): readonly TextBox[] {
  const baselineMm = baseline(topMm, plain);
  return line.map((box) => ({ ...box, leftMm: leftMm + box.leftMm, baselineMm }));
}

function placeHeading(
  { level, text }: Extract<DocumentBlock, { kind: "heading" }>,
  flow: Flow,
  metrics: FontMetrics,
): void {
  const looks = HEADINGS[level - 1] ?? HEADINGS[3];
  const bold = { ...looks, plain: looks.strong };
  const lines = breakLines(parseRuns(text), { looks: bold, widthMm: flow.widthMm, metrics });
  const heightMm = lines.length * leadingMm(bold);
  flow.space(ABOVE_HEADING_MM - BETWEEN_MM);
  flow.need(heightMm + BELOW_HEADING_MM);
  const boxes = lines.flatMap((line, index) =>
    placed(line, flow.frame.leftMm, flow.topMm + index * leadingMm(bold), bold),
  );
  flow.add(heightMm, element(HEADING_TAGS[level - 1] ?? "H3", boxes));
}

function placeText(
  text: string,
  indentMm: number,
  marker: string | null,
  flow: Flow,
  metrics: FontMetrics,
): void {
  const widthMm = Math.min(PROSE_MM, flow.widthMm) - indentMm;
  const lines = breakLines(parseRuns(text), { looks: BODY, widthMm, metrics });
  const { leftMm } = flow.frame;
  const lineMm = leadingMm(BODY);
  let boxes: TextBox[] = [];
  const flush = () => {
    if (boxes.length > 0) flow.add(0, element("P", boxes));
    boxes = [];
  };
  lines.forEach((line, index) => {
    // Neither the first nor the last line of several stands alone.
    const together = index === 0 || index === lines.length - 2 ? Math.min(2, lines.length) : 1;
    if (!flow.isAtTop && !flow.hasRoom(together * lineMm)) flush();
    flow.need(together * lineMm);
    if (index === 0 && marker !== null) {
      const sign = marker === "-" ? "•" : marker;
      boxes.push(textBox(sign, leftMm, baseline(flow.topMm, BODY.plain), BODY.plain, metrics));
    }
    boxes.push(...placed(line, leftMm + indentMm, flow.topMm, BODY));
    flow.add(lineMm);
  });
  flush();
}

const CODE_MOST_PT = 7.6;
const CODE_LEAST_PT = 6;
const CODE_LEADING = 1.24;

/**
 * Lines of code as they stand, spaces too, all in one size, in which the longest fits; one that would be
 * too small is broken.
 */
export function placeCode(lines: readonly string[], flow: Flow, metrics: FontMetrics): void {
  const { widthMm } = flow;
  const characterMm = metrics.widthMm(MANUAL_FONTS.mono, 1, "0");
  const longest = Math.max(1, ...lines.map((line) => line.length));
  const fitPt = Math.floor((widthMm / characterMm / longest) * 20) / 20;
  const sizePt = Math.max(CODE_LEAST_PT, Math.min(CODE_MOST_PT, fitPt));
  const mostCharacters = Math.floor(widthMm / characterMm / sizePt);
  const style: TextStyle = {
    font: MANUAL_FONTS.mono,
    sizePt,
    leadingPt: sizePt * CODE_LEADING,
    colour: BLACK,
  };
  const lineMm = style.leadingPt * MM_A_PT;
  const whole = lines.flatMap((line) => chunks(line, mostCharacters));
  const { leftMm } = flow.frame;
  let boxes: TextBox[] = [];
  const flush = () => {
    if (boxes.length > 0) flow.add(0, element("P", boxes));
    boxes = [];
  };
  // A short block stays together.
  if (whole.length <= 24) flow.need(whole.length * lineMm);
  for (const line of whole) {
    if (!flow.hasRoom(lineMm)) flush();
    flow.need(lineMm);
    if (line !== "") boxes.push(textBox(line, leftMm, baseline(flow.topMm, style), style, metrics));
    flow.add(lineMm);
  }
  flush();
}

function chunks(line: string, most: number): readonly string[] {
  const characters = Array.from(line);
  const count = Math.max(1, Math.ceil(characters.length / most));
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * most, (index + 1) * most).join(""),
  );
}

const CELL_GAP_MM = 2.6;
const CELL_PADDING_MM = 0.6;

function placeTable(rows: readonly (readonly string[])[], flow: Flow, metrics: FontMetrics): void {
  const head = { ...CELL, plain: CELL.strong };
  const cells = rows.map((row) => row.map(parseRuns));
  const natural = (rows[0] ?? []).map((_, column) =>
    Math.max(
      ...cells.map((row, index) =>
        naturalWidthMm(row[column] ?? [], index === 0 ? head : CELL, metrics),
      ),
    ),
  );
  const gapsMm = CELL_GAP_MM * (natural.length - 1);
  // Rounding must not break what just fits.
  const widths = cappedTo(natural, flow.widthMm - gapsMm).map((width) => width + 0.05);
  const lefts = widths.map((_, column) =>
    widths.slice(0, column).reduce((sum, width) => sum + width + CELL_GAP_MM, flow.frame.leftMm),
  );
  const lined = cells.map((row, index) =>
    row.map((runs, column) =>
      breakLines(runs, {
        looks: index === 0 ? head : CELL,
        widthMm: widths[column] ?? 0,
        metrics,
      }),
    ),
  );
  const lineMm = leadingMm(CELL);
  const rightMm = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0);
  const heightOf = (row: (typeof lined)[number] | undefined) =>
    Math.max(1, ...(row ?? []).map((lines) => lines.length)) * lineMm + 2 * CELL_PADDING_MM;

  let elements: Element[] = [];
  const addRow = (index: number) => {
    const row = lined[index] ?? [];
    const isHead = index === 0;
    const topMm = flow.topMm + CELL_PADDING_MM;
    const children = row.map((lines, column) =>
      element(
        isHead ? "TH" : "TD",
        lines.flatMap((line, at) =>
          placed(line, lefts[column] ?? 0, topMm + at * lineMm, isHead ? head : CELL),
        ),
      ),
    );
    elements.push(element("TR", [], children));
    const bottomMm = flow.topMm + heightOf(row);
    flow.add(heightOf(row), artifact(rule(bottomMm, flow.frame.leftMm, rightMm, isHead)));
  };
  const flush = () => {
    if (elements.length > 0) flow.add(0, element("Table", [], elements));
    elements = [];
  };
  flow.need(heightOf(lined[0]) + heightOf(lined[1]) + heightOf(lined[2]));
  addRow(0);
  for (let index = 1; index < lined.length; index++) {
    if (!flow.hasRoom(heightOf(lined[index]))) flush();
    if (flow.need(heightOf(lined[index]))) addRow(0);
    addRow(index);
  }
  flush();
}

function rule(topMm: number, leftMm: number, rightMm: number, isHead: boolean): LineBox {
  return {
    kind: "line",
    fromMm: [leftMm, topMm],
    toMm: [rightMm, topMm],
    thicknessPt: isHead ? 0.7 : 0.25,
    colour: isHead ? BLACK : GREY,
    isDashed: false,
  };
}

/** The widths as they are, but the widest at one width, so that all of them fit. */
function cappedTo(natural: readonly number[], availableMm: number): readonly number[] {
  const ascending = [...natural].sort((a, b) => a - b);
  let leftMm = availableMm;
  for (const [index, width] of ascending.entries()) {
    const capMm = leftMm / (ascending.length - index);
    if (width > capMm) return natural.map((each) => Math.min(each, capMm));
    leftMm -= width;
  }
  return natural;
}
