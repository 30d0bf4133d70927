// @ts-check
/**
 * Small files that unfold to gigabytes, and large ones of nothing: each is refused by the real command in
 * seconds and within a bounded memory.
 */
import { deflateSync, gzipSync } from "node:zlib";
import { KEY_TEXT, runCommand, Sandbox } from "./command.mjs";

/** @typedef {import("./command.mjs").Row} Row */

export const LIMIT_SECONDS = 5;
export const LIMIT_MB = 512;

/**
 * @typedef {object} Bomb
 * @property {string} name
 * @property {string} file
 * @property {() => string | Uint8Array} content
 * @property {(path: string) => readonly string[]} [args] restore where there are none
 */

/** @type {readonly Bomb[]} */
export const BOMBS = [
  { name: "PNG of 256 megapixels in 32 KB", file: "b.png", content: () => png(16_384, 16_384) },
  { name: "PNG of 65,535 by 65,535", file: "c.png", content: () => png(65_535, 65_535, 100) },
  { name: "PNG with more pixels than it says", file: "d.png", content: () => png(8, 8, 16_384) },
  { name: "JPEG that says 65,500 by 65,500", file: "e.jpg", content: () => jpeg(65_500, 65_500) },
  { name: "WebP that says 16,383 by 16,383", file: "f.webp", content: () => webp(16_383, 16_383) },
  { name: "BMP that says 60,000 by 60,000", file: "ba.bmp", content: () => bmp(60_000, 60_000) },
  { name: "GIF that says 65,535 by 65,535", file: "bb.gif", content: () => gif(65_535, 65_535) },
  { name: "TIFF that says 60,000 by 60,000", file: "bc.tif", content: () => tiff(60_000, 60_000) },
  { name: "PDF of 10,000 pages", file: "g.pdf", content: () => pdf({ pages: 10_000 }) },
  {
    name: "PDF whose page is 10 km wide",
    file: "h.pdf",
    content: () => pdf({ pages: 1, side: 28_000_000 }),
  },
  {
    name: "PDF with a page tree that is its own parent",
    file: "i.pdf",
    content: () => pdf({ pages: 1, kids: "2 0 R ".repeat(1000) }),
  },
  {
    name: "PDF of 100,000 nested lists",
    file: "j.pdf",
    content: () => pdf({ pages: 1, extra: `/X ${"[".repeat(100_000)}${"]".repeat(100_000)}` }),
  },
  {
    name: "PDF page of 1 GB of blanks in 1 MB",
    file: "k.pdf",
    content: () => pdf({ pages: 1, stream: deflateSync(Buffer.alloc(2 ** 30, " ")) }),
  },
  {
    name: "10 MB of one list word",
    file: "l.txt",
    content: () => "abandon ".repeat(1_250_000),
  },
  { name: "10 MB of lines of words", file: "m.txt", content: () => "zoo ear\n".repeat(1_250_000) },
  { name: "10 MB of one letter", file: "n.txt", content: () => "a".repeat(1e7) },
  { name: "10 MB of line ends", file: "o.txt", content: () => "\n".repeat(1e7) },
  {
    name: "10 MB of digits behind KEYSHEET1",
    file: "p.txt",
    content: () => `KEYSHEET1/1/1/${"7".repeat(1e7)}`,
  },
  {
    name: "10 MB of codes, each one of 99",
    file: "q.txt",
    content: () => "KEYSHEET1/1/99/123456789012345678901234567890\n".repeat(217_000),
  },
  { name: "1 MB of one list word", file: "la.txt", content: () => "abandon ".repeat(125_000) },
  { name: "1 MB of lines of words", file: "ma.txt", content: () => "zoo ear\n".repeat(125_000) },
  { name: "1 MB of one letter", file: "na.txt", content: () => "a".repeat(1e6) },
  {
    name: "1 MB of digits behind KEYSHEET1",
    file: "pa.txt",
    content: () => `KEYSHEET1/1/1/${"7".repeat(1e6)}`,
  },
  {
    name: "1 MB of codes, each one of 99",
    file: "qa.txt",
    content: () => "KEYSHEET1/1/99/123456789012345678901234567890\n".repeat(21_700),
  },
  { name: "4,000 words of no list", file: "r.txt", content: () => "xqjvk wzyqx ".repeat(2000) },
  {
    name: "gzip of 256 MB of zeros",
    file: "s.pdf",
    content: () => gzipSync(Buffer.alloc(2 ** 28)),
  },
  {
    name: "key file of 10 MB",
    file: "t.key",
    content: () => `${"A".repeat(5_000_000)}\n${"B".repeat(5_000_000)}\n`,
    args: (path) => ["make", "--from", path],
  },
  {
    name: "key file of 100,000 fields",
    file: "u.key",
    content: () => Array.from({ length: 1e5 }, (_, n) => `K${String(n)}=v`).join("\n"),
    args: (path) => ["make", "--from", path],
  },
  {
    name: "key file of JSON, nested 100,000 deep",
    file: "v.json",
    content: () => `${"[".repeat(1e5)}${"]".repeat(1e5)}`,
    args: (path) => ["make", "--from", path],
  },
  {
    name: "key file of JSON of 250 KB, nested 125,000 deep",
    file: "va.json",
    content: () => `${"[".repeat(125_000)}${"]".repeat(125_000)}`,
    args: (path) => ["make", "--from", path],
  },
  {
    name: "key file of 20,000 fields",
    file: "ua.key",
    content: () => Array.from({ length: 2e4 }, (_, n) => `K${String(n)}=v`).join("\n"),
    args: (path) => ["make", "--from", path],
  },
  {
    name: "template of JSON, nested 70,000 deep",
    file: "w.json",
    content: () => `${'{"panels":['.repeat(7e4)}${"]}".repeat(7e4)}`,
    args: (path) => ["make", "--from", "kraken.key", "--template", path],
  },
  {
    name: "label of 100,000 letters",
    file: "x.txt",
    content: () => "",
    args: () => ["make", "--from", "kraken.key", "--label", "W".repeat(1e5)],
  },
  {
    name: "passphrase of 10 MB",
    file: "y.txt",
    content: () => "p".repeat(1e7),
    args: (path) => ["make", "--from", "kraken.key", "--passphrase-file", path],
  },
];

