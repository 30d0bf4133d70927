#!/usr/bin/env bash
# sharp 0.35.5.
#
# One would guess: `ensureAlpha()` behind `greyscale()` gives two bytes a pixel in raw output, grey and alpha;
# or, if there is no alpha, the information that comes with the bytes says so. As PNG the same picture keeps it.
# What happens: raw output has one byte a pixel, the alpha is gone, and the information says `hasAlpha: true`
# beside `channels: 1`. White ink on nothing then cannot be told from a white page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5

cat >grey.mjs <<'JS'
import sharp from "sharp";

// White twice, of which the first is transparent.
const pixels = Buffer.from([255, 255, 255, 0, 255, 255, 255, 255]);
const picture = await sharp(pixels, { raw: { width: 2, height: 1, channels: 4 } }).png().toBuffer();

async function raw(name, change) {
  const { data, info } = await change(sharp(picture)).raw().toBuffer({ resolveWithObject: true });
  const seen = `${info.channels} channels, hasAlpha ${info.hasAlpha}, bytes ${[...data].join(" ")}`;
  console.log(`${name.padEnd(38)}${seen}`);
  return seen;
}

console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`);
const colour = await raw("ensureAlpha(), raw", (each) => each.ensureAlpha());
const grey = await raw("greyscale().ensureAlpha(), raw", (each) => each.greyscale().ensureAlpha());
const png = await sharp(picture).greyscale().ensureAlpha().png().toBuffer();
const { hasAlpha } = await sharp(png).metadata();
console.log(`${"greyscale().ensureAlpha(), PNG".padEnd(38)}hasAlpha ${hasAlpha}`);
if (colour !== "4 channels, hasAlpha true, bytes 255 255 255 0 255 255 255 255") {
  throw new Error("changed: in colours the alpha is not kept");
}
if (grey !== "1 channels, hasAlpha true, bytes 255 255") throw new Error("changed: in grey");
if (!hasAlpha) throw new Error("changed: the PNG has no alpha either");
console.log("as stated: grey pixels come without the alpha that the information announces");
JS
node grey.mjs
