/**
 * Rows of words and a cursor in them: what each key makes of them.
 *
 * Pure. Nothing that was typed is lost by moving about; every change can be taken back.
 */
import { parseLines } from "../../core/words/parse-words.js";
import { WORDS_A_ROW } from "../../core/words/row.js";
import { EMPTY_ROW, type TypedRow } from "./typed-rows.js";
import type { Key } from "./keys.js";

export interface Editor {
  readonly rows: readonly TypedRow[];
  readonly row: number;
  readonly column: number;
  /** Whether the cursor came here and nothing was typed since: what is typed then replaces the cell. */
  readonly isFresh: boolean;
  /** The name of a file that is being typed; null while words are. */
  readonly fileName: string | null;
  /** The row in which Enter is pressed behind each word; in other rows it may end a short one. */
  readonly enteredRow: number | null;
  /** The row that was begun by its number, or behind the letters of the one before. */
  readonly begunRow: number | null;
  /** What was there before the last changes, the latest first. */
  readonly before: readonly Pick<Editor, "rows" | "row" | "column">[];
}

export const EMPTY_EDITOR: Editor = {
  rows: [EMPTY_ROW],
  row: 0,
  column: 0,
  isFresh: false,
  fileName: null,
  enteredRow: null,
  begunRow: null,
  before: [],
};

const UNDO_LIMIT = 200;
/** No sheet has more rows. */
const ROW_LIMIT = 341;
const UNREADABLE = "?";

/** The editor after a key; keys that it has no use for change nothing. */
export function press(editor: Editor, key: Key): Editor {
  return editor.fileName === null ? pressInRows(editor, key) : pressInName(editor, key);
}

export function cellOf({ rows, row, column }: Editor): string {
  return rows[row]?.[column] ?? "";
}

function pressInRows(editor: Editor, key: Key): Editor {
  const { rows, row, column } = editor;
  switch (key.kind) {
    case "letter":
      return typeLetter(editor, key.letter);
    case "paste":
      return paste(editor, key.text);
    case "next":
      return key.by === "enter" ? pressEnter(editor) : endWord(editor);
    case "right":
      return moved(editor, 1);
    case "left":
      return moved(editor, -1);
    case "up":
      return placed(editor, row - 1, column);
    case "down":
      return placed(editor, row + 1, column);
    case "home":
      return placed(editor, row, 0);
    case "end":
      return placed(editor, row, Math.max(0, (rows[row]?.length ?? 1) - 1));
    case "backspace":
      if (cellOf(editor) === "") return moved(editor, -1);
      return typed(editor, cellOf(editor).replace(/\P{Mark}\p{Mark}*$/u, ""));
    case "clear":
    case "delete":
      return cellOf(editor) === "" ? editor : withCell(editor, "");
    case "insert-row":
      return withRows(editor, rows.toSpliced(row, 0, EMPTY_ROW), row, 0);
    case "remove-row":
      return withRows(editor, rows.length === 1 ? [EMPTY_ROW] : rows.toSpliced(row, 1), row, 0);
    case "undo":
      return undone(editor);
    case "add-file":
      return { ...editor, fileName: "" };
    case "escape":
    case "done":
    case "redraw":
    case "interrupt":
      return editor;
  }
}

function pressInName(editor: Editor, key: Key): Editor {
  const name = editor.fileName ?? "";
  switch (key.kind) {
    case "letter":
      return { ...editor, fileName: name + key.letter };
    case "paste":
      return { ...editor, fileName: name + shownText(key.text.replace(/[\r\n]+/g, "")) };
    case "next":
      return key.by === "space" ? { ...editor, fileName: `${name} ` } : editor;
    case "backspace":
      return { ...editor, fileName: Array.from(name).slice(0, -1).join("") };
    case "clear":
      return { ...editor, fileName: "" };
    case "escape":
      return { ...editor, fileName: null };
    case "left":
    case "right":
    case "up":
    case "down":
    case "home":
    case "end":
    case "delete":
    case "add-file":
    case "insert-row":
    case "remove-row":
    case "undo":
    case "done":
    case "redraw":
    case "interrupt":
      return editor;
  }
}

function typeLetter(editor: Editor, letter: string): Editor {
  const cell = editor.isFresh ? "" : cellOf(editor);
  const isUnreadable = letter === UNREADABLE && cell === "";
  const after = typed(editor, cell === UNREADABLE ? letter : cell + letter);
  return isUnreadable ? moved(after, 1) : after;
}

/** What is typed next goes on in the cell. */
function typed(editor: Editor, cell: string): Editor {
  return { ...withCell(editor, cell), isFresh: false };
}

