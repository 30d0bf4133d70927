/**
 * What happened to the words of a sheet, once it is known which sheet it is: of several ways in which the
 * text can have come about the one with the fewest slips.
 */
import { WORDS_A_ROW } from "../row.js";
import { alignedByNumbers, alignedLayout } from "./alignment.js";
import type { Layout, TokenLine } from "./layout.js";
import type { Reading } from "./reading.js";
import { refinedLayout } from "./refined-layout.js";
import { COLUMN_GROUPS, positionsOfColumns } from "./row-orders.js";

/**
 * misspelt: no word of the list, and understood; misread: another word of the list; unreadable: `?`,
 * or nothing that could be understood; missing: left out; moved: at another place than on the sheet;
 * untyped: behind the last word that was typed.
 */
export type MendedHow = "misspelt" | "misread" | "unreadable" | "missing" | "moved" | "untyped";

export interface MendedWord {
  /** From 1, as printed. */
  readonly position: number;
  readonly how: MendedHow;
}

/** What happened to a row, or between its words; rows from 1, as printed. */
export type Slip =
  | { readonly slip: "row-missing" | "row-moved" | "row-twice"; readonly row: number }
  | { readonly slip: "row-misnumbered"; readonly row: number; readonly number: number }
  /** Words too many behind a word of this row. */
  | { readonly slip: "words-added"; readonly row: number; readonly count: number }
  /** Read down the columns instead of along the rows. */
  | { readonly slip: "columns" };

export interface Explanation {
  readonly mended: readonly MendedWord[];
  readonly slips: readonly Slip[];
}

/** A text of one sheet, and how it was found to lie on it; null where that is not known. */
export interface LaidText {
  readonly reading: Reading;
  readonly lines: readonly TokenLine[];
  readonly layout: Layout | null;
}

/** Of all ways to explain these readings of one text the one with the fewest slips. */
export function explained(texts: Iterable<LaidText>, codeword: Uint16Array): Explanation {
  const found: Explanation[] = [];
  const seen = new Set<number>();
  for (const text of texts) {
    for (const symbol of text.reading.symbols) seen.add(symbol);
    for (const layout of layoutsOf(text, codeword)) {
      const explanation = explanationOf(layout, text.reading, text.lines, codeword);
      if (isPlain(explanation)) return explanation;
      found.push(explanation);
    }
  }
  const cost = (explanation: Explanation) =>
    costOf(explanation) + COST_PASSED_OVER * passedOver(explanation, codeword, seen);
  return found.reduce((best, other) => (cost(other) < cost(best) ? other : best));
}

/** True where every word stands in its place, whatever it is: nothing explains that with less. */
function isPlain({ mended, slips }: Explanation): boolean {
  const isElsewhere = ({ how }: MendedWord) =>
    how === "moved" || how === "missing" || how === "untyped";
  return slips.length === 0 && !mended.some(isElsewhere);
}

/** Words that are said not to be there, and stand in another reading of the text. */
function passedOver({ mended }: Explanation, codeword: Uint16Array, seen: ReadonlySet<number>) {
  const isSeen = ({ position, how }: MendedWord) =>
    (how === "missing" || how === "untyped") && seen.has(codeword[position - 1] as number);
  return mended.filter(isSeen).length;
}

function* layoutsOf(
  { reading: { symbols }, lines, layout }: LaidText,
  codeword: Uint16Array,
): Iterable<Layout> {
  if (layout !== null) yield refinedLayout(layout, symbols, codeword);
  const others = [alignedByNumbers(lines, symbols, codeword), alignedLayout(symbols, codeword)];
  yield* others.filter((other) => other !== null);
}

// --- How many slips ------------------------------------------------------------------------------

const COST: Readonly<Record<MendedHow, number>> = {
  misspelt: 0,
  unreadable: 0.5,
  misread: 1,
  missing: 1,
  moved: 1,
  untyped: 0,
};
const COST_PASSED_OVER = 0.5;
const SLIP_COST: Readonly<Record<Exclude<Slip["slip"], "words-added">, number>> = {
  "row-missing": 1.5,
  "row-twice": 1.5,
  "row-misnumbered": 1.5,
  "row-moved": 2,
  columns: 2,
};

function costOf({ mended, slips }: Explanation): number {
  const isTold = toldBySlips(slips);
  const words = mended.reduce((sum, word) => sum + (isTold(word) ? 0 : COST[word.how]), 0);
  return slips.reduce(
    (sum, slip) => sum + (slip.slip === "words-added" ? slip.count : SLIP_COST[slip.slip]),
    words,
  );
}

