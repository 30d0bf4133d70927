// @ts-check
/**
 * A simulated camera: a printed page, bent and soiled and lit, as a phone or a scanner sees it.
 *
 * What is drawn depends on the seed alone. The page is a raster in grey; lengths on it are in mm.
 */
import sharp from "sharp";
import { seededRandom } from "../seeded-random.mjs";

/**
 * @typedef {object} Raster
 * @property {number} widthPx
 * @property {number} heightPx
 * @property {Uint8Array} luma
 *
 * @typedef {object} Spot a place on the page
 * @property {number} leftMm
 * @property {number} topMm
 * @property {number} widthMm
 * @property {number} heightMm
 *
 * @typedef {object} Scene
 * @property {number} pixelsPerMm at the code, as the root of the area
 * @property {number} tiltDegrees how far the paper leans away
 * @property {number} tiltTowardsDegrees where to
 * @property {number} turnDegrees of the camera
 * @property {number} curlMm radius; Infinity for flat
 * @property {number} curlTowardsDegrees
 * @property {readonly { readonly throughMm: readonly [number, number], readonly towardsDegrees: number, readonly degrees: number }[]} creases
 * @property {number} crumpleMm height of the small waves
 * @property {number} gradient 0 even light; 0.5: half as bright at one side
 * @property {number} shadow 0 none; 0.5: half the light behind its edge
 * @property {number} glare 0 none; 1 a white blot as large as a quarter of the page
 * @property {number} exposure of white paper, 0 to 1
 * @property {number} black of what is printed, 0 to 1: faded toner is lighter
 * @property {number} blurPx standard deviation, of the lens
 * @property {number} motionPx length
 * @property {number} noise standard deviation, of 255
 * @property {number} quality of the JPEG
 * @property {readonly (readonly [number, number])[]} [aimMm] what has to be in the picture; the page
 */

