/**
 * The manual: the format, the program that reads it and the sheet's word list, as pages behind a sheet,
 * for somebody who has the paper alone. It is the same for every key and holds none.
 */
import { formatManualHead } from "./manual-head.js";
import { ENGLISH, type ListRow, listWords } from "../../words/word-lists.js";
import {
  baseline,
  type Element,
  element,
  type FontMetrics,
  MM_A_PT,
  type Page,
  textBox,
} from "../boxes.js";
import type { PaperMeasures, TextStyle } from "../template.js";
import { Flow } from "./flow.js";
import { MANUAL_FONTS } from "./fonts.js";
import { type DocumentBlock, parseDocument } from "./parse-document.js";
import { placeBlocks, placeCode } from "./place-document.js";

export interface ManualTexts {
  /** In Markdown. */
  readonly format: string;
  /** In Python; lines of the page are lines of the program. */
  readonly program: string;
  /** Where keysheet comes from. */
  readonly origin: string;
}

const HEAD: TextStyle = {
  font: MANUAL_FONTS.mono,
  sizePt: 7,
  leadingPt: 9,
  colour: "#000000",
};
const BELOW_HEAD_MM = 4;

interface Part {
  readonly name: string;
  readonly isProgram: boolean;
  readonly pages: readonly (readonly Element[])[];
}

export function layoutManual(
  { format, program, origin }: ManualTexts,
  list: ListRow,
  measures: PaperMeasures,
  metrics: FontMetrics,
): readonly Page[] {
  const { widthMm, heightMm, sideMm, topMm, bottomMm } = measures;
  const frame = {
    leftMm: sideMm,
    rightMm: widthMm - sideMm,
    topMm: topMm + HEAD.leadingPt * MM_A_PT + BELOW_HEAD_MM,
    bottomMm: heightMm - bottomMm,
  };
  const part = (name: string, isProgram: boolean, place: (flow: Flow) => void): Part => {
    const flow = new Flow(frame);
    place(flow);
    return { name, isProgram, pages: flow.pages };
  };
  const parts = [
    part("FORMAT.md", false, (flow) => {
      const [title, ...rest] = parseDocument(format);
      const from = `keysheet printed these pages. Where it comes from: ${origin}`;
      const said: DocumentBlock = { kind: "paragraph", text: from, isInItem: false };
      placeBlocks([...(title === undefined ? [] : [title]), said, ...rest], flow, metrics);
    }),
    part("save the text of these pages as recover.py", true, (flow) => {
      placeCode(program.trimEnd().split("\n"), flow, metrics);
    }),
    // The format's appendix is the English one.
    ...(list.number === ENGLISH.number
      ? []
      : [
          part(`the words of the ${list.title} list, in order`, false, (flow) => {
            placeCode(listLines(list), flow, metrics);
          }),
        ]),
  ];
  const count = parts.reduce((sum, { pages }) => sum + pages.length, 0);
  return parts
    .flatMap(({ name, isProgram, pages }) =>
      pages.map((elements) => ({ name, isProgram, elements })),
    )
    .map(({ name, isProgram, elements }, index) => {
      const head = formatManualHead({ number: index + 1, count, part: name, isProgram });
      const box = textBox(head, sideMm, baseline(topMm, HEAD), HEAD, metrics);
      return { widthMm, heightMm, elements: [element("P", [box]), ...elements] };
    });
}

const WORDS_A_LINE = 8;

/** As the format's appendix has them: the index of the first word before each line. */
function listLines(list: ListRow): readonly string[] {
  const words = listWords(list).map((word) => word.normalize("NFC"));
  return Array.from({ length: words.length / WORDS_A_LINE }, (_, line) => {
    const first = line * WORDS_A_LINE;
    const index = String(first).padStart(4);
    return `${index}  ${words.slice(first, first + WORDS_A_LINE).join(" ")}`;
  });
}
