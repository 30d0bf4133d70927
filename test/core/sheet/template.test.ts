import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Refusal } from "../../../src/core/problem.js";
import { parseTemplate } from "../../../src/core/sheet/template.js";

type Json = Record<string, unknown>;

function standard(): Json {
  return JSON.parse(readFileSync("templates/standard.json", "utf8")) as Json;
}

function placesOf(json: unknown): readonly unknown[] {
  try {
    parseTemplate(json);
    return [];
  } catch (error) {
    return (error as Refusal).problems.map((problem) => ({ ...problem }));
  }
}

function place(name: string) {
  return { code: "template-malformed", place: name };
}

describe("a template", () => {
  test("that comes with keysheet is well-formed", () => {
    expect(parseTemplate(standard()).name).toBe("standard");
  });

  test("is refused with every fault at once, each by its place", () => {
    const json = standard();
    json.template = 2;
    delete json.language;
    json.more = true;
    const panels = json.panels as { blocks: Json[]; edge: string }[];
    const [panel] = panels;
    if (panel === undefined) throw new Error("no panel");
    panel.edge = "torn";
    const [columns, title] = panel.blocks as [Json, Json];
    title.text = "{title} {secret}";
    title.style = "huge";
    columns.kind = "row";
    const styles = json.styles as Record<string, Json>;
    (styles.body as Json).colour = "black";
    expect(placesOf(json)).toEqual([
      place("more"),
      place("template"),
      place("language"),
      place("styles.body.colour"),
      place("panels[0].edge"),
      place("panels[0].blocks[0].kind"),
      place("panels[0].blocks[1].style"),
      place("panels[0].blocks[1].text"),
    ]);
  });

  test.each([[null], [[]], ["text"], [7], [{}]])("that is %j is refused", (json) => {
    expect(placesOf(json).length).toBeGreaterThan(0);
  });

  test("names fonts by plain file names only", () => {
    const json = standard();
    (json.fonts as Json).text = "../../etc/passwd.ttf";
    expect(placesOf(json)).toEqual([place("fonts.text")]);
  });
});
