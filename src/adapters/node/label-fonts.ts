/**
 * Fonts for what the sheet's own lack: a label may be in Cyrillic, Greek, Chinese, Japanese or Korean,
 * or have emoji. Read only for a label that needs them.
 *
 * Scripts that run from right to left, or whose letters join, have none: they are refused by name.
 */
import { readFile } from "node:fs/promises";
import { packageFile } from "./package-folder.js";

const FOLDER = "templates/fonts/labels/";

interface LabelFont {
  readonly files: readonly string[];
  /** The characters that it may set. */
  readonly covers: RegExp;
}

const noto = (subset: string) => `noto-sans-${subset}-700-normal.woff`;

const LABEL_FONTS: readonly LabelFont[] = [
  {
    files: [noto("latin-ext"), noto("vietnamese")],
    covers: /[\p{Script=Latin}\p{Script=Inherited}\p{Sc}]/u,
  },
  { files: [noto("cyrillic"), noto("cyrillic-ext")], covers: /[\p{Script=Cyrillic}№]/u },
  { files: [noto("greek"), noto("greek-ext")], covers: /\p{Script=Greek}/u },
  { files: ["noto-emoji-emoji-700-normal.woff"], covers: /\p{Extended_Pictographic}/u },
  { files: ["nanum-gothic-korean-700-normal.woff"], covers: /\p{Script=Hangul}/u },
  {
    files: ["DroidSansFallbackFull.ttf"],
    covers:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fc\uff01-\uffee]/u,
  },
];

/** What every font of a template has: a text of it needs no other. */
const USUAL = /[\n\u0020-\u00ff\u2013\u2014\u2018-\u201e\u2026]/g;

/** A font beside those of the template, and the characters that it may set. */
export interface FallbackFont {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly covers: RegExp;
}

/** The fonts for a label, or for any text that is none of a template's. */
export async function labelFonts(text: string | null): Promise<readonly FallbackFont[]> {
  const unusual = text?.replace(USUAL, "") ?? "";
  const needed = LABEL_FONTS.filter(({ covers }) => covers.test(unusual));
  const found = needed.map(({ files, covers }) =>
    Promise.all(
      files.map(async (name) => {
        const bytes = await readFile(packageFile(`${FOLDER}${name}`));
        return { name, bytes, covers };
      }),
    ),
  );
  return (await Promise.all(found)).flat();
}
