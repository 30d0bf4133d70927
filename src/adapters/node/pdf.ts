/**
 * Pages of boxes to a tagged PDF/A-1b; the only importer of pdfkit. It decides nothing.
 *
 * The same pages, title and day give the same bytes: dates come from the day, and nothing else of the
 * document depends on when or where it is written.
 */
import PDFDocument from "pdfkit";
import { Refusal } from "../../core/problem.js";
import type { Box, CodeBox, Element, FontMetrics, Page, TextBox } from "../../core/sheet/boxes.js";
import { hearEvents } from "./event-loop.js";
import { type Kerning, type KernedFont, type Run, withKeptGlyphs } from "./kerning.js";
import type { FallbackFont } from "./label-fonts.js";

const PT_A_MM = 72 / 25.4;
/** In which pdfkit counts widths. */
const UNITS_A_SIZE = 1000;

export interface DocumentFacts {
  readonly title: string;
  /** BCP 47 */
  readonly language: string;
  /** YYYY-MM-DD */
  readonly day: string;
  /** The program that made it, as readers show it. */
  readonly creator: string;
}

/** One document: its fonts measure the pages that they will then print, so they are parsed once. */
export interface Press {
  readonly metrics: FontMetrics;
  /** The bytes of the PDF; once only. */
  print(pages: readonly Page[]): Promise<Uint8Array>;
}

/** What pdfkit has of an opened font and its types do not name. */
interface OpenedFont {
  readonly font: KernedFont & { hasGlyphForCodePoint(codePoint: number): boolean };
  readonly scale: number;
  layoutRun(text: string, features?: object): Run;
}

/**
 * `fonts` are the bytes of TrueType fonts by the names that boxes use; `fallbacks` set what those lack.
 * Texts in fonts that `kernings` has, by the same names, are set by it where it can.
 *
 * @throws Refusal font-malformed, from all that it gives too: a font is opened where it is needed
 */
export function openPress(
  fonts: ReadonlyMap<string, Uint8Array>,
  facts: DocumentFacts,
  fallbacks: readonly FallbackFont[] = [],
  kernings: ReadonlyMap<string, Kerning> = new Map(),
): Press {
  const document = newDocument(facts);
  for (const [name, bytes] of [
    ...fonts,
    ...fallbacks.map(({ name, bytes }) => [name, bytes] as const),
  ]) {
    usingFonts([name], () => document.registerFont(name, bytes).font(name));
  }
  const kernedFonts = new Map<string, KernedByTable>();
  for (const [name, kerning] of kernings) {
    const opened = openedFont(document, name);
    const font = withKeptGlyphs(opened.font);
    kern(opened, font, kerning);
    // Of others the sums of widths would be rounded.
    if (opened.scale === 1) kernedFonts.set(name, { font, kerning });
  }
  /** At one point, by the very sums that pdfkit makes of units; null where it has to be asked. */
  const kernedWidth = (font: string, text: string): number | null => {
    const kerned = kernedFonts.get(font);
    const units = kerned?.kerning.width(kerned.font, text) ?? null;
    return units === null ? null : (units * (1 / UNITS_A_SIZE) * 100) / 100;
  };
  const runsOf = (font: string, text: string) => fontRuns(document, font, fallbacks, text);
  // A layout measures the same text several times over; widths grow with the size.
  const widthsAtOnePt = new Map<string, number>();
  return {
    metrics: {
      widthMm(font, sizePt, text) {
        const kerned = usingFonts([font], () => kernedWidth(font, text));
        if (kerned !== null) return (kerned * sizePt) / PT_A_MM;
        const key = `${font}\n${text}`;
        const known = widthsAtOnePt.get(key);
        const width =
          known ??
          usingFonts([font], () =>
            runsOf(font, text).reduce(
              (sum, run) => sum + document.font(run.font).fontSize(1).widthOfString(run.text),
              0,
            ),
          );
        widthsAtOnePt.set(key, width);
        return (width * sizePt) / PT_A_MM;
      },
      missing: (font, text) =>
        usingFonts([font], () => [
          ...new Set(
            runsOf(font, text).flatMap((run) => missingGlyphs(document, run.font, run.text)),
          ),
        ]),
    },
    print: (pages) => print(document, pages, [...fonts.keys()], runsOf),
  };
}

