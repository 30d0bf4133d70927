import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import sharp from "sharp";
import { proveSheets } from "../../../src/adapters/node/proof.js";
import { openPdf } from "../../../src/adapters/node/scan.js";
import { nodeKdf } from "../../../src/adapters/node/scrypt-node.js";
import {
  loadTemplate,
  TEMPLATE_NAMES,
  type TemplateName,
} from "../../../src/adapters/node/templates.js";
import { backupSheets } from "../../../src/core/backup.js";
import type { PageText } from "../../../src/core/sheet/page-text.js";
import { restore } from "../../../src/core/restore/restore.js";
import { type Paper, PAPERS } from "../../../src/core/sheet/template.js";
import { joinPages, readPageRows, tokensOfRows } from "../../../src/core/sheet/page-words.js";
import { findWord, listWords, PRINTED_LISTS } from "../../../src/core/words/word-lists.js";
import { WORDS_A_ROW } from "../../../src/core/words/row.js";
import { type Level, LEVELS } from "../../../src/core/words/words.js";
import { print } from "../../../src/cli/commands/print-sheets.js";
import { sampleBackup } from "../../core/sheet/sample.js";
import { PREFLIGHT_JARS, testWith } from "../../programs.js";
import { seededBytes } from "../../seeded-random.mjs";

interface Kind {
  readonly name: TemplateName;
  readonly paper: Paper;
  readonly isDiscreet: boolean;
  readonly level: Level;
  readonly language: string;
}

const LANGUAGES = [...PRINTED_LISTS.keys()];

/** Every template on every paper, open and discreet, at both levels. */
const KINDS = TEMPLATE_NAMES.flatMap((name) =>
  PAPERS.flatMap((paper) =>
    [false, true].flatMap((isDiscreet) =>
      LEVELS.map((level) => ({ name, paper, isDiscreet, level })),
    ),
  ),
);

/** All of them, in every language. */
const MATRIX: readonly Kind[] = KINDS.flatMap((kind) =>
  LANGUAGES.map((language) => ({ ...kind, language })),
);

/** Each kind in one language, such that each template is tried in all. */
const SAMPLES: readonly Kind[] = KINDS.map((kind, index) => ({
  ...kind,
  language: LANGUAGES[(index % 8) % LANGUAGES.length] ?? "english",
}));

function nameOf({ name, paper, isDiscreet, level, language }: Kind): string {
  return [name, paper, language, level, isDiscreet ? "discreet" : "open"].join("-");
}

async function printAgain({ name, paper, isDiscreet, level, language }: Kind) {
  const made = sampleBackup({ level, language });
  const options = { label: "Zoë’s bot", copies: 1, paper, isDiscreet };
  return { made, ...(await print(made, await loadTemplate(name), options)) };
}

const kept = new Map<string, ReturnType<typeof printAgain>>();

