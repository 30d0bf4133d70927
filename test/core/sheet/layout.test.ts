import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Box, Element, Page, TextBox } from "../../../src/core/sheet/boxes.js";
import { layoutSheet } from "../../../src/core/sheet/layout.js";
import type { Sheet } from "../../../src/core/sheet/sheet.js";
import { parseTemplate } from "../../../src/core/sheet/parse-template.js";
import { type Paper, PAPERS } from "../../../src/core/sheet/template.js";
import { pressOf, sampleSheet, type SampleOptions, standardPress } from "./sample.js";

const MM_A_PT = 25.4 / 72;

async function layout(sheet: Sheet, paper: Paper): Promise<Page> {
  const { template, press } = await standardPress(sheet);
  return layoutSheet(sheet, template, paper, press.metrics)[0] as Page;
}

function boxesOf(elements: readonly Element[]): readonly Box[] {
  return elements.flatMap(({ boxes, children }) => [...boxes, ...boxesOf(children)]);
}

function textsOf(page: Page): readonly TextBox[] {
  return boxesOf(page.elements).filter((box) => box.kind === "text");
}

/** The ink of a line of text, a little generously. */
function inkOf({ leftMm, widthMm, baselineMm, sizePt }: TextBox) {
  return {
    left: leftMm,
    right: leftMm + widthMm,
    top: baselineMm - sizePt * MM_A_PT * 0.72,
    bottom: baselineMm + sizePt * MM_A_PT * 0.2,
  };
}

function boundsOf(box: Box) {
  switch (box.kind) {
    case "text":
      return inkOf(box);
    case "line":
      return {
        left: Math.min(box.fromMm[0], box.toMm[0]),
        right: Math.max(box.fromMm[0], box.toMm[0]),
        top: Math.min(box.fromMm[1], box.toMm[1]),
        bottom: Math.max(box.fromMm[1], box.toMm[1]),
      };
    case "square":
    case "code":
      return {
        left: box.leftMm,
        right: box.leftMm + box.sizeMm,
        top: box.topMm,
        bottom: box.topMm + box.sizeMm,
      };
  }
}

const LONG_LABEL = "Frankfurt number ".repeat(9).trim();
const SHEETS: readonly (readonly [string, Sheet])[] = [
  ["17 rows", sampleSheet({ label: "Trading bot" })],
  ["18 rows, no label", sampleSheet({ provider: "kraken-futures" })],
  [
    "19 rows, a label of two lines, copies",
    sampleSheet({ level: "long", label: LONG_LABEL, copy: { number: 2, count: 3 } }),
  ],
];
const CASES = PAPERS.flatMap((paper) =>
  SHEETS.map(([name, sheet]) => [`${paper}, ${name}`, paper, sheet] as const),
);

function promiseOf({ promise }: Sheet): NonNullable<Sheet["promise"]> {
  if (promise === null) throw new Error("a sheet without words");
  return promise;
}

