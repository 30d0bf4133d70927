/**
 * Rows told apart across folds. Rows look alike, so that behind a fold a word may have been found in the
 * row beside its own; but paper does not tear: the line that a word stands on goes on, from where it
 * meets the fold, as the line of the words of its own row.
 */
import { cross, minus } from "../plane.js";
import { keyOf, type Place } from "./block-map.js";
import { GLYPH_WIDTH } from "./glyphs.js";
import type { Frame, Scale } from "./patches.js";

/** A word that was found. */
export interface FramedWord extends Place {
  readonly frame: Frame;
  readonly match: {
    readonly agreement: number;
    readonly words: readonly { readonly word: string }[];
  };
}

/** Parts of a block, the largest; what is left of more is words of none. */
const MOST_PARTS = 40;
/** Rows that a word may be off its own. */
const MOST_ROWS = 4;
/** Squares that a word may be off a line, and that words one below the other may be off. */
const LINE_OFF = 4;
const OFF = 6;
/** Squares that the way along a folded line may differ from a column's, since frames are not exact. */
const LENGTH_OFF = 12;
/** Of a word that was found straight, so much is before any fold. */
const STRAIGHT_PART = 0.7;
/** Squares down a square right, from which a line may as well fold to the row beside its own. */
const TURNED = 0.12;
/** Words whose lines say so, for a part to be moved. */
const VOTES_LEAST = 2;

/** The words with the parts behind folds moved to the rows of the largest part; others stay out. */
export function acrossSeams<T extends FramedWord>(words: readonly T[], scale: Scale): readonly T[] {
  const parts = [...connectedParts(words, scale)]
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_PARTS);
  let [joined = [], ...left] = parts;
  for (;;) {
    const moves = left.flatMap((part) => {
      const rows = rowsToMove(joined, part, scale);
      return rows === null ? [] : [{ part, ...rows }];
    });
    const [move] = moves.sort((a, b) => b.votes - a.votes);
    if (move === undefined) return joined;
    joined = united(
      joined,
      move.part.map((word) => ({ ...word, row: word.row + move.rows })),
    );
    left = left.filter((part) => part !== move.part);
  }
}

function united<T extends FramedWord>(ours: readonly T[], theirs: readonly T[]): readonly T[] {
  const words = new Map(ours.map((word) => [keyOf(word), word]));
  for (const word of theirs) {
    const known = words.get(keyOf(word));
    if (known === undefined || known.match.agreement < word.match.agreement) {
      words.set(keyOf(word), word);
    }
  }
  return [...words.values()];
}

/** Also over one word that was not found. */
const BESIDE = [1, -1, 2, -2].flatMap((step) => [[step, 0] as const, [0, step] as const]);

function* connectedParts<T extends FramedWord>(
  words: readonly T[],
  scale: Scale,
): Generator<readonly T[]> {
  const left = new Map(words.map((word) => [keyOf(word), word]));
  for (const first of words) {
    if (!left.delete(keyOf(first))) continue;
    const part = [first];
    // The part grows while it is walked.
    for (const { column, row, frame, match } of part) {
      for (const [columns, rows] of BESIDE) {
        const place = { column: column + columns, row: row + rows };
        const beside = left.get(keyOf(place));
        if (beside === undefined) continue;
        const here = { column, row, frame, match };
        const isOn = rows === 0 ? isOneLine(here, beside, scale) : isNextRow(here, beside, scale);
        if (!isOn) continue;
        left.delete(keyOf(place));
        part.push(beside);
      }
    }
    yield part;
  }
}

/** By how many rows the lines of a part go on as those of the words beside it, as most of them say. */
function rowsToMove(
  joined: readonly FramedWord[],
  part: readonly FramedWord[],
  scale: Scale,
): { readonly rows: number; readonly votes: number } | null {
  const said = new Map<number, { votes: number; misfit: number }>();
  for (const theirs of part) {
    for (const ours of joined) {
      const rows = ours.row - theirs.row;
      const columns = Math.abs(ours.column - theirs.column);
      if (columns === 0 || columns > 2 || Math.abs(rows) > MOST_ROWS) continue;
      const { misfit } = lineBetween(ours, theirs, scale);
      if (misfit > LINE_OFF) continue;
      const before = said.get(rows) ?? { votes: 0, misfit: 0 };
      said.set(rows, { votes: before.votes + 1, misfit: before.misfit + misfit });
    }
  }
  const [most] = [...said].sort(([, a], [, b]) => b.votes - a.votes || a.misfit - b.misfit);
  if (most === undefined || most[1].votes < VOTES_LEAST) return null;
  return { rows: most[0], votes: most[1].votes };
}

function isNextRow(a: FramedWord, b: FramedWord, { rowSquares }: Scale): boolean {
  const [upper, lower] = a.row < b.row ? [a, b] : [b, a];
  const { x, y } = inSquares(upper.frame, minus(lower.frame.origin, upper.frame.origin));
  return Math.abs(x) < OFF && Math.abs(y - (lower.row - upper.row) * rowSquares) < OFF;
}

function isOneLine(a: FramedWord, b: FramedWord, scale: Scale): boolean {
  const { misfit, turn } = lineBetween(a, b, scale);
  return misfit < LINE_OFF && turn < TURNED;
}

/**
 * Of words of two columns, the left one first: how many squares the right one is off a line that has both and
 * turns, if at all, behind the left word and before the right one; and how much it turns.
 */
function lineBetween(a: FramedWord, b: FramedWord, { columnSquares }: Scale) {
  const [left, right] = a.column < b.column ? [a, b] : [b, a];
  const { x, y } = inSquares(left.frame, minus(right.frame.origin, left.frame.origin));
  const way = inSquares(left.frame, right.frame.right);
  const full = (right.column - left.column) * columnSquares;
  const word = GLYPH_WIDTH * (left.match.words[0]?.word.length ?? 0);
  const behind = Math.min(Math.max(way.y === 0 ? 0 : y / way.y, 0), full - STRAIGHT_PART * word);
  const along = full - behind + behind * way.x;
  const misfit = Math.abs(x - along) > LENGTH_OFF ? Infinity : Math.abs(y - behind * way.y);
  return { misfit, turn: Math.abs(way.y) };
}

function inSquares({ right, down }: Frame, v: Frame["right"]) {
  const area = cross(right, down);
  return { x: cross(v, down) / area, y: cross(right, v) / area };
}
