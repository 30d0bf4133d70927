/** A payload into shares; any threshold of them give it back (FORMAT.md, "Share"; Shamir 1979). */
import { concatBytes } from "../bytes.js";
import { taggedHash } from "../hash.js";
import { checkedLength, type Payload } from "../payload/payload.js";
import {
  BLIND_BYTES,
  DIGEST_BYTES,
  encodeShare,
  type ShareContent,
  sizesByte,
} from "../payload/v1/share.js";
import { multiply } from "./gf256.js";

/** What the shares of one splitting have in common. */
export type ShareSet = Pick<ShareContent, "setId" | "threshold" | "count">;

export interface SplitOptions extends ShareSet {
  /** 8 bytes: without them the marks of the other shares would let a thief test guesses. */
  readonly blind: Uint8Array;
  /**
   * (threshold - 1) times the length of digest, blind and payload: the coefficients of x for every
   * byte, then those of x^2, and so on; uniform, and never used before.
   */
  readonly coefficients: Uint8Array;
}

/** So many bytes of coefficients does a payload of a length need. */
export function coefficientCount(payloadBytes: number, threshold: number): number {
  return (threshold - 1) * (DIGEST_BYTES + BLIND_BYTES + payloadBytes);
}

/** The shares 1 to count; any threshold of them are joined by `joinShares`. */
export function splitPayload(inner: Payload, options: SplitOptions): readonly Payload[] {
  const { setId, threshold, count, blind, coefficients } = options;
  const secret = concatBytes([splitDigest(options, blind, inner), blind, inner]);
  if (coefficients.length !== coefficientCount(inner.length, threshold)) {
    throw new RangeError("a splitting needs exactly its coefficients");
  }
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const shareBytes = evaluate(secret, coefficients, number);
    return checkedLength(encodeShare({ setId, threshold, count, number, shareBytes }));
  });
}

/** The id of a set as it is printed and told: eight hexadecimal digits. */
export function nameOfSet({ setId }: Pick<ShareSet, "setId">): string {
  return Array.from(setId, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Eight bytes that a wrong, a forged or a missing share does not give. */
export function splitDigest(set: ShareSet, blind: Uint8Array, inner: Uint8Array): Uint8Array {
  const head = concatBytes([set.setId, Uint8Array.of(sizesByte(set))]);
  return taggedHash("keysheet share v1", head, blind, inner).subarray(0, DIGEST_BYTES);
}

/** Each byte's polynomial at x, by Horner's rule. */
function evaluate(secret: Uint8Array, coefficients: Uint8Array, x: number): Uint8Array {
  const { length } = secret;
  const values = new Uint8Array(length);
  for (let from = coefficients.length - length; from >= 0; from -= length) {
    for (let index = 0; index < length; index++) {
      const sum = (values[index] as number) ^ (coefficients[from + index] as number);
      values[index] = multiply(sum, x);
    }
  }
  for (let index = 0; index < length; index++) {
    values[index] = (values[index] as number) ^ (secret[index] as number);
  }
  return values;
}
