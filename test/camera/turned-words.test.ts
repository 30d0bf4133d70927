/** Words on a picture whose colours are inverted, which is in a mirror, or both. */
import sharp, { type Sharp } from "sharp";
import { beforeAll, expect, test } from "vitest";
import { readSheetFile } from "../../src/adapters/node/sheet-file.js";
import { readCarriers } from "../../src/core/restore/read-carriers.js";
import { photograph } from "./camera.mjs";
import { printedSheet, withoutCode } from "./printed-sheet.mjs";
import { NEAREST, sceneOf } from "./tiers.mjs";

let photo: Buffer;
let payload: Uint8Array;

beforeAll(async () => {
  const sheet = await printedSheet("turned words");
  const { code, dpi, moduleMm } = sheet;
  const scene = sceneOf("easy", moduleMm, code, "turned words", NEAREST.words);
  photo = await photograph(withoutCode(sheet), dpi, code, scene, "turned words");
  payload = Uint8Array.from(sheet.payload);
});

test.each([
  ["white on black", (picture: Sharp) => picture.negate()],
  ["light grey on dark grey", (picture: Sharp) => picture.negate().linear(0.5, 40)],
  ["in a mirror", (picture: Sharp) => picture.flop()],
  ["white on black in a mirror", (picture: Sharp) => picture.negate().flop()],
])("words %s give the sheet", async (_way, turn) => {
  const bytes = await turn(sharp(photo).greyscale()).png().toBuffer();
  const { carriers } = await readSheetFile(bytes, "picture");
  expect(readCarriers(carriers).sheets.map((sheet) => sheet.payload)).toEqual([payload]);
});
