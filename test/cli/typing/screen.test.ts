/** The words typed on a real terminal: tmux has the screen, and shows what a person would see. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { open as openFile, writeFile } from "node:fs/promises";
import { afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { testWith } from "../../programs.js";
import { pageRows } from "../page.js";
import { hasTrace, MARKED, PROGRAM, Story } from "../story.js";
import { Terminal } from "./tmux.js";

const test = testWith("tmux");
let story: Story;
let terminal: Terminal | null;
let sheet: Uint8Array;
let rows: readonly string[];

beforeAll(async () => {
  const first = new Story();
  writeFileSync(first.path("kraken.key"), `${MARKED.key}\n${MARKED.secret}\n`);
  await first.tell(["make", "--from", "kraken.key", "--date", "2026-11-23"]);
  sheet = first.read("sheet.pdf");
  first.end();
  rows = await pageRows(sheet);
});

beforeEach(() => {
  story = new Story();
  terminal = null;
  writeFileSync(story.path("sheet.pdf"), sheet);
});

afterEach(() => {
  terminal?.end();
  story.end();
});

async function open(columns = 80, height = 24, args = "restore", env = "") {
  terminal = new Terminal(
    story.folder,
    columns,
    height,
    `${env} ${process.execPath} ${PROGRAM} ${args}; echo "exit $?"; cat`,
  );
  await terminal.shows(args.includes("--plain") ? "Row 1:" : "row by row");
  return terminal;
}

async function confirmed(shown: Terminal): Promise<void> {
  await shown.shows("Enough: the key is confirmed");
  shown.press("C-d");
  await shown.shows("Take the key:");
  shown.press("Enter");
  const screen = await shown.shows("exit 0");
  expect(screen.replace(/\s+/g, " ")).toContain("Confirmed: every check holds");
}

describe("on a screen", { timeout: 120_000 }, () => {
  test("four letters a word restore the key before the sheet ends, and leave no word behind", async () => {
    const shown = await open();
    for (const row of rows.slice(0, 14)) {
      for (const word of row.split(" ")) shown.press(word.slice(0, 4), "Space");
    }
    await confirmed(shown);
    expect(shown.screen().replace(/\s+/g, "")).toContain("thefirst84wereenough");
    expect(hasTrace(Buffer.from(shown.scrollback()))).toBe(false);
  });

  test("completes a word as soon as it is the only one, and shows the row's letters", async () => {
    const shown = await open();
    const [first = "", second = ""] = (rows[0] ?? "").split(" ");
    shown.type(first.slice(0, 4));
    await shown.shows(first.length > 4 ? `${first.slice(0, 4)}.${first.slice(4)}` : first);
    shown.type(`${first.slice(4)} `);
    await shown.shows(new RegExp(`${first} +_`));
    for (const word of (rows[0] ?? "").split(" ").slice(1)) shown.press(word, "Enter");
    const screen = await shown.shows(/\[[A-Z]{2}\]/);
    expect(screen).toContain(second);
  });

  test("takes a row's two letters behind it, and says whether they agree", async () => {
    const shown = await open();
    shown.paste(`${rows[0] ?? ""}\n`);
    const [, letters = ""] = /\[([A-Z]{2})\]/.exec(await shown.shows(/\[[A-Z]{2}\]/)) ?? [];
    shown.press(letters.toLowerCase(), "Space");
    await shown.shows(`Row 1 agrees: its letters are ${letters}.`);
    shown.press(letters === "AB" ? "ac" : "ab", "Space");
    await shown.shows("Row 1 differs");
    await shown.shows(/^ 2 +_/m);
  });

  test("what is typed after the end goes nowhere", async () => {
    const shown = await open();
    shown.paste(rows.join("\n"));
    await shown.shows("Enough");
    shown.type("abandon ability ");
    shown.press("Enter");
    await confirmed(shown);
    expect(shown.screen()).not.toContain("abandon ability");
  });

  test("goes back to correct, with unreadable words and a row that was skipped", async () => {
    const shown = await open();
    const [first = "", ...others] = rows;
    shown.paste(`${first.replace(/^\w+/, "zzzz")}\n`);
    await shown.shows("zzzz~");
    for (const row of others.slice(1, 13)) shown.paste(`${row}\n`);
    shown.press("C-d");
    await shown.shows("Not enough yet. No words or unreadable: in row 1.");
    shown.press(...new Array<string>(20).fill("Up"), "Home", "C-u");
    shown.type(first.split(" ")[0] ?? "");
    shown.press("Down", "C-n");
    shown.type("? ");
    await shown.shows(/^ 2 +\? +_/m);
    shown.paste((others[0] ?? "").split(" ").slice(1).join(" "));
    for (const row of others.slice(13)) {
      shown.press(...new Array<string>(20).fill("Down"));
      shown.paste(`${row}\n`);
    }
    await confirmed(shown);
  });

  test("half of the words and then a file of the sheet", async () => {
    const shown = await open();
    for (const row of rows.slice(0, 8)) shown.paste(`${row}\n`);
    shown.press("C-o");
    await shown.shows("File:");
    shown.type("nothing.pdf");
    shown.press("Enter");
    await shown.shows("there is no such file");
    shown.press("C-o");
    shown.type("'she");
    shown.press("Tab");
    await shown.shows("File: 'sheet.pdf'");
    shown.press("Enter");
    await confirmed(shown);
  });

  test("rows in one burst of keys, with numbers, letters and a word that is none", async () => {
    const shown = await open();
    const [first = "", second = "", ...others] = rows;
    shown.type(`1 ${first.replace(/^\w+/, "zzzz")} ab 2. ${second} `);
    const screen = await shown.shows(/^ 3 +_/m);
    expect(screen.split("\n")[1]).toMatch(/^ 1 {2}zzzz~/);
    expect(screen).toContain("~: no word of the list.");
    shown.type(`1 ${first} 3 ${others.join(" ")}`.slice(0, 1500));
    await confirmed(shown);
  });

  test("Ctrl-C asks once and ends it while it reads a file, too", async () => {
    execFileSync("mkfifo", [story.path("slow.txt")]);
    const shown = await open();
    shown.paste(`${rows[0] ?? ""}\n`);
    const read = async () => {
      shown.press("C-o");
      shown.type("slow.txt");
      shown.press("Enter");
      await shown.shows("Reading ...");
    };
    await read();
    shown.type("zoo ");
    shown.press("C-c");
    await shown.shows("Stop and lose 6 words?");
    await writeFile(story.path("slow.txt"), "qqqq");
    await shown.shows(/^ 2 +zoo +_/m);
    await read();
    shown.press("C-c");
    await shown.shows("Stop and lose 7 words?");
    shown.press("C-c");
    await shown.shows("Interrupted.");
    // The system does not let a process end that waits for such a file to be opened.
    while (!shown.screen().includes("exit 130")) {
      await (await openFile(story.path("slow.txt"), "r+")).close();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(hasTrace(Buffer.from(shown.scrollback()))).toBe(false);
  });

  test("half of the words and the other half from a text", async () => {
    writeFileSync(
      story.path("half.txt"),
      rows.map((row, index) => (index < 8 ? "? ? ? ? ? ?" : row)).join("\n"),
    );
    const shown = await open();
    for (const row of rows.slice(0, 8)) shown.paste(`${row}\n`);
    shown.press("C-o");
    shown.type("half.txt");
    shown.press("Enter");
    await confirmed(shown);
  });

  test("on 40 columns and 20 lines, without colour, and after a resize", async () => {
    const shown = await open(40, 20, "restore", "NO_COLOR=1");
    for (const row of rows.slice(0, 12)) shown.paste(`${row}\n`);
    const narrow = await shown.shows(/^13 +_/m);
    expect(narrow.split("\n").every((line) => line.length <= 40)).toBe(true);
    shown.resize(100, 30);
    await shown.shows(new RegExp(`12 +${(rows[11] ?? "").split(" ").join(" +")} `));
    shown.paste(rows.slice(12).join("\n"));
    await confirmed(shown);
  });

  test("Ctrl-C asks once, and ends it with the screen as it was", async () => {
    const shown = await open();
    shown.paste(rows.slice(0, 3).join("\n"));
    await shown.shows(/^ 4 +_/m);
    shown.press("C-c");
    await shown.shows("Stop and lose 18 words? Ctrl-C again stops; any other key goes on.");
    shown.press("Down");
    shown.press("C-d");
    await shown.shows("18 words are there, 66 more are needed. Type on, or ^D once more");
    shown.press("C-c");
    await shown.shows("Stop and lose 18 words?");
    shown.press("C-c");
    const screen = await shown.shows("exit 130");
    expect(screen).toContain("Interrupted.");
    expect(hasTrace(Buffer.from(shown.scrollback()))).toBe(false);
  });
});

describe("line by line, with --plain", { timeout: 120_000 }, () => {
  test("tells each row with its letters, takes commands, and draws nothing", async () => {
    const shown = await open(80, 40, "restore --plain");
    const [first = "", second = ""] = rows;
    shown.type(`${first}\n`);
    await shown.shows(/1: .*letters [A-Z] [A-Z]/);
    await shown.shows("84 words are needed");
    shown.type(`${second.replace(/^\w+/, "zzzzzz")}\n`);
    await shown.shows("not in the English list: word 1");
    shown.type(":row 2\n");
    shown.type(`${second}\n`);
    await shown.shows(/2: .*letters/);
    shown.type(":nonsense\n");
    await shown.shows("No such command");
    shown.paste(`${rows.slice(2).join("\n")}\n`);
    await shown.shows("Take the key:");
    shown.press("Enter");
    await shown.shows("exit 0");
    await shown.shows("Confirmed: every check holds");
  });

  test("Ctrl-C asks once where words would be lost", async () => {
    const shown = await open(80, 40, "restore --plain");
    shown.type(`${rows[0] ?? ""}\n`);
    await shown.shows("Row 2:");
    shown.press("C-c");
    await shown.shows("Stop and lose 6 words? Ctrl-C again stops; a row goes on.");
    shown.type(`${rows[1] ?? ""}\n`);
    await shown.shows("Row 3:");
    shown.press("C-c");
    await shown.shows("Stop and lose 12 words?");
    shown.press("C-c");
    await shown.shows("exit 130");
  });

  test("is what a terminal that cannot draw gets", async () => {
    const dumb = new Terminal(
      story.folder,
      80,
      24,
      `TERM=dumb ${process.execPath} ${PROGRAM} restore; echo "exit $?"; cat`,
    );
    terminal = dumb;
    await dumb.shows("Row 1:");
    dumb.type(":file sheet.pdf\n");
    await dumb.shows("Take the key:");
    dumb.press("Enter");
    await dumb.shows("exit 0");
  });
});
