/** Whatever is given as a file, and several of them: kinds of pictures, scans, folders, bad ones. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import PDFDocument from "pdfkit";
import qrcode from "qrcode";
import sharp, { type Sharp } from "sharp";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../src/core/backup.js";
import { encodeQrText, type QrText } from "../../src/core/qr/qr-text.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { bmp } from "../bmp-file.js";
import { wornCode } from "../camera/worn-code.js";
import { tiffOf } from "../tiff-file.js";
import { pagePicture, pageRows } from "./page.js";
import { MARKED, onTerminal, Story } from "./story.js";
import { PRINTED_LABEL, wornPage } from "./worn-page.js";

const KEY = `${MARKED.key}\n${MARKED.secret}\n`;
const KEY_URI = `kraken://apikey?key=${encodeURIComponent(MARKED.key)}&secret=${encodeURIComponent(MARKED.secret)}`;
const DAY = ["--date", "2026-11-23"];
/** The same, in days from 2020 on. */
const DAY_NUMBER = 2518;

let sheet: Buffer;
let page: Buffer;
let rows: readonly string[];
let story: Story;

beforeAll(async () => {
  const first = new Story();
  writeFileSync(first.path("kraken.key"), KEY);
  await first.tell(["make", "--from", "kraken.key", ...DAY]);
  sheet = first.read("sheet.pdf");
  first.end();
  page = await (await pagePicture(sheet, 110)).png().toBuffer();
  rows = await pageRows(sheet);
});

beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), KEY);
});

afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(story.path(name)), { recursive: true });
  writeFileSync(story.path(name), content);
}

function picture(): Sharp {
  return sharp(page);
}

function blank(): Sharp {
  return sharp({ create: { width: 600, height: 800, channels: 3, background: "#eee" } });
}

async function pdfOf(pages: readonly Sharp[], options = {}): Promise<Buffer> {
  const document = new PDFDocument({ size: "A4", margin: 0, autoFirstPage: false, ...options });
  for (const each of pages) {
    document.addPage();
    document.image(await each.jpeg({ quality: 85 }).toBuffer(), 0, 0, { width: 595.28 });
  }
  return bytesOf(document);
}

