import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import sharp from "sharp";
import { testWith } from "../programs.js";
import { MARKED, onTerminal, Story } from "./story.js";
import { pagePicture, pageRows } from "./page.js";

const KEY_FILE = `${MARKED.key}\n${MARKED.secret}\n`;
const DAY = ["--date", "2026-11-23"] as const;

let story: Story;
beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), KEY_FILE);
});
afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

let plainSheet: Uint8Array | null = null;

/** A proved sheet of the marked key, made by the command; the plain one once, for it is always the same. */
async function makeSheet(...args: readonly string[]): Promise<void> {
  if (args.length === 0 && plainSheet !== null) {
    writeFileSync(story.path("sheet.pdf"), plainSheet, { mode: 0o600 });
    return;
  }
  const told = await story.tell(["make", "--from", "kraken.key", ...DAY, ...args]);
  expect(told.stderr).toBe("");
  expect(told.exitCode).toBe(0);
  if (args.length === 0) plainSheet = story.read("sheet.pdf");
}

/** The words of the sheet's page, a row a line as printed. */
async function sheetRows(name = "sheet.pdf"): Promise<string[]> {
  return pageRows(story.read(name));
}

describe("make", () => {
  test("makes a sheet of the key, says what to do next, and leaves the PDF alone", async () => {
    const told = await story.tell(["make", "--from", "kraken.key", ...DAY, "--label", "Bot 7"]);
    expect(told.exitCode).toBe(0);
    expect(told.stderr).toBe("");
    expect(told.stdout).toMatch(/read back/);
    expect(told.stdout).toMatch(/mark {10}[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(told.said).toContain("keysheet verify photo.jpg --against kraken.key and delete");
    expect(told.said).toContain("Delete sheet.pdf");
    expect(told.said).toContain("kraken.key holds the key, too: delete it as well, or keep it");
    expect(story.files()).toEqual(["kraken.key", "sheet.pdf"]);
    expect(story.mode("sheet.pdf")).toBe(0o600);
  });

  test.each([
    ["dotenv", `KRAKEN_API_KEY=${MARKED.key}\nKRAKEN_API_SECRET=${MARKED.secret}\n`],
    ["an address", `kraken://apikey?key=${MARKED.key}&secret=${MARKED.secret}`],
    [
      "a percent-encoded address",
      `kraken://apikey?key=${MARKED.key}&secret=${encodeURIComponent(MARKED.secret)}`,
    ],
    [
      "JSON",
      JSON.stringify({
        keysheet: 1,
        provider: "kraken-spot",
        fields: [
          ["key", MARKED.key, false],
          ["secret", MARKED.secret, true],
        ],
      }),
    ],
  ])("takes %s from standard input", async (_, input) => {
    const told = await story.tell(["make", "--from", "-", ...DAY], { input });
    expect(told.exitCode).toBe(0);
    expect(told.said).toContain("keysheet verify photo.jpg which asks for the parts of the key");
    expect(told.said).not.toContain("holds the key, too");
    const verified = await story.tell(["verify", "sheet.pdf", "--against", "kraken.key"]);
    expect(verified.exitCode).toBe(0);
  });

  testWith("script")(
    "asks for the parts without showing them, and again for what is wrong",
    async () => {
      const told = await onTerminal(
        story,
        ["make", ...DAY],
        [
          ["API key (56 characters): ", `${MARKED.secret}\r`],
          ["API key (56 characters): ", `${MARKED.key.slice(2)}\r`],
          ["API key (56 characters): ", `${MARKED.key}\r`],
          // Pasted with the line break of the page that it was copied from, and without its ==.
          [
            "Private key (88 characters): ",
            `\x1b[200~${MARKED.secret.slice(0, 40)}\r${MARKED.secret.slice(40, -2)}\x1b[201~\r`,
          ],
        ],
      );
      expect(told.said).toContain("That is the private key");
      expect(told.said).toContain("has 54 characters; it should have 56");
      expect(told.said).toContain("1 space or line break inside the private key was taken out");
      expect(told.said).toContain("had lost the == at its end");
      expect(told.stdout).not.toContain(MARKED.key);
      expect(told.exitCode).toBe(0);
      expect(story.files()).toEqual(["kraken.key", "sheet.pdf"]);
      const verified = await story.tell(["verify", "sheet.pdf", "--against", "kraken.key"]);
      expect(verified.exitCode).toBe(0);
    },
  );

  testWith("script")("takes a paste that came twice once, and never as two answers", async () => {
    const told = await onTerminal(
      story,
      ["make", ...DAY],
      [
        [
          "API key (56 characters): ",
          `\x1b[200~${MARKED.key}\x1b[201~\x1b[200~${MARKED.key}\x1b[201~\r`,
        ],
        ["Private key (88 characters): ", `${MARKED.key}\r`],
        ["Private key (88 characters): ", `${MARKED.secret}\r${MARKED.secret}\r`],
      ],
    );
    expect(told.said).toContain("It was pasted twice, and is taken once.");
    expect(told.said).toContain("That is the API key once more; the private key is asked for now.");
    expect(told.exitCode).toBe(0);
    const verified = await story.tell(["verify", "sheet.pdf", "--against", "kraken.key"]);
    expect(verified.exitCode).toBe(0);
  });

  testWith("script")("says what was missing where the input ended", async () => {
    const told = await onTerminal(
      story,
      ["make"],
      [
        ["API key (56 characters): ", `${MARKED.key}\r`],
        ["Private key (88 characters): ", "\x04"],
      ],
    );
    expect(told.said).toContain("The input ended before the private key was entered.");
    expect(told.said).not.toContain("Interrupted");
    expect(told.exitCode).toBe(66);
    expect(story.files()).toEqual(["kraken.key"]);
  });

  testWith("script")("takes a whole key that is pasted as the first answer", async () => {
    const told = await onTerminal(
      story,
      ["make", ...DAY],
      [
        ["API key (56 characters): ", "kraken://apikey?key=abc\r"],
        // In three pieces, two of them cut inside of a mark of the paste.
        ["API key (56 characters): ", "\x1b[20"],
        ["", `0~${KEY_FILE}\x1b[201`],
        ["", "~\r"],
      ],
    );
    expect(told.said).toContain("the private key is missing");
    expect(told.exitCode).toBe(0);
    const verified = await story.tell(["verify", "sheet.pdf", "--against", "kraken.key"]);
    expect(verified.exitCode).toBe(0);
  });

  testWith("script")("asks without showing, too, where standard input is a terminal", async () => {
    const told = await onTerminal(
      story,
      ["make", ...DAY, "--from", "-"],
      [
        ["API key (56 characters): ", `${MARKED.key}\r`],
        ["Private key (88 characters): ", `${MARKED.secret}\r`],
      ],
    );
    expect(told.exitCode).toBe(0);
    expect(told.stdout).not.toContain(MARKED.key);
  });

  testWith("script")("ends at Ctrl-C in the middle of a question, and leaves nothing", async () => {
    const told = await onTerminal(
      story,
      ["make"],
      [
        ["API key (56 characters): ", `${MARKED.key}\r`],
        ["Private key (88 characters): ", `${MARKED.secret.slice(0, 50)}\x03`],
      ],
    );
    expect(told.said).toContain("Interrupted.");
    expect(told.exitCode).toBe(130);
    expect(story.files()).toEqual(["kraken.key"]);
  });

  test.each([5, 150, 300, 450])("leaves nothing when it is interrupted after %i ms", async (ms) => {
    const told = await story.tell(["make", "--from", "kraken.key", ...DAY], {
      onStart: (child) => {
        setTimeout(() => child.kill("SIGINT"), ms);
      },
    });
    // Node ends by a signal that comes while it is on its way out.
    const isDone = told.exitCode === 0 || told.stdout.startsWith("The sheet is made");
    expect(story.files()).toEqual(isDone ? ["kraken.key", "sheet.pdf"] : ["kraken.key"]);
  });

  test("prints the same bytes for the same key, label and day, wherever and whenever", async () => {
    await makeSheet("--out", "a.pdf", "--label", "x");
    const other = await story.tell(
      ["make", "--from", "kraken.key", ...DAY, "--out", "b.pdf", "--label", "x"],
      { env: { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" } },
    );
    expect(other.exitCode).toBe(0);
    expect(story.read("b.pdf").equals(story.read("a.pdf"))).toBe(true);
  });

  test("takes the day from SOURCE_DATE_EPOCH in UTC, and from --date before it", async () => {
    const env = { SOURCE_DATE_EPOCH: "1609459199", TZ: "Asia/Tokyo" };
    const told = await story.tell(["make", "--from", "kraken.key", "--json"], { env });
    expect(JSON.parse(told.stdout)).toMatchObject({ status: "done", day: "2020-12-31" });
    const dated = await story.tell(
      ["make", "--from", "kraken.key", "--out", "b.pdf", "--json", ...DAY],
      { env },
    );
    expect(JSON.parse(dated.stdout)).toMatchObject({ day: "2026-11-23" });
  });

  test("makes numbered copies, a page each, that are one sheet to restore, each of whose carriers is named", async () => {
    await makeSheet("--copies", "2", "--paper", "letter", "--spare", "long");
    const told = await story.tell(["inspect", "sheet.pdf", "--json"]);
    const { sheets } = JSON.parse(told.stdout) as { sheets: { readFrom: unknown[] }[] };
    expect(sheets).toHaveLength(1);
    expect(sheets[0]?.readFrom).toHaveLength(4);
  });

  test("makes a sheet of named fields without a known provider", async () => {
    const json = JSON.stringify({
      keysheet: 1,
      provider: null,
      day: "2020-04-10",
      fields: [
        ["account", "trading@example", false],
        ["token", MARKED.secret, true],
      ],
    });
    writeFileSync(story.path("named.json"), json);
    expect((await story.tell(["make", "--from", "named.json"])).exitCode).toBe(0);
    const told = await story.tell(["restore", "sheet.pdf", "--show"], { mayPrintKey: true });
    expect(JSON.parse(told.stdout)).toEqual(JSON.parse(json));
  });
});

describe("make and restore", () => {
  test.each([1, 10, 33, 60, 90, 110])(
    "give back a named secret of %i characters, exactly, on both papers",
    async (length) => {
      const text = Array.from({ length }, (_, index) => "k?Z9 ~"[index % 6]).join("");
      const record = {
        keysheet: 1,
        provider: null,
        day: "2020-01-10",
        fields: [["token", text, true]],
      };
      writeFileSync(story.path("token.json"), JSON.stringify(record));
      for (const paper of ["a4", "letter"]) {
        const out = `${paper}.pdf`;
        const made = await story.tell([
          "make",
          "--from",
          "token.json",
          "--paper",
          paper,
          "--out",
          out,
        ]);
        expect(made.stderr).toBe("");
        const told = await story.tell(["restore", out, "--show"]);
        expect(JSON.parse(told.stdout)).toEqual(record);
      }
    },
  );
});

describe("make refuses, with its own exit code, and leaves no file", () => {
  test.each([
    ["a missing key file", ["--from", "none.key"], 66, "none.key: there is no such file."],
    ["an empty key file", ["--from", "empty.key"], 65, "empty.key: the key file is empty."],
    ["a key file that is no UTF-8", ["--from", "latin.key"], 65, "no text in UTF-8 (line 2)"],
    ["a key file without the secret", ["--from", "half.key"], 65, "the private key is missing"],
    ["swapped parts", ["--from", "swapped.key"], 65, "are in swapped order"],
    ["a folder as key file", ["--from", "."], 66, "it is a folder"],
    [
      "a folder that does not exist",
      ["--from", "kraken.key", "--out", "no/a.pdf"],
      73,
      "its folder does not exist",
    ],
    [
      "a file that exists",
      ["--from", "kraken.key", "--out", "kraken.key"],
      73,
      "nothing is ever written over",
    ],
    [
      "a day that is none",
      ["--from", "kraken.key", "--date", "2026-02-30"],
      64,
      "--date takes a day",
    ],
    [
      "a day before 2020",
      ["--from", "kraken.key", "--date", "1999-01-01"],
      64,
      "outside of what a sheet can hold",
    ],
    [
      "a label of control characters",
      ["--from", "kraken.key", "--label", "a\u0007b"],
      64,
      "The label has characters",
    ],
    [
      "a label that no line holds",
      ["--from", "kraken.key", "--label", "W".repeat(400)],
      64,
      "The label is too long",
    ],
    ["no file name", ["--from", "kraken.key", "--out", "-"], 64, "--out takes a file name"],
    ["an argument too many", ["kraken.key"], 64, "Argument 2 is not expected"],
    ["no terminal and no file", [], 64, "There is no terminal to ask on"],
  ])("%s", async (_, args, exitCode, message) => {
    writeFileSync(story.path("empty.key"), "");
    writeFileSync(story.path("latin.key"), Buffer.from(`${MARKED.key}\nh\xf6he`, "latin1"));
    writeFileSync(story.path("half.key"), `${MARKED.key}\n`);
    writeFileSync(story.path("swapped.key"), `${MARKED.secret}\n${MARKED.key}\n`);
    const before = story.files();
    const told = await story.tell(["make", ...args]);
    expect(told.said).toContain(message);
    expect(told.stdout).toBe("");
    expect(told.exitCode).toBe(exitCode);
    expect(story.files()).toEqual(before);
  });

  test("all faults of a command line at once", async () => {
    const told = await story.tell([
      "make",
      "--paper",
      "a5",
      "--copies",
      "0",
      "--spare",
      "x",
      "--date",
      "y",
    ]);
    expect(told.exitCode).toBe(64);
    for (const option of ["--paper", "--copies", "--spare", "--date"]) {
      expect(told.said).toContain(`${option} takes`);
    }
  });

  test("a folder that may not be written to", async () => {
    const told = await story.tell(["make", "--from", "kraken.key"], { isOrdinaryUser: true });
    expect(told.said).toContain("cannot be written: permission is denied");
    expect(told.exitCode).toBe(73);
    expect(story.files()).toEqual(["kraken.key"]);
  });

  test("a full disk, of which no part of a file is left", async () => {
    // A real small disk where the tests may mount one; elsewhere files may grow no further.
    const small = `mkdir disk && mount -t tmpfs -o size=16k tmpfs disk 2>/dev/null`;
    const told = await story.tell(["make", "--from", "kraken.key", "--out", "disk/sheet.pdf"], {
      shell: `${small} || { ulimit -f 8; trap '' XFSZ; }; "$@"; code=$?; ls -A disk; umount disk 2>/dev/null; exit $code`,
    });
    expect(told.said).toContain("the disk is full");
    expect(told.stdout).toBe("");
    expect(told.exitCode).toBe(73);
  });

  test("a secret in an argument, without an echo", async () => {
    for (const args of [
      ["--from", MARKED.secret],
      ["--label", `key ${MARKED.secret}`],
    ]) {
      const told = await story.tell(["make", ...args]);
      expect(told.said).toContain("looks like a key");
      expect(told.exitCode).toBe(64);
    }
  });
});

describe("restore", () => {
  test("confirms from the PDF, shows nothing secret, and leaves no file", async () => {
    await makeSheet();
    const told = await story.tell(["restore", "sheet.pdf"]);
    expect(told.exitCode).toBe(0);
    expect(told.stderr).toBe("");
    expect(told.said).toContain("Confirmed");
    expect(told.said).toContain(MARKED.key);
    expect(told.stdout).toMatch(/made {10}2026-11-23/);
    expect(told.said).toContain("102 words, English, all whole; 18 may be lost");
    expect(told.said).toContain("sheet.pdf: code, whole");
  });

  test.each(["png", "jpeg", "webp"] as const)("reads a %s picture of the page", async (form) => {
    await makeSheet();
    const picture = await pagePicture(story.read("sheet.pdf"), 150);
    await picture.toFormat(form).toFile(story.path(`photo.${form}`));
    const told = await story.tell(["verify", `photo.${form}`, "--against", "kraken.key"]);
    expect(told.said).toContain("The sheet holds this key.");
    expect(told.exitCode).toBe(0);
  });

  test("reads a scan, a PDF that is only a picture", async () => {
    await makeSheet();
    const { scanPdf } = await import("./page.js");
    writeFileSync(
      story.path("scan.pdf"),
      await scanPdf(await pagePicture(story.read("sheet.pdf"), 200)),
    );
    const told = await story.tell(["restore", "scan.pdf"]);
    expect(told.said).toContain("scan.pdf: code, whole");
    expect(told.exitCode).toBe(0);
  });

  test("writes the key to a new file of mode 0600 that make reads again", async () => {
    await makeSheet();
    for (const form of ["two-line", "dotenv", "uri", "json"]) {
      const out = `back.${form}`;
      const told = await story.tell(["restore", "sheet.pdf", "--to", form, "--out", out]);
      expect(told.exitCode).toBe(0);
      expect(story.mode(out)).toBe(0o600);
      const verified = await story.tell(["verify", "sheet.pdf", "--against", out]);
      expect(verified.exitCode).toBe(0);
    }
    expect(story.read("back.two-line").toString()).toBe(KEY_FILE);
  });

  test("shows the key only when asked to, on standard output alone", async () => {
    await makeSheet();
    const told = await story.tell(["restore", "sheet.pdf", "--show"], { mayPrintKey: true });
    expect(told.stdout).toBe(KEY_FILE);
    expect(told.said).toContain("Confirmed");
  });

  test("says so when the output that it is shown on is full", async () => {
    await makeSheet();
    const told = await story.tell(["restore", "sheet.pdf", "--show"], {
      shell: '"$@" > /dev/full',
    });
    expect(told.said).toContain("standard output: it cannot be written: the disk is full.");
    expect(told.exitCode).toBe(73);
  });

  test("mends wrong and unreadable words and says what reserve is left", async () => {
    await makeSheet();
    const rows = await sheetRows();
    rows[0] = rows[0]?.replace(/\w+ \w+/, "? zebra") ?? "";
    writeFileSync(story.path("words.txt"), rows.join("\n").toUpperCase());
    const told = await story.tell(["verify", "--words", "words.txt", "--against", "kraken.key"]);
    expect(told.said).toContain("repaired 2 words (1 misread, 1 unreadable); 15 more may be lost");
    expect(told.exitCode).toBe(0);
  });

  test("takes words and code text from standard input", async () => {
    await makeSheet();
    const input = (await sheetRows()).join("\n");
    expect((await story.tell(["restore", "--words", "-"], { input })).exitCode).toBe(0);
  });

  test("puts code text and words of one text file together", async () => {
    await makeSheet();
    const { codeText } = await import("./page.js");
    const code = await codeText(story.read("sheet.pdf"));
    const rows = (await sheetRows()).map((row, index) => `${String(index + 1)} ${row}`);
    const text = [code.slice(0, 100), code.slice(100), ...rows].join("\n");
    writeFileSync(story.path("both.txt"), text);
    const told = await story.tell(["restore", "both.txt"]);
    expect(told.said).toContain("both.txt: code, whole");
    expect(told.said).toContain("both.txt: 102 words");
    expect(told.stderr).toBe("");
  });

  testWith("script")("takes the words typed in, line by line, and ends by itself", async () => {
    await makeSheet();
    const rows = await sheetRows();
    const told = await onTerminal(
      story,
      ["restore", "--plain"],
      [
        ...rows
          .slice(0, 14)
          .map((row, index) => [`Row ${String(index + 1)}: `, `${row}\r`] as const),
        ["Take the key:", "what\r"],
        ["Take the key:", "\r"],
      ],
      // A terminal shows what is typed.
      { mayPrintKey: true },
    );
    expect(told.said).toContain("Confirmed");
    expect(told.said).toContain("The private part was not shown.");
    expect(told.exitCode).toBe(0);
  });

  testWith("script")("asks at the end where the key goes: to a file", async () => {
    await makeSheet();
    const told = await onTerminal(
      story,
      ["restore", "sheet.pdf"],
      [
        ["Take the key:", "f\r"],
        ["Name of the new file:", "kraken.key\r"],
        ["nothing is ever written over", ""],
        ["Name of the new file:", "'back in 2030.key'\r"],
      ],
    );
    expect(told.said).toContain("The key is in back in 2030.key, readable by you alone.");
    expect(story.read("back in 2030.key").toString()).toBe(KEY_FILE);
    expect(story.mode("back in 2030.key")).toBe(0o600);
    expect(told.exitCode).toBe(0);
  });

  testWith("script")("asks at the end where the key goes: on the screen", async () => {
    await makeSheet();
    const told = await onTerminal(story, ["restore", "sheet.pdf"], [["Take the key:", "s\r"]], {
      mayPrintKey: true,
    });
    expect(told.stdout).toContain(MARKED.secret);
    expect(told.said).toContain("The key was shown");
    expect(told.exitCode).toBe(0);
  });

  testWith("script")("asks for nothing at the end where the key goes somewhere", async () => {
    await makeSheet();
    const told = await onTerminal(story, ["restore", "sheet.pdf", "--out", "back.key"], []);
    expect(told.said).not.toContain("Take the key");
    expect(told.exitCode).toBe(0);
  });

  testWith("script")(
    "is told what is wrong with the words typed in, and gives up twice",
    async () => {
      const told = await onTerminal(
        story,
        ["restore", "--plain"],
        [
          ["Row 1: ", "abandon ability\r"],
          ["Row 2: ", "abandon ability able about above qqqq\r"],
          ["Row 3: ", ":done\r"],
          ["Row 3: ", ":done\r"],
        ],
      );
      expect(told.said).toContain("2 words, not six");
      expect(told.said).toContain("not in the English list: word 6");
      expect(told.said).toContain(
        "Not enough yet. No words or unreadable: in row 2. Not six words: row 1.",
      );
      expect(told.said).toContain("8 words; no sheet has that many");
      expect(told.exitCode).toBe(1);
    },
  );

  test("reads what it can of several files and says what it could not", async () => {
    await makeSheet();
    writeFileSync(story.path("broken.pdf"), story.read("sheet.pdf").subarray(0, 3000));
    const told = await story.tell(["restore", "none.jpg", "broken.pdf", "sheet.pdf"]);
    expect(told.exitCode).toBe(0);
    expect(told.said).toContain("none.jpg: there is no such file.");
    expect(told.said).toContain("broken.pdf: the PDF is damaged");
  });
});

describe("restore refuses, with its own message, and leaves no file", () => {
  async function refused(
    args: readonly string[],
    exitCode: number,
    message: string,
  ): Promise<void> {
    const before = story.files();
    const told = await story.tell(["restore", ...args, "--out", "back.key"]);
    expect(told.said).toContain(message);
    expect(told.stderr.split("\n").length).toBeGreaterThan(2);
    expect(told.stdout).toBe("");
    expect(told.exitCode).toBe(exitCode);
    expect(story.files()).toEqual(before);
  }

  test("a file that is missing, empty, or of no kind that it reads", async () => {
    writeFileSync(story.path("empty.jpg"), "");
    writeFileSync(story.path("data.bin"), Buffer.from([1, 2, 3, 0, 5]));
    await refused(["none.jpg"], 66, "none.jpg: there is no such file.");
    await refused(["empty.jpg"], 66, "empty.jpg: it is empty.");
    await refused(["data.bin"], 66, "data.bin: it is no picture, PDF or text");
    await refused(["--words", "."], 66, "it is a folder");
  });

  test("a text that is no UTF-8", async () => {
    writeFileSync(story.path("latin.txt"), Buffer.from("abandon\nh\xf6he", "latin1"));
    await refused(["latin.txt"], 66, "latin.txt: it is no text in UTF-8 (line 2)");
  });

  test("a picture that is cut off, and one without a code", async () => {
    const page = sharp({ create: { width: 800, height: 600, channels: 3, background: "white" } });
    await page.clone().jpeg().toFile(story.path("empty-page.jpg"));
    await makeSheet();
    const jpeg = await (await pagePicture(story.read("sheet.pdf"), 100)).jpeg().toBuffer();
    writeFileSync(story.path("cut.jpg"), jpeg.subarray(0, jpeg.length / 3));
    await refused(["empty-page.jpg"], 1, "empty-page.jpg: there is nothing in the picture");
    await refused(
      ["cut.jpg"],
      66,
      "cut.jpg: the picture is cut short; what is there of it was read",
    );
  });

  test("somebody else's code", async () => {
    const { foreignCode } = await import("./page.js");
    await (await foreignCode("https://example.org/menu")).png().toFile(story.path("menu.png"));
    await refused(["menu.png"], 1, "menu.png: a code in it is somebody else's");
  });

  test("two different sheets at once, also of one key with different days", async () => {
    await makeSheet();
    const later = await story.tell([
      "make",
      "--from",
      "kraken.key",
      "--date",
      "2026-11-24",
      "--out",
      "b.pdf",
    ]);
    expect(later.exitCode).toBe(0);
    await refused(["sheet.pdf", "b.pdf"], 1, "2 different sheets: sheet.pdf (mark");
  });

  test("a sheet of a newer version", async () => {
    await makeSheet();
    writeFileSync(story.path("code.txt"), "KEYSHEET2/1/1/0123456789");
    await refused(["code.txt"], 1, "of a newer keysheet (version 2)");
  });

  test("too many wrong words, with what is used up", async () => {
    await makeSheet();
    const rows = await sheetRows();
    const damaged = rows.map((row, index) => (index < 10 ? row.replace(/^\w+/, "zebra") : row));
    writeFileSync(story.path("wrong.txt"), damaged.join("\n"));
    const lost = rows.map((row, index) => (index < 4 ? "? ? ? ? ? ?" : row));
    writeFileSync(story.path("lost.txt"), lost.join("\n"));
    await refused(["wrong.txt"], 1, "these words could not be repaired");
    await refused(["lost.txt"], 1, "24 words (row 1 words 1, 2, 3, 4, 5 and 6;");
  });

  test("words of another list mixed in", async () => {
    await makeSheet();
    const rows = await sheetRows();
    const mixed = rows.map((row, index) =>
      index < 4 ? "ábaco abdomen abeja abierto abogado abono" : row,
    );
    writeFileSync(story.path("mixed.txt"), mixed.join("\n"));
    await refused(
      ["mixed.txt"],
      1,
      "24 words are of another list (Spanish) than the rest (English)",
    );
  });

  test("an output that exists, before anything is read", async () => {
    writeFileSync(story.path("back.key"), "kept");
    const told = await story.tell(["restore", "none.jpg", "--out", "back.key"]);
    expect(told.exitCode).toBe(73);
    expect(story.read("back.key").toString()).toBe("kept");
  });

  test("with --json in one object on standard output, exit code and place in it", async () => {
    const told = await story.tell(["restore", "none.jpg", "--json"]);
    expect(told.stderr).toBe("");
    expect(told.exitCode).toBe(66);
    expect(JSON.parse(told.stdout)).toMatchObject({
      status: "refused",
      exitCode: 66,
      problems: [{ code: "file-missing", source: "none.jpg" }],
    });
  });
});

describe("verify", () => {
  test("says field by field that a sheet holds another key, with exit code 2", async () => {
    await makeSheet();
    writeFileSync(story.path("other.key"), `${MARKED.key}\n${"A".repeat(86)}==\n`);
    const told = await story.tell(["verify", "sheet.pdf", "--against", "other.key"]);
    expect(told.said).toContain("does NOT hold this key");
    expect(told.stdout).toMatch(/API key {7}the same\n {2}private key {3}DIFFERENT/);
    expect(told.exitCode).toBe(2);
    const json = await story.tell(["verify", "sheet.pdf", "--against", "other.key", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      status: "different",
      fields: [
        { name: "key", result: "same" },
        { name: "secret", result: "different" },
      ],
    });
  });

  testWith("script")("asks for the parts of the key where no file is named", async () => {
    await makeSheet();
    const told = await onTerminal(
      story,
      ["verify", "sheet.pdf"],
      [
        ["API key (56 characters): ", `${MARKED.key}\r`],
        ["Private key (88 characters): ", `${MARKED.secret}\r`],
      ],
    );
    expect(told.said).toContain("The sheet holds this key.");
    expect(told.exitCode).toBe(0);
  });

  test("needs the key to compare with, from one place that is not that of the words", async () => {
    expect((await story.tell(["verify", "sheet.pdf"])).exitCode).toBe(64);
    const both = await story.tell(["verify", "--words", "-", "--against", "-"]);
    expect(both.said).toContain("standard input is read only once");
    expect(both.exitCode).toBe(64);
  });
});

describe("inspect", () => {
  test("says what a sheet is, without its secret", async () => {
    await makeSheet();
    const told = await story.tell(["inspect", "sheet.pdf"]);
    expect(told.said).toContain("private key secret, not shown");
    expect(told.exitCode).toBe(0);
  });

  test("shows what could steer a terminal by its number only", async () => {
    const fields = [["a\u202eb", "x\u001b[2J\nprovider      Kraken Spot", false]];
    const json = JSON.stringify({ keysheet: 1, provider: null, day: "2020-01-02", fields });
    writeFileSync(story.path("odd.json"), json);
    expect((await story.tell(["make", "--from", "odd.json"])).exitCode).toBe(0);
    writeFileSync(story.path("no\u001b[31mtext"), "");
    const told = await story.tell(["inspect", "sheet.pdf", "no\u001b[31mtext"]);
    expect(told.stdout).toContain("a\\u{202e}b");
    expect(told.stdout).toContain("x\\u{1b}[2J\\u{a}provider");
    expect(told.stderr).toContain("no\\u{1b}[31mtext: it is empty.");
    const shown = await story.tell(["restore", "sheet.pdf", "--show"]);
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(json));
  });

  test("names sealed sheets and shares politely", async () => {
    const vectors = JSON.parse(readFileSync("fixtures/vectors/shared-v1.json", "utf8")) as {
      good: { name: string; qr: string[][] }[];
    };
    for (const [name, message] of [
      ["sealed, cost 14", "sealed: whoever reads it needs the passphrase too"],
      ["share 1 of 2-of-3", "share 1 of 3"],
    ] as const) {
      const text = vectors.good.find((vector) => vector.name === name)?.qr[0]?.[0] ?? "";
      writeFileSync(story.path("code.txt"), text);
      const told = await story.tell(["inspect", "code.txt"]);
      expect(told.said).toContain(message);
      expect((await story.tell(["restore", "code.txt"])).exitCode).not.toBe(0);
    }
  });
});

describe("the command line", () => {
  test.each([
    [["--help"], "keysheet puts an API key on paper"],
    [[], "keysheet puts an API key on paper"],
    [["make", "--help"], "keysheet make --from kraken.key"],
    [["restore", "-h"], "keysheet restore photo.jpg --out kraken.key"],
    [["help", "verify"], "keysheet verify photo.jpg --against kraken.key"],
    [["help", "typing"], "For a word that you cannot read type ?"],
    [["help", "lost"], "Delete the key at the exchange, now."],
    [["help", "printer"], "Never mail the PDF"],
    [["inspect", "--help"], "keysheet inspect scan.pdf"],
    [["--version"], "keysheet 0."],
  ])("%j", async (args, text) => {
    const told = await story.tell(args);
    expect(told.said).toContain(text);
    expect(told.exitCode).toBe(0);
  });

  test("names the command that was nearly typed", async () => {
    const told = await story.tell(["restor"]);
    expect(told.said).toContain("Did you mean restore?");
    expect(told.exitCode).toBe(64);
  });

  test("works in a folder whose files have odd names", async () => {
    mkdirSync(story.path("a b"));
    copyFileSync(story.path("kraken.key"), story.path("a b/-k'ey.txt"));
    const told = await story.tell([
      "make",
      "--from",
      "a b/-k'ey.txt",
      "--out",
      "a b/sh eet.pdf",
      ...DAY,
    ]);
    expect(told.exitCode).toBe(0);
    expect(told.said).toContain(String.raw`--against 'a b/-k'\''ey.txt'`);
  });
});

describe("eight at once", () => {
  test("at one place: one sheet is made, the others are refused, and no part is left", async () => {
    const tellings = Array.from({ length: 8 }, () =>
      story.tell(["make", "--from", "kraken.key", ...DAY]),
    );
    const codes = (await Promise.all(tellings)).map(({ exitCode }) => exitCode).sort();
    expect(codes).toEqual([0, ...Array.from({ length: 7 }, () => 73)]);
    expect(story.files()).toEqual(["kraken.key", "sheet.pdf"]);
  });
});
