/**
 * A sheet's template: panels of blocks with their measures, type and texts, as data.
 *
 * A template decides everything that is seen and nothing that is kept; `parse-template.ts` refuses
 * what is none.
 *
 * Texts name what a sheet has in braces, `{day}`, and set a command or what stands out between
 * backticks, in the block's `accentStyle`; such a part is never broken over lines.
 */
import type { CorrectionLevel } from "../qr/module-matrix.js";

export const TEMPLATE_VERSION = 1;

export type Paper = "a4" | "letter";
export const PAPERS: readonly Paper[] = ["a4", "letter"];

export interface PaperMeasures {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Where no ink goes; home printers need 12. */
  readonly sideMm: number;
  readonly topMm: number;
  readonly bottomMm: number;
}

export interface TextStyle {
  /** A key of `fonts`. */
  readonly font: string;
  readonly sizePt: number;
  readonly leadingPt: number;
  /** #rrggbb */
  readonly colour: string;
}

/**
 * `pages`, `codes`: the sheet has several; `words`: it has words, not codes alone; `discreet`: what it is
 * for is not to be seen; `plain`: it is neither sealed nor a share, which may be both.
 */
export const CIRCUMSTANCES = [
  "label",
  "mark",
  "copies",
  "pages",
  "words",
  "codes",
  "discreet",
  "plain",
  "sealed",
  "share",
] as const;
export type Circumstance = (typeof CIRCUMSTANCES)[number];
export type Condition = Circumstance | `no ${Circumstance}`;
/** What has to be so, all of it, for a block or an item to be printed at all. */
export type When = Condition | readonly Condition[];

/** A structure element of tagged PDF (ISO 32000-1, 14.8.4). */
export type TextTag = "H1" | "H2" | "P";
export const TEXT_TAGS: readonly TextTag[] = ["H1", "H2", "P"];

interface Common {
  /** Free space above, in mm. */
  readonly aboveMm?: number;
  readonly when?: When;
  /**
   * Only in a panel's own blocks: left out where the panel has no room, the highest number first.
   */
  readonly ifRoom?: number;
}

/** A text of a list. */
export interface ListItem {
  readonly text: string;
  readonly when?: When;
}

/**
 * A paragraph. With `leastSizePt` it is set smaller, then on up to `mostLines` of at most
 * `linesSizePt`, before it is refused.
 */
export interface TextBlock extends Common {
  readonly kind: "text";
  readonly style: string;
  readonly accentStyle?: string;
  readonly text: string;
  readonly tag: TextTag;
  readonly align?: "left" | "right";
  readonly leastSizePt?: number;
  readonly mostLines?: number;
  readonly linesSizePt?: number;
}

/** Names with their values below, side by side. */
export interface FactsBlock extends Common {
  readonly kind: "facts";
  readonly nameStyle: string;
  readonly valueStyle: string;
  readonly items: readonly {
    readonly name: string;
    readonly value: string;
    readonly when?: When;
    readonly style?: string;
  }[];
}

/** A numbered list. */
export interface StepsBlock extends Common {
  readonly kind: "steps";
  readonly style: string;
  readonly accentStyle?: string;
  readonly numberStyle: string;
  readonly indentMm: number;
  readonly betweenMm: number;
  readonly items: readonly ListItem[];
}

/** A list with boxes to tick. */
export interface ChecksBlock extends Common {
  readonly kind: "checks";
  readonly style: string;
  readonly accentStyle?: string;
  readonly boxMm: number;
  /** What a box is for those who hear the page. */
  readonly alternative?: string;
  readonly indentMm: number;
  readonly betweenMm: number;
  readonly items: readonly ListItem[];
}

/** Lines to write on, side by side, each with its name below. */
export interface LinesBlock extends Common {
  readonly kind: "lines";
  readonly style: string;
  readonly freeMm: number;
  readonly gapMm: number;
  /** `share` is a part of the width. */
  readonly items: readonly { readonly name: string; readonly share: number }[];
}

