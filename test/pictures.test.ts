import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";

interface DrawnPage {
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly luma: Uint8Array;
}

interface Pictures {
  readonly FOLDER: string;
  readonly drawPages: () => Promise<readonly DrawnPage[]>;
  readonly pictureOf: (page: DrawnPage) => Sharp;
}

/** Pixels in grey. */
async function pixelsOf(picture: Buffer): Promise<Buffer> {
  return sharp(picture).greyscale().raw().toBuffer();
}

test("the READMEs show every sheet as it is made now: npm run pictures draws them", async () => {
  const { FOLDER, drawPages, pictureOf } = (await import("./pictures.mjs")) as Pictures;
  const [readme, ofTemplates] = ["README.md", "templates/README.md"].map((file) =>
    readFileSync(file, "utf8"),
  );
  expect(readme).toContain("fixtures/pictures/standard-a4.png");
  const pages = await drawPages();
  expect(readdirSync(FOLDER).sort()).toEqual(pages.map(({ name }) => `${name}.png`).sort());
  for (const page of pages) {
    expect(ofTemplates).toContain(`../fixtures/pictures/${page.name}.png`);
    const shown = await pixelsOf(readFileSync(path.join(FOLDER, `${page.name}.png`)));
    const drawn = await pixelsOf(await pictureOf(page).toBuffer());
    expect(shown.length, page.name).toBe(drawn.length);
    const unlike = drawn.filter((luma, index) => Math.abs(luma - (shown[index] ?? 0)) > 64);
    expect(unlike.length, page.name).toBeLessThan(drawn.length / 10_000);
  }
});
