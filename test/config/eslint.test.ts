import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";

const eslint = new ESLint({
  overrideConfigFile: path.resolve("test/config/eslint.config.js"),
  overrideConfig: {
    languageOptions: {
      // In CI the parser would take a file's text from the disk, not the one that is given here.
      parserOptions: { disallowAutomaticSingleRunInference: true },
    },
  },
});

/** The rules that a line of code breaks, were it in a file of the project. */
async function rulesBroken(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.resolve(file) });
  return result?.messages.map(({ ruleId }) => ruleId ?? "parser") ?? [];
}

const DIRECTION = "@typescript-eslint/no-restricted-imports";
const LIBRARY = "no-restricted-imports";

describe("lint holds the house together: it refuses", () => {
  test.each([
    ["Node in core", "src/core/backup.ts", 'export * from "node:fs";', DIRECTION],
    [
      "an adapter in core",
      "src/core/restore/restore.ts",
      'export * from "../../adapters/node/pdf.js";',
      DIRECTION,
    ],
    [
      "pictures in core",
      "src/core/qr/segments.ts",
      'export * from "../../photo/picture.js";',
      DIRECTION,
    ],
    [
      "what is tried in what sees",
      "src/photo/code/grid.ts",
      'export * from "../../reading/wanted-code.js";',
      DIRECTION,
    ],
    [
      "an adapter in what is tried",
      "src/reading/wanted-code.ts",
      'export * from "../adapters/node/scan.js";',
      DIRECTION,
    ],
    ["Node in what is tried", "src/reading/wanted-code.ts", 'import "node:fs";', DIRECTION],
    [
      "the command in the wording",
      "src/wording/messages.ts",
      'export * from "../cli/args.js";',
      DIRECTION,
    ],
    [
      "a command in an adapter",
      "src/adapters/node/pdf.ts",
      'export * from "../../cli/run.js";',
      DIRECTION,
    ],
    [
      "the payload in the record",
      "src/core/record/day.ts",
      'export * from "../payload/mark.js";',
      DIRECTION,
    ],
    [
      "the sheet in the words",
      "src/core/words/words.ts",
      'export * from "../sheet/sheet.js";',
      DIRECTION,
    ],
    ["a pipeline in a room", "src/core/qr/matrix.ts", 'export * from "../backup.js";', DIRECTION],
    ["pdfkit outside of its file", "src/cli/commands/make.ts", 'export * from "pdfkit";', LIBRARY],
    [
      "a part of bip39 outside of its file",
      "src/core/backup.ts",
      'export * from "bip39/src/index.js";',
      LIBRARY,
    ],
    ["sharp in another adapter", "src/adapters/node/scan.ts", 'export * from "sharp";', LIBRARY],
    ["the console", "src/cli/commands/make.ts", 'console.log("x");', "no-console"],
  ])("%s", async (_, file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule);
  });

  test("and takes each library in its own file", async () => {
    expect(await rulesBroken("src/adapters/node/image.ts", 'export * from "sharp";')).not.toContain(
      LIBRARY,
    );
  });
});
