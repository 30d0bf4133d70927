import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Kerning, kerningOf, type KerningTable } from "../../../src/adapters/node/kerning.js";
import { FONTS, KERNING_FILE, kerningOf as measured, openFont } from "../../kerning.mjs";

const TABLES = JSON.parse(readFileSync(KERNING_FILE, "utf8")) as Record<string, KerningTable>;

interface FontkitRun {
  readonly glyphs: readonly { readonly id: number; readonly advanceWidth: number }[];
  readonly positions: readonly Readonly<Record<string, number>>[];
  readonly advanceWidth: number;
}

describe.each(FONTS)("the kerning of %s", (name) => {
  const font = openFont(name) as {
    glyphForCodePoint(codePoint: number): FontkitRun["glyphs"][number];
    layout(text: string): FontkitRun;
  };
  const table = TABLES[name] as KerningTable;
  const kerning = new Kerning(table);
  const texts = fc.string({
    unit: fc.constantFrom(...Array.from(table.firsts.join(""))),
    maxLength: 30,
  });

  test("is what fontkit says of the font that lies beside it", () => {
    expect(table).toEqual(measured(name));
  });

  test("sets every text as fontkit does", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const run = kerning.run(font, 1, text);
        const { glyphs, positions, advanceWidth } = font.layout(text);
        expect(run?.glyphs.map(({ id }) => id)).toEqual(glyphs.map(({ id }) => id));
        expect(run?.advanceWidth).toBe(advanceWidth);
        const placed = positions.map((at, index) => ({
          ...at,
          advanceWidth: glyphs[index]?.advanceWidth,
        }));
        expect(run?.positions).toEqual(placed);
      }),
    );
  });

  test("makes a text as wide as its words with the spaces behind them are", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const words = text.match(/[^ ]* |[^ ]+$/g) ?? [];
        const widths = words.map((word) => font.layout(word).advanceWidth);
        expect(kerning.width(font, text)).toBe(widths.reduce((sum, width) => sum + width, 0));
      }),
    );
  });

  test("leaves a text to fontkit in which a character is not of the table", () => {
    for (const other of ["\u0430", "\u0301", "\u00ad", "\u2044", "\ud83d\ude00", "\t"]) {
      expect(kerning.run(font, 1, `a${other}b`)).toBeNull();
      expect(kerning.width(font, `a${other}b`)).toBeNull();
    }
  });
});

test("a font that is not the program's has none", async () => {
  expect(await kerningOf("own.ttf")).toBeNull();
  expect(await kerningOf("constructor")).toBeNull();
});
