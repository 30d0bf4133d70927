/** A card to cut out and fold, with its marks: what is on it stays away from every edge. */
import { artifact, type Element, type LineBox } from "./boxes.js";
import { overflowOf, type Frame, type PageContext, type Placed } from "./page-context.js";
import type { Block, CardBlock } from "./template.js";

/** Places blocks in a frame of their own. */
export type PlaceInside = (page: PageContext, blocks: readonly Block[], frame: Frame) => Placed;

export function placeCard(
  page: PageContext,
  block: CardBlock,
  frame: Frame,
  placeInside: PlaceInside,
): Placed {
  const leftMm = frame.leftMm + block.aroundMm;
  const rightMm = leftMm + block.widthMm;
  const topMm = frame.topMm + block.aroundMm;
  const elements: Element[] = [];
  let overMm = 0;
  block.halves.forEach((half, index) => {
    const halfTopMm = topMm + index * block.halfMm;
    const inner = {
      leftMm: leftMm + half.sideMm,
      rightMm: rightMm - half.sideMm,
      topMm: halfTopMm + half.topMm,
      bottomMm: halfTopMm + block.halfMm - half.bottomMm,
    };
    const placed = placeInside(page, half.blocks, inner);
    overMm = Math.max(overMm, overflowOf(placed, inner));
    elements.push(...placed.elements);
  });
  const bottomMm = topMm + block.halves.length * block.halfMm;
  const card = { leftMm, rightMm, topMm, bottomMm };
  // What a half has no place for is never passed over: the card then ends below its panel.
  const endMm = overMm > 0 ? frame.bottomMm + overMm : bottomMm + block.aroundMm;
  return { elements: [...edgesOf(block, card), ...elements], endMm };
}

/** The outline, the folds between the halves, and two marks at each corner. */
function edgesOf(block: CardBlock, { leftMm, rightMm, topMm, bottomMm }: Frame): Element[] {
  const edge = (fromMm: LineBox["fromMm"], toMm: LineBox["toMm"], isDashed = false) =>
    artifact({
      kind: "line",
      fromMm,
      toMm,
      thicknessPt: block.edgeThicknessPt,
      colour: block.edgeColour,
      isDashed,
    });
  const folds = block.halves.slice(1).map((_, index) => {
    const yMm = topMm + (index + 1) * block.halfMm;
    return edge([leftMm, yMm], [rightMm, yMm], true);
  });
  const outline = [
    edge([leftMm, topMm], [rightMm, topMm]),
    edge([leftMm, bottomMm], [rightMm, bottomMm]),
    edge([leftMm, topMm], [leftMm, bottomMm]),
    edge([rightMm, topMm], [rightMm, bottomMm]),
  ];
  return [...outline, ...folds, ...cornerMarks(block, { leftMm, rightMm, topMm, bottomMm })];
}

function cornerMarks(block: CardBlock, { leftMm, rightMm, topMm, bottomMm }: Frame): Element[] {
  const { markGapMm, aroundMm } = block;
  const corners = [leftMm, rightMm].flatMap((xMm) => [topMm, bottomMm].map((yMm) => [xMm, yMm]));
  return corners.flatMap(([xMm = 0, yMm = 0]) => {
    const outX = xMm === leftMm ? -1 : 1;
    const outY = yMm === topMm ? -1 : 1;
    const mark = (fromMm: LineBox["fromMm"], toMm: LineBox["toMm"]) =>
      artifact({
        kind: "line",
        fromMm,
        toMm,
        thicknessPt: block.markThicknessPt,
        colour: "#000000",
        isDashed: false,
      });
    return [
      mark([xMm + outX * markGapMm, yMm], [xMm + outX * aroundMm, yMm]),
      mark([xMm, yMm + outY * markGapMm], [xMm, yMm + outY * aroundMm]),
    ];
  });
}
