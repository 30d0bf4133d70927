/** BMP files as Windows' documentation describes them, of colours as 0xRRGGBB. */

export interface BmpShape {
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  readonly isTopDown?: boolean;
  /** With the header of OS/2, of 12 bytes. */
  readonly isCore?: boolean;
  /** Of red, green and blue; without them those that a file has without saying so. */
  readonly masks?: readonly [number, number, number];
  readonly palette?: readonly number[];
}

export function bmp(rows: readonly (readonly number[])[], shape: BmpShape): Buffer {
  const { bits, isTopDown = false, isCore = false, masks } = shape;
  const width = rows[0]?.length ?? 0;
  const colours = bits <= 8 ? (shape.palette ?? paletteOf(rows)) : [];
  const headerBytes = isCore ? 12 : 40;
  const maskBytes = masks === undefined ? 0 : 12;
  const entryBytes = isCore ? 3 : 4;
  const paletteBytes = bits > 8 ? 0 : entryBytes * (isCore ? 2 ** bits : colours.length);
  const offset = 14 + headerBytes + maskBytes + paletteBytes;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const bytes = Buffer.alloc(offset + stride * rows.length);
  bytes.write("BM");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(offset, 10);
  bytes.writeUInt32LE(headerBytes, 14);
  if (isCore) {
    for (const [index, number] of [width, rows.length, 1, bits].entries()) {
      bytes.writeUInt16LE(number, 18 + index * 2);
    }
  } else {
    bytes.writeInt32LE(width, 18);
    bytes.writeInt32LE(isTopDown ? -rows.length : rows.length, 22);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(bits, 28);
    bytes.writeUInt32LE(masks === undefined ? 0 : 3, 30);
    bytes.writeUInt32LE(colours.length, 46);
  }
  for (const [index, mask] of (masks ?? []).entries()) bytes.writeUInt32LE(mask, 54 + index * 4);
  for (const [index, colour] of colours.entries()) {
    bytes.writeUIntLE(colour, 14 + headerBytes + maskBytes + index * entryBytes, 3);
  }
  for (const [y, row] of rows.entries()) {
    const start = offset + (isTopDown ? y : rows.length - 1 - y) * stride;
    for (const [x, colour] of row.entries()) {
      if (bits <= 8) {
        const at = start + Math.floor((x * bits) / 8);
        const shift = 8 - bits - ((x * bits) % 8);
        bytes.writeUInt8(bytes.readUInt8(at) | (colours.indexOf(colour) << shift), at);
      } else {
        bytes.writeUIntLE(pixel(colour, bits, masks), start + (x * bits) / 8, bits / 8);
      }
    }
  }
  return bytes;
}

function paletteOf(rows: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(rows.flat())];
}

function pixel(colour: number, bits: number, masks: BmpShape["masks"]): number {
  const [red, green, blue] =
    masks ?? (bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff]);
  const parts = [
    [red, (colour >> 16) & 255],
    [green, (colour >> 8) & 255],
    [blue, colour & 255],
  ] as const;
  return parts.reduce((sum, [mask, value]) => {
    const low =
      2 ** [...Array(32).keys()].findIndex((bit) => Math.floor(mask / 2 ** bit) % 2 === 1);
    return mask === 0 ? sum : sum + low * Math.round((value / 255) * (mask / low));
  }, 0);
}
