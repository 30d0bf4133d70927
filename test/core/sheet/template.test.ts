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

interface LooseBlock extends Json {
  readonly kind: string;
  readonly columns?: readonly { readonly blocks: readonly LooseBlock[] }[];
}

interface Loose extends Json {
  readonly panels: { blocks: LooseBlock[] }[];
}

function standardBlocks(): { readonly json: Loose; readonly blocks: readonly LooseBlock[] } {
  const json = standard() as Loose;
  const withInner = (block: LooseBlock): LooseBlock[] => [
    block,
    ...(block.columns ?? []).flatMap(({ blocks }) => blocks.flatMap(withInner)),
  ];
  return { json, blocks: json.panels.flatMap(({ blocks }) => blocks.flatMap(withInner)) };
}

function blockOf(blocks: readonly LooseBlock[], kind: string): Json {
  const block = blocks.find((candidate) => candidate.kind === kind);
  if (block === undefined) throw new Error(`no ${kind}`);
  return block;
}

describe("a template that would lose a part of the sheet is refused", () => {
  test.each(["words", "code"])("without its %s, or with them twice", (kind) => {
    const without = standardBlocks();
    Object.assign(blockOf(without.blocks, kind), { kind: "stretch" });
    expect(placesOf(without.json).length).toBeGreaterThan(0);

    const twice = standardBlocks();
    twice.json.panels[0]?.blocks.push(blockOf(twice.blocks, kind) as LooseBlock);
    expect(placesOf(twice.json)).toEqual([place(`panels: ${kind}`)]);
  });

  test.each(["words", "code"])("when its %s are conditional", (kind) => {
    for (const condition of [{ when: "mark" }, { ifRoom: 1 }]) {
      const { json, blocks } = standardBlocks();
      Object.assign(blockOf(blocks, kind), condition);
      const [name] = Object.keys(condition);
      expect(placesOf(json)).toMatchObject([
        { place: expect.stringMatching(`\\.${name ?? ""}$`) as string },
      ]);
    }
  });

  test.each(["mark", "day"])("when it does not say the %s", (name) => {
    const text = JSON.stringify(standard()).replaceAll(`"{${name}}"`, `"x"`);
    expect(placesOf(JSON.parse(text))).toEqual([place(`panels: {${name}}`)]);
  });

  test("when it does not say the label", () => {
    const text = JSON.stringify(standard()).replaceAll("{title}", "{provider}");
    expect(placesOf(JSON.parse(text))).toEqual([place("panels: {label}")]);
  });
});

describe("a template's texts", () => {
  test.each([["{ day }"], ["{day"], ["day}"], ["{}"], ["{{day}}"], ["`day"], [7]])(
    "may not be %j",
    (text) => {
      const json = standard() as Loose;
      Object.assign(json.panels[0]?.blocks[1] as Json, { text, accentStyle: "code" });
      expect(placesOf(json)).toContainEqual(place("panels[0].blocks[1].text"));
    },
  );

  test("with backticks need a style for what is between them", () => {
    const { json, blocks } = standardBlocks();
    delete blockOf(blocks, "steps").accentStyle;
    expect(placesOf(json)).toEqual([place("panels[0].blocks[6].columns[0].blocks[1].accentStyle")]);
  });

  test("leave the label out of the document's title, which is metadata", () => {
    expect(placesOf({ ...standard(), title: "{label} {mark}" })).toEqual([place("title")]);
  });
});

describe("a block", () => {
  test.each(["constructor", "__proto__", "toString", ""])("of the kind %j is unknown", (kind) => {
    const json = standard() as Loose;
    json.panels[0]?.blocks.splice(2, 1, { kind });
    expect(placesOf(json)).toEqual([place("panels[0].blocks[2].kind")]);
  });

  test("inside a column is never only for room, since its panel decides that", () => {
    const { json, blocks } = standardBlocks();
    blockOf(blocks, "steps").ifRoom = 1;
    expect(placesOf(json)).toEqual([place("panels[0].blocks[6].columns[0].blocks[1].ifRoom")]);
  });
});
