// What a passphrase and shares cost, measured in one run: sealing and opening beside node's own
// scrypt, splitting and joining, proved sheets beside plain ones; then what is on paper for the same
// key, beside the ways that others have. Real gpg and age where they are installed.
//
//     node test/bench/protect.mjs
import { scryptSync } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import qrcode from "qrcode";
import { proveSheets } from "../../dist/adapters/node/proof.js";
import { nodeKdf } from "../../dist/adapters/node/scrypt-node.js";
import { loadTemplate } from "../../dist/adapters/node/templates.js";
import { print } from "../../dist/cli/commands/print-sheets.js";
import { backup, backupSheets } from "../../dist/core/backup.js";
import { decodePayload, encodePayload } from "../../dist/core/payload/payload.js";
import { encodeQrText } from "../../dist/core/qr/qr-text.js";
import { parseKeyFile } from "../../dist/core/record/key-file.js";
import { fieldText } from "../../dist/core/record/key-record.js";
import { COST_DEFAULT, openSealed, seal } from "../../dist/core/seal/seal.js";
import { joinShares } from "../../dist/core/shares/join.js";
import { coefficientCount, splitPayload } from "../../dist/core/shares/split.js";
import { ENGLISH } from "../../dist/core/words/word-lists.js";
import { wordsShape } from "../../dist/core/words/words.js";
import { seededBytes } from "../seeded-random.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const KEY_FILE = path.join(root, "fixtures/keys/kraken-spot.key");
const PASSPHRASE = "copper rally orbit velvet hazard miracle sunset";
const random = seededBytes("bench protect");
const record = { ...parseKeyFile(readFileSync(KEY_FILE, "utf8"), "key"), day: 2518 };
const payload = encodePayload(record);
const rows = [];
let isMissed = false;

function row(what, measured, limit, isMet) {
  rows.push([what, measured, limit, isMet ? "met" : "MISSED"]);
  isMissed ||= !isMet;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Medians of several works that take turns, so that a slow moment of the machine is all of theirs. */
async function inTurns(runs, works) {
  const times = works.map(() => []);
  for (let run = 0; run <= runs; run++) {
    for (const [index, work] of works.entries()) {
      const ms = await timed(work);
      if (run > 0) times[index].push(ms);
    }
  }
  return times.map(median);
}

// --- Seal --------------------------------------------------------------------------------------

const salt = random(16);
const cost = COST_DEFAULT;
const scryptOptions = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** (cost + 11) };
const sealed = await seal(payload, PASSPHRASE, { salt, cost, kdf: nodeKdf });
const { content } = decodePayload(sealed);
const [scryptMs, sealMs, openMs] = await inTurns(9, [
  () => scryptSync(PASSPHRASE, salt, 64, scryptOptions),
  () => seal(payload, PASSPHRASE, { salt, cost, kdf: nodeKdf }),
  () => openSealed(content, PASSPHRASE, nodeKdf),
]);
rows.push([`node's own scrypt, cost ${String(cost)}`, `${scryptMs.toFixed(0)} ms`, "", ""]);
for (const [what, ms] of [
  ["seal", sealMs],
  ["open", openMs],
]) {
  const ratio = ms / scryptMs;
  const told = `${ms.toFixed(0)} ms (${ratio.toFixed(2)} x scrypt)`;
  row(`${what}, cost ${String(cost)}`, told, "<= 1.1 x scrypt", ratio <= 1.1);
}

// --- Shares ------------------------------------------------------------------------------------

const set = { threshold: 2, count: 3, setId: random(4), blind: random(8) };
const coefficients = random(coefficientCount(payload.length, set.threshold));
const shares = splitPayload(payload, { ...set, coefficients });
const two = shares.slice(0, 2).map((share) => decodePayload(share).content);
const [splitMs, joinMs] = await inTurns(200, [
  () => splitPayload(payload, { ...set, coefficients }),
  () => joinShares(two),
]);
row("split, 2 of 3", `${splitMs.toFixed(3)} ms`, "<= 1 ms", splitMs <= 1);
row("join, 2 of 3", `${joinMs.toFixed(3)} ms`, "<= 1 ms", joinMs <= 1);

// --- Proved sheets -----------------------------------------------------------------------------

const template = await loadTemplate("standard");
const options = { label: null, copies: 1, paper: "a4", isDiscreet: false };

async function proved(made) {
  const printed = [];
  for (const each of made) {
    printed.push({ pdf: (await print(each, template, options)).pdf, made: each });
  }
  await proveSheets(printed, { copyCount: 1, seal: null });
}

const split = { threshold: 2, count: 3 };
const [plainMs, sharesMs] = await inTurns(7, [
  async () => {
    for (let sheet = 0; sheet < 3; sheet++) await proved([backup(record, "standard")]);
  },
  async () => {
    const choice = { list: ENGLISH, level: "standard", seal: null, split, random };
    await proved(await backupSheets(record, choice));
  },
]);
const ratio = sharesMs / plainMs;
rows.push(["three plain sheets, proved", `${plainMs.toFixed(0)} ms`, "", ""]);
row(
  "three shares, proved, each two of them too",
  `${sharesMs.toFixed(0)} ms (${ratio.toFixed(2)} x plain)`,
  "<= 1.5 x plain",
  ratio <= 1.5,
);

