/** Panels and their blocks, from the top down; the height that is left goes to the stretches. */
import { artifact, baseline, type Element, MM_A_PT, textBox } from "./boxes.js";
import { type InkedPanel, overflow } from "./check-places.js";
import {
  type Frame,
  isPrinted,
  overflowOf,
  type PageContext,
  type Placed,
  styleOf,
  TOLERANCE_MM,
} from "./page-context.js";
import { placeCard } from "./place-card.js";
import { placeCode, placeWords } from "./place-carriers.js";
import { placeFacts, placeLines, placeList, placeText } from "./place-text.js";
import type { Block, ColumnsBlock, Panel, PanelPlace, StretchBlock } from "./template.js";

/** A panel, and the part of the page that it has. */
export interface PanelSpan {
  readonly panel: Panel;
  readonly edge: PanelPlace["edge"];
  readonly topMm: number;
  readonly bottomMm: number;
}

export function placePanel(
  page: PageContext,
  { panel, edge, topMm, bottomMm }: PanelSpan,
): InkedPanel {
  const frame = frameOf(page, topMm, bottomMm);
  const inner = {
    ...frame,
    topMm: frame.topMm + panel.topMm,
    bottomMm: frame.bottomMm - panel.bottomMm,
  };
  const placed = placeWithRoom(page, panel.blocks, inner);
  const overMm = overflowOf(placed, inner);
  if (overMm > 0) throw overflow(panel, overMm);
  return { panel, frame, elements: [...placed.elements, ...placeEdge(page, edge, bottomMm)] };
}

/** The height that a panel's blocks have with no room to spare; `isFirst`: below the page's margin. */
export function naturalHeightMm(page: PageContext, panel: Panel, isFirst: boolean): number {
  const frame = frameOf(page, 0, page.measures.heightMm);
  const topMm = (isFirst ? frame.topMm : 0) + panel.topMm;
  const { endMm } = placeBlocks(page, panel.blocks, { ...frame, topMm }, UNSTRETCHED);
  return endMm + panel.bottomMm;
}

/** Inside of the page's margins, where a part of the page lies at them. */
function frameOf({ measures }: PageContext, topMm: number, bottomMm: number): Frame {
  const isLast = bottomMm >= measures.heightMm - TOLERANCE_MM;
  return {
    leftMm: measures.sideMm,
    rightMm: measures.widthMm - measures.sideMm,
    topMm: topMm === 0 ? measures.topMm : topMm,
    bottomMm: isLast ? measures.heightMm - measures.bottomMm : bottomMm,
  };
}

/** Without the blocks that are only for room, the highest `ifRoom` first, until the rest fits. */
function placeWithRoom(page: PageContext, blocks: readonly Block[], frame: Frame): Placed {
  const placed = placeStretched(page, blocks, frame);
  const highest = Math.max(...blocks.map((block) => roomRank(block)));
  if (overflowOf(placed, frame) === 0 || highest === 0) return placed;
  const fewer = blocks.filter((block) => roomRank(block) < highest);
  return placeWithRoom(page, fewer, frame);
}

function roomRank(block: Block): number {
  return ("ifRoom" in block ? block.ifRoom : undefined) ?? 0;
}

function placeEdge(
  page: PageContext,
  edge: PanelPlace["edge"],
  bottomMm: number,
): readonly Element[] {
  if (edge === "none") return [];
  const { sideMm, widthMm } = page.measures;
  return [
    artifact({
      kind: "line",
      fromMm: [sideMm, bottomMm],
      toMm: [widthMm - sideMm, bottomMm],
      thicknessPt: 0.6,
      colour: "#555555",
      isDashed: edge === "fold",
    }),
  ];
}

const UNSTRETCHED: ReadonlyMap<Block, number> = new Map();

/** The blocks down to the frame's lower edge, as far as their stretches allow. */
function placeStretched(page: PageContext, blocks: readonly Block[], frame: Frame): Placed {
  const tight = placeBlocks(page, blocks, frame, UNSTRETCHED);
  const stretches = blocks.filter((block) => block.kind === "stretch");
  if (stretches.length === 0) return tight;
  const heights = shareHeight(stretches, Math.max(0, frame.bottomMm - tight.endMm));
  return placeBlocks(page, blocks, frame, heights);
}

/** Equal parts of what is left; what one stretch may not take goes to those that may. */
function shareHeight(
  stretches: readonly StretchBlock[],
  leftMm: number,
): ReadonlyMap<Block, number> {
  const heights = new Map<Block, number>();
  let restMm = leftMm;
  const narrowFirst = [...stretches].sort((a, b) => a.mostMm - b.mostMm);
  narrowFirst.forEach((stretch, index) => {
    const heightMm = Math.min(stretch.mostMm, restMm / (narrowFirst.length - index));
    heights.set(stretch, heightMm);
    restMm -= heightMm;
  });
  return heights;
}

function placeBlocks(
  page: PageContext,
  blocks: readonly Block[],
  frame: Frame,
  stretchHeights: ReadonlyMap<Block, number>,
): Placed {
  let topMm = frame.topMm;
  const elements: Element[] = [];
  for (const block of blocks) {
    if ("when" in block && !isPrinted(page, block.when)) continue;
    const inner = { ...frame, topMm: topMm + (block.aboveMm ?? 0) };
    const placed = placeBlock(page, block, inner);
    elements.push(...placed.elements);
    topMm = placed.endMm + (stretchHeights.get(block) ?? 0);
  }
  return { elements, endMm: topMm };
}

function placeBlock(page: PageContext, block: Block, frame: Frame): Placed {
  switch (block.kind) {
    case "text":
      return placeText(page, block, frame);
    case "facts":
      return placeFacts(page, block, frame);
    case "steps":
      return placeList(page, block, frame, (index) => {
        const style = styleOf(page, block.numberStyle);
        const text = String(index + 1);
        return textBox(text, frame.leftMm, baseline(frame.topMm, style), style, page.metrics);
      });
    case "checks":
      return placeList(page, block, frame, () => {
        const style = styleOf(page, block.style);
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
      return placeLines(page, block, frame);
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
      return { elements: [], endMm: frame.topMm };
    case "columns":
      return placeColumns(page, block, frame);
    case "words":
      return placeWords(page, block, frame);
    case "code":
      return placeCode(page, block, frame);
    case "card":
      return placeCard(page, block, frame, placeStretched);
  }
}

function placeColumns(page: PageContext, block: ColumnsBlock, frame: Frame): Placed {
  const fixed = block.columns.reduce((sum, { widthMm }) => sum + widthMm, 0);
  const gaps = block.gapMm * (block.columns.length - 1);
  const open = block.columns.filter(({ widthMm }) => widthMm === 0).length;
  const openMm = (frame.rightMm - frame.leftMm - fixed - gaps) / Math.max(1, open);
  let leftMm = frame.leftMm;
  const placed = block.columns.map(({ widthMm, blocks }) => {
    const rightMm = leftMm + (widthMm === 0 ? openMm : widthMm);
    const inner = { ...frame, leftMm, rightMm };
    leftMm = rightMm + block.gapMm;
    return placeStretched(page, blocks, inner);
  });
  return {
    elements: placed.flatMap(({ elements }) => elements),
    endMm: Math.max(...placed.map(({ endMm }) => endMm)),
  };
}