/** So many words are a row that may have lost some; fewer are words with Enter behind each. */
const SHORT_ROW_WORDS = 3;

function pressEnter(editor: Editor): Editor {
  const ended = endWord(editor);
  const { row } = editor;
  if (ended.row !== row || ended.enteredRow === row) return ended;
  const words = ended.rows[row] ?? [];
  const isLast = words.slice(ended.column).every((cell) => cell === "");
  if (isLast && wordsIn(words).length >= SHORT_ROW_WORDS) return placed(ended, row + 1, 0);
  return ended === editor ? editor : { ...ended, enteredRow: row };
}

/** What is in the cell is understood as it would be in a file, and the cursor goes on behind it. */
function endWord(editor: Editor): Editor {
  const cell = cellOf(editor);
  // Nothing typed is no word: only what cannot be read is passed over, and that is a `?`.
  if (cell === "") return editor;
  const lettered = letteredRow(editor);
  if (lettered !== null) {
    const { row } = editor;
    const without = withCell(editor, "");
    if (lettered.row === row) return placed(without, row + 1, 0);
    return begun(hasSpilled(without) ? withSpilled(without) : without);
  }
  const number = ROW_NUMBER_ALONE.exec(cell)?.[1];
  const lines = parseLines(number === undefined ? cell : `${number} ${UNREADABLE}`);
  const [line] = lines;
  if (line === undefined) return withCell(editor, "");
  const { tokens } = line;
  if (line.number === null && tokens.length === 1 && tokens[0] === cell) return moved(editor, 1);
  const start = startOfRow(withCell(editor, ""), line.number);
  if (number !== undefined) return start;
  return tokens.reduce((at, token) => moved(withCell(at, token), 1), start);
}

const ROW_NUMBER_ALONE = /^(\d{1,3})[.):\]-]*$/;
const ROW_LETTERS = /^[a-hj-np-z]{2}$/i;
const CAPITAL_LETTERS = /^[A-HJ-NP-Z]{2}$/;

/** A row and its words. */
export interface LetteredRow {
  readonly row: number;
  readonly words: TypedRow;
}

/**
 * The row of which the two letters at its end are in the cell, as on the paper: the one before, or this
 * one, which then has too few words. Null for a word: none has two letters, but one that lost a letter.
 */
export function letteredRow(editor: Editor): LetteredRow | null {
  const { rows, row, column } = editor;
  const cell = cellOf(editor);
  if (column === 0) {
    if (row === 0 || !ROW_LETTERS.test(cell)) return null;
    return { row: row - 1, words: wordsIn(rows[row - 1]) };
  }
  const areCapitals = !/\p{Ll}/u.test(rows.flat().join(""));
  if (!CAPITAL_LETTERS.test(cell) || areCapitals) return null;
  const without = withCell(editor, "");
  if (!hasSpilled(without)) return { row, words: wordsIn(without.rows[row]) };
  return { row: row - 1, words: wordsIn(withSpilled(without).rows[row - 1]) };
}

/** So many words too many in one row are still words of that row. */
const SPILLED_LIMIT = 2;

/** Whether the first words of this row can be what the full row before has too many of. */
function hasSpilled({ rows, row, column, begunRow }: Editor): boolean {
  if (begunRow === row) return false;
  const count = wordsIn(rows[row]).length;
  const before = wordsIn(rows[row - 1]).length;
  return column > 0 && count > 0 && count <= SPILLED_LIMIT && before >= WORDS_A_ROW;
}

function withSpilled(editor: Editor): Editor {
  const { rows, row } = editor;
  const whole = [...wordsIn(rows[row - 1]), ...wordsIn(rows[row])];
  return withRows(editor, rows.with(row - 1, whole).with(row, EMPTY_ROW), row, 0);
}

/** The beginning of the row with a number; a row that is typed once more replaces what it was. */
function startOfRow(editor: Editor, number: number | null): Editor {
  const { rows, row, column } = editor;
  const index = (number ?? 0) - 1;
  if (index < 0 || index >= ROW_LIMIT) return editor;
  if (index === row && column === 0) return begun(editor);
  if (index === row && hasSpilled(editor)) return begun(withSpilled(editor));
  const changed = [...rows];
  while (changed.length <= index) changed.push(EMPTY_ROW);
  changed[index] = EMPTY_ROW;
  return begun(withRows(editor, changed, index, 0));
}

function begun(editor: Editor): Editor {
  return { ...editor, begunRow: editor.row, enteredRow: null };
}

