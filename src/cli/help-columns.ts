/** The columns of a help screen, wide enough for its longest option and never wider than a terminal. */

/** Of every terminal. */
export const HELP_WIDTH = 80;
const INDENT = 2;
const BETWEEN = 2;

/** What is typed, and what it does. */
export type HelpRow = readonly [typed: string, does: string];

/** A line or more a row; what it does begins in one column, on each of its lines. */
export function helpColumns(rows: readonly HelpRow[]): string {
  const column = INDENT + Math.max(...rows.map(([typed]) => typed.length)) + BETWEEN;
  return rows
    .map(([typed, does]) => {
      const [first = "", ...rest] = wrapped(does, HELP_WIDTH - column);
      const head = `${" ".repeat(INDENT)}${typed}`.padEnd(column) + first;
      return [head, ...rest.map((line) => " ".repeat(column) + line)].join("\n");
    })
    .join("\n");
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
