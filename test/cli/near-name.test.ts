import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/args.js";
import { nearName } from "../../src/cli/near-name.js";
import { COMMANDS, optionRows } from "../../src/cli/options.js";
import { Refusal } from "../../src/core/problem.js";

const NAMES = ["make", "restore", "verify", "inspect", "help", "completion"] as const;
const OPTIONS = optionRows("make").map(([name]) => name);

function problemsOf(...args: readonly string[]) {
  try {
    parseCommandLine(args);
  } catch (error) {
    if (error instanceof Refusal) return error.problems;
    throw error;
  }
  return [];
}

describe("the name that was meant", () => {
  test.each([
    ["mkae", "make"],
    ["mak", "make"],
    ["ma", "make"],
    ["MAKE", "make"],
    ["restor", "restore"],
    ["resotre", "restore"],
    ["recover", null],
    ["verfiy", "verify"],
    ["check", null],
    ["insepct", "inspect"],
    ["hlep", "help"],
    ["complete", "completion"],
    ["m", null],
    ["", null],
    ["photo.jpg", null],
    ["x".repeat(10_000), null],
  ])("by %j is %j", (typed, name) => {
    expect(nearName(typed, NAMES)).toBe(name);
  });

  test.each([
    ["frm", "from"],
    ["pass", "passphrase"],
    ["passphras-file", "passphrase-file"],
    ["passfile", "as-file"],
    ["share", "shares"],
    ["without", "without-words"],
    ["manual", null],
    ["with", null],
  ])("among options by %j is %j", (typed, name) => {
    expect(nearName(typed, OPTIONS)).toBe(name);
  });

  test("by a name with one slip is that name, or none where two are as near", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES, ...OPTIONS), fc.nat(), fc.nat(3), (name, at, slip) => {
        const names = [...NAMES, ...OPTIONS];
        const place = at % name.length;
        const [head, letter, rest] = [name.slice(0, place), name[place], name.slice(place + 1)];
        const typed = [head + rest, `${head}~${rest}`, `${head}${letter ?? ""}~${rest}`, name];
        expect([name, null]).toContain(nearName(typed[slip] ?? "", [name]));
        expect([...names, null]).toContain(nearName(typed[slip] ?? "", names));
        if (slip === 3) expect(nearName(name, [name])).toBe(name);
      }),
      { seed: 20_261_123 },
    );
  });
});

describe("the command line names what was meant", () => {
  test("of a command", () => {
    expect(problemsOf("mkae")).toEqual([{ code: "command-unknown", near: "make" }]);
    expect(problemsOf("lost")).toEqual([{ code: "command-unknown", near: null }]);
  });

  test("of an option, by the command's own", () => {
    const unknown = { code: "option-unknown", command: "make" };
    expect(problemsOf("make", "--frm", "x")).toContainEqual({
      ...unknown,
      option: "--frm",
      near: "--from",
    });
    expect(problemsOf("make", "--labl=Trading bot")).toEqual([
      { ...unknown, option: "--labl", near: "--label" },
    ]);
    expect(problemsOf("inspect", "--out", "x")).toEqual([
      { ...unknown, command: "inspect", option: "--out", near: null },
    ]);
  });

  test("of an option behind one hyphen, once", () => {
    expect(problemsOf("restore", "-out")).toEqual([
      { code: "option-unknown", command: "restore", option: "-o", near: "--out" },
    ]);
  });

  test.each(COMMANDS)("and takes every option of %s as it is", (command) => {
    for (const [name] of optionRows(command)) {
      const codes = problemsOf(command, `--${name}`).map(({ code }) => code);
      expect(codes).not.toContain("option-unknown");
    }
  });
});

test.each(["--version", "-v", "-V"])("%s asks for the version", (option) => {
  expect(parseCommandLine([option])).toMatchObject({ isVersion: true, command: null });
});
