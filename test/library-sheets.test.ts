/** The library over whole sheets: bytes in, bytes out, proved, and back; and what it says of itself. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.js";
import { seededBytes } from "./seeded-random.mjs";

const { inspect, makeSheet, printSheets, prove, readSheetFile, Refusal, Restoration, unseal } =
  library;

const KEY_FILE = readFileSync("fixtures/keys/kraken-spot.key", "utf8");
const KEY = library.parseKeyFile(KEY_FILE, "kraken.key");
const RECORD: library.KeyRecord = { provider: KEY.provider, fields: KEY.fields, day: 2518 };
const OTHER: library.KeyRecord = { ...RECORD, day: 2519 };
const PASSPHRASE = "seven words that nobody guesses";
const SECRET = library.fieldText(KEY.fields[1] as library.Field);

async function carriersOf(file: { readonly bytes: Uint8Array }, name: string) {
  return (await readSheetFile(file.bytes, name)).carriers;
}

function codesOf(error: unknown): readonly string[] {
  if (error instanceof Refusal) return error.problems.map(({ code }) => code);
  throw error;
}

async function refusalsOf(promise: Promise<unknown>): Promise<readonly string[]> {
  return promise.then(() => [], codesOf);
}

describe("makeSheet", () => {
  test("gives one proved PDF, from which the key comes back", async () => {
    const parts: number[] = [];
    const [sheet, ...others] = await makeSheet(RECORD, {
      label: "Trading bot",
      onPart: (part) => parts.push(part),
    });
    expect(others).toEqual([]);
    expect(parts).toEqual([1]);
    const restored = library.restore(await carriersOf(sheet.file, "sheet.pdf"));
    if (restored.status !== "confirmed") throw new Error(restored.status);
    expect(library.formatKeyFile(restored.record, "two-line")).toBe(KEY_FILE);
    expect(restored.mark).toBe(sheet.made.mark);
    expect(library.verify(restored, KEY)).toMatchObject({ isSame: true, isSameProvider: true });
    const changed = [RECORD.fields[0], library.makeField("secret", "another", true)];
    const different = library.verify(restored, {
      provider: null,
      fields: changed as readonly library.Field[],
    });
    expect(different).toMatchObject({ isSame: false, isSameProvider: false });
    expect(different.fields).toEqual([
      { name: "key", result: "same" },
      { name: "secret", result: "different" },
    ]);
    expect(JSON.stringify(different)).not.toContain("another");
  });

  test("gives every share of a set, sealed, and any two of them the key", async () => {
    const random = seededBytes("shares");
    const seal = { passphrase: PASSPHRASE, cost: 14 };
    const split = { threshold: 2, count: 3 };
    const sheets = await makeSheet(RECORD, { seal, split, random, paper: "letter", copies: 2 });
    expect(sheets).toHaveLength(3);
    const restoration = new Restoration();
    expect(restoration.isEmpty).toBe(true);
    const names = ["one", "two", "three"];
    const files = await Promise.all(
      sheets.map(({ file }, index) => carriersOf(file, names[index] ?? "")),
    );
    restoration.add(files[2] ?? []);
    expect(await restoration.needs()).toMatchObject({
      kind: "shares",
      problem: { threshold: 2, missing: [1, 2] },
    });
    expect(await restoration.result()).toMatchObject({ status: "refused" });
    restoration.add(files[0] ?? []);
    expect(await restoration.needs()).toEqual({ kind: "passphrase" });
    const sealed = await restoration.result();
    if (sealed.status !== "sealed") throw new Error(sealed.status);
    const wrong = await unseal(sealed, "another passphrase", library.nodeKdf);
    expect(wrong).toEqual({ status: "refused", problems: [{ code: "passphrase-wrong" }] });
    const opened = await unseal(sealed, PASSPHRASE, library.portableKdf);
    expect(opened).toMatchObject({ status: "confirmed", record: { day: 2518 } });
  });

  test("takes a template of a user's own, with a font", async () => {
    const bytes = readFileSync("templates/standard.json");
    const file = "AtkinsonHyperlegibleMono-Regular.ttf";
    const own = bytes.toString().replace(file, "own.ttf");
    const font = readFileSync(`templates/fonts/${file}`);
    const open = (fonts: ReadonlyMap<string, Uint8Array>) =>
      library.openTemplate(new TextEncoder().encode(own), "own.json", fonts);
    const template = await open(new Map([["own.ttf", font]]));
    const [sheet] = await makeSheet(RECORD, { template });
    expect(library.restore(await carriersOf(sheet.file, "sheet.pdf")).status).toBe("confirmed");
    expect(await refusalsOf(open(new Map()))).toEqual(["font-missing"]);
    expect(await refusalsOf(open(new Map([["own.ttf", Buffer.from("no font")]])))).toEqual([
      "font-malformed",
    ]);
  });

  test("refuses what does not fit the page", async () => {
    expect(await refusalsOf(makeSheet(RECORD, { label: "x".repeat(500) }))).toEqual([
      "label-too-long",
    ]);
    const split = { threshold: 2, count: 2 };
    expect(await refusalsOf(makeSheet(RECORD, { template: "card", split }))).toEqual([
      "layout-limit",
    ]);
  });
});

describe("prove", () => {
  const made = library.backup(RECORD, "standard");
  const other = library.backup(OTHER, "standard");

  test("takes what printSheets gives of the same key, in as many copies", async () => {
    const printed = await printSheets([made], { copies: 2, isDiscreet: true });
    const [proved] = await prove(printed, { copies: 2 });
    expect(proved.file.bytes).toEqual(printed[0].pdf);
    expect(await refusalsOf(prove(printed))).toEqual(["proof-failed"]);
  });

  test("refuses a PDF of another key, of no key, and no PDF", async () => {
    const [{ pdf }] = await printSheets([other]);
    expect(await refusalsOf(prove([{ pdf, made }]))).toEqual(["proof-failed"]);
    const lying = { ...other, record: made.record };
    expect(await refusalsOf(prove([{ pdf, made: lying }]))).toEqual(["proof-failed"]);
    const junk = new TextEncoder().encode("%PDF-1.4 and nothing more");
    expect(await refusalsOf(prove([{ pdf: junk, made }]))).toEqual(["pdf-damaged"]);
  });

  test("refuses some of the shares of a set, whose join nobody has tried", async () => {
    const sheets = await library.backupSheets(RECORD, {
      level: "standard",
      split: { threshold: 2, count: 3 },
      random: seededBytes("some"),
    });
    const printed = await printSheets(sheets);
    expect(await refusalsOf(prove(printed.slice(0, 1)))).toEqual(["value-malformed"]);
    expect(await refusalsOf(prove([]))).toEqual(["value-malformed"]);
    const [one, , three] = printed;
    expect(await refusalsOf(prove([one, three, three] as never))).toEqual(["proof-failed"]);
    expect(await prove(printed)).toHaveLength(3);
  });

  test("refuses a sealed sheet whose passphrase it was not given", async () => {
    const seal = { passphrase: PASSPHRASE, cost: 14, kdf: library.nodeKdf };
    const random = seededBytes("seal");
    const sheets = await library.backupSheets(RECORD, { level: null, seal, random });
    const printed = await printSheets(sheets);
    expect(await refusalsOf(prove(printed))).toEqual(["proof-failed"]);
    expect(await prove(printed, { seal })).toHaveLength(1);
  });
});

describe("what is read", () => {
  const codeOf = (record: library.KeyRecord, source: string): library.Carrier => {
    const texts = library.encodeQrText(library.backup(record, null).payload);
    return { kind: "code", source, text: texts.map(({ head, digits }) => head + digits).join("") };
  };

  test("is inspected without its secret", () => {
    const { sheets, problems } = inspect([codeOf(RECORD, "one"), codeOf(OTHER, "two")]);
    expect(problems).toEqual([]);
    expect(sheets).toMatchObject([
      {
        kind: "plain",
        provider: "kraken-spot",
        day: "2026-11-23",
        fields: [
          { name: "key", isSecret: false, value: library.fieldText(KEY.fields[0] as never) },
          { name: "secret", isSecret: true },
        ],
      },
      { day: "2026-11-24" },
    ]);
    expect(JSON.stringify(sheets)).not.toContain(SECRET.slice(0, 12));
  });

  test("gives no key where two sheets disagree, however it is added", async () => {
    const restoration = new Restoration().add([codeOf(RECORD, "one")]);
    expect((await restoration.result()).status).toBe("confirmed");
    restoration.add([codeOf(OTHER, "two")]);
    const result = await restoration.result();
    expect(result).toMatchObject({ status: "refused", problems: [{ code: "sheets-differ" }] });
    expect(JSON.stringify(result)).not.toContain(SECRET.slice(0, 12));
  });

  test("is never a key on somebody's word", async () => {
    const [one] = library.parseLines("1 abandon ability able about above absent");
    const mended = { payload: library.backup(RECORD, null).payload };
    const forged = { kind: "words", source: "words", lines: [one], mended } as never;
    const result = await new Restoration().add([forged]).result();
    expect(result.status).toBe("refused");
    expect(() => new Restoration().add([{ kind: "code" }] as never)).toThrow("value-malformed");
    const hostile = new Proxy({ kind: "words", source: "x", lines: [] } as never, {
      get: () => {
        throw new Error("no");
      },
    });
    expect(() => new Restoration().add([hostile])).toThrow();
  });

  test("has its problems in words, and as data", () => {
    const refused = library.restore([]);
    if (refused.status !== "refused") throw new Error(refused.status);
    const text = library.formatProblems(refused.problems);
    expect(text).toMatch(/^keysheet: \S[^]*\n {2}\S[^]*\n$/);
    const [said] = library.describeProblems(refused.problems);
    expect(said).toMatchObject({ code: "carriers-missing" });
    expect(said?.fact).toMatch(/\.$/);
    expect(() => library.formatProblems([{ code: "__proto__" }] as never)).toThrow(
      "value-malformed",
    );
  });
});

test("words are found by their beginning, and by their number", () => {
  const [english] = library.LISTS as readonly [library.ListRow];
  expect(library.findWord(english, "ABAN")).toBe(0);
  expect(library.wordAt(english, 2047)).toBe("zoo");
  expect(library.completeWord(english, "aban")).toBe("abandon");
  expect(library.completeWord(english, "ab")).toBe(null);
});

/** The files of the package that a program loads which imports it so and does nothing. */
function loadedBy(entry: string): ReadonlyMap<string, number> {
  const folder = mkdtempSync(path.join(tmpdir(), "keysheet-loaded-"));
  const url = JSON.stringify(new URL(`../dist/${entry}.js`, import.meta.url).href);
  const program = path.join(folder, "program.mjs");
  writeFileSync(
    program,
    `await import(${url});
const { sharedObjects } = process.report.getReport();
console.log(JSON.stringify(sharedObjects.filter((file) => file.endsWith(".node"))));\n`,
  );
  const env = { ...process.env, NODE_V8_COVERAGE: folder };
  const { stdout, status } = spawnSync(process.execPath, [program], { env, encoding: "utf8" });
  expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: "[]" });
  const [report = ""] = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const { result } = JSON.parse(readFileSync(path.join(folder, report), "utf8")) as {
    readonly result: readonly { readonly url: string }[];
  };
  rmSync(folder, { recursive: true });
  const files = result.map(({ url: each }) => each).filter((each) => each.startsWith("file:"));
  const names = files.map((each) => fileURLToPath(each)).filter((file) => file !== program);
  return new Map(names.map((file) => [path.basename(file), readFileSync(file).length]));
}

describe("importing loads no heavy package", () => {
  const HEAVY = ["pdf.js", "image.js", "scan.js", "code-zxing.js", "code-qr.js", "heic.js"];

  test.each([
    ["index", 850_000],
    ["core", 750_000],
  ])("by %s", (entry, limitBytes) => {
    const loaded = loadedBy(entry);
    expect([...loaded.keys()]).toContain(`${entry}.js`);
    expect(HEAVY.filter((name) => loaded.has(name))).toEqual([]);
    expect(loaded.size).toBeLessThan(18);
    const bytes = [...loaded.values()].reduce((sum, length) => sum + length, 0);
    expect(bytes).toBeLessThan(limitBytes);
  });
});
