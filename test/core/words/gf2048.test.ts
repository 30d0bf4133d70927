/** The field's tables at their ends, and its zero, against the textbook's. */
import { describe, expect, test } from "vitest";
import {
  divide,
  FIELD_SIZE,
  GROUP_ORDER,
  logarithm,
  multiply,
  power,
} from "../../../src/core/words/gf2048.js";
import { multiply as textbookMultiply } from "./textbook-coder.js";

describe("the field of 2048 elements", () => {
  test("has the powers of 2, twice round, and their logarithms", () => {
    let expected = 1;
    for (let exponent = 0; exponent < 2 * GROUP_ORDER; exponent++) {
      expect(power(exponent)).toBe(expected);
      expect(logarithm(expected)).toBe(exponent % GROUP_ORDER);
      expected = textbookMultiply(expected, 2);
    }
  });

  test("multiplies to zero by zero and only by it, also zero itself", () => {
    for (let element = 0; element < FIELD_SIZE; element++) {
      expect(multiply(0, element)).toBe(0);
      expect(multiply(element, 0)).toBe(0);
      expect(multiply(element, 1)).toBe(element);
    }
    for (let element = 1; element < FIELD_SIZE; element++) expect(divide(0, element)).toBe(0);
  });
});
