/** The boxes of a HEIF file that say how large its pictures are; there are no pixels behind them. */

export interface HeifShape {
  /** Of the boxes: 0 has item numbers of two bytes, 1 of four. */
  readonly version?: 0 | 1;
  readonly primary: number;
  readonly sizes: ReadonlyMap<number, readonly [width: number, height: number]>;
  /** What each picture is laid together of. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

export function heif({ version = 0, primary, sizes, parts }: HeifShape): Buffer {
  const id = (item: number) => (version === 0 ? u16(item) : u32(item));
  const entries = [...sizes];
  const ispes = entries.map(([, [width, height]]) => full("ispe", 0, u32(width), u32(height)));
  const associations = entries.map(([item], index) =>
    Buffer.concat([id(item), Buffer.of(1), u16(index + 1)]),
  );
  const references = [...parts].map(([item, of]) =>
    box("dimg", id(item), u16(of.length), ...of.map(id)),
  );
  return Buffer.concat([
    box("ftyp", Buffer.from("heic\0\0\0\0mif1heic", "latin1")),
    full(
      "meta",
      0,
      full("pitm", version, id(primary)),
      full("iref", version, ...references),
      box(
        "iprp",
        box("ipco", ...ispes),
        // The flag says that properties are numbered in two bytes.
        box("ipma", Buffer.of(version, 0, 0, 1), u32(entries.length), ...associations),
      ),
    ),
  ]);
}

function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
}

function full(type: string, version: number, ...content: readonly Uint8Array[]): Buffer {
  return box(type, Buffer.of(version, 0, 0, 0), ...content);
}

function u16(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}

function u32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
