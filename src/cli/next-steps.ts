/** What to do with a sheet that was made: short, and where a printer or a cloud would keep a copy. */
import { wrapped } from "./messages.js";

export interface MadeFile {
  readonly out: string;
  readonly mark: string | null;
  readonly copies: number;
  readonly pageCount: number;
  /** To be cut out and folded. */
  readonly isCard: boolean;
}

export function nextSteps(made: MadeFile): string {
  const steps = [PRINTING, checking(made), TESTING, keeping(made), deleting(made)];
  return steps.map((lines, index) => numbered(index + 1, lines)).join("");
}

const INDENT = "   ";

function numbered(number: number, lines: readonly string[]): string {
  return lines
    .map((line, index) => {
      if (index === 0) return wrapped(`${String(number)}. `, line, INDENT);
      return wrapped(line.startsWith("keysheet ") ? `${INDENT}  ` : INDENT, line, INDENT);
    })
    .join("");
}

const PRINTING = [
  "Print it at 100 % on your own printer, not at a copy shop: printers keep what they print. Do not mail the file, and put it in no cloud drive.",
];

function checking({ mark }: MadeFile): readonly string[] {
  const isMarked = mark === null ? "" : `, and the mark is ${mark}`;
  return [`Check the paper: nothing is cut off, the code and every row are sharp${isMarked}.`];
}

const TESTING = [
  "Test it today: photograph the code, run",
  "keysheet verify photo.jpg --against KEYFILE",
  "and delete the photograph, also where the phone sends its pictures.",
];

function keeping({ isCard, pageCount, copies }: MadeFile): readonly string[] {
  if (isCard) {
    return [
      "Then cut the card out, fold it with the print inside, and laminate it or tape it shut. The rest of the page holds no secret.",
    ];
  }
  const pagesEach = pageCount / copies;
  return [
    pagesEach === 1
      ? "Then fold it with the words and the code inside, tape it shut, and lock it away."
      : `Then put its ${String(pagesEach)} pages into one envelope, close it, and lock it away.`,
  ];
}

function deleting({ out }: MadeFile): readonly string[] {
  return [
    `Delete ${out}, empty the bin and the print queue, and turn the printer off and on; one with a disk may keep the page even so.`,
  ];
}
