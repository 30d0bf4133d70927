/** The package as it is published: packed, put into the project of somebody else, compiled and run. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = path.resolve(".");
const MANIFEST = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly version: string;
  readonly man: string;
  readonly exports: Readonly<Record<string, object>>;
  readonly dependencies: Readonly<Record<string, string>>;
};

let folder: string;

/** A project with keysheet in it, and of other packages only those that are named. */
function projectWith(name: string, packages: readonly string[]): string {
  const project = path.join(folder, name);
  const modules = path.join(project, "node_modules");
  mkdirSync(path.join(modules, "keysheet"), { recursive: true });
  const archive = path.join(folder, `keysheet-${MANIFEST.version}.tgz`);
  const args = ["-xzf", archive, "--strip-components=1", "-C", path.join(modules, "keysheet")];
  expect(spawnSync("tar", args).status).toBe(0);
  for (const each of packages) {
    const place = path.join(modules, each);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules", each), place, "junction");
  }
  writeFileSync(path.join(project, "package.json"), '{ "type": "module" }\n');
  return project;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-package-"));
  // The tests have built it; `prepare` would build it a second time.
  const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    encoding: "utf8",
  });
  expect(packed.status, packed.stderr).toBe(0);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a program does with the library, with the types that it names on the way. */
const PROGRAM = `
import * as keysheet from "keysheet";
import {
  backupSheets, decodePayload, encodeQrText, formatKeyFile, LISTS, parseKeyFile, portableKdf,
  readSheetFile, Refusal, restore, unseal, type Backup, type Carrier, type Confirmed, type Kdf,
  type KeyRecord, type Level, type Problem, type ProtectOptions, type RandomSource, type SheetFile,
} from "keysheet";

export const everything = keysheet;
export const level: Level = "long";
export const random: RandomSource = (length) => new Uint8Array(length);
export const kdf: Kdf = portableKdf;

export async function back(bytes: Uint8Array): Promise<string> {
  const file: SheetFile = await readSheetFile(bytes, "photo.jpg");
  const carriers: readonly Carrier[] = file.carriers;
  const read = restore(carriers);
  const result = read.status === "sealed" ? await unseal(read, "a passphrase", kdf) : read;
  if (result.status !== "confirmed") {
    const problems: readonly Problem[] = result.problems;
    throw new Refusal(...problems);
  }
  const { record }: Confirmed = result;
  return formatKeyFile(record, "json");
}

export async function make(text: string, options: ProtectOptions): Promise<readonly string[]> {
  const { provider, fields } = parseKeyFile(text, "kraken.key");
  const record: KeyRecord = { provider, fields, day: 2518 };
  const made: readonly Backup[] = await backupSheets(record, { ...options, list: LISTS[0] });
  return made.flatMap(({ payload }) => {
    const bytes: number = decodePayload(payload).payload.length;
    return encodeQrText(payload).map(({ head, digits }) => head + digits + String(bytes));
  });
}
`;

/** The same of the codec alone. */
const CORE_PROGRAM = `
import * as core from "keysheet/core";
import {
  backup, encodeQrText, formatProblems, type KeyRecord, parseKeyFile, Restoration, verify,
} from "keysheet/core";

export const everything = core;

export async function roundTrip(text: string): Promise<string> {
  const { provider, fields } = parseKeyFile(text, "kraken.key");
  const record: KeyRecord = { provider, fields, day: 2518 };
  const code = encodeQrText(backup(record, "standard").payload);
  const carriers = code.map(({ head, digits }) => ({ kind: "code", source: "a", text: head + digits }) as const);
  const result = await new Restoration().add(carriers).result();
  if (result.status === "refused") return formatProblems(result.problems);
  return result.status === "sealed" ? result.status : String(verify(result, record).isSame);
}
`;

/** The programs of a document, each in its own file. */
function examplesOf(document: string): readonly string[] {
  const fences = readFileSync(document, "utf8").matchAll(/^```ts\n([^]*?)^```$/gm);
  return [...fences].map(([, code = ""]) => code);
}

const README_EXAMPLE = `${examplesOf("README.md").join("\n")}
import { fieldText } from "keysheet";
if (restored.status !== "confirmed") throw new Error(restored.status);
export const back = restored.record.fields.map(fieldText).join("\\n") + "\\n";
`.replace("const key", "declare const text: string;\nconst key");

type CompilerOptions = Readonly<Record<string, string | boolean | readonly string[]>>;

