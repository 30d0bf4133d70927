// @ts-check
// The kerning of the sheets' fonts, of every two characters that sheets are set in, as fontkit lays them:
// writes templates/fonts/kerning.json, by which texts are set without fontkit's layout.
//
//     node test/kerning.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const fontkit = createRequire(require.resolve("pdfkit"))("fontkit");

const FOLDER = fileURLToPath(new URL("../templates/fonts/", import.meta.url));
export const KERNING_FILE = path.join(FOLDER, "kerning.json");
export const FONTS = ["Next-Regular", "Next-Bold", "Mono-Regular", "Mono-Bold"].map(
  (look) => `AtkinsonHyperlegible${look}.ttf`,
);

/** @param {number} from @param {number} to */
function characters(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));
}

/** Printable ASCII, letters and signs of Latin-1, letters of Latin Extended-A, and usual punctuation. */
const CHARACTERS = [
  ...characters(0x20, 0x7e),
  ...characters(0xa1, 0x17f).filter((character) => character !== "\u00ad"),
  ..."\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2026",
];

/** @param {string} name */
export function openFont(name) {
  return fontkit.create(readFileSync(path.join(FOLDER, name)));
}

/**
 * Characters that are alike before every other stand together, and so do those that are alike behind:
 * `units[i][j]` is what comes between one of `firsts[i]` and one of `seconds[j]`, in the font's units.
 * @param {string} name
 */
export function kerningOf(name) {
  const font = openFont(name);
  const there = CHARACTERS.filter((character) =>
    font.hasGlyphForCodePoint(character.codePointAt(0)),
  );
  const between = there.map((first) => there.map((second) => kernOf(font, first, second)));
  const firsts = alike(there, (index) => between[index]);
  const seconds = alike(there, (index) => between.map((row) => row[index]));
  const units = firsts.map(({ index: row }) =>
    seconds.map(({ index: column }) => between[row]?.[column] ?? 0),
  );
  return { firsts: firsts.map(textOf), seconds: seconds.map(textOf), units };
}

/** @param {{ readonly text: string }} group */
function textOf({ text }) {
  return text;
}

/** @param {any} font @param {string} first @param {string} second @returns {number} */
function kernOf(font, first, second) {
  const { glyphs, positions } = font.layout(first + second);
  const [{ xAdvance }, last] = positions;
  const isKerned =
    glyphs.length === 2 &&
    glyphs[0].id === font.glyphForCodePoint(first.codePointAt(0)).id &&
    glyphs[1].id === font.glyphForCodePoint(second.codePointAt(0)).id &&
    last.xAdvance === glyphs[1].advanceWidth &&
    positions.every((/** @type {any} */ at) => at.xOffset === 0 && at.yOffset === 0);
  if (!isKerned) throw new Error(`more than kerning between ${first} and ${second}`);
  return xAdvance - glyphs[0].advanceWidth;
}

/** @param {readonly string[]} there @param {(index: number) => unknown} key */
function alike(there, key) {
  /** @type {Map<string, { index: number; text: string }>} */
  const groups = new Map();
  there.forEach((character, index) => {
    const name = String(key(index));
    const { text, ...known } = groups.get(name) ?? { index, text: "" };
    groups.set(name, { ...known, text: text + character });
  });
  return [...groups.values()];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = FONTS.map((name) => `${JSON.stringify(name)}:${JSON.stringify(kerningOf(name))}`);
  writeFileSync(KERNING_FILE, `{\n${lines.join(",\n")}\n}\n`);
}
