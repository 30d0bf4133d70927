/**
 * Secrets in arguments: other users of the machine see them, and the shell keeps them.
 *
 * Refused by shape before anything else is done, and never echoed: a key, three or more words of a
 * word list one after another, or the text of a sheet's code.
 */
import { type Problem, Refusal } from "../core/problem.js";
import { WORDS_A_ROW } from "../core/words/row.js";
import { isCommand } from "./args.js";

const CODE = /KEYSHEET[0-9]+\//i;
const KEY_MARKS = /kraken:\/\/apikey|-----BEGIN|(^|[^0-9a-f])(0x)?[0-9a-f]{64}($|[^0-9a-f])/i;
const BASE64_RUN = /[A-Za-z0-9+/]+={0,2}/g;
const WORDS_IN_A_ROW = 3;

/** 56 characters for a public part, 86 to 88 for a private one that may have lost its padding. */
function hasKeyLength(run: string): boolean {
  return run.length === 56 || (run.length >= 86 && run.length <= 88);
}

/** Random text has small and capital letters and digits, and few slashes; a path seldom. */
function looksRandom(run: string): boolean {
  const slashes = run.split("/").length - 1;
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run) && slashes <= 6;
}

function isKey(argument: string): boolean {
  const runs = argument.match(BASE64_RUN) ?? [];
  return KEY_MARKS.test(argument) || runs.some((run) => hasKeyLength(run) && looksRandom(run));
}

export async function refuseSecretArguments(args: readonly string[]): Promise<void> {
  const problems: Problem[] = args.flatMap((argument, index) => {
    const position = index + 1;
    const kind = CODE.test(argument) ? "code" : isKey(argument) ? "key" : null;
    return kind === null ? [] : [{ code: "argument-secret", position, kind } as const];
  });
  const position = problems.length > 0 ? null : await findWords(args);
  if (position !== null) problems.push({ code: "argument-secret", position, kind: "words" });
  if (problems.length > 0) throw new Refusal(...problems);
}

/** Words as they stand one after another, in one argument or several. */
interface Run {
  readonly tokens: readonly string[];
  readonly position: number;
  readonly isLabel: boolean;
}

const IS_WORD = /^\p{L}[\p{L}\p{M}]*$/u;

/**
 * The position of an argument with words of a sheet, or null. Ordinary prose has three list words in
 * a row now and then ("a rather long label"), so a label is refused only when it is nothing but list
 * words, or has a whole row of them.
 */
async function findWords(args: readonly string[]): Promise<number | null> {
  const runs = runsOf(args).filter(
    ({ tokens }) => tokens.filter((token) => IS_WORD.test(token)).length >= WORDS_IN_A_ROW,
  );
  if (runs.length === 0) return null;
  const { findWord, LISTS } = await import("../core/words/word-lists.js");
  for (const { tokens, position, isLabel } of runs) {
    for (const list of LISTS) {
      const longest = longestRun(tokens.map((token) => findWord(list, token) !== null));
      const limit = isLabel ? Math.min(tokens.length, WORDS_A_ROW) : WORDS_IN_A_ROW;
      if (longest >= limit) return position;
    }
  }
  return null;
}

function longestRun(isWord: readonly boolean[]): number {
  let longest = 0;
  let current = 0;
  for (const isOne of isWord) {
    current = isOne ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** Arguments between options follow each other; an option's value stands alone. */
function runsOf(args: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  let open: string[] = [];
  let openPosition = 1;
  const close = () => {
    if (open.length > 0) runs.push({ tokens: open, position: openPosition, isLabel: false });
    open = [];
  };
  args.forEach((argument, index) => {
    const position = index + 1;
    const isValueOfLabel = args[index - 1] === "--label";
    if (argument.startsWith("-") || isValueOfLabel) {
      close();
      const value = isValueOfLabel ? argument : argument.replace(/^[^=]*=?/, "");
      const isLabel = isValueOfLabel || argument.startsWith("--label=");
      runs.push({ tokens: tokensOf(value), position, isLabel });
    } else if (position > 1 || !isCommand(argument)) {
      open.push(...tokensOf(argument));
      openPosition = position;
    }
  });
  close();
  return runs;
}

function tokensOf(text: string): readonly string[] {
  return text.split(/[\s,;]+/u).filter((token) => token !== "");
}
