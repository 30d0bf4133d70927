/**
 * The editor as lines of a screen, never wider or more than the screen has.
 *
 * Nothing is told by colour alone: what is completed stands behind a dot, what is no word has a ~,
 * and the letters of a row that was just finished are in brackets.
 */
import { isBeginning } from "../../core/words/complete-word.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { findWord, type ListRow, plainLetters } from "../../core/words/word-lists.js";
import type { Editor } from "./editor.js";
import { knownWords, lettersOf, listOfRows, tokenOf, type TypedRow } from "./typed-rows.js";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface Drawing {
  readonly lines: readonly string[];
  /** Where the cursor is, from 0. */
  readonly cursor: { readonly line: number; readonly column: number };
}

/** What stands below the rows. */
export interface Notice {
  readonly needed: number | null;
  readonly message: string;
  /** The words suffice: nothing more is taken. */
  readonly isEnough: boolean;
}

export interface Look {
  readonly size: ScreenSize;
  readonly isColour: boolean;
}

const NUMBER_WIDTH = 4;
/** The longest word, a dot or a mark in it, and the space behind it. */
const CELL_WIDTH = 10;
const LETTERS_WIDTH = 4;
const UNREADABLE = "?";

const HELP = [
  "Space next word",
  "? cannot read",
  "arrows move",
  "^O add a photo or file",
  "^Z undo",
  "^D done",
  "^N insert row",
  "^X remove row",
  "^C stop",
];

export function draw(editor: Editor, notice: Notice, look: Look): Drawing {
  const { columns, rows: height } = look.size;
  const list = listOfRows(editor.rows);
  const aLine = wordsALine(columns);
  const blocks = editor.rows.map((row, index) => drawRow(editor, row, index, list, aLine, look));
  const head = [
    clip("Type the words row by row: the first four letters of each, then Space.", columns),
  ];
  const foot = footLines(editor, notice, list, columns, legendOf(blocks.flat()));
  const room = Math.max(1, height - head.length - foot.length);
  const cursorLine = cursorLineOf(editor, aLine);
  const body = blocks.flat();
  const linesBefore = blocks.slice(0, editor.row).flat().length + cursorLine;
  // The cursor's line stays in the middle once not all lines fit.
  const top = Math.max(0, Math.min(linesBefore - Math.floor(room / 2), body.length - room));
  const lines = [...head, ...body.slice(top, top + room), ...foot].slice(0, height);
  if (editor.fileName !== null) {
    const line = Math.min(lines.length, height) - 1;
    return { lines, cursor: { line, column: Math.min(columns - 1, (foot.at(-1) ?? "").length) } };
  }
  const inLine = editor.column % aLine;
  const cell = cellText(editor, editor.rows[editor.row]?.[editor.column] ?? "", list, true);
  const column = NUMBER_WIDTH + inLine * CELL_WIDTH + cell.cursor;
  const line = Math.min(head.length + linesBefore - top, height - 1);
  return { lines, cursor: { line, column: Math.min(column, columns - 1) } };
}

/** How many words stand side by side: six where they fit. */
function wordsALine(columns: number): number {
  const room = Math.floor((columns - NUMBER_WIDTH - LETTERS_WIDTH) / CELL_WIDTH);
  return [WORDS_A_ROW, 3, 2].find((count) => count <= room) ?? 1;
}

function cursorLineOf({ column }: Editor, aLine: number): number {
  return Math.floor(column / aLine);
}

function drawRow(
  editor: Editor,
  row: TypedRow,
  index: number,
  list: ListRow,
  aLine: number,
  look: Look,
): readonly string[] {
  const letters = lettersOf(row, index, list);
  const lineCount = Math.ceil(row.length / aLine);
  return Array.from({ length: lineCount }, (_, line) => {
    const number = line === 0 ? String(index + 1).padStart(NUMBER_WIDTH - 2) : "";
    const cells = row.slice(line * aLine, (line + 1) * aLine).map((cell, column) => {
      const isHere = editor.row === index && editor.column === line * aLine + column;
      return cellText(editor, cell, list, isHere).text.padEnd(CELL_WIDTH);
    });
    const text = `${number.padEnd(NUMBER_WIDTH)}${cells.join("")}`;
    const isLast = line === lineCount - 1;
    const end =
      isLast && letters !== null ? lettersText(letters, isJustDone(editor, index), look) : "";
    return end === ""
      ? clip(text.trimEnd(), look.size.columns)
      : clip(text, look.size.columns - 4) + end;
  });
}

