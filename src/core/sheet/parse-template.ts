/**
 * Parsed JSON to a template, or every place of it that is wrong, with what belongs there.
 *
 * A template without its words, its code or what tells sheets and pages apart is refused: a sheet that
 * is printed from one that passes is whole.
 */
import { type Problem, Refusal } from "../problem.js";
import { CORRECTION_LEVELS } from "../qr/module-matrix.js";
import {
  type Check,
  type Fault,
  FAULTS_LIMIT,
  isCount,
  isList,
  isNumber,
  isObject,
  isOneOf,
  isOneOrMore,
  isRecord,
  isSuch,
  isText,
  namesIn,
} from "./json-checks.js";
import {
  type Arrangement,
  type Block,
  blocksOf,
  CIRCUMSTANCES,
  PANEL_EDGES,
  PANEL_HEIGHTS,
  panelsOf,
  type Placeholder,
  PLACEHOLDERS,
  type Template,
  TEMPLATE_VERSION,
  TEXT_TAGS,
  textsOf,
  TITLE_PLACEHOLDERS,
} from "./template.js";

/** Columns inside of columns, and so on. */
const DEPTH_LIMIT = 4;
const BLOCKS_LIMIT = 400;

/** True when braces name some of `placeholders` and are used for nothing else. */
function isFilledWith(placeholders: readonly string[]): (text: string) => boolean {
  return (text) => {
    const rest = text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      placeholders.includes(name) ? "" : whole,
    );
    return !/[{}]/.test(rest);
  };
}

const NAMES = PLACEHOLDERS.map((name) => `{${name}}`).join(" ");
const TITLE_NAMES = TITLE_PLACEHOLDERS.map((name) => `{${name}}`).join(" ");

const isName = isText("a name", (text) => /^[^{}]{1,80}$/.test(text));
const isPlain = isText(
  `a text without backticks, with braces only as in ${NAMES}`,
  (text) => !text.includes("`") && isFilledWith(PLACEHOLDERS)(text),
);
const isAccented = isText(
  `a text with backticks in pairs, with braces only as in ${NAMES}`,
  (text) => text.split("`").length % 2 === 1 && isFilledWith(PLACEHOLDERS)(text),
);
const isTitle = isText(
  `a text with braces only as in ${TITLE_NAMES}`,
  isFilledWith(TITLE_PLACEHOLDERS),
);
const isLanguage = isText('a language such as "en"', (text) =>
  /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text),
);
const isColour = isText('a colour such as "#1a2b3c"', (text) => /^#[0-9a-f]{6}$/.test(text));
const isFile = isText("the plain name of a file that ends in .ttf", (text) =>
  /^[\w-]{1,80}\.ttf$/.test(text),
);
const isMm = isNumber(0, 1000);
const isPt = isNumber(0.1, 100);

type Shape = Readonly<Record<string, Check>>;

const isWhen = isOneOrMore(isOneOf(CIRCUMSTANCES.flatMap((name) => [name, `no ${name}`])));
const isItems = isList(isObject({ text: isAccented, "when?": isWhen }));

const ALWAYS: Shape = { kind: isName, "aboveMm?": isMm };

function textShapes(common: Shape, isStyle: Check) {
  const accented = { ...common, style: isStyle, "accentStyle?": isStyle };
  const list = { ...accented, indentMm: isMm, betweenMm: isMm, items: isItems };
  return {
    text: {
      ...accented,
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
        isObject({ name: isPlain, value: isPlain, "when?": isWhen, "style?": isStyle }),
      ),
    },
    steps: { ...list, numberStyle: isStyle },
    checks: { ...list, boxMm: isMm, "alternative?": isPlain },
    lines: {
      ...common,
      style: isStyle,
      freeMm: isMm,
      gapMm: isMm,
      items: isList(isObject({ name: isPlain, share: isNumber(0.01, 1) })),
    },
  };
}

function carrierShapes(isStyle: Check) {
  return {
    words: {
      ...ALWAYS,
      "mostLetters?": isNumber(4, 99),
      "leastSizePt?": isPt,
      numberStyle: isStyle,
      wordStyle: isStyle,
      lettersStyle: isStyle,
      numberMm: isMm,
      numberGapMm: isMm,
      lettersMm: isMm,
      leastPitchMm: isNumber(0.1, 1000),
      mostPitchMm: isMm,
      belowMm: isMm,
      "isAtTop?": isOneOf([true, false]),
      ruleColour: isColour,
      ruleThicknessPt: isNumber(0, 100),
      strongRuleColour: isColour,
      strongRuleThicknessPt: isPt,
      strongEvery: isCount(100),
    },
    code: {
      ...ALWAYS,
      mostMm: isMm,
      leastModuleMm: isNumber(0.1, 1000),
      mostModuleMm: isMm,
      quietModules: isNumber(4, 20),
      alternative: isPlain,
      discreetAlternative: isPlain,
    },
  };
}

