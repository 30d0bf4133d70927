/** Runs of text to lines of boxes that fit a width. */
import { type FontMetrics, type TextBox, textBox } from "../boxes.js";
import type { TextStyle } from "../template.js";
import type { Run } from "./parse-document.js";

export type Looks = Readonly<Record<Run["look"], TextStyle>>;

/** Text of one look without a space in it. */
interface Piece {
  readonly text: string;
  readonly style: TextStyle;
}

/** Pieces that no line end may part. */
type Word = readonly Piece[];

export interface LineWidths {
  readonly looks: Looks;
  readonly widthMm: number;
  readonly metrics: FontMetrics;
}

/** The boxes of each line, at their places from the left; all baselines are 0. */
export function breakLines(
  runs: readonly Run[],
  widths: LineWidths,
): readonly (readonly TextBox[])[] {
  const { looks, metrics, widthMm } = widths;
  const words = wordsOf(runs, looks).flatMap((word) => fitting(word, widths));
  const spaceMm = metrics.widthMm(looks.plain.font, looks.plain.sizePt, " ");
  const lines: Word[][] = [];
  let usedMm = Infinity;
  for (const { word, isTail } of words) {
    const wordMm = widthOf(word, metrics);
    const gapMm = isTail ? 0 : spaceMm;
    if (isTail || usedMm + gapMm + wordMm > widthMm) {
      lines.push([word]);
      usedMm = wordMm;
    } else {
      lines.at(-1)?.push(word);
      usedMm += gapMm + wordMm;
    }
  }
  return lines.map((line) => boxesOf(line, metrics));
}

function wordsOf(runs: readonly Run[], looks: Looks): readonly Word[] {
  const words: Piece[][] = [];
  let isOpen = false;
  for (const { text, look } of runs) {
    text.split(" ").forEach((part, index) => {
      if (index > 0) isOpen = false;
      if (part === "") return;
      const piece = { text: part, style: looks[look] };
      if (isOpen) words.at(-1)?.push(piece);
      else words.push([piece]);
      isOpen = true;
    });
  }
  return words;
}

/** A word that is too wide for a line, in parts that are not: best behind a hyphen or the like. */
function fitting(word: Word, { widthMm, metrics }: LineWidths): { word: Word; isTail: boolean }[] {
  if (widthOf(word, metrics) <= widthMm) return [{ word, isTail: false }];
  const parts: Piece[][] = [];
  let usedMm = Infinity;
  for (const { text, style } of word) {
    for (const atom of text.match(/[^-_/|.]{1,8}[-_/|.]*|[-_/|.]+/g) ?? []) {
      const atomMm = metrics.widthMm(style.font, style.sizePt, atom);
      if (usedMm + atomMm > widthMm) {
        parts.push([]);
        usedMm = 0;
      }
      parts.at(-1)?.push({ text: atom, style });
      usedMm += atomMm;
    }
  }
  return parts.map((part, index) => ({ word: part, isTail: index > 0 }));
}

function widthOf(word: Word, metrics: FontMetrics): number {
  return word.reduce(
    (sum, { text, style }) => sum + metrics.widthMm(style.font, style.sizePt, text),
    0,
  );
}

/** One box for all neighbours of one look; a space belongs to what stands before it. */
function boxesOf(line: readonly Word[], metrics: FontMetrics): readonly TextBox[] {
  const pieces = line.flatMap((word, index) =>
    word.map((piece, at) => ({
      ...piece,
      text: at === word.length - 1 && index < line.length - 1 ? `${piece.text} ` : piece.text,
    })),
  );
  const boxes: TextBox[] = [];
  let leftMm = 0;
  let open: Piece | null = null;
  const close = () => {
    if (open === null) return;
    const box = textBox(open.text, leftMm, 0, open.style, metrics);
    boxes.push(box);
    leftMm += box.widthMm;
  };
  for (const piece of pieces) {
    if (open !== null && open.style === piece.style) {
      open = { ...piece, text: open.text + piece.text };
    } else {
      close();
      open = piece;
    }
  }
  close();
  return boxes;
}

export function naturalWidthMm(runs: readonly Run[], looks: Looks, metrics: FontMetrics): number {
  return runs.reduce((sum, { text, look }) => {
    const { font, sizePt } = looks[look];
    return sum + metrics.widthMm(font, sizePt, text);
  }, 0);
}
