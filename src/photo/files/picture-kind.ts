/**
 * What kind of picture a file is, by its first bytes alone, never by its name.
 *
 * Knows the kinds that keysheet opens and no others: above all no SVG, which is a program.
 */
export type PictureKind =
  "jpeg" | "png" | "webp" | "gif" | "tiff" | "bmp" | "pnm" | "avif" | "heic";

const HEAD_BYTES = 256;

/** A BMP begins with two letters that a text may begin with too, so its next fields count as well. */
const SIGNATURES: readonly (readonly [PictureKind, RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n\x1a\n/],
  ["webp", /^RIFF[^]{4}WEBP/],
  ["gif", /^GIF8[79]a/],
  ["tiff", /^(?:II[*+]\0|MM\0[*+])/],
  // So does a PNM, behind whose letter and figure a width and a height stand.
  ["pnm", /^P[1-6](?:\s|#[^\n\r]*[\n\r])+\d+(?:\s|#[^\n\r]*[\n\r])+\d+\s/],
  ["pnm", /^P7\n/],
  ["bmp", /^BM[^]{4}[^]{4}[^]{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/],
];

/** Null for what is no picture that keysheet opens. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  const found = SIGNATURES.find(([, pattern]) => pattern.test(head));
  return found?.[0] ?? heifKind(head);
}

/** ISO/IEC 23008-12: a file type box with a brand of pictures; AVIF is the same with another codec. */
function heifKind(head: string): PictureKind | null {
  if (head.slice(4, 8) !== "ftyp") return null;
  const length = Math.min(head.length, head.charCodeAt(2) * 256 + head.charCodeAt(3));
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => /^avi[fs]$/.test(brand))) return "avif";
  return brands.some((brand) => /^(?:hei[cxms]|hev[cxms]|mif[12]|msf1)$/.test(brand))
    ? "heic"
    : null;
}