/** @param {string} seed */
export function chance(seed) {
  const random = seededRandom(seed);
  const unit = () => random(2 ** 30) / 2 ** 30;
  return {
    unit,
    between: (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * unit(),
    /** Of mean 0 and deviation 1: Box and Muller, 1958. */
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
}

/** @typedef {ReturnType<typeof chance>} Chance */

const DISTANCE_MM = 330;

/**
 * @param {Raster} page
 * @param {number} pageDpi
 * @param {Spot} code what the tilt and the distance are of
 * @param {Scene} scene
 * @param {string} seed
 * @returns {Promise<Buffer>} JPEG
 */
export async function photograph(page, pageDpi, code, scene, seed) {
  const { unit, between, normal } = chance(seed);
  const pageMm = {
    width: (page.widthPx / pageDpi) * 25.4,
    height: (page.heightPx / pageDpi) * 25.4,
  };
  const middle = { x: code.leftMm + code.widthMm / 2, y: code.topMm + code.heightMm / 2 };
  const surface = bentSurface(scene, middle, chance(`${seed} crumple`), pageMm);
  const radians = Math.PI / 180;
  const tilt = scene.tiltDegrees * radians;
  const towards = scene.tiltTowardsDegrees * radians;
  const turn = scene.turnDegrees * radians;
  const focal = (DISTANCE_MM * scene.pixelsPerMm) / Math.sqrt(Math.cos(tilt));
  /** @type {(x: number, y: number) => readonly [number, number, number]} */
  const project = (x, y) => {
    const [sx, sy, sz] = surface(x - middle.x, y - middle.y);
    // Leaning: along the direction `towards` the paper goes away from the camera.
    const along = sx * Math.cos(towards) + sy * Math.sin(towards);
    const aside = -sx * Math.sin(towards) + sy * Math.cos(towards);
    const leant = along * Math.cos(tilt) - sz * Math.sin(tilt);
    const depth = DISTANCE_MM + along * Math.sin(tilt) + sz * Math.cos(tilt);
    const px = leant * Math.cos(towards) - aside * Math.sin(towards);
    const py = leant * Math.sin(towards) + aside * Math.cos(towards);
    const scale = focal / Math.max(depth, 20);
    return [
      scale * (px * Math.cos(turn) - py * Math.sin(turn)),
      scale * (px * Math.sin(turn) + py * Math.cos(turn)),
      sz,
    ];
  };
  const aim = scene.aimMm ?? [
    [0, 0],
    [pageMm.width, 0],
    [pageMm.width, pageMm.height],
    [0, pageMm.height],
  ];
  const corners = aim.map(([x, y]) => project(x, y));
  const margin = 20;
  const left = Math.min(...corners.map(([x]) => x)) - margin;
  const top = Math.min(...corners.map(([, y]) => y)) - margin;
  const width = Math.min(6000, Math.ceil(Math.max(...corners.map(([x]) => x)) + margin - left));
  const height = Math.min(6000, Math.ceil(Math.max(...corners.map(([, y]) => y)) + margin - top));

  // The page at about twice the sharpness of the picture, so that sampling it between pixels is enough.
  const { data: sheet, info } = await sharp(page.luma, {
    raw: { width: page.widthPx, height: page.heightPx, channels: 1 },
  })
    .resize({ width: Math.min(page.widthPx, Math.round(pageMm.width * scene.pixelsPerMm * 1.6)) })
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const sheetPerMm = info.width / pageMm.width;

  const image = new Float32Array(width * height);
  const desk = chance(`${seed} desk`);
  const deskLevel = desk.between(40, 130);
  for (let index = 0; index < image.length; index++)
    image[index] = deskLevel + 3 * Math.sin(index / 7);
  const STEP = 2;
  const columns = Math.ceil(pageMm.width / STEP);
  const rows = Math.ceil(pageMm.height / STEP);
  const mesh = Array.from({ length: (columns + 1) * (rows + 1) }, (_, index) => {
    const mx = Math.min(pageMm.width, (index % (columns + 1)) * STEP);
    const my = Math.min(pageMm.height, Math.floor(index / (columns + 1)) * STEP);
    const [x, y, z] = project(mx, my);
    return { mx, my, x: x - left, y: y - top, z };
  });
  /** @type {(mx: number, my: number) => number} */
  const ink = (mx, my) => {
    const x = Math.min(Math.max(mx * sheetPerMm - 0.5, 0), info.width - 1.001);
    const y = Math.min(Math.max(my * sheetPerMm - 0.5, 0), info.height - 1.001);
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const at = y0 * info.width + x0;
    const v = (/** @type {number} */ i) => sheet[i] ?? 255;
    return (
      (v(at) * (1 - fx) + v(at + 1) * fx) * (1 - fy) +
      (v(at + info.width) * (1 - fx) + v(at + info.width + 1) * fx) * fy
    );
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const a = row * (columns + 1) + column;
      const quad = [a, a + 1, a + columns + 2, a + columns + 1].map((i) => mesh[i]);
      const [p, q, r, s] =
        /** @type {{mx: number, my: number, x: number, y: number, z: number}[]} */ (quad);
      if (!p || !q || !r || !s) continue;
      // What a fold turns away from the light is darker.
      const slope = (q.z - p.z + s.z - p.z) / (2 * STEP);
      const shade = Math.max(0.55, Math.min(1.15, 1 - 0.5 * slope));
      triangle(image, width, height, p, q, r, ink, shade);
      triangle(image, width, height, p, r, s, ink, shade);
    }
  }

  const lightAngle = between(0, 2 * Math.PI);
  const edge = {
    angle: between(0, 2 * Math.PI),
    offset: between(-0.2, 0.2),
    soft: between(0.02, 0.15),
  };
  const glare = { x: between(0.25, 0.75) * width, y: between(0.25, 0.75) * height };
  const size = Math.hypot(width, height) / 2;
  const white = 255 * scene.exposure;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = (x - width / 2) / size;
      const dy = (y - height / 2) / size;
      let light =
        1 - scene.gradient * (0.5 + 0.5 * (dx * Math.cos(lightAngle) + dy * Math.sin(lightAngle)));
      const side = dx * Math.cos(edge.angle) + dy * Math.sin(edge.angle) - edge.offset;
      light *= 1 - scene.shadow * Math.min(1, Math.max(0, side / edge.soft + 0.5));
      const index = y * width + x;
      const value = (image[index] ?? 0) / 255;
      let seen = white * light * (scene.black + (1 - scene.black) * value);
      if (scene.glare > 0) {
        const far = Math.hypot(x - glare.x, y - glare.y) / (0.25 * size);
        seen += 255 * scene.glare * Math.exp(-far * far);
      }
      image[index] = seen;
    }
  }
  const moved = motionBlur(image, width, height, scene.motionPx, between(0, Math.PI));
  const bytes = Buffer.alloc(width * height);
  for (let index = 0; index < bytes.length; index++) bytes[index] = clamp(moved[index] ?? 0);
  const lens = sharp(bytes, { raw: { width, height, channels: 1 } });
  const blurred = await (scene.blurPx >= 0.3 ? lens.blur(scene.blurPx) : lens)
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  for (let index = 0; index < blurred.length; index++) {
    blurred[index] = clamp((blurred[index] ?? 0) + scene.noise * normal());
  }
  void unit;
  return sharp(blurred, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: Math.round(scene.quality) })
    .toBuffer();
}

