/**
 * Nothing is handed out unread: destinations take files of this type alone, and only a proof that was
 * passed makes one. A proof reads the very bytes, and throws where they do not give exactly the key.
 */
import { textFromUtf8 } from "../core/text.js";

export class ProvedFile {
  readonly bytes: Uint8Array;

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Of what is a text in UTF-8. */
  get text(): string {
    return textFromUtf8(this.bytes) as string;
  }

  /** Files that are proved together, as shares are, in their order. */
  static async prove(
    files: readonly Uint8Array[],
    proof: (files: readonly Uint8Array[]) => Promise<void>,
  ): Promise<readonly ProvedFile[]> {
    await proof(files);
    return files.map((bytes) => new ProvedFile(bytes));
  }

  static proveAtOnce(bytes: Uint8Array, proof: (bytes: Uint8Array) => void): ProvedFile {
    proof(bytes);
    return new ProvedFile(bytes);
  }
}
