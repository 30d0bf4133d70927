import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPress } from "../../../src/adapters/node/pdf.js";
import { findTemplate, TEMPLATE_NAMES } from "../../../src/adapters/node/templates.js";
import { type Problem, Refusal } from "../../../src/core/problem.js";

const STANDARD = readFileSync("templates/standard.json", "utf8");
const MONO = "AtkinsonHyperlegibleMono-Regular.ttf";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-templates-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

async function problemsOf(nameOrFile: string): Promise<readonly Problem[]> {
  try {
    await findTemplate(nameOrFile);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.problems;
    throw error;
  }
}

describe("a template", () => {
  test.each(TEMPLATE_NAMES)("is found by its name: %s", async (name) => {
    const { template, fonts } = await findTemplate(name);
    expect(template.name).toBe(name);
    expect([...fonts.keys()]).toEqual(Object.keys(template.fonts));
  });

  test("is found as a file, with keysheet's fonts and those beside it", async () => {
    copyFileSync(`templates/fonts/${MONO}`, path.join(folder, "Own-Mono.ttf"));
    const own = file("own.json", `\ufeff${STANDARD.replace(MONO, "Own-Mono.ttf")}`);
    const { fonts } = await findTemplate(own);
    expect(fonts.get("mono")?.length).toBe(readFileSync(`templates/fonts/${MONO}`).length);
    expect(fonts.size).toBe(4);
  });

  test("of an unknown name is refused with the names that there are", async () => {
    expect(await problemsOf("fancy")).toEqual([
      { code: "template-unknown", names: TEMPLATE_NAMES },
    ]);
  });

  test("that is no JSON is refused with its line and column", async () => {
    const source = file(
      "comma.json",
      STANDARD.replace('"name": "standard",', '"name": "standard"'),
    );
    expect(await problemsOf(source)).toEqual([
      { code: "template-json", source, line: 4, column: 3 },
    ]);
  });

  test("that is no UTF-8, empty, too large or missing is refused as such", async () => {
    const latin = file("latin.json", Buffer.from("{\n\xe9}", "latin1"));
    expect(await problemsOf(latin)).toMatchObject([{ code: "file-not-utf8", line: 2 }]);
    expect(await problemsOf(file("empty.json", ""))).toMatchObject([{ code: "file-empty" }]);
    const large = file("large.json", " ".repeat(1024 * 1024 + 1));
    expect(await problemsOf(large)).toMatchObject([{ code: "file-too-large" }]);
    const missing = path.join(folder, "missing.json");
    expect(await problemsOf(missing)).toMatchObject([{ code: "file-missing" }]);
  });

  test("that is as deep as its size allows is refused at once", async () => {
    const deep = "[".repeat(500_000) + "]".repeat(500_000);
    const started = performance.now();
    const problems = await problemsOf(file("deep.json", deep));
    expect(problems).toMatchObject([{ code: "template-malformed", place: "the template" }]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("a font of a template", () => {
  test("that is missing is named, with every other one that is", async () => {
    const source = file(
      "fonts.json",
      STANDARD.replace(MONO, "None.ttf").replace("AtkinsonHyperlegibleNext-Bold.ttf", "Nor.ttf"),
    );
    expect(await problemsOf(source)).toEqual([
      { code: "font-missing", source, file: "Nor.ttf" },
      { code: "font-missing", source, file: "None.ttf" },
    ]);
  });

  test("that is no font is refused by its name", async () => {
    file("Text.ttf", "this is a text");
    const source = file("text.json", STANDARD.replace(MONO, "Text.ttf"));
    expect(await problemsOf(source)).toEqual([{ code: "font-malformed", fonts: ["Text.ttf"] }]);
  });

  test.each([8, 500, 5000, 20_000])("that is cut off after %i bytes is refused", async (length) => {
    const whole = readFileSync(`templates/fonts/${MONO}`);
    const facts = { title: "", language: "en", day: "2026-11-23", creator: "keysheet" };
    const use = async () => {
      const press = openPress(new Map([["mono", whole.subarray(0, length)]]), facts);
      const widthMm = press.metrics.widthMm("mono", 10, "avoid");
      const place = { leftMm: 10, baselineMm: 10, widthMm, sizePt: 10, colour: "#000000" };
      const box = { kind: "text", text: "avoid", font: "mono", ...place } as const;
      const element = { tag: "P", boxes: [box], children: [] } as const;
      await press.print([{ widthMm: 100, heightMm: 100, elements: [element] }]);
    };
    await expect(use()).rejects.toMatchObject({ problems: [{ code: "font-malformed" }] });
  });
});
