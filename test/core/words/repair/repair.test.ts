import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areEqualBytes } from "../../../../src/core/bytes.js";
import { DASH, parseLines, type TypedLine } from "../../../../src/core/words/parse-words.js";
import { EVIDENCE_LIMIT_BITS, evidenceBits } from "../../../../src/core/words/repair/evidence.js";
import { Guesser } from "../../../../src/core/words/repair/guesses.js";
import { plansOf } from "../../../../src/core/words/repair/plans.js";
import { mendCopies, mendPages, mendWords } from "../../../../src/core/words/repair/mend-words.js";
import { repairWords, workFor } from "../../../../src/core/words/repair/repair-words.js";
import { Work } from "../../../../src/core/work.js";
import { LIKELY_COST, spellingCosts } from "../../../../src/core/words/repair/spelling.js";
import { ENGLISH, listWords } from "../../../../src/core/words/word-lists.js";
import { symbolsInBytes } from "../../../../src/core/words/words.js";
import { seededRandom } from "../../../seeded-random.mjs";
import { typedSheet } from "./typed-sheet.js";

const WORDS = listWords(ENGLISH);

describe("the evidence", () => {
  const KRAKEN = { count: 102, check: 4, spare: 18 };

  test("of a whole sheet is its check and its spare words", () => {
    expect(evidenceBits({ ...KRAKEN, erased: 0, wrong: 0 }, 1)).toBe(11 * 22);
  });

  test("of a sheet whose spare words are used up is its check words, less what was tried", () => {
    expect(evidenceBits({ ...KRAKEN, erased: 18, wrong: 0 }, 1)).toBe(44);
    expect(evidenceBits({ ...KRAKEN, erased: 18, wrong: 0 }, 2 ** 14)).toBe(30);
    expect(evidenceBits({ ...KRAKEN, erased: 18, wrong: 0 }, 2 ** 14 + 1)).toBeLessThan(
      EVIDENCE_LIMIT_BITS,
    );
  });

  test("counts a wrong word with every place and every other word that it could be", () => {
    const one = evidenceBits({ ...KRAKEN, erased: 0, wrong: 1 }, 1);
    expect(one).toBeCloseTo(11 * 22 - Math.log2(102 * 2047), 9);
    const two = evidenceBits({ ...KRAKEN, erased: 2, wrong: 2 }, 1);
    expect(two).toBeCloseTo(11 * 20 - Math.log2(((100 * 99) / 2) * 2047 ** 2), 9);
  });
});

/** The recursion as the textbook has it, without shared columns: insertions, omissions, swaps. */
function plainDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const rest = Math.min(
    plainDistance(a.slice(1), b) + 1,
    plainDistance(a, b.slice(1)) + 1,
    plainDistance(a.slice(1), b.slice(1)) + (a.startsWith(b.charAt(0)) ? 0 : 1),
  );
  const isSwapped = a.length > 1 && a.startsWith(`${b.charAt(1)}${b.charAt(0)}`) && b.length > 1;
  return isSwapped ? Math.min(rest, plainDistance(a.slice(2), b.slice(2)) + 1) : rest;
}

describe("the distance of spelling", () => {
  const costOf = (word: string, token: string) => spellingCosts([word], token)?.[0] ?? Infinity;

  test("is nothing for the word itself, and grows with the slip's want of a cause", () => {
    expect(costOf("garden", "garden")).toBe(0);
    expect(costOf("garden", "gsrden")).toBeLessThan(costOf("garden", "gprden"));
    expect(costOf("garden", "gadren")).toBe(1);
    expect(costOf("garden", "gaarden")).toBeLessThan(costOf("garden", "gapden"));
    expect(costOf("modern", "modem")).toBeLessThan(costOf("modern", "modep"));
    expect(costOf("garden", "g?rden")).toBeLessThan(0.5);
    expect(costOf("garden", "gard")).toBeLessThan(1);
    expect(costOf("garden", "xyzxyz")).toBe(Infinity);
  });

  test("is the same for a word alone as in its list, unless another one is much more likely", () => {
    const words = WORDS.slice(0, 300);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."abcdenrst".split("")), maxLength: 8 }),
        (token) => {
          const together = spellingCosts(words, token);
          const alone = words.map((word) => costOf(word, token));
          const most = Math.min(...alone) + LIKELY_COST;
          words.forEach((_, index) => {
            const cost = alone[index] ?? Infinity;
            expect(together?.[index] ?? Infinity).toBe(cost > most ? Infinity : cost);
          });
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  test("is never below the half of one that knows no keyboard, but for what is cut or merged", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."abxyz".split("")),
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(letters, letters, (word, token) => {
        const cost = costOf(word, token);
        if (cost === Infinity) return;
        expect(2 * cost).toBeGreaterThanOrEqual(plainDistance(word, token));
        expect(cost === 0).toBe(word === token);
      }),
      { numRuns: 500, seed: 2 },
    );
  });
});

