import { describe, expect, test } from "vitest";
import { seededRandom } from "../seeded-random.mjs";
import { base64, bip39Phrases, hex, KEY_BYTES, keysheet, slip39Share } from "./methods.mjs";

const random = seededRandom("methods");
const key = Uint8Array.from({ length: KEY_BYTES }, () => random(256));

interface Method {
  readonly name: string;
  readonly separator: string;
  readonly list: readonly string[] | null;
  parts(key: Uint8Array): readonly (readonly string[])[];
  read(text: string, part: number): Uint8Array | null;
}
const methods: readonly Method[] = [keysheet, bip39Phrases, slip39Share, base64, hex];

/** What comes out of parts typed as they are after a change, or null where a part is refused. */
function readBack(method: Method, change: (units: string[], part: number) => void): string | null {
  const readings = method.parts(key).map((units, part) => {
    const typed = [...units];
    change(typed, part);
    return method.read(typed.join(method.separator), part);
  });
  const bytes = readings.flatMap((reading) => (reading === null ? [] : [...reading]));
  return readings.includes(null) ? null : Buffer.from(bytes).toString("hex");
}

const exact = Buffer.from(key).toString("hex");

describe("a key on paper", () => {
  test("takes the words and characters that the comparison says", () => {
    const counts = methods.map((method) => [
      method.name,
      method
        .parts(key)
        .map((units) => (method.list === null ? units.join("").length : units.length)),
    ]);
    expect(Object.fromEntries(counts)).toEqual({
      keysheet: [102],
      BIP39: [24, 24, 24, 12],
      "SLIP-39": [92],
      base64: [56, 88],
      hexadecimal: [84, 128],
    });
  });

  test("comes back exactly from each method where nothing is wrong", () => {
    for (const method of methods) expect(readBack(method, () => undefined)).toBe(exact);
  });

  test("comes back from the first four letters of the words", () => {
    for (const method of methods.filter(({ list }) => list !== null)) {
      const cut = (units: string[]) =>
        units.splice(0, 102, ...units.map((word) => word.slice(0, 4)));
      expect(readBack(method, cut)).toBe(exact);
    }
  });

  test("is mended by keysheet, refused by other words, and another key without a check", () => {
    const swapFirst = (units: string[], part: number) => {
      const [first = "", second = ""] = units;
      if (part === 0) units.splice(0, 2, second, first);
    };
    expect(readBack(keysheet, swapFirst)).toBe(exact);
    expect(readBack(slip39Share, swapFirst)).toBeNull();
    expect(readBack(bip39Phrases, swapFirst)).toBeNull();
    for (const method of [base64, hex]) {
      const other = readBack(method, swapFirst);
      expect(other).toHaveLength(exact.length);
      expect(other).not.toBe(exact);
    }
  });

  test("is refused where a unit is missing or cannot be read, unless keysheet mends it", () => {
    for (const method of methods) {
      const without = readBack(method, (units) => void units.pop());
      const unreadable = readBack(method, (units) => (units[3] = "?"));
      expect(unreadable).toBe(method === keysheet ? exact : null);
      expect(without).toBeOneOf(method === keysheet ? [null, exact] : [null]);
    }
  });
});