/** @returns {Promise<Row[]>} */
export async function run() {
  const rows = [];
  for (const bomb of BOMBS) rows.push(await drop(bomb));
  return rows;
}

/**
 * @param {Bomb} bomb
 * @returns {Promise<Row & Pick<import("./command.mjs").Ran, "exitCode" | "stderr" | "peakMb" | "busySeconds">>}
 */
export async function drop({ name, file, content, args }) {
  const sandbox = new Sandbox();
  try {
    sandbox.write("kraken.key", KEY_TEXT);
    const path = sandbox.write(file, content());
    const command = args?.(path) ?? ["restore", path];
    const ran = await runCommand(sandbox, command, { isMeasured: true });
    const { exitCode, stderr, seconds, peakMb, busySeconds } = ran;
    const isRefused = exitCode !== null && exitCode > 0 && !/^\s+at /m.test(stderr);
    const isBounded = seconds <= LIMIT_SECONDS && (peakMb ?? Infinity) <= LIMIT_MB;
    return {
      name: `bomb: ${name}`,
      tried: 1,
      failed: isRefused && isBounded ? 0 : 1,
      seconds,
      note: `${(peakMb ?? NaN).toFixed(0)} MB, exit ${String(exitCode)}`,
      exitCode,
      stderr,
      peakMb,
      busySeconds,
    };
  } finally {
    sandbox.end();
  }
}

/**
 * Of one bit a pixel, all of them white.
 * @param {number} width
 * @param {number} height
 * @param {number} [rows] that are really there
 */