/** @param {number} value */
function clamp(value) {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/**
 * Where a point of the flat page, in mm from the code's middle, is in space. Bending does not stretch
 * the paper, but for the small waves.
 * @param {Scene} scene
 * @param {{ x: number, y: number }} middle
 * @param {Chance} random
 * @param {{ width: number, height: number }} pageMm
 * @returns {(x: number, y: number) => readonly [number, number, number]}
 */
function bentSurface({ curlMm, curlTowardsDegrees, creases, crumpleMm }, middle, random, pageMm) {
  const waves = Array.from({ length: 6 }, () => ({
    kx: random.between(-1, 1) / random.between(8, 30),
    ky: random.between(-1, 1) / random.between(8, 30),
    phase: random.between(0, 2 * Math.PI),
  }));
  const curl = (curlTowardsDegrees * Math.PI) / 180;
  void pageMm;
  return (x0, y0) => {
    let x = x0;
    let y = y0;
    let z = 0;
    if (Number.isFinite(curlMm)) {
      const p = x * Math.cos(curl) + y * Math.sin(curl);
      const angle = p / curlMm;
      const shift = curlMm * Math.sin(angle) - p;
      x += shift * Math.cos(curl);
      y += shift * Math.sin(curl);
      z += curlMm * (1 - Math.cos(angle));
    }
    for (const { throughMm, towardsDegrees, degrees } of creases) {
      const towards = (towardsDegrees * Math.PI) / 180;
      const past =
        (x0 - (throughMm[0] - middle.x)) * Math.cos(towards) +
        (y0 - (throughMm[1] - middle.y)) * Math.sin(towards);
      // A fold of paper is round, of a few mm.
      const beyond = past > 12 ? past : Math.log1p(Math.exp(past));
      const fold = (degrees * Math.PI) / 180;
      x -= beyond * (1 - Math.cos(fold)) * Math.cos(towards);
      y -= beyond * (1 - Math.cos(fold)) * Math.sin(towards);
      z += beyond * Math.sin(fold);
    }
    for (const { kx, ky, phase } of waves) {
      z += (crumpleMm / 6) * Math.sin(2 * Math.PI * (kx * x0 + ky * y0) + phase);
    }
    return [x, y, z];
  };
}

/**
 * @typedef {{ mx: number, my: number, x: number, y: number }} Vertex
 * @param {Float32Array} image
 * @param {number} width
 * @param {number} height
 * @param {Vertex} a
 * @param {Vertex} b
 * @param {Vertex} c
 * @param {(mx: number, my: number) => number} ink
 * @param {number} shade
 */
function triangle(image, width, height, a, b, c, ink, shade) {
  const det = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (Math.abs(det) < 1e-9) return;
  const x0 = Math.max(0, Math.floor(Math.min(a.x, b.x, c.x)));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(a.x, b.x, c.x)));
  const y0 = Math.max(0, Math.floor(Math.min(a.y, b.y, c.y)));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(a.y, b.y, c.y)));
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const px = x + 0.5 - a.x;
      const py = y + 0.5 - a.y;
      const s = (px * (c.y - a.y) - py * (c.x - a.x)) / det;
      const t = (py * (b.x - a.x) - px * (b.y - a.y)) / det;
      if (s < -1e-6 || t < -1e-6 || s + t > 1 + 1e-6) continue;
      const mx = a.mx + s * (b.mx - a.mx) + t * (c.mx - a.mx);
      const my = a.my + s * (b.my - a.my) + t * (c.my - a.my);
      image[y * width + x] = ink(mx, my) * shade;
    }
  }
}

/**
 * @param {Float32Array} image
 * @param {number} width
 * @param {number} height
 * @param {number} lengthPx
 * @param {number} angle
 */
function motionBlur(image, width, height, lengthPx, angle) {
  const taps = Math.ceil(lengthPx * 2);
  if (taps < 2) return image;
  const blurred = new Float32Array(image.length);
  for (let tap = 0; tap < taps; tap++) {
    const way = (tap / (taps - 1) - 0.5) * lengthPx;
    const dx = way * Math.cos(angle);
    const dy = way * Math.sin(angle);
    const ix = Math.floor(dx);
    const iy = Math.floor(dy);
    const fx = dx - ix;
    const fy = dy - iy;
    for (let y = 0; y < height; y++) {
      const ya = Math.min(height - 1, Math.max(0, y + iy)) * width;
      const yb = Math.min(height - 1, Math.max(0, y + iy + 1)) * width;
      for (let x = 0; x < width; x++) {
        const xa = Math.min(width - 1, Math.max(0, x + ix));
        const xb = Math.min(width - 1, Math.max(0, x + ix + 1));
        const value =
          ((image[ya + xa] ?? 0) * (1 - fx) + (image[ya + xb] ?? 0) * fx) * (1 - fy) +
          ((image[yb + xa] ?? 0) * (1 - fx) + (image[yb + xb] ?? 0) * fx) * fy;
        const index = y * width + x;
        blurred[index] = (blurred[index] ?? 0) + value / taps;
      }
    }
  }
  return blurred;
}
