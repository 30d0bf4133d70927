/**
 * Every problem that keysheet tells of, provoked with a marked key and a marked passphrase: `Story`
 * searches what is printed and what is left for both. A new problem needs a line here, or a reason.
 */
import { readFileSync, writeFileSync } from "node:fs";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { backup } from "../../src/core/backup.js";
import { PAYLOAD_LIMIT_BYTES } from "../../src/core/payload/payload.js";
import type { ProblemCode } from "../../src/core/problem.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { PRINTED_LISTS, wordAt } from "../../src/core/words/word-lists.js";
import { plain, qrTexts, sealed, shares, splitBytes } from "../vectors/paper-format.mjs";
import { codeAbove } from "../code-picture.js";
import { tiffOfPages, withTag } from "../tiff-file.js";
import { MARKED, MARKED_PASSPHRASE, onTerminal, Story, type TellOptions } from "./story.js";

interface Provocation extends TellOptions {
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Questions and answers on a terminal. */
  readonly dialogue?: readonly (readonly [string, string])[];
}

const { key, secret } = MARKED;
const MADE = backup({ ...parseKeyFile(`${key}\n${secret}`, "key"), day: 2518 }, "standard");
const OTHER = backup({ ...MADE.record, day: 2519 }, "standard");
const PAYLOAD = MADE.payload;
const WORDS = Array.from(MADE.wordIndices, (index) => wordAt(MADE.list, index));
const FRENCH = PRINTED_LISTS.get("french") ?? MADE.list;
const COST = 14;

const salt = (of: number) => new Uint8Array(16).fill(of);
const SEALED = sealed(PAYLOAD, MARKED_PASSPHRASE, salt(1), COST);
const SET = { setId: Uint8Array.of(1, 2, 3, 4), threshold: 2, count: 3 };

function splitting(inner: Uint8Array, set: typeof SET, blind: number): readonly Uint8Array[] {
  const split = splitBytes(inner, set, new Uint8Array(8).fill(blind));
  return shares(split, set, new Uint8Array(split.length).fill(blind));
}

const SHARES = splitting(PAYLOAD, SET, 7);
const OTHERS = splitting(PAYLOAD, { ...SET, setId: Uint8Array.of(9, 9, 9, 9) }, 8);
const FORGED = splitting(PAYLOAD, SET, 9);

/** The marked sheet with a byte that is another, behind a check that holds. */
function withByte(place: number, byte: number): string {
  const changed = Uint8Array.from(PAYLOAD);
  changed[place] = byte;
  return text(changed);
}

function text(payload: Uint8Array | undefined): string {
  return qrTexts(payload ?? new Uint8Array(), 1).join("\n");
}

function make(content: string | Uint8Array, ...args: readonly string[]): Provocation {
  return {
    args: ["make", "--from", "in.key", "--out", "out.pdf", ...args],
    files: { "in.key": content },
  };
}

/** Files whose contents are given, restored together. */
function restore(...contents: readonly (string | Uint8Array)[]): Provocation {
  const names = contents.map((_, index) => `in${String(index)}.txt`);
  return {
    args: ["restore", ...names],
    files: Object.fromEntries(names.map((name, index) => [name, contents[index] ?? ""])),
  };
}

function opening(payload: Uint8Array, ...args: readonly string[]): Provocation {
  const { files } = restore(text(payload));
  return {
    args: ["restore", "in0.txt", "--passphrase-file", "pass.txt", ...args],
    files: files ?? {},
  };
}

/** A key file with one field of a length. */
function named(length: number): string {
  const value = secret.repeat(Math.ceil(length / secret.length)).slice(0, length);
  return JSON.stringify({ keysheet: 1, provider: null, fields: [["token", value, true]] });
}

const KEY = `${key}\n${secret}\n`;
const KEY_URI = `kraken://apikey?key=${key}&secret=${secret}`;
const NAMED = named(secret.length);
const TEMPLATE = JSON.parse(readFileSync("templates/standard.json", "utf8")) as {
  readonly fonts: object;
};
const GREY = { create: { width: 64, height: 64, channels: 3, background: "#888" } } as const;

function template(change: object): string {
  return JSON.stringify({ ...TEMPLATE, ...change });
}

