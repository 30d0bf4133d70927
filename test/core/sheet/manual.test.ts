/** The manual has the words of the sheet behind it, in every list that a sheet is printed in. */
import { beforeAll, describe, expect, test } from "vitest";
import { labelFonts } from "../../../src/adapters/node/label-fonts.js";
import { type LoadedManual, loadManual } from "../../../src/adapters/node/manual.js";
import { openPress } from "../../../src/adapters/node/pdf.js";
import { loadTemplate } from "../../../src/adapters/node/templates.js";
import { UNPLACED_ORIGIN } from "../../../src/core/origin.js";
import type { Page } from "../../../src/core/sheet/boxes.js";
import { layoutManual } from "../../../src/core/sheet/manual/manual.js";
import { ENGLISH, listWords, PRINTED_LISTS } from "../../../src/core/words/word-lists.js";

const FACTS = { title: "", language: "en", day: "2026-11-23", creator: "keysheet" };

let manual: LoadedManual;

beforeAll(async () => {
  manual = await loadManual();
});

interface Printed {
  readonly font: string;
  readonly text: string;
}

function textsOf({ elements }: Page): readonly Printed[] {
  return elements.flatMap(({ boxes }) =>
    boxes.flatMap((box) => (box.kind === "text" ? [{ font: box.font, text: box.text }] : [])),
  );
}

describe("the manual behind a sheet", () => {
  test.each([...PRINTED_LISTS.values()].map((list) => [list.name, list] as const))(
    "in %s has all words of that list, in order, and no letter that the fonts lack",
    async (_, list) => {
      const { template } = await loadTemplate("standard");
      const fallbacks = await labelFonts(manual.texts.format);
      const { metrics } = openPress(manual.fonts, FACTS, fallbacks);
      const texts = { ...manual.texts, origin: UNPLACED_ORIGIN };
      const pages = layoutManual(texts, list, template.papers.a4, metrics).map(textsOf);
      const part = list.number === ENGLISH.number ? "FORMAT.md" : `the words of the ${list.title}`;
      const ofList = pages.filter(([head]) => head?.text.includes(`: ${part}`));
      const words = ofList
        .flatMap(([, ...rest]) => rest)
        .flatMap(({ text }) => text.split(/\s+/))
        .filter((word) => word !== "" && !/^\d+$/.test(word))
        .slice(-2048);
      expect(words).toEqual(listWords(list).map((word) => word.normalize("NFC")));
      const missing = ofList.flat().flatMap(({ font, text }) => metrics.missing(font, text));
      expect(missing).toEqual([]);
    },
  );
});