describe.each(CASES)("the standard sheet on %s", (_, paper, sheet) => {
  test("keeps all ink inside the margins that home printers need", async () => {
    const page = await layout(sheet, paper);
    for (const box of boxesOf(page.elements)) {
      const { left, right, top, bottom } = boundsOf(box);
      expect(left).toBeGreaterThanOrEqual(14.9);
      expect(right).toBeLessThanOrEqual(page.widthMm - 14.9);
      expect(top).toBeGreaterThanOrEqual(12);
      expect(bottom).toBeLessThanOrEqual(page.heightMm - 12);
    }
  });

  test("sets no text over another", async () => {
    const texts = textsOf(await layout(sheet, paper)).map((box) => ({ box, ink: inkOf(box) }));
    for (const [index, { box, ink }] of texts.entries()) {
      for (const { box: other, ink: otherInk } of texts.slice(index + 1)) {
        const isApart =
          ink.right <= otherInk.left ||
          otherInk.right <= ink.left ||
          ink.bottom <= otherInk.top ||
          otherInk.bottom <= ink.top;
        expect(isApart, `"${box.text}" and "${other.text}"`).toBe(true);
      }
    }
  });

  test("has words and code of equal height below one fold, and no ink on it", async () => {
    const page = await layout(sheet, paper);
    const lines = boxesOf(page.elements).filter((box) => box.kind === "line");
    const fold = lines.find(({ isDashed }) => isDashed)?.fromMm[1] ?? 0;
    const tape = 2 * fold - page.heightMm;
    expect(lines.some(({ fromMm }) => Math.abs(fromMm[1] - tape) < 0.01)).toBe(true);
    for (const box of textsOf(page)) {
      const { top, bottom } = inkOf(box);
      for (const edge of [tape, fold]) expect(top > edge || bottom < edge, box.text).toBe(true);
    }
    const rows = new Set(sheet.rows.map(({ words }) => words.join(" ")));
    const inside = textsOf(page).filter(({ baselineMm }) => baselineMm > tape && baselineMm < fold);
    const printed = new Map<number, string[]>();
    for (const { text, baselineMm } of inside) {
      printed.set(baselineMm, [...(printed.get(baselineMm) ?? []), text]);
    }
    const found = [...printed.values()].map((texts) => texts.slice(1, -1).join(" "));
    expect(found.filter((row) => rows.has(row))).toHaveLength(sheet.rows.length);
  });

  test("gives the code its quiet zone and modules of 0.9 mm or more", async () => {
    const page = await layout(sheet, paper);
    const code = boxesOf(page.elements).find((box) => box.kind === "code");
    if (code === undefined) throw new Error("no code");
    const moduleMm = code.sizeMm / code.modules.size;
    expect(moduleMm).toBeGreaterThanOrEqual(0.9);
    const quietMm = 4 * moduleMm;
    for (const box of boxesOf(page.elements).filter((other) => other !== code)) {
      const { left, right, top, bottom } = boundsOf(box);
      const isClear =
        right <= code.leftMm - quietMm ||
        left >= code.leftMm + code.sizeMm + quietMm ||
        bottom <= code.topMm - quietMm ||
        top >= code.topMm + code.sizeMm + quietMm;
      expect(isClear, box.kind === "text" ? box.text : box.kind).toBe(true);
    }
    expect(code.leftMm).toBeGreaterThanOrEqual(quietMm);
  });

  test("says all that a reader in ten years needs, with this sheet's own numbers", async () => {
    const said = textsOf(await layout(sheet, paper))
      .map(({ text }) => text)
      .join(" ")
      .replaceAll("\u00a0", " ");
    const { unreadable, rows, wrong, words } = promiseOf(sheet);
    for (const text of [
      sheet.label ?? sheet.provider,
      sheet.provider,
      sheet.mark ?? "no mark",
      sheet.day,
      "keysheet restore photo.jpg",
      `Any ${String(unreadable)} words unreadable, or any ${String(rows)} rows gone, or any ${String(wrong)} words wrong: the exact key comes back, or a plain no.`,
      `there are ${String(words)} words: ${String(unreadable)} of them are spare`,
      "Not a wallet seed: never type these words into a wallet or a website.",
      "One key for one device or program.",
      "Delete the key at the exchange, make a new key and a new sheet.",
      "Test this sheet today",
      "FORMAT.md",
      "What the key may do (its rights)",
      "From which addresses (IP)",
      "Expires on",
      "Test again by",
      "Where the one-time password (OTP) is kept",
      "this sheet does not hold it",
      "keysheet 1",
      ...(sheet.copy.count > 1 ? ["2 of 3"] : []),
    ]) {
      expect(said).toContain(text);
    }
  });

  test("numbers the rows only, and sets each word by itself", async () => {
    const texts = textsOf(await layout(sheet, paper)).map(({ text }) => text);
    for (const row of sheet.rows) {
      const start = texts.findIndex(
        (text, index) => text === String(row.number) && texts[index + 1] === row.words[0],
      );
      expect(texts.slice(start + 1, start + 8)).toEqual([...row.words, row.letters]);
    }
  });
});

