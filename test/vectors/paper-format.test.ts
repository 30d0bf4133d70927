/**
 * The format's second implementation, which makes the vectors, against the examples that were given
 * (fixtures/README.md): seal and shares. Words, codes and marks meet them in core's own tests.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  fromHex,
  joined,
  mark,
  opened,
  sealed,
  shares,
  sizesByte,
  splitBytes,
  toHex,
} from "./paper-format.mjs";

interface GoodExample {
  readonly name: string;
  readonly payload: string;
  readonly mark: string | null;
  readonly passphrase?: string;
  readonly salt?: string;
  readonly opens?: string;
  readonly joins?: string;
  readonly blind?: string;
  readonly coefficients?: string;
}

interface BadExample {
  readonly name: string;
  readonly layer: string;
  readonly payload?: string;
  readonly passphrase?: string;
  readonly shares?: readonly string[];
}

const EXAMPLES = JSON.parse(
  readFileSync(new URL("../../fixtures/vectors/shared-v1.json", import.meta.url), "utf8"),
) as { readonly good: readonly GoodExample[]; readonly bad: readonly BadExample[] };

const SEALED = EXAMPLES.good.filter(({ opens }) => opens !== undefined);
const SHARES = EXAMPLES.good.filter(({ joins }) => joins !== undefined);

/** The given shares by their set, which the first six bytes name. */
const SETS = [...new Set(SHARES.map(({ payload }) => payload.slice(0, 12)))].map((head) => ({
  head,
  set: SHARES.filter(({ payload }) => payload.startsWith(head)),
}));

describe("sealed examples", () => {
  test("are two", () => {
    expect(SEALED.map(({ name }) => name)).toEqual(["sealed, cost 14", "sealed, cost 17"]);
  });

  for (const { name, payload, passphrase = "", salt = "", opens = "", mark: printed } of SEALED) {
    test(`${name}: sealed and opened`, () => {
      const cost = Number.parseInt(payload.slice(2, 4), 16);
      expect(toHex(sealed(fromHex(opens), passphrase, fromHex(salt), cost))).toBe(payload);
      expect(toHex(opened(fromHex(payload), passphrase) ?? new Uint8Array())).toBe(opens);
      expect(mark(fromHex(payload))).toBe(printed);
    });
  }

  const bad = EXAMPLES.bad.filter(({ layer }) => layer === "seal");
  test("are refused three times", () => {
    expect(bad).toHaveLength(3);
    for (const { name, payload = "", passphrase = "" } of bad) {
      expect(opened(fromHex(payload), passphrase), name).toBeNull();
    }
  });
});

describe("share examples", () => {
  test("are of two sets", () => {
    expect(SETS.map(({ set }) => set.length)).toEqual([3, 4]);
  });

  for (const { head, set } of SETS) {
    const [{ blind = "", coefficients = "", joins = "" } = {}] = set;
    const sizes = Number.parseInt(head.slice(10), 16);
    const shareSet = {
      setId: fromHex(head.slice(2, 10)),
      threshold: Math.floor(sizes / 16) + 1,
      count: (sizes % 16) + 1,
    };
    const given = set.map(({ payload }) => fromHex(payload));

    test(`${String(shareSet.threshold)} of ${String(shareSet.count)}: split`, () => {
      expect(sizesByte(shareSet)).toBe(sizes);
      const split = splitBytes(fromHex(joins), shareSet, fromHex(blind));
      const made = shares(split, shareSet, fromHex(coefficients));
      expect(made.slice(0, given.length).map(toHex)).toEqual(set.map(({ payload }) => payload));
      expect(made).toHaveLength(shareSet.count);
      expect(given.map(mark)).toEqual(set.map(({ mark: printed }) => printed));
    });

    test(`${String(shareSet.threshold)} of ${String(shareSet.count)}: joined`, () => {
      for (let first = 0; first + shareSet.threshold <= given.length; first++) {
        const some = given.slice(first, first + shareSet.threshold).reverse();
        expect(toHex(joined(some) ?? new Uint8Array())).toBe(joins);
        expect(joined(some.slice(1))).toBeNull();
      }
    });
  }

  test("a forged one is noticed", () => {
    const forged = EXAMPLES.bad.find(({ name }) => name === "a forged share")?.shares ?? [];
    expect(forged).toHaveLength(2);
    expect(joined(forged.map(fromHex))).toBeNull();
  });
});