/** True for a word to which no more happened than to its whole row. */
export function toldBySlips(slips: readonly Slip[]): (word: MendedWord) => boolean {
  const rowsOf = (name: Slip["slip"]) =>
    new Set(slips.flatMap((slip) => (slip.slip === name && "row" in slip ? [slip.row] : [])));
  const missing = rowsOf("row-missing");
  const moved = rowsOf("row-moved");
  return ({ position, how }) => {
    const row = rowOf(position - 1);
    return (how === "missing" && missing.has(row)) || (how === "moved" && moved.has(row));
  };
}

// --- One way to explain it -----------------------------------------------------------------------

/** An order in which the words of a sheet may stand in a text. */
interface ReadingOrder {
  /** Positions one after another, as they were read. */
  readonly positions: readonly number[];
  /** By token: where it stands among the others. */
  readonly rankOf: (token: number) => number;
  readonly slips: readonly Slip[];
}

function explanationOf(
  layout: Layout,
  { symbols, guesses }: Reading,
  lines: readonly TokenLine[],
  codeword: Uint16Array,
): Explanation {
  const { inPlace, slips: orderSlips } = likeliestOrder(layout, lines);
  const end = layout.findLastIndex((token) => token >= 0);
  const isRight = (position: number) => symbols[layout[position] ?? -1] === codeword[position];
  const positionOf = new Map([...layout].map((token, position) => [token, position]));
  // Symbols that stand where they do not belong: what was moved is among them.
  const astray = new Set(
    [...symbols].filter((_, token) => {
      const position = positionOf.get(token);
      return position === undefined || !isRight(position);
    }),
  );
  const howAt = (position: number): MendedHow | null => {
    const guess = guesses[layout[position] ?? -1];
    if (isRight(position)) {
      if (!inPlace.has(position)) return "moved";
      return guess?.isWord === true ? null : "misspelt";
    }
    if (astray.has(codeword[position] as number)) return "moved";
    if (guess === undefined) return position > end ? "untyped" : "missing";
    return guess.isWord ? "misread" : "unreadable";
  };
  const hows = Array.from(codeword, (_, position) => howAt(position));
  const mended = hows.flatMap((how, position) =>
    how === null ? [] : [{ position: position + 1, how }],
  );
  const slips = [
    ...orderSlips,
    ...rowSlips(layout, hows, lines),
    ...addedSlips(layout, symbols, lines, codeword, hows),
  ];
  return { mended, slips };
}

/** As the text stands, by the numbers of its lines, or down the columns: where the most words are in order. */
function likeliestOrder(
  layout: Layout,
  lines: readonly TokenLine[],
): { readonly inPlace: ReadonlySet<number>; readonly slips: readonly Slip[] } {
  const orders = [asItStands(layout), byNumbers(layout, lines), ...downTheColumns(layout)];
  const found = orders
    .filter((order) => order !== null)
    .map((order) => ({ inPlace: increasing(layout, order), slips: order.slips }));
  // What is read down the columns has words in order along the rows, too, here and there.
  const gain = (slips: readonly Slip[]) => (slips.length === 0 ? 0 : layout.length / 2);
  return found.reduce((best, other) =>
    other.inPlace.size > best.inPlace.size + gain(other.slips) ? other : best,
  );
}

function asItStands(layout: Layout): ReadingOrder {
  return { positions: [...layout.keys()], rankOf: (token) => token, slips: [] };
}

/** Rows may be given in any order by their numbers; null where these do not say it. */
function byNumbers(layout: Layout, lines: readonly TokenLine[]): ReadingOrder | null {
  if (lines.length < 2 || lines.some(({ number }) => number === null)) return null;
  const ranks = new Map<number, number>();
  const sorted = lines.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  for (const { from, to } of sorted) {
    for (let token = from; token < to; token++) ranks.set(token, ranks.size);
  }
  return { ...asItStands(layout), rankOf: (token) => ranks.get(token) ?? token };
}

function downTheColumns(layout: Layout): readonly ReadingOrder[] {
  const rows = layout.length / WORDS_A_ROW;
  if (rows < 2) return [];
  return COLUMN_GROUPS.map((width) => ({
    positions: [...positionsOfColumns(rows, width)],
    rankOf: (token) => token,
    slips: [{ slip: "columns" }],
  }));
}

