// @ts-check
/**
 * Makes fixtures/vectors/v1: one file a behaviour of the paper format, read or refused, and in a bad
 * one the layer that must refuse it.
 *
 *     node test/vectors/make-vectors.mjs
 *
 * The same files come out every time; `vectors-v1.test.ts` holds the committed ones to that. The format
 * is frozen, and its vectors with it: new ones are added to fixtures/vectors/v1.sha256, and where one
 * of those that are in it would change or go away, nothing is written.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { payloadChoicesRead } from "./payload-choices.mjs";
import { payloadFieldsRefused } from "./payload-fields.mjs";
import { payloadsRead, payloadsRefused } from "./payload-vectors.mjs";
import { providersRead } from "./provider-vectors.mjs";
import { qrChoicesRead, qrChoicesRefused } from "./qr-choices.mjs";
import { qrRead, qrRefused } from "./qr-vectors.mjs";
import { sealsRead, sealsRefused } from "./seal-vectors.mjs";
import { sharesRead, sharesRefused } from "./shares-vectors.mjs";
import { wordsChoicesRead, wordsChoicesRefused } from "./words-choices.mjs";
import { wordsRead, wordsRefused } from "./words-vectors.mjs";

/**
 * File name to text, in the order of the names.
 * @returns {Map<string, string>}
 */
export function makeVectors() {
  const vectors = {
    ...payloadsRead(),
    ...payloadChoicesRead(),
    ...providersRead(),
    ...payloadsRefused(),
    ...payloadFieldsRefused(),
    ...wordsRead(),
    ...wordsChoicesRead(),
    ...wordsRefused(),
    ...wordsChoicesRefused(),
    ...qrRead(),
    ...qrChoicesRead(),
    ...qrRefused(),
    ...qrChoicesRefused(),
    ...sealsRead(),
    ...sealsRefused(),
    ...sharesRead(),
    ...sharesRefused(),
  };
  const files = new Map(
    Object.entries(vectors).map(([name, vector]) => [
      `${name}.json`,
      `${JSON.stringify(vector, null, 1)}\n`,
    ]),
  );
  return new Map([...files.keys()].sort().map((name) => [name, files.get(name) ?? ""]));
}

const FOLDER = fileURLToPath(new URL("../../fixtures/vectors/v1/", import.meta.url));
const MANIFEST = fileURLToPath(new URL("../../fixtures/vectors/v1.sha256", import.meta.url));

/** @param {string | Uint8Array} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * File name to SHA-256 of every vector that is frozen.
 * @returns {Map<string, string>}
 */
export function frozenVectors() {
  if (!existsSync(MANIFEST)) return new Map();
  const lines = readFileSync(MANIFEST, "utf8").trimEnd().split("\n");
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

/**
 * Frozen vectors that are not among these files, or not with the same bytes.
 * @param {ReadonlyMap<string, string | Uint8Array>} files
 */
export function changedVectors(files) {
  return [...frozenVectors()].flatMap(([name, hash]) => {
    const bytes = files.get(name);
    return bytes !== undefined && sha256(bytes) === hash ? [] : [name];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const vectors = makeVectors();
  const changed = changedVectors(vectors);
  if (changed.length > 0) throw new Error(`frozen vectors would change: ${changed.join(", ")}`);
  for (const [name, text] of vectors) writeFileSync(`${FOLDER}${name}`, text);
  const lines = [...vectors].map(([name, text]) => `${sha256(text)}  ${name}\n`);
  writeFileSync(MANIFEST, lines.join(""));
}
