/** TIFF files of several pages, which sharp cannot write. */
import sharp, { type Sharp } from "sharp";

/** As many pages: page n, from 1, is 10 n pixels wide and 40 high, dark grey. */
export function tiffOfPages(count: number): Promise<Buffer> {
  const background = "#404040";
  return tiffOf(
    Array.from({ length: count }, (_, index) =>
      sharp({ create: { width: 10 * (index + 1), height: 40, channels: 3, background } }),
    ),
  );
}

export async function tiffOf(pages: readonly Sharp[]): Promise<Buffer> {
  const files = pages.map((page) => page.tiff({ compression: "none" }).toBuffer());
  return joinTiffs(await Promise.all(files));
}

/** TIFF 6.0, section 2: each file's offsets are moved, and its directory names the next one's. */
function joinTiffs(files: readonly Buffer[]): Buffer {
  let end = 0;
  const moved = files.map((file) => {
    const bytes = Buffer.from(file);
    const [base, start] = [end, bytes.readUInt32LE(4)];
    end += bytes.length;
    const entries = bytes.readUInt16LE(start);
    for (let entry = 0; entry < entries; entry++) {
      const at = start + 2 + entry * 12;
      const [tag, type, count] = [
        bytes.readUInt16LE(at),
        bytes.readUInt16LE(at + 2),
        bytes.readUInt32LE(at + 4),
      ];
      const length = count * ({ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 }[type] ?? 0);
      const isOffset = length > 4;
      if (isOffset) {
        const place = bytes.readUInt32LE(at + 8);
        if (tag === 273) {
          for (let strip = 0; strip < count; strip++) {
            const strips = place + strip * 4;
            bytes.writeUInt32LE(bytes.readUInt32LE(strips) + base, strips);
          }
        }
        bytes.writeUInt32LE(place + base, at + 8);
      } else if (tag === 273) {
        bytes.writeUInt32LE(bytes.readUInt32LE(at + 8) + base, at + 8);
      }
    }
    return { bytes, next: start + 2 + entries * 12, directory: base + start };
  });
  for (const [index, { bytes, next }] of moved.entries()) {
    bytes.writeUInt32LE(moved[index + 1]?.directory ?? 0, next);
  }
  return Buffer.concat(moved.map(({ bytes }) => bytes));
}

/** The first value of a tag of the first page replaced, where it is a short one. */
export function withTag(file: Buffer, tag: number, value: number): Buffer {
  const bytes = Buffer.from(file);
  const start = bytes.readUInt32LE(4);
  const entries = bytes.readUInt16LE(start);
  for (let entry = 0; entry < entries; entry++) {
    const at = start + 2 + entry * 12;
    if (bytes.readUInt16LE(at) === tag) bytes.writeUInt16LE(value, at + 8);
  }
  return bytes;
}
