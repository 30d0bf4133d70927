// @ts-check
/** What vectors of several areas are made of: seeded bytes, the sample key and its record. */
import { createHash } from "node:crypto";
import { plain, sealed, shares, splitBytes, toHex, utf8, value } from "./paper-format.mjs";

export const SEED = "keysheet vectors v1";
export const DAY = 2518;
export const FRENCH = 6;
export const SPANISH = 3;

/**
 * Bytes that look random and are the same every time.
 * @param {string} name
 * @param {number} length
 */
export function seededBytes(name, length) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, counter) =>
    createHash("sha256")
      .update(`${SEED}|${name}|${String(counter)}`)
      .digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

/**
 * So many different numbers below the limit, in order.
 * @param {string} name
 * @param {number} count
 * @param {number} limit
 */
export function seededPlaces(name, count, limit) {
  const order = Array.from({ length: limit }, (_, place) => ({
    place,
    rank: toHex(seededBytes(`${name} ${String(place)}`, 8)),
  }));
  return order
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
}

export const KEY = seededBytes("kraken key", 42);
export const SECRET = seededBytes("kraken secret", 64);
export const KRAKEN = plain(1, DAY, KEY, SECRET);

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  return Buffer.from(bytes).toString("base64");
}

/**
 * keysheet's own JSON of a record: fields as name, text, is it secret.
 * @param {string | null} provider
 * @param {(readonly [string, string, boolean])[]} fields
 */
export function record(provider, fields, day = DAY) {
  return { keysheet: 1, provider, day, fields };
}

export const KRAKEN_RECORD = record("kraken-spot", [
  ["key", base64(KEY), false],
  ["secret", base64(SECRET), true],
]);

/** A public value long enough for a mark. */
export const PUBLIC_TEXT = "public 1";
export const PUBLIC = value("public", 0, utf8(PUBLIC_TEXT));

/** Seven list words, as keysheet draws them. */
export const PASSPHRASE = "copper rally orbit velvet hazard miracle sunset";

/** A salt, which no two vectors share but by intent. */
export function salt(name = "") {
  return seededBytes(`salt ${name}`, 16);
}

export const SEALED_KRAKEN = sealed(KRAKEN, PASSPHRASE, salt(), 14);

/**
 * A set with all that is random in it.
 * @param {Uint8Array} inner
 * @param {number} threshold
 * @param {number} count
 */
export function seededSet(inner, threshold, count, name = "") {
  const id = `${name} ${String(threshold)} of ${String(count)}`;
  const set = { threshold, count, setId: seededBytes(`set ${id}`, 4) };
  const blind = seededBytes(`blind ${id}`, 8);
  const split = splitBytes(inner, set, blind);
  const coefficients = seededBytes(`coefficients ${id}`, (threshold - 1) * split.length);
  return { set, blind, split, coefficients, shares: shares(split, set, coefficients) };
}

export const SHARES_KRAKEN = seededSet(KRAKEN, 2, 3).shares;
