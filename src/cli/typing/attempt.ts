/** Are the words that are there enough, and if not, how many are needed? */
import { lengthFromStart } from "../../core/payload/payload.js";
import { mendInTime } from "../../adapters/node/mend-in-time.js";
import type { Carrier } from "../../core/restore/read-carriers.js";
import { type Gained, Restoration } from "../../core/restore/restoration.js";
import { findWord } from "../../core/words/word-lists.js";
import { bytesFromStart, wordsShape } from "../../core/words/words.js";
import { carriersOf, listOfRows, tokenOf, type TypedRow } from "./typed-rows.js";

export interface Progress {
  /** Not null: typing can end. */
  readonly gained: Gained | null;
  /** Words that every sheet of this key needs; null while unknown. */
  readonly needed: number | null;
}

/** A quick look, for after each word. */
export function lookAt(rows: readonly TypedRow[], added: readonly Carrier[]): Progress {
  return { gained: quickGain(carriersOf(rows, added)), needed: neededWords(rows) };
}

/** All that is worth a try, which may take seconds, beside which keys are heard. */
export async function lookHard(
  rows: readonly TypedRow[],
  added: readonly Carrier[],
): Promise<Progress> {
  const restoration = new Restoration(mendInTime).add(carriersOf(rows, added));
  return { gained: await restoration.gained(), needed: neededWords(rows) };
}

/** What is handed on: files that suffice alone need no words that do not. */
export function givenCarriers(
  rows: readonly TypedRow[],
  added: readonly Carrier[],
): readonly Carrier[] {
  const isWithoutWords = added.length > 0 && quickGain(added) !== null;
  return isWithoutWords ? added : carriersOf(rows, added);
}

function quickGain(carriers: readonly Carrier[]): Gained | null {
  return new Restoration().add(carriers).look();
}

/** Words that tell the length of the payload: its first two bytes. */
const START_WORDS = 2;

function neededWords(rows: readonly TypedRow[]): number | null {
  const list = listOfRows(rows);
  const start = (rows[0] ?? []).slice(0, START_WORDS);
  const symbols = start.map((cell) => findWord(list, tokenOf(list, cell)));
  const known = symbols.filter((symbol) => symbol !== null);
  if (known.length < START_WORDS) return null;
  const length = lengthFromStart(bytesFromStart(known));
  // As many data and check words at both levels: only the spare words differ.
  const shape = length === null ? null : wordsShape(length, "standard");
  return shape === null ? null : shape.data + shape.check;
}
