import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { feedbackText, HiddenAnswer } from "../../../src/adapters/node/hidden-answer.js";

describe("what is shown of a hidden answer", () => {
  test("of a part of the key: that it arrived, and how long it is", () => {
    expect(feedbackText("x".repeat(56), "count", false)).toBe("....... 56");
    expect(feedbackText(`${"x".repeat(88)}\n`, "count", true)).toBe("........... 88");
    expect(feedbackText("", "count", true)).toBe("");
  });

  test("of a passphrase: that keys arrive, and never its length", () => {
    expect(feedbackText("a", "dots", false)).toBe(".");
    expect(feedbackText("a".repeat(9), "dots", false)).toBe(".");
    const entered = [1, 7, 8, 9, 60].map((count) => feedbackText("a".repeat(count), "dots", true));
    expect(new Set(entered)).toEqual(new Set(["........"]));
  });

  test("nothing of its characters", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("count", "dots"), fc.boolean(), (text, how, end) => {
        expect(feedbackText(text, how, end)).toMatch(/^(\.+( \d+)?)?$/);
      }),
      { seed: 3 },
    );
  });
});

describe("a hidden answer", () => {
  test("loses a whole letter at Backspace, also one of two code units", () => {
    const answer = new HiddenAnswer();
    expect(answer.take("a\u{1f511}\x7f\r")).toBe("entered");
    expect(answer.text).toBe("a");
  });
});