async function bytesOf(document: InstanceType<typeof PDFDocument>): Promise<Buffer> {
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Frames as high as each other, the first of them first. */
async function framesOf(pages: readonly Sharp[], form: "gif" | "webp"): Promise<Buffer> {
  const raw = await Promise.all(
    pages.map((each) => each.resize(800, 1100).toColourspace("b-w").raw().toBuffer()),
  );
  const shape = { width: 800, height: 1100 * pages.length, pageHeight: 1100, channels: 1 } as const;
  return sharp(Buffer.concat(raw), { raw: shape }).toFormat(form).toBuffer();
}

async function bmpOf(each: Sharp): Promise<Buffer> {
  const { data, info } = await each
    .toColourspace("b-w")
    .threshold(128)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const lines = Array.from({ length: info.height }, (_, y) =>
    Array.from(data.subarray(y * info.width, (y + 1) * info.width), (luma) => luma * 0x010101),
  );
  return bmp(lines, { bits: 1 });
}

async function codeOf(text: string): Promise<Buffer> {
  return qrcode.toBuffer(text, { scale: 4 });
}

describe("restore reads", () => {
  test.each([
    ["JPEG in CMYK", () => picture().toColourspace("cmyk").jpeg().toBuffer()],
    [
      "JPEG on its side",
      () => picture().rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer(),
    ],
    ["PNG of 16 bits", () => picture().toColourspace("rgb16").png().toBuffer()],
    ["TIFF", () => picture().tiff().toBuffer()],
    ["AVIF", () => picture().avif({ effort: 0 }).toBuffer()],
    ["GIF", () => picture().gif().toBuffer()],
    ["animated GIF", () => framesOf([picture(), blank()], "gif")],
    ["animated WebP", () => framesOf([picture(), blank()], "webp")],
    ["BMP", () => bmpOf(picture())],
  ])("a %s, whatever its name says", async (_, make) => {
    write("photo.txt", await make());
    const told = await story.tell(["verify", "photo.txt", "--against", "kraken.key"]);
    expect(told.said).toContain("The sheet holds this key.");
    expect(told.exitCode).toBe(0);
  });

  test("a HEIC picture of an iPhone's kind, turned by its own property", async () => {
    const [photo, key] = ["fixtures/photos/turned.heic", "fixtures/keys/kraken-spot.key"];
    const told = await story.tell(["verify", path.resolve(photo), "--against", path.resolve(key)]);
    expect(told.said).toContain("The sheet holds this key.");
    write("cut.heic", readFileSync(photo).subarray(0, 30_000));
    const cut = await story.tell(["restore", "cut.heic"]);
    expect(cut.said).toContain("cut.heic: the picture is damaged or cut off.");
    expect(cut.exitCode).toBe(66);
  });

  test("a HEIC picture of 10 bits a sample", async () => {
    const bytes = readFileSync("fixtures/photos/ten-bits.heic");
    // The property that tells the bits of each of the three channels.
    expect(bytes.toString("latin1")).toContain("pixi\0\0\0\0\x03\x0a\x0a\x0a");
    write("photo.heic", bytes);
    const key = path.resolve("fixtures/keys/kraken-spot.key");
    const told = await story.tell(["verify", "photo.heic", "--against", key]);
    expect(told.said).toContain("The sheet holds this key.");
    expect(told.said).toContain("photo.heic: code, whole");
  });

  test("a scan of twelve pages, of which one is the sheet, and says which", async () => {
    const pages = Array.from({ length: 12 }, (_, index) => (index === 7 ? picture() : blank()));
    write("scan.pdf", await pdfOf(pages));
    const told = await story.tell(["restore", "scan.pdf"]);
    expect(told.said).toContain("scan.pdf page 8: code, whole");
    expect(told.exitCode).toBe(0);
  });

  test("a TIFF of three pages, of which one is the sheet", async () => {
    write(
      "scan.tif",
      await tiffOf([blank(), picture(), blank().resize(20, 4000, { fit: "fill" })]),
    );
    const told = await story.tell(["restore", "scan.tif"]);
    expect(told.said).toContain("scan.tif page 2: code, whole");
    expect(told.exitCode).toBe(0);
  });

  test("a picture from standard input", async () => {
    const told = await story.tell(["restore", "-"], { input: await picture().tiff().toBuffer() });
    expect(told.said).toContain("standard input: code, whole");
  });
});

describe("a code of which some blocks are left", () => {
  const { payload } = backup({ ...parseKeyFile(KEY, "key"), day: DAY_NUMBER }, "standard");
  const [text] = encodeQrText(payload) as [QrText];

  function codeOfSheet(...lost: readonly number[]): Promise<Buffer> {
    const { widthPx, heightPx, luma } = wornCode(text, lost, 4);
    const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
    return sharp(luma, { raw }).png().toBuffer();
  }

  test("completes typed words, and every command says what each gave", async () => {
    write("code.png", await codeOfSheet(1, 4));
    const words = rows.map((row, index) => (index % 4 === 0 ? row.replace(/\w+/g, "?") : row));
    write("words.txt", words.join("\n"));
    const both = ["code.png", "--words", "words.txt"];
    for (const args of [
      ["restore", ...both],
      ["verify", ...both, "--against", "kraken.key"],
      ["inspect", "code.png", "words.txt"],
    ]) {
      const told = await story.tell(args);
      expect(told.exitCode).toBe(0);
      expect(told.said).toContain("words.txt: words, English, 72 of 102 read");
      expect(told.said).toContain("code.png: code, 6 of 8 blocks read");
      expect(told.said).toMatch(/together every check holds; \d+ more words may be lost/);
    }
    const without = await story.tell(["restore", "words.txt"]);
    expect(without.exitCode).toBe(1);
    expect(without.said).toContain("these words could not be repaired");
  });

  test("completes the words of its own photograph", async () => {
    await story.tell(["make", "--from", "kraken.key", ...DAY, "--label", PRINTED_LABEL]);
    const photo = await wornPage(story.read("sheet.pdf"), payload, [1, 4]);
    write("photo.png", await photo.png().toBuffer());
    const told = await story.tell(["restore", "photo.png"]);
    expect(told.said).toMatch(/photo\.png: words, English, 8\d of 102 read/);
    expect(told.said).toContain("photo.png: code, 6 of 8 blocks read together every check holds");
    expect(told.exitCode).toBe(0);
    const verify = ["verify", "photo.png", "--against", "kraken.key"];
    const { stdout } = await onTerminal(story, verify, []);
    expect(stdout).toMatch(
      /^Reading photo\.png \.\.\.\r\nphoto\.png: no code of a sheet .* now the words, which takes some seconds:( \d0 %)* 100 %\r\n/,
    );
    const both = ["verify", "photo.png", "sheet.pdf", "--against", "kraken.key"];
    const { stdout: ofBoth } = await onTerminal(story, both, []);
    expect(ofBoth).toMatch(/^Reading 2 files \.\.\.( \d+ %)*\r\n/);
    expect(ofBoth).not.toContain("now the words");
  });

  test("is too little alone, and with too few words, and what to do is said", async () => {
    write("code.png", await codeOfSheet(1, 2, 4, 6));
    const alone = await story.tell(["inspect", "code.png"]);
    expect(alone.said).toContain(
      "of the code 4 of 8 blocks can be read, which is too little alone",
    );
    expect(alone.said).toContain("Give the words too");
    write("words.txt", rows.map((row) => row.replace(/(\w+ \w+ )(.*)/, "$1? ? ? ?")).join("\n"));
    const told = await story.tell(["restore", "code.png", "words.txt"]);
    expect(told.said).toContain("which is too little with these words too");
    expect(told.said).toContain("Correct or add some words");
    expect(told.exitCode).toBe(1);
  });

  test("is looked for where a scanner's own text has words that are wrong", async () => {
    write("scan.pdf", await searchablePdf(sharp(await codeOfSheet(1, 4))));
    const told = await story.tell(["restore", "scan.pdf"]);
    expect(told.said).toContain("scan.pdf: words, English, 72 of 102 read");
    expect(told.said).toContain("scan.pdf: code, 6 of 8 blocks read");
    expect(told.exitCode).toBe(0);
  });

  /** A picture with words behind it, of every fourth row none that is in the list. */
  async function searchablePdf(behind: Sharp): Promise<Buffer> {
    const document = new PDFDocument({ size: "A4", margin: 0 });
    document.image(await behind.png().toBuffer(), 60, 420, { width: 300 });
    document.font("Courier").fontSize(11);
    rows.forEach((row, index) => {
      const words = index % 4 === 0 ? row.replace(/\w+/g, "qqqq") : row;
      [String(index + 1), ...words.split(" ")].forEach((word, column) => {
        document.text(word, 60 + 75 * column, 60 + 20 * index, { lineBreak: false });
      });
    });
    return bytesOf(document);
  }
});

describe("a bad file never stops the others", () => {
  const BAD: readonly (readonly [
    name: string,
    make: () => Promise<string | Uint8Array>,
    says: string,
  ])[] = [
    ["empty.jpg", () => Promise.resolve(""), "empty.jpg: it is empty."],
    [
      "cut.jpg",
      async () => (await picture().jpeg().toBuffer()).subarray(0, 9000),
      "damaged or cut off",
    ],
    [
      "cut.tif",
      async () => (await picture().tiff().toBuffer()).subarray(0, 9000),
      "damaged or cut off",
    ],
    ["cut.pdf", () => Promise.resolve(sheet.subarray(0, 9000)), "cut.pdf: the PDF is damaged"],
    ["locked.pdf", () => pdfOf([blank()], { userPassword: "x" }), "locked with a password"],
    ["fake.pdf", () => Promise.resolve("%PDF-1.7 and no more"), "fake.pdf: the PDF is damaged"],
    [
      "fake.heic",
      () => Promise.resolve("\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
      "damaged or cut off",
    ],
    [
      "film.heic",
      () => Promise.resolve("\0\0\0\x14ftypqt  \0\0\0\0qt  "),
      "no picture, PDF or text",
    ],
    ["drawing.svg", () => Promise.resolve("<svg/>"), "no words of a sheet are in it"],
    [
      "dot.png",
      () => blank().resize(1, 1).png().toBuffer(),
      "dot.png: there is nothing in the picture",
    ],
    [
      "line.png",
      () => blank().resize(20_000, 20, { fit: "fill" }).png().toBuffer(),
      "line.png: there is nothing",
    ],
    ["blank.pdf", () => pdfOf([blank(), blank()]), "blank.pdf: no code was found"],
    ["menu.png", () => codeOf("https://example.org"), "menu.png: a code in it is somebody else's"],
    ["key.png", () => codeOf(KEY_URI), "key.png: a code in it is that of an API key itself"],
  ];

  test("of all kinds at once, beside a good sheet", async () => {
    for (const [name, make] of BAD) write(name, await make());
    write("sheet.pdf", sheet);
    const told = await story.tell([
      "restore",
      ...BAD.map(([name]) => name),
      "none.jpg",
      "sheet.pdf",
    ]);
    expect(told.exitCode).toBe(0);
    for (const [, , says] of BAD) expect(told.said).toContain(says);
    expect(told.said).toContain("none.jpg: there is no such file.");
    expect(told.said).toContain("Confirmed");
  });

  test("and each alone is refused with its own message", async () => {
    for (const [name, make, says] of BAD) {
      write(name, await make());
      const told = await story.tell(["restore", name]);
      expect([1, 66]).toContain(told.exitCode);
      expect(told.said).toContain(says);
      // The file, what is wrong with it, and in lines of their own what to do.
      expect(told.stderr).toMatch(new RegExp(`^keysheet: ${name}: `));
      expect(told.stderr).toMatch(/\n {2}[A-Z]/);
      expect(told.stdout).toBe("");
    }
  });
});

describe("a code of the key itself", () => {
  test("is no sheet, and is said to be what a sheet can be made of", async () => {
    write("photo.png", await codeOf(KEY_URI));
    for (const command of ["restore", "inspect"]) {
      const told = await story.tell([command, "photo.png"]);
      expect(told.said).toContain("A sheet can be made of it: keysheet make --from FILE");
      expect(told.exitCode).toBe(1);
    }
  });

  test.each([
    ["a picture", async () => codeOf(KEY_URI)],
    ["a scan", async () => pdfOf([blank(), sharp(await codeOf(KEY_URI))])],
  ])("gives a sheet from %s, which holds that key", async (_, photo) => {
    write("photo", await photo());
    const made = await story.tell(["make", "--from", "photo", ...DAY]);
    expect(made.exitCode).toBe(0);
    const told = await story.tell(["verify", "sheet.pdf", "--against", "kraken.key"]);
    expect(told.said).toContain("The sheet holds this key.");
    const against = await story.tell(["verify", "sheet.pdf", "--against", "photo"]);
    expect(against.said).toContain("The sheet holds this key.");
  });

  test.each([
    ["of a sheet", () => Promise.resolve(page), 65, "this is a sheet of keysheet already"],
    ["of nothing", () => blank().png().toBuffer(), 65, "no code of a key was found"],
    ["of a menu", () => codeOf("https://example.org"), 65, "no code of a key was found"],
    ["of half a key", () => codeOf(KEY_URI.slice(0, -20)), 65, "the private key has"],
    ["that is cut off", async () => (await codeOf(KEY_URI)).subarray(0, 400), 66, "cut off"],
  ])("is not taken from a picture %s", async (_, make, exitCode, says) => {
    write("photo.png", await make());
    const told = await story.tell(["make", "--from", "photo.png", ...DAY]);
    expect(told.said).toContain(says);
    expect(told.exitCode).toBe(exitCode);
    expect(story.files()).not.toContain("sheet.pdf");
  });

  test("is not chosen where there are two of different keys", async () => {
    const other = KEY_URI.replace("PUBLIC", "public").replace("marked", "MARKED");
    const codes = [sharp(await codeOf(KEY_URI)), sharp(await codeOf(other))];
    write("photo.pdf", await pdfOf(codes));
    const told = await story.tell(["make", "--from", "photo.pdf", ...DAY]);
    expect(told.said).toContain("more than one key");
    expect(told.exitCode).toBe(65);
  });
});

describe("a sheet whose words have several pages", () => {
  /** 264 words, 234 of them on the first page; one code on the third. */
  const FIELDS = [
    ["account", "trading", false],
    ["token", "k?Z9 ~".repeat(45), true],
  ];

  test("of which one is photographed and too little says that all are wanted", async () => {
    const json = JSON.stringify({ keysheet: 1, provider: null, day: DAY_NUMBER, fields: FIELDS });
    write("token.json", json);
    await story.tell(["make", "--from", "token.json", "--without-words", "--out", "codes.pdf"]);
    await story.tell(["make", "--from", "token.json"]);
    const second = await pagePicture(story.read("sheet.pdf"), 135, 1);
    write("second.png", await second.png().toBuffer());
    const told = await story.tell(["restore", "second.png"]);
    expect(told.said).toContain(
      "second.png: there are words of a sheet in the picture, but they could",
    );
    expect(told.said).toContain("Of a sheet with several pages of words give all pages");
    expect(told.exitCode).toBe(1);
    const both = await story.tell(["restore", "second.png", "codes.pdf"]);
    expect(both.said).toContain("codes.pdf: code, whole");
    expect(both.exitCode).toBe(0);
  });
});

describe("a folder", () => {
  test("is every picture, PDF and text directly in it, by name, and tells what it skipped", async () => {
    write("photos/b.jpg", await picture().jpeg().toBuffer());
    write("photos/a.png", page);
    write("photos/words.txt", rows.join("\n"));
    write("photos/kraken.key", KEY);
    write("photos/notes.txt", "The key for the trading bot is in the drawer, behind the books.\n");
    write("photos/film.mp4", "\0\0\0\x18ftypisom");
    write("photos/.hidden.png", "\x89PNG\r\n\x1a\n");
    write("photos/deeper/cut.png", page.subarray(0, 99));
    symlinkSync(story.path("none"), story.path("photos/dangling.png"));
    const told = await story.tell(["restore", "photos"]);
    expect(told.exitCode).toBe(0);
    rmSync(story.path("photos/dangling.png"));
    // The second picture says what the first one did.
    const order = ["photos/a.png: code", "photos/words.txt: 102 words"];
    const places = order.map((each) => told.said.indexOf(each));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(told.said).toContain("photos: 3 files in this folder were skipped");
    expect(told.said).not.toMatch(/hidden|deeper|dangling/);
  });

  test("goes with files, and its bad pictures do not stop it", async () => {
    write("photos/cut.png", page.subarray(0, 9000));
    write("photos/menu.png", await codeOf("https://example.org"));
    write("sheet.pdf", sheet);
    const told = await story.tell(["inspect", "photos", "sheet.pdf"]);
    expect(told.exitCode).toBe(0);
    expect(told.said).toContain("photos/cut.png: the picture is damaged");
    expect(told.said).toContain("photos/menu.png: a code in it is somebody else's");
  });

  test("without anything of a sheet is said to be so", async () => {
    write("photos/film.mp4", "\0\0\0\x18ftypisom");
    mkdirSync(story.path("none"));
    for (const folder of ["photos", "none"]) {
      const told = await story.tell(["restore", folder]);
      expect(told.said).toContain(`${folder}: nothing in this folder may be of a sheet`);
      expect(told.exitCode).toBe(66);
    }
  });

  test("that is refused has the exit code of what was wrong, not of what was skipped", async () => {
    write("photos/film.mp4", "\0\0\0\x18ftypisom");
    write("photos/blank.png", await blank().png().toBuffer());
    const told = await story.tell(["restore", "photos"]);
    expect(told.exitCode).toBe(1);
    expect(told.said).toContain("photos: 1 file in this folder was skipped");
  });
});

describe("sheets that do not go together", () => {
  test("two copies of different days are named by day and mark", async () => {
    write("sheet.pdf", sheet);
    await story.tell([
      "make",
      "--from",
      "kraken.key",
      "--date",
      "2026-11-24",
      "--out",
      "later.pdf",
    ]);
    mkdirSync(story.path("both"));
    write("both/a.pdf", sheet);
    write("both/b.png", await (await pagePicture(story.read("later.pdf"), 110)).png().toBuffer());
    const told = await story.tell(["restore", "both"]);
    expect(told.said).toMatch(
      /2 different sheets: both\/a\.pdf \(mark \S+, made 2026-11-23\); both\/b\.png \(mark \S+, made 2026-11-24\)/,
    );
    expect(told.exitCode).toBe(1);
  });
});
