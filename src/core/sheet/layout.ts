/**
 * A sheet and a template to pages of boxes in millimetres.
 *
 * Everything of the sheet is placed inside the ink margins or the layout is refused: nothing is
 * clipped, nothing runs over another panel, and no character is set that its font lacks.
 */
import { Refusal } from "../problem.js";
import { arrangeSheet } from "./arrange.js";
import type { FontMetrics, Page } from "./boxes.js";
import { checkGlyphs } from "./check-places.js";
import { composed } from "./page-context.js";
import type { Sheet } from "./sheet.js";
import { blocksOf, type Paper, type Template, textsOf } from "./template.js";

export function layoutSheet(
  sheet: Sheet,
  template: Template,
  paper: Paper,
  metrics: FontMetrics,
): readonly Page[] {
  checkLabel(sheet, template, metrics);
  checkLimits(sheet, template);
  const { widthMm, heightMm } = template.papers[paper];
  return arrangeSheet(sheet, template, paper, metrics).map((elements) => {
    checkGlyphs(elements, metrics, template.name);
    return { widthMm, heightMm, elements };
  });
}

function checkLimits({ rows, codes }: Sheet, { name, limits }: Template): void {
  if (limits === undefined) return;
  const modules = Math.max(...codes.map(({ size }) => size));
  if (rows.length <= limits.rows && modules <= limits.modules) return;
  throw new Refusal({
    code: "layout-limit",
    template: name,
    rows: rows.length,
    rowsLimit: limits.rows,
    modules,
    modulesLimit: limits.modules,
  });
}

// Controls, and the invisible marks that turn the direction of text or join letters.
const UNPRINTABLE =
  /[\p{Control}\p{Format}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}]/gu;

/** Marks that make a label read as something else; their names are the Unicode Standard's. */
const INVISIBLE_NAMES: ReadonlyMap<string, string> = new Map([
  ["\u00ad", "soft hyphen"],
  ["\u061c", "Arabic letter mark"],
  ["\u200b", "zero width space"],
  ["\u200c", "zero width non-joiner"],
  ["\u200d", "zero width joiner"],
  ["\u200e", "left-to-right mark"],
  ["\u200f", "right-to-left mark"],
  ["\u202a", "left-to-right embedding"],
  ["\u202b", "right-to-left embedding"],
  ["\u202c", "pop directional formatting"],
  ["\u202d", "left-to-right override"],
  ["\u202e", "right-to-left override"],
  ["\u2066", "left-to-right isolate"],
  ["\u2067", "right-to-left isolate"],
  ["\u2068", "first strong isolate"],
  ["\u2069", "pop directional isolate"],
  ["\ufeff", "zero width no-break space"],
]);

/** Every font that may set the label has to have all of its characters. */
function checkLabel(sheet: Sheet, template: Template, metrics: FontMetrics): void {
  const { label } = sheet;
  if (label === null) return;
  const unprintable = label.match(UNPRINTABLE) ?? [];
  const styles = blocksOf(template.panels)
    .flatMap(textsOf)
    .filter(({ text }) => /\{(label|title)\}/.test(text))
    .flatMap((text) => text.styles);
  const fonts = new Set(styles.map((style) => template.styles[style]?.font ?? ""));
  const missing = [...fonts].flatMap((font) => metrics.missing(font, composed(label)));
  const characters = [...new Set([...unprintable, ...missing])];
  if (characters.length === 0) return;
  throw new Refusal({ code: "label-character", characters: characters.map(nameCharacter) });
}

/** `ж (U+0436)`; of what shows nothing only the number. */
function nameCharacter(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  if (character.search(UNPRINTABLE) < 0) return `${character} (U+${number})`;
  const name = INVISIBLE_NAMES.get(character);
  return name === undefined ? `U+${number}` : `U+${number} (${name})`;
}

/** The document's title, shown by readers: no label and no secret, and nothing else if discreet. */
export function documentTitle(
  { provider, mark, day, isDiscreet }: Pick<Sheet, "provider" | "mark" | "day" | "isDiscreet">,
  template: Template,
): string {
  const values = { provider: isDiscreet ? "" : provider, mark: mark ?? "", day };
  return (isDiscreet ? template.discreetTitle : template.title)
    .replace(/\{(\w+)\}/g, (_, name: keyof typeof values) => values[name])
    .trim();
}