export interface RuleBlock extends Common {
  readonly kind: "rule";
  readonly thicknessPt: number;
  readonly colour: string;
}

/** Takes a share of the height that its panel has left, in a column too. */
export interface StretchBlock extends Common {
  readonly kind: "stretch";
  readonly mostMm: number;
}

/** Blocks side by side; a width of 0 takes what is left. */
export interface ColumnsBlock extends Common {
  readonly kind: "columns";
  readonly gapMm: number;
  readonly columns: readonly { readonly widthMm: number; readonly blocks: readonly Block[] }[];
}

/**
 * The rows of words; they share the height that is left, each from `leastPitchMm` to `mostPitchMm`.
 * Never conditional: `when` and `ifRoom` are refused here and in the code.
 */
export interface WordsBlock extends Pick<Common, "aboveMm"> {
  readonly kind: "words";
  /** So many first letters of each word; without it the whole word. */
  readonly mostLetters?: number;
  /** Words are set smaller, down to this, where the rows are close together. */
  readonly leastSizePt?: number;
  readonly numberStyle: string;
  readonly wordStyle: string;
  readonly lettersStyle: string;
  /** From the left edge to the words; the number ends `numberGapMm` before them. */
  readonly numberMm: number;
  readonly numberGapMm: number;
  readonly lettersMm: number;
  readonly leastPitchMm: number;
  readonly mostPitchMm: number;
  readonly belowMm: number;
  /** The rows begin at the top of their place; else they stand in its middle. */
  readonly isAtTop?: boolean;
  readonly ruleColour: string;
  /** 0 for none. */
  readonly ruleThicknessPt: number;
  readonly strongRuleColour: string;
  readonly strongRuleThicknessPt: number;
  readonly strongEvery: number;
}

/** The code, as large as its place and `mostMm` allow; its quiet zone is free of ink around it. */
export interface CodeBlock extends Pick<Common, "aboveMm"> {
  readonly kind: "code";
  readonly mostMm: number;
  readonly leastModuleMm: number;
  /** Keeps the quiet zone of a small code, which is so many modules wide, within its place. */
  readonly mostModuleMm: number;
  readonly quietModules: number;
  readonly alternative: string;
  readonly discreetAlternative: string;
}

/**
 * A card to cut out: two halves of the same size, one above the other, with the fold between them and
 * marks around them to cut at.
 */
export interface CardBlock extends Pick<Common, "aboveMm"> {
  readonly kind: "card";
  readonly widthMm: number;
  readonly halfMm: number;
  /** Around the card, where its marks are and nothing else is. */
  readonly aroundMm: number;
  /** How far the marks stay away from its corners. */
  readonly markGapMm: number;
  readonly markThicknessPt: number;
  readonly edgeThicknessPt: number;
  readonly edgeColour: string;
  readonly halves: readonly {
    readonly sideMm: number;
    readonly topMm: number;
    readonly bottomMm: number;
    readonly blocks: readonly Block[];
  }[];
}

export type Block =
  | TextBlock
  | FactsBlock
  | StepsBlock
  | ChecksBlock
  | LinesBlock
  | RuleBlock
  | StretchBlock
  | ColumnsBlock
  | WordsBlock
  | CodeBlock
  | CardBlock;

export interface Panel {
  readonly name: string;
  /** Free space inside of the panel's upper and lower edge, beside the page's margins. */
  readonly topMm: number;
  readonly bottomMm: number;
  readonly blocks: readonly Block[];
}

export const PANEL_HEIGHTS = ["rows", "fit", "rest"] as const;
export const PANEL_EDGES = ["none", "tape", "fold"] as const;

/** A panel on a page. */
export interface PanelPlace {
  /** The name of a panel. */
  readonly panel: string;
  /**
   * "rows": an equal part of the page, or what the rows of words need if that is more; "fit": what
   * its blocks need, and at least `leastMm`; "rest": what the others leave.
   */
  readonly height: (typeof PANEL_HEIGHTS)[number];
  /** With less the arrangement does not fit. */
  readonly leastMm: number;
  /** What is drawn on its lower edge: where to fold, or where the folded edge lands. */
  readonly edge: (typeof PANEL_EDGES)[number];
}

