/** What is done for the words of one picture. */
import { Work } from "../../work.js";

/**
 * For finding and comparing words, in units of work: nothing further is begun then. Of those photographs, which
 * end with the first reading that can be mended, 11 took more than a half of it, the most 7.3 million.
 */
const WORDS_UNITS = 7_000_000;
/**
 * For mending what was read, beside that. Of 102 simulated photographs whose words were mended, of all tiers of
 * `npm run bench:ocr`, 0.02 million was the most that one took.
 */
export const MENDING_UNITS = 1_500_000;
/** A patch compared with all letters at one shift. */
const SHIFT_UNITS = 70;
/** Of a pixel in which words are looked for, in all sizes together some three times those of the picture. */
const PIXEL_UNITS = 0.45;

export class SearchWork {
  readonly units: Work;

  /** `onPart` is told how much of what may be done is done, 0 to 1, at most once each hundredth. */
  constructor(onPart: (part: number) => void = () => undefined) {
    this.units = new Work(WORDS_UNITS, onPart);
  }

  get isOver(): boolean {
    return this.units.isOver;
  }

  /** Not even what was begun is ended. */
  get isFarOver(): boolean {
    return this.units.isPast(1.25);
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
