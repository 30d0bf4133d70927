/** recover.py, the decoder for somebody without keysheet, against the vectors and keysheet itself. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeKdf } from "../../../src/adapters/node/scrypt-node.js";
import { decodePayload, encodePayload, type Payload } from "../../../src/core/payload/payload.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import type { Carrier } from "../../../src/core/restore/read-carriers.js";
import { PROVIDERS } from "../../../src/core/record/providers.js";
import { restore, unseal } from "../../../src/core/restore/restore.js";
import type { Kdf } from "../../../src/core/seal/kdf.js";
import { seal } from "../../../src/core/seal/seal.js";
import { coefficientCount, splitPayload } from "../../../src/core/shares/split.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { LISTS, listWords } from "../../../src/core/words/word-lists.js";
import { encodeWords } from "../../../src/core/words/words.js";
import { testWith } from "../../programs.js";
import { seededRandom } from "../../seeded-random.mjs";
import {
  randomSheets,
  type RandomSheets,
  SECOND_WRITER,
  type Writer,
} from "../../vectors/random-sheets.mjs";
import { type Input, VECTORS } from "../vector.js";
import { bytesOfHex, hexOf, plainView, recordOf, type VectorRecord } from "../vector-record.js";
import { tableRows } from "./format-document.js";

const SHEETS = 1000;
const HOPELESS_SHEETS = 150;

const ROOM = fileURLToPath(new URL("../../../src/core/payload/", import.meta.url));
const RECOVER = path.join(ROOM, "recover.py");
const LINES = fileURLToPath(new URL("recover_lines.py", import.meta.url));
const SOURCE = readFileSync(RECOVER, "utf8");

type Request = { readonly passphrase?: string } & (
  | { readonly texts: readonly string[] }
  | { readonly codes: readonly string[] }
  | { readonly payloads: readonly string[] }
);
type Answer = { readonly record: VectorRecord } | { readonly refused: string };

let folder: string;
let listFolder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-recover-"));
  listFolder = mkdtempSync(path.join(tmpdir(), "keysheet-lists-"));
  for (const list of LISTS) {
    writeFileSync(path.join(listFolder, `${list.name}.txt`), listWords(list).join("\n"));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(listFolder, { recursive: true });
});

function python(args: readonly string[], input: string) {
  return spawnSync("python3", args, { encoding: "utf8", input, maxBuffer: 2 ** 26 });
}

function recoverAll(requests: readonly Request[]): readonly Answer[] {
  const input = requests.map((request) => JSON.stringify(request)).join("\n");
  const { stdout, stderr, status } = python([LINES, RECOVER, listFolder], input);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const answers = stdout.trimEnd().split("\n");
  expect(answers).toHaveLength(requests.length);
  return answers.map((line) => JSON.parse(line) as Answer);
}

const kept = new Map<string, Promise<Uint8Array>>();

const kdf: Kdf = (password, salt, cost) => {
  const name = `${hexOf(password)} ${hexOf(salt)} ${String(cost)}`;
  const derived = kept.get(name) ?? nodeKdf(password, salt, cost);
  kept.set(name, derived);
  return derived;
};

/** keysheet as a writer. */
const KEYSHEET: Writer = {
  payload: ({ record }) => encodePayload(recordOf(record)),
  seal: (payload, passphrase, salt, cost) =>
    seal(payload as Payload, passphrase, { salt, cost, kdf }),
  split: (payload, set, random) => {
    const bytes = (length: number) => Uint8Array.from({ length }, () => random(256));
    return splitPayload(payload as Payload, {
      ...set,
      setId: bytes(4),
      blind: bytes(8),
      coefficients: bytes(coefficientCount(payload.length, set.threshold)),
    });
  },
  words: (payload, list, level) => Array.from(encodeWords(payload, list, level) ?? []),
  codes: (payload, total) => encodeQrText(payload, total).map(({ head, digits }) => head + digits),
};

async function sheetsOf(
  seed: string,
  count: number,
  writer: Writer,
  options: { readonly isHopeless?: boolean } = {},
): Promise<readonly RandomSheets[]> {
  const random = seededRandom(seed);
  const sheets: RandomSheets[] = [];
  while (sheets.length < count) sheets.push(await randomSheets(random, writer, options));
  return sheets;
}

async function restoreWithKeysheet({ texts, passphrase }: RandomSheets): Promise<VectorRecord> {
  const carriers = texts.map((text, index): Carrier => {
    const source = String(index);
    return text.includes("KEYSHEET")
      ? { kind: "code", source, text }
      : { kind: "words", source, lines: parseLines(text) };
  });
  const read = restore(carriers);
  const result = read.status === "sealed" ? await unseal(read, passphrase, kdf) : read;
  if (result.status !== "confirmed") throw new Error(JSON.stringify(result));
  return { keysheet: 1, ...plainView(result.record) };
}

