/**
 * How the words of a lattice are printed, told by a few of them: each form and each list is held against
 * the same places, so that no list but the likeliest is looked for in the whole picture.
 */
import { median } from "../../core/median.js";
import { type ListRow, PRINTED_LISTS } from "../../core/words/word-lists.js";
import type { Picture } from "../picture.js";
import { length } from "../plane.js";
import { BlockMap } from "./block-map.js";
import { evidenceOf, unexplained } from "./evidence.js";
import type { Lattice } from "./lattice.js";
import { matchWord, shiftsOf, type WordMatch } from "./match-word.js";
import { type Frame, frameAt, patchAt } from "./patches.js";
import { type Form, FORMS, type Print, printOf, shapesFor } from "./prints.js";
import { spread } from "./spread.js";
import type { SearchWork } from "./work.js";

/** A lattice on a picture of the size that shows its words best, as printed in one way. */
export interface Fit {
  readonly picture: Picture;
  /** Pixels of the picture a pixel of the photograph. */
  readonly factor: number;
  readonly lattice: Lattice;
  readonly map: BlockMap;
  readonly print: Print;
  /** Of a typical word. */
  readonly agreement: number;
  readonly evidence: number;
}

/** Agreement that words have to have where they are, and evidence from which no other print is held against them. */
const LEAST_AGREEMENT = 0.65;
const CERTAIN_EVIDENCE = 0.08;

/** Pixels a square, above which a smaller picture shows a word as well. */
const MOST_PIXELS = 1.6;
export const TYPICAL_BLUR = 0.85;

const SAMPLE = 9;
/** Of the sample, after which a hopeless lattice is left. */
const LOOK = 3;
/** How much less the likeliest words of one list agree than those of another one. */
const OTHER_LISTS = 0.08;
/** The likeliest first. */
const LISTS = [...PRINTED_LISTS.values()];
/** What a list leaves unexplained beyond another one, after which it is left. */
const BEHIND = 0.8;
/** Squares around its place that a word is looked for in. */
const MARGIN = 4;

/**
 * Null where its words, if it has any, are printed in no way that is known. `lattice`: in pixels of the first
 * of the pyramid. `known`: how others of the picture are printed for certain, since a sheet is printed in one way.
 */
export function likeliestPrint(
  pyramid: readonly Picture[],
  lattice: Lattice,
  work: SearchWork,
  known: Print | null,
): Fit | null {
  const map = BlockMap.fitMost(lattice.filter(({ isLoose }) => !isLoose));
  if (map === null) return null;
  let best: Fit | null = null;
  for (const form of known === null ? FORMS : [known.form]) {
    const view = viewOf(pyramid, lattice, map, form);
    const fit = fitOf(view, known === null ? LISTS : [known.list], work);
    if (fit !== null && (best === null || scoreOf(fit) > scoreOf(best))) best = fit;
    if (best !== null && isCertain(best)) break;
  }
  return best;
}

/** Whether no other is held against the picture. */
export function isCertain({ evidence }: Fit): boolean {
  return evidence > CERTAIN_EVIDENCE;
}

export function scoreOf({ agreement, evidence }: Pick<Fit, "agreement" | "evidence">): number {
  return agreement + 3 * evidence;
}

/** Where words of a form are on the smallest picture that shows them as well as the others. */
interface View extends Pick<Fit, "picture" | "factor" | "lattice" | "map"> {
  readonly form: Form;
  /** Of some places of the lattice. */
  readonly frames: readonly Frame[];
}

function viewOf(
  pyramid: readonly Picture[],
  lattice: Lattice,
  ofPhotograph: BlockMap,
  form: Form,
): View {
  const squarePx = length(frameAt(ofPhotograph, ofPhotograph.middle, form).right);
  const level = Math.max(0, Math.ceil(Math.log2(squarePx / MOST_PIXELS)));
  const picture = pyramid[Math.min(level, pyramid.length - 1)] as Picture;
  const factor = picture.widthPx / (pyramid[0] as Picture).widthPx;
  const map = ofPhotograph.enlarged(factor);
  const frames = spread(map.nodes, SAMPLE).map((place) => frameAt(map, place, form));
  return { picture, factor, lattice: enlarged(lattice, factor), map, form, frames };
}

/** As printed in that of the lists that leaves least unexplained; null where not even that agrees. */
function fitOf(view: View, lists: readonly ListRow[], work: SearchWork): Fit | null {
  const first = view.frames.slice(0, LOOK);
  let running: Runner[] = [];
  for (const list of lists) {
    const runner = new Runner(view, list, work);
    runner.runOver(first);
    running.push(runner);
    // Where words are, those of any list that are most like them agree nearly as much.
    if (running[0] === runner && runner.agreement < LEAST_AGREEMENT - OTHER_LISTS) return null;
  }
  for (const frame of view.frames.slice(LOOK)) {
    running = likeliest(running);
    if (running.every(({ agreement }) => agreement < LEAST_AGREEMENT)) return null;
    for (const runner of running) runner.runOver([frame]);
  }
  const [best] = likeliest(running);
  if (best === undefined || best.agreement < LEAST_AGREEMENT) return null;
  const { picture, factor, lattice, map } = view;
  const { print, agreement, evidence } = best;
  return { picture, factor, lattice, map, print, agreement, evidence };
}

/** Those that are not far behind, the likeliest first. */
function likeliest(runners: readonly Runner[]): Runner[] {
  const sorted = [...runners].sort((a, b) => a.unexplained - b.unexplained);
  const least = sorted[0]?.unexplained ?? 0;
  return sorted.filter((runner) => runner.unexplained < least + BEHIND);
}

/** A list that is held against one place after another. */
class Runner {
  readonly print: Print;
  readonly #view: View;
  readonly #work: SearchWork;
  readonly #matches: WordMatch[] = [];

  constructor(view: View, list: ListRow, work: SearchWork) {
    this.print = printOf(view.form, list);
    this.#view = view;
    this.#work = work;
  }

  runOver(frames: readonly Frame[]): void {
    const { picture, map, form } = this.#view;
    const shapes = shapesFor(this.print, frameAt(map, map.middle, form), TYPICAL_BLUR);
    for (const frame of frames) {
      this.#work.addShifts(shiftsOf(MARGIN));
      const patch = patchAt(picture, frame, shapes.slots, MARGIN);
      this.#matches.push(matchWord(patch, shapes));
    }
  }

  get agreement(): number {
    return median(this.#matches.map(({ agreement }) => agreement));
  }

  get evidence(): number {
    return median(this.#matches.map(evidenceOf));
  }

  /** What its words leave of all places together. */
  get unexplained(): number {
    return this.#matches.reduce((sum, { agreement }) => sum + unexplained(agreement), 0);
  }
}

export function enlarged(lattice: Lattice, factor: number): Lattice {
  return lattice.map((start) => ({
    ...start,
    at: { x: start.at.x * factor, y: start.at.y * factor },
  }));
}
