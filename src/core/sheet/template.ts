/**
 * A sheet's template: panels of blocks with their measures, type and texts, as data.
 *
 * A template decides everything that is seen and nothing that is kept. Every fault of one is reported
 * at once, by its place in the JSON.
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

/** What has to be so for a block or an item to be printed at all. */
export type Condition = "label" | "mark" | "copies" | "trial";
const CONDITIONS: readonly Condition[] = ["label", "mark", "copies", "trial"];

/** A structure element of tagged PDF (ISO 32000-1, 14.8.4). */
export type TextTag = "H1" | "H2" | "P";
const TEXT_TAGS: readonly TextTag[] = ["H1", "H2", "P"];

interface Common {
  /** Free space above, in mm. */
  readonly aboveMm?: number;
  readonly when?: Condition;
  /** Left out where its panel has no room for it. */
  readonly ifRoom?: boolean;
}

/**
 * A paragraph. With `leastSizePt` it is set smaller, then on up to `mostLines` of at most
 * `linesSizePt`, before it is refused.
 */
export interface TextBlock extends Common {
  readonly kind: "text";
  readonly style: string;
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
  readonly numberStyle: string;
  readonly indentMm: number;
  readonly betweenMm: number;
  readonly items: readonly string[];
}

/** A list with boxes to tick. */
export interface ChecksBlock extends Common {
  readonly kind: "checks";
  readonly style: string;
  readonly boxMm: number;
  readonly indentMm: number;
  readonly betweenMm: number;
  readonly items: readonly string[];
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

/** The rows of words; they share the height that is left, at least `leastPitchMm` each. */
export interface WordsBlock extends Common {
  readonly kind: "words";
  readonly numberStyle: string;
  readonly wordStyle: string;
  readonly lettersStyle: string;
  readonly numberMm: number;
  readonly lettersMm: number;
  readonly leastPitchMm: number;
  readonly belowMm: number;
  readonly ruleColour: string;
  readonly ruleThicknessPt: number;
  readonly strongRuleColour: string;
  readonly strongRuleThicknessPt: number;
  readonly strongEvery: number;
}

/** The code, as large as its place and `mostMm` allow; its quiet zone is free of ink around it. */
export interface CodeBlock extends Common {
  readonly kind: "code";
  readonly mostMm: number;
  readonly leastModuleMm: number;
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

/** Checks a value and adds the places of its faults. */
type Check = (value: unknown, place: string, faults: string[]) => void;

const isText: Check = (value, place, faults) => {
  if (typeof value !== "string") {
    faults.push(place);
    return;
  }
  for (const [, name] of value.matchAll(/\{([^}]*)\}/g)) {
    if (!PLACEHOLDERS.some((known) => known === name)) faults.push(place);
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

function isOneOf(choices: readonly unknown[]): Check {
  return (value, place, faults) => {
    if (!choices.includes(value)) faults.push(place);
  };
}

function isList(check: Check): Check {
  return (value, place, faults) => {
    if (!Array.isArray(value)) {
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
    if (typeof value !== "object" || value === null) {
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

/** Checks that depend on the template's own names of styles. */
function blockCheck(styles: readonly string[]): Check {
  const isStyle = isOneOf(styles);
  const isCondition = isOneOf(CONDITIONS);
  const common = {
    kind: isText,
    "aboveMm?": isMm,
    "when?": isCondition,
    "ifRoom?": isOneOf([true, false]),
  };
  const isBlock: Check = (value, place, faults) => {
    const kind = (value as { readonly kind?: unknown } | null)?.kind;
    const shape = typeof kind === "string" ? shapes[kind as Block["kind"]] : undefined;
    if (shape === undefined) faults.push(`${place}.kind`);
    else isObject({ ...common, ...shape })(value, place, faults);
  };
  const isBlocks = isList(isBlock);
  const shapes: Readonly<Partial<Record<Block["kind"], Readonly<Record<string, Check>>>>> = {
    text: {
      style: isStyle,
      text: isText,
      tag: isOneOf(TEXT_TAGS),
      "align?": isOneOf(["left", "right"]),
      "leastSizePt?": isPt,
      "mostLines?": isNumber(1, 9),
      "linesSizePt?": isPt,
    },
    facts: {
      nameStyle: isStyle,
      valueStyle: isStyle,
      items: isList(
        isObject({ name: isText, value: isText, "when?": isCondition, "style?": isStyle }),
      ),
    },
    steps: {
      style: isStyle,
      numberStyle: isStyle,
      indentMm: isMm,
      betweenMm: isMm,
      items: isList(isText),
    },
    checks: {
      style: isStyle,
      boxMm: isMm,
      indentMm: isMm,
      betweenMm: isMm,
      items: isList(isText),
    },
    lines: {
      style: isStyle,
      freeMm: isMm,
      gapMm: isMm,
      items: isList(isObject({ name: isText, share: isNumber(0.01, 1) })),
    },
    rule: { thicknessPt: isPt, colour: isColour },
    stretch: { mostMm: isMm },
    columns: {
      gapMm: isMm,
      columns: isList(isObject({ widthMm: isMm, blocks: isBlocks })),
    },
    words: {
      numberStyle: isStyle,
      wordStyle: isStyle,
      lettersStyle: isStyle,
      numberMm: isMm,
      lettersMm: isMm,
      leastPitchMm: isMm,
      belowMm: isMm,
      ruleColour: isColour,
      ruleThicknessPt: isPt,
      strongRuleColour: isColour,
      strongRuleThicknessPt: isPt,
      strongEvery: isNumber(1, 100),
    },
    code: {
      mostMm: isMm,
      leastModuleMm: isMm,
      quietModules: isNumber(4, 20),
      alternative: isText,
    },
  };
  return isBlock;
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
    name: isText,
    language: isText,
    title: isText,
    fonts: isRecord(isFile),
    styles: isRecord(
      isObject({ font: isOneOf(fonts), sizePt: isPt, leadingPt: isPt, colour: isColour }),
    ),
    papers: isObject({ a4: isPaper, letter: isPaper }),
    rowMm: isMm,
    besideRowsMm: isMm,
    panels: isList(
      isObject({
        name: isText,
        height: isOneOf(["rows", "rest"]),
        leastMm: isMm,
        topMm: isMm,
        bottomMm: isMm,
        edge: isOneOf(["none", "tape", "fold"]),
        blocks: isList(blockCheck(styles)),
      }),
    ),
  });
}

function keysOf(value: unknown, name: string): readonly string[] {
  const part = (value as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof part === "object" && part !== null ? Object.keys(part) : [];
}

/** Takes parsed JSON; throws `template-malformed` for every place that is wrong. */
export function parseTemplate(json: unknown): Template {
  const faults: string[] = [];
  templateCheck(keysOf(json, "fonts"), keysOf(json, "styles"))(json, "", faults);
  if (faults.length > 0) {
    const places = [...new Set(faults)];
    throw new Refusal(
      ...places.map((place): Problem => ({ code: "template-malformed", place: place || "top" })),
    );
  }
  return json as Template;
}
