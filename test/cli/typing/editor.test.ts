import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draw } from "../../../src/cli/typing/draw.js";
import { doubtsText } from "../../../src/cli/typing/doubts.js";
import { type Editor, EMPTY_EDITOR, press } from "../../../src/cli/typing/editor.js";
import { completeFileName, parseFileName } from "../../../src/cli/typing/file-name.js";
import { type Key, KeyReader, type NamedKey } from "../../../src/cli/typing/keys.js";
import { linesOfRows } from "../../../src/cli/typing/typed-rows.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { completeWord } from "../../../src/core/words/complete-word.js";
import { ENGLISH, LISTS } from "../../../src/core/words/word-lists.js";

function typed(text: string, start: Editor = EMPTY_EDITOR): Editor {
  // One key at a time, as from a keyboard.
  const reader = new KeyReader();
  return Array.from(text)
    .flatMap((letter) => reader.read(letter))
    .reduce(press, start);
}

const named = (kind: NamedKey): Key => ({ kind });
const pasted = (text: string, start: Editor = EMPTY_EDITOR) =>
  press(start, { kind: "paste", text });

function words(editor: Editor): readonly string[] {
  return linesOfRows(editor.rows, ENGLISH).map(
    ({ number, tokens }) => `${String(number)} ${tokens.join(" ")}`,
  );
}

describe("a word is complete", () => {
  test.each([
    ["aban", "abandon"],
    ["abandon", "abandon"],
    ["ABAN", "abandon"],
    ["abanx", null],
    ["ca", null],
    ["car", null],
    ["zeb", "zebra"],
    ["", null],
  ])("%s: %s", (letters, word) => {
    expect(completeWord(ENGLISH, letters)).toBe(word);
  });

  test("in lists with accents without them, in others only when whole", () => {
    const list = (name: string) => LISTS.find((row) => row.name === name) ?? ENGLISH;
    expect(completeWord(list("spanish"), "abac")).toBe("ábaco".normalize("NFC"));
    expect(completeWord(list("korean"), "가격")).toBe("가격");
    expect(completeWord(list("korean"), "가")).toBeNull();
  });
});

describe("typing", () => {
  test("over a word that the cursor came to replaces it; Backspace first changes its end", () => {
    const back = (keys: string) =>
      typed(keys, press(press(typed("abandon ability "), named("left")), named("left")));
    expect(words(back("zoo "))).toEqual(["1 zoo ability"]);
    expect(words(pasted("zoo", back("")))).toEqual(["1 zoo ability"]);
    expect(words(pasted("zoo zone", back("")))).toEqual(["1 zoo zone"]);
    const changed = ["backspace", "backspace"] as const;
    const shortened = changed.map(named).reduce(press, back(""));
    expect(words(typed("ed ", shortened))).toEqual(["1 abanded ability"]);
    expect(words(typed("d", press(typed("aban"), named("undo"))))).toEqual(["1 abad"]);
  });

  test("a row once more after its number was wrong leaves nothing of it", () => {
    const wrong = typed("3 abandon ability able about above absent ", typed("1 zoo zone zero "));
    expect(words(typed("3 zoo zone zero youth young you ", wrong))).toEqual([
      "1 zoo zone zero",
      "3 zoo zone zero youth young you",
    ]);
  });

  test("takes four letters, whole words and short words alike", () => {
    expect(words(typed("aban ability abl abou above absen "))).toEqual([
      "1 abandon ability able about above absent",
    ]);
    expect(words(typed("car card act actor "))).toEqual(["1 car card act actor"]);
  });

  test("keeps what is no word, and what contradicts a completed one, as it was typed", () => {
    expect(words(typed("abanx qq abandons "))).toEqual(["1 abanx qq abandons"]);
  });

  test("goes on by one key where a word cannot be read", () => {
    expect(words(typed("?abou ?"))).toEqual(["1 ? about ?"]);
  });

  test("goes on to the next row, and back over words and rows", () => {
    const two = typed("aban abil able abou abov abse zoo ");
    expect([two.row, two.column]).toEqual([1, 1]);
    const back = [named("up"), named("home")].reduce(press, two);
    expect([back.row, back.column]).toEqual([0, 0]);
    expect(words(typed("\x7f\x7f\x7f\x7fzebra", back))[0]).toBe(
      "1 zebra ability able about above absent",
    );
  });

  test("Space where nothing was typed passes over nothing", () => {
    expect(words(typed("   aban    abil "))).toEqual(["1 abandon ability"]);
  });

  test("rows are put in and taken out, and that is taken back", () => {
    const two = typed("aban abil able abou abov abse zoo zone ");
    const inserted = [named("up"), named("insert-row")].reduce(press, two);
    expect(words(inserted)).toEqual(["2 abandon ability able about above absent", "3 zoo zone"]);
    const removed = [named("down"), named("remove-row")].reduce(press, inserted);
    expect(words(removed)).toEqual(["2 zoo zone"]);
    expect(words(press(removed, named("undo")))).toEqual(words(inserted));
  });
});

