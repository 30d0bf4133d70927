import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Press } from "../../../src/adapters/node/pdf.js";
import { backup, sheetOf } from "../../../src/core/backup.js";
import { Refusal } from "../../../src/core/problem.js";
import type { Box, Element } from "../../../src/core/sheet/boxes.js";
import { layoutSheet } from "../../../src/core/sheet/layout.js";
import { parseTemplate } from "../../../src/core/sheet/parse-template.js";
import { PAPERS, type Template } from "../../../src/core/sheet/template.js";
import { ENGLISH } from "../../../src/core/words/word-lists.js";
import { levels, records, RUNS } from "../arbitraries.js";
import { pressOf, sampleSheet } from "./sample.js";

let template: Template;
let press: Press;

beforeAll(async () => {
  ({ template, press } = await pressOf("standard", sampleSheet()));
});

function boxesOf(elements: readonly Element[]): readonly Box[] {
  return elements.flatMap(({ boxes, children }) => [...boxes, ...boxesOf(children)]);
}

const labels = fc.oneof(
  fc.constant(null),
  fc.stringMatching(/^[A-Za-z0-9 .,'_/\\-]{1,60}$/),
  fc.constantFrom("__proto__", "../../etc/passwd", "Zoë's Konto", "取引ボット", "💥 boom"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
);

test("every key and label makes pages with each of its words and codes on them, or a typed refusal", () => {
  fc.assert(
    fc.property(
      records,
      labels,
      levels,
      fc.constantFrom(...PAPERS),
      (record, label, level, paper) => {
        const sheet = sheetOf(backup(record, level, ENGLISH), {
          label,
          copy: { number: 1, count: 1 },
        });
        let pages;
        try {
          pages = layoutSheet(sheet, template, paper, press.metrics);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return;
        }
        const boxes = pages.flatMap((page) => boxesOf(page.elements));
        expect(boxes.filter(({ kind }) => kind === "code")).toHaveLength(sheet.codes.length);
        const printed = boxes.flatMap((box) => (box.kind === "text" ? [box.text] : [])).join(" ");
        const words = sheet.rows.flatMap((row) => row.words);
        expect(words.filter((word) => !printed.includes(word))).toEqual([]);
      },
    ),
    RUNS,
  );
});

test("any JSON is a template, or refused by a typed problem", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("panels", "limits", "styles", "texts"),
      (json, key) => {
        expect(() => parseTemplate(json, "own.json")).toThrow(Refusal);
        expect(() => parseTemplate({ ...template, [key]: json }, "own.json")).toThrow(Refusal);
      },
    ),
    RUNS,
  );
});