describe("a label", () => {
  test("with its accents apart is set with them together", async () => {
    const texts = textsOf(await layout(sampleSheet({ label: "Zoe\u0308" }), "a4"));
    expect(texts.map(({ text }) => text)).toContain("Zo\u00eb");
  });

  test.each([
    ["with backticks, braces and two  spaces", "`a` {day}  $& `"],
    ["short", "Bot"],
    ["accented", "Zoë’s bot – Größe ½"],
    ["one long word", "W".repeat(28)],
    ["two lines", LONG_LABEL],
  ])("that is %s is shown whole", async (_, label) => {
    const texts = textsOf(await layout(sampleSheet({ label }), "a4")).map(({ text }) => text);
    expect(texts.join(" ")).toContain(label);
  });

  test("that no two lines hold is refused with how much it is too long", async () => {
    for (const label of ["W".repeat(60), "word ".repeat(80).trim()]) {
      await expect(layout(sampleSheet({ label }), "a4")).rejects.toMatchObject({
        problems: [{ code: "label-too-long", overflowMm: expect.any(Number) as number }],
      });
    }
  });

  test.each([
    ["a Cyrillic letter", "Бот", ["Б (U+0411)", "о (U+043E)", "т (U+0442)"]],
    ["an emoji", "bot 🤖", ["🤖 (U+1F916)"]],
    ["a line break", "a\nb", ["U+000A"]],
    ["an escape", "a\u001b[31m", ["U+001B"]],
    ["a mark that turns the direction", "a\u202eb", ["U+202E (right-to-left override)"]],
    ["a lone surrogate", "a\ud800", ["U+D800"]],
  ])("with %s is refused by its name", async (_, label, characters) => {
    await expect(layout(sampleSheet({ label }), "a4")).rejects.toMatchObject({
      problems: [{ code: "label-character", characters }],
    });
  });
});

/** The sample sheet with so many rows, all with the words of its first. */
function sheetOfRows(count: number, options: SampleOptions = {}): Sheet {
  const sheet = sampleSheet(options);
  const [row] = sheet.rows;
  if (row === undefined) throw new Error("no row");
  return {
    ...sheet,
    rows: Array.from({ length: count }, (_, index) => ({ ...row, number: index + 1 })),
  };
}

function baselinesOfRows(page: Page, { rows: [row] }: Sheet): readonly number[] {
  return textsOf(page)
    .filter(({ text }) => text === row?.letters)
    .map(({ baselineMm }) => baselineMm);
}

describe("rows that one page cannot hold", () => {
  const cases = (["standard", "large"] as const).flatMap((name) =>
    PAPERS.flatMap((paper) => [21, 24, 60, 341].map((count) => [name, paper, count] as const)),
  );

  test.each(cases)(
    "%s on %s: %i rows stand once each, on pages that say which",
    async (...given) => {
      const [name, paper, count] = given;
      const sheet = sheetOfRows(count, { label: "Bot", copy: { number: 2, count: 3 } });
      const { template, press } = await pressOf(name, sheet);
      const pages = layoutSheet(sheet, template, paper, press.metrics);
      const numbers: number[] = [];
      pages.forEach((page, index) => {
        const texts = textsOf(page).map(({ text }) => text);
        const baselines = baselinesOfRows(page, sheet);
        const first = numbers.length + 1;
        numbers.push(...baselines.map((_, row) => first + row));
        const last = numbers.length;
        const said = texts.join(" ");
        expect(texts).toContain("Bot");
        expect(texts).toContain("2 of 3");
        expect(texts).toContain(sheet.mark);
        if (pages.length > 1)
          expect(texts).toContain(`${String(index + 1)} of ${String(pages.length)}`);
        if (pages.length > 1 && baselines.length > 0) {
          expect(said).toMatch(new RegExp(`${String(first)} to ${String(last)}\\b`));
          for (const number of [first, last]) expect(texts).toContain(String(number));
        }
        const pitches = baselines.slice(1).map((mm, row) => mm - (baselines[row] ?? 0));
        for (const pitch of pitches) expect(pitch).toBeGreaterThan(name === "large" ? 6.99 : 4.59);
        expect(boxesOf(page.elements).filter(({ kind }) => kind === "code")).toHaveLength(
          index === pages.length - 1 ? 1 : 0,
        );
      });
      expect(numbers).toEqual(sheet.rows.map(({ number }) => number));
    },
  );

  test("go on to a second page just where the folded page has no more place", async () => {
    for (const [paper, most] of [
      ["a4", 22],
      ["letter", 20],
    ] as const) {
      for (const [count, pageCount] of [
        [most, 1],
        [most + 1, 2],
      ] as const) {
        const sheet = sheetOfRows(count);
        const { template, press } = await standardPress(sheet);
        expect(layoutSheet(sheet, template, paper, press.metrics)).toHaveLength(pageCount);
      }
    }
  });

  test("are refused on a card, with what there is place for", async () => {
    const sheet = sheetOfRows(20, { correction: "M" });
    const { template, press } = await pressOf("card", sheet);
    expect(() => layoutSheet(sheet, template, "a4", press.metrics)).toThrow("layout-limit");
  });

  test("are refused where no row has place, instead of pages without end", async () => {
    const sheet = sheetOfRows(300);
    const { template, press } = await standardPress(sheet);
    const flat = { ...template.papers.a4, heightMm: 70 };
    const papers = { ...template.papers, a4: flat };
    expect(() => layoutSheet(sheet, { ...template, papers }, "a4", press.metrics)).toThrow(
      "layout-",
    );
  });
});

