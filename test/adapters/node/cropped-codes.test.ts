/** Codes without a quiet zone, as a screenshot cropped to its edge is on a phone's ground, of any shade. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readPictureCodes } from "../../picture-codes.js";
import { readSheetFile } from "../../../src/adapters/node/sheet-file.js";
import { codeModules } from "../../../src/core/qr/matrix.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import { formatKeyFile } from "../../../src/core/record/key-file.js";
import { restore } from "../../../src/core/restore/restore.js";
import { seededBytes } from "../../seeded-random.mjs";

const [text] = encodeQrText(seededBytes("cropped")(110));
if (text === undefined) throw new Error("no code");
const modules = codeModules(text, "Q");
if (modules === null) throw new Error("too long for a code");
const whole = text.head + text.digits;

const GROUND_PX = 60;
/** Modules of a quiet zone: above, to the right, below, to the left. */
const QUIET = {
  none: [0, 0, 0, 0],
  "half a module": [0.5, 0.5, 0.5, 0.5],
  "one module": [1, 1, 1, 1],
  "two modules": [2, 2, 2, 2],
  "only to the left": [0, 0, 0, 4],
  "only to the right and below": [0, 4, 4, 0],
} as const;
/** Dark and light modules of the code. */
const COLOURS = {
  "black on white": [0, 255],
  "white on black": [255, 0],
  "dark grey on light grey": [60, 190],
  "light grey on dark grey": [190, 60],
} as const;
const GROUNDS = [0, 100, 255];

function drawn(
  [dark, light]: readonly [number, number],
  quiet: readonly [number, number, number, number],
  ground: number,
  modulePx: number,
) {
  const { size, isDark } = modules as NonNullable<typeof modules>;
  const [above = 0, right = 0, below = 0, left = 0] = quiet.map((side) =>
    Math.round(side * modulePx),
  );
  const width = size * modulePx + left + right + 2 * GROUND_PX;
  const height = size * modulePx + above + below + 2 * GROUND_PX;
  const luma = new Uint8Array(width * height).fill(ground);
  for (let y = GROUND_PX; y < height - GROUND_PX; y++) {
    for (let x = GROUND_PX; x < width - GROUND_PX; x++) {
      const column = Math.floor((x - GROUND_PX - left) / modulePx);
      const row = Math.floor((y - GROUND_PX - above) / modulePx);
      const isInside = column >= 0 && row >= 0 && column < size && row < size;
      luma[y * width + x] = isInside && isDark[row * size + column] ? dark : light;
    }
  }
  return sharp(luma, { raw: { width, height, channels: 1 } });
}

describe.each(Object.entries(COLOURS))("a code in %s", (_colours, colours) => {
  test.each(Object.entries(QUIET))("with a quiet zone of %s is read", async (_zone, quiet) => {
    for (const ground of GROUNDS) {
      const png = await drawn(colours, quiet, ground, 6).png().toBuffer();
      expect(await readPictureCodes(png, "screen"), `on ${String(ground)}`).toEqual([whole]);
    }
  });

  test.each([3, 13])("of %i pixels a module is read without a quiet zone", async (modulePx) => {
    for (const ground of GROUNDS) {
      const png = await drawn(colours, QUIET.none, ground, modulePx).png().toBuffer();
      expect(await readPictureCodes(png, "screen"), `on ${String(ground)}`).toEqual([whole]);
    }
  });

  test("without a quiet zone is read turned and blurred", async () => {
    const ground = colours[0] < colours[1] ? 0 : 255;
    const picture = () => drawn(colours, QUIET.none, ground, 6);
    const background = { r: ground, g: ground, b: ground };
    const turned = await picture().rotate(7, { background }).png().toBuffer();
    const blurred = await picture().blur(1.2).jpeg({ quality: 60 }).toBuffer();
    expect(await readPictureCodes(turned, "screen")).toEqual([whole]);
    expect(await readPictureCodes(blurred, "screen")).toEqual([whole]);
  });
});

test("a code in a mirror is read without a quiet zone", async () => {
  const png = await drawn(COLOURS["black on white"], QUIET.none, 0, 6).flop().png().toBuffer();
  expect(await readPictureCodes(png, "screen")).toEqual([whole]);
});

test("as in fixtures/cases: a code cropped to its edge on a phone's black gives the key", async () => {
  const bytes = readFileSync("fixtures/cases/code-to-its-edge-on-black.png");
  const { carriers } = await readSheetFile(bytes, "screen");
  const restored = restore(carriers);
  if (restored.status !== "confirmed") throw new Error("refused");
  expect(formatKeyFile(restored.record, "two-line")).toBe(
    readFileSync("fixtures/cases/key.txt", "utf8"),
  );
});
