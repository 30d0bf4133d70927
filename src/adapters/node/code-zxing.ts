/**
 * Every QR code on a picture, through zxing-cpp as WebAssembly.
 *
 * The WebAssembly is the package's own file: nothing is fetched. A picture without a code, or one
 * that the decoder fails on, gives an empty list.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { prepareZXingModule, purgeZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { Picture } from "../../photo/picture.js";
import type { CodeSearch } from "../../reading/ports.js";
import { compileLater } from "./wasm-effort.js";

let started: Promise<unknown> | undefined;
let program: Promise<ArrayBuffer> | undefined;

/** Starts the compilation, which runs beside other work; `readCodes` waits for it. */
export function startDecoder(): Promise<unknown> {
  started ??= compile();
  return started;
}

/** Its memory only grows, and goes with it; the next reading starts another. */
export function endDecoder(): void {
  started = undefined;
  purgeZXingModule();
}

/** The texts of all QR codes found, each once. */
export async function readCodes(
  picture: Picture,
  { isDenoised = false, isGlobal = false, isClean = false }: CodeSearch = {},
): Promise<readonly string[]> {
  await startDecoder();
  try {
    const found = await readBarcodes(portableGreymap(picture), {
      formats: ["QRCode"],
      textMode: "Plain",
      tryDenoise: isDenoised,
      tryInvert: !isClean,
      tryRotate: !isClean,
      tryDownscale: !isClean,
      binarizer: isGlobal ? "GlobalHistogram" : "LocalAverage",
    });
    return [...new Set(found.map((code) => code.text))];
  } catch {
    return [];
  }
}

async function compile(): Promise<unknown> {
  compileLater();
  program ??= readProgram();
  return prepareZXingModule({
    overrides: {
      wasmBinary: await program,
      print: () => undefined,
      printErr: () => undefined,
    },
    fireImmediately: true,
  });
}

async function readProgram(): Promise<ArrayBuffer> {
  const path = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
  return new Uint8Array(await readFile(path)).buffer;
}

/** The one input form of the decoder that takes one byte a pixel; as RGBA it would be four. */
function portableGreymap(picture: Picture): Uint8Array {
  const head = `P5\n${String(picture.widthPx)} ${String(picture.heightPx)}\n255\n`;
  const file = new Uint8Array(head.length + picture.luma.length);
  file.set(new TextEncoder().encode(head));
  file.set(picture.luma, head.length);
  return file;
}
