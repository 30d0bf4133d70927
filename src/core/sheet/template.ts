/**
 * A sheet's template: panels of blocks with their measures, type and texts, as data.
 *
 * A template decides everything that is seen and nothing that is kept: without its words, its code or
 * what tells sheets apart it is refused. Every fault is reported at once, by its place in the JSON.
 *
 * Texts name what a sheet has in braces, `{day}`, and set a command or what stands out between
 * backticks, in the block's `accentStyle`; such a part is never broken over lines.
 */
import { type Problem, Refusal } from "../problem.js";

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

type Circumstance = "label" | "mark" | "copies" | "trial";
/** What has to be so for a block or an item to be printed at all. */
export type Condition = Circumstance | `no ${Circumstance}`;
const CONDITIONS: readonly Condition[] = [
  "label",
  "mark",
  "copies",
  "trial",
  "no label",
  "no mark",
  "no copies",
  "no trial",
];

/** A structure element of tagged PDF (ISO 32000-1, 14.8.4). */
export type TextTag = "H1" | "H2" | "P";
const TEXT_TAGS: readonly TextTag[] = ["H1", "H2", "P"];

interface Common {
  /** Free space above, in mm. */
  readonly aboveMm?: number;
  readonly when?: Condition;
  /**
   * Only in a panel's own blocks: left out where the panel has no room, the highest number first.
   */
  readonly ifRoom?: number;
}

/** A text of a list. */
export interface ListItem {
  readonly text: string;
  readonly when?: Condition;
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
    readonly when?: Condition;
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
  readonly ruleColour: string;
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
  | CodeBlock;

export interface Panel {
  readonly name: string;
  /**
   * "rows": a third of the page, or what the rows of words need if that is more; "rest": what the
   * others leave.
   */
  readonly height: "rows" | "rest";
  readonly leastMm: number;
  /** Free space inside of the panel's upper and lower edge, beside the page's margins. */
  readonly topMm: number;
  readonly bottomMm: number;
  /** What is drawn on its lower edge: where to fold, or where the folded edge lands. */
  readonly edge: "none" | "tape" | "fold";
  readonly blocks: readonly Block[];
}

export interface Template {
  readonly template: typeof TEMPLATE_VERSION;
  readonly name: string;
  /** BCP 47 */
  readonly language: string;
  /** The document's title, shown by readers; no secret and no label. */
  readonly title: string;
  /** File names in the folder of fonts, by the names that styles use. */
  readonly fonts: Readonly<Record<string, string>>;
  readonly styles: Readonly<Record<string, TextStyle>>;
  readonly papers: Readonly<Record<Paper, PaperMeasures>>;
  /** Height of a row of words, and of all else in their panel, from which "rows" is computed. */
  readonly rowMm: number;
  readonly besideRowsMm: number;
  readonly panels: readonly Panel[];
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
  "format",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What the document's title may name: it is metadata, which has no label. */
export const TITLE_PLACEHOLDERS = ["provider", "mark", "day"] as const;

/** Checks a value and adds the places of its faults. */
type Check = (value: unknown, place: string, faults: string[]) => void;

/** A text whose braces name some of `placeholders`, and are used for nothing else. */
function isFilledWith(placeholders: readonly string[]): Check {
  return (value, place, faults) => {
    if (typeof value !== "string") {
      faults.push(place);
      return;
    }
    const rest = value.replace(/\{(\w+)\}/g, (whole, name: string) =>
      placeholders.includes(name) ? "" : whole,
    );
    if (/[{}]/.test(rest)) faults.push(place);
  };
}

const isName = isFilledWith([]);

/** Backticks only in pairs, and only where a block can set what is between them. */
const isAccented: Check = (value, place, faults) => {
  isFilledWith(PLACEHOLDERS)(value, place, faults);
  if (typeof value === "string" && value.split("`").length % 2 === 0) faults.push(place);
};

const isText: Check = (value, place, faults) => {
  isFilledWith(PLACEHOLDERS)(value, place, faults);
  if (typeof value === "string" && value.includes("`")) faults.push(place);
};

const isLanguage: Check = (value, place, faults) => {
  if (typeof value !== "string" || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)) {
    faults.push(place);
  }
};

const isColour: Check = (value, place, faults) => {
  if (typeof value !== "string" || !/^#[0-9a-f]{6}$/.test(value)) faults.push(place);
};

const isFile: Check = (value, place, faults) => {
  if (typeof value !== "string" || !/^[\w-]+\.ttf$/.test(value)) faults.push(place);
};

function isNumber(least: number, most: number): Check {
  return (value, place, faults) => {
    if (typeof value !== "number" || !(value >= least && value <= most)) faults.push(place);
  };
}

function isCount(most: number): Check {
  return (value, place, faults) => {
    if (!Number.isInteger(value)) faults.push(place);
    else isNumber(1, most)(value, place, faults);
  };
}

function isOneOf(choices: readonly unknown[]): Check {
  return (value, place, faults) => {
    if (!choices.includes(value)) faults.push(place);
  };
}

/** At least one of them. */
function isList(check: Check): Check {
  return (value, place, faults) => {
    if (!Array.isArray(value) || value.length === 0) {
      faults.push(place);
      return;
    }
    value.forEach((item: unknown, index) => {
      check(item, `${place}[${String(index)}]`, faults);
    });
  };
}

function isRecord(check: Check): Check {
  return (value, place, faults) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      faults.push(place);
      return;
    }
    for (const [name, item] of Object.entries(value)) check(item, `${place}.${name}`, faults);
  };
}

