import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonFault } from "../../src/core/json-fault.js";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("a fault in a JSON text", () => {
  test.each([
    ["", 1, 1],
    ["{", 1, 2],
    ['{"a": 1,}', 1, 9],
    ['{"a": 1\n "b": 2}', 2, 2],
    ["{a: 1}", 1, 2],
    ["{'a': 1}", 1, 2],
    ['{\n  "a": [1, 2,\n  ]\n}', 3, 3],
    ['{"a": .5}', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{"a": nul}', 1, 7],
    ['{"a": "b\nc"}', 1, 7],
    ['{"a": "b', 1, 7],
    ['{"a": "\\x"}', 1, 7],
    ['{"a": 1} // why', 1, 10],
    ["[1]]", 1, 4],
    ["[}", 1, 2],
  ])("%j is told at line %i, column %i", (text, line, column) => {
    expect(jsonFault(text)).toEqual({ line, column });
  });

  test("is told for just the texts that are none", () => {
    const signs = fc.constantFrom(
      ...Array.from("{}[]:,\"'-+.eE019tfn\\u \n"),
      '"a"',
      "true",
      "null",
      "1.5e3",
    );
    const texts = fc.array(signs, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonFault(text)).toBeNull();
      }),
    );
  });

  test("is found at once in a text of a million signs, however deep", () => {
    const started = performance.now();
    expect(jsonFault("[".repeat(1_000_000))).toEqual({ line: 1, column: 1_000_001 });
    expect(jsonFault(`"${"a".repeat(1_000_000)}`)).toEqual({ line: 1, column: 1 });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