function outerShapes(common: Shape, isBlocks: Check) {
  return {
    rule: { ...common, thicknessPt: isPt, colour: isColour },
    stretch: { ...common, mostMm: isMm },
    columns: {
      ...common,
      gapMm: isMm,
      columns: isList(isObject({ widthMm: isMm, blocks: isBlocks })),
    },
    card: {
      ...ALWAYS,
      widthMm: isMm,
      halfMm: isMm,
      aroundMm: isMm,
      markGapMm: isMm,
      markThicknessPt: isPt,
      edgeThicknessPt: isPt,
      edgeColour: isColour,
      halves: isList(isObject({ sideMm: isMm, topMm: isMm, bottomMm: isMm, blocks: isBlocks }), 2),
    },
  };
}

/** Checks that depend on the template's own names of styles. */
function blockCheck(styles: readonly string[], depth = 1): Check {
  const isStyle = isOneOf(styles);
  // Only a panel's own blocks are left out for want of room.
  const room = depth === 1 ? { "ifRoom?": isCount(99) } : {};
  const common: Shape = { ...ALWAYS, "when?": isWhen, ...room };
  const isBlocks: Check =
    depth < DEPTH_LIMIT
      ? isList(blockCheck(styles, depth + 1))
      : isSuch(`at most ${String(DEPTH_LIMIT)} deep`, () => false);
  const shapes: Readonly<Record<Block["kind"], Shape>> = {
    ...textShapes(common, isStyle),
    ...carrierShapes(isStyle),
    ...outerShapes(common, isBlocks),
  };
  const isKind = isOneOf(Object.keys(shapes));
  const checks = new Map(Object.entries(shapes).map(([kind, shape]) => [kind, isObject(shape)]));
  return (value, place, faults) => {
    const kind = (value as { readonly kind?: unknown } | null)?.kind;
    const check = typeof kind === "string" ? checks.get(kind) : undefined;
    if (check === undefined) isKind(kind, `${place}.kind`, faults);
    else check(value, place, faults);
    if (needsAccent(value)) {
      faults.push({ place: `${place}.accentStyle`, expected: "given, for what is in backticks" });
    }
  };
}

/** Backticks in a block's texts, and no style for what is between them. */
function needsAccent(value: unknown): boolean {
  const block = value as Readonly<Record<string, unknown>> | null;
  if (block === null || block.accentStyle !== undefined) return false;
  const items: readonly unknown[] = Array.isArray(block.items) ? block.items : [block];
  return items.some((item) => {
    const text = (item as { readonly text?: unknown } | null)?.text;
    return typeof text === "string" && text.includes("`");
  });
}

const isPaper = isObject({
  widthMm: isNumber(50, 1000),
  heightMm: isNumber(50, 1000),
  sideMm: isMm,
  topMm: isMm,
  bottomMm: isMm,
});

function arrangementCheck(panels: readonly string[]): Check {
  const isPlace = isObject({
    panel: isOneOf(panels),
    height: isOneOf(PANEL_HEIGHTS),
    leastMm: isMm,
    edge: isOneOf(PANEL_EDGES),
  });
  const isPage = isObject({ panels: isList(isPlace, 9), "repeats?": isOneOf([true, false]) });
  return isObject({ pages: isList(isPage, 9) });
}

function templateCheck(json: unknown): Check {
  const styles = namesIn(json, "styles");
  return isObject({
    template: isOneOf([TEMPLATE_VERSION]),
    name: isName,
    language: isLanguage,
    title: isTitle,
    discreetTitle: isTitle,
    fonts: isRecord(isFile),
    styles: isRecord(
      isObject({
        font: isOneOf(namesIn(json, "fonts")),
        sizePt: isPt,
        leadingPt: isPt,
        colour: isColour,
      }),
    ),
    papers: isObject({ a4: isPaper, letter: isPaper }),
    correction: isOneOf(CORRECTION_LEVELS),
    "limits?": isObject({ rows: isCount(999), modules: isCount(177) }),
    rowMm: isMm,
    besideRowsMm: isMm,
    panels: isList(
      isObject({ name: isName, topMm: isMm, bottomMm: isMm, blocks: isList(blockCheck(styles)) }),
      20,
    ),
    arrangements: isList(arrangementCheck(namesIn(json, "panels")), 9),
  });
}

