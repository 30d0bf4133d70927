/** JPEG and PNG files that say how far apart their pixels are, across and down; sharp writes one figure. */

type Dots = readonly [across: number, down: number];

/** In a segment of JFIF right behind the first marker. */
export function jpegWithDots(jpeg: Buffer, [across, down]: Dots): Buffer {
  const segment = Buffer.from("\xff\xe0\0\x10JFIF\0\x01\x02\x01....\0\0", "latin1");
  segment.writeUInt16BE(across, 12);
  segment.writeUInt16BE(down, 14);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

/** In a segment of EXIF: a TIFF whose directory has two fractions, 282 and 283, behind it. */
export function jpegWithExifDots(jpeg: Buffer, dots: Dots): Buffer {
  const exif = Buffer.alloc(6 + 8 + 2 + 2 * 12 + 4 + 2 * 8);
  exif.write("Exif\0\0II*\0\x08\0\0\0\x02", "latin1");
  for (const [index, number] of dots.entries()) {
    const entry = 16 + 12 * index;
    const [value, place] = [44 + 8 * index, 38 + 8 * index];
    exif.writeUInt16LE(282 + index, entry);
    exif.writeUInt16LE(5, entry + 2);
    exif.writeUInt32LE(1, entry + 4);
    exif.writeUInt32LE(place, entry + 8);
    exif.writeUInt32LE(number, value);
    exif.writeUInt32LE(1, value + 4);
  }
  const head = Buffer.of(0xff, 0xe1, 0, exif.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

const HEAD_BYTES = 33;

/** Per metre, in a chunk pHYs right behind the head. */
export function pngWithDots(png: Buffer, [across, down]: Dots): Buffer {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9);
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(across, 8);
  chunk.writeUInt32BE(down, 12);
  chunk[16] = 1;
  chunk.writeUInt32BE(crcOf(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, HEAD_BYTES), chunk, png.subarray(HEAD_BYTES)]);
}

/** ISO/IEC 15948, annex D. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
