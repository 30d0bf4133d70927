/**
 * The ways in which the words of a sheet may stand in a text: between prose, behind times and names, by
 * their row numbers, several times over. Each gives lines that may be the words alone, for the plans.
 *
 * Judges nothing but what is worth a try: Reed-Solomon and the check words judge.
 */
import { DASH, type TypedLine, UNREADABLE } from "../parse-words.js";
import { WORDS_A_ROW } from "../row.js";
import type { Work } from "../../work.js";
import { findWord, type ListRow, plainLetters, plainWords } from "../word-lists.js";
import { mergedCopies, rowsByNumber } from "./copies.js";

type Lines = readonly TypedLine[];

/** Row letters, which no word list has as a word. */
const LETTERS = /^[A-HJ-NP-Z]{2}$/;
/** Of rows that are there, from how many on their letters are taken out. */
const LETTERS_LEAST = 3;

/** Lines as they may be meant, the likeliest first, some of them twice; as they are is the first one. */
export function arrangementsOf(lines: Lines): readonly Lines[] {
  const arranged = [lines, withoutLetters(lines)].flatMap((each) =>
    each === null
      ? []
      : [each, byNumbers(each), byNumbers(counted(each)), lastSix(each), ...singled(each)],
  );
  return arranged.filter((each) => each !== null);
}

/** Without the two letters of each row, wherever they stand; null where there are hardly any. */
function withoutLetters(lines: Lines): Lines | null {
  const isLetters = (token: string) => LETTERS.test(token);
  const count = lines.flatMap(({ tokens }) => tokens.filter(isLetters)).length;
  if (count < LETTERS_LEAST) return null;
  const left = lines.map(({ number, tokens }) => ({
    number,
    tokens: tokens.filter((token) => !isLetters(token)),
  }));
  return left.filter(({ tokens }) => tokens.length > 0);
}

/** Rows by their numbers; null where they are in order anyway, or most of them have no number. */
function byNumbers(lines: Lines | null): Lines | null {
  if (lines === null) return null;
  const numbered = lines.filter(({ number }) => number !== null);
  if (numbered.length < 2 || 2 * numbered.length < lines.length) return null;
  const numbers = numbered.map(({ number }) => number ?? 0);
  if (numbers.every((number, index) => number > (numbers[index - 1] ?? 0))) return null;
  return rowsByNumber(numbered);
}

/** As a part of the numbered rows: how many have to count on for the others to be misread. */
const COUNTED_PART = 0.6;

/** Numbers that go up by one, with those that do not set right; null where they do, or hardly any do. */
function counted(lines: Lines): Lines | null {
  const places = lines.flatMap(({ number }, index) => (number === null ? [] : [index]));
  const offsets = places.map((index) => (lines[index]?.number ?? 0) - index);
  const votes = new Map<number, number>();
  for (const offset of offsets) votes.set(offset, (votes.get(offset) ?? 0) + 1);
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  if (best === undefined) return null;
  const [offset, count] = best;
  if (count < COUNTED_PART * lines.length || count === lines.length || offset < 1) return null;
  return lines.map(({ tokens }, index) => ({ number: index + offset, tokens }));
}

/** The last six words of each line, where most lines have something before them. */
function lastSix(lines: Lines): Lines | null {
  const long = lines.filter(({ tokens }) => tokens.length > WORDS_A_ROW);
  if (long.length < 2 || 2 * long.length < lines.length) return null;
  return lines
    .filter(({ tokens }) => tokens.length >= WORDS_A_ROW)
    .map(({ number, tokens }) => ({ number, tokens: tokens.slice(-WORDS_A_ROW) }));
}

/** Of a text that repeats itself, as parts of what comes again. */
const REPEATED_PART = 0.5;
const COPIES_MOST = 3;

/** The words once, where the whole text stands there two or three times. */
function singled(lines: Lines): readonly Lines[] {
  const tokens = lines.flatMap((line) => line.tokens);
  const shift = repeatedAfter(tokens);
  if (shift === null) return [];
  const copies: Lines[] = [];
  for (let from = 0; from < tokens.length; from += shift) {
    // A few words behind the last copy belong to it.
    const isLast = tokens.length - from < 1.5 * shift;
    const copy = tokens.slice(from, isLast ? tokens.length : from + shift);
    copies.push([{ number: null, tokens: copy }]);
    if (isLast) break;
  }
  return [...mergedCopies(copies)];
}

/** After how many tokens a text begins again; null where it does not. */
function repeatedAfter(tokens: readonly string[]): number | null {
  const places = new Map<string, number[]>();
  tokens.forEach((token, index) => {
    const before = places.get(token);
    if (before === undefined) places.set(token, [index]);
    else if (before.length < COPIES_MOST) before.push(index);
  });
  const votes = new Map<number, number>();
  for (const [token, indices] of places) {
    if (token === UNREADABLE || token === DASH) continue;
    indices.slice(1).forEach((index, which) => {
      const distance = index - (indices[which] ?? 0);
      votes.set(distance, (votes.get(distance) ?? 0) + 1);
    });
  }
  // A word that was left out or typed twice moves all distances behind it by one.
  const near = (distance: number) =>
    [-1, 0, 1].reduce((sum, step) => sum + (votes.get(distance + step) ?? 0), 0);
  const [best] = [...votes.keys()].sort((a, b) => near(b) - near(a) || a - b);
  if (best === undefined || best < WORDS_A_ROW) return null;
  const isRepeat = near(best) >= REPEATED_PART * Math.min(best, tokens.length - best);
  return isRepeat && tokens.length <= (COPIES_MOST + 0.5) * best ? best : null;
}