describe("what stands beside the words on the paper is understood as in a file", () => {
  test("row numbers, of any row and in any form", () => {
    expect(words(typed("1 avoid analyst 2) zoo 2. zone zebra 5 act "))).toEqual([
      "1 avoid analyst",
      "2 zone zebra",
      "5 act",
    ]);
    expect(words(typed("1.avoid analyst,intact "))).toEqual(["1 avoid analyst intact"]);
  });

  test("row letters, also behind a row with a word that is none", () => {
    const row = "avoid analyst intact zoo zone";
    expect(words(typed(`${row} abanx hk 2 act HK `))).toEqual([`1 ${row} abanx`, "2 act"]);
    expect(words(typed(`${row} HK zebra `))).toEqual([`1 ${row}`, "2 zebra"]);
  });

  test("a row number behind a word too many ends the row before it", () => {
    const row = "avoid analyst intact zoo zone zebra";
    expect(words(typed(`1 ${row} act 2 car card `))).toEqual([`1 ${row} act`, "2 car card"]);
  });

  test("Enter ends a row that is short, and goes on where it is pressed behind each word", () => {
    expect(words(typed("avoid analyst intact zoo zone\rzebra "))).toEqual([
      "1 avoid analyst intact zoo zone",
      "2 zebra",
    ]);
    expect(words(typed("avoid\ranalyst\rintact\rzoo\rzone\rzebra\ract\r"))).toEqual([
      "1 avoid analyst intact zoo zone zebra",
      "2 act",
    ]);
  });

  const ROWS = fc.array(
    fc.array(fc.constantFrom("avoid", "analyst", "intact", "zoo", "act"), {
      minLength: 4,
      maxLength: 7,
    }),
    { minLength: 1, maxLength: 8 },
  );

  test("whatever the rows are, and wherever a burst of keys is cut", () => {
    fc.assert(
      fc.property(ROWS, fc.array(fc.nat(500), { maxLength: 20 }), (rows, cuts) => {
        const text = rows
          .map((row, index) => `${String(index + 1)} ${row.join(" ")} HK\n`)
          .join("");
        const places = [0, ...cuts.map((cut) => cut % text.length), text.length];
        places.sort((a, b) => a - b);
        const reader = new KeyReader();
        const editor = places
          .slice(1)
          .flatMap((place, index) => reader.read(text.slice(places[index], place)))
          .reduce(press, EMPTY_EDITOR);
        const lines = parseLines(text).map(({ number, tokens }) => ({ number, tokens }));
        expect(linesOfRows(editor.rows, ENGLISH)).toEqual(lines);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});

describe("a paste", () => {
  const ROW = "knock clap mean cattle basic mean";

  test("of rows with numbers goes to those rows, letters and all", () => {
    expect(words(pasted(`7 ${ROW} HH\r\n9 ${ROW} UE`))).toEqual([`7 ${ROW}`, `9 ${ROW}`]);
  });

  test("of rows without numbers goes on from the cursor's row, short ones too", () => {
    const begun = typed("aban abil able abou abov abse ");
    expect(words(pasted(`${ROW}\nclap mean cattle basic mean\n${ROW}`, begun))).toEqual([
      "1 abandon ability able about above absent",
      `2 ${ROW}`,
      "3 clap mean cattle basic mean",
      `4 ${ROW}`,
    ]);
  });

  test("of any words fills the cells from the cursor on", () => {
    expect(words(pasted(`${ROW} ${ROW}`, typed("zoo ")))).toEqual([
      "1 zoo knock clap mean cattle basic",
      "2 mean knock clap mean cattle basic",
      "3 mean",
    ]);
  });

  test("in the middle of a word goes on with it", () => {
    expect(words(pasted("don", typed("aban")))).toEqual(["1 abandon"]);
    expect(words(pasted("don ability able", typed("aban")))).toEqual(["1 abandon ability able"]);
    expect(words(pasted(" ability", typed("aban")))).toEqual(["1 abandon ability"]);
  });

  test("cannot steer the terminal that shows it", () => {
    const steering = pasted("ab\x1b[31mcd zoo\x07 \u202ezone\u009b5m\n");
    expect(steering.rows.flat().join("")).not.toMatch(/[\p{Control}\p{Format}]/u);
    const name = press(press(EMPTY_EDITOR, named("add-file")), {
      kind: "paste",
      text: "a\x1b]0;b\x07c",
    });
    expect(name.fileName).toBe("a]0;bc");
  });

  test("of nothing changes nothing", () => {
    expect(pasted(" \r\n ")).toEqual(EMPTY_EDITOR);
  });
});

describe("the marks in the rows are explained where they stand", () => {
  const shown = (editor: Editor) =>
    draw(
      editor,
      { needed: 84, message: "", isEnough: false },
      { size: { columns: 100, rows: 24 }, isColour: false },
    ).lines.join("\n");

  test("the two letters, and what is no word", () => {
    const row = "avoid analyst intact zoo zone";
    expect(shown(EMPTY_EDITOR)).toContain("the first four letters of each, then Space");
    expect(shown(typed("avoi "))).not.toMatch(/~|HK/);
    expect(shown(typed("abanx "))).toContain("~: no word of the list.");
    expect(shown(typed(`${row} act `))).toContain("[HK]: the paper has the same two letters");
  });
});

describe("what is missing is said", () => {
  const rowsOf = (text: string) => typed(text).rows;
  const row = "avoid analyst intact zoo zone act ";

  test("as a number of words while it is words that are missing", () => {
    const text = doubtsText(rowsOf(row.repeat(9)), 84);
    expect(text).toBe("54 words are there, 30 more are needed.");
  });

  test("as rows to compare when there are enough", () => {
    expect(doubtsText(rowsOf(row.repeat(14)), 84)).toBe("Compare the two letters of each row.");
    expect(doubtsText(rowsOf(`${row.repeat(14)}abanx `), 84)).toContain("in row 15");
  });
});

describe("whatever keys are pressed", () => {
  const key: fc.Arbitrary<Key> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(..."abcdez?é".split(""))
        .map((letter) => ({ kind: "letter", letter }) as const),
    },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom("space", "tab", "enter")
        .map((by) => ({ kind: "next", by }) as const),
    },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom<NamedKey>(
          "left",
          "right",
          "up",
          "down",
          "home",
          "end",
          "backspace",
          "insert-row",
          "remove-row",
          "undo",
          "add-file",
          "escape",
          "delete",
          "clear",
        )
        .map(named),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("zoo", "zoo zone\nact", "3 zoo act zone", "act ".repeat(40), "é".repeat(50))
        .map((text) => ({ kind: "paste", text }) as const),
    },
  );
  const keys = fc.array(key, { maxLength: 60 });

  test("the cursor stands on a cell, and every row has at least six", () => {
    fc.assert(
      fc.property(keys, (pressed) => {
        const { rows, row, column } = pressed.reduce(press, EMPTY_EDITOR);
        expect(rows[row]?.[column]).toBeDefined();
        expect(rows.every((cells) => cells.length >= 6)).toBe(true);
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test("moving about loses nothing", () => {
    const move = fc.constantFrom<NamedKey>("left", "right", "up", "down", "home", "end");
    fc.assert(
      fc.property(keys, fc.array(move, { maxLength: 40 }), (pressed, moves) => {
        const before = press(pressed.reduce(press, EMPTY_EDITOR), named("escape"));
        const after = moves.map(named).reduce(press, before);
        expect(linesOfRows(after.rows, ENGLISH)).toEqual(linesOfRows(before.rows, ENGLISH));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test("a drawing is inside of its screen, and the cursor too", () => {
    const size = fc.record({
      columns: fc.integer({ min: 20, max: 120 }),
      rows: fc.integer({ min: 5, max: 40 }),
    });
    fc.assert(
      fc.property(keys, size, fc.boolean(), fc.string(), (pressed, screen, isEnough, message) => {
        const editor = pressed.reduce(press, EMPTY_EDITOR);
        const notice = { needed: 84, message, isEnough };
        const { lines, cursor } = draw(editor, notice, { size: screen, isColour: false });
        expect(lines.length).toBeLessThanOrEqual(screen.rows);
        for (const line of lines)
          expect(Array.from(line).length).toBeLessThanOrEqual(screen.columns);
        expect(cursor.line).toBeLessThan(screen.rows);
        expect(cursor.column).toBeLessThan(screen.columns);
      }),
      { numRuns: 300, seed: 8 },
    );
  });
});

describe("the name of a file", () => {
  test.each([
    [" photo.jpg ", "photo.jpg"],
    ["'my photo.jpg'", "my photo.jpg"],
    ['"my photo.jpg"', "my photo.jpg"],
    ["my\\ photo.jpg", "my photo.jpg"],
    ["~/photo.jpg", "/home/ann/photo.jpg"],
  ])("%s is %s", (text, name) => {
    expect(parseFileName(text, "/home/ann")).toBe(name);
  });

  describe("is completed", () => {
    let home: string;
    beforeAll(() => {
      home = mkdtempSync(path.join(tmpdir(), "keysheet-names-"));
      mkdirSync(path.join(home, "scans"));
      for (const name of ["photo 1.jpg", "photo 2.jpg", "scans/page.png", ".hidden"]) {
        writeFileSync(path.join(home, name), "");
      }
    });
    afterAll(() => {
      rmSync(home, { recursive: true });
    });

    test.each([
      ["~/ph", "~/photo\\ ", ["photo 1.jpg", "photo 2.jpg"]],
      ["~/photo\\ 1", "~/photo\\ 1.jpg", ["photo 1.jpg"]],
      ["'~/photo 2", "'~/photo 2.jpg'", ["photo 2.jpg"]],
      ["~/sc", "~/scans/", ["scans/"]],
      ["~/scans/", "~/scans/page.png", ["page.png"]],
      ["~/.h", "~/.hidden", [".hidden"]],
      ["~/none", "~/none", []],
      ["~/no/such/", "~/no/such/", []],
    ])("%s: %s", async (typedName, name, choices) => {
      const completed = await completeFileName(typedName, home);
      expect(completed).toEqual({ name, choices });
    });
  });
});
