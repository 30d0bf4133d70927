/** How much is done for one picture, counted so that what is read does not depend on the machine. */

/** In shifts at which a patch was compared with all letters: 60 to 100 microseconds each. */
export interface Work {
  shifts: number;
}

/** Work after which nothing further is begun: some nine seconds. */
export const MOST_SHIFTS = 100_000;
/** Pixels in which words are looked for in the time of one shift. */
export const PIXELS_A_SHIFT = 150;
