/**
 * How far a typed token is from each word of a list: a weighted Damerau-Levenshtein distance that
 * knows the keyboard, the eye and the hand.
 *
 * Costs are about the logarithms of how likely each slip is: 1 for a neighbouring key, a letter left
 * out or two swapped, 2 for what has no cause. Only their order and rough size matter.
 */

/** What one slip costs. */
const COST = {
  neighbourKey: 1,
  lookAlike: 1.1,
  vowel: 1.5,
  otherLetter: 2,
  unreadableLetter: 0.3,
  letterLeftOut: 1.1,
  oneOfTwoLeftOut: 0.8,
  letterDoubled: 0.9,
  neighbourKeyHitBesides: 1.3,
  otherLetterAdded: 2,
  swapped: 1,
  mergedShape: 1.1,
  /** Only the beginning of the word was typed, and that not without a slip. */
  cutShort: 0.7,
} as const;

/** What costs more is as good as any other word. */
export const COST_LIMIT = 4.5;

/** A word that costs so much more than another one is 3,000 times less likely. */
export const LIKELY_COST = 2.5;

/** Letters of a word from which its beginning may stand for it. */
const PREFIX_LENGTH = 4;
/** No word of a Latin list has more than 9 letters; a longer token is several words, or none. */
const TOKEN_LIMIT = 20;

const KEY_ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** How far each row of keys is shifted to the right, in keys (ISO/IEC 9995-1). */
const ROW_SHIFTS = [0, 0.25, 0.75];
const NEIGHBOUR_DISTANCE = 1.3;

/** What looks alike in print or handwriting, or is on another country's keyboard in its place. */
const LOOK_ALIKES = "0o 1l 1i li 5s 9g 6b 8b 2z ec ao uv hb tf nr gq yz il ij nu ce kh rv ns aq wm";
/** Two letters, and the one that they look like. */
const MERGED_SHAPES = "rnm cld vvw lih nnm iiu";
const VOWELS = "aeiou";
const UNREADABLE_LETTER = codeOf("?");

const ASCII = 128;
/** By the codes of the letter meant and of the letter typed. */
const SUBSTITUTIONS = new Float64Array(ASCII * ASCII).fill(COST.otherLetter);
const NEIGHBOURS = new Set<number>();
/** By the codes of two letters, that of the letter that they look like; 0 for none. */
const MERGED = new Uint16Array(ASCII * ASCII);

for (const shape of MERGED_SHAPES.split(" ")) {
  MERGED[shape.charCodeAt(0) * ASCII + shape.charCodeAt(1)] = shape.charCodeAt(2);
}

for (const a of VOWELS) for (const b of VOWELS) setSubstitution(a, b, COST.vowel);
for (const [a, b] of LOOK_ALIKES.split(" ").map((pair) => Array.from(pair))) {
  setSubstitution(a ?? "", b ?? "", COST.lookAlike);
}
for (const [a, ax, ay] of keyPlaces()) {
  for (const [b, bx, by] of keyPlaces()) {
    if (a === b || Math.hypot(ax - bx, ay - by) > NEIGHBOUR_DISTANCE) continue;
    setSubstitution(a, b, COST.neighbourKey);
    NEIGHBOURS.add(codeOf(a) * ASCII + codeOf(b));
  }
}

function codeOf(letter: string): number {
  return letter.charCodeAt(0);
}

function mergedShape(first: number, second: number): number {
  return first < ASCII && second < ASCII ? (MERGED[first * ASCII + second] as number) : 0;
}

function setSubstitution(a: string, b: string, cost: number): void {
  const [codeA, codeB] = [codeOf(a), codeOf(b)];
  for (const pair of [codeA * ASCII + codeB, codeB * ASCII + codeA]) {
    SUBSTITUTIONS[pair] = Math.min(cost, SUBSTITUTIONS[pair] as number);
  }
}

function keyPlaces(): readonly (readonly [key: string, x: number, y: number])[] {
  return KEY_ROWS.flatMap((keys, row) =>
    Array.from(keys, (key, column) => [key, column + (ROW_SHIFTS[row] ?? 0), row] as const),
  );
}

function substitutionCost(meant: number, typed: number): number {
  if (meant === typed) return 0;
  if (typed === UNREADABLE_LETTER) return COST.unreadableLetter;
  const isKnown = meant < ASCII && typed < ASCII;
  return isKnown ? (SUBSTITUTIONS[meant * ASCII + typed] as number) : COST.otherLetter;
}

function additionCost(typed: number, before: number, after: number): number {
  if (typed === UNREADABLE_LETTER) return COST.unreadableLetter;
  if (typed === before || typed === after) return COST.letterDoubled;
  const isBesides = NEIGHBOURS.has(typed * ASCII + before) || NEIGHBOURS.has(typed * ASCII + after);
  return isBesides ? COST.neighbourKeyHitBesides : COST.otherLetterAdded;
}

/** A token as codes of its letters. */
interface Typed {
  readonly codes: Uint16Array;
  /** What each letter costs if it was hit besides. */
  readonly additions: Float64Array;
  /** What each letter and the one before it look like together; 0 for nothing. */
  readonly merged: Uint16Array;
}

