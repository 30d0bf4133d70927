/**
 * Shares to the payload that was split, or what stands against it (FORMAT.md, "Share").
 *
 * Plain interpolation gives some bytes for any shares; here they count only when the eight bytes of
 * the digest hold. With more shares than are needed, those that do not lie on the same polynomials
 * are found.
 */
import { areEqualBytes } from "../bytes.js";
import { BLIND_BYTES, DIGEST_BYTES, type ShareContent } from "../payload/v1/share.js";
import { inverse, multiply } from "./gf256.js";
import { splitDigest } from "./split.js";

export interface JoinedShares {
  /** The payload that was split. */
  readonly inner: Uint8Array;
  /** Shares, by their index, that are not of the ones that give the payload. */
  readonly strangers: readonly number[];
}

/** Subsets that are tried before it is given up: more than there are of 8 of 16. */
const SUBSET_LIMIT = 20_000;

/** True when shares claim to be of one splitting: one head and one length. */
export function areOfOneSet(a: ShareContent, b: ShareContent): boolean {
  return (
    areEqualBytes(a.setId, b.setId) &&
    a.threshold === b.threshold &&
    a.count === b.count &&
    a.shareBytes.length === b.shareBytes.length
  );
}

/**
 * The payload of exactly as many shares as the threshold says, of one set and with different numbers;
 * null when their digest does not hold.
 */
export function joinShares(shares: readonly ShareContent[]): Uint8Array | null {
  const [first] = shares;
  if (first?.threshold !== shares.length || !areJoinable(shares)) return null;
  const secret = interpolate(shares, 0);
  const digest = secret.subarray(0, DIGEST_BYTES);
  const blind = secret.subarray(DIGEST_BYTES, DIGEST_BYTES + BLIND_BYTES);
  const inner = secret.subarray(DIGEST_BYTES + BLIND_BYTES);
  return areEqualBytes(digest, splitDigest(first, blind, inner)) ? inner : null;
}

function areJoinable(shares: readonly ShareContent[]): boolean {
  const [first] = shares as readonly [ShareContent];
  const numbers = new Set(shares.map(({ number }) => number));
  return numbers.size === shares.length && shares.every((share) => areOfOneSet(share, first));
}

/**
 * The payload of shares of one set, of which there are enough; two of them may have one number. Null
 * when no choice of them gives one.
 */
export function joinAny(shares: readonly ShareContent[]): JoinedShares | null {
  const threshold = shares[0]?.threshold ?? 0;
  let tries = 0;
  for (const indices of subsets(shares.length, threshold)) {
    if (tries++ === SUBSET_LIMIT) return null;
    const members = indices.map((index) => shares[index] as ShareContent);
    const inner = joinShares(members);
    if (inner === null) continue;
    const strangers = shares.flatMap((share, index) =>
      isOnPolynomials(share, members) ? [] : [index],
    );
    return { inner, strangers };
  }
  return null;
}

function isOnPolynomials(share: ShareContent, members: readonly ShareContent[]): boolean {
  return areEqualBytes(share.shareBytes, interpolate(members, share.number));
}

/** The values at x of the polynomials through the shares, one or more, by Lagrange's formula. */
function interpolate(shares: readonly ShareContent[], x: number): Uint8Array {
  const values = new Uint8Array((shares[0] as ShareContent).shareBytes.length);
  for (const share of shares) {
    let weight = 1;
    for (const { number } of shares) {
      if (number === share.number) continue;
      weight = multiply(weight, multiply(x ^ number, inverse(share.number ^ number)));
    }
    for (let index = 0; index < values.length; index++) {
      const term = multiply(share.shareBytes[index] as number, weight);
      values[index] = (values[index] as number) ^ term;
    }
  }
  return values;
}

/** Every choice of so many indices out of so many, each in rising order. */
export function* subsets(total: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= total - size; index++) {
    for (const rest of subsets(total, size - 1, index + 1)) yield [index, ...rest];
  }
}
