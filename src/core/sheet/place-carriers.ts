/** The two blocks that hold the secret: the rows of words, and the code. */
import { artifact, element, MM_A_PT, textBox } from "./boxes.js";
import {
  filled,
  type Frame,
  type PageContext,
  type Placed,
  styleOf,
  TOLERANCE_MM,
  widthOf,
} from "./page-context.js";
import type { CodeBlock, WordsBlock } from "./template.js";

export function placeWords(page: PageContext, block: WordsBlock, frame: Frame): Placed {
  const { rows } = page.sheet;
  const wordStyle = styleOf(page, block.wordStyle);
  const roomMm = frame.bottomMm - frame.topMm - block.belowMm;
  const pitchMm = Math.min(block.mostPitchMm, roomMm / rows.length);
  if (pitchMm < block.leastPitchMm - TOLERANCE_MM) {
    const heightMm = rows.length * block.leastPitchMm + block.belowMm;
    return { elements: [], endMm: frame.topMm + heightMm };
  }
  // What the rows do not take is free above and below them.
  const topMm = frame.topMm + (roomMm - rows.length * pitchMm) / 2;
  const wordsMm = frame.rightMm - frame.leftMm - block.numberMm - block.lettersMm;
  const columns = Math.max(...rows.map(({ words }) => words.length));
  // Digits and letters without descenders stand in the middle of a row.
  const baselineOf = (row: number) =>
    topMm + (row + 0.5) * pitchMm + wordStyle.sizePt * MM_A_PT * 0.27;
  const rules = Array.from({ length: rows.length + 1 }, (_, row) => {
    const isStrong = row % block.strongEvery === 0 || row === rows.length;
    const yMm = topMm + row * pitchMm;
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
      textBox(text, leftMm, baselineOf(row), styleOf(page, style), page.metrics);
    const numberText = String(number);
    const numberMm = widthOf(page, numberText, styleOf(page, block.numberStyle));
    const numberLeftMm = frame.leftMm + block.numberMm - block.numberGapMm - numberMm;
    const lettersMm = widthOf(page, letters, styleOf(page, block.lettersStyle));
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

export function placeCode(page: PageContext, block: CodeBlock, frame: Frame): Placed {
  const modules = page.sheet.code;
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
  const figure = { ...element("Figure", [box]), alternative: filled(page, block.alternative) };
  return { elements: [figure], endMm: frame.topMm + sizeMm };
}