/** A font whose kerning is known, and which has a thousand units. */
interface KernedByTable {
  readonly font: KernedFont;
  readonly kerning: Kerning;
}

function openedFont(document: PDFKit.PDFDocument, name: string): OpenedFont {
  document.font(name);
  return (document as unknown as { readonly _font: OpenedFont })._font;
}

function kern(opened: OpenedFont, font: KernedFont, kerning: Kerning): void {
  const byFontkit = opened.layoutRun.bind(opened);
  opened.layoutRun = (text, features) =>
    (features === undefined ? kerning.run(font, opened.scale, text) : null) ??
    byFontkit(text, features);
}

interface FontRun {
  readonly font: string;
  readonly text: string;
}

type RunsOf = (font: string, text: string) => readonly FontRun[];

/** The text in pieces of one font each: what the font lacks is set in the first that has it. */
function fontRuns(
  document: PDFKit.PDFDocument,
  font: string,
  fallbacks: readonly FallbackFont[],
  text: string,
): readonly FontRun[] {
  if (fallbacks.length === 0 || missingGlyphs(document, font, text).length === 0) {
    return [{ font, text }];
  }
  const runs: FontRun[] = [];
  for (const character of text) {
    const isIn = (name: string) => missingGlyphs(document, name, character).length === 0;
    const fallback = isIn(font)
      ? undefined
      : fallbacks.find(({ name, covers }) => covers.test(character) && isIn(name));
    const name = fallback?.name ?? font;
    const last = runs.pop();
    if (last?.font === name) runs.push({ font: name, text: last.text + character });
    else runs.push(...(last === undefined ? [] : [last]), { font: name, text: character });
  }
  return runs;
}

/** Errors of the font library are replaced: a damaged font can fail anywhere. */
function usingFonts<T>(fonts: readonly string[], use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal({ code: "font-malformed", fonts });
  }
}

function newDocument({ title, language, day, creator }: DocumentFacts): PDFKit.PDFDocument {
  const date = new Date(`${day}T00:00:00Z`);
  return new PDFDocument({
    autoFirstPage: false,
    // No default font: PDF/A embeds all, and pdfkit's own are not.
    font: null as unknown as string,
    pdfVersion: "1.4",
    subset: "PDF/A-1b",
    tagged: true,
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      Creator: creator,
      Producer: creator,
      CreationDate: date,
      ModDate: date,
    },
  });
}

function missingGlyphs(
  document: PDFKit.PDFDocument,
  font: string,
  text: string,
): readonly string[] {
  const opened = openedFont(document, font).font;
  const characters = [...new Set(Array.from(text))];
  return characters.filter(
    (character) => !opened.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
  );
}

async function print(
  document: PDFKit.PDFDocument,
  pages: readonly Page[],
  fonts: readonly string[],
  runsOf: RunsOf,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on("end", resolve));
  const root = document.struct("Document");
  document.addStructure(root);
  for (const page of pages) {
    await hearEvents();
    usingFonts(fonts, () => {
      const size = [page.widthMm * PT_A_MM, page.heightMm * PT_A_MM];
      document.addPage({ size: size as [number, number], margin: 0 });
      for (const element of page.elements) drawElement(document, runsOf, root, element);
    });
  }
  usingFonts(fonts, () => {
    root.end();
    document.end();
  });
  await ended;
  return Buffer.concat(chunks);
}

