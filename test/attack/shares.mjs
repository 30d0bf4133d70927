// @ts-check
/**
 * Shares that were forged, mixed, cut or are too few: none gives a payload, and where more are there
 * than are needed the one that does not belong is named. Every threshold of a set gives its payload.
 */
import { encodePayload } from "../../dist/core/payload/payload.js";
import { decodeShare, encodeShare } from "../../dist/core/payload/v1/share.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { joinAny, joinShares, subsets } from "../../dist/core/shares/join.js";
import { coefficientCount, splitPayload } from "../../dist/core/shares/split.js";
import { seededBytes, seededRandom } from "../seeded-random.mjs";
import { KEY_TEXT } from "./command.mjs";

/** @typedef {import("./command.mjs").Row} Row */
/** @typedef {import("../../dist/core/payload/v1/share.js").ShareContent} Share */
/** @typedef {(limit: number) => number} Random */

const LIMIT = 6;

/**
 * @param {{ full: boolean, seed?: string }} options
 * @returns {Promise<Row[]>}
 */
export function run({ full, seed = "shares" }) {
  const random = seededRandom(seed);
  const bytes = seededBytes(seed);
  const payload = encodePayload({ ...parseKeyFile(KEY_TEXT, "key"), day: 2518 });
  const sets = Array.from({ length: LIMIT - 1 }, (_, index) => index + 2).flatMap((count) =>
    Array.from({ length: count - 1 }, (_, index) => index + 2).map((threshold) => {
      const set = { threshold, count, setId: bytes(4), blind: bytes(8) };
      const coefficients = bytes(coefficientCount(payload.length, threshold));
      return splitPayload(payload, { ...set, coefficients }).map(decodeShare);
    }),
  );
  const spared = sets.filter(([share]) => share !== undefined && share.count > share.threshold);
  const each = full ? 250_000 : 1500;
  return Promise.resolve([
    whole(sets, payload),
    attack("shares forged", each, () => join(forged(pick(random, sets), random))),
    attack("shares of two sets that say they are one", each, () => join(mixed(sets, random))),
    attack("too few shares", each, () => join(tooFew(pick(random, sets), random))),
    attack("a forged share beside enough others, not named", each, () =>
      isUnnamed(pick(random, spared), random),
    ),
  ]);
}

/**
 * @param {readonly (readonly Share[])[]} sets
 * @param {Uint8Array} payload
 * @returns {Row}
 */
function whole(sets, payload) {
  const started = performance.now();
  let tried = 0;
  let failed = 0;
  for (const shares of sets) {
    for (const chosen of subsets(shares.length, shares[0]?.threshold ?? 0)) {
      for (const order of [chosen, [...chosen].reverse()]) {
        tried += 1;
        const inner = joinShares(order.map((index) => /** @type {Share} */ (shares[index])));
        if (inner === null || Buffer.compare(inner, payload) !== 0) failed += 1;
      }
    }
  }
  const seconds = (performance.now() - started) / 1000;
  return { name: "every threshold of all m of n up to 6 not joined", tried, failed, seconds };
}

/**
 * @param {string} name
 * @param {number} tried
 * @param {() => boolean} isAccepted
 * @returns {Row}
 */
function attack(name, tried, isAccepted) {
  const started = performance.now();
  let failed = 0;
  for (let count = 0; count < tried; count++) if (isAccepted()) failed += 1;
  return { name, tried, failed, seconds: (performance.now() - started) / 1000 };
}

/**
 * @template T
 * @param {Random} random
 * @param {readonly T[]} values
 */
function pick(random, values) {
  return /** @type {T} */ (values[random(values.length)]);
}

/**
 * So many of them, at random.
 * @param {readonly Share[]} shares
 * @param {number} count
 * @param {Random} random
 */
function some(shares, count, random) {
  const rest = [...shares];
  return Array.from(
    { length: count },
    () => /** @type {Share} */ (rest.splice(random(rest.length), 1)[0]),
  );
}

/** @param {readonly Share[]} shares */
function join(shares) {
  return joinShares(shares) !== null || joinAny(shares) !== null;
}

/**
 * As a forger makes it: some bytes changed, all of them others, or the number of another share.
 * @param {Share} share
 * @param {Random} random
 * @returns {Share}
 */
function forgery(share, random) {
  if (random(3) > 0) return withOtherBytes(share, random);
  const number = 1 + ((share.number + random(share.count - 1)) % share.count);
  return { ...share, number };
}

/**
 * @param {Share} share
 * @param {Random} random
 * @returns {Share}
 */
function withOtherBytes(share, random) {
  const shareBytes = share.shareBytes.slice();
  const places =
    random(2) === 0
      ? new Set(Array.from({ length: 1 + random(3) }, () => random(shareBytes.length)))
      : shareBytes.keys();
  for (const place of places) shareBytes[place] = (shareBytes[place] ?? 0) ^ (1 + random(255));
  return decodeShare(encodeShare({ ...share, shareBytes }));
}

/**
 * @param {readonly Share[]} shares
 * @param {Random} random
 */
function forged(shares, random) {
  const [first, ...others] = some(shares, shares[0]?.threshold ?? 0, random);
  return [forgery(/** @type {Share} */ (first), random), ...others];
}

/**
 * @param {readonly (readonly Share[])[]} sets
 * @param {Random} random
 */
function mixed(sets, random) {
  const shares = pick(random, sets);
  const [head] = shares;
  const others = pick(
    random,
    sets.filter((set) => set !== shares),
  );
  const chosen = some(shares, head?.threshold ?? 0, random);
  const foreign = pick(random, others);
  const { setId, threshold, count } = /** @type {Share} */ (head);
  return [
    {
      .../** @type {Share} */ (chosen[0]),
      shareBytes: foreign.shareBytes,
      setId,
      threshold,
      count,
    },
    ...chosen.slice(1),
  ];
}

/**
 * @param {readonly Share[]} shares
 * @param {Random} random
 */
function tooFew(shares, random) {
  const fewer = some(shares, (shares[0]?.threshold ?? 0) - 1, random);
  const isLowered = random(2) === 0 && fewer.length > 1;
  // With a threshold that says that they are enough.
  return isLowered ? fewer.map((share) => ({ ...share, threshold: fewer.length })) : fewer;
}

/**
 * @param {readonly Share[]} shares more than are needed
 * @param {Random} random
 */
function isUnnamed(shares, random) {
  const chosen = some(shares, (shares[0]?.threshold ?? 0) + 1, random);
  const place = random(chosen.length);
  const original = /** @type {Share} */ (chosen[place]);
  chosen[place] = { ...withOtherBytes(original, random), number: original.number };
  const joined = joinAny(chosen);
  return joined === null || joined.strangers.join() !== String(place);
}
