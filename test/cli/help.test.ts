/** Help screens: as wide as every terminal, in columns, complete. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COMMANDS, HELP_TOPICS, parseCommandLine } from "../../src/cli/args.js";
import { HELP_WIDTH, helpColumns } from "../../src/cli/help-columns.js";
import { helpText } from "../../src/cli/help.js";
import { topicText } from "../../src/cli/help-topics.js";
import { UNPLACED_ORIGIN } from "../../src/core/origin.js";

const SCREENS = [null, ...COMMANDS].map(
  (command) => [command ?? "all", helpText(command, UNPLACED_ORIGIN)] as const,
);
const TEXTS = [...SCREENS, ...HELP_TOPICS.map((topic) => [topic, topicText(topic)] as const)];

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

  test.each(COMMANDS)("on %s names each of its options, and no other", (command) => {
    const text = helpText(command, UNPLACED_ORIGIN);
    const [, block = ""] = /(\n {2}(?:FILE|--\w).*?)\n\n/s.exec(text) ?? [];
    const named = [...block.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name ?? "");
    const taken = (name: string) => {
      try {
        parseCommandLine([command, `--${name}`, "?"]);
        return true;
      } catch (error) {
        return !JSON.stringify((error as { problems: unknown }).problems).includes(
          "option-unknown",
        );
      }
    };
    expect(named.filter((name) => !taken(name))).toEqual([]);
    const source = readFileSync("src/cli/args.ts", "utf8");
    const known = [...source.matchAll(/^ {2,4}"?([a-z-]+)"?: (?:FILE|\{)/gm)].map(
      ([, name]) => name,
    );
    const missing = [...new Set(known)].filter(
      (name) => name !== "help" && name !== undefined && taken(name) && !named.includes(name),
    );
    expect(missing.filter((name) => !(COMMANDS as readonly string[]).includes(name ?? ""))).toEqual(
      [],
    );
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
