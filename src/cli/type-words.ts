/**
 * The words typed in at a terminal, row by row.
 *
 * After each row its two letters are shown as the paper has them; it ends by itself once the rows
 * restore a payload, or at an empty line.
 */
import { Refusal } from "../core/problem.js";
import type { Carrier } from "../core/restore.js";
import { parseWords as parseLine, UNREADABLE } from "../core/words/parse-words.js";
import { readWords } from "../core/words/read-words.js";
import { linesOf, WORDS_A_ROW } from "../core/words/row.js";
import { findWord, type ListRow, LISTS } from "../core/words/word-lists.js";
import { rowLetters } from "../core/words/words.js";
import { listed } from "./messages.js";
import type { World } from "./world.js";

const SOURCE = "the typed words";

const INTRODUCTION = `Type the words of the sheet, six a row, then Enter. The first four letters of
each are enough; ? stands for a word that you cannot read. After each row its two
letters are shown: the paper has the same when the row is right. An empty line ends.
`;

export async function typeWords(world: World): Promise<Carrier> {
  const terminal = await world.openTerminal();
  if (terminal === null) throw new Refusal({ code: "terminal-missing", option: "--words" });
  try {
    terminal.print(INTRODUCTION);
    const tokens: string[] = [];
    for (;;) {
      const row = tokens.length / WORDS_A_ROW + 1;
      const line = await terminal.ask(`Row ${String(row).padStart(2)}: `);
      if (line === null || line.trim() === "") break;
      const words = parseLine(line);
      if (words.length !== WORDS_A_ROW) {
        terminal.print(`        ${String(words.length)} words; a row has six. Type it again.\n`);
        continue;
      }
      tokens.push(...words);
      terminal.print(`        ${describeRow(row, words, likeliestList(tokens))}\n`);
      if (isEnough(tokens)) break;
    }
    return { kind: "words", source: SOURCE, lines: linesOf(tokens) };
  } finally {
    terminal.close();
  }
}

function likeliestList(tokens: readonly string[]): ListRow {
  const counts = LISTS.map(
    (list) => tokens.filter((token) => findWord(list, token) !== null).length,
  );
  return LISTS[counts.indexOf(Math.max(...counts))] as ListRow;
}

function describeRow(row: number, words: readonly string[], list: ListRow): string {
  const indices = words.map((word) => findWord(list, word));
  const unknown = words.flatMap((word, index) =>
    word !== UNREADABLE && indices[index] === null ? [index + 1] : [],
  );
  if (unknown.length > 0) {
    const noun = unknown.length === 1 ? "Word" : "Words";
    return `${noun} ${listed(unknown)} of this row: not in the ${list.title} list, taken as unreadable.`;
  }
  const known = indices.filter((index) => index !== null);
  if (known.length < WORDS_A_ROW) return "Taken, with what is unreadable.";
  return rowLetters(row, known);
}

function isEnough(tokens: readonly string[]): boolean {
  try {
    readWords(tokens, SOURCE);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