describe("a guess", () => {
  const guesser = new Guesser(ENGLISH, new Work(Infinity));

  test.each([
    ["abandonn", "abandon"],
    ["abadnon", "abandon"],
    ["vehcle", "vehicle"],
    ["zebta", "zebra"],
    ["gar?en", "garden"],
    ["rnodel", "model"],
    ["c1ap", "clap"],
  ])("of %s is %s", (token, word) => {
    const guess = guesser.guess(token);
    expect(WORDS[guess.symbol ?? -1]).toBe(word);
    expect(guess.isWord).toBe(false);
    expect(guess.sureness).toBeGreaterThan(0.5);
  });

  test("is unsure where two words are as near, and names the other one", () => {
    const guess = guesser.guess("caar");
    const named = [guess.symbol, ...guess.others.map(({ symbol }) => symbol)];
    expect(guess.others.length).toBeGreaterThan(0);
    expect(named.map((symbol) => WORDS[symbol ?? -1])).toContain("car");
  });

  test("of what is nothing like a word is no symbol", () => {
    for (const token of ["?", "qqqqqqqq", "x".repeat(100)]) {
      expect(guesser.guess(token).symbol).toBeNull();
    }
  });
});

describe("plans of layouts", () => {
  test("have as many layouts as they say, each token at most once", () => {
    const text = {
      tokenCount: 23,
      lines: [{ number: null, from: 0, to: 23 }],
      repeats: [7],
      unreadable: [],
    };
    for (const plan of plansOf(text, 24, 12, 0).filter(({ size }) => size < 3000)) {
      const layouts = [...plan.layouts()];
      expect(layouts).toHaveLength(plan.size);
      for (const layout of layouts) {
        const tokens = [...layout].filter((token) => token >= 0);
        expect(layout).toHaveLength(24);
        expect(new Set(tokens).size).toBe(tokens.length);
        expect(Math.max(...tokens)).toBeLessThan(23);
      }
    }
  });

  test("put lines by their numbers first", () => {
    const lines = [3, 1, 2].map((number, index) => ({
      number,
      from: 6 * index,
      to: 6 * index + 6,
    }));
    const plans = plansOf({ tokenCount: 18, lines, repeats: [], unreadable: [] }, 24, 12, 0);
    const [likeliest] = plans.toSorted((a, b) => a.cost - b.cost);
    const [layout] = [...(likeliest?.layouts() ?? [])];
    expect([...(layout ?? [])].slice(0, 19)).toEqual([
      6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5, -1,
    ]);
  });
});

