#!/usr/bin/env bash
# sharp 0.35.5, with the libvips and libtiff that its npm package brings (linux-x64, glibc).
#
# One would guess: `failOn: "truncated"` lets damaged pixels through, and a compression that the library was
# built without is refused all the same: there is no pixel of it to let through.
# What happens: only the two stricter levels refuse it. With "truncated", and with "none", the picture is given
# out with its width and height, and every pixel is black: a white page in ZSTD is a page in the dark.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5

cat >black.mjs <<'JS'
import { writeFileSync } from "node:fs";
import sharp from "sharp";

const [WIDTH, HEIGHT] = [16, 8];
const white = Buffer.alloc(WIDTH * HEIGHT, 255);

// A ZSTD frame of one raw block (RFC 8878, 3.1.1): its content as it is.
const zstd = Buffer.concat([
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, white.length]),
  Buffer.from([((white.length << 3) | 1) & 255, white.length >> 5, 0]),
  white,
]);

/** A TIFF of one strip, in grey of 8 bits; tags are those of TIFF 6.0, and 50000 is ZSTD's number. */
function tiff(compression, strip) {
  const tags = [
    [256, WIDTH], [257, HEIGHT], [258, 8], [259, compression], [262, 1],
    [273, 8], [277, 1], [278, HEIGHT], [279, strip.length],
  ];
  const head = Buffer.alloc(8);
  head.write("II*\0", "latin1");
  const padded = Buffer.concat([strip, Buffer.alloc(strip.length % 2)]);
  head.writeUInt32LE(8 + padded.length, 4);
  const directory = Buffer.alloc(2 + 12 * tags.length + 4);
  directory.writeUInt16LE(tags.length, 0);
  tags.forEach(([tag, value], index) => {
    directory.writeUInt16LE(tag, 2 + 12 * index);
    directory.writeUInt16LE(4, 4 + 12 * index);
    directory.writeUInt32LE(1, 6 + 12 * index);
    directory.writeUInt32LE(value, 10 + 12 * index);
  });
  return Buffer.concat([head, padded, directory]);
}

async function pixels(bytes, failOn) {
  const picture = sharp(bytes, { failOn });
  const { width, height } = await picture.metadata();
  const raw = await picture.greyscale().raw().toBuffer();
  return `${width} x ${height}, values ${[...new Set(raw)].join(" ")}`;
}

console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`);
const plain = await pixels(tiff(1, white), "truncated");
const packed = tiff(50000, zstd);
const lenient = await pixels(packed, "truncated");
const strict = await pixels(packed, "error").then(() => "read", () => "refused");
console.log(`white, without compression, "truncated":  ${plain}`);
console.log(`white, in ZSTD, "truncated":              ${lenient}`);
console.log(`white, in ZSTD, "error":                  ${strict}`);
const seen = [plain, lenient, strict].join("; ");
const stated = "16 x 8, values 255; 16 x 8, values 0; refused";
if (seen !== stated) throw new Error(`changed: ${seen}`);
console.log("as stated: what cannot be unpacked at all passes as a picture in black");
JS
node black.mjs
