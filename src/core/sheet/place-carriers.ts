/** The two blocks that hold the secret: the rows of words, and the code. */
import { artifact, element, type Element, MM_A_PT, textBox } from "./boxes.js";
import { LINE_HEIGHT } from "./check-places.js";
import {
  filled,
  type Frame,
  type PageContext,
  type Placed,
  styleOf,
  TOLERANCE_MM,
  widthOf,
} from "./page-context.js";
import type { SheetRow } from "./sheet.js";
import type { CodeBlock, TextStyle, WordsBlock } from "./template.js";

/** Where the rows of a page stand. */
interface Grid {
  readonly frame: Frame;
  readonly topMm: number;
  readonly pitchMm: number;
  readonly wordStyle: TextStyle;
  /** From one word to the next. */
  readonly columnMm: number;
}

export function placeWords(page: PageContext, block: WordsBlock, frame: Frame): Placed {
  const { rows } = page.part;
  const roomMm = frame.bottomMm - frame.topMm - block.belowMm;
  const pitchMm = Math.min(block.mostPitchMm, roomMm / rows.length);
  if (pitchMm < block.leastPitchMm - TOLERANCE_MM) {
    const heightMm = rows.length * block.leastPitchMm + block.belowMm;
    return { elements: [], endMm: frame.topMm + heightMm };
  }
  const freeMm = roomMm - rows.length * pitchMm;
  const wordsMm = frame.rightMm - frame.leftMm - block.numberMm - block.lettersMm;
  const grid: Grid = {
    frame,
    topMm: block.isAtTop === true ? frame.topMm : frame.topMm + freeMm / 2,
    pitchMm,
    wordStyle: wordStyle(page, block, pitchMm),
    columnMm: wordsMm / Math.max(1, ...rows.map(({ words }) => words.length)),
  };
  const table = element(
    "Table",
    [],
    rows.map((row, index) => placeRow(page, block, grid, row, index)),
  );
  const { language } = page.sheet.list;
  const isForeign = language !== page.template.language;
  return {
    elements: [...rowRules(block, grid, rows.length), isForeign ? { ...table, language } : table],
    endMm: frame.bottomMm - block.belowMm - (block.isAtTop === true ? freeMm : 0),
  };
}

/** Smaller where rows that are close together would touch. */
function wordStyle(page: PageContext, block: WordsBlock, pitchMm: number): TextStyle {
  const style = styleOf(page, block.wordStyle);
  const { leastSizePt = style.sizePt } = block;
  const fittingPt = pitchMm / (LINE_HEIGHT * MM_A_PT);
  return { ...style, sizePt: Math.min(style.sizePt, Math.max(leastSizePt, fittingPt)) };
}

function rowRules(
  block: WordsBlock,
  { frame, topMm, pitchMm }: Grid,
  rowCount: number,
): readonly Element[] {
  return Array.from({ length: rowCount + 1 }, (_, row) => {
    const isStrong = row % block.strongEvery === 0 || row === rowCount;
    const thicknessPt = isStrong ? block.strongRuleThicknessPt : block.ruleThicknessPt;
    const yMm = topMm + row * pitchMm;
    const line = artifact({
      kind: "line",
      fromMm: [frame.leftMm, yMm],
      toMm: [frame.rightMm, yMm],
      thicknessPt,
      colour: isStrong ? block.strongRuleColour : block.ruleColour,
      isDashed: false,
    });
    return thicknessPt > 0 ? [line] : [];
  }).flat();
}

function placeRow(
  page: PageContext,
  block: WordsBlock,
  { frame, topMm, pitchMm, wordStyle, columnMm }: Grid,
  { number, words, letters }: SheetRow,
  index: number,
): Element {
  // Digits and letters without descenders stand in the middle of a row.
  const baselineMm = topMm + (index + 0.5) * pitchMm + wordStyle.sizePt * MM_A_PT * 0.27;
  const cell = (tag: "TH" | "TD", text: string, style: TextStyle, leftMm: number) =>
    element(tag, [textBox(text, leftMm, baselineMm, style, page.metrics)]);
  const numberStyle = styleOf(page, block.numberStyle);
  const numberText = String(number);
  const numberRightMm = frame.leftMm + block.numberMm - block.numberGapMm;
  const lettersStyle = styleOf(page, block.lettersStyle);
  const cells = words.map((word, column) => {
    const printed = Array.from(word).slice(0, block.mostLetters).join("");
    return cell("TD", printed, wordStyle, frame.leftMm + block.numberMm + column * columnMm);
  });
  const numberLeftMm = numberRightMm - widthOf(page, numberText, numberStyle);
  const lettersLeftMm = frame.rightMm - widthOf(page, letters, lettersStyle);
  return element(
    "TR",
    [],
    [
      cell("TH", numberText, numberStyle, numberLeftMm),
      ...cells,
      cell("TD", letters, lettersStyle, lettersLeftMm),
    ],
  );
}

export function placeCode(page: PageContext, block: CodeBlock, frame: Frame): Placed {
  const modules = page.sheet.codes[page.part.code - 1];
  if (modules === undefined) throw new RangeError("a code that the sheet lacks");
  const availableMm = Math.min(frame.rightMm - frame.leftMm, frame.bottomMm - frame.topMm);
  const sizeMm = Math.min(block.mostMm, availableMm, modules.size * block.mostModuleMm);
  const leastMm = modules.size * block.leastModuleMm;
  if (sizeMm < leastMm - TOLERANCE_MM) {
    // Below the frame, also where it is too narrow: what is not placed is never passed over.
    return { elements: [], endMm: Math.max(frame.bottomMm, frame.topMm) + leastMm - sizeMm };
  }
  const box = {
    kind: "code",
    leftMm: frame.leftMm,
    topMm: frame.topMm,
    sizeMm,
    quietMm: (sizeMm / modules.size) * block.quietModules,
    modules,
  } as const;
  const text = page.sheet.isDiscreet ? block.discreetAlternative : block.alternative;
  const figure = { ...element("Figure", [box]), alternative: filled(page, text) };
  return { elements: [figure], endMm: frame.topMm + sizeMm };
}
