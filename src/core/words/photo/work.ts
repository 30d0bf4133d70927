/** How much is done for one picture, counted so that what is read does not depend on the machine. */

/** Work after which nothing further is begun: some nine seconds. */
const MOST_SHIFTS = 100_000;
/** Pixels in which words are looked for in the time of one shift. */
const PIXELS_A_SHIFT = 150;

/** In shifts at which a patch was compared with all letters: 60 to 100 microseconds each. */
export class Work {
  readonly #onPart: (part: number) => void;
  #shifts = 0;
  #told = 0;

  /** `onPart` is told how much of what may be done is done, 0 to 1, at most once each hundredth. */
  constructor(onPart: (part: number) => void = () => undefined) {
    this.#onPart = onPart;
  }

  get isOver(): boolean {
    return this.#shifts > MOST_SHIFTS;
  }

  get isHalfOver(): boolean {
    return this.#shifts > MOST_SHIFTS / 2;
  }

  addShifts(count: number): void {
    this.#shifts += count;
    const hundredths = Math.min(100, Math.floor((100 * this.#shifts) / MOST_SHIFTS));
    if (hundredths > this.#told) this.#onPart(hundredths / 100);
    this.#told = hundredths;
  }

  addPixels(count: number): void {
    this.addShifts(Math.round(count / PIXELS_A_SHIFT));
  }
}