// --- What is on paper --------------------------------------------------------------------------

const key = fieldText(record.fields[0]);
const secret = fieldText(record.fields[1]);
const text = `${key}\n${secret}`;
const folder = mkdtempSync(path.join(tmpdir(), "keysheet-bench-"));
writeFileSync(path.join(folder, "key.txt"), text);
writeFileSync(path.join(folder, "passphrase.txt"), `${PASSPHRASE}\n`);

function version(segments, level) {
  return qrcode.create(segments, { errorCorrectionLevel: level }).version;
}

function codeOf(bytes) {
  const [{ head, digits }] = encodeQrText(bytes);
  const segments = [
    { data: head, mode: "alphanumeric" },
    { data: digits, mode: "numeric" },
  ];
  return `version ${String(version(segments, "Q"))}`;
}

const paper = [["", "to type", "wrong ones mended", "code at level Q"]];

function keysheetRow(what, bytes) {
  const shape = wordsShape(bytes.length, "standard");
  const mended = `${String(shape.spare / 2)} words`;
  paper.push([`keysheet, ${what}`, `${String(shape.count)} words`, mended, codeOf(bytes)]);
}

keysheetRow("plain", payload);
keysheetRow("sealed", sealed);
keysheetRow("2 of 3, a share", shares[0]);
const sealedShares = splitPayload(sealed, {
  ...set,
  coefficients: random(coefficientCount(sealed.length, set.threshold)),
});
keysheetRow("sealed and 2 of 3, a share", sealedShares[0]);

function otherRow(what, characters, unit, data) {
  const code = data === null ? "" : `version ${String(version([{ data, mode: "byte" }], "Q"))}`;
  paper.push([what, `${String(characters)} ${unit}`, "none", code]);
}

otherRow("the key itself, no check", text.length - 1, "characters", Buffer.from(text));

/** age-encryption.org/v1: a header with one scrypt stanza, a nonce of 16 and one chunk with a tag of 16. */
function ageBytes(length) {
  const header = `age-encryption.org/v1\n-> scrypt ${"s".repeat(22)} 18\n${"k".repeat(43)}\n--- ${"m".repeat(43)}\n`;
  return header.length + 16 + length + 16;
}

/** PEM's armor: lines of 64. */
function armored(bytes, label) {
  const lines = Math.ceil(bytes / 48);
  return Math.ceil(bytes / 3) * 4 + lines + 2 * `-----BEGIN ${label}-----\n`.length - 2;
}

const ageLength = armored(ageBytes(text.length), "AGE ENCRYPTED FILE");
otherRow("age, passphrase, armored", ageLength, "characters", Buffer.alloc(ageLength, 65));

const home = ["--homedir", folder, "--batch", "--yes", "--no-options"];
const gpg = spawnSync(
  "gpg",
  [...home, "--pinentry-mode", "loopback", "--passphrase-file", "passphrase.txt", "--armor"].concat(
    ["--symmetric", "--output", "key.asc", "key.txt"],
  ),
  { cwd: folder },
);
if (gpg.status === 0) {
  const asc = readFileSync(path.join(folder, "key.asc"));
  otherRow("gpg --symmetric --armor", asc.length, "characters", asc);
}
spawnSync("gpgconf", ["--homedir", folder, "--kill", "all"]);

/** SLIP-0039: 20 bits of identifier and exponent, 20 of group and member, a checksum of 3 words. */
const slipBits = 8 * (42 + 64);
const slipWords = 2 + 2 + Math.ceil(slipBits / 10) + 3;
otherRow("SLIP-39, 2 of 3, a share", slipWords, "words", null);

/** Banana Split, src/util/crypto.ts: a secretbox, padded by secrets.js to 128 bits, in JSON as base64. */
const shardBytes = 1 + (128 / 8) * Math.ceil((8 * (text.length + 16) + 1) / 128);
const shard = JSON.stringify({
  v: 1,
  t: "Kraken",
  r: 2,
  d: `8${Buffer.alloc(shardBytes).toString("base64")}`,
  n: Buffer.alloc(24).toString("base64"),
});
otherRow("Banana Split, 2 of 3, a share", shard.length, "characters", Buffer.from(shard));
rmSync(folder, { recursive: true, force: true });

// --- The tables --------------------------------------------------------------------------------

function table(lines) {
  const widths = lines[0].map((_, column) =>
    Math.max(...lines.map((cells) => cells[column].length)),
  );
  const padded = lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
  return `${padded.join("\n")}\n`;
}

process.stdout.write(`${table(rows)}\n${table(paper)}`);
process.exitCode = isMissed ? 1 : 0;