function compile(project: string, program: string, options: CompilerOptions): string {
  const compilerOptions = {
    target: "es2022",
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: [],
    ...options,
  };
  const files = ["program.ts"];
  writeFileSync(path.join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  writeFileSync(path.join(project, "program.ts"), program);
  const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc], { cwd: project, encoding: "utf8" }).stdout;
}

describe("a program of somebody else compiles, with every type checked and no other package there", () => {
  test.each<[string, CompilerOptions]>([
    ["nodenext", { module: "nodenext" }],
    ["node16", { module: "node16" }],
    ["a bundler", { module: "esnext", moduleResolution: "bundler" }],
    ["a page", { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"] }],
    ["nothing but the language", { module: "nodenext", lib: ["es2022"] }],
  ])("for %s", (name, options) => {
    expect(compile(projectWith(name, []), PROGRAM, options)).toBe("");
    expect(compile(path.join(folder, name), CORE_PROGRAM, options)).toBe("");
  });

  test("and so do the examples of the documents", () => {
    const project = projectWith("examples", []);
    const examples = examplesOf("src/LIBRARY.md");
    expect(examples).toHaveLength(2);
    for (const example of [README_EXAMPLE, ...examples]) {
      expect(
        compile(project, example, { module: "nodenext", noUncheckedIndexedAccess: true }),
      ).toBe("");
    }
  });

  test("and does not with a wrong type, so the types are found", () => {
    const wrong = `${PROGRAM}export const key: string = restore([]);\n`;
    const said = compile(projectWith("wrong", []), wrong, { module: "nodenext" });
    expect(said).toContain("TS2322");
    expect(
      said
        .trimEnd()
        .split("\n")
        .filter((line) => line.includes("error")),
    ).toHaveLength(1);
  });
});

test("keysheet itself is compiled with every type checked, those of its packages too", () => {
  for (const file of ["tsconfig.json", "src/tsconfig.pure.json"]) {
    expect(readFileSync(file, "utf8"), file).not.toMatch(/"skip(Default)?LibCheck": true/);
  }
});

describe("the program, with the packages alone that it declares", () => {
  test("makes a sheet with its manual and restores it", () => {
    const project = projectWith("run", Object.keys(MANIFEST.dependencies));
    const key = readFileSync("fixtures/keys/kraken-spot.key", "utf8");
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, ["node_modules/keysheet/dist/cli/main.js", ...args], {
        cwd: project,
        encoding: "utf8",
        input: key,
      });
    const made = run("make", "--from", "-", "--with-manual", "--out", "sheet.pdf");
    expect(made.status, made.stderr).toBe(0);
    const restored = run("restore", "sheet.pdf", "--show");
    expect(restored.status, restored.stderr).toBe(0);
    expect(restored.stdout).toBe(key);
    expect(existsSync(path.join(project, "node_modules/keysheet/test/bench/bench.mjs"))).toBe(
      false,
    );
  });

  test("runs the example of the README", () => {
    const project = projectWith("readme", Object.keys(MANIFEST.dependencies));
    const key = readFileSync("fixtures/keys/kraken-spot.key", "utf8");
    const program = README_EXAMPLE.replace(
      "declare const text: string;",
      `const text = ${JSON.stringify(key)};`,
    )
      .replace("export const back =", "process.stdout.write(")
      .replace(/;\n$/, ");\n");
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: project,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe(key);
  });

  test("is a library, too", () => {
    const project = projectWith("import", Object.keys(MANIFEST.dependencies));
    const program =
      'import { parseDay, restore } from "keysheet"; console.log(parseDay("2026-11-23"), restore([]).status);';
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: project,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe("2518 refused\n");
  });
});

describe("installed in an empty folder by npm", () => {
  interface LockedPackage {
    readonly dev?: boolean;
    readonly devOptional?: boolean;
  }

  /** What is locked here, without what only this project is developed with: npm has all of it at hand. */
  function install(): string {
    const project = path.join(folder, "installed");
    mkdirSync(project);
    const archive = `file:../keysheet-${MANIFEST.version}.tgz`;
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
      readonly packages: Readonly<Record<string, LockedPackage>>;
    };
    const { "": own, ...others } = packages;
    const used = Object.entries(others).filter(([, each]) => !each.dev && !each.devOptional);
    const keysheet = { ...own, devDependencies: undefined };
    const manifest = { name: "empty", type: "module", dependencies: { keysheet: archive } };
    const lock = {
      name: "empty",
      lockfileVersion: 3,
      packages: {
        "": manifest,
        "node_modules/keysheet": { ...keysheet, resolved: archive },
        ...Object.fromEntries(used),
      },
    };
    writeFileSync(path.join(project, "package.json"), JSON.stringify(manifest));
    writeFileSync(path.join(project, "package-lock.json"), JSON.stringify(lock));
    const args = ["ci", "--prefer-offline", "--no-audit", "--no-fund"];
    const installed = spawnSync("npm", args, { cwd: project, encoding: "utf8" });
    expect(installed.status, installed.stderr).toBe(0);
    return project;
  }

  test("it is a command, a manual page and modules", () => {
    const project = install();
    const run = (program: string, ...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(program, args, {
        cwd: project,
        encoding: "utf8",
      });
      expect(status, stderr).toBe(0);
      return stdout;
    };
    const key = readFileSync("fixtures/keys/kraken-spot.key", "utf8");
    writeFileSync(path.join(project, "kraken.key"), key);
    const command = path.join(project, "node_modules/.bin/keysheet");
    expect(run(command, "-v")).toBe(`keysheet ${MANIFEST.version}\n`);
    run(command, "make", "--from", "kraken.key");
    expect(run(command, "restore", "sheet.pdf", "--show")).toBe(key);
    const exported = Object.keys(MANIFEST.exports).map((name) => path.posix.join("keysheet", name));
    expect(exported.length).toBeGreaterThan(1);
    for (const name of exported) {
      const program = `const { Refusal } = await import("${name}"); console.log(typeof Refusal);`;
      expect(run(process.execPath, "--input-type=module", "--eval", program)).toBe("function\n");
    }
    expect(existsSync(path.join(project, "node_modules/keysheet", MANIFEST.man))).toBe(true);
    expect(existsSync(path.join(project, "node_modules/pdfkit"))).toBe(false);
  });
});

