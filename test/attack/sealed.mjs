// @ts-check
/**
 * Sealed payloads that were changed: none is opened.
 *
 * Single changes go through scrypt itself, at cost 14. Ten million double ones cannot; for them a hash
 * of passphrase, salt and cost stands for it, which gives other keys for another salt as it does.
 */
import { createHash } from "node:crypto";
import { nodeKdf } from "../../dist/adapters/node/scrypt-node.js";
import { decodePayload, encodePayload } from "../../dist/core/payload/payload.js";
import { Refusal } from "../../dist/core/problem.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { openSealed, passphraseBytes, seal } from "../../dist/core/seal/seal.js";
import { seededBytes, seededRandom } from "../seeded-random.mjs";
import { KEY_TEXT } from "./command.mjs";

/** @typedef {import("./command.mjs").Row} Row */
/** @typedef {import("../../dist/core/seal/kdf.js").Kdf} Kdf */

const PASSPHRASE = "copper rally orbit velvet hazard miracle sunset";
const COST = 14;

/** @type {Kdf} */
const hashKdf = (password, salt, cost) =>
  Promise.resolve(
    new Uint8Array(
      createHash("sha512").update(password).update(salt).update(Uint8Array.of(cost)).digest(),
    ),
  );

/**
 * @param {{ full: boolean, seed?: string }} options
 * @returns {Promise<Row[]>}
 */
export async function run({ full, seed = "sealed" }) {
  const random = seededRandom(seed);
  const key = parseKeyFile(KEY_TEXT, "key");
  const payload = encodePayload({ ...key, day: 2518 });
  const options = { salt: seededBytes(seed)(16), cost: COST };
  const sealed = await seal(payload, PASSPHRASE, { ...options, kdf: nodeKdf });
  const hashed = await seal(payload, PASSPHRASE, { ...options, kdf: hashKdf });
  return [
    await attack(
      "a byte of a sealed payload changed",
      sealed,
      single(sealed, full ? 1 : 40, random),
      nodeKdf,
    ),
    await attack(
      "two bytes of one changed",
      hashed,
      double(hashed, full ? 1e7 : 20_000, random),
      hashKdf,
    ),
  ];
}

/**
 * Every value of every byte; of the salt and the cost, where each costs a derivation, one in `step`.
 * @param {Uint8Array} sealed
 * @param {number} step
 * @param {(limit: number) => number} random
 */
function* single(sealed, step, random) {
  for (let place = 0; place < sealed.length; place++) {
    const isDerived = place >= 1 && place < 18;
    for (let change = 1; change < 256; change++) {
      if (isDerived && random(step) !== 0) continue;
      const changed = sealed.slice();
      changed[place] = (changed[place] ?? 0) ^ change;
      yield changed;
    }
  }
}

/**
 * @param {Uint8Array} sealed
 * @param {number} count
 * @param {(limit: number) => number} random
 */
function* double(sealed, count, random) {
  for (let tried = 0; tried < count; tried++) {
    const changed = sealed.slice();
    const first = random(sealed.length);
    const second = (first + 1 + random(sealed.length - 1)) % sealed.length;
    changed[first] = (changed[first] ?? 0) ^ (1 + random(255));
    changed[second] = (changed[second] ?? 0) ^ (1 + random(255));
    yield changed;
  }
}

/**
 * @param {string} name
 * @param {Uint8Array} sealed
 * @param {Iterable<Uint8Array>} changes
 * @param {Kdf} kdf
 * @returns {Promise<Row>}
 */
async function attack(name, sealed, changes, kdf) {
  const started = performance.now();
  const usual = decodePayload(sealed).content;
  if (usual.kind !== "sealed") throw new Error("not a sealed payload");
  const usualKeys = kdf(passphraseBytes(PASSPHRASE), usual.salt, usual.cost);
  /** Most changes leave salt and cost, and so the keys, as they were. @type {Kdf} */
  const kdfOnce = (password, salt, cost) =>
    cost === usual.cost && Buffer.compare(salt, usual.salt) === 0
      ? usualKeys
      : kdf(password, salt, Math.min(cost, COST));
  let tried = 0;
  let failed = 0;
  for (const changed of changes) {
    tried += 1;
    if (await isOpened(changed, kdfOnce)) failed += 1;
  }
  return { name, tried, failed, seconds: (performance.now() - started) / 1000 };
}

/**
 * @param {Uint8Array} changed
 * @param {Kdf} kdf
 */
async function isOpened(changed, kdf) {
  try {
    const { content } = decodePayload(changed);
    if (content.kind !== "sealed") return content.kind === "plain";
    return (await openSealed(content, PASSPHRASE, kdf)) !== null;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
