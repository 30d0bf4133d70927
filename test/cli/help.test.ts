/** Help screens: as wide as every terminal, in columns, complete. */
import { describe, expect, test } from "vitest";
import { HELP_TOPICS, parseCommandLine } from "../../src/cli/args.js";
import { COMMANDS, optionRows } from "../../src/cli/options.js";
import { HELP_WIDTH, helpColumns } from "../../src/cli/help-columns.js";
import { helpText } from "../../src/cli/help.js";
import { topicText } from "../../src/cli/help-topics.js";
import { UNPLACED_ORIGIN } from "../../src/core/origin.js";

const SCREENS = [null, ...COMMANDS].map(
  (command) => [command ?? "all", helpText(command, UNPLACED_ORIGIN)] as const,
);
const TEXTS = [...SCREENS, ...HELP_TOPICS.map((topic) => [topic, topicText(topic)] as const)];

/** A value that each option takes. */
const GOOD: Readonly<Record<string, string>> = {
  paper: "a4",
  date: "2026-11-23",
  spare: "long",
  copies: "2",
  language: "czech",
  "passphrase-words": "7",
  "kdf-cost": "17",
  shares: "2-of-3",
  to: "uri",
};

function valuesOf(name: string, type: string): readonly string[] {
  return type === "string" ? [GOOD[name] ?? "text.json"] : [];
}

describe("help", () => {
  test.each(TEXTS)("on %s is no wider than a terminal and ends with its last line", (_, text) => {
    const wide = text.split("\n").filter((line) => line.length > HELP_WIDTH);
    expect(wide).toEqual([]);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/[ \t]$/m);
  });

  test.each(SCREENS.slice(1))("on %s has its options in two columns", (_, text) => {
    const lines = text.split("\n");
    const options = lines.filter((line) => /^ {2}(--|FILE {2})/.test(line));
    expect(options.length).toBeGreaterThan(1);
    const columns = options.map((line) => /^ {2}\S.*? {2,}(?=\S)/.exec(line)?.[0].length);
    expect([...new Set(columns)]).toHaveLength(1);
    const [column = 0] = columns;
    const last = lines.lastIndexOf(options.at(-1) ?? "");
    for (const line of lines.slice(lines.indexOf(options[0] ?? ""), last)) {
      if (!options.includes(line)) expect(line.search(/[^ ]/), line).toBe(column);
    }
  });

  test.each(COMMANDS)(
    "on %s names each of its options, which the command line takes",
    (command) => {
      const text = helpText(command, UNPLACED_ORIGIN);
      const [, block = ""] = /(\n {2}(?:FILE|--\w).*?)\n\n/s.exec(text) ?? [];
      const named = [...block.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name ?? "");
      const rows = optionRows(command).filter(([name]) => name !== "help");
      expect(named).toEqual(rows.map(([name]) => name));
      const isTaken = ([name, { type }]: (typeof rows)[number]) => {
        const args = [command, `--${name}`, ...valuesOf(name, type)];
        const { values, flags, repeated } = parseCommandLine(args);
        const named = [...flags, ...repeated.map(({ option }) => option)];
        return name in values || named.some((each) => each === name);
      };
      expect(rows.filter((row) => !isTaken(row))).toEqual([]);
    },
  );

  test.each(COMMANDS)("on %s says of each value what it is, and checks it", (command) => {
    for (const [name, row] of optionRows(command)) {
      if (row.type === "boolean") continue;
      expect(row, name).toMatchObject({
        pattern: expect.any(RegExp) as RegExp,
        expected: expect.any(String) as string,
        usage: expect.any(String) as string,
        help: expect.any(String) as string,
      });
    }
  });

  test("names every topic", () => {
    const [, all = ""] = SCREENS[0] ?? [];
    const [, topics = ""] = /help TOPIC +([^]*?)\n {2}keysheet --version/.exec(all) ?? [];
    expect(topics.split(/[\s,]+/)).toEqual([...HELP_TOPICS]);
  });
});

test("a column is as wide as its longest option, and words that are too long stand alone", () => {
  const word = "x".repeat(100);
  expect(
    helpColumns([
      ["-a", "one"],
      ["--long-option FILE", `two ${word} three`],
    ]),
  ).toBe(
    [
      "  -a                  one",
      "  --long-option FILE  two",
      `${" ".repeat(22)}${word}`,
      `${" ".repeat(22)}three`,
    ].join("\n"),
  );
});
