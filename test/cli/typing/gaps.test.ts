/**
 * What is typed into the gaps, in a real shell on a real terminal: before the first question, between
 * questions, while it works, at the end. Nothing of it may be on the screen, in the scrollback, on the
 * shell's command line or in its history.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { qrTexts, sealed } from "../../vectors/paper-format.mjs";
import { backup } from "../../../src/core/backup.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import { testWith } from "../../programs.js";
import { MARKED, MARKED_PASSPHRASE, PROGRAM, Story } from "../story.js";
import { Terminal } from "./tmux.js";

const test = testWith("tmux");
const KEYSHEET = `${process.execPath} ${PROGRAM}`;
const KEY_FILE = `${MARKED.key}\n${MARKED.secret}\n`;
/** So long that somebody can type while it works. */
const SLOW = "--kdf-cost 19";

let story: Story;
let terminal: Terminal;
/** The shell writes it when it is ended, too. */
let historyFolder: string;

beforeEach(async () => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), KEY_FILE, { mode: 0o600 });
  execFileSync("mkfifo", [story.path("gate.json"), story.path("gate.txt")]);
  historyFolder = mkdtempSync(path.join(tmpdir(), "keysheet-history-"));
  const shell = `HISTFILE=${historyFolder}/history PS1='ready> ' bash --norc --noprofile -i`;
  terminal = new Terminal(story.folder, 100, 50, shell);
  await terminal.shows("ready>");
});