/** What one block cannot know: that the sheet is whole, and that it says which sheet it is. */
function missingParts(template: Template): readonly Fault[] {
  const names = template.panels.map(({ name }) => name);
  const isUnique = new Set(names).size === names.length;
  const isBounded = blocksOf(template.panels).length <= BLOCKS_LIMIT;
  return [
    ...(isUnique ? [] : [{ place: "panels", expected: "of different names" }]),
    ...(isBounded
      ? []
      : [{ place: "panels", expected: `of ${String(BLOCKS_LIMIT)} blocks at most` }]),
    ...(template.arrangements.some((arrangement) => hasWords(template, arrangement))
      ? []
      : [{ place: "arrangements", expected: "with the words, once a page, in one of them" }]),
    ...template.arrangements.flatMap((arrangement, index) =>
      missingInArrangement(template, arrangement).map((expected) => ({
        place: `arrangements[${String(index)}]`,
        expected,
      })),
    ),
  ];
}

function hasWords(template: Template, { pages }: Arrangement): boolean {
  return pages.some((page) => contentOf(blocksOf(panelsOf(template, page))).words > 0);
}

function missingInArrangement(template: Template, { pages }: Arrangement): readonly string[] {
  const contents = pages.map((page) => contentOf(blocksOf(panelsOf(template, page))));
  const isSaid = (name: Placeholder) => contents.some(({ said }) => said.includes(`{${name}}`));
  const isWhole = {
    words: contents.every(({ words }) => words <= 1),
    code: contents.reduce((sum, { code }) => sum + code, 0) === 1,
    "{label}": isSaid("label") || isSaid("title"),
    "{mark}": isSaid("mark"),
    "{day}": isSaid("day"),
  };
  const lacking = Object.entries(isWhole).flatMap(([part, isThere]) => (isThere ? [] : [part]));
  const isRepeated = pages.some((page, index) => page.repeats === true && contents[index]?.code);
  return [
    ...lacking.map((part) =>
      part.startsWith("{") ? `of texts that say ${part}` : `with its ${part}, once a page`,
    ),
    ...(isRepeated ? ["without a code on a page that repeats"] : []),
    ...(pages.length > 1 || contents.some(isForEachCode) ? missingOnPages(contents) : []),
  ];
}

interface Content {
  readonly said: string;
  readonly words: number;
  readonly code: number;
}

function contentOf(blocks: readonly Block[]): Content {
  const count = (kind: Block["kind"]) => blocks.filter((block) => block.kind === kind).length;
  const said = blocks.flatMap((block) => textsOf(block).map(({ text }) => text)).join("\n");
  return { said, words: count("words"), code: count("code") };
}

/** Such a page is printed for each code of several. */
function isForEachCode({ words, code }: Content): boolean {
  return code > 0 && words === 0;
}

/** Nobody may take a page of one sheet for that of another, or miss one. */
function missingOnPages(contents: readonly Content[]): readonly string[] {
  return contents.flatMap((content, index) => {
    const { said, words } = content;
    const needed = ["{mark}", "{day}", "{page}", "{pages}"];
    const ofRows = words > 0 ? ["{firstRow}", "{lastRow}"] : [];
    const ofCodes = isForEachCode(content) ? ["{code}", "{codes}"] : [];
    const lacking = [...needed, ...ofRows, ...ofCodes].filter((name) => !said.includes(name));
    return lacking.map((name) => `of texts that say ${name}, on page ${String(index + 1)} too`);
  });
}

/** Takes parsed JSON; throws `template-malformed` for every place that is wrong. */
export function parseTemplate(json: unknown, source: string): Template {
  const faults: Fault[] = [];
  templateCheck(json)(json, "", faults);
  if (faults.length === 0) faults.push(...missingParts(json as Template));
  if (faults.length > 0) throw malformed(faults, source);
  return json as Template;
}

function malformed(faults: readonly Fault[], source: string): Refusal {
  const places = new Map(faults.map((fault) => [`${fault.place} ${fault.expected}`, fault]));
  const told = [...places.values()].slice(0, FAULTS_LIMIT);
  return new Refusal(
    ...told.map(({ place, expected }): Problem => ({
      code: "template-malformed",
      source,
      place: place === "" ? "the template" : place,
      expected,
    })),
  );
}
