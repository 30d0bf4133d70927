import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readOpenPicture, readPictureCodes } from "../../src/adapters/code-reader.js";
import { openPicture } from "../../src/adapters/image.js";
import { readQrTexts } from "../../src/core/qr/qr-text.js";
import { blankPictures } from "./blank-pictures.mjs";
import { photograph } from "./camera.mjs";
import { printedSheet } from "./printed-sheet.mjs";
import { sceneOf, soiled, type Tier, torn } from "./tiers.mjs";

const FOLDER = fileURLToPath(new URL("../../fixtures/photos/real/", import.meta.url));
const DPI = 300;

interface Photo {
  readonly file: string;
  readonly text: string | null;
}

const folded = (text: string) => text.replace(/\s+/g, " ").trim();

test("real photographs are read, also those of bent paper that no other decoder reads", async () => {
  const photos = JSON.parse(readFileSync(path.join(FOLDER, "index.json"), "utf8")) as Photo[];
  expect(photos.length).toBeGreaterThan(40);
  for (const { file, text } of photos) {
    const texts = await readPictureCodes(readFileSync(path.join(FOLDER, file)), file);
    expect(texts.length, file).toBeGreaterThan(0);
    if (text !== null && text !== "") expect(texts.map(folded), file).toContain(folded(text));
  }
});

const sheet = printedSheet("sheet 0", { dpi: DPI });

async function photo(tier: Tier, seed: string, part = 0): Promise<Buffer> {
  const { page, code, moduleMm } = await sheet;
  const soil = part > 0 ? torn(page, DPI, code, part, seed) : soiled(tier, page, DPI, code, seed);
  return photograph(soil, DPI, code, sceneOf(tier, moduleMm, code, seed), seed);
}

async function payloadOf(bytes: Buffer): Promise<Uint8Array | undefined> {
  const texts = await readPictureCodes(bytes, "photo");
  return readQrTexts(texts.map((text) => ({ source: "photo", text }))).payloads[0]?.payload;
}

describe("our own sheet, photographed", () => {
  test.each<[Tier, readonly number[]]>([
    ["easy", [0, 1]],
    ["normal", [0, 1, 2]],
    ["hard", [1, 2, 3]],
  ])("in the %s tier gives its payload", async (tier, numbers) => {
    const { payload } = await sheet;
    for (const number of numbers) {
      const seed = `${tier} ${String(number)}`;
      expect(await payloadOf(await photo(tier, seed)), seed).toEqual(Uint8Array.from(payload));
    }
  });

  test("with 45 % of the code torn off, and a finder pattern with it, gives its payload", async () => {
    const { payload } = await sheet;
    const bytes = await photo("easy", "torn 10", 0.45);
    expect(await payloadOf(bytes)).toEqual(Uint8Array.from(payload));
  });

  test("with most of the code torn off says what is left of it, and gives no text", async () => {
    const read = await readOpenPicture(
      await openPicture(await photo("easy", "torn 10", 0.53), "p"),
    );
    expect(read.texts).toEqual([]);
    expect(read.sight.kind).toBe("damaged");
  });
});

test("pictures without a code have none", async () => {
  for await (const { name, bytes } of blankPictures(8)) {
    expect(await readPictureCodes(bytes, name), name).toEqual([]);
  }
});
