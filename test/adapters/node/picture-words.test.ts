import { describe, expect, it } from "vitest";
import { loadPicture } from "../../../src/adapters/node/image.js";
import { readPictureWords } from "../../../src/reading/picture-words.js";
import { markOf } from "../../../src/core/payload/mark.js";
import { decodePayload } from "../../../src/core/payload/payload.js";
import { type Carrier, readCarriers } from "../../../src/core/restore/read-carriers.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { photograph } from "../../camera/camera.mjs";
import { printedSheet, withoutCode } from "../../camera/printed-sheet.mjs";
import { NEAREST, sceneOf } from "../../camera/tiers.mjs";

/** A photograph of a sheet whose code is blotted out, and the sheet. */
async function photo(
  tier: "easy" | "normal",
  seed: string,
  nearest = NEAREST.code,
  print: Parameters<typeof printedSheet>[1] = {},
) {
  const sheet = await printedSheet(seed, print);
  const scene = sceneOf(tier, sheet.moduleMm, sheet.code, seed, nearest);
  const jpeg = await photograph(withoutCode(sheet), sheet.dpi, sheet.code, scene, seed);
  return { sheet, picture: await loadPicture(jpeg, "photo.jpg") };
}

/** The marks of the sheets that carriers give. */
function marksOf(carriers: readonly Carrier[]) {
  return readCarriers(carriers).sheets.map(({ mark }) => mark);
}

describe("words on a photograph of a sheet whose code is blotted out", () => {
  it.each([
    ["easy", "ocr easy 0"],
    ["easy", "ocr easy 3"],
    ["normal", "ocr normal 6"],
  ] as const)("give the key, %s (%s)", async (tier, seed) => {
    const { sheet, picture } = await photo(tier, seed);
    const parts: number[] = [];
    const { carriers, isMended } = readPictureWords(picture, "photo.jpg", (part) =>
      parts.push(part),
    );
    expect(isMended).toBe(true);
    expect(marksOf(carriers)).toEqual([markOf(decodePayload(sheet.payload))]);
    const [words] = carriers;
    expect(words?.kind === "words" && words.photo?.letterPx).toBeGreaterThan(5);
    expect(parts.at(-1)).toBe(1);
  });

  it(
    "give the key where a fold turns two columns away by 24 degrees",
    { timeout: 300_000 },
    async () => {
      const { sheet, picture } = await photo("normal", "ocr normal 54", NEAREST.words);
      const { carriers } = readPictureWords(picture, "photo.jpg");
      expect(marksOf(carriers)).toEqual([markOf(decodePayload(sheet.payload))]);
    },
  );

  it.each([
    [{ template: "card" }],
    [{ template: "card", language: "czech" }],
    [{ template: "large", language: "french" }],
    [{ language: "spanish" }],
    [{ language: "italian" }],
  ] as const)("give the key of a sheet that is printed as %j", async (print) => {
    const { sheet, picture } = await photo("easy", "ocr easy 5", NEAREST.words, print);
    const { carriers } = readPictureWords(picture, "photo.jpg");
    expect(marksOf(carriers)).toEqual([markOf(decodePayload(sheet.payload))]);
  });

  it("are completed by typed words, half from each", async () => {
    const { sheet, picture } = await photo("easy", "ocr easy 0");
    const { carriers } = readPictureWords(picture, "photo.jpg");
    const half = carriers.flatMap((carrier): Carrier[] => {
      if (carrier.kind !== "words") return [];
      const { kind, source, lines, photo } = carrier;
      return [
        { kind, source, lines: lines.slice(0, 9), ...(photo === undefined ? {} : { photo }) },
      ];
    });
    const rest = sheet.words.slice(54).join(" ");
    const typed: Carrier = { kind: "words", source: "typed", lines: parseLines(rest) };
    expect(marksOf(half)).toEqual([]);
    const [problem] = readCarriers(half).problems;
    expect(problem).toMatchObject({ code: "words-unclear", source: "photo.jpg" });
    expect(marksOf([...half, typed])).toEqual([markOf(decodePayload(sheet.payload))]);
  });

  it("are none on a picture without a sheet", () => {
    const grey = { widthPx: 400, heightPx: 300, luma: new Uint8Array(120_000).fill(180) };
    expect(readPictureWords(grey, "grey.png")).toEqual({ carriers: [], isMended: false });
  });
});