const OTHER_SHEETS = (["card", "large"] as const).flatMap((name) =>
  PAPERS.flatMap((paper) =>
    (["standard", "long"] as const).map((level) => [name, paper, level] as const),
  ),
);

describe.each(OTHER_SHEETS)("the %s sheet on %s, %s", (name, paper, level) => {
  async function pagesOf(): Promise<readonly Page[]> {
    const correction = name === "card" ? "M" : "Q";
    const sheet = sampleSheet({ level, correction, label: "Trading bot (main), Frankfurt" });
    const { template, press } = await pressOf(name, sheet);
    return layoutSheet(sheet, template, paper, press.metrics);
  }

  test("keeps ink inside the margins, and the code's quiet zone free of all other ink", async () => {
    for (const page of await pagesOf()) {
      const boxes = boxesOf(page.elements);
      for (const box of boxes) {
        const { left, right, top, bottom } = boundsOf(box);
        expect(Math.min(left, page.widthMm - right)).toBeGreaterThanOrEqual(11.9);
        expect(Math.min(top, page.heightMm - bottom)).toBeGreaterThanOrEqual(12);
      }
      const code = boxes.find((box) => box.kind === "code");
      if (code === undefined) continue;
      const moduleMm = code.sizeMm / code.modules.size;
      expect(moduleMm).toBeGreaterThanOrEqual(0.9);
      for (const box of boxes.filter((other) => other !== code)) {
        const { left, right, top, bottom } = boundsOf(box);
        const apartMm = Math.max(
          code.leftMm - right,
          left - code.leftMm - code.sizeMm,
          code.topMm - bottom,
          top - code.topMm - code.sizeMm,
        );
        expect(apartMm, JSON.stringify(box)).toBeGreaterThanOrEqual(4 * moduleMm);
      }
    }
  });

  test("sets its words and texts as large as it promises", async () => {
    const pages = await pagesOf();
    const words = pages.flatMap(({ elements }) => wordBoxes(elements));
    expect(words.length).toBe(level === "long" ? 114 : 102);
    for (const { text, sizePt } of words) {
      expect(sizePt).toBeGreaterThanOrEqual(name === "card" ? 7.5 : 18);
      expect(text.length).toBeLessThanOrEqual(name === "card" ? 4 : 8);
    }
    if (name === "large") {
      for (const { sizePt } of pages.flatMap(textsOf)) expect(sizePt).toBeGreaterThanOrEqual(12);
    }
  });
});

/** The cells of words: all of a row but its number and its letters. */
function wordBoxes(elements: readonly Element[]): readonly TextBox[] {
  return elements.flatMap(({ tag, children }) =>
    tag === "TR"
      ? boxesOf(children.slice(1, -1)).filter((box) => box.kind === "text")
      : wordBoxes(children),
  );
}

