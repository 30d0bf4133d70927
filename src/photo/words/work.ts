/** What is done for the words of one picture. */
import { Work } from "../../core/work.js";

/**
 * For finding and comparing words, in units of work: nothing further is begun then. Photographs that are read end
 * with the first reading that can be mended; the longest such search took as much as this.
 */
const WORDS_UNITS = 3_000_000;
/**
 * For mending what was read, beside that. Of 102 simulated photographs whose words were mended, of all tiers of
 * `npm run bench:ocr`, 0.02 million was the most that one took.
 */
export const MENDING_UNITS = 300_000;
/** A patch compared with all letters at one shift. */
const SHIFT_UNITS = 30;
/** Of a pixel in which words are looked for, in all sizes together some three times those of the picture. */
const PIXEL_UNITS = 0.19;

export class SearchWork {
  readonly units: Work;

  /** `onPart` hears how much of the work is done, from 0 to 1, at most once each hundredth. */
  constructor(onPart: (part: number) => void = () => undefined, limit = WORDS_UNITS) {
    this.units = new Work(limit, onPart);
  }

  /** For the same picture in another way: as much as a part of this, 0 to 1, beside it. */
  another(part: number): SearchWork {
    return new SearchWork(() => undefined, part * this.units.limit);
  }

  get isOver(): boolean {
    return this.units.isOver;
  }

  /** Not even what was begun is ended. */
  get isFarOver(): boolean {
    return this.units.isPast(1.1);
  }

  get isHalfOver(): boolean {
    return this.units.isPast(0.5);
  }

  addShifts(count: number): void {
    this.units.spend(SHIFT_UNITS * count);
  }

  addPixels(count: number): void {
    this.units.spend(PIXEL_UNITS * count);
  }
}
