/** In which order problems are said, and what is said of many files that fail alike. */
import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backup, backupSheets } from "../../src/core/backup.js";
import { bySeverity } from "../../src/core/restore/by-severity.js";
import { formatProblems } from "../../src/wording/messages.js";
import { refusedOutcome } from "../../src/cli/outcome-of-problems.js";
import type { Problem } from "../../src/core/problem.js";
import { encodeQrText } from "../../src/core/qr/qr-text.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { seededBytes } from "../seeded-random.mjs";
import { MARKED, Story } from "../cli/story.js";

let story: Story;
beforeEach(() => (story = new Story()));
afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

const record = (day: number) => ({
  ...parseKeyFile(`${MARKED.key}\n${MARKED.secret}\n`, "key"),
  day,
});
const codeOf = (payload: Uint8Array) =>
  encodeQrText(payload)
    .map(({ head, digits }) => head + digits)
    .join("\n");

test("sixty pictures that fail alike are one message, with the first of them and how many there are", () => {
  const problems = Array.from({ length: 60 }, (_, index): Problem => {
    return { code: "code-missing", source: `${String(index)}.jpg`, sight: { kind: "blurred" } };
  });
  const told = formatProblems(problems).replace(/\s+/g, " ");
  expect(told).toContain("0.jpg, 1.jpg, 2.jpg,");
  expect(told).toContain("9.jpg and 50 more: no code was found; the picture is blurred.");
  expect(told.match(/keysheet: /g)).toHaveLength(1);
  const { exitCode, json } = refusedOutcome(problems);
  expect(exitCode).toBe(refusedOutcome(problems.slice(0, 1)).exitCode);
  expect(json).toMatchObject({ problems: [{ code: "code-missing", sourcesCount: 60 }] });
  expect(json).toHaveProperty("problems[0].sources.length", 10);
});

test("two files that fail alike, and those that fail otherwise, have a message each", () => {
  const problems: readonly Problem[] = [
    { code: "code-check", source: "a.txt" },
    { code: "code-check", source: "b.txt" },
    { code: "code-malformed", source: "c.txt", group: 1 },
    { code: "code-malformed", source: "d.txt", group: 2 },
    { code: "code-malformed", source: "e.txt", group: 3 },
  ];
  expect(formatProblems(problems).match(/keysheet: /g)).toHaveLength(5);
});

test("sheets that differ are said before a file that is not there, and have the exit code", async () => {
  for (const day of [2518, 2519]) {
    const { payload } = backup(record(day), "standard");
    writeFileSync(story.path(`${String(day)}.txt`), codeOf(payload));
  }
  const told = await story.tell(["restore", "none.jpg", "2518.txt", "2519.txt"]);
  expect(told.said).toMatch(/different sheets[^]*none\.jpg: there is no such file/);
  expect(told.exitCode).toBe(1);
});

test("shares that are missing are said before what is wrong with files", async () => {
  const [share] = await backupSheets(record(2518), {
    level: "standard",
    split: { threshold: 2, count: 3 },
    random: seededBytes("missing"),
  });
  writeFileSync(story.path("share.txt"), codeOf(share?.payload ?? new Uint8Array()));
  const told = await story.tell(["restore", "none.jpg", "share.txt"]);
  expect(told.said).toMatch(/1 more[^]*none\.jpg: there is no such file/);
  expect(told.exitCode).toBe(1);
});

test("problems of one rank stay in their order", () => {
  const problems: readonly Problem[] = [
    { code: "file-missing", source: "a" },
    { code: "words-missing", source: "b" },
    { code: "file-empty", source: "c" },
  ];
  expect(bySeverity(problems)).toEqual(problems);
});