describe("what was typed", () => {
  const random = seededRandom("typed");
  const { payload, words } = typedSheet(random);
  const rows = Array.from({ length: 17 }, (_, row) => words.slice(6 * row, 6 * row + 6));

  function mended(text: string) {
    const result = mendWords({ source: "typed", lines: parseLines(text) });
    expect(areEqualBytes(result.payload, payload)).toBe(true);
    return result;
  }

  const text = (change: (row: string[], number: number) => readonly string[]) =>
    rows.map((row, index) => change([...row], index + 1).join(" ")).join("\n");

  test("has nothing to mend where nothing is wrong", () => {
    const whole = mended(text((row) => row));
    expect(whole).toMatchObject({ mended: [], reserve: 18, count: 102, level: "standard" });
  });

  test("is told by what was wrong with it", () => {
    const [a = "", b = ""] = rows[3] ?? [];
    const damaged = text((row, number) => {
      if (number === 1) return ["?", ...row.slice(1)];
      if (number === 2) return [row[0] === "zebra" ? "zero" : "zebra", ...row.slice(1)];
      if (number === 3) return row.slice(1);
      if (number === 4) return [b, a, ...row.slice(2)];
      return number === 5 ? [`${row[0] ?? ""}q`, ...row.slice(1)] : row;
    });
    const { mended: found, reserve } = mended(damaged);
    expect(found).toEqual([
      { position: 1, how: "unreadable" },
      { position: 7, how: "misread" },
      { position: 13, how: "missing" },
      { position: 20, how: "moved" },
      { position: 25, how: "misspelt" },
    ]);
    expect(reserve).toBe(18 - 2 - 1 - 1);
  });

  test("is told word by word where several were given up to find it", () => {
    const line = text((row, number) =>
      number === 1 ? [`${row[0] ?? ""}q`, `${row[1] ?? ""}q`, ...row.slice(3)] : row,
    );
    const { mended: found, reserve } = mended(line.replaceAll("\n", " "));
    expect(found).toEqual([
      { position: 1, how: "misspelt" },
      { position: 2, how: "misspelt" },
      { position: 3, how: "missing" },
    ]);
    expect(reserve).toBe(17);
  });

  test("may have dashes for words and dashes for bullets", () => {
    const bullets = text((row) => [DASH, ...row]);
    expect(mended(bullets).mended).toEqual([]);
    const dashes = text((row, number) => (number === 9 ? [...row.slice(0, 5), "—"] : row));
    expect(mended(dashes).mended).toEqual([{ position: 54, how: "unreadable" }]);
    const both = text((row) => [
      "•",
      ...row.slice(0, 5),
      row[5] === words[5] ? "-" : (row[5] ?? ""),
    ]);
    expect(mended(both).mended).toEqual([{ position: 6, how: "unreadable" }]);
  });

  test("may stand among the other text of its page", () => {
    const page = [
      "Trading bot (main)",
      "To get the key back 1 Photograph or scan the square code",
      "2 Or type the words: their first four letters are enough",
      "The key as 102 words",
      ...rows.map((row, index) => `${String(index + 1)} ${row.join(" ")} AB`),
      "Read each row from left to right.",
    ];
    expect(mended(page.join("\n")).mended).toEqual([]);
  });

  test("may be numbered word by word, with some left out", () => {
    const numbered = words
      .map((word, index) => `${String(index + 1)}. ${word}`)
      .filter((_, index) => index % 20 !== 7);
    const result = mended(numbered.join("\n"));
    expect(result.mended.map(({ position }) => position)).toEqual([8, 28, 48, 68, 88]);
    mended(numbered.join("  "));
  });

  test("may have rows in any order where they are numbered", () => {
    const shuffled = rows
      .map((row, index) => `${String(index + 1)} ${row.join(" ")}`)
      .sort((a, b) => a.slice(-3).localeCompare(b.slice(-3)));
    mended(shuffled.join("\n"));
  });

  test("may end after as many words as the key and its check have", () => {
    const result = mended(words.slice(0, 84).join(" "));
    expect(result.mended).toHaveLength(18);
    expect(result.mended.every(({ how }) => how === "untyped")).toBe(true);
    expect(result.reserve).toBe(0);
    expect(() => mended(words.slice(0, 83).join(" "))).toThrow("words-count");
  });

  test("may run together and fall apart", () => {
    const joined = text((row, number) =>
      number % 4 === 0 ? [`${row[0] ?? ""}${row[1] ?? ""}`, ...row.slice(2)] : row,
    );
    mended(joined);
    const apart = text((row) =>
      row.map((word) => (word.length > 7 ? word.replace(/^.../, "$& ") : word)),
    );
    mended(apart);
  });

  test("is refused where no sheet explains it, with how far it is from one", () => {
    const tokens = words.map((word, index) => (index % 4 === 0 ? "?" : word));
    expect(() => mendWords({ source: "w", lines: [{ number: null, tokens }] })).toThrow(
      "words-damaged",
    );
    expect(() => mendWords({ source: "w", lines: [] })).toThrow("words-missing");
  });
});

describe("two copies of one sheet", () => {
  const random = seededRandom("copies");
  const { payload, words } = typedSheet(random);
  const copy = (source: string, tokens: readonly string[]) => ({
    source,
    lines: [{ number: null, tokens }],
  });
  const without = (rest: number) => words.map((word, index) => (index % 3 === rest ? "?" : word));

  test("complete each other where neither is enough", () => {
    const copies = [copy("a", without(0)), copy("b", without(1))];
    for (const one of copies) expect(() => mendWords(one)).toThrow("words-damaged");
    const together = mendCopies(copies);
    expect(together && areEqualBytes(together.payload, payload)).toBe(true);
  });

  test("do so where words are missing in one of them", () => {
    const shorter = without(0).toSpliced(40, 2);
    const together = mendCopies([copy("a", shorter), copy("b", without(1))]);
    expect(together && areEqualBytes(together.payload, payload)).toBe(true);
  });

  test("do so where the one that was given first is the end of the sheet", () => {
    const middle = Math.floor(words.length / 2);
    const parts = [copy("end", words.slice(middle)), copy("beginning", words.slice(0, middle))];
    for (const one of parts) expect(() => mendWords(one)).toThrow("words-");
    const together = mendCopies(parts);
    expect(together && areEqualBytes(together.payload, payload)).toBe(true);
  });

  test("are no sheet where they are of two", () => {
    const other = typedSheet(random).words;
    const copies = [
      copy("a", without(0)),
      copy(
        "b",
        other.map((word, i) => (i % 3 === 1 ? "?" : word)),
      ),
    ];
    expect(mendCopies(copies)).toBeNull();
  });
});