function typedOf(token: string): Typed {
  const codes = Uint16Array.from(token, codeOf);
  const additions = Float64Array.from(codes, (code, index) =>
    additionCost(code, codes[index - 1] ?? 0, codes[index + 1] ?? 0),
  );
  const merged = codes.map((code, index) =>
    index === 0 ? 0 : mergedShape(codes[index - 1] ?? 0, code),
  );
  return { codes, additions, merged };
}

/**
 * The cost of each word, in the order of the list, of being typed as `token`: whole, or cut short
 * after four letters or more; Infinity for what is beyond `COST_LIMIT`, or much less likely than
 * another word. Letters without accents and in lower case. Null for a token that is too long to be one
 * word.
 */
export function spellingCosts(words: readonly string[], token: string): Float64Array | null {
  if (token.length === 0 || token.length > TOKEN_LIMIT) return null;
  const typed = typedOf(token);
  const costs = new Float64Array(words.length).fill(Infinity);
  // Column j has the costs of the first j letters of a word against each beginning of the token.
  // Words that begin alike share their first columns; `filled` of them are those of `previous`.
  const columns = [firstColumn(typed)];
  // The least entry of each column: no later column undercuts those of the two before it.
  const least = [0];
  let filled = 0;
  let previous = "";
  // What is much less likely than the likeliest word is as good as any other one, too.
  let limit: number = COST_LIMIT;
  const compare = (word: string, index: number) => {
    let length = 0;
    while (length < filled && previous.charCodeAt(length) === word.charCodeAt(length)) length += 1;
    while (length < word.length) {
      const before = Math.min(least[length] ?? 0, least[length - 1] ?? 0);
      if (before > limit) break;
      length += 1;
      least[length] = fillColumn(columns, word, length, typed);
    }
    filled = length;
    previous = word;
    const cost = costOf(columns, length, typed.codes.length, length === word.length);
    costs[index] = cost;
    limit = Math.min(limit, cost + LIKELY_COST);
  };
  // The first letter is most often right: its words show soon how near a word can be.
  const first = token.charCodeAt(0);
  words.forEach((word, index) => {
    if (word.charCodeAt(0) === first) compare(word, index);
  });
  words.forEach((word, index) => {
    if (word.charCodeAt(0) !== first) compare(word, index);
  });
  // Whether a word was looked at to its end is a matter of order.
  return costs.map((cost) => (cost > limit ? Infinity : cost));
}

/** Of the first `length` letters of a word, which are all of it or as many as can matter. */
function costOf(
  columns: readonly Float64Array[],
  length: number,
  row: number,
  isWhole: boolean,
): number {
  let cost = isWhole ? (columns[length]?.[row] ?? Infinity) : Infinity;
  for (let cut = PREFIX_LENGTH; cut < length + (isWhole ? 0 : 1); cut++) {
    cost = Math.min(cost, (columns[cut]?.[row] ?? Infinity) + COST.cutShort);
  }
  return cost <= COST_LIMIT ? cost : Infinity;
}

function firstColumn({ additions }: Typed): Float64Array {
  const column = new Float64Array(additions.length + 1);
  additions.forEach((cost, row) => {
    column[row + 1] = (column[row] as number) + cost;
  });
  return column;
}

/**
 * Column `length` of a word; rows are the beginnings of the token, from none to all of it. Gives the
 * least of its entries.
 */
function fillColumn(
  columns: Float64Array[],
  word: string,
  length: number,
  { codes, additions, merged }: Typed,
): number {
  const count = codes.length;
  const before = columns[length - 1] as Float64Array;
  const twoBefore = length > 1 ? (columns[length - 2] as Float64Array) : before;
  const column = (columns[length] ??= new Float64Array(count + 1));
  const meant = word.charCodeAt(length - 1);
  const meantBefore = length > 1 ? word.charCodeAt(length - 2) : 0;
  const meantShape = length > 1 ? mergedShape(meantBefore, meant) : 0;
  const leftOut = meant === meantBefore ? COST.oneOfTwoLeftOut : COST.letterLeftOut;
  let diagonal = before[0] as number;
  let above = diagonal + leftOut;
  let least = above;
  column[0] = above;
  for (let row = 1; row <= count; row++) {
    const letter = codes[row - 1] as number;
    const straight = before[row] as number;
    let cost = diagonal + substitutionCost(meant, letter);
    const left = straight + leftOut;
    if (left < cost) cost = left;
    const added = above + (additions[row - 1] as number);
    if (added < cost) cost = added;
    if (letter === meantShape) {
      cost = Math.min(cost, (twoBefore[row - 1] as number) + COST.mergedShape);
    }
    if (row > 1) {
      if (letter === meantBefore && meant !== letter && codes[row - 2] === meant) {
        cost = Math.min(cost, (twoBefore[row - 2] as number) + COST.swapped);
      }
      if (merged[row - 1] === meant) {
        cost = Math.min(cost, (before[row - 2] as number) + COST.mergedShape);
      }
    }
    column[row] = cost;
    if (cost < least) least = cost;
    diagonal = straight;
    above = cost;
  }
  return least;
}
