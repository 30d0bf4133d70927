/**
 * A document in Markdown, as the project's own are written, to blocks and runs of text.
 *
 * Knows headings, paragraphs, lists, tables, fenced blocks, and code, strong text and links in a line;
 * anything else is text as it stands, so that nothing of a document is lost.
 */

export type DocumentBlock =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  /** `isInItem`: it goes on with the item of a list. */
  | { readonly kind: "paragraph"; readonly text: string; readonly isInItem: boolean }
  | { readonly kind: "item"; readonly marker: string; readonly text: string }
  /** The first row is the head; all rows have its number of cells. */
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "code"; readonly lines: readonly string[] };

export interface Run {
  readonly text: string;
  readonly look: "plain" | "strong" | "code";
}

const FENCE = /^```/;
const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^ *(-|\d+\.) +(.*)$/;
const COMMENT = /^<!--.*-->$/;
const TABLE_RULE = /^[|:\s-]+$/;

export function parseDocument(text: string): readonly DocumentBlock[] {
  const lines = text.split("\n");
  const blocks: DocumentBlock[] = [];
  let index = 0;
  /** The lines from the index on that all fit; the index then stands behind them. */
  const take = (fits: (line: string) => boolean) => {
    const start = index;
    while (index < lines.length && fits(lines[index] as string)) index += 1;
    return lines.slice(start, index);
  };
  while (index < lines.length) {
    const line = lines[index] as string;
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (line.trim() === "" || COMMENT.test(line)) {
      index += 1;
    } else if (line.startsWith("```")) {
      index += 1;
      blocks.push({ kind: "code", lines: take((next) => !next.startsWith("```")) });
      index += 1;
    } else if (heading !== null) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" });
      index += 1;
    } else if (line.startsWith("|")) {
      blocks.push(tableOf(take((next) => next.startsWith("|"))));
    } else {
      index += 1;
      const rest = take((next) => next.trim() !== "" && !startsBlock(next));
      const whole = [item?.[2] ?? line, ...rest].map((part) => part.trim()).join(" ");
      blocks.push(
        item === null
          ? { kind: "paragraph", text: whole, isInItem: line.startsWith("  ") }
          : { kind: "item", marker: item[1] ?? "", text: whole },
      );
    }
  }
  return blocks;
}

function startsBlock(line: string): boolean {
  return [FENCE, HEADING, ITEM, COMMENT].some((form) => form.test(line)) || line.startsWith("|");
}

function tableOf(lines: readonly string[]): DocumentBlock {
  const rows = lines
    .filter((line) => !TABLE_RULE.test(line))
    .map((line) =>
      line
        .replace(/^\||\|\s*$/g, "")
        .split("|")
        .map((cell) => cell.trim()),
    );
  const width = rows[0]?.length ?? 0;
  return {
    kind: "table",
    rows: rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? "")),
  };
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)/g;

/** The runs of a text; of a link, its text. */
export function parseRuns(text: string): readonly Run[] {
  const runs: Run[] = [];
  let end = 0;
  const add = (part: string, look: Run["look"]) => {
    if (part !== "") runs.push({ text: part, look });
  };
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, link] = match;
    add(text.slice(end, match.index), "plain");
    add(
      code ?? strong ?? link ?? "",
      code !== undefined ? "code" : strong !== undefined ? "strong" : "plain",
    );
    end = match.index + whole.length;
  }
  add(text.slice(end), "plain");
  return runs;
}