/** Keys that end in `?` may be absent; every other one is needed, and no other is taken. */
function isObject(shape: Readonly<Record<string, Check>>): Check {
  return (value, place, faults) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      faults.push(place);
      return;
    }
    const given = value as Readonly<Record<string, unknown>>;
    const prefix = place === "" ? "" : `${place}.`;
    const known = Object.keys(shape).map((key) => key.replace("?", ""));
    for (const key of Object.keys(given)) {
      if (!known.includes(key)) faults.push(prefix + key);
    }
    for (const [key, check] of Object.entries(shape)) {
      const name = key.replace("?", "");
      if (given[name] !== undefined) check(given[name], prefix + name, faults);
      else if (!key.endsWith("?")) faults.push(prefix + name);
    }
  };
}

const isMm = isNumber(0, 1000);
const isPt = isNumber(0.1, 100);

type Shape = Readonly<Record<string, Check>>;

/** Checks that depend on the template's own names of styles. */
function blockCheck(styles: readonly string[], isOwnOfPanel: boolean): Check {
  const isStyle = isOneOf(styles);
  const isCondition = isOneOf(CONDITIONS);
  const isItems = isList(isObject({ text: isAccented, "when?": isCondition }));
  const always: Shape = { kind: isName, "aboveMm?": isMm };
  const common: Shape = {
    ...always,
    "when?": isCondition,
    ...(isOwnOfPanel ? { "ifRoom?": isCount(99) } : {}),
  };
  const shapes: Readonly<Record<Block["kind"], Shape>> = {
    text: {
      ...common,
      style: isStyle,
      "accentStyle?": isStyle,
      text: isAccented,
      tag: isOneOf(TEXT_TAGS),
      "align?": isOneOf(["left", "right"]),
      "leastSizePt?": isPt,
      "mostLines?": isCount(9),
      "linesSizePt?": isPt,
    },
    facts: {
      ...common,
      nameStyle: isStyle,
      valueStyle: isStyle,
      items: isList(
        isObject({ name: isText, value: isText, "when?": isCondition, "style?": isStyle }),
      ),
    },
    steps: {
      ...common,
      style: isStyle,
      "accentStyle?": isStyle,
      numberStyle: isStyle,
      indentMm: isMm,
      betweenMm: isMm,
      items: isItems,
    },
    checks: {
      ...common,
      style: isStyle,
      "accentStyle?": isStyle,
      boxMm: isMm,
      indentMm: isMm,
      betweenMm: isMm,
      items: isItems,
    },
    lines: {
      ...common,
      style: isStyle,
      freeMm: isMm,
      gapMm: isMm,
      items: isList(isObject({ name: isText, share: isNumber(0.01, 1) })),
    },
    rule: { ...common, thicknessPt: isPt, colour: isColour },
    stretch: { ...common, mostMm: isMm },
    columns: {
      ...common,
      gapMm: isMm,
      columns: (value, place, faults) => {
        const isBlocks = isList(blockCheck(styles, false));
        isList(isObject({ widthMm: isMm, blocks: isBlocks }))(value, place, faults);
      },
    },
    words: {
      ...always,
      numberStyle: isStyle,
      wordStyle: isStyle,
      lettersStyle: isStyle,
      numberMm: isMm,
      numberGapMm: isMm,
      lettersMm: isMm,
      leastPitchMm: isMm,
      mostPitchMm: isMm,
      belowMm: isMm,
      ruleColour: isColour,
      ruleThicknessPt: isPt,
      strongRuleColour: isColour,
      strongRuleThicknessPt: isPt,
      strongEvery: isCount(100),
    },
    code: {
      ...always,
      mostMm: isMm,
      leastModuleMm: isMm,
      mostModuleMm: isMm,
      quietModules: isNumber(4, 20),
      alternative: isText,
    },
  };
  return (value, place, faults) => {
    const block = value as { readonly kind?: unknown; readonly accentStyle?: unknown } | null;
    const kind = block?.kind;
    if (typeof kind !== "string" || !Object.hasOwn(shapes, kind)) {
      faults.push(`${place}.kind`);
      return;
    }
    const shape = shapes[kind as Block["kind"]];
    isObject(shape)(value, place, faults);
    const hasAccent = "accentStyle?" in shape && JSON.stringify(block).includes("`");
    if (hasAccent && block?.accentStyle === undefined) faults.push(`${place}.accentStyle`);
  };
}

