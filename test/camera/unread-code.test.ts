/** What is said of a code that is in view and cannot be read. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { readSheetFile } from "../../src/adapters/node/sheet-file.js";
import { withoutWordsOfCodes } from "../../src/core/restore/by-severity.js";
import { readCarriers } from "../../src/core/restore/read-carriers.js";
import { encodeQrText } from "../../src/core/qr/qr-text.js";
import { seededBytes } from "../seeded-random.mjs";
import { chance, photograph } from "./camera.mjs";
import { halfOf, printedSheet } from "./printed-sheet.mjs";
import { NEAREST, sceneOf } from "./tiers.mjs";
import { wornCode } from "./worn-code.js";

const [text] = encodeQrText(seededBytes("unread code")(110));
if (text === undefined) throw new Error("no code");
const ALL_BLOCKS = Array.from({ length: 8 }, (_, block) => block);
const worn = wornCode(text, ALL_BLOCKS, 5);

test("of a code without a readable block the words beside it are not spoken of", async () => {
  const seed = "unread code 0";
  const sheet = await printedSheet(seed);
  const scene = sceneOf("easy", sheet.moduleMm, sheet.code, seed, NEAREST.words);
  const photo = await photograph(halfOf(sheet, seed).page, sheet.dpi, sheet.code, scene, seed);
  const { widthPx: width, heightPx: height, luma } = worn;
  const code = await sharp(luma, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  const beside = await sharp(photo)
    .extend({ left: width + 40, background: "#999" })
    .composite([{ input: code, left: 20, top: 40 }])
    .png()
    .toBuffer();
  const { carriers, problems } = await readSheetFile(beside, "photo");
  const read = readCarriers(carriers);
  expect(read.problems.map(({ code: kind }) => kind)).toEqual(["words-unclear"]);
  expect(withoutWordsOfCodes([...problems, ...read.problems])).toEqual([
    { code: "code-missing", source: "photo", sight: { kind: "damaged" } },
  ]);
});

test("a code that is too faint is said to be so, and how faint it is", async () => {
  const { unit } = chance("faint");
  const luma = worn.luma.map((value) => (value === 0 ? 215 : 240) + 8 * unit());
  const raw = { width: worn.widthPx, height: worn.heightPx, channels: 1 } as const;
  const { problems } = await readSheetFile(await sharp(luma, { raw }).png().toBuffer(), "photo");
  expect(problems).toMatchObject([{ code: "code-missing", sight: { kind: "faint" } }]);
  const [problem] = problems;
  const percent =
    problem?.code === "code-missing" && problem.sight?.kind === "faint"
      ? problem.sight.darkerPercent
      : NaN;
  expect(percent).toBeGreaterThan(5);
  expect(percent).toBeLessThan(15);
});
