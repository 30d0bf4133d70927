/** What is given as a file and is none of a disk: pipes, devices, and what has no end. */
import { spawnSync } from "node:child_process";
import { readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../src/core/backup.js";
import { encodeQrText } from "../../src/core/qr/qr-text.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { MARKED, Story } from "./story.js";

const KEY = `${MARKED.key}\n${MARKED.secret}\n`;
let codeText = "";
let payload: Uint8Array;
let story: Story;

beforeAll(() => {
  const made = backup({ ...parseKeyFile(KEY, "key"), day: 2518 }, "standard");
  payload = made.payload;
  codeText = encodeQrText(payload)
    .map(({ head, digits }) => head + digits)
    .join("\n");
});

beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), KEY);
  writeFileSync(story.path("code.txt"), codeText);
});

afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

/** Every option that names a file, with the rest of a call that would succeed. */
const CALLS = [
  ["a sheet", (file: string) => ["restore", file]],
  ["words", (file: string) => ["restore", "--words", file]],
  ["a key", (file: string) => ["make", "--from", file]],
  ["a key to compare with", (file: string) => ["verify", "code.txt", "--against", file]],
  ["a template", (file: string) => ["make", "--from", "kraken.key", "--template", file]],
  ["a passphrase", (file: string) => ["make", "--from", "kraken.key", "--passphrase-file", file]],
] as const;

describe.each(["/dev/zero", "/dev/urandom"])("%s", (device) => {
  test.each(CALLS)("as %s is read up to the limit and no further", async (_, argsOf) => {
    const told = await story.tell(argsOf(device));
    expect(told.said).toMatch(/\/dev\/\w+: it is larger than \d+ [KM]B\./);
    expect(told.exitCode).toBe(66);
    expect(story.files()).toEqual(["code.txt", "kraken.key"]);
  });
});

/** Resolves when a process has a file open: it waits for what the file gives. */
async function opened(pid: number, file: string): Promise<void> {
  const links = () => {
    try {
      const folder = `/proc/${String(pid)}/fd`;
      return readdirSync(folder).map((name) => {
        try {
          return readlinkSync(`${folder}/${name}`);
        } catch {
          return "";
        }
      });
    } catch {
      return [];
    }
  };
  while (!links().includes(file)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("a pipe that nobody writes to", () => {
  test.each(CALLS.flatMap((call, index) => [[...call, index % 2 ? "SIGTERM" : "SIGINT"] as const]))(
    "as %s is waited for, and the command is gone within a second when it is interrupted",
    async (_, argsOf, signal) => {
      spawnSync("mkfifo", [story.path("pipe.json")]);
      let interruptedMs = 0;
      const told = await story.tell(argsOf("./pipe.json"), {
        onStart: (child) => {
          void opened(child.pid ?? 0, story.path("pipe.json")).then(() => {
            interruptedMs = performance.now();
            child.kill(signal);
          });
        },
      });
      expect(performance.now() - interruptedMs).toBeLessThan(1000);
      expect(told.said).toContain("Interrupted.");
      expect(told.exitCode).toBe(130);
    },
    20_000,
  );

  test("in a folder is passed over", async () => {
    spawnSync("mkfifo", [story.path("pipe.txt")]);
    const told = await story.tell(["restore", "."]);
    expect(told.said).toContain("Confirmed");
    expect(told.exitCode).toBe(0);
  });
});

describe("a pipe with a writer", () => {
  test.each([
    ["of the shell's", `exec "$1" "$2" restore <(cat code.txt)`],
    ["of the shell's that is late", `exec "$1" "$2" restore <(sleep 1; cat code.txt)`],
    ["that is standard input by name", `cat code.txt | "$1" "$2" restore /dev/stdin`],
    [
      "of a name",
      `mkfifo pipe.txt; (sleep 0.5; cat code.txt > pipe.txt) & exec "$1" "$2" restore pipe.txt`,
    ],
    [
      "that comes piece by piece",
      `exec "$1" "$2" restore <(head -c 50 code.txt; sleep 0.5; tail -c +51 code.txt)`,
    ],
  ])("%s is read to its end", async (_, shell) => {
    const told = await story.tell([], { shell });
    expect(told.said).toContain("Confirmed");
    expect(told.exitCode).toBe(0);
  });

  test("of a name is read once, also where codes of its sheet are missing", async () => {
    const [first] = encodeQrText(payload, 2);
    writeFileSync(story.path("code.txt"), `${first?.head ?? ""}${first?.digits ?? ""}`);
    const shell = `mkfifo pipe.txt; cat code.txt > pipe.txt & exec "$1" "$2" restore pipe.txt`;
    const told = await story.tell([], { shell });
    expect(told.said.replace(/\s+/g, " ")).toContain("number 2 is missing");
    expect(told.exitCode).toBe(1);
  });

  test("that has nothing to say is empty", async () => {
    const told = await story.tell([], { shell: `exec "$1" "$2" restore <(true)` });
    expect(told.said).toContain("it is empty");
    expect(told.exitCode).toBe(66);
  });
});