describe("recover.py", () => {
  test("is one file of at most 210 lines, none above 120 characters", () => {
    const lines = SOURCE.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(210);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test("knows the lists and the providers of the format", () => {
    const pins = tableRows("lists").map((row) => row.get("SHA-256")?.slice(0, 8));
    expect(SOURCE).toContain(`LISTS = "${pins.join(" ")}"`);
    const rows = PROVIDERS.map(({ id, fields }) => {
      const hasFixed = fields.every(({ lengthBytes }) => lengthBytes !== null);
      const told = fields.map(({ name, isSecret, prefix, encoding, lengthBytes }) => {
        const how = hasFixed ? `:${prefix}:${String(encoding)}:${String(lengthBytes)}` : "";
        return `${name}${isSecret ? "*" : ""}${how}`;
      });
      return [id, ...told].join(" ");
    });
    const table = /ROWS = """(.*?)"""/s.exec(SOURCE)?.[1] ?? "";
    expect(table.replace(/\s+/g, " ")).toBe(rows.join("; "));
    expect(PROVIDERS.map(({ number }) => number)).toEqual(PROVIDERS.map((_, index) => index + 1));
  });

  testWith("python3")("imports the standard library alone", () => {
    const [, imported = ""] = /^import (.*)$/m.exec(SOURCE) ?? [];
    const program =
      "import json, sys; print(json.dumps([m for m in sys.stdin.read().split(', ') if m not in sys.stdlib_module_names]))";
    expect(imported).toContain("hashlib");
    expect(SOURCE.match(/^\s*(import|from)\b/gm)).toHaveLength(1);
    expect(JSON.parse(python(["-c", program], imported.trim()).stdout)).toEqual([]);
  });
});

/** A request for what a vector has. */
function requestOf(vector: Input): Request {
  const passphrase = vector.passphrase === undefined ? {} : { passphrase: vector.passphrase };
  if ("shares" in vector) return { payloads: vector.shares, ...passphrase };
  if ("payload" in vector) return { payloads: [vector.payload], ...passphrase };
  if ("texts" in vector) return { codes: vector.texts, ...passphrase };
  if ("words" in vector) return { texts: [vector.words], ...passphrase };
  const texts = vector.sheets.flatMap((sheet) => ("words" in sheet ? [sheet.words] : sheet.texts));
  return { texts, ...passphrase };
}

/** It does not mend a typing error in a generated passphrase, which a decoder may. */
const WITH_TYPING_ERROR: readonly string[] = [
  "seal_passphrase-generated-typo.json",
  "shares_of-sealed-typo.json",
];

describe("the vectors", () => {
  testWith("python3")("are all read or refused by recover.py, by the layer that they name", () => {
    const answers = recoverAll(
      // A vector of words has its payload beside it.
      VECTORS.map(({ vector }) =>
        requestOf(("words" in vector ? { words: vector.words } : vector) as Input),
      ),
    );
    for (const [index, { file, vector }] of VECTORS.entries()) {
      const answer = answers[index];
      if ("refusal" in vector) {
        expect(answer, file).toEqual({
          refused: expect.stringMatching(`^${vector.layer}: `) as string,
        });
      } else if ("head" in vector) {
        const { kind } = vector.head;
        const needs = kind === "sealed" ? "passphrase: one is needed" : "shares: ";
        expect(answer, file).toEqual({ refused: expect.stringMatching(`^${needs}`) as string });
      } else if (WITH_TYPING_ERROR.includes(file)) {
        expect(answer, file).toEqual({ refused: "seal: wrong passphrase, or a changed sheet" });
      } else if ("record" in vector) {
        expect(answer, file).toEqual({ record: vector.record });
      } else {
        const { content } = decodePayloadOrNull(vector.payload);
        if (content === null) expect(answer, file).toHaveProperty("refused");
        else expect(answer, file).toEqual({ record: content });
      }
    }
  });
});

/** The record of a payload that a carrier's vector has; null for one that is not plain. */
function decodePayloadOrNull(payload: string): { readonly content: VectorRecord | null } {
  try {
    const { content } = decodePayload(bytesOfHex(payload));
    const isPlain = content.kind === "plain";
    return { content: isPlain ? { keysheet: 1, ...plainView(content.record) } : null };
  } catch {
    return { content: null };
  }
}

describe("random sheets", () => {
  testWith("python3")("of keysheet give their keys to recover.py", async () => {
    const sheets = await sheetsOf("keysheet to python", SHEETS, KEYSHEET);
    const answers = recoverAll(sheets.map(({ texts, passphrase }) => ({ texts, passphrase })));
    for (const [index, { record }] of sheets.entries()) {
      expect(answers[index], String(index)).toEqual({ record });
    }
  });

  testWith("python3")(
    "of the second writer give their keys to recover.py and keysheet",
    async () => {
      const sheets = await sheetsOf("second writer to both", SHEETS, SECOND_WRITER);
      const answers = recoverAll(sheets.map(({ texts, passphrase }) => ({ texts, passphrase })));
      for (const [index, sheet] of sheets.entries()) {
        expect(answers[index], String(index)).toEqual({ record: sheet.record });
        expect(await restoreWithKeysheet(sheet), String(index)).toEqual(sheet.record);
      }
    },
  );

  testWith("python3")("with more damage than they can bear give no other key", async () => {
    const sheets = await sheetsOf("hopeless", HOPELESS_SHEETS, KEYSHEET, { isHopeless: true });
    const answers = recoverAll(sheets.map(({ texts, passphrase }) => ({ texts, passphrase })));
    for (const [index, answer] of answers.entries()) {
      if ("record" in answer) expect(answer.record).toEqual(sheets[index]?.record);
      else expect(answer.refused).toMatch(/^words: /);
    }
    expect(answers.filter((answer) => "refused" in answer).length).toBeGreaterThan(
      HOPELESS_SHEETS / 2,
    );
  });
});

describe("the command", () => {
  /** recover.py and FORMAT.md in a folder of their own, and files of sheets. */
  function run(files: Readonly<Record<string, string>>, names: readonly string[], input = "") {
    copyFileSync(RECOVER, path.join(folder, "recover.py"));
    copyFileSync(path.join(ROOM, "FORMAT.md"), path.join(folder, "FORMAT.md"));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const at = (name: string) => (name === "-" ? name : path.join(folder, name));
    return python([path.join(folder, "recover.py"), ...names.map(at)], input);
  }

  const vector = (file: string) =>
    VECTORS.find((each) => each.file === `${file}.json`)?.vector as unknown as {
      readonly words: string;
      readonly texts: readonly string[];
      readonly passphrase: string;
    };

  testWith("python3")("prints the fields of a key, from words and from standard input", () => {
    const { words } = vector("words_rows");
    const told = run({ "sheet.txt": words }, ["sheet.txt"]);
    expect(told.status).toBe(0);
    expect(told.stdout).toBe(
      "key: 6HKWLXV3wxk5UPga00zqvfzfkV4cM2j+l3eveXcQa0vEvks7S7aEkPku\n" +
        "secret: vjZFBfsywsChT3s8lx0WfmPOs/rYbuYCVk0MbKxDDzv2C87lcDtzzkzlYKyqgkPJpU9W8CH3NMgT42tdcIKCGw==\n",
    );
    expect(told.stderr).toBe("kraken-spot 2026-11-23\n");
    expect(run({}, ["-"], words).stdout).toBe(told.stdout);
    const { texts } = vector("qr_three-pieces");
    const files = Object.fromEntries(texts.map((text, index) => [`${String(index)}.txt`, text]));
    expect(run(files, ["2.txt", "0.txt", "1.txt"]).stdout).toBe(told.stdout);
    const refused = run({}, ["2.txt", "0.txt"]);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toBe("");
    expect(refused.stderr).toBe("refused: qr: of 3 codes these are missing: [2]\n");
  });

  testWith("python3")("takes the list of another language as a file", () => {
    const french = LISTS[6];
    if (french === undefined) throw new Error("no French list");
    const files = {
      "french.txt": listWords(french).join("\n"),
      "sheet.txt": vector("words_list-french").words,
    };
    expect(run(files, ["sheet.txt", "french.txt"]).status).toBe(0);
    const without = run(files, ["sheet.txt"]);
    expect(without.status).toBe(1);
    expect(without.stderr).toContain("refused: words: 0 payloads fit these 102 words");
  });

  testWith("python3")("asks for a passphrase", () => {
    const sealed = vector("seal_kraken-spot") as unknown as {
      readonly payload: string;
      readonly passphrase: string;
    };
    const [text] = encodeQrText(bytesOfHex(sealed.payload));
    const files = { "sealed.txt": `${text?.head ?? ""}${text?.digits ?? ""}` };
    const told = run(files, ["sealed.txt"], `${sealed.passphrase}\n`);
    expect(told.status).toBe(0);
    expect(told.stdout).toMatch(/^key: /);
    const wrong = run(files, ["sealed.txt"], "another\n");
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("refused: seal: wrong passphrase, or a changed sheet");
  });
});