describe("two pages of one sheet", () => {
  const random = seededRandom("pages");
  const { payload, words } = typedSheet(random);
  const rows = Array.from({ length: 17 }, (_, row) => ({
    number: row + 1,
    tokens: words.slice(6 * row, 6 * row + 6),
  }));

  test("are put together by the numbers of their rows, in any order", () => {
    const pages = [rows.slice(9), rows.slice(0, 9)].map((lines) => ({ source: "page", lines }));
    const together = mendPages(pages);
    expect(together && areEqualBytes(together.payload, payload)).toBe(true);
    expect(together?.mended).toEqual([]);
  });

  test("are put together where they overlap, and left alone where one has no numbers", () => {
    const pages = (lines: readonly TypedLine[]) => [
      { source: "a", lines: rows.slice(0, 9) },
      { source: "b", lines },
    ];
    const overlapping = pages(rows.slice(7));
    expect(mendPages(overlapping)).toBeNull();
    const together = mendCopies(overlapping);
    expect(together && areEqualBytes(together.payload, payload)).toBe(true);
    const unnumbered = rows.slice(9).map(({ tokens }) => ({ number: null, tokens }));
    expect(mendPages(pages(unnumbered))).toBeNull();
    expect(mendPages(pages(rows.slice(9)).slice(0, 1))).toBeNull();
  });
});

describe("symbols known from another carrier", () => {
  const random = seededRandom("known");
  const { payload, words } = typedSheet(random);
  const half = Array.from(payload, (byte, index) => (index < 60 ? byte : null));

  test("are those whose bits are all in known bytes", () => {
    const known = symbolsInBytes(half);
    expect(known.size).toBe(Math.floor((60 * 8) / 11));
    expect([...known].every(([index, symbol]) => WORDS[symbol] === words[index])).toBe(true);
    expect(symbolsInBytes(Array.from(payload, (byte) => byte)).size).toBe(80);
    expect(symbolsInBytes([]).size).toBe(0);
  });

  test("stand in for words that cannot be read, and complete a key with them", () => {
    const tokens = words.map((word, index) => (index < 40 ? "?" : word));
    const lines = [{ number: null, tokens }];
    expect(() => mendWords({ source: "w", lines })).toThrow("words-damaged");
    const { payload: found } = mendWords({ source: "w", lines }, { known: [symbolsInBytes(half)] });
    expect(areEqualBytes(found, payload)).toBe(true);
  });

  test("do no harm where they are of another sheet", () => {
    const other = symbolsInBytes(Array.from(typedSheet(random).payload));
    const lines = [{ number: null, tokens: words }];
    const { payload: found } = mendWords({ source: "w", lines }, { known: [other] });
    expect(areEqualBytes(found, payload)).toBe(true);
  });
});

describe("whatever is typed", () => {
  test("gives this sheet's payload or none", () => {
    const random = seededRandom("any");
    const { payload, words } = typedSheet(random);
    const edit = fc.record({
      kind: fc.constantFrom("drop", "double", "swap", "unreadable", "other", "letter"),
      place: fc.nat(),
      word: fc.constantFrom(...WORDS),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const typed = [...words];
        for (const { kind, place, word } of edits) {
          const index = place % typed.length;
          const own = typed[index] ?? "";
          const next = typed[index + 1] ?? "";
          if (kind === "drop") typed.splice(index, 1);
          if (kind === "double") typed.splice(index, 0, own);
          if (kind === "swap") typed.splice(index, 2, next, own);
          if (kind === "unreadable") typed[index] = "?";
          if (kind === "other") typed[index] = word;
          if (kind === "letter") typed[index] = own.slice(1);
        }
        const lines = [{ number: null, tokens: typed }];
        const { repair } = repairWords(lines, { work: new Work(workFor(102, "full") / 20) });
        if (repair !== null) expect(areEqualBytes(repair.payload, payload)).toBe(true);
        if (edits.length <= 2) expect(repair).not.toBeNull();
      }),
      { numRuns: 150, seed: 4 },
    );
  }, 120_000);
});