afterEach(() => {
  terminal.end();
  story.end();
  rmSync(historyFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

/** Lets a command go on that waits for this file. */
async function open(gate: string, content: string): Promise<void> {
  await writeFile(story.path(gate), content);
}

const TEMPLATE = readFileSync("templates/standard.json", "utf8");

/** A command that has begun to hide what is typed. */
async function begin(args: string, program = KEYSHEET): Promise<void> {
  terminal.type(`${program} ${args}\n`);
  const begun = Date.now();
  // The shell at its prompt has the terminal's echo off, too.
  while (terminal.program() !== "node" || terminal.isEchoing()) {
    expect(Date.now() - begun).toBeLessThan(20_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Secrets as a person in a hurry enters them: typed, and pasted once more. */
function enterSecrets(): void {
  terminal.type(`${MARKED_PASSPHRASE}\n`);
  terminal.paste(`${MARKED.secret}\n`);
}

/** Ends the shell and searches all that it showed and kept; gives what it showed. */
async function endShell(): Promise<string> {
  await terminal.shows(/^ready>\s*$(?!.*\S)/ms);
  terminal.type("echo over-$((40 + 2))\n");
  await terminal.shows("over-42");
  terminal.type("history -a; echo kept-$?\n");
  await terminal.shows("kept-0");
  const seen = terminal.scrollback().replace(/\s+/g, " ");
  for (const text of [seen, readFileSync(path.join(historyFolder, "history"), "utf8")]) {
    for (const secret of [MARKED_PASSPHRASE, MARKED.secret]) {
      expect(text.replace(/\s+/g, "")).not.toContain(secret.replace(/\s+/g, "").slice(4, 16));
    }
  }
  return seen;
}

async function asksFor(question: string): Promise<void> {
  await terminal.shows(new RegExp(`${question}:\\s*$(?!.*\\S)`, "ms"));
}

describe("nothing that is typed is shown or left", { timeout: 120_000 }, () => {
  test("by make, which asks: before, between, while it works, and at the end", async () => {
    await begin(`make --template gate.json --passphrase ${SLOW}`);
    enterSecrets();
    await open("gate.json", TEMPLATE);
    await asksFor("API key \\(56 characters\\)");
    terminal.paste(MARKED.key);
    await terminal.shows("....... 56");
    terminal.press("Enter");
    await asksFor("Private key \\(88 characters\\)");
    terminal.paste(`${MARKED.secret}\n`);
    terminal.press("Enter");
    await asksFor("Passphrase");
    terminal.type(MARKED_PASSPHRASE);
    terminal.press("Enter");
    await asksFor("The same again");
    terminal.type(MARKED_PASSPHRASE);
    terminal.press("Enter");
    await terminal.shows("Making the sheet ...");
    enterSecrets();
    await terminal.shows("Reading it back ...");
    enterSecrets();
    await terminal.shows("The sheet is made and was read back");
    const seen = await endShell();
    expect(seen).toContain("The same again: ........ ");
    expect(existsSync(story.path("sheet.pdf"))).toBe(true);
  });

  test("by make, which draws a passphrase: an Enter too many ends nothing unseen", async () => {
    await begin(`make --from kraken.key --template gate.json --passphrase-words 6 ${SLOW}`);
    enterSecrets();
    await open("gate.json", TEMPLATE);
    await terminal.shows("Press Enter when it is written down.");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const page = await terminal.shows("Press Enter when it is written down.");
    const drawn = [...page.matchAll(/^ {2,3}\d {2}(\p{Letter}+)$/gmu)].map(([, word]) => word);
    expect(drawn).toHaveLength(6);
    terminal.press("Enter");
    await terminal.shows("Making the sheet ...");
    enterSecrets();
    await asksFor("Passphrase");
    terminal.type(drawn.join(" "));
    terminal.press("Enter");
    await terminal.shows("The sheet is made and was read back");
    const seen = await endShell();
    expect(seen).not.toContain(drawn.slice(0, 2).join(" "));
  });

  test("by restore, while it reads a file that turns out to be sealed, and while it opens it", async () => {
    const { payload } = backup({ ...parseKeyFile(KEY_FILE, "key"), day: 2518 }, "standard");
    const code = qrTexts(sealed(payload, MARKED_PASSPHRASE, new Uint8Array(16).fill(1), 19), 1);
    await begin("restore gate.txt --out back.key");
    enterSecrets();
    await open("gate.txt", code.join("\n"));
    await asksFor("Passphrase");
    terminal.type(MARKED_PASSPHRASE);
    terminal.press("Enter");
    await terminal.shows("Opening the sheet ...");
    enterSecrets();
    await terminal.shows("The key is in back.key");
    await endShell();
    expect(readFileSync(story.path("back.key"), "utf8")).toBe(KEY_FILE);
  });

  test("after Ctrl-C while it works", async () => {
    await begin(`make --from kraken.key --passphrase ${SLOW}`);
    await asksFor("Passphrase");
    terminal.type(MARKED_PASSPHRASE);
    terminal.press("Enter");
    await asksFor("The same again");
    terminal.type(MARKED_PASSPHRASE);
    terminal.press("Enter");
    await terminal.shows("Making the sheet ...");
    enterSecrets();
    terminal.press("C-c");
    enterSecrets();
    await terminal.shows("Interrupted.");
    await terminal.shows(/^ready>\s*$(?!.*\S)/ms);
    terminal.type("echo exit-$?\n");
    await terminal.shows("exit-130");
    await endShell();
    expect(existsSync(story.path("sheet.pdf"))).toBe(false);
  });

  test("after a refusal", async () => {
    await begin("make --template gate.json");
    enterSecrets();
    await open("gate.json", "{");
    await terminal.shows("keysheet:");
    await endShell();
  });

  test.each([
    ["a fault of its own", `throw new Error("a fault");`],
    ["an end without a word", "process.exit(70);"],
  ])("after %s", async (_, end) => {
    writeFileSync(
      story.path("fault.mjs"),
      `import { writeFileSync } from "node:fs";
      writeFileSync("pid", String(process.pid));
      process.on("SIGUSR2", () => {
        // So busy before it fails that nobody reads what is typed.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
        ${end}
      });`,
    );
    const faulty = `${process.execPath} --import ./fault.mjs ${PROGRAM}`;
    await begin("make --template gate.json", faulty);
    process.kill(Number(readFileSync(story.path("pid"), "utf8")), "SIGUSR2");
    enterSecrets();
    await endShell();
  });
});

describe("a command that is typed ahead reaches the shell", { timeout: 120_000 }, () => {
  test("of restore, when the sheet asks for nothing", async () => {
    const { payload } = backup({ ...parseKeyFile(KEY_FILE, "key"), day: 2518 }, "standard");
    await begin("restore gate.txt --out back.key");
    terminal.type("echo next-$((40 + 1))\n");
    await open("gate.txt", qrTexts(payload, 1).join("\n"));
    await terminal.shows("next-41");
    await endShell();
  });

  test("of make, when the key comes from a file", async () => {
    terminal.type(`${KEYSHEET} make --from kraken.key --template gate.json\n`);
    while (terminal.program() !== "node") await new Promise((resolve) => setTimeout(resolve, 20));
    terminal.type("echo next-$((40 + 1))\n");
    await open("gate.json", TEMPLATE);
    await terminal.shows("The sheet is made and was read back");
    await terminal.shows("next-41");
    expect(terminal.isEchoing() || terminal.screen().includes("ready>")).toBe(true);
    await endShell();
  });
});
