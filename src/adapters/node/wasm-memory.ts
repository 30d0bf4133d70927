/** A bound on the memory of a WebAssembly program: a small file may unfold to gigabytes in it. */

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const WASM_PAGE_BYTES = 65_536;

/** The program takes what is refused here as a full memory. */
export function limitMemory(memory: WasmMemory, limitBytes: number): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * WASM_PAGE_BYTES > limitBytes)
      throw new RangeError("no more memory");
    return grow(pages);
  };
}
