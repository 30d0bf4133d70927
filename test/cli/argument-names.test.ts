/** What is given as a file and is a secret: its place is told, and nothing of it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeKdf } from "../../src/adapters/node/scrypt-node.js";
import { isFileName } from "../../src/cli/argument-names.js";
import { run } from "../../src/cli/run.js";
import { type ListRow, LISTS, wordAt } from "../../src/core/words/word-lists.js";
import { seededBytes, seededRandom } from "../seeded-random.mjs";

let folder = "";
let key = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-names-"));
  key = path.join(folder, "kraken.key");
  writeFileSync(key, "no key");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** All that a command prints, in the tests' own process. */
async function saidOf(args: readonly string[]): Promise<string> {
  let said = "";
  const print = (text: string) => {
    said += text;
  };
  async function* nothing() {
    yield await Promise.resolve("");
  }
  await run({
    args,
    env: {},
    stdin: nothing(),
    isStdinTerminal: false,
    isStdoutTerminal: false,
    stdout: print,
    stderr: print,
    openTerminal: () => Promise.resolve(null),
    now: () => new Date(0),
    random: seededBytes("names"),
    kdf: nodeKdf,
  });
  return said.replace(/\s+/g, "");
}

/** Every place of the command line for a file that is read or made. */
function callsOf(secret: string): readonly (readonly string[])[] {
  return [
    ["restore", secret],
    ["restore", "a.pdf", secret],
    ["inspect", secret],
    ["restore", `--words=${secret}`],
    ["restore", key, "--passphrase-file", secret],
    ["make", "--from", secret],
    ["make", "--from", key, "--template", secret],
    ["make", "--from", key, "--template", `${secret}.json`],
    ["verify", key, "--against", secret],
    ["restore", key, "--out", `${secret}/back`],
    ["restore", `--${secret}`],
    [secret],
    ["help", secret],
  ];
}

async function expectNoEcho(secret: string): Promise<void> {
  const letters = secret.replace(/\s+/g, "");
  for (const call of callsOf(secret)) {
    for (const args of [call, [...call, "--json"]]) {
      const said = await saidOf(args);
      expect(said).not.toBe("");
      for (let from = 0; from + 8 <= letters.length; from++) {
        const echoed = said.includes(letters.slice(from, from + 8));
        expect(echoed, `${JSON.stringify(args)} of ${secret}`).toBe(false);
      }
    }
  }
}

const random = seededRandom("argument names");
const bytes = seededBytes("argument names");

/** A piece of 16 characters or more. */
function partOf(text: string): string {
  const length = 16 + random(text.length - 15);
  const from = random(text.length - length + 1);
  return text.slice(from, from + length);
}

const isNoOption = (text: string) => !text.startsWith("-");

describe("nothing is echoed", () => {
  test("of a part of a key, with a slash in it or an extension behind it", async () => {
    for (let round = 0; round < 60; round++) {
      const secret = Buffer.from(bytes(round % 2 ? 64 : 42)).toString("base64");
      const part = round % 3 === 0 ? secret.slice(0, 80) : partOf(secret);
      const cut = 1 + random(part.length - 1);
      const forms = [part, `${part}.pdf`, `${part.slice(0, cut)}/${part.slice(cut)}`];
      await expectNoEcho(forms[round % forms.length] ?? part);
    }
  });

  test("of words, whatever joins them", async () => {
    const joiners = ["-", "_", "", ".", "/"];
    for (let round = 0; round < 60; round++) {
      const list = LISTS[round % LISTS.length] as ListRow;
      const words = Array.from({ length: 3 + random(4) }, () => wordAt(list, random(2048)));
      const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
      const joined =
        round % 6 === 0
          ? words.map(capital).join("")
          : words.join(joiners[round % joiners.length] ?? "-");
      const text = round % 2 && joined.length > 16 ? partOf(joined) : joined;
      if (isNoOption(text)) await expectNoEcho(round % 4 === 0 ? `${text}.pdf` : text);
    }
  });

  test("of the digits of a code in pieces", async () => {
    for (let round = 0; round < 30; round++) {
      const digits = Array.from({ length: 8 + random(30) }, () => String(random(10))).join("");
      const pieces = digits.match(/.{1,4}/g) ?? [];
      await expectNoEcho(
        `${pieces.join(["", "-", "_", "/"][round % 4])}${round % 3 ? "" : ".txt"}`,
      );
    }
  });
});

describe("a file's name is", () => {
  test.each([
    ["none.jpg"],
    ["kraken.key"],
    ["IMG_1234.HEIC"],
    ["sheet-1-of-3.pdf"],
    ["scans/kraken sheet (2).pdf"],
    ["my-kraken-backup-2026.pdf"],
    ["./none"],
    ["Schlüssel.txt"],
  ])("%s, which is told", async (name) => {
    expect(await isFileName(name)).toBe(true);
    expect(await saidOf(["restore", name])).toContain(name.replace(/\s+/g, ""));
  });

  test("none of what has neither an extension nor a folder that there is", async () => {
    for (const name of ["none", "abandon", "a/b", "photo-album.jpg", "x.abcdef", "a\u001bb.pdf"]) {
      expect(await isFileName(name)).toBe(false);
    }
    expect(await saidOf(["restore", "a.pdf", "none"])).toContain("argument3:thereisnosuchfile.");
  });

  test("no place for a key or a row of words, which would be seen in every list of files", async () => {
    const secret = Buffer.from(bytes(24)).toString("base64").replace(/[/+=]/g, "a");
    for (const out of [secret, `${secret}.pdf`, "abandon-ability-able-about-above-absent.key"]) {
      expect(await saidOf(["restore", key, "--out", path.join(folder, out)])).toContain(
        "lookslike",
      );
    }
  });
});