/** The row that was finished last, whose letters are to be compared now. */
function isJustDone({ row, column }: Editor, index: number): boolean {
  return (row === index + 1 && column === 0) || row === index;
}

function lettersText(letters: string, isLit: boolean, { isColour }: Look): string {
  if (!isLit) return ` ${letters}`;
  return isColour ? `\x1b[1;7m[${letters}]\x1b[0m` : `[${letters}]`;
}

/** A cell as it is shown, and where in it the cursor stands. */
function cellText(
  { fileName }: Editor,
  cell: string,
  list: ListRow,
  isHere: boolean,
): { readonly text: string; readonly cursor: number } {
  const typed = Array.from(cell).length;
  if (cell === "") return { text: isHere ? "_" : ".", cursor: 0 };
  if (cell === UNREADABLE) return { text: cell, cursor: 1 };
  const token = tokenOf(list, cell);
  const isComplete = findWord(list, token) !== null;
  if (isHere && fileName === null && isComplete && token !== cell) {
    const rest = Array.from(token).slice(typed).join("");
    const isTyped = plainLetters(token) === plainLetters(cell);
    return { text: isTyped ? token : `${cell}.${rest}`, cursor: typed };
  }
  if (isComplete) return { text: token, cursor: Math.min(typed, CELL_WIDTH - 1) };
  const isBegun = isHere && isBeginning(list, cell);
  const text = isBegun ? cell : `${shortened(cell)}~`;
  return { text, cursor: Math.min(typed, CELL_WIDTH - 1) };
}

function shortened(cell: string): string {
  const letters = Array.from(cell);
  return letters.length < CELL_WIDTH - 1 ? cell : letters.slice(0, CELL_WIDTH - 2).join("");
}

/** What the marks mean that are in the rows, a line each. */
function legendOf(lines: readonly string[]): readonly string[] {
  const letters = lines.some((line) => / [A-Z]{2}$|\[[A-Z]{2}\]/.test(line));
  return [
    ...(letters ? ["[HK]: the paper has the same two letters where a row is right."] : []),
    ...(lines.some((line) => line.includes("~")) ? ["~: no word of the list."] : []),
  ];
}

function footLines(
  editor: Editor,
  { needed, message, isEnough }: Notice,
  list: ListRow,
  columns: number,
  legend: readonly string[],
): readonly string[] {
  const known = knownWords(editor.rows, list);
  const count =
    needed === null
      ? `${String(known)} words`
      : `${String(known)} of ${String(needed)} words that are needed`;
  const listText = list.name === "english" ? "" : ` (${list.title})`;
  const lines = [
    "",
    ...[`${count}${listText}.`, ...legend].flatMap((line) => wrap(line, columns)),
    ...wrap(message, columns),
  ];
  if (editor.fileName !== null) {
    return [
      ...lines,
      "A photo, PDF or text; Tab completes, Enter adds it, Esc goes back.",
      `File: ${editor.fileName}`,
    ].map((line) => clip(line, columns));
  }
  return isEnough ? lines : [...lines, ...wrap(HELP.join("  "), columns)];
}

/** Lines broken at double or single spaces; none for no text. */
function wrap(text: string, columns: number): readonly string[] {
  if (text === "") return [];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(text.includes("  ") ? "  " : " ")) {
    const gap = text.includes("  ") ? "  " : " ";
    const longer = line === "" ? word : `${line}${gap}${word}`;
    if (longer.length > columns && line !== "") {
      lines.push(clip(line, columns));
      line = word;
    } else line = longer;
  }
  return [...lines, clip(line, columns)];
}

function clip(line: string, columns: number): string {
  const letters = Array.from(line);
  return letters.length <= columns ? line : letters.slice(0, Math.max(0, columns)).join("");
}
