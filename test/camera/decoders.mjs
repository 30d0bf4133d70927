// @ts-check
/**
 * Other decoders of QR codes, each from the bytes of a picture file to texts, as their own
 * documentation has them used: the picture upright and as large as it is.
 */
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { scanRGBABuffer } from "@undecaf/zbar-wasm";
import jsqr from "jsqr";
import { decodeQR } from "qr/decode.js";
import sharp from "sharp";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

/**
 * @typedef {(bytes: Uint8Array) => Promise<readonly string[]>} Decoder
 */

/** @param {Uint8Array} bytes */
async function colours(bytes) {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** @param {Uint8Array} bytes */
async function asPng(bytes) {
  return sharp(bytes)
    .autoOrient()
    .flatten({ background: "white" })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** @type {Decoder} */
async function zxingWasm(bytes) {
  const { data, width, height } = await colours(bytes);
  const image = { data: new Uint8ClampedArray(data), width, height, colorSpace: "srgb" };
  const found = await readBarcodes(/** @type {any} */ (image), {
    formats: ["QRCode"],
    textMode: "Plain",
  });
  return found.map(({ text }) => text);
}

/** @type {Decoder} */
async function jsQr(bytes) {
  const { data, width, height } = await colours(bytes);
  const decode = /** @type {typeof import("jsqr").default} */ (/** @type {unknown} */ (jsqr));
  try {
    const found = decode(new Uint8ClampedArray(data), width, height);
    return found === null || found.data === "" ? [] : [found.data];
  } catch {
    return [];
  }
}

/** @type {Decoder} */
async function qr(bytes) {
  const image = await colours(bytes);
  try {
    return [decodeQR(image)];
  } catch {
    return [];
  }
}

/** @type {Decoder} */
async function zbarWasm(bytes) {
  const { data, width, height } = await colours(bytes);
  const buffer = data.buffer.slice(data.byteOffset, data.byteOffset + data.length);
  const found = await scanRGBABuffer(/** @type {ArrayBuffer} */ (buffer), width, height);
  return found.filter(({ typeName }) => typeName === "ZBAR_QRCODE").map((one) => one.decode());
}

/**
 * @param {string} program
 * @param {readonly string[]} options
 * @param {(output: string) => string[]} textsOf
 * @returns {Decoder}
 */
function command(program, options, textsOf) {
  const run = promisify(execFile);
  return async (bytes) => {
    const folder = mkdtempSync(path.join(tmpdir(), "photos-"));
    const file = path.join(folder, "photo.png");
    try {
      writeFileSync(file, await asPng(bytes));
      const { stdout } = await run(program, [...options, file]);
      return textsOf(stdout);
    } catch {
      return [];
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

/** @param {string} output */
function wholeText(output) {
  return output.trimEnd() === "" ? [] : [output.trimEnd()];
}

/** @param {string} output */
function quotedTexts(output) {
  return [...output.matchAll(/^Text: +"([^]*?)"\nBytes:/gm)].map(([, text]) => text ?? "");
}

/** @param {string} program */
function isInstalled(program) {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<Record<string, Decoder>>} */
export async function otherDecoders() {
  const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
  const wasmBinary = new Uint8Array(await readFile(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return {
    "zxing-wasm": zxingWasm,
    jsQR: jsQr,
    qr,
    "zbar-wasm": zbarWasm,
    ...(isInstalled("zbarimg")
      ? {
          zbarimg: command(
            "zbarimg",
            ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"],
            wholeText,
          ),
        }
      : {}),
    ...(isInstalled("ZXingReader")
      ? { ZXingReader: command("ZXingReader", ["-format", "QRCode"], quotedTexts) }
      : {}),
  };
}
