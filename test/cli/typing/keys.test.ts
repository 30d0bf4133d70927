import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Key, KeyReader } from "../../../src/cli/typing/keys.js";

function keysOf(...pieces: readonly string[]): readonly Key[] {
  const reader = new KeyReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

const letters = (text: string) => Array.from(text, (letter) => ({ kind: "letter", letter }));

describe("keys", () => {
  test.each<[string, readonly string[], readonly unknown[]]>([
    ["letters one by one", ["a", "b?"], letters("ab?")],
    ["letters with accents", ["é", "e\u0301"], letters("ée\u0301")],
    [
      "Space, Tab and Enter",
      [" \t\r"],
      [
        { kind: "next", by: "space" },
        { kind: "next", by: "tab" },
        { kind: "next", by: "enter" },
      ],
    ],
    [
      "arrows of both kinds",
      ["\x1b[A\x1bOB\x1b[C\x1bOD"],
      [{ kind: "up" }, { kind: "down" }, { kind: "right" }, { kind: "left" }],
    ],
    ["a sequence in pieces", ["\x1b[", "3~", "x"], [{ kind: "delete" }, ...letters("x")]],
    ["Escape alone", ["\x1b"], [{ kind: "escape" }]],
    ["what it does not know", ["\x1b[15~\x1b[1;5Cz\x00"], letters("z")],
    [
      "controls",
      ["\x03\x04\x0e\x0f\x18\x1a\x7f"],
      [
        { kind: "interrupt" },
        { kind: "done" },
        { kind: "insert-row" },
        { kind: "add-file" },
        { kind: "remove-row" },
        { kind: "undo" },
        { kind: "backspace" },
      ],
    ],
    [
      "a paste",
      ["\x1b[200~a b\r\x03c\x1b[201~d"],
      [{ kind: "paste", text: "a b\r\x03c" }, ...letters("d")],
    ],
    [
      "a paste in pieces",
      ["\x1b[200~one ", "two\x1b[2", "01~"],
      [{ kind: "paste", text: "one two" }],
    ],
    [
      "a burst of fast typing that ends in a word",
      ["avoid analyst in", "tact "],
      [
        ...letters("avoid"),
        { kind: "next", by: "space" },
        ...letters("analyst"),
        { kind: "next", by: "space" },
        ...letters("intact"),
        { kind: "next", by: "space" },
      ],
    ],
  ])("%s", (_, pieces, keys) => {
    expect(keysOf(...pieces)).toEqual(keys);
  });

  test("are the same however a paste is cut into pieces", () => {
    const text = "\x1b[200~avoid analyst\r\n2 copper\x1b[201~";
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
        // A lone Escape at a piece's end is the key of that name: terminals send a sequence at once.
        if (pieces.some((piece) => piece === "\x1b")) return;
        const pastes = keysOf(...pieces).filter(({ kind }) => kind === "paste");
        expect(pastes).toEqual([{ kind: "paste", text: "avoid analyst\r\n2 copper" }]);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
