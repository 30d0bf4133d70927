/** The texts and the fonts of the manual, from the program's own folder. */
import { readFile } from "node:fs/promises";
import { MANUAL_FONTS } from "../../core/sheet/manual/fonts.js";
import type { ManualTexts } from "../../core/sheet/manual/manual.js";
import { packageFile } from "./package-folder.js";

const FORMAT_FOLDER = "src/core/payload/";
const FONTS_FOLDER = "templates/fonts/";

const FONT_FILES: Readonly<Record<keyof typeof MANUAL_FONTS, string>> = {
  text: "AtkinsonHyperlegibleNext-Regular.ttf",
  bold: "AtkinsonHyperlegibleNext-Bold.ttf",
  mono: "AtkinsonHyperlegibleMono-Regular.ttf",
};

export interface LoadedManual {
  readonly texts: Omit<ManualTexts, "origin">;
  /** The bytes of each font, by its name in the manual. */
  readonly fonts: ReadonlyMap<string, Uint8Array>;
}

export async function loadManual(): Promise<LoadedManual> {
  const text = (name: string) => readFile(packageFile(`${FORMAT_FOLDER}${name}`), "utf8");
  const looks = Object.keys(FONT_FILES) as (keyof typeof MANUAL_FONTS)[];
  const [format, program, ...fonts] = await Promise.all([
    text("FORMAT.md"),
    text("recover.py"),
    ...looks.map(
      async (look) =>
        [
          MANUAL_FONTS[look],
          await readFile(packageFile(`${FONTS_FOLDER}${FONT_FILES[look]}`)),
        ] as const,
    ),
  ]);
  return { texts: { format, program }, fonts: new Map(fonts) };
}
