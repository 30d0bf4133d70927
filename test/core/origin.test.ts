/** Where the program comes from: in one place of the package, and the same wherever it is said. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadManual } from "../../src/adapters/node/manual.js";
import { openPress } from "../../src/adapters/node/pdf.js";
import { packageOrigin } from "../../src/adapters/node/package-facts.js";
import { loadTemplate, TEMPLATE_NAMES } from "../../src/adapters/node/templates.js";
import { helpText } from "../../src/cli/help.js";
import { sheetOf } from "../../src/core/backup.js";
import { originOf, UNPLACED_ORIGIN } from "../../src/core/origin.js";
import { layoutSheet } from "../../src/core/sheet/layout.js";
import type { Page } from "../../src/core/sheet/boxes.js";
import { layoutManual } from "../../src/core/sheet/manual/manual.js";
import { sampleBackup } from "./sheet/sample.js";

const HOMEPAGE = "https://keysheet.example";
const FACTS = { title: "", language: "en", day: "2026-11-23", creator: "keysheet" };

/** All that is printed, without the spaces at which lines may break. */
function printed(pages: readonly Page[]): string {
  return JSON.stringify(pages).replace(/\s/g, "");
}

async function sheetText(
  name: (typeof TEMPLATE_NAMES)[number],
  origin: string,
  isDiscreet = false,
): Promise<string> {
  const { template, fonts } = await loadTemplate(name);
  const { metrics } = openPress(fonts, FACTS);
  const look = { label: null, isDiscreet, correction: template.correction, origin };
  const sheet = sheetOf(sampleBackup({}), { ...look, copy: { number: 1, count: 1 } });
  const texts = layoutSheet(sheet, template, "a4", metrics).flatMap(({ elements }) =>
    elements.flatMap(({ boxes }) => boxes.map((box) => (box.kind === "text" ? box.text : ""))),
  );
  return texts.join("").replace(/\s/g, "");
}

describe("where the program comes from", () => {
  test.each([
    [{}, UNPLACED_ORIGIN],
    [{ homepage: "", repository: "" }, UNPLACED_ORIGIN],
    [{ homepage: HOMEPAGE, repository: "x" }, HOMEPAGE],
    [{ repository: { url: "git+https://keysheet.example/it.git" } }, "https://keysheet.example/it"],
    [{ homepage: "", repository: "https://keysheet.example/it" }, "https://keysheet.example/it"],
  ])("of %j", (facts, origin) => {
    expect(originOf(facts)).toBe(origin);
  });

  test("is said by the help", () => {
    expect(helpText(null, HOMEPAGE)).toContain(`Where keysheet comes from: ${HOMEPAGE}\n`);
  });

  test.each(TEMPLATE_NAMES)("is said by the sheet %s, and not by a discreet one", async (name) => {
    expect(await sheetText(name, HOMEPAGE)).toContain(`Paperformat1(${HOMEPAGE})`);
    expect(await sheetText(name, UNPLACED_ORIGIN)).toContain("Paperformat1(npm:keysheet)");
    const discreet = await sheetText(name, HOMEPAGE, true);
    expect(discreet).not.toContain("keysheet");
  });

  test.each(TEMPLATE_NAMES)("is said by the sheet %s, however long it is", async (name) => {
    const long = "https://repository.example/some-organisation/keysheet-paper-backup/releases";
    expect(await sheetText(name, long)).toContain(`Paperformat1(${long})`);
  });

  test("is said by the manual", async () => {
    const { texts, fonts } = await loadManual();
    const { template } = await loadTemplate("standard");
    const { metrics } = openPress(fonts, FACTS);
    const { list } = sampleBackup({});
    const pages = layoutManual({ ...texts, origin: HOMEPAGE }, list, template.papers.a4, metrics);
    expect(printed(pages.slice(0, 1))).toContain(HOMEPAGE);
  });

  test("is said by the README as the package has it", () => {
    expect(readFileSync("README.md", "utf8")).toContain(packageOrigin());
  });
});
