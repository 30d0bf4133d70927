// @ts-check
/**
 * The paper format a second time: from FORMAT.md alone, with nothing of src, slow and literal.
 *
 * What it writes is what the vectors hold, so that the format's code is held to the document and not to
 * itself. Of reading it has what opens a seal and joins shares.
 */
import { createCipheriv, createHash, createHmac, scryptSync } from "node:crypto";
import bip39 from "bip39";

/** @typedef {"standard" | "long"} Level */

/** The lists by number, as the bip39 package names them. */
export const LIST_NAMES = [
  "english",
  "japanese",
  "korean",
  "spanish",
  "chinese_simplified",
  "chinese_traditional",
  "french",
  "italian",
  "czech",
  "portuguese",
];

/** @param {string} text */
export function fromHex(text) {
  return new Uint8Array(Buffer.from(text, "hex"));
}

/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  return Buffer.from(bytes).toString("hex");
}

/** @param {string} text */
export function utf8(text) {
  return new Uint8Array(Buffer.from(text, "utf8"));
}

/** @param {(Uint8Array | number)[]} parts bytes, or single bytes as numbers */
export function join(...parts) {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...part])));
}

/** @param {number} value */
export function uint16(value) {
  return Uint8Array.of(Math.floor(value / 256), value % 256);
}

/** @param {number} value */
export function uvarint(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.of(...bytes, rest);
    bytes.push(128 + (rest % 128));
  }
}

/**
 * H(tag, x)
 * @param {string} tag
 * @param {(Uint8Array | number)[]} parts
 */
export function taggedHash(tag, ...parts) {
  const digest = createHash("sha256")
    .update(join(utf8(tag), 0, ...parts))
    .digest();
  return new Uint8Array(digest);
}

/**
 * Form, length and bytes of a value.
 * @param {"secret" | "public"} visibility
 * @param {number} encoding
 * @param {Uint8Array} bytes
 */
export function value(visibility, encoding, bytes) {
  return join((visibility === "secret" ? 0x80 : 0) + encoding, uvarint(bytes.length), bytes);
}

/**
 * A plain payload of a body that is already bytes.
 * @param {number} provider
 * @param {number} day
 * @param {(Uint8Array | number)[]} body
 */
export function plain(provider, day, ...body) {
  return join(0x10, provider, uint16(day), ...body);
}

/**
 * A plain payload with a named body: each field its name and its value.
 * @param {number} day
 * @param {(readonly [string, Uint8Array])[]} fields
 */
export function named(day, ...fields) {
  const parts = fields.flatMap(([name, bytes]) => [utf8(name).length, utf8(name), bytes]);
  return plain(0x80, day, fields.length, ...parts);
}

/**
 * The mark of what is hashed for it.
 * @param {Uint8Array} bytes
 */
export function mark(bytes) {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const bits = bitsOf(taggedHash("keysheet mark v1", bytes)).slice(0, 40);
  const letters = chunks(bits, 5).map((five) => alphabet.charAt(parseInt(five, 2)));
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}

