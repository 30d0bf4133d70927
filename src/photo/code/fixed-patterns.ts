/** How well what every code of a version has is there: timing and alignment patterns, the format. */
import type { Picture } from "../picture.js";
import { brightness } from "../brightness.js";
import type { Grid } from "./grid.js";
import type { SeenModules } from "../../core/qr/codewords.js";
import { type Format, FORMATS, formatPlaces, type SymbolLayout } from "../../core/qr/symbol.js";

export interface TimingMatch {
  /** Of both timing patterns. */
  readonly both: number;
  /** Of the one that is there better: all there is to go by where the other is torn off. */
  readonly better: number;
}

/** Row and column 6 between the finder patterns: 1 where they alternate as they have to, 0 by chance. */
export function timingMatch(picture: Picture, size: number, grid: Grid): TimingMatch {
  const places = [
    (along: number) => grid.place(along + 0.5, 6.5),
    (along: number) => grid.place(6.5, along + 0.5),
  ];
  let sum = 0;
  let count = 0;
  let better = -1;
  for (const placeOf of places) {
    const line = alternation((along) => {
      const { x, y } = placeOf(along);
      return brightness(picture, x, y);
    }, size);
    sum += line.sum;
    count += line.count;
    if (line.count > 0) better = Math.max(better, line.sum / line.count);
  }
  return { both: count === 0 ? 0 : sum / count, better };
}

/** How many modules of a line, less those that are not, are darker or lighter than those beside them. */
function alternation(at: (along: number) => number, size: number) {
  let sum = 0;
  let count = 0;
  for (let along = 8; along < size - 8; along++) {
    const lighter = (at(along - 1) + at(along + 1)) / 2 - at(along);
    if (Number.isNaN(lighter)) continue;
    sum += lighter === 0 ? 0 : lighter > 0 === (along % 2 === 0) ? 1 : -1;
    count++;
  }
  return { sum, count };
}

/** The timing and alignment patterns, 1 where all is as it has to be, 0 by chance; not the finders. */
export function fixedMatch({ fixed, size }: SymbolLayout, { darkness }: SeenModules): number {
  let sum = 0;
  let count = 0;
  fixed.forEach((value, index) => {
    const row = Math.floor(index / size);
    const column = index % size;
    const isFinder =
      (row < 8 && (column < 8 || column >= size - 8)) || (row >= size - 8 && column < 8);
    const seen = darkness[index] as number;
    if (value < 0 || isFinder || seen === 0) return;
    sum += seen > 0 === (value === 1) ? 1 : -1;
    count++;
  });
  return count === 0 ? 0 : sum / count;
}

const LIKELY_FORMATS = 3;
/** Modules that a format may be behind the best one, of 30. */
const FORMAT_MARGIN = 8;

/** Formats by how well both copies of them are there, the best first. */
export function likelyFormats(
  { size }: SymbolLayout,
  { darkness }: SeenModules,
): readonly Format[] {
  const scored = FORMATS.map((format) => {
    let score = 0;
    for (const copy of formatPlaces(size)) {
      copy.forEach((index, bit) => {
        score += ((format.bits >> bit) & 1 ? 1 : -1) * (darkness[index] as number);
      });
    }
    return { format, score };
  }).sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored
    .slice(0, LIKELY_FORMATS)
    .filter(({ score }) => score > best - FORMAT_MARGIN)
    .map(({ format }) => format);
}
