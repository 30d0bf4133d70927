/**
 * Randomness, which is given to whatever needs it, and judged before it is used: a salt of zeros, or one
 * that comes again, would give away what it stands before.
 *
 * A good source is refused once in 2^31 calls or less; no test can tell whether bytes are random.
 */
import { type RandomFault, Refusal } from "./problem.js";

/** Uniform and independent bytes, so many as asked for. */
export type RandomSource = (length: number) => Uint8Array;

/** Below it chance gives what looks wrong. */
const JUDGED_BYTES = 8;

/**
 * The same source, refused at its first fault: bytes that are none or not as many as asked for, that
 * repeat a few of them, or that came before.
 *
 * @throws Refusal random-unfit
 */
export function judgedSource(random: RandomSource): RandomSource {
  const earlier: Uint8Array[] = [];
  return (length) => {
    const bytes: unknown = random(length);
    if (!(bytes instanceof Uint8Array)) throw unfit("not-bytes");
    if (bytes.length !== length) throw unfit("length");
    if (length < JUDGED_BYTES) return bytes;
    if (isRepeating(bytes)) throw unfit("repeating");
    if (earlier.some((before) => beginsLike(before, bytes))) throw unfit("repeating");
    earlier.push(Uint8Array.from(bytes.subarray(0, COMPARED_BYTES)));
    return bytes;
  };
}

const COMPARED_BYTES = 16;

/** True for at most four bytes again and again: of eight random ones once in 2^32. */
function isRepeating(bytes: Uint8Array): boolean {
  return [1, 2, 3, 4].some((period) =>
    bytes.every((byte, index) => index < period || byte === bytes[index - period]),
  );
}

function beginsLike(a: Uint8Array, b: Uint8Array): boolean {
  const length = Math.min(a.length, b.length, COMPARED_BYTES);
  return a.subarray(0, length).every((byte, index) => byte === b[index]);
}

function unfit(fault: RandomFault): Refusal {
  return new Refusal({ code: "random-unfit", fault });
}
