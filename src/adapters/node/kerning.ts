/**
 * Texts in the sheets' own fonts, set without fontkit's layout, which takes longer than all else of a
 * sheet: those fonts have no ligatures, and between two characters nothing but kerning.
 *
 * Gives the very glyphs and places that fontkit gives, or null where the text has a character that the
 * table lacks; the test of the table compares both.
 */
import { readFile } from "node:fs/promises";
import { packageFile } from "./package-folder.js";

/** `units[i][j]` is added between one of the characters `firsts[i]` and one of `seconds[j]`. */
export interface KerningTable {
  readonly firsts: readonly string[];
  readonly seconds: readonly string[];
  readonly units: readonly (readonly number[])[];
}

/** The part of a font of fontkit's that is used. */
export interface KernedFont {
  glyphForCodePoint(codePoint: number): { readonly id: number; readonly advanceWidth: number };
}

/** As fontkit gives it, in units of the font times the scale. */
export interface Run {
  readonly glyphs: readonly ReturnType<KernedFont["glyphForCodePoint"]>[];
  readonly positions: readonly {
    readonly xAdvance: number;
    readonly yAdvance: 0;
    readonly xOffset: 0;
    readonly yOffset: 0;
    readonly advanceWidth: number;
  }[];
  readonly advanceWidth: number;
}

let tables: Promise<Readonly<Record<string, KerningTable>>> | undefined;

/** Of a font of the program's own folder, by the name of its file; null where it has none. */
export async function kerningOf(fontFile: string): Promise<Kerning | null> {
  tables ??= readTables();
  const known = await tables;
  const table = Object.hasOwn(known, fontFile) ? known[fontFile] : undefined;
  return table === undefined ? null : new Kerning(table);
}

async function readTables(): Promise<Readonly<Record<string, KerningTable>>> {
  const text = await readFile(packageFile("templates/fonts/kerning.json"), "utf8");
  return JSON.parse(text) as Readonly<Record<string, KerningTable>>;
}

export class Kerning {
  readonly #units: KerningTable["units"];
  readonly #firsts: ReadonlyMap<string, number>;
  readonly #seconds: ReadonlyMap<string, number>;

  constructor({ firsts, seconds, units }: KerningTable) {
    this.#units = units;
    this.#firsts = placesOf(firsts);
    this.#seconds = placesOf(seconds);
  }

  /**
   * How wide a text is, in the font's units; null where `run` gives null. pdfkit sets each word with the
   * space behind it, so that there is no kerning behind a space.
   */
  width(font: KernedFont, text: string): number | null {
    let width = 0;
    for (let index = 0; index < text.length; index++) {
      const first = text.charAt(index);
      const row = this.#firsts.get(first);
      if (row === undefined) return null;
      const column = first === " " ? undefined : this.#seconds.get(text.charAt(index + 1));
      width += font.glyphForCodePoint(text.charCodeAt(index)).advanceWidth;
      if (column !== undefined) width += this.#units[row]?.[column] ?? 0;
    }
    return width;
  }

  /** Null for a text with a character that is not in the table. */
  run(font: KernedFont, scale: number, text: string): Run | null {
    const glyphs: Run["glyphs"][number][] = [];
    const positions: Run["positions"][number][] = [];
    let width = 0;
    for (let index = 0; index < text.length; index++) {
      const row = this.#firsts.get(text.charAt(index));
      if (row === undefined) return null;
      const column = this.#seconds.get(text.charAt(index + 1));
      const glyph = font.glyphForCodePoint(text.charCodeAt(index));
      const kern = column === undefined ? 0 : (this.#units[row]?.[column] ?? 0);
      const xAdvance = (glyph.advanceWidth + kern) * scale;
      const advanceWidth = glyph.advanceWidth * scale;
      glyphs.push(glyph);
      positions.push({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0, advanceWidth });
      width += xAdvance;
    }
    return { glyphs, positions, advanceWidth: width };
  }
}

/** The same, which looks a glyph up once. */
export function withKeptGlyphs(font: KernedFont): KernedFont {
  const glyphs = new Map<number, ReturnType<KernedFont["glyphForCodePoint"]>>();
  return {
    glyphForCodePoint(codePoint) {
      const glyph = glyphs.get(codePoint) ?? font.glyphForCodePoint(codePoint);
      glyphs.set(codePoint, glyph);
      return glyph;
    },
  };
}

function placesOf(classes: readonly string[]): ReadonlyMap<string, number> {
  return new Map(classes.flatMap((text, place) => Array.from(text, (each) => [each, place])));
}
