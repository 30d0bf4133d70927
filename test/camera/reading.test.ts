import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import qrcode from "qrcode";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { NODE_PORTS } from "../../src/adapters/node/reading-ports.js";
import { readOpenPicture } from "../../src/reading/picture-codes.js";
import { readPictureCodes } from "../picture-codes.js";
import { openPicture } from "../../src/adapters/node/image.js";
import { encodeQrText, type QrText, readQrTexts } from "../../src/core/qr/qr-text.js";
import { blankPictures } from "./blank-pictures.mjs";
import { photograph, type Raster, type Spot } from "./camera.mjs";
import { printedSheet } from "./printed-sheet.mjs";
import { sceneOf, soiled, type Tier, torn } from "./tiers.mjs";
import { faded, photocopied, punched } from "./wear.mjs";
import { wornCode } from "./worn-code.js";

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
    const texts = await readPictureCodes(readFileSync(path.join(FOLDER, file)), file, "any");
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

  test.each([
    [
      "photocopied twice",
      async (page: Raster, _: Spot, seed: string) => photocopied(page, DPI, 2, seed),
    ],
    ["punched", (page: Raster, code: Spot, seed: string) => punched(page, DPI, code, 3, seed)],
    ["printed with little toner", (page: Raster, _: Spot, seed: string) => faded(page, DPI, seed)],
  ])("and %s before, gives its payload", async (name, wear) => {
    const { page, code, moduleMm, payload } = await sheet;
    for (const number of [0, 1]) {
      const seed = `${name} ${String(number)}`;
      const worn = await wear(page, code, seed);
      expect(worn.luma).not.toEqual(page.luma);
      const scene = sceneOf("normal", moduleMm, code, seed);
      const bytes = await photograph(worn, DPI, code, scene, seed);
      expect(await payloadOf(bytes), seed).toEqual(Uint8Array.from(payload));
    }
  });

  test("with most of the code torn off says what is left of it, and gives no text", async () => {
    const read = await readOpenPicture(
      await openPicture(await photo("easy", "torn 10", 0.53), "p"),
      NODE_PORTS,
    );
    expect(read.texts).toEqual([]);
    expect(read.sight.kind).toBe("damaged");
  });
});

describe("a picture of several codes", () => {
  const KEY_URI = "kraken://apikey?key=a&secret=b";
  const found = async (bytes: Buffer, wanted?: "sheet" | "key") =>
    readOpenPicture(await openPicture(bytes, "photo"), NODE_PORTS, wanted);

  /** Somebody else's code, easy to read, beside what is on the picture. */
  async function withCode(text: string, bytes: Buffer): Promise<Buffer> {
    const code = await qrcode.toBuffer(text, { scale: 6 });
    const wider = sharp(bytes).extend({ left: 320, background: "#777" });
    return wider
      .composite([{ input: code, left: 20, top: 40 }])
      .png()
      .toBuffer();
  }

  test("gives ours behind somebody else's, also where only the reader for bent paper sees ours", async () => {
    const { payload } = await sheet;
    for (const number of [4, 8]) {
      const bent = await photo("hard", `hard ${String(number)}`);
      for (const other of ["https://example.org/menu", KEY_URI]) {
        const { texts } = await found(await withCode(other, bent));
        expect(texts).toContain(other);
        const { payloads } = readQrTexts(texts.map((text) => ({ source: "photo", text })));
        expect(payloads.map((each) => each.payload)).toEqual([Uint8Array.from(payload)]);
      }
    }
  });

  test("gives the key's where that is wanted, and is not searched on for a sheet's", async () => {
    const bytes = await withCode(KEY_URI, await photo("hard", "hard 4"));
    expect((await found(bytes, "key")).texts).toEqual([KEY_URI]);
  });

  test("gives what is left of each of them, beside somebody else's", async () => {
    const { payload } = await sheet;
    const [text] = encodeQrText(Uint8Array.from(payload)) as [QrText];
    const halves = [
      [1, 2, 3],
      [4, 5, 6, 7],
    ].map((lost) => wornCode(text, lost, 5));
    const side = halves[0]?.widthPx ?? 0;
    const raw = { width: side, height: side, channels: 1 } as const;
    const desk = {
      width: 2 * side + 60,
      height: side + 40,
      channels: 3,
      background: "#999",
    } as const;
    const bytes = await sharp({ create: desk })
      .composite(
        halves.map(({ luma }, index) => ({
          input: Buffer.from(luma),
          raw,
          left: 20 + index * (side + 20),
          top: 20,
        })),
      )
      .png()
      .toBuffer();
    const { texts, torn: left } = await found(await withCode("https://example.org/menu", bytes));
    expect(texts).toEqual(["https://example.org/menu"]);
    expect(left.map(({ read, count }) => `${String(read)} of ${String(count)}`).sort()).toEqual([
      "4 of 8",
      "5 of 8",
    ]);
    for (const { bytes } of left) {
      bytes.forEach((byte, index) => {
        if (byte !== null) expect(byte).toBe(payload[index]);
      });
    }
    const known = new Set(
      left.flatMap(({ bytes }) => [...bytes.keys()].filter((at) => bytes[at] !== null)),
    );
    expect(known.size).toBeGreaterThan(0.8 * payload.length);
  });
});

test("pictures without a code have none", async () => {
  for await (const { name, bytes } of blankPictures(8)) {
    expect(await readPictureCodes(bytes, name), name).toEqual([]);
  }
});
