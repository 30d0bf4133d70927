/** Thousands of codes, and codes of absurd length: in bounded time, and told in few lines. */
import { describe, expect, test } from "vitest";
import { formatProblems } from "../../../src/wording/messages.js";
import { describedProblems } from "../../../src/wording/described-problems.js";
import { boundedJson } from "../../../src/wording/summary.js";
import { type Carrier, encodeQrText, type Problem, restore } from "../../../src/index.js";

const COUNT = 17_289;

function textOf(payload: Uint8Array, pieces = 1): string {
  const [code] = encodeQrText(payload, pieces);
  return `${code?.head ?? ""}${code?.digits ?? ""}`;
}

/** A payload of one field of one character, another for each number. */
function tiny(number: number, first = 0x10): Uint8Array {
  return Uint8Array.of(first, 0x80, number >>> 8, number & 0xff, 1, 1, 97, 0x80, 1, 98);
}

function tinyShare(set: number, number: number, byte: number): Uint8Array {
  const head = [0x12, 0, 0, set >>> 8, set & 0xff, 0x1f, number];
  return Uint8Array.of(...head, byte >>> 8, byte & 0xff, ...new Uint8Array(17));
}

function lines(textFor: (index: number) => string): Carrier {
  const text = Array.from({ length: COUNT }, (_, index) => textFor(index)).join("\n");
  return { kind: "code", source: "codes.txt", text };
}

const KINDS: Readonly<Record<string, readonly [Problem["code"], () => readonly Carrier[]]>> = {
  "valid sheets": ["sheets-differ", () => [lines((index) => textOf(tiny(index)))]],
  "valid sheets, each in a file of its own": [
    "sheets-differ",
    () =>
      Array.from({ length: COUNT }, (_, index) => {
        return { kind: "code", source: `${String(index)}.txt`, text: textOf(tiny(index)) };
      }),
  ],
  "one sheet again and again": ["carriers-missing", () => [lines(() => textOf(tiny(1)))]],
  "shares of as many sets": [
    "shares-of-several-sets",
    () => [lines((index) => textOf(tinyShare(index, 1, 1)))],
  ],
  "shares of one set": [
    "shares-disagree",
    () => [lines((index) => textOf(tinyShare(1, 1 + (index % 16), index)))],
  ],
  "sheets of which codes are missing": [
    "code-pieces-missing",
    () => [lines((index) => textOf(tiny(index), 3))],
  ],
  "sheets of which codes are missing, beside a good one": [
    "sheets-differ",
    () => [
      { kind: "code", source: "good.txt", text: textOf(tiny(1)) },
      lines((index) => textOf(tiny(index + 2), 3)),
    ],
  ],
  "malformed codes": ["code-malformed", () => [lines((index) => `${textOf(tiny(index))}9`)]],
  "malformed codes, each in a file of its own": [
    "code-malformed",
    () =>
      Array.from({ length: COUNT }, (_, index) => {
        return { kind: "code", source: `${String(index)}.txt`, text: `${textOf(tiny(index))}9` };
      }),
  ],
  "malformed payloads": [
    "payload-malformed",
    () => [lines((index) => textOf(tiny(index).subarray(0, 9)))],
  ],
  "payloads of newer versions": [
    "version-newer",
    () => [lines((index) => textOf(tiny(index, 0x20)))],
  ],
  "codes of somebody else": [
    "code-foreign",
    () =>
      Array.from({ length: COUNT }, (_, index) => {
        return { kind: "code", source: `${String(index)}.jpg`, text: "https://example.org" };
      }),
  ],
};

describe("17,289 codes", () => {
  test.each(Object.entries(KINDS))("are read and told in bounds: %s", (_, [code, carriers]) => {
    const given = carriers();
    const started = process.cpuUsage().user;
    const restored = restore(given);
    const problems = restored.status === "refused" ? restored.problems : restored.remarks;
    const told = formatProblems(problems);
    const json = JSON.stringify(boundedJson({ problems: describedProblems(problems) }));
    // Two seconds where nothing else is at work.
    expect(process.cpuUsage().user - started).toBeLessThan(10e6);
    expect(told.length).toBeLessThan(20_000);
    expect(json.length).toBeLessThan(30_000);
    if (code === "carriers-missing") expect(restored.status).toBe("confirmed");
    else expect(problems[0]?.code).toBe(code);
  });

  test("of different sheets are told by the first ten and how many more there are", () => {
    const restored = restore([lines((index) => textOf(tiny(index)))]);
    if (restored.status !== "refused") throw new Error(restored.status);
    const told = formatProblems(restored.problems).replace(/\s+/g, " ");
    expect(told).toContain("These are 17,289 different sheets: codes.txt (made 2020-01-01);");
    expect(told).toContain("and 17,279 more.");
    const [problem] = describedProblems(restored.problems);
    expect(problem).toMatchObject({ code: "sheets-differ", sheetsCount: COUNT });
    expect(problem).toHaveProperty("sheets.length", 10);
  });

  test("that are wrong are told fifty of a kind, and how many more there are", () => {
    const problems = Array.from({ length: 60 }, (_, index): readonly Problem[] => [
      { code: "code-malformed", source: "codes.txt", group: index },
      { code: "code-foreign", source: "one.jpg" },
    ]).flat();
    const told = describedProblems(problems).map((problem) => ("of" in problem ? problem : null));
    expect(told).toHaveLength(52);
    expect(told[51]).toMatchObject({ code: "problems-more", of: "code-malformed", count: 10 });
  });
});

describe("a code that is longer than any payload", () => {
  test.each([
    ["20,000 bytes, with a check that holds", textOf(new Uint8Array(20_000).fill(0x10))],
    ["20,000 bytes, in three codes", textOf(new Uint8Array(20_000).fill(0x10), 3)],
    ["ten million digits", `KEYSHEET1/1/1/${"1".repeat(10_000_000)}`],
    ["ten million digits, one of many", `KEYSHEET1/2/99/${"1".repeat(10_000_000)}`],
  ])("is refused at once: %s", (_, text) => {
    const started = process.cpuUsage().user;
    expect(restore([{ kind: "code", source: "long.txt", text }])).toEqual({
      status: "refused",
      problems: [{ code: "code-malformed", source: "long.txt", group: 0 }],
    });
    expect(process.cpuUsage().user - started).toBeLessThan(4e6);
  });

  test("by one byte is told by its payload", () => {
    const text = textOf(new Uint8Array(4097).fill(0x10));
    expect(restore([{ kind: "code", source: "long.txt", text }])).toMatchObject({
      problems: [{ code: "payload-malformed", fault: "too-long" }],
    });
  });
});
