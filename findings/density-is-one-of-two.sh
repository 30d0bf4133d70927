#!/usr/bin/env bash
# sharp 0.35.5.
#
# One would guess: the metadata of a fax page, 204 dots an inch across and 98 down, have both figures, or none
# where they differ: whoever draws the page from the pixels alone draws it at half its height.
# What happens: `density` is 204, the one across, and nothing in the metadata has the other. sharp does not make
# the pixels square either. It knows both: a PNG that keeps the metadata has them, 8030 and 3860 dots a metre.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5

cat >density.mjs <<'JS'
import sharp from "sharp";

// Dots a millimetre, as sharp takes them: those of a fax of normal resolution.
const [across, down] = [8.03, 3.86];
const raw = { width: 40, height: 20, channels: 1 };
const fax = await sharp(Buffer.alloc(800, 255), { raw }).tiff({ xres: across, yres: down }).toBuffer();

const metadata = await sharp(fax).metadata();
const figures = Object.entries(metadata).filter(([, value]) => typeof value === "number");
const { info } = await sharp(fax).raw().toBuffer({ resolveWithObject: true });
const png = await sharp(fax).keepMetadata().png().toBuffer();
const at = png.indexOf("pHYs") + 4;
const kept = [png.readUInt32BE(at), png.readUInt32BE(at + 4)];

console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`);
console.log(`stored:    ${across} dots a mm across, ${down} down`);
console.log(`metadata:  ${figures.map(([name, value]) => `${name} ${value}`).join(", ")}`);
console.log(`pixels:    ${info.width} x ${info.height}`);
console.log(`PNG's pHYs: ${kept.join(" and ")} dots a metre`);
const isKnown = figures.some(([, value]) => Math.round(value) === Math.round(down * 25.4));
if (metadata.density !== 204) throw new Error("changed: the density is another one");
if (isKnown) throw new Error("changed: the metadata have the figure down, too");
if (info.width !== 40 || info.height !== 20) throw new Error("changed: the pixels are other ones");
if (kept[0] !== 8030 || kept[1] !== 3860) throw new Error("changed: the PNG has other figures");
console.log("as stated: of two densities the metadata have the one across");
JS
node density.mjs