export interface PagePlan {
  readonly panels: readonly PanelPlace[];
  /** As many such pages as the rows need that are left, also none. */
  readonly repeats?: boolean;
}

/**
 * The pages of a sheet, from the first to the last: of one with words where they have words, of codes
 * alone where they have none. A page with a code and no words is printed for each code.
 */
export interface Arrangement {
  readonly pages: readonly PagePlan[];
}

export interface Template {
  readonly template: typeof TEMPLATE_VERSION;
  readonly name: string;
  /** BCP 47 */
  readonly language: string;
  /** The document's title, shown by readers; no secret and no label. */
  readonly title: string;
  /** Of a discreet sheet. */
  readonly discreetTitle: string;
  /** File names in the folder of fonts, by the names that styles use. */
  readonly fonts: Readonly<Record<string, string>>;
  readonly styles: Readonly<Record<string, TextStyle>>;
  readonly papers: Readonly<Record<Paper, PaperMeasures>>;
  /** How much of the code may be lost. */
  readonly correction: CorrectionLevel;
  /** What it has place for at most, where that is less than pages can hold. */
  readonly limits?: { readonly rows: number; readonly modules: number };
  /** Height of a row of words, and of all else in their panel, from which "rows" is computed. */
  readonly rowMm: number;
  readonly besideRowsMm: number;
  readonly panels: readonly Panel[];
  /** The first one in which a sheet has place is printed. */
  readonly arrangements: readonly Arrangement[];
}

/** What texts may name in braces. */
export const PLACEHOLDERS = [
  "title",
  "label",
  "provider",
  "mark",
  "day",
  "copy",
  "copies",
  "words",
  "spare",
  "wrong",
  "rows",
  "list",
  "page",
  "pages",
  "firstRow",
  "lastRow",
  "code",
  "codes",
  "format",
  "origin",
  "set",
  "share",
  "shares",
  "threshold",
  "marks",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What the document's title may name: it is metadata, which has no label. */
export const TITLE_PLACEHOLDERS = ["provider", "mark", "day"] as const;

/** All blocks, those inside of others too. */
export function blocksOf(panels: readonly Pick<Panel, "blocks">[]): readonly Block[] {
  return panels.flatMap(({ blocks }) =>
    blocks.flatMap((block) => [block, ...blocksOf(innerOf(block))]),
  );
}

/** What a block has blocks of its own in. */
function innerOf(block: Block): readonly Pick<Panel, "blocks">[] {
  if (block.kind === "columns") return block.columns;
  return block.kind === "card" ? block.halves : [];
}

/** The panels of a page, from the top down. */
export function panelsOf({ panels }: Template, page: PagePlan): readonly Panel[] {
  return page.panels.flatMap((place) => panels.filter(({ name }) => name === place.panel));
}

/** The texts of a block, each with the names of the styles that may set it. */
export function textsOf(
  block: Block,
): readonly { readonly text: string; readonly styles: readonly string[] }[] {
  switch (block.kind) {
    case "text":
      return [{ text: block.text, styles: stylesOf(block) }];
    case "steps":
    case "checks":
      return block.items.map(({ text }) => ({ text, styles: stylesOf(block) }));
    case "facts":
      return block.items.flatMap(({ name, value, style }) => [
        { text: name, styles: [block.nameStyle] },
        { text: value, styles: [style ?? block.valueStyle] },
      ]);
    case "lines":
      return block.items.map(({ name }) => ({ text: name, styles: [block.style] }));
    case "rule":
    case "stretch":
    case "columns":
    case "words":
    case "code":
    case "card":
      return [];
  }
}

function stylesOf({ style, accentStyle }: { style: string; accentStyle?: string }): string[] {
  return accentStyle === undefined ? [style] : [style, accentStyle];
}