/** A long code's text with a group of digits, from 0, that is no number of seven bytes. */
function malformedIn(group: number): string {
  const long = text(Uint8Array.from(new Array(5).fill([...PAYLOAD]).flat() as number[]));
  const from = long.lastIndexOf("/") + 1 + 17 * group;
  return long.slice(0, from) + "9".repeat(17) + long.slice(from + 17);
}

async function codePicture(content: string): Promise<Uint8Array> {
  const { toBuffer } = (await import("qrcode")).default;
  return toBuffer(content, { scale: 4 });
}

const CASES: Readonly<Record<ProblemCode, Provocation | (() => Promise<Provocation>) | string>> = {
  "key-file-unrecognised": make(`my bank's ${secret} and more\nof it\n`),
  "key-file-empty": make(""),
  "key-file-not-utf8": make(Buffer.concat([Buffer.from(KEY), Uint8Array.of(0xff)])),
  "key-file-json": make(`{"keysheet":1,"provider":null,"fields":[["t",["${secret}"],true]]}`),
  "keys-several": make(
    `KRAKEN_API_KEY=${key}\nKRAKEN_API_SECRET=${secret}\nKRAKEN_FUTURES_KEY=${key}\n`,
  ),
  "key-file-foreign": make(`{\\rtf1 ${key}\\line ${secret}}`),
  "key-file-sheet": async () => make(await codePicture(text(PAYLOAD))),
  "key-code-missing": async () => make(await codePicture(`kraken://${secret}`)),
  "field-missing": make(`KRAKEN_API_SECRET=${secret}\n`),
  "field-escape": make(`kraken://apikey?key=${key}&secret=${secret}%zz`),
  "fields-swapped": make(`${secret}\n${key}\n`),
  "field-length": make(`${key}\n${secret.slice(0, 84)}\n`),
  "form-unfit": {
    ...restore(text(backup({ ...parseKeyFile(NAMED, "n"), day: 1 }, "long").payload)),
    args: ["restore", "in0.txt", "--to", "two-line", "--out", "back.key"],
  },
  "field-character": make(`${key}\n${secret.slice(0, 40)}!${secret.slice(41)}\n`),
  "keys-unchosen": make(
    `[one]\naws_access_key_id = AKIAXP4CGONFD27ZQ437\naws_secret_access_key = ${secret.slice(0, 40)}\n` +
      `[two]\naws_access_key_id = AKIAXP4CGONFD27ZQ436\naws_secret_access_key = ${secret.slice(0, 40)}\n`,
  ),
  "key-file-name-twice": make(`{"apiKey":"${key}","secret":"${secret}","secret":"${secret}"}`),
  "field-shape": make(
    JSON.stringify({
      keysheet: 1,
      provider: "binance",
      fields: [
        ["key", `+${secret.slice(0, 63)}`, false],
        ["secret", `+${secret.slice(0, 63)}`, true],
      ],
    }),
  ),
  "field-last-character": make(`${key}\n${secret.slice(0, 85)}R==\n`),
  "payload-too-long": make(
    JSON.stringify({
      keysheet: 1,
      provider: null,
      fields: [["token", `${secret}?`.repeat(PAYLOAD_LIMIT_BYTES / 80), true]],
    }),
  ),
  "day-out-of-range": { ...make(KEY), env: { SOURCE_DATE_EPOCH: "0" } },
  "payload-malformed": restore(text(Uint8Array.of(...PAYLOAD, 0))),
  "version-zero": restore(withByte(0, 0x00)),
  "version-newer": restore(withByte(0, 0x20)),
  "kind-unknown": restore(withByte(0, 0x1f)),
  "provider-newer": restore(withByte(1, 0x7e)),
  "sheets-differ": restore(text(PAYLOAD), text(OTHER.payload)),
  "day-unknown": "of the library: the command says of which option, or of which file",
  "carriers-missing": "of the library: the command asks, or reads files that say what is missing",
  "problems-more": restore(...Array.from({ length: 60 }, (_, group) => malformedIn(group))),
  "passphrase-malformed": {
    ...make(KEY, "--passphrase-file", "two.txt"),
    files: { "in.key": KEY, "two.txt": `${MARKED_PASSPHRASE}\n${MARKED_PASSPHRASE}\n` },
  },
  "passphrase-unseen": {
    ...make(KEY, "--passphrase-file", "unseen.txt"),
    files: { "in.key": KEY, "unseen.txt": ` ${MARKED_PASSPHRASE}\u200b \n` },
  },
  "passphrase-wrong": opening(sealed(PAYLOAD, "another", salt(2), COST)),
  "passphrase-unconfirmed": {
    ...make(KEY, "--passphrase", "--kdf-cost", "14"),
    dialogue: [1, 2, 3].flatMap(() => [
      ["Passphrase: ", `${MARKED_PASSPHRASE}\r`] as const,
      ["The same again: ", `${MARKED_PASSPHRASE}?\r`] as const,
    ]),
  },
  "sealed-content": opening(
    sealed(
      plain(1, 2518, Uint8Array.from(PAYLOAD.subarray(4, 60))),
      MARKED_PASSPHRASE,
      salt(3),
      COST,
    ),
  ),
  "kdf-cost": opening(Uint8Array.from(SEALED).fill(22, 1, 2)),
  "kdf-memory": "of a machine with too little memory; test/core/restore-protected.test.ts",
  "shares-missing": restore(text(SHARES[0])),
  "shares-of-several-sets": restore(text(SHARES[0]), text(OTHERS[1])),
  "shares-disagree": restore(text(SHARES[0]), text(FORGED[1])),
  "share-foreign": restore(...SHARES.slice(0, 2).map(text), text(FORGED[2])),
  "share-content": restore(
    ...splitting(Uint8Array.of(...PAYLOAD, 0), SET, 5)
      .slice(0, 2)
      .map(text),
  ),
  "value-malformed": "of the library: test/library.test.ts",
  "provider-unknown": "of the library: test/library.test.ts",
  "cost-unfit": "of the library: test/library.test.ts; the command checks its options",
  "shares-unfit": "of the library: test/library.test.ts; the command checks its options",
  "random-unfit": "of the library: test/library.test.ts; the command has the system's source",
  "words-missing": restore("qqqq xxxx\n"),
  "words-count": restore(WORDS.slice(0, 70).join(" ")),
  "words-damaged": restore(WORDS.map((word, index) => (index % 2 ? "zoo" : word)).join(" ")),
  "words-of-another-list": restore(
    WORDS.map((word, index) => (index < 20 ? wordAt(FRENCH, index) : word)).join(" "),
  ),
  "words-ambiguous": "two hashes would have to collide (FORMAT.md, the table of refusals)",
  "words-unclear":
    "of a photograph on which half of the words are lost: test/adapters/node/picture-words.test.ts",
  "code-missing": async () => ({
    args: ["restore", "grey.png"],
    files: {
      "grey.png": await sharp(GREY).extend({ top: 20, background: "white" }).png().toBuffer(),
    },
  }),
  "code-torn": "of a photograph of which just some blocks are left: test/core/qr/torn-code.test.ts",
  "code-foreign": async () => ({
    args: ["restore", "foreign.png"],
    files: { "foreign.png": await codePicture(`https://example.org/${secret}`) },
  }),
  "code-of-key": async () => ({
    args: ["restore", "photo.png"],
    files: { "photo.png": await codePicture(KEY_URI) },
  }),
  "code-version-newer": restore(text(PAYLOAD).replace("KEYSHEET1", "KEYSHEET2")),
  "code-malformed": restore(text(PAYLOAD).slice(0, -1)),
  "code-check": restore(
    text(PAYLOAD)
      .replace(/1(?=\d{3}$)|[02-9](?=\d{3}$)/, "1")
      .replace(/\d$/, "0"),
  ),
  "code-pieces-missing": restore(qrTexts(PAYLOAD, 3).slice(1).join("\n")),
  "code-pieces-mixed": restore(
    qrTexts(PAYLOAD, 2).join("\n"),
    (qrTexts(PAYLOAD, 2)[0] ?? "").replace(/\d{3}$/, "001"),
  ),
  "codes-disagree": "of two readers of one picture, which nobody has seen disagree",
  "file-missing": { args: ["restore", "none.pdf"] },
  "file-unreadable": { args: ["restore", "--words", "."] },
  "file-empty": restore(""),
  "file-too-large": restore(`${KEY}\n`.repeat(8000)),
  "file-unknown-type": restore(Buffer.concat([Uint8Array.of(0, 1, 2, 0), Buffer.from(KEY)])),
  "file-not-utf8": restore(Buffer.concat([Buffer.from(WORDS.join(" ")), Uint8Array.of(0xff)])),
  "image-damaged": async () => ({
    args: ["restore", "cut.png"],
    files: { "cut.png": (await sharp(GREY).png().toBuffer()).subarray(0, 60) },
  }),
  "picture-cut": async () => {
    // A code of another sheet, and nothing of the noise below it.
    const bytes = await codeAbove(2).jpeg().toBuffer();
    const cut = bytes.subarray(0, bytes.length * 0.8);
    return { args: ["restore", "cut.jpg"], files: { "cut.jpg": cut } };
  },
  "picture-blank": async () => ({
    args: ["restore", "blank.png"],
    files: { "blank.png": await sharp(GREY).png().toBuffer() },
  }),
  "tiff-unread": async () => ({
    args: ["restore", "zstd.tif"],
    files: {
      "zstd.tif": withTag(await sharp(GREY).tiff({ compression: "lzw" }).toBuffer(), 259, 50_000),
    },
  }),
  "image-too-large": {
    args: ["restore", "large.pgm"],
    files: { "large.pgm": "P5\n20000 20000\n255\n...." },
  },
  "picture-pages": async () => ({
    args: ["restore", "long.tif"],
    files: { "long.tif": await tiffOfPages(101) },
  }),
  "pdf-damaged": restore(`%PDF-1.7\n${KEY}`),
  "pdf-locked": async () => {
    const { default: PDFDocument } = await import("pdfkit");
    const document = new PDFDocument({ userPassword: "locked" });
    document.text(WORDS.join(" ")).end();
    const chunks: Buffer[] = [];
    for await (const chunk of document) chunks.push(chunk as Buffer);
    return { args: ["restore", "locked.pdf"], files: { "locked.pdf": Buffer.concat(chunks) } };
  },
  "pdf-pages": async () => {
    const { default: PDFDocument } = await import("pdfkit");
    const document = new PDFDocument();
    for (let page = 0; page < 101; page++) document.addPage();
    document.end();
    const chunks: Buffer[] = [];
    for await (const chunk of document) chunks.push(chunk as Buffer);
    return { args: ["restore", "long.pdf"], files: { "long.pdf": Buffer.concat(chunks) } };
  },
  "files-many": {
    args: ["restore", ...Array.from({ length: 1001 }, (_, n) => `${String(n)}.jpg`)],
  },
  "folder-empty": { args: ["restore", "."], shell: `rm sheet.pdf; exec "$@"` },
  "folder-skipped": { args: ["restore", "."] },
  "reading-time":
    "of a file that keeps a library busy for minutes: test/adapters/sheet-file-in-time.test.ts",
  "reading-memory": "of a thread that keeps too much: test/adapters/thread.test.ts",
  "output-exists": { args: ["restore", "sheet.pdf", "--out", "kraken.key"] },
  "output-folder-missing": { args: ["restore", "sheet.pdf", "--out", "none/back.key"] },
  "output-unwritable": {
    args: ["restore", "sheet.pdf", "--out", "back.key"],
    isOrdinaryUser: true,
  },
  "disk-full": {
    args: ["restore", "sheet.pdf", "--out", "disk/back.key"],
    shell: `mkdir disk; mount -t tmpfs -o size=4k tmpfs disk 2>/dev/null && head -c 4096 /dev/zero > disk/full || { ulimit -f 0; trap '' XFSZ; }; "$@"; code=$?; umount disk 2>/dev/null; exit $code`,
  },
  "folder-gone": {
    args: ["restore", "../sheet.pdf"],
    shell: `mkdir gone && cd gone && rmdir ../gone && exec "$@"`,
  },
  "part-left": {
    args: ["restore", "sheet.pdf", "--out", "back.key"],
    files: { ".back.key.999999999.keysheet-part": secret.slice(0, 5) },
  },
  "output-unfinished": {
    args: ["restore", "sheet.pdf", "--out", "back.key"],
    files: {
      ".own.key.999999999.keysheet-part": secret.slice(0, 5),
      "own.key": secret.slice(0, 3),
    },
  },
  "label-too-long": make(KEY, "--label", "W".repeat(3000)),
  "label-character": make(KEY, "--label", "\u202e"),
  "layout-overflow": {
    ...make(KEY, "--template", "own.json"),
    files: {
      "in.key": KEY,
      "own.json": JSON.stringify(TEMPLATE).replace("keysheet {format}", "1".repeat(99)),
    },
  },
  "layout-limit": make(named(400), "--template", "card"),
  "layout-pages": make(named(2300), "--copies", "10", "--with-manual"),
  "layout-unsuited": make(KEY, "--template", "card", "--without-words"),
  "template-unknown": make(KEY, "--template", "carp"),
  "template-json": {
    ...make(KEY, "--template", "own.json"),
    files: { "in.key": KEY, "own.json": `{"title": "${secret}` },
  },
  "template-malformed": {
    ...make(KEY, "--template", "own.json"),
    files: { "in.key": KEY, "own.json": template({ paper: secret }) },
  },
  "font-missing": {
    ...make(KEY, "--template", "own.json"),
    files: {
      "in.key": KEY,
      "own.json": template({ fonts: { ...TEMPLATE.fonts, text: "none.ttf" } }),
    },
  },
  "font-malformed": {
    ...make(KEY, "--template", "own.json"),
    files: {
      "in.key": KEY,
      "own.json": template({ fonts: { ...TEMPLATE.fonts, text: "bad.ttf" } }),
      "bad.ttf": "no font",
    },
  },
  "proof-failed": "of a page that does not carry its key; test/adapters/sheets.test.ts",
  "command-unknown": { args: ["restor", "sheet.pdf"] },
  "topic-unknown": { args: ["help", "carp"] },
  "shell-unknown": { args: ["completion", "carp"] },
  "option-unknown": { args: ["restore", "--fast"] },
  "option-value": { args: ["make", "--copies", "many"] },
  "option-missing": { args: ["verify", "sheet.pdf"] },
  "options-conflict": { args: ["restore", "--words", "-", "--passphrase-file", "-"] },
  "options-exclude": { args: ["make", "--without-words", "--spare", "long"] },
  "argument-extra": { args: ["make", "kraken.key"] },
  "argument-secret": { args: ["restore", secret] },
  "terminal-missing": { args: ["restore"] },
  interrupted: { args: ["make"], dialogue: [["API key", "\x03"]] },
  "answer-missing": { args: ["make"], dialogue: [["API key", "\x04"]] },
  "pages-declined": { ...make(named(1500)), dialogue: [["Go on?", "n\r"]] },
  bug: "none is known",
};