function printed(kind: Kind): ReturnType<typeof printAgain> {
  const name = nameOf(kind);
  const known = kept.get(name) ?? printAgain(kind);
  kept.set(name, known);
  return known;
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-sheets-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function textsOf(pdf: Uint8Array): Promise<readonly (readonly PageText[])[]> {
  const scan = await openPdf(pdf, "sheet");
  const texts = Array.from({ length: scan.pageCount }, (_, index) => scan.pageText(index));
  scan.close();
  return texts;
}

/** What another program says of a file; it fails where the program is missing or says no. */
function told(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

describe.each(TEMPLATE_NAMES)("every %s sheet", (name) => {
  const kinds = MATRIX.filter((kind) => kind.name === name);

  test.each(kinds.map((kind) => [nameOf(kind), kind] as const))(
    "gives the words of its list from its pages: %s",
    async (_, kind) => {
      const { made, pdf } = await printed(kind);
      const [sheet, ...others] = joinPages((await textsOf(pdf)).map(readPageRows));
      expect(others).toEqual([]);
      const tokens = tokensOfRows(sheet?.rows ?? new Map());
      expect(tokens.map((token) => findWord(made.list, token))).toEqual([...made.wordIndices]);
      const words = Array.from(made.wordIndices, (index) => listWords(made.list)[index] ?? "");
      const letters = name === "card" ? 4 : 99;
      expect(tokens).toEqual(words.map((word) => word.slice(0, letters)));
    },
  );
});

describe.each(SAMPLES.map((kind) => [nameOf(kind), kind] as const))(
  "the sheet %s",
  (name, kind) => {
    test("is proved, and the same bytes each time", async () => {
      const { made, pdf } = await printed(kind);
      await proveSheets([{ pdf, made }], { copyCount: 1, seal: null });
      expect(Buffer.from((await printAgain(kind)).pdf).equals(Buffer.from(pdf))).toBe(true);
    });

    testWith("qpdf")("is clean for qpdf", async () => {
      const file = path.join(folder, `${name}.pdf`);
      writeFileSync(file, (await printed(kind)).pdf);
      expect(told("qpdf", "--check", file)).toContain("No syntax or stream encoding errors found");
    });

    testWith("zbarimg")("has a code that zbarimg reads", async () => {
      const { made, pdf, pageCount } = await printed(kind);
      const scan = await openPdf(pdf, "sheet");
      const { widthPx, heightPx, luma } = await scan.renderPage(pageCount - 1, 150);
      scan.close();
      const png = path.join(folder, `${name}.png`);
      const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
      await sharp(luma, { raw }).png().toFile(png);
      const text = told("zbarimg", "--quiet", "--raw", png);
      const restored = restore([{ kind: "code", source: "zbarimg", text }]);
      expect(restored).toMatchObject({ status: "confirmed", mark: made.mark });
    });
  },
);

describe("a sheet of several pages", () => {
  test.each([
    ["standard", "a4", 170, 1, 2],
    ["standard", "letter", 400, 2, 3],
    ["standard", "letter", 1590, 1, 8],
    ["standard", "a4", 1590, 1, 7],
    ["large", "a4", 170, 2, 3],
    ["large", "letter", 800, 1, 8],
  ] as const)("%s on %s, of %i characters, is proved from all", async (...given) => {
    const [name, paper, secretLength, copies, pagesEach] = given;
    const made = sampleBackup({ secretLength });
    const options = { label: "Bot", copies, paper, isDiscreet: false };
    const { pdf, pageCount } = await print(made, await loadTemplate(name), options);
    expect(pageCount).toBe(copies * pagesEach);
    await proveSheets([{ pdf, made }], { copyCount: copies, seal: null });
  });

  test("is not proved when a page is missing, or is of another sheet", async () => {
    const loaded = await loadTemplate("large");
    const made = sampleBackup({ secretLength: 170 });
    const options = { label: "Bot", copies: 1, paper: "a4", isDiscreet: false } as const;
    const other = await print(sampleBackup({ secretLength: 171 }), loaded, options);
    await expect(
      proveSheets([{ pdf: other.pdf, made }], { copyCount: 1, seal: null }),
    ).rejects.toThrow("proof-failed");
    const twice = await print(made, loaded, { ...options, copies: 2 });
    await expect(
      proveSheets([{ pdf: twice.pdf, made }], { copyCount: 1, seal: null }),
    ).rejects.toThrow("proof-failed");
    await expect(
      proveSheets([{ pdf: twice.pdf, made }], { copyCount: 3, seal: null }),
    ).rejects.toThrow("proof-failed");
  });

  test("is refused where more pages would be printed than can be read", async () => {
    const made = sampleBackup({ secretLength: 1500, level: "long" });
    const options = { label: null, copies: 10, paper: "a4", isDiscreet: false } as const;
    await expect(print(made, await loadTemplate("large"), options)).rejects.toThrow("layout-pages");
  });
});

describe("a discreet sheet", () => {
  test.each(TEMPLATE_NAMES)(
    "says nowhere what it is for, but what it takes to restore: %s",
    async (name) => {
      for (const label of [null, "Notes"]) {
        for (const made of [sampleBackup(), sampleBackup({ secretLength: 20 })]) {
          const options = { label, copies: 2, paper: "a4", isDiscreet: true } as const;
          const { pdf } = await print(made, await loadTemplate(name), options);
          const list = listWords(made.list);
          const words = Array.from(made.wordIndices, (index) => {
            const word = list[index] ?? "";
            return name === "card" ? word.slice(0, 4) : word;
          });
          const rows = Array.from({ length: words.length / WORDS_A_ROW }, (_, row) =>
            words.slice(row * WORDS_A_ROW, (row + 1) * WORDS_A_ROW).join(" "),
          );
          const all = (await textsOf(pdf)).flat().map(({ text }) => text);
          const said = rows.reduce((text, row) => text.replaceAll(row, ""), all.join(" "));
          expect(Buffer.from(pdf).toString("latin1")).not.toMatch(/keysheet|kraken|api key/i);
          expect(said).not.toMatch(/keysheet|kraken|\bapi\b|\bkeys?\b|wallet|exchange|secret/i);
          expect(said).toContain("2026-11-23");
          if (made.mark !== null) expect(said).toContain(made.mark);
          expect(said).toMatch(/first four letters|four letters a word/);
          expect(said).toContain("The code's text begins with its name");
          expect(said).toContain("Reed-Solomon");
        }
      }
    },
  );
});

const PASSPHRASE = "no list has qqqzzz";
const SEAL = { passphrase: PASSPHRASE, cost: 14, kdf: nodeKdf };
const SPLIT = { threshold: 2, count: 3 };

/** What each sheet says of its protection, and of how it is undone without keysheet. */
const PROTECTIONS = [
  {
    kind: "sealed",
    options: { seal: SEAL },
    says: () => [
      "SEALED WITH A PASSPHRASE",
      "Enter the passphrase, which is not on this sheet.",
      "They are sealed: scrypt, AES-256-CTR, HMAC-SHA-256.",
    ],
  },
  {
    kind: "share",
    options: { split: SPLIT },
    says: (number: number) => [
      `SHARE ${String(number)} OF 3`,
      "any 2 of the 3",
      "They are a share: Shamir, GF(2^8).",
    ],
  },
  {
    kind: "sealed share",
    options: { seal: SEAL, split: SPLIT },
    says: (number: number) => [
      `SHARE ${String(number)} OF 3, SEALED`,
      "any 2 of the 3",
      "Enter the passphrase, which is not on this sheet.",
      "They are a share: Shamir, GF(2^8); joined, sealed: scrypt, AES-256-CTR, HMAC-SHA-256.",
    ],
  },
] as const;

/** Every protection on every template that has place for it and every paper, with words and without. */
const PROTECTED = PROTECTIONS.flatMap((protection) =>
  (["standard", "large"] as const).flatMap((name) =>
    PAPERS.flatMap((paper) =>
      (["standard", null] as const).map((level) => ({ ...protection, name, paper, level })),
    ),
  ),
);

function protectedName({ kind, name, paper, level }: (typeof PROTECTED)[number]): string {
  return [kind.replace(" ", "-"), name, paper, level ?? "codes-alone"].join("-");
}

async function printProtected(sheet: (typeof PROTECTED)[number]) {
  const { options, name, paper, level } = sheet;
  const random = seededBytes(protectedName(sheet));
  const made = await backupSheets(sampleBackup().record, { ...options, level, random });
  const loaded = await loadTemplate(name);
  const look = { label: "Bot", copies: 1, paper, isDiscreet: false };
  return Promise.all(
    made.map(async (each) => ({ made: each, pdf: (await print(each, loaded, look)).pdf })),
  );
}

describe.each(PROTECTED.map((sheet) => [protectedName(sheet), sheet] as const))(
  "the sheet %s",
  (_, sheet) => {
    test("is proved, and says how it is restored, with keysheet and with Python alone", async () => {
      const sheets = await printProtected(sheet);
      const seal = "seal" in sheet.options ? sheet.options.seal : null;
      await proveSheets(sheets, { copyCount: 1, seal });
      for (const [index, { pdf, made }] of sheets.entries()) {
        const texts = (await textsOf(pdf)).flat().map(({ text }) => text);
        const said = texts.join(" ").replaceAll("\u00a0", " ");
        for (const text of sheet.says(index + 1)) expect(said).toContain(text);
        expect(said).toContain("FORMAT.md describes it, and recover.py restores it with Python");
        expect(said).not.toContain("qqqzzz");
        if (made.protection.kind !== "share") continue;
        const { set, marks } = made.protection;
        for (const text of [set, ...marks]) expect(said).toContain(text);
      }
    });
  },
);

describe("all of these sheets", () => {
  testWith("java")("are PDF/A-1b for PDFBox Preflight", async () => {
    const preflight = mkdtempSync(path.join(folder, "preflight-"));
    for (const kind of SAMPLES) {
      writeFileSync(path.join(preflight, `${nameOf(kind)}.pdf`), (await printed(kind)).pdf);
    }
    for (const sheet of PROTECTED) {
      const [first] = await printProtected(sheet);
      writeFileSync(path.join(preflight, `${protectedName(sheet)}.pdf`), first?.pdf ?? "");
    }
    const validator = "org.apache.pdfbox.preflight.Validator_A1b";
    const answer = told("java", "-cp", PREFLIGHT_JARS.join(":"), validator, "batch", preflight);
    for (const name of [...SAMPLES.map(nameOf), ...PROTECTED.map(protectedName)]) {
      expect(answer).toContain(`${name}.pdf is a valid PDF/A-1b file`);
    }
  });
});
