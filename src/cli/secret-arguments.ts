/**
 * Secrets in arguments: other users of the machine see them, and the shell keeps them.
 *
 * Refused by shape before anything else is done, and never echoed: a key, three or more words of a
 * word list one after another, or the text of a sheet's code.
 */
import { type Problem, Refusal } from "../core/problem.js";
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

/** The position of the argument with the third word in a row, whether in one argument or several. */
async function findWords(args: readonly string[]): Promise<number | null> {
  const tokens = args.flatMap((argument, index) => tokensOf(argument, index + 1));
  if (tokens.filter(({ token }) => IS_WORD.test(token)).length < WORDS_IN_A_ROW) return null;
  const { findWord, LISTS } = await import("../core/words/word-lists.js");
  for (const list of LISTS) {
    let inARow = 0;
    for (const { token, position } of tokens) {
      inARow = findWord(list, token) === null ? 0 : inARow + 1;
      if (inARow === WORDS_IN_A_ROW) return position;
    }
  }
  return null;
}

const IS_WORD = /^\p{L}[\p{L}\p{M}]*$/u;

/** An option's name, and the command, stand as an empty token, which no row of words goes over. */
function tokensOf(argument: string, position: number) {
  if (position === 1 && isCommand(argument)) return [];
  const isOption = argument.startsWith("-");
  const value = isOption ? argument.replace(/^[^=]*=?/, "") : argument;
  const words = value.split(/[\s,;]+/u).filter((token) => token !== "");
  return [...(isOption ? [""] : []), ...words].map((token) => ({ token, position }));
}