let sheet: Uint8Array;
let story: Story;

beforeAll(async () => {
  const first = new Story();
  writeFileSync(first.path("kraken.key"), KEY);
  await first.tell(["make", "--from", "kraken.key", "--date", "2026-11-23"]);
  sheet = first.read("sheet.pdf");
  first.end();
});

beforeEach(() => {
  story = new Story();
  writeFileSync(story.path("kraken.key"), KEY);
  writeFileSync(story.path("pass.txt"), `${MARKED_PASSPHRASE}\n`);
  writeFileSync(story.path("sheet.pdf"), sheet);
});

afterEach(() => {
  story.expectNoKeyLeft();
  story.end();
});

const provoked: string[] = [];

test.each(
  Object.entries(CASES).flatMap(([code, made]) =>
    typeof made === "string" ? [] : [{ code, made }],
  ),
)("$code", async ({ code, made }) => {
  const {
    args,
    files = {},
    dialogue,
    ...options
  } = typeof made === "function" ? await made() : made;
  for (const [name, content] of Object.entries(files)) writeFileSync(story.path(name), content);
  if (dialogue !== undefined) {
    const { exitCode } = await onTerminal(story, args, dialogue);
    expect(exitCode).not.toBe(0);
    return;
  }
  const told = await story.tell([...args, "--json"], options);
  const { problems = [], remarks = [] } = JSON.parse(told.stdout) as {
    readonly problems?: readonly { readonly code: string }[];
    readonly remarks?: readonly { readonly code: string }[];
  };
  expect([...problems, ...remarks].map((problem) => problem.code)).toContain(code);
  provoked.push(code);
});

afterAll(() => {
  expect(provoked.length).toBeGreaterThan(70);
});
