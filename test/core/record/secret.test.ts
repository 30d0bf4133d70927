import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/core/record/secret.js";

describe("a secret", () => {
  const secret = new Secret("hidden text");

  test("gives its text only when it is asked to reveal it", () => {
    expect(secret.reveal()).toBe("hidden text");
  });

  test("refuses template strings, concatenation, String() and JSON", () => {
    const value: unknown = secret;
    expect(() => `a ${value as string}`).toThrow(TypeError);
    expect(() => "a " + (value as string)).toThrow(TypeError);
    expect(() => String(value)).toThrow(TypeError);
    expect(() => JSON.stringify({ value })).toThrow(TypeError);
  });

  test("shows an inspector a fixed word, however deep it looks", () => {
    expect(inspect({ secret }, { depth: 9, showHidden: true })).toBe("{ secret: Secret(hidden) }");
  });
});
