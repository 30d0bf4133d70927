/**
 * A sheet and a template to pages of boxes in millimetres.
 *
 * Everything of the sheet is placed inside the ink margins or the layout is refused: nothing is
 * clipped, nothing runs over another panel, and no character is set that its font lacks.
 */
import { Refusal } from "../problem.js";
import type { FontMetrics, Page } from "./boxes.js";
import { checkGlyphs, checkPlaces, overflow } from "./check-places.js";
import { composed, type PageContext, valuesOf } from "./page-context.js";
import { placePanel } from "./place-blocks.js";
import type { Sheet } from "./sheet.js";
import {
  blocksOf,
  type Panel,
  type Paper,
  type PaperMeasures,
  type Template,
  textsOf,
} from "./template.js";

export function layoutSheet(
  sheet: Sheet,
  template: Template,
  paper: Paper,
  metrics: FontMetrics,
): readonly Page[] {
  checkLabel(sheet, template, metrics);
  const measures = template.papers[paper];
  const page: PageContext = { sheet, template, measures, metrics, values: valuesOf(sheet) };
  const panels = dividePage(sheet, template, measures).map(({ panel, topMm, bottomMm }) =>
    placePanel(page, panel, topMm, bottomMm),
  );
  checkPlaces(panels);
  const elements = panels.flatMap((panel) => panel.elements);
  checkGlyphs(elements, metrics);
  return [{ widthMm: measures.widthMm, heightMm: measures.heightMm, elements }];
}

// Controls, and the invisible marks that turn the direction of text or join letters.
const UNPRINTABLE =
  /[\p{Control}\p{Format}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}]/gu;

/** Every font that may set the label has to have all of its characters. */
function checkLabel(sheet: Sheet, template: Template, metrics: FontMetrics): void {
  const { label } = sheet;
  if (label === null) return;
  const unprintable = label.match(UNPRINTABLE) ?? [];
  const styles = blocksOf(template)
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
  return character.search(UNPRINTABLE) >= 0 ? `U+${number}` : `${character} (U+${number})`;
}

interface PlacedPanel {
  readonly panel: Panel;
  readonly topMm: number;
  readonly bottomMm: number;
}

/** Panels that hold the rows or the code are equally high, so that one folds over the other. */
function dividePage(
  sheet: Sheet,
  template: Template,
  measures: PaperMeasures,
): readonly PlacedPanel[] {
  const forRows = sheet.rows.length * template.rowMm + template.besideRowsMm;
  const rowsMm = Math.max(measures.heightMm / template.panels.length, forRows);
  const rowsPanels = template.panels.filter(({ height }) => height === "rows").length;
  const restPanels = template.panels.length - rowsPanels;
  const restMm = (measures.heightMm - rowsPanels * rowsMm) / Math.max(1, restPanels);
  let topMm = 0;
  return template.panels.map((panel) => {
    const heightMm = panel.height === "rows" ? rowsMm : restMm;
    if (heightMm < panel.leastMm) throw overflow(panel, panel.leastMm - heightMm);
    topMm += heightMm;
    return { panel, topMm: topMm - heightMm, bottomMm: topMm };
  });
}

/** The document's title, shown by readers: provider and mark, but no label and no secret. */
export function documentTitle(
  { provider, mark, day }: Pick<Sheet, "provider" | "mark" | "day">,
  template: Template,
): string {
  const values = { provider, mark: mark ?? "", day };
  return template.title
    .replace(/\{(\w+)\}/g, (_, name: keyof typeof values) => values[name])
    .trim();
}
