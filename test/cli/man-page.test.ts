/** The manual page as it is installed: current, without a fault, complete. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HELP_TOPICS } from "../../src/cli/args.js";
import { manPage } from "../../src/cli/man-page.js";
import { COMMANDS, optionRows } from "../../src/cli/options.js";
import { EXIT } from "../../src/wording/exit-codes.js";
import { testWith } from "../programs.js";

const { man } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly man: string };

function mandoc(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("mandoc", [...args, man], { encoding: "utf8" });
  expect(stderr.replace(/^mandoc: (?:outdated|missing) .*\n/gm, "")).toBe("");
  expect({ stdout, status }).toMatchObject({ status: 0 });
  return stdout;
}

describe("the manual page", () => {
  test("is the one of these options, and where the package says that it is", () => {
    expect(readFileSync(man, "utf8")).toBe(manPage());
  });

  testWith("mandoc")("has neither a fault nor anything that mandoc warns of", () => {
    expect(mandoc("-T", "lint")).toBe("");
  });

  testWith("mandoc")("has every command with its options, topic and exit code", () => {
    const text = mandoc("-T", "utf8", "-O", "width=78").replace(/.\x08/g, "");
    expect(text).toMatch(/keysheet . an API key on paper, and back/);
    for (const command of COMMANDS) {
      const [, section = ""] = text.split(new RegExp(`^ {3}keysheet ${command}$`, "m"));
      const [own = ""] = section.split(/^ {0,3}\S/m);
      for (const [name, { help, type }] of optionRows(command)) {
        if (help === undefined) continue;
        const row = new RegExp(`^ {5}--${name}${type === "boolean" ? "(?! \\S)" : " \\S"}`, "m");
        expect(own, `${command} --${name}`).toMatch(row);
      }
    }
    for (const topic of HELP_TOPICS) expect(text).toContain(topic);
    for (const code of Object.values(EXIT)) {
      expect(text).toMatch(new RegExp(`^ {5}${String(code)} `, "m"));
    }
    expect(text).toContain("sheet-1-of-3.pdf");
  });
});
