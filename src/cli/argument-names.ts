/**
 * What a file that is not there is called: by its name only where that is clearly one, else by the
 * place of the argument. What was given by mistake as a file may be a part of a key, words or a code.
 */
import { lstat } from "node:fs/promises";
import path from "node:path";
import { type Problem, Refusal } from "../core/problem.js";
import { WORDS_A_ROW } from "../core/words/row.js";
import type { ParsedArgs } from "./args.js";

/** A part of a name, between the marks that part names. */
const PIECE =
  /^(\p{Ll}{1,10}|\p{Lu}\p{Ll}{0,9}|\p{Lu}{1,6}|(\p{Ll}{1,8}|\p{Lu}{1,5})\d{1,4}|\d{1,4})$/u;
const EXTENSION = /\.(\p{Ll}{1,5}|\p{Lu}{1,5}|jp2|JP2|7z)$/u;
/** Fewer digits than a group of a code and its half. */
const DIGITS_LIMIT = 7;
/** What is as long has a whole word in it when it is cut out of words, wherever it is cut. */
const SHORT_LIMIT = 15;
const NAME_LIMIT = 60;

/** True when a text can be shown although nothing on the disk has that name. */
export async function isFileName(text: string): Promise<boolean> {
  const rest = await missingPart(text);
  const isIn = rest.length < text.length;
  const stem = rest.replace(EXTENSION, "");
  if (!isIn && stem === rest) return false;
  if (stem.length > NAME_LIMIT || text.length > 4 * NAME_LIMIT) return false;
  const pieces = stem.split(/[/\\ ._()-]+/).filter((piece) => piece !== "");
  if (pieces.length === 0) return /^[./\\]*$/.test(stem);
  if (!pieces.every((piece) => PIECE.test(piece))) return false;
  if (stem.replace(/\D/g, "").length > DIGITS_LIMIT) return false;
  const wordCount = await countWords(pieces);
  return stem.length <= SHORT_LIMIT ? wordCount < 2 : wordCount === 0;
}

/** A path without the folders at its beginning that there are. */
async function missingPart(text: string): Promise<string> {
  for (let end = text.length; (end = text.lastIndexOf("/", end - 1)) >= 0;) {
    const folder = text.slice(0, end + 1);
    if (end > 0 && (await isThere(path.resolve(folder)))) return text.slice(end + 1);
    if (end === 0) break;
  }
  return text;
}

/** The words of a list among the pieces, also where several were joined to one. */
async function countWords(pieces: readonly string[]): Promise<number> {
  const { findWord, LISTS } = await import("../core/words/word-lists.js");
  const countIn = (piece: string): number =>
    Math.max(
      0,
      ...LISTS.map((list) => {
        const letters = Array.from(piece);
        const counts: number[] = [0];
        for (let end = 1; end <= letters.length; end++) {
          for (let start = 0; start < end; start++) {
            const before = counts[start];
            const isWord = findWord(list, letters.slice(start, end).join("")) !== null;
            if (before === undefined || !isWord) continue;
            counts[end] = Math.max(counts[end] ?? 0, before + 1);
          }
        }
        return counts[letters.length] ?? 0;
      }),
    );
  return pieces.reduce((sum, piece) => sum + countIn(piece.replace(/\d+$/, "")), 0);
}

/** What a key, words or a code look like in the name of a file that is to be made. */
async function secretKind(name: string): Promise<"key" | "words" | "code" | null> {
  const runs = name.match(/[A-Za-z0-9+]{16,}/g) ?? [];
  if (runs.some(isRandom)) return "key";
  if (name.replace(/\D/g, "").length >= CODE_DIGITS) return "code";
  const pieces = name.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((piece) => piece !== "");
  return (await countWords(pieces)) >= WORDS_A_ROW ? "words" : null;
}

const CODE_DIGITS = 40;

/** Capitals, small letters and digits change place more often than in any name. */
function isRandom(run: string): boolean {
  const tokens = run.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|\+/g) ?? [];
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && run.length < 2.6 * tokens.length;
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses, before anything else is done, files that are not there and that must not be shown; those that
 * are clearly names are left to whoever reads them. A file that is to be made gets the name it is given,
 * unless that looks like a secret.
 *
 * @throws Refusal file-missing, output-folder-missing, argument-secret
 */
export async function refuseNamelessFiles({ inputs, output }: ParsedArgs): Promise<void> {
  const problems: Problem[] = [];
  for (const { text, position } of inputs) {
    if ((await isThere(path.resolve(text))) || (await isFileName(text))) continue;
    problems.push({ code: "file-missing", source: placeOf(position) });
  }
  if (output !== null && !(await isThere(path.resolve(output.text)))) {
    const { text, position } = output;
    const kind = await secretKind(text);
    const hasFolder = await isThere(path.dirname(path.resolve(text)));
    if (kind !== null) problems.push({ code: "argument-secret", position, kind });
    else if (!hasFolder && !(await isFileName(text))) {
      problems.push({ code: "output-folder-missing", path: placeOf(position) });
    }
  }
  if (problems.length > 0) throw new Refusal(...problems);
}

function placeOf(position: number): string {
  return `argument ${String(position)}`;
}
