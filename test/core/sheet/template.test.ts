import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { TEMPLATE_NAMES } from "../../../src/adapters/node/templates.js";
import type { Refusal } from "../../../src/core/problem.js";
import { parseTemplate } from "../../../src/core/sheet/parse-template.js";
import { CIRCUMSTANCES, PLACEHOLDERS } from "../../../src/core/sheet/template.js";

type Json = Record<string, unknown>;

function standard(): Json {
  return JSON.parse(readFileSync("templates/standard.json", "utf8")) as Json;
}

function placesOf(json: unknown): readonly unknown[] {
  try {
    parseTemplate(json, "own.json");
    return [];
  } catch (error) {
    return (error as Refusal).problems.map((problem) => ({ ...problem }));
  }
}

/** A fault at a place; `expected` is a part of what is said to belong there. */
function place(name: string, expected = ""): unknown {
  const facts = { code: "template-malformed", source: "own.json", place: name };
  return expect.objectContaining({
    ...facts,
    expected: expect.stringContaining(expected) as string,
  });
}

describe("a template", () => {
  test.each(TEMPLATE_NAMES)("that comes with keysheet is well-formed: %s", (name) => {
    const json: unknown = JSON.parse(readFileSync(`templates/${name}.json`, "utf8"));
    expect(parseTemplate(json, name).name).toBe(name);
  });

  test("is refused with every fault at once, each by its place", () => {
    const json = standard();
    json.template = 2;
    delete json.language;
    json.more = true;
    const panels = json.panels as { blocks: Json[] }[];
    const [panel] = panels;
    if (panel === undefined) throw new Error("no panel");
    const [arrangement] = json.arrangements as { pages: { panels: Json[] }[] }[];
    Object.assign(arrangement?.pages[0]?.panels[0] ?? {}, { edge: "torn", panel: "none" });
    const [columns, title] = panel.blocks as [Json, Json];
    title.text = "{title} {secret}";
    title.style = "huge";
    columns.kind = "row";
    const styles = json.styles as Record<string, Json>;
    (styles.body as Json).colour = "black";
    expect(placesOf(json)).toEqual([
      place("more", "left out"),
      place("template", "1"),
      place("language", "given"),
      place("styles.body.colour", "#1a2b3c"),
      place("panels[0].blocks[0].kind", '"columns"'),
      place("panels[0].blocks[1].style", '"title"'),
      place("panels[0].blocks[1].text", "{label}"),
      place("arrangements[0].pages[0].panels[0].panel", '"public"'),
      place("arrangements[0].pages[0].panels[0].edge", '"tape"'),
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
    for (const block of without.blocks.filter((block) => block.kind === kind)) {
      for (const key of Object.keys(block)) Reflect.deleteProperty(block, key);
      Object.assign(block, { kind: "stretch", mostMm: 1 });
    }
    const lacking =
      kind === "words" ? place("arrangements", "the words") : place("arrangements[0]", "its code");
    expect(placesOf(without.json)).toContainEqual(lacking);

    const twice = standardBlocks();
    twice.json.panels[0]?.blocks.push(blockOf(twice.blocks, kind) as LooseBlock);
    expect(placesOf(twice.json)).toContainEqual(place("arrangements[0]", `its ${kind}`));
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
    const text = JSON.stringify(standard()).replaceAll(
      new RegExp(`"(\\w+)":"[^"]*\\{${name}\\}[^"]*"`, "g"),
      '"$1":"x"',
    );
    expect(placesOf(JSON.parse(text))).toContainEqual(place("arrangements[0]", `say {${name}}`));
  });

  test("when it does not say the label", () => {
    const text = JSON.stringify(standard()).replaceAll(/\{(title|label)\}/g, "{provider}");
    expect(placesOf(JSON.parse(text))).toContainEqual(place("arrangements[0]", "say {label}"));
  });

  test.each(["page", "pages", "mark", "day", "firstRow", "lastRow"])(
    "when one of several pages does not say its {%s}",
    (name) => {
      const json = standard();
      const panels = json.panels as { name: string }[];
      const words = panels.findIndex((panel) => panel.name === "page head of words");
      const text = JSON.stringify(panels[words]).replaceAll(`{${name}}`, "x");
      panels[words] = JSON.parse(text.replaceAll("{title}", "x")) as { name: string };
      const page = panels.findIndex((panel) => panel.name === "words page");
      panels[page] = JSON.parse(JSON.stringify(panels[page]).replaceAll(`{${name}}`, "x")) as {
        name: string;
      };
      expect(placesOf(json)).toContainEqual(place("arrangements[1]", `{${name}}, on page 2 too`));
    },
  );

  test("when its code would be on a page that repeats, or two panels have one name", () => {
    const json = standard();
    const [, several] = json.arrangements as { pages: Json[] }[];
    Object.assign(several?.pages[2] ?? {}, { repeats: true });
    expect(placesOf(json)).toContainEqual(place("arrangements[1]", "repeats"));
    const twice = standard();
    (twice.panels as unknown[]).push((twice.panels as unknown[])[0]);
    expect(placesOf(twice)).toContainEqual(place("panels", "different names"));
  });
});

describe("a hostile template is refused at once", () => {
  const nested = (depth: number, inner: unknown): unknown =>
    depth === 0
      ? inner
      : {
          kind: "columns",
          gapMm: 1,
          columns: [{ widthMm: 0, blocks: [nested(depth - 1, inner)] }],
        };
  const rule = { kind: "rule", thicknessPt: 1, colour: "#000000" };
  const withBlocks = (blocks: unknown) => {
    const json = standard() as Loose;
    Object.assign(json.panels[0] as Json, { blocks });
    return json as Json;
  };

  test.each<[string, Json, string, string]>([
    [
      "columns in columns",
      withBlocks([nested(9, rule)]),
      "panels[0].blocks[0].columns[0].blocks[0].columns[0].blocks[0].columns[0].blocks[0].columns[0].blocks",
      "4 deep",
    ],
    [
      "a million blocks",
      withBlocks(new Array(1_000_000).fill(rule)),
      "panels[0].blocks",
      "1 to 100",
    ],
    [
      "many blocks in each of many columns",
      withBlocks(new Array(100).fill(nested(3, rule))),
      "panels",
      "400 blocks",
    ],
    [
      "a paper without width",
      { ...standard(), papers: { a4: {}, letter: {} } },
      "papers.a4.widthMm",
      "given",
    ],
    [
      "a name of a million letters",
      { ...standard(), name: "x".repeat(1_000_000) },
      "name",
      "a name",
    ],
    ["a measure that is no number", { ...standard(), rowMm: Infinity }, "rowMm", "0 to 1000"],
    [
      "a style that is called __proto__",
      { ...standard(), styles: JSON.parse('{"__proto__": {}}') as Json },
      "styles.__proto__",
      "letters",
    ],
    [
      "a font that is called constructor",
      { ...standard(), fonts: { constructor: 1 } },
      "fonts.constructor",
      ".ttf",
    ],
    [
      "a key that is called __proto__",
      JSON.parse(JSON.stringify(standard()).replace("{", '{"__proto__": {"a": 1},')) as Json,
      "__proto__",
      "left out",
    ],
  ])("%s", (_, json, where, expected) => {
    const started = performance.now();
    const places = placesOf(json);
    expect(places).toContainEqual(place(where, expected));
    expect(places.length).toBeLessThanOrEqual(100);
    expect(performance.now() - started).toBeLessThan(1000);
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
    expect(placesOf(json)).toEqual([
      place("panels[0].blocks[8].columns[0].blocks[2].accentStyle", "backticks"),
    ]);
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
    expect(placesOf(json)).toEqual([place("panels[0].blocks[8].columns[0].blocks[2].ifRoom")]);
  });
});

describe("what the README of templates says", () => {
  const section = readFileSync("templates/README.md", "utf8");

  test("names each key of a template, each kind of block, each condition and each name in braces", () => {
    const keys = Object.keys({ ...standard(), limits: {} });
    const known = ["template", "name", "language", "rowMm", "besideRowsMm"];
    const kinds = TEMPLATE_NAMES.flatMap((name) =>
      [...readFileSync(`templates/${name}.json`, "utf8").matchAll(/"kind": "(\w+)"/g)].map(
        ([, kind]) => kind ?? "",
      ),
    );
    for (const name of [
      ...keys.filter((key) => !known.includes(key)),
      ...kinds,
      ...CIRCUMSTANCES,
    ]) {
      expect(section).toContain(`\`${name}\``);
    }
    const [, placeholders = ""] = /in texts *\| `([^`]*)`/.exec(section) ?? [];
    expect(placeholders.split(" ").sort()).toEqual([...PLACEHOLDERS].sort());
  });
});
