import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../src/core/problem.js";
import { decodePnm, pnmPages } from "../../src/photo/files/pnm.js";
import type { Picture } from "../../src/photo/picture.js";
import { scaled } from "../../src/photo/words/resize.js";
import type { OpenPicture, ReadingPorts } from "../../src/reading/ports.js";
import { readSheetFile } from "../../src/reading/sheet-file.js";
import { CODE_TEXT, codePicture } from "../code-picture.js";

function opened(picture: Picture): OpenPicture {
  const { widthPx, heightPx } = picture;
  return {
    size: { widthPx, heightPx },
    load: (longSidePx = Infinity) => {
      const scale = Math.min(1, longSidePx / Math.max(widthPx, heightPx));
      return Promise.resolve(scale === 1 ? picture : scaled(picture, scale));
    },
  };
}

/** What a place without Node, and without any library for pictures, could offer: PNM alone. */
const PORTS: ReadingPorts = {
  openPictures: (bytes, source) => {
    const pictures = (pnmPages(bytes, 1) ?? []).flatMap((head) => decodePnm(bytes, head) ?? []);
    return pictures.length === 0
      ? Promise.reject(new Refusal({ code: "image-damaged", source }))
      : Promise.resolve(pictures.map(opened));
  },
  openDecoded: (picture) => Promise.resolve(opened(picture)),
  doubled: () => Promise.resolve(null),
  openPdf: (_, source) => Promise.reject(new Refusal({ code: "pdf-damaged", source })),
  startCodes: () => Promise.resolve(),
  readCodes: () => Promise.resolve([]),
  endCodes: () => Promise.resolve(),
};

function greymap({ side, luma }: { readonly side: number; readonly luma: Uint8Array }) {
  const head = `P5\n${String(side)} ${String(side)}\n255\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), luma]));
}

describe("reading over other ports than Node's", () => {
  test("gives the code of a picture", async () => {
    const { carriers, problems } = await readSheetFile(greymap(codePicture()), "code.pgm", PORTS);
    expect(carriers).toEqual([{ kind: "code", source: "code.pgm", text: CODE_TEXT }]);
    expect(problems).toEqual([]);
  });

  test("gives the words of a text", async () => {
    const bytes = new TextEncoder().encode("1 abandon ability able about above absent\n");
    const { carriers } = await readSheetFile(bytes, "words.txt", PORTS);
    expect(carriers).toMatchObject([{ kind: "words", lines: [{ number: 1 }] }]);
  });

  test("refuses what a port refuses", async () => {
    const bytes = new TextEncoder().encode("%PDF-1.4\n");
    await expect(readSheetFile(bytes, "sheet.pdf", PORTS)).rejects.toThrow(Refusal);
  });
});

/** A module of src, and all that it imports, whether at once or later. */
function modulesFrom(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const source = readFileSync(file, "utf8");
  const imports = source.matchAll(/(?:^(?:im|ex)port (?!type\b)[^;]*?from |\bimport\()"([^"]+)"/gm);
  for (const [, name = ""] of imports) {
    if (name.startsWith(".")) modulesFrom(path.join(path.dirname(file), tsOf(name)), found);
    else found.add(name);
  }
  return found;
}

function tsOf(name: string): string {
  return name.replace(/\.js$/, ".ts");
}

test("nothing that reading imports is an adapter, or of Node", () => {
  const modules = [...modulesFrom("src/reading/sheet-file.ts")];
  expect(modules.filter((name) => /^node:|adapters|cli/.test(name))).toEqual([]);
  expect(modules).toContain("src/photo/code/read-code.ts");
  expect(modules).toContain("src/photo/words/read-words.ts");
  const packages = modules.filter((name) => !name.startsWith("src/"));
  expect(packages.every((name) => /^(@noble|@scure|bip39|qrcode)\b/.test(name))).toBe(true);
});
