import { describe, expect, test } from "vitest";
import type { PayloadFault, Problem, ProblemCode } from "../../src/core/problem.js";
import { describe as describeProblem, exitCodeOf } from "../../src/wording/messages.js";
import { EXIT } from "../../src/wording/exit-codes.js";

const source = "photo.jpg";
const field = "private key";

/** One problem of every code, and of some codes another with other facts. */
const SAMPLES: { readonly [C in ProblemCode]: readonly (Problem & { readonly code: C })[] } = {
  "key-file-unrecognised": [{ code: "key-file-unrecognised", source }],
  "key-file-empty": [{ code: "key-file-empty", source }],
  "key-file-not-utf8": [{ code: "key-file-not-utf8", source, line: 2 }],
  "key-file-json": [
    { code: "key-file-json", source, place: "fields[1][2]" },
    { code: "key-file-json", source, place: "" },
  ],
  "keys-several": [
    { code: "keys-several", source, seen: [] },
    { code: "keys-several", source, seen: [1, 2, 4].map((line) => ({ line, name: null })) },
    {
      code: "keys-several",
      source,
      seen: [
        { line: 3, name: "KRAKEN_API_KEY" },
        { line: 7, name: "KRAKEN_API_SECRET_2" },
      ],
    },
  ],
  "key-file-foreign": (["json", "rtf", "markup"] as const).map((kind) => ({
    code: "key-file-foreign",
    source,
    kind,
  })),
  "key-file-sheet": [{ code: "key-file-sheet", source }],
  "key-code-missing": [{ code: "key-code-missing", source }],
  "field-missing": [{ code: "field-missing", source, field }],
  "field-escape": [{ code: "field-escape", source, field }],
  "fields-swapped": [{ code: "fields-swapped", source, fields: ["API key", field] }],
  "field-length": [
    { code: "field-length", source, field, length: 87, expected: [88] },
    { code: "field-length", source, field, length: 1, expected: [56, 88] },
  ],
  "field-character": [
    { code: "field-character", source, field, positions: [3] },
    { code: "field-character", source, field, positions: [3, 9] },
  ],
  "keys-unchosen": [
    {
      code: "keys-unchosen",
      source,
      seen: [
        { line: 2, name: "OKX_API_KEY" },
        { line: null, name: "exchange.key" },
      ],
      providers: ["okx", "binance"],
    },
    { code: "keys-unchosen", source, seen: [{ line: 2, name: "a" }], providers: ["aws"] },
  ],
  "key-file-name-twice": [{ code: "key-file-name-twice", source }],
  "field-shape": [{ code: "field-shape", source, field }],
  "field-last-character": [{ code: "field-last-character", source, field, allowed: "AQgw" }],
  "form-unfit": [{ code: "form-unfit", form: "dotenv" }],
  "payload-too-long": [{ code: "payload-too-long", length: 5000, limit: 4096 }],
  "day-out-of-range": [{ code: "day-out-of-range", first: "2020-01-01", last: "2199-06-06" }],
  "payload-malformed": [{ code: "payload-malformed", fault: "trailing-bytes", offset: 110 }],
  "day-unknown": [{ code: "day-unknown" }],
  "version-zero": [{ code: "version-zero" }],
  "version-newer": [{ code: "version-newer", version: 2 }],
  "kind-unknown": [{ code: "kind-unknown", kind: 9 }],
  "provider-newer": [{ code: "provider-newer", number: 77 }],
  "passphrase-malformed": [
    { code: "passphrase-malformed", fault: "empty" },
    { code: "passphrase-malformed", fault: "zero-character" },
    { code: "passphrase-malformed", fault: "not-unicode" },
    { code: "passphrase-malformed", fault: "several-lines" },
  ],
  "passphrase-unseen": [
    { code: "passphrase-unseen", invisible: [3], outerSpaces: [] },
    { code: "passphrase-unseen", invisible: [3, 9], outerSpaces: [1, 12] },
  ],
  "passphrase-wrong": [{ code: "passphrase-wrong" }],
  "passphrase-unconfirmed": [{ code: "passphrase-unconfirmed" }],
  "sealed-content": [{ code: "sealed-content" }],
  "kdf-cost": [{ code: "kdf-cost", cost: 22, memoryBytes: 2 ** 32 }],
  "kdf-memory": [
    { code: "kdf-memory", cost: 20, memoryBytes: 2 ** 30 },
    { code: "kdf-memory", cost: 17, memoryBytes: 2 ** 27 },
  ],
  "shares-missing": [
    {
      code: "shares-missing",
      set: "6e95a7f4",
      threshold: 2,
      count: 3,
      shares: [{ number: 2, mark: "RW3N-18BN", sources: ["a.jpg"] }],
      missing: [1, 3],
    },
    {
      code: "shares-missing",
      set: "6e95a7f4",
      threshold: 5,
      count: 5,
      shares: [
        { number: 2, mark: "RW3N-18BN", sources: ["a.jpg"] },
        { number: 4, mark: "SSQJ-ABNP", sources: ["b.jpg", "c.txt"] },
      ],
      missing: [1, 3, 5],
    },
  ],
  "shares-of-several-sets": [
    {
      code: "shares-of-several-sets",
      sets: [
        { set: "6e95a7f4", shares: [{ number: 2, mark: "RW3N-18BN", sources: ["a.jpg"] }] },
        { set: "7b7d7369", shares: [{ number: 1, mark: "NSS4-E3MC", sources: ["b.jpg"] }] },
      ],
    },
  ],
  "shares-disagree": [
    {
      code: "shares-disagree",
      shares: Array.from({ length: 40 }, (_, index) => ({
        number: 1 + (index % 16),
        mark: "DEDG-0W7N",
        sources: ["a.txt"],
      })),
    },
    {
      code: "shares-disagree",
      shares: [
        { number: 1, mark: "DEDG-0W7N", sources: ["a.jpg"] },
        { number: 2, mark: "RW3N-18BN", sources: ["b.jpg"] },
      ],
    },
  ],
  "share-foreign": [
    {
      code: "share-foreign",
      strangers: [{ number: 3, mark: "4YJN-VPRQ", sources: ["c.jpg"] }],
      members: [
        { number: 1, mark: "DEDG-0W7N", sources: ["a.jpg"] },
        { number: 2, mark: "RW3N-18BN", sources: ["b.jpg"] },
      ],
    },
  ],
  "share-content": [{ code: "share-content" }],
  "options-exclude": [
    { code: "options-exclude", options: ["--passphrase-file", "--passphrase-words"] },
  ],
  "sheets-differ": [
    {
      code: "sheets-differ",
      sheets: [
        { sources: ["a.jpg", "b.jpg"], mark: "TBB2-109E", day: "2026-11-23" },
        { sources: ["c.jpg"], mark: null, day: null },
      ],
    },
    {
      code: "sheets-differ",
      sheets: Array.from({ length: 17_293 }, (_, index) => ({
        sources: [`${String(index)}.jpg`],
        mark: null,
        day: "2026-11-23",
      })),
    },
  ],
  "carriers-missing": [{ code: "carriers-missing" }],
  "problems-more": [
    { code: "problems-more", of: "code-malformed", count: 1 },
    { code: "problems-more", of: "code-malformed", count: 17_233 },
  ],
  "value-malformed": [
    { code: "value-malformed", what: "argument 1 of restore", expected: "a list" },
  ],
  "provider-unknown": [{ code: "provider-unknown", known: ["kraken-spot", "kraken-futures"] }],
  "cost-unfit": [{ code: "cost-unfit", first: 14, last: 20 }],
  "shares-unfit": [{ code: "shares-unfit", limit: 16 }],
  "random-unfit": (["not-bytes", "length", "repeating"] as const).map((fault) => ({
    code: "random-unfit",
    fault,
  })),
  "words-missing": [{ code: "words-missing", source }],
  "words-count": [
    { code: "words-count", source, count: 101, nearest: [96, 102] },
    { code: "words-count", source, count: 1, nearest: [] },
  ],
  "words-damaged": [
    { code: "words-damaged", source, count: 102, spares: [18, 30], unreadable: [] },
    { code: "words-damaged", source, count: 108, spares: [18], unreadable: [1, 4, 13] },
    {
      code: "words-damaged",
      source,
      count: 102,
      spares: [18],
      unreadable: Array.from({ length: 60 }, (_, index) => index + 1),
    },
  ],
  "words-unclear": [
    { code: "words-unclear", source, letterPx: 5.4 },
    { code: "words-unclear", source, letterPx: 14 },
    { code: "words-unclear", source, letterPx: null },
  ],
  "words-of-another-list": [
    {
      code: "words-of-another-list",
      source,
      list: "English",
      otherLists: ["French"],
      positions: [2, 8, 9],
    },
  ],
  "words-ambiguous": [{ code: "words-ambiguous", source }],
  "code-missing": [
    { code: "code-missing", source },
    ...(["dark", "cut", "blurred", "damaged", "nothing"] as const).map(
      (kind) => ({ code: "code-missing", source, sight: { kind } }) as const,
    ),
    { code: "code-missing", source, sight: { kind: "far", modulePx: 1.9 } },
    { code: "code-missing", source, sight: { kind: "faint", darkerPercent: 9 } },
  ],
  "code-torn": [
    { code: "code-torn", source, read: 5, count: 8, isWithWords: false },
    { code: "code-torn", source, read: 5, count: 8, isWithWords: true },
  ],
  "code-foreign": [{ code: "code-foreign", source }],
  "code-of-key": [{ code: "code-of-key", source }],
  "code-version-newer": [{ code: "code-version-newer", source, version: 2 }],
  "code-malformed": [
    { code: "code-malformed", source, group: 4 },
    { code: "code-malformed", source, group: 0 },
  ],
  "code-check": [{ code: "code-check", source }],
  "code-pieces-missing": [
    { code: "code-pieces-missing", source, missing: [2], total: 3 },
    { code: "code-pieces-missing", source, missing: [1, 3], total: 3 },
  ],
  "code-pieces-mixed": [{ code: "code-pieces-mixed", source }],
  "codes-disagree": [{ code: "codes-disagree", source }],
  "file-missing": [{ code: "file-missing", source }],
  "file-unreadable": [
    { code: "file-unreadable", source, reason: "EACCES" },
    { code: "file-unreadable", source, reason: "EISDIR" },
    { code: "file-unreadable", source, reason: "EROFS" },
    { code: "file-unreadable", source, reason: "ENOSPC" },
    { code: "file-unreadable", source, reason: "EMFILE" },
    { code: "file-unreadable", source, reason: "ENAMETOOLONG" },
    { code: "file-unreadable", source, reason: "EIO" },
    { code: "file-unreadable", source, reason: "EAGAIN" },
    { code: "file-unreadable", source, reason: "ENXIO" },
    { code: "file-unreadable", source, reason: "EBUSY" },
  ],
  "file-empty": [{ code: "file-empty", source }],
  "file-too-large": [
    { code: "file-too-large", source, limitBytes: 64 * 1024 * 1024 },
    { code: "file-too-large", source, limitBytes: 256 * 1024 },
  ],
  "file-unknown-type": [{ code: "file-unknown-type", source }],
  "file-not-utf8": [{ code: "file-not-utf8", source, line: 7 }],
  "image-damaged": [{ code: "image-damaged", source }],
  "picture-cut": [{ code: "picture-cut", source }],
  "picture-blank": [{ code: "picture-blank", source }],
  "tiff-unread": [{ code: "tiff-unread", source, what: "compressed with ZSTD" }],
  "image-too-large": (["picture", "interlaced PNG", "AVIF", "HEIC"] as const).map((form) => ({
    code: "image-too-large",
    source,
    form,
    limitPixels: 64_900_000,
  })),
  "picture-pages": [{ code: "picture-pages", source, pages: 120, limit: 100 }],
  "pdf-damaged": [{ code: "pdf-damaged", source }],
  "pdf-locked": [{ code: "pdf-locked", source }],
  "pdf-pages": [{ code: "pdf-pages", source, pages: 120, limit: 100 }],
  "files-many": [{ code: "files-many", limit: 1000 }],
  "folder-empty": [{ code: "folder-empty", source: "photos" }],
  "folder-skipped": [
    { code: "folder-skipped", source: "photos", count: 1 },
    { code: "folder-skipped", source: "photos", count: 7 },
  ],
  "reading-time": [{ code: "reading-time", source, limitSeconds: 60 }],
  "reading-memory": [{ code: "reading-memory", source, limitMb: 256 }],
  "output-exists": [{ code: "output-exists", path: "/home/a/sheet.pdf" }],
  "output-folder-missing": [{ code: "output-folder-missing", path: "/home/b/sheet.pdf" }],
  "output-unwritable": [{ code: "output-unwritable", path: "/sheet.pdf", reason: "EACCES" }],
  "disk-full": [{ code: "disk-full", path: "/home/a/sheet.pdf" }],
  "folder-gone": [{ code: "folder-gone" }],
  "part-left": [
    { code: "part-left", paths: ["/home/a/.sheet.pdf.4711.keysheet-part"] },
    {
      code: "part-left",
      paths: ["/home/a/.a.pdf.1.keysheet-part", "/home/a/.b.key.2.keysheet-part"],
    },
  ],
  "output-unfinished": [
    { code: "output-unfinished", paths: ["/home/a/sheet.pdf"] },
    { code: "output-unfinished", paths: ["/home/a/s-1-of-3.pdf", "/home/a/s-2-of-3.pdf"] },
  ],
  "label-too-long": [{ code: "label-too-long", overflowMm: 12.3 }],
  "label-character": [{ code: "label-character", characters: ["U+1F600", "U+0416"] }],
  "layout-overflow": [{ code: "layout-overflow", panel: "words", overflowMm: 3.21 }],
  "layout-limit": [
    {
      code: "layout-limit",
      template: "card",
      rows: 23,
      rowsLimit: 19,
      modules: 53,
      modulesLimit: 49,
    },
  ],
  "layout-pages": [{ code: "layout-pages", pages: 120, limit: 100 }],
  "layout-unsuited": [
    { code: "layout-unsuited", template: "own", codes: 1, isWithWords: false },
    { code: "layout-unsuited", template: "own", codes: 3, isWithWords: true },
    { code: "layout-unsuited", template: "card", codes: 2, isWithWords: false },
  ],
  "template-unknown": [{ code: "template-unknown", names: ["standard", "card", "large"] }],
  "template-json": [{ code: "template-json", source: "own.json", line: 12, column: 7 }],
  "template-malformed": [
    {
      code: "template-malformed",
      source: "own.json",
      place: "panels[0].blocks[3].aboveMm",
      expected: "a number from 0 to 1000",
    },
  ],
  "font-missing": [{ code: "font-missing", source: "own.json", file: "Own-Regular.ttf" }],
  "font-malformed": [
    { code: "font-malformed", fonts: ["Own-Regular.ttf"] },
    { code: "font-malformed", fonts: ["Own-Regular.ttf", "Own-Bold.ttf"] },
  ],
  "proof-failed": [{ code: "proof-failed", carrier: "code", reader: "zxing" }],
  "command-unknown": [
    { code: "command-unknown", near: "restore" },
    { code: "command-unknown", near: null },
  ],
  "topic-unknown": [{ code: "topic-unknown", topics: ["make", "typing"] }],
  "shell-unknown": [{ code: "shell-unknown", shells: ["bash", "zsh", "fish"] }],
  "option-unknown": [
    { code: "option-unknown", command: "make", option: "--fro", near: "--from" },
    { code: "option-unknown", command: "make", option: "at argument 3", near: null },
  ],
  "option-value": [
    { code: "option-value", command: "make", option: "--paper", expected: "a4 or letter" },
  ],
  "option-missing": [
    { code: "option-missing", command: "verify", option: "--against FILE", why: "it says why" },
  ],
  "options-conflict": [{ code: "options-conflict", options: ["two inputs named -"] }],
  "argument-extra": [{ code: "argument-extra", command: "make", position: 3 }],
  "argument-secret": [
    { code: "argument-secret", position: 2, kind: "key" },
    { code: "argument-secret", position: 2, kind: "words" },
    { code: "argument-secret", position: 2, kind: "code" },
  ],
  "terminal-missing": [{ code: "terminal-missing", option: "--from" }],
  interrupted: [{ code: "interrupted" }],
  "answer-missing": [{ code: "answer-missing", asked: "the private key" }],
  "pages-declined": [{ code: "pages-declined", pages: 6 }],
  bug: [{ code: "bug", place: "core/restore.js:12" }],
};

