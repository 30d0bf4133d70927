/** Pictures that may be meant in several ways, and what is there of those that are cut short. */
import PDFDocument from "pdfkit";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { openPicture } from "../../../src/adapters/node/image.js";
import { readSheetFile } from "../../../src/adapters/node/sheet-file.js";
import { Refusal } from "../../../src/core/problem.js";
import { CODE_TEXT, codeAbove, codePicture, inkOnNothing } from "../../code-picture.js";

const source = "picture";
const CODE = [{ kind: "code", source, text: CODE_TEXT }];

const FORMS: readonly (readonly [string, (picture: Sharp) => Sharp])[] = [
  ["PNG", (picture) => picture.png()],
  ["PNG of 16 bits", (picture) => picture.toColourspace("rgb16").png()],
  ["WebP", (picture) => picture.webp()],
  ["lossless WebP", (picture) => picture.webp({ lossless: true })],
  ["TIFF", (picture) => picture.tiff({ compression: "lzw" })],
  ["AVIF", (picture) => picture.avif({ quality: 80, effort: 0 })],
  ["GIF", (picture) => picture.gif()],
];

describe("a transparent picture is read", () => {
  test.each(FORMS)("in black and in white: %s", async (_name, as) => {
    for (const ink of [0, 255] as const) {
      const found = await readSheetFile(await as(inkOnNothing(ink)).toBuffer(), source);
      expect(found).toEqual({ carriers: CODE, problems: [] });
    }
  });

  test("on the other ground where the likelier one does not show its code", async () => {
    const { width, height } = await metadataOf(inkOnNothing(255));
    // So much black beside the white that the picture seems to be drawn in black.
    const black = { create: { width, height, channels: 4, background: "#000000" } } as const;
    const both = inkOnNothing(255).extend({ bottom: height, background: "#00000000" });
    const picture = sharp(await both.png().toBuffer()).composite([
      { input: await sharp(black).png().toBuffer(), left: 0, top: height },
    ]);
    const bytes = await picture.png().toBuffer();
    const opened = await openPicture(bytes, source);
    const { luma } = await opened.load();
    expect(luma[0]).toBe(255);
    expect(await readSheetFile(bytes, source)).toEqual({ carriers: CODE, problems: [] });
  });

  test("by its colours where nothing of it is opaque", async () => {
    const { side, luma } = codePicture();
    const pixels = Buffer.from([...luma].flatMap((level) => [level, level, level, 0]));
    const hidden = sharp(pixels, { raw: { width: side, height: side, channels: 4 } });
    const found = await readSheetFile(await hidden.png().toBuffer(), source);
    expect(found.carriers).toEqual(CODE);
  });

  test("in one way alone where all of it is opaque, though it could be transparent", async () => {
    const bytes = await codeAbove(1).ensureAlpha().png().toBuffer();
    const opened = await openPicture(bytes, source);
    await opened.load();
    expect(await opened.others?.()).toEqual([]);
  });
});

describe("an animated picture", () => {
  /** Frames of one size: white ones before and behind that with the code. */
  async function animated(form: "gif" | "webp", before: number, behind: number): Promise<Buffer> {
    const { side, luma } = codePicture();
    const white = (count: number) => Buffer.alloc(count * luma.length, 255);
    const frames = Buffer.concat([white(before), luma, white(behind)]);
    const height = side * (before + 1 + behind);
    const raw = { width: side, height, channels: 1, pageHeight: side } as const;
    return sharp(frames, { raw }).toFormat(form).toBuffer();
  }

  test.each(["gif", "webp"] as const)(
    "with an empty first frame is read from another: %s",
    async (form) => {
      for (const [before, behind] of [
        [1, 0],
        [3, 0],
        [1, 2],
      ] as const) {
        const found = await readSheetFile(await animated(form, before, behind), source);
        expect(found).toEqual({ carriers: CODE, problems: [] });
      }
    },
  );

  test("of many frames is looked at in some of them", async () => {
    const opened = await openPicture(await animated("gif", 40, 10), source);
    await opened.load();
    const others = (await opened.others?.()) ?? [];
    expect(others.length).toBeLessThanOrEqual(1);
  });
});