/** What a token that is no word of the list counts against a run of words; and where its ends are looked for. */
const OTHER_WEIGHT = 1;
const OTHER_WEIGHT_AT_ENDS = 4;
/** Words of a list, less what is between them, from which a run may be of a sheet: two rows. */
const RUN_LEAST = 2 * WORDS_A_ROW;

/**
 * The part of a text in which words of one list are dense, as lines: those that are mostly such words, all that
 * is between, and those that are alike; then as single words. The likeliest first. Nothing where it is all of the text, or none.
 */
export function denseParts(lines: Lines, list: ListRow): readonly Lines[] {
  const weighted = lines.map((line) => ({ line, weight: weightOf(line.tokens, list) }));
  const run = bestRun(weighted.map(({ weight }) => weight));
  const parts: Lines[] = [];
  if (run.weight >= RUN_LEAST) {
    const inRun = weighted.slice(run.from, run.to);
    const dense = inRun.filter(({ weight }) => weight > 0).map(({ line }) => line);
    parts.push(dense);
    parts.push(inRun.map(({ line }) => line));
    parts.push(alike(dense));
  }
  const tokens = lines.flatMap((line) => line.tokens);
  for (const otherWeight of lines.length <= 2 ? [OTHER_WEIGHT_AT_ENDS, OTHER_WEIGHT] : []) {
    const single = bestRun(tokens.map((token) => weightOf([token], list, otherWeight)));
    if (single.weight < RUN_LEAST) continue;
    parts.push([{ number: null, tokens: tokens.slice(single.from, single.to) }]);
  }
  const total = tokens.length;
  return parts.filter((part) => part.reduce((sum, line) => sum + line.tokens.length, 0) < total);
}

/** Lines of about as many words as most of them have: one may be left out, or come in. */
function alike(lines: Lines): Lines {
  const counts = new Map<number, number>();
  for (const { tokens } of lines) counts.set(tokens.length, (counts.get(tokens.length) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  const length = most?.[0] ?? 0;
  return lines.filter(({ tokens }) => Math.abs(tokens.length - length) <= 1);
}

/** A longer token is no one word. */
const GLUED_LEAST = 12;
const SEGMENT = { word: 1, cut: 1.4, letter: 1.5 } as const;
const CUT_LENGTH = 4;
const WORD_LENGTHS = [3, 4, 5, 6, 7, 8, 9] as const;

/**
 * Lines whose words were written without a blank, with the blanks where words of a list end; null where no
 * token is that long. What is between words stays as it is.
 */
export function unglued(lines: Lines, list: ListRow, work: Work): Lines | null {
  const isGlued = (token: string) => token.length >= GLUED_LEAST;
  if (!lines.some(({ tokens }) => tokens.some(isGlued))) return null;
  return lines.map(({ number, tokens }) => ({
    number,
    tokens: tokens.flatMap((token) => (isGlued(token) ? segments(token, list, work) : [token])),
  }));
}

/** What it takes to look for the words that begin at a letter, in units of work. */
const LETTER_WORK = 15;

/** The way to cut a token into words that leaves the fewest letters between them. */
function segments(token: string, list: ListRow, work: Work): readonly string[] {
  work.spend(LETTER_WORK * token.length);
  if (work.isOver) return [token];
  const letters = plainLetters(token);
  const costs = new Float64Array(letters.length + 1).fill(Infinity);
  const froms = new Int32Array(letters.length + 1);
  costs[0] = 0;
  const reach = (from: number, to: number, cost: number) => {
    const total = (costs[from] ?? Infinity) + cost;
    if (total >= (costs[to] ?? 0)) return;
    costs[to] = total;
    froms[to] = from;
  };
  for (let from = 0; from < letters.length; from++) {
    reach(from, from + 1, SEGMENT.letter);
    for (const length of WORD_LENGTHS) {
      const piece = letters.slice(from, from + length);
      const named = piece.length === length ? findWord(list, piece) : null;
      if (named === null) continue;
      const isWhole = plainWords(list)[named] === piece;
      if (isWhole) reach(from, from + length, SEGMENT.word);
      else if (length === CUT_LENGTH) reach(from, from + length, SEGMENT.cut);
    }
  }
  const found: string[] = [];
  let unknown = "";
  for (let to = letters.length; to > 0; to = froms[to] ?? 0) {
    const piece = letters.slice(froms[to], to);
    if (piece.length === 1) unknown = piece + unknown;
    else {
      if (unknown !== "") found.push(unknown);
      unknown = "";
      found.push(piece);
    }
  }
  if (unknown !== "") found.push(unknown);
  return found.reverse();
}

function weightOf(
  tokens: readonly string[],
  list: ListRow,
  otherWeight: number = OTHER_WEIGHT,
): number {
  return tokens.reduce((sum, token) => {
    if (token === UNREADABLE || token === DASH || LETTERS.test(token)) return sum;
    return sum + (findWord(list, token) === null ? -otherWeight : 1);
  }, 0);
}

/** The run of the largest sum (Kadane's), as indices from `from` to before `to`. */
function bestRun(weights: readonly number[]) {
  let best = { from: 0, to: 0, weight: 0 };
  let from = 0;
  let sum = 0;
  weights.forEach((weight, index) => {
    if (sum <= 0) {
      from = index;
      sum = 0;
    }
    sum += weight;
    if (sum > best.weight) best = { from, to: index + 1, weight: sum };
  });
  return best;
}