describe("the codec alone", () => {
  /** As a page would have it: every file of it in one, for a browser. */
  async function bundled(program: string): Promise<string> {
    const project = projectWith("page-of-core", []);
    writeFileSync(path.join(project, "program.ts"), program);
    const bundle = await rolldown({
      cwd: project,
      input: "program.ts",
      platform: "browser",
      onLog: (level, log) => {
        if (level === "warn") throw new Error(log.message);
      },
    });
    const { output } = await bundle.generate({ format: "iife", name: "page" });
    await bundle.close();
    expect(output).toHaveLength(1);
    return output[0].code;
  }

  /** Runs to its end where there is nothing but the language and what every page has for texts. */
  async function runBare(code: string, key: string): Promise<unknown> {
    const context = vm.createContext({ TextEncoder, TextDecoder, key });
    return (await vm.runInContext(`${code}; page.roundTrip(key)`, context)) as unknown;
  }

  test("is bundled for a browser without a module of Node, and brings a key back there", async () => {
    const code = await bundled(CORE_PROGRAM);
    expect(code).not.toMatch(/\bfrom ?"node:|\brequire\("|\bimport\(/);
    expect(code).not.toMatch(
      /["'](?:node:)?(?:fs|path|url|util|crypto|worker_threads)(?:\/\w+)?["']/,
    );
    const key = readFileSync("fixtures/keys/kraken-spot.key", "utf8");
    expect(await runBare(code, key)).toBe("true");
  });

  test("and of the whole library nobody would say so", async () => {
    await expect(bundled('export * from "keysheet";')).rejects.toThrow();
  });
});

describe("the package is what its manifest says, to", () => {
  const judge = (file: string, ...args: readonly string[]) => {
    const archive = path.join(folder, `keysheet-${MANIFEST.version}.tgz`);
    const program = path.join(ROOT, "node_modules", file);
    return spawnSync(process.execPath, [program, ...args, archive], { encoding: "utf8" });
  };

  test("attw", () => {
    const args = ["--profile", "esm-only", "--no-emoji"];
    const { status, stdout, stderr } = judge("@arethetypeswrong/cli/dist/index.js", ...args);
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("keysheet/core");
    // Nothing but what a package of modules alone cannot have is passed over.
    expect(stdout).toMatch(
      /"keysheet\/core" [^]*node16 \(from ESM\)[^\n]* OK \(ESM\)[^\n]* OK \(ESM\)/,
    );
  });

  test("publint", () => {
    const { status, stdout } = judge("publint/src/cli.js", "--strict");
    expect(status, stdout).toBe(0);
    expect(stdout).toContain("All good");
  });
});