describe("a picture with nothing in it is said to be blank", () => {
  const blank = (background: string, channels: 3 | 4 = 3) =>
    sharp({ create: { width: 300, height: 200, channels, background } });

  test.each([
    ["white", () => blank("#ffffff").jpeg()],
    ["black", () => blank("#000000").png()],
    ["grey", () => blank("#707070").tiff()],
    ["transparent", () => blank("#ffffff00", 4).png()],
    ["white on transparent", () => blank("#ffffff80", 4).webp()],
  ])("%s", async (_name, make) => {
    const found = await readSheetFile(await make().toBuffer(), source);
    expect(found).toEqual({ carriers: [], problems: [{ code: "picture-blank", source }] });
  });

  test("and is not where there is a grey dot", async () => {
    const dot = await blank("#e0e0e0").resize(8, 8, { fit: "fill" }).png().toBuffer();
    const bytes = await blank("#ffffff")
      .composite([{ input: dot }])
      .png()
      .toBuffer();
    const { problems } = await readSheetFile(bytes, source);
    expect(problems[0]?.code).toBe("code-missing");
  });
});

describe("a page of a PDF that shows nothing", () => {
  /** The picture, and all of it covered in white. */
  async function covered(picture: Buffer): Promise<Buffer> {
    const document = new PDFDocument({ size: "A4", margin: 0 });
    const chunks: Buffer[] = [];
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.on("end", resolve));
    document.image(picture, 50, 50, { width: 300 });
    document.rect(0, 0, 600, 900).fill("#ffffff");
    document.end();
    await ended;
    return Buffer.concat(chunks);
  }

  test.each([
    ["JPEG", (picture: Sharp) => picture.jpeg()],
    ["PNG", (picture: Sharp) => picture.png()],
  ])("is read from the picture in it: %s", async (_name, as) => {
    const page = await covered(await as(codeAbove(1)).toBuffer());
    expect(await readSheetFile(page, source)).toEqual({ carriers: CODE, problems: [] });
  });

  test("is said to be blank where that shows nothing either", async () => {
    const white = sharp({
      create: { width: 200, height: 200, channels: 3, background: "#ffffff" },
    });
    const page = await covered(await white.png().toBuffer());
    const problems = [{ code: "picture-blank", source }];
    expect(await readSheetFile(page, source)).toEqual({ carriers: [], problems });
  });
});

test("a picture of 108 megapixels is read, as telephones take it", async () => {
  const [width, height] = [12_000, 9_000];
  const { side, luma } = codePicture(30);
  const code = await sharp(luma, { raw: { width: side, height: side, channels: 1 } })
    .extend({
      top: 4_000,
      left: 7_000,
      bottom: height - side - 4_000,
      right: width - side - 7_000,
      background: "#ffffff",
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const opened = await openPicture(code, source);
  expect(opened.size).toEqual({ widthPx: height, heightPx: width });
  expect(await readSheetFile(code, source)).toEqual({ carriers: CODE, problems: [] });
});

describe("a picture that is cut short", () => {
  const NOISE_PARTS = 3;
  const cut: readonly (readonly [string, () => Sharp])[] = [
    ["JPEG", () => codeAbove(NOISE_PARTS).jpeg({ quality: 90 })],
    ["PNG", () => codeAbove(NOISE_PARTS).png()],
    ["GIF", () => codeAbove(NOISE_PARTS).gif()],
  ];

  test.each(cut)("is read where its code is whole, and that is told: %s", async (_name, make) => {
    const bytes = await make().toBuffer();
    for (const part of [0.6, 0.9]) {
      const found = await readSheetFile(bytes.subarray(0, bytes.length * part), source);
      expect(found).toEqual({ carriers: CODE, problems: [{ code: "picture-cut", source }] });
    }
    expect(await readSheetFile(bytes, source)).toEqual({ carriers: CODE, problems: [] });
  });

  test.each(cut)(
    "is refused as damaged where nothing can be read of it: %s",
    async (_name, make) => {
      const bytes = await make().toBuffer();
      const refusal: unknown = await readSheetFile(bytes.subarray(0, 400), source).catch(
        (error: unknown) => error,
      );
      if (!(refusal instanceof Refusal)) throw new Error("not refused");
      expect(refusal.problems).toEqual([{ code: "image-damaged", source }]);
    },
  );
});

async function metadataOf(picture: Sharp) {
  return (await picture.png().toBuffer({ resolveWithObject: true })).info;
}
