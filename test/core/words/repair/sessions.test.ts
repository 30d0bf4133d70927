/** Typed sheets by kind of mistake; the full sizes are `npm run bench:repair`. */
import { describe, expect, test } from "vitest";
import { areEqualBytes } from "../../../../src/core/bytes.js";
import { parseLines } from "../../../../src/core/words/parse-words.js";
import { repairWords } from "../../../../src/core/words/repair/repair-words.js";
import { ENGLISH, LISTS, listWords } from "../../../../src/core/words/word-lists.js";
import { seededRandom } from "../../../seeded-random.mjs";
import { sessionKinds, sessionText } from "../../../typist.mjs";
import { typedSheet } from "./typed-sheet.js";

const SESSIONS = 40;
const KINDS = sessionKinds(listWords(ENGLISH));
const LAYOUTS = ["rows", "flat"] as const;

/** All others come back always, or but for one of a hundred. */
const LEAST_RESTORED: Readonly<Record<string, number>> = { "misspelt-all": 36, "very-tired": 38 };

/** How many sessions of a kind gave the sheet's payload; another one fails at once. */
function restored(kind: string, layout: (typeof LAYOUTS)[number]): number {
  let count = 0;
  for (let session = 0; session < SESSIONS; session++) {
    const random = seededRandom(`${kind} ${layout} ${String(session)}`);
    const { payload, words } = typedSheet(random);
    const rows = KINDS[kind]?.(words, random) ?? [];
    const { repair } = repairWords(parseLines(sessionText(rows, layout)));
    if (repair === null) continue;
    expect(areEqualBytes(repair.payload, payload)).toBe(true);
    count += 1;
  }
  return count;
}

describe("forty typed sheets come back, line by line and in one line", () => {
  test.each(Object.keys(KINDS))("%s", { timeout: 240_000 }, (kind) => {
    const layouts = kind === "misspelt-all" ? (["rows"] as const) : LAYOUTS;
    for (const layout of layouts) {
      expect(restored(kind, layout), layout).toBeGreaterThanOrEqual(
        LEAST_RESTORED[kind] ?? SESSIONS - 1,
      );
    }
  });
});

describe("in every list in Latin letters", () => {
  test.each(LISTS.filter(({ script }) => script === "latin").map((list) => [list.title, list]))(
    "%s: the list is found out, and misspelt and missing words are mended",
    (_, list) => {
      const kinds = sessionKinds(listWords(list));
      for (const kind of ["clean", "prefixes", "misspelt-40", "row-skipped", "skip-3"]) {
        const random = seededRandom(`${list.name} ${kind}`);
        const { payload, words } = typedSheet(random, list);
        const text = sessionText(kinds[kind]?.(words, random) ?? [], "flat");
        const { repair } = repairWords(parseLines(text));
        expect(repair?.list.name, kind).toBe(list.name);
        expect(repair && areEqualBytes(repair.payload, payload), kind).toBe(true);
      }
    },
  );
});

describe("hostile words give no key", () => {
  const words = listWords(ENGLISH);
  const word = (random: (limit: number) => number) => words[random(words.length)] as string;

  const HOSTILE = {
    "words of no sheet": (sheet: readonly string[], random: (limit: number) => number) =>
      sheet.map(() => word(random)),
    "two sheets woven into each other": (sheet: readonly string[], random) => {
      const other = typedSheet(random).words;
      return sheet.map((own, index) => (random(2) === 0 ? own : (other[index] as string)));
    },
    "half of a sheet": (sheet: readonly string[]) => sheet.slice(0, sheet.length / 2),
    "a sheet in any order": (sheet: readonly string[], random) =>
      sheet.toSorted(() => random(3) - 1),
    "thirty words wrong": (sheet: readonly string[], random) =>
      sheet.map((own, index) => (index % 3 === 0 && index < 90 ? word(random) : own)),
    "one word over and over": (sheet: readonly string[]) => sheet.map(() => sheet[0] as string),
  } satisfies Record<
    string,
    (sheet: readonly string[], random: (limit: number) => number) => readonly string[]
  >;

  test.each(Object.entries(HOSTILE))("%s", { timeout: 120_000 }, (name, hostile) => {
    let checks = 0;
    for (let session = 0; session < 2; session++) {
      const random = seededRandom(`${name} ${String(session)}`);
      const tokens = hostile(typedSheet(random).words, random);
      const result = repairWords([{ number: null, tokens }]);
      expect(result.repair).toBeNull();
      checks += result.checked;
    }
    // What is refused is refused by the check words, not for want of codewords.
    if (name === "words of no sheet") expect(checks).toBeGreaterThan(25);
  });
});
