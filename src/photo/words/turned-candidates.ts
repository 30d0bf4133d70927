/**
 * Lattices of words on a picture that may be a negative, or in a mirror: light words on dark ground, what a
 * telephone took of itself.
 */
import { mirrored, negative, type Picture } from "../picture.js";
import { type Candidates, candidatesOf } from "./candidates.js";
import type { Fit } from "./likeliest-print.js";
import { halved } from "./resize.js";
import type { SearchWork } from "./work.js";

/** Words seen the wrong way round have less; of 13 photographs up to 0.085, and the right way round from 0.095. */
const TELLING_EVIDENCE = 0.09;
/** Of the work for a picture, what may be done for each other way. */
const OTHER_WAY_PART = 0.2;
/** No ground on which light words can be read is as bright, 0 to 255. */
const BRIGHT = 190;
/** A long side, above which half of it shows words as well in the other ways. */
const LARGE_PX = 2600;

/** The likeliest first: those of the picture as it is, unless they say that it is the other way round. */
export function likeliestCandidates(picture: Picture, work: SearchWork): readonly Fit[] {
  const asItIs = candidatesOf(picture, work);
  if (isTelling(asItIs)) return asItIs.candidates;
  // Each is made anew and not kept: together they would be as much memory as all else.
  const scale = Math.max(picture.widthPx, picture.heightPx) > LARGE_PX ? 0.5 : 1;
  const smaller = scale === 1 ? picture : halved(picture);
  const seenAs = (turn: (seen: Picture) => Picture): Candidates => {
    const found = candidatesOf(turn(smaller), work.another(OTHER_WAY_PART));
    const candidates = found.candidates.map((each) => ({ ...each, factor: scale * each.factor }));
    return { ...found, candidates };
  };
  const ofNegative = isMostlyBright(picture) ? null : seenAs(negative);
  if (ofNegative !== null && isTelling(ofNegative)) return ofNegative.candidates;
  // A mirror changes neither what is dark nor what stands in rows and columns.
  for (const [turn, seen] of [
    [mirrored, asItIs],
    [(each: Picture) => mirrored(negative(each)), ofNegative],
  ] as const) {
    const inMirror = seen?.hasLattice === true ? seenAs(turn) : null;
    if (inMirror !== null && isTelling(inMirror)) return inMirror.candidates;
  }
  return asItIs.candidates;
}

/** The ground of a negative is dark, and most of the picture. */
function isMostlyBright({ luma }: Picture): boolean {
  let bright = 0;
  for (const level of luma) if (level >= BRIGHT) bright += 1;
  return 2 * bright > luma.length;
}

function isTelling({ candidates }: Candidates): boolean {
  return candidates.some(({ evidence }) => evidence > TELLING_EVIDENCE);
}
