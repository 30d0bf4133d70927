/** Places on a sheet. */
import { listed } from "../core/listed.js";
import { WORDS_A_ROW } from "../core/words/row.js";
import { counted } from "./message.js";

/** Positions as people find them on paper, where only rows are numbered: "row 2 words 1 and 4". */
export function placesText(positions: readonly number[]): string {
  const rows = new Map<number, number[]>();
  for (const position of positions) {
    const row = Math.ceil(position / WORDS_A_ROW);
    rows.set(row, [...(rows.get(row) ?? []), position - (row - 1) * WORDS_A_ROW]);
  }
  const texts = [...rows].map(
    ([row, words]) =>
      `row ${String(row)} ${words.length === 1 ? "word" : "words"} ${listed(words)}`,
  );
  const shown = texts.length > 8 ? texts.slice(0, 7) : texts;
  const rest = texts.length - shown.length;
  return shown.join("; ") + (rest > 0 ? `; and ${counted(rest, "more row")}` : "");
}