describe("a card", () => {
  test.each(PAPERS)(
    "is 86 x 54 mm when it is folded, on %s, with two marks at each corner",
    async (paper) => {
      const sheet = sampleSheet({ correction: "M" });
      const { template, press } = await pressOf("card", sheet);
      const [page] = layoutSheet(sheet, template, paper, press.metrics);
      const lines = boxesOf(page?.elements ?? []).filter((box) => box.kind === "line");
      const fold = lines.find(({ isDashed }) => isDashed);
      const [left = 0, foldMm = 0] = fold?.fromMm ?? [];
      const right = fold?.toMm[0] ?? 0;
      expect(right - left).toBeCloseTo(86, 6);
      const isEdge = (mm: number) =>
        lines.some(
          ({ fromMm, toMm }) =>
            fromMm[0] === left && toMm[0] === right && Math.abs(fromMm[1] - mm) < 1e-6,
        );
      expect([foldMm - 54, foldMm + 54].every(isEdge)).toBe(true);
      const marks = lines.filter(
        ({ fromMm, toMm }) =>
          [fromMm, toMm].every(
            ([x, y]) => x < left || x > right || y < foldMm - 54 || y > foldMm + 54,
          ) && Math.hypot(fromMm[0] - toMm[0], fromMm[1] - toMm[1]) < 10,
      );
      expect(marks).toHaveLength(8);
    },
  );
});

/** The standard template with some of its JSON replaced, laid out. */
async function layoutWith(
  sheet: Sheet,
  paper: Paper,
  change: (json: string) => string,
): Promise<Page> {
  const { press } = await standardPress(sheet);
  const template = parseTemplate(
    JSON.parse(change(readFileSync("templates/standard.json", "utf8"))),
    "changed",
  );
  // On a folded page only: another arrangement may have the place that this one lacks.
  const arrangements = template.arrangements.slice(0, 1);
  return layoutSheet(sheet, { ...template, arrangements }, paper, press.metrics)[0] as Page;
}

describe("a template that has no place for something", () => {
  const sheet = sampleSheet({ label: "Bot" });

  test.each([
    ["a code in a column that is too narrow", '"widthMm": 72', '"widthMm": 40', "code"],
    ["a quiet zone with text in it", '"quietModules": 4', '"quietModules": 8', "words"],
    [
      "facts that are wider than the page",
      "keysheet {format}",
      `keysheet ${"1".repeat(99)}`,
      "public",
    ],
    ["a text over the next column", "Expires on", "Expires on ".repeat(9).trim(), "code"],
    ["one word that no line holds", "Compare", "Compare".repeat(20), "public"],
    ["words that run into one another", '"lettersMm": 9', '"lettersMm": 70', "words"],
  ])("is refused with its panel: %s", async (_, from, to, panel) => {
    await expect(
      layoutWith(sheet, "a4", (json) => json.replaceAll(from, to)),
    ).rejects.toMatchObject({
      problems: [{ code: "layout-overflow", panel }],
    });
  });

  test("or a font without its characters is refused: missing glyphs vanish", async () => {
    const change = (json: string) => json.replace("Not a wallet seed", "не wallet seed");
    await expect(layoutWith(sheet, "a4", change)).rejects.toMatchObject({
      problems: [{ code: "template-malformed", place: "fonts.bold" }],
    });
  });

  test("refuses words of a list whose letters its font lacks", async () => {
    const rows = sheet.rows.map((row) => ({ ...row, words: row.words.map(() => "あいこくしん") }));
    await expect(layout({ ...sheet, rows }, "a4")).rejects.toMatchObject({
      problems: [{ code: "template-malformed", place: "fonts.mono" }],
    });
  });
});

describe("what a sheet does not have", () => {
  test("is not spoken of: a mark", async () => {
    const sheet = { ...sampleSheet(), mark: null, provider: "API key" };
    const texts = textsOf(await layout(sheet, "letter")).map(({ text }) => text);
    expect(texts.filter((text) => /\bmark\b/i.test(text))).toEqual([]);
    expect(texts).toContain("Compare provider and day with this page.");
  });
});

describe("twenty rows, the most of one page", () => {
  test.each(PAPERS)("fit on %s, with a label of two lines", async (paper) => {
    const sheet = sampleSheet({ label: LONG_LABEL });
    const [row] = sheet.rows;
    if (row === undefined) throw new Error("no row");
    const rows = Array.from({ length: 20 }, (_, index) => ({ ...row, number: index + 1 }));
    const texts = textsOf(await layout({ ...sheet, rows }, paper)).map(({ text }) => text);
    expect(texts.filter((text) => text === row.letters)).toHaveLength(20);
    expect(texts.join(" ")).toContain(LONG_LABEL);
    expect(texts).toContain("keysheet 1");
  });
});