const FAULTS: Readonly<Record<PayloadFault, true>> = {
  "too-short": true,
  "too-long": true,
  "trailing-bytes": true,
  "provider-zero": true,
  "secret-bit": true,
  "name-repeated": true,
  "name-invalid": true,
  "field-count": true,
  "length-not-shortest": true,
  "length-too-large": true,
  "text-not-utf8": true,
  "encoding-unknown": true,
  "value-malformed": true,
  "fixed-absent": true,
  "cost-out-of-range": true,
  "share-number": true,
  "share-threshold": true,
  "share-length": true,
};

const ALL: readonly Problem[] = [
  ...Object.values<readonly Problem[]>(SAMPLES).flat(),
  ...(Object.keys(FAULTS) as PayloadFault[]).map(
    (fault) => ({ code: "payload-malformed", fault, offset: 4 }) as const,
  ),
];

describe("every message", () => {
  test.each(ALL.map((problem) => [problem.code, problem] as const))(
    "%s states a fact and a next step, each in whole sentences",
    (_, problem) => {
      const { fact, next } = describeProblem(problem);
      expect(fact).toMatch(/^\S.*\.$/);
      expect(next).toMatch(/^[A-Z\d-].*\S$/);
      expect(fact + next).not.toMatch(/undefined|NaN|null|\[object/);
    },
  );

  test("is as it was last read by a person", async () => {
    const table = ALL.map((problem) => {
      const { fact, next } = describeProblem(problem);
      return `${problem.code} (exit ${String(exitCodeOf(problem))})\n  ${fact}\n  ${next}\n`;
    }).join("\n");
    await expect(table).toMatchFileSnapshot("messages.snapshot.txt");
  });

  test("has an exit code that says that the work was not done", () => {
    const codes: readonly number[] = Object.values(EXIT).filter((code) => code !== EXIT.done);
    for (const problem of ALL) expect(codes).toContain(exitCodeOf(problem));
  });
});
