import { describe, expect, test } from "vitest";
import * as codec from "../../dist/parts/codec.js";
import { placeOfFault } from "../../src/cli/place-of-fault.js";
import { formatDay } from "../../src/core/record/day.js";

/** What is thrown where a day is none. */
function thrownBy(format: typeof formatDay): unknown {
  try {
    return format(1e300);
  } catch (error) {
    return error;
  }
}

describe("the place of a fault names the module", () => {
  test("and the line in it, where modules run by themselves", () => {
    expect(placeOfFault(thrownBy(formatDay))).toMatch(/^core\/record\/day\.ts:\d+$/);
  });

  test("and the line of the file that is published, where that runs", () => {
    const { formatDay } = codec as { readonly formatDay: (day: number) => string };
    expect(placeOfFault(thrownBy(formatDay))).toMatch(
      /^core\/record\/day\.ts \(parts\/codec\.js:\d+\)$/,
    );
  });
});

test("nothing of a message is told, even if it looks like a place", () => {
  const error = new Error("Uzmxq\n    at /a/src/words/SECRET.ts:1:1\n    at /dist/SECRET.js:2:2");
  expect(placeOfFault(error)).toBe("unknown place");
  expect(placeOfFault("/a/src/words/SECRET.ts:1")).toBe("unknown place");
});
