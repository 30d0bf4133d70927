/**
 * Lattices of words on a picture that may be a negative, or in a mirror: light words on dark ground, what a
 * telephone took of itself.
 */
import { mirrored, negative, type Picture } from "../../picture.js";
import { type Candidate, type Candidates, candidatesOf } from "./candidates.js";
import type { SearchWork } from "./work.js";

/** Words seen the wrong way round have less; of 13 photographs up to 0.085, and the right way round from 0.095. */
const TELLING_EVIDENCE = 0.09;
/** Of the work for a picture, what may be done for each other way. */
const OTHER_WAY_PART = 0.5;

/** The likeliest first: of the picture as it is, unless it is told by them that it is the other way round. */
export function likeliestCandidates(picture: Picture, work: SearchWork): readonly Candidate[] {
  const asItIs = candidatesOf(picture, work);
  if (isTelling(asItIs)) return asItIs.candidates;
  const inNegative = negative(picture);
  const ofNegative = candidatesOf(inNegative, work.another(OTHER_WAY_PART));
  if (isTelling(ofNegative)) return ofNegative.candidates;
  // A mirror changes neither what is dark nor what stands in rows and columns.
  for (const [seen, { hasLattice }] of [
    [picture, asItIs],
    [inNegative, ofNegative],
  ] as const) {
    if (!hasLattice) continue;
    const inMirror = candidatesOf(mirrored(seen), work.another(OTHER_WAY_PART));
    if (isTelling(inMirror)) return inMirror.candidates;
  }
  return asItIs.candidates;
}

function isTelling({ candidates }: Candidates): boolean {
  return candidates.some(({ evidence }) => evidence > TELLING_EVIDENCE);
}