function drawElement(
  document: PDFKit.PDFDocument,
  runsOf: RunsOf,
  parent: PDFKit.PDFStructureElement,
  element: Element,
): void {
  if (element.tag === "Artifact") {
    document.markContent("Artifact", { type: "Layout" });
    for (const box of element.boxes) drawBox(document, runsOf, box);
    document.endMarkedContent();
    return;
  }
  const bbox = boundsOf(element.boxes);
  const options = {
    ...(element.alternative === undefined ? {} : { alt: element.alternative }),
    ...(element.language === undefined ? {} : { lang: element.language }),
    ...(element.tag === "Figure" && bbox !== null ? { bbox } : {}),
  };
  const structure = document.struct(element.tag, options);
  parent.add(structure);
  if (element.boxes.length > 0) {
    const content = document.markStructureContent(element.tag);
    element.boxes.forEach((box, index) => {
      drawBox(document, runsOf, endsLine(box, element.boxes[index + 1]) ? withSpace(box) : box);
    });
    document.endMarkedContent();
    structure.add(content);
  }
  for (const child of element.children) drawElement(document, runsOf, structure, child);
  structure.end();
}

/** True when an element's text goes on below; read aloud or copied, its words stay apart. */
function endsLine(box: Box, next: Box | undefined): box is TextBox {
  return box.kind === "text" && next?.kind === "text" && next.baselineMm > box.baselineMm;
}

function withSpace(box: TextBox): TextBox {
  return { ...box, text: `${box.text} ` };
}

/** Left, top, right and bottom in points, of the code in a figure. */
function boundsOf(boxes: readonly Box[]): [number, number, number, number] | null {
  const [box] = boxes;
  if (box?.kind !== "code") return null;
  const { leftMm, topMm, sizeMm } = box;
  const [left, top, right, bottom] = [leftMm, topMm, leftMm + sizeMm, topMm + sizeMm].map(
    (mm) => mm * PT_A_MM,
  ) as [number, number, number, number];
  return [left, top, right, bottom];
}

function drawBox(document: PDFKit.PDFDocument, runsOf: RunsOf, box: Box): void {
  switch (box.kind) {
    case "text":
      drawText(document, runsOf, box);
      return;
    case "line":
      document.lineWidth(box.thicknessPt).strokeColor(box.colour);
      if (box.isDashed) document.dash(3, { space: 2 });
      else document.undash();
      document
        .moveTo(box.fromMm[0] * PT_A_MM, box.fromMm[1] * PT_A_MM)
        .lineTo(box.toMm[0] * PT_A_MM, box.toMm[1] * PT_A_MM)
        .stroke();
      return;
    case "square":
      document
        .undash()
        .lineWidth(box.thicknessPt)
        .strokeColor(box.colour)
        .rect(box.leftMm * PT_A_MM, box.topMm * PT_A_MM, box.sizeMm * PT_A_MM, box.sizeMm * PT_A_MM)
        .stroke();
      return;
    case "code":
      drawCode(document, box);
  }
}

function drawText(document: PDFKit.PDFDocument, runsOf: RunsOf, box: TextBox): void {
  let left = box.leftMm * PT_A_MM;
  for (const { font, text } of runsOf(box.font, box.text)) {
    document.font(font).fontSize(box.sizePt).fillColor(box.colour);
    document.text(text, left, box.baselineMm * PT_A_MM, {
      lineBreak: false,
      baseline: "alphabetic",
    });
    left += document.widthOfString(text);
  }
}

/** One path with one fill: runs of dark modules that meet leave no hairlines between them. */
function drawCode(document: PDFKit.PDFDocument, { leftMm, topMm, sizeMm, modules }: CodeBox): void {
  const { size, isDark } = modules;
  const module = (sizeMm / size) * PT_A_MM;
  for (let row = 0; row < size; row++) {
    let column = 0;
    while (column < size) {
      const start = column;
      while (column < size && isDark[row * size + column] === true) column += 1;
      if (column > start) {
        document.rect(
          leftMm * PT_A_MM + start * module,
          topMm * PT_A_MM + row * module,
          (column - start) * module,
          module,
        );
      } else {
        column += 1;
      }
    }
  }
  document.fillColor("#000000").fill();
}
