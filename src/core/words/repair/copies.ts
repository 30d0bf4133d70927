/**
 * The words of two copies of a sheet, put side by side: where one cannot be read, the other may.
 *
 * Tokens are compared as they were typed, so that it needs no list; which of two that differ is right
 * is left open, by giving up the one or the other.
 */
import { type TypedLine, UNREADABLE } from "../parse-words.js";
import { WORDS_A_ROW } from "../row.js";
import { WORDS_LIMIT } from "../words.js";

/** Letters that tell a word; people type more of them in one copy than in the other. */
const PREFIX_LENGTH = 4;

/** A text of more tokens is no copy of a sheet: three times what one can have. */
const TOKENS_LIMIT = 3 * WORDS_LIMIT;
/** Copies that are put side by side, those of the most tokens. */
const COPIES_LIMIT = 12;

/** Readings of all copies together, likeliest first; none for fewer than two. */
export function* mergedCopies(
  copies: readonly (readonly TypedLine[])[],
): Iterable<readonly TypedLine[]> {
  const texts = copies
    .map((lines) => lines.flatMap(({ tokens }) => tokens))
    .filter(({ length }) => length <= TOKENS_LIMIT);
  const most = new Set(texts.toSorted((a, b) => b.length - a.length).slice(0, COPIES_LIMIT));
  const [first, ...others] = texts.filter((tokens) => most.has(tokens));
  if (first === undefined || others.length === 0) return;
  const preferences: readonly Preference[] = ["neither", "first", "second"];
  for (const preferred of preferences) {
    const tokens = others.reduce<readonly string[]>(
      (merged, other) => merge(merged, other, preferred),
      first,
    );
    yield [{ number: null, tokens }];
  }
}

/** The rows of several texts, as of a sheet's pages; null unless each has a number of its own. */
export function joinedRows(texts: readonly (readonly TypedLine[])[]): readonly TypedLine[] | null {
  const rows = overlappingRows(texts);
  return rows?.length === texts.flat().length ? rows : null;
}

/** The same of texts that overlap; null where a row has no number. */
export function overlappingRows(
  texts: readonly (readonly TypedLine[])[],
): readonly TypedLine[] | null {
  const lines = texts.flat();
  const areNumbered = lines.every(({ number }) => number !== null);
  return texts.length > 1 && areNumbered ? rowsByNumber(lines) : null;
}

/** One row for each number: where it stands several times, the words on which its rows agree. */
export function rowsByNumber(lines: readonly TypedLine[]): readonly TypedLine[] {
  const rows = new Map<number, (readonly string[])[]>();
  for (const { number, tokens } of lines) {
    if (number === null) continue;
    const same = rows.get(number);
    if (same === undefined) rows.set(number, [tokens]);
    else same.push(tokens);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([number, same]) => ({ number, tokens: agreedRow(same) }));
}

/** Of rows with one number those that are whole; of each place the word that most of them have. */
function agreedRow(rows: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = rows;
  const whole = rows.filter(({ length }) => length === WORDS_A_ROW);
  if (rows.length === 1 || whole.length === 0) return first;
  return Array.from({ length: WORDS_A_ROW }, (_, column) => {
    const votes = new Map<string, number>();
    for (const row of whole) {
      const token = row[column] ?? UNREADABLE;
      if (token !== UNREADABLE) votes.set(token, (votes.get(token) ?? 0) + 1);
    }
    const [most, next] = [...votes].sort(([, a], [, b]) => b - a);
    const isClear = most !== undefined && most[1] > (next?.[1] ?? 0);
    return isClear ? most[0] : UNREADABLE;
  });
}

/** Which of two tokens stands for both where they differ. */
type Preference = "first" | "second" | "neither";

/** As tokens are compared: in lower case and apart from their accents. */
function lettersOf(tokens: readonly string[]): readonly string[] {
  return tokens.map((token) => token.normalize("NFKD").toLowerCase());
}

function areSame(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return a === b || (short.length >= PREFIX_LENGTH && long.startsWith(short));
}

const COST = { unreadable: 0.4, other: 1, alone: 0.9 } as const;

function pairCost(a: string, b: string): number {
  if (a === UNREADABLE || b === UNREADABLE) return COST.unreadable;
  return areSame(a, b) ? 0 : COST.other;
}

/** Places that are looked at to lay one text beside another: all of them for texts of 1,000 words each. */
const PLACES_LIMIT = 1_000_000;

/**
 * The cheapest way to lay one text beside the other (Needleman and Wunsch, 1970). Of long texts only places
 * near the line from both beginnings to both ends are looked at, a band as wide as the limit allows.
 */
function merge(
  first: readonly string[],
  second: readonly string[],
  preferred: Preference,
): readonly string[] {
  const [rows, columns] = [first.length, second.length];
  const half = Math.ceil(PLACES_LIMIT / (rows + 1) / 2) + 1;
  // Row r has the columns from `start(r)` on, as many as the band is wide.
  const width = Math.min(columns + 1, 2 * half + 1);
  const start = (row: number) =>
    Math.max(
      0,
      Math.min(columns + 1 - width, Math.round((row * columns) / Math.max(1, rows)) - half),
    );
  const costs = new Float64Array((rows + 1) * width).fill(Infinity);
  const at = (row: number, column: number) => {
    const place = column - start(row);
    return row < 0 || place < 0 || place >= width
      ? Infinity
      : (costs[row * width + place] as number);
  };
  const [a, b] = [lettersOf(first), lettersOf(second)];
  const step = (row: number, column: number) =>
    at(row - 1, column - 1) + pairCost(a[row - 1] as string, b[column - 1] as string);
  for (let row = 0; row <= rows; row++) {
    const from = start(row);
    for (let column = from; column < from + width; column++) {
      costs[row * width + column - from] =
        row === 0 && column === 0
          ? 0
          : Math.min(
              row > 0 && column > 0 ? step(row, column) : Infinity,
              at(row - 1, column) + COST.alone,
              at(row, column - 1) + COST.alone,
            );
    }
  }
  const merged: string[] = [];
  let [row, column] = [rows, columns];
  while (row > 0 || column > 0) {
    const cost = at(row, column);
    if (row > 0 && column > 0 && cost === step(row, column)) {
      row -= 1;
      column -= 1;
      const isSame = areSame(a[row] as string, b[column] as string);
      merged.push(chosen(first[row] as string, second[column] as string, isSame, preferred));
    } else if (row > 0 && cost === at(row - 1, column) + COST.alone) {
      merged.push(first[(row -= 1)] as string);
    } else {
      merged.push(second[(column -= 1)] as string);
    }
  }
  return merged.reverse();
}

function chosen(a: string, b: string, isSame: boolean, preferred: Preference): string {
  if (a === UNREADABLE) return b;
  if (b === UNREADABLE) return a;
  if (isSame) return a.length >= b.length ? a : b;
  return preferred === "neither" ? UNREADABLE : preferred === "first" ? a : b;
}
