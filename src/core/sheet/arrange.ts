/**
 * A sheet's rows to pages, and a page's panels to parts of its height.
 *
 * The first arrangement of the template in which all has place is taken, with as few pages as its
 * rows need; rows are never squeezed, left out or doubled.
 */
import { Refusal } from "../problem.js";
import type { Element, FontMetrics } from "./boxes.js";
import { checkPlaces, type InkedPanel, overflow } from "./check-places.js";
import { type PageContext, type PagePart, valuesOf } from "./page-context.js";
import { naturalHeightMm, type PanelSpan, placePanel } from "./place-blocks.js";
import type { Sheet, SheetRow } from "./sheet.js";
import {
  type Arrangement,
  blocksOf,
  type PagePlan,
  type Paper,
  panelsOf,
  type PanelPlace,
  type Template,
} from "./template.js";

/** No sheet has so many; while rows are counted out it stands for the number of pages. */
const PAGES_LIMIT = 99;

/** On a page with words. */
const LEAST_ROWS = 2;

interface Maker {
  readonly sheet: Sheet;
  readonly template: Template;
  readonly paper: Paper;
  readonly metrics: FontMetrics;
}

/** A page to be placed. */
interface PlannedPage {
  readonly plan: PagePlan;
  readonly rows: readonly SheetRow[];
  readonly code: number;
}

/** The elements of each page. */
export function arrangeSheet(
  sheet: Sheet,
  template: Template,
  paper: Paper,
  metrics: FontMetrics,
): readonly (readonly Element[])[] {
  const maker = { sheet, template, paper, metrics };
  const { rows, codes } = sheet;
  const suiting = template.arrangements.filter((arrangement) => suits(maker, arrangement));
  if (suiting.length === 0) {
    const isWithWords = rows.length > 0;
    const { name } = template;
    throw new Refusal({
      code: "layout-unsuited",
      template: name,
      codes: codes.length,
      isWithWords,
    });
  }
  const refusals: Refusal[] = [];
  for (const arrangement of suiting) {
    try {
      return placePages(maker, planPages(maker, arrangement));
    } catch (error) {
      if (!(error instanceof Refusal) || !isOverflow(error)) throw error;
      refusals.push(error);
    }
  }
  throw refusals.at(-1) ?? new RangeError("a template without arrangements");
}

/** With words or without, as the sheet is; and with place for each of several codes. */
function suits({ sheet, template }: Maker, { pages }: Arrangement): boolean {
  if (pages.some((plan) => has("words", template, plan)) !== sheet.rows.length > 0) return false;
  return sheet.codes.length === 1 || pages.some((plan) => isForEachCode(template, plan));
}

function isForEachCode(template: Template, plan: PagePlan): boolean {
  return has("code", template, plan) && !has("words", template, plan);
}

function isOverflow({ problems }: Refusal): boolean {
  return problems.every(({ code }) => code === "layout-overflow");
}

function placePages(maker: Maker, pages: readonly PlannedPage[]): readonly (readonly Element[])[] {
  return pages.map(({ plan, rows, code }, index) => {
    const part = { number: index + 1, count: pages.length, rows, code };
    const panels = placePage(maker, plan, part);
    checkPlaces(panels);
    return panels.flatMap(({ elements }) => elements);
  });
}

/** Each page with as many of the rows as it has place for; the last one with all that are left. */
function planPages(maker: Maker, { pages }: Arrangement): readonly PlannedPage[] {
  const { template, sheet } = maker;
  const planned: PlannedPage[] = [];
  let left = sheet.rows;
  const lastWithWords = pages.findLast((plan) => has("words", template, plan));
  for (const plan of pages) {
    if (isForEachCode(template, plan)) {
      planned.push(...sheet.codes.map((_, index) => ({ plan, rows: [], code: index + 1 })));
      continue;
    }
    const repeats = plan.repeats === true;
    do {
      const rows = rowsOfPage(maker, plan, left, plan === lastWithWords && !repeats);
      if (rows.length === 0 && has("words", template, plan)) break;
      planned.push({ plan, rows, code: 1 });
      left = left.slice(rows.length);
    } while (repeats && planned.length < PAGES_LIMIT);
  }
  if (planned.length >= PAGES_LIMIT) {
    throw new Refusal({ code: "layout-pages", pages: planned.length, limit: PAGES_LIMIT });
  }
  return planned;
}

function rowsOfPage(
  maker: Maker,
  plan: PagePlan,
  left: readonly SheetRow[],
  isLast: boolean,
): readonly SheetRow[] {
  if (!has("words", maker.template, plan)) return [];
  if (isLast) return left;
  const count = rowsThatFit(maker, plan, left);
  // One row alone on the next page could not be told from a numbered sentence when it is read.
  return left.slice(0, left.length - count === 1 && count > LEAST_ROWS ? count - 1 : count);
}

function has(part: "words" | "code", template: Template, plan: PagePlan): boolean {
  return blocksOf(panelsOf(template, plan)).some(({ kind }) => kind === part);
}

/** By halving: where so many rows fit, fewer do. At least one, which is refused if it does not. */
function rowsThatFit(maker: Maker, plan: PagePlan, rows: readonly SheetRow[]): number {
  let most = rows.length;
  let least = Math.min(1, most);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (isPlaced(maker, plan, rows.slice(0, middle))) least = middle;
    else most = middle - 1;
  }
  return least;
}

function isPlaced(maker: Maker, plan: PagePlan, rows: readonly SheetRow[]): boolean {
  try {
    placePage(maker, plan, { number: PAGES_LIMIT, count: PAGES_LIMIT, rows, code: 1 });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal) || !isOverflow(error)) throw error;
    return false;
  }
}

function placePage(maker: Maker, plan: PagePlan, part: PagePart): readonly InkedPanel[] {
  const { sheet, template, paper, metrics } = maker;
  const measures = template.papers[paper];
  const values = valuesOf(sheet, part);
  const page = { sheet, part, template, measures, metrics, values };
  return dividePage(page, plan).map((span) => placePanel(page, span));
}

/** Panels of the height "rows" are equally high, so that one folds over the other. */
function dividePage(page: PageContext, plan: PagePlan): readonly PanelSpan[] {
  const { template, measures, sheet } = page;
  const forRows = sheet.rows.length * template.rowMm + template.besideRowsMm;
  const rowsMm = Math.max(measures.heightMm / plan.panels.length, forRows);
  const heights = plan.panels.map((place, index): number | null => {
    if (place.height === "rest") return null;
    if (place.height === "rows") return rowsMm;
    return Math.max(place.leastMm, naturalHeightMm(page, panelOf(page, place), index === 0));
  });
  const takenMm = heights.reduce((sum: number, heightMm) => sum + (heightMm ?? 0), 0);
  const restMm = (measures.heightMm - takenMm) / heights.filter((height) => height === null).length;
  let bottomMm = 0;
  return plan.panels.map((place, index) => {
    const panel = panelOf(page, place);
    const heightMm = heights[index] ?? restMm;
    if (heightMm < place.leastMm) throw overflow(panel, place.leastMm - heightMm);
    const topMm = bottomMm;
    bottomMm += heightMm;
    return { panel, edge: place.edge, topMm, bottomMm };
  });
}

function panelOf({ template }: PageContext, { panel }: PanelPlace) {
  const found = template.panels.find(({ name }) => name === panel);
  if (found === undefined) throw new RangeError("a panel that the template lacks");
  return found;
}
