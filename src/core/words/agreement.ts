/**
 * Whether words that were read are those of a sheet, though they could not be mended by themselves.
 *
 * Words that are mended together, or that lie beside a sheet that was read, are held against the sheet
 * that came out: it is said of no text that it holds a key which it does not hold.
 */
import { likelyLists } from "./repair/likely-lists.js";
import { type Guess, Guessers } from "./repair/guesses.js";
import { spacings } from "./repair/spacing.js";
import { planningWork, textReadings } from "./repair/tasks.js";
import { type TypedLine, UNREADABLE } from "./parse-words.js";
import { WORDS_A_ROW } from "./row.js";
import { findWord, type ListRow } from "./word-lists.js";
import { encodeWords, LEVELS, WORDS_LIMIT } from "./words.js";

/** unclear: too little can be read to say either. */
export type Agreement = "agrees" | "disagrees" | "unclear";

/**
 * Of a word that is read right, one of so many neighbours on either side is a neighbour on the sheet
 * too: its row may be left out, stand elsewhere or be typed down a column, but all of that moves
 * neighbours together. Words of another sheet are such neighbours of the longest sheet by chance in one
 * of 12, and of a usual one in one of 200.
 */
const NEIGHBOURS = 6;
/** How far apart they may be on the sheet: one above the other, and a word left out. */
const APART = WORDS_A_ROW + 1;

/**
 * The cut: more than half of the words that can be read. What can be mended at all, also together with
 * others, has a fifth of its words wrong at most times and hardly ever a third, and of another sheet a
 * twelfth is right: half is far from both.
 */
const AGREEING = 0.5;
/**
 * A sheet of the same key that was made on another day differs in a word or two of the key's, and in
 * all of the check and spare words, 22 and more, which stand together. So many words one after another
 * are other words on no sheet of which so many more are right; one may be right by chance.
 */
const FOREIGN_RUN = 8;
const FOREIGN_BITS = 20;
/** Words that say that a text is of a sheet: a passphrase has seven, and a wallet's often twelve. */
const TELLING = 2 * WORDS_A_ROW;
/** As of a text that is tried as words of a sheet: prose has a third of its words in a list. */
const LIST_WORDS = 0.5;
/** What a misspelt word stands for counts from here. */
const SURE = 0.6;
/** Units of work for reading a text. */
const PLANNING_MOST = 300_000;
/** Different words of a text, as a part of those that so many words of a sheet have at an average. */
const LIST_DIFFERENT = 0.3;
const LIST_LENGTH = 2048;
/** Longer texts are not mended either. */
const TOKENS_LIMIT = 4 * WORDS_LIMIT;

/**
 * How a text, whatever is wrong with it, agrees with the sheet of a payload, of any level and list. The
 * text is looked at once, for however many payloads.
 */
export function agreementOfWords(lines: readonly TypedLine[]): (payload: Uint8Array) => Agreement {
  let texts: readonly ListText[] | null = null;
  return (payload) => {
    texts ??= textsOf(lines);
    const found = texts.flatMap(({ list, guesses }) =>
      LEVELS.flatMap((level) => {
        const sheet = encodeWords(payload, list.number, level);
        return sheet === null ? [] : [agreementOf(guesses, sheet)];
      }),
    );
    if (found.includes("agrees")) return "agrees";
    const isTelling = found.includes("disagrees") && hasListWords(lines);
    return isTelling ? "disagrees" : "unclear";
  };
}

interface ListText {
  readonly list: ListRow;
  readonly guesses: readonly Guess[];
}

/** Every way to read a text that is tried when it is mended. */
function textsOf(lines: readonly TypedLine[]): readonly ListText[] {
  const tokens = lines.reduce((count, line) => count + line.tokens.length, 0);
  if (Math.max(tokens, lines.length) > TOKENS_LIMIT) return [];
  const guessers = new Guessers(planningWork(lines, PLANNING_MOST));
  return [...textReadings(lines, guessers)].flatMap(({ reading, lists }) =>
    lists(reading.flatMap((line) => line.tokens)).flatMap((list) =>
      spacings(reading, guessers.of(list)).map(({ guesses }) => ({ list, guesses })),
    ),
  );
}

function agreementOf(guesses: readonly Guess[], sheet: Uint16Array): Agreement {
  const readable = guesses.flatMap(({ symbol, sureness }, token) =>
    symbol === null || sureness < SURE ? [] : [{ token, symbol }],
  );
  const right = rightWords(readable, sheet);
  const count = right.size;
  const isMost = count >= 2 && count > AGREEING * readable.length;
  if (isMost && !hasForeignRun(guesses, right, readable.length)) return "agrees";
  return readable.length > TELLING ? "disagrees" : "unclear";
}

interface ReadableWord {
  readonly token: number;
  readonly symbol: number;
}

/** The words that are on the sheet, each beside one that is beside it in the text; by token. */
function rightWords(words: readonly ReadableWord[], sheet: Uint16Array): ReadonlySet<number> {
  const places = new Map<number, number[]>();
  sheet.forEach((symbol, position) => {
    const known = places.get(symbol);
    if (known === undefined) places.set(symbol, [position]);
    else known.push(position);
  });
  const placesOf = ({ symbol }: ReadableWord) => places.get(symbol) ?? [];
  const right = words.filter((word, index) => {
    const others = words.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
    return others.some((other) => {
      const most = APART + Math.abs(other.token - word.token);
      const areNear = (a: number, b: number) => a !== b && Math.abs(a - b) <= most;
      return placesOf(word).some((a) => placesOf(other).some((b) => areNear(a, b)));
    });
  });
  return new Set(right.map(({ token }) => token));
}

/**
 * True where the longest run of words that are not right is longer than chance makes it of words that
 * are wrong as often as all others are. What is no word ends a run, as in prose that stands around.
 */
function hasForeignRun(
  guesses: readonly Guess[],
  right: ReadonlySet<number>,
  readable: number,
): boolean {
  const runs = [0];
  for (const [token, { symbol, sureness }] of guesses.entries()) {
    if (symbol === null) continue;
    if (right.has(token) || sureness < SURE) runs.push(0);
    else runs.push((runs.pop() ?? 0) + 1);
  }
  const longest = Math.max(...runs.map((run, index) => run + (runs[index + 1] ?? 0)));
  const wrong = readable - right.size;
  const share = (wrong - longest + 1) / (readable - longest + 2);
  const bits = -longest * Math.log2(share) - 2 * Math.log2(readable);
  return longest >= FOREIGN_RUN && bits >= FOREIGN_BITS;
}

/** More words of one list than a passphrase has, and not in prose. */
function hasListWords(lines: readonly TypedLine[]): boolean {
  const tokens = lines.flatMap((line) => line.tokens.filter((token) => token !== UNREADABLE));
  return likelyLists(tokens, new Guessers(planningWork(lines, PLANNING_MOST))).some((list) => {
    const named = tokens.flatMap((token) => findWord(list, token) ?? []);
    const { length } = named;
    // The words of a sheet are as if drawn by chance: one word over and over is of none.
    const expected = LIST_LENGTH * (1 - (1 - 1 / LIST_LENGTH) ** length);
    const areDifferent = new Set(named).size >= LIST_DIFFERENT * expected;
    return length > TELLING && length >= LIST_WORDS * tokens.length && areDifferent;
  });
}
