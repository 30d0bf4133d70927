/** The printed sheet: its label, its layout, its template, its proof. */
import { listed } from "../../core/listed.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";

export const SHEET = {
  "label-too-long": {
    exitCode: EXIT.usage,
    say: ({ overflowMm }) => ({
      fact: `The label is too long for the sheet, by ${overflowMm.toFixed(0)} mm in its smallest type.`,
      next: "Give a shorter --label.",
    }),
  },
  "label-character": {
    exitCode: EXIT.usage,
    say: ({ characters }) => ({
      fact: `The label has characters that this sheet cannot print: ${listed(characters)}.`,
      next: "Give a --label without them; it would come out with holes.",
    }),
  },
  "layout-overflow": {
    exitCode: EXIT.usage,
    say: ({ overflowMm, panel }) => ({
      fact: `The sheet does not fit its page: the ${panel} part is ${overflowMm.toFixed(1)} mm too high.`,
      next: "Use --spare standard, a shorter label, or --paper a4; in a template of your own make room there.",
    }),
  },
  "layout-limit": {
    exitCode: EXIT.usage,
    say: ({ modules, modulesLimit, rows, rowsLimit, template }) => ({
      fact: `The key is too large for the template ${template}: it needs ${counted(rows, "row")} of words and a code of ${String(modules)} modules a side; there is place for ${counted(rowsLimit, "row")} and ${String(modulesLimit)} modules.`,
      next: "Use --template standard, which has place for any key that keysheet prints; --spare standard, and a sheet without a seal and shares, need fewer rows.",
    }),
  },
  "layout-pages": {
    exitCode: EXIT.usage,
    say: ({ limit, pages }) => ({
      fact: `The file would have ${counted(pages, "page")}; at most ${String(limit)} can be read back.`,
      next: "Ask for fewer --copies, or use --template standard.",
    }),
  },
  "layout-unsuited": {
    exitCode: EXIT.usage,
    say: ({ codes, isWithWords, template }) => {
      const what = codes > 1 ? `of ${String(codes)} codes` : "without words";
      const more = codes > 1 && !isWithWords ? " without words" : "";
      return {
        fact: `The template ${template} has no page for a sheet ${what}${more}.`,
        next: "Use --template standard, which has one for any key.",
      };
    },
  },
  "template-unknown": {
    exitCode: EXIT.usage,
    say: ({ names }) => ({
      fact: "There is no template of that name.",
      next: `The names are ${listed(names)}. A file of your own ends in .json or is given with its folder: --template ./own.json`,
    }),
  },
  "template-json": {
    exitCode: EXIT.usage,
    say: ({ column, line, source }) => ({
      fact: `${source}: the JSON is malformed at line ${String(line)}, column ${String(column)}.`,
      next: "Correct it there: most often a comma or a quotation mark is missing or left over.",
    }),
  },
  "template-malformed": {
    exitCode: EXIT.usage,
    say: ({ expected, place, source }) => ({
      fact: `${source}: ${place} has to be ${expected}.`,
      next: "Correct the template there; templates/README.md of keysheet says what its keys are.",
    }),
  },
  "font-missing": {
    exitCode: EXIT.usage,
    say: ({ file, source }) => ({
      fact: `${source}: the font ${file} is neither beside it nor among keysheet's own.`,
      next: "Put the file beside the template, or name a font that keysheet has.",
    }),
  },
  "font-malformed": {
    exitCode: EXIT.usage,
    say: ({ fonts }) => ({
      fact: `${fonts.length === 1 ? "The font" : "One of the fonts"} ${listed(fonts)} cannot be used: it is damaged, or no TrueType font.`,
      next: "Put a whole .ttf file in its place, or name another one in the template.",
    }),
  },
  "proof-failed": {
    exitCode: EXIT.bug,
    say: ({ carrier, reader }) => ({
      fact: `The finished page was read back and did not give the key (${carrier}, read by ${reader}). No file was written.`,
      next: "This should never happen: report it, without the key. Another --label or --paper may print.",
    }),
  },
} satisfies Partial<Wording>;
