/** A random key's sheet, as words to be typed. */
import { backup } from "../../../../src/core/backup.js";
import { parseKeyFile } from "../../../../src/core/record/key-file.js";
import { ENGLISH, type ListRow, listWords } from "../../../../src/core/words/word-lists.js";
import type { Level } from "../../../../src/core/words/words.js";

export type Random = (limit: number) => number;

export function typedSheet(random: Random, list: ListRow = ENGLISH, level: Level = "standard") {
  const bytes = (length: number) =>
    Buffer.from(Array.from({ length }, () => random(256))).toString("base64");
  const key = parseKeyFile(`${bytes(42)}\n${bytes(64)}`, "key");
  const { payload, wordIndices } = backup({ ...key, day: random(4000) }, level, list);
  const all = listWords(list);
  return { payload, words: Array.from(wordIndices, (index) => all[index] as string) };
}
