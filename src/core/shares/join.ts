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
import { Multiples } from "./multiples.js";
import { splitDigest } from "./split.js";

export interface JoinedShares {
  /** The payload that was split. */
  readonly inner: Uint8Array;
  /** Shares, by their index, that are not of the ones that give the payload. */
  readonly strangers: readonly number[];
}

/** Choices of shares that are held against a digest, and those that are held against one another. */
const DIGEST_LIMIT = 20_000;
const FIT_LIMIT = 200_000;

/** One text for shares that claim to be of one splitting: one head and one length. */
export function setKey({ setId, threshold, count, shareBytes }: ShareContent): string {
  return [...setId, threshold, count, shareBytes.length].join();
}

/**
 * The payload of exactly as many shares as the threshold says, of one set and with different numbers;
 * null when their digest does not hold.
 */
export function joinShares(shares: readonly ShareContent[]): Uint8Array | null {
  const [first] = shares;
  if (first?.threshold !== shares.length || !areJoinable(shares)) return null;
  const values = new Multiples(shares.map(({ shareBytes }) => shareBytes));
  const numbers = shares.map(({ number }) => number);
  return innerOf(values.sum([...shares.keys()], weightsAt(0, numbers)), first);
}

/** What stands behind the digest and the blind; null where the digest does not hold. */
function innerOf(secret: Uint8Array, set: ShareContent): Uint8Array | null {
  const digest = secret.subarray(0, DIGEST_BYTES);
  const blind = secret.subarray(DIGEST_BYTES, DIGEST_BYTES + BLIND_BYTES);
  const inner = secret.subarray(DIGEST_BYTES + BLIND_BYTES);
  return areEqualBytes(digest, splitDigest(set, blind, inner)) ? inner : null;
}

function areJoinable(shares: readonly ShareContent[]): boolean {
  const [first] = shares as readonly [ShareContent];
  const numbers = new Set(shares.map(({ number }) => number));
  return numbers.size === shares.length && shares.every((share) => setKey(share) === setKey(first));
}

/**
 * The payload of shares of one set, of which there are enough; two of them may have one number. Null
 * when no choice of them gives one, when two choices do and neither has more shares, and where there
 * are more choices than can be tried: all of 16 shares are. The order of the shares decides nothing.
 */
export function joinAny(shares: readonly ShareContent[]): JoinedShares | null {
  const [first] = shares;
  if (first === undefined) return null;
  const { threshold } = first;
  const families = familiesOf(shares, first);
  const most = Math.max(...families.map(({ length }) => length));
  const [family, rival] = families.filter(({ length }) => length === most);
  if (family === undefined || rival !== undefined) return null;
  const numbers = new Map(family.map((index) => [shares[index]?.number, index]));
  const inner = joinShares(chosen(shares, [...numbers.values()].slice(0, threshold)));
  const strangers = shares.flatMap((_, index) => (family.includes(index) ? [] : [index]));
  return inner === null ? null : { inner, strangers };
}

/**
 * The shares, by their indices in rising order, of each payload that shares give: all those on its
 * polynomials. One share more than are needed shows without a digest that they are of one splitting;
 * exactly as many are tried by their digest where there is no such splitting.
 */
function familiesOf(
  shares: readonly ShareContent[],
  set: ShareContent,
): readonly (readonly number[])[] {
  const { threshold } = set;
  const isFitTried = choices(shares.length, threshold + 1) <= FIT_LIMIT;
  const isDigestTried = choices(shares.length, threshold) <= DIGEST_LIMIT;
  if (!isFitTried && !isDigestTried) return [];
  const values = new Multiples(shares.map(({ shareBytes }) => shareBytes));
  const numbersOf = (indices: readonly number[]) => chosen(shares, indices).map(numberOf);
  const at = (x: number, indices: readonly number[]) =>
    values.sum(indices, weightsAt(x, numbersOf(indices)));
  const splittings: (readonly number[])[] = [];
  const isNew = (indices: readonly number[]) =>
    new Set(numbersOf(indices)).size === indices.length &&
    !splittings.some((members) => indices.every((index) => members.includes(index)));
  /** All shares on the polynomials of these, if they give a payload; else none. */
  const tried = (indices: readonly number[]): readonly (readonly number[])[] => {
    const members = shares.flatMap(({ shareBytes, number }, index) =>
      areEqualBytes(shareBytes, at(number, indices)) ? [index] : [],
    );
    splittings.push(members);
    return innerOf(at(0, indices), set) === null ? [] : [members];
  };
  const families: (readonly number[])[] = [];
  for (const indices of isFitTried ? subsets(shares.length, threshold + 1) : []) {
    if (!isNew(indices) || !areOnPolynomials(chosen(shares, indices))) continue;
    families.push(...tried(indices.slice(0, threshold)));
  }
  if (families.length > 0 || !isDigestTried) return families;
  for (const indices of subsets(shares.length, threshold)) {
    if (!isNew(indices) || innerOf(at(0, indices), set) === null) continue;
    families.push(...tried(indices));
  }
  return families;
}

/** All shares of the set of some that fit together, enough and of different numbers. */
export function sharesOfSet(shares: readonly ShareContent[]): readonly ShareContent[] {
  const members = shares.slice(0, shares[0]?.threshold ?? 0);
  const values = new Multiples(members.map(({ shareBytes }) => shareBytes));
  return Array.from({ length: members[0]?.count ?? 0 }, (_, index) => {
    const weights = weightsAt(index + 1, members.map(numberOf));
    const shareBytes = values.sum([...members.keys()], weights);
    return { ...(members[0] as ShareContent), number: index + 1, shareBytes };
  });
}

function chosen(
  shares: readonly ShareContent[],
  indices: readonly number[],
): readonly ShareContent[] {
  return indices.map((index) => shares[index] as ShareContent);
}

function numberOf({ number }: ShareContent): number {
  return number;
}

/** How many choices there are of so many shares. */
function choices(count: number, size: number): number {
  let choices = count < size ? 0 : 1;
  for (let index = 0; index < size; index++) choices *= (count - index) / (index + 1);
  return Math.round(choices);
}

/**
 * True when shares, one more than are needed, lie on polynomials of the degree that the splitting has:
 * the coefficients of the next higher power are zero.
 */
function areOnPolynomials(shares: readonly ShareContent[]): boolean {
  const numbers = shares.map(numberOf);
  const weights = numbers.map((number) =>
    numbers.reduce(
      (weight, other) =>
        other === number ? weight : multiply(weight, INVERSES[number ^ other] ?? 0),
      1,
    ),
  );
  const { length } = (shares[0] as ShareContent).shareBytes;
  for (let index = 0; index < length; index++) {
    const sum = shares.reduce(
      (sum, { shareBytes }, place) =>
        sum ^ multiply(shareBytes[index] as number, weights[place] as number),
      0,
    );
    if (sum !== 0) return false;
  }
  return true;
}

/** 1 / a, of the differences of numbers, which are no secret. */
const INVERSES = Uint8Array.from({ length: 256 }, (_, number) => inverse(number));

/** What each share is multiplied by for the values at x of the polynomials: Lagrange's formula. */
function weightsAt(x: number, numbers: readonly number[]): readonly number[] {
  return numbers.map((number) => {
    let weight = 1;
    for (const other of numbers) {
      if (other === number) continue;
      weight = multiply(weight, multiply(x ^ other, INVERSES[number ^ other] ?? 0));
    }
    return weight;
  });
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