/** The positions of a longest run of tokens that are in order (Fredman, 1975). */
function increasing(layout: Layout, { positions, rankOf }: ReadingOrder): ReadonlySet<number> {
  /** By the length of a run: where the one that ends lowest has its last position. */
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  const rankAt = (position: number) => rankOf(layout[position] as number);
  for (const position of positions) {
    if ((layout[position] ?? -1) < 0) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rankAt(ends[middle] as number) < rankAt(position)) low = middle + 1;
      else high = middle;
    }
    before.set(position, ends[low - 1]);
    ends[low] = position;
  }
  const found = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) found.add(at);
  return found;
}

/** Words of one row that say that it is this row. */
const TELLING = 3;
/** Lines with the number of another row before they are numbered in another way. */
const MISNUMBERED_MOST = 3;

function rowSlips(
  layout: Layout,
  hows: readonly (MendedHow | null)[],
  lines: readonly TokenLine[],
): readonly Slip[] {
  const rows = Array.from({ length: layout.length / WORDS_A_ROW }, (_, row) => {
    const positions = Array.from(
      { length: WORDS_A_ROW },
      (_, column) => row * WORDS_A_ROW + column,
    );
    return { row: row + 1, positions, tokens: positions.map((position) => layout[position] ?? -1) };
  });
  const slips = rows.flatMap(({ row, positions, tokens }): Slip[] => {
    const all = positions.map((position) => hows[position]);
    if (all.every((how) => how === "missing")) return [{ slip: "row-missing", row }];
    const moved = all.filter((how) => how === "moved").length;
    const there = tokens.filter((token) => token >= 0);
    const isTogether = there.every((token, index) => token === (there[0] as number) + index);
    const isMoved = moved >= TELLING && isTogether && !all.includes(null);
    return isMoved ? [{ slip: "row-moved", row }] : [];
  });
  const misnumbered = lines.flatMap(({ number, from, to }): Slip[] => {
    if (number === null) return [];
    const isIn = (token: number) => token >= from && token < to;
    const own = rows.find(({ tokens }) => tokens.filter(isIn).length > WORDS_A_ROW / 2);
    if (own === undefined || own.row === number) return [];
    const right = own.positions.filter((position) => hows[position] === null).length;
    return right >= TELLING ? [{ slip: "row-misnumbered", row: own.row, number }] : [];
  });
  return misnumbered.length > MISNUMBERED_MOST ? slips : [...slips, ...misnumbered];
}

/** Words between those of the sheet that belong to no place of it. */
function addedSlips(
  layout: Layout,
  symbols: Int16Array,
  lines: readonly TokenLine[],
  codeword: Uint16Array,
  hows: readonly (MendedHow | null)[],
): readonly Slip[] {
  const positionOf = new Map(
    [...layout].flatMap((token, position) => (token < 0 ? [] : [[token, position] as const])),
  );
  const moved = new Set([...codeword].filter((_, position) => hows[position] === "moved"));
  const given = [...positionOf.keys()];
  const last = given.reduce((most, token) => Math.max(most, token), -1);
  const slips: Slip[] = [];
  for (
    let token = given.reduce((least, each) => Math.min(least, each), symbols.length);
    token < last;
    token++
  ) {
    const from = token + 1;
    let to = from;
    while (to < last && !positionOf.has(to)) to += 1;
    const run = [...symbols.subarray(from, to)].filter((symbol) => !moved.has(symbol));
    const isAtStart = lines.some((line) => line.from === from);
    const row = rowOf(positionOf.get(isAtStart && positionOf.has(to) ? to : token));
    slips.push(...slipsOfRun(run, row, codeword));
    token = to - 1;
  }
  return slips;
}

/** From 1, of a position from 0. */
function rowOf(position = 0): number {
  return Math.floor(position / WORDS_A_ROW) + 1;
}

function slipsOfRun(run: readonly number[], row: number, codeword: Uint16Array): readonly Slip[] {
  if (run.length === 0) return [];
  if (run.length <= TELLING) return [{ slip: "words-added", row, count: run.length }];
  const rows = Array.from({ length: codeword.length / WORDS_A_ROW }, (_, index) => index + 1);
  const again = rows.filter((each) => {
    const words = codeword.subarray((each - 1) * WORDS_A_ROW, each * WORDS_A_ROW);
    return [...words].filter((word) => run.includes(word)).length > TELLING;
  });
  // Other text between the rows, as a heading of the next page, is no slip.
  return again.map((each) => ({ slip: "row-twice", row: each }));
}
