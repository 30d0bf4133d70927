import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldText } from "../../../src/core/record/key-record.js";
import { PROVIDERS } from "../../../src/core/record/providers.js";
import { recognisedParts } from "../../../src/core/record/recognised.js";
import { keysOf } from "./sample-keys.js";

const titlesOf = (text: string) => recognisedParts(text).map(({ provider }) => provider.title);

describe("a pasted value", () => {
  test("with a prefix of a provider's own is of that provider alone", () => {
    expect(titlesOf(`ghp_${"a1B2".repeat(9)}`)).toEqual(["GitHub token"]);
    expect(titlesOf("AKIAIOSFODNN7EXAMPLE")).toEqual(["AWS"]);
    expect(titlesOf("rh-api-b17d001f-e568-4293-bbc2-075df618078e")).toEqual(["Robinhood Crypto"]);
  });

  test("of one provider's length and letters is of that one", () => {
    expect(titlesOf("vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A")).toContain(
      "Binance",
    );
    expect(titlesOf("LAqUlngMIQkIUjXMUreyu3qn")).toEqual(["BitMEX"]);
  });

  test("that may be of several is of all of them", () => {
    const titles = titlesOf("b17d001f-e568-4293-bbc2-075df618078e");
    expect(titles).toEqual(expect.arrayContaining(["OKX", "KuCoin"]));
  });

  test.each(["", "kraken", "my bank", "Trading bot", "-----BEGIN PRIVATE KEY-----", "1234"])(
    "%j is of none",
    (text) => {
      expect(titlesOf(text)).toEqual([]);
    },
  );
});

test.each(PROVIDERS.map((row) => [row.title, row] as const))(
  "%s: what is recognised of its keys is of a provider whose part has that shape",
  (_, row) => {
    fc.assert(
      fc.property(keysOf(row.id), ({ fields }) => {
        for (const field of fields) {
          const told = recognisedParts(fieldText(field));
          // A field of a sure length is never taken for another provider's alone.
          const own = row.fields.find(({ name }) => name === field.name);
          const isSure = own?.prefix !== "" || (own.isSure && own.lengths.length > 0);
          const isAnys = own?.alphabet === "any" || own?.alphabet === "pem";
          if (!isSure || (isAnys && own.prefix === "")) continue;
          expect(told.map(({ provider }) => provider.id)).toContain(row.id);
        }
      }),
      { numRuns: 20 },
    );
  },
);
