/**
 * A passphrase onto a plain payload and off again (FORMAT.md, "Sealed").
 *
 * The construction is that of scrypt(1) by Colin Percival (Tarsnap), encrypt-then-MAC under two keys
 * of one derivation; the tag commits to the keys, so that no sheet opens to two keys.
 */
import { concatBytes } from "../bytes.js";
import { hmacSha256 } from "../hash.js";
import { checkedLength, type Payload } from "../payload/payload.js";
import { PLAIN_FIRST_BYTE } from "../payload/v1/plain.js";
import {
  COST_MAX,
  COST_MIN,
  encodeSealedBody,
  type SealedContent,
  TAG_BYTES,
} from "../payload/v1/sealed.js";
import { type PassphraseFault, Refusal } from "../problem.js";
import { utf8FromText } from "../text.js";
import type { Kdf } from "./kdf.js";

/** What a seal is made with by default, and what may be asked for. */
export const COST_DEFAULT = 17;
export const COST_MADE_MAX = 20;
/** Above it an opener asks before it works: the next one takes 2 GiB. */
export const COST_UNASKED_MAX = 20;

/** Of a new sheet, from the least of the format on; above `COST_MADE_MAX` only where that is asked for. */
export function checkNewCost(cost: number, limit = COST_MADE_MAX): void {
  const last = Math.min(limit, COST_MAX);
  if (Number.isInteger(cost) && cost >= COST_MIN && cost <= last) return;
  throw new Refusal({ code: "cost-unfit", first: COST_MIN, last });
}

const ENCRYPTION_KEY_BYTES = 32;

export interface SealOptions {
  /** 16 bytes that were never used before: all that stands against a repeated key stream. */
  readonly salt: Uint8Array;
  /** 14 to 20. */
  readonly cost: number;
  readonly kdf: Kdf;
}

/**
 * The sealed payload of a plain one; mirrored by `openSealed`. It seals all that the format does; what a
 * new sheet may be sealed with, `checkNewPassphrase` says.
 *
 * @throws Refusal passphrase-malformed, payload-too-long
 */
export async function seal(
  plain: Payload,
  passphrase: string,
  { salt, cost, kdf }: SealOptions,
): Promise<Payload> {
  const keys = await deriveKeys(passphrase, salt, cost, kdf);
  const { aes256Ctr } = await import("./cipher.js");
  const ciphertext = aes256Ctr(keys.encryption, plain.subarray(1));
  const body = encodeSealedBody({ cost, salt, ciphertext });
  return checkedLength(concatBytes([body, tagOf(keys.authentication, body)]));
}

/**
 * The bytes of the plain payload, or null when the tag does not hold: another passphrase, or changed
 * bytes. Nothing is decrypted before the tag holds.
 */
export async function openSealed(
  sealed: SealedContent,
  passphrase: string,
  kdf: Kdf,
): Promise<Uint8Array | null> {
  const keys = await deriveKeys(passphrase, sealed.salt, sealed.cost, kdf);
  const tag = tagOf(keys.authentication, encodeSealedBody(sealed));
  if (!areEqualInConstantTime(tag, sealed.tag)) return null;
  const { aes256Ctr } = await import("./cipher.js");
  const rest = aes256Ctr(keys.encryption, sealed.ciphertext);
  return concatBytes([Uint8Array.of(PLAIN_FIRST_BYTE), rest]);
}

/** The bytes that scrypt is given: UTF-8 of the NFKD. Refuses what nobody could type again. */
export function passphraseBytes(passphrase: string): Uint8Array {
  const bytes = utf8FromText(passphrase.normalize("NFKD"));
  if (bytes === null) throw malformed("not-unicode");
  if (bytes.length === 0) throw malformed("empty");
  if (bytes.includes(0)) throw malformed("zero-character");
  return bytes;
}

const INVISIBLE = /^[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]$/u;
const WHITE_SPACE = /^\p{White_Space}$/u;

/**
 * Refuses, of a passphrase for a new sheet, what nobody sees and an editor or a clipboard may have put
 * there: whoever types it again types it without.
 *
 * @throws Refusal passphrase-malformed, passphrase-unseen
 */
export function checkNewPassphrase(passphrase: string): void {
  passphraseBytes(passphrase);
  const characters = Array.from(passphrase);
  const first = characters.findIndex((character) => !WHITE_SPACE.test(character));
  const last = characters.findLastIndex((character) => !WHITE_SPACE.test(character));
  const positionsOf = (isOne: (character: string, index: number) => boolean) =>
    characters.flatMap((character, index) => (isOne(character, index) ? [index + 1] : []));
  const isOuter = (index: number) => first < 0 || index < first || index > last;
  const outerSpaces = positionsOf((_, index) => isOuter(index));
  const invisible = positionsOf((one, index) => INVISIBLE.test(one) && !isOuter(index));
  if (invisible.length + outerSpaces.length > 0) {
    throw new Refusal({ code: "passphrase-unseen", invisible, outerSpaces });
  }
}

async function deriveKeys(passphrase: string, salt: Uint8Array, cost: number, kdf: Kdf) {
  const derived = await kdf(passphraseBytes(passphrase), salt, cost);
  return {
    encryption: derived.subarray(0, ENCRYPTION_KEY_BYTES),
    authentication: derived.subarray(ENCRYPTION_KEY_BYTES),
  };
}

function tagOf(key: Uint8Array, body: Uint8Array): Uint8Array {
  return hmacSha256(key, body).subarray(0, TAG_BYTES);
}

function areEqualInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) {
    difference |= (a[index] as number) ^ (b[index] as number);
  }
  return difference === 0;
}

function malformed(fault: PassphraseFault): Refusal {
  return new Refusal({ code: "passphrase-malformed", fault });
}
