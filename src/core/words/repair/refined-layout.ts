/** A layout once the sheet is known: tokens that were given up on the way go where they belong. */
import type { Layout } from "./layout.js";

/**
 * Fills runs of positions without a token by the tokens between their neighbours that no position
 * has, in order: those that are right where they are, and the others into what is left between.
 */
export function refinedLayout(
  layout: Layout,
  symbols: Int16Array,
  codeword: ArrayLike<number>,
): Layout {
  const refined = layout.slice();
  for (let from = 0; from < refined.length; from++) {
    if ((refined[from] ?? -1) >= 0) continue;
    let to = from;
    while (to < refined.length && (refined[to] ?? -1) < 0) to += 1;
    const before = refined[from - 1] ?? -1;
    const after = refined[to] ?? symbols.length;
    const given = Array.from({ length: Math.max(0, after - before - 1) }, (_, i) => before + 1 + i);
    const free = given.filter((token) => !layout.includes(token));
    fillRun(refined, from, to, free, symbols, codeword);
    from = to;
  }
  return refined;
}

function fillRun(
  layout: Layout,
  from: number,
  to: number,
  tokens: readonly number[],
  symbols: Int16Array,
  codeword: ArrayLike<number>,
): void {
  let position = from;
  const waiting: number[] = [];
  for (const token of tokens) {
    let place = position;
    while (place < to && codeword[place] !== symbols[token]) place += 1;
    if (place === to) {
      waiting.push(token);
      continue;
    }
    // What came before it and is right nowhere stands in the places just before.
    for (let free = place - waiting.length; free < place; free++) {
      const other = waiting.shift();
      if (free >= position && other !== undefined) layout[free] = other;
    }
    layout[place] = token;
    position = place + 1;
  }
  for (const token of waiting) if (position < to) layout[position++] = token;
}
