import qrcode from "qrcode/lib/core/qrcode.js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import * as qr from "../../../src/adapters/node/code-qr.js";
import { readPictureCodes } from "../../picture-codes.js";
import * as zxing from "../../../src/adapters/node/code-zxing.js";
import { loadPicture } from "../../../src/adapters/node/image.js";
import type { Picture } from "../../../src/photo/picture.js";
import { Refusal } from "../../../src/core/problem.js";

/** fixtures/vectors/v1: the first good case, as one piece. */
const head = "KEYSHEET1/1/1/";
const digits =
  "0450474139430932826110213009489720649013815577556046767014778063906420214898202694945552443187304726853683114522731999833421476933770048457831198814001594237772674261770962926292495093237213122569363674712967937994223243642550565039170214265954996990962174938169081642478439806365" +
  "02";
const ours = head + digits;

const decoders = [
  ["zxing", zxing.readCodes],
  ["qr", qr.readCodes],
] as const;

interface Placed {
  readonly modules: { readonly size: number; readonly data: ArrayLike<number> };
  readonly modulePx: number;
  readonly leftPx: number;
  readonly topPx: number;
}

const ourModules = qrcode.create(
  [
    { data: head, mode: "alphanumeric" },
    { data: digits, mode: "numeric" },
  ],
  { errorCorrectionLevel: "Q" },
).modules;

function foreignModules(text: string): Placed["modules"] {
  return qrcode.create(text, { errorCorrectionLevel: "M" }).modules;
}

function draw(widthPx: number, heightPx: number, codes: readonly Placed[]): Picture {
  const luma = new Uint8Array(widthPx * heightPx).fill(255);
  for (const { modules, modulePx, leftPx, topPx } of codes)
    for (let y = 0; y < modules.size * modulePx; y++)
      for (let x = 0; x < modules.size * modulePx; x++)
        if (modules.data[Math.floor(y / modulePx) * modules.size + Math.floor(x / modulePx)] === 1)
          luma[(topPx + y) * widthPx + leftPx + x] = 0;
  return { widthPx, heightPx, luma };
}

function toPng({ widthPx, heightPx, luma }: Picture): Promise<Buffer> {
  return sharp(luma, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .png()
    .toBuffer();
}

const page = draw(900, 1200, [{ modules: ourModules, modulePx: 4, leftPx: 80, topPx: 700 }]);

describe.each(decoders)("%s", (_name, readCodes) => {
  test.each([2, 3, 4, 6, 10])("reads a code of %i pixels a module", async (modulePx) => {
    const picture = draw(800, 800, [{ modules: ourModules, modulePx, leftPx: 50, topPx: 60 }]);
    expect(await readCodes(picture)).toEqual([ours]);
  });

  test.each([90, 180, 270, 20])("reads a code turned by %i degrees", async (degrees) => {
    const turned = await sharp(await toPng(page))
      .rotate(degrees, { background: "white" })
      .png()
      .toBuffer();
    expect(await readCodes(await loadPicture(turned, "photo"))).toEqual([ours]);
  });

  test("reads a foreign code as it is", async () => {
    const modules = foreignModules("https://example.org/a?b=c");
    const picture = draw(300, 300, [{ modules, modulePx: 5, leftPx: 40, topPx: 40 }]);
    expect(await readCodes(picture)).toEqual(["https://example.org/a?b=c"]);
  });

  test.each([
    ["white", draw(400, 300, [])],
    ["one pixel", draw(1, 1, [])],
    [
      "noise",
      {
        widthPx: 400,
        heightPx: 300,
        luma: Uint8Array.from({ length: 120_000 }, (_, index) => (index * index * 31) % 251),
      },
    ],
    [
      "a code cut in half",
      draw(120, 400, [{ ...page, modules: ourModules, modulePx: 2, leftPx: 66, topPx: 50 }]),
    ],
  ])("finds nothing on a picture without a code: %s", async (_kind, picture) => {
    expect(await readCodes(picture)).toEqual([]);
  });
});

test("zxing reads all codes of a picture, each text once", async () => {
  const place = { modules: ourModules, modulePx: 3, topPx: 40 };
  const foreign = { modules: foreignModules("HELLO"), modulePx: 5, leftPx: 450, topPx: 300 };
  const picture = draw(700, 500, [{ ...place, leftPx: 40 }, { ...place, leftPx: 260 }, foreign]);
  expect([...(await zxing.readCodes(picture))].sort()).toEqual(["HELLO", ours]);
});

describe("a picture file", () => {
  test("gives its code", async () => {
    expect(await readPictureCodes(await toPng(page), "photo")).toEqual([ours]);
  });

  test("gives a code that is lost when it is shrunk", async () => {
    const wide = draw(6000, 4000, [
      { modules: ourModules, modulePx: 2, leftPx: 3000, topPx: 2000 },
    ]);
    const bytes = await toPng(wide);
    expect(await zxing.readCodes(await loadPicture(bytes, "photo", 1600))).toEqual([]);
    expect(await readPictureCodes(bytes, "photo")).toEqual([ours]);
  });

  test("gives foreign codes when there is none of ours, and ours with a foreign one beside", async () => {
    const foreign = { modules: foreignModules("HELLO"), modulePx: 4, leftPx: 500, topPx: 100 };
    expect(await readPictureCodes(await toPng(draw(900, 1200, [foreign])), "photo")).toEqual([
      "HELLO",
    ]);
    const both = draw(900, 1200, [
      foreign,
      { modules: ourModules, modulePx: 4, leftPx: 80, topPx: 700 },
    ]);
    expect(await readPictureCodes(await toPng(both), "photo")).toContain(ours);
  });

  test("gives nothing when it has no code", async () => {
    expect(await readPictureCodes(await toPng(draw(2000, 1000, [])), "photo")).toEqual([]);
  });

  test("is refused when it ends too early", async () => {
    const bytes = await toPng(page);
    await expect(readPictureCodes(bytes.subarray(0, bytes.length / 2), "photo")).rejects.toEqual(
      new Refusal({ code: "image-damaged", source: "photo" }),
    );
  });
});
