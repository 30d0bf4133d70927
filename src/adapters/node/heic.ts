/**
 * HEIC pictures, as iPhones take them, to brightness, through libheif as WebAssembly.
 *
 * The WebAssembly is the package's own file: nothing is fetched. libheif turns the picture upright
 * itself, so nobody else may. Its errors are replaced, since they may hold content.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import startLibheif from "libheif-js/libheif-wasm/libheif.js";
import type { Picture } from "../../photo/picture.js";
import { Refusal } from "../../core/problem.js";
import { limitMemory, type WasmMemory } from "./wasm-memory.js";

/**
 * What decoding may take, as in `picture-memory.ts`, which refuses what would need more by its boxes: this is for
 * files whose boxes do not say what they hold.
 */
const MEMORY_LIMIT_BYTES = 272 * 2 ** 20;

/**
 * The functions of libheif's C interface that are used, as its public headers declare them. Those that
 * can fail have a heif_error, of three numbers, written to `error`, of which the first is 0 for none.
 */
interface Libheif {
  _malloc(lengthBytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    data: number,
    lengthBytes: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_handle_get_image_tiling(
    error: number,
    handle: number,
    isAsShown: number,
    tiling: number,
  ): void;
  _heif_image_handle_decode_image_tile(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
    column: number,
    row: number,
  ): void;
  _heif_image_release(image: number): void;
  _heif_image_has_channel(image: number, channel: number): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
  _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number;
}

/** heif_colorspace_undefined and heif_chroma_undefined: as the picture was coded. */
const AS_CODED = 99;
/** heif_channel_Y; heif_channel_G of a picture that was coded as red, green and blue. */
const BRIGHTNESS = 0;
const GREEN = 4;

/** Node's own; its types do not have it. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (module: object, imports: object) => WasmInstance;
  readonly Memory: new (shape: { readonly initial: number }) => WasmMemory;
};

interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * The primary picture of the file, whole, upright.
 *
 * @throws Refusal image-damaged
 */
export async function decodeHeic(bytes: Uint8Array, source: string): Promise<Picture> {
  // One a file: it goes with all of its memory, whatever the file did to it.
  const { libheif, memory } = await start();
  try {
    return decode(libheif, memory, bytes);
  } catch {
    throw new Refusal({ code: "image-damaged", source });
  }
}

/** heif_image_tiling: a version, then these, of four bytes each, and what pictures of more dimensions have. */
interface Tiling {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly top: number;
  readonly left: number;
}

const TILING_BYTES = 128;

/** As shown it has another size than as stored, and not by being turned. */
function isCropped(shown: Tiling, stored: Tiling): boolean {
  const sides = ({ widthPx, heightPx }: Tiling) => [widthPx, heightPx].sort((a, b) => a - b);
  return String(sides(shown)) !== String(sides(stored));
}

/**
 * Tile by tile where it is laid together of tiles, as telephones do it: libheif would keep all of it in all its
 * colours, and once more where it is turned.
 */
function decode(libheif: Libheif, memory: WasmMemory, bytes: Uint8Array): Picture {
  const word = (pointer: number) => new DataView(memory.buffer).getUint32(pointer, true);
  const error = libheif._malloc(12);
  const result = libheif._malloc(4);
  const tiling = libheif._malloc(TILING_BYTES);
  const sure = (step: () => void) => {
    step();
    if (word(error) !== 0) throw new Error("refused");
    return word(result);
  };
  const data = libheif._malloc(bytes.length);
  if (data === 0) throw new Error("no memory");
  new Uint8Array(memory.buffer).set(bytes, data);
  const context = libheif._heif_context_alloc();
  sure(() => {
    libheif._heif_context_read_from_memory_without_copy(error, context, data, bytes.length, 0);
  });
  const handle = sure(() => {
    libheif._heif_context_get_primary_image_handle(error, context, result);
  });
  const tilingOf = (isAsShown: 0 | 1): Tiling => {
    sure(() => {
      libheif._heif_image_handle_get_image_tiling(error, handle, isAsShown, tiling);
    });
    const [, columns, rows, tileWidth, tileHeight, widthPx, heightPx, top, left] = Array.from(
      { length: 9 },
      (_, index) => word(tiling + 4 * index),
    ) as [number, number, number, number, number, number, number, number, number];
    return { columns, rows, tileWidth, tileHeight, widthPx, heightPx, top, left };
  };
  const shown = tilingOf(1);
  const take = (image: number) => {
    const picture = brightnessOf(libheif, memory, image, result);
    libheif._heif_image_release(image);
    return picture;
  };
  if (shown.columns * shown.rows === 1 || isCropped(shown, tilingOf(0))) {
    const whole = sure(() => {
      libheif._heif_decode_image(error, handle, result, AS_CODED, AS_CODED, 0);
    });
    return take(whole);
  }
  const { columns, rows, tileWidth, tileHeight, widthPx, heightPx } = shown;
  // libheif says on which side the tiles stand out over the picture, and not by how much.
  const left = shown.left === 0 ? 0 : columns * tileWidth - widthPx;
  const top = shown.top === 0 ? 0 : rows * tileHeight - heightPx;
  const luma = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const image = sure(() => {
        const as = [AS_CODED, AS_CODED, 0] as const;
        libheif._heif_image_handle_decode_image_tile(error, handle, result, ...as, column, row);
      });
      const place = { x: column * tileWidth - left, y: row * tileHeight - top };
      lay(take(image), place, { widthPx, heightPx, luma });
    }
  }
  return { widthPx, heightPx, luma };
}

