/**
 * What files of names and values hold, whatever their form: dotenv and the lines of shells, INI and
 * simple TOML, CSV with a head, and JSON.
 *
 * Nothing is judged here: which of the names are parts of a key is said by `named-keys.ts`.
 */
import { withoutInvisible } from "../check-fields.js";

export interface Assignment {
  /** The section, the object or the row that it stands in; empty at the top. */
  readonly group: string;
  readonly name: string;
  readonly value: string;
  /** From 1; null where a form has no lines that say something. */
  readonly line: number | null;
}

const NAME_LIMIT = 128;
const SECTION = /^\[+\s*([^[\]]+?)\s*\]+$/;
// export of shells, set and setx of Windows, $env: of PowerShell.
const ASSIGNED =
  /^(?:export\s+|setx?\s+|declare\s+-x\s+)?(?:\$env:)?("?)([A-Za-z_][A-Za-z0-9_.-]*)\1\s*=\s*(.*)$/i;

/** The lines of dotenv, of shells, of INI and of TOML; a value in quotes may go on over several. */
export function lineAssignments(content: string): readonly Assignment[] {
  const lines = content.split(/\r\n|\r|\n/);
  const found: Assignment[] = [];
  let group = "";
  for (let index = 0; index < lines.length; index++) {
    const line = withoutInvisible(lines[index] ?? "").trim();
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined) group = section;
    const [, , name, rest] = ASSIGNED.exec(line) ?? [];
    if (name === undefined || rest === undefined || name.length > NAME_LIMIT) continue;
    const { value, count } = valueAt(rest, lines, index);
    found.push({ group, name, value, line: index + 1 });
    index += count;
  }
  return found;
}

/** A value, and how many further lines it goes on over. */
function valueAt(rest: string, lines: readonly string[], index: number) {
  const [, quote, inner] = /^(["'`])(.*)$/.exec(rest) ?? [];
  if (quote === undefined || inner === undefined) {
    return { value: rest.replace(/(^|\s)[#;].*$/, "").trim(), count: 0 };
  }
  let text = inner;
  for (let count = 0; index + count < lines.length; count++) {
    if (count > 0) text += `\n${lines[index + count] ?? ""}`;
    const end = text.indexOf(quote);
    if (end >= 0) {
      const value = text.slice(0, end);
      return { value: quote === '"' ? value.replaceAll("\\n", "\n") : value, count };
    }
  }
  return { value: inner, count: 0 };
}

/** A head of names, and under it a row of values for each key, as AWS gives them. */
export function csvAssignments(content: string): readonly Assignment[] {
  const rows = content.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const text = withoutInvisible(line).trim();
    return text === "" ? [] : [{ line: index + 1, cells: cellsOf(text) }];
  });
  const [head, ...body] = rows;
  if (head === undefined || head.cells.length < 2) return [];
  const isTable = body.every(({ cells }) => cells.length === head.cells.length);
  if (body.length === 0 || !isTable) return [];
  return body.flatMap(({ line, cells }) =>
    cells.map((value, index) => ({
      group: body.length === 1 ? "" : `row ${String(line)}`,
      name: head.cells[index] ?? "",
      value,
      line,
    })),
  );
}

function cellsOf(line: string): readonly string[] {
  return line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

const DEPTH_LIMIT = 8;

/** The texts of a JSON object, each in the group of the path to its object. */
export function jsonAssignments(
  value: unknown,
  path: readonly string[] = [],
): readonly Assignment[] {
  if (typeof value !== "object" || value === null || path.length > DEPTH_LIMIT) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === "string"
      ? [{ group: path.join("."), name, value: inner, line: null }]
      : jsonAssignments(inner, [...path, name]),
  );
}

/** JSON without the comments and trailing commas that programs allow in their settings. */
export function strictJson(text: string): string {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\/|[^"/]+|[^]/g) ?? [];
  const bare = parts.map((part) => (/^\/[/*]/.test(part) ? " " : part)).join("");
  const tokens = bare.match(/"(?:[^"\\]|\\.)*"|,\s*(?=[}\]])|[^",]+|[^]/g) ?? [];
  return tokens.map((token) => (/^,\s*$/.test(token) && token !== "," ? " " : token)).join("");
}

/** True for an object that has one name twice, of which a parser would keep the last. */
export function hasNameTwice(text: string): boolean {
  const open: Set<string>[] = [];
  const tokens = text.match(/"(?:[^"\\]|\\.)*"\s*:?|[{}]/g) ?? [];
  return tokens.some((token) => {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (token.endsWith(":")) {
      const name = token.replace(/\s*:$/, "");
      const names = open.at(-1);
      if (names?.has(name) === true) return true;
      names?.add(name);
    }
    return false;
  });
}
