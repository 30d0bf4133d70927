/**
 * The ten BIP39 word lists, by number as on the paper; the only importer of bip39.
 *
 * A word is found by its letters in any case, with or without accents, or by its first four letters.
 * These are BIP39's lists, not BIP39 seeds: a wallet refuses a sheet's words.
 */
import * as bip39 from "bip39";

export interface ListRow {
  /** 0 to 9, bound by the check words. */
  readonly number: number;
  /** As the bip39 package names it. */
  readonly name: string;
  readonly title: string;
  /** BCP 47 */
  readonly language: string;
  readonly script: "latin" | "other";
}

export const LISTS: readonly ListRow[] = [
  { number: 0, name: "english", title: "English", language: "en", script: "latin" },
  { number: 1, name: "japanese", title: "Japanese", language: "ja", script: "other" },
  { number: 2, name: "korean", title: "Korean", language: "ko", script: "other" },
  { number: 3, name: "spanish", title: "Spanish", language: "es", script: "latin" },
  {
    number: 4,
    name: "chinese_simplified",
    title: "Chinese (simplified)",
    language: "zh-Hans",
    script: "other",
  },
  {
    number: 5,
    name: "chinese_traditional",
    title: "Chinese (traditional)",
    language: "zh-Hant",
    script: "other",
  },
  { number: 6, name: "french", title: "French", language: "fr", script: "latin" },
  { number: 7, name: "italian", title: "Italian", language: "it", script: "latin" },
  { number: 8, name: "czech", title: "Czech", language: "cs", script: "latin" },
  { number: 9, name: "portuguese", title: "Portuguese", language: "pt", script: "latin" },
];

export const ENGLISH = LISTS[0] as ListRow;

/** The lists in Latin letters, by name: those that a sheet is printed in. */
export const PRINTED_LISTS: ReadonlyMap<string, ListRow> = new Map(
  LISTS.filter(({ script }) => script === "latin").map((list) => [list.name, list]),
);

/** Letters that tell the words of a Latin list apart. */
const PREFIX_LENGTH = 4;

/** The 2048 words of a list, in NFC as they are printed. */
export function listWords(list: ListRow): readonly string[] {
  return indexOf(list).words;
}

/** The word of an index, 0 to 2047, in NFC. */
export function wordAt(list: ListRow, index: number): string {
  return (bip39.wordlists[list.name]?.[index] ?? "").normalize("NFC");
}

/** Of a list, each made when it is asked for, of all of its words in one piece. */
class ListIndex {
  readonly #list: ListRow;
  #words: readonly string[] | null = null;
  #whole: ReadonlyMap<string, number> | null = null;
  #prefixes: ReadonlyMap<string, number> | null = null;
  #plain: readonly string[] | null = null;

  constructor(list: ListRow) {
    this.#list = list;
  }

  get words(): readonly string[] {
    if (this.#words !== null) return this.#words;
    const words = bip39.wordlists[this.#list.name];
    if (words === undefined) throw new RangeError("a list that the bip39 package lacks");
    this.#words = inOnePiece(words, (text) => text.normalize("NFC"));
    return this.#words;
  }

  get whole(): ReadonlyMap<string, number> {
    this.#whole ??= new Map(
      inOnePiece(this.words, normalizedWord).map((word, index) => [word, index]),
    );
    return this.#whole;
  }

  /** Accent-free first four letters; Latin lists only. */
  get prefixes(): ReadonlyMap<string, number> {
    this.#prefixes ??= uniquePrefixes(this.plain);
    return this.#prefixes;
  }

  get plain(): readonly string[] {
    this.#plain ??= inOnePiece(this.words, plainLetters);
    return this.#plain;
  }
}

/** No form of Unicode joins what a space parts. */
function inOnePiece(words: readonly string[], form: (text: string) => string): readonly string[] {
  const text = words.join(" ");
  const formed = form(text);
  return formed === text ? words : formed.split(" ");
}

const INDICES = new Map<number, ListIndex>();

/** What is the same in every form of Unicode. */
const PLAIN = /^[a-z ]*$/;

/** A reader compares in NFKD and lower case (FORMAT.md, "Word lists"). */
function normalizedWord(word: string): string {
  if (PLAIN.test(word)) return word;
  return word.normalize("NFKD").toLowerCase();
}

/** Lower case, without accents: what is compared where spelling may be off. */
export function plainLetters(word: string): string {
  return PLAIN.test(word) ? word : normalizedWord(word).replace(/\p{Mark}/gu, "");
}

/** The 2048 words of a list as `plainLetters`, in its order. */
export function plainWords(list: ListRow): readonly string[] {
  return indexOf(list).plain;
}

/** Both the four letters and the whole word without accents, where they name one word only. */
function uniquePrefixes(plain: readonly string[]): ReadonlyMap<string, number> {
  const prefixes = new Map<string, number>();
  const shared = new Set<string>();
  plain.forEach((word, index) => {
    const start = word.slice(0, PREFIX_LENGTH);
    for (const key of start === word ? [word] : [word, start]) {
      if (prefixes.has(key)) shared.add(key);
      prefixes.set(key, index);
    }
  });
  // A word of four letters or fewer is itself, whatever longer words begin with it.
  plain.forEach((word, index) => {
    if (word.length <= PREFIX_LENGTH) {
      prefixes.set(word, index);
      shared.delete(word);
    }
  });
  for (const key of shared) prefixes.delete(key);
  return prefixes;
}

function indexOf(list: ListRow): ListIndex {
  const known = INDICES.get(list.number);
  if (known !== undefined) return known;
  const index = new ListIndex(list);
  INDICES.set(list.number, index);
  return index;
}

/**
 * The index, 0 to 2047, of the one word of the list that the token names: the word itself, the word
 * without accents, or its beginning of four letters or more; null when there is none.
 */
export function findWord(list: ListRow, token: string): number | null {
  // No word of the other lists is in Latin letters: those lists are not even made for them.
  if (list.script !== "latin" && PLAIN.test(token)) return null;
  const index = indexOf(list);
  const exact = index.whole.get(normalizedWord(token));
  if (exact !== undefined || list.script !== "latin") return exact ?? null;
  const { prefixes, plain } = index;
  const letters = plainLetters(token);
  const named = prefixes.get(letters) ?? prefixes.get(letters.slice(0, PREFIX_LENGTH));
  return named !== undefined && plain[named]?.startsWith(letters) === true ? named : null;
}