function png(width, height, rows = height) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + Math.ceil(width / 8));
  const pixels = deflateSync(Buffer.alloc(row.length * rows), { level: 9 });
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** ISO 3309, as PNG's (annex D of its specification). @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A header, quantisation of ones and the start of a scan; no pixels. @param {number} width @param {number} height */
function jpeg(width, height) {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  const hex = (/** @type {string} */ text) => Buffer.from(text, "hex");
  return Buffer.concat([
    hex("ffd8ffdb004300"),
    Buffer.alloc(64, 1),
    hex("ffc0000b08"),
    size,
    hex("01011100ffda0008010100003f00"),
    Buffer.alloc(1000, 0x55),
    hex("ffd9"),
  ]);
}

/** Lossless, with a header that is followed by zeros. @param {number} width @param {number} height */
function webp(width, height) {
  const data = Buffer.alloc(1000);
  data[0] = 0x2f;
  data.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  const framed = Buffer.alloc(20);
  framed.write("RIFF", 0);
  framed.writeUInt32LE(data.length + 12, 4);
  framed.write("WEBPVP8L", 8);
  framed.writeUInt32LE(data.length, 16);
  return Buffer.concat([framed, data]);
}

/** A header of one bit a pixel, and no pixels. @param {number} width @param {number} height */
function bmp(width, height) {
  const bytes = Buffer.alloc(70);
  bytes.write("BM");
  bytes.writeUInt32LE(62, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(1, 28);
  return bytes;
}

/** One frame of two colours, of which only the beginning is there. @param {number} width @param {number} height */
function gif(width, height) {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const hex = (/** @type {string} */ text) => Buffer.from(text, "hex");
  return Buffer.concat([
    Buffer.from("GIF89a"),
    size,
    hex("800000000000ffffff2c00000000"),
    size,
    hex("000202440100"),
    hex("3b"),
  ]);
}

/** One strip of a byte for all of its pixels. @param {number} width @param {number} height */
function tiff(width, height) {
  const entries = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, 1],
  ];
  const bytes = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  bytes.write("II*\0", "latin1");
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  for (const [index, [tag = 0, value = 0]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 10 + index * 12);
    bytes.writeUInt16LE(4, 12 + index * 12);
    bytes.writeUInt32LE(1, 14 + index * 12);
    bytes.writeUInt32LE(value, 18 + index * 12);
  }
  return bytes;
}

/**
 * Of pages that share one content stream; the cross-reference table is left out, as readers then mend it.
 * @param {{ pages: number, side?: number, kids?: string, extra?: string, stream?: Uint8Array }} shape
 */
function pdf({ pages, side = 595, kids, extra = "", stream = deflateSync("") }) {
  const pageIds = Array.from({ length: pages }, (_, index) => `${String(index + 4)} 0 R`);
  const box = `[0 0 ${String(side)} ${String(side)}]`;
  const objects = [
    `<</Type/Catalog/Pages 2 0 R ${extra}>>`,
    `<</Type/Pages/Count ${String(pages)}/Kids[${kids ?? ""}${pageIds.join(" ")}]>>`,
    Buffer.concat([
      Buffer.from(`<</Length ${String(stream.length)}/Filter/FlateDecode>>stream\n`),
      stream,
      Buffer.from("\nendstream"),
    ]),
    ...pageIds.map(() => `<</Type/Page/Parent 2 0 R/MediaBox${box}/Contents 3 0 R>>`),
  ];
  return Buffer.concat([
    Buffer.from("%PDF-1.7\n"),
    ...objects.flatMap((object, index) => [
      Buffer.from(`${String(index + 1)} 0 obj\n`),
      Buffer.from(object),
      Buffer.from("\nendobj\n"),
    ]),
    Buffer.from(`trailer<</Root 1 0 R/Size ${String(objects.length + 1)}>>\n%%EOF\n`),
  ]);
}