/** @param {Uint8Array} bytes */
export function bitsOf(bytes) {
  return [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
}

/**
 * @param {string} text
 * @param {number} size
 */
export function chunks(text, size) {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

/**
 * Symbols of 11 bits, zero bits behind.
 * @param {string} bits
 */
export function symbolsOf(bits) {
  return chunks(bits, 11).map((eleven) => parseInt(eleven.padEnd(11, "0"), 2));
}

/**
 * a x b in GF(2^11), bit by bit.
 * @param {number} a
 * @param {number} b
 */
export function multiply(a, b) {
  let product = 0;
  for (let bit = 0, shifted = a; bit < 11; bit++) {
    if ((b >> bit) % 2 === 1) product ^= shifted;
    shifted *= 2;
    if (shifted >= 2048) shifted ^= 0x805;
  }
  return product;
}

/**
 * Product of (x - a^1) to (x - a^parity), highest power first.
 * @param {number} parity
 */
export function generatorPolynomial(parity) {
  let polynomial = [1];
  for (let index = 0, root = 2; index < parity; index++, root = multiply(root, 2)) {
    const times = polynomial.map((coefficient) => multiply(coefficient, root));
    polynomial = [...polynomial, 0].map((value, place) => value ^ (times[place - 1] ?? 0));
  }
  return polynomial;
}

/**
 * The data and, behind it, the remainder of data times x^parity by the generator polynomial.
 * @param {readonly number[]} data
 * @param {number} parity
 */
export function codeword(data, parity) {
  const generator = generatorPolynomial(parity);
  const rest = [...data, ...generator.slice(1).map(() => 0)];
  data.forEach((_, index) => {
    const factor = rest[index] ?? 0;
    generator.forEach((coefficient, place) => {
      rest[index + place] = (rest[index + place] ?? 0) ^ multiply(coefficient, factor);
    });
  });
  return [...data, ...rest.slice(data.length)];
}

/**
 * k, c, p and n of FORMAT.md.
 * @param {number} lengthBytes
 * @param {Level} level
 */
export function shapeOf(lengthBytes, level) {
  const data = Math.ceil((8 * lengthBytes) / 11);
  const rows = Math.ceil((data + 4) / 6);
  const spareRows =
    level === "standard" ? Math.max(3, Math.ceil(rows / 6)) : Math.max(5, Math.ceil(rows / 3));
  return { data, check: 6 * rows - data, spare: 6 * spareRows, count: 6 * (rows + spareRows) };
}

/**
 * @param {Uint8Array} payload
 * @param {number} list
 * @param {Level} level
 */
export function checkSymbols(payload, list, level) {
  const { check, spare, count } = shapeOf(payload.length, level);
  const hash = taggedHash("keysheet words v1", list, uint16(count), uint16(spare), payload);
  return symbolsOf(bitsOf(hash).slice(0, 11 * check));
}

/**
 * The indices of a sheet's words. `check` may be given to write what no encoder would.
 * @param {Uint8Array} payload
 * @param {number} list
 * @param {Level} level
 */
export function wordIndices(payload, list, level, check = checkSymbols(payload, list, level)) {
  const { spare } = shapeOf(payload.length, level);
  return codeword([...symbolsOf(bitsOf(payload)), ...check], spare);
}

/** @param {number} list */
export function listWords(list) {
  const words = bip39.wordlists[LIST_NAMES[list] ?? ""];
  if (words === undefined) throw new RangeError("no such list");
  return words.map((word) => word.normalize("NFC"));
}

/**
 * Words of a list, null for an unreadable one, as a text with one space between.
 * @param {readonly (number | null)[]} indices
 * @param {number} list
 */
export function wordText(indices, list) {
  const words = listWords(list);
  return indices.map((index) => (index === null ? "?" : words[index])).join(" ");
}

/**
 * @param {number} rowNumber from 1
 * @param {readonly number[]} indices
 */
export function rowLetters(rowNumber, indices) {
  const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  const hash = taggedHash("keysheet row v1", uint16(rowNumber), ...indices.map(uint16));
  const number = parseInt(toHex(hash).slice(0, 8), 16);
  return alphabet.charAt(number % 24) + alphabet.charAt(Math.floor(number / 24) % 24);
}

/** @param {Uint8Array} payload */
export function qrCheck(payload) {
  return taggedHash("keysheet qr v1", payload).slice(0, 6);
}

/** @param {Uint8Array} bytes */
export function qrDigits(bytes) {
  const digitsOfBytes = [0, 3, 5, 8, 10, 13, 15, 17];
  return chunks(toHex(bytes), 14)
    .map((group) =>
      BigInt(`0x${group}`)
        .toString()
        .padStart(digitsOfBytes[group.length / 2] ?? 0, "0"),
    )
    .join("");
}

/**
 * @param {Uint8Array} payload
 * @param {number} total
 */
export function qrTexts(payload, total) {
  const check = qrCheck(payload);
  const whole = join(payload, check);
  const size = Math.ceil(whole.length / total);
  return Array.from({ length: total }, (_, index) => {
    const piece = whole.slice(index * size, (index + 1) * size);
    if (piece.length === 0) throw new RangeError("a piece without bytes");
    const bytes = total > 1 ? join(check.slice(0, 4), piece) : piece;
    return `KEYSHEET1/${String(index + 1)}/${String(total)}/${qrDigits(bytes)}`;
  });
}

/** @type {Map<string, Uint8Array>} */
const DERIVED = new Map();

/**
 * dk: scrypt of the passphrase. A derivation takes a while, and vectors share some, so each is kept.
 * @param {string} passphrase
 * @param {Uint8Array} salt
 * @param {number} cost
 */
export function derivedKeys(passphrase, salt, cost) {
  const name = JSON.stringify([passphrase, toHex(salt), cost]);
  const known = DERIVED.get(name);
  if (known !== undefined) return known;
  const options = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** (cost + 11) };
  const derived = new Uint8Array(scryptSync(utf8(passphrase.normalize("NFKD")), salt, 64, options));
  DERIVED.set(name, derived);
  return derived;
}

/**
 * @param {Uint8Array} key
 * @param {Uint8Array} message
 */
export function counterMode(key, message) {
  const cipher = createCipheriv("aes-256-ctr", key, new Uint8Array(16));
  return new Uint8Array(Buffer.concat([cipher.update(message), cipher.final()]));
}

/**
 * The sealed payload of any bytes in a plain one's place.
 * @param {Uint8Array} payload
 * @param {string} passphrase
 * @param {Uint8Array} salt
 * @param {number} cost
 */
export function sealed(payload, passphrase, salt, cost) {
  const keys = derivedKeys(passphrase, salt, cost);
  const body = join(0x11, cost, salt, counterMode(keys.slice(0, 32), payload.slice(1)));
  return join(body, sealTag(keys, body));
}

/**
 * @param {Uint8Array} keys
 * @param {Uint8Array} body
 */
function sealTag(keys, body) {
  const hmac = createHmac("sha256", keys.slice(32)).update(body).digest();
  return new Uint8Array(hmac.subarray(0, 16));
}

/**
 * The plain payload; null when the tag does not hold.
 * @param {Uint8Array} payload
 * @param {string} passphrase
 */
export function opened(payload, passphrase) {
  const keys = derivedKeys(passphrase, payload.slice(2, 18), payload[1] ?? 0);
  const body = payload.slice(0, -16);
  if (toHex(sealTag(keys, body)) !== toHex(payload.slice(-16))) return null;
  return join(0x10, counterMode(keys.slice(0, 32), body.slice(18)));
}

/**
 * a x b in GF(2^8), bit by bit.
 * @param {number} a
 * @param {number} b
 */
export function multiply256(a, b) {
  let product = 0;
  for (let bit = 0, shifted = a; bit < 8; bit++) {
    if ((b >> bit) % 2 === 1) product ^= shifted;
    shifted *= 2;
    if (shifted >= 256) shifted ^= 0x11b;
  }
  return product;
}

/**
 * The one element that gives 1 with this one, looked for among all.
 * @param {number} element
 */
function inverse256(element) {
  return Array.from({ length: 256 }, (_, candidate) => candidate).findIndex(
    (candidate) => multiply256(element, candidate) === 1,
  );
}

/**
 * @typedef {object} ShareSet
 * @property {number} threshold m
 * @property {number} count n
 * @property {Uint8Array} setId
 */

/** @param {Pick<ShareSet, "threshold" | "count">} set */
export function sizesByte({ threshold, count }) {
  return (threshold - 1) * 16 + (count - 1);
}

/**
 * Eight bytes of hash, the blind, and the payload.
 * @param {Uint8Array} inner
 * @param {ShareSet} set
 * @param {Uint8Array} blind
 */
export function splitBytes(inner, set, blind) {
  const hash = taggedHash("keysheet share v1", set.setId, sizesByte(set), blind, inner);
  return join(hash.slice(0, 8), blind, inner);
}

/**
 * The n shares of some bytes, which are `splitBytes` where nothing is to be wrong with them.
 * @param {Uint8Array} split
 * @param {ShareSet} set
 * @param {Uint8Array} coefficients all of x^1, byte by byte of split, then all of x^2, and so on
 */
export function shares(split, set, coefficients) {
  if (coefficients.length !== (set.threshold - 1) * split.length) {
    throw new RangeError("not the coefficients of this set");
  }
  return Array.from({ length: set.count }, (_, index) => {
    const x = index + 1;
    const values = split.map((constant, place) => {
      let sum = constant;
      for (let power = 1, raised = x; power < set.threshold; power++) {
        sum ^= multiply256(coefficients[(power - 1) * split.length + place] ?? 0, raised);
        raised = multiply256(raised, x);
      }
      return sum;
    });
    return join(0x12, set.setId, sizesByte(set), x, values);
  });
}

/**
 * What some shares have at 0: the sum of y(i) times the product of x(j) / (x(j) + x(i)).
 * @param {readonly Uint8Array[]} some share payloads
 */
export function joinedBytes(some) {
  const numbers = some.map((share) => share[6] ?? 0);
  const weights = numbers.map((own) =>
    numbers
      .filter((other) => other !== own)
      .reduce(
        (weight, other) => multiply256(weight, multiply256(other, inverse256(other ^ own))),
        1,
      ),
  );
  const length = (some[0]?.length ?? 7) - 7;
  return Uint8Array.from({ length }, (_, place) =>
    some.reduce((sum, share, at) => sum ^ multiply256(share[7 + place] ?? 0, weights[at] ?? 0), 0),
  );
}

/**
 * The payload that was split; null when the eight bytes are not its hash.
 * @param {readonly Uint8Array[]} some m shares of one set
 */
export function joined(some) {
  const [head = new Uint8Array()] = some;
  const split = joinedBytes(some);
  const hash = taggedHash("keysheet share v1", head.slice(1, 6), split.slice(8));
  return toHex(hash.slice(0, 8)) === toHex(split.slice(0, 8)) ? split.slice(16) : null;
}
