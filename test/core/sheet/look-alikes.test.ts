import { describe, expect, test } from "vitest";
import { lookAlikes } from "../../../src/core/sheet/look-alikes.js";

describe("letters that look like others", () => {
  test.each([
    ["Krаken bot", [[3, "a"]]],
    ["bot Kraken", []],
    ["Торговый бот", []],
    ["Торговый bоt", [[11, "o"]]],
    [
      "сор",
      [
        [1, "c"],
        [2, "o"],
        [3, "p"],
      ],
    ],
    [
      "ΚΑΡΤΑ 7",
      [
        [1, "K"],
        [2, "A"],
        [3, "P"],
        [4, "T"],
        [5, "A"],
      ],
    ],
    ["Δοκιμή", []],
    ["Ｋraken 7", [[1, "K"]]],
    ["🚀 Krаken", [[5, "a"]]],
    ["", []],
  ])("%s", (label, expected) => {
    const found = lookAlikes(label).map(({ position, looksLike }) => [position, looksLike]);
    expect(found).toEqual(expected);
  });
});