function wordsIn(row: TypedRow | undefined): TypedRow {
  return (row ?? []).filter((cell) => cell !== "");
}

/** The place so many cells on; behind the last row a new one begins. */
function moved(editor: Editor, by: number): Editor {
  const { rows, row, column } = editor;
  const width = rows[row]?.length ?? WORDS_A_ROW;
  const next = column + by;
  if (next < 0)
    return row === 0 ? editor : placed(editor, row - 1, (rows[row - 1]?.length ?? 1) - 1);
  return next < width ? placed(editor, row, next) : placed(editor, row + 1, 0);
}

function placed(editor: Editor, row: number, column: number): Editor {
  const { rows } = editor;
  const isNew = row === rows.length && row < ROW_LIMIT && rows.at(-1)?.some((cell) => cell !== "");
  const all = isNew === true ? [...rows, EMPTY_ROW] : rows;
  const inside = Math.min(Math.max(0, row), all.length - 1);
  const width = all[inside]?.length ?? WORDS_A_ROW;
  const place = { row: inside, column: Math.min(Math.max(0, column), width - 1) };
  const isHere = place.row === editor.row && place.column === editor.column;
  return { ...editor, ...place, rows: all, isFresh: !isHere || editor.isFresh };
}

function withCell(editor: Editor, cell: string): Editor {
  const { rows, row, column } = editor;
  const changed = rows.map((cells, index) => (index === row ? cells.with(column, cell) : cells));
  return withRows(editor, changed, row, column);
}

function withRows(editor: Editor, rows: readonly TypedRow[], row: number, column: number): Editor {
  const { rows: rowsBefore, row: rowBefore, column: columnBefore } = editor;
  const before = { rows: rowsBefore, row: rowBefore, column: columnBefore };
  const changed = { ...editor, rows, before: [before, ...editor.before].slice(0, UNDO_LIMIT) };
  return placed(changed, row, column);
}

function undone(editor: Editor): Editor {
  const [last, ...before] = editor.before;
  return last === undefined ? editor : { ...editor, ...last, isFresh: false, before };
}

/** A piece of a word goes on from the cursor; words and rows take their cells from there on. */
function paste(editor: Editor, text: string): Editor {
  const lines = parseLines(shownText(text));
  const tokens = lines.flatMap((line) => line.tokens);
  const [only] = tokens;
  if (only === undefined) return editor;
  const here = editor.isFresh ? "" : cellOf(editor);
  if (tokens.length === 1 && !/\s/.test(text)) return typed(editor, here + only);
  const areNumbered = lines.every(({ number }) => number !== null && number <= ROW_LIMIT);
  const areRows =
    lines.length > 1 && lines.every(({ tokens: row }) => row.length <= WORDS_A_ROW + 2);
  if (areNumbered || (areRows && editor.column === 0)) {
    const numbered = lines.map(({ number, tokens: row }, index) => ({
      index: areNumbered ? (number ?? 1) - 1 : editor.row + index,
      cells: row,
    }));
    return pasteRows(editor, numbered);
  }
  // What goes on in the middle of a word belongs to it.
  const isInside = here !== "" && /^\S/.test(text);
  const start = here === "" || isInside ? editor : moved(editor, 1);
  return pasteCells(start, isInside ? [here + only, ...tokens.slice(1)] : tokens);
}

/** Without what could steer the terminal that shows it. */
function shownText(text: string): string {
  return text.replace(/(?!\s)[\p{Control}\p{Format}\p{Surrogate}]/gu, "");
}

function pasteRows(
  editor: Editor,
  pasted: readonly { readonly index: number; readonly cells: readonly string[] }[],
): Editor {
  const rows = [...editor.rows];
  for (const { index, cells } of pasted) {
    while (rows.length <= index) rows.push(EMPTY_ROW);
    rows[index] = [...cells, ...EMPTY_ROW.slice(cells.length)];
  }
  const last = Math.max(...pasted.map(({ index }) => index));
  return moved(withRows(editor, rows, last, WORDS_A_ROW - 1), 1);
}

function pasteCells(editor: Editor, tokens: readonly string[]): Editor {
  const rows = editor.rows.map((row) => [...row]);
  let { row, column } = editor;
  for (const token of tokens) {
    rows[row] ??= [...EMPTY_ROW];
    const cells = rows[row] as string[];
    cells[column] = token;
    column += 1;
    if (column >= cells.length) [row, column] = [row + 1, 0];
    if (row >= ROW_LIMIT) break;
  }
  if (rows.length <= row && row < ROW_LIMIT) rows.push([...EMPTY_ROW]);
  return withRows(editor, rows, row, column);
}
