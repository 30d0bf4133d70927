// @ts-check
/** The three tiers of photographs, in numbers, and what happens to the page before. */
import { chance } from "./camera.mjs";

/**
 * @typedef {import("./camera.mjs").Raster} Raster
 * @typedef {import("./camera.mjs").Spot} Spot
 * @typedef {import("./camera.mjs").Scene} Scene
 * @typedef {"easy" | "normal" | "hard"} Tier
 */

/**
 * How much nearer than the farthest of a tier a photograph may be taken. Codes are read from far off;
 * who photographs words comes as near as for words: 2.5 times the farthest is still a third of what a
 * sheet has that fills the picture of a telephone.
 */
export const NEAREST = { code: 1.6, words: 2.5 };

/**
 * @param {Tier} tier
 * @param {number} moduleMm
 * @param {Spot} code
 * @param {string} seed
 * @param {number} [nearest]
 * @returns {Scene}
 */
export function sceneOf(tier, moduleMm, code, seed, nearest = NEAREST.code) {
  const { between, unit } = chance(`${seed} scene`);
  const crease = () => ({
    throughMm: /** @type {const} */ ([
      code.leftMm + between(0.2, 0.8) * code.widthMm,
      code.topMm + between(0.2, 0.8) * code.heightMm,
    ]),
    towardsDegrees: between(0, 360),
    degrees: (unit() < 0.5 ? -1 : 1) * between(8, 25),
  });
  const T = {
    easy: { least: 4, tilt: 20, creases: 0, noise: [2, 6], blur: [0.3, 0.8], quality: [70, 92] },
    normal: { least: 3, tilt: 40, creases: 1, noise: [3, 8], blur: [0.4, 0.9], quality: [50, 50] },
    hard: { least: 2.5, tilt: 55, creases: 2, noise: [4, 10], blur: [0.4, 0.9], quality: [50, 60] },
  }[tier];
  const range = (/** @type {readonly number[]} */ [low = 0, high = 0]) => between(low, high);
  return withinSight(code, {
    pixelsPerMm: between(T.least, nearest * T.least) / moduleMm,
    tiltDegrees: between(0, T.tilt),
    tiltTowardsDegrees: between(0, 360),
    turnDegrees: between(-180, 180),
    curlMm: tier === "hard" ? between(150, 400) * (unit() < 0.5 ? -1 : 1) : Infinity,
    curlTowardsDegrees: between(0, 360),
    creases: Array.from({ length: T.creases }, crease),
    crumpleMm: tier === "easy" ? 0 : between(0, 1.5),
    gradient: between(0, tier === "easy" ? 0.3 : 0.6),
    shadow: tier === "easy" ? 0 : between(0, 0.6),
    glare: tier === "hard" ? between(0, 0.5) : 0,
    exposure: between(0.55, 0.98),
    black: between(0.02, tier === "easy" ? 0.15 : 0.35),
    blurPx: range(T.blur),
    motionPx: tier === "hard" ? between(0.5, 2) : 0,
    noise: range(T.noise),
    quality: range(T.quality),
  });
}

/** Degrees from straight above at which a module is a third as wide: a tier is of paper that is seen. */
const STEEPEST = 70;
const LEAST_CREASE = 8;

/**
 * The scene with creases that together with tilt and curl turn no part of the code further away.
 * @param {Spot} code
 * @param {Scene} scene
 * @returns {Scene}
 */
function withinSight({ widthMm }, scene) {
  const { tiltDegrees, curlMm, creases } = scene;
  const curlDegrees = ((widthMm / 2 / Math.abs(curlMm)) * 180) / Math.PI;
  const left = (STEEPEST - tiltDegrees - curlDegrees) / creases.length;
  const most = Math.max(LEAST_CREASE, left);
  return {
    ...scene,
    creases: creases.map((crease) => ({
      ...crease,
      degrees: Math.sign(crease.degrees) * Math.min(Math.abs(crease.degrees), most),
    })),
  };
}

const BLOTS = { easy: 0, normal: 0.08, hard: 0.15 };

/**
 * A copy of the page with a blot on as much of the code as the tier says, dark or pale.
 * @param {Tier} tier
 * @param {Raster} page
 * @param {number} dpi
 * @param {Spot} code
 * @param {string} seed
 * @returns {Raster}
 */
export function soiled(tier, page, dpi, code, seed) {
  const part = BLOTS[tier];
  const luma = Uint8Array.from(page.luma);
  if (part === 0) return { ...page, luma };
  const { between, unit } = chance(`${seed} blot`);
  const perMm = dpi / 25.4;
  const radius = Math.sqrt((part * code.widthMm * code.heightMm) / Math.PI);
  const shape = Array.from({ length: 5 }, (_, n) => ({
    n: n + 2,
    a: between(0, 0.15),
    p: between(0, 7),
  }));
  const x0 = (code.leftMm + between(0.1, 0.9) * code.widthMm) * perMm;
  const y0 = (code.topMm + between(0.1, 0.9) * code.heightMm) * perMm;
  const level = unit() < 0.5 ? between(20, 90) : between(150, 255);
  const reach = Math.ceil(radius * perMm * 1.8);
  for (let y = Math.max(0, Math.floor(y0 - reach)); y < Math.min(page.heightPx, y0 + reach); y++) {
    for (let x = Math.max(0, Math.floor(x0 - reach)); x < Math.min(page.widthPx, x0 + reach); x++) {
      const angle = Math.atan2(y - y0, x - x0);
      let edge = radius * perMm;
      for (const { n, a, p } of shape) edge *= 1 + a * Math.sin(n * angle + p);
      if (Math.hypot(x - x0, y - y0) < edge) luma[y * page.widthPx + x] = level;
    }
  }
  return { ...page, luma };
}

/**
 * The page with as much of the code torn off, or black, from the right or from below: one finder
 * pattern with it.
 * @param {Raster} page
 * @param {number} dpi
 * @param {Spot} code
 * @param {number} part
 * @param {string} seed
 * @returns {Raster}
 */
export function torn(page, dpi, code, part, seed) {
  const { between, unit } = chance(`${seed} torn`);
  const luma = Uint8Array.from(page.luma);
  const perMm = dpi / 25.4;
  const isRight = unit() < 0.5;
  const level = unit() < 0.5 ? 0 : 255;
  const lean = between(-0.25, 0.25);
  for (let y = 0; y < page.heightPx; y++) {
    for (let x = 0; x < page.widthPx; x++) {
      const u = (x / perMm - code.leftMm) / code.widthMm;
      const v = (y / perMm - code.topMm) / code.heightMm;
      if (u < -0.03 || v < -0.03 || u > 1.03 || v > 1.03) continue;
      const [a, b] = isRight ? [u, v] : [v, u];
      const into = 1 - a;
      if (into < part + lean * (b - 0.5)) luma[y * page.widthPx + x] = level;
    }
  }
  return { ...page, luma };
}
