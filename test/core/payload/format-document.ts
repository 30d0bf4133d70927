/** The parts of FORMAT.md that tests can read: its headings, tables and examples. */
import { readFileSync } from "node:fs";

const DOCUMENT = readFileSync(
  new URL("../../../src/core/payload/FORMAT.md", import.meta.url),
  "utf8",
);

export interface Table {
  readonly name: string;
  /** Each row by the heads of its columns, without code marks. */
  readonly rows: readonly ReadonlyMap<string, string>[];
}

export interface Example {
  /** The words of the info string behind "example". */
  readonly words: readonly string[];
  readonly text: string;
}

/** Lines that are not inside of a fenced block. */
const PROSE = DOCUMENT.replace(/^```[\s\S]*?^```$/gm, "");

export const HEADINGS: readonly string[] = [...PROSE.matchAll(/^#+ (.+)$/gm)].map(
  ([, heading]) => heading ?? "",
);

/** Anchors that the document links to. */
export const LINKS: readonly string[] = [...PROSE.matchAll(/\]\(#([^)]+)\)/g)].map(
  ([, anchor]) => anchor ?? "",
);

function cellsOf(line: string): readonly string[] {
  const cells = line.split("|").slice(1, -1);
  return cells.map((cell) => cell.trim().replaceAll("`", ""));
}

export const TABLE_COUNT = PROSE.match(/^\| -/gm)?.length ?? 0;

export const TABLES: readonly Table[] = [
  ...PROSE.matchAll(/^<!-- table (.+) -->\n\n((?:\|.*\n)+)/gm),
].map(([, name, text]) => {
  const [heads = [], , ...rows] = (text ?? "").trim().split("\n").map(cellsOf);
  return {
    name: name ?? "",
    rows: rows.map((cells) => new Map(heads.map((head, index) => [head, cells[index] ?? ""]))),
  };
});

export const FENCES: readonly Example[] = [...DOCUMENT.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(
  ([, info, text]) => ({ words: (info ?? "").split(" "), text: text ?? "" }),
);

/** Rows of a table; throws when the document has no such table. */
export function tableRows(name: string): readonly ReadonlyMap<string, string>[] {
  const table = TABLES.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table.rows;
}

/** Every example of a kind, by what stands behind the kind. */
export function examples(kind: string): readonly Example[] {
  const found = FENCES.filter(({ words }) => words[1] === "example" && words[2] === kind);
  if (found.length === 0) throw new Error(`no example ${kind}`);
  return found.map(({ words, text }) => ({ words: words.slice(3), text }));
}

/** The one example of a kind. */
export function example(kind: string, ...names: readonly string[]): string {
  const found = examples(kind).filter(({ words }) =>
    names.every((name, index) => words[index] === name),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`not one example ${kind}`);
  return only.text;
}
