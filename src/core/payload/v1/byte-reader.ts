/** Reads a payload from its first byte to its last and names the offset of what is malformed. */
import { type PayloadFault, Refusal } from "../../problem.js";

const UVARINT_MAX_BYTES = 3;

export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  fail(fault: PayloadFault, offset = this.#offset): never {
    throw new Refusal({ code: "payload-malformed", fault, offset });
  }

  byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) this.fail("too-short");
    this.#offset += 1;
    return byte;
  }

  uint16(): number {
    const high = this.byte();
    return (high << 8) | this.byte();
  }

  take(length: number): Uint8Array {
    if (length > this.remaining) this.fail("too-short");
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** Unsigned LEB128 in its shortest form, at most 3 bytes. */
  uvarint(): number {
    const start = this.#offset;
    let value = 0;
    for (let index = 0; index < UVARINT_MAX_BYTES; index++) {
      const byte = this.byte();
      value |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) {
        if (byte === 0 && index > 0) this.fail("length-not-shortest", start);
        return value;
      }
    }
    return this.fail("length-too-large", start);
  }

  end(): void {
    if (this.remaining > 0) this.fail("trailing-bytes");
  }
}

/** Unsigned LEB128 of a length below 2^21, shortest form; the mirror of `ByteReader.uvarint`. */
export function uvarintBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Uint8Array.of(...bytes, rest);
}
