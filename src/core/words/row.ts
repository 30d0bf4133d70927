/** Words in a row of a sheet; its rows are full (FORMAT.md, "Words"). */
export const WORDS_A_ROW = 6;