/** A tile onto the picture; it may reach beyond it. */
function lay(
  tile: Picture,
  { x, y }: { readonly x: number; readonly y: number },
  { widthPx, heightPx, luma }: Picture,
): void {
  const from = Math.max(0, -x);
  const to = Math.min(tile.widthPx, widthPx - x);
  for (let row = Math.max(0, -y); row < Math.min(tile.heightPx, heightPx - y); row++) {
    const start = row * tile.widthPx;
    if (to > from)
      luma.set(tile.luma.subarray(start + from, start + to), (y + row) * widthPx + x + from);
  }
}

/** Of a decoded image; `result` is where a number is written. */
function brightnessOf(
  libheif: Libheif,
  memory: WasmMemory,
  image: number,
  result: number,
): Picture {
  const channel = libheif._heif_image_has_channel(image, BRIGHTNESS) === 0 ? GREEN : BRIGHTNESS;
  const start = libheif._heif_image_get_plane_readonly2(image, channel, result);
  if (start === 0) throw new Error("no such plane");
  const [widthPx, heightPx, bits] = [
    libheif._heif_image_get_width(image, channel),
    libheif._heif_image_get_height(image, channel),
    libheif._heif_image_get_bits_per_pixel_range(image, channel),
  ];
  const stride = new DataView(memory.buffer).getUint32(result, true);
  const plane = new Uint8Array(memory.buffer, start, stride * heightPx);
  return { widthPx, heightPx, luma: highestBits(plane, stride, widthPx, heightPx, bits) };
}

/** Eight of each sample; those of more bits are in two bytes, the lower one first. */
function highestBits(
  plane: Uint8Array,
  stride: number,
  widthPx: number,
  heightPx: number,
  bits: number,
): Uint8Array {
  const luma = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    if (bits <= 8) {
      luma.set(plane.subarray(y * stride, y * stride + widthPx), y * widthPx);
      continue;
    }
    for (let x = 0; x < widthPx; x++) {
      const at = y * stride + 2 * x;
      luma[y * widthPx + x] = ((plane[at] ?? 0) + 256 * (plane[at + 1] ?? 0)) >> (bits - 8);
    }
  }
  return luma;
}

async function start(): Promise<{ readonly libheif: Libheif; readonly memory: WasmMemory }> {
  const path = createRequire(import.meta.url).resolve("libheif-js/libheif-wasm/libheif.wasm");
  const module = await WebAssembly.compile(await readFile(path));
  const startWith = startLibheif as unknown as (options: object) => Libheif;
  let memory: WasmMemory | undefined;
  const libheif = startWith({
    instantiateWasm: (imports: object, done: (instance: WasmInstance) => void) => {
      const instance = new WebAssembly.Instance(module, imports);
      for (const exported of Object.values(instance.exports)) {
        if (exported instanceof WebAssembly.Memory) memory = exported;
      }
      done(instance);
      return instance.exports;
    },
    print: () => undefined,
    printErr: () => undefined,
  });
  if (memory === undefined) throw new Error("libheif exports no memory");
  limitMemory(memory, MEMORY_LIMIT_BYTES);
  return { libheif, memory };
}
