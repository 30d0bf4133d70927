/** Sealed sheets and shares as a user has them: made, kept, brought back and refused. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pageRows, printedText } from "./page.js";
import { MARKED, MARKED_PASSPHRASE as PASSPHRASE, onTerminal, Story } from "./story.js";

const DAY = ["--date", "2026-11-23"];
const MAKE = ["make", "--from", "kraken.key", ...DAY];
/** The least cost: these tests are about everything else. */
const QUICK = ["--kdf-cost", "14"];
const XTERM = { env: { TERM: "xterm" } };

let story: Story;

beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`, { mode: 0o600 });
  writeFileSync(story.path("pass.txt"), `${PASSPHRASE}\n`, { mode: 0o600 });
});

afterEach(async () => {
  story.expectNoKeyLeft();
  for (const name of story.files().filter((file) => file.endsWith(".pdf"))) {
    const text = await printedText(story.read(name));
    expect(text).toContain("To get the key back");
    expect(text).not.toContain("MARKEDpass");
  }
  story.end();
});

const SEALED = [...MAKE, "--passphrase-file", "pass.txt", ...QUICK];

describe("a sheet with a passphrase", () => {
  test("from a file: made, inspected, restored, verified, and not without it", async () => {
    const made = await story.tell(SEALED);
    expect(made.exitCode).toBe(0);
    expect(made.said).toContain("Each alone gave exactly this key, opened with the passphrase.");
    expect(made.said).toContain("126, 18 of them spare");
    expect(made.said).toContain("This passphrase has at most 102 bits");
    expect(story.mode("sheet.pdf")).toBe(0o600);

    const inspected = await story.tell(["inspect", "sheet.pdf"]);
    expect(inspected.said).toContain("sealed: whoever reads it needs the passphrase too");
    expect(inspected.said).not.toContain("MARKEDpass");

    const open = ["--passphrase-file", "pass.txt"];
    const restored = await story.tell(["restore", "sheet.pdf", ...open, "--out", "back.key"]);
    expect(restored.said).toContain("Confirmed: every check holds, and the passphrase opens it.");
    expect(story.read("back.key")).toEqual(story.read("kraken.key"));
    const verified = await story.tell(["verify", "sheet.pdf", "--against", "kraken.key", ...open]);
    expect(verified.exitCode).toBe(0);
    expect(verified.said).toContain("The sheet holds this key.");

    const without = await story.tell(["restore", "sheet.pdf"]);
    expect(without.exitCode).toBe(64);
    expect(without.said).toContain(
      "Give --passphrase-file FILE, or --passphrase-file - for standard input.",
    );
    writeFileSync(story.path("other.txt"), "another passphrase");
    const wrong = await story.tell(["restore", "sheet.pdf", "--passphrase-file", "other.txt"]);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.said).toContain("Wrong passphrase, or a changed sheet");
    for (const told of [made, inspected, restored, verified, without, wrong]) {
      expect(told.said).not.toContain("MARKEDpass");
      expect(told.said).not.toContain("another passphrase");
    }
  });

  test("from standard input, with or without its line end", async () => {
    const made = await story.tell([...MAKE, "--passphrase-file", "-", ...QUICK], {
      input: PASSPHRASE,
    });
    expect(made.exitCode).toBe(0);
    const restored = await story.tell(["restore", "sheet.pdf", "--passphrase-file", "-"], {
      input: `${PASSPHRASE}\r\n`,
    });
    expect(restored.exitCode).toBe(0);
  });

  test.each([
    ["empty", "", 66, "it is empty"],
    ["of one empty line", "\n", 65, "The passphrase is empty."],
    ["of two lines", "one\ntwo\n", 65, "The passphrase has more than one line."],
    ["with U+0000", "a\0b", 65, "The passphrase holds the character U+0000."],
    ["with a blank behind", "one \n", 65, "white space around it (position 4)"],
    ["with a mark inside", "one\uFEFF\u200b\n", 65, "invisible characters (positions 4 and 5)"],
    ["not in UTF-8", Buffer.from([0x61, 0xff]), 66, "it is no text in UTF-8"],
  ])("a passphrase file that is %s is refused", async (_, content, exitCode, text) => {
    writeFileSync(story.path("pass.txt"), content);
    const told = await story.tell(SEALED);
    expect(told.exitCode).toBe(exitCode);
    expect(told.said).toContain(text);
    expect(story.files()).not.toContain("sheet.pdf");
  });

  test("a passphrase file's byte order mark is no part of it, to make and to restore", async () => {
    const marked = `\uFEFF${PASSPHRASE}\r\n`;
    const files = { "pass.txt": `${PASSPHRASE}\n`, "marked.txt": marked };
    for (const [name, content] of Object.entries(files)) writeFileSync(story.path(name), content);
    const made = await story.tell([...MAKE, "--passphrase-file", "marked.txt", ...QUICK]);
    expect(made.exitCode).toBe(0);
    for (const name of Object.keys(files)) {
      const told = await story.tell(["restore", "sheet.pdf", "--passphrase-file", name]);
      expect(told.exitCode).toBe(0);
      expect(told.said).toContain("opened with the passphrase");
    }
  });

  test("one of the user's own that has what nobody sees is asked for again", async () => {
    const made = await onTerminal(
      story,
      [...MAKE, "--passphrase", ...QUICK],
      [
        ["Passphrase: ", `${PASSPHRASE} \r`],
        ["white space around it", ""],
        ["Passphrase: ", `${PASSPHRASE}\r`],
        ["The same again: ", `${PASSPHRASE}\r`],
      ],
    );
    expect(made.exitCode).toBe(0);
    expect(story.files()).toContain("sheet.pdf");
  });

  test("one of the user's own is entered twice, the same, and again to restore", async () => {
    const made = await onTerminal(
      story,
      [...MAKE, "--passphrase", ...QUICK],
      [
        ["Passphrase: ", `${PASSPHRASE}\r`],
        ["The same again: ", "something else\r"],
        ["The two were not the same.", ""],
        ["Passphrase: ", `${PASSPHRASE}\r`],
        ["The same again: ", `${PASSPHRASE}\r`],
      ],
    );
    expect(made.exitCode).toBe(0);
    expect(made.said).not.toContain("MARKEDpass");
    const restored = await onTerminal(
      story,
      ["restore", "sheet.pdf", "--out", "back.key"],
      [
        ["Passphrase: ", "wrong\r"],
        ["It does not open the sheet. Try again.", ""],
        ["Passphrase: ", `${PASSPHRASE}\r`],
      ],
    );
    expect(restored.exitCode).toBe(0);
    expect(story.read("back.key")).toEqual(story.read("kraken.key"));
    const given = await onTerminal(
      story,
      ["restore", "sheet.pdf"],
      [
        ["Passphrase: ", "wrong\r"],
        ["Passphrase: ", "wrong again\r"],
        ["Passphrase: ", "and again\r"],
      ],
    );
    expect(given.exitCode).toBe(1);
    expect(given.said).toContain("Wrong passphrase, or a changed sheet");
  });

  test("a drawn one is shown once, asked for again, and mended when it is typed", async () => {
    const shown = (seen: string) => {
      const words = [...seen.matchAll(/ {2}\d+ {2}(\p{Letter}+)/gu)].map(([, word]) => word);
      return words.slice(0, 7).join(" ");
    };
    let passphrase = "";
    const made = await onTerminal(
      story,
      [...MAKE, "--passphrase", ...QUICK],
      [
        ["Passphrase: ", "\r"],
        ["Press Enter when it is written down.", "\r"],
        ["Passphrase: ", "not that\r"],
        ["That is not the passphrase that was shown.", ""],
        [
          "Passphrase: ",
          (seen) => {
            passphrase = shown(seen);
            return `${passphrase.toUpperCase()}\r`;
          },
        ],
      ],
      XTERM,
    );
    expect(made.exitCode).toBe(0);
    expect(passphrase.split(" ")).toHaveLength(7);
    // On the screen's other page, and nowhere after it is left.
    const [before = "", after = ""] = made.stdout.split("\u001b[?1049l");
    expect(before).toContain("\u001b[?1049h");
    const [word = ""] = passphrase.split(" ");
    expect(after).not.toMatch(new RegExp(`  ${word}\\b`));
    const printed = await printedText(story.read("sheet.pdf"));
    expect(printed).toContain("Enter the passphrase, which is not on this sheet.");
    const words = passphrase.split(" ");
    for (let at = 2; at < words.length; at++) {
      const three = words.slice(at - 2, at + 1).join(" ");
      for (const text of [printed, after, story.read("sheet.pdf").toString("latin1")]) {
        expect(text.replaceAll(/\s+/g, " ")).not.toContain(three);
      }
    }
    expect(story.files()).toEqual(["kraken.key", "pass.txt", "sheet.pdf"]);

    const [first = "", ...rest] = passphrase.split(" ");
    const slip = [first.slice(0, 1) + first.slice(2), ...rest].join(" ");
    const restored = await onTerminal(
      story,
      ["restore", "sheet.pdf"],
      [
        ["Passphrase: ", `${slip}\r`],
        ["Take the key:", "\r"],
      ],
    );
    expect(restored.exitCode).toBe(0);
    expect(restored.said).toContain("the passphrase was typed a little differently");
  });

  test("a slip in a drawn one is told, and it is shown once more to correct the note", async () => {
    let words: readonly string[] = [];
    const made = await onTerminal(
      story,
      [...MAKE, "--passphrase-words", "6", ...QUICK],
      [
        ["Press Enter when it is written down.", "\r"],
        [
          "Passphrase: ",
          (seen) => {
            words = [...seen.matchAll(/ {2}\d {2}(\p{Letter}+)/gu)].map(([, word]) => word ?? "");
            const [first = "", second = "", ...rest] = words;
            return `${[first, second.slice(0, 1) + second.slice(2), ...rest].join(" ")}\r`;
          },
        ],
        ["There is a slip in word 2", ""],
        ["<--", ""],
        ["Press Enter when it is written down.", "\r"],
        ["Passphrase: ", () => `${words.join("  ").toUpperCase()}\r`],
      ],
      XTERM,
    );
    expect(words).toHaveLength(6);
    expect(made.exitCode).toBe(0);
    expect(made.stdout.split("\u001b[?1049l").at(-1)).not.toContain(words[1]);
    expect(story.files()).toContain("sheet.pdf");
  });

  test("a drawn one that is not entered again leaves no sheet", async () => {
    const told = await onTerminal(
      story,
      [...MAKE, "--passphrase-words", "6", ...QUICK],
      [
        ["Press Enter when it is written down.", "\r"],
        ["Passphrase: ", "one\r"],
        ["Passphrase: ", "two\r"],
        ["Passphrase: ", "three\r"],
      ],
      XTERM,
    );
    expect(told.exitCode).toBe(1);
    expect(told.said).toContain("No sheet was written");
    expect([...told.stdout.matchAll(/ {2}\d {2}\p{Letter}+/gu)]).toHaveLength(6);
    expect(story.files()).toEqual(["kraken.key", "pass.txt"]);
  });

  test("needs a terminal or a file", async () => {
    const told = await story.tell([...MAKE, "--passphrase"]);
    expect(told.exitCode).toBe(64);
    expect(told.said).toContain("--passphrase-file FILE");
  });

  test("whose cost is above what is made is opened only when that is agreed to", async () => {
    // A payload of cost 22, which would take 4 GB: it is refused before any work.
    writeFileSync(story.path("code.txt"), readFileSync("fixtures/sealed-cost-22.txt"));
    const told = await story.tell(["restore", "code.txt", "--passphrase-file", "pass.txt"]);
    expect(told.exitCode).toBe(1);
    expect(told.said).toContain("--kdf-cost 22");
    const asked = await onTerminal(story, ["restore", "code.txt"], [["Go on? (y/N) ", "n\r"]]);
    expect(asked.exitCode).toBe(1);
  });
});

describe("the options of a seal and of shares", () => {
  test.each([
    [["--kdf-cost", "14"], "--passphrase is missing"],
    [
      ["--passphrase-file", "pass.txt", "--kdf-cost", "13"],
      "--kdf-cost takes a number from 14 to 20",
    ],
    [
      ["--passphrase-file", "pass.txt", "--kdf-cost", "21"],
      "--kdf-cost takes a number from 14 to 20",
    ],
    [["--passphrase-words", "5"], "--passphrase-words takes a number of words from 6 to 10"],
    [["--passphrase-file", "pass.txt", "--passphrase-words", "6"], "cannot both be given"],
    [["--shares", "1-of-3"], "--shares takes M-of-N"],
    [["--shares", "4-of-3"], "--shares takes M-of-N"],
    [["--shares", "2-of-17"], "--shares takes M-of-N"],
    [["--shares", "2/3"], "--shares takes M-of-N"],
    [["--from", "-", "--passphrase-file", "-"], "standard input is read only once"],
  ])("%j", async (args, text) => {
    const told = await story.tell([
      "make",
      ...args,
      ...(args[0] === "--from" ? [] : MAKE.slice(1)),
    ]);
    expect(told.exitCode).toBe(64);
    expect(told.said).toContain(text);
    expect(story.files()).not.toContain("sheet.pdf");
  });

  test("a passphrase is no argument", async () => {
    const told = await story.tell([...MAKE, "--passphrase=MARKEDpassphrase"]);
    expect(told.exitCode).toBe(64);
    expect(told.said).not.toContain("MARKEDpass");
  });
});

describe("shares", () => {
  const SHARED = [...MAKE, "--shares", "2-of-3"];
  const FILES = ["sheet-1-of-3.pdf", "sheet-2-of-3.pdf", "sheet-3-of-3.pdf"];
  let set: readonly Uint8Array[];

  beforeAll(async () => {
    const first = new Story();
    writeFileSync(first.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`);
    expect((await first.tell(SHARED)).exitCode).toBe(0);
    set = FILES.map((name) => first.read(name));
    first.end();
  });

  /** A set that was made once. */
  function putSet(prefix = ""): void {
    for (const [index, name] of FILES.entries()) {
      writeFileSync(story.path(prefix + name), set[index] ?? "", { mode: 0o600 });
    }
  }

  test("are a sheet each; any two give the key, one does not", async () => {
    const made = await story.tell(SHARED);
    expect(made.exitCode).toBe(0);
    expect(made.said).toContain("Every 2 of them gave exactly this key.");
    expect(made.said).toContain("120 a sheet, 18 of them spare");
    expect(made.said).toContain("Then fold each with the words and the code inside");
    expect(story.files()).toEqual(["kraken.key", "pass.txt", ...FILES]);
    for (const file of FILES) expect(story.mode(file)).toBe(0o600);
    for (const [a, b] of [
      [0, 1],
      [2, 0],
      [1, 2],
    ] as const) {
      const out = `back.${String(a)}.key`;
      const files = [FILES[a] ?? "", FILES[b] ?? ""];
      const restored = await story.tell(["restore", ...files, "--out", out]);
      expect(restored.exitCode).toBe(0);
      expect(restored.said).toContain("This is exactly the key on these sheets.");
      expect(story.read(out)).toEqual(story.read("kraken.key"));
    }
    const one = await story.tell(["restore", FILES[1] ?? ""]);
    expect(one.exitCode).toBe(1);
    expect(one.said).toContain("1 more share is needed: 1 or 3.");
    const inspected = await story.tell(["inspect", ...FILES]);
    for (const number of [1, 2, 3]) {
      expect(inspected.said).toContain(`share ${String(number)} of 3`);
    }
  });

  test("name each other: set, number, how many are needed, and the marks of all", async () => {
    const made = await story.tell([...SHARED, "--json"]);
    const { shares, out } = JSON.parse(made.stdout) as {
      shares: { set: string; marks: string[]; threshold: number };
      out: string[];
    };
    expect(out).toEqual(FILES);
    expect(shares.threshold).toBe(2);
    expect(shares.marks).toHaveLength(3);
    for (const [index, name] of FILES.entries()) {
      const text = await printedText(story.read(name));
      expect(text).toContain(`hare ${String(index + 1)} of 3`);
      expect(text).toContain("any 2");
      expect(text).toContain(shares.set);
      for (const mark of shares.marks) expect(text).toContain(mark);
    }
  });

  test("of two makings do not mix", async () => {
    putSet("old-");
    await story.tell(SHARED);
    const told = await story.tell(["restore", "old-sheet-1-of-3.pdf", "sheet-2-of-3.pdf"]);
    expect(told.exitCode).toBe(1);
    expect(told.said).toContain("These shares are of 2 different sets");
  });

  test("sealed besides: joined, then opened", async () => {
    const made = await story.tell([...SHARED, "--passphrase-file", "pass.txt", ...QUICK]);
    expect(made.said).toContain(
      "Every 2 of them gave exactly this key, opened with the passphrase.",
    );
    const files = FILES.slice(1);
    const open = ["--passphrase-file", "pass.txt", "--out", "back.key"];
    expect((await story.tell(["restore", ...files, ...open])).exitCode).toBe(0);
    expect(story.read("back.key")).toEqual(story.read("kraken.key"));
    const without = await story.tell(["restore", ...files]);
    expect(without.exitCode).toBe(64);
  });

  test("are all written or none", async () => {
    copyFileSync(story.path("kraken.key"), story.path("sheet-3-of-3.pdf"));
    const told = await story.tell(SHARED);
    expect(told.exitCode).toBe(73);
    expect(told.said).toContain("sheet-3-of-3.pdf");
    expect(story.files()).toEqual(["kraken.key", "pass.txt", "sheet-3-of-3.pdf"]);
    rmSync(story.path("sheet-3-of-3.pdf"));
  });

  test("are asked for one after another where the first came from a file", async () => {
    putSet();
    const rows = await pageRows(story.read(FILES[2] ?? ""));
    const told = await onTerminal(
      story,
      ["restore", FILES[0] ?? "", "--plain", "--out", "back.key"],
      [
        ["1 more share is needed: 2 or 3.", ""],
        ...rows
          .slice(0, 17)
          .map((row, index) => [`Row ${String(index + 1)}: `, `${row}\r`] as const),
      ],
    );
    expect(told.said).toContain("This is exactly the key on these sheets.");
    expect(story.read("back.key")).toEqual(story.read("kraken.key"));
    const alone = await onTerminal(
      story,
      ["restore", FILES[0] ?? "", "--plain"],
      [["Row 1: ", "\x04"]],
    );
    expect(alone.exitCode).toBe(1);
    expect(alone.said).toContain("1 more share is needed: 2 or 3.");
  }, 60_000);

  test("are typed one after another", async () => {
    putSet();
    const rows = await Promise.all(FILES.slice(0, 2).map((name) => pageRows(story.read(name))));
    const [first = [], second = []] = rows;
    expect(first).toHaveLength(20);
    // 17 rows hold all that is not spare, and then it ends by itself.
    const typed = (share: readonly string[]) =>
      share.slice(0, 17).map((row, index) => [`Row ${String(index + 1)}: `, `${row}\r`] as const);
    const told = await onTerminal(
      story,
      ["restore", "--plain", "--out", "back.key"],
      [...typed(first), ["1 more share is needed: 2 or 3.", ""], ...typed(second)],
    );
    expect(told.said).toContain("This is exactly the key on these sheets.");
    expect(story.read("back.key")).toEqual(story.read("kraken.key"));
  }, 60_000);
});
