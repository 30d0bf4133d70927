// @ts-check
/**
 * HEIC files as telephones make them, of tiles; all of them are the one picture of another HEIC file, since
 * nothing here encodes HEVC.
 */

/**
 * @typedef {object} Grid
 * @property {number} columns
 * @property {number} rows
 * @property {number} widthPx the tiles stand out over it to the right
 * @property {number} heightPx and below
 * @property {0 | 1 | 2 | 3} [quarters] of a circle anticlockwise by which it is turned
 * @property {"columns" | "rows"} [mirrored] which of them are put in the other order, instead of that
 */

/**
 * ISO/IEC 23008-12, with the boxes of ISO/IEC 14496-12.
 * @param {Uint8Array} tile
 * @param {Grid} grid
 */
export function heicOfTiles(tile, grid) {
  const { columns, rows, widthPx, heightPx, quarters = 0, mirrored } = grid;
  const file = Buffer.from(tile);
  const tiles = Array.from({ length: columns * rows }, (_, index) => index + 2);
  const pixels = file.subarray(file.indexOf("mdat", 0, "latin1") + 4);
  const layout = Buffer.concat([
    Buffer.of(0, 0, rows - 1, columns - 1),
    u16(widthPx),
    u16(heightPx),
  ]);
  const turn =
    mirrored === undefined
      ? box("irot", Buffer.of(quarters))
      : box("imir", Buffer.of(mirrored === "columns" ? 1 : 0));
  const properties = box(
    "iprp",
    box(
      "ipco",
      boxIn(file, "hvcC"),
      boxIn(file, "ispe"),
      full("ispe", 0, u32(widthPx), u32(heightPx)),
      turn,
    ),
    full(
      "ipma",
      0,
      u32(1 + tiles.length),
      uses(1, 3, 0x84),
      ...tiles.map((id) => uses(id, 0x81, 2)),
    ),
  );
  const headOf = (/** @type {number} */ start) =>
    Buffer.concat([
      box("ftyp", Buffer.from("heic\0\0\0\0mif1heic", "latin1")),
      full(
        "meta",
        0,
        full("hdlr", 0, u32(0), Buffer.from("pict"), Buffer.alloc(13)),
        full("pitm", 0, u16(1)),
        full(
          "iloc",
          0,
          Buffer.of(0x44, 0),
          u16(1 + tiles.length),
          place(1, start, layout.length),
          ...tiles.map((id) => place(id, start + layout.length, pixels.length)),
        ),
        full(
          "iinf",
          0,
          u16(1 + tiles.length),
          item(1, "grid"),
          ...tiles.map((id) => item(id, "hvc1")),
        ),
        full("iref", 0, box("dimg", u16(1), u16(tiles.length), ...tiles.map(u16))),
        properties,
      ),
    ]);
  // Its length does not depend on where it says that the pixels are.
  const head = headOf(headOf(0).length + 8);
  return Buffer.concat([head, box("mdat", layout, pixels)]);
}

/** @param {number} id @param {string} type */
function item(id, type) {
  return full("infe", 2, u16(id), u16(0), Buffer.from(`${type}\0`, "latin1"));
}

/** @param {number} id @param {number} offset @param {number} length */
function place(id, offset, length) {
  return Buffer.concat([u16(id), u16(0), u16(1), u32(offset), u32(length)]);
}

/** @param {number} id @param {...number} properties */
function uses(id, ...properties) {
  return Buffer.concat([u16(id), Buffer.of(properties.length, ...properties)]);
}

/** The first box of a type, wherever it is. @param {Buffer} file @param {string} type */
function boxIn(file, type) {
  const start = file.indexOf(type, 0, "latin1") - 4;
  return file.subarray(start, start + file.readUInt32BE(start));
}

/** @param {string} type @param {...Uint8Array} content */
function box(type, ...content) {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
}

/** @param {string} type @param {number} version @param {...Uint8Array} content */
function full(type, version, ...content) {
  return box(type, Buffer.of(version, 0, 0, 0), ...content);
}

/** @param {number} number */
function u16(number) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}

/** @param {number} number */
function u32(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