function templateCheck(fonts: readonly string[], styles: readonly string[]): Check {
  const isPaper = isObject({
    widthMm: isMm,
    heightMm: isMm,
    sideMm: isMm,
    topMm: isMm,
    bottomMm: isMm,
  });
  return isObject({
    template: isOneOf([TEMPLATE_VERSION]),
    name: isName,
    language: isLanguage,
    title: isFilledWith(TITLE_PLACEHOLDERS),
    fonts: isRecord(isFile),
    styles: isRecord(
      isObject({ font: isOneOf(fonts), sizePt: isPt, leadingPt: isPt, colour: isColour }),
    ),
    papers: isObject({ a4: isPaper, letter: isPaper }),
    rowMm: isMm,
    besideRowsMm: isMm,
    panels: isList(
      isObject({
        name: isName,
        height: isOneOf(["rows", "rest"]),
        leastMm: isMm,
        topMm: isMm,
        bottomMm: isMm,
        edge: isOneOf(["none", "tape", "fold"]),
        blocks: isList(blockCheck(styles, true)),
      }),
    ),
  });
}

function keysOf(value: unknown, name: string): readonly string[] {
  const part = (value as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof part === "object" && part !== null ? Object.keys(part) : [];
}

/** All blocks, those in columns too. */
export function blocksOf(template: Template): readonly Block[] {
  const withInner = (block: Block): readonly Block[] =>
    block.kind === "columns"
      ? [block, ...block.columns.flatMap(({ blocks }) => blocks.flatMap(withInner))]
      : [block];
  return template.panels.flatMap(({ blocks }) => blocks.flatMap(withInner));
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
      return [];
  }
}

function stylesOf({ style, accentStyle }: { style: string; accentStyle?: string }): string[] {
  return accentStyle === undefined ? [style] : [style, accentStyle];
}

/** What one block cannot know: that the sheet is whole, and that it says which sheet it is. */
function missingParts(template: Template): readonly string[] {
  const blocks = blocksOf(template);
  const count = (kind: Block["kind"]) => blocks.filter((block) => block.kind === kind).length;
  const texts = blocks.flatMap((block) => textsOf(block).map(({ text }) => text));
  const isNamed = (...names: readonly Placeholder[]) =>
    names.some((name) => texts.some((text) => text.includes(`{${name}}`)));
  const isWhole = {
    words: count("words") === 1,
    code: count("code") === 1,
    "{label}": isNamed("title", "label"),
    "{mark}": isNamed("mark"),
    "{day}": isNamed("day"),
  };
  const lacking = Object.entries(isWhole).filter(([, isThere]) => !isThere);
  return lacking.map(([part]) => `panels: ${part}`);
}

/** Takes parsed JSON; throws `template-malformed` for every place that is wrong. */
export function parseTemplate(json: unknown): Template {
  const faults: string[] = [];
  templateCheck(keysOf(json, "fonts"), keysOf(json, "styles"))(json, "", faults);
  if (faults.length === 0) faults.push(...missingParts(json as Template));
  if (faults.length > 0) {
    const places = [...new Set(faults)];
    throw new Refusal(
      ...places.map((place): Problem => ({ code: "template-malformed", place: place || "top" })),
    );
  }
  return json as Template;
}
