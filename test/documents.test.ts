/** The documents: what they link to is there, also in the package, and the first one is short. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const LEFT_OUT = new Set(["node_modules", "dist", "demo", ".git", ".stryker-tmp"]);
const WORD_LIMIT = 1800;

function documentsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : documentsIn(place);
    return entry.name.endsWith(".md") ? [place] : [];
  });
}

const DOCUMENTS = documentsIn(".");

/** The text without what stands in fences and between backquotes. */
function prose(file: string): string {
  return readFileSync(file, "utf8")
    .replace(/^```[^]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, "");
}

function linksOf(file: string): readonly string[] {
  const text = prose(file);
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
  const named = [...text.matchAll(/^\[[^\]]+\]: +(\S+)/gm)].map(([, target]) => target ?? "");
  return [...inline, ...named].filter((target) => !/^[a-z]+:/.test(target));
}

function anchorsOf(file: string): readonly string[] {
  const headings = [...readFileSync(file, "utf8").matchAll(/^#{1,6} +(.*)$/gm)];
  return headings.map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The file that a link of a document leads to, from the root. */
function targetOf(document: string, link: string): string {
  const [file = ""] = link.split("#");
  return file === "" ? document : path.posix.join(path.posix.dirname(document), file);
}

/** The packages that sources import. */
function importedPackages(): readonly string[] {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.d)\.ts$/.test(file),
  );
  return sources.flatMap((file) => {
    const text = readFileSync(path.join("src", file), "utf8");
    const imports = text.matchAll(/ from "((?:@[\w-]+\/)?[\w-][\w.-]*)(?:\/[^"]*)?";/g);
    return [...imports].map(([, name = ""]) => name);
  });
}

describe("the links of the documents", () => {
  test.each(DOCUMENTS)("of %s lead to files and headings that there are", (document) => {
    const broken = linksOf(document).filter((link) => {
      const target = targetOf(document, link);
      const [, anchor] = link.split("#");
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test("are found: a document with links has some", () => {
    expect(linksOf("README.md").length).toBeGreaterThan(10);
    expect(DOCUMENTS).toContain("src/core/payload/FORMAT.md");
  });

  test("of documents in the package lead to what is in the package", () => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      encoding: "utf8",
    });
    const [packed] = JSON.parse(stdout) as [
      { readonly files: readonly { readonly path: string }[] },
    ];
    const files = packed.files.map((file) => file.path);
    const isPacked = (target: string) =>
      files.some((file) => file === target || file.startsWith(`${target}/`));
    const documents = DOCUMENTS.filter((document) => files.includes(document));
    expect(documents.length).toBeGreaterThan(5);
    const outside = documents.flatMap((document) =>
      linksOf(document)
        .map((link) => targetOf(document, link))
        .filter((target) => !isPacked(target)),
    );
    expect(outside).toEqual([]);
  });
});

describe("the README", () => {
  const readme = readFileSync("README.md", "utf8");

  test(`has no more than ${String(WORD_LIMIT)} words`, () => {
    expect(readme.split(/\s+/).filter((word) => word !== "").length).toBeLessThanOrEqual(
      WORD_LIMIT,
    );
  });

  test("has its parts in the order in which a reader asks", () => {
    const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Install",
      "Make a sheet",
      "Get the key back",
      "Is it safe?",
      "Lost, or seen by somebody",
      "Without keysheet",
      "Links",
      "For developers",
    ]);
  });

  test("has the two commands that do all, as the package has them", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    expect(readme).toMatch(/^npm ci && npm run demo\b/m);
    expect(readme).toMatch(/^npm ci && npm test\b/m);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["demo", "test"]));
  });

  test("gives a reason for every package that keysheet is made of, and for no other", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const [, section = ""] = /\n## For developers\n([^]*)$/.exec(readme) ?? [];
    const named = [...section.matchAll(/^- ([^:\n]+): \S/gm)].flatMap(([, names = ""]) =>
      names.split(", "),
    );
    const known = new Set([...Object.keys(dependencies), ...importedPackages()]);
    expect([...named].sort()).toEqual([...known].sort());
  });

  test("names every package that it is developed with", () => {
    const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const [, section = ""] = /\n## For developers\n([^]*)$/.exec(readme) ?? [];
    const names = Object.keys(devDependencies).filter((name) => !name.startsWith("@types/"));
    expect(names.filter((name) => !section.includes(name))).toEqual([]);
  });

  test("names options and topics that there are", () => {
    const { status, stdout } = spawnSync(process.execPath, ["dist/cli/main.js", "make", "--help"], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    const options = [...readme.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option ?? "");
    expect(options.length).toBeGreaterThan(8);
    expect(options.filter((option) => !stdout.includes(`  ${option}`))).toEqual([]);
  });
});

test("no document is an empty file", () => {
  expect(DOCUMENTS.filter((document) => statSync(document).size < 100)).toEqual([]);
});
